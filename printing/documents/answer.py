"""A quick answer on A4, to hand over: the text in large letters, where it is from, until when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printing.fonts import fit, printable, text_width, wrap
from printing.pages import GREY, MM, Layout, Part, Pen, gap, kept, make_pdf
from printing.sheets import AnswerSheet, AnswerWords
from printing.tables import paragraph
from store.rules.script import Block

SIZE = 12
LEADING = 6.2 * MM
INDENT = 6 * MM
MARGIN_FOR_READING = 8 * MM

Run = tuple[str, bool]


def draw(sheet: AnswerSheet, words: AnswerWords) -> bytes:
    """The answer on A4 upright. Raises LetterMissing."""
    layout = Layout(sheet.stamp, words.paper, sheet.title)
    parts = [_title(layout, sheet.title), gap(2 * MM)]
    if sheet.valid_until is not None and sheet.expired:
        told = words.expired.format(day=words.paper.date(sheet.valid_until))
        parts.append(paragraph(layout, told, size=13, bold=True))
    for block in sheet.blocks:
        parts += _block(layout, block)
    parts.append(gap(4 * MM))
    parts += [paragraph(layout, line, size=9, grey=GREY) for line in _origin(sheet, words)]
    return make_pdf(layout, parts)


def _title(layout: Layout, title: str) -> Part:
    lines = wrap(title, layout.width, 18, bold=True, lines=3)

    def draw_title(pen: Pen, top: float) -> None:
        for number, text in enumerate(lines, start=1):
            pen.text(layout.left, top - number * 8 * MM, text, 18, bold=True)

    return Part(len(lines) * 8 * MM + 3 * MM, draw_title, with_next=True)


def _origin(sheet: AnswerSheet, words: AnswerWords) -> Iterator[str]:
    if sheet.source:
        yield words.source.format(source=sheet.source)
    if sheet.valid_until is not None and not sheet.expired:
        yield words.valid.format(day=words.paper.date(sheet.valid_until))
    if sheet.address:
        yield sheet.address
    if sheet.phone:
        yield words.phone.format(phone=sheet.phone)


def _block(layout: Layout, block: Block) -> Iterator[Part]:
    """A paragraph, heading or list line; each of its lines is a part, so that a long one may go on overleaf."""
    mark = "•" if block.kind == "item" else ""
    left = layout.left + (INDENT if mark else 0)
    heavy = block.kind == "heading"
    runs = [(text, heavy or style == "bold") for text, style in block.runs]
    lines = list(_lines(runs, layout.right - left - MARGIN_FOR_READING))
    parts = [_line(layout.left, left, line, mark if number == 0 else "") for number, line in enumerate(lines)]
    # No line stands alone at the end of a page or at the beginning of the next.
    for number in {0, len(parts) - 2} if len(parts) > 1 else set():
        parts[number] = kept(parts[number])
    yield from parts
    yield gap(1.2 * MM if mark else 2.4 * MM) if not heavy else gap(0)


def _line(edge: float, left: float, runs: Sequence[Run], mark: str) -> Part:
    def draw_line(pen: Pen, top: float) -> None:
        pen.text(edge + 1.5 * MM, top - 4.6 * MM, mark, SIZE)
        x = left
        for text, bold in runs:
            pen.text(x, top - 4.6 * MM, text, SIZE, bold=bold)
            x += text_width(f"{text} ", SIZE, bold)

    return Part(LEADING, draw_line)


def _lines(runs: Sequence[Run], width: float) -> Iterator[list[Run]]:
    """Words of two weights, as many on a line as fit; what hangs together is not parted."""
    line: list[Run] = []
    used = 0.0
    for word, bold in _words(runs):
        word = fit(word, width, SIZE, bold)
        wide = text_width(word, SIZE, bold)
        if line and used + wide > width:
            yield line
            line, used = [], 0.0
        line.append((word, bold))
        used += wide + text_width(" ", SIZE, bold)
    if line:
        yield line


def _words(runs: Sequence[Run]) -> Iterator[Run]:
    """The words with their weight; punctuation that hangs on a bold word becomes bold with it."""
    held: Run | None = None
    spaced = True
    for text, bold in runs:
        shown = printable(text)
        if shown and held is not None and not spaced and not text[:1].isspace():
            first, _blank, shown = shown.partition(" ")
            held = (held[0] + first, held[1])
        for word in shown.split():
            if held is not None:
                yield held
            held = (word, bold)
        if text:
            spaced = text[-1:].isspace()
    if held is not None:
        yield held
