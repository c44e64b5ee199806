"""Cek status klaim: people are looked up in Smile before they are called, and again when they say they have claimed.

Smile often stands still, so the list can be parked; it goes on at the same person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import Case, fn

from store.campaigns import close_items
from store.drafts import clear_draft
from store.errors import NotFound, NothingToUndo
from store.link import Link
from store.rules.outcomes import DoneReason, State
from store.rules.permissions import Permission
from store.schema import AuditChange, Campaign, Draft, Participant, QueueItem
from store.transaction import Snapshot, Transaction
from store.undo import last_undoable, undo_entry

ANSWER, PARKED = "check.answer", "check-parked"


class SmileSays(StrEnum):
    """What Smile says of a claim."""

    CLAIMED = "claimed"
    NOT_CLAIMED = "not_claimed"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Somebody to look up: KPJ and NIK whole, since they have to be typed into Smile."""

    participant_id: int
    item_id: int
    period: str
    name: str
    kpj: str
    nik: str | None
    company: str
    said_at: datetime | None  # when they said that they have claimed
    checked_at: datetime | None
    parked: bool  # the list went on standing still here


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many have to be looked up, how many of them say they have claimed, and how many were looked up today."""

    waiting: int
    say_claimed: int
    done_today: int


class CheckDesk:
    """`store.checks`: the list of people to look up."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def counts(self) -> CheckCounts:
        return await self._link.read(_counts)

    async def next(self, *, skip: int | None = None) -> CheckRow | None:
        """Whoever the list was parked at, else the next one; `skip` goes past a person without an answer."""
        return await self._link.read(_next, skip)

    async def rows(self, offset: int, limit: int) -> list[CheckRow]:
        """A window of the list in the order in which it is worked."""
        return await self._link.read(_rows, offset, limit)

    async def answer(self, row: CheckRow, says: SmileSays) -> CheckRow | None:
        """Records what Smile says and gives the next person. Who has claimed leaves the call lists.

        Raises NotAllowed, NotFound.
        """
        return (await self._link.write(_answer, row, says))[0]

    async def park(self, row: CheckRow) -> None:
        """Smile stands still: the list goes on at this person next time."""
        await self._link.write(_park, row.participant_id)

    async def undo(self) -> CheckRow:
        """Takes back the acting person's last answer and shows that person again. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo))[0]


def _waiting(query: Any) -> Any:
    """People of JHT 56 lists whom nobody has looked up yet, or who said since that they have claimed."""
    never = Participant.claim_checked_at.is_null() & QueueItem.state.in_([State.NEW, State.WITHOUT_NUMBER])
    says = (QueueItem.state == State.CHECK) & (
        Participant.claim_checked_at.is_null() | (Participant.claim_checked_at <= QueueItem.last_at)
    )
    joined = query.join(Participant, on=(Participant.id == QueueItem.participant_id)).join_from(
        QueueItem, Campaign, on=(Campaign.id == QueueItem.campaign_id)
    )
    return joined.where(Campaign.kind == "jht56", never | says)


def _columns() -> Any:
    query = QueueItem.select(
        QueueItem.id.alias("item_id"),
        Campaign.period,
        Participant.id.alias("participant_id"),
        Participant.name,
        Participant.kpj,
        Participant.nik,
        Participant.company,
        Participant.claim_said_at,
        Participant.claim_checked_at,
    )
    first = Case(None, ((QueueItem.state == State.CHECK, 0),), 1)
    return _waiting(query).order_by(first, QueueItem.waiting_since, QueueItem.kpj)


def _row(row: dict[str, Any], parked: int | None) -> CheckRow:
    return CheckRow(
        participant_id=row["participant_id"],
        item_id=row["item_id"],
        period=row["period"],
        name=row["name"],
        kpj=row["kpj"],
        nik=row["nik"],
        company=row["company"],
        said_at=row["claim_said_at"],
        checked_at=row["claim_checked_at"],
        parked=row["participant_id"] == parked,
    )


def _counts(look: Snapshot) -> CheckCounts:
    look.require(Permission.CALL)
    midnight = look.day_start
    says = Case(None, ((QueueItem.state == State.CHECK, 1),), 0)
    waiting = look.tuples(_waiting(QueueItem.select(fn.count(QueueItem.id), fn.sum(says))))[0]
    done = look.scalar(Participant.select(fn.count(Participant.id)).where(Participant.claim_checked_at >= midnight))
    return CheckCounts(int(waiting[0]), int(waiting[1] or 0), int(done))


def _parked(look: Snapshot) -> int | None:
    row = look.one(Draft.select(Draft.body).where(Draft.staff_id == look.actor.staff_id, Draft.key == PARKED))
    return int(row["body"]) if row else None


def _next(look: Snapshot, skip: int | None) -> CheckRow | None:
    look.require(Permission.CALL)
    parked = _parked(look)
    query = _columns()
    if skip is not None:
        rows = look.dicts(query)
        place = next((n for n, row in enumerate(rows) if row["participant_id"] == skip), -1)
        after = rows[place + 1 :] + rows[: max(place, 0)]
        return _row(after[0], parked) if after else None
    if parked is not None:
        row = look.one(query.where(Participant.id == parked))
        if row is not None:
            return _row(row, parked)
    row = look.one(query)
    return None if row is None else _row(row, parked)


def _rows(look: Snapshot, offset: int, limit: int) -> list[CheckRow]:
    look.require(Permission.CALL)
    parked = _parked(look)
    return [_row(row, parked) for row in look.dicts(_columns().offset(offset).limit(limit))]


def _answer(tx: Transaction, row: CheckRow, says: SmileSays) -> CheckRow | None:
    tx.require(Permission.CALL)
    item = tx.one(QueueItem.select().where(QueueItem.id == row.item_id))
    if item is None:
        raise NotFound("queue_item", str(row.item_id))
    follows = _following(tx, row.participant_id)
    tx.audit(ANSWER)
    changes: dict[str, Any] = {"claim_checked_at": tx.now, "claim_check": says}
    if says is not SmileSays.NOT_FOUND:
        changes["claimed"] = says is SmileSays.CLAIMED
    tx.update(Participant, row.participant_id, **changes)
    if says is SmileSays.CLAIMED:
        close_items(tx, row.participant_id, DoneReason.CLAIMED)
    elif item["state"] == State.CHECK:
        # They said they had claimed and Smile knows of none: they are called again.
        tx.update(QueueItem, row.item_id, state=State.RETRY, due_at=tx.now, not_part=None)
    clear_draft(tx, PARKED)
    return follows or _next(tx, None)


def _following(look: Snapshot, participant_id: int) -> CheckRow | None:
    """Who stands behind this person on the list, so that skipped people are not shown again at once."""
    after = _next(look, participant_id)
    return None if after is None or after.participant_id == participant_id else after


def _park(tx: Transaction, participant_id: int) -> None:
    tx.require(Permission.CALL)
    insert = Draft.insert(staff_id=tx.actor.staff_id, key=PARKED, body=str(participant_id), saved_at=tx.now)
    changed = {Draft.body: str(participant_id), Draft.saved_at: tx.now}
    tx.execute(insert.on_conflict(conflict_target=[Draft.staff_id, Draft.key], update=changed))


def _undo(tx: Transaction) -> CheckRow:
    tx.require(Permission.CALL)
    audit_id = last_undoable(tx, ANSWER)
    if audit_id is None:
        raise NothingToUndo()
    change = tx.one(
        AuditChange.select().where(AuditChange.audit_id == audit_id, AuditChange.table_name == "participant")
    )
    assert change is not None
    undo_entry(tx, audit_id)
    row = tx.one(_columns().where(Participant.id == change["row_id"]))
    if row is None:
        raise NotFound("participant", str(change["row_id"]))
    return _row(row, None)
