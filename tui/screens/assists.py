"""Help with claims that goes on: who, what is missing, interviews that come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from textual.widget import Widget

from store.assist_rows import AssistFilter, AssistRow
from store.value_class import value_class
from tui.assist_form import Subject
from tui.commands import Facts
from tui.i18n import N_, _, number, short_moment
from tui.kept import Unkept
from tui.screens.assist import AssistScreen
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import assists

if TYPE_CHECKING:
    from store import Store

SCOPES: Final = {"open": N_("those that go on"), "mine": N_("mine that go on"), "all": N_("all")}


@value_class
class Helped:
    """Help in the store, as a source of a table."""

    store: Store
    wanted: AssistFilter

    async def count(self) -> int:
        return await self.store.assists.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[AssistRow]:
        return await self.store.assists.rows(self.wanted, offset, limit)


class AssistsScreen(DeskScreen):
    """A window of the list, the oldest that goes on first."""

    def __init__(self) -> None:
        super().__init__()
        self.scope = "open"
        self.text = ""

    def body(self) -> Sequence[Widget]:
        def interview(row: AssistRow) -> str:
            return short_moment(row.interview_at, self.loket.now()) if row.interview_at is not None else ""

        def result(row: AssistRow) -> Piece:
            return _(assists.RESULTS[row.result]), assists.RESULT_ROLES.get(row.result, "normal")

        self.list = WindowTable[AssistRow](
            (
                Column(_("Since"), lambda row: short_moment(row.started_at, self.loket.now()), width=11),
                Column(_("Who"), assists.who, share=3),
                Column(_("Way"), lambda row: assists.way(row.way), width=10),
                Column(_("Missing"), assists.missing_cell, share=3),
                Column(_("Interview"), interview, width=11),
                Column(_("Result"), result, width=14, hide_below=100),
                Column(_("By"), lambda row: row.by, width=14, hide_below=110),
            ),
            key=lambda row: row.assist_id,
            id="assists",
        )
        return (self.list,)

    def context(self) -> str:
        return "assists"

    def place(self) -> tuple[str, str]:
        searched = f" · “{self.text}”" if self.text else ""
        return _("Help with claims"), f"{_(SCOPES[self.scope])}: {number(self.list.total)}{searched}"

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.list.current
        if row is None:
            text = _("Nobody is being helped. n begins; at the counter: F3, then j.")
            return [[(_("Nothing fits. f shows more, / searches for something else.") if self.text else text, "muted")]]
        first, second = assists.list_lines(row, self.loket.now())
        return [[(first, "normal"), (f"   {self.list.position()}", "muted")], [(second, "muted")]]

    async def arrived(self) -> None:
        if self.list.source is None:
            await self._open()
        else:
            await self.others_changed()

    async def others_changed(self) -> None:
        await self.list.reload()
        self.frame()

    async def moved(self) -> None:
        self.frame()

    async def _open(self) -> None:
        wanted = AssistFilter(going_on=self.scope != "all", mine=self.scope == "mine", text=self.text)
        await self.list.open(Helped(self.store, wanted))

    async def step_back(self) -> None:
        if self.text:
            self.text = ""
            await self._open()
        else:
            self.dismiss()

    async def do_assists_open(self) -> None:
        row = self.list.current
        if row is not None:
            subject = Subject(row.participant_id, assists.who(row), row.contact_id)
            await self.loket.push_screen(AssistScreen(subject, row.assist_id))

    async def do_assists_new(self) -> None:
        await self.loket.push_screen(AssistScreen(Subject()))

    async def do_assists_scope(self) -> None:
        scopes = list(SCOPES)
        self.scope = scopes[(scopes.index(self.scope) + 1) % len(scopes)]
        await self._open()

    async def do_assists_search(self) -> None:
        async def typed(text: str) -> None:
            self.text = text.strip()
            await self._open()

        hint = _("a part of a name, KPJ or number · ↑↓ · enter or esc keeps it")
        self.open_prompt(
            PromptLine(_("Search"), self.text, hint, 60), typed, typed=typed, escape=typed, keep=Unkept.SEARCH
        )

    async def do_undo(self) -> None:
        row = await self.store.assists.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        await self.others_changed()
        gone = _("Taken back: the help is gone.")
        self.say(gone if row is None else _("Taken back: {who}").format(who=assists.who(row)), "good")
