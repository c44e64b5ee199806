"""The participants as a file for others: CSV, .xlsx or JSON, exactly as contracts.md "Participants, exported" says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Literal

from store.rules.phones import format_national
from store.value_class import value_class
from store.workbooks.write_out import cell_text, guard, plain_text, replacing

ExportKind = Literal["csv", "xlsx", "json"]
SHEET_TITLE = "participants"


@value_class
class ParticipantOut:
    """One participant, the fields in the order of the columns; None is not known. ``phones`` are E.164, ``jht_balance``
    is whole rupiah, ``flags`` are of the closed list in its order."""

    kpj: str
    nik: str | None
    name: str
    birth_date: date | None
    npp: str | None
    company: str
    pembina: str
    phones: tuple[str, ...]
    phones_raw: str
    email: str | None
    email_raw: str
    jht_balance: int | None
    active: bool | None
    claimed: bool | None
    flags: tuple[str, ...]


COLUMNS: tuple[str, ...] = tuple(column.name for column in fields(ParticipantOut))


def write_participants(rows: Iterable[ParticipantOut], target: Path | BinaryIO, kind: ExportKind) -> int:
    """Writes all rows and returns their number; a path is written whole or not at all, a stream as it goes.

    In JSON what is not known is null; in CSV and .xlsx it is empty, ``active`` and ``claimed`` are yes or no in all
    three. Raises `FileRefused` for a path that cannot be written (see `replacing`).
    """
    write = _WRITERS[kind]
    if isinstance(target, Path):
        with replacing(target) as (file, scratch):
            return write(rows, file, scratch)
    return write(rows, target, None)


def _write_csv(rows: Iterable[ParticipantOut], file: BinaryIO, scratch: Path | None) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        count = 0
        for row in rows:
            writer.writerow([guard(cell) for cell in _texts(row)])
            count += 1
        return count
    finally:
        text.detach()


def _write_xlsx(rows: Iterable[ParticipantOut], file: BinaryIO, scratch: Path | None) -> int:
    import xlsxwriter

    options: dict[str, Any] = {"constant_memory": True}
    if scratch is not None:
        options["tmpdir"] = str(scratch)
    with xlsxwriter.Workbook(file, options) as book:
        text = book.add_format({"num_format": "@"})  # typing into the file later keeps zeros as well
        sheet = book.add_worksheet(SHEET_TITLE)
        sheet.set_column(0, len(COLUMNS) - 1, 18, text)
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(0, column, heading)
        sheet.freeze_panes(1, 0)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, cell in enumerate(_texts(row)):
                if cell and sheet.write_string(count, column, cell_text(cell), text) != 0:
                    raise ValueError(f"row {count} does not fit on one sheet")
        return count


def _write_json(rows: Iterable[ParticipantOut], file: BinaryIO, scratch: Path | None) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        file.write(b"[\n" if count == 1 else b",\n")
        file.write(json.dumps(_object(row), ensure_ascii=False).encode("utf-8", "replace"))
    file.write(b"\n]\n" if count else b"[]\n")
    return count


_WRITERS: dict[ExportKind, Callable[[Iterable[ParticipantOut], BinaryIO, Path | None], int]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
}


def _object(row: ParticipantOut) -> dict[str, Any]:
    return {
        "kpj": row.kpj,
        "nik": row.nik,
        "name": plain_text(row.name),
        "birth_date": row.birth_date.isoformat() if row.birth_date else None,
        "npp": row.npp,
        "company": plain_text(row.company),
        "pembina": plain_text(row.pembina),
        "phones": list(row.phones),
        "phones_raw": plain_text(row.phones_raw),
        "email": row.email,
        "email_raw": plain_text(row.email_raw),
        "jht_balance": row.jht_balance,
        "active": _yes_no(row.active),
        "claimed": _yes_no(row.claimed),
        "flags": list(row.flags),
    }


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")


def _texts(row: ParticipantOut) -> list[str]:
    """The row as texts: numbers as people dial them here, lists with spaces between, what is not known empty."""
    found = _object(row)
    found["phones"] = " ".join(map(format_national, row.phones))
    found["flags"] = " ".join(row.flags)
    return ["" if found[column] is None else str(found[column]) for column in COLUMNS]
