"""Cells read again by today's rules: before and after for every row, written after a question (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from store.errors import StoreError
from store.rows import UndoRef
from store.turns import Told
from store.value_class import value_class
from store.worklists import CleanPlan, CleanRow, WorkFilter
from tui.i18n import _, number
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections, errors

if TYPE_CHECKING:
    from store import Store


@value_class
class Tidied:
    """The lines of a plan, as a source of a table."""

    store: Store
    plan: CleanPlan

    async def count(self) -> int:
        return self.plan.fills + self.plan.replaces + self.plan.answers

    async def rows(self, offset: int, limit: int) -> Sequence[CleanRow]:
        return await self.store.worklists.cleaning_rows(self.plan, offset, limit)


def _after(row: CleanRow) -> Piece:
    if row.after is None:
        return _("doubt answered"), "muted"
    return corrections.value(row.field, row.after), "warn" if row.replaces else "good"


class TidyScreen(CorrectionsDesk):
    """A plan over a worklist or marked people; nothing is changed until it is confirmed."""

    def __init__(self, problem: str, wanted: WorkFilter, ids: Sequence[int] | None, done: list[Deed]) -> None:
        super().__init__(done)
        self.problem = problem
        self.wanted = wanted
        self.ids = ids
        self.plan: CleanPlan | None = None
        self.over = False
        self.busy = False

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[CleanRow](
            (
                Column(_("Name"), lambda row: row.name, share=2),
                Column(_("KPJ"), lambda row: row.kpj, width=11),
                Column(_("In the file"), lambda row: " ".join(row.raw.split()), share=2),
                Column(_("Before"), lambda row: corrections.value(row.field, row.before), share=2),
                Column(_("After"), _after, share=2),
            ),
            key=lambda row: row.participant_id,
            id="tidy",
        )
        return (self.rows,)

    def context(self) -> str:
        return "tidy"

    def place(self) -> tuple[str, str]:
        return _("Cells read again"), corrections.problem(self.problem)

    def idle_lines(self) -> list[list[Piece]]:
        plan = self.plan
        if plan is None or self.busy:
            return []
        if not self.rows.total:
            return self.told(_("Nothing new can be read from the cells of these people; type the values (esc, e)."))
        first = _("{at} · {fills} filled · {answers} doubts answered · {left} stay as they are").format(
            at=self.rows.position(),
            fills=number(plan.fills),
            answers=number(plan.answers),
            left=number(plan.left + (0 if self.over else plan.replaces)),
        )
        over = _("also over {n} values that stand there (o)") if self.over else _("{n} other values stay (o)")
        return [[(first, "normal")], [(over.format(n=number(plan.replaces)), "warn" if self.over else "muted")]]

    async def read_again(self) -> None:
        if self.plan is None and not self.busy:
            self.say(_("Reading the cells …"), "muted")
            self.busy = True
            self.run_worker(self._read())
        elif not self.busy:
            await self.rows.reload()

    async def _read(self) -> None:
        try:
            self.plan = await self.store.worklists.plan_cleaning(self.problem, self.wanted, self.ids, self.far)
            await self.rows.open(Tidied(self.store, self.plan))
            self.loket.message = ("", "normal")
        except StoreError as refusal:
            self.say(errors.sentence(refusal, self.loket.now()), "bad")
        finally:
            self.busy = False
            self.frame()

    async def step_back(self) -> None:
        if self.busy:
            self.say(_("Still working; one moment."), "warn")
            return
        if self.plan is not None:
            await self.store.worklists.forget(self.plan)
        self.dismiss()

    async def do_tidy_over(self) -> None:
        self.over = not self.over

    async def do_tidy_write(self) -> None:
        plan = self.plan
        if plan is None:
            self.say(_("Still working; one moment."), "warn")
            return
        if self.still_working():
            return

        async def act() -> None:
            self.at_length(partial(self._write, plan))

        replaced = plan.replaces if self.over else 0
        if not plan.fills + plan.answers + replaced:
            self.say(_("Only values that stand there would be replaced: o allows it."), "warn")
            return
        question = _("Write it? {fills} values are filled, {replaced} that stand there are replaced.")
        self.confirm(question.format(fills=number(plan.fills), replaced=number(replaced)), act)

    async def _write(self, plan: CleanPlan, told: Told) -> tuple[str, UndoRef | None]:
        why = _("cells read again")
        done = await self.store.worklists.clean(plan, why, replace_filled=self.over, told=told)
        text = _("{n} values written, {answers} doubts answered").format(
            n=number(done.changed), answers=number(done.answered)
        )
        if done.moved:
            text += " · " + _("{n} changed meanwhile and stay").format(n=number(done.moved))
        if self.is_attached:
            self.plan = await self.store.worklists.plan_cleaning(self.problem, self.wanted, self.ids)
            await self.rows.open(Tidied(self.store, self.plan))
        return text, done.undo
