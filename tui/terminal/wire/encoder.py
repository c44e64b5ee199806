"""What has to be sent so that a terminal shows what the screens meant."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from tui.terminal.wire.abilities import Abilities
from tui.terminal.wire.scrolling import find, scrolled
from tui.terminal.wire.shadow import BLANK, Row, Shadow
from tui.terminal.wire.styles import PLAIN, SEEN_ON_BLANK, Style, change

_SURE: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),
        (0xA0, 0xAC),
        (0xAE, 0x2FF),
        (0x370, 0x482),
        (0x1E00, 0x1EFF),
        (0x2010, 0x2027),
        (0x2030, 0x205E),
        (0x20A0, 0x20BF),
        (0x2190, 0x21FF),
        (0x2500, 0x25FC),
    )
    for code in range(first, last + 1)
)
"""One cell wide on every terminal. After any other letter nobody knows where the terminal's cursor stands."""

_STEP: Final = 4
"""Cells that are written again rather than stepped over: a step takes four bytes or more."""

_ERASE: Final = 9
"""Blanks in the middle of a line that are erased rather than written."""


class Encoder:
    """Knows what a terminal shows, and writes what is missing."""

    def __init__(self, abilities: Abilities) -> None:
        self._can = abilities
        self._shown: list[Row] | None = None
        self._style: Style | None = None
        self._at: tuple[int, int] | None = None
        self._parts: list[str] = []

    def forget(self) -> None:
        """Nobody knows any more what the terminal shows."""
        self._shown = self._style = self._at = None

    def lost(self) -> None:
        """Something was sent that may have moved the cursor or changed the style."""
        self._style = self._at = None

    def frame(self, wanted: Shadow) -> str:
        """What makes the terminal show this; empty when it does already."""
        self._parts = []
        after = [[_drained(cell) for cell in row] for row in wanted.rows] if not self._can.colours else wanted.rows
        shown = self._shown
        if shown is None or len(shown) != wanted.lines or len(shown[0]) != wanted.columns:
            self._pen(PLAIN)
            self._parts.append("\x1b[2J")
            shown = [[BLANK] * wanted.columns for _line in range(wanted.lines)]
            self._at = None
        elif self._can.scrolls and (scroll := find(shown, after)) is not None:
            top, bottom, by = scroll
            self._pen(PLAIN)
            count = "" if abs(by) == 1 else str(abs(by))
            self._parts.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{'M' if by > 0 else 'L'}\x1b[r")
            self._at = None
            shown = scrolled(shown, scroll, [BLANK] * wanted.columns)
        for y, row in enumerate(after):
            if row != shown[y]:
                self._row(y, shown[y], row)
        self._shown = [list(row) for row in after]
        self._go(min(wanted.x, wanted.columns - 1), wanted.y)
        return "".join(self._parts)

    def _row(self, y: int, before: Row, after: Row) -> None:
        width = len(after)
        changed = [x for x in range(width) if before[x] != after[x]]
        last = changed[-1]
        tail = width  # from here on the line is one blank
        while tail and after[tail - 1] == after[-1] and after[-1][0] == " ":
            tail -= 1
        x = changed[0]
        while x <= last:
            letter, style = after[x]
            if before[x] == after[x] or not letter:
                x += 1
                continue
            if letter == " " and self._erasable(style):
                if x >= tail and last - x >= _STEP:
                    self._go(x, y, after)
                    self._blank_pen(style)
                    self._parts.append("\x1b[K")
                    return
                end = x
                while end <= last and after[end] == after[x]:
                    end += 1
                if end - x >= _ERASE and self._can.erases:
                    self._go(x, y, after)
                    self._blank_pen(style)
                    self._parts.append(f"\x1b[{end - x}X")
                    x = end
                    continue
            self._go(x, y, after)
            x += self._write(x, y, letter, style, width)

    def _erasable(self, style: Style) -> bool:
        return not style.attributes and (self._can.fills or not style.back)

    def _write(self, x: int, y: int, letter: str, style: Style, width: int) -> int:
        """One letter at the cursor; the cells that it takes."""
        if letter == " ":
            self._blank_pen(style)
        else:
            self._pen(style)
        self._parts.append(letter)
        if letter in _SURE:
            self._at = (x + 1, y) if x + 1 < width else None
            return 1
        self._at = None
        return max(cell_len(letter), 1)

    def _go(self, x: int, y: int, row: Row | None = None) -> None:
        """The cursor to a cell, by the shortest way; over few cells of `row` by writing them again."""
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y and self._at[0] < x:
            step = x - self._at[0]
            if row is not None and step <= _STEP:
                gap = row[self._at[0] : x]
                if all(letter in _SURE and self._fits(letter, style) for letter, style in gap):
                    self._parts += [letter for letter, _style in gap]
                    self._at = (x, y)
                    return
            self._parts.append(f"\x1b[{step if step > 1 else ''}C")
        elif self._at is not None and x == 0 and y - self._at[1] in (0, 1):
            self._parts.append("\r\n" if y > self._at[1] else "\r")
        elif x == 0:
            self._parts.append(f"\x1b[{y + 1}H" if y else "\x1b[H")
        else:
            self._parts.append(f"\x1b[{y + 1};{x + 1}H")
        self._at = (x, y)

    def _fits(self, letter: str, style: Style) -> bool:
        """Whether the terminal would write this letter so without being told."""
        return self._style is not None and (style == (self._style.blank if letter == " " else self._style))

    def _pen(self, style: Style) -> None:
        if style == self._style:
            return
        self._parts.append(change(self._style, style, self._can.partly))
        self._style = style

    def _blank_pen(self, style: Style) -> None:
        """A style for blanks: what cannot be seen on them may stay as it is."""
        now = self._style
        if now is None:
            self._pen(style)
            return
        if now.blank == style:
            return
        fore = style.fore if style.attributes else now.fore
        kept = Style(fore, style.back, now.attributes & ~SEEN_ON_BLANK | style.attributes)
        ways = [(len(change(now, way, self._can.partly)), n, way) for n, way in enumerate((kept, style))]
        self._pen(min(ways)[2])


def _drained(cell: tuple[str, Style]) -> tuple[str, Style]:
    """The cell on a terminal without colours."""
    letter, style = cell
    return letter, Style("", "", style.attributes)
