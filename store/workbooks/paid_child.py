"""Reads a list of paid claim files inside the child process, row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from store.rules.listing_lines import read_line
from store.rules.paid import PaidRow, read_paid
from store.rules.readings import Reason
from store.workbooks.any_tables import any_tables
from store.workbooks.table_reader import Cells, Emit, Take, read_tables
from store.workbooks.tables import Table
from store.workbooks.voucher_headings import PAID_LISTS

_NAMES = [field.name for field in fields(PaidRow) if field.name not in ("paid_on", "reasons")]


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Hands each row to ``emit`` as a line; a day in the titles serves the rows that have none of their own.

    ``settings``: ``stem``, ``overrides``, ``with_hidden``. Raises `FileRefused`.
    """

    def taker(_number: int, table: Table) -> Take:
        days: set[date] = set()

        def take(number: int, kind: str, cells: Cells) -> None:
            if kind == "title":
                days.update({day for day in (read_line("", number, kind, cells).booked_on,) if day})
            elif kind == "data":
                default = next(iter(days)) if len(days) == 1 else None
                emit(pack(read_paid(table.name, number, cells, epoch_1904=table.epoch_1904, default=default)))

        return take

    return read_tables(any_tables(data, settings["stem"], PAID_LISTS), PAID_LISTS, settings, taker)


def pack(row: PaidRow) -> bytes:
    """One line of JSON that can build nothing but a row."""
    day = row.paid_on.isoformat() if row.paid_on else None
    reasons = [[reason.code, reason.field, reason.raw] for reason in row.reasons]
    return json.dumps([day, reasons, *(getattr(row, name) for name in _NAMES)]).encode("ascii") + b"\n"


def unpack(line: bytes) -> PaidRow:
    """The row of one line."""
    day, reasons, *values = json.loads(line)
    return PaidRow(
        paid_on=date.fromisoformat(day) if day else None,
        reasons=tuple(Reason(*said) for said in reasons),
        **dict(zip(_NAMES, values, strict=True)),
    )
