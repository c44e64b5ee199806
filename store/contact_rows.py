"""The log of the counter as it is read: contacts in time order, missed calls, and who may stand behind a number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from peewee import fn

from store.cards import attempts_of
from store.edits import Seen, seen_of
from store.errors import NotFound
from store.follow_up_rows import mask_whom
from store.leases import holder_of
from store.masks import mask_email, mask_number
from store.persons import ListPlace, PersonRow, lists_of, people_with
from store.rows import AttemptRow
from store.rules.counter import ContactChannel, FollowUpState
from store.rules.identity import mask_nik, nik_sex
from store.rules.outcomes import State
from store.rules.permissions import Permission
from store.schema import Contact, FollowUp, Participant, Phone, Staff
from store.search import matches, typed_words
from store.snapshot import Snapshot
from store.value_class import value_class

_SHOWN = 20
"""Earlier contacts that are shown of one person."""


@value_class
class ContactFilter:
    """What of the log is shown. Days are the office's; `text` is found in names, companies, notes or the number."""

    since: date | None = None
    until: date | None = None
    staff_id: int | None = None
    participant_id: int | None = None
    topic: str | None = None
    channel: str | None = None
    text: str = ""


@value_class
class ContactRow:
    """One line of the log: masked. `name` is the participant's, else what the caller said."""

    contact_id: int
    channel: str
    started_at: datetime
    ended_at: datetime | None
    by: str
    participant_id: int | None
    name: str
    company: str
    number: str  # masked
    caller: str
    topic: str
    outcome: str
    note: str
    right_party: bool
    settled_at: datetime | None
    follow_up: str | None  # the state of what was promised


@value_class
class MissedCall:
    """A missed call that waits. `number` is whole: somebody has to dial it. `people` are those who have that number."""

    contact_id: int
    at: datetime
    number: str  # E.164, '' where it was not shown
    note: str
    by: str
    people: tuple[PersonRow, ...]


@value_class
class ListStand:
    """Where somebody stands on a call list, and who has them on the card now."""

    place: ListPlace
    held_by: str | None


@value_class
class CounterPerson:
    """Somebody on the telephone or at the desk. Birth date only where it was asked for, and noted."""

    participant_id: int
    name: str
    sex: str | None
    kpj: str
    nik_masked: str
    company: str
    npp: str
    pembina: str
    has_birth_date: bool
    birth_date: date | None
    phones: tuple[tuple[str, str, bool], ...]  # masked number, label, wrong
    email: str  # masked
    active: bool | None
    claimed: bool | None
    claim_said_at: datetime | None
    claim_checked_at: datetime | None
    deceased: bool
    flags: tuple[str, ...]
    lists: tuple[ListStand, ...]  # those that are open
    attempts: tuple[AttemptRow, ...]
    contacts: tuple[ContactRow, ...]
    open_follow_ups: int
    seen: Seen


def person_at_counter(look: Snapshot, participant_id: int, *, birth_date: bool = False) -> CounterPerson:
    """Everything that F3 shows of somebody, masked by role. Raises NotAllowed, NotFound."""
    look.require(Permission.HELP)
    row = look.one(Participant.select().where(Participant.id == participant_id))
    if row is None:
        raise NotFound("participant", str(participant_id))
    nik = row["nik"] or ""
    phones = look.dicts(Phone.select().where(Phone.participant_id == participant_id).order_by(Phone.position))
    waiting = look.scalar(
        FollowUp.select(fn.count(FollowUp.id)).where(
            FollowUp.participant_id == participant_id, FollowUp.state == FollowUpState.OPEN, ~FollowUp.undone
        )
    )
    return CounterPerson(
        participant_id=participant_id,
        name=row["name"],
        sex=row["sex"] or (nik_sex(nik) if nik else None),
        kpj=row["kpj"],
        nik_masked=mask_nik(nik) if nik else "",
        company=row["company"],
        npp=row["npp"] or "",
        pembina=row["pembina"],
        has_birth_date=row["birth_date"] is not None,
        birth_date=row["birth_date"] if birth_date else None,
        phones=tuple((mask_number(p["e164"]), p["label"], p["wrong_at"] is not None) for p in phones),
        email=mask_email(row["email"] or ""),
        active=row["active"],
        claimed=row["claimed"],
        claim_said_at=row["claim_said_at"],
        claim_checked_at=row["claim_checked_at"],
        deceased=row["deceased"],
        flags=tuple(row["flags"].split()),
        lists=_open_lists(look, participant_id),
        attempts=attempts_of(look, participant_id),
        contacts=tuple(list_contacts(look, ContactFilter(participant_id=participant_id), 0, _SHOWN)),
        open_follow_ups=int(waiting),
        seen=seen_of(look, participant_id),
    )


def _open_lists(look: Snapshot, participant_id: int) -> tuple[ListStand, ...]:
    stands = []
    for place in lists_of(look, participant_id):
        if place.state != State.DONE:
            holder = holder_of(look, place.item_id)
            stands.append(ListStand(place, holder[0] if holder else None))
    return tuple(stands)


def _filtered(look: Snapshot, query: Any, wanted: ContactFilter) -> Any:
    query = query.where(~Contact.undone)
    if wanted.since is not None:
        query = query.where(Contact.started_at >= look.day_start - timedelta(days=(look.today - wanted.since).days))
    if wanted.until is not None:
        after = look.day_start - timedelta(days=(look.today - wanted.until).days - 1)
        query = query.where(Contact.started_at < after)
    for column, value in (
        (Contact.staff_id, wanted.staff_id),
        (Contact.participant_id, wanted.participant_id),
        (Contact.topic, wanted.topic),
        (Contact.channel, wanted.channel),
    ):
        if value is not None:
            query = query.where(column == value)
    for word in typed_words(wanted.text):
        theirs = Participant.select(Participant.id).where(matches(word))
        query = query.where(
            Contact.participant_id.in_(theirs)
            | fn.upper(Contact.caller_name).contains(word.upper())
            | fn.upper(Contact.company).contains(word.upper())
            | fn.upper(Contact.note).contains(word.upper())
            | Contact.e164.contains(word.lstrip("0+") or word)
        )
    return query


def count_contacts(look: Snapshot, wanted: ContactFilter) -> int:
    look.require(Permission.SEE_LISTS)
    return int(look.scalar(_filtered(look, Contact.select(fn.count(Contact.id)), wanted)))


def count_today(look: Snapshot) -> int:
    """Calls and visits of today; missed ones are none. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    today = _filtered(look, Contact.select(fn.count(Contact.id)), ContactFilter(since=look.today, until=look.today))
    return int(look.scalar(today.where(Contact.channel != ContactChannel.MISSED)))


def list_contacts(look: Snapshot, wanted: ContactFilter, offset: int, limit: int) -> list[ContactRow]:
    """`limit` contacts from `offset` of what the filter leaves, newest first."""
    look.require(Permission.SEE_LISTS)
    query = _filtered(look, _columns(), wanted).order_by(Contact.started_at.desc(), Contact.id.desc())
    return [_row(row) for row in look.dicts(query.offset(offset).limit(limit))]


def read_contact(look: Snapshot, contact_id: int) -> ContactRow:
    """One contact. Raises NotFound, also where it was taken back."""
    row = look.one(_columns().where(Contact.id == contact_id, ~Contact.undone))
    if row is None:
        raise NotFound("contact", str(contact_id))
    return _row(row)


def contacts_of(look: Snapshot, participant_id: int) -> list[ContactRow]:
    """Every call and visit about a person that was not taken back, the newest first."""
    query = _columns().where(Contact.participant_id == participant_id, ~Contact.undone)
    return [_row(row) for row in look.dicts(query.order_by(Contact.started_at.desc(), Contact.id.desc()))]


def _columns() -> Any:
    name = Participant.select(Participant.name).where(Participant.id == Contact.participant_id)
    company = Participant.select(Participant.company).where(Participant.id == Contact.participant_id)
    promised = FollowUp.select(FollowUp.state).where(FollowUp.contact_id == Contact.id, ~FollowUp.undone).limit(1)
    return Contact.select(
        Contact,
        Staff.name.alias("by"),
        name.alias("participant_name"),
        company.alias("participant_company"),
        promised.alias("follow_up"),
    ).join(Staff, on=(Staff.id == Contact.staff_id))


def _row(row: dict[str, Any]) -> ContactRow:
    return ContactRow(
        contact_id=row["id"],
        channel=row["channel"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        by=row["by"],
        participant_id=row["participant_id"],
        name=row["participant_name"] or mask_whom(row["caller_name"]),
        company=row["company"] or row["participant_company"] or "",
        number=mask_number(row["e164"]) if row["e164"] else "",
        caller=row["caller"],
        topic=row["topic"],
        outcome=row["outcome"],
        note=row["note"],
        right_party=row["right_party"],
        settled_at=row["settled_at"],
        follow_up=row["follow_up"],
    )


def list_missed(look: Snapshot) -> list[MissedCall]:
    """Missed calls that wait, the oldest first."""
    look.require(Permission.HELP)
    query = (
        Contact.select(Contact, Staff.name.alias("by"))
        .join(Staff, on=(Staff.id == Contact.staff_id))
        .where(Contact.channel == ContactChannel.MISSED, Contact.settled_at.is_null(), ~Contact.undone)
        .order_by(Contact.started_at, Contact.id)
    )
    rows = look.dicts(query)
    people = people_with(look, [row["e164"] for row in rows if row["e164"]], _SHOWN)
    return [
        MissedCall(
            contact_id=row["id"],
            at=row["started_at"],
            number=row["e164"] or "",
            note=row["note"],
            by=row["by"],
            people=tuple(people.get(row["e164"] or "", ())),
        )
        for row in rows
    ]
