"""Retention of people's data: lists that are proposed, approved by somebody else, carried out for good, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from store.erasure_lists import Held
from store.erasure_rows import DueRow, ErasureRow
from store.rows import UndoRef
from store.rules.dates import format_short
from store.rules.erasures import ErasureState
from store.rules.printing import Document
from store.turns import Progress, Told
from store.value_class import value_class
from tui import paper_out
from tui.commands import Facts
from tui.i18n import N_, WIB, _, number
from tui.screens.deeds import ListDesk
from tui.screens.retention_rules import DataRulesScreen, HeldScreen, SuspendDesk
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import erasures

if TYPE_CHECKING:
    from store import Store


class RetentionScreen(ListDesk):
    """The lists, the newest first."""

    drafts = "retention:"

    def __init__(self) -> None:
        super().__init__([])
        self.due: list[str] = []

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[ErasureRow](
            (
                Column(_("List"), lambda row: (erasures.list_number(row.erasure_id), "strong"), width=8),
                Column(_("State"), _state, width=20),
                Column(_("Lines"), lambda row: number(row.lines), width=8, right=True),
                Column(_("Gone"), lambda row: number(row.done), width=8, right=True),
                Column(_("Stayed"), lambda row: number(row.held), width=7, right=True),
                Column(_("Proposed"), lambda row: format_short(row.made_at.astimezone(WIB).date()), width=11),
                Column(_("By"), lambda row: row.made_by, share=1),
                Column(_("Approved by"), lambda row: row.approved_by, share=1, hide_below=100),
            ),
            key=lambda row: row.erasure_id,
            id="erasures",
        )
        return (self.rows,)

    def context(self) -> str:
        return "retention"

    def place(self) -> tuple[str, str]:
        return _("Data kept"), _("lists of what goes")

    def facts(self) -> Facts:
        me, row = self.loket.me, self.rows.current
        state = None if row is None else row.state
        waits = row is not None and row.begun_at is None
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            open=waits and state in (ErasureState.PROPOSED, ErasureState.APPROVED),
            proposed=state == ErasureState.PROPOSED,
            approved=state == ErasureState.APPROVED,
        )

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        told = " · ".join(self.due) or _("No rule is in force: e shows them, the head confirms.")
        if row is None:
            return self.told(told)
        kinds = ", ".join(f"{erasures.kind(each.kind)} {number(each.lines)}" for each in row.counts)
        first = " · ".join(filter(None, (erasures.list_number(row.erasure_id), erasures.state(row), kinds, row.note)))
        return [[(first, "normal")], [(told, "muted"), (f"   {self.rows.position()}", "muted")]]

    async def read_again(self) -> None:
        await self.rows.fill(await self.store.erasures.lists())
        self.due = [erasures.count_text(each) for each in await self.store.erasures.counts()]
        self.frame()

    async def do_data_due(self) -> None:
        await self.loket.push_screen(DataDueScreen())

    async def do_data_rules(self) -> None:
        await self.loket.push_screen(DataRulesScreen())

    async def do_data_held(self) -> None:
        await self.loket.push_screen(HeldScreen())

    async def do_data_approve(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def approve() -> None:
            await self.store.erasures.approve(row.erasure_id, row.version)
            said = _("{number} is approved; d carries it out")
            await self.did(said.format(number=erasures.list_number(row.erasure_id)), None)

        text = _("Approve {number}: {lines} lines of people's data may be erased for good?")
        self.confirm(_sized(text, row), approve)

    async def do_data_run(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def work(told: Told) -> tuple[str, UndoRef | None]:
            ran = await self.store.erasures.run(row.erasure_id, told)
            said = _("{number}: {done} gone, {held} stayed; look through {n} files in MASUK and KELUAR yourself")
            name = erasures.list_number(row.erasure_id)
            counted = {"done": number(ran.done), "held": number(ran.held), "n": number(ran.left_files)}
            return said.format(number=name, **counted), None

        async def run() -> None:
            self.at_length(work)

        text = _("Erase {number}, {lines} lines, for good? Nobody can take it back.")
        self.confirm(_sized(text, row), run)

    def far(self, progress: Progress) -> None:
        told = _("{done} of {all} lines").format(done=number(progress.done), all=number(progress.of))
        self.loket.say(told if progress.of else _("Still working; one moment."), "muted")

    async def do_data_drop(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def explained(why: str) -> None:
            await self.store.erasures.drop(row.erasure_id, row.version, why)
            said = _("{number} is dropped; nothing of it went")
            await self.did(said.format(number=erasures.list_number(row.erasure_id)), None)

        label = _("Why is {number} dropped").format(number=erasures.list_number(row.erasure_id))
        hint = _("a few words · enter drops it · esc goes back")
        await self.ask_words(f"drop {row.erasure_id}", PromptLine(label, "", hint, 200), explained)

    async def do_data_record(self) -> None:
        import printing

        row = self.rows.current
        if row is not None:
            lines = await self.store.erasures.lines(row.erasure_id)
            sheet = erasures.record(row, lines, self.loket.me, self.loket.now())
            await paper_out.send(self.loket, Document.ERASURE, lambda: printing.erasure(*sheet))


def _sized(text: str, row: ErasureRow) -> str:
    return text.format(number=erasures.list_number(row.erasure_id), lines=number(row.lines))


def _state(row: ErasureRow) -> Piece:
    role = {ErasureState.PROPOSED: "warn", ErasureState.APPROVED: "good"}.get(row.state, "muted")
    return erasures.state(row), role


@value_class
class DueLines:
    """What is due, as a source of a table: whose it is, is read for those on screen."""

    store: Store
    some: tuple[Held, ...]

    async def count(self) -> int:
        return len(self.some)

    async def rows(self, offset: int, limit: int) -> Sequence[DueRow]:
        return await self.store.erasures.due_rows(self.some[offset : offset + limit])


SHOWN = {"all": N_("all"), "ready": N_("what can go"), "held": N_("what stays")}


class DataDueScreen(SuspendDesk):
    """What is due by the rules in force; each line says what holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.every: list[Held] = []
        self.shown = "all"

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[DueRow](
            (
                Column(_("Kind"), lambda row: erasures.kind(row.kind), share=2),
                Column(_("Name"), lambda row: row.name or "–", share=3),
                Column(_("Card"), lambda row: row.card, width=9),
                Column(_("Company"), lambda row: row.company, share=2, hide_below=110),
                Column(_("Ended"), lambda row: format_short(row.ended_on), width=11),
                Column(_("Stays because"), _held, share=3),
            ),
            key=lambda row: (row.kind, row.row_id),
            id="data-due",
        )
        return (self.rows,)

    def context(self) -> str:
        return "retention-due"

    def place(self) -> tuple[str, str]:
        return _("Data kept"), _("due: {shown}").format(shown=_(SHOWN[self.shown]))

    def facts(self) -> Facts:
        me, row = self.loket.me, self.rows.current
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            ready=self.ready,
            person=row is not None and row.participant_id is not None,
        )

    @property
    def ready(self) -> int:
        return sum(not held for _row, held in self.every)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        told = _("{n} can go, {m} stay").format(n=number(self.ready), m=number(len(self.every) - self.ready))
        if row is None:
            return self.told(_("Nothing stands here.") + " " + told)
        goes = _(erasures.GOES[row.kind])
        first = erasures.held_text(row.held) or _("goes: {what}").format(what=goes)
        return [[(first, "warn" if row.held else "normal")], [(told, "muted"), (f"   {self.rows.position()}", "muted")]]

    async def read_again(self) -> None:
        self.every = await self.store.erasures.due()
        some = [one for one in self.every if self.shown == "all" or bool(one[1]) == (self.shown == "held")]
        await self.rows.open(DueLines(self.store, tuple(some)))
        self.frame()

    async def do_due_show(self) -> None:
        names = list(SHOWN)
        self.shown = names[(names.index(self.shown) + 1) % len(names)]
        await self.read_again()

    async def do_due_list(self) -> None:
        async def noted(note: str) -> None:
            made = await self.store.erasures.propose(note=note)
            said = _("{number} waits for a yes by somebody else").format(number=erasures.list_number(made))
            await self.did(said, None)
            message = self.loket.message
            self.dismiss()
            self.loket.message = message

        hint = _("a note for whoever approves, or nothing · enter proposes · esc goes back")
        await self.line("propose", PromptLine(_("Note"), "", hint, 200), noted)

    async def do_due_suspend(self) -> None:
        row = self.rows.current
        if row is not None and row.participant_id is not None:
            self.suspend(row.participant_id, row.name or row.card)


def _held(row: DueRow) -> Piece:
    return (erasures.held_text(row.held), "warn") if row.held else (_("can go"), "good")
