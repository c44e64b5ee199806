"""What a file would bring: its sheets, columns and rows, and the correction of what a column is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from textual.widget import Widget

from store.correction_imports import CorrectionPlan
from store.rows import ImportPlan, OfferedFile, RowReport, SheetReport
from store.rules.readings import FIELDS
from store.workbooks.headings import normalise
from tui import commands
from tui.commands import Facts
from tui.i18n import _, number, short_moment
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.screens.imports_tables import (
    SAMPLES,
    Pane,
    RowsFound,
    column_rows,
    columns_table,
    group_word,
    rows_table,
    sheets_table,
)
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, spread, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import imports, reasons

FEWEST_SHEETS = 4
SUMMARY = 3
DETAIL = 6
FIELD_WIDTH = 26


AnyPlan = ImportPlan | CorrectionPlan


class PlanDesk(DeskScreen):
    """The part of the import screen that looks at one file. `read` is the screen's."""

    def __init__(self) -> None:
        super().__init__()
        self.view = "files"  # files, plan, columns, rows
        self.file: OfferedFile | None = None
        self.plan: AnyPlan | None = None
        self.effect = imports.Effect(0, 0, 0, 0)
        self.only_new = False
        self.busy = ""
        self.verdict = ""
        self.searched = ""
        self._found: RowsFound | None = None
        self._rows_from = "plan"
        self._of_sheet: str | None = None

    def read(self, file: OfferedFile, mapping: dict[str, str]) -> None:
        """Read the file in the background; the plan is shown when it is there."""
        raise NotImplementedError

    def summary_of_fixes(self, plan: CorrectionPlan, width: int) -> list[Line]:
        """The lines above the sheets of a file of corrections."""
        raise NotImplementedError

    # Widgets

    def plan_panes(self) -> Sequence[Widget]:
        """The look at a file, and its rows."""
        self.summary = CardView(id="summary")
        self.sheets = sheets_table()
        self.columns = columns_table()
        self.fields = CardView(id="fields")
        self.rows = rows_table()
        self.detail = CardView(id="detail")
        self.summary.styles.height = SUMMARY
        self.detail.styles.height = DETAIL
        self.plan_pane = Pane(self.summary, self.sheets, self.columns, self.fields)
        self.rows_pane = Pane(self.rows, self.detail)
        return (self.plan_pane, self.rows_pane)

    def lay_out_plan(self) -> None:
        """Show what the view needs; nothing is painted that stays as it is."""
        picking = self.asking == "pick-field"
        self.plan_pane.set_class(self.view not in ("plan", "columns"), "away")
        self.rows_pane.set_class(self.view != "rows", "away")
        self.columns.set_class(picking, "away")
        self.fields.set_class(not picking, "away")
        for table, active in ((self.sheets, self.view == "plan"), (self.columns, self.view == "columns")):
            if table.active != active:
                table.active = active
                table.paint()
        if self.plan is not None:
            shown = max(FEWEST_SHEETS, self.size.height // 5)
            self.sheets.styles.height = min(len(self.plan.sheets), shown) + 1
            self.summary.draw(self._summary_lines)
            self.detail.draw(self._detail_lines)
            self.fields.draw(_field_lines)

    # The plan

    async def show_plan(self, plan: ImportPlan) -> None:
        """Show another plan; where the same file was looked at before, the cursor stays."""
        again = isinstance(self.plan, ImportPlan) and self.view in ("plan", "columns")
        self.effect = imports.effect(plan)
        self._found, self.verdict, self.searched = RowsFound(plan), "", ""
        if not again:
            self.view, self.only_new = "plan", False
        await self.show_sheets(plan)
        await self._show_rows()
        self.frame()

    async def show_sheets(self, plan: AnyPlan) -> None:
        """Sheets and columns of another plan; of the same file as before the cursors stay."""
        before, self.plan = self.plan, plan
        again = before is not None and type(before) is type(plan) and self.view in ("plan", "columns")
        if before is not None:
            await self._close(before)
        await self.sheets.fill(_main_first(plan.sheets), from_top=not again)
        await self._show_columns(again=again)

    async def _close(self, plan: AnyPlan) -> None:
        if isinstance(plan, ImportPlan):
            await self.store.imports.close(plan)
        else:
            await self.store.correction_imports.close(plan)

    async def leave_plan(self) -> None:
        """Back to the files; what was corrected is remembered as long as Loket is open."""
        plan, self.plan = self.plan, None
        self.view = "files"
        if plan is not None:
            await self._close(plan)

    async def _show_columns(self, *, again: bool = False) -> None:
        sheet = self.sheets.current
        plan = self.plan
        if plan is None or sheet is None:
            return
        if isinstance(plan, ImportPlan):
            first = await self.store.imports.preview(plan, sheet.name, SAMPLES)
        else:
            first = await self.store.correction_imports.preview(plan, sheet.name, SAMPLES)
        await self.columns.fill(column_rows(sheet, first), from_top=not (again and self._of_sheet == sheet.name))
        self._of_sheet = sheet.name

    async def moved(self) -> None:
        if self.view == "plan":
            await self._show_columns()

    def plan_facts(self, facts: Facts) -> Facts:
        """With what decides about the commands of a plan."""
        plan = self.plan
        if not isinstance(plan, ImportPlan):
            return facts
        rows = sum(imports.rows(sheet) for sheet in plan.sheets)
        usable = rows - plan.total("refused")
        return replace(
            facts,
            unusable=usable == 0,
            nothing_new=self.effect.nothing and plan.known_file,
            changed=self.effect.changed,
        )

    # Words

    def _summary_lines(self, width: int, _height: int) -> list[Line]:
        plan, file = self.plan, self.file
        if isinstance(plan, CorrectionPlan):
            return self.summary_of_fixes(plan, width)
        if plan is None:
            return []
        rows = sum(imports.rows(sheet) for sheet in plan.sheets)
        about = [_("{n} rows").format(n=number(rows)), _("sheets: {n}").format(n=number(len(plan.sheets)))]
        if plan.known_file and file is not None and file.imported_at is not None:
            about.append(_("brought in before: {when}").format(when=short_moment(file.imported_at, self.loket.now())))
        elif plan.known_file:
            about.append(_("brought in before"))
        if plan.mapping:
            about.append(_("with corrected columns"))
        right: list[Piece] = [(" · ".join(about) + " ", "muted")]
        counts = imports.verdict_counts(plan.sheets)
        if sum(len(words) + 3 for words, _role in counts) > width:
            counts = [(f"{words[:1]} {words.rpartition(' ')[2]}", role) for words, role in counts]
        pieces: list[Piece] = [(" ", "normal")]
        for words, role in counts:
            pieces += [(" · ", "muted")] * (len(pieces) > 1) + [(words, role)]
        if not counts:
            pieces.append((_("No row could be read."), "bad"))
        return [
            spread([(f" {plan.file}", "strong")], right, width),
            line(*pieces),
            line((f" {self.places()}", "muted")),
        ]

    def places(self) -> str:
        """Where the cursors are: a list that is longer than its room says so."""
        sheet = _("sheet {position}").format(position=self.sheets.position())
        column = _("column {position}").format(position=self.columns.position() or "–")
        return f"↑↓ {sheet} · {column}" if self.view == "plan" else f"{sheet} · ↑↓ {column}"

    def plan_lines(self) -> list[list[Piece]]:
        """The two lines above the keys: what `y` does, and whom it puts onto the call lists, or a doubted column."""
        plan = self.plan
        if not isinstance(plan, ImportPlan):
            return []
        why = commands.by_id("take-in-plan").why_disabled(self.facts())
        if why is not None:
            first: list[Piece] = [(_(why), "warn")]
        else:
            text = imports.consequence(self.effect, only_new=self.only_new)
            first = [("y ", "key"), (text, "warn" if self.effect.changed and not self.only_new else "normal")]
        return [first, [self._second_line(plan)]]

    def _second_line(self, plan: ImportPlan) -> Piece:
        column = self.columns.current if self.view == "columns" else None
        if column is not None and column.doubt is not None:
            return reasons.doubt(column.doubt), "warn"
        if column is not None:
            return _("Enter says what “{heading}” is; kept for files with the same columns.").format(
                heading=cut(column.heading, 20)
            ), "muted"
        sheet = self.sheets.current
        if sheet is not None and sheet.skipped is not None:
            why = reasons.skipped(sheet.skipped)
            return _("Sheet {sheet} is not read: {why}.").format(sheet=cut(sheet.name, 30), why=why), "warn"
        doubted = sum(len(sheet.doubts) for sheet in plan.sheets)
        if doubted:
            return _("{n} columns are doubtful and not read: enter shows them.").format(n=doubted), "warn"
        return imports.lists(plan.eligible), "muted"

    # Columns

    async def do_columns(self) -> None:
        self.view = "columns"

    async def do_field(self) -> None:
        column = self.columns.current
        if column is not None:
            sample = next((text for text in column.samples if text), "")
            shown = f"{cut(column.heading, 24)} ({cut(sample, 20)})" if sample else cut(column.heading, 24)
            self.ask("pick-field", _("What is in the column {column}?").format(column=shown), [])

    async def pick_field(self, field: str) -> None:
        """The column under the cursor holds this field; the file is read again with it."""
        self.asking = ""
        column, plan, file = self.columns.current, self.plan, self.file
        if column is not None and plan is not None and file is not None:
            self.read(file, corrected(plan.mapping, column.heading, "" if field == "none" else field))

    # Rows

    async def show_rows_view(self) -> None:
        if isinstance(self.plan, ImportPlan) and not self.plan.rows:
            self.say(_("No row needs a look: all were taken as they stand."), "good")
            return
        self._rows_from, self.view = self.view, "rows"
        await self.rows.reload()

    async def _show_rows(self) -> None:
        if self._found is not None:
            await self.rows.fill(self._found.through(self.verdict, self.searched), from_top=True)

    async def do_filter_verdict(self) -> None:
        if self._found is None:
            return
        groups = self._found.groups()
        self.verdict = groups[(groups.index(self.verdict) + 1) % len(groups)] if self.verdict in groups else ""
        await self._show_rows()

    async def do_search_rows(self) -> None:
        before = self.searched

        async def typed(text: str) -> None:
            self.searched = text.strip()
            await self._show_rows()

        async def drop(_text: str) -> None:
            await typed(before)

        hint = _("KPJ, sheet, cell or reason · enter keeps · esc drops")
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop, keep=Unkept.SEARCH)

    def rows_lines(self) -> list[list[Piece]]:
        """Which rows are shown, and how many more there are than can be listed."""
        plan = self.plan
        if not isinstance(plan, ImportPlan):
            return []
        shown = _("Shown: {group}").format(group=group_word(self.verdict))
        searched = f"   /{self.searched}" if self.searched else ""
        first: list[Piece] = [(shown, "key"), (searched, "key"), (f"   {self.rows.position()}", "muted")]
        if plan.rows_open > len(plan.rows):
            more = _("The first {n} of {all} rows.").format(n=number(len(plan.rows)), all=number(plan.rows_open))
            first.append((f"   {more}", "warn"))
        return [first, self.plan_lines()[0]]

    def _detail_lines(self, width: int, height: int) -> list[Line]:
        row = self.rows.current
        if row is None:
            return [line((" " + _("No such row."), "muted"))]
        return [_detail_head(row, width), *_detail_reasons(row, width, height - 1)]

    async def rows_back(self) -> None:
        """One step back from the rows: the search, then the filter, then the view they were opened from."""
        if self.searched or self.verdict:
            self.searched = self.verdict = ""
            await self._show_rows()
        else:
            self.view = self._rows_from

    def plan_table(self) -> WindowTable[object]:
        """The table that has the cursor."""
        tables = {"plan": self.sheets, "columns": self.columns, "rows": self.rows}
        return cast("WindowTable[object]", tables[self.view])


def _main_first(sheets: Sequence[SheetReport]) -> Sequence[SheetReport]:
    """In the file's order, but those that were not read come last: what is decided about stands in front."""
    return sorted(sheets, key=lambda sheet: sheet.skipped in ("empty", "chart", "hidden"))


def corrected(mapping: dict[str, str], heading: str, field: str) -> dict[str, str]:
    """The mapping with one more word about a heading. A field that one column only can hold moves here."""
    kept = {
        known: value
        for known, value in mapping.items()
        if normalise(known) != normalise(heading) and (value != field or field in ("", "phones"))
    }
    return {**kept, heading: field}


def _detail_head(row: RowReport, width: int) -> Line:
    place = _("Sheet {sheet}, row {row}").format(sheet=row.sheet, row=row.row)
    kpj = f" · KPJ {row.kpj}" if row.kpj else ""
    right: list[Piece] = [(reasons.verdict(row.verdict) + " ", reasons.VERDICT_ROLES.get(row.verdict, "normal"))]
    return spread([(" " + place + kpj, "strong")], right, width)


def _detail_reasons(row: RowReport, width: int, most: int) -> list[Line]:
    found: list[Line] = []
    for text in reasons.row_reasons(row):
        found += [
            line(("   " if at else " • ", "muted"), (part, "normal"))
            for at, part in enumerate(wrap(text, width - 4, 2))
        ]
    if len(found) > most:
        hidden = len(found) - most + 1
        return [*found[: most - 1], line((" " + _("… and {n} more").format(n=hidden), "muted"))]
    return found


def _field_lines(width: int, height: int) -> list[Line]:
    """The fields with their letters, in as many columns as fit, from above to below."""
    choices = commands.holding(("pick-field",))
    across = max(1, min(3, width // FIELD_WIDTH))
    down = -(-len(choices) // across)
    lines = [EMPTY]
    for row in range(down):
        pieces: list[Piece] = [(" ", "normal")]
        for command in choices[row::down]:
            pieces += [(f" {command.keys[0]}", "key"), (f" {_(command.label)}".ljust(FIELD_WIDTH - 2), "normal")]
        lines.append(Line(tuple(pieces)))
    return lines[:height]


assert {f"field-{field}" for field in FIELDS} < {command.id for command in commands.TABLE}
