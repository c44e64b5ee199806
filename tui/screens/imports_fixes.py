"""A file of corrections among the files from MASUK: its values beside the present ones, marks, and taking them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import cast

from textual.widget import Widget

from store.correction_imports import CorrectionPlan, CorrectionsDone, DiffFilter, DiffLine, Taking
from store.errors import FieldConflict, StoreError
from store.rules.correction_files import FieldVerdict
from store.turns import Progress
from tui.commands import Command, Facts
from tui.i18n import _, moment, number
from tui.kept import Unkept, open_kept
from tui.screens.fixes_tables import GROUPS, Values, detail, lines_table, verdict_counts
from tui.screens.imports_plan import PlanDesk
from tui.screens.imports_tables import Pane
from tui.widgets.card import CardView
from tui.widgets.ink import Line, Piece, cut, line, spread
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import correction_files, errors

_DETAIL = 7


class FixesDesk(PlanDesk):
    """The part of the import screen for files of corrections. `fixed` and `rest` are the screen's."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[int] = set()
        self.wanted = DiffFilter()
        self.only: frozenset[int] = frozenset()  # what a colleague changed while the file was taken
        self.clashes: dict[int, FieldConflict] = {}
        self.supplier: str | None = None  # as typed for this file
        self._whole: DiffLine | None = None

    async def fixed(self, done: CorrectionsDone) -> None:
        """Values were taken: show how it ended."""
        raise NotImplementedError

    def rest(self, text: str, role: str) -> None:
        """The work in the background has ended."""
        raise NotImplementedError

    @property
    def fixes(self) -> CorrectionPlan | None:
        """The file that is looked at, where it is one of corrections."""
        return self.plan if isinstance(self.plan, CorrectionPlan) else None

    # Widgets

    def plan_panes(self) -> Sequence[Widget]:
        self.lines = lines_table(self.marks)
        self.line_detail = CardView(id="fix-detail")
        self.line_detail.styles.height = _DETAIL
        self.lines_pane = Pane(self.lines, self.line_detail)
        return (*super().plan_panes(), self.lines_pane)

    def lay_out_plan(self) -> None:
        super().lay_out_plan()
        self.lines_pane.set_class(self.view != "lines", "away")
        if self.view == "lines":
            self.line_detail.draw(self._line_lines)

    def plan_table(self) -> WindowTable[object]:
        return cast("WindowTable[object]", self.lines) if self.view == "lines" else super().plan_table()

    def plan_facts(self, facts: Facts) -> Facts:
        if self.fixes is None:
            return super().plan_facts(facts)
        return replace(facts, marked=len(self.marks), rows=self.lines.total)

    # The plan

    async def show_fixes(self, plan: CorrectionPlan, conflicts: dict[int, FieldConflict]) -> None:
        """Show a file of corrections; `conflicts` are lines that were left when it was taken just now."""
        again = self.fixes is not None and self.view in ("plan", "columns")
        await self.show_sheets(plan)
        self.clashes, self.only = conflicts, frozenset(conflicts)
        self.wanted, self._whole = DiffFilter(), None
        self.marks.clear()
        if not plan.known_file:
            self.marks.update(await self._ready())
        if not again:
            self.view, self.supplier = "plan", None
        if conflicts:
            self.view = "lines"
        await self._show_lines()
        self.frame()

    async def _ready(self, wanted: DiffFilter | None = None) -> list[int]:
        """Lines that are taken without being asked for one by one."""
        assert self.fixes is not None
        wanted = replace(wanted or DiffFilter(), ready=True)
        return await self.store.correction_imports.numbers(self.fixes, wanted)

    async def _show_lines(self) -> None:
        if self.fixes is not None:
            await self.lines.open(Values(self.store, self.fixes, self.wanted, self.only))

    def summary_of_fixes(self, plan: CorrectionPlan, width: int) -> list[Line]:
        """Three lines above the sheets: the file, its values by what they are, what else is to be said."""
        about = [_("corrections"), _("made {when}").format(when=moment(plan.dated, self.loket.now()))]
        if plan.known_file:
            about.append(_("taken before"))
        right: list[Piece] = [(" · ".join(about) + " ", "muted")]
        further = []
        if plan.form is not None:
            further.append(_("answers form no. {n} of {company}").format(n=plan.form.number, company=plan.form.company))
        if plan.unknown:
            further.append(_("KPJ not known: {n} rows").format(n=number(plan.unknown)))
        if plan.other_people:
            further.append(_("of another person: {n} rows").format(n=number(plan.other_people)))
        if plan.left_fields:
            fields = ", ".join(map(correction_files.field, plan.left_fields))
            further.append(_("not yours to correct: {fields}").format(fields=fields))
        return [
            spread([(f" {plan.file}", "strong")], right, width),
            line((" ", "normal"), *verdict_counts(plan)),
            line((" " + cut(" · ".join(further) or self.places(), width - 2), "warn" if further else "muted")),
        ]

    def fixes_lines(self) -> list[list[Piece]]:
        """The two lines above the keys: what taking does, and which values are shown."""
        count = number(len(self.marks))
        first: list[Piece] = [("t ", "key"), (_("takes {n} values, after a question").format(n=count), "normal")]
        if not self.marks:
            first = [(_("No value is marked: r shows them, space marks one."), "warn")]
        if self.view != "lines":
            return [first, [(_("Nothing is changed yet; r shows every value beside the present one."), "muted")]]
        if self.only:
            said = _("A colleague changed these meanwhile; esc shows all.")
            return [[(said, "warn")], [(f"↑↓ {self.lines.position()}", "muted")]]
        words = dict(GROUPS)[self.wanted.verdict or ""]
        shown = _("Shown: {group}").format(group=_(words))
        searched = f"   /{self.wanted.text}" if self.wanted.text else ""
        return [first, [(shown + searched, "key"), (f"   ↑↓ {self.lines.position()}", "muted")]]

    def _line_lines(self, width: int, height: int) -> list[Line]:
        row = self.lines.current
        whole = self._whole if row is not None and self._whole is not None and self._whole.n == row.n else None
        clash = self.clashes.get(row.n) if row is not None else None
        return detail(whole or row, clash, self.loket.now(), whole is not None, width, height)

    # Looking

    async def do_fix_columns(self) -> None:
        self.view = "columns"

    async def do_fix_field(self) -> None:
        await self.do_field()

    async def do(self, command: Command) -> None:
        """Families that hold in several views: 'fix-take-plan', 'fix-lines-columns' …"""
        if command.id.startswith("fix-take-"):
            await self._ask_supplier()
        elif command.id.startswith("fix-lines-"):
            self.view = "lines"
            await self.lines.reload()
        else:
            await super().do(command)

    async def do_fix_filter(self) -> None:
        plan = self.fixes
        if plan is None:
            return
        groups = [code for code, _words in GROUPS if not code or plan.counts.get(FieldVerdict(code))]
        now = self.wanted.verdict or ""
        after = groups[(groups.index(now) + 1) % len(groups)] if now in groups else ""
        self.only = frozenset()
        self.wanted = replace(self.wanted, verdict=FieldVerdict(after) if after else None)
        await self._show_lines()

    async def do_fix_search(self) -> None:
        before = self.wanted.text

        async def typed(text: str) -> None:
            self.wanted = replace(self.wanted, text=text.strip())
            await self._show_lines()

        async def drop(_text: str) -> None:
            await typed(before)

        hint = _("KPJ, name or company · enter keeps · esc drops")
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop, keep=Unkept.SEARCH)

    async def do_fix_whole(self) -> None:
        row, plan = self.lines.current, self.fixes
        if row is not None and plan is not None:
            self._whole = await self.store.correction_imports.whole(plan, row.n)
            self.say(_("Shown whole; that was recorded."), "muted")

    async def lines_back(self) -> None:
        """One step back from the values: the conflicts, the search, the filter, then the plan."""
        if self.only or self.wanted != DiffFilter():
            self.only, self.wanted = frozenset(), DiffFilter()
            await self._show_lines()
        else:
            self.view = "plan"

    # Marks

    async def do_fix_mark(self) -> None:
        row = self.lines.current
        if row is None:
            return
        if not row.possible:
            self.say(_("This one cannot be taken: nothing usable or nothing other stands there."), "warn")
            return
        self.marks.symmetric_difference_update((row.n,))
        await self.lines.move("down")

    async def do_fix_mark_row(self) -> None:
        row = self.lines.current
        if row is not None:
            await self._mark(DiffFilter(row=(row.sheet, row.row)))

    async def do_fix_mark_field(self) -> None:
        row = self.lines.current
        if row is not None and row.field is not None:
            await self._mark(DiffFilter(field=row.field))

    async def do_fix_mark_all(self) -> None:
        await self._mark(DiffFilter())

    async def _mark(self, wanted: DiffFilter) -> None:
        """All that is ready of these; where all of it is marked, its marks go."""
        found = set(await self._ready(wanted))
        if not found:
            self.say(_("None of these can be taken together; space marks one by itself."), "warn")
        elif found <= self.marks:
            self.marks.difference_update(found)
        else:
            self.marks.update(found)
        self.lines.paint()

    # Taking

    async def _ask_supplier(self) -> None:
        plan = self.fixes
        if plan is None:
            return

        async def entered(text: str) -> None:
            self.supplier = text.strip()
            await self._ask_take(plan, text.strip())

        before = self.supplier if self.supplier is not None else plan.supplier
        hint = _("who sent it: company, person · empty: the office · enter goes on · esc")
        await open_kept(self, f"supplier {plan.file}", PromptLine(_("Supplier"), before, hint, 80), entered)

    async def _ask_take(self, plan: CorrectionPlan, supplier: str) -> None:
        """The consequence in numbers; y does it."""
        counts = {}
        for verdict in (FieldVerdict.NEW, FieldVerdict.DIFFERS, FieldVerdict.STALE):
            found = await self.store.correction_imports.numbers(plan, DiffFilter(verdict=verdict))
            counts[verdict] = len(self.marks.intersection(found))
        form_id = plan.form.form_id if plan.form is not None else None
        taking = Taking(plan, lines=frozenset(self.marks), supplier=supplier, form_id=form_id)

        async def take() -> None:
            self.busy = _("Taking {file} …").format(file=cut(plan.file, 40))
            self.run_worker(self._take(taking))

        self.confirm(correction_files.question(supplier, counts, plan.form), take)

    async def _take(self, taking: Taking) -> None:
        began, file = monotonic(), cut(taking.plan.file, 24)

        def told(now: Progress) -> None:
            self.busy = f"{file}: {correction_files.progress(now, monotonic() - began)}"
            if self.is_active:
                self.frame()

        try:
            done = await self.store.correction_imports.apply(taking, taking.plan.mapping, told)
        except StoreError as refusal:
            self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        await self.fixed(done)
