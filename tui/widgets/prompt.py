"""A line to type in: an answer of one line inside the screen, without an input widget's repaint of everything."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, get_character_cell_size
from textual.events import Key

from tui.terminal.plain import plain
from tui.widgets.ink import Piece

MOST = 500
"""Characters that one answer may have."""


class PromptLine:
    """Text with a caret. It draws itself as pieces of a line and takes keys; who opened it decides what enter means."""

    secret: ClassVar[bool] = False
    """Whether nothing of it may be kept anywhere."""

    def __init__(self, label: str, text: str = "", hint: str = "", most: int = MOST) -> None:
        self.label = label
        self.hint = hint
        self.most = most
        self.text = plain(text)[:most]
        self.caret = len(self.text)

    def insert(self, text: str) -> bool:
        """Puts text in at the caret; line ends become spaces. False when nothing fitted."""
        clean = plain(text)[: max(0, self.most - len(self.text))]
        self.text = self.text[: self.caret] + clean + self.text[self.caret :]
        self.caret += len(clean)
        return bool(clean)

    def take(self, event: Key) -> bool:
        """True when the key belonged to the text. Enter, escape, tab and function keys are not its business."""
        moves = {"left": self.caret - 1, "right": self.caret + 1, "home": 0, "end": len(self.text)}
        if event.key in moves:
            self.caret = min(max(moves[event.key], 0), len(self.text))
        elif event.key == "backspace":
            self._delete(self.caret - 1)
        elif event.key == "delete":
            self._delete(self.caret)
        elif event.key == "ctrl+u":
            self.text, self.caret = self.text[self.caret :], 0
        elif event.is_printable and event.character is not None:
            self.insert(event.character)
        else:
            return False
        return True

    def _delete(self, at: int) -> None:
        if 0 <= at < len(self.text):
            self.text = self.text[:at] + self.text[at + 1 :]
            self.caret = at

    def pieces(self, width: int) -> list[Piece]:
        """The line in `width` cells; of a long text the part around the caret, with marks where it goes on."""
        label = f"{self.label}: "
        room = max(8, width - cell_len(label) - 2)
        start = 0
        while cell_len(self.text[start : self.caret]) > room - 2:
            start += max(1, room // 4)
        before = self.text[start : self.caret]
        under = self.text[self.caret : self.caret + 1] or " "
        after = ""
        for character in self.text[self.caret + 1 :]:
            if cell_len(before + under + after) + get_character_cell_size(character) > room - 1:
                after += "…"
                break
            after += character
        pieces = [
            (label, "key"),
            ("…" if start else "", "muted"),
            (before, "normal"),
            (under, "caret"),
            (after, "normal"),
        ]
        return [piece for piece in pieces if piece[0]]
