"""Amounts in words: the office's own examples, and every amount comes back from its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.terbilang import MOST, terbilang

SAID = {
    0: "nol",
    1: "satu",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    100: "seratus",
    111: "seratus sebelas",
    1_000: "seribu",
    1_001: "seribu satu",
    2_000: "dua ribu",
    21_000: "dua puluh satu ribu",
    101_000: "seratus satu ribu",
    1_000_000: "satu juta",
    1_001_000: "satu juta seribu",
    2_001_000: "dua juta seribu",
    10_000_000: "sepuluh juta",
    42_000_000: "empat puluh dua juta",
    446_819_131: "empat ratus empat puluh enam juta delapan ratus sembilan belas ribu seratus tiga puluh satu",
    1_000_000_000: "satu miliar",
    1_000_000_000_000: "satu triliun",
}


@pytest.mark.parametrize("amount", SAID)
def test_amounts_as_the_office_says_them(amount: int) -> None:
    assert terbilang(amount) == f"{SAID[amount]} rupiah"


@given(st.integers(0, MOST) | st.sampled_from([10**n for n in range(15)]) | st.integers(0, 20_000))
def test_the_words_say_exactly_the_amount(amount: int) -> None:
    assert _heard(terbilang(amount)) == amount


@given(st.integers(max_value=-1) | st.integers(min_value=MOST + 1))
def test_what_has_no_words_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match=str(amount)):
        terbilang(amount)


_ONES = {SAID[n]: n for n in (0, 1, 10, 11)} | {
    word: n for n, word in enumerate(["dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"], 2)
}
_SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def _heard(words: str) -> int:
    """A listener who writes down what is said, word after word."""
    total = group = ones = 0
    for word in words.removesuffix(" rupiah").split():
        if word in _SIZES:
            total, group, ones = total + (group + ones) * _SIZES[word], 0, 0
        elif word == "seribu":
            total += 1000
        elif word == "ratus":
            group, ones = group + ones * 100, 0
        elif word == "seratus":
            group += 100
        elif word == "puluh":
            group, ones = group + ones * 10, 0
        elif word == "belas":
            group, ones = group + ones + 10, 0
        else:
            ones += _ONES[word]
    return total + group + ones
