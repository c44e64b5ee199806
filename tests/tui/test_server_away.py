"""Every desk while the database server is away: a key says so and does nothing, and afterwards the desk is as ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from store.rules.permissions import Role
from tests.postgres import Cluster
from tests.store.full_office import fill
from tests.store.office import Clock, Office, wib
from tests.tui.driving import Desk, at_desk
from tui import commands
from tui.commands import DESK_DIGITS
from tui.screens.base import EVERYWHERE, DeskScreen
from tui.screens.home import HomeScreen

ROLES = {"f3": Role.PELAYANAN, "f5": Role.KEUANGAN, "f6": Role.UMUM}
"""Whose desk it is; the head of a section sees the others."""
DESKS = tuple(f"f{digit}" for digit in DESK_DIGITS)


@pytest.fixture
async def office(home: Path, postgres_url: str) -> AsyncIterator[Office]:
    made = Office(home, postgres_url, Clock(wib(31, 9)))
    await made.create(practice=True)
    full = await fill(made)
    for role in (Role.KEPALA_BIDANG, *ROLES.values()):
        await full.store.staff.add(role, role, "", role)
    yield made
    await made.close()


async def until(true: Callable[[], bool], desk: Desk) -> None:
    async with asyncio.timeout(60):
        while not true():
            await desk.pilot.pause(0.02)


def own_keys(desk: Desk) -> list[str]:
    """One key of each command that the screen in front has for itself."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    return [command.keys[0] for command in commands.holding(screen.contexts()) if command.where not in EVERYWHERE]


def body(desk: Desk) -> list[str]:
    """What the desk shows, without what was said and the clock."""
    return desk.lines[1:-4]


async def home(desk: Desk) -> None:
    await desk.press("escape", "escape", "escape")
    assert isinstance(desk.app.screen, HomeScreen), desk.text


SHORT = ("f2", "f7")
"""The others are the long form."""


@pytest.mark.parametrize("ways", [SHORT, pytest.param(DESKS, marks=pytest.mark.soak)], ids=["short", "all"])
async def test_every_desk_comes_back_with_its_server(
    office: Office, postgres_cluster: Cluster, ways: tuple[str, ...]
) -> None:
    """Asked for while it was away, the desk comes by itself; one that stood there goes on."""
    for way in ways:
        who = ROLES.get(way, Role.KEPALA_BIDANG)
        async with at_desk(office, who) as desk:
            await desk.press(way)
            shown, keys = body(desk), own_keys(desk)
        async with at_desk(office, who) as desk:
            for comes in (True, False):
                with postgres_cluster.away(office.url):
                    await desk.press(way)
                    assert "[L-12]" in desk.text or not comes
                    for key in keys:
                        await desk.press(key, "escape", "escape", way)
                await until(lambda: "[L-12]" not in desk.text, desk)
                await desk.settle()
                assert body(desk) == shown
    assert await (await office.open()).audit.verify() is None
