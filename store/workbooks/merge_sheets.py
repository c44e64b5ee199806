"""What a merge makes of one sheet: where its headings stand and what each row below them is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from store.rules.readings import Cell, CellError
from store.workbooks.headings import LONGEST_HEADING, normalise, show_heading
from store.workbooks.merge_columns import ANY_LIST, Columns, is_identifier, person_field
from store.workbooks.sheets import HEADER_WITHIN, TOTALS, Header, RowKind, counts_columns, find_header, unique

_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"[0-9]")
_LONG_NUMBER = re.compile(r"[0-9]{6}")
_AT_ONCE = 8  # rows in which the header mostly stands
_ALIKE = 0.6  # this part of a row's texts makes it the headings again


def find_merge_header(rows: Sequence[tuple[int, Sequence[Cell]]], columns: Columns) -> Header | None:
    """The header of a sheet of any list: by headings that Loket or an earlier sheet knows, else by its look.

    ``rows`` are (number, cells), the first ones of the sheet.
    """
    held = [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)][:HEADER_WITHIN]
    widest = max((_width(cells) for _, cells in held), default=0)
    for number, cells in held[:_AT_ONCE]:
        if _width(cells) >= max(2, widest) and _all_known(cells, columns):
            return Header(number, number, unique([show_heading(cell) for cell in cells]))
    found = find_header(rows, {}, ANY_LIST)
    if found is not None:
        return found
    for at, (number, cells) in enumerate(held[:-1]):
        known = _all_known(cells, columns)
        if (known or _looks_like_headings(cells)) and _width(cells) >= max(2, _ALIKE * widest):
            below = held[at + 1][1]
            if known or _width(below) >= 2:
                return Header(number, number, unique([show_heading(cell) for cell in cells]))
    return None


def _all_known(cells: Sequence[Cell], columns: Columns) -> bool:
    """Headings of sheets before and nothing else, in whatever order."""
    return all(cell is None or columns.is_known(show_heading(cell)) for cell in cells)


def _width(cells: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in cells)


def _looks_like_headings(cells: Sequence[Cell]) -> bool:
    """Short texts with letters and without long numbers, each different, and nothing else."""
    shown = [show_heading(cell) for cell in cells if cell is not None]
    return len({normalise(text) for text in shown}) == len(shown) and all(
        len(text) <= LONGEST_HEADING and _LETTER.search(text) and not _LONG_NUMBER.search(text) for text in shown
    )


class RowKinds:
    """Tells for the rows below one header what each is."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self._own = {normalise(heading) for heading in header.headings if heading}
        self._identifiers = [column for column, text in enumerate(header.headings) if text and is_identifier(text)]
        fields = [person_field(text) if text else None for text in header.headings]
        self._keys = [fields.index(name) for name in ("kpj", "nik") if name in fields]

    def kind(self, cells: Sequence[Cell]) -> RowKind:
        """A row with a KPJ or NIK in digits is data at once; the others are looked at closely."""
        for column in self._keys:
            if column < len(cells):
                key = cells[column]
                if type(key) is str and len(key) >= 8 and key.isdecimal():
                    return "data"
        held = [cell for cell in cells if cell is not None and (not isinstance(cell, str) or cell.strip())]
        if not held:
            return "empty"
        if self._is_totals(cells, held):
            return "totals"
        if counts_columns(held):
            return "numbering"
        return "repeated-header" if self._repeats(held) else "data"

    def _is_totals(self, cells: Sequence[Cell], held: Sequence[Cell]) -> bool:
        """A word for totals, and beside it nothing but figures: a company may be called TOTAL as well."""
        texts = [cell for cell in held if isinstance(cell, str) and not isinstance(cell, CellError)]
        label = next((at for at, text in enumerate(texts) if TOTALS.match(text.strip())), None)
        if label is None:
            return False
        others = texts[:label] + texts[label + 1 :]
        if any(_LETTER.search(text) and not _DIGITS.search(text) for text in others):
            return False
        named = (cells[column] for column in self._identifiers if column < len(cells))
        return not any(isinstance(cell, str) and _LONG_NUMBER.search(cell) for cell in named)

    def _repeats(self, held: Sequence[Cell]) -> bool:
        if len(held) < 2 or not all(isinstance(cell, str) and len(cell) <= LONGEST_HEADING for cell in held):
            return False
        shown = [show_heading(cell) for cell in held]
        own = sum(normalise(text) in self._own for text in shown)
        if own >= 2 and own >= _ALIKE * len(shown):
            return True
        known = sum(ANY_LIST.is_known(text) for text in shown)
        return len(shown) >= 3 and known >= 3 and known >= _ALIKE * len(shown) and _looks_like_headings(held)

    def again(self, cells: Sequence[Cell], number: int) -> RowKinds:
        """After headings again: the same as before, or the columns as they stand from here on."""
        header = Header(number, number, unique([show_heading(cell) for cell in cells]))
        if [normalise(text) for text in header.headings] == [normalise(text) for text in self.header.headings]:
            return self
        return RowKinds(replace(header, row=self.header.row))
