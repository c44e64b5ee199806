"""The recaps desk (F7): the figures of a month or a range as numbers and bars, files of them, closing a period."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar, cast

from textual.timer import Timer
from textual.widget import Widget

from store.errors import StoreError
from store.rules.dates import Period, PeriodError, parse_period, shifted
from tui.commands import Command, Facts
from tui.i18n import _, period_words
from tui.kept import Unkept
from tui.screens import files_out
from tui.screens.base import DeskScreen
from tui.screens.daily import DailyScreen
from tui.screens.recap_faces import Face, Jht56Face
from tui.screens.recaps_data import CorrectionFace, QualityFace
from tui.screens.recaps_incoming import IncomingFace
from tui.screens.recaps_views import GroupRow, group_columns
from tui.screens.recaps_vouchers import VoucherFace
from tui.widgets.ink import Piece
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable

PATIENCE = 10
"""While others work the figures are read again at most so many times as long after as reading them took."""


class RecapsScreen(DeskScreen):
    """Keeps its period and its view while another desk is in front."""

    desk: ClassVar[str] = "desk-recaps"

    def __init__(self) -> None:
        super().__init__()
        self.faces: tuple[Face, ...] = (Jht56Face(), IncomingFace(), VoucherFace(), CorrectionFace(), QualityFace())
        self.face: Face = self.faces[0]
        self._took = 0.0
        self._later: Timer | None = None

    @property
    def period(self) -> Period | None:
        """The period that is shown."""
        return self.face.period

    # What the desk says about itself

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="page")
        self.list = WindowTable[GroupRow](group_columns("companies", 1), key=lambda row: row.name, id="groups")
        return (self.page, self.list)

    def context(self) -> str:
        return f"recap-{self.face.name}"

    def contexts(self) -> tuple[str, ...]:
        """The keys of the recap that is shown, then those of all recaps."""
        held = super().contexts()
        return held if self.asking else (held[0], "recap", *held[1:])

    def place(self) -> tuple[str, str]:
        return self.face.title(), self.face.label()

    def facts(self) -> Facts:
        me, face = self.loket.me, self.face
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            people=face.size(),
            closable=face.closable,
            closed=bool(face.closed()),
            claim_files=face.name == "vouchers",
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list if self.face.is_table else self.page)

    def idle_lines(self) -> list[list[Piece]]:
        tabs: list[Piece] = []
        for command in self.face.views:
            label = _(command.label)
            if command.id == self.face.view:
                tabs += [(command.keys[0], "key"), (f"[{label}] ", "strong")]
            else:
                tabs += [(command.keys[0], "key"), (f" {label}  ", "muted")]
        return [tabs, self._state()]

    def _state(self) -> list[Piece]:
        other: Piece = (" · ".join(f"{face.key} {face.short()}" for face in self.faces if face is not self.face), "key")
        if not self.face.size():
            return [other]
        closed = self.face.closed()
        if closed:
            said: Piece = (_("Period {closed}").format(closed=closed), "good")
            return [said, (" · ", "muted"), other]  # when and by whom is told whole; the keys are those of every recap
        said = (_("not closed"), "muted") if self.face.closable else (_("kept daily"), "muted")
        where = self.list.position() if self.face.is_table else self.page.position()
        return [other, (" · ", "muted"), said, (_(" · x workbook"), "muted"), (f" {where}", "muted")]

    # Reading

    async def arrived(self) -> None:
        if self.face.period is None:
            self.face.period = await self.face.newest(self.store)
        await self._read()

    async def others_changed(self) -> None:
        """Soon, not at once: the figures of many people take a while, and nobody waits for them."""
        if self._later is None:
            wait = PATIENCE * self._took if self._took > 0.05 else 0
            self._later = self.set_timer(max(0.01, wait), self._again)

    async def _again(self) -> None:
        self._later = None
        if self.is_active:
            await self.guarded(self._read)
            self.frame()

    async def lost(self, error: StoreError) -> None:
        await self._show()

    async def _read(self, *, from_top: bool = False) -> None:
        began = time.monotonic()
        await self.face.read(self.store)
        self._took = time.monotonic() - began
        await self._show(from_top=from_top)

    async def _show(self, *, from_top: bool = False) -> None:
        face = self.face
        self.list.set_class(not face.is_table, "away")
        self.page.set_class(face.is_table, "away")
        if face.is_table:
            rows = face.rows()
            self.list.columns = face.columns(max((row.counts[0] for row in rows), default=0))
            await self.list.fill(rows, from_top=from_top)
        else:
            self.page.fill(face.lines, from_top=from_top)

    def on_resize(self) -> None:
        self.call_after_refresh(self.frame)

    # Periods

    async def _go_to(self, period: Period) -> None:
        self.face.period = period
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
        self.open_prompt(PromptLine(_("Period"), text, hint, 20), entered, keep=Unkept.VIEW)

    # Recaps and their views

    async def do_recap_jht56(self) -> None:
        await self._turn_to("jht56")

    async def do_recap_incoming(self) -> None:
        await self._turn_to("incoming")

    async def do_recap_vouchers(self) -> None:
        await self._turn_to("vouchers")

    async def do_recap_corrections(self) -> None:
        await self._turn_to("corrections")

    async def do_recap_quality(self) -> None:
        await self._turn_to("quality")

    async def _turn_to(self, name: str) -> None:
        self.face = next(face for face in self.faces if face.name == name)
        await self.arrived()
        await self._show(from_top=True)
        self.frame()

    async def do(self, command: Command) -> None:
        """The family 'view-summary', 'view-companies', 'view-in-topics' …"""
        await self._look_at(command.id)

    async def do_recap_next(self) -> None:
        views = [command.id for command in self.face.views]
        await self._look_at(views[(views.index(self.face.view) + 1) % len(views)])

    async def _look_at(self, view: str) -> None:
        self.face.view = view
        await self._show(from_top=True)
        self.frame()
        self.call_after_refresh(self.frame)  # how far the page goes is known once it is laid out

    async def do_daily(self) -> None:
        await self.loket.push_screen(DailyScreen())

    # Files, closing

    async def do_save_results(self) -> None:
        """x saves the period that is shown, without asking for another."""
        if self.period is not None:
            shell, face, period = self.loket, self.face, self.period
            shell.run_worker(files_out.told(shell, lambda: face.book(shell, period)))

    async def do_recap_pages(self) -> None:
        if self.period is not None:
            shell, face, period = self.loket, self.face, self.period
            shell.run_worker(files_out.told(shell, lambda: face.pages(shell, period)))

    async def do_recap_close(self) -> None:
        face, period = self.face, self.period
        if not face.closable or not face.size() or period is None:
            return

        async def close() -> None:
            await face.close(self.store)
            self.loket.saved()
            await self._show()
            self.say(_("Closed: {period} gives these figures from now on.").format(period=words), "good")

        words = period_words(str(period))
        text = face.question(words)
        self.confirm(text if len(text) <= self.size.width - 4 else face.question(str(period)), close)
