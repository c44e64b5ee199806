"""Tables out of a file's bytes: sheets of .xlsx .xlsm .xls .ods, or one table of plain text. Runs in the child."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from store.errors import FileRefused
from store.rules.readings import Cell
from store.workbooks.headings import show_heading
from store.workbooks.limits import foreign_code
from store.workbooks.safe_open import Kind
from store.workbooks.workbook_xml import Errors, WorkbookXml

Known = Callable[[str], bool]
"""Whether a text is a heading of the lists that are expected."""

NumberedRow = tuple[int, list[Cell]]
"""A row with its number as Excel shows it (1-based); the first cell is column A."""

MAX_SHEETS = 5000
DELIMITERS = (";", "\t", "|", ",")
_LONGEST_CELL = 131_072
_SAID_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_TEXT_FORMULA = re.compile(r'=\s*"([^"]*)"')


@dataclass
class Table:
    """One sheet; ``rows`` can be walked once."""

    name: str
    hidden: bool
    chart: bool
    rows: Iterator[NumberedRow]
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """Vertically merged cells: first row, last row (1-based), column (0-based)."""
    epoch_1904: bool = False
    """Whether bare day numbers count from 1904."""
    of: int = 1
    """How many tables the file has."""
    height: int = 0
    """The number of the last row, 0 where only the walk tells."""


def tables(data: bytes, kind: Kind, stem: str, known: Known) -> Iterator[Table]:
    """The tables of a file in its order; ``stem`` names the one table of a text file.

    Raises `FileRefused` with ``damaged``, ``protected``, ``unknown-kind`` or ``too-large``.
    """
    if kind == "text":
        yield Table(stem, hidden=False, chart=False, rows=text_rows(data, known))
        return
    yield from _sheets(data, kind)


def _sheets(data: bytes, kind: Kind) -> Iterator[Table]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        with foreign_code():
            book = load_workbook(io.BytesIO(data))
        found = book.sheets_metadata
        if len(found) > MAX_SHEETS:
            raise FileRefused("", "too-large", f"sheets={len(found)} limit={MAX_SHEETS}")
        xml = WorkbookXml(data) if kind == "xlsx" else None
        for index, about in enumerate(found):
            hidden = about.visible != SheetVisibleEnum.Visible
            if about.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                yield Table(about.name, hidden, chart=True, rows=iter(()))
                continue
            with foreign_code():
                sheet = book.get_sheet_by_index(index)
            offset = sheet.start[1] if sheet.start else 0
            merged = [
                (first[0] + 1, last[0] + 1, column)
                for first, last in sheet.merged_cell_ranges or ()
                if last[0] > first[0] and last[1] - first[1] < 64
                for column in range(first[1], last[1] + 1)
            ]
            rows = _sheet_rows(sheet.iter_rows(), offset, xml.errors(about.name) if xml and sheet.start else {})
            epoch_1904, count, height = xml is not None and xml.epoch_1904, len(found), sheet.total_height
            yield Table(about.name, hidden, False, rows, merged, epoch_1904, count, height)
            del sheet, rows
    except PasswordError:
        raise FileRefused("", "protected") from None
    except CalamineError as error:
        raise FileRefused("", "damaged", type(error).__name__) from None


def _sheet_rows(rows: Iterator[Sequence[Any]], offset: int, errors: Errors) -> Iterator[NumberedRow]:
    before: list[Cell] = [None] * offset
    for number, cells in enumerate(rows, 1):
        if number not in errors and all(cell == "" for cell in cells):
            yield number, []  # a million of them may stand before the first cell, each as wide as a sheet can be
            continue
        row = before + [_cell(cell) if cell == "" or type(cell) is timedelta else cell for cell in cells]
        for column, error in errors.get(number, {}).items():
            row.extend([None] * (column + 1 - len(row)))
            row[column] = error
        yield number, row


def _cell(value: str | timedelta) -> Cell:
    """What the library gives that is no `Cell`: empty ones, and lengths of time. Its other types are those of Cell."""
    return None if value == "" else str(value)


def text_rows(data: bytes, known: Known) -> Iterator[NumberedRow]:
    """The rows of a plain text table: UTF-8, UTF-16 with its mark, else Windows-1252; the delimiter found by trying."""
    text = decode(data)
    said = _SAID_DELIMITER.match(text)
    skipped = 1 if said else 0
    if said:
        text = text[said.end() :]
    delimiter = said.group(1) if said else _delimiter_of(text, known)
    for number, cells in enumerate(_records(text, delimiter), 1 + skipped):
        yield number, [_text_cell(cell) for cell in cells]


def decode(data: bytes) -> str:
    """Raises `FileRefused` ``unknown-kind`` for bytes that are no text in any of the encodings."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("", "unknown-kind")


def _delimiter_of(text: str, known: Known) -> str:
    """The delimiter under which most headings are known, then the one that gives the most cells."""
    head = "".join(itertools.islice(io.StringIO(text, newline=""), 40))

    def score(delimiter: str) -> tuple[int, int]:
        rows = list(_split_plainly(head, delimiter))
        met = max((sum(known(show_heading(cell)) for cell in row) for row in rows), default=0)
        return met, sum(len(row) - 1 for row in rows)

    return max(DELIMITERS, key=score)


def is_delimited(text: str, known: Known) -> bool:
    """Whether some line shows three headings between delimiters; else its columns may be made of spaces."""
    lines = list(itertools.islice(io.StringIO(text, newline=None), 200))
    return any(
        sum(known(show_heading(cell)) for cell in row) >= 3
        for delimiter in DELIMITERS
        for line in lines
        for row in _split_plainly(line, delimiter)
    )


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records as Excel would see them; where a stray quote would swallow rows, each line stands for itself."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return _split_plainly(text, delimiter)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _split_plainly(text: str, delimiter: str) -> Iterator[list[str]]:
    for line in io.StringIO(text, newline=None):
        yield [_unquote(cell) for cell in line.rstrip("\n").split(delimiter)]


def _unquote(cell: str) -> str:
    if len(cell) >= 2 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _text_cell(text: str) -> Cell:
    """Programs write ``="0812"`` so that Excel keeps the zero; the text inside is what is meant."""
    formula = _TEXT_FORMULA.fullmatch(text.strip()) if text.startswith("=") else None
    return (formula.group(1) if formula else text) or None
