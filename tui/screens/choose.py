"""Choosing one of many values: a list that a few typed letters make short."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import cast

from textual.widget import Widget

from store.value_class import value_class
from tui.i18n import _, number
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable


@value_class
class Choice:
    """One value: what people read, and with how many people it stands (None: not counted)."""

    value: object
    title: str
    people: int | None = None


Chosen = Callable[[Choice], Awaitable[None]]


class ChooseScreen(DeskScreen):
    """Lists the choices of a question of another screen; enter takes the one under the cursor."""

    def __init__(self, below: DeskScreen, question: str, choices: Sequence[Choice], chosen: Chosen) -> None:
        super().__init__()
        self.below = below
        self.question = question
        self.choices = tuple(choices)
        self.chosen = chosen

    def body(self) -> Sequence[Widget]:
        def people(choice: Choice) -> Piece:
            return ("" if choice.people is None else number(choice.people)), "muted"

        columns: list[Column[Choice]] = [Column(self.question, lambda choice: choice.title)]
        if any(choice.people is not None for choice in self.choices):
            columns.append(Column(_("People"), people, width=8, right=True))
        self.list = WindowTable[Choice](tuple(columns), key=lambda choice: choice.value, id="choose")
        return (self.list,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return self.below.place()[0], self.question

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    async def arrived(self) -> None:
        if self.prompt is not None:
            return  # back from a call that came in meanwhile
        await self._narrow("")
        hint = _("type a part of it · ↑↓ choose · enter takes it · esc goes back")
        self.open_prompt(
            PromptLine(self.question, "", hint, 60),
            self._take,
            typed=self._narrow,
            escape=self._leave,
            keep=Unkept.SEARCH,
        )

    async def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        found = [choice for choice in self.choices if all(word in choice.title.casefold() for word in words)]
        await self.list.fill(found, from_top=True)
        if not found:
            self.loket.message = (_("Nothing has “{text}” in its name.").format(text=text), "muted")

    async def _take(self, _text: str) -> None:
        choice = self.list.current
        self.dismiss()
        if choice is not None:
            await self.below.guarded(lambda: self.chosen(choice))
            self.below.frame()

    async def _leave(self, _text: str) -> None:
        self.dismiss()
