"""Several lines to type in, inside the screen: text with a caret, wrapped at words, without an input widget."""

from __future__ import annotations

from rich.cells import cell_len
from textual.events import Key

from tui.terminal.plain import plain
from tui.widgets.ink import MARKS, Line, Painted, line


class TextLines(Painted):
    """The text, its caret, and the keys that belong to it. Who opened it decides what escape and tab mean."""

    def __init__(self, most: int, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.most = most
        self.text = ""
        self.caret = 0
        self.top = 0
        self.typing = True

    def open(self, text: str) -> None:
        """Begin with this text, the caret at its end."""
        self.text = clean(text)[: self.most]
        self.caret, self.top = len(self.text), 0
        self.paint()

    def insert(self, text: str) -> bool:
        """Puts text in at the caret; False when nothing fitted."""
        room = clean(text)[: max(0, self.most - len(self.text))]
        self.text = self.text[: self.caret] + room + self.text[self.caret :]
        self.caret += len(room)
        self.paint()
        return bool(room)

    def take(self, event: Key) -> bool:
        """True when the key belonged to the text."""
        if event.key in ("left", "right", "up", "down", "home", "end", "pageup", "pagedown"):
            self._move(event.key)
        elif event.key == "enter":
            self.insert("\n")
        elif event.key in ("backspace", "delete"):
            at = self.caret - (event.key == "backspace")
            if 0 <= at < len(self.text):
                self.text, self.caret = self.text[:at] + self.text[at + 1 :], at
        elif event.key == "ctrl+u":
            begin = self.text.rfind("\n", 0, self.caret) + 1
            self.text, self.caret = self.text[:begin] + self.text[self.caret :], begin
        elif event.is_printable and event.character is not None:
            self.insert(event.character)
        else:
            return False
        self.paint()
        return True

    def _move(self, key: str) -> None:
        rows = self.rows()
        at = self._row_of(rows)
        begin = rows[at][0]
        page = max(1, self.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if key in steps:
            there = min(max(0, at + steps[key]), len(rows) - 1)
            self.caret = min(rows[there][0] + self.caret - begin, self._last(rows, there))
        elif key == "home":
            self.caret = begin
        elif key == "end":
            self.caret = self._last(rows, at)
        else:
            self.caret = min(max(0, self.caret + (1 if key == "right" else -1)), len(self.text))

    def _last(self, rows: list[tuple[int, int]], at: int) -> int:
        """The last place of the caret in a row: before the character that begins the next one."""
        begin, end = rows[at]
        last = at == len(rows) - 1 or self.text[end : end + 1] == "\n"
        return end if last else max(begin, end - 1)

    def _row_of(self, rows: list[tuple[int, int]]) -> int:
        return max(at for at, (begin, _end) in enumerate(rows) if begin <= self.caret)

    def rows(self) -> list[tuple[int, int]]:
        """Where each row on screen begins and ends in the text."""
        width = max(4, self.size.width - 2)
        rows: list[tuple[int, int]] = []
        begin = 0
        for paragraph in self.text.split("\n"):
            end = begin + len(paragraph)
            start = begin
            while end - start > width * MARKS or cell_len(self.text[start:end]) > width:
                stop = start
                while stop - start < width * MARKS and cell_len(self.text[start : stop + 1]) <= width:
                    stop += 1
                space = self.text.rfind(" ", start + 1, stop)
                stop = space + 1 if space > 0 else stop
                rows.append((start, stop))
                start = stop
            rows.append((start, end))
            begin = end + 1
        return rows

    def paint(self) -> None:
        """Lay the text out around the caret."""
        if not (self.size.width and self.size.height):
            return
        rows = self.rows()
        at = self._row_of(rows)
        self.top = min(max(self.top, at - self.size.height + 1, 0), at)
        shown = rows[self.top : self.top + self.size.height]
        self.show([self._line(begin, end, here) for begin, end, here in _marked(shown, at - self.top)])

    def _line(self, begin: int, end: int, here: bool) -> Line:
        text = self.text[begin:end]
        if not (here and self.typing):
            return line((" ", "normal"), (text, "normal"))
        at = self.caret - begin
        under = text[at : at + 1] or " "
        return line((" ", "normal"), (text[:at], "normal"), (under, "caret"), (text[at + 1 :], "normal"))

    def on_resize(self) -> None:
        self.paint()


def _marked(rows: list[tuple[int, int]], caret: int) -> list[tuple[int, int, bool]]:
    return [(begin, end, at == caret) for at, (begin, end) in enumerate(rows)]


def clean(text: str) -> str:
    """Text without control characters; line ends stay."""
    return "\n".join(plain(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
