"""Callbacks: what one key or a few typed keys promise to a participant."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.rules.callbacks import (
    FURTHEST,
    CallbackTimeError,
    CallbackTrouble,
    callback_presets,
    check_callback_time,
    parse_callback_time,
)
from store.rules.hours import OfficeCalendar, from_wib, to_wib
from tests.store.rules.office import CALENDAR, moments, shown, wib

MONDAY_TEN = wib(23, 10)


@pytest.mark.parametrize(
    ("now", "presets"),
    [
        # A plain Monday morning; the Monday after it is a day off.
        (wib(23, 9), ["23/11 11.00", "23/11 15.00", "24/11 09.30", "24/11 13.30", "01/12 09.30"]),
        # In two hours it is the break.
        (wib(24, 10, 30), ["24/11 13.00", "24/11 15.00", "25/11 09.30", "25/11 13.30", "01/12 09.30"]),
        # In two hours the office is closed, and this afternoon's hour is past.
        (wib(24, 15), ["25/11 08.00", "25/11 15.00", "25/11 09.30", "25/11 13.30", "01/12 09.30"]),
        # Friday: tomorrow is Saturday, Monday is off.
        (wib(27, 10), ["27/11 13.30", "27/11 15.00", "01/12 09.30", "01/12 13.30", "01/12 09.30"]),
        # Thursday: the Friday break ends at 13.30.
        (wib(26, 16), ["27/11 08.30", "27/11 15.00", "27/11 09.30", "27/11 13.30", "01/12 09.30"]),
        # On a day off itself, and on a Sunday.
        (wib(30, 10), ["01/12 08.00", "01/12 15.00", "01/12 09.30", "01/12 13.30", "07/12 09.30"]),
        (wib(6, 10, month=12), ["07/12 08.00", "07/12 15.00", "07/12 09.30", "07/12 13.30", "07/12 09.30"]),
    ],
)
def test_each_preset_is_the_opening_it_will_really_be(now: datetime, presets: list[str]) -> None:
    assert [shown(instant) for instant in callback_presets(now, CALENDAR).values()] == presets


def test_presets_are_whole_minutes() -> None:
    assert callback_presets(wib(23, 9, second=59), CALENDAR)["1"] == wib(23, 11)


@given(moments())
def test_presets_are_always_in_the_future_and_inside_office_hours(moment: tuple[datetime, OfficeCalendar]) -> None:
    now, calendar = moment
    presets = callback_presets(now, calendar)
    assert list(presets) == ["1", "2", "3", "4", "5"]
    for instant in presets.values():
        assert instant > now
        assert instant.tzinfo is UTC
        check_callback_time(instant, now, calendar)
    tomorrow = to_wib(now).date() + timedelta(days=1)
    assert all(to_wib(presets[key]).date() >= tomorrow for key in "345")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("14", "23/11 14.00"),
        ("14.30", "23/11 14.30"),
        ("14:30", "23/11 14.30"),
        ("1430", "23/11 14.30"),
        (" jam 14 ", "23/11 14.00"),
        ("besok 9", "24/11 09.00"),
        ("besok 9.30", "24/11 09.30"),
        ("BESOK JAM 9", "24/11 09.00"),
        ("b930", "24/11 09.30"),
        ("lusa 9", "25/11 09.00"),
        ("l0900", "25/11 09.00"),
        ("selasa 10", "24/11 10.00"),
        ("jum'at 9", "27/11 09.00"),
        ("jm9", "27/11 09.00"),
        ("k10", "26/11 10.00"),
        ("tomorrow at 9", "24/11 09.00"),
        ("friday 9", "27/11 09.00"),
        ("25/11 10", "25/11 10.00"),
        ("25-11 10.15", "25/11 10.15"),
        ("25/11/2026 10.15", "25/11 10.15"),
        ("25/11/26 10.15", "25/11 10.15"),
        ("4/1 9", "04/01 09.00"),
    ],
)
def test_typed_times(text: str, instant: str) -> None:
    assert shown(parse_callback_time(text, MONDAY_TEN, CALENDAR)) == instant


def test_a_date_without_a_year_is_the_coming_one() -> None:
    assert parse_callback_time("4/1 9", MONDAY_TEN, CALENDAR) == from_wib(date(2027, 1, 4), time(9))
    leap_year_ahead = from_wib(date(2027, 11, 22), time(10))
    assert parse_callback_time("29/2 9", leap_year_ahead, CALENDAR) == from_wib(date(2028, 2, 29), time(9))


def test_a_weekday_named_on_itself_is_the_next_week() -> None:
    assert shown(parse_callback_time("selasa 10", wib(24, 8), CALENDAR)) == "01/12 10.00"


@pytest.mark.parametrize(
    ("text", "code", "nearest"),
    [
        ("18", CallbackTrouble.AFTER, "24/11 08.00"),
        ("17", CallbackTrouble.AFTER, "24/11 08.00"),
        ("besok 7", CallbackTrouble.BEFORE, "24/11 08.00"),
        ("besok 2", CallbackTrouble.BEFORE, "24/11 14.00"),  # said of the afternoon
        ("2", CallbackTrouble.PAST, "23/11 14.00"),
        ("12.15", CallbackTrouble.BREAK, "23/11 13.00"),
        ("jumat 13", CallbackTrouble.BREAK, "27/11 13.30"),
        ("9", CallbackTrouble.PAST, "24/11 09.00"),
        ("10", CallbackTrouble.PAST, "24/11 10.00"),
        ("1/10 10", CallbackTrouble.PAST, "24/11 10.00"),
        ("sabtu 10", CallbackTrouble.WEEKEND, "01/12 10.00"),
        ("25/12 10", CallbackTrouble.HOLIDAY, "28/12 10.00"),
        ("1/6/2027 10", CallbackTrouble.TOO_FAR, "21/05 10.00"),
        ("besok", CallbackTrouble.TIME_MISSING, "24/11 09.30"),
        ("sabtu", CallbackTrouble.TIME_MISSING, "01/12 09.30"),
        ("nanti", CallbackTrouble.TIME_MISSING, "23/11 13.00"),
        ("25/11", CallbackTrouble.TIME_MISSING, "25/11 09.30"),
    ],
)
def test_a_time_that_cannot_be_proposes_one_that_can(text: str, code: CallbackTrouble, nearest: str) -> None:
    with pytest.raises(CallbackTimeError) as caught:
        parse_callback_time(text, MONDAY_TEN, CALENDAR)
    assert caught.value.code is code
    assert caught.value.nearest is not None
    assert shown(caught.value.nearest) == nearest
    assert caught.value.wanted is not None


def test_a_callback_may_be_promised_for_180_days_ahead_and_no_minute_more() -> None:
    assert parse_callback_time("21/5/2027 10.30", wib(22, 10, 30), CALENDAR) == wib(22, 10, 30) + FURTHEST
    with pytest.raises(CallbackTimeError) as caught:
        parse_callback_time("21/5/2027 10.31", wib(22, 10, 30), CALENDAR)
    assert caught.value.code is CallbackTrouble.TOO_FAR


def test_a_day_off_is_named() -> None:
    with pytest.raises(CallbackTimeError) as caught:
        parse_callback_time("25/12 10", MONDAY_TEN, CALENDAR)
    assert caught.value.holiday == "Hari Raya Natal"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "abc",
        "s9",
        "se 9",
        "t 9",
        "25:99",
        "24",
        "14.3",
        "99999",
        "31/2 9",
        "29/2 9",
        "0/5 9",
        "25/13 9",
        "١٤",
    ],
)
def test_what_can_be_read_in_no_way_or_in_two_is_not_guessed(text: str) -> None:
    with pytest.raises(CallbackTimeError) as caught:
        parse_callback_time(text, MONDAY_TEN, CALENDAR)
    assert caught.value.code is CallbackTrouble.UNREADABLE
    assert caught.value.nearest is None


@pytest.mark.parametrize("typed", ["14", "1430", "b9", "b930", "l9", "l930", "r10", "k10", "j9", "sn9", "sl10", "rb10"])
def test_a_common_time_takes_seven_keys_at_most(typed: str) -> None:
    parse_callback_time(typed, wib(1, 8, month=12), CALENDAR)
    assert len(["5", "t", *typed, "enter"]) <= 7


def test_nothing_is_proposed_when_the_office_stays_closed_as_far_as_one_may_promise() -> None:
    off = {date(2026, 11, 24) + timedelta(days=ahead): "renovasi" for ahead in range(200)}
    with pytest.raises(CallbackTimeError) as caught:
        parse_callback_time("besok 9", wib(23, 16, 59), OfficeCalendar(closed=off))
    assert caught.value.code is CallbackTrouble.HOLIDAY
    assert caught.value.nearest is None


_DAYS = st.sampled_from(
    ["", "besok ", "lusa ", "senin ", "kamis ", "minggu ", "b", "l", "sn", "25/11 ", "1-2 ", "29/2/28 "]
)
_CLOCKS = st.one_of(st.integers(0, 24).map(str), st.integers(0, 2400).map(lambda n: f"{n // 100}.{n % 100:02d}"))


@given(moments(), st.one_of(st.tuples(_DAYS, _CLOCKS).map("".join), st.text("0123456789/.-: besoklua", max_size=12)))
@example((MONDAY_TEN, CALENDAR), "25/11 10")
def test_whatever_is_typed_gives_a_working_instant_or_a_refusal_with_one(
    moment: tuple[datetime, OfficeCalendar], text: str
) -> None:
    now, calendar = moment
    try:
        instant: datetime | None = parse_callback_time(text, now, calendar)
    except CallbackTimeError as refused:
        instant = refused.nearest
        assert instant is not None or refused.code is CallbackTrouble.UNREADABLE
    if instant is not None:
        assert now < instant <= now + FURTHEST
        assert calendar.is_open(instant)


@given(moments(), st.integers(0, 180 * 24 * 60))
def test_every_working_minute_can_be_typed_in_full(moment: tuple[datetime, OfficeCalendar], minutes: int) -> None:
    now, calendar = moment
    wanted = calendar.next_opening(now.replace(second=0) + timedelta(minutes=minutes + 1))
    if wanted > now + FURTHEST:
        return
    assert parse_callback_time(to_wib(wanted).strftime("%d/%m/%Y %H.%M"), now, calendar) == wanted
