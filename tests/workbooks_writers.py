"""Writes sheets of plain cells as .xlsx .xlsm .xls .ods .csv, for tests of what reads them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Raw = str | int | float | date | None


class ErrorCell(str):
    """Written as a real error cell where the format has them."""

    __slots__ = ()


@dataclass(frozen=True)
class Expected:
    """What one row must be read as. None is not known."""

    sheet: str
    row: int
    kpj: str
    nik: str | None
    name: str
    birth_date: date | None
    npp: str | None
    company: str
    phones: tuple[str, ...]
    email: str | None
    jht_balance: int | None
    active: bool | None
    claimed: bool | None


@dataclass
class Sheet:
    """A sheet as it is to be written: rows of cells from row 1, and what must come out of it."""

    title: str
    rows: list[list[Raw]] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    hidden: bool = False
    skipped: str | None = None
    header_row: int | None = None


def _write_openpyxl(path: Path, sheets: Sequence[Sheet], kind: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

    book = Workbook()
    del book[book.sheetnames[0]]
    for made in sheets:
        sheet = book.create_sheet(made.title)
        sheet.sheet_state = "hidden" if made.hidden else "visible"
        for row, column, value in _cells(made):
            cell = sheet.cell(row, column)
            assert isinstance(cell, Cell)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "e" if isinstance(value, ErrorCell) else "s"
    book.save(path)


def _write_xls(path: Path, sheets: Sequence[Sheet], kind: str) -> None:
    import xlwt

    book = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    for made in sheets:
        sheet = book.add_sheet(made.title)
        sheet.visibility = 1 if made.hidden else 0
        for row, column, value in _cells(made):
            style = (dated,) if isinstance(value, date) else ()
            sheet.write(row - 1, column - 1, str(value) if isinstance(value, ErrorCell) else value, *style)
    book.save(str(path))


def _write_ods(path: Path, sheets: Sequence[Sheet], kind: str) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for made in sheets:
        table = Table(name=made.title)
        for cells in made.rows or [[]]:
            row = TableRow()
            for value in cells or [None]:
                if value is None:
                    row.addElement(TableCell())
                elif isinstance(value, date):
                    row.addElement(TableCell(valuetype="date", datevalue=value.isoformat()))
                elif isinstance(value, (int, float)):
                    row.addElement(TableCell(valuetype="float", value=str(value)))
                else:
                    cell = TableCell(valuetype="string", stringvalue=value)
                    cell.addElement(P(text=value))
                    row.addElement(cell)
            table.addElement(row)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _write_csv(path: Path, sheets: Sequence[Sheet], kind: str) -> None:
    encoding = {"utf8": "utf-8", "utf8-sig": "utf-8-sig", "utf16": "utf-16", "cp1252": "cp1252"}[kind.partition("-")[2]]
    text = io.StringIO(newline="")
    delimiter = random.Random(path.stem + kind).choice(",;\t|")
    csv.writer(text, delimiter=delimiter).writerows(sheets[0].rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _cells(made: Sheet) -> Iterator[tuple[int, int, Raw]]:
    for row, cells in enumerate(made.rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                yield row, column, value


writers: dict[str, Callable[[Path, Sequence[Sheet], str], None]] = {
    "xlsx": _write_openpyxl,
    "xlsm": _write_openpyxl,
    "xls": _write_xls,
    "ods": _write_ods,
    "csv": _write_csv,
}
