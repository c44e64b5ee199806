"""The daily report (laporan harian): what each person did on a day, per section, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from textual.widget import Widget

from store.daily import PersonDay
from store.errors import StoreError
from store.rules.dates import read_date
from store.rules.permissions import Permission
from tui.commands import Facts
from tui.i18n import _, day_words, hour, long_date, number, weekday
from tui.kept import Unkept
from tui.screens import files_out
from tui.screens.base import DeskScreen
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import daily


class DailyScreen(DeskScreen):
    """Opens with today; lies above the recaps desk."""

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None
        self.report: list[PersonDay] | None = None

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="day")
        return (self.page,)

    def context(self) -> str:
        return "daily"

    def place(self) -> tuple[str, str]:
        title = _("Daily report") if self._all() else _("My daily report")
        return title, f"{weekday(self.day)} {long_date(self.day)}" if self.day is not None else ""

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=len(self.report or ()))

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.page)

    def idle_lines(self) -> list[list[Piece]]:
        report = self.report or []
        calls = sum(person.calls for person in report)
        reached = sum(person.reached for person in report)
        said = _("{people} people · {calls} calls · {reached} reached").format(
            people=number(len(daily.tell(report))), calls=number(calls), reached=number(reached)
        )
        contacts, done = sum(p.contacts for p in report), sum(p.follow_ups_done for p in report)
        if contacts or done:
            text = _("{contacts} at the counter · {done} follow-ups done")
            said += " · " + text.format(contacts=number(contacts), done=number(done))
        if self._all():
            hint = _("x workbook · p PDF, into KELUAR · esc goes back to the recap")
        else:
            hint = _("Your own day; the section's is read by the officers. esc goes back.")
        return [
            [(said, "normal"), (f"   {self.page.position()}", "muted")],
            [(hint, "muted")],
        ]

    def _all(self) -> bool:
        """Whether everybody's day is told, and not one's own alone."""
        return Permission.READ_RECAPS in self.loket.me.permissions

    async def arrived(self) -> None:
        if self.day is None:
            self.day = self.store.today()
        await self._read()

    async def others_changed(self) -> None:
        if self.day == self.store.today():
            await self._read()

    async def lost(self, error: StoreError) -> None:
        self._paint()

    async def _read(self, *, from_top: bool = False) -> None:
        assert self.day is not None
        self.report = None
        self.report = await self.store.daily.report(self.day)
        self._paint(from_top=from_top)

    def _paint(self, *, from_top: bool = False) -> None:
        report, day, today = self.report, self.day or self.store.today(), self.store.today()
        self.page.fill(lambda width: day_lines(report, day, today, width), from_top=from_top)

    # Days

    async def _go_to(self, day: date) -> None:
        if day > self.store.today():
            self.say(_("That day has not come yet; today is the last one."), "warn")
            return
        self.day = day
        await self._read(from_top=True)
        self.loket.message = ("", "normal")

    async def do_day_earlier(self) -> None:
        if self.day is not None:
            await self._go_to(self.day - timedelta(days=1))

    async def do_day_later(self) -> None:
        if self.day is not None:
            await self._go_to(self.day + timedelta(days=1))

    async def do_day_typed(self) -> None:
        self._ask_day("")

    def _ask_day(self, text: str) -> None:
        async def entered(typed: str) -> None:
            day = read_date(typed, field="day").value
            if day is None:
                self._ask_day(typed)
                self.say(_("“{text}” is no day. For example: 31-07-2023").format(text=typed), "warn")
                return
            await self._go_to(day)

        hint = _("a day as 31-07-2023 or 31 Juli 2023 · enter shows · esc drops")
        self.open_prompt(PromptLine(_("Day"), text, hint, 30), entered, keep=Unkept.VIEW)

    # Files

    async def do_save_results(self) -> None:
        """x saves the day that is shown."""
        shell, day = self.loket, self.day
        if day is not None:
            shell.run_worker(files_out.told(shell, lambda: files_out.write_day_book(shell, day)))

    async def do_day_pages(self) -> None:
        shell, day = self.loket, self.day
        if day is not None:
            shell.run_worker(files_out.told(shell, lambda: files_out.write_day_pages(shell, day)))

    async def step_back(self) -> None:
        self.dismiss()


def day_lines(report: Sequence[PersonDay] | None, day: date, today: date, width: int) -> list[Line]:
    """Sections, people with their counts, and what each did in the order of time."""
    if report is None:
        return []
    lines: list[Line] = []
    for section, people in daily.by_section(daily.tell(report)):
        lines.append(line((f" {section}", "key")))
        if len(people) > 1:
            together = " · ".join(f"{activity} {number(count)}" for activity, count in daily.sums(people))
            lines += [line((f" {row}", "muted")) for row in wrap(_("Total:") + " " + together, width - 3, 4)]
        for person in people:
            counts = " · ".join(f"{activity} {number(count)}" for activity, count in person.counts)
            lines.append(line((f" {person.name}", "strong")))
            lines += [line((f"   {row}", "normal")) for row in wrap(counts, width - 5, 4)]
            for told in person.lines:
                rest = f"{told.activity} · {told.detail}" if told.detail else told.activity
                lines.append(line((f"   {hour(told.line.at)} ", "muted"), (rest, "normal")))
            lines.append(EMPTY)
    if not lines:
        said = _("Nothing was noted {day}. ← goes to the day before, r to any day.").format(day=day_words(day, today))
        lines = [
            EMPTY,
            *(line((f"  {row}", "normal")) for row in wrap(said, width - 4, 3)),
        ]
    return lines
