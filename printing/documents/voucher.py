"""The office's own voucher: one A4 sheet that proves a payment and takes the signatures (domain.md 2.6).

What all vouchers of a call share is in the file once, as a form; a page holds what is its own. Names, codes and
amounts stand uncut or the voucher is refused: a payment is never proved by half a name.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from printing.barcodes import QUIET, code128
from printing.calibration import matrix
from printing.documents import voucher_template as place
from printing.documents.voucher_template import LEFT, MOST_SIGNERS, PAD, RIGHT, TABLE, WIDTH, Box, Laid
from printing.errors import LetterMissing
from printing.fonts import fit, printable, text_width, wrap_whole
from printing.pages import GREY, LONG, MARGIN, MM, SHORT, Pen, open_canvas
from printing.sheets import Stamp
from printing.voucher_sheets import VoucherLine, VoucherPaper, VoucherRefused, VoucherSheet, VoucherWords, WhyNot
from store.rules.money import format_rupiah
from store.rules.printing import Calibration
from store.rules.terbilang import MOST, terbilang
from store.value_class import value_class

MOST_LINES: Final = 12

_NAME_SIZES: Final = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)  # smaller is not read on paper
_AMOUNT_SIZES: Final = (20.0, 18.0, 16.0, 14.0, 12.0, 10.0)
_WORDS_SIZES: Final = (10.0, 9.0, 8.0, 7.0)
_LINE_SIZES: Final = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_MODULE, _LEAST_MODULE = 0.33 * MM, 0.19 * MM  # 13 mil where there is room; 7.5 mil is what any scanner reads


class _Refusal(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, why: WhyNot, text: str = "") -> None:
        super().__init__(why, text)
        self.why = why
        self.text = text


def draw(
    sheets: Sequence[VoucherSheet], stamp: Stamp, words: VoucherWords, calibration: Calibration | None = None
) -> VoucherPaper:
    """A page for each voucher that can be printed, in their order, and why the others cannot.

    Raises LetterMissing for a letter of the stamp or of the words.
    """
    target = io.BytesIO()
    canvas = open_canvas(target, (SHORT, LONG), words.paper.language, words.title, stamp.office)
    press = _Press(canvas, stamp, words, calibration or Calibration())
    done: list[int] = []
    refused: list[VoucherRefused] = []
    for position, sheet in enumerate(sheets):
        try:
            press.page(sheet)
        except _Refusal as no:
            refused.append(VoucherRefused(position, sheet.number, sheet.name, no.why, no.text))
        except LetterMissing as no:
            refused.append(VoucherRefused(position, sheet.number, sheet.name, WhyNot.LETTER, no.text, no.letter))
        else:
            done.append(position)
    if not done:
        return VoucherPaper(b"", (), tuple(refused))
    canvas.save()
    return VoucherPaper(target.getvalue(), tuple(done), tuple(refused))


class _Press:
    """Draws pages, each over the form that it shares with others."""

    def __init__(self, canvas: Canvas, stamp: Stamp, words: VoucherWords, calibration: Calibration) -> None:
        self._canvas, self._stamp, self._words = canvas, stamp, words
        self._moved = None if calibration == Calibration() else matrix(calibration)
        self._forms: dict[tuple[object, ...], str] = {}
        # A letter that the office itself has and the face lacks is no fault of a voucher.
        place.check(stamp, words)

    def page(self, sheet: VoucherSheet) -> None:
        """All is laid out before anything is drawn: a refused voucher leaves no trace.

        Raises _Refusal, LetterMissing.
        """
        _check(sheet)
        texts = list(_texts(sheet, self._words))
        bars = _barcode(sheet.code)
        form = self._form(sheet)
        if self._moved is not None:
            self._canvas.transform(*self._moved)
        self._canvas.doForm(form)
        pen = Pen(self._canvas)
        if bars is not None:
            pen.bars(bars.left, place.CODE.low, place.CODE.high - place.CODE.low, bars.bars, bars.module)
        if sheet.copy:
            pen.box(LEFT, place.BAND.low, WIDTH, place.BAND.high - place.BAND.low)
        for text in texts:
            pen.text(text.x, text.y, text.text, text.size, bold=text.bold, grey=text.grey, align=text.align)
        pen.finish()
        self._canvas.showPage()

    def _form(self, sheet: VoucherSheet) -> str:
        key = (sheet.office, sheet.signers, len(sheet.lines), sheet.program)
        if key not in self._forms:
            name = f"voucher{len(self._forms)}"
            place.template(self._canvas, name, sheet, self._stamp, self._words)
            self._forms[key] = name
        return self._forms[key]


def _check(sheet: VoucherSheet) -> None:
    if sheet.void:
        raise _Refusal(WhyNot.VOID)
    if sheet.amount is None or not 0 < sheet.amount <= MOST:
        raise _Refusal(WhyNot.AMOUNT)
    if not 0 < len(sheet.lines) <= MOST_LINES:
        raise _Refusal(WhyNot.LINES)
    if not 0 < len(sheet.signers) <= MOST_SIGNERS:
        raise _Refusal(WhyNot.SIGNERS)


@value_class
class _Bars:
    left: float
    module: float
    bars: tuple[tuple[int, int], ...]


def _barcode(code: str) -> _Bars | None:
    """The bars of a code, against the right margin; none for a voucher without a code."""
    text = printable(code)
    if not text:
        return None
    bars, modules = code128(text)
    module = min(_MODULE, (place.CODE.right - place.CODE.left) / (modules + QUIET))
    if module < _LEAST_MODULE:
        raise _Refusal(WhyNot.LENGTH, text)
    return _Bars(place.CODE.right - modules * module, module, bars)


def _texts(sheet: VoucherSheet, words: VoucherWords) -> Iterator[Laid]:
    """Every text that is the voucher's own."""
    number = words.number.format(number=f"{sheet.number:06d}")
    box = place.NUMBER
    yield Laid((box.left + box.right) / 2, box.low + 3.4 * MM, *_whole(number, box, _AMOUNT_SIZES), True, 0, "centre")
    code = place.CODE
    yield Laid(code.right, code.low - 4.6 * MM, *_whole(sheet.code, code, _NAME_SIZES), True, 0, "right")
    unknown = words.unknown
    yield from _value(place.BOOKED_ON, words.paper.date(sheet.booked_on))
    yield from _value(place.KPJ, _first(sheet.kpj, unknown))
    yield from _value(place.PARTICIPANT, _first(sheet.name, unknown), lines=2)
    yield from _value(place.COMPANY, _first(fit(sheet.company, place.COMPANY.room, 10), unknown), bold=False)
    yield from _value(place.NPP, _first(sheet.npp, unknown))
    yield from _value(place.PAYEE, _first(sheet.payee, sheet.name, unknown), lines=2)
    yield from _amount(sheet.amount or 0)
    yield from _lines(sheet.lines)
    if sheet.copy:
        yield from _reprint(sheet, words)
    base = MARGIN + 0.6 * MM
    yield Laid(RIGHT, base, number, 7.5, grey=GREY, align="right")
    if sheet.replaces is not None:
        told = words.replaces.format(number=f"{sheet.replaces:06d}")
        line, size = _whole(told, place.REPLACES, (8.0, 7.5, 7.0, 6.5, 6.0))
        yield Laid(RIGHT, place.REPLACES.low + MM, line, size, align="right")


def _first(*texts: str) -> str:
    """The first of the texts that shows anything on paper, else ''."""
    return next((text for text in texts if printable(text)), "")


def _whole(text: str, box: Box, sizes: Sequence[float]) -> tuple[str, float]:
    """A text in one line of a box and its size. Raises _Refusal when it fits at none."""
    shown = printable(text)
    for size in sizes:
        if text_width(shown, size, True) <= box.room:
            return shown, size
    raise _Refusal(WhyNot.LENGTH, shown)


def _value(box: Box, text: str, *, lines: int = 1, bold: bool = True) -> Iterator[Laid]:
    """What stands in a field, below its label: whole, in letters as large as the field allows."""
    size, made = _wrapped(text, box, _NAME_SIZES, lines, box.high - box.low - 4.2 * MM, bold=bold)
    leading = size * 1.15
    top = box.high - 4.2 * MM - (box.high - box.low - 4.2 * MM - len(made) * leading) / 2
    for number, line in enumerate(made):
        yield Laid(box.left + PAD, top - size * 0.85 - number * leading, line, size, bold)


def _wrapped(
    text: str, box: Box, sizes: Sequence[float], lines: int, height: float, *, bold: bool
) -> tuple[float, list[str]]:
    for size in sizes:
        held = min(lines, int(height / (size * 1.15)))
        found = wrap_whole(text, box.room, (size,), bold, held) if held else None
        if found:
            return found
    raise _Refusal(WhyNot.LENGTH, printable(text))


def _amount(amount: int) -> Iterator[Laid]:
    box = place.AMOUNT
    text, size = _whole(format_rupiah(amount, cents=True), box, _AMOUNT_SIZES)
    yield Laid(box.left + PAD, box.low + 7 * MM, text, size, True)
    box = place.IN_WORDS
    size, lines = _wrapped(terbilang(amount).upper(), box, _WORDS_SIZES, 5, 17 * MM, bold=True)
    for number, line in enumerate(lines):
        yield Laid(box.left + PAD, box.high - 7.5 * MM - number * size * 1.25, line, size, True)


def _lines(lines: Sequence[VoucherLine]) -> Iterator[Laid]:
    """The account lines: number and name of the account, whose it is, debit or credit, and the sums."""
    account, name, debit, credit = place.line_columns()
    height = place.row_height(len(lines))
    top = TABLE.high - place.HEADER
    for line in lines:
        base = top - height / 2 + 0.5 * MM
        text, size = _whole(line.account, account, _LINE_SIZES)
        yield Laid(account.left + PAD, base, text, size)
        yield Laid(name.left + PAD, base, fit(line.account_name, name.room, 8.5), 8.5)
        yield Laid(name.left + PAD, base - 2.9 * MM, fit(line.sub_ledger, name.room, 7), 7, grey=GREY)
        for box, amount in ((debit, line.debit), (credit, line.credit)):
            if amount:
                yield _money(box, amount, base)
        top -= height
    base = top - place.TOTAL + 2 * MM
    yield _money(debit, sum(line.debit for line in lines), base, bold=True)
    yield _money(credit, sum(line.credit for line in lines), base, bold=True)


def _money(box: Box, amount: int, base: float, *, bold: bool = False) -> Laid:
    text, size = _whole(format_rupiah(amount), box, _LINE_SIZES)
    return Laid(box.right - PAD, base, text, size, bold, 0, "right")


def _reprint(sheet: VoucherSheet, words: VoucherWords) -> Iterator[Laid]:
    """The band that says that this is a copy, which, and why."""
    box = place.BAND
    said = words.reprint.format(n=sheet.copy)
    yield Laid(box.left + PAD, box.low + 3 * MM, printable(said), 14, True)
    left = box.left + text_width(printable(said), 14, True) + 6 * MM
    room = Box(left, box.low, box.right, box.high)
    size, lines = _wrapped(words.reason.format(reason=sheet.reason), room, (9.0, 8.0, 7.0, 6.0), 3, 9 * MM, bold=False)
    leading = size * 1.15
    top = (box.high + box.low + len(lines) * leading) / 2
    for number, line in enumerate(lines):
        yield Laid(left, top - size * 0.85 - number * leading, line, size)
