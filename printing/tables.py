"""Tables and headings as parts of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from printing.fonts import fit, printable, size_for, text_width, wrap
from printing.pages import GREY, MM, Layout, Part, Pen, kept
from store.value_class import value_class

LEADING = 3.6 * MM
SIZE = 8.5
_TITLE_SIZE = 7.5
_PADDING = 1.2 * MM


@value_class
class Column:
    """A column `width` points wide. A text may take `lines` lines, the last cut with …; a number (`right`) stands in
    one, smaller when it must, and is never cut.
    """

    title: str
    width: float
    right: bool = False
    lines: int = 2
    bold: bool = False


def word_width(title: str, cells: Iterable[str], most: float) -> float:
    """How wide a column is in points in which no word of its title or cells breaks; at most `most`.

    Raises LetterMissing when a letter cannot be printed.
    """
    titled = [text_width(word, _TITLE_SIZE, bold=True) for word in title.split()]
    told = [text_width(word, SIZE) for cell in set(cells) for word in printable(cell).split()]
    return min(most, max(titled + told, default=0) + 2 * _PADDING + 1)


def heading(layout: Layout, text: str, size: float = 11) -> Part:
    """A heading over the whole width, never alone at the end of a page."""

    def draw(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 7 * MM, fit(text, layout.width, size, bold=True), size, bold=True)

    return Part(9 * MM, draw, with_next=True)


def paragraph(
    layout: Layout, text: str, *, size: float = SIZE, lines: int = 3, bold: bool = False, grey: float = 0
) -> Part:
    """A text over the whole width, in at most so many lines."""
    shown = wrap(text, layout.width, size, bold, lines)
    leading = size * 1.3

    def draw(pen: Pen, top: float) -> None:
        for number, line in enumerate(shown, start=1):
            pen.text(layout.left, top - number * leading, line, size, bold=bold, grey=grey)

    return Part(len(shown) * leading + MM, draw)


def table(
    layout: Layout,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    above: tuple[Part, ...] = (),
    totals: Sequence[str] = (),
) -> list[Part]:
    """A header and a part for each row; the header, below `above`, comes again on each page. `totals` closes it."""
    header = _header(layout, columns)
    repeat = (*above, header)
    parts = [header, *(_row(layout, columns, row, repeat) for row in rows)]
    if totals:
        parts += [kept(parts.pop()), _row(layout, columns, totals, repeat, bold=True)]
    return parts


def _header(layout: Layout, columns: Sequence[Column]) -> Part:
    wrapped = [wrap(column.title, column.width - 2 * _PADDING, _TITLE_SIZE, bold=True) for column in columns]
    lines = max(map(len, wrapped), default=1) or 1
    height = lines * 3.2 * MM + 2 * _PADDING

    def draw(pen: Pen, top: float) -> None:
        pen.box(layout.left, top - height, sum(column.width for column in columns), height, fill=0.9, edge=None)
        x = layout.left
        for column, title in zip(columns, wrapped, strict=True):
            base = top - _PADDING - (lines - len(title)) * 3.2 * MM
            _lines(pen, column, x, base, title, _TITLE_SIZE, 3.2 * MM, bold=True)
            x += column.width

    return Part(height, draw, with_next=True)


def _row(
    layout: Layout, columns: Sequence[Column], cells: Sequence[str], repeat: tuple[Part, ...], *, bold: bool = False
) -> Part:
    wrapped = [
        [cell] if column.right else wrap(cell, column.width - 2 * _PADDING, SIZE, bold or column.bold, column.lines)
        for column, cell in zip(columns, cells, strict=True)
    ]
    height = max(1, *map(len, wrapped)) * LEADING + 2 * _PADDING - 0.6 * MM

    def draw(pen: Pen, top: float) -> None:
        x = layout.left
        if bold:
            pen.line(x, top, x + sum(column.width for column in columns), thick=0.8)
        for column, lines in zip(columns, wrapped, strict=True):
            heavy = bold or column.bold
            size = size_for(lines[0], column.width - 2 * _PADDING, SIZE, heavy) if column.right else SIZE
            _lines(pen, column, x, top - _PADDING + 0.3 * MM, lines, size, LEADING, bold=heavy)
            x += column.width
        pen.line(layout.left, top - height, x, grey=0.75)

    return Part(height, draw, repeat)


def _lines(
    pen: Pen, column: Column, x: float, top: float, lines: Sequence[str], size: float, leading: float, *, bold: bool
) -> None:
    edge = x + (column.width - _PADDING if column.right else _PADDING)
    for number, line in enumerate(lines):
        base = top - size * 0.85 - number * leading
        pen.text(edge, base, line, size, bold=bold, align="right" if column.right else "left")


def signature(layout: Layout, place_and_date: str, signer: str) -> Part:
    """Room for a signature at the right: "Duri, 22 November 2026", who signs, a line for the name."""
    left = layout.right - 70 * MM

    def draw(pen: Pen, top: float) -> None:
        pen.text(left, top - 10 * MM, fit(place_and_date, 70 * MM, 9), 9)
        pen.text(left, top - 15 * MM, fit(signer, 70 * MM, 9), 9)
        pen.line(left, top - 36 * MM, layout.right, grey=GREY)

    return Part(40 * MM, draw)
