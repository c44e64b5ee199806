"""Lists of NIK or KPJ that are looked up in Smile one by one and go back as a file (design.md 3.3).

Smile often stands still: a list is parked and goes on at the same line. Answers change nobody's record by themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from store.campaigns import close_items
from store.checks import SmileSays
from store.drafts import clear_draft, keep_draft
from store.edit_writes import Change, write
from store.edits import Evidence, must_propose, read
from store.errors import Invalid, NotFound, NothingToUndo, StaleEdit
from store.link import Link
from store.lookup_rows import (
    LineRow,
    ListRow,
    Offer,
    count_lines,
    line_of,
    line_query,
    line_rows,
    list_rows,
    next_line,
    offer_in,
    offers_of,
    open_key,
    parked_key,
)
from store.rows import UndoRef
from store.rules.corrections import NO, YES, Field, Source
from store.rules.lookups import ANSWERS, MOST_MONTHS, Answer, LookupKind, kept_answer
from store.rules.outcomes import DoneReason
from store.rules.permissions import Permission
from store.schema import AuditChange, Draft, LookupLine, LookupList, Participant, table_name
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class
from store.workbooks.finance_files import read_lookup_file
from store.workbooks.lookup_child import MOST_LINES, LookupRow
from store.workbooks.results_out import SheetOut, write_book

ANSWERED: Final = "correction.looked-up"
_CHUNK: Final = 500


@value_class
class LookupPlan:
    """What a file or a pasted text would bring; nothing was changed.

    `repeated` lines name somebody who stands above already; `unread` name nobody who can be looked up; `known` of the
    lines are people of the office, `several` a NIK that more than one person holds.
    """

    name: str
    lines: tuple[LookupRow, ...]
    repeated: int
    unread: tuple[LookupRow, ...]
    known: int
    several: int


@value_class
class Taken:
    """What became of answers that were taken into the record."""

    changed: int
    proposed: bool
    undo: UndoRef | None = None


class LookupDesk:
    """`store.lookups`: lists to look up in Smile. Needs CORRECT_CONTACT."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def plan(self, source: Path | str) -> LookupPlan:
        """Reads a list from a file or as pasted. Raises NotAllowed, FileRefused."""
        await self._link.read(_may)
        file = await asyncio.to_thread(read_lookup_file, source, spool_dir=self._link.home)
        return await self._link.read(_plan, file.file, file.rows)

    async def make(self, plan: LookupPlan, name: str, kind: LookupKind) -> tuple[int, UndoRef | None]:
        """The list, in one transaction; its id and the undo. Raises NotAllowed, Invalid without a name or lines."""
        return await self._link.write(_make, plan, name, kind)

    async def lists(self, *, closed: bool = False) -> list[ListRow]:
        return await self._link.read(list_rows, closed=closed)

    async def one(self, list_id: int) -> ListRow:
        """Raises NotAllowed, NotFound."""
        return await self._link.read(_list, list_id)

    async def close(self, list_id: int) -> UndoRef | None:
        """Puts a list away. Raises NotAllowed, NotFound."""
        return (await self._link.write(_close, list_id))[1]

    async def count(self, list_id: int) -> int:
        return await self._link.read(count_lines, list_id)

    async def rows(self, list_id: int, offset: int, limit: int) -> list[LineRow]:
        return await self._link.read(line_rows, list_id, offset, limit)

    # One after the other

    async def next(self, list_id: int, *, skip: LineRow | None = None) -> LineRow | None:
        """The line at which the list was parked, else the next one without an answer; `skip` goes past one.

        Two who look up are not shown the same line. Raises NotAllowed.
        """
        return (await self._link.write(_open_next, list_id, skip.n if skip else 0))[0]

    async def still(self, line_id: int) -> LineRow | None:
        """The line as it stands now."""
        return await self._link.read(line_of, line_id)

    async def leave(self, list_id: int) -> None:
        await self._link.write(clear_draft, open_key(list_id))

    async def value(self, row: LineRow, field: Field | str) -> str:
        """NIK or KPJ (`nik`, `kpj`) whole, to be typed into Smile; the trail keeps that it was shown.

        Raises NotAllowed, Invalid where the line has none.
        """
        return (await self._link.write(_value, row.line_id, str(field)))[0]

    async def answer(self, row: LineRow, answer: Answer, months: int | None = None) -> LineRow | None:
        """Keeps what Smile says and gives the next line; `months` in arrears, where they are known.

        Raises NotAllowed, Invalid for an answer to another question, StaleEdit when a colleague answered meanwhile.
        """
        return (await self._link.write(_answer, row, answer, months))[0]

    async def note(self, row: LineRow, text: str) -> UndoRef | None:
        """What a person wants to say of a line. Raises NotAllowed, StaleEdit."""
        return (await self._link.write(_note, row, text))[1]

    async def park(self, row: LineRow) -> None:
        """Smile stands still: the list goes on at this line next time."""
        await self._link.write(_park, row)

    async def undo(self, list_id: int) -> LineRow:
        """Takes back the acting person's last answer and shows that line again. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo, list_id))[0]

    # What comes of it

    async def offers(self, list_id: int) -> list[Offer]:
        """Where Smile says something else than the record, for a person's yes."""
        return await self._link.read(offers_of, list_id)

    async def take(self, line_ids: Sequence[int]) -> Taken:
        """Takes what Smile says into the record, as corrections with that source, in one transaction with one undo.

        Who has claimed leaves the call lists. Lines that offer nothing any more are passed over. Raises NotAllowed.
        """
        done, undo = await self._link.write(_take, tuple(line_ids))
        return replace(done, undo=undo)

    async def result(self, list_id: int) -> list[LineRow]:
        """All lines, with the NIK that the list itself told, for the file that goes back."""
        return await self._link.read(line_rows, list_id, 0, MOST_LINES, whole=True)

    async def write(self, list_id: int, path: Path, sheet: SheetOut) -> None:
        """Writes the file; the trail keeps who took it. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_file, list_id, path.name)
        await asyncio.to_thread(write_book, path, [sheet])


def _may(look: Snapshot) -> None:
    look.require(Permission.CORRECT_CONTACT)


def _plan(look: Snapshot, name: str, rows: Sequence[LookupRow]) -> LookupPlan:
    kept: dict[tuple[str, str], LookupRow] = {}
    unread, repeated = [], 0
    for row in rows:
        key = (row.read.nik, row.read.kpj)
        if not row.read.usable:
            unread.append(row)
        elif key in kept:
            repeated += 1
        else:
            kept[key] = row
    lines = tuple(kept.values())
    found = _people(look, lines)
    known = sum(len(found[key]) == 1 for key in kept)
    several = sum(len(found[key]) > 1 for key in kept)
    return LookupPlan(name, lines, repeated, tuple(unread), known, several)


def _people(look: Snapshot, lines: Sequence[LookupRow]) -> dict[tuple[str, str], list[int]]:
    """Whom each line means: by its KPJ, else whoever holds its NIK."""
    by_kpj: dict[str, list[int]] = {}
    by_nik: dict[str, list[int]] = {}
    for field, found, wanted in (
        (Participant.kpj, by_kpj, sorted({line.read.kpj for line in lines} - {""})),
        (Participant.nik, by_nik, sorted({line.read.nik for line in lines} - {""})),
    ):
        for start in range(0, len(wanted), _CHUNK):
            query = Participant.select(field, Participant.id).where(field.in_(wanted[start : start + _CHUNK]))
            for value, person in look.tuples(query.order_by(Participant.id)):
                found.setdefault(value, []).append(person)
    return {
        (line.read.nik, line.read.kpj): by_kpj.get(line.read.kpj, []) or by_nik.get(line.read.nik, []) for line in lines
    }


def _make(tx: Transaction, plan: LookupPlan, name: str, kind: LookupKind) -> int:
    tx.require(Permission.CORRECT_CONTACT)
    if not name.strip():
        raise Invalid("name", name, "empty")
    if not plan.lines:
        raise Invalid("lines", "", "empty")
    tx.audit("correction.lookup")
    people = _people(tx, plan.lines)
    list_id = tx.insert(LookupList, name=name.strip(), kind=kind, at=tx.now, staff_id=tx.actor.staff_id)
    rows: list[dict[str, Any]] = []
    for n, line in enumerate(plan.lines, 1):
        found = people[line.read.nik, line.read.kpj]
        read_of = {"nik": line.read.nik, "kpj": line.read.kpj, "name": line.read.name, "told": line.told}
        rows.append({"list_id": list_id, "n": n, **read_of, "participant_id": found[0] if len(found) == 1 else None})
    tx.insert_many(LookupLine, rows)
    return list_id


def _list(look: Snapshot, list_id: int) -> ListRow:
    rows = list_rows(look, list_id)
    if not rows:
        raise NotFound("lookup_list", str(list_id))
    return rows[0]


def _close(tx: Transaction, list_id: int) -> None:
    tx.require(Permission.CORRECT_CONTACT)
    _list(tx, list_id)
    tx.audit("correction.lookup-closed")
    tx.update(LookupList, list_id, closed_at=tx.now)


def _open_next(tx: Transaction, list_id: int, after: int) -> LineRow | None:
    tx.require(Permission.CORRECT_CONTACT)
    tx.database.lock_name(open_key(list_id))
    return _opened(tx, list_id, next_line(tx, list_id, after))


def _opened(tx: Transaction, list_id: int, row: LineRow | None) -> LineRow | None:
    """Notes that the acting person has this line in front of them."""
    if row is None:
        clear_draft(tx, open_key(list_id))
    else:
        keep_draft(tx, open_key(list_id), str(row.line_id))
    return row


def _value(tx: Transaction, line_id: int, field: str) -> str:
    tx.require(Permission.CORRECT_CONTACT)
    row = tx.one(line_query().where(LookupLine.id == line_id))
    if row is not None and field == "nik":
        front = Draft.select(Draft.body).where(
            Draft.staff_id == tx.actor.staff_id, Draft.key == open_key(row["list_id"])
        )
        if tx.scalar(front) != str(line_id):
            tx.require(Permission.SEE_FULL_NIK)
    value = "" if row is None else row[field] or row[f"known_{field}"] or ""
    if row is None or not value:
        raise Invalid(field, "", "empty")
    tx.audit("correction.smile-shown", undoable=False)
    tx.note_read(LookupLine, line_id, field)
    if row["participant_id"] is not None:
        tx.note_read(Participant, row["participant_id"], field)
    return str(value)


def _answer(tx: Transaction, row: LineRow, answer: Answer, months: int | None) -> LineRow | None:
    tx.require(Permission.CORRECT_CONTACT)
    kind = _list(tx, row.list_id).kind
    if answer not in ANSWERS[kind]:
        raise Invalid("answer", str(answer), "unknown")
    if months is not None and not (answer is Answer.ARREARS and 0 < months <= MOST_MONTHS):
        raise Invalid("months", str(months), "out-of-range")
    tx.database.lock_name(open_key(row.list_id))
    tx.audit(ANSWERED)
    tx.update(
        LookupLine,
        row.line_id,
        expect=row.version,
        answer=kept_answer(answer, months),
        answered_at=tx.now,
        answered_by=tx.actor.staff_id,
    )
    clear_draft(tx, parked_key(row.list_id))
    return _opened(tx, row.list_id, next_line(tx, row.list_id, row.n))


def _note(tx: Transaction, row: LineRow, text: str) -> None:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit("correction.lookup-note")
    tx.update(LookupLine, row.line_id, expect=row.version, note=text.strip())


def _park(tx: Transaction, row: LineRow) -> None:
    tx.require(Permission.CORRECT_CONTACT)
    keep_draft(tx, parked_key(row.list_id), str(row.line_id))
    clear_draft(tx, open_key(row.list_id))


def _undo(tx: Transaction, list_id: int) -> LineRow:
    tx.require(Permission.CORRECT_CONTACT)
    audit_id = last_undoable(tx, ANSWERED)
    if audit_id is None:
        raise NothingToUndo()
    its_line = (AuditChange.audit_id == audit_id) & (AuditChange.table_name == table_name(LookupLine))
    change = tx.one(AuditChange.select().where(its_line))
    assert change is not None
    row = line_of(tx, change["row_id"])
    if row is None or row.list_id != list_id:
        raise NothingToUndo()  # an answer of another list is taken back there
    undo_entry(tx, audit_id)
    now = line_of(tx, change["row_id"])
    if now is None:
        raise StaleEdit("lookup_line", change["row_id"])
    _opened(tx, list_id, now)
    return now


def _take(tx: Transaction, line_ids: tuple[int, ...]) -> Taken:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit("correction.from-lookup")
    names = dict(tx.tuples(LookupList.select(LookupList.id, LookupList.name)))
    changed = 0
    for line_id in sorted(set(line_ids)):
        tx.one(tx.database.locked(LookupLine.select().where(LookupLine.id == line_id)))
        row = tx.one(line_query().where(LookupLine.id == line_id))
        offer = None if row is None or row["participant_id"] is None or not row["answer"] else offer_in(row)
        if row is None or offer is None:
            continue
        evidence = Evidence(Source.SMILE, place=f"{names[row['list_id']]}, {row['n']}")
        changed += _claimed(tx, offer) if offer.field == "claimed" else _active(tx, offer, evidence)
    return Taken(changed, must_propose(tx))


def _active(tx: Transaction, offer: Offer, evidence: Evidence) -> int:
    typed = read(tx, Field.ACTIVE, YES if offer.wanted else NO)
    return len(write(tx, [Change(offer.participant_id, Field.ACTIVE, typed, evidence)]))


def _claimed(tx: Transaction, offer: Offer) -> int:
    """As at the status check: who has claimed is phoned no more."""
    tx.require(Permission.CALL)
    tx.update(Participant, offer.participant_id, claimed=True, claim_checked_at=tx.now, claim_check=SmileSays.CLAIMED)
    close_items(tx, offer.participant_id, DoneReason.CLAIMED)
    return 1


def _note_file(tx: Transaction, list_id: int, name: str) -> None:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit("correction.lookup-out", why=name, undoable=False)
    tx.note_read(LookupList, list_id, "lines")
