"""NIK, KPJ and NPP: nothing is padded, rounded or joined into another person's number."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.identity import (
    CodeRead,
    is_nik,
    mask_nik,
    nik_agrees,
    nik_birth_date,
    nik_sex,
    read_kpj,
    read_nik,
    read_npp,
)
from store.rules.readings import Cell, CellError

MAN, WOMAN = "1403091205679901", "1403095205679901"
TODAY = date(2023, 7, 31)

hostile = st.text(max_size=40) | st.floats() | st.integers() | st.booleans() | st.dates() | st.none()


def make_nik(born: date, woman: bool, serial: int) -> str:
    return f"140309{born.day + 40 * woman:02}{born.month:02}{born.year % 100:02}{serial:04}"


niks = st.builds(make_nik, st.dates(date(1925, 1, 1), date(2015, 12, 31)), st.booleans(), st.integers(9901, 9999))


def codes(read: CodeRead) -> list[str]:
    return [reason.code for reason in read.reasons]


@pytest.mark.parametrize(
    ("cell", "value", "flags", "said"),
    [
        (MAN, MAN, (), []),
        (f" {MAN}\u00a0", MAN, (), []),
        (f"'{MAN}", MAN, (), ["nik-repaired"]),
        ("1403 0912 0567 9901", MAN, (), ["nik-repaired"]),
        (f"NIK: {MAN}", MAN, (), ["nik-repaired"]),
        ("1403162801679980", "1403162801679980", (), []),
        (1403091205679900.0, None, ("nik-rounded",), ["nik-rounded"]),
        (1403091205679901.0, MAN, ("nik-numeric",), ["nik-numeric"]),
        ("1403091205679900.0", None, ("nik-rounded",), ["nik-rounded"]),
        (9103091205679901, None, ("nik-rounded",), ["nik-rounded"]),
        ("1.40309E+15", None, ("nik-rounded",), ["nik-rounded"]),
        ("1,40309E+15", None, ("nik-rounded",), ["nik-rounded"]),
        ("140309120567990", None, ("nik-malformed",), ["nik-malformed"]),
        ("14030912056799012", None, ("nik-malformed",), ["nik-malformed"]),
        ("14030912O5679901", None, ("nik-malformed",), ["nik-malformed"]),
        ("1403093113679901", None, ("nik-malformed",), ["nik-malformed"]),
        ("1403092902679901", None, ("nik-malformed",), ["nik-malformed"]),
        ("1403098105679901", None, ("nik-malformed",), ["nik-malformed"]),
        ("1111111111111111", None, ("nik-malformed",), ["nik-malformed"]),
        (f"{MAN} / {WOMAN}", None, ("nik-malformed",), ["nik-malformed"]),
        ("", None, ("nik-missing",), []),
        ("-", None, ("nik-missing",), []),
        (CellError("#N/A"), None, ("nik-missing",), ["lookup-failed"]),
        (True, None, ("nik-malformed",), ["nik-malformed"]),
    ],
)
def test_read_nik(cell: Cell, value: str | None, flags: tuple[str, ...], said: list[str]) -> None:
    read = read_nik(cell)
    assert (read.value, read.flags, codes(read)) == (value, flags, said)


@given(niks)
def test_a_nik_as_text_stands(nik: str) -> None:
    assert read_nik(nik) == CodeRead(nik)


@given(niks)
def test_a_nik_kept_as_a_number_is_taken_only_when_no_digit_can_be_lost(nik: str) -> None:
    read = read_nik(float(nik))
    assert read.value == (None if nik.endswith("0") else nik)
    assert read.flags == (("nik-rounded",) if nik.endswith("0") else ("nik-numeric",))


@given(niks, st.integers(0, 15))
def test_a_nik_that_lacks_a_digit_is_none(nik: str, place: int) -> None:
    assert read_nik(nik[:place] + nik[place + 1 :]).value is None


@given(hostile)
def test_what_is_read_as_nik_stands_in_the_cell(cell: Cell) -> None:
    read = read_nik(cell)
    assert read.value is None or is_nik(read.value)
    assert read.value or read.flags


def test_birth_date_and_sex_inside_a_nik() -> None:
    assert nik_birth_date(MAN, today=TODAY) == nik_birth_date(WOMAN, today=TODAY) == date(1967, 5, 12)
    assert (nik_sex(MAN), nik_sex(WOMAN), nik_sex("123")) == ("L", "P", None)
    assert nik_birth_date("123", today=TODAY) is None


def test_the_century_follows_the_least_age() -> None:
    born_2005 = "1403091205059901"
    assert nik_birth_date(born_2005, today=TODAY) == date(2005, 5, 12)
    assert nik_birth_date(born_2005, today=TODAY, min_age=56) == date(1905, 5, 12)
    assert nik_birth_date("1403092902009901", today=TODAY) == date(2000, 2, 29)
    assert nik_birth_date("1403093107089901", today=TODAY) == date(2008, 7, 31)
    assert nik_birth_date("1403090108089901", today=TODAY) == date(1908, 8, 1)


@given(st.dates(date(1908, 8, 1), date(2008, 7, 31)), st.booleans())
def test_a_nik_agrees_with_the_birth_date_it_was_made_of(born: date, woman: bool) -> None:
    nik = make_nik(born, woman, 9901)
    assert nik_agrees(nik, born)
    assert not nik_agrees(nik, born + timedelta(days=1))
    assert nik_birth_date(nik, today=TODAY) == born
    assert nik_sex(nik) == ("P" if woman else "L")


def test_a_masked_nik_shows_no_birth_date() -> None:
    assert mask_nik(MAN) == "140309******9901"
    assert mask_nik("123456") == "**3456"
    assert mask_nik("123") == "***"


@pytest.mark.parametrize(
    ("cell", "value", "flags", "said"),
    [
        ("12101477605", "12101477605", (), []),
        (" 05041497033 ", "05041497033", (), []),
        ("'05041497033", "05041497033", (), ["kpj-repaired"]),
        ("121-0147 7605", "12101477605", (), ["kpj-repaired"]),
        ("KPJ: 12101477605", "12101477605", (), ["kpj-repaired"]),
        ("No. KPJ 12101477605", "12101477605", (), ["kpj-repaired"]),
        ("12101477605 (lama)", "12101477605", (), ["kpj-repaired"]),
        (12101477605.0, "12101477605", (), []),
        (5041497033.0, "5041497033", ("kpj-unusual",), ["kpj-unusual"]),
        ("97j80012345", "97J80012345", ("kpj-unusual",), ["kpj-unusual"]),
        ("12345678", "12345678", ("kpj-unusual",), ["kpj-unusual"]),
        ("1234567", None, (), ["kpj-unusable"]),
        ("1234567890123456", None, (), ["kpj-unusable"]),
        ("1.2101477605E+10", None, (), ["kpj-unusable"]),
        ("1.2101477605E10", None, (), ["kpj-unusable"]),
        ("1210147760.5", None, (), ["kpj-unusable"]),
        (1210147760.5, None, (), ["kpj-unusable"]),
        (float(2**53), None, (), ["kpj-unusable"]),
        ("12101477605 LAMA", None, (), ["kpj-unusable"]),
        ("12101477605/98174832363", None, (), ["kpj-unusable"]),
        ("12101477605 (12101477606)", None, (), ["kpj-unusable"]),
        ("00000000000", None, (), ["kpj-unusable"]),
        ("BELUMADAKPJ", None, (), ["kpj-unusable"]),
        ("1210147760\u00b2", None, (), ["kpj-unusable"]),
        ("", None, (), ["kpj-missing"]),
        (CellError("#N/A"), None, (), ["kpj-missing"]),
    ],
)
def test_read_kpj(cell: Cell, value: str | None, flags: tuple[str, ...], said: list[str]) -> None:
    read = read_kpj(cell)
    assert (read.value, read.flags, codes(read)) == (value, flags, said)


@given(st.from_regex(r"[0-9]{11}", fullmatch=True).filter(lambda kpj: len(set(kpj)) > 1))
def test_a_kpj_as_text_keeps_its_zeros(kpj: str) -> None:
    assert read_kpj(kpj) == CodeRead(kpj)


@given(st.integers(0, 99_999_999_999))
def test_a_kpj_kept_as_a_number_is_flagged_when_zeros_may_be_lost(number: int) -> None:
    read = read_kpj(float(number))
    assert read.value in (None, str(number))
    assert read.value is None or len(read.value) == 11 or read.flags == ("kpj-unusual",)


@given(hostile | st.text(alphabet="0123456789.,E+- ABC()'", max_size=20))
def test_a_kpj_is_made_of_the_cells_own_characters(cell: Cell) -> None:
    read = read_kpj(cell)
    assert read.value or codes(read)[0] in ("kpj-missing", "kpj-unusable")
    if read.value and isinstance(cell, str) and cell.isascii():
        assert read.value in re.sub(r"[^0-9A-Z]", "", cell.upper())


@pytest.mark.parametrize(
    ("cell", "value", "flags"),
    [
        ("23150296", "23150296", ()),
        ("00030283", "00030283", ()),
        ("2315-0296", "23150296", ()),
        ("NPP 23150296", "23150296", ()),
        (23150296.0, "23150296", ()),
        ("23150296.0", "23150296", ()),
        (30283.0, "30283", ("npp-unusual",)),
        ("30283", "30283", ("npp-unusual",)),
        ("23150296-001", "23150296-001", ("npp-unusual",)),
        ("NN2315029", "NN2315029", ("npp-unusual",)),
        ("2.315E+07", None, ("npp-unusual",)),
        ("00000000", None, ("npp-unusual",)),
        ("2315029.6", "2315029.6", ("npp-unusual",)),
        ("", None, ()),
        (CellError("#N/A"), None, ()),
    ],
)
def test_read_npp(cell: Cell, value: str | None, flags: tuple[str, ...]) -> None:
    read = read_npp(cell)
    assert (read.value, read.flags) == (value, flags)


@given(hostile)
def test_no_npp_of_eight_digits_is_made_up(cell: Cell) -> None:
    read = read_npp(cell)
    if read.value and re.fullmatch(r"[0-9]{8}", read.value) and not read.flags and isinstance(cell, (int, float)):
        assert cell == int(read.value)
