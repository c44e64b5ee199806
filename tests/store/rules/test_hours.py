"""When the office is open: what the status line, the queue and every callback stand on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.hours import CalendarError, Closed, ClosedReason, DayHours, OfficeCalendar, from_wib, to_wib
from tests.store.rules.office import CALENDAR, moments, shown, wib


def test_the_office_clock_is_seven_hours_ahead_of_utc_all_year() -> None:
    assert to_wib(datetime(2026, 7, 1, 1, 30, tzinfo=UTC)).time() == time(8, 30)
    assert from_wib(date(2026, 1, 1), time(6)) == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        CALENDAR.is_open(wib(23, 9).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("instant", "open_"),
    [
        (wib(23, 7, 59, second=59), False),
        (wib(23, 8), True),
        (wib(23, 11, 59, second=59), True),
        (wib(23, 12), False),
        (wib(23, 13), True),
        (wib(23, 16, 59, second=59), True),
        (wib(23, 17), False),
        (wib(27, 8), False),  # Friday
        (wib(27, 8, 30), True),
        (wib(27, 11, 30), False),
        (wib(27, 13, 15), False),
        (wib(27, 13, 30), True),
        (wib(28, 10), False),  # Saturday
        (wib(30, 10), False),  # day off
    ],
)
def test_open_hours_of_the_week(instant: datetime, open_: bool) -> None:
    assert CALENDAR.is_open(instant) is open_


@pytest.mark.parametrize(
    ("instant", "closed"),
    [
        (wib(23, 9), None),
        (wib(23, 7), Closed(ClosedReason.BEFORE)),
        (wib(27, 12), Closed(ClosedReason.BREAK)),
        (wib(27, 17), Closed(ClosedReason.AFTER)),
        (wib(29, 10), Closed(ClosedReason.WEEKEND)),
        (wib(30, 10), Closed(ClosedReason.HOLIDAY, "Hari libur kantor")),
        (wib(25, 12, 30, month=12), Closed(ClosedReason.HOLIDAY, "Hari Raya Natal")),
    ],
)
def test_a_closed_office_says_why(instant: datetime, closed: Closed | None) -> None:
    assert CALENDAR.reason_closed(instant) == closed


@pytest.mark.parametrize(
    ("instant", "opens", "closes"),
    [
        (wib(23, 9, 10), "23/11 09.10", "23/11 12.00"),
        (wib(23, 12, 10), "23/11 13.00", "23/11 17.00"),
        (wib(26, 17), "27/11 08.30", "27/11 11.30"),
        (wib(27, 18), "01/12 08.00", "01/12 12.00"),  # over the weekend and a Monday off
    ],
)
def test_the_next_opening_and_the_next_closing(instant: datetime, opens: str, closes: str) -> None:
    assert shown(CALENDAR.next_opening(instant)) == opens
    assert shown(CALENDAR.closes_next(instant)) == closes


def test_working_days_leave_out_weekends_and_days_off() -> None:
    friday = date(2026, 11, 27)
    assert CALENDAR.next_working_day(friday) == date(2026, 12, 1)
    assert CALENDAR.add_working_days(friday, 5) == date(2026, 12, 7)
    assert CALENDAR.add_working_days(friday, 0) == friday
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(friday, -1)


@pytest.mark.parametrize(
    ("instant", "part", "next_other"),
    [
        (wib(23, 8), 1, "23/11 13.00"),
        (wib(23, 12, 30), None, "23/11 13.00"),
        (wib(23, 14, 59), 2, "23/11 15.00"),
        (wib(23, 15), 3, "24/11 08.00"),
        (wib(27, 11, 29), 1, "27/11 13.30"),
        (wib(27, 13, 15), None, "27/11 13.30"),
        (wib(27, 16), 3, "01/12 08.00"),
        (wib(26, 7), None, "26/11 08.00"),
    ],
)
def test_parts_of_the_day(instant: datetime, part: int | None, next_other: str) -> None:
    assert CALENDAR.day_part(instant) == part
    assert shown(CALENDAR.next_other_part(instant)) == next_other


def test_the_friday_prayer_cuts_the_parts() -> None:
    friday = date(2026, 11, 27)
    parts = [CALENDAR.part_bounds(friday, part) for part in (1, 2, 3)]
    assert [tuple(shown(edge)[-5:] for edge in bounds or ()) for bounds in parts] == [
        ("08.30", "11.30"),
        ("13.30", "15.00"),
        ("15.00", "17.00"),
    ]
    assert CALENDAR.part_bounds(date(2026, 11, 28), 1) is None


def test_an_office_that_works_mornings_only_goes_on_when_it_can() -> None:
    mornings = OfficeCalendar({day: DayHours(time(8), time(12)) for day in range(5)})
    assert shown(mornings.next_other_part(wib(27, 9))) == "30/11 08.00"
    half_mondays = OfficeCalendar({0: DayHours(time(8), time(12)), 1: DayHours(time(8), time(17), time(12), time(13))})
    assert shown(half_mondays.next_other_part(wib(23, 9))) == "24/11 13.00"
    evenings = OfficeCalendar({0: DayHours(time(18), time(20))})
    assert shown(evenings.next_other_part(wib(23, 19))) == "30/11 18.00"


@pytest.mark.parametrize(
    ("code", "build"),
    [
        ("week-empty", lambda: OfficeCalendar({})),
        ("weekday-unknown", lambda: OfficeCalendar({7: DayHours(time(8), time(12))})),
        ("hours-disorder", lambda: DayHours(time(17), time(8))),
        ("hours-disorder", lambda: DayHours(time(8), time(17), time(13), time(12))),
        ("hours-disorder", lambda: DayHours(time(8), time(12), time(12), time(13))),
        ("break-half", lambda: DayHours(time(8), time(17), time(12))),
    ],
)
def test_hours_that_cannot_be_are_refused(code: str, build: Callable[[], object]) -> None:
    with pytest.raises(CalendarError) as caught:
        build()
    assert caught.value.code == code


def test_a_calendar_that_never_opens_is_named_instead_of_searched_for_ever() -> None:
    off = {date(2026, 11, 1) + timedelta(days=ahead): "tutup" for ahead in range(500)}
    shut = OfficeCalendar(closed=off)
    for search in (shut.next_opening, shut.next_other_part):
        with pytest.raises(CalendarError) as caught:
            search(wib(23, 9))
        assert caught.value.code == "never-opens"


@given(moments())
def test_the_next_opening_is_open_and_nothing_before_it_is(moment: tuple[datetime, OfficeCalendar]) -> None:
    now, calendar = moment
    opens = calendar.next_opening(now)
    assert calendar.is_open(opens)
    assert opens.tzinfo is UTC
    if calendar.is_open(now):
        assert opens == now
    else:
        assert opens > now
        closed_minutes = int((opens - now) / timedelta(minutes=1))
        for step in range(0, closed_minutes, max(1, closed_minutes // 50)):
            assert not calendar.is_open(now + timedelta(minutes=step))


@given(moments())
def test_open_is_exactly_having_no_reason_to_be_closed(moment: tuple[datetime, OfficeCalendar]) -> None:
    now, calendar = moment
    assert calendar.is_open(now) == (calendar.reason_closed(now) is None)


@given(moments())
def test_the_office_is_open_until_it_closes_next(moment: tuple[datetime, OfficeCalendar]) -> None:
    now, calendar = moment
    closes = calendar.closes_next(now)
    assert calendar.next_opening(now) < closes
    assert calendar.is_open(closes - timedelta(microseconds=1))
    assert not calendar.is_open(closes)


@given(moments())
def test_the_next_other_part_is_open_and_another_one(moment: tuple[datetime, OfficeCalendar]) -> None:
    now, calendar = moment
    due = calendar.next_other_part(now)
    assert due > now
    assert calendar.is_open(due)
    here = calendar.day_part(now)
    week_parts = {part for day in range(7) for part in (1, 2, 3) if has_part(calendar, day, part)}
    if here is not None and week_parts > {here}:
        assert calendar.day_part(due) not in (here, None)


def has_part(calendar: OfficeCalendar, weekday: int, part: int) -> bool:
    """True when the office's ordinary week works in this part on this weekday."""
    ordinary = OfficeCalendar(calendar.week)
    return ordinary.part_bounds(date(2026, 11, 23) + timedelta(days=weekday), part) is not None


@given(moments(), st.integers(1, 3))
def test_an_instant_lies_in_the_bounds_of_its_part_only(moment: tuple[datetime, OfficeCalendar], part: int) -> None:
    now, calendar = moment
    bounds = calendar.part_bounds(to_wib(now).date(), part)
    if calendar.day_part(now) == part:
        assert bounds is not None
        assert bounds[0] <= now < bounds[1]
    elif bounds is not None and calendar.is_open(now):
        assert not bounds[0] <= now < bounds[1]


@given(moments(), st.integers(-12, 14))
def test_the_zone_in_which_an_instant_is_written_changes_nothing(
    moment: tuple[datetime, OfficeCalendar], offset: int
) -> None:
    now, calendar = moment
    elsewhere = now.astimezone(timezone(timedelta(hours=offset)))
    assert calendar.day_part(elsewhere) == calendar.day_part(now)
    assert calendar.next_opening(elsewhere) == calendar.next_opening(now)
    assert calendar.next_other_part(elsewhere) == calendar.next_other_part(now)
