"""Lines of text in roles, painted by the widget itself.

A line is plain text in pieces, each with a role; the colours of a role stand in `styles/loket.tcss`. Nothing here reads
markup, so text from data stays text. Only lines that differ from what stands on screen are painted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from store.value_class import value_class
from tui.terminal.plain import plain

ROLES: Final = (
    "normal",
    "muted",
    "strong",
    "key",
    "off",
    "good",
    "warn",
    "bad",
    "dial",
    "bar",
    "bar-strong",
    "practice",
    "cursor",
    "caret",
    "qr",
)
INKS: Final = frozenset(f"ink--{role}" for role in ROLES)
"""Component classes of a screen, once for all of its widgets: each costs a walk through the style sheet."""
ELLIPSIS: Final = "…"
_NOTHING: Final = Style()

Piece = tuple[str, str]


@value_class
class Line:
    """One line: pieces of (text, role), and the role of what they leave empty.

    `fill` "cursor" paints the whole line as the chosen one, whatever the roles of its pieces: fewer bytes.
    """

    pieces: tuple[Piece, ...] = ()
    fill: str = "normal"

    @property
    def text(self) -> str:
        return "".join(text for text, _role in self.pieces)

    @property
    def width(self) -> int:
        return sum(cell_len(plain(text)) for text, _role in self.pieces)


MARKS: Final = 16
"""Letters that one cell may hold: a letter with its accents."""

EMPTY: Final = Line()


def line(*pieces: str | Piece, fill: str = "normal") -> Line:
    """A line from texts (role normal) and pieces; empty ones are left out."""
    made = (piece if isinstance(piece, tuple) else (piece, fill) for piece in pieces)
    return Line(tuple(piece for piece in made if piece[0]), fill)


def beginning(text: str, cells: int) -> str:
    """As much of a text as may stand in so many cells, or all of it: a book in a field is not measured to its end.

    A letter has few accents; of one that has more than `MARKS` some are lost.
    """
    most = MARKS * (cells + 1)
    return text if len(text) <= most else text[:most] + ELLIPSIS


def cut(text: str, width: int) -> str:
    """At most `width` cells of the text, with a mark where something was left out."""
    text = plain(beginning(text, width))
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS if width > 1 else ELLIPSIS[:width]


@lru_cache(4096)  # a screen is the same texts at each key
def fixed(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` cells, cut with a mark or filled with spaces."""
    text = cut(text, width)
    gap = " " * (width - cell_len(text))
    return gap + text if right else text + gap


def spread(left: Sequence[Piece], right: Sequence[Piece], width: int, fill: str = "normal") -> Line:
    """Left pieces left, right pieces at the right end; where both do not fit the left ones are cut with a mark."""
    room_right = sum(cell_len(plain(text)) for text, _role in right)
    room = max(0, width - room_right - (1 if right else 0))
    kept = list(clip(left, room))
    gap = width - room_right - sum(cell_len(text) for text, _role in kept)
    return Line((*kept, (" " * max(0, gap), fill), *right), fill)


def clip(pieces: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """The pieces in at most `width` cells; the cut shows a mark."""
    kept: list[Piece] = []
    room = width
    items = [(plain(beginning(text, width)), role) for text, role in pieces]
    for index, (text, role) in enumerate(items):
        used = cell_len(text)
        more = any(later for later, _role in items[index + 1 :])
        if used > room or (used == room and more and room > 0):
            short = cut(text, room) if used > room else set_cell_size(text, room - 1) + ELLIPSIS
            kept.append((short, role))
            break
        kept.append((text, role))
        room -= used
        if room == 0:
            break
    return tuple(piece for piece in kept if piece[0])


def wrap(text: str, width: int, most: int) -> list[str]:
    """The text in at most `most` lines of `width` cells, broken between words; the last one is cut with a mark."""
    words = plain(beginning(text, width * most)).split()
    lines: list[str] = []
    while words and len(lines) < most:
        row = cut(words.pop(0), width)
        while words and cell_len(f"{row} {words[0]}") <= width:
            row = f"{row} {words.pop(0)}"
        lines.append(row)
    if words and lines:
        lines[-1] = cut(" ".join([lines[-1], *words]), width)
    return lines


_STRIPS: Final = 200
"""So many painted lines are kept of a widget: some screens full."""


class Painted(Widget, can_focus=False):
    """A widget that shows lines. `show()` replaces them and paints only those that differ."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self.lines: tuple[Line, ...] = ()
        self._own_ink: Style | None = None
        self._strips: dict[tuple[Line, int], Strip] = {}  # by line and width: what scrolls is the same lines elsewhere

    def show(self, lines: Iterable[Line]) -> None:
        """Put these lines on screen."""
        before, self.lines = self.lines, tuple(lines)
        width = self.size.width
        changed = [
            Region(0, y, width, 1)
            for y in range(max(len(before), len(self.lines)))
            if (before[y] if y < len(before) else EMPTY) != (self.lines[y] if y < len(self.lines) else EMPTY)
        ]
        if changed and width:
            self.refresh(*changed)

    def ink(self, role: str) -> Style:
        """The terminal style of a role in the theme in use: this widget's own, with what the role adds."""
        if self._own_ink is None:
            self._own_ink = self.rich_style
        return self._own_ink + self.screen.get_component_rich_style(f"ink--{role}", partial=True, default=_NOTHING)

    def notify_style_update(self) -> None:
        self._own_ink = None
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        shown = (self.lines[y] if y < len(self.lines) else EMPTY, self.size.width)
        if shown not in self._strips:
            if len(self._strips) >= _STRIPS:
                self._strips.clear()
            self._strips[shown] = self.strip(shown[0])
        return self._strips[shown]

    def strip(self, shown: Line) -> Strip:
        """A line in exactly the width of this widget."""
        width = self.size.width
        filled = self.ink(shown.fill)
        alike = shown.fill in ("cursor", "off")
        # Neighbours of one role leave as one segment: each change of style costs bytes on the wire.
        runs: list[list[str]] = []
        used = 0
        for text, role in (*clip(shown.pieces, width), ("", shown.fill)):
            role = shown.fill if alike else role
            if runs and runs[-1][1] == role:
                runs[-1][0] += text
            else:
                runs.append([text, role])
            used += cell_len(text)
        runs[-1][0] += " " * (width - used)
        segments = [Segment(text, filled if role == shown.fill else self.ink(role)) for text, role in runs if text]
        return Strip(segments, width)
