"""A person's value corrected by a person: read without doubt or refused, never over what a colleague wrote.

Everything here runs inside an audited write of some desk, which says what the correction rests on. Each value that
changes leaves a row of `correction`: the history, and what is left to type into Smile (design.md 3.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any

from store.errors import Invalid, NotFound
from store.office import setting
from store.rules.corrections import (
    NO,
    YES,
    CorrectionState,
    Entry,
    Field,
    Source,
    TypedRead,
    flags_after,
    read_typed,
)
from store.rules.emails import EmailSource
from store.rules.names import name_key
from store.rules.permissions import Permission
from store.schema import Audit, AuditChange, Participant, Phone, Staff, table_name
from store.snapshot import Snapshot
from store.trail_events import wrote
from store.transaction import Transaction
from store.value_class import value_class


@value_class
class Evidence:
    """*Sumber perubahan*: what a change rests on; `said_by` who supplied it, `place` the file, sheet and row."""

    source: Source
    said_by: str = ""
    place: str = ""
    why: str = ""
    contact_id: int | None = None
    reverts: int | None = None


@value_class
class Seen:
    """What a person had when somebody took them in front: a correction is compared with it. Not for the screen."""

    phones: tuple[str, ...] = field(repr=False)  # E.164, those that are not wrong, in the order in which they are tried
    email: str | None = field(repr=False)  # None: not known; '': they have none
    others: tuple[tuple[Field, str | None], ...] = field(default=(), repr=False)

    def value(self, wanted: Field) -> str | None:
        """The value as canonical text (store.rules.corrections.TypedRead); None: not known."""
        if wanted is Field.EMAIL:
            return self.email
        if wanted is Field.PHONE:
            return self.phones[0] if self.phones else None
        return dict(self.others).get(wanted)


@value_class
class Correction:
    """A value as typed; `over`: also over what a colleague wrote meanwhile, after seeing it."""

    field: Field
    text: str
    seen: Seen
    over: bool = False


def seen_of(look: Snapshot, participant_id: int) -> Seen:
    """The person's values of this moment. Raises NotFound."""
    person = _person(look, participant_id)
    query = Phone.select(Phone.e164).where(Phone.participant_id == participant_id, Phone.wrong_at.is_null())
    numbers = look.tuples(query.order_by(Phone.position, Phone.id))
    return seen_in(person, tuple(number for (number,) in numbers))


def seen_in(person: dict[str, Any], phones: tuple[str, ...]) -> Seen:
    """The same of a person's row and numbers that were read already."""
    no_email = None if person["email_none_at"] is None else ""
    others = tuple((each, _text(person[each])) for each in Field if each not in (Field.PHONE, Field.EMAIL))
    return Seen(phones, person["email"] or no_email, others)


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else str(value)


def who_wrote(look: Snapshot, participant_id: int, wanted: Field) -> tuple[str | None, Any]:
    """Who changed a value of the person last, and when."""
    its_own = AuditChange.table_name == table_name(Phone)
    if wanted is not Field.PHONE:
        named = AuditChange.payload.contains(f'"{wanted}":')
        if wanted is Field.EMAIL:
            named |= AuditChange.payload.contains('"email_none_at":')
        its_own = (AuditChange.table_name == table_name(Participant)) & named
    row = look.one(
        Audit.select(Staff.name, Audit.at)
        .join(AuditChange, on=(AuditChange.audit_id == Audit.id))
        .join_from(Audit, Staff, on=(Staff.id == Audit.staff_id))
        .where(AuditChange.participant_id == participant_id, its_own, wrote())
        .order_by(Audit.id.desc())
    )
    return (row["name"], row["at"]) if row else (None, None)


def _person(look: Snapshot, participant_id: int) -> dict[str, Any]:
    row = look.one(Participant.select().where(Participant.id == participant_id))
    if row is None:
        raise NotFound("participant", str(participant_id))
    return row


def read(look: Snapshot, wanted: Field, text: str) -> TypedRead:
    """A typed value. Raises Invalid with the flag of what cannot be read without doubt."""
    typed = read_typed(wanted, text, today=look.today, area_code=str(setting(look, "phones.area_code")))
    if typed.value is None:
        raise Invalid("phones" if wanted is Field.PHONE else wanted, text, typed.problem)
    return typed


def history_line(
    tx: Transaction,
    participant_id: int,
    wanted: Field,
    old_new: tuple[str | None, str | None],
    evidence: Evidence,
    *,
    asks: bool,
    label: str = "",
) -> dict[str, Any]:
    """The row of `correction` that a change leaves; `asks`: it waits for an officer's yes; `label`: of a number."""
    return {
        "participant_id": participant_id,
        "field": wanted,
        "old": old_new[0],
        "new": old_new[1],
        "label": label,
        "at": tx.now,
        "staff_id": tx.actor.staff_id,
        "source": evidence.source,
        "said_by": evidence.said_by.strip(),
        "place": evidence.place,
        "why": evidence.why.strip(),
        "contact_id": evidence.contact_id,
        "reverts": evidence.reverts,
        "state": CorrectionState.PROPOSED if asks else CorrectionState.MADE,
        "smile": Entry.NOT_NEEDED if asks else entry_of(evidence.source),
    }


def entry_of(source: str) -> Entry:
    """Whether a change has to be typed into Smile; what was looked up there stands there already."""
    return Entry.NOT_NEEDED if source == Source.SMILE else Entry.TO_DO


def require(look: Snapshot, wanted: Field) -> None:
    """Raises NotAllowed when the person's roles do not include correcting such a value."""
    look.require(Permission.CORRECT_CONTACT)
    if wanted is Field.BALANCE:
        look.require(Permission.SEE_AMOUNTS)


def must_propose(look: Snapshot) -> bool:
    """Whether the acting person's corrections wait for an officer's yes: a setting of the office."""
    return bool(setting(look, "corrections.propose")) and not look.may(Permission.APPROVE_CORRECTIONS)


def changes_of(person: Mapping[str, Any], wanted: Field, value: str, source: Source, now: datetime) -> dict[str, Any]:
    """The columns of a person that a value goes into; a number has a table of its own."""
    if wanted is Field.PHONE:
        return {}
    if wanted is Field.EMAIL:
        return _email(value, source, now) if value != person["email"] else {"email_none_at": None}
    if wanted is Field.NAME:
        return {"name": value, "name_key": name_key(value)}
    if wanted is Field.ACTIVE:
        return {"active": value == YES}
    if wanted is Field.BIRTH_DATE:
        return {"birth_date": date.fromisoformat(value)}
    return {str(wanted): int(value) if wanted is Field.BALANCE else value}


def flags_with(person: Mapping[str, Any], changes: Mapping[str, Any], wanted: Field) -> tuple[str, ...]:
    """A person's flags once these changes are made."""
    now = {**person, **changes}
    return flags_after(person["flags"], wanted, nik=now["nik"], birth_date=now["birth_date"], sex=now["sex"])


def _email(value: str, source: Source, now: datetime) -> dict[str, Any]:
    """An address, or that the person has none; what their file said in place of an address stays on record."""
    if not value:
        return {"email": None, "email_none_at": now, "email_source": ""}
    how = {Source.TOGETHER: EmailSource.TOGETHER, Source.FILE: EmailSource.FILE}.get(source, EmailSource.SAID)
    return {"email": value, "email_raw": value, "email_none_at": None, "email_source": how}
