"""Promising something from any desk: what, until when, and for whom where no person is on the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from store.drafts import of_person
from store.follow_ups import FollowUpIn
from store.rows import UndoRef
from store.rules.callbacks import CallbackTimeError
from store.rules.counter import Origin
from tui.commands import Command, holding
from tui.i18n import _, moment
from tui.kept import open_kept
from tui.screens.base import Answer, DeskScreen
from tui.screens.choose import Choice
from tui.widgets.prompt import PromptLine
from tui.words import counter, errors

OFFICE_DAYS: Final = 2
"""Until when something is promised where nothing else was said."""

DRAFT: Final = "follow:"
"""What was typed and not entered, by the name of its line."""


class PromisingDesk(DeskScreen):
    """The part of a desk that writes a follow-up down; the desk says about whom."""

    def promise_about(self) -> tuple[int | None, str, Origin]:
        """The participant, their name, and the desk. Without a participant it is asked for whom."""
        return None, "", Origin.OWN

    async def promise_made(self, said: str, undo: UndoRef | None) -> None:
        """It was written: show it."""
        raise NotImplementedError

    async def do(self, command: Command) -> None:
        family, _mark, value = command.id.rpartition("-")
        if command.id == "promise-typed":
            await self._ask_what()
        elif family == "promise":
            self.asking = ""
            await self._ask_until(_(counter.PROMISES[value]))
        else:
            await super().do(command)

    def _about(self) -> str:
        """The end of the key of a draft about whom it is promised."""
        participant_id, _name, _origin = self.promise_about()
        return "" if participant_id is None else of_person(participant_id)

    async def begin_promise(self) -> None:
        """Ask what is promised: the usual things by digit, or typed."""
        _person, name, _origin = self.promise_about()
        title = _("To promise {name}").format(name=name) if name else _("To promise")
        usual = [command for command in holding(("pick-promise",)) if command.id != "promise-0"]
        self.ask("pick-promise", title, [(command.keys[0], _(command.label)) for command in usual])

    async def _ask_what(self) -> None:
        async def entered(what: str) -> None:
            if what.strip():
                await self._ask_until(what.strip())

        hint = _("what you promise, in a few words · enter, then until when · esc")
        await self.kept_line(f"what{self._about()}", PromptLine(_("To promise"), "", hint, 200), entered)

    async def _ask_until(self, what: str) -> None:
        async def chosen(due_at: datetime) -> None:
            participant_id, _name, _origin = self.promise_about()
            if participant_id is None:
                await self._ask_whom(what, due_at)
            else:
                await self._make(what, due_at, "")

        await self.ask_due(f"due{self._about()}", chosen)

    async def _ask_whom(self, what: str, due_at: datetime) -> None:
        async def entered(whom: str) -> None:
            await self._make(what, due_at, whom)

        hint = _("a name or a number · enter alone: nobody by name · esc")
        await self.kept_line("whom", PromptLine(_("For whom"), "", hint, 100), entered)

    async def _make(self, what: str, due_at: datetime, whom: str) -> None:
        participant_id, _name, origin = self.promise_about()
        promised = FollowUpIn(
            what, origin, due_at, staff_id=self.loket.me.staff_id, participant_id=participant_id, whom=whom
        )
        _id, undo = await self.store.follow_ups.make(promised)
        self.loket.saved()
        await self.loket.refresh_office()
        when = moment(due_at, self.loket.now())
        await self.promise_made(_("Promised: {what}, until {when}").format(what=what, when=when), undo)

    # Lines to type in

    async def ask_due(self, name: str, chosen: Callable[[datetime], Awaitable[None]]) -> None:
        """The line for a due day, kept under `name`; nothing typed is two office days on."""
        usual = await self.store.follow_ups.suggest_due(OFFICE_DAYS)
        start = _("enter: {when} · or 5, tomorrow, friday 10, 12-8").format(when=moment(usual, self.loket.now()))
        prompt = PromptLine(_("Until"), "", start, 40)

        async def typed(now: str) -> None:
            prompt.hint = await self._read_due(now) if now.strip() else start

        async def entered(now: str) -> None:
            try:
                due_at = await self.store.follow_ups.parse_due(now) if now.strip() else usual
            except CallbackTimeError as wrong:
                await self.ask_due(name, chosen)
                self.say(errors.callback(wrong, self.loket.now()), "warn")
                return
            await chosen(due_at)

        await self.kept_line(name, prompt, entered, typed)

    async def _read_due(self, text: str) -> str:
        try:
            return moment(await self.store.follow_ups.parse_due(text), self.loket.now())
        except CallbackTimeError as wrong:
            return errors.callback(wrong, self.loket.now())

    async def kept_line(self, name: str, prompt: PromptLine, enter: Answer, typed: Answer | None = None) -> None:
        """A line whose text is there again when it is opened, until what it says is written."""
        await open_kept(self, f"{DRAFT}{name}", prompt, enter, typed=typed)

    async def takers(self) -> list[Choice]:
        """Who may do something: me, colleagues, anybody of a section."""
        me = self.loket.me
        staff = [row for row in await self.store.staff.rows() if row.active]
        choices = [Choice((me.staff_id, ""), _("me"))]
        choices += [
            Choice((row.staff_id, ""), f"{row.name} ({row.section})") for row in staff if row.staff_id != me.staff_id
        ]
        sections = sorted({row.section for row in staff if row.section})
        return choices + [
            Choice((None, section), _("anybody of {section}").format(section=section)) for section in sections
        ]
