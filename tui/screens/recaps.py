"""The recaps desk (F7): the figures of a month or a range as numbers and bars, files of them, closing a period."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar, cast

from textual.timer import Timer
from textual.widget import Widget

from store.errors import StoreError
from store.recaps import Jht56Recap
from store.rules.dates import Period, PeriodError, parse_period, shifted
from tui.commands import Command, Facts
from tui.commands.recaps import VIEWS
from tui.i18n import _, number, period_words
from tui.screens import files_out
from tui.screens.base import DeskScreen
from tui.screens.daily import DailyScreen
from tui.screens.imports_tables import Listed
from tui.screens.recaps_views import GroupRow, group_columns, group_rows, pages
from tui.widgets.ink import Piece
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import results

GROUPS = ("companies", "pembina", "handlers")
"""Views that are a table."""

PATIENCE = 10
"""While others work the figures are read again at most so many times as long after as reading them took."""


class RecapsScreen(DeskScreen):
    """Keeps its period and its view while another desk is in front."""

    desk: ClassVar[str] = "desk-recaps"

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.recap: Jht56Recap | None = None
        self.known: tuple[str, ...] = ()  # periods that have a list
        self.view = "summary"
        self._took = 0.0
        self._later: Timer | None = None

    # What the desk says about itself

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="page")
        self.list = WindowTable[GroupRow](group_columns("companies", 1), key=lambda row: row.name, id="groups")
        return (self.page, self.list)

    def context(self) -> str:
        return "recap"

    def place(self) -> tuple[str, str]:
        return _("Recap JHT 56"), period_words(str(self.period)) if self.period is not None else ""

    def facts(self) -> Facts:
        me, recap = self.loket.me, self.recap
        people = recap.people if recap is not None else 0
        closed = recap is not None and recap.closed_at is not None
        return Facts(permissions=me.permissions, practice=me.practice, people=people, closed=closed)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list if self.view in GROUPS else self.page)

    def idle_lines(self) -> list[list[Piece]]:
        tabs: list[Piece] = []
        for command in VIEWS:
            label = _(command.label)
            if command.id == f"view-{self.view}":
                tabs += [(command.keys[0], "key"), (f"[{label}] ", "strong")]
            else:
                tabs += [(command.keys[0], "key"), (f" {label}  ", "muted")]
        return [tabs, self._state()]

    def _state(self) -> list[Piece]:
        recap = self.recap
        if recap is None or not recap.people:
            return []
        if recap.closed_at is not None:
            said: Piece = (_("Period {closed}").format(closed=results.closed_words(recap)), "good")
        else:
            said = (_("not closed: the figures still change"), "muted")
        where = self.list.position() if self.view in GROUPS else self.page.position()
        return [said, (_(" · x workbook · p PDF"), "muted"), (f"   {where}", "muted")]

    # Reading

    async def arrived(self) -> None:
        if self.period is None:
            rows = await self.store.queue.status()
            newest = max((row.period for row in rows if row.kind == "jht56"), default="")
            self.period = parse_period(newest or f"{self.store.today():%Y-%m}")
        await self._read()

    async def others_changed(self) -> None:
        """Soon, not at once: the figures of many people take a while, and nobody waits for them."""
        if self._later is None:
            wait = PATIENCE * self._took if self._took > 0.05 else 0
            self._later = self.set_timer(max(0.01, wait), self._again)

    async def _again(self) -> None:
        self._later = None
        if self.loket.screen is self:
            await self.guarded(self._read)
            self.frame()

    async def lost(self, error: StoreError) -> None:
        await self._show()

    async def _read(self, *, from_top: bool = False) -> None:
        assert self.period is not None
        self.recap = None
        rows = await self.store.queue.status()
        self.known = tuple(sorted({row.period for row in rows if row.kind == "jht56"}))
        began = time.monotonic()
        self.recap = await self.store.recaps.jht56(self.period)
        self._took = time.monotonic() - began
        await self._show(from_top=from_top)

    async def _show(self, *, from_top: bool = False) -> None:
        recap = self.recap
        groups = self.view in GROUPS
        self.list.set_class(not groups, "away")
        self.page.set_class(groups, "away")
        if recap is not None and groups:
            rows = group_rows(recap, self.view)
            self.list.columns = group_columns(self.view, max((row.counts[0] for row in rows), default=0))
            source = Listed(rows)
            if from_top or self.list.source is None:
                await self.list.open(source)
            else:
                self.list.source = source
                await self.list.reload()
        else:
            period, known, view = str(self.period), self.known, self.view
            self.page.fill(lambda width: pages(recap, view, period, known, width), from_top=from_top)

    def on_resize(self) -> None:
        self.call_after_refresh(self.frame)

    # Periods

    async def _go_to(self, period: Period) -> None:
        self.period = period
        await self._read(from_top=True)
        self.loket.message = ("", "normal")

    async def do_recap_earlier(self) -> None:
        if self.period is not None:
            await self._go_to(shifted(self.period, -1))

    async def do_recap_later(self) -> None:
        if self.period is not None:
            await self._go_to(shifted(self.period, 1))

    async def do_recap_range(self) -> None:
        self._ask_period(str(self.period))

    def _ask_period(self, text: str) -> None:
        async def entered(typed: str) -> None:
            try:
                period = parse_period(typed)
            except PeriodError:
                self._ask_period(typed)
                text = _("“{text}” is no period. For example: 2023-07 or 2023-01..2023-08")
                self.say(text.format(text=typed), "warn")
                return
            await self._go_to(period)

        hint = _("a month as 2023-07, or a range as 2023-01..2023-08 · enter shows · esc drops")
        self.open_prompt(PromptLine(_("Period"), text, hint, 20), entered)

    # Views

    async def do(self, command: Command) -> None:
        """The family 'view-summary', 'view-companies' …"""
        await self._look_at(command.id.removeprefix("view-"))

    async def do_recap_next(self) -> None:
        views = [command.id.removeprefix("view-") for command in VIEWS]
        await self._look_at(views[(views.index(self.view) + 1) % len(views)])

    async def _look_at(self, view: str) -> None:
        self.view = view
        await self._show(from_top=True)
        self.frame()

    async def do_daily(self) -> None:
        await self.loket.push_screen(DailyScreen())

    # Files, closing

    async def do_save_results(self) -> None:
        """x saves the period that is shown, without asking for another."""
        if self.period is not None:
            shell, period = self.loket, self.period
            shell.run_worker(files_out.told(shell, lambda: files_out.write_results(shell, period)))

    async def do_recap_pages(self) -> None:
        if self.period is not None:
            shell, period = self.loket, self.period
            shell.run_worker(files_out.told(shell, lambda: files_out.write_recap_pages(shell, period)))

    async def do_recap_close(self) -> None:
        recap, period = self.recap, self.period
        if recap is None or period is None:
            return

        async def close() -> None:
            self.recap = await self.store.recaps.close(period)
            self.loket.saved()
            await self._show()
            self.say(_("Closed: {period} gives these figures from now on.").format(period=words), "good")

        words = period_words(str(period))
        question = _("Close {period}: {people} people, {never} never called, {attempts} attempts?")
        people, never, attempts = number(recap.people), number(recap.never_called), number(recap.attempts)
        text = question.format(period=words, people=people, never=never, attempts=attempts)
        if len(text) > self.size.width - 4:
            text = question.format(period=period, people=people, never=never, attempts=attempts)
        self.confirm(text, close)
