"""What the screens of F4 share: what was done here and how it is taken back, and whose data are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.worklists import EVERYBODY, WorkFilter
from tui.commands import holding
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.deeds import ListDesk, Typed
from tui.widgets.prompt import PromptLine


class CorrectionsDesk(ListDesk):
    """The base: whoever derives has `rows` and says how it is read again. `done` is shared by all of them."""

    desk = "desk-corrections"
    drafts = "corrections:"
    goes_on_after_end = True

    def question(self, context: str, title: str) -> None:
        """Ask with all answers of a context that can be given now."""
        facts = self.facts()
        usable = [command for command in holding((context,)) if command.why_disabled(facts) is None]
        self.ask(context, title, [(command.keys[0], _(command.label)) for command in usable])

    async def ask_reason(self, name: str, hint: str, go_on: Typed, before: str = "") -> None:
        """A line for a reason, which may not be empty."""
        await self.ask_words(name, PromptLine(_("Reason"), before, hint, 120), go_on)


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
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop, keep=Unkept.SEARCH)

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
