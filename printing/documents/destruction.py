"""*Berita acara pemusnahan*: the record of what was destroyed, how, by whom and before whom (domain.md 2.7, 3.7)."""

from __future__ import annotations

from collections.abc import Sequence

from printing.archive_sheets import DestructionSheet, DestructionWords
from printing.documents.listing import title_part
from printing.fonts import fit
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.tables import Column, paragraph, table

_WITNESSES = 2
"""Places to sign for witnesses when nobody is named yet."""


def draw(sheet: DestructionSheet, words: DestructionWords) -> bytes:
    """The record on A4 upright; before it is carried out, the list that is proposed. Raises LetterMissing."""
    number = words.number.format(number=sheet.number)
    layout = Layout(sheet.stamp, words.paper, f"{words.title} {number}")
    parts: list[Part] = [title_part(layout, words.title, number)]
    parts += [paragraph(layout, text, size=10, lines=8) for text in _opening(sheet, words)]
    parts.append(gap(3 * MM))
    parts += _table(layout, sheet, words) if sheet.rows else [paragraph(layout, words.empty, size=11)]
    parts.append(gap(3 * MM))
    if sheet.note:
        parts.append(paragraph(layout, words.note.format(note=sheet.note), size=10, lines=8))
    if sheet.done_on is not None:
        parts.append(paragraph(layout, words.closing, size=10, lines=6))
    witnesses = sheet.witnesses or ("",) * _WITNESSES
    signers = [
        (words.carried_out, sheet.carried_out_by),
        (words.head, sheet.approved_by),
        *((f"{words.witness} {place}", name) for place, name in enumerate(witnesses, start=1)),
    ]
    day = "" if sheet.done_on is None else words.paper.date(sheet.done_on)
    parts = [*parts[:-1], kept(parts[-1]), kept(paragraph(layout, f"{sheet.place}, {day or '……………………'}", size=10))]
    rows = [signers[start : start + 2] for start in range(0, len(signers), 2)]
    parts += [_signatures(layout, row) for row in rows]
    return make_pdf(layout, parts)


def _opening(sheet: DestructionSheet, words: DestructionWords) -> list[str]:
    facts = {
        "places": words.paper.count(len(sheet.rows)),
        "files": words.paper.count(sum(row.files for row in sheet.rows)),
    }
    if sheet.done_on is None:
        said = [words.proposed.format(**facts)]
    else:
        weekday = words.weekdays[sheet.done_on.weekday()]
        told = {"weekday": weekday, "date": words.paper.date(sheet.done_on), "place": sheet.place, "way": sheet.way}
        said = [words.opening.format(**facts, **told)]
    if sheet.approved_on is not None:
        said.append(words.approved.format(name=sheet.approved_by, date=words.paper.date(sheet.approved_on)))
    return said


def _table(layout: Layout, sheet: DestructionSheet, words: DestructionWords) -> list[Part]:
    columns = (
        Column(words.position, 10 * MM, right=True),
        Column(words.kind, 30 * MM),
        Column(words.place_number, 24 * MM, bold=True),
        Column(words.program, layout.width - 170 * MM),
        Column(words.period, 36 * MM),
        Column(words.shelf, 20 * MM),
        Column(words.files, 16 * MM, right=True),
        Column(words.keep_until, 34 * MM),
    )
    rows = [
        (
            words.paper.count(place),
            row.kind,
            row.number,
            row.program,
            row.period,
            row.shelf,
            words.paper.count(row.files),
            "" if row.keep_until is None else words.paper.date(row.keep_until),
        )
        for place, row in enumerate(sheet.rows, start=1)
    ]
    totals = ("", words.total, "", "", "", "", words.paper.count(sum(row.files for row in sheet.rows)), "")
    return table(layout, columns, rows, totals=totals)


def _signatures(layout: Layout, signers: Sequence[tuple[str, str]]) -> Part:
    width = layout.width / 2

    def draw_places(pen: Pen, top: float) -> None:
        for place, (title, name) in enumerate(signers):
            x = layout.left + place * width
            pen.text(x, top - 6 * MM, fit(title, width - 10 * MM, 10), 10)
            pen.line(x, top - 27 * MM, x + width - 14 * MM, grey=GREY)
            pen.text(x, top - 26 * MM, fit(name, width - 14 * MM, 10), 10)

    return Part(31 * MM, draw_places)
