"""Workbooks for people: any sheets of rows, readable, sortable and printable on A4; their words are the caller's."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from store.value_class import value_class
from store.workbooks.write_out import cell_text, guard, plain_text, replacing

Value = str | int | date | datetime | None
"""A cell: text, a whole number (counts, rupiah), a date, or an instant as naive WIB clock time; None is empty."""

EXACT = 10**15  # above, a workbook's numbers lose digits
WIDEST = 60
_FIRST_DATE = date(1900, 3, 1)  # before, Excel counts a day that never was
_TITLE_UNWANTED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TITLE_LENGTH = 31
_A4 = 9


@value_class
class ChartOut:
    """A native chart of bars beside the rows: names in the first column, counts in the second.

    `first` is the row of the first bar, 1 being the one below the headings. `bars` are what stands in these cells, so
    that a viewer that does not calculate shows the chart too. Charts stand below each other.
    """

    title: str
    first: int
    bars: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class SheetOut:
    """One sheet: its title, the headings and the rows, which are walked once and never held."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    charts: Sequence[ChartOut] = ()


def write_book(path: Path, sheets: Sequence[SheetOut]) -> None:
    """Writes an .xlsx whole, or nothing. Text is text whatever it begins with; only whole numbers are numbers.

    Raises `FileRefused` (see `replacing`), ``TypeError`` for a value that is none of `Value`, ``ValueError`` for none
    or too many rows of a sheet.
    """
    import xlsxwriter

    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    with replacing(path) as (file, scratch):
        # constant_memory keeps one row in memory and the rest in the scratch folder, never in the common /tmp
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(scratch)})
        formats = Formats(book)
        for title, sheet in zip(titles(sheets), sheets, strict=True):
            page = book.add_worksheet(title)
            write_sheet(page, sheet, formats)
            _add_charts(book, page, title, sheet)
        book.close()


def write_csv(path: Path, sheets: Sequence[SheetOut]) -> None:
    """Writes the first sheet as CSV, whole, or nothing; no cell of it is calculated. Raises `FileRefused`."""
    with replacing(path) as (file, _scratch):
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        try:
            writer = csv.writer(text)
            writer.writerow(sheets[0].header)
            for row in sheets[0].rows:
                writer.writerow([guard(plain_text("" if cell is None else str(cell))) for cell in row])
        finally:
            text.detach()


class Formats:
    """How the cells of our workbooks look, by what they hold."""

    def __init__(self, book: Any) -> None:
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.date = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"})
        self.instant = book.add_format({"num_format": "dd-mm-yyyy hh:mm", "valign": "top"})


def write_sheet(sheet: Any, out: SheetOut, formats: Formats) -> None:
    """Headings and rows with what makes a sheet readable: widths, frozen headings, filter, A4."""
    widths = [min(len(heading), WIDEST) for heading in out.header]
    for column, heading in enumerate(out.header):
        sheet.write_string(0, column, cell_text(heading), formats.header)
    last = 0
    for last, row in enumerate(out.rows, 1):
        for column, value in enumerate(row):
            shown = _write_cell(sheet, last, column, value, formats)
            if column < len(widths):
                widths[column] = min(max(widths[column], shown), WIDEST)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)
    if widths:
        sheet.autofilter(0, 0, last, len(widths) - 1)
    sheet.repeat_rows(0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


_CHART_WIDTH, _CHART_BAR, _CHART_AROUND = 560, 26, 90  # pixels
_CELL_HEIGHT = 20


def _add_charts(book: Any, page: Any, title: str, out: SheetOut) -> None:
    """Bars that Excel draws from the cells, so that they follow when one is corrected; in the order of the rows."""
    row = 1
    for chart in out.charts:
        drawn = book.add_chart({"type": "bar"})
        last = chart.first + len(chart.bars) - 1
        drawn.add_series(
            {
                "categories": [title, chart.first, 0, last, 0],
                "categories_data": [cell_text(name) for name, _count in chart.bars],
                "values": [title, chart.first, 1, last, 1],
                "values_data": [count for _name, count in chart.bars],
                "data_labels": {"value": True},
                "gap": 40,
                "fill": {"color": "#1F4E79"},
            }
        )
        drawn.set_title({"name": cell_text(chart.title), "overlay": False, "name_font": {"size": 12}})
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        height = len(chart.bars) * _CHART_BAR + _CHART_AROUND
        drawn.set_size({"width": _CHART_WIDTH, "height": height})
        page.insert_chart(row, len(out.header) + 1, drawn)
        row += height // _CELL_HEIGHT + 2


def _write_cell(sheet: Any, row: int, column: int, value: Value, formats: Formats) -> int:
    """Writes one cell and returns how many letters wide it shows."""
    if value is None or value == "":
        return 0
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise TypeError("an instant is written as naive WIB clock time")
        done = sheet.write_datetime(row, column, value, formats.instant)
        width = 16
    elif isinstance(value, date):
        if value < _FIRST_DATE:
            return _write_text(sheet, row, column, value.isoformat(), formats)
        done = sheet.write_datetime(row, column, value, formats.date)
        width = 10
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= EXACT:
            return _write_text(sheet, row, column, str(value), formats)
        done = sheet.write_number(row, column, value, formats.number)
        width = len(f"{value:,}")
    elif isinstance(value, str):
        return _write_text(sheet, row, column, value, formats)
    else:
        raise TypeError(f"no value for a cell: {type(value).__name__}")
    _require(done)
    return width


def _write_text(sheet: Any, row: int, column: int, text: str, formats: Formats) -> int:
    clean = cell_text(text)
    _require(sheet.write_string(row, column, clean, formats.text))
    return max(map(len, clean.split("\n")), default=0)


def _require(done: int) -> None:
    """The library answers a cell it drops with a number only."""
    if done != 0:
        raise ValueError(f"a cell does not fit on the sheet ({done})")


def titles(sheets: Sequence[SheetOut]) -> list[str]:
    """Titles as Excel allows them: at most 31 letters, none of its seven signs, each different from the others."""
    made: list[str] = []
    seen: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        base = _TITLE_UNWANTED.sub(" ", cell_text(sheet.name)).strip("' ")[:_TITLE_LENGTH] or str(number)
        title, count = base, 1
        while title.lower() in seen or title.lower() == "history":
            count += 1
            title = f"{base[: _TITLE_LENGTH - len(str(count)) - 1]} {count}"
        seen.add(title.lower())
        made.append(title)
    return made
