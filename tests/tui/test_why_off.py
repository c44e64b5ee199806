"""A key that is off says why, on every screen and in both languages; a dangerous one wants another key."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import cache

import pytest

from store.rules.outcomes import Outcome
from store.rules.permissions import Permission
from tests.store.office import Office, call
from tests.tui.driving import Desk, at_desk
from tui import commands, i18n
from tui.commands import TABLE, Command, Facts
from tui.commands.command import always
from tui.screens.base import DeskScreen

EVERYTHING = frozenset(permission.value for permission in Permission)


def situations() -> Iterator[Facts]:
    """Nothing, everything allowed and at hand, and each fact alone and missing, with and without a role."""
    flags = [field.name for field in dataclasses.fields(Facts) if field.name != "permissions"]
    for permissions in (frozenset[str](), EVERYTHING):
        bare = Facts(permissions=permissions)
        full = dataclasses.replace(bare, **{name: type(getattr(bare, name))(2) for name in flags})
        full = dataclasses.replace(full, topics="123456789")
        yield from (bare, full)
        for name in flags:
            yield dataclasses.replace(bare, **{name: getattr(full, name)})
            yield dataclasses.replace(full, **{name: getattr(bare, name)})


SITUATIONS = tuple(situations())


@cache
def reasons(command: Command) -> frozenset[str]:
    return frozenset(why for why in map(command.why_disabled, SITUATIONS) if why is not None)


GUARDED = [command for command in TABLE if command.why_disabled is not always]


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    i18n.use("id")
    for command in GUARDED:
        found = reasons(command)
        assert found, command.id
        for why in found:
            said = i18n._(why)
            assert said != why, command.id
            for text in (why, said):
                assert re.fullmatch(r"[A-Z0-9“].*[.)]", text), text


def test_what_is_off_can_be_used_some_time() -> None:
    never = [c.id for c in GUARDED if not any(c.why_disabled(facts) is None for facts in SITUATIONS)]
    assert never == []


@pytest.mark.parametrize("command", [command for command in TABLE if command.danger], ids=lambda command: command.id)
def test_what_is_dangerous_is_done_by_another_key_than_the_one_that_begins_it(command: Command) -> None:
    confirm = commands.by_id("confirm").keys
    # What a file would bring is a screen that enter opens: the question stands there, and y answers it.
    assert command.where.startswith("import-") or not set(command.keys) & set(confirm)


WAYS = {"first screen": (), "list": ("f2",), "people": ("f8",), "recap": ("f7",), "imports": ("i",), "archive": ("f6",)}


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", ["umum", "auditor", "magang"])
async def test_each_key_that_is_off_tells_its_reason(office: Office, lang: str, way: str, role: str) -> None:
    boss = await office.open()
    await boss.staff.add("budi", "BUDI", "Pelayanan", role)
    async with at_desk(office, login="budi", lang=lang) as desk:
        await desk.press(*WAYS[way])
        await every_key_that_is_off(desk)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
async def test_each_key_of_the_card_that_is_off_tells_its_reason(office: Office, lang: str) -> None:
    store = await office.open()
    await call(store, Outcome.WILL_CLAIM)
    async with at_desk(office, lang=lang) as desk:
        await desk.press("f2", "enter", "v")
        await every_key_that_is_off(desk)


async def every_key_that_is_off(desk: Desk) -> None:
    """Press all that are off: nothing happens but the reason, whole."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    off = [
        command
        for command in commands.holding(screen.contexts())
        if command.keys and command.why_disabled(screen.facts()) is not None
    ]
    assert off
    for command in off:
        await desk.press(command.keys[0])
        assert id(desk.app.screen) == id(screen)
        why = command.why_disabled(screen.facts())
        assert why is not None
        assert f"{i18n._(command.title)}: {i18n._(why)}".split() == said(desk, i18n._(command.title))


def said(desk: Desk, title: str) -> list[str]:
    """The words of the message, from its title on, wherever it stands: in the status line or in the strip."""
    message = desk.app.message[0].split()
    rows = [*desk.lines[-4:-2], desk.lines[-1]]
    shown = " ".join(rows).split()
    at = next(n for n in range(len(shown)) if shown[n : n + len(message)] == message)
    assert message[: len(title.split())] == f"{title}:".split()
    return shown[at : at + len(message)]
