"""A company's open questions on A4 lying: a line a person, with room to write what is asked (design.md 3.3)."""

from __future__ import annotations

from printing.documents.listing import title_part
from printing.fonts import fit, wrap
from printing.form_sheets import CompanyFormSheet, CompanyFormWords, FormPerson
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.tables import SIZE, paragraph, signature

_NUMBER, _KPJ, _NAME, _QUESTION = 10 * MM, 26 * MM, 48 * MM, 52 * MM
_ROW = 10 * MM
_LINE = 3.4 * MM


def draw(sheet: CompanyFormSheet, words: CompanyFormWords) -> bytes:
    """The form. Raises LetterMissing."""
    title = words.title.format(number=words.paper.count(sheet.number))
    layout = Layout(sheet.stamp, words.paper, f"{title} {sheet.company}", landscape=True)
    told = (
        sheet.company,
        f"{words.npp} {sheet.npp}" if sheet.npp else "",
        words.people.format(n=words.paper.count(len(sheet.people))),
        words.due.format(day=words.paper.date(sheet.due_on)) if sheet.due_on else "",
    )
    parts: list[Part] = [title_part(layout, title, " · ".join(filter(None, told)))]
    if not sheet.people:
        return make_pdf(layout, [*parts, paragraph(layout, words.empty, size=11)])
    parts += [paragraph(layout, words.request), gap(MM)]
    header = _header(layout, sheet, words)
    parts.append(header)
    parts += [_row(layout, n, person, header) for n, person in enumerate(sheet.people, start=1)]
    return make_pdf(layout, [*parts[:-1], kept(parts[-1]), signature(layout, words.filled_by, words.signer)])


def _room(layout: Layout, columns: int) -> float:
    """The width of a column to write in."""
    return (layout.width - _NUMBER - _KPJ - _NAME - _QUESTION) / max(columns, 1)


def _header(layout: Layout, sheet: CompanyFormSheet, words: CompanyFormWords) -> Part:
    room = _room(layout, len(sheet.columns))
    titles = (
        *((words.number, _NUMBER), (words.kpj, _KPJ), (words.name, _NAME), (words.question, _QUESTION)),
        *((title, room) for title in sheet.columns),
    )

    def draw_header(pen: Pen, top: float) -> None:
        pen.box(layout.left, top - 6 * MM, layout.width, 6 * MM, fill=0.9, edge=None)
        x = layout.left
        for title, width in titles:
            pen.text(x + MM, top - 4.1 * MM, fit(title, width - 2 * MM, 7.5, bold=True), 7.5, bold=True)
            x += width

    return Part(6 * MM, draw_header, with_next=True)


def _row(layout: Layout, number: int, person: FormPerson, header: Part) -> Part:
    room = _room(layout, len(person.asked))
    name = wrap(person.name, _NAME - 2 * MM, SIZE, bold=True, lines=3)
    questions = wrap(person.questions, _QUESTION - 2 * MM, 7.5, lines=4)
    height = max(_ROW, (max(len(name), len(questions))) * _LINE + 3 * MM)

    def draw_row(pen: Pen, top: float) -> None:
        pen.text(layout.left + _NUMBER - 2 * MM, top - 5 * MM, str(number), SIZE, align="right")
        x = layout.left + _NUMBER
        pen.text(x + MM, top - 5 * MM, fit(person.kpj, _KPJ - MM, 9.5), 9.5)
        x += _KPJ
        for lines, width, size, bold in ((name, _NAME, SIZE, True), (questions, _QUESTION, 7.5, False)):
            for n, line in enumerate(lines):
                pen.text(x + MM, top - 4.4 * MM - n * _LINE, line, size, bold=bold)
            x += width
        for asked in person.asked:
            pen.box(x + 0.5 * MM, top - height + MM, room - MM, height - 2 * MM, fill=None if asked else 0.85)
            x += room
        pen.line(layout.left, top - height, layout.right, grey=GREY)

    return Part(height, draw_row, (header,))
