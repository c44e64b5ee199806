"""What a head of service sees live: who holds whom, what everybody did today, and the way to take somebody over."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from peewee import fn

from store.cards import build_card
from store.errors import NotFound, StaleEdit
from store.leases import free_the_dead, hold, living_sessions, release
from store.link import Link
from store.reveals import looks_since_midnight
from store.rows import Card
from store.rules.outcomes import REACHED, Outcome
from store.rules.permissions import Permission
from store.schema import Attempt, Campaign, Hold, Participant, QueueItem, Session, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class


@value_class
class HeldRow:
    """Somebody who is held now."""

    item_id: int
    name: str
    company: str
    period: str
    holder_id: int
    holder: str
    since: datetime


@value_class
class HandlerDay:
    """One handler's figures of today."""

    staff_id: int
    name: str
    attempts: int
    reached: int
    will_claim: int
    last_at: datetime | None
    holds: str | None
    looks: int = 0  # at one hidden value (store.reveals)


class SupervisionDesk:
    """`store.supervision`: the head's live view."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def held(self) -> list[HeldRow]:
        """Everybody who is held, longest first; a lease that has run out holds nobody. Raises NotAllowed."""
        return await self._link.read(_held)

    async def today(self) -> list[HandlerDay]:
        """What each handler did since midnight (WIB), busiest first. Raises NotAllowed."""
        return await self._link.read(_today)

    async def put_back(self, item_id: int, why: str, *, holder_id: int | None = None) -> None:
        """Takes somebody out of a handler's hands, back to the list; their outcome, if it comes, stays as history.

        Raises NotAllowed, NotFound, and StaleEdit when `holder_id` (whoever was seen to hold them) does so no more.
        """
        await self._link.write(_put_back, item_id, why, holder_id)

    async def take_over(self, item_id: int, why: str, *, holder_id: int | None = None) -> Card:
        """The same, into the acting person's own hands; whoever they held goes back to the list."""
        return (await self._link.write(_take_over, item_id, why, holder_id))[0]


def _held(look: Snapshot) -> list[HeldRow]:
    look.require(Permission.SUPERVISE, Permission.READ_WORK)
    query = (
        QueueItem.select(
            QueueItem.id.alias("item_id"),
            Participant.name,
            Participant.company,
            Campaign.period,
            Staff.id.alias("holder_id"),
            Staff.name.alias("holder"),
            fn.min(Hold.held_at).alias("since"),
        )
        .join(Hold, on=(Hold.item_id == QueueItem.id))
        .join(Session, on=(Session.id == Hold.session_id))
        .join(Staff, on=(Staff.id == Session.staff_id))
        .join_from(QueueItem, Participant, on=(Participant.id == QueueItem.participant_id))
        .join_from(QueueItem, Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(Hold.session_id.in_(sorted(living_sessions(look))))
        .group_by(QueueItem.id, Participant.name, Participant.company, Campaign.period, Staff.id, Staff.name)
        .order_by(fn.min(Hold.held_at))
    )
    return [HeldRow(**row) for row in look.dicts(query)]


def _today(look: Snapshot) -> list[HandlerDay]:
    look.require(Permission.SUPERVISE, Permission.READ_WORK)
    attempts = look.dicts(
        Attempt.select(Attempt.staff_id, Attempt.outcome, Attempt.at).where(
            Attempt.at >= look.day_start, ~Attempt.undone
        )
    )
    holds = {row.holder_id: row.name for row in _held(look)}
    looks = looks_since_midnight(look)
    people = look.dicts(Staff.select(Staff.id, Staff.name).where(Staff.active))
    made_by = defaultdict(list)
    for row in attempts:
        made_by[row["staff_id"]].append(row)
    days = []
    for person in people:
        own = made_by[person["id"]]
        if not own and person["id"] not in holds and person["id"] not in looks:
            continue
        days.append(
            HandlerDay(
                person["id"],
                person["name"],
                len(own),
                sum(row["outcome"] in REACHED for row in own),
                sum(row["outcome"] == Outcome.WILL_CLAIM for row in own),
                max((row["at"] for row in own), default=None),
                holds.get(person["id"]),
                looks.get(person["id"], 0),
            )
        )
    return sorted(days, key=lambda day: (-day.attempts, day.name))


def _free(tx: Transaction, item_id: int, why: str, holder_id: int | None, action: str) -> None:
    tx.require(Permission.SUPERVISE)
    item = tx.one(tx.database.locked(QueueItem.select().where(QueueItem.id == item_id)))
    if item is None:
        raise NotFound("queue_item", str(item_id))
    session_id = item["lease_session"]
    if holder_id is not None:
        holding = tx.scalar(Session.select(Session.staff_id).where(Session.id == session_id))
        if holding != holder_id:  # the outcome was saved meanwhile, or somebody else has them
            raise StaleEdit("queue_item", item_id)
    tx.audit(action, why=why, undoable=False)
    tx.note_read(QueueItem, item_id, "lease")
    if session_id is not None:
        release(tx, item_id, session_id)


def _put_back(tx: Transaction, item_id: int, why: str, holder_id: int | None) -> None:
    _free(tx, item_id, why, holder_id, "lease.put-back")


def _take_over(tx: Transaction, item_id: int, why: str, holder_id: int | None) -> Card:
    tx.require(Permission.CALL)
    _free(tx, item_id, why, holder_id, "lease.take-over")
    free_the_dead(tx)
    own = tx.scalar(QueueItem.select(QueueItem.id).where(QueueItem.lease_session == tx.session_id))
    if own is not None:
        release(tx, int(own), tx.session_id)
    if not hold(tx, item_id):
        raise StaleEdit("queue_item", item_id)
    return build_card(tx, item_id)
