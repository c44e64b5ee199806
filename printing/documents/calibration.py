"""The test page of a printer and tray: a grid of 10 mm, rulers at the edges, four crosses to be measured."""

from __future__ import annotations

import io

from printing.calibration import CROSSES, HIGH, WIDE, matrix
from printing.fonts import fit, wrap
from printing.pages import GREY, LONG, MM, SHORT, Align, Pen, open_canvas
from printing.voucher_sheets import CalibrationSheet, CalibrationWords
from store.rules.printing import Calibration

_EDGE = 5 * MM


def draw(sheet: CalibrationSheet, words: CalibrationWords, calibration: Calibration | None = None) -> bytes:
    """The page, drawn as vouchers are with that correction; without one, to be measured. Raises LetterMissing."""
    target = io.BytesIO()
    canvas = open_canvas(
        target, (SHORT, LONG), words.paper.language, f"{words.title} · {sheet.route}", sheet.stamp.office
    )
    if calibration is not None and calibration != Calibration():
        canvas.transform(*matrix(calibration))
    pen = Pen(canvas)
    _grid(pen)
    _rulers(pen)
    for number, (x, y) in enumerate(CROSSES, start=1):
        _cross(pen, words, number, x, y)
    _told(pen, sheet, words)
    pen.finish()
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _grid(pen: Pen) -> None:
    """Lines every 10 mm, heavier every 50."""
    for x in range(10, int(WIDE), 10):
        heavy = x % 50 == 0
        pen.stroke(x * MM, _EDGE, x * MM, LONG - _EDGE, grey=0.55 if heavy else 0.8, thick=0.4 if heavy else 0.2)
    for y in range(10, int(HIGH), 10):
        heavy = y % 50 == 0
        pen.stroke(_EDGE, y * MM, SHORT - _EDGE, y * MM, grey=0.55 if heavy else 0.8, thick=0.4 if heavy else 0.2)


def _rulers(pen: Pen) -> None:
    """Millimetres along two lines, counted from the left and the lower edge of the sheet."""
    x, y = 65 * MM, 65 * MM
    for at in range(10, 201):
        long = 3 if at % 10 == 0 else 2 if at % 5 == 0 else 1.2
        pen.stroke(at * MM, y, at * MM, y + long * MM, thick=0.25)
        if at % 10 == 0:
            pen.text(at * MM, y + 3.6 * MM, str(at), 6, align="centre")
    for at in range(10, 288):
        long = 3 if at % 10 == 0 else 2 if at % 5 == 0 else 1.2
        pen.stroke(x, at * MM, x + long * MM, at * MM, thick=0.25)
        if at % 10 == 0:
            pen.text(x + 3.6 * MM, at * MM - 0.7 * MM, str(at), 6)
    pen.line(10 * MM, y, 200 * MM, thick=0.4)
    pen.stroke(x, 10 * MM, x, 287 * MM, thick=0.4)


def _cross(pen: Pen, words: CalibrationWords, number: int, x: float, y: float) -> None:
    """A cross, its number, and where it belongs."""
    at_x, at_y, arm = x * MM, y * MM, 8 * MM
    pen.stroke(at_x - arm, at_y, at_x + arm, at_y, thick=0.5)
    pen.stroke(at_x, at_y - arm, at_x, at_y + arm, thick=0.5)
    low = y < HIGH / 2
    said = fit(words.cross.format(number=number, x=f"{x:g}", y=f"{y:g}"), 40 * MM, 7.5, bold=True)
    align: Align = "left" if x < WIDE / 2 else "right"
    edge = at_x + (MM if align == "left" else -MM)
    pen.text(edge, at_y + (arm + MM if low else -arm - 3 * MM), said, 7.5, bold=True, align=align)


def _told(pen: Pen, sheet: CalibrationSheet, words: CalibrationWords) -> None:
    """For whom the page is, how to measure, and a place to write what was measured."""
    left, right, top = 80 * MM, 190 * MM, 235 * MM
    width = right - left - 8 * MM
    lines = [line for step in words.steps for line in wrap(step, width, 9, lines=4)]
    height = (30 + len(lines) * 4.6 + len(CROSSES) * 8) * MM
    pen.box(left, top - height, right - left, height, fill=1, edge=0)
    x, y = left + 4 * MM, top - 8 * MM
    pen.text(x, y, fit(words.title, width, 14, bold=True), 14, bold=True)
    pen.text(x, y - 6 * MM, fit(sheet.route, width, 10, bold=True), 10, bold=True)
    when = words.paper.printed.format(when=words.paper.moment(sheet.stamp.made_at), by=sheet.stamp.made_by)
    pen.text(x, y - 10.5 * MM, fit(when, width, 7), 7, grey=GREY)
    y -= 17 * MM
    for line in lines:
        pen.text(x, y, line, 9)
        y -= 4.6 * MM
    for number in range(1, len(CROSSES) + 1):
        y -= 8 * MM
        pen.text(x, y + MM, f"{number}", 10, bold=True)
        for at, label in ((x + 8 * MM, words.measured_left), (x + 8 * MM + width / 2, words.measured_bottom)):
            shown = fit(label, width / 2 - 30 * MM, 8)
            pen.text(at, y + MM, shown, 8)
            pen.line(at + width / 2 - 30 * MM, y + 0.5 * MM, at + width / 2 - 14 * MM, grey=GREY)
