"""An office calendar for examples, and the offices and instants that the property tests try."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from store.rules.hours import DEFAULT_WEEK, WIB, DayHours, OfficeCalendar, from_wib, to_wib

CALENDAR = OfficeCalendar(closed={date(2026, 11, 30): "Hari libur kantor", date(2026, 12, 25): "Hari Raya Natal"})
"""The week of domain.md 1. 23 November 2026 is a Monday; 30 November, a Monday, is a day off."""


def wib(day: int, hour: int, minute: int = 0, *, month: int = 11, second: int = 0) -> datetime:
    """An instant of 2026 by the clock in the office."""
    return from_wib(date(2026, month, day), time(hour, minute, second))


def shown(instant: datetime) -> str:
    """An instant as day, month and clock in WIB, for short assertions."""
    return to_wib(instant).strftime("%d/%m %H.%M")


def instants() -> st.SearchStrategy[datetime]:
    """Any instant of a span that holds leap days and year ends, written in our zone or another."""
    start = datetime(2023, 1, 1, tzinfo=UTC)
    seconds = st.integers(0, int(timedelta(days=7 * 365).total_seconds()))
    return st.builds(
        lambda passed, zone: (start + timedelta(seconds=passed)).astimezone(zone), seconds, st.sampled_from([UTC, WIB])
    )


def offices(near: datetime) -> st.SearchStrategy[OfficeCalendar]:
    """The office's own week, or half days and days that are not worked at all, with days off around `near`."""
    odd_hours = st.sampled_from(
        [
            DayHours(time(8), time(17), time(12), time(13)),
            DayHours(time(8, 30), time(17), time(11, 30), time(13, 30)),
            DayHours(time(8), time(12)),
            DayHours(time(7, 30), time(18), time(12, 15), time(12, 45)),
            DayHours(time(13), time(16)),
        ]
    )
    weeks = st.one_of(st.just(DEFAULT_WEEK), st.dictionaries(st.integers(0, 6), odd_hours, min_size=1))
    today = to_wib(near).date()
    days_off = st.sets(st.integers(-2, 30), max_size=25).map(
        lambda days: {today + timedelta(days=ahead): f"libur {ahead}" for ahead in days}
    )
    return st.builds(OfficeCalendar, weeks, days_off)


@st.composite
def moments(draw: st.DrawFn) -> tuple[datetime, OfficeCalendar]:
    """An instant and an office around it."""
    now = draw(instants())
    return now, draw(offices(now))
