"""The call list: a day of telephone work on paper, to be typed back by line number and outcome key (design.md 3.1).

Rows are high enough for a pen. Numbers stand in full, since who calls has to dial them; birth dates and balances never
do (domain.md 3.7).
"""

from __future__ import annotations

from collections.abc import Sequence

from printing.fonts import fit, size_for, text_width, wrap
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.sheets import CallListLine, CallListSheet, CallListWords
from store.rules.phones import format_display
from store.rules.readings import PhoneRead

ROW = 15 * MM
"""The least height of a line: two rows of boxes that a pen hits, two lines for handwriting."""

MOST_PHONES = 6
"""More numbers of one person than this are counted, not set: the first ones are rung first."""

_NUMBER, _PERSON, _PHONES, _BOXES, _NOTES = (width * MM for width in (9, 56, 43.5, 39.5, 40))
_BOX, _LETTER_BOX = 6.2 * MM, 6.6 * MM
_TITLE, _SMALL, _TINY, _PHONE = 9.5, 7.5, 6.0, 11.0
_NAME_LINE, _LINE = 3.7 * MM, 3.1 * MM


def draw(sheet: CallListSheet, words: CallListWords) -> bytes:
    """The list as A4 upright; a list without anybody says so. Raises LetterMissing."""
    title = f"{words.title} {sheet.list_number} · {sheet.period} · {sheet.handler}".rstrip(" ·")
    layout = Layout(sheet.stamp, words.paper, title)
    layout = Layout(sheet.stamp, words.paper, title, foot=_foot(layout, words))
    parts = [_title(layout, sheet, words), _script(layout, sheet, words), gap(2 * MM)]
    header = _header(layout, words)
    if sheet.lines:
        parts += [header, *(_row(layout, line, words, header) for line in sheet.lines)]
        parts += [kept(parts.pop()), _typed_back(layout, words)]
    else:
        parts.append(_empty(layout, words))
    return make_pdf(layout, parts)


def _title(layout: Layout, sheet: CallListSheet, words: CallListWords) -> Part:
    number = fit(sheet.list_number, 50 * MM, 20, bold=True)
    number_width = text_width(number, 20, True) + 6 * MM
    facts = (
        (words.period, sheet.period),
        (words.handler, sheet.handler),
        (layout.words.date(sheet.list_date), words.people.format(n=layout.words.count(len(sheet.lines)))),
    )
    width = (layout.width - number_width) / 3

    def draw_title(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 6.5 * MM, fit(words.title, layout.width - number_width, 14, True), 14, bold=True)
        pen.box(layout.right - number_width, top - 12.5 * MM, number_width, 10.5 * MM)
        pen.text(layout.right - number_width / 2, top - 9.8 * MM, number, 20, bold=True, align="centre")
        for place, (label, value) in enumerate(facts):
            x = layout.left + place * width
            pen.text(x, top - 11.3 * MM, fit(label, width - 2 * MM, _SMALL), _SMALL, grey=GREY)
            pen.text(x, top - 15.4 * MM, fit(value, width - 2 * MM, 9.5, True), 9.5, bold=True)
            if not value:
                pen.line(x, top - 15.6 * MM, x + width - 8 * MM, grey=GREY)

    return Part(17.5 * MM, draw_title)


def _script(layout: Layout, sheet: CallListSheet, words: CallListWords) -> Part:
    lines = [line for text in sheet.script for line in wrap(text, layout.width - 5 * MM, 8.5, lines=3)]
    if not lines:
        return gap(0)
    height = (len(lines) * 4.1 + 6.5) * MM

    def draw_script(pen: Pen, top: float) -> None:
        pen.box(layout.left, top - height, layout.width, height, fill=0.95, edge=None)
        pen.text(layout.left + 2.5 * MM, top - 3.8 * MM, words.script, _SMALL, bold=True)
        for number, line in enumerate(lines, start=1):
            pen.text(layout.left + 2.5 * MM, top - (3.9 + number * 4.1) * MM, line, 8.5)

    return Part(height, draw_script)


def _header(layout: Layout, words: CallListWords) -> Part:
    titles = (
        ("", _NUMBER),
        (words.column_person, _PERSON),
        (words.column_phones, _PHONES),
        (words.column_outcome, _BOXES),
        (words.column_notes, _NOTES),
    )

    def draw_header(pen: Pen, top: float) -> None:
        x = layout.left
        for title, width in titles:
            pen.text(x, top - 3.4 * MM, fit(title, width - MM, _SMALL, True), _SMALL, bold=True)
            x += width
        pen.line(layout.left, top - 5 * MM, layout.right, thick=0.8)

    return Part(5 * MM, draw_header, with_next=True)


def _row(layout: Layout, line: CallListLine, words: CallListWords, header: Part) -> Part:
    name = wrap(line.name, _PERSON - 2 * MM, _TITLE, bold=True)
    below = [fit(text, _PERSON - 2 * MM, _SMALL) for text in (line.company, f"KPJ {line.kpj}") if text]
    below += wrap(line.matter, _PERSON - 2 * MM, _SMALL, lines=3)
    history = _history(layout, line, words)
    phones = line.phones[:MOST_PHONES]
    more = len(line.phones) - len(phones)
    height = max(
        ROW,
        2 * MM + len(name) * _NAME_LINE + len(below) * _LINE,
        2.4 * MM + sum(map(_phone_height, phones)) + bool(more) * _LINE + len(history) * _LINE + 0.4 * MM,
    )

    def draw_row(pen: Pen, top: float) -> None:
        x = layout.left
        size = size_for(str(line.number), _NUMBER - 2.5 * MM, 11, bold=True)
        pen.text(x + _NUMBER - 2.5 * MM, top - 5 * MM, str(line.number), size, bold=True, align="right")
        x += _NUMBER
        base = top - 0.8 * MM
        for text in name:
            base -= _NAME_LINE
            pen.text(x, base, text, _TITLE, bold=True)
        for text in below:
            base -= _LINE
            pen.text(x, base, text, _SMALL)
        x += _PERSON
        base = _draw_phones(pen, x, top, phones, more, words)
        for text, bold in history:
            pen.text(x, base, text, _SMALL, bold=bold)
            base -= _LINE
        x += _PHONES
        _draw_boxes(pen, x, top, words)
        _draw_notes(pen, x + _BOXES, top, words)
        pen.line(layout.left, top - height, layout.right, grey=0.5)

    return Part(height, draw_row, (header,))


def _history(layout: Layout, line: CallListLine, words: CallListWords) -> list[tuple[str, bool]]:
    """What happened so far and what was promised, to stand below the numbers; the promise is bold."""
    width = _PHONES - 2 * MM
    last_at = layout.words.short_moment(line.last_at) if line.last_at else ""
    tried = words.tried.format(n=layout.words.count(line.tries)) if line.tries else ""
    so_far = " · ".join(filter(None, (tried, last_at, line.last)))
    promised = words.promised.format(when=layout.words.short_moment(line.due_at)) if line.due_at else ""
    lines = [(line, False) for line in wrap(so_far, width, _SMALL)]
    return [*lines, *((line, True) for line in wrap(promised, width, _SMALL, bold=True))]


def _phone_height(phone: PhoneRead) -> float:
    return (8 if phone.label else 5.2) * MM


def _draw_phones(pen: Pen, x: float, top: float, phones: Sequence[PhoneRead], more: int, words: CallListWords) -> float:
    """Full numbers in groups; where there are several, each with a small box for the one that was rung.

    Gives the base line of what comes below.
    """
    if not phones:
        for number, text in enumerate(wrap(words.no_phone, _PHONES - 2 * MM, _SMALL)):
            pen.text(x, top - 4.5 * MM - number * _LINE, text, _SMALL)
        return top - 5 * MM - 2 * _LINE
    indent = 4.6 * MM if len(phones) + more > 1 else 0
    base = top - 5 * MM
    for phone in phones:
        shown = format_display(phone.e164)
        room = _PHONES - indent - 2 * MM
        size = size_for(shown, room, _PHONE, bold=True)
        if indent:
            pen.box(x, base - 0.2 * MM, 3 * MM, 3 * MM)
        pen.text(x + indent, base, shown, size, bold=True)
        if phone.label:
            pen.text(x + indent, base - 2.9 * MM, fit(phone.label, room, 7), 7)
        base -= _phone_height(phone)
    if more:
        pen.text(x + indent, base + MM, f"+{more}", _SMALL)
        base -= _LINE
    return base + MM


def _draw_boxes(pen: Pen, x: float, top: float, words: CallListWords) -> None:
    """Two rows of five boxes, a key in each, as on the legend; beside them a box for a letter."""
    for place, (key, _meaning) in enumerate(words.legend):
        row, column = divmod(place, 5)
        left, low = x + column * _BOX, top - 1.1 * MM - (row + 1) * 6.4 * MM
        pen.box(left, low, _BOX, 6.4 * MM, edge=0.25)
        pen.text(left + MM, low + 3.7 * MM, key, 7.5, grey=GREY)
    left = x + 5 * _BOX
    pen.box(left, top - 13.9 * MM, _LETTER_BOX, 12.8 * MM, edge=0.25)
    pen.text(left + _LETTER_BOX / 2, top - 3.4 * MM, fit(words.letter, _LETTER_BOX, 5), 5, grey=GREY, align="centre")


def _draw_notes(pen: Pen, x: float, top: float, words: CallListWords) -> None:
    """Two lines for a pen: when it was and when again; what was said."""
    width = _NOTES
    upper, lower, half = top - 6.6 * MM, top - 13.4 * MM, 15.5 * MM
    for label, left, right, base in (
        (words.called_at, x, x + half, upper),
        (words.call_back, x + half + MM, x + width, upper),
        (words.note, x, x + width, lower),
    ):
        shown = fit(label, (right - left) / 2, _TINY)
        pen.text(left, base + 0.5 * MM, shown, _TINY, grey=GREY)
        pen.line(left + text_width(shown, _TINY) + MM, base, right, grey=GREY)


def _typed_back(layout: Layout, words: CallListWords) -> Part:
    def draw_line(pen: Pen, top: float) -> None:
        base = top - 8 * MM
        shown = fit(words.typed_back, layout.width / 2, 8.5)
        pen.text(layout.left, base, shown, 8.5)
        pen.line(layout.left + text_width(shown, 8.5) + 2 * MM, base - 0.4 * MM, layout.right, grey=GREY)

    return Part(10 * MM, draw_line)


def _empty(layout: Layout, words: CallListWords) -> Part:
    def draw_sentence(pen: Pen, top: float) -> None:
        pen.text(layout.left, top - 8 * MM, fit(words.empty, layout.width, 11), 11)

    return Part(12 * MM, draw_sentence)


def _foot(layout: Layout, words: CallListWords) -> Part:
    """What the boxes mean, in the order of the boxes; what never to say; what to do with the paper afterwards."""
    width = layout.width / 5
    meanings = [(key, wrap(meaning, width - 6 * MM, 7)) for key, meaning in words.legend]
    rows = [meanings[:5], meanings[5:]]
    depths = [max((len(lines) for _key, lines in row), default=0) * 3 * MM + 0.8 * MM for row in rows]
    texts = [
        (line, bold)
        for text, bold in ((words.letters, False), (words.never, True), (words.afterwards, False))
        for line in wrap(text, layout.width, 7, bold)
    ]
    height = sum(depths) + len(texts) * 3.1 * MM + 4 * MM

    def draw_foot(pen: Pen, top: float) -> None:
        pen.line(layout.left, top - MM, layout.right, thick=0.8)
        base = top - 4.2 * MM
        for row, depth in zip(rows, depths, strict=True):
            for place, (key, lines) in enumerate(row):
                x = layout.left + place * width
                pen.text(x, base, key, 8, bold=True)
                for number, line in enumerate(lines):
                    pen.text(x + 3.5 * MM, base - number * 3 * MM, line, 7)
            base -= depth
        for line, bold in texts:
            pen.text(layout.left, base, line, 7, bold=bold)
            base -= 3.1 * MM

    return Part(height, draw_foot)
