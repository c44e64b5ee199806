"""A screen in memory: what is written to it stands there as it would on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, split_graphemes

from tui.terminal.wire.styles import PLAIN, Style, styled

Cell = tuple[str, Style]
"""A letter with its marks and its look; the second half of a wide letter is empty."""

Row = list[Cell]

BLANK: Final[Cell] = (" ", PLAIN)

_TOKEN: Final = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<parameters>[0-9:;<=>?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|(?P<string>\x1b[\]PX^_](?:[^\x07\x1b]|\x1b[^\\])*(?:\x07|\x1b\\))"
    r"|(?P<other>\x1b[ -/]*[0-~]|[\x00-\x1f\x7f-\x9f])",
    re.DOTALL,
)
_SYNCHRONISED: Final = {"?2026h": True, "?2026l": False}


class Shadow:
    """The screen that a terminal of this size would show, and where its cursor stands (from 0)."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self.rows: list[Row] = [[BLANK] * columns for _line in range(lines)]
        self.x = self.y = 0
        self.style = PLAIN
        self.synchronised = False
        """Whether the screens ever asked to have a frame shown at once: they do where the terminal said it can."""

    def resize(self, columns: int, lines: int) -> None:
        """Another size; what stood in both stays until it is painted anew."""
        rows = self.rows[:lines] + [[BLANK] * self.columns for _line in range(lines - self.lines)]
        self.rows = [_cut(row[:columns]) + [BLANK] * (columns - self.columns) for row in rows]
        self.columns, self.lines = columns, lines
        self.x, self.y = min(self.x, columns - 1), min(self.y, lines - 1)

    def feed(self, data: str) -> Iterator[str]:
        """Takes in what was written; gives, in its place among the rest, each sequence that does not paint."""
        at = 0
        while at < len(data):
            token = _TOKEN.match(data, at)
            if token is None:  # a sequence without an end
                yield data[at:]
                return
            at = token.end()
            if (text := token["text"]) is not None:
                self._text(text)
            elif token["final"] is not None:
                if not self._control(token["parameters"], token["between"], token["final"]):
                    yield token[0]
            elif token[0] == "\n":
                self.y = min(self.y + 1, self.lines - 1)
                self.x = 0
            elif token[0] == "\r":
                self.x = 0
            else:
                yield token[0]

    def _control(self, parameters: str, between: str, final: str) -> bool:
        """Does what a control sequence says; False for one that does not concern the picture."""
        if between:
            return False
        if (synchronised := _SYNCHRONISED.get(parameters + final)) is not None:
            self.synchronised = self.synchronised or synchronised
            return True
        if parameters[:1] in ("<", "=", ">", "?"):
            return False
        if final == "m":
            self.style = styled(self.style, parameters)
            return True
        numbers = [int(word) if word.isdecimal() else 0 for word in parameters.split(";")]
        first = numbers[0]
        if final in "Hf":
            column = numbers[1] if len(numbers) > 1 else 1
            self._move(max(column, 1) - 1, max(first, 1) - 1)
        elif final == "G":
            self._move(max(first, 1) - 1, self.y)
        elif final in "ABCD":
            x, y = {"A": (0, -1), "B": (0, 1), "C": (1, 0), "D": (-1, 0)}[final]
            self._move(self.x + x * max(first, 1), self.y + y * max(first, 1))
        elif final == "K" and first in (0, 1, 2):
            self._erase(self.y, 0 if first else self.x, self.x + 1 if first == 1 else self.columns)
        elif final == "J" and first in (0, 2):
            if first == 0:
                self._erase(self.y, self.x, self.columns)
            for y in range(0 if first else self.y + 1, self.lines):
                self._erase(y, 0, self.columns)
        else:
            return False
        return True

    def _move(self, x: int, y: int) -> None:
        self.x, self.y = min(max(x, 0), self.columns - 1), min(max(y, 0), self.lines - 1)

    def _erase(self, y: int, start: int, end: int) -> None:
        cell = (" ", Style("", self.style.back))
        start = min(start, self.columns - 1)
        self._put(self.rows[y], start, [cell] * (min(end, self.columns) - start))

    def _put(self, row: Row, x: int, cells: list[Cell]) -> None:
        """Cells into a row; half of a wide letter that stood there does not stay."""
        end = x + len(cells)
        if row[x][0] == "" and x:
            row[x - 1] = (" ", row[x - 1][1].blank)
        if end < len(row) and row[end][0] == "":
            row[end] = (" ", row[end][1].blank)
        row[x:end] = cells

    def _text(self, text: str) -> None:
        style, blank = self.style, self.style.blank
        row = self.rows[self.y]
        if text.isascii():
            cells = [(" ", blank) if letter == " " else (letter, style) for letter in text]
        else:
            cells = []
            for letter, size in _letters(text):
                if size:
                    cells.append((letter, blank if letter == " " else style))
                    cells += [("", style)] * (size - 1)
                elif self.x:  # a mark at the beginning belongs to the letter that stands before
                    at = self.x - 1 if row[self.x - 1][0] else self.x - 2
                    row[at] = (row[at][0] + letter, row[at][1])
        room = self.columns - self.x
        if len(cells) > room:
            cells = _cut(cells[:room])
        if cells:
            self._put(row, self.x, cells)
            self.x += len(cells)  # after the last column the cursor waits there: lines do not wrap


@lru_cache(2048)
def _letters(text: str) -> tuple[tuple[str, int], ...]:
    """Letters with their marks and how many cells each takes, as the screens count them."""
    spans, _width = split_graphemes(text)
    return tuple((text[start:end], size) for start, end, size in spans)


def _cut(cells: Row) -> Row:
    """Cells that were cut off: of a wide letter at the end half does not stay."""
    if cells and cell_len(cells[-1][0]) == 2:
        return [*cells[:-1], (" ", cells[-1][1].blank)]
    return cells
