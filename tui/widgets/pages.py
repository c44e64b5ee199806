"""Lines to read on that are longer than the screen, moved by the keys of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.widgets.ink import Line, Painted

Lay = Callable[[int], Sequence[Line]]


class PageView(Painted):
    """Shows a part of a text; `fill` gives the text for a width."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._lay: Lay = lambda _width: ()
        self.top = 0
        self.total = 0

    def fill(self, lay: Lay, *, from_top: bool = False) -> None:
        """Show this text, from its top or from where the last one stood."""
        self._lay = lay
        if from_top:
            self.top = 0
        self.paint()

    def paint(self) -> None:
        if not self.size.width:
            return
        lines = list(self._lay(self.size.width))
        self.total = len(lines)
        self.top = min(max(0, self.top), max(0, self.total - self.size.height))
        self.show(lines[self.top : self.top + self.size.height])

    async def move(self, key: str) -> bool:
        """Follow a movement key; False for any other."""
        page = max(1, self.size.height - 1)
        targets = {
            "up": self.top - 1,
            "down": self.top + 1,
            "pageup": self.top - page,
            "pagedown": self.top + page,
            "home": 0,
            "end": self.total,
        }
        if key not in targets:
            return False
        self.top = targets[key]
        self.paint()
        return True

    def position(self) -> str:
        """'19/40' while there is more than the screen shows, else ''."""
        shown = min(self.total, self.top + self.size.height)
        return f"{shown}/{self.total}" if self.total > self.size.height else ""

    def on_resize(self) -> None:
        self.paint()
