"""Lines over a logarithmic axis as SVG that is read in black and white: each line has its own dashes and marks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDE: Final = 780
_HIGH: Final = 420
_LEFT: Final = 64
_RIGHT: Final = 230
"""Room for the names, which stand at the ends of their lines."""
_TOP: Final = 34
_BELOW: Final = 56
_APART: Final = 16
"""Between two names that would stand on one another."""
_DASHES: Final = ("", "7 4", "2 3", "9 3 2 3")
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its points: size, and milliseconds (above zero)."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(lines: Sequence[Line], *, across: str, up: str) -> str:
    """The picture; both axes grow by tenfolds, since sizes and times do. At most four lines."""
    sizes = sorted({size for line in lines for size, _value in line.points})
    values = [value for line in lines for _size, value in line.points]
    bottom, top = _round_down(min(values)), _round_up(max(values))

    def x(size: float) -> float:
        part = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        return _LEFT + part * (_WIDE - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HIGH - _BELOW - math.log(value / bottom) / math.log(top / bottom) * (_HIGH - _TOP - _BELOW)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-family="sans-serif" '
        f'font-size="13" role="img"><title>{escape(up)}, by {escape(across)}</title>',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>',
        _text(_LEFT, 18, up, "start"),
        _text((x(sizes[0]) + x(sizes[-1])) / 2, _HIGH - 12, across, "middle"),
    ]
    for value in _ticks(bottom, top):
        parts.append(f'<path d="M{x(sizes[0]):.1f} {y(value):.1f}H{x(sizes[-1]):.1f}" stroke="#ccc"/>')
        parts.append(_text(_LEFT - 8, y(value) + 4, f"{value:g}", "end"))
    for size in sizes:
        parts.append(f'<path d="M{x(size):.1f} {_HIGH - _BELOW}v6" stroke="#000"/>')
        parts.append(_text(x(size), _HIGH - _BELOW + 22, f"{size:,.0f}", "middle"))
    parts.append(f'<path d="M{_LEFT} {_TOP}V{_HIGH - _BELOW}H{x(sizes[-1]):.1f}" fill="none" stroke="#000"/>')
    ends = _spread_out([y(line.points[-1][1]) for line in lines])
    for n, (line, end) in enumerate(zip(lines, ends, strict=True)):
        points = [(x(size), y(value)) for size, value in line.points]
        path = "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="#000" stroke-width="2" stroke-dasharray="{_DASHES[n]}"/>')
        parts += [_mark(n, px, py) for px, py in points]
        parts.append(_text(points[-1][0] + 12, end + 4, f"{line.name}, {line.points[-1][1]:.1f}", "start"))
    return "\n".join([*parts, "</svg>\n"])


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _mark(kind: int, x: float, y: float) -> str:
    """A filled circle, an empty square, a filled triangle, an empty circle."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>',
        f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="#fff" stroke="#000" stroke-width="2"/>',
        f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="#000" stroke-width="2"/>',
    )[kind]


def _ticks(bottom: float, top: float) -> Iterator[float]:
    """1, 2 and 5 of each tenfold."""
    for power in range(math.floor(math.log10(bottom)), math.ceil(math.log10(top)) + 1):
        for step in _STEPS:
            value = step * 10.0**power
            if bottom <= value * 1.0001 and value <= top * 1.0001:
                yield value


def _round_down(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in _STEPS if step * power <= value)


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return min(step * power for step in (*_STEPS, 10) if step * power > value)


def _spread_out(places: Sequence[float]) -> list[float]:
    """The places, moved down where two would be closer than a line of text."""
    moved, last = dict[int, float](), -math.inf
    for n in sorted(range(len(places)), key=lambda n: places[n]):
        last = max(places[n], last + _APART)
        moved[n] = last
    return [moved[n] for n in range(len(places))]
