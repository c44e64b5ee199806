"""Each command that the table calls dangerous: begun by its key, it asks with numbers, and only another key does it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from store import Store
from store.counter import ContactIn
from store.edits import Evidence
from store.rules.corrections import Field, Source
from store.rules.counter import ContactChannel, Topic
from store.rules.erasures import DataKind
from store.rules.printing import Document, Route
from tests.store import voucher_desk
from tests.store.office import OPERATIONAL, Office, Person, facts, hold, rows_of
from tests.store.voucher_desk import DEWI, HENDRA
from tests.tui import archive_office, background, smile_walks
from tests.tui.driving import Desk, at_desk
from tui import commands
from tui.commands import TABLE
from tui.screens.base import DeskScreen

DANGEROUS = {command.id: command for command in TABLE if command.danger}
REASON = ("x", "enter")

TABLES = ("participant", "queue_item", "attempt", "division", "closed_period", "imported_file", "audit", "draft")
PAPER = ("claim_file", "voucher", "print_job", "printed_page", "correction")
"""What a dangerous command could change."""


class Prepared(NamedTuple):
    """Keys that lead on to the command; then what it wants to know."""

    way: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


OPENED = {
    "bulk": ("f2", "space", "space"),
    "company": ("f2", "enter", "h", "a"),
    "take": ("i", "enter"),
    "fix": ("i", "k"),
    "take over": ("f2", "w"),
    "put": ("f2", "w"),
    "recap": ("f7",),
    "counter": ("f3", "1", "escape", "f3", "r"),
    "left": ("f3", "1", "f3", "2", "escape", "escape", "f3", "r"),
    "sheet": ("f5", "p", "enter"),
    "job": ("f5", "p", "enter"),
    "copy": ("f5", "p", "enter", "y", "r"),
    "many": ("f4", "enter", "A"),
    "tidy": ("f4", "enter", "b", "t", "o"),
    "value": ("f4", "enter", "h"),
    "code": ("f6", "k", "a"),
    "register": ("f6", "r", "enter"),
    "destroy": ("f6", "d"),
    "employer": ("f4", "s", "l", "4"),
    "data": ("f10", *"berapa lama", "enter", "p"),
    "rule": ("f10", *"berapa lama", "enter", "e"),
    "offer": ("f4", "d", "down", "d", "A"),
}
"""Keys from the first screen to where the commands of a family hold."""

PREPARED = {
    "bulk-again": Prepared(("b",), REASON),
    "bulk-postpone": Prepared(("b",), ("1", "6", "enter", *REASON)),
    "bulk-close": Prepared(("b",), REASON),
    "bulk-give": Prepared(("b",), ("down", "enter", *REASON)),
    "bulk-add": Prepared(("b",), ("enter", *REASON)),
    "company-no_answer": Prepared(),
    "company-busy": Prepared(),
    "company-unreachable": Prepared(),
    "company-wrong_number": Prepared(),
    "company-callback": Prepared(answers=("3",)),
    "company-will_claim": Prepared(answers=("k",)),
    "company-says_claimed": Prepared(),
    "company-not_yet": Prepared(answers=("b",)),
    "company-message_left": Prepared(),
    "company-other": Prepared(answers=("p",)),
    # What a file would bring is a screen: enter opened it, the numbers stand there, y does it.
    "take-in-plan": Prepared(),
    "take-in-columns": Prepared(("m",)),
    "take-in-rows": Prepared(("r",)),
    # Whose word it is, the company by itself; then the question.
    "fix-take-plan": Prepared(answers=("enter",)),
    "fix-take-columns": Prepared(("m",), ("enter",)),
    "fix-take-lines": Prepared(("escape", "r"), ("enter",)),
    "take-over": Prepared(answers=REASON),
    "put-back": Prepared(answers=REASON),
    "recap-close": Prepared(),
    "counter-discard": Prepared(),
    "left-discard": Prepared(),
    "sheet-jam": Prepared(answers=("0", "enter")),
    "job-stop": Prepared(),
    "copy-reprint": Prepared(answers=REASON),
    "copy-void": Prepared(answers=REASON),
    "copy-replace": Prepared(answers=(*REASON, "0")),
    "many-active": Prepared(("b",), REASON),
    "many-left": Prepared(("b",), REASON),
    "many-right": Prepared(("b",), REASON),
    "tidy-write": Prepared(),
    "value-back": Prepared(),
    "code-marked": Prepared(),
    "register-take": Prepared(),
    "destroy-approve": Prepared(),
    "employer-taken": Prepared(),
    "employer-withdraw": Prepared(),
    "offer-take": Prepared(),
    "data-approve": Prepared(("down",)),
    "data-run": Prepared(("up",)),
    "rule-confirm": Prepared(),
    "destroy-done": Prepared(("down",), ("1", *"Ani", "enter")),
}


def test_every_dangerous_command_is_prepared_here() -> None:
    assert set(PREPARED) == set(DANGEROUS)


@pytest.fixture
async def ready(empty_office: Office) -> Office:
    """Five people of one company and its telephone on the list, and a file with one more in MASUK."""

    async def five_and_a_file(store: Store) -> None:
        people = [
            Person(f"2100000000{n}", f"ORANG {'ABCDEF'[n]}", hp="081234567801", company="PT SAWIT JAYA")
            for n in range(1, 6)
        ]
        await empty_office.bring_in(store, people)
        (store.inbox / "daftar 1.csv").unlink()
        empty_office.write_list([Person("21000000009", "ORANG BARU", hp="8.13E+11")])

    await empty_office.made_once("five people and a file", five_and_a_file)
    return empty_office


def state(office: Office) -> Mapping[str, Any]:
    """All that a dangerous command could change; what was typed on the way is kept as a draft.

    So it is until all is written: then no draft of it is left.
    """
    with office.raw() as database:
        found = {table: rows_of(database, table, without=OPERATIONAL) for table in (*TABLES, *PAPER)}
    return {**found, "draft": {n: row for n, row in found["draft"].items() if not of_a_question(row)}}


def typed(office: Office) -> Mapping[Any, Any]:
    """Drafts of what was typed on the way to a question."""
    drafts = facts(office, "draft", without=OPERATIONAL)
    return {n: row for n, row in drafts.items() if of_a_question(row)}


def of_a_question(draft: Mapping[str, Any]) -> bool:
    key: str = draft["key"]
    return key.startswith(("archive:", "corrections:", "line:"))


def asked(desk: Desk) -> str:
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    return screen.asking


def family_of(identity: str) -> str:
    """What needs the same office."""
    return "take over" if identity == "take-over" else identity.partition("-")[0]


@pytest.mark.parametrize("family", OPENED)
async def test_it_asks_with_numbers_and_another_key_does_it(ready: Office, family: str) -> None:
    login = "ani"
    if family in ("sheet", "job", "copy"):
        ani = await ready.open()
        await voucher_desk.bring(ani, [HENDRA, DEWI])
        await voucher_desk.received(ani, HENDRA)
        if family == "job":  # what waits for a server that does not answer
            await ani.office.set_setting("printing.server", f"{ready.home}/nobody")
            await ani.printers.set_route([Document.VOUCHER], Route("Voucher"))
    if family == "tidy":  # a cell that says more by today's rules than when it came
        ready.sql("UPDATE participant SET phones_raw = ? WHERE kpj = ?", "081355550001", "21000000001")
    if family == "value":
        ani = await ready.open()
        (row,) = await ani.persons.find("21000000001")
        await ani.corrections.put(row.participant_id, Field.EMAIL, "a@contoh.id", Evidence(Source.COMPANY))
    if family == "fix":  # somebody who is known, with another number
        ready.write_list([Person("21000000001", "ORANG B", hp="081399990001", company="PT SAWIT JAYA")])
    if family in ("data", "rule"):
        await erasures(await ready.open(), ready, family)
    if family in ("code", "register", "destroy"):
        await archive_office.dangers(await ready.open(), family)
    if family in ("employer", "offer"):
        ani = await ready.open()
        await smile_walks.prepare(ani, [row.participant_id for row in await ani.persons.find("ORANG")], "PT SAWIT JAYA")
        await ani.smile.export(ani.outbox / "lembar.xlsx")
    if family in ("put", "take over"):
        ani = await ready.open()
        login = "hadi"
        await ready.hire(ani, login, "kepala_bidang")
        await hold(await ready.hire(ani, "budi"))
    mine = [identity for identity in PREPARED if family_of(identity) == family]
    assert mine
    async with at_desk(ready, login) as desk:
        await background.press(desk, *OPENED[family])
        before = state(ready)
        for identity in mine:
            await begun(desk, identity)
            assert re.search("[0-9]", desk.asked), (identity, desk.asked)
            if asked(desk):
                await desk.press("escape")
            assert state(ready) == before, identity
        if not DANGEROUS[mine[-1]].where.startswith("import-"):
            await begun(desk, mine[-1])
        kept = len(typed(ready))
        await background.press(desk, "y")
        assert state(ready) != before, desk.text
        assert len(typed(ready)) == max(0, kept - 1), desk.text


async def erasures(ani: Store, office: Office, family: str) -> None:
    """A rule that waits for its yes; or visits of long ago, one on an approved list, one on a list that is proposed."""
    await ani.erasures.set_rule(DataKind.PEOPLE if family == "rule" else DataKind.CONTACTS, 5, "SK 1", 0)
    if family == "rule":
        return
    await ani.erasures.confirm_rule(DataKind.CONTACTS, 1)
    for approved in (False, True):
        await ani.counter.save(ContactIn(ContactChannel.DESK, ani.now(), Topic.CLAIM, note="dulu sekali"))
        office.sql("UPDATE contact SET started_at = 0")
        number = await ani.erasures.propose()
        if approved:
            await ani.erasures.approve(number, 1)


async def begun(desk: Desk, identity: str) -> None:
    """Its key, twice: the question stands there and waits for another one."""
    command, prepared, confirm = DANGEROUS[identity], PREPARED[identity], commands.by_id("confirm")
    await background.press(desk, *prepared.way)
    if command.where.startswith("import-"):
        assert command in commands.holding(contexts(desk))
        assert command.keys == confirm.keys
        assert not set(command.keys) & {*OPENED["take"], *prepared.way}
        return
    key = command.keys[0]
    assert key not in confirm.keys
    await background.press(desk, key, *prepared.answers)
    assert asked(desk) == "confirm", (identity, desk.text)
    question = desk.asked
    await desk.press(key)
    assert (asked(desk), desk.asked) == ("confirm", question), identity


def contexts(desk: Desk) -> tuple[str, ...]:
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    return screen.contexts()
