"""Due times: what a number of office days, a day or an hour promises, and when a promise is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.callbacks import FURTHEST, CallbackTimeError, CallbackTrouble
from store.rules.due import closing_of, has_no_hour, is_overdue, parse_due, suggest_due
from store.rules.hours import OfficeCalendar, to_wib
from tests.store.rules.office import CALENDAR, moments, shown, wib

MONDAY_TEN = wib(23, 10)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("0", "23/11 17.00"),
        ("1", "24/11 17.00"),
        ("3", "26/11 17.00"),
        ("+3", "26/11 17.00"),
        ("3 hari", "26/11 17.00"),
        ("3 hari kerja", "26/11 17.00"),
        ("5", "01/12 17.00"),  # over the weekend and a Monday off
        ("9", "07/12 17.00"),  # a bare number counts days, never hours
        ("3 14", "26/11 14.00"),
        ("3 jam 14.30", "26/11 14.30"),
        ("hari ini", "23/11 17.00"),
        ("hari ini 15", "23/11 15.00"),
        ("besok", "24/11 17.00"),
        ("Besok 9", "24/11 09.00"),
        ("besok 17", "24/11 17.00"),  # the hour of closing is the day
        ("lusa", "25/11 17.00"),
        ("jumat", "27/11 17.00"),
        ("jum'at 10.30", "27/11 10.30"),
        ("4-12", "04/12 17.00"),
        ("4/12/2026 9", "04/12 09.00"),
        ("14.30", "23/11 14.30"),
        ("jam 14", "23/11 14.00"),
    ],
)
def test_few_keys_say_until_when(text: str, instant: str) -> None:
    assert shown(parse_due(text, MONDAY_TEN, CALENDAR)) == instant


@pytest.mark.parametrize(
    ("text", "code", "nearest"),
    [
        ("", CallbackTrouble.UNREADABLE, None),
        ("kapan-kapan", CallbackTrouble.UNREADABLE, None),
        ("31-2", CallbackTrouble.UNREADABLE, None),
        ("sabtu", CallbackTrouble.WEEKEND, "01/12 17.00"),
        ("30-11", CallbackTrouble.HOLIDAY, "01/12 17.00"),
        ("30-11 9", CallbackTrouble.HOLIDAY, "01/12 09.00"),
        ("20-11-2026", CallbackTrouble.PAST, "23/11 17.00"),
        ("jam 9", CallbackTrouble.PAST, "24/11 09.00"),
        ("besok 12.30", CallbackTrouble.BREAK, "24/11 13.00"),
        ("1-9-2027", CallbackTrouble.TOO_FAR, None),
    ],
)
def test_a_day_off_or_an_hour_gone_by_is_refused_with_what_would_do(
    text: str, code: CallbackTrouble, nearest: str | None
) -> None:
    with pytest.raises(CallbackTimeError) as refused:
        parse_due(text, MONDAY_TEN, CALENDAR)
    assert refused.value.code is code
    assert (shown(refused.value.nearest) if refused.value.nearest else None) == nearest


def test_after_closing_time_today_is_over() -> None:
    evening = wib(23, 18)
    assert shown(suggest_due(0, evening, CALENDAR)) == "24/11 17.00"
    with pytest.raises(CallbackTimeError) as refused:
        parse_due("hari ini", evening, CALENDAR)
    assert refused.value.code is CallbackTrouble.PAST
    assert refused.value.nearest == wib(24, 17)


def test_a_day_is_late_on_the_morrow_an_hour_at_once() -> None:
    day, hour = wib(23, 17), wib(23, 14)
    assert [is_overdue(day, now, CALENDAR) for now in (wib(23, 16), wib(23, 20), wib(24, 0))] == [False, False, True]
    assert [is_overdue(hour, now, CALENDAR) for now in (wib(23, 13, 59), wib(23, 14, 1))] == [False, True]
    assert (has_no_hour(day, CALENDAR), has_no_hour(hour, CALENDAR)) == (True, False)


@given(moments(), st.integers(0, 40))
def test_a_promise_of_office_days_ends_when_an_office_day_does(
    moment: tuple[datetime, OfficeCalendar], office_days: int
) -> None:
    now, calendar = moment
    due_at = suggest_due(office_days, now, calendar)
    day, today = to_wib(due_at).date(), to_wib(now).date()
    assert due_at.tzinfo is UTC
    assert due_at > now
    assert due_at == closing_of(day, calendar)
    assert has_no_hour(due_at, calendar)
    if office_days:
        between = (today + timedelta(days=ahead) for ahead in range(1, (day - today).days + 1))
        assert sum(map(calendar.is_working_day, between)) == office_days
    assert not is_overdue(due_at, now, calendar)
    assert is_overdue(due_at, due_at + timedelta(days=1), calendar)
    if due_at <= now + FURTHEST:
        assert parse_due(str(office_days), now, calendar) == due_at


@given(
    moments(), st.from_regex(r"(besok|lusa|sen|jum|[0-9]{1,2}[-/][0-9]{1,2}|hari ini)( [0-9]{1,2})?", fullmatch=True)
)
def test_whatever_is_typed_becomes_a_coming_instant_of_work_or_is_refused(
    moment: tuple[datetime, OfficeCalendar], text: str
) -> None:
    now, calendar = moment
    try:
        due_at: datetime | None = parse_due(text, now, calendar)
    except CallbackTimeError as refused:
        due_at = refused.nearest
    if due_at is not None:
        assert now < due_at <= now + FURTHEST
        assert calendar.is_open(due_at) or has_no_hour(due_at, calendar)
