"""Ways to desks that lie above another one: escape leads back to where somebody came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.answers import AnswersScreen
from tui.screens.base import DeskScreen
from tui.screens.checks import ChecksScreen
from tui.screens.counter import CounterScreen
from tui.screens.division import DivisionScreen
from tui.screens.settings import SettingsScreen
from tui.screens.supervision import SupervisionScreen
from tui.terminal.application import TerminalApp

if TYPE_CHECKING:
    from store import Store


class Desks(TerminalApp, inherit_bindings=False):
    """The part of the shell that opens them; each is made anew, so that it shows what is true now."""

    store: Store

    async def above(self, kind: type[DeskScreen]) -> None:
        """Bring such a screen to the front: the one that is open already, or a new one above what is in front."""
        if any(isinstance(screen, kind) for screen in self.screen_stack):
            while not isinstance(self.screen, kind):
                self.pop_screen()
        else:
            await self.push_screen(kind())

    async def do_checks(self) -> None:
        await self.above(ChecksScreen)

    async def do_supervision(self) -> None:
        await self.above(SupervisionScreen)

    async def do_division(self) -> None:
        await self.above(DivisionScreen)

    async def do_settings(self) -> None:
        await self.above(SettingsScreen)

    async def do_answers(self) -> None:
        await self.above(AnswersScreen)

    async def do_desk_service(self) -> None:
        """The telephone rings: a call begins now, above everything; what is in front comes back untouched."""
        started_at = self.store.now()
        if isinstance(self.screen, CounterScreen):
            await self.screen.next_call(started_at)
        else:
            await self.push_screen(CounterScreen(started_at))

    # The same from screens that have a key for it

    do_list_checks = do_checks
    do_list_supervision = do_supervision
    do_division_watch = do_supervision
    do_watch_division = do_division
