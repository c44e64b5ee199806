"""Bars drawn in text: a word, the bar, the count and its share. Colour only repeats what the word says."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui.i18n import number
from tui.widgets.ink import Line, fixed

BAR = "█"
_COUNT, _SHARE = 7, 5


def bar(count: int, longest: int, room: int) -> str:
    """A bar in at most `room` cells; whatever is not nothing has one."""
    if count <= 0 or longest <= 0 or room <= 0:
        return ""
    return BAR * max(1, round(room * count / longest))


def bars(rows: Sequence[tuple[str, int, str]], width: int) -> list[Line]:
    """A line for each (word, count, role), in `width` cells: the longest bar takes the room there is."""
    longest = max((count for _word, count, _role in rows), default=0)
    whole = sum(count for _word, count, _role in rows)
    widest = max((cell_len(word) for word, _count, _role in rows), default=0)
    name = min(widest + 1, width // 2)
    room = max(3, width - name - _COUNT - _SHARE - 1)
    lines = []
    for word, count, role in rows:
        drawn = fixed(bar(count, longest, room), room)
        share = f"{round(100 * count / whole)}%" if whole else ""
        lines.append(
            Line(
                (
                    (fixed(word, name - 1) + " ", "normal"),
                    (drawn, role),
                    (number(count).rjust(_COUNT), "strong"),
                    (share.rjust(_SHARE), "muted"),
                )
            )
        )
    return lines


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int = 3) -> list[Line]:
    """Two columns of lines; the left one in `width` cells."""
    made = []
    for at in range(max(len(left), len(right))):
        first = left[at] if at < len(left) else Line()
        second = right[at] if at < len(right) else Line()
        made.append(Line((*first.pieces, (" " * (width - first.width + gap), "normal"), *second.pieces)))
    return made
