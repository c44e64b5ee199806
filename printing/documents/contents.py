"""What lies in a box, on A4 lying: the register of the archive in the order of the box (domain.md 3.2)."""

from __future__ import annotations

from printing.archive_sheets import ContentsRow, ContentsSheet, ContentsWords
from printing.documents.listing import title_part, total_of
from printing.pages import MM, Layout, Part, gap, make_pdf
from printing.tables import Column, heading, paragraph, table, word_width
from store.rules.money import format_rupiah


def draw(sheet: ContentsSheet, words: ContentsWords) -> bytes:
    """The content list; columns in which nothing is known are left out. Raises LetterMissing."""
    box = sheet.box
    name = words.box.format(kind=box.kind, number=box.number)
    layout = Layout(sheet.stamp, words.paper, f"{words.title} {name}", landscape=True)
    told = (
        " ".join(filter(None, (box.program, words.programs.get(box.program, "")))),
        f"{words.period} {box.period}" if box.period else "",
        f"{words.shelf} {box.shelf}" if box.shelf else "",
        words.count.format(n=words.paper.count(len(sheet.rows))),
    )
    parts: list[Part] = [title_part(layout, f"{words.title} {name}", " · ".join(filter(None, told)))]
    if sheet.rows:
        parts += _table(layout, sheet, words)
    else:
        parts.append(paragraph(layout, words.empty, size=11))
    if sheet.gaps:
        parts += [gap(2 * MM), heading(layout, words.gaps)]
        parts += [paragraph(layout, f"• {line}") for line in sheet.gaps]
    return make_pdf(layout, parts)


def _table(layout: Layout, sheet: ContentsSheet, words: ContentsWords) -> list[Part]:
    rows = sheet.rows
    fixed: list[tuple[Column, list[str], str]] = [
        (Column(words.number, 10 * MM, right=True), [words.paper.count(n) for n in range(1, len(rows) + 1)], ""),
        (Column(words.code, 51 * MM), [_code(row, words) for row in rows], words.total),
    ]
    if any(row.decision for row in rows):
        fixed.append((Column(words.decision, 27 * MM), [row.decision for row in rows], ""))
    if any(row.tax is not None for row in rows):
        fixed.append((Column(words.tax, 20 * MM, right=True), [_money(row.tax) for row in rows], ""))
    if any(row.amount is not None for row in rows):
        total = total_of([row.amount for row in rows])
        fixed.append((Column(words.amount, 27 * MM, right=True), [_money(row.amount) for row in rows], total))
    if any(row.account or row.bank or row.account_name for row in rows):
        fixed.append((Column(words.account, 33 * MM, lines=4), [_account(row) for row in rows], ""))
    if any(row.sheets is not None for row in rows):
        sheets = ["" if row.sheets is None else words.paper.count(row.sheets) for row in rows]
        fixed.append((Column(words.sheets, 15 * MM, right=True), sheets, ""))
    if any(row.original for row in rows):
        width = word_width(words.original, [row.original for row in rows], 26 * MM)
        fixed.append((Column(words.original, width), [row.original for row in rows], ""))
    flexible = [(words.participant, 3, [f"{row.kpj} {row.name}".strip() for row in rows])]
    flexible += [(words.company, 2, [row.company for row in rows])] if any(row.company for row in rows) else []
    flexible += [(words.note, 2, [row.note for row in rows])] if any(row.note for row in rows) else []
    left = layout.width - sum(column.width for column, _cells, _total in fixed)
    share = left / sum(weight for _title, weight, _cells in flexible)
    shared: list[tuple[Column, list[str], str]] = [
        (Column(title, weight * share, lines=4), cells, "") for title, weight, cells in flexible
    ]
    put = [*fixed[:2], *shared[:1], *fixed[2:3], *shared[1:], *fixed[3:]] if len(fixed) > 2 else [*fixed, *shared]
    lines = [[cells[place] for _column, cells, _total in put] for place in range(len(rows))]
    totals = [total for _column, _cells, total in put]
    return table(layout, [column for column, _cells, _total in put], lines, totals=totals if any(totals[2:]) else ())


def _code(row: ContentsRow, words: ContentsWords) -> str:
    if row.code:
        return row.code
    return words.paper.date(row.dated) if row.dated else "—"


def _money(amount: int | None) -> str:
    return "" if amount is None else format_rupiah(amount)


def _account(row: ContentsRow) -> str:
    return " · ".join(filter(None, (row.account, row.bank, row.account_name)))
