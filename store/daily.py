"""Laporan harian: what each person did on a day, per section, made from the log (design.md 3.6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peewee import fn

from store.link import Link
from store.recaps import REACHED
from store.rules.hours import WIB
from store.rules.permissions import Permission
from store.schema import Attempt, Audit, Campaign, Participant, QueueItem, Staff
from store.shares import ENDED
from store.transaction import Snapshot

CALL = "call"

DOUBTS = frozenset(
    {
        *("phone-unreadable", "phone-doubtful", "nik-malformed", "nik-rounded", "nik-birthdate-differs"),
        *("nik-sex-differs", "birthdate-unreadable", "email-malformed", "balance-unreadable", "name-odd"),
    }
)
"""Flags of something that could not be read without doubt; what is merely missing is none of them."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One thing that was done: an action of the trail, or a call (`action` 'call') of a kind with its outcome."""

    at: datetime
    action: str
    outcome: str = ""
    person: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person's day: how often each action, and the lines in time order."""

    section: str
    name: str
    calls: int
    reached: int
    actions: dict[str, int]
    lines: tuple[DayLine, ...]


class DailyDesk:
    """`store.daily`: the report of a day."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def report(self, day: date) -> list[PersonDay]:
        """Everybody who did anything that day (WIB), by section and name; what was taken back is left out.

        Who may not read recaps gets their own day alone.
        """
        return await self._link.read(_report, day)

    async def last_days(self, count: int = 14) -> list[tuple[date, int]]:
        """Calls per day, oldest first, today last; days without a call count 0."""
        return await self._link.read(_last_days, count)

    async def own(self) -> tuple[int, int]:
        """The acting person's calls of today (WIB), and how many of them reached the participant."""
        return await self._link.read(_own)

    async def doubted(self) -> int:
        """People about whom something could not be read without doubt (contracts.md, flags). Raises NotAllowed."""
        return await self._link.read(_doubted)


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), WIB).astimezone(UTC)
    return start, start + timedelta(days=1)


def _report(look: Snapshot, day: date) -> list[PersonDay]:
    start, end = _bounds(day)
    attempts = look.dicts(
        Attempt.select(Attempt.staff_id, Attempt.at, Attempt.outcome, Participant.name, Campaign.kind)
        .join(Participant, on=(Participant.id == Attempt.participant_id))
        .join_from(Attempt, QueueItem, on=(QueueItem.id == Attempt.item_id))
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(Attempt.at >= start, Attempt.at < end, ~Attempt.undone)
        .order_by(Attempt.at, Attempt.id)
    )
    undone = Audit.alias()
    entries = look.dicts(
        Audit.select(Audit.staff_id, Audit.at, Audit.action)
        .where(Audit.at >= start, Audit.at < end, Audit.action.not_in(_LEFT_OUT))
        .where(~fn.EXISTS(undone.select(undone.id).where(undone.undo_of == Audit.id)))
        .order_by(Audit.at, Audit.id)
    )
    told_of = Staff.select(Staff.id, Staff.name, Staff.section)
    if not look.may(Permission.READ_RECAPS):
        told_of = told_of.where(Staff.id == look.actor.staff_id)
    people = look.dicts(told_of)
    days = []
    for person in sorted(people, key=lambda p: (p["section"], p["name"])):
        calls = [row for row in attempts if row["staff_id"] == person["id"]]
        others = [row for row in entries if row["staff_id"] == person["id"]]
        if not calls and not others:
            continue
        lines = [DayLine(row["at"], CALL, row["outcome"], row["name"], row["kind"]) for row in calls]
        lines += [DayLine(row["at"], row["action"]) for row in others]
        days.append(
            PersonDay(
                person["section"],
                person["name"],
                len(calls),
                sum(row["outcome"] in REACHED for row in calls),
                dict(Counter(row["action"] for row in others)),
                tuple(sorted(lines, key=lambda line: line.at)),
            )
        )
    return days


# Told as calls, by their attempts; an undo is told by what is no longer there; a share ends by itself.
_LEFT_OUT = ("queue.outcome", "queue.outcome-late", "call-list.tick", "undo", ENDED)


def _last_days(look: Snapshot, count: int) -> list[tuple[date, int]]:
    look.require(Permission.SEE_LISTS)
    start, _end = _bounds(look.today - timedelta(days=count - 1))
    found = look.tuples(Attempt.select(Attempt.at).where(Attempt.at >= start, ~Attempt.undone))
    per_day = Counter(at.astimezone(WIB).date() for (at,) in found)
    return [(day, per_day[day]) for day in (look.today - timedelta(days=n) for n in range(count - 1, -1, -1))]


def _own(look: Snapshot) -> tuple[int, int]:
    start, end = _bounds(look.today)
    mine = (Attempt.staff_id == look.actor.staff_id) & (Attempt.at >= start) & (Attempt.at < end) & ~Attempt.undone
    outcomes = [outcome for (outcome,) in look.tuples(Attempt.select(Attempt.outcome).where(mine))]
    return len(outcomes), sum(outcome in REACHED for outcome in outcomes)


def _doubted(look: Snapshot) -> int:
    look.require(Permission.SEE_LISTS)
    groups = look.tuples(
        Participant.select(Participant.flags, fn.count(Participant.id))
        .where(Participant.flags != "")
        .group_by(Participant.flags)
    )
    return sum(int(people) for flags, people in groups if DOUBTS & set(flags.split()))
