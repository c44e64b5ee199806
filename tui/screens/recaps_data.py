"""Two recaps of people's data, as the recaps desk shows them: what was corrected, and how good the data are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import printing
from store import Store
from store.quality import Quality, QualityReport
from store.recaps_corrections import CorrectionRecap
from store.rules.dates import Period, parse_period
from tui.commands.recaps import CORRECTION_VIEWS, QUALITY_VIEWS
from tui.i18n import _, long_date, number, period_words, rate
from tui.recap_kinds import CORRECTIONS
from tui.screens import files_out
from tui.screens.recap_faces import Face, KindFace
from tui.screens.recaps_views import GroupRow, count_columns, definition_lines, sentences, summary_lines
from tui.widgets.charts import bar
from tui.widgets.ink import EMPTY, Line, line
from tui.widgets.window_table import Column
from tui.words import correction_recap as words
from tui.words import quality
from tui.words.letters import with_unprinted

if TYPE_CHECKING:
    from tui.shell import LoketApp

_BAR: Final = 24
_PLACES: Final = {"view-co-fields": 0, "view-co-sources": 1, "view-co-people": 2, "view-co-problems": 3}
"""Views that are a table, by their place in `words.grouped`."""
_MONTHS: Final = 11
"""Months before this one that the history of the data's quality shows at first."""


class CorrectionFace(KindFace[CorrectionRecap]):
    """Changes of people's data, by the day on which they were written."""

    name = "corrections"
    key = "k"
    views = CORRECTION_VIEWS
    tables = frozenset(_PLACES)

    def __init__(self) -> None:
        super().__init__(CORRECTIONS)

    def short(self) -> str:
        return _("corrections")

    def title(self) -> str:
        return _("Recap of corrections")

    def groups(self, recap: CorrectionRecap) -> list[GroupRow]:
        rows = words.grouped(recap)[_PLACES[self.view]][3]
        return [GroupRow(name, counts) for name, counts in sorted(rows, key=lambda row: -row[1][0])]

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        if self.recap is None:
            return ()
        _title, name, titles, _rows = words.grouped(self.recap)[_PLACES[self.view]]
        return count_columns(name, titles, longest)

    def shown(self, recap: CorrectionRecap, width: int) -> list[Line]:
        if self.view == "view-co-definitions":
            return definition_lines(words.figures(recap), width)
        return summary_lines(words.figures(recap), words.charted(recap)[:3], width)

    def empty(self, recap: CorrectionRecap) -> list[str]:
        return [
            _("No value was changed in {period}.").format(period=self.label()),
            _("F4 lists what is open. ← → go to other months, r types one."),
        ]

    def warning(self, recap: CorrectionRecap, period: str) -> str:
        told = recap.figures
        question = _("Close {period}: {n} values changed, {waiting} wait for a yes, {left} not in Smile?")
        waiting, left = number(told.proposed), number(told.not_in_smile)
        return question.format(period=period, n=number(told.made), waiting=waiting, left=left)

    async def book(self, shell: LoketApp, period: Period) -> str:
        recap, name = await self.write_book(shell, period)
        if not name:
            return _("No value was changed in {period}; no file was written.").format(period=period_words(str(period)))
        return _("Recap of {n} corrections: KELUAR/{name}").format(n=number(recap.size), name=name)


class QualityFace(Face):
    """Who can be called, reached by e-mail, of whom something is doubtful: today, and on the days before."""

    name = "quality"
    key = "m"
    views = QUALITY_VIEWS
    tables = frozenset({"view-qu-companies", "view-qu-pembina"})
    closable = False

    def __init__(self) -> None:
        super().__init__()
        self.report: QualityReport | None = None

    def short(self) -> str:
        return _("data")

    def title(self) -> str:
        return _("Quality of the data")

    def label(self) -> str:
        if self.report is None:
            return ""
        return period_words(str(self.period)) if self.view == "view-qu-days" else long_date(self.report.day)

    def size(self) -> int:
        return self.report.total.people if self.report is not None else 0

    def closed(self) -> str:
        return ""

    async def newest(self, store: Store) -> Period:
        today = store.today()
        first = today.year * 12 + today.month - 1 - _MONTHS
        return parse_period(f"{first // 12}-{first % 12 + 1:02}..{today:%Y-%m}")

    async def read(self, store: Store) -> None:
        self.report = None
        self.report = await store.quality.report()

    def rows(self) -> list[GroupRow]:
        if self.report is None:
            return []
        told = quality.pembinas(self.report) if self.view == "view-qu-pembina" else quality.companies(self.report)
        return [GroupRow(name, counts) for name, counts in told]

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        def shared(at: int) -> Column[GroupRow]:
            def cell(row: GroupRow) -> str:
                return f"{number(row.counts[at])} {rate(row.counts[at], row.counts[0]):>4}"

            return Column(_(quality.COLUMNS[at]), cell, width=14, right=True)

        name = _("Pembina") if self.view == "view-qu-pembina" else _("Company")
        return (
            Column(name, lambda row: row.name, share=1),
            Column(_(quality.COLUMNS[0]), lambda row: number(row.counts[0]), width=8, right=True),
            *(shared(at) for at in (1, 2, 3)),
            Column("", lambda row: bar(row.counts[1], longest, _BAR), width=_BAR, hide_below=125),
        )

    def lines(self, width: int) -> list[Line]:
        report = self.report
        if report is None or self.period is None:
            return []
        if not report.total.people:
            said = _("Nobody is on the lists yet. i brings a list of participants in.")
            return sentences([said], width)
        if self.view == "view-qu-definitions":
            return definition_lines(quality.figures(report.total), width)
        if self.view == "view-qu-days":
            return _days(report, self.period, width)
        return summary_lines(quality.figures(report.total), quality.charted(report), width)

    def question(self, period: str) -> str:
        """Nothing is asked: what is kept every day is not closed."""
        return ""

    async def close(self, store: Store) -> None:
        """Nothing to do."""

    async def book(self, shell: LoketApp, period: Period) -> str:
        report = await shell.store.quality.report()
        with files_out.reserved(shell, "mutu-data") as path:
            await shell.store.recaps.write_results(path, quality.sheets(report))
        return _("Quality of the data of {n} people: KELUAR/{name}").format(
            n=number(report.total.people), name=path.name
        )

    async def pages(self, shell: LoketApp, period: Period) -> str:
        report = await shell.store.quality.report()
        pdf = await asyncio.to_thread(printing.recap, *quality.paper(report, shell.me, shell.now()))
        with files_out.reserved(shell, "mutu-data", ".pdf") as path:
            await shell.store.recaps.write_pages(path, pdf)
        said = _("Quality of the data: KELUAR/{name}").format(name=path.name)
        named = [*(each.company for each in report.companies), *(name for name, _told in report.pembinas)]
        return with_unprinted(said, named)


def _days(report: QualityReport, period: Period, width: int) -> list[Line]:
    """Every day on which figures were kept, newest first: shares as bars of a hundred."""
    kept = [(day, told) for day, told in report.history if day in period]
    if not kept:
        said = _("Nothing was kept in these months; r types others.")
        return sentences([said], width)
    lines: list[Line] = []
    for at, title in enumerate(quality.COLUMNS[1:], 1):
        lines.append(line((f" {_(title)}", "strong")))
        for day, told in reversed(kept):
            lines.append(_day(f" {day:%d-%m-%Y}", quality.counts(told)[at], told, width))
        lines.append(EMPTY)
    return lines[:-1]


def _day(name: str, count: int, told: Quality, width: int) -> Line:
    room = max(3, width - 13 - 16)
    drawn = bar(count, max(told.people, 1), room)
    figures = f"{number(count).rjust(9)} {rate(count, told.people):>4} "
    return line((f"{name}  ", "normal"), (drawn.ljust(room), "normal"), (figures, "strong"))
