"""Reads one file of a merge inside the child process: sheet by sheet, each row at once as bytes of the result."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from store.rules.readings import Cell
from store.workbooks.merge_cells import CsvRows, Seen, XlsxRows, column_letters
from store.workbooks.merge_columns import ANY_LIST, Columns, person_field
from store.workbooks.merge_sheets import RowKinds, find_merge_header
from store.workbooks.safe_open import kind_of
from store.workbooks.sheets import ColumnMap
from store.workbooks.table_reader import LOOKED_AT, Emit, Merged, held
from store.workbooks.tables import NumberedRow, Table, tables

_FLUSH = 500  # rows
_SAID = 2_000  # rows between two words about how far it is

Order = list[tuple[int, int, bool]]
"""Column of the sheet, column of the result, whether its numbers are names of something; by column of the result."""


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Hands the rows of all sheets to ``emit`` as they will stand in the result and returns what was found.

    ``settings``: ``file`` (its shown name), ``stem`` (name for the table of a text file), ``form`` (xlsx or csv),
    ``provenance``, ``columns`` (`Columns.state` after the files before), ``rows`` (of the files before),
    ``sheet_rows`` (most rows of a sheet), ``progress`` (a descriptor for how far it is). Raises `FileRefused`.
    """
    output = _Output(settings, emit)
    columns = Columns(settings["columns"])
    sheets = []
    found = tables(
        data, kind_of(data), settings["stem"], lambda text: ANY_LIST.is_known(text) or columns.is_known(text)
    )
    for at, table in enumerate(found):
        output.at(at, table)
        sheets.append(_Sheet(table, columns, output).read())
        output.flush()
    return {"sheets": sheets, "columns": columns.state(), "rows": output.rows, "breaks": output.breaks}


class _Output:
    """Where the rows go: what was written so far, and where in it a new sheet or a wider row begins."""

    def __init__(self, settings: Mapping[str, Any], emit: Emit) -> None:
        self.rows = 0
        self.breaks: list[tuple[int, int, int]] = []
        """Where a sheet of the result begins or lines grow: byte, rows of this file before it, columns from there."""
        self._emit = emit
        self._file: str = settings["file"]
        self._provenance: bool = settings["provenance"]
        self._before: int = settings["rows"]
        self._most: int = settings["sheet_rows"] - 1  # below the headings
        self._xlsx = XlsxRows() if settings["form"] == "xlsx" else None
        self._csv = CsvRows()
        self._bytes = 0
        self._width = -1
        self._held: list[str] = []
        self._progress: int = settings["progress"]
        self._sheet = ("", 0, 1, 0)

    def at(self, number: int, table: Table) -> None:
        self._sheet = (table.name, number, table.of, table.height)
        self._say(0)

    def write(self, number: int, cells: Sequence[Cell], order: Order, seen: Seen, width: int) -> None:
        """One row of the present sheet; ``width`` is the number of columns of the result so far."""
        front = (self._file, self._sheet[0], number) if self._provenance else ()
        at = (self._before + self.rows) % self._most
        if self._xlsx is not None:
            if at == 0:
                self._break(width)
            self._held.append(self._xlsx.row(at + 2, front, cells, order, seen))
        else:
            if width != self._width:
                self._break(width)
            self._held.append(self._csv.row(front, cells, order, seen, width))
        self.rows += 1
        if len(self._held) >= _FLUSH:
            self.flush()
        if self.rows % _SAID == 0:
            self._say(number)

    def _break(self, width: int) -> None:
        self.flush()
        self._width = width
        self.breaks.append((self._bytes, self.rows, width))

    def flush(self) -> None:
        block = "".join(self._held).encode("utf-8")
        self._held.clear()
        self._bytes += len(block)
        self._emit(block)

    def _say(self, row: int) -> None:
        _name, number, of, height = self._sheet
        os.pwrite(self._progress, b"%12d%12d%12d%12d%12d" % (number, of, row, height, self.rows), 0)


class _Sheet:
    """One sheet on its way into the result."""

    def __init__(self, table: Table, columns: Columns, output: _Output) -> None:
        self._table = table
        self._columns = columns
        self._output = output
        self._left_out: Counter[str] = Counter()
        self._header_row: int | None = None
        self._headings: dict[str, str] = {}
        self._added: list[str] = []
        self._seen = Seen()
        self._rows = 0
        self._there = 0
        self._order: Order = []
        self._free: list[int] = []
        """Columns of the sheet that have no heading."""
        self._width = 0

    def read(self) -> dict[str, Any]:
        skipped = self._read()
        return {
            "name": self._table.name,
            "header_row": self._header_row,
            "rows": self._rows,
            "columns": self._headings,
            "added": self._added,
            "left_out": dict(self._left_out),
            "skipped": skipped,
            "there": self._there,
            **asdict(self._seen),
        }

    def _read(self) -> str | None:
        """Why the sheet was set aside, or None."""
        if self._table.chart:
            return "chart"
        rows = self._table.rows
        first = list(itertools.islice(rows, LOOKED_AT))
        while first and not any(held(cells) for _, cells in first):  # a table may begin far below
            first = list(itertools.islice(rows, LOOKED_AT))
        if not first:
            return "empty"
        header = find_merge_header(first, self._columns)
        self._header_row = header.row if header else None
        if self._table.hidden:
            return "hidden"
        if header is None:
            return "no-header"
        if not self._columns.akin(header.headings):
            self._headings = {text: "" for text in header.headings if text}
            self._there = sum(held(cells) for number, cells in itertools.chain(first, rows) if number > header.last_row)
            return "foreign"
        self._align(header.headings)
        self._left_out["above"] = sum(held(cells) for number, cells in first if number < header.row)
        below = [row for row in first if row[0] > header.last_row]
        self._take(itertools.chain(below, rows), RowKinds(header))
        return None

    def _align(self, headings: Sequence[str]) -> None:
        """From here on the columns of the sheet stand in this order."""
        before = len(self._columns.columns)
        matched = self._columns.align(headings)
        made = self._columns.columns
        self._order = sorted(
            ((column, index, made[index].identifier) for column, index in enumerate(matched) if index is not None),
            key=lambda each: each[1],
        )
        self._free = [column for column, index in enumerate(matched) if index is None]
        self._width = len(headings)
        self._headings |= {
            text: made[index].heading for text, index in zip(headings, matched, strict=True) if index is not None
        }
        if before:  # the first sheet's own columns are what the others are held against
            self._added += [each.heading for each in made[before:]]

    def _take(self, rows: Iterator[NumberedRow], kinds: RowKinds) -> None:
        output, columns, seen = self._output, self._columns, self._seen
        merged = self._merged(kinds)
        for number, cells in rows:
            merged.fill(number, cells)
            kind = kinds.kind(cells)
            if kind == "data":
                if self._free or len(cells) > self._width:
                    self._give_headings(cells)
                output.write(number, cells, self._order, seen, len(columns.columns))
                self._rows += 1
                continue
            self._left_out[kind] += 1
            if kind == "repeated-header":
                again = kinds.again(cells, number)
                if again is not kinds:
                    kinds = again
                    self._align(kinds.header.headings)
                    merged = self._merged(kinds)

    def _merged(self, kinds: RowKinds) -> Merged:
        fields = [person_field(text) if text else None for text in kinds.header.headings]
        return Merged(self._table.merged, ColumnMap(list(fields)), ANY_LIST.filled)

    def _give_headings(self, cells: Sequence[Cell]) -> None:
        """A cell below no heading is kept, in a column called by its letters."""
        self._free += range(self._width, len(cells))
        self._width = max(self._width, len(cells))
        for column in [free for free in self._free if free < len(cells) and cells[free] is not None]:
            heading = f"KOLOM {column_letters(column)}"
            index = self._columns.align([heading])[0]
            if index is not None:
                self._order = sorted([*self._order, (column, index, False)], key=lambda each: each[1])
            self._headings[heading] = heading
            self._added.append(heading)
            self._free.remove(column)
