"""How a page is moved, stretched and turned so that a printer sets it where it belongs (design.md 3.4).

A printer and tray set a page a little off. Four crosses on the test page are measured on the paper; what puts them
right puts every page right.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final

from store.rules.printing import Calibration

WIDE: Final = 210.0
HIGH: Final = 297.0
CROSSES: Final = ((20.0, 20.0), (190.0, 20.0), (20.0, 277.0), (190.0, 277.0))
"""Where the crosses of the test page belong: millimetres from the left and the lower edge of an A4 sheet.

In this order: lower left, lower right, upper left, upper right.
"""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_POINTS: Final = 72 / 25.4


def matrix(calibration: Calibration) -> Matrix:
    """The correction as a PDF has it, in points: stretched and turned about the middle of the sheet, then moved."""
    a, b, c, d, e, f = _in_millimetres(calibration)
    return a, b, c, d, e * _POINTS, f * _POINTS


def corrected(calibration: Calibration, point: Point) -> Point:
    """Where the correction puts a point, both in millimetres from the lower left corner."""
    a, b, c, d, e, f = _in_millimetres(calibration)
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def measured(crosses: Sequence[Point]) -> Calibration:
    """The correction for a printer that set the `CROSSES`, in their order, at these places of the paper.

    Millimetres from the left and lower edge; as drawn without any correction. Raises CalibrationError for a sheet that
    is off by more than a printer is, ValueError for another number of places.
    """
    if len(crosses) != len(CROSSES):
        raise ValueError(len(crosses))
    low_left, low_right, up_left, up_right = crosses
    across = ((low_left, low_right), (up_left, up_right))
    upward = ((low_left, up_left), (low_right, up_right))
    wide = sum(_length(*pair) for pair in across) / 2
    high = sum(_length(*pair) for pair in upward) / 2
    if not (wide > 0 and high > 0):
        raise ValueError(wide, high)
    turned = [atan2(to[1] - start[1], to[0] - start[0]) for start, to in across]
    turned += [atan2(start[0] - to[0], to[1] - start[1]) for start, to in upward]
    sx = (CROSSES[1][0] - CROSSES[0][0]) / wide
    sy = (CROSSES[2][1] - CROSSES[0][1]) / high
    skew = -degrees(sum(turned) / len(turned))
    still = Calibration(sx=round(sx, 5), sy=round(sy, 5), skew=round(skew, 3))
    middle = (sum(x for x, _y in crosses) / 4, sum(y for _x, y in crosses) / 4)
    x, y = corrected(still, middle)
    target = (sum(x for x, _y in CROSSES) / 4, sum(y for _x, y in CROSSES) / 4)
    return Calibration(round(target[0] - x, 2), round(target[1] - y, 2), still.sx, still.sy, still.skew)


def _in_millimetres(calibration: Calibration) -> Matrix:
    turn = radians(calibration.skew)
    a, b = calibration.sx * cos(turn), calibration.sx * sin(turn)
    c, d = -calibration.sy * sin(turn), calibration.sy * cos(turn)
    x, y = WIDE / 2, HIGH / 2
    return a, b, c, d, x + calibration.dx - a * x - c * y, y + calibration.dy - b * x - d * y


def _length(start: Point, to: Point) -> float:
    return hypot(to[0] - start[0], to[1] - start[1])
