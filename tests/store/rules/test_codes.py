"""Transaction codes in the order in which they lie in the box."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.codes import PatternError, check_pattern, read_code


def test_a_code_is_read_into_date_book_and_number() -> None:
    code = read_code("05-09-2023  t0018 22398740")
    assert (code.text, code.booked_on, code.book, code.number) == (
        "05-09-2023 T0018 22398740",
        date(2023, 9, 5),
        "T0018",
        "22398740",
    )


codes = st.tuples(st.dates(date(2009, 1, 1), date(2030, 12, 31)), st.integers(0, 9999), st.integers(0, 99_999_999))


@given(st.lists(codes, max_size=20))
def test_codes_sort_by_date_then_book_then_number(made: list[tuple[date, int, int]]) -> None:
    texts = [f"{day:%d-%m-%Y} T{book:04d} {number:08d}" for day, book, number in made]
    in_box = sorted(texts, key=lambda text: read_code(text).order)
    assert in_box == [f"{day:%d-%m-%Y} T{book:04d} {number:08d}" for day, book, number in sorted(made)]


@given(st.lists(st.integers(0, 10**9), max_size=10))
def test_codes_of_another_shape_sort_naturally_behind(numbers: list[int]) -> None:
    texts = [f"JHT/{n}/A" for n in numbers]
    assert sorted(texts, key=lambda text: read_code(text).order) == [f"JHT/{n}/A" for n in sorted(numbers)]
    last = read_code(f"{date.max - timedelta(1):%d-%m-%Y} Z9 9")
    assert all(read_code(text).order > last.order for text in texts)


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert read_code("31-02-2023 T0018 1").booked_on is None
    assert not read_code("31-02-2023 T0018 1").fits


def test_an_office_may_say_its_own_pattern() -> None:
    own = r"(?P<book>[A-Z]+)(?P<number>[0-9]+)"
    nine, ten = read_code("VJ9", own), read_code("VJ10", own)
    assert nine.order < ten.order and nine.book == "VJ" and nine.booked_on is None


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(", "unreadable"),
        ("(?P<book>A)", "number-missing"),
        ("(?P<number>1)(?P<x>2)", "unknown-group"),
        ("(?P<number>1)(?P<day>2)", "date-in-parts"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(PatternError) as refused:
        check_pattern(pattern)
    assert refused.value.code == code
