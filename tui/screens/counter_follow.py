"""What follows from a call: a promise, how it ended, the person's place on a call list, a note."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.counter import Promise
from store.rules.callbacks import CallbackTimeError
from store.rules.counter import ContactOutcome
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tui.call_form import stand_of
from tui.commands import holding
from tui.i18n import _, moment
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.counter_draft import FormDesk
from tui.widgets.prompt import PromptLine
from tui.words import counter, errors

OFFICE_DAYS: Final = 2
"""Until when something is promised where nothing else was said."""


ANY_LIST: Final = frozenset({"leave", "stay", "callback"})
"""What may be noted of a place on any call list."""

NO_LIST: Final = frozenset({"stay", "deceased"})
"""What may be noted of somebody on no call list; `stay` takes it off again."""


class FollowDesk(FormDesk):
    """The part of the counter that notes what comes after."""

    # A promise

    async def do_counter_promise(self) -> None:
        self._pick("pick-promise", _("To promise"))

    async def promise_by(self, digit: str) -> None:
        """One of the usual promises by its digit; 0 takes the promise away."""
        if digit == "0":
            self.form.promise, self.form.promised_to = None, ""
            self.say(_("No follow-up."), "muted")
            self.changed()
        else:
            await self.open_due(_(counter.PROMISES[digit]), "")

    async def open_promise(self, text: str) -> None:
        """The line for what is promised."""

        async def entered(now: str) -> None:
            if now.strip():
                await self.open_due(now.strip(), "")

        hint = _("what you promise, in a few words · enter, then until when · esc")
        self.open_line("promise", PromptLine(_("To promise"), text, hint, 200), entered)

    async def open_due(self, what: str, text: str) -> None:
        """The line for when it is due; nothing typed is two office days."""
        usual = await self.store.follow_ups.suggest_due(OFFICE_DAYS)
        start = _("enter: {when} · or 5, tomorrow, friday 10, 12-8").format(when=moment(usual, self.loket.now()))
        prompt = PromptLine(_("Until"), text, start, 40)

        async def typed(now: str) -> None:
            prompt.hint = await self._read_due(now) if now.strip() else start

        async def entered(now: str) -> None:
            try:
                due_at = await self.store.follow_ups.parse_due(now) if now.strip() else usual
            except CallbackTimeError as wrong:
                await self.open_due(what, now)
                self.say(errors.callback(wrong, self.loket.now()), "warn")
                return
            before = self.form.promise
            who = (before.staff_id, before.section) if before is not None else (self.loket.me.staff_id, "")
            self.form.promise = Promise(what, due_at, *who)
            if self.form.participant_id is None and not self.form.number and not self.form.company:
                self.say(_("Follow-up by you, but nobody knows whom to ring: / takes a number or the person."), "warn")
            else:
                self.say(_("Follow-up by you; f gives it to a colleague or a section."), "muted")

        self.open_line(f"due {what}", prompt, entered, typed=typed)
        await typed(text)
        self.frame()

    async def _read_due(self, text: str) -> str:
        try:
            return moment(await self.store.follow_ups.parse_due(text), self.loket.now())
        except CallbackTimeError as wrong:
            return errors.callback(wrong, self.loket.now())

    async def do_counter_whom(self) -> None:
        promise = self.form.promise
        if promise is None:
            return
        me = self.loket.me
        staff = [row for row in await self.store.staff.rows() if row.active]
        choices = [Choice((me.staff_id, ""), _("me"))]
        choices += [
            Choice((row.staff_id, ""), f"{row.name} ({row.section})") for row in staff if row.staff_id != me.staff_id
        ]
        sections = sorted({row.section for row in staff if row.section})
        choices += [Choice((None, section), _("anybody of {section}").format(section=section)) for section in sections]

        async def chosen(choice: Choice) -> None:
            assert isinstance(choice.value, tuple)
            staff_id, section = choice.value
            self.form.promise = Promise(promise.what, promise.due_at, staff_id, section)
            self.form.promised_to = "" if staff_id == me.staff_id else choice.title
            self.changed()

        await self.loket.push_screen(ChooseScreen(self, _("Who does it"), choices, chosen))

    # How it ended

    async def do_counter_ending(self) -> None:
        self._pick("pick-ending", _("How it ended"))

    def end_as(self, ending: str) -> None:
        """One of the question of `o`."""
        self.form.ending = ContactOutcome(ending)
        self.changed()

    # The place on a call list

    async def do_counter_place(self) -> None:
        possible = self._places()
        keys = [command for command in holding(("pick-place",)) if command.id.removeprefix("place-") in possible]
        self.ask("pick-place", _("Call list"), [(command.keys[0], _(command.label)) for command in keys])

    def _places(self) -> frozenset[str]:
        """What may be noted of their place on a call list."""
        stand = stand_of(self.person)
        if stand is None:
            return NO_LIST
        if stand.place.kind == Kind.JHT56:
            return frozenset(command.id.removeprefix("place-") for command in holding(("pick-place",)))
        # The calls about a death benefit are about somebody who died: that their heirs are phoned goes on.
        return ANY_LIST if stand.place.kind == Kind.JKM_INFO else ANY_LIST | NO_LIST

    async def place_as(self, what: str) -> None:
        """One of the question of `q`."""
        if self.person is None:
            return
        if what not in self._places():
            if stand_of(self.person) is None:
                self.say(_("They are on no call list: only that they died can be noted (q, then w)."), "warn")
            else:
                self.say(_("That is about JHT 56; this list is another one. q shows what can be chosen."), "warn")
            return
        if what == "callback":
            await self.do_callback()
            return
        self.form.place, self.form.callback_at = what, None
        self.changed()

    async def outcome(self, outcome: Outcome, *, detail: str = "", at: datetime | None = None) -> None:
        """A time was chosen: they are phoned again with the save."""
        self.asking = ""
        self.form.place, self.form.callback_at = str(outcome), at
        self.changed()

    # The note

    async def do_counter_note(self) -> None:
        await self.open_note(self.form.note)

    async def open_note(self, text: str) -> None:
        """The line for a note; enter and escape both keep it."""

        async def kept(now: str) -> None:
            self.form.note = now.strip()

        hint = _("enter or esc keeps it on the form · ctrl+u empties it")
        self.open_line("note", PromptLine(_("Note"), text, hint), kept, escape=kept)
