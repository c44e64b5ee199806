"""Calls that are not saved yet: each with its start, to go on with or to throw away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from tui.call_form import CallForm, from_draft
from tui.commands import Facts
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, counter

if TYPE_CHECKING:
    from tui.screens.counter_draft import FormDesk


class LeftScreen(DeskScreen):
    """The list behind `r`."""

    def __init__(self, below: FormDesk) -> None:
        super().__init__()
        self.below = below

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[CallForm](
            (
                Column(_("Start"), lambda form: counter.began(form.started_at, self.loket.now()), width=12),
                Column(_("How"), lambda form: calls.word(counter.CHANNELS, form.channel), width=14),
                Column(_("Who"), _who, share=2),
                Column(_("Topic"), lambda form: counter.topic(form.topic), share=2),
                Column(_("Note"), lambda form: (form.note or form.typing[1], "muted"), share=2),
            ),
            key=lambda form: form.key,
            id="left",
        )
        return (self.list,)

    def context(self) -> str:
        return "left-calls"

    def place(self) -> tuple[str, str]:
        return _("Service"), _("calls not saved")

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, drafts=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        if not self.list.total:
            return [[(_("Every call is saved. esc goes back."), "muted")]]
        return [[(_("Enter goes on with a call as it was; another one that is open waits."), "muted")]]

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        forms = []
        for key in await self.below.others():
            kept = await self.store.drafts.load(key)
            if kept is None:
                continue
            try:
                forms.append(from_draft(kept[0]))
            except (ValueError, TypeError, KeyError):
                continue  # `r` on it says so
        await self.list.fill(sorted(forms, key=lambda form: form.started_at))

    async def step_back(self) -> None:
        self.dismiss()

    async def do_left_resume(self) -> None:
        form = self.list.current
        if form is not None:
            self.dismiss()
            await self.below.guarded(lambda: self.below.open_draft(form.key))

    async def do_left_discard(self) -> None:
        form = self.list.current
        if form is None:
            return
        began = counter.began(form.started_at, self.loket.now())

        async def act() -> None:
            await self.store.drafts.clear(form.key)
            await self._read()
            self.say(_("The call of {time} is thrown away.").format(time=began), "muted")

        self.confirm(_("Throw away 1 call, of {time}? Nothing of it is kept.").format(time=began), act)


def _who(form: CallForm) -> str:
    return form.name or form.caller_name or form.company or form.number or _("nobody by name")
