"""Whatever stands in the data is text: on every screen, in every workbook, on every page."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from peewee import TextField
from rich.cells import cell_len

from store.rules.permissions import Role
from store.schema import Table, columns, table_name
from tests.store.hostile_office import CODES, FREE, MARKUP, UNSEEN, fill_hostile, wrong_files
from tests.store.office import Clock, Office, wib
from tests.tui.driving import Desk, at_desk
from tests.tui.test_masks_by_role import WALKS
from tui import commands
from tui.commands import DESK_DIGITS
from tui.screens.base import EVERYWHERE, DeskScreen

PATIENCE: Final = 2.0
"""Seconds for one key, however long the texts are."""
ROLES: Final = {"f3": Role.PELAYANAN, "f5": Role.KEUANGAN, "f6": Role.UMUM}


def test_every_text_of_the_schema_is_one_or_the_other() -> None:
    told = {(name, column) for those in (FREE, CODES) for name, words in those.items() for column in words.split()}
    there = {
        (table_name(model), name)
        for model in Table.__subclasses__()
        for name, column in columns(model).items()
        if isinstance(column, TextField)
    }
    assert there == told


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.soak)])
async def office(request: pytest.FixtureRequest, home: Path) -> AsyncIterator[Office]:
    made = Office(home, request.getfixturevalue(f"{request.param}_url"), Clock(wib(31, 9)))
    await made.create(practice=True)
    await fill_hostile(made)
    store = await made.open()
    for role in (Role.KEPALA_KANTOR, Role.KEPALA_BIDANG, *ROLES.values()):
        await store.staff.add(role, role, "", role)
    yield made
    await made.close()


def wrong_on(desk: Desk) -> list[str]:
    """What on the screen is no plain text, acts, or moves what stands behind it."""
    found = []
    for n, strip in enumerate(desk.app.screen._compositor.render_strips()):
        if cell_len(strip.text) != desk.app.size.width:
            found.append(f"line {n} is {cell_len(strip.text)} wide")
        found += [f"line {n} holds {each!r}" for each in strip.text if unicodedata.category(each) in UNSEEN]
        for segment in strip:
            if segment.style is not None and (segment.style.link or "@click" in segment.style.meta):
                found.append(f"line {n} acts: {segment.text}")
    return found


async def press(desk: Desk, *keys: str) -> set[str]:
    """What is wrong after any of the keys; one that takes too long is as well."""
    found: set[str] = set()
    for key in keys:
        try:
            async with asyncio.timeout(PATIENCE):
                await desk.press(key)
        except TimeoutError:
            found.add(f"{type(desk.app.screen).__name__}: {key} takes too long")
        found |= {f"{type(desk.app.screen).__name__}, {key}: {each}" for each in wrong_on(desk)}
    return found


async def walked(office: Office, size: tuple[int, int], lang: str) -> tuple[set[str], int]:
    """What is wrong on the way, and how often a screen showed the markup as it stands."""
    found, literal = set[str](), 0
    async with at_desk(office, Role.KEPALA_KANTOR, lang=lang, size=size) as desk:
        for walk in WALKS:
            for key in WALKS[walk]:
                found |= await press(desk, key)
                literal += MARKUP in desk.text
            found |= await press(desk, "escape", "escape")
    return found, literal


@pytest.mark.parametrize(
    ("size", "lang"),
    [((200, 50), "id"), *(pytest.param((80, 24), lang, marks=pytest.mark.soak) for lang in ("id", "en"))],
    ids=["200-id", "80-id", "80-en"],
)
async def test_no_screen_obeys_what_stands_in_the_data(office: Office, size: tuple[int, int], lang: str) -> None:
    found, literal = await walked(office, size, lang)
    assert found == set()
    assert literal > 10, "the texts were met"


def own_keys(desk: Desk) -> list[str]:
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    return [command.keys[0] for command in commands.holding(screen.contexts()) if command.where not in EVERYWHERE]


async def explored(office: Office, way: str) -> set[str]:
    """Every key of a desk, and every key of what it opens, each with enter and y behind it."""
    found, met = set[str](), set[str]()
    async with at_desk(office, ROLES.get(way, Role.KEPALA_BIDANG)) as desk:

        async def go(*keys: str) -> None:
            found.update(await press(desk, *["escape"] * 4, way, *keys))

        await go()
        for key in own_keys(desk):
            await go(key)
            context = desk.app.screen.contexts()[0]
            found.update(await press(desk, "x", "enter", "y"))
            if context in met:
                continue
            met.add(context)
            await go(key)
            for below in own_keys(desk):
                await go(key, below)
                found.update(await press(desk, "x", "enter", "y"))
    return found


@pytest.mark.parametrize("way", [f"f{digit}" for digit in DESK_DIGITS])
@pytest.mark.soak
async def test_no_key_of_a_desk_obeys_what_stands_in_the_data(office: Office, way: str) -> None:
    assert await explored(office, way) == set()
    assert wrong_files(office.home) == set()
