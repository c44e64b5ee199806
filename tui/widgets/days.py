"""Days as upright bars: a day is two cells wide, the height of a bar is told in halves of a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.i18n import _, ngettext, number
from tui.widgets.ink import Line

CELLS = 2
"""Cells of a day, the gap included."""

LINES = 3
"""Lines of the tallest bar."""

FULL, HALF, NOTHING = "█", "▄", "·"
"""Signs that a Linux console has as well."""


def days_chart(days: Sequence[tuple[date, int]]) -> list[Line]:
    """Fourteen days: a title with the sum, the bars, and the first day and today beneath. One call has a bar."""
    width = CELLS * len(days)
    most = max((count for _day, count in days), default=0)
    every = sum(count for _day, count in days)
    title = ngettext("14 days: 1 call", "14 days: {n} calls", every).format(n=number(every))
    lines = [Line(((title.ljust(width), "muted"),))]
    halves = [max(1, round(2 * LINES * count / most)) if count else 0 for _day, count in days]
    for row in range(LINES, 0, -1):
        nothing = NOTHING if row == 1 else " "
        drawn = "".join(f"{FULL if half >= 2 * row else HALF if half == 2 * row - 1 else nothing} " for half in halves)
        lines.append(Line(((drawn, "muted" if not most else "key"),)))
    first, (_last, today) = f"{days[0][0]:%d-%m}", days[-1]
    end = _("today {n}").format(n=number(today))
    lines.append(Line(((first + end.rjust(width - len(first)), "muted"),)))
    return lines
