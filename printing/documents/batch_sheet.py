"""The sheet over a day's batch of vouchers: what is in it by programme, and each voucher with boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence

from printing.documents.listing import title_part, total_of
from printing.fonts import fit
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.tables import Column, paragraph, table
from printing.ticks import Tick, tick_table
from printing.voucher_sheets import BatchRow, BatchSheet, BatchWords
from store.rules.money import format_rupiah


def draw(sheet: BatchSheet, words: BatchWords) -> bytes:
    """The sheet on A4 upright, its vouchers in the order in which they leave the printer. Raises LetterMissing."""
    day = words.paper.date(sheet.day)
    layout = Layout(sheet.stamp, words.paper, f"{words.title} · {day}")
    below = f"{day} · {words.count.format(n=words.paper.count(len(sheet.rows)))}"
    parts = [title_part(layout, words.title, below)]
    if not sheet.rows:
        return make_pdf(layout, [*parts, paragraph(layout, words.empty, size=11)])
    parts += [*_programs(layout, sheet.rows, words), gap(4 * MM), *_vouchers(layout, sheet.rows, words)]
    return make_pdf(layout, [*parts[:-1], kept(parts[-1]), _checked(layout, words)])


def _programs(layout: Layout, rows: Sequence[BatchRow], words: BatchWords) -> list[Part]:
    """How many of each programme, from which number to which, and how much."""
    by_program: dict[str, list[BatchRow]] = {}
    for row in rows:
        by_program.setdefault(row.program, []).append(row)
    columns = (
        Column(words.program, layout.width - 106 * MM, bold=True),
        Column(words.vouchers, 22 * MM, right=True),
        Column(words.numbers, 44 * MM),
        Column(words.amount, 40 * MM, right=True),
    )
    lines = [
        (
            " · ".join(filter(None, (program, words.programs.get(program, "")))),
            layout.words.count(len(found)),
            _span([row.number for row in found]),
            total_of([row.amount for row in found]),
        )
        for program, found in by_program.items()
    ]
    totals = (words.total, layout.words.count(len(rows)), "", total_of([row.amount for row in rows]))
    return table(layout, columns, lines, totals=totals)


def _span(numbers: Sequence[int]) -> str:
    first, last = min(numbers), max(numbers)
    return f"{first:06d}" if first == last else f"{first:06d}–{last:06d}"


def _vouchers(layout: Layout, rows: Sequence[BatchRow], words: BatchWords) -> list[Part]:
    columns = (
        Column(words.position, 10 * MM, right=True),
        Column(words.number, 19 * MM, bold=True),
        Column(words.code, 46 * MM),
        Column(words.participant, 34 * MM),
        Column(words.payee, 24 * MM),
        Column(words.amount, 27 * MM, right=True),
    )
    lines = [
        (
            layout.words.count(place),
            f"{row.number:06d} {words.reprint.format(n=row.copy) if row.copy else ''}",
            f"{row.program} {row.code}",
            row.name,
            row.payee,
            "" if row.amount is None else format_rupiah(row.amount),
        )
        for place, row in enumerate(rows, start=1)
    ]
    ticks = [Tick(check) for check in words.checks]
    return tick_table(layout, columns, lines, ticks, [()] * len(lines))


def _checked(layout: Layout, words: BatchWords) -> Part:
    """A line for who looked at the paper."""

    def draw_line(pen: Pen, top: float) -> None:
        shown = fit(words.checked_by, 60 * MM, 8.5)
        pen.text(layout.left, top - 9 * MM, shown, 8.5)
        pen.line(layout.left + 62 * MM, top - 9.4 * MM, layout.right, grey=GREY)

    return Part(11 * MM, draw_line)
