"""The menu (F10): every command that holds on the screen below, found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

from tui import commands
from tui.commands import Command, Facts
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable


class PaletteScreen(DeskScreen):
    """Lists the commands of another screen and lets that screen do the chosen one."""

    def __init__(self, below: DeskScreen) -> None:
        super().__init__()
        self.below = below

    def body(self) -> Sequence[Widget]:
        def role(command: Command) -> str:
            return "off" if command.why_disabled(self.below.facts()) is not None else "normal"

        def detail(command: Command) -> str:
            why = command.why_disabled(self.below.facts())
            return _(why) if why is not None else _(command.help)

        self.list = WindowTable[Command](
            (
                Column(_("Command"), lambda command: (_(command.title), role(command)), share=2),
                Column(_("Key"), lambda c: (_keys(c), "off" if role(c) == "off" else "key"), width=10),
                Column("", lambda c: (detail(c), "off" if role(c) == "off" else "muted"), share=3),
            ),
            key=lambda command: command.id,
            id="palette",
        )
        return (self.list,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return _("Menu"), self.below.place()[0]

    def facts(self) -> Facts:
        return self.below.facts()

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def draw_desk(self) -> None:
        """Below the typed text stands what the command under the cursor does, whole."""
        command = self.list.current
        if self.prompt is not None and command is not None:
            why = command.why_disabled(self.below.facts())
            self.prompt.hint = _(why) if why is not None else _(command.help)
        elif self.prompt is not None:
            self.prompt.hint = _("type a part of the name · ↑↓ choose · enter does it · esc goes back")

    async def arrived(self) -> None:
        if self.prompt is not None:
            return  # back from a call that came in meanwhile
        await self._search("")
        self.open_prompt(
            PromptLine(_("Command"), "", "", 40),
            self._chosen,
            typed=self._search,
            escape=self._leave,
            keep=Unkept.SEARCH,
        )

    async def _search(self, text: str) -> None:
        held = [c for c in commands.holding(self.below.contexts()) if c.id not in ("back", "palette", "no-interrupt")]
        words = text.casefold().split()
        titles = {command.title: command for command in reversed(held)}  # one line each, the one that has a key here
        held = [command for command in held if titles[command.title] is command]
        found = [c for c in held if all(word in f"{_(c.title)} {_(c.label)}".casefold() for word in words)]
        await self.list.fill(found, from_top=True)
        if not found:
            self.loket.message = (_("No command has “{text}” in its name.").format(text=text), "muted")

    async def _chosen(self, _text: str) -> None:
        command = self.list.current
        await self._leave("")
        if command is not None:
            below = self.below
            self.loket.call_later(below.press, command)

    async def _leave(self, _text: str) -> None:
        self.loket.message = ("", "normal")
        self.dismiss()


def _keys(command: Command) -> str:
    return " ".join(commands.key_name(key) for key in command.keys[:2])
