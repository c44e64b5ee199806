"""Month end: what was paid, what lies in a box, and where everything else is (domain.md 2.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from textual.widget import Widget

from store.archive_rows import Month
from store.rules.dates import Period, PeriodError, parse_period, shifted
from tui.i18n import _, period_words
from tui.kept import Unkept
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.archive_gaps import gaps_table, open_gap
from tui.screens.deeds import Deed
from tui.screens.imports_tables import Pane
from tui.widgets.card import CardView
from tui.widgets.ink import Line, Piece, line, wrap
from tui.widgets.prompt import PromptLine
from tui.words import archive

HALF = 15
"""Until this day of a month the one before is put together; after it, this one."""

ROWS = 5
"""Lines of the figures: one a programme, and one that says whether the month is complete."""


class MonthScreen(ArchiveDesk):
    """The month whose papers are put together now comes first."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.period: Period | None = None
        self.month: Month | None = None

    def body(self) -> Sequence[Widget]:
        self.figures = CardView(id="month-figures")
        self.figures.styles.height = ROWS
        self.rows = gaps_table(self)
        return (Pane(self.figures, self.rows),)

    def context(self) -> str:
        return "archive-month"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("month end {period}").format(period=self._words())

    def _words(self) -> str:
        return "" if self.period is None else period_words(str(self.period))

    def idle_lines(self) -> list[list[Piece]]:
        gap = self.rows.current
        if gap is None:
            return self.told(_("← and → go to another month, p to a range."))
        return self.two_lines(
            [archive.gap_sentence(gap, self.today), _("enter opens where it lies · ← → another month")]
        )

    def draw_desk(self) -> None:
        self.figures.draw(self._figures)

    def _figures(self, width: int, _height: int) -> list[Line]:
        if self.month is None or not self.month.rows:
            text = _("No listing of {period} is in; F5 brings them in, then this tells what is missing.")
            told = wrap(text.format(period=self._words()), width - 2, ROWS)
            return [line((f" {row}", "muted")) for row in told]
        rows = [line((f" {archive.month_line(row)}", "normal")) for row in self.month.rows]
        if self.month.complete:
            text, role = _("COMPLETE: every file of {period} lies in its place."), "good"
        else:
            text, role = _("NOT COMPLETE: what is missing in {period} stands below."), "warn"
        return [line((f" {text.format(period=self._words())}", role)), *rows]

    # Reading

    async def read_again(self) -> None:
        if self.period is None:
            day = self.today if self.today.day > HALF else self.today.replace(day=1) - timedelta(days=1)
            self.period = parse_period(f"{day:%Y-%m}")
        self.month = await self.store.archive.month(self.period)
        await self.rows.fill(self.month.gaps)
        self.frame()

    async def _show(self, period: Period) -> None:
        self.period = period
        await self.read_again()
        await self.rows.go(0)

    async def do_month_before(self) -> None:
        if self.period is not None:
            await self._show(shifted(self.period, -1))

    async def do_month_after(self) -> None:
        if self.period is not None:
            await self._show(shifted(self.period, 1))

    async def do_month_period(self) -> None:
        async def entered(text: str) -> None:
            try:
                await self._show(parse_period(text))
            except PeriodError:
                ask(text)
                said = _("“{text}” is no period. For example: 2023-07 or 2023-01..2023-08")
                self.say(said.format(text=text), "warn")

        def ask(text: str) -> None:
            hint = _("a month as 2023-07, or a range as 2023-01..2023-08 · enter shows it · esc goes back")
            self.open_prompt(PromptLine(_("Period"), text, hint, 20), entered, keep=Unkept.VIEW)

        ask(str(self.period or ""))

    async def do_month_place(self) -> None:
        await open_gap(self, self.rows.current)
