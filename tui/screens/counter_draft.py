"""A call that is open: everything on its form is a draft on disk, and other calls may wait behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from textual.timer import Timer

from store.answers import PersonAnswer
from store.contact_rows import CounterPerson
from store.errors import NotAllowed, NotFound, StoreError
from store.rules.answers import telling
from tui import draft_keys
from tui.call_form import CallForm, from_draft
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.base import Answer
from tui.screens.outcome_keys import OutcomeDesk
from tui.widgets.prompt import PromptLine
from tui.words import counter

DRAFT_AFTER: Final = 0.3
"""Seconds from the first key that is not yet on disk until it is."""


class FormDesk(OutcomeDesk):
    """The part of the counter that holds the form, keeps it, and brings kept ones back. `paint` is the screen's."""

    def __init__(self, started_at: datetime) -> None:
        super().__init__()
        self.form = CallForm(started_at)
        self.person: CounterPerson | None = None
        self.told: PersonAnswer | None = None
        self.behind: list[CallForm] = []
        self.left = 0
        self._kept = False
        self._timer: Timer | None = None

    def restart(self, started_at: datetime) -> None:
        """Nothing is noted yet, of a call that begins now."""
        self._stop_timer()
        self.close_prompt()
        self.asking = ""
        self.form, self.person, self.told = CallForm(started_at), None, None
        self.behind, self._kept = [], False
        self.paint()

    def paint(self) -> None:
        """Lay form and panel out again."""
        raise NotImplementedError

    async def reopen(self, name: str, text: str) -> None:
        """Open the line that a draft knows under this name, with its text."""
        raise NotImplementedError

    # Keeping

    def changed(self) -> None:
        """Something on the form is another thing now."""
        self.touch()
        self.paint()

    def touch(self) -> None:
        """The form goes to disk in a moment; not begun anew with each key, or who types on has nothing there."""
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_AFTER, self._keep_now)

    async def _keep_now(self) -> None:
        if self._timer is not None:
            await self.guarded(self.keep)

    async def keep(self) -> None:
        """The form is on disk as it is now; an empty one leaves nothing there."""
        self._stop_timer()
        if self._kept and await self.store.drafts.load(self.form.key) is None:
            # The same draft at two terminals of one person: it is not saved a second time unasked.
            self.form.part_from_draft()
            self.say(_("Saved or thrown away at your other terminal: c throws it away, enter saves it anew."), "warn")
        if not self.form.empty:
            await self.store.drafts.save(self.form.key, self.form.to_draft())
            self._kept = True
        elif self._kept:
            await self._forget()

    async def _forget(self) -> None:
        self._stop_timer()
        await self.store.drafts.clear(self.form.key)
        self._kept = False

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    async def leave_prompt(self) -> None:
        """Another desk comes to the front, or the program ends: what is being typed stays in the draft."""
        await self.keep()
        if not self.form.empty:
            self.loket.message = (self._kept_words(), "warn")
        self.close_prompt()

    def _kept_words(self) -> str:
        began = counter.began(self.form.started_at, self.loket.now())
        return _("The call of {time} is kept as a draft: F3, then r.").format(time=began)

    def open_line(
        self,
        name: str,
        prompt: PromptLine,
        enter: Answer,
        *,
        typed: Answer | None = None,
        escape: Answer | None = None,
    ) -> None:
        """A line to type in whose text is in the draft with every key; a refused one stays open with its text."""

        async def following(text: str) -> None:
            self.form.typing = (name, text)
            self.touch()
            if typed is not None:
                await typed(text)

        def closing(then: Answer | None) -> Answer:
            async def close(text: str) -> None:
                self.form.typing = ("", "")
                try:
                    if then is not None:
                        await then(text)
                except StoreError:
                    opened()
                    raise
                self.changed()

            return close

        def opened() -> None:
            self.form.typing = (name, prompt.text)
            self.open_prompt(prompt, closing(enter), typed=following, escape=closing(escape), keep=Unkept.FORM)
            self.paint()

        opened()

    # The person

    async def read_person(self) -> None:
        """Who it is about, as they are known now; what was seen before a correction stays what it was."""
        before, wanted = self.person, self.form.participant_id
        if wanted is not None:
            try:
                self.person = await self.store.counter.person(wanted)
            except NotFound:
                self.person = None
                self.form.leave_person()
            except NotAllowed:
                self.person = self.told = None  # the role ended in mid-call; the form stays whole
                self.paint()
                raise
        else:
            self.person = None
        if self.person is not None:
            same = before is not None and before.participant_id == self.person.participant_id
            if same and before is not None and before.birth_date is not None:
                self.person = replace(self.person, birth_date=before.birth_date)
            if not self.form.corrections() or self.form.seen is None:
                self.form.seen = self.person.seen
        await self.read_told()

    async def read_told(self) -> None:
        """What may be told to this caller of this person; nothing as long as that cannot be read."""
        form = self.form
        if self.person is not None:
            person = self.person.participant_id
            try:
                self.told = await self.store.answers.for_person(person, form.right_party, form.caller)
            except StoreError:
                self.told = None  # what stood there was for another caller, or before the check
                raise
        elif form.said_caller is not None and form.participant_id is None:
            self.told = PersonAnswer(telling(form.caller, right_party=False))
        else:
            self.told = None

    # Several calls

    async def others(self) -> list[str]:
        """The keys of drafts that are open nowhere, the one that was kept last first."""
        desks = [screen for screen in self.loket.screen_stack if isinstance(screen, FormDesk)]
        here = {form.key for desk in desks for form in (desk.form, *desk.behind)}
        return [key for key in await self.store.drafts.keys(draft_keys.COUNTER) if key not in here]

    async def count_left(self) -> None:
        self.left = len(await self.others())

    async def next_call(self, started_at: datetime) -> None:
        """The telephone rings again: the call in front is kept and comes back when the new one is done."""
        now = self.loket.now()
        self.close_prompt()
        self.asking = ""
        if self.form.empty:
            await self.show_form(CallForm(started_at))
            self.say(_("A new call since {time}.").format(time=counter.began(started_at, now)), "muted")
            return
        before = self.form
        await self.keep()
        self.behind.append(before)
        await self.show_form(CallForm(started_at))
        began = counter.began(before.started_at, now)
        self.say(_("The call of {time} is kept; it comes back after this one.").format(time=began), "muted")

    async def begin(self, form: CallForm) -> None:
        """Another call comes to the front; the one that is there is kept, and comes back after it."""
        await self.keep()
        if not self.form.empty:
            self.behind.append(self.form)
        await self.show_form(form)

    async def show_form(self, form: CallForm, *, kept: bool = False) -> None:
        """This call is in front from now on."""
        self._stop_timer()
        self.form, self.person, self.told, self._kept = form, None, None, kept
        await self.read_person()
        await self.count_left()
        self.paint()
        name, text = form.typing
        if name:
            await self.reopen(name, text)

    async def open_draft(self, key: str) -> None:
        """A kept call comes to the front; the one that is there waits behind it."""
        kept = await self.store.drafts.load(key)
        if kept is None:
            await self.count_left()
            self.say(_("That draft is gone: it was saved or thrown away."), "warn")
            return
        try:
            form = from_draft(kept[0])
        except (ValueError, TypeError, KeyError):
            await self.store.drafts.clear(key)
            await self.count_left()
            self.say(_("That draft was of another Loket and cannot be read; it is gone."), "bad")
            return
        await self.keep()
        if not self.form.empty:
            self.behind.append(self.form)
        await self.show_form(form, kept=True)
        began = counter.began(form.started_at, self.loket.now())
        self.say(_("The call of {time} goes on; it is not saved yet.").format(time=began), "warn")

    async def done_with(self, said: str, role: str) -> None:
        """The call in front is over: the one behind it comes back, else what was in front before F3."""
        if self.behind:
            await self.show_form(self.behind.pop(), kept=True)
            self.say(said, role)
        else:
            self.loket.message = (said, role)
            self.dismiss()

    async def do_counter_discard(self) -> None:
        async def act() -> None:
            await self._forget()
            began = counter.began(self.form.started_at, self.loket.now())
            await self.done_with(_("The call of {time} is thrown away.").format(time=began), "muted")

        began = counter.began(self.form.started_at, self.loket.now())
        self.confirm(_("Throw away 1 call, of {time}? Nothing of it is kept.").format(time=began), act)

    async def step_back(self) -> None:
        """Escape: the form is kept where something stands on it."""
        before = self.form.key
        await self.keep()
        if self.form.key != before:
            return  # the draft ended at another terminal: that is read first
        await self.done_with("" if self.form.empty else self._kept_words(), "warn")
