"""The form of one help: what stands on it, its draft, and who it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from textual.timer import Timer

from store.assists import AssistIn
from store.rules.assists import Need, Paper
from tui.assist_form import DRAFTS, Subject, blank, from_draft, of_row, to_draft
from tui.i18n import _
from tui.kept import Unkept, open_kept
from tui.screens.base import DeskScreen
from tui.screens.choose import Choice, ChooseScreen
from tui.widgets.prompt import PromptLine
from tui.words import assists

KEPT_AFTER: Final = 0.3
"""Seconds from the first key that is not yet on disk until it is."""

FOUND: Final = 50
"""People that are offered; who is not among them is found by typing more."""


class AssistFormDesk(DeskScreen):
    """The part of the screen that holds the form and keeps it. Whatever is not saved is a draft."""

    def __init__(self, subject: Subject, assist_id: int | None = None) -> None:
        super().__init__()
        self.assist_id = assist_id
        self.version = 0
        self.who = subject.name
        self.form = self.seen = blank(subject)
        self.needed: Mapping[Paper, Need] = {}
        self._subject = subject
        self._opened = False
        self._kept = False
        self._timer: Timer | None = None

    # Reading

    async def arrived(self) -> None:
        if not self._opened:
            self._opened = True
            await self._open()
        await self._read_needed()

    async def others_changed(self) -> None:
        if self.assist_id is not None and self.form == self.seen:
            await self._read()
        await self._read_needed()

    async def _open(self) -> None:
        await self._read()
        kept = await self.store.drafts.load(self._key)
        if kept is None:
            return
        try:
            self.form, self.seen, self.version, self.who = from_draft(kept[0])
        except (ValueError, TypeError, KeyError):
            await self.store.drafts.clear(self._key)
            self.say(_("That draft was of another Loket and cannot be read; it is gone."), "bad")
            return
        self._kept = True
        self.say(_("What you had noted is here again; it is not saved yet."), "warn")

    async def _read(self) -> None:
        """What stands in the office now."""
        if self.assist_id is None:
            return
        row = await self.store.assists.read(self.assist_id)
        if row is None:
            self.loket.message = (_("That help was taken back."), "muted")
            self.dismiss()
            return
        self.form = self.seen = of_row(row)
        self.version, self.who = row.version, assists.who(row)

    async def _read_needed(self) -> None:
        self.needed = await self.store.assists.needed(self.form.way, self.form.reason, self.form.participant_id)
        self.paint()

    def paint(self) -> None:
        """Lay the form out again."""
        raise NotImplementedError

    # The draft

    @property
    def _key(self) -> str:
        subject = self._subject
        person = subject.participant_id or f"c{subject.contact_id or subject.name.casefold()}"
        return f"{DRAFTS}{self.assist_id}" if self.assist_id is not None else f"{DRAFTS}new {person}"

    def changed(self, form: AssistIn) -> None:
        """Another thing stands on the form now."""
        self.form = form
        if self._timer is None:
            self._timer = self.set_timer(KEPT_AFTER, self._keep_now)
        self.paint()

    async def _keep_now(self) -> None:
        await self.guarded(self.keep)

    async def keep(self) -> None:
        """The form is on disk as it is now; an untouched one leaves nothing there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self._ended_elsewhere()
        self._kept = self.form != self.seen
        if not self._kept:
            await self.store.drafts.clear(self._key)
        else:
            await self.store.drafts.save(self._key, to_draft(self.form, self.seen, self.version, self.who))

    async def _ended_elsewhere(self) -> bool:
        """The same new help at two terminals of one person: it is not begun a second time unasked."""
        if self.assist_id is not None or not self._kept or await self.store.drafts.load(self._key) is not None:
            return False
        self._kept = False
        self.say(_("Saved or emptied at your other terminal: enter saves this as another help, esc keeps it."), "warn")
        return True

    async def leave_prompt(self) -> None:
        await super().leave_prompt()
        await self.keep()

    async def step_back(self) -> None:
        told = await self._ended_elsewhere()
        await self.keep()
        if told:
            return
        if self.form != self.seen:
            self.loket.message = (_("Kept as a draft: open this help again to go on."), "warn")
        self.dismiss()

    # Who

    async def do_assist_whom(self) -> None:
        async def entered(text: str) -> None:
            if text.strip():
                self.who = text.strip()
                self.changed(replace(self.form, whom=self.who))

        hint = _("the name, and a number where one helps · enter · esc")
        await open_kept(self, f"{self._key} whom", PromptLine(_("Name"), self.form.whom or "", hint, 100), entered)

    async def do_assist_find(self) -> None:
        async def entered(text: str) -> None:
            found = await self.store.persons.find(text, FOUND)
            if not found:
                self.say(_("Nobody fits “{text}”. o notes a name.").format(text=text), "warn")
                return
            choices = [
                Choice((row.participant_id, row.name), f"{row.name} · {row.kpj} · {row.company}") for row in found
            ]

            async def chosen(choice: Choice) -> None:
                assert isinstance(choice.value, tuple)
                participant_id, self.who = choice.value
                self.changed(replace(self.form, participant_id=participant_id))
                await self._read_needed()

            if len(choices) == 1:
                await chosen(choices[0])
            else:
                await self.loket.push_screen(ChooseScreen(self, _("Who is helped"), choices, chosen))

        hint = _("a part of the name, KPJ, NIK or number · enter finds · esc")
        self.open_prompt(PromptLine(_("Find"), "", hint, 60), entered, keep=Unkept.SEARCH)

    async def do_assist_history(self) -> None:
        from tui.screens.person import PersonScreen  # it has help of its own

        if self.form.participant_id is not None:
            await self.loket.push_screen(PersonScreen(self.form.participant_id))
