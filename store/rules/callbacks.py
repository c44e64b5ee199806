"""When a participant is called back: five presets on one key each, and a typed time in few keys (design.md 3.1).

A callback is only ever promised for an instant at which the office works: inside its hours, not in the break, not on a
day off. A typed time that is not such an instant is refused, with the instant that would do.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from store.rules.hours import ClosedReason, OfficeCalendar, from_wib, to_wib
from store.rules.presets import MORNING, USUAL, Presets

FURTHEST: Final = timedelta(days=180)
"""How far ahead a callback may be promised."""


class CallbackTrouble(StrEnum):
    """Why a time cannot be taken."""

    UNREADABLE = "unreadable"
    TIME_MISSING = "time-missing"  # a day without an hour
    PAST = "past"
    TOO_FAR = "too-far"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    BEFORE = "before"
    BREAK = "break"
    AFTER = "after"


_TROUBLE_OF: Final = {
    ClosedReason.HOLIDAY: CallbackTrouble.HOLIDAY,
    ClosedReason.WEEKEND: CallbackTrouble.WEEKEND,
    ClosedReason.BEFORE: CallbackTrouble.BEFORE,
    ClosedReason.BREAK: CallbackTrouble.BREAK,
    ClosedReason.AFTER: CallbackTrouble.AFTER,
}


class CallbackTimeError(ValueError):
    """A callback time that cannot be taken.

    `wanted` is what was understood, `nearest` the instant that could be proposed instead (both aware UTC, None when
    nothing was understood), `holiday` the name of the closed day (otherwise '').
    """

    def __init__(
        self, code: CallbackTrouble, wanted: datetime | None = None, nearest: datetime | None = None, holiday: str = ""
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.wanted = wanted
        self.nearest = nearest
        self.holiday = holiday


def callback_presets(now: datetime, calendar: OfficeCalendar, hours: Presets = USUAL) -> dict[str, datetime]:
    """The presets by their key, each as the working instant (UTC, after `now`) that it will really be.

    1 in two hours · 2 this afternoon 15.00 · 3 tomorrow 09.30 · 4 tomorrow 13.30 · 5 Monday 09.30, or what the office
    has set. A closed day or an hour already past means the next working day at that hour; the break means its end.
    """
    today = to_wib(now).date()
    tomorrow = today + timedelta(days=1)
    return {
        "1": calendar.next_opening(now.replace(second=0, microsecond=0) + hours.soon),
        "2": _coming(today, hours.afternoon, now, calendar),
        "3": _coming(tomorrow, hours.morning, now, calendar),
        "4": _coming(tomorrow, hours.midday, now, calendar),
        "5": _coming(_next_weekday(today, 0), hours.monday, now, calendar),
    }


def check_callback_time(wanted: datetime, now: datetime, calendar: OfficeCalendar) -> None:
    """Raises `CallbackTimeError` unless the office works at `wanted`, after `now` and at most 180 days ahead."""
    closed = calendar.reason_closed(wanted)
    if wanted <= now:
        code = CallbackTrouble.PAST
    elif wanted > now + FURTHEST:
        code = CallbackTrouble.TOO_FAR
    elif closed is not None:
        code = _TROUBLE_OF[closed.reason]
    else:
        return
    raise CallbackTimeError(code, wanted, _nearest(wanted, now, calendar), closed.holiday if closed else "")


def parse_callback_time(text: str, now: datetime, calendar: OfficeCalendar) -> datetime:
    """Reads what was typed for a callback and returns the instant (UTC, whole minute).

    An hour as 14, 14.30, 14:30, 1430 or 930; before it, if it is not today, a day: besok, lusa, a weekday (the next one
    after today), their English names, any beginning of these that means one day only ('b9'), the short forms sn sl rb
    km jm sb mg, or a date as 25/11 or 25-11-2026. A date without a year is the coming one. Raises `CallbackTimeError`.
    """
    typed_day, clock = read_typed(text, now)
    today = to_wib(now).date()
    day = typed_day or today
    if clock is None:
        wanted = from_wib(day, MORNING)
        nearest = callback_presets(now, calendar)["1"] if day == today else _nearest(wanted, now, calendar)
        raise CallbackTimeError(CallbackTrouble.TIME_MISSING, wanted, nearest)
    wanted = from_wib(day, clock)
    check_callback_time(wanted, now, calendar)
    return wanted


def read_typed(text: str, now: datetime) -> tuple[date | None, time | None]:
    """The day and the hour (WIB) of a typed time, each None where it was not typed; forms as in `parse_callback_time`.

    Raises `CallbackTimeError` for what cannot be read, or for nothing at all.
    """
    match = _TYPED.fullmatch(_FILLER.sub("", re.sub("['\u2019]", "", text.strip().lower())))
    if match is None or not match[0]:
        raise CallbackTimeError(CallbackTrouble.UNREADABLE)
    clock = _read_clock(match["clock"]) if match["clock"] else None
    if match["word"]:
        return _read_word(match["word"], to_wib(now).date()), clock
    if match["day"]:
        return _read_date(match, clock or MORNING, now), clock
    return None, clock


_FILLER: Final = re.compile(r"(?<![a-z])(?:jam|pukul|pkl|at)\.?\s*(?=[0-9])")
_TYPED: Final = re.compile(
    r"(?:(?P<word>[a-z]+)\s*|(?P<day>[0-9]{1,2})[/-](?P<month>[0-9]{1,2})(?:[/-](?P<year>20[0-9]{2}|[0-9]{2}))?(?:\s+|$))?"
    r"(?P<clock>[0-9]{1,2}[.:][0-9]{2}|[0-9]{1,4})?"
)
_WEEKDAYS: Final = (
    ("senin", "monday"),
    ("selasa", "tuesday"),
    ("rabu", "wednesday"),
    ("kamis", "thursday"),
    ("jumat", "friday"),
    ("sabtu", "saturday"),
    ("minggu", "sunday"),
)
_SHORT: Final = {"sn": 0, "sl": 1, "rb": 2, "km": 3, "jm": 4, "sb": 5, "mg": 6}
_DAYS_AHEAD: Final = {"nanti": 0, "today": 0, "besok": 1, "bsk": 1, "tomorrow": 1, "lusa": 2}


def _read_clock(text: str) -> time:
    if text[-3:-2] in (".", ":"):
        hour, minute = text[:-3], text[-2:]
    elif len(text) > 2:
        hour, minute = text[:-2], text[-2:]
    else:
        hour, minute = text, "0"
    try:
        return time(int(hour), int(minute))
    except ValueError as problem:
        raise CallbackTimeError(CallbackTrouble.UNREADABLE) from problem


def _read_word(word: str, today: date) -> date:
    """The day a word or its beginning means. Raises `CallbackTimeError` when it means none, or more than one."""
    if word in _SHORT:
        return _next_weekday(today, _SHORT[word])
    days = {today + timedelta(days=ahead) for name, ahead in _DAYS_AHEAD.items() if name.startswith(word)}
    for weekday, names in enumerate(_WEEKDAYS):
        if any(name.startswith(word) for name in names):
            days.add(_next_weekday(today, weekday))
    if len(days) != 1:
        raise CallbackTimeError(CallbackTrouble.UNREADABLE)
    return days.pop()


def _read_date(match: re.Match[str], clock: time, now: datetime) -> date:
    """The date typed; without a year this year's, or next year's when this year's is past and that one near enough.

    Raises `CallbackTimeError` for a date that does not exist.
    """
    this_year = to_wib(now).year
    years = [2000 + int(match["year"]) % 100] if match["year"] else [this_year, this_year + 1]
    dates = [day for year in years if (day := _date_or_none(year, int(match["month"]), int(match["day"]))) is not None]
    if not dates:
        raise CallbackTimeError(CallbackTrouble.UNREADABLE)
    return next((day for day in dates if now < from_wib(day, clock) <= now + FURTHEST), dates[0])


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_weekday(today: date, weekday: int) -> date:
    """The coming one, strictly after today: who says "Senin" on a Monday means the next."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _coming(day: date, clock: time, now: datetime, calendar: OfficeCalendar) -> datetime:
    """The first working instant after `now`, at `clock` or as soon after as the office opens, from `day` on."""
    if not calendar.is_working_day(day):
        day = calendar.next_working_day(day)
    while (opening := calendar.next_opening(from_wib(day, clock))) <= now:
        day = calendar.next_working_day(day)
    return opening


def _nearest(wanted: datetime, now: datetime, calendar: OfficeCalendar) -> datetime | None:
    """What to propose for an instant: that hour on the next working day, or the opening after it; None if too far."""
    local = to_wib(wanted)
    half_a_day_on = wanted + timedelta(hours=12)
    if local.hour < 8 and half_a_day_on > now and calendar.is_open(half_a_day_on):
        # "jam 2" is said of two in the afternoon; no office opens at that hour of the night.
        nearest = half_a_day_on
    else:
        nearest = _coming(max(local.date(), to_wib(now).date()), local.time(), now, calendar)
    return nearest if nearest <= now + FURTHEST else _last_allowed(local.time(), now, calendar)


def _last_allowed(clock: time, now: datetime, calendar: OfficeCalendar) -> datetime | None:
    """`clock` (or the opening) on the last working day that is near enough; None when all days till then are off."""
    latest = now + FURTHEST
    for back in range(FURTHEST.days + 1):
        day = to_wib(latest).date() - timedelta(days=back)
        if not calendar.is_working_day(day):
            continue
        for instant in (from_wib(day, clock), calendar.next_opening(from_wib(day, time.min))):
            if now < instant <= latest and calendar.is_open(instant):
                return instant
    return None
