"""Finds the part of a screen that only moved up or down, so that the terminal can be told to move it."""

from __future__ import annotations

from operator import itemgetter
from typing import Final, NamedTuple

from tui.terminal.wire.shadow import Row

WORTH: Final = 40
"""Bytes that a scroll must save; it takes about thirty itself."""

_WAY: Final = 6
"""Bytes to a letter that is not next to the one before, with that letter."""

_FEWEST: Final = 3
"""Rows that must differ before a look is worth its time."""

_LETTER: Final = itemgetter(0)


class Scroll(NamedTuple):
    """Rows `top` to `bottom` (from 0, both within) go up by `by` rows, or down when it is negative."""

    top: int
    bottom: int
    by: int


def find(before: list[Row], after: list[Row]) -> Scroll | None:
    """The scroll after which the fewest cells are left to write; None when none saves enough."""
    differing = [y for y, row in enumerate(after) if row != before[y]]
    if len(differing) < _FEWEST:
        return None
    places: dict[str, list[int]] = {}
    for y in range(differing[0], differing[-1] + 1):
        places.setdefault("".join(map(_LETTER, before[y])), []).append(y)
    # Where the texts of the rows that changed stood before, told as how far they went.
    moved: dict[int, list[int]] = {}
    for y in differing:
        text = "".join(map(_LETTER, after[y]))
        if not text.isspace():
            for was in places.get(text, ()):
                if was != y:
                    moved.setdefault(was - y, []).append(y)
    best, saved = None, WORTH
    for by, rows in moved.items():
        top, bottom = min(rows[0], rows[0] + by), max(rows[-1], rows[-1] + by)
        found = Scroll(top, bottom, by)
        saves = _cost(before, after, top, bottom) - _cost(scrolled(before, found, None), after, top, bottom)
        if saves > saved:
            best, saved = found, saves
    return best


def _cost(before: list[Row], after: list[Row], top: int, bottom: int) -> int:
    """About the bytes to write these rows: letters and the way to them; blanks are mostly erased together."""
    cost = 0
    for y in range(top, bottom + 1):
        if before[y] != after[y]:
            near = False
            for old, new in zip(before[y], after[y], strict=True):
                written = old != new and new[0] != " "
                cost += written if near else written * _WAY
                near = written
    return cost


def scrolled(rows: list[Row], scroll: Scroll, blank: Row | None) -> list[Row]:
    """The rows after the scroll, to look at; what comes in is `blank`, or, without one, nothing that any row equals."""
    top, bottom, by = scroll
    part = rows[top : bottom + 1]
    coming = [blank if blank is not None else [("", cell[1]) for cell in rows[top]]] * abs(by)
    part = part[by:] + coming if by > 0 else coming + part[:by]
    return [*rows[:top], *part, *rows[bottom + 1 :]]
