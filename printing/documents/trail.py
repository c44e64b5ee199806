"""A part of the audit trail on A4, lying: who did what, when, about whom; never a value."""

from __future__ import annotations

from printing.documents.listing import title_part
from printing.pages import MM, Layout, make_pdf
from printing.tables import Column, paragraph, table
from printing.trail_sheets import TrailSheet, TrailWords


def draw(sheet: TrailSheet, words: TrailWords) -> bytes:
    """The entries; without any it says so. Raises LetterMissing."""
    layout = Layout(sheet.stamp, words.paper, f"{words.title} · {sheet.asked}", landscape=True)
    parts = [title_part(layout, words.title, sheet.asked)]
    if sheet.lines:
        number, when, who = 20 * MM, 32 * MM, 48 * MM
        rest = layout.width - number - when - who
        columns = (
            Column(words.number, number, right=True),
            Column(words.when, when),
            Column(words.who, who),
            Column(words.deed, rest * 0.62, lines=4),
            Column(words.whom, rest * 0.38, lines=3),
        )
        rows = [(line.number, line.when, line.who, line.deed, line.whom) for line in sheet.lines]
        parts += table(layout, columns, rows)
    else:
        parts.append(paragraph(layout, words.empty, size=11))
    parts.append(paragraph(layout, sheet.anchor, size=8))
    return make_pdf(layout, parts)
