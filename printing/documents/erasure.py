"""*Berita acara penghapusan data*: which kinds of people's data went by which rule, who asked for it and who agreed."""

from __future__ import annotations

from collections.abc import Sequence

from printing.documents.listing import title_part
from printing.erasure_sheets import ErasureSheet, ErasureWords
from printing.fonts import fit
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.tables import Column, heading, paragraph, table


def draw(sheet: ErasureSheet, words: ErasureWords) -> bytes:
    """The record on A4 upright, its annex behind it; before it is carried out, the list. Raises LetterMissing."""
    number = words.number.format(number=sheet.number)
    layout = Layout(sheet.stamp, words.paper, f"{words.title} {number}")
    parts: list[Part] = [title_part(layout, words.title, number)]
    parts += [paragraph(layout, text, size=10, lines=8) for text in _opening(sheet, words)]
    parts.append(gap(3 * MM))
    parts += _kinds(layout, sheet, words)
    parts.append(gap(3 * MM))
    if sheet.note:
        parts.append(paragraph(layout, words.note.format(note=sheet.note), size=10, lines=8))
    if sheet.done_on is not None:
        parts += [paragraph(layout, text, size=10, lines=8) for text in (words.reach, words.closing)]
    day = "" if sheet.done_on is None else words.paper.date(sheet.done_on)
    parts.append(kept(paragraph(layout, f"{sheet.place}, {day or '……………………'}", size=10)))
    parts.append(_signatures(layout, sheet, words))
    parts += [gap(4 * MM), heading(layout, words.annex), *_annex(layout, sheet, words)]
    return make_pdf(layout, parts)


def _opening(sheet: ErasureSheet, words: ErasureWords) -> list[str]:
    count = words.paper.count
    lines, done = sum(row.lines for row in sheet.kinds), sum(row.done for row in sheet.kinds)
    if sheet.done_on is None:
        said = [words.proposed.format(lines=count(lines))]
    else:
        weekday = words.weekdays[sheet.done_on.weekday()]
        told = {"weekday": weekday, "date": words.paper.date(sheet.done_on), "place": sheet.place}
        said = [words.opening.format(**told, lines=count(lines), done=count(done))]
    said.append(words.made.format(name=sheet.proposed_by, date=words.paper.date(sheet.proposed_on)))
    if sheet.approved_on is not None:
        said.append(words.approved.format(name=sheet.approved_by, date=words.paper.date(sheet.approved_on)))
    return said


def _kinds(layout: Layout, sheet: ErasureSheet, words: ErasureWords) -> list[Part]:
    count, day = words.paper.count, words.paper.date
    columns = (
        Column(words.kind, 27 * MM, bold=True, lines=3),
        Column(words.rule, 36 * MM, lines=4),
        Column(words.basis, layout.width - 138 * MM, lines=6),
        Column(words.span, 30 * MM, lines=3),
        *(Column(title, 15 * MM, right=True) for title in (words.count, words.done, words.held)),
    )
    rows = [
        (
            *(row.kind, row.rule, f"{row.basis} ({row.confirmed})", f"{day(row.first)} – {day(row.last)}"),
            *(count(row.lines), count(row.done), count(row.held)),
        )
        for row in sheet.kinds
    ]
    sums = (sum(row.lines for row in sheet.kinds), sum(row.done for row in sheet.kinds))
    totals = (words.total, "", "", "", *map(count, (*sums, sum(row.held for row in sheet.kinds))))
    return table(layout, columns, rows, totals=totals)


def _annex(layout: Layout, sheet: ErasureSheet, words: ErasureWords) -> list[Part]:
    columns = (
        Column(words.position, 12 * MM, right=True),
        Column(words.kind, 40 * MM),
        Column(words.label, 28 * MM),
        Column(words.row, 20 * MM, right=True),
        Column(words.ended, 34 * MM),
        Column(words.result, layout.width - 134 * MM),
    )
    rows = [
        (
            *(words.paper.count(place), row.kind, row.label, words.paper.count(row.row_id)),
            *(words.paper.date(row.ended_on), row.result),
        )
        for place, row in enumerate(sheet.lines, start=1)
    ]
    return table(layout, columns, rows)


def _signatures(layout: Layout, sheet: ErasureSheet, words: ErasureWords) -> Part:
    signers: Sequence[tuple[str, str]] = (
        (words.proposer, sheet.proposed_by),
        (words.doer, sheet.done_by),
        (words.approver, sheet.approved_by),
    )
    width = layout.width / len(signers)

    def draw_places(pen: Pen, top: float) -> None:
        for place, (title, name) in enumerate(signers):
            x = layout.left + place * width
            pen.text(x, top - 6 * MM, fit(title, width - 8 * MM, 10), 10)
            pen.line(x, top - 27 * MM, x + width - 10 * MM, grey=GREY)
            pen.text(x, top - 26 * MM, fit(name, width - 10 * MM, 10), 10)

    return Part(31 * MM, draw_places)
