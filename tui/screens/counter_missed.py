"""Missed calls: written down with number and time, rung back by a call that answers them, or ended with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from store.contact_rows import MissedCall
from store.counter import ContactIn
from store.errors import Invalid
from store.rules.callbacks import CallbackTimeError, read_typed
from store.rules.counter import ContactChannel, ContactOutcome, Topic
from store.rules.hours import from_wib, to_wib
from store.rules.phones import format_display
from tui.call_form import CallForm
from tui.commands import Facts
from tui.i18n import _, hour, ngettext, number, short_moment
from tui.kept import open_kept
from tui.screens.base import DeskScreen
from tui.screens.calls_contact import reading
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import counter

if TYPE_CHECKING:
    from tui.screens.counter import CounterScreen


class MissedScreen(DeskScreen):
    """The list behind `m`; the form below is the one that rings back."""

    def __init__(self, below: CounterScreen) -> None:
        super().__init__()
        self.below = below

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[MissedCall](
            (
                Column(_("When"), lambda row: short_moment(row.at, self.loket.now()), width=12),
                Column(_("Number"), _number, width=16),
                Column(_("May be"), _may_be, share=3),
                Column(_("Note"), lambda row: (row.note, "muted"), share=2),
                Column(_("By"), lambda row: row.by, width=16, hide_below=90),
            ),
            key=lambda row: row.contact_id,
            id="missed",
        )
        return (self.list,)

    def context(self) -> str:
        return "missed"

    def place(self) -> tuple[str, str]:
        return _("Service"), _("missed calls")

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        if not self.list.total:
            return [[(_("No missed call waits. n writes one down: number and hour."), "muted")]]
        waiting = ngettext("1 missed call waits", "{n} missed calls wait", self.list.total)
        return [
            [(waiting.format(n=number(self.list.total)), "warn"), (f"   {self.list.position()}", "muted")],
            [(_("The oldest first. Enter rings back; in vain: s with the reason."), "muted")],
        ]

    # Reading

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        await self.list.fill(await self.store.counter.missed())

    async def step_back(self) -> None:
        self.dismiss()

    # Ringing back

    async def do_missed_answer(self) -> None:
        row = self.list.current
        if row is None:
            return
        form = CallForm(self.store.now(), answers_id=row.contact_id, number=row.number)
        if len(row.people) == 1:
            form.participant_id, form.name = row.people[0].participant_id, row.people[0].name
        self.dismiss()
        below = self.below
        await below.guarded(lambda: below.begin(form))
        if row.number:
            shown = format_display(row.number)
            below.say(_("Ring {number}; the save ends the missed call.").format(number=shown), "key")

    # Writing one down

    async def do_missed_add(self) -> None:
        await self._ask_number()

    async def _ask_number(self) -> None:
        area = str(await self.store.office.setting("phones.area_code"))
        start = _("the number that rang; nothing where it was not shown · enter, then when · esc")
        prompt = PromptLine(_("Number"), "", start, 40)

        async def typed(now: str) -> None:
            prompt.hint = reading(now, area)[1] if now.strip() else start

        async def entered(now: str) -> None:
            good, words = reading(now, area) if now.strip() else (True, "")
            if not good or "@" in now:
                await self._ask_number()
                self.say(_("Not taken: {why}.").format(why=words), "warn")
                return
            await self._ask_time(now.strip())

        await open_kept(self, "missed number", prompt, entered, typed=typed)

    async def _ask_time(self, called: str) -> None:
        async def entered(now: str) -> None:
            at = self._rang_at(now)
            if at is None:
                await self._ask_time(called)
                self.say(_("That is no hour of today that has been. For example: 9.40."), "warn")
                return
            await self._save(called, at)

        hint = _("enter: just now · or the hour of today, as 9.40 · esc goes back")
        await open_kept(self, "missed hour", PromptLine(_("Rang at"), "", hint, 10), entered)

    def _rang_at(self, text: str) -> datetime | None:
        """The hour of today that was typed, or now; None for what is no such time."""
        now = self.store.now()
        if not text.strip():
            return now
        try:
            day, clock = read_typed(text.strip().lower(), now)
        except CallbackTimeError:
            return None
        if clock is None or (day is not None and day != to_wib(now).date()):
            return None
        at = from_wib(to_wib(now).date(), clock)
        return at if at <= now else None

    async def _save(self, called: str, at: datetime) -> None:
        try:
            await self.store.counter.save(
                ContactIn(ContactChannel.MISSED, at, Topic.OTHER, ContactOutcome.MISSED, number=called)
            )
        except Invalid as wrong:
            self.say(counter.refusal(wrong, self.loket.now()), "warn")
            return
        self.loket.saved()
        await self.loket.refresh_office()
        await self._read()
        self.say(_("Missed call of {time} noted · u takes it back").format(time=hour(at)), "good")

    # Ending one

    async def do_missed_settle(self) -> None:
        row = self.list.current
        if row is not None:
            await self._ask_reason(row.contact_id, "")

    async def _ask_reason(self, contact_id: int, text: str) -> None:
        async def entered(why: str) -> None:
            try:
                await self.store.counter.settle_missed(contact_id, why)
            except Invalid as wrong:
                await self._ask_reason(contact_id, why)
                self.say(counter.refusal(wrong, self.loket.now()), "warn")
                return
            self.loket.saved()
            await self.loket.refresh_office()
            await self._read()
            self.say(_("The missed call is ended."), "good")

        hint = _("why nobody rings back, as: rung twice, nobody answers · enter · esc goes back")
        await open_kept(self, f"missed:{contact_id}", PromptLine(_("Reason"), text, hint, 200), entered)

    async def do_undo(self) -> None:
        taken = await self.store.counter.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        await self._read()
        self.say(counter.taken_back(taken, self.loket.now()), "good")


def _number(row: MissedCall) -> Piece:
    return (format_display(row.number), "strong") if row.number else (_("not shown"), "muted")


def _may_be(row: MissedCall) -> Piece:
    names = ", ".join(person.name for person in row.people)
    return (names, "normal") if names else (_("nobody known"), "muted")
