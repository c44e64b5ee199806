"""The telephone desk (F2): the list, the card, one key for each outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, cast

from textual.widget import Widget

from store.errors import LeaseLost, StoreError
from store.rows import CampaignStatus, Card, Nothing, QueueFilter
from store.rules.callbacks import CallbackTimeError
from store.rules.decisions import DecisionError
from store.rules.outcomes import Outcome
from tui.commands import Facts, holding
from tui.i18n import _, month
from tui.messages import OutcomeSaved
from tui.screens.calls_card import CardDesk
from tui.screens.calls_list import QueueSource, group_word, next_group, queue_table
from tui.widgets.card import Around, CardView, card_lines, company_lines
from tui.widgets.choices import legend
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import calls, errors

WIDE = 110
"""Columns from which list and card stand side by side."""


class CallsScreen(CardDesk):
    """Serves one person after the other. The card stays held while another desk is in front."""

    desk: ClassVar[str] = "desk-calls"

    def __init__(self) -> None:
        super().__init__()
        self.showing_list = True
        self.status_rows: list[CampaignStatus] = []
        self.shown = QueueFilter()
        self._opened = False

    # What the desk says about itself

    def body(self) -> Sequence[Widget]:
        self.list = queue_table(lambda: self.loket.now())
        self.view = CardView(id="card")
        return (self.list, self.view)

    def context(self) -> str:
        return "list" if self.card is None or self.showing_list else "card"

    def place(self) -> tuple[str, str]:
        period = self.card.period if self.card is not None else self.shown.period
        return _("Calls JHT 56"), month(period) if period else _("all periods")

    def facts(self) -> Facts:
        me, card = self.loket.me, self.card
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            card=card is not None,
            right_party=card is not None and card.right_party,
            birth_date=card is not None and card.has_birth_date and card.birth_date is None,
            numbers=sum(not number.wrong for number in card.numbers) if card is not None else 0,
            rows=self.list.total,
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list) if self.context() == "list" else None

    def idle_lines(self) -> list[list[Piece]]:
        if self.context() == "card":
            digits = [command for command in holding(("card",)) if command.keys[0].isdecimal()]
            return legend((digits[:5], digits[5:]), self.size.width - 1)
        counts = [self._counts_line()]
        if self.card is not None:
            counts.append([(_("You hold {name}. Enter shows the card.").format(name=self.card.name), "warn")])
        else:
            counts.append([(_("Enter serves the next person."), "muted")])
        return counts

    def _counts_line(self) -> list[Piece]:
        waiting = sum(row.waiting for row in self.status_rows)
        due = sum(row.due for row in self.status_rows)
        done = sum(row.done for row in self.status_rows)
        without = sum(row.without_number for row in self.status_rows)
        text = _("{waiting} waiting · {due} due · {done} done · {without} without number").format(
            waiting=waiting, due=due, done=done, without=without
        )
        shown = f"   {group_word(self.shown)}" if self.shown.states else ""
        found = f"   /{self.shown.text}" if self.shown.text else ""
        return [(text, "normal"), (shown, "key"), (found, "key"), (f"   {self.list.position()}", "muted")]

    # Reading

    async def arrived(self) -> None:
        self.status_rows = await self.store.queue.status()
        if not self._opened:
            self._opened = True
            await self.list.open(QueueSource(self.store, self.shown))
        else:
            await self.list.reload()
        self.lay_out_body()

    async def others_changed(self) -> None:
        self.status_rows = await self.store.queue.status()
        if self.list.display:
            await self.list.reload()
        self.paint_card()

    async def moved(self) -> None:
        """The place in the list stands in the question strip."""

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out_body)

    def lay_out_body(self) -> None:
        """List and card side by side where there is room, else the one in use."""
        wide = self.size.width >= WIDE
        on_card = self.context() == "card"
        self.list.set_class(on_card and not wide, "away")
        self.view.set_class(not on_card and (not wide or self.card is None), "away")
        self.list.active = not on_card
        self.list.paint()
        self.paint_card()
        self.frame()

    def paint_card(self) -> None:
        card, company = self.card, self.company
        now, me = self.loket.now(), self.loket.me
        if card is None:
            self.view.draw(lambda _width, _height: [])
        elif company is not None:
            self.view.draw(lambda width, height: company_lines(card, company, now, width, height))
        else:
            self.view.draw(lambda width, height: card_lines(card, Around(now, me), width, height))

    async def hold(self, card: Card | None, *, fresh: bool = True) -> None:
        """Show this card; `fresh` when it is another person than before."""
        self.card, self.company, self.asking = card, None, ""
        before = self.showing_list
        self.showing_list = card is None
        if fresh and (self.list.display or card is None):
            self.status_rows = await self.store.queue.status()
            await self.list.reload()
        if before != self.showing_list or card is None:
            self.lay_out_body()
        else:
            self.paint_card()

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, LeaseLost) and self.card is not None:
            await self.hold(None)

    # The list

    async def do_serve(self) -> None:
        if self.card is not None:
            self.showing_list = False
            self.lay_out_body()
            return
        await self._served(await self.store.queue.claim())
        if self.card is not None and self.loket.office.open:
            self.say(_("Held for you until the outcome."), "muted")
        elif self.card is not None:
            self.say(_("The office is closed now: prepare, but do not phone."), "warn")

    async def _served(self, result: Card | Nothing) -> str:
        """Show who is next; gives what to say when nobody is."""
        await self.loket.refresh_office()
        if isinstance(result, Nothing):
            await self.hold(None)
            text = calls.nothing(result, self.loket.now())
            self.say(text, "warn")
            return text
        await self.hold(result)
        return ""

    async def do_search(self) -> None:
        before = self.shown.text

        async def typed(text: str) -> None:
            await self._filter(QueueFilter(self.shown.period, text, self.shown.states))

        async def drop(_text: str) -> None:
            await self._filter(QueueFilter(self.shown.period, before, self.shown.states))

        hint = _("name, KPJ, company or a part of the number · enter keeps · esc drops")
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop)

    async def _filter(self, shown: QueueFilter) -> None:
        if shown != self.shown:
            self.shown = shown
            await self.list.open(QueueSource(self.store, shown))

    async def do_filter_state(self) -> None:
        shown, word = next_group(self.shown)
        await self._filter(shown)
        self.say(_("Shown: {group}").format(group=word), "muted")

    async def do_filter_period(self) -> None:
        periods: list[str | None] = [None, *sorted({row.period for row in self.status_rows})]
        at = periods.index(self.shown.period) if self.shown.period in periods else 0
        period = periods[(at + 1) % len(periods)]
        await self._filter(QueueFilter(period, self.shown.text, self.shown.states))
        self.say(_("Shown: {group}").format(group=month(period) if period else _("all periods")), "muted")

    async def step_back(self) -> None:
        if self.company is not None:
            self.company = None
            self.paint_card()
        elif self.context() == "card":
            self.showing_list = True
            await self.list.reload()
            self.lay_out_body()
        elif self.shown.text:
            await self._filter(QueueFilter(self.shown.period, "", self.shown.states))
        else:
            await super().step_back()

    # Outcomes

    async def outcome(self, outcome: Outcome, *, detail: str = "", at: datetime | None = None) -> None:
        """Save one outcome and show who is next."""
        card = self.card
        if card is None:
            return
        self.asking = ""
        try:
            result = await self.store.queue.outcome(card, outcome, detail=detail, callback_at=at, note=card.note)
        except DecisionError as refusal:
            self.say(errors.decision(refusal), "warn")
            return
        except CallbackTimeError as refusal:
            self.say(errors.callback(refusal, self.loket.now()), "warn")
            return
        now = self.loket.now()
        text, role = calls.served(result, now)
        self.loket.saved()
        self.post_message(OutcomeSaved(result.outcome, result.state))
        nobody = await self._served(result.next)
        self.say(f"{text} · {nobody}" if nobody else text, role)

    async def do_undo(self) -> None:
        undone = await self.store.queue.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        await self.hold(undone.card)
        word = calls.word(calls.OUTCOMES, undone.outcome)
        self.say(
            _("Undone: {outcome} of {name}. The card is yours again.").format(outcome=word, name=undone.name), "good"
        )
