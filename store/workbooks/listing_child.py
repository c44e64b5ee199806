"""Reads a listing of transactions inside the child process, row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from store.rules.listing_lines import ListingLine, read_line
from store.rules.readings import Reason
from store.workbooks.any_tables import any_tables
from store.workbooks.table_reader import Cells, Emit, Take, read_tables
from store.workbooks.tables import Table
from store.workbooks.voucher_headings import LISTINGS

_NAMES = [field.name for field in fields(ListingLine) if field.name not in ("sheet", "booked_on", "reasons")]


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Hands each data row, total and title to ``emit`` as a line; says what was found on the sheets.

    ``settings``: ``stem``, ``overrides``, ``with_hidden``. Raises `FileRefused`.
    """

    def taker(_number: int, table: Table) -> Take:
        def take(number: int, kind: str, cells: Cells) -> None:
            emit(pack(read_line(table.name, number, kind, cells, epoch_1904=table.epoch_1904)))

        return take

    return read_tables(any_tables(data, settings["stem"], LISTINGS), LISTINGS, settings, taker)


def pack(line: ListingLine) -> bytes:
    """One line of JSON that can build nothing but a row."""
    day = line.booked_on.isoformat() if line.booked_on else None
    reasons = [[reason.code, reason.field, reason.raw] for reason in line.reasons]
    return json.dumps([line.sheet, day, reasons, *(getattr(line, name) for name in _NAMES)]).encode("ascii") + b"\n"


def unpack(line: bytes) -> ListingLine:
    """The row of one line."""
    sheet, day, reasons, *values = json.loads(line)
    return ListingLine(
        sheet=sheet,
        booked_on=date.fromisoformat(day) if day else None,
        reasons=tuple(Reason(*said) for said in reasons),
        **dict(zip(_NAMES, values, strict=True)),
    )
