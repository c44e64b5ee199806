"""How long papers are kept, by programme and kind of place: the office says it, Loket knows no period of its own."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from store.errors import Invalid
from store.value_class import value_class
from tui.i18n import _, ngettext, number
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive

SETTING = "archive.retention"


@value_class
class YearsLine:
    """A programme or kind of place, and the whole years; None: nobody has said."""

    key: str
    years: int | None


class YearsScreen(SettingsDesk):
    """A line for each; enter types the years."""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[YearsLine](
            (
                Column(_("Papers"), lambda line: _name(line.key), width=24),
                Column(_("Kept"), _kept),
            ),
            key=lambda line: line.key,
            id="years",
        )
        return (self.list,)

    def context(self) -> str:
        return "archive-years"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("years kept")

    def is_own(self) -> bool:
        line = self.list.current
        return line is not None and line.years is not None

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("Counted from the end of the year of the youngest paper in a place."), "normal")],
            [(_("Ask the agency's archive rules; a place can have its own day (F6, e, 6)."), "muted")],
        ]

    async def read(self) -> None:
        years = await self.store.retention.years()
        await self.list.fill([YearsLine(key, value) for key, value in years.items()])

    async def do_years_edit(self) -> None:
        line = self.list.current
        if line is None:
            return

        async def save(text: str) -> None:
            value = text.strip()
            if value and not (value.isascii() and value.isdecimal() and 1 <= int(value[:4]) <= 100):
                raise Invalid(SETTING, value, "unreadable")
            years = {key: kept for key, kept in (await self.store.retention.years()).items() if kept is not None}
            years.pop(line.key, None)
            if value:
                years[line.key] = int(value)
            await self.store.office.set_setting(SETTING, years)
            await self.changed(f"{_name(line.key)}: {_kept(YearsLine(line.key, years.get(line.key)))[0]}")

        hint = _("whole years, 1 to 100; nothing: not said · enter saves · esc goes back")
        await self.type_in(
            f"years {line.key}", _name(line.key), "" if line.years is None else str(line.years), hint, save
        )


def _name(key: str) -> str:
    return archive.kind(key) if key in archive.KINDS else _("box {program}").format(program=key)


def _kept(line: YearsLine) -> Piece:
    if line.years is None:
        return _("nobody has said"), "muted"
    return ngettext("1 year", "{n} years", line.years).format(n=number(line.years)), "normal"
