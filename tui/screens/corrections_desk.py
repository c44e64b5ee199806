"""What the screens of F4 share: what was done here and how it is taken back, and whose data are shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from store.errors import StoreError
from store.rows import UndoRef
from store.worklists import EVERYBODY, WorkFilter
from tui.commands import Facts, holding
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.screens.choose import Choice, ChooseScreen
from tui.taking_back import take_back_last
from tui.widgets.ink import Piece, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable

Typed = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done at F4 and can be taken back; of one person on a worklist, or of many."""

    ref: UndoRef
    said: str
    participant_id: int | None = None


class CorrectionsDesk(DeskScreen):
    """The base: whoever derives has `rows` and says how it is read again. `done` is shared by all of them."""

    desk = "desk-corrections"
    rows: WindowTable[Any]

    def __init__(self, done: list[Done]) -> None:
        super().__init__()
        self.done = done

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.rows)

    def told(self, text: str, role: str = "muted") -> list[list[Piece]]:
        """One sentence on the two lines below a list."""
        return [[(row, role)] for row in wrap(text, max(20, self.size.width - 2), 2)]

    def question(self, context: str, title: str) -> None:
        """Ask with all answers of a context that can be given now."""
        facts = self.facts()
        usable = [command for command in holding((context,)) if command.why_disabled(facts) is None]
        self.ask(context, title, [(command.keys[0], _(command.label)) for command in usable])

    # Reading

    async def read_again(self) -> None:
        """Show what stands there now."""
        raise NotImplementedError

    async def arrived(self) -> None:
        await self.read_again()
        self.frame()

    async def others_changed(self) -> None:
        await self.read_again()

    async def moved(self) -> None:
        self.frame()

    async def lost(self, error: StoreError) -> None:
        self.asking = ""
        await self.read_again()

    async def step_back(self) -> None:
        self.dismiss()

    # What was done

    async def did(self, said: str, ref: UndoRef | None, participant_id: int | None = None) -> None:
        """It was written: show it, and keep how it is taken back."""
        self.asking = ""
        if ref is not None:
            self.done.append(Done(ref, said, participant_id))
        self.loket.saved()
        await self.read_again()
        self.say(_("{what} · u undoes").format(what=said) if ref is not None else said, "good")

    async def do_undo(self) -> None:
        if not self.done:
            self.say(_("Nothing was done here since Loket was opened."), "warn")
            return
        try:
            last = await take_back_last(self.store, self.done, lambda done: done.ref)
        finally:
            self.loket.saved()
            await self.read_again()
        await self.undone(last)
        self.say(_("Taken back: {what}").format(what=last.said), "good")

    async def undone(self, last: Done) -> None:
        """Something was taken back: show whom it concerns."""

    async def ask_reason(self, hint: str, go_on: Typed, before: str = "") -> None:
        """A line for a reason, which may not be empty."""

        async def entered(text: str) -> None:
            if text.strip():
                await go_on(text.strip())
                return
            await self.ask_reason(hint, go_on)
            self.say(_("Write a few words; colleagues will read them."), "warn")

        self.open_prompt(PromptLine(_("Reason"), before, hint, 120), entered)


class Filtering(CorrectionsDesk):
    """Screens that show the data of some people only: one letter for each filter."""

    wanted: WorkFilter = EVERYBODY
    filter_of = ""
    """The worklist whose companies and pembina are offered; '' for all of them."""

    async def show_only(self, wanted: WorkFilter) -> None:
        """Show these people from now on."""
        raise NotImplementedError

    async def filter_values(self, field: str) -> Sequence[Choice]:
        """What can be chosen for a company or a pembina."""
        raise NotImplementedError

    def filter_words(self) -> str:
        """The filter in words, '' where it leaves everybody."""
        wanted = self.wanted
        words = []
        if wanted.company is not None:
            words.append(wanted.company or _("company not known"))
        if wanted.pembina is not None:
            words.append(wanted.pembina or _("no pembina"))
        words += [_("not claimed")] * wanted.unclaimed + [_("active")] * wanted.active
        if wanted.text.strip():
            words.append(f"/{wanted.text}")
        return " · ".join(words)

    async def search(self) -> None:
        before = self.wanted.text

        async def typed(text: str) -> None:
            await self.show_only(replace(self.wanted, text=text))

        async def drop(_text: str) -> None:
            await self.show_only(replace(self.wanted, text=before))

        hint = _("name, KPJ, NIK, company or a part of the number · enter keeps · esc drops")
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop)

    def ask_filter(self) -> None:
        self.question("work-filter", _("Show"))

    async def do_work_by_company(self) -> None:
        await self._choose("company", _("Company"), _("company not known"))

    async def do_work_by_pembina(self) -> None:
        await self._choose("pembina", _("Pembina"), _("no pembina"))

    async def do_work_by_claim(self) -> None:
        await self._filtered(replace(self.wanted, unclaimed=not self.wanted.unclaimed))

    async def do_work_by_active(self) -> None:
        await self._filtered(replace(self.wanted, active=not self.wanted.active))

    async def do_work_by_nothing(self) -> None:
        await self._filtered(EVERYBODY)

    async def _choose(self, field: str, question: str, unknown: str) -> None:
        self.asking = ""
        found = await self.filter_values(field)
        choices = [Choice(None, _("all")), *(replace(each, title=each.title or unknown) for each in found)]

        async def chosen(choice: Choice) -> None:
            value = None if choice.value is None else str(choice.value)
            if field == "company":
                await self._filtered(replace(self.wanted, company=value))
            else:
                await self._filtered(replace(self.wanted, pembina=value))

        await self.loket.push_screen(ChooseScreen(self, question, choices, chosen))

    async def _filtered(self, wanted: WorkFilter) -> None:
        self.asking = ""
        await self.show_only(wanted)
        self.say(_("Shown: {group}").format(group=self.filter_words() or _("all")), "muted")
