"""Files that are lent: who has which, until when; the late ones first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.widget import Widget

from store.archive_rows import LoanRow
from tui.commands import Facts
from tui.i18n import WIB, _, day_words, number, short_moment
from tui.screens.archive_box import BoxScreen
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.archive_find import FindScreen
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive


class LoansScreen(ArchiveDesk):
    """All that is out, or the late ones alone."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.only_late = False

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[LoanRow](
            (
                Column(_("Until"), lambda row: archive.loan_state(row, self.today), width=22),
                Column(_("Who has it"), lambda row: row.borrower, share=2),
                Column(_("Name"), lambda row: row.archived.name, share=3),
                Column(_("Place"), _place, share=2),
                Column(_("Since"), lambda row: short_moment(row.out_at, self.loket.now()), width=11, hide_below=96),
                Column(_("Why"), lambda row: (row.why, "muted"), share=2, hide_below=110),
            ),
            key=lambda row: row.loan_id,
            id="loans",
        )
        return (self.rows,)

    def context(self) -> str:
        return "archive-loans"

    def place(self) -> tuple[str, str]:
        word = _("late: {n}") if self.only_late else _("lent: {n}")
        return _("Archive"), word.format(n=number(self.rows.total))

    def facts(self) -> Facts:
        me, row = self.loket.me, self.rows.current
        lent = row is not None and row.back_at is None
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total, lent=lent)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        if row is None:
            none = _("Nothing is late.") if self.only_late else _("Nothing is lent.")
            return self.told(" ".join((none, _("/ finds a file; s on it lends it."))))
        out = day_words(row.out_at.astimezone(WIB).date(), self.today)
        told = _("{who} has it since {day}: {why}").format(who=row.borrower, day=out, why=row.why)
        return self.two_lines(
            [told, " · ".join((_place(row), row.archived.code, _("given by {name}").format(name=row.out_by)))]
        )

    # Reading

    async def read_again(self) -> None:
        rows = await (self.store.loans.late() if self.only_late else self.store.loans.out_now())
        await self.rows.fill(rows)
        self.frame()

    async def do_loan_show(self) -> None:
        self.only_late = not self.only_late
        await self.read_again()

    # Back, later

    async def do_loan_back(self) -> None:
        row = self.rows.current
        if row is not None:
            _count, ref = await self.store.loans.give_back([row.loan_id])
            text = _("{name} is back: it goes into {place}")
            await self.did(text.format(name=archive.short(row.archived), place=_place(row)), ref)

    async def do_loan_due(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def moved(day: date) -> None:
            ref = await self.store.loans.extend(row.loan_id, row.version, day)
            until = day_words(day, self.today)
            await self.did(_("{who} has it until {day} now").format(who=row.borrower, day=until), ref)

        await self.ask_day(f"due {row.loan_id}", await self.store.loans.usual_due(), moved)

    # Other screens

    async def do_loan_place(self) -> None:
        row = self.rows.current
        place = None
        if row is not None and row.archived.place_id is not None:
            place = await self.store.archive.place(row.archived.place_id)
        if row is not None and place is not None:
            await self.loket.push_screen(BoxScreen(self.done, place, row.archived.archived_id))

    async def do_loan_lend(self) -> None:
        await self.loket.push_screen(FindScreen(self.done))


def _place(row: LoanRow) -> str:
    """Where it belongs: 'box JHT 3 · R2'."""
    file = row.archived
    name = archive.place_name(file.place_kind or "", file.place_program, file.place_number)
    return " · ".join(filter(None, (name, file.shelf)))
