"""Hours, days and amounts as somebody types them on the settings screen."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from store.rules.hours import CalendarError, DayHours

_CLOCK: Final = r"([0-9]{1,2})(?:[.:]([0-9]{2}))?"
_CLOCKS: Final = re.compile(rf"{_CLOCK}\s*(?:-|–|sd|s/d)\s*{_CLOCK}(?:[ ,;]+{_CLOCK}\s*(?:-|–|sd|s/d)\s*{_CLOCK})?")
_DAY: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?(?:\s+(.*))?", re.DOTALL)
_AMOUNT: Final = re.compile(
    r"(?:rp\.?\s*)?([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,12})(?:,-)?\s*(jt|juta)?", re.IGNORECASE
)

_OVER_NEW_YEAR: Final = timedelta(days=183)


def read_clock(text: str) -> time:
    """'9', '9.30', '09:30'. Raises CalendarError('clock-unreadable')."""
    match = re.fullmatch(_CLOCK, text.strip())
    if match is None:
        raise CalendarError("clock-unreadable")
    return _clock(match[1], match[2])


def read_hours(text: str) -> DayHours:
    """'8-12 13-17', '8.30-11.30 13.30-17', or '8-14' without a break. Raises CalendarError."""
    match = _CLOCKS.fullmatch(text.strip().lower())
    if match is None:
        raise CalendarError("hours-unreadable")
    opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
    if match[5] is None:
        return DayHours(opens, closes)
    return DayHours(opens, _clock(match[7], match[8]), closes, _clock(match[5], match[6]))


def _clock(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as problem:
        raise CalendarError("clock-unreadable") from problem


def read_day(text: str, year: int) -> tuple[date, str]:
    """'7/8 rapat kerja' or '7/8/2023': the day (without a year of `year`) and what stands behind it.

    Raises CalendarError('day-unreadable').
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise CalendarError("day-unreadable")
    try:
        of_year = year if match[3] is None else 2000 + int(match[3]) % 100 if len(match[3]) == 2 else int(match[3])
        return date(of_year, int(match[2]), int(match[1])), (match[4] or "").strip()
    except ValueError as problem:
        raise CalendarError("day-unreadable") from problem


def read_days(text: str, year: int) -> tuple[date, date]:
    """'1/8 14/8', '28/12 – 5/1' over new year, or one day: first and last day.

    Raises CalendarError: day-unreadable, or days-reversed for a last day before the first one. A last day without a
    year that would be more than half a year away is such a one: it was typed the wrong way round.
    """
    first, rest = read_day(text, year)
    rest = rest.strip(" -–")
    last = read_day(rest, first.year)[0] if rest else first
    if last < first:
        last = read_day(rest, first.year + 1)[0]
        if not first <= last <= first + _OVER_NEW_YEAR:
            raise CalendarError("days-reversed")
    return first, last


def read_amount(text: str) -> int:
    """Whole rupiah: '15000000', 'Rp15.000.000', '15 juta'. Raises CalendarError('amount-unreadable')."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise CalendarError("amount-unreadable")
    rupiah = int(re.sub("[.,]", "", match[1])) * (1_000_000 if match[2] else 1)
    if not 0 < rupiah <= 10**12:
        raise CalendarError("amount-unreadable")
    return rupiah
