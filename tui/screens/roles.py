"""Switching roles in a practice office, so that one person sees what each of them may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

from store.rules.permissions import Role
from tui.i18n import _
from tui.kept import Unkept
from tui.practice import practise
from tui.screens.base import DeskScreen
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words.errors import ROLES


class RolesScreen(DeskScreen):
    """A list of roles; enter takes one."""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[str]((Column(_("Role"), role_title),), key=lambda role: role, id="roles")
        return (self.list,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return _("Switch roles"), ""

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    async def arrived(self) -> None:
        if self.prompt is not None:
            return  # back from a call that came in meanwhile
        await self._search("")
        hint = _("↑↓ choose · enter takes the role · esc goes back")
        self.open_prompt(
            PromptLine(_("Role"), "", hint, 30),
            self._chosen,
            typed=self._search,
            escape=self._leave,
            keep=Unkept.SEARCH,
        )

    async def _search(self, text: str) -> None:
        wanted = text.casefold()
        roles = ["", *(role.value for role in Role)]
        await self.list.fill([role for role in roles if wanted in role_title(role).casefold()], from_top=True)

    async def _chosen(self, _text: str) -> None:
        role = self.list.current
        if role is not None:
            self.loket.me = await practise(self.store, role)
            self.loket.message = (_("You act as: {role}").format(role=role_title(role)), "good")
        self.dismiss()

    async def _leave(self, _text: str) -> None:
        self.dismiss()


def role_title(role: str) -> str:
    return _(ROLES[role]) if role else _("my own roles")
