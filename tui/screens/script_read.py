"""The whole script of the held person, to read on while the card shows its beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.widget import Widget

from store.rules.script import Block
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.widgets.ink import EMPTY, Line, Piece, line
from tui.widgets.pages import PageView
from tui.widgets.script_lines import block_rows
from tui.words.script import Script

LONGEST = 200
"""Lines of one paragraph: a script has at most 4,000 characters."""


class ScriptReadScreen(DeskScreen):
    """Shows a script; moved by the keys of a table."""

    def __init__(self, title: str, script: Callable[[], Script]) -> None:
        super().__init__()
        self.about = title
        self.script = script

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="script")
        return (self.page,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return _("Script"), self.about

    def idle_lines(self) -> list[list[Piece]]:
        return [[(_("↑↓ move · esc goes back to the card"), "muted"), (f"   {self.page.position()}", "muted")]]

    async def arrived(self) -> None:
        self.page.fill(self._lines, from_top=True)

    async def others_changed(self) -> None:
        self.page.fill(self._lines)

    def _lines(self, width: int) -> list[Line]:
        said = self.script()
        parts = ((_("opening"), said.opening), (_("message"), said.message), (_("never said"), said.never))
        return [row for title, blocks in parts for row in _part(title, blocks, width)]

    async def _other_key(self, event: events.Key) -> None:
        if not await self.page.move(event.key):
            await super()._other_key(event)

    async def step_back(self) -> None:
        self.dismiss()


def _part(title: str, blocks: Sequence[Block], width: int) -> list[Line]:
    lines = [line((f" {title.upper()}", "muted"))]
    for block in blocks:
        lines += [line(("  ", "normal"), *row) for row in block_rows(block, width - 4, LONGEST)]
    return [*lines, EMPTY]
