"""Reads a register of archived files inside the child process, row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from store.rules.programs import Program, programs_in
from store.rules.readings import Reason
from store.rules.registers import RegisterRow, read_register
from store.rules.text import clean_cell
from store.workbooks.any_tables import any_tables
from store.workbooks.register_headings import REGISTERS
from store.workbooks.table_reader import Cells, Emit, Take, read_tables
from store.workbooks.tables import Table

_NAMES = [field.name for field in fields(RegisterRow) if field.name not in ("dated", "reasons")]


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Hands each row to ``emit`` as a line; a programme in the sheet's name or titles serves rows without their own.

    ``settings``: ``stem``, ``overrides``, ``with_hidden``. Raises `FileRefused`.
    """

    def taker(_number: int, table: Table) -> Take:
        named: set[Program] = set(programs_in(table.name))
        titled: set[Program] = set()

        def take(number: int, kind: str, cells: Cells) -> None:
            if kind == "title":
                titled.update(program for cell in cells["title"] for program in programs_in(clean_cell(cell)))
            elif kind == "data":
                said = named or titled
                default = str(next(iter(said))) if len(said) == 1 else ""
                emit(pack(read_register(table.name, number, cells, epoch_1904=table.epoch_1904, default=default)))

        return take

    return read_tables(any_tables(data, settings["stem"], REGISTERS), REGISTERS, settings, taker)


def pack(row: RegisterRow) -> bytes:
    """One line of JSON that can build nothing but a row."""
    day = row.dated.isoformat() if row.dated else None
    reasons = [[reason.code, reason.field, reason.raw] for reason in row.reasons]
    return json.dumps([day, reasons, *(getattr(row, name) for name in _NAMES)]).encode("ascii") + b"\n"


def unpack(line: bytes) -> RegisterRow:
    """The row of one line."""
    day, reasons, *values = json.loads(line)
    return RegisterRow(
        dated=date.fromisoformat(day) if day else None,
        reasons=tuple(Reason(*said) for said in reasons),
        **dict(zip(_NAMES, values, strict=True)),
    )
