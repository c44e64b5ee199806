"""Every desk in every role: what of one person may not be seen by that role stands nowhere on its screens."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import pytest

from store.rules.permissions import TABLE, Permission, Role
from tests.store.full_office import SITI, fill, met
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk

WALKS: Final[dict[str, tuple[str, ...]]] = {
    "list": ("f2", "slash", *SITI.kpj, "enter", "p", "p"),
    "company": ("f2", "h", "down"),
    "worklists": ("f4", "enter", "down", "down", "escape", "down", "enter"),
    "vouchers": ("f5", "down", "enter", "escape", "0"),
    "archive": ("f6", "enter", "down", "enter"),
    "recaps": ("f7", "right", "left", "d"),
    "person": ("f8", *SITI.kpj, "enter", "5", "8", "9", "0", "end"),
    "follow-ups": ("f9", "4", "enter"),
    "counter's log": ("f3", "l", "escape"),
    "missed calls": ("f3", "l", "m"),
    "menu": ("f10", "escape", "f1", "escape"),
}
"""Desk by desk what is shown without asking for one value; what is opened whole is told in the permission table."""

WHOLE: Final = {
    "nik": Permission.SEE_FULL_NIK,
    "birth date": Permission.SEE_FULL_NIK,
    "balance": Permission.SEE_AMOUNTS,
    "amount": Permission.SEE_FILE_AMOUNTS,
    "account": Permission.SEE_FILE_AMOUNTS,
}
"""Numbers and addresses stand whole on no list, in no role."""

DIALLED: Final = {"missed calls": "phone"}
"""What stands whole for whoever works there: somebody has to ring back (test_permission_table)."""

ROLES: Final = (Role.MAGANG, Role.KEPALA_KANTOR, Role.AUDITOR)
"""Who sees least, who reads most recaps, who reads the trail; the others are the long form."""
SIZES: Final = ((200, 50), (80, 24))
"""Where there is more room more is shown."""


def _shapes() -> Iterator[object]:
    for role in Role:
        for size in SIZES:
            short = role in ROLES and size == SIZES[0]
            yield pytest.param(role, size, id=f"{role}-{size[0]}", marks=() if short else pytest.mark.soak)


async def seen(desk: Desk, walks: Collection[str] = tuple(WALKS)) -> dict[str, set[str]]:
    """By walk, what was met on the screens after each of its keys, and in the window's title."""
    found: dict[str, set[str]] = {}
    for walk in walks:
        for key in WALKS[walk]:
            await desk.press(key)
            shown = met([desk.text, str(desk.app.title), str(desk.app.sub_title)])
            if shown:
                found[walk] = found.get(walk, set()) | shown
        await desk.app.go(None)
        await desk.settle()
    return found


@pytest.mark.parametrize(("role", "size"), _shapes())
async def test_no_screen_shows_a_role_what_it_may_not_see(
    empty_office: Office, role: Role, size: tuple[int, int]
) -> None:
    full = await fill(empty_office)
    if role is not Role.MAGANG:
        await full.store.staff.add("tamu", "Tamu", "", role)
    allowed = {kind for kind, permission in WHOLE.items() if permission in TABLE[role]}
    async with at_desk(empty_office, "budi" if role is Role.MAGANG else "tamu", size=size) as desk:
        found = await seen(desk)
    more = {walk: kinds - allowed - {DIALLED.get(walk)} for walk, kinds in found.items()}
    assert {walk: kinds for walk, kinds in more.items() if kinds} == {}


async def test_the_walk_meets_what_is_not_hidden(empty_office: Office) -> None:
    """The look itself is right: who may see a whole NIK and balances meets them on a person's page."""
    full = await fill(empty_office)
    await full.store.staff.add("hadi", "Hadi", "", Role.KEPALA_BIDANG)
    async with at_desk(empty_office, "hadi", size=(200, 50)) as desk:
        assert {"nik", "balance"} <= (await seen(desk, ["person"]))["person"]
