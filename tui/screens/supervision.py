"""Pengawasan: who holds whom and what each handler did today, live; taking over and putting back (design.md 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

from textual.widget import Widget

from store.drafts import of_item
from store.rows import CampaignStatus
from store.supervision import HandlerDay, HeldRow
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, month, number, short_moment
from tui.kept import open_kept
from tui.screens.base import Answer, DeskScreen
from tui.widgets.ink import Piece, cut
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable


@value_class
class Watched:
    """One handler: whom they hold (a line for each), and their day (in their first line)."""

    staff_id: int
    handler: str
    held: HeldRow | None
    day: HandlerDay | None


def watched(held: Sequence[HeldRow], days: Sequence[HandlerDay]) -> list[Watched]:
    """Everybody who holds somebody or phoned today, by name, so that lines stay where they are."""
    by_staff = {day.staff_id: day for day in days}
    lines = []
    for row in held:
        lines.append(Watched(row.holder_id, row.holder, row, by_staff.pop(row.holder_id, None)))
    lines += [Watched(day.staff_id, day.name, None, day) for day in by_staff.values()]
    return sorted(lines, key=lambda line: (line.handler, line.staff_id, line.day is None))


class SupervisionScreen(DeskScreen):
    """One line a handler; what others do shows within a second, without a key."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Watched] = []
        self.status_rows: list[CampaignStatus] = []

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.list = watch_table(lambda: self.loket.now())
        return (self.list,)

    def context(self) -> str:
        return "supervision"

    def place(self) -> tuple[str, str]:
        return _("Supervision of the calls"), _("today")

    def facts(self) -> Facts:
        me, chosen = self.loket.me, self.list.current
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.list.total,
            held=chosen is not None and chosen.held is not None,
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        days = [line.day for line in self.lines if line.day is not None]
        today = _("Today: {calls} calls · {reached} reached · {promised} will claim · {held} held now").format(
            calls=number(sum(day.attempts for day in days)),
            reached=number(sum(day.reached for day in days)),
            promised=number(sum(day.will_claim for day in days)),
            held=number(sum(line.held is not None for line in self.lines)),
        )
        seen = [f"{line.handler} {number(line.day.looks)}" for line in self.lines if line.day and line.day.looks]
        if not self.lines:
            return [
                [(today, "normal")],
                [(_("Nobody phones yet. Next step: d divides the work; handlers begin with F2 and enter."), "key")],
            ]
        left = _("On the lists: {waiting} waiting · {due} due · {done} done · {without} without number").format(
            waiting=number(sum(row.waiting for row in self.status_rows)),
            due=number(sum(row.due for row in self.status_rows)),
            done=number(sum(row.done for row in self.status_rows)),
            without=number(sum(row.without_number for row in self.status_rows)),
        )
        if seen:
            left = _("looked at hidden data: {who}").format(who=", ".join(seen)) + " · " + left
        return [[(today, "normal")], [(left, "muted")]]

    # Reading

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        self.lines = watched(await self.store.supervision.held(), await self.store.supervision.today())
        self.status_rows = await self.store.queue.status()
        await self.list.fill(self.lines)
        self.frame()

    # Taking over, putting back

    async def do_take_over(self) -> None:
        held = self._chosen()
        if held is None:
            return
        own = self.loket.calls.card
        if own is not None and own.item_id == held.item_id:
            self.say(_("You hold this person yourself: F2 shows the card."), "warn")
            return

        async def take(why: str) -> None:
            card = await self.store.supervision.take_over(held.item_id, why, holder_id=held.holder_id)
            self.loket.saved()
            await self.loket.go(self.loket.calls)
            await self.loket.calls.hold(card)
            self.loket.calls.say(
                _("Taken over from {holder}. The card is yours.").format(holder=cut(held.holder, 24)), "good"
            )

        question = _("Take {name} over? 1 card leaves the screen of {holder}.")
        if own is not None:
            question = _("Take {name} over? 1 card leaves {holder}; yours goes back to the list.")
        await self._ask_why(_("Why take over"), question, held, take)

    async def do_put_back(self) -> None:
        held = self._chosen()
        if held is None:
            return

        async def put(why: str) -> None:
            await self.store.supervision.put_back(held.item_id, why, holder_id=held.holder_id)
            self.loket.saved()
            await self._read()
            self.say(_("Back on the list, recorded: {name}").format(name=cut(held.name, 40)), "good")

        question = _("Put {name} back? 1 card leaves the screen of {holder}.")
        await self._ask_why(_("Why put back"), question, held, put)

    def _chosen(self) -> HeldRow | None:
        chosen = self.list.current
        return None if chosen is None else chosen.held

    async def _ask_why(self, label: str, question: str, held: HeldRow, act: Answer) -> None:
        """The reason is typed, then `y` does it: what the handler sees goes away under their hands."""

        async def typed(text: str) -> None:
            if not text.strip():
                await self._ask_why(label, question, held, act)
                self.say(_("A reason is needed: it stays with the record."), "warn")
                return
            asked = question.format(name=cut(held.name, 28), holder=cut(held.holder, 20))

            async def do() -> None:
                await act(text.strip())

            self.confirm(asked, do)

        hint = _("one line, kept in the record · enter goes on · esc goes back")
        await open_kept(self, f"held{of_item(held.item_id)}", PromptLine(label, "", hint, 120), typed)

    async def step_back(self) -> None:
        self.dismiss()


def watch_table(now: Callable[[], datetime]) -> WindowTable[Watched]:
    """The table of handlers; `now` says which instants are of today."""

    def day(take: Callable[[HandlerDay], int]) -> Callable[[Watched], str]:
        return lambda line: "" if line.day is None else number(take(line.day))

    def last(line: Watched) -> str:
        at = line.day.last_at if line.day is not None else None
        return "" if at is None else short_moment(at, now())

    def looks(line: Watched) -> str:
        return number(line.day.looks) if line.day is not None and line.day.looks else ""

    def holds(line: Watched) -> Piece:
        return (line.held.name, "normal") if line.held is not None else (_("nobody"), "muted")

    return WindowTable[Watched](
        (
            Column(_("Handler"), lambda line: line.handler, share=3),
            Column(_("Holds"), holds, share=4),
            Column(_("Company"), lambda line: line.held.company if line.held else "", share=3, hide_below=110),
            Column(_("Period"), lambda line: month(line.held.period) if line.held else "", width=14, hide_below=110),
            Column(_("Since"), lambda line: short_moment(line.held.since, now()) if line.held else "", width=6),
            Column(_("Calls"), day(lambda one: one.attempts), width=7, right=True),
            Column(_("Reached"), day(lambda one: one.reached), width=9, right=True),
            Column(_("Promised"), day(lambda one: one.will_claim), width=8, right=True),
            Column(_("Looks"), looks, width=6, right=True, hide_below=90),
            Column(_("Last"), last, width=8, right=True),
        ),
        key=lambda line: (line.staff_id, line.held.item_id if line.held else 0),
        id="watch",
    )
