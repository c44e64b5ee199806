"""The size of a terminal that tells none: a serial line, a window that was folded away, a script's terminal.

Each of those who ask for the size has another one to fall back on, so the screens were laid out in turn for one and for
the other, without end. So the terminal itself is told a size, as `stty rows 24 cols 80` would.
"""

from __future__ import annotations

import sys
import termios
from contextlib import suppress
from typing import Final

USUAL: Final = (80, 24)
"""Columns and lines of a terminal that never told any."""


def tell_size(last: tuple[int, int] = USUAL) -> None:
    """Where the terminal tells no columns or no lines, it has those of `last` from now on.

    Keys may come from another terminal, and that one is asked for the size as well: it has the same from now on.
    """
    if sys.__stdout__ is None:
        return
    with suppress(termios.error, OSError, ValueError):  # no terminal, or gone
        file = sys.__stdout__.fileno()
        lines, columns = termios.tcgetwinsize(file)
        if not lines or not columns:
            lines, columns = lines or last[1], columns or last[0]
            termios.tcsetwinsize(file, (lines, columns))
        for other in (sys.__stdin__, sys.__stderr__):
            if other is not None and other.isatty() and termios.tcgetwinsize(other.fileno()) != (lines, columns):
                termios.tcsetwinsize(other.fileno(), (lines, columns))
