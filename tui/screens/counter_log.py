"""The log of the counter: calls and visits of today, one's own, or all, newest first, searchable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from store.contact_rows import ContactFilter, ContactRow
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, ngettext, number, short_moment
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, counter

if TYPE_CHECKING:
    from store import Store


@value_class
class Log:
    """The log in the store, as a source of a table."""

    store: Store
    wanted: ContactFilter

    async def count(self) -> int:
        return await self.store.counter.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[ContactRow]:
        return await self.store.counter.rows(self.wanted, offset, limit)


class LogScreen(DeskScreen):
    """A window of the log; `f` goes through today, mine, all."""

    def __init__(self) -> None:
        super().__init__()
        self.scope = "today"
        self.text = ""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[ContactRow](
            (
                Column(_("When"), lambda row: short_moment(row.started_at, self.loket.now()), width=11),
                Column(_("How"), lambda row: calls.word(counter.CHANNELS, row.channel), width=12),
                Column(_("Who"), counter.who, share=3),
                Column(_("Topic"), lambda row: counter.topic(row.topic), width=16),
                Column(_("Outcome"), counter.ending, width=18),
                Column(_("By"), lambda row: row.by, width=16, hide_below=100),
            ),
            key=lambda row: row.contact_id,
            id="log",
        )
        return (self.list,)

    def context(self) -> str:
        return "contact-log"

    def place(self) -> tuple[str, str]:
        searched = f" · “{self.text}”" if self.text else ""
        return _("Service"), _("log: {scope}").format(scope=_(counter.SCOPES[self.scope])) + searched

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.list.current
        if row is None:
            text = _("Nothing fits. f shows more, / searches for something else.")
            if not self.text and self.scope != "all":
                text = _("Nothing here yet. f shows more; F3 begins a call.")
            return [[(text, "muted")]]
        first, second = counter.log_lines(row, self.loket.now())
        return [[(first, "normal"), (f"   {self.list.position()}", "muted")], [(second, "muted")]]

    async def arrived(self) -> None:
        if self.list.source is None:
            await self._open()
        else:
            await self.list.reload()

    async def others_changed(self) -> None:
        await self.list.reload()

    async def _open(self) -> None:
        today = self.store.today() if self.scope == "today" else None
        mine = self.loket.me.staff_id if self.scope == "mine" else None
        wanted = ContactFilter(since=today, until=today, staff_id=mine, text=self.text)
        await self.list.open(Log(self.store, wanted))

    async def step_back(self) -> None:
        if self.text:
            self.text = ""
            await self._open()
        else:
            self.dismiss()

    async def do_log_scope(self) -> None:
        scopes = list(counter.SCOPES)
        self.scope = scopes[(scopes.index(self.scope) + 1) % len(scopes)]
        await self._open()
        found = ngettext("1 entry", "{n} entries", self.list.total).format(n=number(self.list.total))
        self.say(f"{_(counter.SCOPES[self.scope])}: {found}", "muted")

    async def do_log_search(self) -> None:
        async def typed(text: str) -> None:
            self.text = text.strip()
            await self._open()

        hint = _("a part of a name, company, number or note · ↑↓ · enter or esc keeps it")
        self.open_prompt(
            PromptLine(_("Search"), self.text, hint, 60), typed, typed=typed, escape=typed, keep=Unkept.SEARCH
        )

    async def do_undo(self) -> None:
        taken = await self.store.counter.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        await self.list.reload()
        self.say(counter.taken_back(taken, self.loket.now()), "good")
