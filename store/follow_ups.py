"""Follow-ups (*tindak lanjut*): what was promised, to whom, by whom, until when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from store.errors import Invalid, NotFound
from store.rules.counter import FollowUpState, Origin
from store.rules.permissions import Permission
from store.rules.text import clean
from store.schema import FollowUp, Participant, Staff
from store.transaction import Snapshot, Transaction

LATEST_PAST: Final = timedelta(days=1)
"""How long ago a promise may have been due when it is written down: yesterday's slip of paper, no older."""


@dataclass(frozen=True, slots=True)
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
