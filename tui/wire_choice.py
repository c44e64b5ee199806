"""What a person says of the driver: the screen painted anew, and whether only changes are sent to their terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.i18n import _
from tui.terminal.application import TerminalApp
from tui.terminal.wire.driver import WireDriver

if TYPE_CHECKING:
    from store import Store

WHOLE_DRAFT: Final = "terminal-whole"
"""Kept under this name for a person whose terminal gets everything."""


class WireChoice(TerminalApp, inherit_bindings=False):
    """The part of the shell that speaks to the driver for the person."""

    store: Store

    if TYPE_CHECKING:

        def say(self, text: str, role: str = "normal") -> None: ...

    async def on_mount(self) -> None:
        if isinstance(self._driver, WireDriver) and hasattr(self, "store"):
            kept = await self.store.drafts.load(WHOLE_DRAFT)
            if kept is not None and kept[0]:
                self._driver.send(whole=True)

    async def do_redraw(self) -> None:
        if isinstance(self._driver, WireDriver):
            self._driver.redraw()
        else:
            self.refresh(layout=True)

    async def do_wire(self) -> None:
        if not isinstance(self._driver, WireDriver):
            self.say(_("LOKET_DRIVER says otherwise: everything is sent."), "muted")
            return
        whole = not self._driver.whole
        self._driver.send(whole=whole)
        await self.store.drafts.save(WHOLE_DRAFT, "1" if whole else "")
        said = _("From now on everything is sent.") if whole else _("From now on only what changed is sent.")
        self.say(said, "muted")
