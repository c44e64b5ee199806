"""When something promised is due: counted in office days, or typed as a day, with an hour where one was said.

Without an hour it is due when the office closes on that day; only with one can it be late on the day itself. Days off
are never a due day. What is typed is read as for callbacks (`store.rules.callbacks`), and refused in the same way.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from store.rules.callbacks import FURTHEST, CallbackTimeError, CallbackTrouble, check_callback_time, read_typed
from store.rules.hours import ClosedReason, OfficeCalendar, from_wib, to_wib

_COUNTED: Final = re.compile(
    r"\+?(?P<days>[0-9]{1,2})(?:\s*(?:hk|hr|hari(?:\s+kerja)?|d|days?|office\s+days?))?"
    r"(?:\s+(?P<clock>(?:jam|pukul|pkl|at)?\.?\s*[0-9]{1,2}(?:[.:][0-9]{2})?))?"
)
_THIS_DAY: Final = re.compile(r"hari\s+ini")


def suggest_due(office_days: int, now: datetime, calendar: OfficeCalendar) -> datetime:
    """The closing time (UTC) of the n-th office day after today; for 0 of today, once that is over of the next.

    Raises ValueError below 0, CalendarError where the office never opens again.
    """
    today = to_wib(now).date()
    if office_days == 0:
        closing = closing_of(today, calendar)
        if closing is not None and closing > now:
            return closing
        office_days = 1
    return _closing(calendar.add_working_days(today, office_days), calendar)


def parse_due(text: str, now: datetime, calendar: OfficeCalendar) -> datetime:
    """Reads what was typed for a due time; the instant (UTC) of that hour, or of the day's closing.

    '3' and '3 hari' are three office days on, '3 14' those at 14.00; 'hari ini', 'besok', 'senin', '12-8', 'jum 10.30'
    and '14.30' as in `parse_callback_time`. Raises CallbackTimeError with the instant that would do.
    """
    typed = _THIS_DAY.sub("today", text.strip().lower())
    if match := _COUNTED.fullmatch(typed):
        due_at = suggest_due(int(match["days"]), now, calendar)
        day, clock = to_wib(due_at).date(), read_typed(match["clock"], now)[1] if match["clock"] else None
    else:
        typed_day, clock = read_typed(typed, now)
        day = typed_day or to_wib(now).date()
    if clock is None or from_wib(day, clock) == closing_of(day, calendar):
        return _whole_day(day, now, calendar)
    due_at = from_wib(day, clock)
    check_callback_time(due_at, now, calendar)
    return due_at


def is_overdue(due_at: datetime, now: datetime, calendar: OfficeCalendar) -> bool:
    """Whether its day lies before today, or the hour that was said has gone by."""
    due_day, today = to_wib(due_at).date(), to_wib(now).date()
    return due_day < today or (due_day == today and due_at < now and not has_no_hour(due_at, calendar))


def has_no_hour(due_at: datetime, calendar: OfficeCalendar) -> bool:
    """Whether only the day was said: it is due when the office closes."""
    return due_at == closing_of(to_wib(due_at).date(), calendar)


def closing_of(day: date, calendar: OfficeCalendar) -> datetime | None:
    """When the office closes on a day (UTC); None on a day off."""
    stretches = calendar.stretches(day)
    return stretches[-1][1] if stretches else None


def _closing(day: date, calendar: OfficeCalendar) -> datetime:
    return calendar.stretches(day)[-1][1]


def _whole_day(day: date, now: datetime, calendar: OfficeCalendar) -> datetime:
    """The closing time of a day. Raises CallbackTimeError for a day off, one that is over, and one too far ahead."""
    closing = closing_of(day, calendar)
    if closing is not None and now < closing <= now + FURTHEST:
        return closing
    wanted = closing or from_wib(day, time.max).replace(microsecond=0)
    holiday = ""
    if wanted <= now:
        code = CallbackTrouble.PAST
    elif wanted > now + FURTHEST:
        code = CallbackTrouble.TOO_FAR
    else:
        off = calendar.reason_closed(wanted)
        code = CallbackTrouble.WEEKEND
        if off is not None and off.reason is ClosedReason.HOLIDAY:
            code, holiday = CallbackTrouble.HOLIDAY, off.holiday
    raise CallbackTimeError(code, wanted, _nearest_day(day, now, calendar, code), holiday)


def _nearest_day(day: date, now: datetime, calendar: OfficeCalendar, code: CallbackTrouble) -> datetime | None:
    """The closing time to propose instead; None where no day is near enough."""
    if code is CallbackTrouble.TOO_FAR:
        return None
    if code is CallbackTrouble.PAST:
        return suggest_due(0, now, calendar)
    nearest = _closing(calendar.next_working_day(day), calendar)
    return nearest if nearest <= now + FURTHEST else None
