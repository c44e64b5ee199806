"""The daily report (*laporan harian*): what each person did, per section, as the office notes it every evening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from printing.fonts import fit
from printing.pages import MM, Layout, Part, Pen, kept, make_pdf
from printing.sheets import DailyPerson, DailySection, DailySheet, DailyWords
from printing.tables import Column, paragraph, signature, table


def draw(sheet: DailySheet, words: DailyWords) -> bytes:
    """The report of a day on A4 upright; a day without anything says so. Raises LetterMissing."""
    day = f"{words.weekdays[sheet.day.weekday()]}, {words.paper.date(sheet.day)}"
    layout = Layout(sheet.stamp, words.paper, f"{words.title} · {day}")
    parts = [_title(layout, words.title, day)]
    for section in sheet.sections:
        parts += _section(layout, section, words)
    if not sheet.sections:
        parts.append(paragraph(layout, words.empty, size=11))
    if sheet.signer:
        # Nobody signs an empty page: the last row comes along.
        parts += [kept(parts.pop()), signature(layout, f"{sheet.place}, {words.paper.date(sheet.day)}", sheet.signer)]
    if sheet.anchor:
        parts.append(paragraph(layout, sheet.anchor, size=8))
    return make_pdf(layout, parts)


def _title(layout: Layout, title: str, day: str) -> Part:
    def draw_title(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 7.5 * MM, fit(title, layout.width, 16, bold=True), 16, bold=True)
        pen.text(layout.left, top - 13.5 * MM, fit(day, layout.width, 11), 11)

    return Part(17 * MM, draw_title)


def _section(layout: Layout, section: DailySection, words: DailyWords) -> Iterator[Part]:
    """A bar with the section's name, the sum of its counts, then its people."""

    def draw_bar(pen: Pen, top: float) -> None:
        pen.box(layout.left, top - 10.5 * MM, layout.width, 7 * MM, fill=0.85, edge=None)
        name = fit(section.name, layout.width - 5 * MM, 11, bold=True)
        pen.text(layout.left + 2 * MM, top - 8.5 * MM, name, 11, bold=True)

    yield Part(12 * MM, draw_bar, with_next=True)
    if not section.people:
        yield paragraph(layout, words.nothing)
        return
    if len(section.people) > 1:
        sums: Counter[str] = Counter()
        for person in section.people:
            for activity, count in person.counts:
                sums[activity] += count
        yield kept(paragraph(layout, f"{words.total} {_counts(layout, sums.items())}", lines=4))
    for person in section.people:
        yield from _person(layout, person, words)


def _counts(layout: Layout, counts: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{activity}: {layout.words.count(count)}" for activity, count in counts)


def _person(layout: Layout, person: DailyPerson, words: DailyWords) -> Iterator[Part]:
    """Name and counts, then the lines of the day; on a further page the name comes again."""
    yield _name(layout, person.name)
    if person.counts:
        yield kept(paragraph(layout, _counts(layout, person.counts), lines=4))
    if not person.lines:
        yield paragraph(layout, words.nothing)
        return
    columns = (
        Column(words.time, 16 * MM),
        Column(words.activity, 52 * MM),
        Column(words.detail, layout.width - 68 * MM, lines=4),
    )
    rows = [
        (layout.words.hour(line.at), line.activity, line.detail)
        for line in sorted(person.lines, key=lambda line: line.at)
    ]
    yield from table(layout, columns, rows, above=(_name(layout, f"{person.name} {words.paper.continued}"),))


def _name(layout: Layout, name: str) -> Part:
    def draw_name(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 5.5 * MM, fit(name, layout.width, 10, bold=True), 10, bold=True)

    return Part(7 * MM, draw_name, with_next=True)
