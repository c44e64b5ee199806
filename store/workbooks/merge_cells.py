"""Rows of a merge as the bytes that go into the result: rows of a sheet's XML, or lines of CSV. Pure.

Written here and not by a library: of those that keep one row in memory the kept one (XlsxWriter) takes ten times as
long, the fast one (rustpy-xlsxwriter 0.8) is young and wants all headings before the first row. XlsxWriter makes all of
the workbook around these rows (`merge_out`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from store.rules.readings import Cell, CellError
from store.value_class import value_class
from store.workbooks.content import plain
from store.workbooks.write_out import LONGEST_TEXT, cell_text, guard, plain_text

Form = Literal["xlsx", "csv"]

SHEET_ROWS = 1_048_576
"""Rows of an Excel sheet, the headings among them."""
END = "\x1e"
"""Stands before the end of a CSV line, where commas for the columns go that later sheets brought."""

_EXACT = 10**15  # above, a workbook's numbers lose digits
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - clock time of a workbook has no zone
_FIRST_DATE = date(1900, 3, 1)  # before, Excel counts a day that never was
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_QUOTED = re.compile('[,"\r\n]')


@value_class
class Styles:
    """The numbers of the cell formats in the workbook around the rows."""

    text: int
    date: int
    instant: int
    time: int


PLACEHOLDERS = Styles(2, 3, 4, 5)
"""The order in which `merge_out` makes the formats; it refuses to write when the library numbers them otherwise."""


@dataclass
class Seen:
    """What was met in a sheet: error cells, identifiers that came as numbers, texts cut at Excel's limit."""

    errors: int = 0
    numbers: int = 0
    cut: int = 0

    def note(self, value: Cell, *, identifier: bool) -> None:
        """Counts what a person should know of a cell that is written as text."""
        self.errors += isinstance(value, CellError)
        self.numbers += identifier and isinstance(value, (int, float)) and not isinstance(value, bool)


def column_letters(number: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def xml_text(text: str, seen: Seen) -> tuple[str, str]:
    """The text as XML, and the attribute it needs to keep its blanks."""
    if len(text) > LONGEST_TEXT:
        seen.cut += 1
    clean = _ESCAPED.sub(r"_x005F_\1", cell_text(text))
    clean = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "&#10;")
    return clean, ' xml:space="preserve"'


def serial(value: date | datetime) -> float | int:
    """The day number that Excel shows as this date; a day before March 1900 has none and raises ``ValueError``."""
    if (value.date() if isinstance(value, datetime) else value) < _FIRST_DATE:
        raise ValueError("Excel has no such day")
    if isinstance(value, datetime):
        passed = value.replace(tzinfo=None) - _DAY_ZERO
        return passed.days + (passed.seconds + passed.microseconds / 1_000_000) / 86_400
    return (value - _DAY_ZERO.date()).days


def as_text(value: Cell) -> str:
    """Whatever a cell holds as the text of it, nothing rounded."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    return plain(value) if not isinstance(value, str) else value


def _is_plain(texts: str) -> bool:
    """Whether all texts of a row can stand in XML as they are, blanks at their ends aside."""
    return texts.isprintable() and not ("&" in texts or "<" in texts or "_x" in texts or len(texts) > LONGEST_TEXT)


class XlsxRows:
    """Rows of the XML of a sheet."""

    def __init__(self, styles: Styles = PLACEHOLDERS) -> None:
        self._styles = styles
        self._order: Sequence[tuple[int, int, bool]] | None = None
        self._shift = 0
        self._plan: list[tuple[int, str, bool]] = []
        """The order with the letters of the columns, made once for all rows that stand in it."""
        self._last = -1

    def row(
        self,
        number: int,
        front: Sequence[str | int],
        cells: Sequence[Cell],
        order: Sequence[tuple[int, int, bool]],
        seen: Seen,
    ) -> str:
        """One row. ``front`` stands before the merged columns; ``order`` is (source column, column, is identifier)."""
        place, shift = str(number), len(front)
        if order is not self._order or shift != self._shift:
            self._order, self._shift = order, shift
            self._plan = [(source, column_letters(column + shift), name) for source, column, name in order]
            self._last = max((source for source, _column, _name in order), default=-1)
        if len(cells) <= self._last:
            cells = [*cells, *([None] * (self._last + 1 - len(cells)))]
        out = [f'<row r="{place}">']
        for at, lead in enumerate(front):
            out.append(self._cell(column_letters(at), place, lead, identifier=False, seen=seen))
        plainly = _is_plain("".join([cell for cell in cells if type(cell) is str]))
        text = f'{place}" s="{self._styles.text}" t="inlineStr"><is><t>'
        for source, letter, identifier in self._plan:
            value = cells[source]
            if value is None:
                continue
            if plainly and type(value) is str and value.strip() is value:
                out.append(f'<c r="{letter}{text}{value}</t></is></c>')
            elif type(value) is float and not identifier and -_EXACT < value < _EXACT:
                shown = int(value) if value.is_integer() else repr(value)
                out.append(f'<c r="{letter}{place}"><v>{shown}</v></c>')
            else:
                out.append(self._cell(letter, place, value, identifier=identifier, seen=seen))
        out.append("</row>\n")
        return "".join(out)

    def _cell(self, letter: str, place: str, value: Cell, *, identifier: bool, seen: Seen) -> str:
        head = f'<c r="{letter}{place}"'
        if isinstance(value, bool):
            return f'{head} t="b"><v>{int(value)}</v></c>'
        if isinstance(value, (int, float)) and not identifier and abs(value) < _EXACT:
            return f"{head}><v>{int(value) if value == int(value) else repr(value)}</v></c>"
        if isinstance(value, (date, datetime)):
            style = self._styles.instant if isinstance(value, datetime) else self._styles.date
            try:
                return f'{head} s="{style}"><v>{serial(value)}</v></c>'
            except ValueError:
                value = value.isoformat()
        if isinstance(value, time):
            passed = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1_000_000
            return f'{head} s="{self._styles.time}"><v>{passed / 86_400}</v></c>'
        seen.note(value, identifier=identifier)
        text, kept = xml_text(as_text(value), seen)
        return f'{head} s="{self._styles.text}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'


class CsvRows:
    """Lines of CSV, in UTF-8 with commas; `END` stands before each line break that ends a row."""

    def row(
        self,
        front: Sequence[str | int],
        cells: Sequence[Cell],
        order: Sequence[tuple[int, int, bool]],
        seen: Seen,
        width: int,
    ) -> str:
        """One line of ``width`` cells behind those in front."""
        line = [""] * width
        for source, column, identifier in order:
            value = cells[source] if source < len(cells) else None
            if value is not None:
                seen.note(value, identifier=identifier)
                line[column] = csv_cell(value)
        return ",".join([*(csv_cell(lead) for lead in front), *line]) + END + "\r\n"


def csv_cell(value: Cell) -> str:
    """A cell of CSV: texts that a spreadsheet would calculate are guarded, numbers are not."""
    text = as_text(value)
    if isinstance(value, (int, float)):
        return text
    text = guard(plain_text(text))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
