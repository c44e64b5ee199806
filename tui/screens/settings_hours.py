"""Settings of time: the hours of each weekday, and the days on which the office is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import cast

from textual.widget import Widget

from store.rules.hours import DEFAULT_WEEK, DayHours, OfficeCalendar
from store.rules.typed_hours import read_day, read_hours
from store.settings import ClosedDayRow
from store.value_class import value_class
from tui.i18n import WIB, _, day_words, ngettext, weekday_names
from tui.kept import open_kept
from tui.screens.settings import SETTINGS, SettingsDesk
from tui.widgets.ink import Piece, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import settings

WEEK = 7


@value_class
class WeekdayLine:
    """A weekday (0 is Monday) and its hours; None when it is not worked."""

    weekday: int
    hours: DayHours | None

    @property
    def own(self) -> bool:
        return self.hours != DEFAULT_WEEK.get(self.weekday)


class HoursScreen(SettingsDesk):
    """Seven days with hours and break."""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[WeekdayLine](
            (
                Column("", lambda line: ("*", "key") if line.own else "", width=1),
                Column(_("Day"), lambda line: weekday_names()[line.weekday], width=12),
                Column(_("Open"), _open, width=16),
                Column(_("Break"), _break, width=16),
                Column(_("Work"), _work),
            ),
            key=lambda line: line.weekday,
            id="hours",
        )
        return (self.list,)

    def context(self) -> str:
        return "hours"

    def place(self) -> tuple[str, str]:
        return _("Settings"), _("Office hours")

    @property
    def line(self) -> WeekdayLine | None:
        return cast("WeekdayLine | None", self.list.current)

    def is_own(self) -> bool:
        return self.line is not None and self.line.own

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("Retries, callback keys and open/closed in the status line follow these hours."), "normal")],
            [(_("What was promised already keeps its time."), "muted")],
        ]

    async def read(self) -> None:
        week = (await self.store.settings.calendar()).week
        await self.fill([WeekdayLine(weekday, week.get(weekday)) for weekday in range(WEEK)])

    async def do_hours_edit(self) -> None:
        line = self.line
        if line is None:
            return

        async def save(text: str) -> None:
            await self._save(line.weekday, read_hours(text))

        text = settings.hours_typed(line.hours) if line.hours is not None else ""
        hint = _("as 8-12 13-17, or 8-14 without a break · ctrl+u empties · enter saves · esc goes back")
        await self.type_in(f"hours {line.weekday}", weekday_names()[line.weekday], text, hint, save)

    async def _save(self, weekday: int, hours: DayHours | None) -> None:
        await self.store.settings.set_hours(weekday, hours)
        what = _("day off") if hours is None else settings.hours_typed(hours)
        await self.changed(f"{weekday_names()[weekday]}: {what}")

    async def do_hours_off(self) -> None:
        line = self.line
        if line is not None and line.hours is not None:
            await self._save(line.weekday, None)
        elif line is not None:
            self.say(_("{day} is not worked already. e gives it hours.").format(day=_day(line)), "muted")

    async def do_hours_default(self) -> None:
        line = self.line
        if line is not None:
            await self.store.settings.default_hours(line.weekday)
            await self.changed(_("{day} has the hours that Loket starts with.").format(day=_day(line)))


def _day(line: WeekdayLine) -> str:
    return weekday_names()[line.weekday]


def _open(line: WeekdayLine) -> Piece:
    if line.hours is None:
        return _("not worked"), "muted"
    return settings.stretch(line.hours.opens, line.hours.closes), "normal"


def _break(line: WeekdayLine) -> str:
    hours = line.hours
    if hours is None or hours.break_from is None or hours.break_until is None:
        return "–"
    return settings.stretch(hours.break_from, hours.break_until)


def _work(line: WeekdayLine) -> str:
    """How long is worked: '8 h', '6 h 30 min'."""
    hours = line.hours
    if hours is None:
        return ""
    minutes = _minutes(hours.opens, hours.closes)
    if hours.break_from is not None and hours.break_until is not None:
        minutes -= _minutes(hours.break_from, hours.break_until)
    whole, rest = divmod(minutes, 60)
    text = _("{h} h {m} min") if rest else _("{h} h")
    return text.format(h=whole, m=rest)


def _minutes(begins: time, ends: time) -> int:
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute


class ClosedDaysScreen(SettingsDesk):
    """The closed days of a year: national ones stay, the office adds its own."""

    def __init__(self) -> None:
        super().__init__()
        self.year = 0
        self._calendar = OfficeCalendar()

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[ClosedDayRow](
            (
                Column(_("Day"), self._day, width=24),
                Column(_("Why"), lambda row: row.name),
                Column(_("Whose"), _whose, width=10),
                Column(_("Promises"), lambda row: (str(row.promised), "warn") if row.promised else "", width=8),
            ),
            key=lambda row: (row.day, row.own),
            id="closed-days",
        )
        return (self.list,)

    def _day(self, row: ClosedDayRow) -> str:
        return day_words(row.day, self._today())

    def _today(self) -> date:
        return self.loket.now().astimezone(WIB).date()

    def context(self) -> str:
        return "closed-days"

    def place(self) -> tuple[str, str]:
        return _("Settings"), _("Closed days of {year}").format(year=self.year or self._today().year)

    @property
    def row(self) -> ClosedDayRow | None:
        return cast("ClosedDayRow | None", self.list.current)

    def is_own(self) -> bool:
        return self.row is not None and self.row.own

    def idle_lines(self) -> list[list[Piece]]:
        row = self.row
        if row is None:
            text = _("No closed day of this year is known. National days come with the year; a adds one of the office.")
            return [[(text, "key")]]
        return [[(text, "normal")] for text in wrap(self.effect(row.day, row.promised), self.size.width - 2, 2)]

    def effect(self, day: date, promised: int) -> str:
        """What a closed day does, in words."""
        if day.weekday() not in self._calendar.week:
            return _("{day} is not worked anyway.").format(day=day_words(day, self._today()))
        opens = day_words(self._calendar.next_working_day(day), self._today())
        text = _("{day} closed: callback keys and retries go to {opens}.").format(
            day=day_words(day, self._today()), opens=opens
        )
        if not promised:
            return text
        waits = ngettext("1 promised call waits until then", "{n} promised calls wait until then", promised)
        return f"{text} {waits.format(n=promised)}."

    async def read(self) -> None:
        self.year = self.year or self._today().year
        self._calendar = await self.store.settings.calendar()
        rows = await self.store.settings.closed_days(self.year)
        first = self.list.source is None
        await self.fill(rows)
        if first:
            today = self._today()
            await self.list.go(next((at for at, row in enumerate(rows) if row.day >= today), 0))

    async def do_year_before(self) -> None:
        await self._go_to(self.year - 1)

    async def do_year_after(self) -> None:
        await self._go_to(self.year + 1)

    async def _go_to(self, year: int) -> None:
        self.year = year
        await self.read()
        await self.list.go(0)

    async def do_day_add(self) -> None:
        async def save(text: str) -> None:
            day, name = read_day(text, self.year)
            if name:
                await self._close(day, name)
            else:
                await self._ask_why(day)

        hint = _("date and reason, as 7/8 rapat kerja · enter closes · esc goes back")
        await self.type_in("close", _("Close on"), "", hint, save)

    async def _ask_why(self, day: date) -> None:
        async def named(text: str) -> None:
            if text.strip():
                await self._close(day, text.strip())
                return
            await self._ask_why(day)
            self.say(_("Write a few words; colleagues will read them."), "warn")

        label = _("Why closed on {day}").format(day=day_words(day, self._today()))
        hint = _("It stands in the calendar · enter closes · esc goes back")
        await open_kept(self, f"{SETTINGS}close {day}", PromptLine(label, "", hint, 120), named)

    async def _close(self, day: date, name: str) -> None:
        await self.store.office.add_closed_day(day, name)
        self.year = day.year
        await self.read()
        rows = await self.store.settings.closed_days(self.year)
        at = next(at for at, row in enumerate(rows) if row.day == day and row.own)
        await self.list.go(at)
        await self.changed(self.effect(day, rows[at].promised))

    async def do_day_remove(self) -> None:
        row = self.row
        if row is not None:
            await self.store.settings.remove_closed_day(row.day)
            await self.changed(_("{day} is worked again.").format(day=day_words(row.day, self._today())))


def _whose(row: ClosedDayRow) -> Piece:
    return (_("the office"), "key") if row.own else (_("national"), "muted")
