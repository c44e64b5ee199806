"""The recap of a period: figures with their definitions, bars, tables, a signature (design.md 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from printing.fonts import fit, text_width
from printing.pages import GREY, MM, Layout, Part, Pen, kept, make_pdf
from printing.sheets import Chart, CountTable, RecapSheet, RecapWords
from printing.tables import Column, heading, paragraph, signature, table

_MOST_COLUMNS = 7
"""Counts beside a name that fit upright; with more the recap lies."""

_COUNT = 19 * MM
_BAR = 5.4 * MM


def draw(sheet: RecapSheet, words: RecapWords) -> bytes:
    """The recap on A4, upright unless a table is too wide for that. Raises LetterMissing."""
    wide = any(len(shown.columns) > _MOST_COLUMNS for shown in sheet.tables)
    layout = Layout(sheet.stamp, words.paper, f"{sheet.title} · {sheet.period}", landscape=wide)
    parts = [_title(layout, sheet, words), *_figures(layout, sheet, words)]
    for pair in zip_longest(sheet.charts[::2], sheet.charts[1::2]):
        parts += _charts(layout, pair, words)
    for shown in sheet.tables:
        parts += _table(layout, shown, words)
    # Nobody signs an empty page: the last row comes along.
    place = f"{sheet.place}, {layout.words.date(sheet.signed_on)}"
    parts += [kept(parts.pop()), signature(layout, place, sheet.signer)]
    return make_pdf(layout, parts)


def _title(layout: Layout, sheet: RecapSheet, words: RecapWords) -> Part:
    closed = sheet.closed_at is not None
    mark = words.not_closed
    if sheet.closed_at is not None:
        mark = words.closed.format(when=layout.words.moment(sheet.closed_at), by=sheet.closed_by)
    shown = fit(mark, layout.width - 6 * MM, 8.5, closed)
    width = text_width(shown, 8.5, closed) + 6 * MM

    def draw_title(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 7.5 * MM, fit(sheet.title, layout.width, 16, bold=True), 16, bold=True)
        pen.text(layout.left, top - 13.5 * MM, fit(f"{words.period} {sheet.period}", layout.width, 11), 11)
        pen.box(layout.left, top - 22 * MM, width, 6 * MM, edge=0 if closed else 0.6)
        pen.text(layout.left + 3 * MM, top - 20 * MM, shown, 8.5, bold=closed, grey=0 if closed else GREY)

    return Part(24 * MM, draw_title)


def _figures(layout: Layout, sheet: RecapSheet, words: RecapWords) -> list[Part]:
    columns = (
        Column(words.figure, 50 * MM, bold=True),
        Column(words.value, 22 * MM, right=True, bold=True),
        Column(words.definition, layout.width - 72 * MM, lines=3),
    )
    title = heading(layout, words.figures)
    rows = [(figure.title, figure.value, figure.definition) for figure in sheet.figures]
    return [title, *table(layout, columns, rows)] if rows else [title, paragraph(layout, words.empty)]


def _charts(layout: Layout, pair: tuple[Chart | None, Chart | None], words: RecapWords) -> Iterator[Part]:
    """One or two charts beside each other, a part for each bar, so that any number of bars finds its pages."""
    charts = [chart for chart in pair if chart is not None]
    space = 8 * MM
    width = (layout.width - space) / 2
    lefts = [layout.left + place * (width + space) for place in range(len(charts))]

    def draw_titles(pen: Pen, top: float) -> None:
        for left, chart in zip(lefts, charts, strict=True):
            pen.text(left, top - 7 * MM, fit(chart.title, width, 11, bold=True), 11, bold=True)
            if not chart.bars:
                pen.text(left, top - 12.5 * MM, fit(words.empty, width, 8.5), 8.5, grey=GREY)

    empty = any(not chart.bars for chart in charts)
    yield Part(14 * MM if empty else 9.5 * MM, draw_titles, with_next=True)
    for number in range(max(len(chart.bars) for chart in charts)):
        yield _bars(layout, charts, lefts, width, number)


def _bars(layout: Layout, charts: list[Chart], lefts: list[float], width: float, number: int) -> Part:
    """The bars of one place in each chart, as long as their share of the longest; the count and the share beside."""
    name_width = width * 0.38

    def draw_bars(pen: Pen, top: float) -> None:
        base = top - 3.9 * MM
        for left, chart in zip(lefts, charts, strict=True):
            if number >= len(chart.bars):
                continue
            name, count = chart.bars[number]
            longest = max(value for _name, value in chart.bars) or 1
            share = round(100 * count / (sum(value for _name, value in chart.bars) or 1))
            pen.text(left, base, fit(name, name_width - 2 * MM, 8.5), 8.5)
            widest = max(text_width(layout.words.count(value), 8.5, True) for _name, value in chart.bars)
            start, room = left + name_width, width - name_width - widest - 13 * MM
            if count:
                pen.box(start, top - 4.7 * MM, room * count / longest, 3.8 * MM, fill=0.45, edge=None)
            pen.box(start, top - _BAR, 0, _BAR, edge=0.5)
            right = left + width
            pen.text(right - 9.5 * MM, base, layout.words.count(count), 8.5, bold=True, align="right")
            pen.text(right, base, f"{share}%", 7.5, grey=GREY, align="right")

    return Part(_BAR, draw_bars)


def _table(layout: Layout, shown: CountTable, words: RecapWords) -> list[Part]:
    title = heading(layout, shown.title)
    if not shown.rows:
        return [title, paragraph(layout, words.empty)]
    count_width = min(_COUNT, layout.width * 0.7 / max(1, len(shown.columns)))
    columns = (
        Column(shown.name_column, layout.width - count_width * len(shown.columns)),
        *(Column(name, count_width, right=True) for name in shown.columns),
    )
    count = layout.words.count
    rows = [(name, *map(count, counts)) for name, counts in shown.rows]
    repeated = heading(layout, f"{shown.title} {layout.words.continued}")
    totals = (words.total, *map(count, shown.totals)) if shown.totals else ()
    return [title, *table(layout, columns, rows, above=(repeated,), totals=totals)]
