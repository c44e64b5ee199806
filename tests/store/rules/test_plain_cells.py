"""Cells as nearly all of a list come are read on a shorter way: it leads where the long one does."""

from __future__ import annotations

from datetime import date

import phonenumbers
from hypothesis import example, given
from hypothesis import strategies as st

from store.rules.dates import read_date
from store.rules.identity import read_kpj, read_nik, read_npp
from store.rules.names import read_name
from store.rules.phone_numbers import is_valid
from store.rules.phones import read_phones
from store.rules.text import is_empty

_digits = st.text("0123456789", min_size=6, max_size=18)


@given(st.text("0123456789", min_size=7, max_size=12))
@example("12345678")
@example("11111111")
@example("41234567")
@example("999999999999")
@example("12345\u0661\u0662\u0663")
def test_a_mobile_number_is_valid_where_the_library_says_so(rest: str) -> None:
    e164 = f"+628{rest}"
    assert is_valid(e164) == (e164.isascii() and phonenumbers.is_valid_number(phonenumbers.parse(e164)))


@given(st.builds("08{}".format, _digits))
@example("081200000000")
@example("0812345678")
@example("084123456789")
@example("08123456789012")
def test_a_plain_number_is_read_as_the_same_with_a_blank_behind(cell: str) -> None:
    plain, longer = read_phones(cell), read_phones(f"{cell} ")
    assert (plain.numbers, plain.flags, plain.raw) == (longer.numbers, longer.flags, longer.raw)
    assert plain.reasons == longer.reasons


@given(st.text("0123456789", min_size=7, max_size=17))
@example("00000000")
@example("00000001")
@example("11111111111")
@example("1403012806679901")
@example("1403013206679901")
def test_a_plain_code_is_read_as_the_same_with_a_blank_behind(cell: str) -> None:
    for read in (read_kpj, read_nik, read_npp):
        plain, longer = read(cell), read(f"{cell} ")
        assert (plain.value, plain.flags) == (longer.value, longer.flags)
        assert [why.code for why in plain.reasons] == [why.code for why in longer.reasons]


@given(
    st.integers(0, 39), st.integers(0, 19), st.integers(1890, 2030), st.sampled_from("-/"), st.sampled_from(["-", "/"])
)
def test_a_plain_date_is_read_as_the_same_with_a_blank_behind(
    day: int, month: int, year: int, first: str, second: str
) -> None:
    cell = f"{day:02}{first}{month:02}{second}{year}"
    plain, longer = (read_date(each, today=date(2023, 7, 31)) for each in (cell, f"{cell} "))
    assert (plain.value, plain.flags) == (longer.value, longer.flags)
    assert [why.code for why in plain.reasons] == [why.code for why in longer.reasons]


@given(st.text("AB z'.@1\u00e9\u0661\u2460\u4e00", max_size=12))
@example("Bu \u4e00")
def test_a_plain_name_is_as_odd_as_any_other(cell: str) -> None:
    read = read_name(cell)
    odd = sum(map(str.isalpha, read.name)) < 2 or "@" in read.name or any(map(str.isnumeric, read.name))
    assert ("name-odd" in read.flags) == (bool(read.name) and odd)


@given(st.text("0.- nihl()/aT", max_size=16), st.booleans())
@example("tidak  ada", True)
@example("0 .0", True)
@example("0.0", False)
@example("Tidak Tersedia", True)
@example("nihil", False)
def test_a_plain_text_says_nothing_where_the_same_with_an_unseen_sign_does(cell: str, zero: bool) -> None:
    assert is_empty(cell, zero=zero) == is_empty(f"{cell}\u200b", zero=zero)
