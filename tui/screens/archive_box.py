"""One place of the archive: what lies in it in the order of the codes, what is missing in between, and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from store.archive_rows import ArchivedRow, PlaceRow
from store.rules.archive import Gap
from store.rules.dates import format_short
from store.value_class import value_class
from tui.i18n import _
from tui.screens.archive_gaps import GapsScreen
from tui.screens.archive_paper import PaperActs
from tui.screens.archive_place import PlaceActs
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive

if TYPE_CHECKING:
    from store import Store


@value_class
class Contents:
    """What lies in a place, as a source of a table."""

    store: Store
    row: PlaceRow

    async def count(self) -> int:
        found = await self.store.archive.place(self.row.place_id)
        return 0 if found is None else found.files

    async def rows(self, offset: int, limit: int) -> Sequence[ArchivedRow]:
        return await self.store.archive.contents(self.row.place_id, offset, limit)


class BoxScreen(PaperActs, PlaceActs):
    """The contents; `at` is the file on which the cursor begins."""

    def __init__(self, done: list[Deed], row: PlaceRow, at: int | None = None) -> None:
        super().__init__(done)
        self.row = row
        self.gaps: tuple[Gap, ...] = ()
        self._at = at

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[ArchivedRow](
            (
                Column(_("Code"), lambda row: row.code or ("–", "warn"), width=26),
                Column(_("Name"), lambda row: row.name, share=3),
                Column(_("KPJ"), lambda row: row.kpj, width=11),
                Column(_("Amount"), lambda row: archive.rupiah(row.amount), width=14, right=True, hide_below=96),
                Column(_("Date"), lambda row: format_short(row.dated) if row.dated else "", width=10, hide_below=110),
                Column(_("Lent"), self._lent, width=12),
            ),
            key=lambda row: row.archived_id,
            id="box",
        )
        return (self.rows,)

    def _lent(self, row: ArchivedRow) -> Piece:
        return ("" if row.loan_id is None else row.borrower), "bad" if row.late else "warn"

    def context(self) -> str:
        return "archive-box"

    def contexts(self) -> tuple[str, ...]:
        if self.asking:
            return (self.asking, "always")
        return ("archive-box", "archive-paper", "plain", "always")

    def place(self) -> tuple[str, str]:
        filled, _role = archive.filled(self.row)
        state, _role = archive.place_state(self.row)
        return _("Archive"), " · ".join(filter(None, (archive.name_of(self.row), self.row.shelf, filled, state)))

    def chosen_place(self) -> PlaceRow | None:
        return self.row

    def chosen(self) -> ArchivedRow | None:
        row: ArchivedRow | None = self.rows.current
        return row

    def idle_lines(self) -> list[list[Piece]]:
        row = self.chosen()
        if row is None:
            return self.told(_("Nothing lies in it yet. At the desk t puts the next file in; z takes the place away."))
        told = archive.file_details(row, self.today)
        return [[(told, "normal")], [archive.gaps_said(self.gaps, self.today), (f"   {self.rows.position()}", "muted")]]

    # Reading

    async def read_again(self) -> None:
        found = await self.store.archive.place(self.row.place_id)
        if found is None:
            self.loket.message = (_("This place was taken away."), "muted")
            self.dismiss()
            return
        self.row = found
        self.gaps = await self.store.archive.gaps(found.place_id)
        if self.rows.source is None:
            await self.rows.open(Contents(self.store, found))
            if self._at is not None:
                await self._go_to(self._at)
        else:
            await self.rows.reload()
        self.frame()

    async def _go_to(self, archived_id: int) -> None:
        ids = [row.archived_id for row in await self.store.archive.contents(self.row.place_id)]
        if archived_id in ids:
            await self.rows.go(ids.index(archived_id))

    # What can be done

    async def do_box_gaps(self) -> None:
        if self.gaps:
            await self.loket.push_screen(GapsScreen(self.done, archive.name_of(self.row), self.gaps))
        else:
            said, role = archive.gaps_said(self.gaps, self.today)
            self.say(said, role)

    async def do_box_find(self) -> None:
        from tui.screens.archive_find import FindScreen  # it leads into a box

        await self.loket.push_screen(FindScreen(self.done))

    async def do_box_remove(self) -> None:
        ref = await self.store.archive.remove(self.row.place_id, self.row.version)
        said = _("{place} is taken away").format(place=archive.name_of(self.row))
        await self.did(said, ref)
        self.say(_("{what} · u undoes").format(what=said), "good")
