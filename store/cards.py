"""The card of a held person, with what may be shown of them now; and the moment when nobody can be served."""

from __future__ import annotations

from typing import Any

from peewee import Query, fn

from store.database import Database
from store.leases import people_who_share
from store.masks import mask_number
from store.office import jmo_limits, policies
from store.rows import AttemptRow, Card, CardNumber, Nothing
from store.rules.decisions import NumberTries, first_number, is_used_up
from store.rules.eligibility import channel_advice
from store.rules.identity import mask_nik, nik_sex
from store.rules.outcomes import OPEN_STATES, Outcome, Policy, State
from store.schema import Attempt, Campaign, Draft, Hold, Participant, Phone, QueueItem, Staff
from store.snapshot import Snapshot
from store.statements import statement

NOTE_DRAFT = "call-note:"


def number_tries(look: Snapshot, item_id: int, participant_id: int) -> list[NumberTries]:
    """The person's numbers in the order in which they are tried, with what happened on each in this campaign."""
    return _tries(look, item_id, look.dicts(_phones_of(participant_id)))


@statement
def _phones_of(_database: Database, participant_id: Any) -> Query:
    query = Phone.select(Phone.e164, Phone.label, Phone.wrong_at).where(Phone.participant_id == participant_id)
    return query.order_by(Phone.position, Phone.id)


@statement
def _tries_of(_database: Database, item_id: Any) -> Query:
    return (
        Attempt.select(Attempt.e164, Attempt.outcome, fn.count(Attempt.id))
        .where(Attempt.item_id == item_id, ~Attempt.undone, Attempt.e164.is_null(False))
        .group_by(Attempt.e164, Attempt.outcome)
    )


@statement
def _item_of(_database: Database, item_id: Any) -> Query:
    return (
        QueueItem.select(QueueItem, Campaign.kind, Campaign.period)
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(QueueItem.id == item_id)
    )


@statement
def _person_of(_database: Database, participant_id: Any) -> Query:
    return Participant.select().where(Participant.id == participant_id)


@statement
def _attempts_on(_database: Database, participant_id: Any) -> Query:
    return (
        Attempt.select(Attempt, Staff.name.alias("by"))
        .join(Staff, on=(Staff.id == Attempt.staff_id))
        .where(Attempt.participant_id == participant_id, ~Attempt.undone)
        .order_by(Attempt.at.desc(), Attempt.id.desc())
    )


@statement
def _body_of(_database: Database, staff_id: Any, key: Any) -> Query:
    return Draft.select(Draft.body).where(Draft.staff_id == staff_id, Draft.key == key)


def _tries(look: Snapshot, item_id: int, phones: list[dict[str, Any]]) -> list[NumberTries]:
    tries: dict[str, dict[Outcome, int]] = {}
    for e164, outcome, count in look.tuples(_tries_of(item_id)):
        tries.setdefault(e164, {})[Outcome(outcome)] = count
    return [NumberTries(p["e164"], p["wrong_at"] is not None, tries.get(p["e164"], {})) for p in phones]


def number_in_turn(table: dict[Outcome, Policy], numbers: list[NumberTries], current: str | None) -> str | None:
    """The number to ring now: the one whose turn it is, or the next that can be used.

    Somebody whose numbers are all used up and who is called all the same (an officer said so, or they rang back) is
    called on the one they had last, as long as it is not wrong.
    """
    usable = {n.e164 for n in numbers if not is_used_up(table, n)}
    if current in usable:
        return current
    spent = current if any(n.e164 == current and not n.wrong for n in numbers) else None
    return first_number(table, numbers) or spent


def build_card(look: Snapshot, item_id: int, *, birth_date_shown: bool = False) -> Card:
    """The card of a queue item that the acting person holds."""
    item = look.dicts(_item_of(item_id))[0]
    person = look.dicts(_person_of(item["participant_id"]))[0]
    right_party = item["right_party"]
    advice = channel_advice(person["jht_balance"], look.today, jmo_limits(look)) if right_party else None
    return Card(
        item_id=item_id,
        token=item["lease_token"],
        kind=item["kind"],
        period=item["period"],
        state=item["state"],
        due_at=item["due_at"],
        participant_id=person["id"],
        kpj=person["kpj"],
        name=person["name"],
        sex=person["sex"] or (nik_sex(person["nik"]) if person["nik"] else None),
        company=person["company"],
        npp=person["npp"],
        pembina=person["pembina"],
        nik_masked=mask_nik(person["nik"]) if person["nik"] else "",
        has_birth_date=person["birth_date"] is not None,
        birth_date=person["birth_date"] if birth_date_shown else None,
        right_party=right_party,
        jht_balance=person["jht_balance"] if right_party else None,
        advice=str(advice.channel) if advice else None,
        jmo_limit=advice.limit if advice else None,
        active=person["active"],
        still_working=person["still_working_at"] is not None,
        claimed=person["claimed"],
        flags=tuple(person["flags"].split()),
        numbers=_numbers(look, item),
        attempts=attempts_of(look, person["id"]),
        note=_note(look, item_id),
        matter=item["matter"],
    )


def _numbers(look: Snapshot, item: dict[str, Any]) -> tuple[CardNumber, ...]:
    table = policies(look)
    phones = look.dicts(_phones_of(item["participant_id"]))
    tries = _tries(look, item["id"], phones)
    current = number_in_turn(table, tries, item["current_number"])
    shared = people_who_share(look, item["participant_id"])
    labels = {phone["e164"]: phone["label"] for phone in phones}
    return tuple(
        CardNumber(
            n.e164,
            labels[n.e164],
            n.e164 == current,
            n.wrong,
            is_used_up(table, n),
            sum(n.tries.values()),
            shared.get(n.e164, 0),
        )
        for n in tries
    )


def attempts_of(look: Snapshot, participant_id: int) -> tuple[AttemptRow, ...]:
    """Every attempt on a person that was not taken back, newest first."""
    return tuple(
        AttemptRow(
            row["id"],
            row["at"],
            row["by"],
            mask_number(row["e164"]) if row["e164"] else "",
            row["outcome"],
            row["detail"],
            row["callback_at"],
            row["note"],
            row["late"],
        )
        for row in look.dicts(_attempts_on(participant_id))
    )


def _note(look: Snapshot, item_id: int) -> str:
    row = look.one(_body_of(look.actor.staff_id, f"{NOTE_DRAFT}{item_id}"))
    return "" if row is None else str(row["body"])


def build_nothing(look: Snapshot) -> Nothing:
    """Why nobody can be served now, in numbers, and when the next one is due."""
    counts: dict[str, int] = dict(
        look.tuples(QueueItem.select(QueueItem.state, fn.count(QueueItem.id)).group_by(QueueItem.state))
    )
    next_due = look.one(
        QueueItem.select(QueueItem.due_at)
        .where(QueueItem.state.in_(sorted(OPEN_STATES)), QueueItem.due_at > look.now)
        .order_by(QueueItem.due_at)
    )
    held = look.scalar(Hold.select(fn.count(Hold.item_id.distinct())))
    waiting = sum(counts.get(state, 0) for state in OPEN_STATES)
    return Nothing(
        next_due=next_due["due_at"] if next_due else None,
        waiting=waiting - int(held),
        held=int(held),
        without_number=counts.get(State.WITHOUT_NUMBER, 0),
    )
