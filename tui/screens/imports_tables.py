"""The tables of the import screen: files, sheets, columns and rows, each over a source that is at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar

from textual.containers import Container

from store.rows import ColumnDoubt, ImportPlan, OfferedFile, RowReport, SheetReport
from store.value_class import value_class
from tui.i18n import N_, _, number, short_moment
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import imports, reasons

Item = TypeVar("Item")

SAMPLES = 4
"""First rows of a sheet that are shown beside its columns, as far as there is room."""

GROUPS: Final[tuple[tuple[str, str], ...]] = (
    ("", N_("all")),
    ("refused", N_("refused")),
    ("doubted", N_("doubted")),
    ("changed", N_("changed")),
    ("repaired", N_("repaired")),
)


class Pane(Container):
    """Widgets one above the other."""

    DEFAULT_CSS = """
    Pane { layout: vertical; width: 1fr; height: 1fr; overflow: hidden; }
    Pane > Painted { width: 1fr; height: 1fr; }
    """


@value_class
class ColumnRow:
    """A column of a sheet: its heading, what it is taken for, and its first cells."""

    heading: str
    field: str | None
    doubt: ColumnDoubt | None
    samples: tuple[str, ...]


class RowsFound:
    """The rows of a plan through a verdict and a search; texts are put together when the first search is typed."""

    def __init__(self, plan: ImportPlan) -> None:
        self._rows = plan.rows
        self._texts: list[str] = []

    def through(self, verdict: str, text: str) -> Sequence[RowReport]:
        """Rows with the verdict ('' for any) in which every word of the text is found."""
        words = text.casefold().split()
        if not words:
            return [row for row in self._rows if row.verdict == verdict] if verdict else self._rows
        if not self._texts:
            self._texts = [_searched(row) for row in self._rows]
        pairs = zip(self._rows, self._texts, strict=True)
        return [
            row
            for row, found in pairs
            if (not verdict or row.verdict == verdict) and all(word in found for word in words)
        ]

    def groups(self) -> list[str]:
        """The verdicts to go through: all, then those that occur."""
        present = {row.verdict for row in self._rows}
        return [verdict for verdict, _word in GROUPS if not verdict or verdict in present]


def _searched(row: RowReport) -> str:
    return " ".join((row.kpj, row.sheet, str(row.row), *reasons.row_reasons(row))).casefold()


def group_word(verdict: str) -> str:
    return _(dict(GROUPS)[verdict])


def files_table(now: Callable[[], datetime]) -> WindowTable[OfferedFile]:
    """What lies in MASUK."""

    def state(file: OfferedFile) -> Piece:
        if file.imported_at is None:
            return _("new"), "good"
        return _("brought in {when}").format(when=short_moment(file.imported_at, now())), "muted"

    return WindowTable[OfferedFile](
        (
            Column(_("File"), lambda file: file.name),
            Column(_("Size"), lambda file: size(file.size), width=9, right=True),
            Column(_("Date"), lambda file: short_moment(file.modified, now()), width=11),
            Column("", state, width=23),
        ),
        key=lambda file: file.name,
        id="files",
    )


def size(count: int) -> str:
    """Bytes as people say them."""
    if count < 1024 * 1024:
        return _("{n} kB").format(n=number(max(1, count // 1024)))
    return _("{n} MB").format(n=number(count // (1024 * 1024)))


def sheets_table() -> WindowTable[SheetReport]:
    """The sheets of a file with their counts; of one that was not read the reason stands behind its name."""

    def name(sheet: SheetReport) -> Piece:
        if sheet.skipped is None:
            return sheet.name, "normal"
        return _("{sheet}: {why}").format(sheet=sheet.name, why=reasons.skipped(sheet.skipped)), "muted"

    def count(verdict: str) -> Column[SheetReport]:
        def cell(sheet: SheetReport) -> Piece:
            value: int = getattr(sheet, verdict)
            return (number(value), reasons.VERDICT_ROLES[verdict]) if value else ("·", "muted")

        return Column(reasons.verdict(verdict)[:1], cell, width=6, right=True)

    def header(sheet: SheetReport) -> str:
        return str(sheet.header_row) if sheet.header_row is not None else ""

    columns = (count(verdict) for verdict in imports.ORDER)
    return WindowTable[SheetReport](
        (Column(_("Sheet"), name), Column(_("header"), header, width=6, right=True), *columns),
        key=lambda sheet: sheet.name,
        id="sheets",
    )


def columns_table() -> WindowTable[ColumnRow]:
    """The columns of a sheet, what each is taken for, and its first cells."""

    def meaning(row: ColumnRow) -> Piece:
        if row.field is not None:
            return f"→ {reasons.field(row.field)}", "key"
        return (f"? {reasons.field(row.doubt.field)}", "warn") if row.doubt else (_("– not read"), "muted")

    def sample(n: int) -> Column[ColumnRow]:
        def cell(row: ColumnRow) -> Piece:
            return row.samples[n] if n < len(row.samples) else "", "muted"

        return Column(_("Row {n}").format(n=n + 1), cell, share=2, hide_below=(0, 60, 100, 130)[n])

    return WindowTable[ColumnRow](
        (
            Column(_("Heading"), lambda row: row.heading, share=2),
            Column(_("taken for"), meaning, width=20),
            *(sample(n) for n in range(SAMPLES)),
        ),
        key=lambda row: row.heading,
        id="columns",
    )


def rows_table() -> WindowTable[RowReport]:
    """Rows that were not plainly taken."""
    return WindowTable[RowReport](
        (
            Column(_("Sheet"), lambda row: row.sheet, width=9, hide_below=60),
            Column(_("Row"), lambda row: str(row.row), width=6, right=True),
            Column(_("KPJ"), lambda row: row.kpj, width=12),
            Column(_("Verdict"), lambda row: (reasons.verdict(row.verdict), _role(row)), width=12),
            Column(_("Why"), lambda row: " · ".join(reasons.row_reasons(row))),
        ),
        key=lambda row: (row.sheet, row.row),
        id="rows",
    )


def _role(row: RowReport) -> str:
    return reasons.VERDICT_ROLES.get(row.verdict, "normal")


def column_rows(sheet: SheetReport, first_rows: Sequence[Sequence[str]]) -> list[ColumnRow]:
    """The columns of a sheet with their first cells; `first_rows` have one text per heading."""
    doubts = {doubt.heading: doubt for doubt in sheet.doubts}
    return [
        ColumnRow(heading, field, doubts.get(heading), tuple(row[at] if at < len(row) else "" for row in first_rows))
        for at, (heading, field) in enumerate(sheet.columns.items())
    ]
