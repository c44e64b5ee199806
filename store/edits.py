"""A person's number or e-mail corrected by a person: read without doubt or refused, never over what a colleague wrote.

Everything here runs inside an audited write of some desk, which says where the correction came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.campaigns import bring_back
from store.errors import EditConflict, FieldConflict, Invalid, NotFound
from store.leases import hold_new_numbers
from store.office import setting
from store.rules.emails import EmailSource, read_email, says_none
from store.rules.phones import read_phones
from store.rules.readings import PhoneRead, sort_flags
from store.schema import Audit, AuditChange, Participant, Phone, Staff, table_name
from store.trail_events import wrote
from store.transaction import Snapshot, Transaction


class Field(StrEnum):
    """What can be corrected beside somebody's telephone."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person had when somebody took them in front: a correction is compared with it. Not for the screen."""

    phones: tuple[str, ...] = field(repr=False)  # E.164, those that are not wrong, in the order in which they are tried
    email: str | None = field(repr=False)  # None: not known; '': they have none

    def value(self, wanted: Field) -> str | None:
        if wanted is Field.EMAIL:
            return self.email
        return self.phones[0] if self.phones else None


@dataclass(frozen=True, slots=True)
class Correction:
    """A number or an e-mail as typed; `over`: also over what a colleague wrote meanwhile, after seeing it."""

    field: Field
    text: str
    seen: Seen
    over: bool = False


def seen_of(look: Snapshot, participant_id: int) -> Seen:
    """The person's number and e-mail of this moment. Raises NotFound."""
    person = _person(look, participant_id)
    query = Phone.select(Phone.e164).where(Phone.participant_id == participant_id, Phone.wrong_at.is_null())
    numbers = look.tuples(query.order_by(Phone.position, Phone.id))
    no_email = None if person["email_none_at"] is None else ""
    return Seen(tuple(number for (number,) in numbers), person["email"] or no_email)


def correct(tx: Transaction, participant_id: int, corrections: Sequence[Correction]) -> None:
    """Writes the corrections. What a colleague changed since it was seen is never written over unasked.

    Raises Invalid for what cannot be read without doubt, EditConflict with original, mine and theirs of each field.
    """
    tx.one(tx.database.locked(Participant.select().where(Participant.id == participant_id)))
    now = seen_of(tx, participant_id)
    conflicts = [c for each in corrections if (c := _conflict(tx, participant_id, each, now)) is not None]
    if conflicts:
        raise EditConflict(participant_id, tuple(conflicts))
    for each in corrections:
        if each.field is Field.PHONE:
            write_number(tx, participant_id, each.text)
        else:
            write_email(tx, participant_id, each.text)


def _conflict(tx: Transaction, participant_id: int, mine: Correction, now: Seen) -> FieldConflict | None:
    if mine.field is Field.PHONE:
        wanted = read_number(tx, mine.text).e164
        moved = now.phones != mine.seen.phones and wanted not in now.phones
    else:
        wanted = read_address(mine.text) or ""
        moved = now.email != mine.seen.email and (now.email or "") != wanted
    if not moved or mine.over:
        return None
    original, theirs = mine.seen.value(mine.field), now.value(mine.field)
    return FieldConflict(mine.field, original, wanted, theirs, *_who_wrote(tx, participant_id, mine.field))


def _who_wrote(tx: Transaction, participant_id: int, wanted: Field) -> tuple[str | None, Any]:
    """Who changed the person's numbers or their e-mail last, and when."""
    its_own = AuditChange.table_name == table_name(Phone)
    if wanted is Field.EMAIL:
        of_email = AuditChange.payload.contains('"email":') | AuditChange.payload.contains('"email_none_at":')
        its_own = (AuditChange.table_name == table_name(Participant)) & of_email
    row = tx.one(
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


def read_number(look: Snapshot, text: str) -> PhoneRead:
    """The one number of a typed text. Raises Invalid with the flag of what cannot be read without doubt."""
    read = read_phones(text, area_code=str(setting(look, "phones.area_code")))
    if len(read.numbers) != 1 or read.flags:
        raise Invalid("phones", text, read.flags[0] if read.flags else "one-number")
    return read.numbers[0]


def read_address(text: str) -> str | None:
    """The e-mail of a typed text, None where it says that there is none. Raises Invalid for anything else."""
    email = read_email(text).email
    if text.strip() and email is None and not says_none(text):
        raise Invalid("email", text, "email-malformed")
    return email


def write_number(tx: Transaction, participant_id: int, text: str) -> str:
    """Puts a number first among those of a person, who can be called again with it; the number in E.164.

    Raises NotFound, Invalid.
    """
    person, phone = _person(tx, participant_id), read_number(tx, text)
    known = tx.dicts(Phone.select().where(Phone.participant_id == participant_id))
    same = next((row for row in known if row["e164"] == phone.e164), None)
    first = min((row["position"] for row in known), default=1) - 1
    if same is not None:
        tx.update(Phone, same["id"], wrong_at=None, wrong_why=None, position=first)
    else:
        tx.insert(Phone, participant_id=participant_id, position=first, e164=phone.e164, label=phone.label)
    flags = [flag for flag in person["flags"].split() if not flag.startswith("phone-")]
    tx.update(Participant, participant_id, flags=" ".join(sort_flags(tuple(flags))))
    bring_back(tx, participant_id, phone.e164)
    hold_new_numbers(tx, participant_id)
    return phone.e164


def write_email(tx: Transaction, participant_id: int, text: str, source: EmailSource = EmailSource.SAID) -> None:
    """Writes an e-mail address, or that the person has none (empty, or typed so); either answers what was doubted.

    What their file said in place of an address stays on record. Raises NotFound, Invalid.
    """
    person, email = _person(tx, participant_id), read_address(text)
    flags = " ".join(flag for flag in person["flags"].split() if not flag.startswith("email-"))
    values: dict[str, Any]
    if email is None:
        values = {"email": None, "email_none_at": tx.now, "email_source": ""}
    else:
        values = {"email": email, "email_raw": text.strip(), "email_none_at": None, "email_source": source}
    tx.update(Participant, participant_id, **values, flags=flags)
