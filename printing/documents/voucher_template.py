"""Where everything stands on a voucher, and what is the same on many of them: frame, labels, places to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from printing.fonts import REGULAR, fit, printable, text_width, wrap
from printing.pages import GREY, LONG, MARGIN, MM, SHORT, Align, Pen
from printing.sheets import Stamp
from printing.voucher_sheets import VoucherSheet, VoucherWords
from store.rules.signers import Signatory

LEFT: Final = MARGIN
RIGHT: Final = SHORT - MARGIN
WIDTH: Final = RIGHT - LEFT
PAD: Final = 1.5 * MM
MOST_SIGNERS: Final = 6


class Box(NamedTuple):
    """A place on the sheet, in points from the lower left corner."""

    left: float
    low: float
    right: float
    high: float

    @property
    def room(self) -> float:
        """How wide a text in it may be."""
        return self.right - self.left - 2 * PAD


class Laid(NamedTuple):
    """One line of text and where it is set."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    grey: float = 0
    align: Align = "left"


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    """A box in millimetres, from the left margin and from the upper edge of the sheet."""
    return Box(LEFT + left * MM, LONG - bottom * MM, LEFT + right * MM, LONG - top * MM)


NUMBER: Final = _box(128, 19, 188, 30)
REPLACES: Final = _box(84, 11, 188, 15.6)
CODE: Final = _box(84, 33, 188, 44)
"""The bars; the code in print stands below them."""
BAND: Final = _box(0, 51, 188, 60.5)
BOOKED_ON: Final = _box(0, 62, 94, 72)
KPJ: Final = _box(94, 62, 188, 72)
PARTICIPANT: Final = _box(0, 72, 188, 83.5)
COMPANY: Final = _box(0, 83.5, 146, 93.5)
NPP: Final = _box(146, 83.5, 188, 93.5)
PAYEE: Final = _box(0, 93.5, 188, 105)
AMOUNT: Final = _box(0, 107, 66, 129)
IN_WORDS: Final = _box(66, 107, 188, 129)
TABLE: Final = _box(0, 132, 188, 229)
"""Room for the account lines; the table ends where they end."""
SIGNATURES: Final = _box(0, 235, 188, 279)

HEADER: Final = 6 * MM
TOTAL: Final = 6.5 * MM
_COLUMNS: Final = tuple(width * MM for width in (26, 92, 35, 35))


def line_columns() -> tuple[Box, Box, Box, Box]:
    """The columns of the account lines: account, its name, debit, credit."""
    lefts = [TABLE.left + sum(_COLUMNS[:place]) for place in range(4)]
    first, second, third, fourth = (
        Box(left, TABLE.low, left + width, TABLE.high) for left, width in zip(lefts, _COLUMNS, strict=True)
    )
    return first, second, third, fourth


def row_height(lines: int) -> float:
    """How high a row of the table is when there are so many."""
    return min(9 * MM, (TABLE.high - TABLE.low - HEADER - TOTAL) / max(1, lines))


def check(stamp: Stamp, words: VoucherWords) -> None:
    """Raises LetterMissing for what stands on every voucher."""
    list(_labels(words))
    list(_columns(words, 1))
    list(_foot(stamp, words))
    for text in (stamp.office, words.title, words.signatures, words.paper.practice):
        printable(text)


def template(canvas: Canvas, name: str, sheet: VoucherSheet, stamp: Stamp, words: VoucherWords) -> None:
    """Puts the form of that name into the file: for vouchers of the sheet's office, programme, signers and number
    of lines.

    Raises LetterMissing, and then there is no form.
    """
    texts = [
        *_head(sheet.program, sheet.office or stamp.office, words),
        *_labels(words),
        *_columns(words, len(sheet.lines)),
        *_signatures(sheet.signers, words),
        *_foot(stamp, words),
    ]
    canvas.beginForm(name, 0, 0, SHORT, LONG)
    canvas.setFont(REGULAR, 9)
    pen = Pen(canvas)
    if stamp.practice:
        pen.across(SHORT, LONG, words.paper.practice)
    _frames(pen, len(sheet.lines))
    for box in signature_boxes(len(sheet.signers)):
        _frame(pen, box)
    for text in texts:
        pen.text(text.x, text.y, text.text, text.size, bold=text.bold, grey=text.grey, align=text.align)
    pen.finish()
    canvas.endForm()


def _head(program: str, office: str, words: VoucherWords) -> Iterator[Laid]:
    yield Laid(LEFT, LONG - 14.4 * MM, fit(office, WIDTH, 9, bold=True), 9, True)
    yield Laid(LEFT, LONG - 25.5 * MM, fit(words.title, NUMBER.left - LEFT - PAD, 15, bold=True), 15, True)
    code = fit(program, 40 * MM, 26, bold=True)
    yield Laid(LEFT, LONG - 38 * MM, code, 26, True)
    full = words.programs.get(program, "")
    for place, line in enumerate(wrap(full, CODE.left - LEFT, 10, lines=2)):
        yield Laid(LEFT, LONG - (43.5 + 4.2 * place) * MM, line, 10)


def _labels(words: VoucherWords) -> Iterator[Laid]:
    for box, label in (
        (BOOKED_ON, words.booked_on),
        (KPJ, words.kpj),
        (PARTICIPANT, words.participant),
        (COMPANY, words.company),
        (NPP, words.npp),
        (PAYEE, words.payee),
        (AMOUNT, words.amount),
        (IN_WORDS, words.in_words),
    ):
        yield Laid(box.left + PAD, box.high - 3.2 * MM, fit(label, box.room, 7), 7, grey=GREY)


def _columns(words: VoucherWords, lines: int) -> Iterator[Laid]:
    titles = (words.account, words.account_name, words.debit, words.credit)
    base = TABLE.high - 4 * MM
    for place, (box, title) in enumerate(zip(line_columns(), titles, strict=True)):
        right = place > 1
        x = box.right - PAD if right else box.left + PAD
        yield Laid(x, base, fit(title, box.room, 7.5, bold=True), 7.5, True, align="right" if right else "left")
    low = TABLE.high - HEADER - lines * row_height(lines) - TOTAL
    yield Laid(line_columns()[1].left + PAD, low + 2 * MM, fit(words.total, 60 * MM, 8.5, bold=True), 8.5, True)


def signature_boxes(count: int) -> list[Box]:
    """Where each of so many signs: in one row up to three, else in two."""
    rows = 1 if count <= 3 else 2
    each = -(-count // rows)
    wide, high = WIDTH / each, (SIGNATURES.high - SIGNATURES.low) / rows
    made = []
    for place in range(count):
        row, column = divmod(place, each)
        left, top = SIGNATURES.left + column * wide, SIGNATURES.high - row * high
        made.append(Box(left, top - high, left + wide, top))
    return made


def _signatures(signers: Sequence[Signatory], words: VoucherWords) -> Iterator[Laid]:
    yield Laid(LEFT, SIGNATURES.high + 1.2 * MM, fit(words.signatures, WIDTH, 7), 7, grey=GREY)
    for signer, box in zip(signers, signature_boxes(len(signers)), strict=True):
        y = box.high - 4 * MM
        for line in wrap(signer.title, box.room, 8.5, bold=True, lines=2):
            yield Laid(box.left + PAD, y, line, 8.5, True)
            y -= 3.7 * MM
        colour = words.colour.format(colour=signer.colour)
        yield Laid(box.left + PAD, y, fit(colour, box.room, 7), 7, grey=GREY)
        named = fit(signer.name, box.room, 8.5) or "." * int(box.room / text_width(".", 8.5))
        yield Laid(box.left + PAD, box.low + 2 * MM, named, 8.5, grey=0 if signer.name else GREY)


def _foot(stamp: Stamp, words: VoucherWords) -> Iterator[Laid]:
    told = words.paper.printed.format(when=words.paper.moment(stamp.made_at), by=stamp.made_by)
    if stamp.practice:
        told = f"{words.paper.practice} · {told}"
    yield Laid(LEFT, MARGIN + 0.6 * MM, fit(told, WIDTH * 0.6, 7.5), 7.5, grey=GREY)


def _frames(pen: Pen, lines: int) -> None:
    pen.line(LEFT, LONG - 16.2 * MM, RIGHT, thick=0.8)
    for box in (NUMBER, BOOKED_ON, KPJ, PARTICIPANT, COMPANY, NPP, PAYEE, AMOUNT, IN_WORDS):
        _frame(pen, box)
    pen.box(TABLE.left, TABLE.high - HEADER, WIDTH, HEADER, fill=0.9, edge=None)
    height = row_height(lines)
    y = TABLE.high - HEADER
    for _line in range(lines):
        y -= height
        pen.line(TABLE.left, y, TABLE.right, grey=0.75)
    pen.line(TABLE.left, y, TABLE.right, thick=0.8)
    low = y - TOTAL
    pen.box(TABLE.left, low, WIDTH, TABLE.high - low)
    for box in line_columns()[1:]:
        pen.stroke(box.left, low, box.left, TABLE.high, grey=0.5)
    pen.line(LEFT, MARGIN + 4.2 * MM, RIGHT, grey=GREY)


def _frame(pen: Pen, box: Box) -> None:
    pen.box(box.left, box.low, box.right - box.left, box.high - box.low, edge=0.3)
