"""Codes that nobody wrote onto older vouchers: the transaction of a listing beside each file, and a person's yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from store.archive_rows import ArchivedRow, CodeSuggestion
from store.rules.dates import format_short
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive

if TYPE_CHECKING:
    from store import Store

TOGETHER: Final = 500
"""Files without a code that are asked about in one question, while all of them are gone through."""


@value_class
class NoCodes:
    """Files without a code, as a source of a table; `found` is what those at hand may be, the likeliest first."""

    store: Store
    found: dict[int, list[CodeSuggestion]] = field(default_factory=dict)

    async def count(self) -> int:
        return (await self.store.archive.counts()).without_code

    async def rows(self, offset: int, limit: int) -> Sequence[ArchivedRow]:
        files = await self.store.archive.without_code(offset, limit)
        ids = [row.archived_id for row in files]
        self.found.update((each, []) for each in ids)
        for one in await self.store.archive.suggestions(ids):
            self.found[one.archived.archived_id].append(one)
        for each in ids:
            self.found[each].sort(key=lambda one: not one.same_name)
        return files


class CodesScreen(ArchiveDesk):
    """What fits best stands beside a file; → shows another one that fits as well.

    A mark holds the file and the transaction that stood beside it: when a colleague's work leaves another one there,
    nothing is written before a person looked again.
    """

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.found: dict[int, list[CodeSuggestion]] = {}
        self.chosen: dict[int, int] = {}  # the transaction that → brought beside a file
        self.marks: dict[int, int] = {}  # the transaction that was marked with a file

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
        return _("Archive"), _("without a code: {n}").format(n=number(self.rows.total))

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
        found = self.suggestion(row)
        told = archive.suggestion_line(found, several.index(found) if found is not None else 0, len(several))
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
        wanted = self.chosen.get(row.archived_id)
        return next((one for one in several if one.payment_id == wanted), several[0] if several else None)

    def beside(self) -> int | None:
        """The transaction that stands beside the file under the cursor."""
        row = self.rows.current
        found = None if row is None else self.suggestion(row)
        return None if found is None else found.payment_id

    # Reading

    async def read_again(self) -> None:
        if self.rows.source is None:
            source = NoCodes(self.store)
            self.found = source.found
            await self.rows.open(source)
        else:
            row, beside = self.rows.current, self.beside()
            await self.rows.reload()
            if self.rows.current == row and self.beside() != beside:
                self.slipped()
        self.frame()

    # A person's yes

    async def do_code_yes(self) -> None:
        row = self.rows.current
        found = None if row is None else self.suggestion(row)
        if row is not None and found is not None:
            _count, ref = await self.store.archive.fill_codes({row.archived_id: found.payment_id})
            self.marks.pop(row.archived_id, None)
            await self.did(_("{name} has the code {code}").format(name=archive.short(row), code=found.code), ref)

    async def do_code_other(self) -> None:
        row = self.rows.current
        found = None if row is None else self.suggestion(row)
        if row is not None and found is not None:
            several = self.found[row.archived_id]
            other = several[(several.index(found) + 1) % len(several)].payment_id
            self.chosen[row.archived_id] = other
            if row.archived_id in self.marks:
                self.marks[row.archived_id] = other
            self.rows.paint()

    async def do_code_mark(self) -> None:
        row = self.rows.current
        found = None if row is None else self.suggestion(row)
        if row is not None and found is not None:
            if self.marks.pop(row.archived_id, None) is None:
                self.marks[row.archived_id] = self.chosen[row.archived_id] = found.payment_id
            await self.rows.move("down")
            self.rows.paint()

    async def do_code_sure(self) -> None:
        sure: dict[int, int] = {}
        every = NoCodes(self.store)
        for start in range(0, await every.count(), TOGETHER):
            await every.rows(start, TOGETHER)
        for key, rows in every.found.items():
            if len(rows) == 1 and rows[0].same_name and rows[0].only:
                sure[key] = rows[0].payment_id
        self.marks = {} if sure and sure.items() <= self.marks.items() else {**sure, **self.marks}
        self.rows.paint()
        if not sure:
            self.say(_("None of them is sure; look at each (enter, space)."), "warn")

    async def do_code_marked(self) -> None:
        chosen, asked_of = dict(self.marks), await self.store.archive.suggestions(list(self.marks))
        fit = [one for one in asked_of if chosen[one.archived.archived_id] == one.payment_id]
        lost = chosen.keys() - {one.archived.archived_id for one in fit}
        if lost:
            self.marks = {key: payment for key, payment in self.marks.items() if key not in lost}
            text = ngettext(
                "What was marked no longer stands beside 1 file: its mark is off. Look, then space again.",
                "What was marked no longer stands beside {n} files: their marks are off. Look, then space again.",
                len(lost),
            )
            await self.read_again()
            self.say(text.format(n=number(len(lost))), "warn")
            return
        unlike = sum(not one.same_name for one in fit)
        text = ngettext("Write the code of 1 file?", "Write the codes of {n} files?", len(chosen))
        asked = text.format(n=number(len(chosen)))
        if unlike:
            differ = ngettext("Of 1 the names differ.", "Of {n} the names differ.", unlike)
            asked = f"{asked} {differ.format(n=number(unlike))}"

        async def write() -> None:
            count, ref = await self.store.archive.fill_codes(chosen)
            self.marks = {}
            said = ngettext("1 file has its code", "{n} files have their codes", count)
            await self.did(said.format(n=number(count)), ref)

        self.confirm(asked, write)
