"""The people of one company: who they are, and one call to the company that settles several of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from textual.widget import Widget

from store.company import Settled
from store.rows import Card, QueueRow
from store.rules.callbacks import CallbackTimeError
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome, State
from tui import commands
from tui.commands import Command, Facts, digits
from tui.i18n import _, ngettext, number
from tui.screens.outcome_keys import OutcomeDesk
from tui.widgets.card import current
from tui.widgets.choices import legend
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, errors

FAMILY = "company-"


class CompanyScreen(OutcomeDesk):
    """Lists the colleagues of one person; with that person's card in hand their outcomes are one key for all."""

    def __init__(self, participant_id: int, company: str, card: Card | None) -> None:
        super().__init__()
        self.participant_id = participant_id
        self.company = company
        self.card = card if card is not None and card.kind == Kind.JHT56 else None
        self.people: tuple[QueueRow, ...] = ()
        self.marks: set[int] = set()

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        now = self.loket.now

        def state(row: QueueRow) -> Piece:
            if row.holder is not None:
                return _("held: {who}").format(who=row.holder), "warn"
            return calls.word(calls.STATES, row.state), calls.STATE_ROLES.get(row.state, "normal")

        self.list = WindowTable[QueueRow](
            (
                Column("", lambda row: ("*", "key") if row.item_id in self.marks else "", width=1),
                Column(_("Name"), lambda row: row.name, share=3),
                Column(_("Telephone"), lambda row: row.phone_masked, width=12),
                Column(_("Campaign"), lambda row: calls.kind_period(row.kind, row.period), width=18, hide_below=90),
                Column(_("State"), state, width=16),
                Column(_("Due"), lambda row: calls.due(row, now()), width=11),
                Column(
                    _("Last"), lambda row: calls.word(calls.OUTCOMES, row.last_outcome or ""), width=15, hide_below=90
                ),
            ),
            key=lambda row: row.item_id,
            id="company",
        )
        return (self.list,)

    def reveal_of(self) -> tuple[int, str] | None:
        row = self.list.current
        return None if row is None else (row.participant_id, row.name)

    def context(self) -> str:
        return "company"

    def place(self) -> tuple[str, str]:
        return _("Company"), self.company or _("company not known")

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            card=self.card is not None and current(self.card) is not None,
            rows=self.list.total,
            marked=len(self.marks),
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        if self.card is not None and self.marks:
            keys = digits(("company",))
            return legend((keys[:5], keys[5:]), self.size.width - 1)
        count = ngettext("1 colleague on the lists", "{n} colleagues on the lists", len(self.people))
        lines: list[list[Piece]] = [[(count.format(n=number(len(self.people))), "normal")]]
        if not self.people:
            lines.append([(_("Nobody else of this company is on a list. esc goes back."), "muted")])
        elif self.card is None:
            lines.append(
                [(_("Ring one of them from the list, or the company itself, and ask for the number."), "muted")]
            )
        else:
            text = _("space marks those the company speaks for; then one outcome for all of them")
            lines.append([(text, "muted")])
        return lines

    # Reading

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        self.people = tuple(await self.store.company.people(self.participant_id))
        self.marks &= {row.item_id for row in self.people if self._may_mark(row)}
        await self.list.fill(self.people)

    def _may_mark(self, row: QueueRow) -> bool:
        return row.state != State.DONE and row.kind == Kind.JHT56

    async def step_back(self) -> None:
        self.dismiss()

    # Marks

    async def do_company_mark(self) -> None:
        row = self.list.current
        if row is None:
            return
        if not self._may_mark(row):
            self.say(_("{name} is done, or on the list of another campaign.").format(name=row.name), "warn")
            return
        self.marks ^= {row.item_id}
        await self.list.move("down")
        self._say_marks()

    async def do_company_mark_all(self) -> None:
        everybody = {row.item_id for row in self.people if self._may_mark(row)}
        self.marks = set() if self.marks == everybody else everybody
        self._say_marks()

    def _say_marks(self) -> None:
        self.list.paint()
        count = len(self.marks)
        words = ngettext("1 marked", "{n} marked", count).format(n=number(count)) if count else _("Nobody is marked.")
        self.say(words, "muted")

    # One outcome for all marked people

    async def do(self, command: Command) -> None:
        if not command.id.startswith(FAMILY):
            await super().do(command)
            return
        plain = commands.by_id(command.id.removeprefix(FAMILY))
        handler = getattr(self, "do_" + plain.id, None)
        await (handler() if handler is not None else super().do(plain))

    async def outcome(self, outcome: Outcome, *, detail: str = "", at: datetime | None = None) -> None:
        card = self.card
        rung = current(card) if card is not None else None
        if card is None or rung is None:
            return

        async def act() -> None:
            await self._settle(outcome, rung.e164, detail, at, card.note)

        count = len(self.marks)
        question = ngettext("Note “{outcome}” for 1 person?", "Note “{outcome}” for {n} people?", count)
        word = calls.word(calls.OUTCOMES, outcome)
        self.confirm(question.format(outcome=word, n=number(count)), act)

    async def _settle(self, outcome: Outcome, rung: str, detail: str, at: datetime | None, note: str) -> None:
        try:
            done = await self.store.company.settle(
                sorted(self.marks), outcome, rung=rung, detail=detail, callback_at=at, note=note
            )
        except CallbackTimeError as refusal:
            self.say(errors.callback(refusal, self.loket.now()), "warn")
            return
        if done.undo is not None:
            self.loket.calls.done_here.append(done.undo)
        self.loket.saved()
        self.marks.clear()
        await self._read()
        self.say(settled_words(done), "good" if done.settled else "warn")

    async def do_undo(self) -> None:
        if await self.loket.calls.take_back_here():
            await self._read()
            self.say(_("Taken back."), "good")
        else:
            self.say(_("Nothing here to take back. Outcomes are undone on the card (esc)."), "warn")


def settled_words(done: Settled) -> str:
    """For how many it was noted, and who was left out."""
    parts = [ngettext("Noted for 1 person.", "Noted for {n} people.", done.settled).format(n=number(done.settled))]
    if done.held:
        parts.append(_("Left out, held by somebody: {n}.").format(n=number(done.held)))
    if done.done:
        parts.append(_("Left out, done: {n}.").format(n=number(done.done)))
    if done.other_number:
        parts.append(_("Left out, no number or not theirs: {n}.").format(n=number(done.other_number)))
    if done.undo is not None:
        parts.append(_("u undoes"))
    return " ".join(parts)
