"""Tables in plain text: encodings, delimiters and quotes as programs and people really write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FileRefused
from store.workbooks.participant_headings import PARTICIPANTS
from store.workbooks.safe_open import kind_of
from store.workbooks.tables import decode, text_rows

HEADER = "KPJ;NAMA;HP\n"


def rows(text: str, encoding: str = "utf-8") -> list[list[object]]:
    return [list(cells) for _, cells in text_rows(text.encode(encoding), PARTICIPANTS.is_known)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_every_encoding(encoding: str) -> None:
    assert rows(HEADER + "980;JOSÉ Ñ;08\n", encoding)[1] == ["980", "JOSÉ Ñ", "08"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_headings(delimiter: str) -> None:
    text = f"DAFTAR, PESERTA; JULI\nKPJ{delimiter}NAMA{delimiter}HP\n980{delimiter}SITI{delimiter}08,12;13\n"
    assert rows(text)[1] == ["KPJ", "NAMA", "HP"]


def test_the_delimiter_may_be_said_in_the_first_line() -> None:
    assert [cells for _, cells in text_rows(b"sep=;\nKPJ;NAMA\n980;SITI\n", PARTICIPANTS.is_known)] == [
        ["KPJ", "NAMA"],
        ["980", "SITI"],
    ]
    assert [number for number, _ in text_rows(b"sep=;\nKPJ;NAMA\n980;SITI\n", PARTICIPANTS.is_known)] == [2, 3]


def test_quoted_cells_may_hold_delimiters_quotes_and_lines() -> None:
    assert rows(HEADER + '980;"KOTO; SITI ""UMI""\nRT 2";08\n')[1] == ["980", 'KOTO; SITI "UMI"\nRT 2', "08"]


def test_a_stray_quote_swallows_no_rows() -> None:
    read = rows(HEADER + '980;"SITI;081\n981;BUDI "BEN";082\n982;"NUR";083\n')
    assert read[1:] == [["980", '"SITI', "081"], ["981", 'BUDI "BEN"', "082"], ["982", "NUR", "083"]]


def test_the_text_inside_a_text_formula_is_meant() -> None:
    assert rows(HEADER + '="0980";SITI;="0812"\n')[1] == ["0980", "SITI", "0812"]
    assert rows(HEADER + "980;=1+1;08\n")[1] == ["980", "=1+1", "08"]


def test_empty_cells_are_none() -> None:
    assert rows(HEADER + "980;;\n")[1] == ["980", None, None]


@pytest.mark.parametrize("data", [bytes(range(256)) * 10, b"\xff\xfea", b"KPJ\x00NAMA", b"\x81\x8d\x8f" * 100])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        kind_of(data)
        decode(data)
    assert refused.value.reason == "unknown-kind"


ALPHABET = st.characters(codec="utf-8", exclude_characters="\ufeff=", exclude_categories=["Cc"])
CELL = st.text(alphabet=ALPHABET, max_size=12)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t|"))
def test_what_a_program_writes_is_what_is_read(table: list[list[str]], delimiter: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["KPJ", "NAMA", "HP"], *table])
    assert rows(written.getvalue())[1:] == [[cell or None for cell in row] for row in table]
