"""Tables in which a pen ticks boxes: rows as in `printing.tables`, and at the right a box for each thing to tick."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from printing.fonts import fit, size_for, wrap
from printing.pages import MM, Layout, Part, Pen
from printing.tables import LEADING, SIZE, Column
from store.value_class import value_class

_PAD: Final = 1.2 * MM
_SIDE: Final = 4.4 * MM
_LEAST: Final = 7 * MM


@value_class
class Tick:
    """What a box is for; `below` is a second word under it, as the colour of a post-it."""

    title: str
    below: str = ""


def tick_table(
    layout: Layout,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    ticks: Sequence[Tick],
    ticked: Sequence[Collection[int]],
) -> list[Part]:
    """A header and a part for each row; boxes share the width that the columns leave. `ticked`: those done already."""
    used = sum(column.width for column in columns)
    each = (layout.width - used) / max(1, len(ticks))
    header = _header(layout, columns, ticks, each)
    return [
        header,
        *(
            _row(layout, columns, row, len(ticks), each, done, (header,))
            for row, done in zip(rows, ticked, strict=True)
        ),
    ]


def _header(layout: Layout, columns: Sequence[Column], ticks: Sequence[Tick], each: float) -> Part:
    titles = [
        (column.width, column.right, wrap(column.title, column.width - 2 * _PAD, 7.5, True)) for column in columns
    ]
    boxes = [(wrap(tick.title, each - _PAD, 6.5, True, 3), fit(tick.below, each - _PAD, 6)) for tick in ticks]
    most = max(
        [len(lines) for _width, _right, lines in titles] + [len(lines) + bool(low) for lines, low in boxes] + [1]
    )
    height = most * 2.9 * MM + 2 * _PAD

    def draw(pen: Pen, top: float) -> None:
        pen.box(layout.left, top - height, layout.width, height, fill=0.9, edge=None)
        x = layout.left
        for width, right, lines in titles:
            for number, line in enumerate(lines):
                base = top - height + _PAD + 0.5 * MM + (len(lines) - 1 - number) * 3 * MM
                pen.text(
                    x + (width - _PAD if right else _PAD),
                    base,
                    line,
                    7.5,
                    bold=True,
                    align="right" if right else "left",
                )
            x += width
        for lines, low in boxes:
            shown = [*((line, 6.5, True) for line in lines), *([(low, 6, False)] if low else [])]
            for number, (line, size, bold) in enumerate(shown):
                base = top - height + _PAD + 0.5 * MM + (len(shown) - 1 - number) * 2.7 * MM
                pen.text(x + each / 2, base, line, size, bold=bold, align="centre")
            x += each

    return Part(height, draw, with_next=True)


def _row(
    layout: Layout,
    columns: Sequence[Column],
    cells: Sequence[str],
    ticks: int,
    each: float,
    done: Collection[int],
    repeat: tuple[Part, ...],
) -> Part:
    shown = [
        [cell] if column.right else wrap(cell, column.width - 2 * _PAD, SIZE, column.bold, column.lines)
        for column, cell in zip(columns, cells, strict=True)
    ]
    height = max(_LEAST, max(map(len, shown), default=1) * LEADING + 2 * _PAD)

    def draw(pen: Pen, top: float) -> None:
        x = layout.left
        for column, lines in zip(columns, shown, strict=True):
            size = size_for(lines[0], column.width - 2 * _PAD, SIZE, column.bold) if column.right else SIZE
            edge = x + (column.width - _PAD if column.right else _PAD)
            first = top - (height - len(lines) * LEADING) / 2 - SIZE * 0.95
            for number, line in enumerate(lines):
                base = first - number * LEADING
                pen.text(edge, base, line, size, bold=column.bold, align="right" if column.right else "left")
            x += column.width
        for place in range(ticks):
            left, low = x + (each - _SIDE) / 2, top - (height + _SIDE) / 2
            pen.box(left, low, _SIDE, _SIDE)
            if place in done:
                pen.stroke(left, low, left + _SIDE, low + _SIDE, thick=1)
                pen.stroke(left, low + _SIDE, left + _SIDE, low, thick=1)
            x += each
        pen.line(layout.left, top - height, layout.right, grey=0.75)

    return Part(height, draw, repeat)
