"""The trail: who, when, what, before, after, why of every write; and no way to change it that is not found."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store import Store
from store.errors import NotAllowed
from store.rows import AuditEntry
from store.rules.outcomes import Outcome
from store.schema import Setting
from store.transaction import Transaction
from tests.store.office import Clock, Office, Person, call, facts, hold, people, wib


async def _import(store: Store, office: Office) -> object:
    return await office.bring_in(store, people(1))


async def _claim_and(store: Store, office: Office, act: Callable[[Any], Awaitable[object]]) -> object:
    await office.bring_in(store, people(1))
    return await act(await hold(store))


Write = Callable[[Store, Office], Awaitable[object]]

# Every write of the door that changes what the office knows, and the tables its entry must speak of.
WRITES: dict[str, tuple[Write, set[str]]] = {
    "staff.add": (lambda s, o: s.staff.add("budi", "Budi", "", "magang"), {"staff", "assignment"}),
    "staff.assign": (
        lambda s, o: s.staff.assign("ani", "umum", "Umum", date(2023, 8, 1), date(2023, 8, 2)),
        {"assignment"},
    ),
    "staff.role": (lambda s, o: s.staff.role("ani", "umum"), {"assignment"}),
    "office.setting": (lambda s, o: s.office.set_setting("office.name", "Duri"), {"setting"}),
    "office.closed-day": (lambda s, o: s.office.add_closed_day(date(2023, 8, 1), "Pindah"), {"closed_day"}),
    "import.participants": (_import, {"participant", "phone", "campaign", "queue_item", "imported_file"}),
    "queue.outcome": (
        lambda s, o: _claim_and(s, o, lambda c: s.queue.outcome(c, Outcome.WRONG_NUMBER)),
        {"attempt", "queue_item", "phone"},
    ),
    "queue.right-party": (lambda s, o: _claim_and(s, o, s.queue.verify_right_party), {"queue_item"}),
    "reveal": (lambda s, o: _claim_and(s, o, s.queue.show_birth_date), {"participant"}),
    "participant.still-working": (lambda s, o: _claim_and(s, o, s.queue.still_working), {"participant"}),
    "export.participants": (lambda s, o: s.people.export(o.home / "x.csv", "csv"), set()),
}


@pytest.mark.parametrize("action", WRITES)
async def test_every_write_leaves_who_when_what(office: Office, ani: Store, action: str) -> None:
    write, tables = WRITES[action]
    office.clock.now = wib(31, 10, 15)
    await write(ani, office)
    entry = (await ani.audit.entries(1))[0]
    assert (entry.action, entry.by, entry.at) == (action, "ani", wib(31, 10, 15))
    assert {change["table"] for change in entry.changes} == tables
    assert await ani.audit.verify() is None


async def test_before_and_after_are_told(office: Office, ani: Store) -> None:
    await ani.office.set_setting("office.name", "Duri")
    (change,) = (await ani.audit.entries(1))[0].changes
    assert (change["before"], change["after"]) == ({"value": '"Kantor Cabang"'}, {"value": '"Duri"'})


async def test_an_export_says_which_file(office: Office, ani: Store) -> None:
    await ani.people.export(office.home / "daftar juli.csv", "csv")
    assert (await ani.audit.entries(1))[0].why == "daftar juli.csv"


async def test_a_look_at_a_birth_date_is_noted_without_it(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    card = await ani.queue.show_birth_date(await hold(ani))
    assert card.birth_date == date(1967, 7, 1)
    (change,) = (await ani.audit.entries(1))[0].changes
    assert change == {"table": "participant", "row_id": card.participant_id, "read": "birth_date"}


async def test_the_trail_is_for_those_who_may_read_it(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    with pytest.raises(NotAllowed):
        await budi.audit.entries()
    with pytest.raises(NotAllowed):
        await budi.audit.verify()


async def test_pages_of_the_trail_meet(office: Office, ani: Store) -> None:
    for name in "abcdefg":
        await ani.office.set_setting("office.name", name)
    whole = await ani.audit.entries(50)
    pages: list[AuditEntry] = []
    while page := await ani.audit.entries(3, before=pages[-1].audit_id if pages else None):
        pages += page
    assert pages == whole
    assert len({entry.audit_id for entry in whole}) == len(whole) >= 8


async def _busy(office: Office) -> Store:
    """An office with some history: three sessions of the founder, two of them over; the one that is open reads."""
    for n in range(2):
        store = await office.open()
        await store.office.set_setting("office.name", f"Kantor {n}")
        await store.office.set_setting("office.name", f"Cabang {n}")
        await store.close()
    store = await office.open()
    await store.office.set_setting("office.name", "Duri")
    await store.office.set_setting("office.name", "Dumai")
    assert await store.audit.verify() is None
    return store


def _an_entry(office: Office, back: int = 0) -> int:
    """The id of the entry that is so many before the newest."""
    return int(office.sql("SELECT id FROM audit ORDER BY id DESC LIMIT 1 OFFSET ?", back)[0][0])


# Each is a way to go behind the door's back, and what the check must say of it.
TAMPERED: dict[str, tuple[str, int, str]] = {
    "somebody else did it": ("UPDATE audit SET staff_id = 99 WHERE id = ?", 1, "entry-altered"),
    "at another time": ("UPDATE audit SET at = at + 1 WHERE id = ?", 1, "entry-altered"),
    "it was something else": ("UPDATE audit SET action = 'office.calendar' WHERE id = ?", 0, "entry-altered"),
    "it was never an undo": ("UPDATE audit SET undo_of = 1 WHERE id = ?", 0, "entry-altered"),
    "another value": ("UPDATE audit_change SET payload = '{}' WHERE audit_id = ?", 1, "change-altered"),
    "another digest": ("UPDATE audit_change SET digest = 'ab' WHERE audit_id = ?", 1, "change-altered"),
    "another row": ("UPDATE audit_change SET row_id = 77 WHERE audit_id = ?", 0, "changes-differ"),
    "another person": ("UPDATE audit_change SET participant_id = 77 WHERE audit_id = ?", 0, "changes-differ"),
    "a change is gone": ("DELETE FROM audit_change WHERE audit_id = ?", 1, "changes-differ"),
    "a change was slipped in": (
        "INSERT INTO audit_change (id, audit_id, n, table_name, digest) SELECT 9999, id, 5, 'x', '' FROM audit"
        " WHERE id = ?",
        1,
        "changes-differ",
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_a_changed_entry_is_found_and_named(office: Office, how: str) -> None:
    store = await _busy(office)
    statement, back, problem = TAMPERED[how]
    entry = _an_entry(office, back)
    office.sql(statement, entry)
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.audit_id, broken.problem) == (entry, problem)


async def test_an_erased_digest_with_its_payload_is_no_erasure(office: Office) -> None:
    store = await _busy(office)
    entry = _an_entry(office, 1)
    office.sql("UPDATE audit_change SET payload = NULL, salt = NULL, digest = 'ab' WHERE audit_id = ?", entry)
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.audit_id, broken.problem) == (entry, "changes-differ")


async def test_erasing_what_is_personal_breaks_no_link(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", name="SITI", hp="081234500011")])
    await call(ani, Outcome.NO_ANSWER)
    office.sql("UPDATE audit_change SET payload = NULL, salt = NULL WHERE participant_id IS NOT NULL")
    assert await ani.audit.verify() is None
    assert {change["table"] for change in (await ani.audit.entries(1))[0].changes} == {"attempt", "queue_item"}
    assert "SITI" not in str(facts(office, "audit_change"))


def _delete_entry(office: Office, entry: int) -> None:
    office.sql("DELETE FROM audit_change WHERE audit_id = ?", entry)
    office.sql("DELETE FROM audit WHERE id = ?", entry)


async def test_a_missing_entry_is_found(office: Office) -> None:
    store = await _busy(office)
    _delete_entry(office, _an_entry(office, 1))
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.problem, broken.audit_id) == ("entry-missing", _an_entry(office))


async def test_a_cut_tail_is_found(office: Office) -> None:
    store = await _busy(office)
    _delete_entry(office, _an_entry(office))
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.session_id, broken.problem) == (office.session_of(store), "tail-missing")


async def test_a_cut_tail_is_found_even_when_the_session_agrees(office: Office) -> None:
    """Who sets the session's end back as well meets the seal that the next opening put on it."""
    store = await _busy(office)
    session = office.session_of(store) - 1
    (last, first) = [
        row[0] for row in office.sql("SELECT id FROM audit WHERE session_id = ? ORDER BY seq DESC LIMIT 2", session)
    ]
    (head,) = office.sql("SELECT hash, seq FROM audit WHERE id = ?", first)
    _delete_entry(office, last)
    office.sql("UPDATE session SET head = ?, seq = ? WHERE id = ?", *head, session)
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.session_id, broken.problem) == (session, "seal")


async def test_a_forged_entry_is_found(office: Office) -> None:
    store = await _busy(office)
    entry, session = _an_entry(office), office.session_of(store)
    office.sql(
        "INSERT INTO audit (id, session_id, seq, at, staff_id, action, undoable, undo_of, digest, previous, hash)"
        " SELECT 9999, session_id, seq + 1, at, staff_id, 'staff.add', undoable, NULL, ?, hash, 'forged'"
        " FROM audit WHERE id = ?",
        hashlib.sha256().hexdigest(),
        entry,
    )
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.session_id, broken.audit_id, broken.problem) == (session, 9999, "entry-altered")


def _delete_session(office: Office, session: int) -> None:
    for (entry,) in office.sql("SELECT id FROM audit WHERE session_id = ?", session):
        _delete_entry(office, entry)
    office.sql("DELETE FROM session WHERE id = ?", session)


async def test_a_removed_session_is_found(office: Office) -> None:
    store = await _busy(office)
    session = office.session_of(store)
    _delete_session(office, session - 1)
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.session_id, broken.problem) == (session, "opening")


async def test_a_removed_session_is_found_also_with_its_seal(office: Office) -> None:
    store = await _busy(office)
    session = office.session_of(store)
    office.sql("DELETE FROM seal WHERE session_id = ?", session - 1)
    _delete_session(office, session - 1)
    broken = await store.audit.verify()
    assert broken is not None
    assert (broken.session_id, broken.problem) == (session, "opening")


async def test_the_newest_session_is_missed_by_the_seals_it_put(office: Office) -> None:
    store = await _busy(office)
    await store.close()
    gone = await office.open()
    session = office.session_of(gone)
    reader = await office.open()
    _delete_session(office, office.session_of(reader))
    _delete_session(office, session)
    auditor = await office.open()
    broken = await auditor.audit.verify()
    assert broken is not None
    assert (broken.session_id, broken.problem) == (session, "session-missing")


async def test_a_number_of_a_removed_row_is_never_given_again(office: Office, ani: Store) -> None:
    """Else the trail of one person would go on as another's."""
    done = await office.bring_in(ani, people(3))
    gone = set(facts(office, "participant"))
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    await office.bring_in(ani, people(3, first=10))
    assert not gone & set(facts(office, "participant"))


async def test_chains_of_people_at_work_at_once_hold(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(24))
    stores = [await office.open() for _ in range(4)]

    async def work(store: Store) -> None:
        for _ in range(5):
            await call(store, Outcome.NO_ANSWER)
        await store.queue.undo()

    await asyncio.gather(*(work(store) for store in stores))
    await stores[0].close()
    await office.open()
    assert await ani.audit.verify() is None
    assert len(facts(office, "attempt")) == 20


async def test_on_postgresql_an_open_write_keeps_nobody_from_writing(postgres_url: str, home: Path) -> None:
    """Ani's write is open, with its audit entry written, while Budi's begins and commits."""
    office = Office(home, postgres_url, Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    budi = await office.hire(ani, "budi", "admin")
    open_now, go_on = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(tx: Transaction) -> None:
        tx.audit("office.setting")
        tx.insert(Setting, key="slow", value="1")
        tx.finish()
        tx._entries.clear()
        loop.call_soon_threadsafe(open_now.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(30)

    writing = asyncio.create_task(ani._link.write(slow))
    await asyncio.wait_for(open_now.wait(), 30)
    await asyncio.wait_for(budi.office.set_setting("office.name", "Dumai"), 30)
    assert not writing.done()
    go_on.set()
    await writing
    names = {row["key"]: row["value"] for row in facts(office, "setting").values()}
    assert (names["slow"], names["office.name"]) == ("1", '"Dumai"')
    assert await ani.audit.verify() is None
    await office.close()
