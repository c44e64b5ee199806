"""All days of the voucher desk: what was paid, what is here, what is missing, and how far the files are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.widget import Widget

from store.rules.permissions import Permission
from store.rules.vouchers import FileState
from store.voucher_days import VoucherDay
from tui.commands import Facts
from tui.i18n import _, number
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import voucher_desk

if TYPE_CHECKING:
    from tui.screens.vouchers import VouchersScreen

_S = FileState


def _count(title: str, *states: FileState, width: int = 6) -> Column[VoucherDay]:
    def cell(row: VoucherDay) -> str:
        count = sum(row.files.get(state, 0) for state in states)
        return number(count) if count else ""

    return Column(title, cell, width=width, right=True)


def _warns(title: str, name: str, width: int) -> Column[VoucherDay]:
    def cell(row: VoucherDay) -> Piece:
        count = int(getattr(row, name))
        return (number(count), "warn") if count else ("", "muted")

    return Column(title, cell, width=width, right=True)


class DaysScreen(DeskScreen):
    """Above the desk; enter shows the files of the day there."""

    desk: ClassVar[str] = "desk-vouchers"

    def __init__(self, vouchers: VouchersScreen) -> None:
        super().__init__()
        self.vouchers = vouchers

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[VoucherDay]((), key=lambda row: row.day, id="voucher-days")
        return (self.list,)

    def _columns(self) -> tuple[Column[VoucherDay], ...]:
        sees = Permission.SEE_FILE_AMOUNTS in self.loket.me.permissions
        amount: Column[VoucherDay] = Column(_("Amount"), voucher_desk.day_amount, width=20, right=True, hide_below=110)
        return (
            Column(_("Day"), lambda row: f"{row.day:%d-%m-%Y}", width=10),
            Column(_("Listed"), lambda row: number(row.transactions) if row.transactions else "–", width=7, right=True),
            _warns(_("Missing"), "without_file", 8),
            _warns(_("Differ"), "differing", 6),
            _warns(_("Loose"), "loose", 6),
            _count(_("Match"), _S.MATCHED),
            _count(_("Print"), _S.PRINTED, _S.CONFIRMED),
            _count(_("Out"), _S.OUT, width=5),
            _count(_("Signed"), _S.COMPLETE, width=7),
            _count(_("Box"), _S.ARCHIVED, width=5),
            *([amount] if sees else []),
        )

    def context(self) -> str:
        return "voucher-days"

    def place(self) -> tuple[str, str]:
        return _("Vouchers"), _("all days")

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.list.current
        if row is None:
            return [[(_("No listing and no file is here yet. Next step: esc, then l brings a listing in."), "muted")]]
        words = voucher_desk.day_words_of(row, self.loket.now())
        legend = _("missing: transactions without a file · loose: files without a transaction")
        return [[(words, "normal")], [(f"{self.list.position()}   {legend}", "muted")]]

    async def arrived(self) -> None:
        self.list.columns = self._columns()
        await self.others_changed()

    async def others_changed(self) -> None:
        await self.list.fill(await self.store.voucher_days.list())
        self.frame()

    async def moved(self) -> None:
        self.frame()

    async def do_days_open(self) -> None:
        row = self.list.current
        if row is not None:
            await self.vouchers.show_day(row.day)
            self.dismiss()

    async def step_back(self) -> None:
        self.dismiss()
