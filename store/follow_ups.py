"""Follow-ups (*tindak lanjut*): what was promised, to whom, by whom, until when, and how it ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from store.errors import Invalid, NotFound, NothingToUndo
from store.follow_up_rows import (
    FollowUpCounts,
    FollowUpFilter,
    FollowUpRow,
    count_rows,
    counts,
    list_rows,
    read_row,
    rows_of_person,
)
from store.link import Link
from store.office import calendar
from store.rows import UndoRef
from store.rules.counter import FollowUpState, Origin
from store.rules.due import parse_due, suggest_due
from store.rules.permissions import Permission
from store.rules.text import clean
from store.schema import AuditChange, Contact, FollowUp, Participant, Phone, Staff, table_name
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class

WRITES: Final = tuple(f"follow-up.{how}" for how in ("make", "done", "drop", "reassign", "reschedule", "edit"))
"""What can be done to a follow-up, as the trail calls it."""

LATEST_PAST: Final = timedelta(days=1)
"""How long ago a promise may have been due when it is written down: yesterday's slip of paper, no older."""


@value_class
class FollowUpIn:
    """A promise to be written down. `staff_id` None: anybody of `section` does it.

    `what` is in the person's words, or a code of `store.rules.counter.Standard` for which the screen has the words.
    `due_at` is aware. With `staff_id` and no `section` it is that person's section.
    """

    what: str
    origin: Origin
    due_at: datetime
    staff_id: int | None = None
    section: str = ""
    participant_id: int | None = None
    whom: str = ""
    contact_id: int | None = None
    attempt_id: int | None = None
    assist_id: int | None = None


class FollowUpDesk:
    """`store.follow_ups`: what was promised, from every desk (F9).

    A change names the version that was on screen, and raises StaleEdit with what colleagues changed since; Invalid for
    a follow-up that is done or dropped already, NotFound for one that was taken back, NotAllowed.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    async def counts(self) -> FollowUpCounts:
        """How much there is to do, for me and for my section. Raises NotAllowed."""
        return await self._link.read(counts)

    async def count(self, wanted: FollowUpFilter) -> int:
        return await self._link.newest("follow-up-count", count_rows, wanted)

    async def rows(self, wanted: FollowUpFilter, offset: int, limit: int) -> list[FollowUpRow]:
        """A window of the list, masked, what is due first at the top. Raises NotAllowed."""
        return await self._link.newest("follow-up-rows", list_rows, wanted, offset, limit)

    async def read(self, follow_up_id: int) -> FollowUpRow | None:
        """One as it stands now; None where there is none any more. Raises NotAllowed."""
        return await self._link.read(read_row, follow_up_id)

    async def of_person(self, participant_id: int) -> list[FollowUpRow]:
        """Everything that was promised to a person, open or not, the newest first. Raises NotAllowed."""
        return await self._link.read(rows_of_person, participant_id)

    async def numbers(self, follow_up_id: int) -> tuple[str, ...]:
        """The numbers to ring, whole: the one they called from first, then the person's (E.164), then who was noted.

        The trail keeps that they were looked at. Raises NotFound, NotAllowed.
        """
        return (await self._link.write(_numbers, follow_up_id))[0]

    async def suggest_due(self, office_days: int) -> datetime:
        """The closing time (UTC) of the n-th office day from today."""
        return await self._link.read(lambda look: suggest_due(office_days, look.now, calendar(look)))

    async def parse_due(self, text: str) -> datetime:
        """What was typed ('3', 'besok', '12-8', 'senin 10') as an instant. Raises CallbackTimeError."""
        return await self._link.read(lambda look: parse_due(text, look.now, calendar(look)))

    async def make(self, promised: FollowUpIn) -> tuple[int, UndoRef | None]:
        """Writes a promise by itself; its id and the undo. Raises as `add`."""
        return await self._link.write(_make, promised)

    async def done(self, follow_up_id: int, version: int, note: str = "") -> UndoRef | None:
        """It was done, by the acting person."""
        return await self._change(follow_up_id, version, "done", "", _ended(FollowUpState.DONE, note))

    async def drop(self, follow_up_id: int, version: int, why: str) -> UndoRef | None:
        """It will not be done, and why; raises Invalid without a reason."""
        return await self._change(follow_up_id, version, "drop", _reason(why), _ended(FollowUpState.DROPPED, why))

    async def reassign(
        self, follow_up_id: int, version: int, staff_id: int | None, section: str = "", why: str = ""
    ) -> UndoRef | None:
        """Somebody else does it, or (None) anybody of a section; raises Invalid for somebody unknown or disabled."""
        return (await self._link.write(_reassign, follow_up_id, version, staff_id, section, why))[1]

    async def reschedule(self, follow_up_id: int, version: int, due_at: datetime) -> UndoRef | None:
        """It is due at another time; raises Invalid for one that is more than a day ago."""
        return (await self._link.write(_reschedule, follow_up_id, version, due_at))[1]

    async def edit(self, follow_up_id: int, version: int, what: str) -> UndoRef | None:
        """Other words for what was promised; raises Invalid for none."""
        return await self._change(follow_up_id, version, "edit", "", {"what": checked_what(what)})

    async def undo(self) -> FollowUpRow | None:
        """Takes back the last thing that the acting person did here; the follow-up as it stands then.

        None where it was a promise that is there no more. Raises NothingToUndo, UndoRefused with what others changed.
        """
        return (await self._link.write(_undo))[0]

    async def _change(
        self, follow_up_id: int, version: int, how: str, why: str, changes: dict[str, Any]
    ) -> UndoRef | None:
        return (await self._link.write(_change, follow_up_id, version, how, why, changes))[1]


def add(tx: Transaction, promised: FollowUpIn) -> int:
    """Writes a follow-up within an audited write of any desk; its id.

    Raises NotAllowed; NotFound for an unknown participant; Invalid for an empty `what`, a due time more than a day ago,
    and a staff member who is unknown or disabled.
    """
    tx.require(Permission.FOLLOW_UP)
    section = check_taker(tx, promised.staff_id, promised.section)
    known = Participant.select(Participant.id).where(Participant.id == promised.participant_id)
    if promised.participant_id is not None and tx.one(known) is None:
        raise NotFound("participant", str(promised.participant_id))
    return tx.insert(
        FollowUp,
        what=checked_what(promised.what),
        origin=Origin(promised.origin),
        contact_id=promised.contact_id,
        attempt_id=promised.attempt_id,
        assist_id=promised.assist_id,
        participant_id=promised.participant_id,
        whom=clean(promised.whom),
        staff_id=promised.staff_id,
        section=section,
        due_at=checked_due(tx, promised.due_at),
        made_by=tx.actor.staff_id,
        made_at=tx.now,
        state=FollowUpState.OPEN,
    )


def checked_what(what: str) -> str:
    """The words without what cannot be seen. Raises Invalid when nothing is left."""
    words = clean(what)
    if not words:
        raise Invalid("what", what, "empty")
    return words


def checked_due(look: Snapshot, due_at: datetime) -> datetime:
    """Raises Invalid for an instant more than a day ago."""
    if due_at < look.now - LATEST_PAST:
        raise Invalid("due_at", due_at.isoformat(), "past")
    return due_at


def check_taker(look: Snapshot, staff_id: int | None, section: str) -> str:
    """The section in which a follow-up is done. Raises Invalid for a staff member who is unknown or disabled."""
    section = clean(section)
    if staff_id is None:
        return section
    taker = look.one(Staff.select(Staff.section, Staff.active).where(Staff.id == staff_id))
    if taker is None:
        raise Invalid("staff_id", str(staff_id), "unknown")
    if not taker["active"]:
        raise Invalid("staff_id", str(staff_id), "disabled")
    return section or str(taker["section"])


def _ended(state: FollowUpState, note: str) -> dict[str, Any]:
    return {"state": state, "done_note": clean(note)}


def _reason(why: str) -> str:
    if not clean(why):
        raise Invalid("why", why, "empty")
    return clean(why)


def _make(tx: Transaction, promised: FollowUpIn) -> int:
    tx.audit("follow-up.make")
    return add(tx, promised)


def _open(tx: Transaction, follow_up_id: int, version: int, mine: dict[str, Any]) -> None:
    """Raises StaleEdit when somebody was faster, Invalid for what is over already, NotFound for what was taken back."""
    tx.require(Permission.FOLLOW_UP)
    if tx.scalar(FollowUp.select(FollowUp.undone).where(FollowUp.id == follow_up_id)):
        raise NotFound("follow_up", str(follow_up_id))
    row = fresh(tx, FollowUp, follow_up_id, version, mine)
    if row["state"] != FollowUpState.OPEN:
        raise Invalid("state", row["state"], "not-open")


def _change(tx: Transaction, follow_up_id: int, version: int, how: str, why: str, changes: dict[str, Any]) -> None:
    _open(tx, follow_up_id, version, changes)
    tx.audit(f"follow-up.{how}", why=why)
    if "state" in changes:
        changes = {**changes, "done_at": tx.now, "done_by": tx.actor.staff_id}
    tx.update(FollowUp, follow_up_id, expect=version, **changes)


def _reassign(tx: Transaction, follow_up_id: int, version: int, staff_id: int | None, section: str, why: str) -> None:
    tx.require(Permission.FOLLOW_UP)
    taker = {"staff_id": staff_id, "section": check_taker(tx, staff_id, section)}
    _change(tx, follow_up_id, version, "reassign", clean(why), taker)


def _reschedule(tx: Transaction, follow_up_id: int, version: int, due_at: datetime) -> None:
    _change(tx, follow_up_id, version, "reschedule", "", {"due_at": checked_due(tx, due_at)})


def _undo(tx: Transaction) -> FollowUpRow | None:
    tx.require(Permission.FOLLOW_UP)
    audit_id = last_undoable(tx, *WRITES)
    if audit_id is None:
        raise NothingToUndo()
    lines = AuditChange.select(AuditChange.row_id).where(AuditChange.audit_id == audit_id)
    follow_up_id = tx.scalar(lines.where(AuditChange.table_name == table_name(FollowUp)))
    undo_entry(tx, audit_id)
    return read_row(tx, follow_up_id)


def _numbers(tx: Transaction, follow_up_id: int) -> tuple[str, ...]:
    tx.require(Permission.FOLLOW_UP)
    tx.require(Permission.SEE_HELD_PERSON)
    row = tx.one(FollowUp.select().where(FollowUp.id == follow_up_id, ~FollowUp.undone))
    if row is None:
        raise NotFound("follow_up", str(follow_up_id))
    called_from = Contact.select(Contact.e164).where(Contact.id == row["contact_id"], Contact.e164.is_null(False))
    own = Phone.select(Phone.e164).where(Phone.participant_id == row["participant_id"], Phone.wrong_at.is_null())
    found = [number for (number,) in tx.tuples(called_from) + tx.tuples(own.order_by(Phone.position, Phone.id))]
    tx.audit("reveal", undoable=False)
    if row["participant_id"] is None:
        tx.note_read(FollowUp, follow_up_id, "whom")
    else:
        tx.note_read(Participant, row["participant_id"], "phones")
    return tuple(dict.fromkeys([*found, *([row["whom"]] if row["whom"] else [])]))
