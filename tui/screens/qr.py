"""The number of the held person as a QR code, for an office mobile (design.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.widgets.card import CardView
from tui.widgets.ink import Line, Piece, line
from tui.widgets.qr import qr_lines


class QrScreen(DeskScreen):
    """Shows one code; escape leads back to the card."""

    def __init__(self, title: str, number: str, content: str) -> None:
        super().__init__()
        self.what = title
        self.number = number
        self.content = content

    def body(self) -> Sequence[Widget]:
        self.view = CardView(id="qr")
        return (self.view,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return self.what, self.number

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("Point the camera of the office mobile at the code."), "normal")],
            [(_("esc goes back to the card"), "muted")],
        ]

    async def arrived(self) -> None:
        self.view.draw(self._lines)

    def _lines(self, width: int, height: int) -> list[Line]:
        code = qr_lines(self.content)
        wide = code[0].width
        if len(code) > height or wide > width:
            small = _("The window is too small for the code; make it larger.")
            return [line((" " + small, "warn"))]
        indent = " " * ((width - wide) // 2)
        return [line((indent, "normal"), *row.pieces) for row in code]

    async def step_back(self) -> None:
        self.dismiss()
