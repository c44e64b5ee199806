"""Figures of corrections for a period, and the changes as rows for a workbook. Words are made in `tui`.

A change counts in the period in which it was written (WIB). What was taken back since is told apart; the change that
takes another one back is not counted beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from peewee import JOIN, fn

from store.errors import Invalid
from store.frozen import closed_row, freeze, frozen_rows
from store.link import Link
from store.masks import mask_email, mask_number
from store.rules.corrections import CorrectionState, Entry, Field, Source
from store.rules.dates import Period
from store.rules.hours import from_wib
from store.rules.identity import mask_nik
from store.rules.permissions import Permission
from store.schema import ClosedPeriod, Correction, Participant, ProblemDay, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

CORRECTIONS: Final = "corrections"
COUNTED: Final = ("made", "taken_back", "in_smile")
"""What is counted of each field, source and person."""

Groups = dict[str, dict[str, int]]


@value_class
class CorrectionFigures:
    """Numbers of changes; `people` those whose data a standing change is of.

    `by_field`, `by_source` and `by_person` (names of the staff) count `COUNTED`; `by_problem` counts what was opened
    and settled of each worklist.
    """

    made: int
    people: int
    filled: int
    replaced: int
    taken_back: int
    proposed: int
    declined: int
    in_smile: int
    refused_by_smile: int
    not_in_smile: int
    opened: int
    settled: int
    by_field: Groups
    by_source: Groups
    by_person: Groups
    by_problem: Groups


@value_class
class CorrectionRecap:
    """The figures of a period or a range of periods; of a closed one those of that moment."""

    periods: tuple[str, ...]
    figures: CorrectionFigures
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def size(self) -> int:
        """All changes of the period, whatever became of them."""
        told = self.figures
        return told.made + told.taken_back + told.proposed + told.declined


@value_class
class CorrectionOut:
    """One change for the detail sheet; numbers, addresses, NIK and amounts are masked for everybody.

    `settled_at` is when an officer said yes or no, `done_at` when it was entered in Smile or refused there.
    """

    at: datetime
    kpj: str
    name: str
    company: str
    field: str
    old: str | None
    new: str | None
    source: str
    said_by: str
    place: str
    why: str
    by: str
    state: str
    settled_by: str
    settled_at: datetime | None
    smile: str
    done_at: datetime | None
    undone: bool


class CorrectionRecapDesk:
    """`store.recaps_corrections`: figures that recompute to the same from the same data."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def recap(self, period: Period) -> CorrectionRecap:
        """The figures of a period. Raises NotAllowed."""
        return await self._link.read(_recap, period)

    async def results(self, period: Period) -> tuple[CorrectionRecap, list[CorrectionOut]]:
        """Figures and changes at one instant, the oldest first; of a closed period as they were then.

        Changes of people who were erased since are missing among the rows. Raises NotAllowed.
        """
        return await self._link.read(_results, period)

    async def close(self, period: Period) -> CorrectionRecap:
        """Freezes figures and changes of a period: from now on it gives the same ones.

        Raises NotAllowed, and Invalid when it is closed already, its last day has not come, or nothing was changed.
        """
        return (await self._link.write(_close, period))[0]


def _recap(look: Snapshot, period: Period) -> CorrectionRecap:
    look.require(Permission.READ_RECAPS)
    row = closed_row(look, CORRECTIONS, period)
    return _counted(look, period, _read(look, period)) if row is None else _closed(row)


def _results(look: Snapshot, period: Period) -> tuple[CorrectionRecap, list[CorrectionOut]]:
    look.require(Permission.EXPORT_RESULTS)
    row = closed_row(look, CORRECTIONS, period)
    if row is not None:
        return _closed(row), frozen_rows(look, row["id"], row["figures"], CorrectionOut)
    rows = _read(look, period)
    return _counted(look, period, rows), [_out(row) for row in rows]


def _close(tx: Transaction, period: Period) -> CorrectionRecap:
    tx.require(Permission.SUPERVISE)
    if closed_row(tx, CORRECTIONS, period) is not None:
        raise Invalid("period", str(period), "closed")
    if tx.today < _after(period) - timedelta(days=1):
        raise Invalid("period", str(period), "not-over")
    rows = _read(tx, period)
    recap = _counted(tx, period, rows)
    if not recap.size:
        raise Invalid("period", str(period), "nothing-changed")
    text = json.dumps({"periods": recap.periods, "figures": asdict(recap.figures)}, ensure_ascii=False)
    tx.audit("recap.close", why=f"{CORRECTIONS} {period}", undoable=False)
    row = {"kind": CORRECTIONS, "period": str(period), "closed_at": tx.now, "staff_id": tx.actor.staff_id}
    freeze(tx, tx.insert(ClosedPeriod, **row, figures=text), text, [(row["owner"], _out(row)) for row in rows], ())
    return replace(recap, closed_at=tx.now, closed_by=tx.actor.name)


def _closed(row: Mapping[str, Any]) -> CorrectionRecap:
    kept = json.loads(row["figures"])
    return CorrectionRecap(
        tuple(kept["periods"]), CorrectionFigures(**kept["figures"]), closed_at=row["closed_at"], closed_by=row["name"]
    )


def _after(period: Period) -> date:
    return (period.last.replace(day=1) + timedelta(days=31)).replace(day=1)


def _read(look: Snapshot, period: Period) -> list[dict[str, Any]]:
    """The changes of a period, in order; whoever calls has checked what the person may."""
    start, end = from_wib(period.first, time()), from_wib(_after(period), time())
    decider = Staff.alias()
    query = (
        Correction.select(
            Correction,
            Participant.id.alias("owner"),
            Participant.kpj,
            Participant.name,
            Participant.company,
            Staff.name.alias("by"),
            decider.name.alias("decider"),
        )
        .join(Participant, on=(Participant.id == Correction.participant_id))
        .join_from(Correction, Staff, on=(Staff.id == Correction.staff_id))
        .join_from(Correction, decider, JOIN.LEFT_OUTER, on=(decider.id == Correction.decided_by))
        .where(Correction.at >= start, Correction.at < end, Correction.source != Source.UNDO)
        .order_by(Correction.at, Correction.id)
    )
    return look.dicts(query)


def _counted(look: Snapshot, period: Period, rows: Sequence[Mapping[str, Any]]) -> CorrectionRecap:
    back = [row for row in rows if row["undone"]]
    stands = [row for row in rows if not row["undone"]]
    states = Counter(row["state"] for row in stands)
    made = [row for row in stands if row["state"] == CorrectionState.MADE]
    smile = Counter(row["smile"] for row in made)
    problems = _problems(look, period)
    told = CorrectionFigures(
        made=len(made),
        people=len({row["owner"] for row in made}),
        filled=sum(row["old"] is None for row in made),
        replaced=sum(row["old"] is not None for row in made),
        taken_back=len(back),
        proposed=states[CorrectionState.PROPOSED],
        declined=states[CorrectionState.DECLINED],
        in_smile=smile[Entry.DONE],
        refused_by_smile=smile[Entry.REFUSED],
        not_in_smile=smile[Entry.TO_DO],
        opened=sum(counts["opened"] for counts in problems.values()),
        settled=sum(counts["settled"] for counts in problems.values()),
        by_field=_by("field", made, back, [str(each) for each in Field]),
        by_source=_by("source", made, back, [str(each) for each in Source]),
        by_person=_by("by", made, back, sorted({row["by"] for row in (*made, *back)})),
        by_problem=problems,
    )
    return CorrectionRecap(period.months, told)


def _by(
    column: str, made: Sequence[Mapping[str, Any]], back: Sequence[Mapping[str, Any]], order: Sequence[str]
) -> Groups:
    counts = {
        "made": Counter(row[column] for row in made),
        "taken_back": Counter(row[column] for row in back),
        "in_smile": Counter(row[column] for row in made if row["smile"] == Entry.DONE),
    }
    return {
        each: {name: counts[name][each] for name in COUNTED}
        for each in order
        if counts["made"][each] or counts["taken_back"][each]
    }


def _problems(look: Snapshot, period: Period) -> Groups:
    """What was opened and settled on the days of a period, by worklist, most settled first."""
    query = (
        ProblemDay.select(ProblemDay.flag, fn.sum(ProblemDay.opened), fn.sum(ProblemDay.settled))
        .where(ProblemDay.day >= period.first, ProblemDay.day < _after(period))
        .group_by(ProblemDay.flag)
    )
    found = look.tuples(query)
    return {
        flag: {"opened": int(opened), "settled": int(settled)}
        for flag, opened, settled in sorted(found, key=lambda row: (-int(row[2]), -int(row[1]), row[0]))
    }


def _out(row: Mapping[str, Any]) -> CorrectionOut:
    return CorrectionOut(
        at=row["at"],
        kpj=row["kpj"],
        name=row["name"],
        company=row["company"],
        field=row["field"],
        old=_hidden(row["field"], row["old"]),
        new=_hidden(row["field"], row["new"]),
        source=row["source"],
        said_by=row["said_by"],
        place=row["place"],
        why=row["why"],
        by=row["by"],
        state=row["state"],
        settled_by=row["decider"] or "",
        settled_at=row["decided_at"],
        smile=row["smile"],
        done_at=row["smile_at"],
        undone=row["undone"],
    )


def _hidden(wanted: str, value: str | None) -> str | None:
    """A value as anybody may read it in a workbook that leaves the office."""
    if not value:
        return value
    if wanted == Field.BALANCE:
        return "…"
    masks = {Field.PHONE: mask_number, Field.EMAIL: mask_email, Field.NIK: mask_nik}
    mask = masks.get(Field(wanted))
    return value if mask is None else mask(value)
