"""Codes that nobody wrote onto older vouchers: the transaction of a listing beside each file, and a person's yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.widget import Widget

from store.archive_rows import ArchivedRow, CodeSuggestion
from store.rules.dates import format_short
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens.archive_desk import ArchiveDesk, Done
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive

MOST: Final = 500
"""Files without a code that are looked at together; the next ones come when these are done."""


class CodesScreen(ArchiveDesk):
    """What fits best stands beside a file; → shows another one that fits as well."""

    def __init__(self, done: list[Done]) -> None:
        super().__init__(done)
        self.files: list[ArchivedRow] = []
        self.found: dict[int, list[CodeSuggestion]] = {}
        self.at: dict[int, int] = {}
        self.marks: set[int] = set()

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[ArchivedRow](
            (
                Column("", lambda row: ("*", "key") if row.archived_id in self.marks else "", width=1),
                Column(_("Prog."), lambda row: row.program, width=5),
                Column(_("Name"), lambda row: row.name, share=3),
                Column(_("KPJ"), lambda row: row.kpj, width=11),
                Column(_("Amount"), lambda row: archive.rupiah(row.amount), width=14, right=True, hide_below=96),
                Column(_("Date"), lambda row: format_short(row.dated) if row.dated else "", width=10, hide_below=110),
                Column(_("May be"), lambda row: archive.suggested(self.suggestion(row)), width=28),
            ),
            key=lambda row: row.archived_id,
            id="codes",
        )
        return (self.rows,)

    def context(self) -> str:
        return "archive-codes"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("without a code: {n}").format(n=number(len(self.files)))

    def facts(self) -> Facts:
        me, row = self.loket.me, self.rows.current
        several = self.found.get(row.archived_id, []) if row is not None else []
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            marked=len(self.marks),
            attach=bool(several),
            numbers=len(several),
        )

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        if row is None:
            return self.told(_("Every file in the archive has its code."), "good")
        several = self.found.get(row.archived_id, [])
        told = archive.suggestion_line(self.suggestion(row), self.at.get(row.archived_id, 0), len(several))
        marked = ngettext("1 marked", "{n} marked", len(self.marks)).format(n=number(len(self.marks)))
        return [
            [told],
            [
                (marked if self.marks else _("enter: yes, and the next one"), "muted"),
                (f"   {self.rows.position()}", "muted"),
            ],
        ]

    def suggestion(self, row: ArchivedRow) -> CodeSuggestion | None:
        """The transaction that stands beside a file now."""
        several = self.found.get(row.archived_id, [])
        return several[self.at.get(row.archived_id, 0) % len(several)] if several else None

    # Reading

    async def read_again(self) -> None:
        self.files = await self.store.archive.without_code(0, MOST)
        ids = [row.archived_id for row in self.files]
        found: dict[int, list[CodeSuggestion]] = {}
        for each in await self.store.archive.suggestions(ids):
            found.setdefault(each.archived.archived_id, []).append(each)
        self.found = {key: sorted(rows, key=lambda one: not one.same_name) for key, rows in found.items()}
        self.marks &= set(found)
        await self.rows.fill(self.files)
        self.frame()

    # A person's yes

    async def do_code_yes(self) -> None:
        row = self.rows.current
        found = None if row is None else self.suggestion(row)
        if row is not None and found is not None:
            _count, ref = await self.store.archive.fill_codes({row.archived_id: found.payment_id})
            await self.did(_("{name} has the code {code}").format(name=archive.short(row), code=found.code), ref)

    async def do_code_other(self) -> None:
        row = self.rows.current
        if row is not None:
            self.at[row.archived_id] = (self.at.get(row.archived_id, 0) + 1) % len(self.found[row.archived_id])
            self.rows.paint()

    async def do_code_mark(self) -> None:
        row = self.rows.current
        if row is not None:
            self.marks ^= {row.archived_id}
            await self.rows.move("down")
            self.rows.paint()

    async def do_code_sure(self) -> None:
        sure = {key for key, rows in self.found.items() if len(rows) == 1 and rows[0].same_name and rows[0].only}
        self.marks = set() if sure and sure <= self.marks else self.marks | sure
        self.rows.paint()
        if not sure:
            self.say(_("None of them is sure; look at each (enter, space)."), "warn")

    async def do_code_marked(self) -> None:
        chosen: dict[int, int] = {}
        for row in self.files:
            found = self.suggestion(row)
            if row.archived_id in self.marks and found is not None:
                chosen[row.archived_id] = found.payment_id
        unlike = sum(
            not found.same_name
            for row in self.files
            if row.archived_id in chosen and (found := self.suggestion(row)) is not None
        )
        text = ngettext("Write the code of 1 file?", "Write the codes of {n} files?", len(chosen))
        asked = text.format(n=number(len(chosen)))
        if unlike:
            differ = ngettext("Of 1 the names differ.", "Of {n} the names differ.", unlike)
            asked = f"{asked} {differ.format(n=number(unlike))}"

        async def write() -> None:
            count, ref = await self.store.archive.fill_codes(chosen)
            self.marks = set()
            said = ngettext("1 file has its code", "{n} files have their codes", count)
            await self.did(said.format(n=number(count)), ref)

        self.confirm(asked, write)
