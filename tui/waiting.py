"""While another holds the database: what was pressed waits for it, and the screen says so meanwhile."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import StoreError
from tui.screens.base import DeskScreen
from tui.words import faults

if TYPE_CHECKING:
    from tui.shell import LoketApp

PATIENCE = 5.0
"""Seconds: turns of long work, and an import of a large list, end sooner."""


class HoldUp:
    """One look a second, by itself: the screen that waits answers nothing, and paints nothing."""

    def __init__(self, after: float = PATIENCE) -> None:
        self.after = after
        self._told = ""

    async def look(self, app: LoketApp) -> None:
        held = False
        if hasattr(app, "store"):
            with suppress(StoreError):
                held = await app.store.held_up(self.after)
        if held == bool(self._told) or not app.screen_stack:
            return
        said, self._told = self._told, faults.held_up() if held else ""
        if held or app.message[0] == said:
            app.message = (self._told, "bad" if held else "normal")
        screen = app.screen
        if isinstance(screen, DeskScreen):
            screen.frame()
            _paint(screen)


def _paint(screen: DeskScreen) -> None:
    """At once: the screen's own turn comes only after the key that waits."""
    if screen._framing is not None:
        screen._dirty_widgets.update(screen._framing)
        screen._on_timer_update()
