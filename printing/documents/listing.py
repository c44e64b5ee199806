"""The listing of transactions on A4, lying: by programme, with the sum of each and of all (design.md 3.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printing.fonts import fit
from printing.pages import MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.tables import Column, heading, paragraph, table
from printing.voucher_sheets import ListingRow, ListingSheet, ListingWords
from store.rules.money import format_rupiah


def draw(sheet: ListingSheet, words: ListingWords) -> bytes:
    """The listing; one without transactions says so. Raises LetterMissing."""
    layout = Layout(sheet.stamp, words.paper, f"{words.title} · {sheet.period}", landscape=True)
    everything = [row for _program, rows in sheet.programs for row in rows]
    parts = [title_part(layout, words.title, sheet.period)]
    for program, rows in sheet.programs:
        parts += _program(layout, program, rows, words)
    if everything:
        parts += [kept(parts.pop()), _grand_total(layout, everything, words)]
    else:
        parts.append(paragraph(layout, words.empty, size=11))
    return make_pdf(layout, parts)


def title_part(layout: Layout, title: str, below: str) -> Part:
    """A title and what it is about."""

    def draw_title(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 7.5 * MM, fit(title, layout.width, 16, bold=True), 16, bold=True)
        pen.text(layout.left, top - 13.5 * MM, fit(below, layout.width, 11), 11)

    return Part(16 * MM, draw_title)


def total_of(amounts: Sequence[int | None]) -> str:
    """The sum as it is written; '' where amounts are hidden."""
    told = [amount for amount in amounts if amount is not None]
    return format_rupiah(sum(told)) if len(told) == len(amounts) else ""


def _program(layout: Layout, program: str, rows: Sequence[ListingRow], words: ListingWords) -> Iterator[Part]:
    name = " · ".join(filter(None, (program, words.programs.get(program, ""))))
    yield heading(layout, name)
    noted = any(row.note for row in rows)
    note = 34 * MM if noted else 0.0
    code, day, kpj, amount, number = 51 * MM, 34 * MM, 26 * MM, 32 * MM, 11 * MM
    names = (layout.width - number - code - day - kpj - amount - note) / 2
    columns = [
        Column(words.number, number, right=True),
        Column(words.code, code),
        Column(words.booked_on, day),
        Column(words.kpj, kpj),
        Column(words.participant, names),
        Column(words.payee, names),
        Column(words.amount, amount, right=True),
    ]
    lines = [
        [
            layout.words.count(place),
            row.code,
            layout.words.date(row.booked_on),
            row.kpj,
            row.name,
            row.payee,
            "" if row.amount is None else format_rupiah(row.amount),
        ]
        for place, row in enumerate(rows, start=1)
    ]
    totals = ["", f"{words.total} {program}", "", "", words.count.format(n=layout.words.count(len(rows))), ""]
    totals.append(total_of([row.amount for row in rows]))
    if noted:
        columns.append(Column(words.note, note))
        totals.append("")
        for line, row in zip(lines, rows, strict=True):
            line.append(row.note)
    again = heading(layout, f"{name} {layout.words.continued}")
    yield from table(layout, columns, lines, above=(again,), totals=totals)
    yield gap(2 * MM)


def _grand_total(layout: Layout, rows: Sequence[ListingRow], words: ListingWords) -> Part:
    said = f"{words.grand_total} · {words.count.format(n=layout.words.count(len(rows)))}"
    total = total_of([row.amount for row in rows])

    def draw_total(pen: Pen, top: float) -> None:
        pen.box(layout.left, top - 9 * MM, layout.width, 8 * MM, fill=0.85, edge=None)
        base = top - 6.4 * MM
        pen.text(layout.left + 2 * MM, base, fit(said, layout.width * 0.6, 11, bold=True), 11, bold=True)
        pen.text(layout.right - 2 * MM, base, total, 11, bold=True, align="right")

    return Part(10 * MM, draw_total)
