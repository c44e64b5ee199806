"""The call list on paper, for a day without power, and its ticks typed back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from store.attempts import Tried, record
from store.errors import Invalid, NotFound
from store.link import Link
from store.rows import UndoRef
from store.rules.identity import nik_sex
from store.rules.outcomes import Outcome, State
from store.rules.permissions import Permission
from store.schema import CallList, CallListLine, Campaign, Participant, Phone, QueueItem, Staff
from store.transaction import Snapshot, Transaction

_ON_PAPER = (State.CALLBACK, State.RETRY, State.PROMISED, State.NEW)
LONGEST = 300


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One person on paper: numbers whole, since they have to be dialled; no birth date, no balance."""

    line: int
    item_id: int
    name: str
    sex: str | None
    company: str
    kpj: str
    numbers: tuple[str, ...]  # E.164, the one whose turn it is first
    tries: int
    last_outcome: str | None
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperList:
    """A printed list by its number."""

    number: int
    kind: str
    period: str
    made_at: datetime
    made_by: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick typed back did."""

    name: str
    outcome: str
    state: str
    due_at: datetime | None
    applied: bool


class CallListDesk:
    """`store.call_lists`: lists made for paper."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def make(self, period: str, *, kind: str = "jht56", most: int = 45) -> PaperList:
        """Makes a list of the people who are to be called next; the trail keeps that their numbers went on paper.

        Raises NotAllowed, and Invalid when there is nobody.
        """
        number = (await self._link.write(_make, kind, period, most))[0]
        return await self.open(number)

    async def open(self, number: int) -> PaperList:
        """A list by its number. Raises NotFound."""
        return await self._link.read(_open, number)

    async def newest(self, count: int = 9) -> list[tuple[int, str, datetime, int, int]]:
        """The newest lists: number, period, made at, lines, lines whose tick was typed back."""
        return await self._link.read(_newest, count)

    async def tick(
        self, number: int, line: int, outcome: Outcome, *, detail: str = "", callback_at: datetime | None = None
    ) -> tuple[Ticked, UndoRef | None]:
        """Records the tick of one line as an outcome; the same line twice is refused.

        Somebody who has been served on screen since, or is held by somebody, keeps their place; the tick stays as
        history (`Ticked.applied` False). Raises NotAllowed, NotFound, Invalid, CallbackTimeError.
        """
        return await self._link.write(_tick, number, line, outcome, detail, callback_at)


def _make(tx: Transaction, kind: str, period: str, most: int) -> int:
    tx.require(Permission.CALL)
    if not 1 <= most <= LONGEST:
        raise Invalid("most", str(most), "out-of-range")
    today = (QueueItem.state == State.NEW) | (QueueItem.due_at < tx.day_start + timedelta(days=1))
    mine = QueueItem.handler_id.is_null() | (QueueItem.handler_id == tx.actor.staff_id)
    people = tx.tuples(
        QueueItem.select(QueueItem.id)
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(Campaign.kind == kind, Campaign.period == period, QueueItem.state.in_(_ON_PAPER), mine, today)
        .where(QueueItem.lease_session.is_null())
        .order_by(QueueItem.due_at.is_null(), QueueItem.due_at, QueueItem.waiting_since, QueueItem.kpj)
        .limit(most)
    )
    if not people:
        raise Invalid("period", period, "nobody-to-call")
    tx.audit("call-list.make", why=f"{kind} {period}", undoable=False)
    number = tx.insert(CallList, kind=kind, period=period, made_at=tx.now, staff_id=tx.actor.staff_id)
    lines = [{"list_id": number, "line": n, "item_id": row[0]} for n, row in enumerate(people, start=1)]
    tx.insert_many(CallListLine, lines)
    return number


def _open(look: Snapshot, number: int) -> PaperList:
    look.require(Permission.CALL)
    head = look.one(
        CallList.select(CallList, Staff.name.alias("by"))
        .join(Staff, on=(Staff.id == CallList.staff_id))
        .where(CallList.id == number)
    )
    if head is None:
        raise NotFound("call_list", str(number))
    rows = look.dicts(
        CallListLine.select(
            CallListLine.line,
            CallListLine.item_id,
            CallListLine.done_at,
            QueueItem.participant_id,
            QueueItem.tries,
            QueueItem.last_outcome,
            QueueItem.due_at,
            QueueItem.current_number,
            Participant.name,
            Participant.sex,
            Participant.nik,
            Participant.company,
            Participant.kpj,
        )
        .join(QueueItem, on=(QueueItem.id == CallListLine.item_id))
        .join_from(QueueItem, Participant, on=(Participant.id == QueueItem.participant_id))
        .where(CallListLine.list_id == number)
        .order_by(CallListLine.line)
    )
    lines = tuple(
        PaperLine(
            row["line"],
            row["item_id"],
            row["name"],
            row["sex"] or (nik_sex(row["nik"]) if row["nik"] else None),
            row["company"],
            row["kpj"],
            _numbers(look, row["participant_id"], row["current_number"]),
            row["tries"],
            row["last_outcome"],
            row["due_at"],
            row["done_at"],
        )
        for row in rows
    )
    return PaperList(number, head["kind"], head["period"], head["made_at"], head["by"], lines)


def _numbers(look: Snapshot, participant_id: int, current: str | None) -> tuple[str, ...]:
    query = Phone.select(Phone.e164).where(Phone.participant_id == participant_id, Phone.wrong_at.is_null())
    numbers = [row[0] for row in look.tuples(query.order_by(Phone.position, Phone.id))]
    return tuple(sorted(numbers, key=lambda number: number != current))


def _newest(look: Snapshot, count: int) -> list[tuple[int, str, datetime, int, int]]:
    look.require(Permission.CALL)
    query = (
        CallList.select(
            CallList.id, CallList.period, CallList.made_at, fn.count(CallListLine.id), fn.count(CallListLine.done_at)
        )
        .join(CallListLine, on=(CallListLine.list_id == CallList.id))
        .group_by(CallList.id, CallList.period, CallList.made_at)
        .order_by(CallList.id.desc())
        .limit(count)
    )
    return [(int(n), period, made, int(lines), int(done)) for n, period, made, lines, done in look.tuples(query)]


def _tick(
    tx: Transaction, number: int, line: int, outcome: Outcome, detail: str, callback_at: datetime | None
) -> Ticked:
    tx.require(Permission.CALL)
    head = tx.one(CallList.select().where(CallList.id == number))
    row = tx.one(CallListLine.select().where(CallListLine.list_id == number, CallListLine.line == line))
    if head is None or row is None:
        raise NotFound("call_list", f"{number}/{line}")
    if row["done_at"] is not None:
        raise Invalid("line", str(line), "ticked-already")
    item = tx.dicts(QueueItem.select().where(QueueItem.id == row["item_id"]))[0]
    served_since = item["last_at"] is not None and item["last_at"] > head["made_at"]
    applied = item["lease_session"] is None and not served_since and item["state"] != State.DONE
    name = tx.scalar(Participant.select(Participant.name).where(Participant.id == item["participant_id"]))
    tx.audit("call-list.tick", undoable=applied)
    tx.update(CallListLine, row["id"], done_at=tx.now)
    state, due_at = record(tx, item, Tried(outcome, detail, callback_at), applied=applied)
    return Ticked(str(name), outcome, state, due_at, applied)
