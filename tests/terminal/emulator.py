"""The terminal behind the tests: pyte, made to do what terminals do where it differs, and read cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyte
from pyte.screens import Char, Margins
from wcwidth import wcwidth

Seen = tuple[str, str, str, str]
"""What the eye gets of a cell: letter, colour of the letter, colour behind it, attributes."""

_DIM, _NEITHER, _BLINK, _STEADY = 2, 22, 5, 25


class Emulator(pyte.Screen):
    """A screen that answers where its cursor is, and knows dim letters (kept as blinking: nothing of ours blinks)."""

    def __init__(self, columns: int, lines: int, answer: Callable[[bytes], object] | None = None) -> None:
        self.answer = answer
        self._wide = False
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        if self.answer is not None:
            self.answer(data.encode())

    def select_graphic_rendition(self, *attrs: int, **_private: bool) -> None:
        known: list[int] = []
        rest = list(attrs)
        while rest:
            code = rest.pop(0)
            if code in (38, 48):
                length = {5: 2, 2: 4}[rest[0]]
                known += [code, *rest[:length]]
                del rest[:length]
            else:
                known += {_DIM: [_BLINK], _NEITHER: [_NEITHER, _STEADY]}.get(code, [code])
        super().select_graphic_rendition(*known)

    def draw(self, data: str) -> None:
        if not self._wide and data.isascii():
            super().draw(data)
            return
        self._wide = True
        for letter in data:
            if width := max(wcwidth(letter), 0):
                self._halves(min(self.cursor.x, self.columns - 1), width)
            super().draw(letter)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        if how == 0 and self._wide:
            self._halves(min(self.cursor.x, self.columns - 1), self.columns)
        super().erase_in_line(how, private)

    def erase_characters(self, count: int | None = None) -> None:
        if self._wide:
            self._halves(min(self.cursor.x, self.columns - 1), count or 1)
        super().erase_characters(count)

    def _halves(self, x: int, width: int) -> None:
        """Of a wide letter that is half written over nothing stays."""
        row = self.buffer[self.cursor.y]
        if x and row[x].data == "":
            row[x - 1] = row[x - 1]._replace(data=" ")
        if x + width < self.columns and row[x + width].data == "":
            row[x + width] = row[x + width]._replace(data=" ")

    def delete_lines(self, count: int | None = None) -> None:
        # pyte leaves a row as it is when the one that moves there was never written to.
        top, bottom = self.margins or Margins(0, self.lines - 1)
        for y in range(top, bottom + 1):
            self.buffer[y][0] = self.buffer[y][0]
        super().delete_lines(count)

    def seen(self) -> list[list[Seen]]:
        """The screen as a person sees it. Of a blank only what shows without a letter counts."""
        return [list(self._row(y)) for y in range(self.lines)]

    def _row(self, y: int) -> Iterator[Seen]:
        for x in range(self.columns):
            cell: Char = self.buffer[y][x]
            blank = cell.data == " "
            marks = ["underscore", "strikethrough", "reverse", *([] if blank else ["bold", "italics", "blink"])]
            worn = " ".join(mark for mark in marks if getattr(cell, mark))
            fore = "" if blank and not worn else cell.fg
            yield cell.data, fore, cell.bg, worn
