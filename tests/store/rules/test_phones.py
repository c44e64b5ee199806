"""Telephone cells: every damage of domain.md 3.4, and no path from a doubtful cell to another valid number."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from store.rules.phone_numbers import is_valid
from store.rules.phones import (
    PhonesRead,
    dial,
    format_display,
    format_national,
    operator,
    read_phones,
    region,
    search_digits,
)
from store.rules.readings import Cell, CellError
from tests.store.rules.phone_table import DOUBTFUL, ME, MISSING, TABLE, TRAPS, UNREADABLE


def numbers(read: PhonesRead) -> tuple[str, ...]:
    return tuple(number.e164 for number in read.numbers)


def codes(read: PhonesRead) -> set[str]:
    return {reason.code for reason in read.reasons}


mobiles = st.builds(
    "+62{}{}".format,
    st.sampled_from(["811", "812", "852", "878", "895", "838", "881"]),
    st.from_regex(r"[0-9]{6,9}", fullmatch=True),
).filter(lambda e164: len(set(e164[6:])) > 1 and is_valid(e164))
duri = st.builds("+62765{}".format, st.from_regex(r"[2-9][0-9]{4,6}", fullmatch=True)).filter(
    lambda e164: len(set(e164[6:])) > 1
)
malaysian = st.builds("+6012{}".format, st.from_regex(r"[2-9][0-9]{6}", fullmatch=True)).filter(is_valid)


def test_the_table_is_whole() -> None:
    assert len(TABLE) == 74


@pytest.mark.parametrize(("cell", "read", "flags"), TABLE + TRAPS)
def test_a_text_cell_gives_what_was_meant_or_nothing(cell: str, read: tuple[str, ...], flags: tuple[str, ...]) -> None:
    result = read_phones(cell)
    assert (numbers(result), result.flags) == (read, flags)


@pytest.mark.parametrize(
    ("cell", "read", "flags"),
    [
        (85291947455.0, ("+6285291947455",), ()),
        (81234567890, (ME,), ()),
        (6281234567890.0, (ME,), ()),
        (812345678.0, (), DOUBTFUL),
        (76591234.0, (), DOUBTFUL),
        (812000000000.0, (), DOUBTFUL),
        (8.1234567890123e18, (), UNREADABLE),
        (81234567890.5, (), UNREADABLE),
        (-81234567890.0, (), UNREADABLE),
        (float("nan"), (), UNREADABLE),
        (float("inf"), (), UNREADABLE),
        (True, (), UNREADABLE),
        (date(2012, 8, 1), (), UNREADABLE),
        (0.0, (), MISSING),
        (None, (), MISSING),
        ("", (), MISSING),
        ("tidak ada", (), MISSING),
        (CellError("#REF!"), (), MISSING),
    ],
)
def test_other_cells(cell: Cell, read: tuple[str, ...], flags: tuple[str, ...]) -> None:
    result = read_phones(cell)
    assert (numbers(result), result.flags) == (read, flags)


def test_a_failed_lookup_is_told_from_an_empty_cell() -> None:
    assert codes(read_phones(CellError("#N/A"))) == codes(read_phones("#N/A")) == {"lookup-failed"}
    assert codes(read_phones("")) == set()


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("081234567890 (istri)", ["istri"]),
        ("081234567890 ISTRI", ["istri"]),
        ("WA 081234567890", ["WA"]),
        ("WA081234567890", ["WA"]),
        ("HP/WA: 081234567890", ["WA"]),
        ("HP1: 081234567890, HP2: 085212345678", ["", ""]),
        ("081234567890 (whatsapp)", ["WA"]),
        ("Telp. 0812 3456 7890", [""]),
        ("081234567890 ext 12", ["ext 12"]),
        ("081234567890 a/n Budi", ["a.n Budi"]),
        ("istri 081234567890 suami 085212345678", ["istri", "suami"]),
        ("081234567890 (istri) / 085212345678 (kantor)", ["istri", "kantor"]),
        ("081234567890", [""]),
    ],
)
def test_words_beside_a_number_become_its_label(cell: str, labels: list[str]) -> None:
    read = read_phones(cell)
    assert [number.label for number in read.numbers] == labels
    assert not read.flags


@pytest.mark.parametrize(
    "cell", ["'081234567890", "81234567890.0", "081234567890 (istri)", "+081234567890", 85291947455.0]
)
def test_what_was_changed_without_doubt_is_said(cell: Cell) -> None:
    assert codes(read_phones(cell)) == {"phones-repaired"}


@pytest.mark.parametrize("cell", ["081234567890", "0812-3456-7890", " +62 812 3456 7890 ", "(0765) 91234"])
def test_plain_layout_is_nothing_to_speak_of(cell: str) -> None:
    assert codes(read_phones(cell)) == set()


def test_the_raw_text_stays_beside_what_was_read() -> None:
    assert read_phones("081234567890 / 08xxxxxxxxxx").raw == "081234567890 / 08xxxxxxxxxx"
    assert read_phones(85291947455.0).raw == "85291947455"
    assert read_phones("0812\n0813").raw == "0812 | 0813"
    assert read_phones("\x1b]52;c;x\x07081234567890").raw == "]52;c;x081234567890"


@given(mobiles | duri | malaysian)
def test_reading_our_own_spelling_gives_the_same_number(e164: str) -> None:
    for spelling in (e164, format_national(e164), format_display(e164)):
        assert numbers(read_phones(spelling)) == (e164,), spelling


@given(st.lists(mobiles | duri, min_size=1, max_size=4, unique=True))
def test_our_own_list_of_numbers_is_read_back(e164s: list[str]) -> None:
    assert numbers(read_phones(" ".join(map(format_national, e164s)))) == tuple(e164s)


@given(mobiles.filter(lambda e164: len(e164) > 12 and not e164.endswith("00000")))
def test_a_number_cell_gets_its_zero_back(e164: str) -> None:
    assert numbers(read_phones(float(e164[3:]))) == (e164,)
    assert numbers(read_phones(f"{e164[3:]}.0")) == (e164,)


@given(mobiles, st.integers(0, 12), st.sampled_from("xX*?_#%"))
def test_a_hidden_digit_is_never_filled_in(e164: str, place: int, mask: str) -> None:
    digits = format_national(e164)
    place = min(place, len(digits))
    assert numbers(read_phones(digits[:place] + mask + digits[place:])) == ()
    assert numbers(read_phones(digits[: place - 1] + mask + digits[place:])) == ()


@given(mobiles, st.integers(1, 11), st.sampled_from("oOiIlsSbBzZaeg"))
def test_a_letter_among_the_digits_is_never_read_as_one(e164: str, place: int, letter: str) -> None:
    digits = format_national(e164)
    assume(place < len(digits))
    assert numbers(read_phones(digits[:place] + letter + digits[place:])) == ()
    assert numbers(read_phones(digits[:place] + letter + digits[place + 1 :])) == ()


@given(mobiles, st.integers(1, 6))
def test_a_rounded_number_is_never_read(e164: str, kept: int) -> None:
    digits = e164[3:]
    text = f"{digits[0]}.{digits[1:kept]}E+{len(digits) - 1}"
    assert numbers(read_phones(text)) == ()
    assert numbers(read_phones(text.replace(".", ","))) == ()


@given(
    st.text(alphabet="0123456789 +-/.,;()xOI'E\n", max_size=40)
    | st.text(max_size=30)
    | st.floats()
    | st.integers(-(10**20), 10**20)
)
def test_digits_are_never_lost_or_added(cell: Cell) -> None:
    """What is read stands in the cell, digit for digit, but for a 0 or 62 in front; hostile text never raises."""
    read = read_phones(cell)
    written = re.sub(r"[^0-9]", "", read.raw)
    for number in read.numbers:
        assert is_valid(number.e164)
        national = number.e164.removeprefix("+62").removeprefix("+")
        assert national in written or "\uff10" <= max(read.raw, default="") <= "\uff19"
    if isinstance(cell, str) and not read.numbers:
        assert read.flags
    assert read == read_phones(cell)


@example(62434000000.5)
@given(
    st.text(alphabet="0123456789 +-/.,;()xOI'E\n", max_size=40)
    | st.lists(
        st.sampled_from(["0812", "0853020", "087710", "62", "81234567890", "90", "+"]), min_size=2, max_size=3
    ).flatmap(lambda parts: st.sampled_from(["\n", "\r\n", "/", " ", "-", " | "]).map(lambda mark: mark.join(parts)))
    | st.floats()
    | st.integers(8 * 10**8, 9 * 10**12).map(lambda number: number // 10**5 * 10**5)
    | st.floats(-(10.0**13), 10.0**13).map(lambda number: round(number, 1))
    | st.dates(date(1899, 12, 31))
)
def test_the_text_that_is_kept_never_gives_a_number_that_its_cell_did_not(cell: Cell) -> None:
    """What is doubted today is read again from its raw text some day; nobody can ask the cell any more then."""
    read = read_phones(cell)
    assert set(numbers(read_phones(read.raw))) <= set(numbers(read))


@given(
    st.lists(mobiles.map(format_national) | duri.map(format_display) | st.from_regex(r"[0-9]{1,9}", fullmatch=True))
    .filter(len)
    .flatmap(lambda parts: st.sampled_from([" ", "/", ", ", "-", " atau "]).map(lambda mark: mark.join(parts)))
)
def test_without_a_flag_no_digit_of_the_cell_is_left_over(text: str) -> None:
    read = read_phones(text)
    left = re.sub(r"[^0-9]", "", text)
    nationals = [number.e164.removeprefix("+62").removeprefix("+") for number in read.numbers]
    for national in sorted(nationals, key=len, reverse=True):  # a short one may stand inside a long one
        left = left.replace(national, " ")
    assert read.flags or re.fullmatch(r"(?: |0|62|1)*", left)  # 0, 62, 0062 and 00162 stand before numbers


@pytest.mark.parametrize(
    ("e164", "national", "display", "dialled"),
    [
        (ME, "081234567890", "0812-3456-7890", "081234567890"),
        ("+62811123456", "0811123456", "0811-123-456", "0811123456"),
        ("+62895345678901", "0895345678901", "0895-3456-78901", "0895345678901"),
        ("+6276591234", "076591234", "(0765) 91234", "91234"),
        ("+62217654321", "0217654321", "(021) 7654321", "0217654321"),
        ("+60123456789", "0060123456789", "+60 12-345 6789", "00160123456789"),
        ("+621500910", "1500910", "1500910", "1500910"),
    ],
)
def test_numbers_are_written_as_the_office_writes_them(e164: str, national: str, display: str, dialled: str) -> None:
    assert (format_national(e164), format_display(e164), dial(e164)) == (national, display, dialled)


def test_operator_and_place_are_told_where_they_are_known() -> None:
    assert [operator(e164) for e164 in (ME, "+6285912345678", "+6282812345678", "+6276591234")] == [
        "Telkomsel",
        "XL",
        None,
        None,
    ]
    assert [region(e164) for e164 in ("+6276591234", "+62761123456", ME, "+60123456789")] == [
        "Duri/Dumai",
        "Pekanbaru",
        None,
        "MY",
    ]


@given(mobiles | duri | malaysian, st.data())
def test_any_part_of_any_spelling_finds_the_number(e164: str, data: st.DataObject) -> None:
    stored = search_digits(e164)
    for spelling in (e164, format_national(e164), format_display(e164), e164[1:]):
        assert search_digits(spelling) == stored
    start = data.draw(st.integers(0, len(stored) - 4))
    fragment = stored[start : start + 4]
    assert search_digits(fragment) in stored


def test_a_typed_beginning_is_searched_without_its_prefix() -> None:
    assert search_digits("0812") == search_digits("+62 812") == search_digits("62812") == "812"
    assert search_digits("Pak Budi") == ""
