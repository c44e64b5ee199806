"""What screens share that first show the files in MASUK, then what one of them would bring."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, TypeVar, cast

from textual import events

from store.errors import StoreError
from store.rows import OfferedFile
from tui.commands import Facts
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.widgets.pages import PageView
from tui.widgets.window_table import WindowTable
from tui.words import errors

WATCH: Final = 2.0
"""Seconds between two looks into MASUK while its files are on screen."""

Plan = TypeVar("Plan")


async def offered(desk: DeskScreen) -> list[OfferedFile]:
    """The files in MASUK; where the folder cannot be read it is said, with what to do."""
    try:
        return await desk.store.imports.offered()
    except OSError:
        desk.say(_("The folder MASUK cannot be read. Ask the administrator for its rights."), "bad")
        return []


class FromInbox(DeskScreen, Generic[Plan]):
    """Stands before the base of the desk. A file is read in the background; escape gives that up."""

    rows: WindowTable[Any]
    page: PageView

    offered: list[OfferedFile]
    plan: Plan | None = None
    busy: str = ""
    turn: int = 0

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, files=len(self.offered), busy=bool(self.busy))

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.rows) if self.plan is None else None

    def on_mount(self) -> None:
        self.set_interval(WATCH, self._watch)

    async def _watch(self) -> None:
        if self.plan is None and not self.busy and self.is_active:
            await self.guarded(self.read_again)

    async def read_again(self) -> None:
        """What lies there now."""
        self.offered = await offered(self)
        await self.rows.fill(self.offered)
        self.frame()

    def look(self, said: str, read: Callable[[], Awaitable[Plan]]) -> None:
        """Begins to read; `said` stands there meanwhile."""
        self.turn += 1
        self.busy = said
        self.run_worker(self._look(self.turn, read))
        self.frame()

    async def _look(self, turn: int, read: Callable[[], Awaitable[Plan]]) -> None:
        try:
            plan = await read()
        except StoreError as refusal:
            if turn == self.turn:
                self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        if turn == self.turn:
            self.plan = plan
            self.shows(plan)
            self.rest(_("Nothing is changed yet."), "muted")

    def shows(self, plan: Plan) -> None:
        """Fills the page with what the file would bring."""
        raise NotImplementedError

    def rest(self, text: str, role: str) -> None:
        """The work in the background has ended; say how, on whichever screen is in front."""
        self.busy = ""
        self.loket.say(text, role)
        self.frame()

    async def _other_key(self, event: events.Key) -> None:
        if not self.asking and self.plan is not None and await self.page.move(event.key):
            self.frame()
            return
        await super()._other_key(event)

    async def step_back(self) -> None:
        if self.busy:
            self.turn += 1
            self.rest(_("Given up; nothing was changed."), "muted")
        elif self.plan is not None:
            self.plan = None
            await self.read_again()
        else:
            self.dismiss()
