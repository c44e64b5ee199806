"""The telephone desk (F2): the list, the card, one key for each outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, cast

from textual.widget import Widget

from store.errors import DatabaseTrouble, LeaseLost, StoreError
from store.rows import Card, Nothing, QueueFilter, UndoRef
from store.rules.callbacks import CallbackTimeError
from store.rules.decisions import DecisionError
from store.rules.outcomes import Outcome, State
from tui.commands import CARD_KEYS, Facts, digits
from tui.i18n import _
from tui.messages import OutcomeSaved, OutcomeUndone
from tui.screens.calls_card import CardDesk
from tui.screens.calls_list import QueueSource, queue_table
from tui.screens.calls_marks import MarkDesk
from tui.screens.company import CompanyScreen
from tui.taking_back import take_back_last
from tui.widgets.card import Around, CardView, card_lines
from tui.widgets.choices import legend
from tui.widgets.ink import Piece
from tui.widgets.window_table import WindowTable
from tui.words import calls, errors

WIDE = 110
"""Columns from which list and card stand side by side."""


"""The context with the outcome keys of a kind of campaign; all others tell something."""


class CallsScreen(MarkDesk, CardDesk):
    """Serves one person after the other. The card stays held while another desk is in front."""

    desk: ClassVar[str] = "desk-calls"

    def __init__(self) -> None:
        super().__init__()
        self.showing_list = True
        self._opened = False

    # What the desk says about itself

    def body(self) -> Sequence[Widget]:
        self.list = queue_table(lambda: self.loket.now(), self.is_marked)
        self.view = CardView(id="card")
        return (self.list, self.view)

    def context(self) -> str:
        return "list" if self.card is None or self.showing_list else "card"

    def contexts(self) -> tuple[str, ...]:
        held = super().contexts()
        if held[0] == "card" and self.card is not None:
            return (CARD_KEYS.get(self.card.kind, "card-told"), *held)
        return held

    def place(self) -> tuple[str, str]:
        card = self.card
        if card is None:
            return _("Calls"), calls.kind_period(*self.served)
        title = calls.word(calls.KINDS, card.kind)
        return title, card.matter or calls.kind_period(None, card.period)

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
            marked=len(self.marks),
            qr=self.loket.office.qr,
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list) if self.context() == "list" else None

    def idle_lines(self) -> list[list[Piece]]:
        if self.context() == "card":
            keys = digits(self.contexts()[:2])
            return legend((keys[:5], keys[5:]), self.size.width - 1)
        return [self._counts_line(), self._shown_line()]

    def _counts_line(self) -> list[Piece]:
        kind, period = self.served
        rows = [row for row in self.status_rows if kind in (None, row.kind) and period in (None, row.period)]
        text = _("{waiting} waiting · {due} due · {done} done · {without} without number").format(
            waiting=sum(row.waiting for row in rows),
            due=sum(row.due for row in rows),
            done=sum(row.done for row in rows),
            without=sum(row.without_number for row in rows),
        )
        return [(text, "normal"), (f"   {self.list.position()}", "muted")]

    def _shown_line(self) -> list[Piece]:
        """Marks and filter in words; else what to do next."""
        pieces: list[Piece] = []
        if self.marks:
            pieces.append((_("{marked} (b: bulk)").format(marked=self.marked_words()) + "   ", "warn"))
        words = " · ".join(self.filter_words())
        row = self.list.current
        if words and not self.list.total:
            pieces.append((_("Nobody: {filter} · f 0 shows all").format(filter=words), "key"))
        elif words:
            pieces.append((_("Shown: {group}").format(group=words) + "   ", "key"))
        if row is not None and row.state == State.WITHOUT_NUMBER and not self.marks:
            pieces.append((_("ask the company (h) or its HRD; e types it"), "normal"))
        if not pieces and self.card is not None:
            pieces.append((_("You hold {name}. Enter shows the card.").format(name=self.card.name), "warn"))
        return pieces or [(_("Enter serves the next person."), "muted")]

    # Reading

    def show_campaign(self, kind: str, period: str) -> None:
        """From the next time this desk comes to the front: its list shows this campaign, and enter serves it."""
        self.serve_only(kind, period)
        self.shown, self._opened, self.showing_list = QueueFilter(kind=kind, period=period), False, True

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
        card = self.card
        around = Around(self.loket.now(), self.loket.me, self.loket.office.scripts)
        if card is None:
            self.view.draw(lambda _width, _height: [])
        else:
            self.view.draw(lambda width, height: card_lines(card, around, width, height))

    async def hold(self, card: Card | None, *, fresh: bool = True) -> None:
        """Show this card; `fresh` when it is another person than before."""
        self.card, self.asking = card, ""
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
            if self.served != (None, None):
                what = calls.kind_period(*self.served)
                text = _("Nobody of {what} can be called now; p serves other campaigns.").format(what=what)
            self.say(text, "warn")
            return text
        await self.hold(result)
        return ""

    async def do_row_company(self) -> None:
        row = self.list.current
        if row is not None:
            await self.loket.push_screen(CompanyScreen(row.participant_id, row.company, None))

    def contact_of(self) -> tuple[int, str] | None:
        if self.context() == "card" and self.card is not None:
            return self.card.participant_id, self.card.name
        row = self.list.current
        return None if row is None else (row.participant_id, row.name)

    async def contact_saved(self, said: str, undo: UndoRef | None) -> None:
        if undo is not None:
            self.done_here.append(undo)
        await self._read_again()
        self.say(_("{what} · u undoes").format(what=said), "good")

    async def step_back(self) -> None:
        if self.context() == "card":
            self.showing_list = True
            await self.list.reload()
            self.lay_out_body()
        elif self.shown.text:
            await self.show_only(replace(self.shown, text=""))
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
        if result.applied:
            self.done_here.append(None)
        self.loket.saved()
        self.post_message(OutcomeSaved(result.outcome, result.state))
        nobody = await self._served(result.next)
        self.say(f"{text} · {nobody}" if nobody else text, role)

    async def do_undo(self) -> None:
        if await self.take_back_here():
            await self._read_again()
            self.say(_("Taken back."), "good")
            return
        try:
            undone = await self.store.queue.undo()
        except DatabaseTrouble:
            raise
        except StoreError:
            del self.done_here[-1:]
            raise
        del self.done_here[-1:]
        self.loket.saved()
        await self.loket.refresh_office()
        self.post_message(OutcomeUndone(undone.outcome))
        await self.hold(undone.card)
        word = calls.word(calls.OUTCOMES, undone.outcome)
        self.say(
            _("Undone: {outcome} of {name}. The card is yours again.").format(outcome=word, name=undone.name), "good"
        )

    async def take_back_here(self) -> bool:
        """Undoes what was done to several people, or a number that was typed, if that was the last thing done."""
        if not self.done_here or self.done_here[-1] is None:
            return False
        await take_back_last(self.store, self.done_here, _written)
        self.loket.saved()
        return True

    async def take(self, card: Card) -> None:
        """Bring somebody who was claimed elsewhere to the card."""
        self.card, self.asking, self.showing_list = card, "", False
        await self.loket.go(self)
        self.say(_("Held for you until the outcome."), "muted")

    async def _read_again(self) -> None:
        """Card, counts and list after a change that was none of an outcome."""
        if self.card is not None:
            held = await self.store.queue.claim()
            await self.hold(held if isinstance(held, Card) else None, fresh=False)
        self.status_rows = await self.store.queue.status()
        await self.list.reload()


def _written(deed: UndoRef | None) -> UndoRef:
    """The reference of a deed that is no outcome."""
    assert deed is not None
    return deed
