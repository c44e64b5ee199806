"""The call list on paper, for a day without power, and its ticks typed back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from peewee import fn

from store.attempts import Tried, record
from store.errors import Invalid, NotFound, NothingToUndo
from store.link import Link
from store.rules.dates import PeriodError, parse_period
from store.rules.identity import nik_sex
from store.rules.kinds import Kind
from store.rules.outcomes import OPEN_STATES, Outcome, State
from store.rules.permissions import Permission
from store.rules.readings import PhoneRead
from store.schema import Attempt, AuditChange, CallList, CallListLine, Campaign, Participant, Phone, QueueItem, Staff
from store.shares import release_ended
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class
from store.workbooks.write_out import write_whole

TICK = "call-list.tick"
LONGEST = 300


@value_class
class PaperLine:
    """One person on paper: numbers whole, since they have to be dialled; no birth date, no balance."""

    line: int
    item_id: int
    name: str
    sex: str | None
    company: str
    kpj: str
    phones: tuple[PhoneRead, ...]  # the one whose turn it is first
    tries: int
    last_outcome: str | None
    due_at: datetime | None  # when a call was promised; None where nothing was
    done_at: datetime | None
    ticked: str | None  # the outcome that was typed back
    matter: str = ""  # what the call is about, in kinds other than JHT 56


@value_class
class PaperList:
    """A printed list by its number."""

    number: int
    kind: str
    period: str
    made_at: datetime
    made_by: str
    lines: tuple[PaperLine, ...]

    @property
    def done(self) -> int:
        """Lines whose tick was typed back."""
        return sum(line.done_at is not None for line in self.lines)


@value_class
class ListHead:
    """A printed list without its lines; `done` counts those whose tick was typed back."""

    number: int
    kind: str
    period: str
    made_at: datetime
    made_by: str
    lines: int
    done: int


@value_class
class Ticked:
    """What one tick typed back did."""

    name: str
    outcome: str
    state: str
    due_at: datetime | None
    applied: bool


@value_class
class Unticked:
    """A tick that was taken back."""

    number: int
    line: int
    name: str
    outcome: str


class CallListDesk:
    """`store.call_lists`: lists made for paper."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def make(self, period: str, *, kind: str = "jht56", most: int = 45) -> PaperList:
        """Makes a list of the people who are to be called next; the trail keeps that their numbers went on paper.

        Whoever stands on another paper of today whose tick was not typed back yet is left out: nobody is called from
        two papers. `period` is one month or a range (contracts.md). Raises NotAllowed, and Invalid for a bad period or
        count, or when there is nobody.
        """
        number = (await self._link.write(_make, kind, period, most))[0]
        return await self.open(number)

    async def open(self, number: int) -> PaperList:
        """A list by its number. Raises NotAllowed, NotFound."""
        return await self._link.read(_open, number)

    async def newest(self, count: int = 99) -> list[ListHead]:
        """The newest lists first. Raises NotAllowed."""
        return await self._link.read(_newest, count)

    async def write(self, number: int, path: Path, pdf: bytes) -> None:
        """Writes the pages of a list; the trail keeps it each time. Raises NotAllowed, NotFound, FileRefused."""
        await self._link.write(_note_paper, number, path.name)
        await asyncio.to_thread(write_whole, path, pdf)

    async def tick(
        self,
        number: int,
        line: int,
        outcome: Outcome,
        *,
        detail: str = "",
        callback_at: datetime | None = None,
        rung: str | None = None,
    ) -> Ticked:
        """Records the tick of one line as an outcome; the same line twice is refused.

        `rung` (E.164) is the number that was called, None: the one whose turn it was.

        Somebody who has been served on screen since, or is held by somebody, keeps their place; the tick stays as
        history (`Ticked.applied` False). Raises NotAllowed, NotFound, Invalid, CallbackTimeError, DecisionError.
        """
        return (await self._link.write(_tick, number, line, Tried(outcome, detail, callback_at, number=rung)))[0]

    async def undo(self) -> Unticked:
        """Takes the acting person's last tick back, to any depth. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo))[0]


def _make(tx: Transaction, kind: str, period: str, most: int) -> int:
    tx.require(Permission.CALL)
    try:
        months = parse_period(period).months
    except PeriodError:
        raise Invalid("period", period, "unreadable") from None
    if not 1 <= most <= LONGEST:
        raise Invalid("most", str(most), "out-of-range")
    if kind not in set(Kind):
        raise Invalid("kind", kind, "unknown")
    release_ended(tx)
    today = (QueueItem.state == State.NEW) | (QueueItem.due_at < tx.day_start + timedelta(days=1))
    mine = QueueItem.handler_id.is_null() | (QueueItem.handler_id == tx.actor.staff_id)
    other = QueueItem.alias()
    on_paper = (
        CallListLine.select(other.participant_id)
        .join(CallList, on=(CallList.id == CallListLine.list_id))
        .join_from(CallListLine, other, on=(other.id == CallListLine.item_id))
        .where(CallListLine.done_at.is_null(), CallList.made_at >= tx.day_start)
    )
    people = tx.tuples(
        QueueItem.select(QueueItem.id)
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(Campaign.kind == kind, Campaign.period.in_(months), QueueItem.state.in_(sorted(OPEN_STATES)))
        .where(mine, today, QueueItem.lease_session.is_null(), QueueItem.participant_id.not_in(on_paper))
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


def _note_paper(tx: Transaction, number: int, name: str) -> None:
    tx.require(Permission.CALL)
    if tx.one(CallList.select(CallList.id).where(CallList.id == number)) is None:
        raise NotFound("call_list", str(number))
    tx.audit("call-list.paper", why=name, undoable=False)


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
            QueueItem.state,
            QueueItem.current_number,
            QueueItem.matter,
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
    ticked = {
        (row[0], row[1]): row[2]
        for row in look.tuples(
            Attempt.select(Attempt.item_id, Attempt.at, Attempt.outcome)
            .join(CallListLine, on=((CallListLine.item_id == Attempt.item_id) & (CallListLine.done_at == Attempt.at)))
            .where(CallListLine.list_id == number, ~Attempt.undone)
        )
    }
    lines = tuple(
        PaperLine(
            row["line"],
            row["item_id"],
            row["name"],
            row["sex"] or (nik_sex(row["nik"]) if row["nik"] else None),
            row["company"],
            row["kpj"],
            _phones(look, row["participant_id"], row["current_number"]),
            row["tries"],
            row["last_outcome"],
            row["due_at"] if row["state"] == State.CALLBACK else None,
            row["done_at"],
            ticked.get((row["item_id"], row["done_at"])),
            row["matter"],
        )
        for row in rows
    )
    return PaperList(number, head["kind"], head["period"], head["made_at"], head["by"], lines)


def _phones(look: Snapshot, participant_id: int, current: str | None) -> tuple[PhoneRead, ...]:
    query = Phone.select(Phone.e164, Phone.label).where(
        Phone.participant_id == participant_id, Phone.wrong_at.is_null()
    )
    phones = [PhoneRead(*row) for row in look.tuples(query.order_by(Phone.position, Phone.id))]
    return tuple(sorted(phones, key=lambda phone: phone.e164 != current))


def _newest(look: Snapshot, count: int) -> list[ListHead]:
    look.require(Permission.CALL)
    query = (
        CallList.select(
            CallList.id,
            CallList.kind,
            CallList.period,
            CallList.made_at,
            Staff.name,
            fn.count(CallListLine.id),
            fn.count(CallListLine.done_at),
        )
        .join(Staff, on=(Staff.id == CallList.staff_id))
        .join_from(CallList, CallListLine, on=(CallListLine.list_id == CallList.id))
        .group_by(CallList.id, CallList.kind, CallList.period, CallList.made_at, Staff.name)
        .order_by(CallList.id.desc())
        .limit(count)
    )
    return [ListHead(*row) for row in look.tuples(query)]


def _tick(tx: Transaction, number: int, line: int, made: Tried) -> Ticked:
    tx.require(Permission.CALL)
    head = tx.one(CallList.select().where(CallList.id == number))
    row = tx.one(CallListLine.select().where(CallListLine.list_id == number, CallListLine.line == line))
    if head is None or row is None:
        raise NotFound("call_list", f"{number}/{line}")
    if row["done_at"] is not None:
        raise Invalid("line", str(line), "ticked-already")
    item = tx.dicts(tx.database.locked(QueueItem.select().where(QueueItem.id == row["item_id"])))[0]
    served_since = item["last_at"] is not None and item["last_at"] > head["made_at"]
    applied = item["lease_session"] is None and not served_since and item["state"] != State.DONE
    name = tx.scalar(Participant.select(Participant.name).where(Participant.id == item["participant_id"]))
    tx.audit(TICK)
    tx.update(CallListLine, row["id"], done_at=tx.now)
    state, due_at = record(tx, item, made, applied=applied)
    return Ticked(str(name), made.outcome, state, due_at, applied)


def _undo(tx: Transaction) -> Unticked:
    tx.require(Permission.CALL)
    audit_id = last_undoable(tx, TICK)
    if audit_id is None:
        raise NothingToUndo()
    rows = dict(
        tx.tuples(
            AuditChange.select(AuditChange.table_name, AuditChange.row_id).where(AuditChange.audit_id == audit_id)
        )
    )
    line = tx.dicts(CallListLine.select().where(CallListLine.id == rows["call_list_line"]))[0]
    attempt = tx.dicts(Attempt.select().where(Attempt.id == rows["attempt"]))[0]
    undo_entry(tx, audit_id)
    name = tx.scalar(Participant.select(Participant.name).where(Participant.id == attempt["participant_id"]))
    return Unticked(line["list_id"], line["line"], str(name), attempt["outcome"])
