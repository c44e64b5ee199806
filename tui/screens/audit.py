"""The audit trail (jejak): who did what, of one participant, one of the staff, some days, a kind; never a value."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

import printing
from store.errors import NotFound
from store.rules.dates import PeriodError, parse_period, read_date
from store.rules.trail import TrailKind, kind_of
from store.trail import TrailFilter, TrailRow
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.kept import Unkept
from tui.screens import files_out
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import audit

if TYPE_CHECKING:
    from store import Store

MOST, MOST_ON_PAPER = 100_000, 5_000
"""Rows of a file: what a sheet holds well, and what anybody reads on paper."""
_KINDS = ("", *TrailKind)
_ROLES = {TrailKind.REFUSED: "bad", TrailKind.LOOK: "warn", TrailKind.EXPORT: "warn", TrailKind.LOGIN: "muted"}


@value_class
class Trail:
    """The trail through a filter, as a source of a table."""

    store: Store
    wanted: TrailFilter

    async def count(self) -> int:
        return await self.store.audit.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[TrailRow]:
        return await self.store.audit.rows(self.wanted, offset, limit)


class AuditScreen(DeskScreen):
    """A window of the trail, the newest first. What comes while one reads is not followed: `f` and back reads anew."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = TrailFilter()

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[TrailRow](
            (
                Column(_("When"), lambda row: audit.stamp_of(row)[:-3], width=16),
                Column(_("By"), lambda row: row.by, width=12),
                Column(_("Work"), self._deed, share=3),
                Column(_("About"), audit.whom, share=2),
            ),
            key=lambda row: row.audit_id,
            id="audit",
        )
        return (self.list,)

    def _deed(self, row: TrailRow) -> Piece:
        return audit.deed(row), _ROLES.get(kind_of(row.action), "normal")

    def context(self) -> str:
        return "audit"

    def place(self) -> tuple[str, str]:
        return _("Trail"), audit.asked(self.wanted)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.list.current
        if row is None:
            return [[(_("Nothing of that stands in the trail. k, n, r and f ask otherwise."), "muted")]]
        whom = " · ".join(part for part in (audit.whom(row), row.login, row.action) if part)
        first = f"{number(row.audit_id)} {audit.deed(row)}"
        return [[(first, "normal"), (f"   {self.list.position()}", "muted")], [(whom, "muted")]]

    async def arrived(self) -> None:
        if self.list.source is None:
            await self._open(self.wanted)

    async def step_back(self) -> None:
        if self.wanted != TrailFilter():
            await self._open(TrailFilter())
        else:
            self.dismiss()

    async def _open(self, wanted: TrailFilter) -> None:
        await self.list.open(Trail(self.store, wanted))
        self.wanted = wanted
        self.frame()

    # Asking otherwise

    def _ask(self, title: str, text: str, hint: str, read: Callable[[str], TrailFilter | str]) -> None:
        """A line whose text becomes another filter; what cannot be read, or nobody has, is said and typed again."""

        async def entered(typed: str) -> None:
            found = read(typed.strip())
            if isinstance(found, TrailFilter):
                try:
                    await self._open(found)
                    return
                except NotFound as unknown:
                    found = _("“{text}” is not known here. Look at it again.").format(text=unknown.key)
            self._ask(title, typed, hint, read)
            self.say(found, "warn")

        self.open_prompt(PromptLine(title, text, hint, 40), entered, keep=Unkept.SEARCH)

    async def do_audit_person(self) -> None:
        hint = _("a KPJ · empty: everybody · enter shows · esc drops")
        self._ask(_("Participant"), self.wanted.kpj, hint, lambda text: replace(self.wanted, kpj=text))

    async def do_audit_staff(self) -> None:
        hint = _("a login · empty: everybody · enter shows · esc drops")
        self._ask(_("Staff"), self.wanted.staff, hint, lambda text: replace(self.wanted, staff=text))

    async def do_audit_days(self) -> None:
        hint = _("2023-07, 31-07-2023, or 01-07-2023 15-07-2023 · empty: all · enter shows")
        self._ask(_("Days"), "", hint, self._days)

    def _days(self, text: str) -> TrailFilter | str:
        days = _span(text)
        if days is None:
            return _("“{text}” is no day. For example: 31-07-2023").format(text=text)
        return replace(self.wanted, start=days[0], end=days[1])

    async def do_audit_kind(self) -> None:
        following = _KINDS[(_KINDS.index(self.wanted.kind) + 1) % len(_KINDS)]
        await self._open(replace(self.wanted, kind=following))
        found = ngettext("1 entry", "{n} entries", self.list.total).format(n=number(self.list.total))
        asked = _(audit.KINDS[following]) if following else _("everything")
        self.say(f"{asked}: {found}", "muted")

    # Files

    async def do_audit_book(self) -> None:
        self._write(self._book)

    async def do_audit_pages(self) -> None:
        self._write(self._pages)

    def _write(self, work: Callable[[TrailFilter], Awaitable[str]]) -> None:
        shell, wanted = self.loket, self.wanted
        shell.run_worker(files_out.told(shell, lambda: work(wanted)))

    async def _book(self, wanted: TrailFilter) -> str:
        rows = await self.store.audit.every(wanted, MOST)
        with files_out.reserved(self.loket, "jejak") as path:
            await self.store.audit.write_book(path, audit.sheets(rows, wanted))
        return _said(len(rows), path.name)

    async def _pages(self, wanted: TrailFilter) -> str:
        shell = self.loket
        rows = await self.store.audit.every(wanted, MOST_ON_PAPER)
        anchor = (await self.store.audit.anchor(outside=False)).anchor.line
        sheet, words = audit.pages(rows, wanted, anchor, shell.me, shell.now())
        pdf = await asyncio.to_thread(printing.trail, sheet, words)
        with files_out.reserved(shell, "jejak", ".pdf") as path:
            await self.store.audit.write_pages(path, pdf)
        return _said(len(rows), path.name)


def _said(count: int, name: str) -> str:
    said = ngettext("1 entry of the trail: KELUAR/{name}", "{n} entries of the trail: KELUAR/{name}", count)
    return said.format(n=number(count), name=name)


def _span(text: str) -> tuple[date | None, date | None] | None:
    """The days that a text asks for: none, one, a month or a range of months, or two."""
    words = text.split()
    if not words:
        return None, None
    if len(words) == 1:
        try:
            period = parse_period(words[0])
            return period.first, (period.last + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        except PeriodError:
            pass
    days = [read_date(word, field="day").value for word in words[:2]]
    if None in days or len(words) > 2:
        return None
    return min(cast("list[date]", days)), max(cast("list[date]", days))
