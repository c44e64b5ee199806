"""Campaigns (*kegiatan telepon*): who is on the call list of a period, and how far it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from peewee import SQL, fn

from store.errors import Invalid
from store.leases import hold_new_numbers, living_sessions
from store.rows import CampaignStatus
from store.rules.dates import birthday
from store.rules.eligibility import JHT_AGE, is_eligible, jht56_period
from store.rules.kinds import OTHER_KINDS, Kind
from store.rules.outcomes import OPEN_STATES, DoneReason, State
from store.rules.permissions import Permission
from store.schema import Campaign, Participant, Phone, QueueItem
from store.shares import refresh_handlers
from store.snapshot import Snapshot
from store.transaction import Transaction

JHT56 = Kind.JHT56
_CHUNK = 500


def make_campaign(tx: Transaction, kind: str, period: str) -> int:
    """Puts everybody onto the list who reached 56 in that month and is not on it yet; the number of people added."""
    tx.require(Permission.MAKE_CAMPAIGN)
    if kind != JHT56:
        raise Invalid("kind", kind, "unknown")
    year, month = (int(part) for part in period.split("-"))
    born = f"{year - JHT_AGE:04d}-{month:02d}-"
    query = Participant.select(Participant.id).where(Participant.birth_date.between(f"{born}01", f"{born}31"))
    tx.audit("campaign.make")
    return extend_campaigns(tx, [row[0] for row in tx.tuples(query.order_by(Participant.id))]).get(period, 0)


def extend_campaigns(tx: Transaction, participant_ids: Sequence[int]) -> dict[str, int]:
    """Puts eligible people onto the JHT 56 list of their period, within an audited write; how many, by period."""
    added: Counter[str] = Counter()
    campaigns: dict[str, int] = {}
    tx.database.lock_name("campaigns")  # two at once would both find the same people missing
    for start in range(0, len(participant_ids), _CHUNK):
        chunk = participant_ids[start : start + _CHUNK]
        rows: list[dict[str, Any]] = []
        for person in _eligible(tx, chunk):
            period = jht56_period(person["birth_date"])
            if period not in campaigns:
                campaigns[period] = _campaign(tx, period)
            rows.append(_new_item(person, campaigns[period]))
            added[period] += 1
        tx.insert_many(QueueItem, rows)
    if added:
        refresh_handlers(tx)
    return dict(sorted(added.items()))


_ASKED: Final = (
    Participant.id,
    Participant.kpj,
    Participant.birth_date,
    Participant.claimed,
    Participant.deceased,
)


def _eligible(tx: Transaction, ids: Sequence[int]) -> Iterable[dict[str, Any]]:
    first = Phone.select(Phone.e164).where(Phone.participant_id == Participant.id, Phone.wrong_at.is_null())
    listed = (
        QueueItem.select(QueueItem.id)
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(QueueItem.participant_id == Participant.id, Campaign.kind == JHT56)
    )
    query = Participant.select(*_ASKED, first.order_by(Phone.position, Phone.id).limit(1).alias("first_number")).where(
        tx.database.any_of(Participant.id, ids),
        Participant.birth_date <= date(tx.today.year - JHT_AGE, 12, 31),  # most of a list are younger
        ~fn.EXISTS(listed),
    )
    for person in tx.dicts(query.order_by(Participant.id)):
        if is_eligible(person["birth_date"], person["claimed"], person["deceased"], tx.today):
            yield person


def _new_item(person: dict[str, Any], campaign_id: int, since: date | None = None) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "participant_id": person["id"],
        "state": State.NEW if person["first_number"] else State.WITHOUT_NUMBER,
        "waiting_since": since or birthday(person["birth_date"], JHT_AGE),
        "kpj": person["kpj"],
        "current_number": person["first_number"],
    }


def _campaign(tx: Transaction, period: str, kind: Kind = JHT56) -> int:
    row = tx.one(Campaign.select(Campaign.id).where(Campaign.kind == kind, Campaign.period == period))
    if row is not None:
        return int(row["id"])
    return tx.insert(Campaign, kind=kind, period=period, created_at=tx.now)


def add_people(tx: Transaction, kind: str, participants: Sequence[int], matter: str) -> int:
    """Puts people onto this month's list of another kind, each with what the call is about; how many were added.

    Somebody who is on that list already is left as they are.
    """
    tx.require(Permission.MAKE_CAMPAIGN)
    if kind not in OTHER_KINDS:
        raise Invalid("kind", kind, "unknown")
    if not matter.strip():
        raise Invalid("matter", matter, "empty")
    if not participants:
        return 0
    tx.audit("campaign.add", why=matter)
    tx.database.lock_name("campaigns")
    campaign_id = _campaign(tx, f"{tx.today:%Y-%m}", Kind(kind))
    listed = QueueItem.select(QueueItem.participant_id).where(QueueItem.campaign_id == campaign_id)
    first = Phone.select(Phone.e164).where(Phone.participant_id == Participant.id, Phone.wrong_at.is_null())
    query = Participant.select(
        Participant, first.order_by(Phone.position, Phone.id).limit(1).alias("first_number")
    ).where(Participant.id.not_in(listed))
    if kind != Kind.JKM_INFO:  # there the call goes to the heirs of somebody who died
        query = query.where(~Participant.deceased)
    ids, added = sorted(set(participants)), 0
    for start in range(0, len(ids), _CHUNK):
        people = tx.dicts(query.where(Participant.id.in_(ids[start : start + _CHUNK])).order_by(Participant.id))
        rows = [{**_new_item(person, campaign_id, tx.today), "matter": matter.strip()} for person in people]
        added += len(tx.insert_many(QueueItem, rows))
    refresh_handlers(tx)
    return added


def close_items(tx: Transaction, participant_id: int, reason: DoneReason) -> int:
    """Takes a person off every list they are open on; how many lists. Within an audited write."""
    rows = tx.dicts(
        QueueItem.select(QueueItem.id).where(
            QueueItem.participant_id == participant_id, QueueItem.state.not_in([State.DONE])
        )
    )
    for row in rows:
        close_item(tx, row["id"], reason)
    return len(rows)


def close_item(tx: Transaction, item_id: int, reason: DoneReason) -> None:
    """Takes a person off one list. Within an audited write."""
    tx.update(QueueItem, item_id, state=State.DONE, done_reason=reason, due_at=None, not_part=None, owner_id=None)


def numbers_came(tx: Transaction, numbers: Mapping[int, str]) -> None:
    """These people (some hundreds) have a new number, the one to be tried first: who had none can be called again.

    Of whoever is held just now it is kept from others too.
    """
    if not numbers:
        return
    for (key,) in tx.database.rows("SELECT key FROM hold WHERE substr(key, 1, 2) = 'p:'", ()):  # one each of who works
        if (held := int(key.removeprefix("p:"))) in numbers:
            hold_new_numbers(tx, held)
    these, values = tx.database.among("participant_id", list(numbers))
    without = f"SELECT id FROM queue_item WHERE {these} AND state = '{State.WITHOUT_NUMBER}'"
    waiting = [item_id for (item_id,) in tx.database.rows(without, values)]
    if not waiting:
        return
    query = QueueItem.select().where(tx.database.any_of(QueueItem.id, waiting)).order_by(QueueItem.id)
    plain: dict[str, Any] = {"not_part": None}
    tried, fresh = {"state": State.RETRY, "due_at": tx.now}, {"state": State.NEW, "due_at": None}
    rows = [row for row in tx.dicts(tx.database.locked(query)) if row["state"] == State.WITHOUT_NUMBER]
    tx.update_many(
        QueueItem,
        [
            (row, plain | (tried if row["tries"] else fresh) | {"current_number": numbers[row["participant_id"]]})
            for row in rows
        ],
    )


def statuses(look: Snapshot) -> list[CampaignStatus]:
    """How far each campaign is; each person on its list counts once."""
    look.require(Permission.SEE_LISTS)
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    # By state first: an index says that of all lists without a look at their people. Then the few who are due or held.
    by_state = QueueItem.select(QueueItem.campaign_id, QueueItem.state, fn.count(SQL("*")))
    for campaign_id, state, people in look.tuples(by_state.group_by(QueueItem.campaign_id, QueueItem.state)):
        counts[campaign_id][_place(state)] += people
    later = [state for state in sorted(OPEN_STATES) if state != State.NEW]
    due = QueueItem.select(QueueItem.campaign_id, fn.count(QueueItem.id))
    due = due.where(QueueItem.state.in_(later), QueueItem.due_at <= look.now)
    for campaign_id, people in look.tuples(due.group_by(QueueItem.campaign_id)):
        counts[campaign_id]["due"] += people
        counts[campaign_id]["waiting"] -= people
    held = QueueItem.select(QueueItem.campaign_id, QueueItem.state, QueueItem.due_at)
    alive = sorted(living_sessions(look))
    for campaign_id, state, due_at in look.tuples(held.where(QueueItem.lease_session.in_(alive))) if alive else ():
        if state in OPEN_STATES:
            is_due = state != State.NEW and due_at is not None and due_at <= look.now
            counts[campaign_id]["due" if is_due else "waiting"] -= 1
            counts[campaign_id]["held"] += 1
    campaigns = look.dicts(Campaign.select().order_by(Campaign.kind, Campaign.period))
    return [_status(row, counts[row["id"]]) for row in campaigns]


def _place(state: str) -> str:
    """Where somebody counts who is neither due nor held."""
    if state == State.WITHOUT_NUMBER:
        return "without_number"
    return "waiting" if state in OPEN_STATES else "done"


def _status(row: dict[str, Any], counts: Counter[str]) -> CampaignStatus:
    names = ("waiting", "due", "held", "done", "without_number")
    return CampaignStatus(row["id"], row["kind"], row["period"], *(counts[name] for name in names))
