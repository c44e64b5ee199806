"""Figures of a JHT 56 period, and its results as rows for a workbook. Words and definitions are made in `tui`.

Definitions (the office's own choice, shown beside the figures): *attempts* are all calls that were not taken back;
*reached* are people who answered themselves at least once; the *contact rate* is reached of called; *refused* and
*unreachable* are people by where they stand now.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from store.campaigns import JHT56
from store.errors import Invalid
from store.frozen import AttemptOut, ResultRow, closed_row, freeze, frozen
from store.link import Link
from store.masks import mask_number
from store.rules.dates import Period
from store.rules.identity import mask_nik
from store.rules.outcomes import REACHED, DoneReason, Outcome, State
from store.rules.permissions import Permission
from store.schema import Attempt, Campaign, ClosedPeriod, Participant, Phone, QueueItem, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class
from store.workbooks.results_out import SheetOut, write_book
from store.workbooks.write_out import write_whole


@value_class
class Jht56Recap:
    """The figures of a period or a range of periods; all are numbers of people but `attempts`."""

    periods: tuple[str, ...]
    people: int
    called: int
    attempts: int
    reached: int
    will_claim: int
    says_claimed: int
    claimed: int
    refused: int
    exhausted: int
    without_number: int
    never_called: int
    by_state: dict[str, int]
    by_outcome: dict[str, int]
    by_company: dict[str, dict[str, int]]
    by_pembina: dict[str, dict[str, int]]
    by_handler: dict[str, dict[str, int]]
    closed_at: datetime | None = None  # the figures are those of that moment
    closed_by: str = ""
    sheets_closed: bool = False  # people and history too; not in a period that an older Loket closed

    @property
    def contact_rate(self) -> float | None:
        """Reached of called, between 0 and 1; None while nobody was called."""
        return self.reached / self.called if self.called else None


class RecapDesk:
    """`store.recaps`: figures that recompute to the same from the same data."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def jht56(self, period: Period) -> Jht56Recap:
        """The figures of the campaigns of a period. Raises NotAllowed."""
        return await self._link.read(_recap, period)

    async def close(self, period: Period) -> Jht56Recap:
        """Freezes figures, people and history of a period: from now on it gives the same ones.

        Raises NotAllowed, and Invalid when it is closed already or nobody is on its list.
        """
        return (await self._link.write(_close, period))[0]

    async def results(self, period: Period) -> tuple[Jht56Recap, list[ResultRow], list[AttemptOut]]:
        """Figures, people and attempts at one instant, for the results workbook; of a closed period, as they were then.

        People who were erased since are missing among the rows. Raises NotAllowed.
        """
        return await self._link.read(_results, period)

    async def write_results(self, path: Path, sheets: Sequence[SheetOut]) -> None:
        """Writes the results workbook; the trail keeps who took it. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_results, path.name)
        await asyncio.to_thread(write_book, path, sheets)

    async def write_pages(self, path: Path, pdf: bytes) -> None:
        """Writes the pages of a recap or a daily report; the trail keeps who took them.

        Raises NotAllowed, FileRefused.
        """
        await self._link.write(_note_results, path.name)
        await asyncio.to_thread(write_whole, path, pdf)


def _note_results(tx: Transaction, name: str) -> None:
    tx.require(Permission.EXPORT_RESULTS)
    tx.audit("export.results", why=name, undoable=False)


def _results(look: Snapshot, period: Period) -> tuple[Jht56Recap, list[ResultRow], list[AttemptOut]]:
    look.require(Permission.EXPORT_RESULTS)
    row = closed_row(look, JHT56, period)
    closed = None if row is None else _closed(row)
    if row is not None and closed is not None and closed.sheets_closed:
        people, history = frozen(look, row["id"], row["figures"])
    else:
        items, attempts = _items(look, period), _attempts(look, period)
        closed = closed or _figures(period, items, attempts)
        people, history = [_result(item) for item in items], [_attempt(attempt) for attempt in attempts]
    if not look.may(Permission.SEE_FULL_NIK):
        people = [replace(person, nik=mask_nik(person.nik) if person.nik else "") for person in people]
    return closed, people, history


def _closed(row: dict[str, Any]) -> Jht56Recap:
    figures = json.loads(row["figures"])
    figures["periods"] = tuple(figures["periods"])
    return Jht56Recap(**{**figures, "closed_at": row["closed_at"], "closed_by": row["name"]})


def _close(tx: Transaction, period: Period) -> Jht56Recap:
    tx.require(Permission.SUPERVISE)
    if closed_row(tx, JHT56, period) is not None:
        raise Invalid("period", str(period), "closed")
    items, attempts = _items(tx, period), _attempts(tx, period)
    recap = replace(_figures(period, items, attempts), sheets_closed=True)
    if not recap.people:
        raise Invalid("period", str(period), "nobody-on-list")
    figures = asdict(recap)
    del figures["closed_at"], figures["closed_by"]
    tx.audit("recap.close", why=str(period), undoable=False)
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True)
    kept = {"kind": JHT56, "period": str(period), "closed_at": tx.now, "staff_id": tx.actor.staff_id, "figures": text}
    freeze(
        tx,
        tx.insert(ClosedPeriod, **kept),
        text,
        [(row["participant_id"], _result(row)) for row in items],
        [(row["participant_id"], _attempt(row)) for row in attempts],
    )
    return replace(recap, closed_at=tx.now, closed_by=tx.actor.name)


def _recap(look: Snapshot, period: Period) -> Jht56Recap:
    look.require(Permission.READ_RECAPS)
    row = closed_row(look, JHT56, period)
    if row is not None:
        return _closed(row)
    return _figures(period, _items(look, period), _attempts(look, period))


def _items(look: Snapshot, period: Period) -> list[dict[str, Any]]:
    number = Phone.select(Phone.e164).where(Phone.participant_id == QueueItem.participant_id).order_by(Phone.position)
    query = (
        QueueItem.select(
            QueueItem,
            Campaign.period,
            Participant.name,
            Participant.nik,
            Participant.company,
            Participant.npp,
            Participant.pembina,
            Participant.claimed,
            Participant.claim_said_at,
            Participant.still_working_at,
            number.limit(1).alias("number"),
        )
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .join_from(QueueItem, Participant, on=(Participant.id == QueueItem.participant_id))
        .where(Campaign.kind == JHT56, Campaign.period.in_(period.months))
        .order_by(Campaign.period, QueueItem.waiting_since, QueueItem.kpj)
    )
    return look.dicts(query)


def _attempts(look: Snapshot, period: Period) -> list[dict[str, Any]]:
    query = (
        Attempt.select(Attempt, Campaign.period, Participant.kpj, Participant.name, Staff.name.alias("by"))
        .join(QueueItem, on=(QueueItem.id == Attempt.item_id))
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .join_from(Attempt, Participant, on=(Participant.id == Attempt.participant_id))
        .join_from(Attempt, Staff, on=(Staff.id == Attempt.staff_id))
        .where(Campaign.kind == JHT56, Campaign.period.in_(period.months), ~Attempt.undone)
        .order_by(Attempt.at, Attempt.id)
    )
    return look.dicts(query)


def _figures(period: Period, items: list[dict[str, Any]], attempts: list[dict[str, Any]]) -> Jht56Recap:
    states = Counter(row["state"] for row in items)
    called = {row["item_id"] for row in attempts}
    reached = {row["item_id"] for row in attempts if row["outcome"] in REACHED}
    done = Counter(row["done_reason"] for row in items if row["done_reason"])
    return Jht56Recap(
        periods=period.months,
        people=len(items),
        called=len(called),
        attempts=len(attempts),
        reached=len(reached),
        will_claim=states[State.PROMISED],
        says_claimed=sum(row["claim_said_at"] is not None for row in items),
        claimed=sum(row["claimed"] is True for row in items),
        refused=done[DoneReason.REFUSED],
        exhausted=states[State.EXHAUSTED],
        without_number=states[State.WITHOUT_NUMBER],
        never_called=sum(row["id"] not in called for row in items),
        by_state=dict(sorted(states.items())),
        by_outcome=dict(sorted(Counter(row["outcome"] for row in attempts).items())),
        by_company=_by("company", items, called, reached),
        by_pembina=_by("pembina", items, called, reached),
        by_handler=_by_handler(attempts),
    )


def _by(column: str, items: list[dict[str, Any]], called: set[int], reached: set[int]) -> dict[str, dict[str, int]]:
    """People, called, reached, promised and claimed by a column of the person."""
    groups: dict[str, dict[str, int]] = {}
    for row in items:
        names = ("people", "called", "reached", "will_claim", "claimed")
        group = groups.setdefault(row[column], dict.fromkeys(names, 0))
        group["people"] += 1
        group["called"] += row["id"] in called
        group["reached"] += row["id"] in reached
        group["will_claim"] += row["state"] == State.PROMISED
        group["claimed"] += row["claimed"] is True
    return dict(sorted(groups.items()))


def _by_handler(attempts: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Attempts, people reached and promises by who called."""
    groups: dict[str, dict[str, int]] = {}
    for name in sorted({row["by"] for row in attempts}):
        own = [row for row in attempts if row["by"] == name]
        groups[name] = {
            "attempts": len(own),
            "called": len({row["item_id"] for row in own}),
            "reached": len({row["item_id"] for row in own if row["outcome"] in REACHED}),
            "will_claim": len({row["item_id"] for row in own if row["outcome"] == Outcome.WILL_CLAIM}),
        }
    return groups


def _result(row: dict[str, Any]) -> ResultRow:
    """With the whole NIK: who reads it decides what is shown."""
    return ResultRow(
        period=row["period"],
        kpj=row["kpj"],
        nik=row["nik"] or "",
        name=row["name"],
        company=row["company"],
        npp=row["npp"] or "",
        pembina=row["pembina"],
        phone=mask_number(row["current_number"] or row["number"] or "")
        if row["current_number"] or row["number"]
        else "",
        state=row["state"],
        done_reason=row["done_reason"] or "",
        claimed=row["claimed"],
        claim_said_at=row["claim_said_at"],
        still_working=row["still_working_at"] is not None,
        tries=row["tries"],
        last_outcome=row["last_outcome"] or "",
        last_at=row["last_at"],
        due_at=row["due_at"],
    )


def _attempt(row: dict[str, Any]) -> AttemptOut:
    number = mask_number(row["e164"]) if row["e164"] else ""
    return AttemptOut(
        row["period"],
        row["at"],
        row["kpj"],
        row["name"],
        number,
        row["outcome"],
        row["detail"],
        row["callback_at"],
        row["note"],
        row["by"],
        row["late"],
    )
