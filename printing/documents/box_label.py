"""Labels for boxes, read from across a room: two on an A4 sheet, to be cut apart (domain.md 2.7)."""

from __future__ import annotations

import io
from itertools import zip_longest

from printing.archive_sheets import BoxLabel, LabelSheet, LabelWords
from printing.fonts import fit, printable, size_for, wrap
from printing.pages import GREY, LONG, MARGIN, MM, SHORT, Pen, open_canvas

_HALF = LONG / 2
_PAD = 5 * MM
_LEFT, _RIGHT = MARGIN + _PAD, SHORT - MARGIN - _PAD
_WIDTH = _RIGHT - _LEFT


def draw(sheet: LabelSheet, words: LabelWords) -> bytes:
    """The labels in their order. Raises LetterMissing; ValueError without a label."""
    if not sheet.labels:
        raise ValueError("no label")
    target = io.BytesIO()
    canvas = open_canvas(target, (SHORT, LONG), words.paper.language, words.title, sheet.stamp.office)
    for upper, lower in zip_longest(sheet.labels[::2], sheet.labels[1::2]):
        pen = Pen(canvas)
        if sheet.stamp.practice:
            pen.across(SHORT, LONG, words.paper.practice)
        _label(pen, upper, LONG, sheet, words)
        if lower is not None:
            pen.line(0, _HALF, SHORT, grey=0.6)
            pen.text(SHORT / 2, _HALF + MM, words.cut, 6, grey=GREY, align="centre")
            _label(pen, lower, _HALF, sheet, words)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _label(pen: Pen, label: BoxLabel, top: float, sheet: LabelSheet, words: LabelWords) -> None:
    """One label, in the half of the sheet below `top`. The number is the largest thing on it, and never cut."""
    high = top - MARGIN
    pen.box(MARGIN, top - _HALF + MARGIN, SHORT - 2 * MARGIN, _HALF - 2 * MARGIN, edge=0)
    pen.text(_LEFT, high - 8 * MM, fit(sheet.stamp.office, _WIDTH, 10), 10)
    program = fit(label.program, 70 * MM, 54, bold=True)
    pen.text(_LEFT, high - 27 * MM, program, 54, bold=True)
    full = fit(words.programs.get(label.program, ""), 75 * MM, 11)
    pen.text(_LEFT, high - 36.5 * MM, full, 11)
    kind = fit(label.kind, 92 * MM, 16)
    pen.text(_RIGHT, high - 15 * MM, kind, 16, align="right")
    number = printable(label.number)
    pen.text(_RIGHT, high - 36 * MM, number, size_for(number, 92 * MM, 60, bold=True), bold=True, align="right")
    pen.line(_LEFT, high - 41 * MM, _RIGHT, thick=0.8)
    _pair(pen, _LEFT, high - 47 * MM, _WIDTH / 2, words.period, label.period, 24)
    _pair(pen, _LEFT + _WIDTH / 2, high - 47 * MM, _WIDTH / 2, words.shelf, label.shelf, 24)
    _pair(pen, _LEFT, high - 66 * MM, _WIDTH / 2, words.first, label.first, 15)
    _pair(pen, _LEFT + _WIDTH / 2, high - 66 * MM, _WIDTH / 2, words.last, label.last, 15)
    files = "" if label.files is None else words.files.format(n=words.paper.count(label.files))
    kept = "" if label.keep_until is None else f"{words.keep_until} {words.paper.date(label.keep_until)}"
    told = " · ".join(filter(None, (files, kept)))
    pen.text(_LEFT, high - 85 * MM, fit(told, _WIDTH, 12, bold=True), 12, bold=True)
    for place, line in enumerate(wrap(label.note, _WIDTH, 9, lines=3)):
        pen.text(_LEFT, high - (92 + place * 4.2) * MM, line, 9)
    stamp = words.paper.printed.format(when=words.paper.moment(sheet.stamp.made_at), by=sheet.stamp.made_by)
    pen.text(_LEFT, top - _HALF + MARGIN + 3 * MM, fit(stamp, _WIDTH, 7), 7, grey=GREY)


def _pair(pen: Pen, x: float, y: float, width: float, label: str, value: str, size: float) -> None:
    """A label and below it what it says, smaller when it must be, or a line for a pen."""
    pen.text(x, y, fit(label, width - 4 * MM, 9), 9, grey=GREY)
    shown = printable(value)
    if shown:
        fitting = size_for(shown, width - 4 * MM, size, bold=True)
        pen.text(x, y - 10 * MM, shown, fitting, bold=True)
    else:
        pen.line(x, y - 10 * MM, x + width - 8 * MM, grey=GREY)
