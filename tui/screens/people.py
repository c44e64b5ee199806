"""People (F8): somebody found by whatever is known of them, while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual.widget import Widget

from store.persons import PersonRow
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.screens.person import PersonScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls

MOST = 50
"""People that are listed; who is not among them is found by typing more."""


class PeopleScreen(DeskScreen):
    """A line to type in, and below the people who fit."""

    desk: ClassVar[str] = "desk-people"

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.found: tuple[PersonRow, ...] = ()

    def body(self) -> Sequence[Widget]:
        def state(row: PersonRow) -> Piece:
            if row.claimed:
                return _("claimed"), "good"
            if row.state is None:
                return _("on no list"), "muted"
            return calls.word(calls.STATES, row.state), calls.STATE_ROLES.get(row.state, "normal")

        self.list = WindowTable[PersonRow](
            (
                Column(_("Name"), lambda row: row.name, share=3),
                Column("KPJ", lambda row: row.kpj, width=11),
                Column(_("Born"), lambda row: str(row.birth_year or ""), width=5),
                Column(_("Company"), lambda row: row.company, share=2),
                Column(_("Telephone"), lambda row: row.phone_masked, width=11),
                Column(_("State"), state, width=12),
            ),
            key=lambda row: row.participant_id,
            id="people",
        )
        return (self.list,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return _("People"), ""

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def draw_desk(self) -> None:
        if self.prompt is not None:
            self.prompt.hint = self._hint()

    def _hint(self) -> str:
        if len(self.text.strip()) < 2:
            return _("name, KPJ, NIK, company, or any part of a telephone number")
        if not self.found:
            return _("Nobody fits. Type less, or another thing you know; new people come in with a list (MASUK).")
        if len(self.found) == MOST:
            return _("the first {n}: type more to find others · ↑↓ choose · enter opens").format(n=MOST)
        return _("{at} · ↑↓ choose · enter opens · esc empties, then goes back").format(at=self.list.position())

    async def arrived(self) -> None:
        await self._search(self.text)
        if self.prompt is None:  # a call that came in meanwhile leaves text and caret as they were
            self._open_line()

    def _open_line(self) -> None:
        self.open_prompt(
            PromptLine(_("Find"), self.text, "", 60),
            self._enter,
            typed=self._search,
            escape=self._escape,
            keep=Unkept.SEARCH,
        )

    async def others_changed(self) -> None:
        await self._search(self.text)

    async def _search(self, text: str) -> None:
        from_top = text != self.text
        self.text = text
        self.found = tuple(await self.store.persons.find(text, MOST))
        await self.list.fill(self.found, from_top=from_top)

    async def _enter(self, _text: str) -> None:
        row = self.list.current
        if row is None:
            self._open_line()
        else:
            await self.loket.push_screen(PersonScreen(row.participant_id))

    async def _escape(self, text: str) -> None:
        if not text:
            await self.step_back()
            return
        await self._search("")
        self._open_line()
