"""When the office is open, and in which part of the day an instant falls (domain.md 1).

Instants come in aware and go out in UTC; dates and clock times are those of the wall in the office, WIB.
Every stretch of time is half open: at 12.00 the break has begun, at 13.00 it is over, at 17.00 the office is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from store.value_class import value_class

WIB: Final = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia Time: no daylight saving, so no time zone database is asked."""

HORIZON: Final = 400
"""Days that are searched for the next opening. An office that stays closed for longer has a wrong calendar."""

PARTS: Final[Mapping[int, tuple[time, time]]] = MappingProxyType(
    {1: (time(8), time(12)), 2: (time(13), time(15)), 3: (time(15), time(17))}
)
"""The parts of the day: who did not answer in one is tried in another."""

Stretch = tuple[datetime, datetime]


class CalendarError(ValueError):
    """A calendar that cannot be used.

    `code` says why: hours-disorder, break-half, week-empty, weekday-unknown, never-opens.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_wib(instant: datetime) -> datetime:
    """The same instant as the clock in the office shows it. Raises ValueError for one without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return instant.astimezone(WIB)


def from_wib(day: date, clock: time) -> datetime:
    """The instant (UTC) at which the office clock shows `clock` on `day`."""
    return datetime.combine(day, clock, WIB).astimezone(UTC)


@value_class
class DayHours:
    """Working hours of one weekday in WIB. Without a break both ends of it are None. Raises `CalendarError`."""

    opens: time
    closes: time
    break_from: time | None = None
    break_until: time | None = None

    def __post_init__(self) -> None:
        if (self.break_from is None) != (self.break_until is None):
            raise CalendarError("break-half")
        clocks = [clock for clock in (self.opens, self.break_from, self.break_until, self.closes) if clock is not None]
        if any(earlier >= later for earlier, later in pairwise(clocks)):
            raise CalendarError("hours-disorder")


_LONG_DAY: Final = DayHours(time(8), time(17), time(12), time(13))
DEFAULT_WEEK: Final[Mapping[int, DayHours]] = MappingProxyType(
    {
        0: _LONG_DAY,
        1: _LONG_DAY,
        2: _LONG_DAY,
        3: _LONG_DAY,
        4: DayHours(time(8, 30), time(17), time(11, 30), time(13, 30)),  # Friday prayer
    }
)
"""The hours of domain.md 1, by `date.weekday()`; a weekday that is missing is not worked."""


class ClosedReason(StrEnum):
    """Why the office is closed at an instant. A day off outranks the hour; a holiday outranks the weekend."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    BEFORE = "before"
    BREAK = "break"
    AFTER = "after"


@value_class
class Closed:
    """Why it is closed, with the name of the holiday (otherwise '')."""

    reason: ClosedReason
    holiday: str = ""


@value_class
class OfficeCalendar:
    """Hours of each weekday (0 is Monday) and the days that are closed, each with its name.

    `closed` holds public holidays, joint leave and the office's own days off alike. Raises `CalendarError` for a week
    without a working day or with a weekday beyond 0 to 6.
    """

    week: Mapping[int, DayHours] = field(default_factory=lambda: DEFAULT_WEEK)
    closed: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not self.week:
            raise CalendarError("week-empty")
        if not set(self.week) <= set(range(7)):
            raise CalendarError("weekday-unknown")

    # Days

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.week and day not in self.closed

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`. Raises `CalendarError` when there is none within `HORIZON`."""
        for ahead in range(1, HORIZON + 1):
            candidate = day + timedelta(days=ahead)
            if self.is_working_day(candidate):
                return candidate
        raise CalendarError("never-opens")

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day strictly after `day`; `day` itself for 0. Raises ValueError below 0."""
        if count < 0:
            raise ValueError("working days are counted forward")
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, since: date, until: date) -> int:
        """How many working days passed after `since`, up to and including `until`; 0 where that comes first."""
        return sum(
            self.is_working_day(since + timedelta(days=ahead)) for ahead in range(1, max(0, (until - since).days) + 1)
        )

    # Instants

    def is_open(self, instant: datetime) -> bool:
        return any(start <= instant < end for start, end in self.stretches(to_wib(instant).date()))

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The stretches (start, end; UTC) of `day` in which the office is open, in order; empty on a day off."""
        if not self.is_working_day(day):
            return ()
        hours = self.week[day.weekday()]
        opens, closes = from_wib(day, hours.opens), from_wib(day, hours.closes)
        if hours.break_from is None or hours.break_until is None:
            return ((opens, closes),)
        return ((opens, from_wib(day, hours.break_from)), (from_wib(day, hours.break_until), closes))

    def reason_closed(self, instant: datetime) -> Closed | None:
        """Why the office is closed at this instant; None while it is open."""
        day = to_wib(instant).date()
        if day in self.closed:
            return Closed(ClosedReason.HOLIDAY, self.closed[day])
        stretches = self.stretches(day)
        if not stretches:
            return Closed(ClosedReason.WEEKEND)
        if instant < stretches[0][0]:
            return Closed(ClosedReason.BEFORE)
        if instant >= stretches[-1][1]:
            return Closed(ClosedReason.AFTER)
        return None if self.is_open(instant) else Closed(ClosedReason.BREAK)

    def next_opening(self, instant: datetime) -> datetime:
        """`instant` while the office is open, else when it next opens. Raises `CalendarError` if it never will."""
        return self._next_stretch(instant)[0]

    def closes_next(self, instant: datetime) -> datetime:
        """When the present stretch of work ends, by the break or by the day; while closed, when the coming one ends."""
        return self._next_stretch(instant)[1]

    def _next_stretch(self, instant: datetime) -> Stretch:
        first = to_wib(instant).date()
        for ahead in range(HORIZON + 1):
            for start, end in self.stretches(first + timedelta(days=ahead)):
                if instant < end:
                    return max(start, instant.astimezone(UTC)), end
        raise CalendarError("never-opens")

    # Parts of the day

    def part_bounds(self, day: date, part: int) -> Stretch | None:
        """From when to when (UTC) a part lies within the office's hours of `day`; None when nothing of it does.

        On a Friday part 1 ends at 11.30 and part 2 begins at 13.30. Raises KeyError for another part than 1, 2, 3.
        """
        begins, ends = (from_wib(day, clock) for clock in PARTS[part])
        inside = [(max(begins, start), min(ends, end)) for start, end in self.stretches(day)]
        inside = [(start, end) for start, end in inside if start < end]
        return (inside[0][0], inside[-1][1]) if inside else None

    def day_part(self, instant: datetime) -> int | None:
        """The part of the day that `instant` falls in; None while the office is closed or between the parts."""
        if not self.is_open(instant):
            return None
        clock = to_wib(instant).time()
        return next((part for part, (begins, ends) in PARTS.items() if begins <= clock < ends), None)

    def next_other_part(self, instant: datetime) -> datetime:
        """The start of the next part of a working day that is not the part of `instant`.

        An office that works in one part of the day only has no other one: then the opening of its next working day.
        Raises `CalendarError` when there is no such day within `HORIZON`.
        """
        here = self.day_part(instant)
        other = next((start for part, start in self._parts_from(instant) if part != here), None)
        if other is None:
            return self.next_opening(from_wib(self.next_working_day(to_wib(instant).date()), time.min))
        return other

    def _parts_from(self, instant: datetime) -> Iterator[tuple[int, datetime]]:
        """Every part that begins after `instant`, in order."""
        first = to_wib(instant).date()
        for ahead in range(HORIZON + 1):
            day = first + timedelta(days=ahead)
            for part in PARTS:
                bounds = self.part_bounds(day, part)
                if bounds is not None and bounds[0] > instant:
                    yield part, bounds[0]
