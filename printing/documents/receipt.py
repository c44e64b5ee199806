"""The *tanda terima* of a stack that goes out for signing: each file with a box for each signature (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Sequence

from printing.documents.listing import title_part, total_of
from printing.fonts import fit, text_width
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.tables import Column, paragraph
from printing.ticks import Tick, tick_table
from printing.voucher_sheets import ReceiptSheet, ReceiptWords
from store.rules.money import format_rupiah

_TICK = 17 * MM


def draw(sheet: ReceiptSheet, words: ReceiptWords) -> bytes:
    """The receipt on A4 upright: boxes crossed where a signature is there already. Raises LetterMissing."""
    layout = Layout(sheet.stamp, words.paper, f"{words.title} {sheet.stack_number}")
    amounts = [row.amount for row in sheet.rows]
    told = [words.paper.date(sheet.day), words.count.format(n=words.paper.count(len(amounts)))]
    if amounts and (total := total_of(amounts)):
        told.append(f"{words.total} {total}")
    parts = [_title(layout, sheet, words, " · ".join(told)), *_people(layout, sheet, words)]
    if not sheet.rows:
        return make_pdf(layout, [*parts, paragraph(layout, words.empty, size=11)])
    *rows, last = _rows(layout, sheet, words)
    # Nobody signs an empty page: the last file comes along.
    parts += [*rows, kept(last), gap(MM), kept(paragraph(layout, words.explained, size=7.5, grey=GREY))]
    return make_pdf(layout, [*parts, _handing(layout, words)])


def _title(layout: Layout, sheet: ReceiptSheet, words: ReceiptWords, below: str) -> Part:
    number = fit(words.number.format(number=sheet.stack_number), 60 * MM, 18, bold=True)
    wide = text_width(number, 18, True) + 8 * MM
    title = title_part(layout, words.title, below)

    def draw_title(pen: Pen, top: float) -> None:
        title.draw(pen, top)
        pen.box(layout.right - wide, top - 11.5 * MM, wide, 9.5 * MM)
        pen.text(layout.right - wide / 2, top - 8.9 * MM, number, 18, bold=True, align="centre")

    return Part(title.height, draw_title)


def _people(layout: Layout, sheet: ReceiptSheet, words: ReceiptWords) -> list[Part]:
    """Who has the stack, and who is to sign: title, name and the colour of the post-it."""
    lines = [words.given_to.format(name=sheet.given_to)] if sheet.given_to else []
    for signer in sheet.signers:
        named = f"{signer.title} ({signer.name})" if signer.name else signer.title
        lines.append(words.signs.format(who=named, colour=signer.colour))
    return [*(paragraph(layout, line, lines=1) for line in lines), gap(2 * MM)]


def _rows(layout: Layout, sheet: ReceiptSheet, words: ReceiptWords) -> list[Part]:
    told = any(row.amount is not None for row in sheet.rows)
    ticks = [Tick(signer.title, signer.colour) for signer in sheet.signers]
    width = layout.width - _TICK * len(ticks)
    fixed = (9 * MM, 18 * MM, 42 * MM, 27 * MM if told else 0.0)
    name = max(24 * MM, width - sum(fixed))
    columns = [
        Column(words.position, fixed[0], right=True),
        Column(words.voucher, fixed[1], bold=True),
        Column(words.code, fixed[2]),
        Column(words.participant, name),
    ]
    rows = [
        [words.paper.count(place), f"{row.number:06d}", f"{row.program} {row.code}", row.name]
        for place, row in enumerate(sheet.rows, start=1)
    ]
    if told:
        columns.append(Column(words.amount, fixed[3], right=True))
        for line, row in zip(rows, sheet.rows, strict=True):
            line.append("" if row.amount is None else format_rupiah(row.amount))
    done = [{place for place, signer in enumerate(sheet.signers) if signer.key in row.signed} for row in sheet.rows]
    return tick_table(layout, columns, rows, ticks, done)


def _handing(layout: Layout, words: ReceiptWords) -> Part:
    """Two pairs of places to sign: when the stack goes out, and when it comes back."""
    width = layout.width / 4
    places: Sequence[tuple[str, str]] = (
        (words.out, words.handed_over),
        (words.out, words.received),
        (words.back, words.handed_over),
        (words.back, words.received),
    )

    def draw_places(pen: Pen, top: float) -> None:
        for place, (when, who) in enumerate(places):
            x = layout.left + place * width
            pen.box(x, top - 34 * MM, width, 32 * MM, edge=0.3)
            if place % 2 == 0:
                pen.text(x + 1.5 * MM, top - 5.5 * MM, fit(when, 2 * width - 3 * MM, 8.5, bold=True), 8.5, bold=True)
            pen.text(x + 1.5 * MM, top - 9.5 * MM, fit(who, width - 3 * MM, 8), 8)
            pen.line(x + 3 * MM, top - 29 * MM, x + width - 3 * MM, grey=GREY)
            label = fit(words.date_and_name, width - 3 * MM, 6.5)
            pen.text(x + width / 2, top - 32 * MM, label, 6.5, grey=GREY, align="centre")

    return Part(36 * MM, draw_places)
