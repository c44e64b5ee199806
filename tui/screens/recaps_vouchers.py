"""The recap of the voucher desk, as the recaps desk shows it: files, amounts, states, days and signatures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import printing
from store import Store
from store.recaps_vouchers import VoucherRecap
from store.rules.dates import Period, parse_period
from store.rules.money import format_rupiah
from tui.commands.recaps import VOUCHER_VIEWS
from tui.i18n import N_, _, number
from tui.screens import files_out
from tui.screens.recap_faces import Face
from tui.screens.recaps_views import GroupRow, definition_lines, summary_lines
from tui.widgets.charts import bar, bars
from tui.widgets.ink import EMPTY, Line, fixed, line, wrap
from tui.widgets.window_table import Column
from tui.words import results, voucher_recap_paper
from tui.words import voucher_recap as words

if TYPE_CHECKING:
    from tui.shell import LoketApp

_TABLES: Final = {
    "view-vo-programs": (N_("Programme"), words.programs),
    "view-vo-states": (N_("State"), words.states),
    "view-vo-days": (N_("Day"), words.days),
}
_BAR: Final = 24


class VoucherFace(Face):
    """Claim files and their vouchers, by the day of the transaction."""

    name = "vouchers"
    key = "v"
    views = VOUCHER_VIEWS
    tables = frozenset(_TABLES)

    def __init__(self) -> None:
        super().__init__()
        self.recap: VoucherRecap | None = None

    def short(self) -> str:
        return _("vouchers")

    def title(self) -> str:
        return _("Recap of vouchers")

    def size(self) -> int:
        return words.size(self.recap) if self.recap is not None else 0

    def closed(self) -> str:
        return results.closed_words(self.recap) if self.recap is not None else ""

    async def newest(self, store: Store) -> Period:
        return parse_period(f"{store.today():%Y-%m}")

    async def read(self, store: Store) -> None:
        assert self.period is not None
        self.recap = None
        self.recap = await store.recaps_vouchers.recap(self.period)

    def rows(self) -> list[GroupRow]:
        """Name, files, and the amount where this person may see amounts."""
        if self.recap is None:
            return []
        told = _TABLES[self.view][1](self.recap)
        return [GroupRow(name, (files,) if amount is None else (files, amount)) for name, files, amount in told]

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        amounts = self.recap is not None and self.recap.amounts
        amount: Column[GroupRow] = Column(_("Amount"), lambda row: format_rupiah(row.counts[-1]), width=20, right=True)
        return (
            Column(_(_TABLES[self.view][0]), lambda row: row.name, share=1),
            Column(_("Files"), lambda row: number(row.counts[0]), width=8, right=True),
            *((amount,) if amounts else ()),
            Column("", lambda row: bar(row.counts[0], longest, _BAR), width=_BAR, hide_below=105),
        )

    def lines(self, width: int) -> list[Line]:
        recap = self.recap
        if recap is None:
            return []
        if not self.size():
            return _nothing(recap, self.label(), width)
        if self.view == "view-vo-signatures":
            return _signatures(recap, width)
        if self.view == "view-vo-definitions":
            return definition_lines(words.figures(recap), width)
        return summary_lines(words.figures(recap), words.charted(recap), width)

    def question(self, period: str) -> str:
        assert self.recap is not None
        told = self.recap.figures
        question = _("Close {period}: {files} files, {unsigned} not signed by all, {lacking} without paper?")
        unsigned, lacking = number(told.files - told.signed), number(told.without_file)
        return question.format(period=period, files=number(told.files), unsigned=unsigned, lacking=lacking)

    async def close(self, store: Store) -> None:
        assert self.period is not None
        self.recap = await store.recaps_vouchers.close(self.period)

    async def book(self, shell: LoketApp, period: Period) -> str:
        recap, files = await shell.store.recaps_vouchers.results(period)
        if not words.size(recap):
            return _("No claim file is of {period}; no file was written.").format(period=self.label())
        with files_out.reserved(shell, f"rekap-voucher-{period}") as path:
            await shell.store.recaps_vouchers.write_results(path, words.sheets(recap, files, shell.now()))
        text = _("Recap of {n} claim files: KELUAR/{name}")
        return text.format(n=number(recap.figures.files), name=path.name)

    async def pages(self, shell: LoketApp, period: Period) -> str:
        recap = await shell.store.recaps_vouchers.recap(period)
        sheet = voucher_recap_paper.recap(recap, shell.me, shell.now())
        pdf = await asyncio.to_thread(printing.recap, *sheet)
        with files_out.reserved(shell, f"rekap-voucher-{period}", ".pdf") as path:
            await shell.store.recaps_vouchers.write_pages(path, pdf)
        return voucher_recap_paper.said(_("Recap: KELUAR/{name}").format(name=path.name), recap)


def _nothing(recap: VoucherRecap, period: str, width: int) -> list[Line]:
    said = [_("No claim file is of {period}.").format(period=period)]
    if recap.figures.without_file:
        text = _("{n} transactions of the listing wait for their paper.")
        said.append(text.format(n=number(recap.figures.without_file)))
    said.append(_("F5 receives files. ← → go to other months, r types one."))
    return [EMPTY, *(line((f"  {row}", "normal")) for text in said for row in wrap(text, width - 4, 3))]


def _signatures(recap: VoucherRecap, width: int) -> list[Line]:
    """Whose signatures were seen, and how long they took."""
    rows = words.signers(recap)
    if not rows:
        said = _("Nobody has signed anything of this period. F5 sends files out for signing.")
        return [EMPTY, *(line((f"  {row}", "normal")) for row in wrap(said, width - 4, 3))]
    lines = [line((" " + _("Signatures seen"), "strong"))]
    lines += bars([(f" {name}", count, "normal") for name, count, _half in rows], width - 1)
    lines += [EMPTY, line((" " + _("Half of them within"), "strong"))]
    name_width = width - 16
    return [*lines, *(line((f" {fixed(name, name_width)}", "normal"), (half, "strong")) for name, _n, half in rows)]
