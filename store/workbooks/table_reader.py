"""Reads the tables of a file inside the child process, for any kind of list: headers, mapping, then row by row."""

from __future__ import annotations

import bisect
import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from store.errors import FileRefused
from store.rules.readings import Cell
from store.workbooks.content import plain
from store.workbooks.headings import Vocabulary, normalise
from store.workbooks.sheets import (
    ColumnMap,
    Header,
    cells_of,
    find_header,
    kind_of_row,
    map_columns,
    reorder,
)
from store.workbooks.tables import NumberedRow, Table

LOOKED_AT = 200  # rows that are looked at before the columns are settled
PREVIEW_ROWS = 10
PREVIEW_COLUMNS = 60
PREVIEW_CELL = 120
MOST_HEADINGS = 20_000  # all sheets together; more is no list

Emit = Callable[[bytes], object]
Cells = dict[str, list[Cell]]
Take = Callable[[int, str, Cells], None]
"""Takes one row: its number, its kind (data; totals and title where the vocabulary asks for them), cells by field."""


def read_tables(
    found: Iterable[Table],
    vocabulary: Vocabulary,
    settings: Mapping[str, Any],
    taker: Callable[[int, Table], Take],
) -> dict[str, Any]:
    """Reads every table, hands the rows of each to its taker and returns what was found on the sheets.

    `settings`: `overrides` (heading to field, or ''), `with_hidden`. `taker` is asked once a table, with its number.
    Raises `FileRefused`.
    """
    overrides = {normalise(heading): field for heading, field in settings["overrides"].items()}
    sheets = [
        _Sheet(table, vocabulary, overrides, taker(number, table), with_hidden=settings["with_hidden"]).read()
        for number, table in enumerate(found)
    ]
    headings = sum(len(sheet["columns"]) for sheet in sheets)
    if headings > MOST_HEADINGS:
        raise FileRefused("", "too-large", f"columns={headings}")
    met = {normalise(heading) for sheet in sheets for heading in sheet["columns"]}
    main = max(sheets, key=lambda sheet: sheet["rows"], default=None)
    return {
        "sheets": sheets,
        "layout": _layout(main["columns"]) if main and main["columns"] else "",
        "unused_overrides": [heading for heading in settings["overrides"] if normalise(heading) not in met],
    }


def _layout(columns: Mapping[str, str | None]) -> str:
    """A signature of the headings and their order: the same layout finds its saved mapping again."""
    return hashlib.sha256("\n".join(normalise(heading) for heading in columns).encode()).hexdigest()


class _Sheet:
    """One table on its way through."""

    def __init__(
        self, table: Table, vocabulary: Vocabulary, overrides: Mapping[str, str], take: Take, *, with_hidden: bool
    ) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._overrides = overrides
        self._take = take
        self._with_hidden = with_hidden
        self._left_out: Counter[str] = Counter()
        self._columns: dict[str, str | None] = {}
        self._doubts: list[list[str]] = []
        self._preview: list[list[str]] = []
        self._header_row: int | None = None
        self._rows = 0

    def read(self) -> dict[str, Any]:
        skipped = self._read()
        return {
            "name": self._table.name,
            "hidden": self._table.hidden,
            "header_row": self._header_row,
            "columns": self._columns,
            "rows": self._rows,
            "skipped": skipped,
            "doubts": self._doubts,
            "left_out": dict(self._left_out),
            "preview": self._preview,
        }

    def _read(self) -> str | None:
        """Why the sheet was not taken, or None."""
        if self._table.chart:
            return "chart"
        first = list(itertools.islice(self._table.rows, LOOKED_AT))
        while first and not any(held(cells) for _, cells in first):  # a table may begin far below
            first = list(itertools.islice(self._table.rows, LOOKED_AT))
        if not first:
            return "empty"
        header = find_header(first, self._overrides, self._vocabulary)
        if header is None:
            self._preview = [_texts(cells) for _, cells in first if held(cells)][:PREVIEW_ROWS]
            return "hidden" if self._table.hidden and not self._with_hidden else "no-header"
        below = [(number, cells) for number, cells in first if number > header.last_row]
        mapped = map_columns(header, [cells for _, cells in below], self._overrides, self._vocabulary)
        self._describe(header, mapped, [cells for _, cells in below])
        if self._table.hidden and not self._with_hidden:
            return "hidden"
        if (reason := self._vocabulary.missing(mapped.fields)) is not None:
            return reason
        if self._vocabulary.totals:
            for number, cells in first:
                if number < header.row and held(cells):
                    self._take(number, "title", {"title": list(cells)})
        self._read_rows(itertools.chain(below, self._table.rows), header, mapped)
        return None

    def _describe(self, header: Header, mapped: ColumnMap, below: Sequence[list[Cell]]) -> None:
        self._header_row = header.row
        self._columns = mapped.shown(header)
        self._doubts = [[doubt.heading, doubt.field, doubt.looks_like] for doubt in mapped.doubts]
        data = (cells for cells in below if kind_of_row(cells, mapped, header, self._vocabulary) == "data")
        headed = [column for column, heading in enumerate(header.headings) if heading]
        self._preview = [_texts(_at(cells, headed)) for cells in itertools.islice(data, PREVIEW_ROWS)]

    def _read_rows(self, rows: Iterator[NumberedRow], header: Header, mapped: ColumnMap) -> None:
        vocabulary = self._vocabulary
        merged = Merged(self._table.merged, mapped, vocabulary.filled)
        for number, cells in rows:
            kind = kind_of_row(cells, mapped, header, vocabulary)
            merged.fill(number, cells)
            if kind == "data":
                self._take(number, kind, cells_of(cells, mapped))
                self._rows += 1
                continue
            self._left_out[kind] += 1
            if kind == "totals" and vocabulary.totals:
                self._take(number, kind, cells_of(cells, mapped))
            elif kind == "repeated-header":
                header, mapped = reorder(cells, number, header, mapped, vocabulary)
                merged = Merged(self._table.merged, mapped, vocabulary.filled)
                self._columns |= {
                    text: name for text, name in mapped.shown(header).items() if text not in self._columns
                }


class Merged:
    """A company's name merged over the rows of its people stands in the first of them only; the others show it too."""

    def __init__(self, merged: list[tuple[int, int, int]], mapped: ColumnMap, filled: frozenset[str]) -> None:
        columns = {column for column, name in enumerate(mapped.fields) if name in filled}
        self._areas: dict[int, list[tuple[int, int]]] = {}
        for first, last, column in sorted(merged):
            if column in columns:
                self._areas.setdefault(column, []).append((first, last))
        self._values: dict[int, tuple[int, Cell]] = {}

    def fill(self, number: int, cells: list[Cell]) -> None:
        for column, areas in self._areas.items():
            index = bisect.bisect_right(areas, number, key=lambda area: area[0]) - 1
            if index < 0 or number > areas[index][1] or column >= len(cells):
                continue
            if number == areas[index][0]:
                self._values[column] = (number, cells[column])
            elif cells[column] is None and self._values.get(column, (0, None))[0] == areas[index][0]:
                cells[column] = self._values[column][1]


def held(cells: list[Cell]) -> bool:
    return any(cell is not None for cell in cells)


def _at(cells: list[Cell], columns: list[int]) -> list[Cell]:
    return [cells[column] if column < len(cells) else None for column in columns]


def _texts(cells: list[Cell]) -> list[str]:
    return [plain(cell)[:PREVIEW_CELL] for cell in cells[:PREVIEW_COLUMNS]]
