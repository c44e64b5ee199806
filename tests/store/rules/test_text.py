"""Text from files: what acts or hides is gone, what was written stays."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.readings import Cell, CellError
from store.rules.text import clean, clean_cell, code_text, is_empty, is_lookup_failure, raw_text, strange_digits

any_text = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("given_text", "left"),
    [
        ("  BUDI \u00a0 SIREGAR\t\n", "BUDI SIREGAR"),
        ("\u200bBU\u00adDI\ufeff", "BUDI"),
        ("\x1b[31mBUDI\x07", "[31mBUDI"),
        ("\x9b31mBUDI", "31mBUDI"),
        ("\u202eIDUB\u2066\u200e", "IDUB"),
        ("\uff22\uff35\uff24\uff29", "BUDI"),
        ("\u3164\u2800", ""),
        ("\ud800BUDI", "\ufffdBUDI"),
        ("[red]BUDI[/]", "[red]BUDI[/]"),
    ],
)
def test_clean(given_text: str, left: str) -> None:
    assert clean(given_text) == left


@given(any_text)
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    for kept in (clean(text), raw_text(text), clean_cell(text)):
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in kept)
        kept.encode()
    assert clean(clean(text)) == clean(text)
    assert raw_text(raw_text(text)) == raw_text(text)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
def test_what_can_be_seen_stays(text: str) -> None:
    assert clean(text) == raw_text(text) == text


@pytest.mark.parametrize(
    "cell",
    [
        *(
            None,
            "",
            " ",
            "-",
            "--",
            ".",
            "\u2026",
            "0",
            0,
            0.0,
            "tidak ada",
            "Tidak Ada",
            "(kosong)",
            "n/a",
            "N/A",
            "nihil",
        ),
        *("KOSONG", "#N/A", "#REF!", "#VALUE!", CellError("#DIV/0!"), CellError("#WHAT?"), "\u200b", "\u00a0"),
    ],
)
def test_cells_that_say_nothing(cell: Cell) -> None:
    assert is_empty(cell)


@pytest.mark.parametrize("cell", ["BUDI", "NA", "00", 1, 0.5, True, False, date(1967, 5, 12), "?", "##########"])
def test_cells_that_say_something(cell: Cell) -> None:
    assert not is_empty(cell)


def test_zero_is_an_amount_but_no_name() -> None:
    assert is_empty("0")
    assert not is_empty("0", zero=False)
    assert not is_empty(0.0, zero=False)


def test_an_error_cell_is_told_from_an_empty_one() -> None:
    assert is_lookup_failure(CellError("#N/A"))
    assert is_lookup_failure("#N/A")
    assert not is_lookup_failure("")
    assert not is_lookup_failure("N/A")


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        (85291947455.0, "85291947455"),
        (1.5, "1.5"),
        (3779130301994133.0, "3779130301994133"),
        (True, "TRUE"),
        (date(1967, 5, 12), "1967-05-12"),
        (datetime(1967, 5, 12, 0, 0), "1967-05-12"),  # noqa: DTZ001 - workbooks give naive instants
        (datetime(1967, 5, 12, 17, 0, tzinfo=UTC), "1967-05-12T17:00:00+00:00"),
        (time(8, 30), "08:30:00"),
        (CellError("#N/A"), "#N/A"),
        (None, ""),
    ],
)
def test_raw_text_of_other_cells(cell: Cell, raw: str) -> None:
    assert raw_text(cell) == raw


def test_a_guard_against_formulas_is_taken_off() -> None:
    assert clean_cell("'=1+1") == "=1+1"
    assert clean_cell("'AISYAH") == "'AISYAH"


def test_a_footnote_is_no_digit() -> None:
    assert strange_digits("0812\u00b2")
    assert strange_digits("\u2460")
    assert not strange_digits("\uff10\uff18")
    assert not strange_digits("\U0001d7ce")
    assert not strange_digits("0812\u00a0345")
    assert strange_digits("\u2167", letters=True)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (" '00030283", ("00030283", False)),
        (23150296.0, ("23150296", True)),
        ("23150296.0", ("23150296", True)),
        ("2.315E+07", None),
        ("2,315E+07", None),
        (2.0**53, None),
        (1.5, None),
        (-1, None),
        (True, None),
        (float("nan"), None),
        (date(2023, 1, 1), None),
        ("1\u00b2", None),
    ],
)
def test_code_text(cell: Cell, code: tuple[str, bool] | None) -> None:
    assert code_text(cell) == code
