"""Reads a list of NIK or KPJ inside the child process, with headings or without."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from store.errors import FileRefused
from store.rules.lookups import LookupRead, read_bare, read_named
from store.rules.readings import Cell
from store.rules.text import first_said, raw_text
from store.value_class import value_class
from store.workbooks.any_tables import any_tables
from store.workbooks.participant_headings import PARTICIPANTS
from store.workbooks.table_reader import Cells, Emit, Take, held, read_tables
from store.workbooks.tables import Table

MOST_LINES: Final = 20_000
"""Lines of one list; nobody looks up more by hand."""

_LISTS: Final = replace(PARTICIPANTS, needed=(("no-nik", frozenset({"nik", "kpj"})),))


@value_class
class LookupRow:
    """One line with where it stood and what it said."""

    sheet: str
    row: int
    told: str
    read: LookupRead


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Hands each line that names somebody, or tries to, to ``emit``. ``settings``: as of `read_tables`, and ``stem``.

    Raises `FileRefused`.
    """
    found: list[dict[str, Any]] = []
    layout = ""
    for table in any_tables(data, settings["stem"], _LISTS):
        rows = list(itertools.islice(table.rows, MOST_LINES + 1))
        if len(rows) > MOST_LINES:
            raise FileRefused("", "too-large", f"rows>{MOST_LINES}")
        headed: list[LookupRow] = []
        said = read_tables([replace(table, rows=iter(rows))], _LISTS, settings, _taker(dict(rows), headed))
        sheet = said["sheets"][0]
        if sheet["skipped"] in ("no-header", "no-nik"):
            headed = [_bare(table.name, number, cells) for number, cells in rows if held(cells)]
            sheet |= {"skipped": None, "rows": sum(line.read.usable for line in headed), "columns": {}}
        else:
            layout = layout or said["layout"]
        found.append(sheet)
        for line in headed:
            if line.read.usable or line.read.problem:
                emit(pack(line))
    return {"sheets": found, "layout": layout, "unused_overrides": []}


def _taker(rows: Mapping[int, list[Cell]], lines: list[LookupRow]) -> Any:
    def taker(_number: int, table: Table) -> Take:
        def take(number: int, kind: str, cells: Cells) -> None:
            if kind != "data":
                return
            nik, kpj, name = (first_said(cells.get(field, ())) for field in ("nik", "kpj", "name"))
            lines.append(LookupRow(table.name, number, _told(rows.get(number, [])), read_named(nik, kpj, name)))

        return take

    return taker


def _bare(sheet: str, number: int, cells: list[Cell]) -> LookupRow:
    return LookupRow(sheet, number, _told(cells), read_bare(cells))


def _told(cells: list[Cell]) -> str:
    return " · ".join(filter(None, map(raw_text, cells)))[:300]


def pack(line: LookupRow) -> bytes:
    """One line of JSON that can build nothing but a row."""
    return json.dumps([line.sheet, line.row, line.told, asdict(line.read)]).encode("ascii") + b"\n"


def unpack(line: bytes) -> LookupRow:
    """The row of one line."""
    sheet, row, told, read = json.loads(line)
    return LookupRow(sheet, row, told, LookupRead(**read))
