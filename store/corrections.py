"""Corrections of people's data: made, proposed, approved, taken back one by one, and told (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from store.correction_rows import CorrectionFilter, CorrectionRow, correction_rows, count_corrections, one_whole
from store.edit_writes import apply_value, correct
from store.edits import Correction, Evidence, Seen, entry_of, must_propose, read, seen_of, who_wrote
from store.errors import EditConflict, FieldConflict, Invalid, NotFound, NothingToUndo, OwnWork
from store.link import Link
from store.pins import require_pin
from store.rows import UndoRef
from store.rules.corrections import CorrectionState, Entry, Field, Source, TypedRead
from store.rules.permissions import Permission
from store.schema import Correction as Row
from store.schema import Participant
from store.snapshot import Snapshot
from store.take_back import take_back_value
from store.transaction import Transaction
from store.value_class import value_class


@value_class
class Corrected:
    """What became of typed values: how many changed something, whether they wait for a yes, and the undo."""

    changed: int
    proposed: bool = False
    undo: UndoRef | None = None


@value_class
class TakenBack:
    """One change taken back; `stays_wrong`: the number before it was found wrong since, and does not come again."""

    undo: UndoRef | None
    stays_wrong: bool = False


class CorrectionDesk:
    """`store.corrections`: values of people typed by people, with what each rests on, and their history."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def seen(self, participant_id: int) -> Seen:
        """The person's values of this moment, to correct against. Raises NotFound, NotAllowed."""
        return await self._link.read(_seen, participant_id)

    async def read(self, field: Field, text: str) -> TypedRead:
        """How a typed value is read. Raises Invalid with the flag of what cannot be read without doubt."""
        return await self._link.read(read, field, text)

    async def correct(self, participant_id: int, corrections: Sequence[Correction], evidence: Evidence) -> Corrected:
        """Writes values of one person in one transaction, with one undo.

        Raises NotAllowed, NotFound, Invalid, and EditConflict where a colleague changed a value since it was seen; then
        nothing was written.
        """
        done, undo = await self._link.write(_correct, participant_id, tuple(corrections), evidence)
        return replace(done, undo=undo)

    async def put(self, participant_id: int, field: Field, text: str, evidence: Evidence) -> Corrected:
        """The same of one value, over whatever stands there now. Raises NotAllowed, NotFound, Invalid."""
        done, undo = await self._link.write(_put, participant_id, field, text, evidence)
        return replace(done, undo=undo)

    async def count(self, wanted: CorrectionFilter) -> int:
        return await self._link.read(count_corrections, wanted)

    async def rows(self, wanted: CorrectionFilter, offset: int, limit: int) -> list[CorrectionRow]:
        """A window of the changes, the newest first, masked. Raises NotAllowed."""
        return await self._link.read(correction_rows, wanted, offset, limit)

    async def whole(self, correction_id: int) -> CorrectionRow:
        """One change with its values unmasked; the trail keeps that it was shown. Raises NotAllowed, NotFound."""
        return (await self._link.write(_whole, correction_id))[0]

    async def take_back(self, correction_id: int, why: str = "") -> TakenBack:
        """Puts the value back that stood before one change, whenever that was; a change of its own, with its undo.

        A number that was found wrong since stays wrong: what the person has then is another one, or none.
        Raises NotAllowed, NotFound, NothingToUndo, EditConflict where it was changed again since, NotCallable while
        somebody is ringing that number, Invalid ("found-wrong") where nothing would change any more.
        """
        wrong, undo = await self._link.write(_take_back, correction_id, why)
        return TakenBack(undo, wrong)

    async def approve(self, correction_ids: Sequence[int]) -> Corrected:
        """An officer's yes to what others proposed. Raises NotAllowed, OwnWork, NothingToUndo, EditConflict."""
        done, undo = await self._link.write(_decide, tuple(correction_ids), CorrectionState.MADE, "")
        return replace(done, undo=undo)

    async def decline(self, correction_ids: Sequence[int], why: str) -> Corrected:
        """An officer's no, with its reason. Raises NotAllowed, OwnWork, Invalid without a reason."""
        done, undo = await self._link.write(_decide, tuple(correction_ids), CorrectionState.DECLINED, why)
        return replace(done, undo=undo)


def _seen(look: Snapshot, participant_id: int) -> Seen:
    look.require(Permission.CORRECT_CONTACT)
    return seen_of(look, participant_id)


def _whole(tx: Transaction, correction_id: int) -> CorrectionRow:
    row = one_whole(tx, correction_id)
    if row is None:
        raise NotFound("correction", str(correction_id))
    tx.require(Permission.SEE_HELD_PERSON)
    tx.audit("correction.open", undoable=False)
    column = "phones" if row.field is Field.PHONE else str(row.field)
    tx.note_read(Participant, row.participant_id, column)
    return row


def _correct(tx: Transaction, participant_id: int, corrections: Sequence[Correction], evidence: Evidence) -> Corrected:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit("correction.make", why=evidence.why)
    return Corrected(len(correct(tx, participant_id, corrections, evidence)), must_propose(tx))


def _put(tx: Transaction, participant_id: int, field: Field, text: str, evidence: Evidence) -> Corrected:
    tx.require(Permission.CORRECT_CONTACT)
    return _correct(tx, participant_id, [Correction(field, text, seen_of(tx, participant_id))], evidence)


def _take_back(tx: Transaction, correction_id: int, why: str) -> bool:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit("correction.back", why=why)
    return take_back_value(tx, correction_id, why)


def _decide(tx: Transaction, ids: Sequence[int], to: CorrectionState, why: str) -> Corrected:
    tx.require(Permission.APPROVE_CORRECTIONS)
    if to is CorrectionState.MADE:
        require_pin(tx, Permission.APPROVE_CORRECTIONS)
    if to is CorrectionState.DECLINED and not why.strip():
        raise Invalid("why", why, "empty")
    tx.audit("correction.approve" if to is CorrectionState.MADE else "correction.decline", why=why)
    for correction_id in sorted(set(ids)):
        row = tx.one(tx.database.locked(Row.select().where(Row.id == correction_id)))
        if row is None:
            raise NotFound("correction", str(correction_id))
        if row["undone"] or row["state"] != CorrectionState.PROPOSED:
            raise NothingToUndo()
        if row["staff_id"] == tx.actor.staff_id and not tx.actor.alone:
            raise OwnWork(tx.actor.login)
        decided: dict[str, Any] = {"decided_at": tx.now, "decided_by": tx.actor.staff_id, "state": to}
        if to is CorrectionState.MADE:
            stood = _make(tx, row)
            # What a colleague wrote alike meanwhile is typed into Smile once.
            decided |= {"old": stood, "smile": Entry.NOT_NEEDED if stood == row["new"] else entry_of(row["source"])}
        tx.update(Row, correction_id, **decided)
    return Corrected(len(set(ids)))


def _make(tx: Transaction, row: dict[str, Any]) -> str | None:
    """What was proposed is written, unless the value is another one by now; the value that stood there."""
    field, person_id = Field(row["field"]), int(row["participant_id"])
    tx.one(tx.database.locked(Participant.select(Participant.id).where(Participant.id == person_id)))
    theirs = seen_of(tx, person_id).value(field)
    if theirs not in (row["old"], row["new"]) and not _proposed_with(tx, row, theirs):
        by = who_wrote(tx, person_id, field)
        raise EditConflict(person_id, (FieldConflict(field, row["old"], row["new"], theirs, *by),))
    apply_value(tx, person_id, field, TypedRead(row["new"], label=row["label"]), Source(row["source"]))
    return theirs


def _proposed_with(tx: Transaction, row: dict[str, Any], theirs: str | None) -> bool:
    """Whether the value that stands there is another number of the same cell, which got its yes before."""
    same = (Row.participant_id == row["participant_id"]) & (Row.field == row["field"]) & (Row.at == row["at"])
    beside = same & (Row.staff_id == row["staff_id"]) & (Row.place == row["place"]) & (Row.new == theirs)
    return (
        row["field"] == Field.PHONE
        and tx.one(Row.select().where(beside, Row.state == CorrectionState.MADE)) is not None
    )
