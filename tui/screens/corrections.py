"""Koreksi data (F4): what is open of people's data, a line for each problem, counted (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

from store.correction_rows import PROPOSED
from store.errors import StoreError
from store.value_class import value_class
from store.worklists import EVERYBODY, WorkFilter
from tui import practice
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens.choose import Choice
from tui.screens.corrections_desk import Filtering
from tui.screens.worklist import WorklistScreen
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections


@value_class
class WorkLine:
    """One worklist and how many people it holds."""

    problem: str
    people: int


class CorrectionsScreen(Filtering):
    """Where F4 opens; it keeps filter, order and what can be taken back."""

    def __init__(self) -> None:
        super().__init__([])
        self.wanted = EVERYBODY
        self.biggest_first = False
        self.counts: dict[str, int] = {}
        self.proposals = 0

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[WorkLine](
            (
                Column(_("What is open"), lambda line: corrections.title(line.problem), share=3),
                Column(_("People"), lambda line: number(line.people), width=9, right=True),
                Column(_("Settled by"), lambda line: corrections.settles(line.problem), share=2),
            ),
            key=lambda line: line.problem,
            id="worklists",
        )
        return (self.rows,)

    def context(self) -> str:
        return "corrections"

    def place(self) -> tuple[str, str]:
        return _("Correction of data"), self.filter_words()

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total)

    def idle_lines(self) -> list[list[Piece]]:
        if not self.rows.total:
            if self.wanted.narrows:
                return self.told(_("Nothing is open of these people. f 0 shows everybody again."))
            return self.told(_("Nothing is open: all data are settled. New lists (i) and calls (F2) bring new work."))
        closed = sum(not people for people in self.counts.values())
        text = _("enter opens a list · {n} other kinds of problems: nothing open").format(n=closed)
        waits = ngettext("{n} change waits for a yes (p)", "{n} changes wait for a yes (p)", self.proposals)
        order = _("the biggest first (t)") if self.biggest_first else _("in the order of work (t)")
        second: list[Piece] = [(f"{self.rows.position()} · {order}", "muted")]
        if self.proposals:
            second.append((f" · {waits.format(n=number(self.proposals))}", "warn"))
        return [[(text, "normal")], second]

    # Reading

    async def read_again(self) -> None:
        self.counts = await self.store.worklists.counts(self.wanted)
        self.proposals = await self.store.corrections.count(PROPOSED)
        lines = [WorkLine(problem, people) for problem, people in self.counts.items() if people]
        if self.biggest_first:
            lines.sort(key=lambda line: -line.people)
        await self.rows.fill(lines)
        self.frame()

    async def show_only(self, wanted: WorkFilter) -> None:
        self.wanted = wanted
        await self.read_again()

    async def lost(self, error: StoreError) -> None:
        self.asking = ""

    async def filter_values(self, field: str) -> Sequence[Choice]:
        found: dict[str, int] = {}
        for problem, people in self.counts.items():
            if people:
                for row in await self.store.worklists.values(problem, self.wanted, field):
                    found[str(row.value)] = max(found.get(str(row.value), 0), row.people)
        return [Choice(value, value) for value in sorted(found, key=lambda value: (-found[value], value))]

    # What can be done

    async def step_back(self) -> None:
        await self.loket.do_home()

    async def do_corrections_open(self) -> None:
        line = cast("WorkLine | None", self.rows.current)
        if line is not None:
            await self.loket.push_screen(WorklistScreen(line.problem, self.wanted, self.done))
            await self.guided({practice.WORKLIST})

    async def do_corrections_search(self) -> None:
        await self.search()

    async def do_corrections_order(self) -> None:
        self.biggest_first = not self.biggest_first
        await self.read_again()

    async def do_corrections_filter(self) -> None:
        self.ask_filter()

    async def do_corrections_proposals(self) -> None:
        from tui.screens.corrections_proposals import ProposalsScreen

        await self.loket.push_screen(ProposalsScreen(self.done))

    async def do_corrections_typos(self) -> None:
        from tui.screens.corrections_typos import TyposScreen

        await self.loket.push_screen(TyposScreen(self.wanted, self.done))

    async def do_corrections_form(self) -> None:
        from tui.screens.corrections_forms import FormsScreen

        await self.loket.push_screen(FormsScreen(self.done))
