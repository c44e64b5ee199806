"""The recap of the voucher desk, as the recaps desk shows it: files, amounts, states, days and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.recaps_vouchers import VoucherRecap
from store.rules.dates import Period
from store.rules.money import format_rupiah
from tui.commands.recaps import VOUCHER_VIEWS
from tui.i18n import N_, _, number, period_words
from tui.recap_kinds import VOUCHERS
from tui.screens.recap_faces import KindFace
from tui.screens.recaps_views import GroupRow, count_columns, definition_lines, sentences, summary_lines
from tui.widgets.charts import bars
from tui.widgets.ink import EMPTY, Line, fixed, line
from tui.widgets.window_table import Column
from tui.words import voucher_recap as words

if TYPE_CHECKING:
    from tui.shell import LoketApp

_TABLES: Final = {
    "view-vo-programs": (N_("Programme"), words.programs),
    "view-vo-states": (N_("State"), words.states),
    "view-vo-days": (N_("Day"), words.days),
}


class VoucherFace(KindFace[VoucherRecap]):
    """Claim files and their vouchers, by the day of the transaction."""

    name = "vouchers"
    key = "v"
    views = VOUCHER_VIEWS
    tables = frozenset(_TABLES)

    def __init__(self) -> None:
        super().__init__(VOUCHERS)

    def short(self) -> str:
        return _("vouchers")

    def title(self) -> str:
        return _("Recap of vouchers")

    def groups(self, recap: VoucherRecap) -> list[GroupRow]:
        """Name, files, and the amount where this person may see amounts."""
        told = _TABLES[self.view][1](recap)
        return [GroupRow(name, (files,) if amount is None else (files, amount)) for name, files, amount in told]

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        name, files, drawn = count_columns(_(_TABLES[self.view][0]), (N_("Files"),), longest)
        if self.recap is None or not self.recap.amounts:
            return name, files, drawn
        return name, files, Column(_("Amount"), lambda row: format_rupiah(row.counts[-1]), width=20, right=True), drawn

    def shown(self, recap: VoucherRecap, width: int) -> list[Line]:
        if self.view == "view-vo-signatures":
            return _signatures(recap, width)
        if self.view == "view-vo-definitions":
            return definition_lines(words.figures(recap), width)
        return summary_lines(words.figures(recap), words.charted(recap), width)

    def empty(self, recap: VoucherRecap) -> list[str]:
        said = [_("No claim file is of {period}.").format(period=self.label())]
        if recap.figures.without_file:
            text = _("{n} transactions of the listing wait for their paper.")
            said.append(text.format(n=number(recap.figures.without_file)))
        return [*said, _("F5 receives files. ← → go to other months, r types one.")]

    def warning(self, recap: VoucherRecap, period: str) -> str:
        told = recap.figures
        question = _("Close {period}: {files} files, {unsigned} not signed by all, {lacking} without paper?")
        unsigned, lacking = number(told.files - told.signed), number(told.without_file)
        return question.format(period=period, files=number(told.files), unsigned=unsigned, lacking=lacking)

    async def book(self, shell: LoketApp, period: Period) -> str:
        recap, name = await self.write_book(shell, period)
        if not name:
            return _("No claim file is of {period}; no file was written.").format(period=period_words(str(period)))
        return _("Recap of {n} claim files: KELUAR/{name}").format(n=number(recap.figures.files), name=name)


def _signatures(recap: VoucherRecap, width: int) -> list[Line]:
    """Whose signatures were seen, and how long they took."""
    rows = words.signers(recap)
    if not rows:
        said = _("Nobody has signed anything of this period. F5 sends files out for signing.")
        return sentences([said], width)
    lines = [line((" " + _("Signatures seen"), "strong"))]
    lines += bars([(f" {name}", count, "normal") for name, count, _half in rows], width - 1)
    lines += [EMPTY, line((" " + _("Half of them within"), "strong"))]
    name_width = width - 16
    return [*lines, *(line((f" {fixed(name, name_width)}", "normal"), (half, "strong")) for name, _n, half in rows)]
