"""Rupiah: both separators, and no amount from a doubtful cell."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.money import MoneyRead, format_rupiah, read_rupiah
from store.rules.readings import Cell, CellError
from store.rules.text import raw_text

amounts = st.integers(0, 999_999_999_999_999)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("Rp1.234.567,00", 1234567),
        ("Rp. 10.000.000", 10_000_000),
        ("RP. 6.800-,", 6800),
        ("Rp 6.800,-", 6800),
        ("Rp 1.234.567", 1234567),
        ("IDR 1,234,567.00", 1234567),
        ("446,819,131.00", 446819131),
        ("1,234,567", 1234567),
        ("1.234", 1234),
        ("1,234", 1234),
        ("1234567", 1234567),
        ("1234567.00", 1234567),
        ("1234567,00", 1234567),
        ("8595484.0", 8595484),
        ("10 000 000", 10_000_000),
        ("'1.234.567", 1234567),
        ("0", 0),
        ("Rp0,00", 0),
        (0.0, 0),
        (38791175.0, 38791175),
        (42_000_000, 42_000_000),
    ],
)
def test_an_amount_in_every_form_that_arrives(cell: Cell, amount: int) -> None:
    assert read_rupiah(cell) == MoneyRead(amount)


@pytest.mark.parametrize(
    "cell",
    [
        *("1.234.567,50", "1,234.567", "1.23.456", "1.2345", "12.34", "-1.000", "(1.000)", "1.000-", "1.234.567.00"),
        *(
            "1.5E+07",
            "10 juta",
            "Rp",
            "Rp -",
            "1.234.56",
            "0.500",
            "007",
            "1.000/2.000",
            "Rp I0.000",
            "1\u00b2",
            "\u0661\u0662",
        ),
        *(
            "#",
            "1.000 1.000.000",
            "9" * 30,
            "9" * 5000,
            1.5,
            -1.0,
            -5,
            float("nan"),
            float("inf"),
            2.0**53,
            10**30,
            True,
        ),
        date(2023, 1, 1),
    ],
)
def test_an_amount_in_doubt_is_not_read(cell: Cell) -> None:
    read = read_rupiah(cell)
    assert (read.value, read.flags) == (None, ("balance-unreadable",))
    assert [reason.code for reason in read.reasons] == ["balance-unreadable"]


@pytest.mark.parametrize("cell", [None, "", "-", "tidak ada", CellError("#N/A"), "#REF!"])
def test_no_amount(cell: Cell) -> None:
    assert (read_rupiah(cell).value, read_rupiah(cell).flags) == (None, ("balance-missing",))


@given(amounts)
def test_our_own_spelling_is_read_back(amount: int) -> None:
    for text in (
        format_rupiah(amount),
        format_rupiah(amount, cents=True),
        f"{amount:,}.00",
        f"{amount:,}",
        str(amount),
    ):
        assert read_rupiah(text) == MoneyRead(amount)


@given(st.text(alphabet="0123456789.,- Rp()E", max_size=24) | st.text(max_size=30) | st.floats() | st.integers())
def test_the_digits_of_an_amount_are_the_digits_of_its_cell(cell: Cell) -> None:
    read = read_rupiah(cell)
    assert (read.value is None) == bool(read.flags)
    if read.value is not None and isinstance(cell, str) and cell.isascii():
        digits = re.sub(r"[^0-9]", "", cell)
        assert digits.removesuffix(str(read.value)) in ("",) or re.sub(r"0{1,2}$", "", digits) == re.sub(
            r"0{1,2}$", "", str(read.value)
        )
    if read.value is not None and isinstance(cell, (int, float)):
        assert read.value == cell


@given(st.floats() | st.floats(-(10.0**9), 10.0**9) | st.integers() | st.dates() | st.times() | st.booleans())
def test_the_text_that_is_kept_never_gives_an_amount_that_its_cell_did_not(cell: Cell) -> None:
    assert read_rupiah(raw_text(cell)).value in (None, read_rupiah(cell).value)


def test_rupiah_is_written_without_dot_or_blank() -> None:
    assert format_rupiah(1234567) == "Rp1.234.567"
    assert format_rupiah(1234567, cents=True) == "Rp1.234.567,00"
    assert format_rupiah(0) == "Rp0"
    assert format_rupiah(-90000) == "-Rp90.000"
