"""*Entri ke Smile*: every change is typed into Smile once, and what became of it is kept (design.md 3.3).

Smile often stands still: the list is parked and goes on at the same person, also after a restart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from store.drafts import clear_draft, keep_draft
from store.errors import Invalid, NotFound, NothingToUndo, StaleEdit
from store.link import Link
from store.rows import UndoRef
from store.rules.corrections import Entry, Field
from store.rules.permissions import Permission
from store.schema import AuditChange, Correction, Draft, Participant, table_name
from store.smile_exports import (
    CompanyToDo,
    Exported,
    again_rows,
    companies_of,
    export_rows_of,
    plan_export,
    take_export,
    withdraw_export,
)
from store.smile_rows import (
    OPEN,
    PARKED,
    ExportRow,
    SmileChange,
    SmileCounts,
    SmilePerson,
    counts_of,
    export_rows,
    mine,
    next_person,
    person_of,
    to_type,
)
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.workbooks.update_tk_out import write_update_tk

ENTERED, REFUSED, AGAIN = "correction.entered", "correction.smile-refused", "correction.smile-again"
_BY: Final = {Entry.DONE: ENTERED, Entry.REFUSED: REFUSED}


class SmileDesk:
    """`store.smile`: what is left to type into Smile. Needs CORRECT_CONTACT; sheets also EXPORT_PARTICIPANTS."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def counts(self) -> SmileCounts:
        return await self._link.read(counts_of)

    async def next(self, *, skip: SmilePerson | None = None) -> SmilePerson | None:
        """Whoever the list was parked at, else the next one; `skip` goes past a person: later.

        Two who type are not shown the same person. Raises NotAllowed.
        """
        return (await self._link.write(_open_next, skip))[0]

    async def still(self, participant_id: int) -> SmilePerson | None:
        """The person with what waits now, or None when nothing does."""
        return await self._link.read(person_of, participant_id)

    async def leave(self) -> None:
        """The acting person stops typing; whoever was in front is free for others."""
        await self._link.write(clear_draft, OPEN)

    async def value(self, change: SmileChange) -> str:
        """The new value whole, canonical, to be typed; the trail keeps that it was shown.

        Raises NotAllowed, StaleEdit once it need not be typed any more, Invalid where there is nothing to type.
        """
        return (await self._link.write(_value, change))[0]

    async def nik(self, participant_id: int) -> str:
        """The NIK whole, to find the person in Smile; the trail keeps that it was shown.

        Without SEE_FULL_NIK that of the person in front alone (`next`). Raises NotAllowed, Invalid.
        """
        return (await self._link.write(_nik, participant_id))[0]

    async def done(self, person: SmilePerson, changes: Sequence[SmileChange]) -> SmilePerson | None:
        """These stand in Smile now. The same person while something is left of them, else the next one.

        An older change of the same value was overtaken and need not be typed any more. Raises NotAllowed, and StaleEdit
        when somebody settled one of them meanwhile; then nothing was written.
        """
        return (await self._link.write(_answer, person, tuple(changes), Entry.DONE, ""))[0]

    async def refused(self, person: SmilePerson, changes: Sequence[SmileChange], why: str) -> SmilePerson | None:
        """Smile did not take these. Raises as `done` does, and Invalid without a reason."""
        return (await self._link.write(_answer, person, tuple(changes), Entry.REFUSED, why))[0]

    async def again(self, correction_ids: Sequence[int]) -> UndoRef | None:
        """Changes that were noted as done or refused are to be typed again. Raises NotAllowed, StaleEdit."""
        return (await self._link.write(_again, tuple(correction_ids)))[1]

    async def park(self, person: SmilePerson) -> None:
        """Smile stands still: the list goes on at this person next time."""
        await self._link.write(_park, person.participant_id)

    async def undo(self) -> SmilePerson:
        """Takes back the acting person's last answer and shows that person again. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo))[0]

    # Sheets for employers

    async def companies(self) -> list[CompanyToDo]:
        """Companies with values that a sheet can carry and that went out in none yet, the most first."""
        return await self._link.read(companies_of)

    async def planned(self, npp: str | None = None) -> Exported:
        """What a sheet would carry, for a company or for all; nothing is written."""
        return await self._link.read(plan_export, npp)

    async def export(self, path: Path, npp: str | None = None) -> Exported:
        """A numbered sheet in the layout of update_data_tk with what went out in none yet; exported is not entered.

        Raises NotAllowed, FileRefused, and Invalid when nothing is left to go out; then nothing was noted.
        """
        (done, people), undo = await self._link.write(export_rows_of, path.name, npp)
        try:
            await asyncio.to_thread(write_update_tk, path, people)
        except BaseException:
            if undo is not None:
                await self._link.write(undo_entry, undo.audit_id)
            raise
        return replace(done, undo=undo)

    async def export_again(self, path: Path, number: int) -> Exported:
        """The same sheet once more, because its number was asked for. Raises NotAllowed, NotFound, FileRefused."""
        done, people = (await self._link.write(again_rows, number))[0]
        await asyncio.to_thread(write_update_tk, path, people)
        return done

    async def exports(self) -> list[ExportRow]:
        return list(await self._link.read(export_rows))

    async def taken(self, number: int) -> tuple[int, UndoRef | None]:
        """The employer brought a sheet into Smile: what was left of it is entered. How many values, and the undo."""
        return await self._link.write(take_export, number)

    async def withdraw(self, number: int) -> tuple[int, UndoRef | None]:
        """A sheet that nobody brings in: what was left of it is typed by hand again."""
        return await self._link.write(withdraw_export, number)


def _open_next(tx: Transaction, skip: SmilePerson | None) -> SmilePerson | None:
    tx.require(Permission.CORRECT_CONTACT)
    tx.database.lock_name("smile-entry")
    return _opened(tx, next_person(tx, skip))


def _opened(tx: Transaction, person: SmilePerson | None) -> SmilePerson | None:
    """Notes that the acting person has this one in front of them."""
    if person is None:
        clear_draft(tx, OPEN)
    else:
        keep_draft(tx, OPEN, str(person.participant_id))
    return person


def _one(look: Snapshot, correction_id: int) -> dict[str, object]:
    row = look.one(look.database.locked(mine(look, Correction.select()).where(Correction.id == correction_id)))
    if row is None:
        raise StaleEdit("correction", correction_id)
    return row


def _value(tx: Transaction, change: SmileChange) -> str:
    row = _one(tx, change.correction_id)
    if row["smile"] != Entry.TO_DO:
        raise StaleEdit("correction", change.correction_id)
    if not row["new"]:
        raise Invalid(change.field, "", "empty")
    if change.field is Field.NIK:
        _require_front(tx, int(str(row["participant_id"])))
    tx.audit("correction.smile-shown", undoable=False)
    tx.note_read(Correction, change.correction_id, "new")
    tx.note_read(Participant, int(str(row["participant_id"])), change.field)
    return str(row["new"])


def _require_front(tx: Transaction, participant_id: int) -> None:
    """A whole NIK is for who may see them all, and for who has this very person in front of them."""
    front = Draft.select(Draft.body).where(Draft.staff_id == tx.actor.staff_id, Draft.key == OPEN)
    if tx.scalar(front) != str(participant_id):
        tx.require(Permission.SEE_FULL_NIK)


def _nik(tx: Transaction, participant_id: int) -> str:
    tx.require(Permission.CORRECT_CONTACT)
    _require_front(tx, participant_id)
    row = tx.one(Participant.select(Participant.nik).where(Participant.id == participant_id))
    if row is None or not row["nik"]:
        raise Invalid("nik", "", "empty")
    tx.audit("correction.smile-shown", undoable=False)
    tx.note_read(Participant, participant_id, "nik")
    return str(row["nik"])


def _answer(
    tx: Transaction, person: SmilePerson, changes: tuple[SmileChange, ...], entry: Entry, why: str
) -> SmilePerson | None:
    tx.require(Permission.CORRECT_CONTACT)
    if entry is Entry.REFUSED and not why.strip():
        raise Invalid("why", why, "empty")
    tx.database.lock_name("smile-entry")
    tx.audit(_BY[entry], why=why.strip())
    for change in changes:
        row = _one(tx, change.correction_id)
        if row["smile"] != Entry.TO_DO or row["export_id"] is not None:
            raise StaleEdit("correction", change.correction_id)
        settle(tx, change.correction_id, entry, why.strip(), expect=change.version)
        older = to_type(tx, Correction.select(Correction.id)).where(
            Correction.participant_id == person.participant_id,
            Correction.field == change.field,
            Correction.id < change.correction_id,
        )
        for (row_id,) in tx.tuples(older):
            tx.update(Correction, row_id, smile=Entry.NOT_NEEDED)
    clear_draft(tx, PARKED)
    rest = person_of(tx, person.participant_id)
    # Who stands behind this person comes next: whoever was put off is not shown again at once.
    return _opened(tx, next_person(tx, person) if rest is None else replace(rest, place=person.place))


def settle(tx: Transaction, correction_id: int, entry: Entry, note: str, *, expect: int | None = None) -> None:
    """Notes what became of a change in Smile, by whom and when. Within an audited write."""
    tx.update(
        Correction,
        correction_id,
        expect=expect,
        smile=entry,
        smile_at=tx.now,
        smile_by=tx.actor.staff_id,
        smile_note=note,
    )


def _again(tx: Transaction, ids: tuple[int, ...]) -> None:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit(AGAIN)
    for correction_id in sorted(set(ids)):
        row = _one(tx, correction_id)
        if row["smile"] not in (Entry.DONE, Entry.REFUSED):
            raise StaleEdit("correction", correction_id)
        tx.update(Correction, correction_id, smile=Entry.TO_DO, smile_at=None, smile_by=None, export_id=None)


def _park(tx: Transaction, participant_id: int) -> None:
    tx.require(Permission.CORRECT_CONTACT)
    keep_draft(tx, PARKED, str(participant_id))
    clear_draft(tx, OPEN)


def _undo(tx: Transaction) -> SmilePerson:
    tx.require(Permission.CORRECT_CONTACT)
    audit_id = last_undoable(tx, ENTERED, REFUSED)
    if audit_id is None:
        raise NothingToUndo()
    change = tx.one(
        AuditChange.select().where(AuditChange.audit_id == audit_id, AuditChange.table_name == table_name(Correction))
    )
    assert change is not None
    undo_entry(tx, audit_id)
    person = person_of(tx, change["participant_id"])
    if person is None:
        raise NotFound("participant", str(change["participant_id"]))
    _opened(tx, person)
    return person
