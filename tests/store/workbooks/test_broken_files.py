"""Files that were broken by a seed, through every kind of import: read, set aside or refused; no defect, within limits.

The ones here are few; `make soak` reads five thousand (tests/spoiled_workbooks.py, docs/development.md "Broken files").
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.errors import FileRefused
from store.workbooks.corrections import read_corrections
from store.workbooks.finance_files import read_listing_file, read_lookup_file, read_paid_file, read_register_file
from store.workbooks.limits import MEMORY
from store.workbooks.participants import read_participants
from store.workbooks.tables import tables
from tests.spoiled_parts import packed, unpacked
from tests.spoiled_workbooks import spoiled_file
from tests.store.deeds import DAY
from tests.workbooks_writers import Sheet, writers

ROOT = Path(__file__).resolve().parents[3]
WORDS = {"read", "unknown-kind", "damaged", "protected", "too-large", "empty", "no-text"}
LIMITS = {f"ended {-signal}" for signal in (6, 9, 24, 25)}
"""The child was ended by its limits of memory, time or size: the office says ``too-large``."""
BY_LIBRARY = {"ended -11", "ended -4"}
"""The workbook library fell over; the office says ``damaged``."""


def outcomes(folder: Path, first: int, count: int) -> Iterator[dict[str, Any]]:
    """What was made of files by their numbers; an exception of ours ends the process and so the run."""
    command = [sys.executable, "-m", "tests.store.workbooks.reading_nursery", str(folder), str(first), str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as nursery:
        assert nursery.stdout is not None
        for line in nursery.stdout:
            yield json.loads(line)
    assert nursery.returncode == 0


def judge(folder: Path, first: int, count: int) -> Counter[str]:
    """How often each word was said; every file was looked at, by every kind of import, within the limits."""
    words: Counter[str] = Counter()
    files = 0
    for made in outcomes(folder, first, count):
        files += 1
        for found in made["found"]:
            assert found["word"] in WORDS | LIMITS | BY_LIBRARY, (made["number"], made["done"], found)
            assert found["memory"] * 1024 <= MEMORY, (made["number"], made["done"], found)
            words[found["word"]] += 1
    assert files == count
    return words


def test_broken_files_are_read_or_refused_by_every_import(tmp_path: Path) -> None:
    words = judge(tmp_path, 100_000, 20)  # two of each kind of file, by each of the seven imports
    assert words["read"] > 10
    assert words["damaged"] > 10


@pytest.mark.parametrize("number", [1683, 1812])
def test_broken_packing_and_letters_that_there_are_not_are_no_fault_of_ours(number: int, tmp_path: Path) -> None:
    """In the note of when the workbook was saved, and in a part's own first line; found among the five thousand."""
    assert judge(tmp_path, number, 1).total() == 7


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 5000, 250))
def test_five_thousand_broken_files(first: int, tmp_path: Path) -> None:
    judge(tmp_path, first, 250)


def test_the_same_number_breaks_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    texts = [number for number in range(20) if number % 10 in (6, 7, 9)]  # workbooks say when they were saved
    for number in texts:
        first, done = spoiled_file(one, number)
        again, done_again = spoiled_file(other, number)
        assert (first.read_bytes(), done) == (again.read_bytes(), done_again)


@pytest.mark.parametrize("number", range(200_001, 200_004))
def test_through_the_office_s_own_child_a_broken_file_has_one_code(number: int, tmp_path: Path) -> None:
    path, done = spoiled_file(tmp_path, number)
    spool = tmp_path / "spool"
    spool.mkdir()
    for read in (read_listing_file, read_paid_file, read_register_file, read_lookup_file):
        try:
            assert list(read(path, spool_dir=spool).rows) is not None  # type: ignore[operator]
        except FileRefused as refused:
            assert refused.reason in WORDS, (done, refused)
    for people in (
        lambda: read_participants(path, spool_dir=spool),
        lambda: read_corrections(path, overrides={}, spool_dir=spool, today=DAY, area_code="765"),
    ):
        try:
            with people() as found:
                assert sum(sheet.rows for sheet in found.sheets) == len(list(found.rows()))
        except FileRefused as refused:
            assert refused.reason in WORDS, (done, refused)
    assert list(spool.iterdir()) == []


def test_a_cell_as_long_as_a_book_is_set_aside_in_a_list_to_look_up(tmp_path: Path) -> None:
    long = "9" * 8 + " \u3000\u4141" * 150_000
    made = read_lookup_file(f"1403091907679901\n{long}\n", spool_dir=tmp_path)
    assert [row.read.nik for row in made.rows] == ["1403091907679901", ""]
    assert [row.read.problem for row in made.rows] == ["", "kpj-unusable"]


def test_empty_rows_before_a_cell_in_the_last_corner_are_as_short_as_they_can_be(tmp_path: Path) -> None:
    path = tmp_path / "pojok.xlsx"
    writers["xlsx"](path, [Sheet("Juli", [["KPJ"], ["21000000001"]])], "xlsx")
    parts = unpacked(path.read_bytes())
    assert parts is not None
    sheet = next(name for name in parts if "worksheets/sheet" in name)
    parts[sheet] = re.sub(rb' r="[A-Z]+[0-9]+"', b' r="XFD1048576"', parts[sheet])
    (table,) = tables(packed(parts), "xlsx", "pojok", lambda _heading: False)
    widths = Counter(len(cells) for _number, cells in table.rows)
    assert widths == {0: 1_048_575, 16_384: 1}
