"""Layanan: every call that comes in and every visit, saved in one step with what follows from it.

The same save corrects a number or an e-mail (evidence: this call), settles or moves the person's place on a call list,
promises a follow-up, and answers a missed call; one undo takes all of it back. Two colleagues may serve the same person
at once: both contacts stay, and a correction that meets the other's is shown field by field (`EditConflict`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from store.attempts import lead_on
from store.campaigns import close_item, close_items
from store.company_find import find_companies
from store.contact_rows import (
    ContactFilter,
    ContactRow,
    CounterPerson,
    MissedCall,
    count_contacts,
    count_today,
    list_contacts,
    list_missed,
    person_at_counter,
    read_contact,
)
from store.drafts import bring_back, put_by, take_draft
from store.edit_writes import correct
from store.edits import Correction, Evidence, read
from store.errors import Invalid, NotFound, NothingToUndo, StaleEdit
from store.follow_ups import FollowUpIn, add
from store.leases import holder_of
from store.link import Link
from store.office import change_setting, setting
from store.rows import UndoRef
from store.rules.corrections import Field, Source
from store.rules.counter import TOPIC_KEYS, Caller, ContactChannel, ContactOutcome, Origin, Topic
from store.rules.outcomes import DoneReason, Outcome, State
from store.rules.permissions import Permission
from store.schema import AuditChange, Contact, Participant, QueueItem
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class

CONTACT: Final = "counter.contact"
_MISSED: Final = "counter.missed-settled"

QUEUE_OUTCOMES: Final = (
    *(Outcome.WILL_CLAIM, Outcome.SAYS_CLAIMED, Outcome.CALLBACK, Outcome.NOT_YET, Outcome.REFUSED),
    Outcome.DECEASED,
)
"""What somebody who rang or came can settle of a call list by their own word, or an heir by a death certificate."""


@value_class
class QueueStep:
    """What this contact does to the person's place on a call list; without an outcome they simply leave it.

    `item_id` None: they are on no list that is open, and only their death can be noted.
    """

    item_id: int | None
    outcome: Outcome | None = None
    callback_at: datetime | None = None


@value_class
class Promise:
    """A follow-up made by the same save; `staff_id` None: anybody of the section."""

    what: str
    due_at: datetime
    staff_id: int | None = None
    section: str = ""


@value_class
class ContactIn:
    """One contact as it is saved. `number` is the caller's as typed ('' where it is not known).

    `answers_id` is the missed call that this one answers. A correction attaches the number to the participant. `draft`
    is the key under which it was kept until now ('' for none): the save ends the draft, and a draft is saved once.
    `form` is that key, and all that was typed: taking the save back makes it a draft again, until the next save.
    """

    channel: ContactChannel
    started_at: datetime
    topic: str
    outcome: ContactOutcome = ContactOutcome.ANSWERED
    caller: Caller = Caller.ANONYMOUS
    participant_id: int | None = None
    number: str = ""
    caller_name: str = ""
    company: str = ""
    note: str = ""
    right_party: bool = False
    answers_id: int | None = None
    corrections: tuple[Correction, ...] = ()
    queue: QueueStep | None = None
    promise: Promise | None = None
    draft: str = ""
    form: tuple[str, str] = ("", "")


@value_class
class TakenBack:
    """The contact that was taken back; `draft` is the key of its form, '' where that is not kept any more."""

    contact: ContactRow
    draft: str


@value_class
class Saved:
    """What a save did. `queue_state` where the person's place on a list changed; `held_by` has them on the card now."""

    contact_id: int
    follow_up_id: int | None = None
    queue_state: State | None = None
    queue_due_at: datetime | None = None
    held_by: str | None = None
    undo: UndoRef | None = None


class CounterDesk:
    """`store.counter`: calls that come in, visits, missed calls."""

    def __init__(self, link: Link) -> None:
        self._link = link

    # Topics

    async def topics(self) -> dict[str, str]:
        """The office's topics by their digit: a code of `Topic`, or the office's own words."""
        return await self._link.read(topics)

    async def set_topics(self, wanted: Mapping[str, str]) -> UndoRef | None:
        """The office's own list, digit to topic. Raises NotAllowed, Invalid (1–9 digits, no two the same)."""
        return (await self._link.write(_set_topics, dict(wanted)))[1]

    async def set_topic(self, digit: str, topic: str | None) -> UndoRef | None:
        """What one digit is about from now on, None for nothing; the other digits stay as they are.

        Raises NotAllowed, Invalid (blank, on two digits, or none left).
        """
        return (await self._link.write(_set_topic, digit, topic))[1]

    # Who

    async def person(self, participant_id: int, *, birth_date: bool = False) -> CounterPerson:
        """Somebody who is on the telephone or at the desk, masked by role; `birth_date` shows it after noting that.

        Raises NotAllowed, NotFound.
        """
        if birth_date:
            await self._link.write(_note_birth_date, participant_id)
        return await self._link.read(person_at_counter, participant_id, birth_date=birth_date)

    async def companies(self, text: str, limit: int = 20) -> list[tuple[str, str, int]]:
        """Companies that fit what is typed: name, NPP, how many people are theirs, most first."""
        return await self._link.newest("counter-companies", find_companies, text, limit)

    async def read_number(self, text: str) -> str | None:
        """The number of a typed text in E.164, or None where it is no whole number yet."""
        return await self._link.read(_typed_number, text)

    # The log

    async def save(self, contact: ContactIn) -> Saved:
        """Saves the contact and all that follows from it in one transaction, with one undo.

        Raises NotAllowed, NotFound, Invalid, EditConflict, CallbackTimeError, and StaleEdit where the missed call that
        it answers waits no more; then nothing was written.
        """
        saved, undo = await self._link.write(_save, contact)
        return replace(saved, undo=undo)

    async def undo(self) -> TakenBack:
        """Takes back the acting person's last contact with all that it did. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo))[0]

    async def read(self, contact_id: int) -> ContactRow:
        """One call or visit of the log. Raises NotAllowed, NotFound where it was taken back."""
        return await self._link.read(_read, contact_id)

    async def count(self, wanted: ContactFilter) -> int:
        return await self._link.newest("counter-count", count_contacts, wanted)

    async def rows(self, wanted: ContactFilter, offset: int, limit: int) -> list[ContactRow]:
        """A window of the log, newest first, masked. Raises NotAllowed."""
        return await self._link.newest("counter-rows", list_contacts, wanted, offset, limit)

    async def today(self) -> int:
        """Calls and visits of today (WIB); missed ones are none. Raises NotAllowed."""
        return await self._link.read(count_today)

    # Missed calls

    async def missed(self) -> list[MissedCall]:
        """Missed calls that nobody has answered yet, the oldest first, with who may have rung. Raises NotAllowed."""
        return await self._link.read(list_missed)

    async def settle_missed(self, contact_id: int, note: str) -> UndoRef | None:
        """Ends a missed call without an answer, with the reason. Raises NotAllowed, NotFound, Invalid, StaleEdit."""
        return (await self._link.write(_settle_missed, contact_id, note))[1]


def topics(look: Snapshot) -> dict[str, str]:
    """The topics of the office by digit."""
    own: dict[str, str] = setting(look, "counter.topics")
    return own or dict(TOPIC_KEYS)


def _set_topics(tx: Transaction, wanted: dict[str, str]) -> None:
    tx.database.lock_name("settings")
    change_setting(tx, "counter.topics", {} if wanted == dict(TOPIC_KEYS) else wanted)


def _set_topic(tx: Transaction, digit: str, topic: str | None) -> None:
    tx.database.lock_name("settings")
    now = topics(tx)
    rest = {key: code for key, code in now.items() if key != digit}
    if topic is not None and topic in rest.values():
        raise Invalid("counter.topics", topic, "twice")
    if topic is None and not rest:
        raise Invalid("counter.topics", "", "last")
    wanted = rest if topic is None else {**rest, digit: topic}
    if wanted != now:
        _set_topics(tx, dict(sorted(wanted.items())))


def _typed_number(look: Snapshot, text: str) -> str | None:
    try:
        return read(look, Field.PHONE, text).value
    except Invalid:
        return None


def _note_birth_date(tx: Transaction, participant_id: int) -> None:
    tx.require(Permission.HELP)
    tx.require(Permission.SEE_HELD_PERSON)
    tx.audit("reveal", undoable=False)
    tx.note_read(Participant, participant_id, "birth_date")


def _save(tx: Transaction, contact: ContactIn) -> Saved:
    tx.require(Permission.HELP)
    _check(tx, contact)
    if contact.draft:
        take_draft(tx, contact.draft)
    tx.audit(CONTACT)
    e164 = read(tx, Field.PHONE, contact.number).value if contact.number.strip() else None
    missed = contact.channel is ContactChannel.MISSED
    contact_id = tx.insert(
        Contact,
        channel=contact.channel,
        started_at=contact.started_at,
        ended_at=None if missed else max(tx.now, contact.started_at),
        staff_id=tx.actor.staff_id,
        participant_id=contact.participant_id,
        e164=e164,
        caller=contact.caller,
        caller_name=contact.caller_name.strip(),
        company=contact.company.strip(),
        topic=contact.topic,
        outcome=contact.outcome,
        note=contact.note.strip(),
        right_party=contact.right_party,
        answers_id=contact.answers_id,
    )
    if contact.corrections and contact.participant_id is not None:
        evidence = Evidence(Source.COUNTER, said_by=contact.caller_name, contact_id=contact_id)
        correct(tx, contact.participant_id, contact.corrections, evidence)
    if contact.answers_id is not None:
        _settle(tx, contact.answers_id)
    if contact.form[0]:
        put_by(tx, contact_id, *contact.form)
    saved = Saved(contact_id)
    if contact.queue is not None:
        saved = _move_on_list(tx, contact, contact.queue, contact.queue.item_id, saved)
    if contact.promise is not None:
        saved = replace(saved, follow_up_id=_promise(tx, contact, contact.promise, contact_id, e164))
    return saved


def _check(tx: Transaction, contact: ContactIn) -> None:
    known = topics(tx).values()
    if contact.topic not in known and contact.topic not in set(Topic):
        raise Invalid("topic", contact.topic, "unknown")
    if contact.started_at > tx.now:
        raise Invalid("started_at", contact.started_at.isoformat(), "future")
    if contact.participant_id is None and (contact.corrections or contact.queue):
        raise Invalid("participant", "", "missing")
    if (contact.outcome is ContactOutcome.FOLLOW_UP) != (contact.promise is not None):
        raise Invalid("outcome", contact.outcome, "promise")
    if (contact.outcome is ContactOutcome.MISSED) != (contact.channel is ContactChannel.MISSED):
        raise Invalid("outcome", contact.outcome, "missed")
    person = contact.participant_id
    if person is not None and tx.one(Participant.select(Participant.id).where(Participant.id == person)) is None:
        raise NotFound("participant", str(person))


def _move_on_list(tx: Transaction, contact: ContactIn, step: QueueStep, item_id: int | None, saved: Saved) -> Saved:
    """The person's place on a call list, settled by their own word; `held_by` has them on the card."""
    if item_id is None:
        return _note_death(tx, contact, step, saved)
    item = tx.one(tx.database.locked(QueueItem.select().where(QueueItem.id == item_id)))
    if item is None or item["participant_id"] != contact.participant_id:
        raise NotFound("queue_item", str(item_id))
    if item["state"] == State.DONE:
        return saved  # a colleague, an import or Smile was faster
    holder = holder_of(tx, item_id)
    if step.outcome is None:
        close_item(tx, item_id, DoneReason.CALLED_IN)
        state, due_at = State.DONE, None
    elif step.outcome in QUEUE_OUTCOMES:
        state, due_at = lead_on(tx, item, step.outcome, step.callback_at)
    else:
        raise Invalid("queue", step.outcome, "outcome")
    return replace(saved, queue_state=state, queue_due_at=due_at, held_by=holder[0] if holder else None)


def _note_death(tx: Transaction, contact: ContactIn, step: QueueStep, saved: Saved) -> Saved:
    """Of somebody who was on no list: also one that they came on meanwhile is left (domain.md 3.8)."""
    if step.outcome is not Outcome.DECEASED or contact.participant_id is None:
        raise Invalid("queue", step.outcome or "", "outcome")
    tx.update(Participant, contact.participant_id, deceased=True)
    left = close_items(tx, contact.participant_id, DoneReason.DECEASED)
    return replace(saved, queue_state=State.DONE if left else None)


def _promise(tx: Transaction, contact: ContactIn, promise: Promise, contact_id: int, e164: str | None) -> int:
    return add(
        tx,
        FollowUpIn(
            what=promise.what,
            origin=Origin.COUNTER,
            due_at=promise.due_at,
            staff_id=promise.staff_id,
            section=promise.section,
            participant_id=contact.participant_id,
            whom=contact.caller_name or contact.company or (e164 or ""),
            contact_id=contact_id,
        ),
    )


def _settle(tx: Transaction, contact_id: int, **values: Any) -> None:
    """A missed call is answered; StaleEdit where a colleague was faster, or took it back."""
    query = Contact.select().where(Contact.id == contact_id, Contact.channel == ContactChannel.MISSED)
    row = tx.one(tx.database.locked(query))
    if row is None:
        raise NotFound("contact", str(contact_id))
    if row["undone"] or row["settled_at"] is not None:
        raise StaleEdit("contact", contact_id)
    tx.update(Contact, contact_id, settled_at=tx.now, **values)


def _settle_missed(tx: Transaction, contact_id: int, note: str) -> None:
    tx.require(Permission.HELP)
    if not note.strip():
        raise Invalid("note", note, "empty")
    tx.audit(_MISSED, why=note.strip())
    _settle(tx, contact_id, outcome=ContactOutcome.GAVE_UP)


def _read(look: Snapshot, contact_id: int) -> ContactRow:
    look.require(Permission.HELP)
    return read_contact(look, contact_id)


def _undo(tx: Transaction) -> TakenBack:
    tx.require(Permission.HELP)
    audit_id = last_undoable(tx, CONTACT)
    if audit_id is None:
        raise NothingToUndo()
    lines = AuditChange.select().where(AuditChange.audit_id == audit_id, AuditChange.table_name == "contact")
    line = tx.one(lines.order_by(AuditChange.n))  # then comes the missed call that it answered
    assert line is not None
    row = read_contact(tx, line["row_id"])
    undo_entry(tx, audit_id)
    return TakenBack(row, bring_back(tx, row.contact_id))
