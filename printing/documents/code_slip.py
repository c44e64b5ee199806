"""Codes in the order of a box, in large letters, to be written onto vouchers by hand (domain.md 2.6)."""

from __future__ import annotations

from itertools import islice

from printing.archive_sheets import SlipRow, SlipSheet, SlipWords
from printing.documents.listing import title_part
from printing.fonts import fit, size_for
from printing.pages import MM, Layout, Part, Pen, gap, make_pdf
from printing.tables import paragraph

_ROW = 12 * MM
_GUTTER = 6 * MM


def draw(sheet: SlipSheet, words: SlipWords) -> bytes:
    """The slip on A4 upright, in two columns, downwards on each page. Raises LetterMissing."""
    layout = Layout(sheet.stamp, words.paper, f"{words.title} · {sheet.about}")
    below = f"{sheet.about} · {words.count.format(n=words.paper.count(len(sheet.rows)))}"
    parts = [title_part(layout, words.title, below)]
    if not sheet.rows:
        return make_pdf(layout, [*parts, paragraph(layout, words.empty, size=11)])
    parts += [paragraph(layout, words.explained), gap(2 * MM)]
    first = int((layout.room - sum(part.height for part in parts)) / _ROW)
    later = int(layout.room / _ROW)
    rows = iter(list(enumerate(sheet.rows, start=1)))
    held = first
    while page := list(islice(rows, 2 * held)):
        deep = -(-len(page) // 2) if len(page) < 2 * held else held
        for place in range(deep):
            right = page[place + deep] if place + deep < len(page) else None
            parts.append(_pair(layout, page[place], right, words))
        held = later
    return make_pdf(layout, parts)


def _pair(layout: Layout, left: tuple[int, SlipRow], right: tuple[int, SlipRow] | None, words: SlipWords) -> Part:
    width = (layout.width - _GUTTER) / 2

    def draw_pair(pen: Pen, top: float) -> None:
        for x, entry in ((layout.left, left), (layout.left + width + _GUTTER, right)):
            if entry is not None:
                _entry(pen, x, top, width, entry, words)

    return Part(_ROW, draw_pair)


def _entry(pen: Pen, x: float, top: float, width: float, entry: tuple[int, SlipRow], words: SlipWords) -> None:
    number, row = entry
    pen.text(x + 8 * MM, top - 6 * MM, words.paper.count(number), 9, align="right")
    pen.box(x + 9.5 * MM, top - 6.6 * MM, 4 * MM, 4 * MM)
    room = width - 15.5 * MM
    code = row.code or words.no_code
    pen.text(x + 15.5 * MM, top - 6 * MM, code, size_for(code, room, 14, bold=True), bold=True)
    person = " · ".join(filter(None, (row.name, row.kpj)))
    pen.text(x + 15.5 * MM, top - 9.8 * MM, fit(person, room, 8), 8)
    pen.line(x, top - _ROW + 0.6 * MM, x + width, grey=0.75)
