"""Reads a participant list inside the child process: tables, headers and mapping, then the rules row by row."""

from __future__ import annotations

import bisect
import functools
import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from store.errors import FileRefused
from store.rules.participants import ParticipantRow, read_participant
from store.rules.phones import AREA_CODE
from store.rules.readings import Cell
from store.workbooks.content import plain
from store.workbooks.headings import normalise
from store.workbooks.row_lines import write_row
from store.workbooks.safe_open import kind_of
from store.workbooks.sheets import (
    ColumnMap,
    Header,
    cells_of,
    find_header,
    find_heading,
    kind_of_row,
    map_columns,
    reorder,
)
from store.workbooks.tables import NumberedRow, Table, tables

LOOKED_AT = 200  # rows that are looked at before the columns are settled
PREVIEW_ROWS = 10
PREVIEW_COLUMNS = 60
PREVIEW_CELL = 120
MOST_HEADINGS = 2000  # all sheets together; more is no list of people
_FILLED = ("npp", "company", "pembina")  # what people merge over the rows of one company

Emit = Callable[[bytes], object]
ReadRow = Callable[[dict[str, list[Cell]]], ParticipantRow]


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Reads the file's bytes, hands each data row to ``emit`` as a line and returns what was found on the sheets.

    ``settings``: ``stem`` (name for the table of a text file), ``overrides`` (heading -> field or ''), ``with_hidden``,
    ``today`` (ISO date: nobody is born after it, or None), ``area_code`` (of the office, for numbers without one),
    ``kpj_only`` (a list of KPJ: no other column is asked for or read).
    Raises `FileRefused`.
    """
    overrides = {normalise(heading): field for heading, field in settings["overrides"].items()}
    today, area_code = settings["today"], settings["area_code"]
    read = functools.partial(
        read_participant, today=date.fromisoformat(today) if today else None, area_code=area_code or AREA_CODE
    )
    found = []
    for number, table in enumerate(tables(data, kind_of(data), settings["stem"])):
        read_here = functools.partial(read, epoch_1904=table.epoch_1904)
        if settings["kpj_only"]:
            read_here = functools.partial(_kpj_alone, read_here)
        sheet = _Sheet(
            number, table, overrides, read_here, with_hidden=settings["with_hidden"], kpj_only=settings["kpj_only"]
        )
        found.append(sheet.read(emit))
    if sum(len(sheet["columns"]) for sheet in found) > MOST_HEADINGS * 10:
        raise FileRefused("", "too-large", f"columns={sum(len(sheet['columns']) for sheet in found)}")
    met = {normalise(heading) for sheet in found for heading in sheet["columns"]}
    main = max(found, key=lambda sheet: sheet["rows"], default=None)
    return {
        "sheets": found,
        "layout": _layout(main["columns"]) if main and main["columns"] else "",
        "unused_overrides": [heading for heading in settings["overrides"] if normalise(heading) not in met],
    }


def _kpj_alone(read: ReadRow, cells: dict[str, list[Cell]]) -> ParticipantRow:
    """A row of which only the KPJ is asked; who it is, the office knows."""
    return read({"kpj": cells.get("kpj", []), "name": ["PESERTA"]})


def _layout(columns: Mapping[str, str | None]) -> str:
    """A signature of the headings and their order: the same layout finds its saved mapping again."""
    return hashlib.sha256("\n".join(normalise(heading) for heading in columns).encode()).hexdigest()


class _Sheet:
    """One table on its way through."""

    def __init__(
        self,
        number: int,
        table: Table,
        overrides: Mapping[str, str],
        read_row: ReadRow,
        *,
        with_hidden: bool,
        kpj_only: bool = False,
    ) -> None:
        self._number = number
        self._table = table
        self._overrides = overrides
        self._read_row = read_row
        self._with_hidden = with_hidden
        self._kpj_only = kpj_only
        self._left_out: Counter[str] = Counter()
        self._columns: dict[str, str | None] = {}
        self._doubts: list[list[str]] = []
        self._preview: list[list[str]] = []
        self._header_row: int | None = None
        self._rows = 0

    def read(self, emit: Emit) -> dict[str, Any]:
        skipped = self._read(emit)
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

    def _read(self, emit: Emit) -> str | None:
        """Why the sheet was not taken, or None."""
        if self._table.chart:
            return "chart"
        first = list(itertools.islice(self._table.rows, LOOKED_AT))
        while first and not any(_held(cells) for _, cells in first):  # a table may begin far below
            first = list(itertools.islice(self._table.rows, LOOKED_AT))
        if not first:
            return "empty"
        header = find_header(first, self._overrides)
        if header is None and self._kpj_only:
            header = find_heading(first, "kpj")
        if header is None:
            self._preview = [_texts(cells) for _, cells in first if _held(cells)][:PREVIEW_ROWS]
            return "hidden" if self._table.hidden and not self._with_hidden else "no-header"
        below = [(number, cells) for number, cells in first if number > header.last_row]
        mapped = map_columns(header, [cells for _, cells in below], self._overrides)
        self._header_row = header.row
        self._columns = mapped.shown(header)
        self._doubts = [[doubt.heading, doubt.field, doubt.looks_like] for doubt in mapped.doubts]
        data = (cells for _, cells in below if kind_of_row(cells, mapped, header) == "data")
        headed = [column for column, heading in enumerate(header.headings) if heading]
        self._preview = [_texts(_at(cells, headed)) for cells in itertools.islice(data, PREVIEW_ROWS)]
        if self._table.hidden and not self._with_hidden:
            return "hidden"
        if mapped.column("kpj") is None:
            return "no-kpj"
        if not mapped.has_name and not self._kpj_only:
            return "no-name"
        self._read_rows(itertools.chain(below, self._table.rows), header, mapped, emit)
        return None

    def _read_rows(self, rows: Iterator[NumberedRow], header: Header, mapped: ColumnMap, emit: Emit) -> None:
        merged = _Merged(self._table.merged, mapped)
        for number, cells in rows:
            kind = kind_of_row(cells, mapped, header)
            merged.fill(number, cells)
            if kind == "data":
                participant, verdict, reasons = self._read_row(cells_of(cells, mapped))
                emit(write_row(self._number, number, verdict, participant, reasons))
                self._rows += 1
                continue
            self._left_out[kind] += 1
            if kind == "repeated-header":
                header, mapped = reorder(cells, number, header, mapped)
                merged = _Merged(self._table.merged, mapped)
                self._columns |= {
                    text: name for text, name in mapped.shown(header).items() if text not in self._columns
                }


class _Merged:
    """A company's name merged over the rows of its people stands in the first of them only; the others show it too."""

    def __init__(self, merged: list[tuple[int, int, int]], mapped: ColumnMap) -> None:
        columns = {column for column, name in enumerate(mapped.fields) if name in _FILLED}
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


def _held(cells: list[Cell]) -> bool:
    return any(cell is not None for cell in cells)


def _at(cells: list[Cell], columns: list[int]) -> list[Cell]:
    return [cells[column] if column < len(cells) else None for column in columns]


def _texts(cells: list[Cell]) -> list[str]:
    return [plain(cell)[:PREVIEW_CELL] for cell in cells[:PREVIEW_COLUMNS]]
