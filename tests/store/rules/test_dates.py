"""Dates: day first, from cells, serials and text; months as periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.rules.dates import (
    DateRead,
    Period,
    PeriodError,
    birthday,
    format_long,
    format_short,
    jht56_period,
    parse_period,
    read_date,
    weekday_name,
)
from store.rules.readings import Cell, CellError
from store.rules.text import raw_text

TODAY = date(2023, 7, 31)
BORN = date(1967, 5, 12)
birth_dates = st.dates(date(1900, 1, 1), TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "12-05-1967",
            "12/05/1967",
            "12.05.1967",
            "12 05 1967",
            "12/5/1967",
            "1967-05-12",
            "1967/05/12",
            "12 - 05 - 1967",
        ),
        *("12 Mei 1967", "12 MEI 1967", "12-May-1967", "12 May 1967", "12-MEI-1967", "May 12, 1967", "12 Mei 1967 "),
        *("Jumat, 12 Mei 1967", "Jum'at, 12 Mei 1967", "Friday, 12 May 1967", "'12-05-1967", "Duri, 12 Mei 1967"),
        *("1967-05-12 00:00:00", "1967-05-12T00:00:00", "12/05/1967 00.00", "\u200b12-05-1967", "24604.0"),
        *(date(1967, 5, 12), datetime.combine(BORN, time()), 24604.0, 24604),
    ],
)
def test_one_day_in_every_form_that_arrives(cell: Cell) -> None:
    read = read_date(cell, today=TODAY)
    assert (read.value, read.flags) == (BORN, ())


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (24482.0, date(1967, 1, 10)),
        ("03/04/1967", date(1967, 4, 3)),
        ("22-SEP-2022", date(2022, 9, 22)),
        ("17 Agt 1967", date(1967, 8, 17)),
        ("17 Agu 1967", date(1967, 8, 17)),
        ("3 Nopember 1967", date(1967, 11, 3)),
        ("28 Pebruari 1967", date(1967, 2, 28)),
        ("1 Januari 1967", date(1967, 1, 1)),
        ("29-02-1968", date(1968, 2, 29)),
        (61.0, date(1900, 3, 1)),
    ],
)
def test_other_days(cell: Cell, day: date) -> None:
    assert read_date(cell, today=TODAY).value == day


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "03/25/1967",
            "31-02-1967",
            "29-02-1967",
            "00-00-1967",
            "12-05-67",
            "12/05/67",
            "12 Mei 67",
            "1967",
            "05-1967",
        ),
        *(
            "12051967",
            "19670512",
            "24604",
            "12-05/1967",
            "12 Foo 1967",
            "12 Mei 1967 17:00",
            "1967-05-12T17:00:00",
            "tahun 1967",
        ),
        *(
            "Kamis, 12 Mei 1967",
            "Mei, 12-05-1967",
            "1967-25-03",
            "12-05-1967 / 13-05-1967",
            "12-05-1899",
            "01-08-2023",
            "?",
        ),
        *(
            "1\u00b2-05-1967",
            "\u0661\u0662-05-1967",
            1967.0,
            1967,
            60.0,
            12.0,
            12051967.0,
            -24604.0,
            24604.7,
            float("nan"),
        ),
        *(float("inf"), True, date(1899, 12, 31), date(2023, 8, 1), date(9999, 12, 31), time(8)),
        *(datetime(1967, 5, 11, 17, tzinfo=UTC), 10**30),
    ],
)
def test_a_birth_date_in_doubt_is_not_read(cell: Cell) -> None:
    read = read_date(cell, today=TODAY)
    assert (read.value, read.flags) == (None, ("birthdate-unreadable",))
    assert [(reason.code, reason.field) for reason in read.reasons] == [("birthdate-unreadable", "birth_date")]


@pytest.mark.parametrize("cell", [None, "", "-", 0.0, "tidak ada", CellError("#N/A")])
def test_no_birth_date(cell: Cell) -> None:
    read = read_date(cell)
    assert (read.value, read.flags) == (None, ("birthdate-missing",))


def test_a_failed_lookup_is_said() -> None:
    assert [reason.code for reason in read_date(CellError("#N/A")).reasons] == ["lookup-failed"]


def test_what_was_cut_is_said() -> None:
    assert [reason.code for reason in read_date("Duri, 12 Mei 1967").reasons] == ["date-repaired"]
    assert read_date("Jumat, 12 Mei 1967") == DateRead(BORN)


def test_the_other_epoch_of_old_macintosh_files() -> None:
    assert read_date(24604.0 - 1462, epoch_1904=True).value == BORN


def test_a_date_that_is_no_birth_date_may_have_an_hour_and_raises_no_flag() -> None:
    paid = datetime(2023, 9, 5, 13, 30, tzinfo=UTC)
    assert read_date(paid, field="paid_on", today=TODAY) == DateRead(date(2023, 9, 5))
    assert read_date("05-09-2023 13:30", field="paid_on").value == date(2023, 9, 5)
    assert read_date("?", field="paid_on").flags == read_date("", field="paid_on").flags == ()
    assert [reason.code for reason in read_date("?", field="paid_on").reasons] == ["date-unreadable"]


@given(birth_dates, st.sampled_from(["id", "en"]))
def test_our_own_spelling_is_read_back(day: date, lang: str) -> None:
    for text in (
        format_long(day, lang),
        format_short(day),
        day.isoformat(),
        f"{weekday_name(day, lang)}, {format_long(day, lang)}",
    ):
        assert read_date(text, today=TODAY) == DateRead(day)


@given(st.dates(date(1911, 1, 1), TODAY))
def test_a_serial_is_the_day_excel_shows(day: date) -> None:
    assert read_date(float((day - date(1899, 12, 30)).days), today=TODAY) == DateRead(day)


@given(st.text(alphabet="0123456789-/. :TMeiJan,", max_size=20) | st.text(max_size=30) | st.floats() | st.integers())
def test_no_cell_raises_and_none_gives_a_day_it_does_not_hold(cell: Cell) -> None:
    read = read_date(cell, today=TODAY)
    assert (read.value is None) == bool(read.flags)
    if read.value and isinstance(cell, str) and cell.isascii() and not cell.strip(" '").endswith(".0"):
        assert str(read.value.day) in cell
        assert str(read.value.year) in cell


@example(datetime.fromisoformat("2000-01-01T00:00:00.000001"))
@given(st.floats(-99_999, 99_999_999) | st.integers() | st.datetimes() | st.dates() | st.booleans() | st.times())
def test_the_text_that_is_kept_never_gives_a_day_that_its_cell_did_not(cell: Cell) -> None:
    assert read_date(raw_text(cell), today=TODAY).value in (None, read_date(cell, today=TODAY).value)


def test_days_are_written_as_the_office_writes_them() -> None:
    day = date(2026, 11, 22)
    assert (format_long(day), format_long(day, "en"), format_short(day)) == (
        "22 November 2026",
        "22 November 2026",
        "22-11-2026",
    )
    assert (weekday_name(day), weekday_name(day, "en")) == ("Minggu", "Sunday")
    assert format_long(date(2026, 8, 1)) == "1 Agustus 2026"


def test_a_period_is_whole_months() -> None:
    period = parse_period("2022-11..2023-02")
    assert list(period) == [date(2022, 11, 1), date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1)]
    assert period.months == ("2022-11", "2022-12", "2023-01", "2023-02")
    assert date(2022, 11, 30) in period
    assert date(2023, 2, 28) in period
    assert date(2023, 3, 1) not in period
    assert parse_period("2023-07") == Period(date(2023, 7, 1), date(2023, 7, 1))


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(0, 40))
def test_a_period_reads_what_it_writes(day: date, days: int) -> None:
    last = day + timedelta(days=days)
    period = Period(day.replace(day=1), last.replace(day=1))
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "2023-13",
        "2023-00",
        "2023-08..2023-07",
        "07-2023",
        "2023-7",
        "2023-01..",
        "..2023-01",
        "2023-01-01",
        "\u0662023-01",
    ],
)
def test_what_is_no_period_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert refused.value.text == text


def test_the_period_of_a_person_is_the_month_of_the_56th_birthday() -> None:
    assert jht56_period(BORN) == "2023-05"
    assert jht56_period(date(1968, 2, 29)) == "2024-02"
    assert birthday(date(1968, 2, 29), 57) == date(2025, 2, 28)
