"""All lines of a list with what Smile said, and where that differs from the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from store.lookup_rows import LineRow, ListRow, Offer
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece, cut
from tui.widgets.window_table import Column, WindowTable
from tui.words import lookups

if TYPE_CHECKING:
    from store import Store


@value_class
class Lines:
    """The lines of a list in the store, as a source of a table."""

    store: Store
    list_id: int

    async def count(self) -> int:
        return await self.store.lookups.count(self.list_id)

    async def rows(self, offset: int, limit: int) -> Sequence[LineRow]:
        return await self.store.lookups.rows(self.list_id, offset, limit)


class LinesScreen(CorrectionsDesk):
    """Lies above the lists; nothing is changed here."""

    def __init__(self, listed: ListRow) -> None:
        super().__init__([])
        self.listed = listed

    def body(self) -> Sequence[Widget]:
        def said(row: LineRow) -> Piece:
            return lookups.answer(row) or "·", "normal" if row.answer else "muted"

        self.rows = WindowTable[LineRow](
            (
                Column(_("No."), lambda row: str(row.n), width=5, right=True),
                Column("NIK", lambda row: row.nik, width=16),
                Column(_("Name"), lookups.who, share=3),
                Column(_("Company"), lambda row: row.company, share=2, hide_below=100),
                Column(_("In Loket"), self._known, width=13),
                Column(_("Smile"), said, width=16),
                Column(_("Note"), lambda row: row.note, share=2, hide_below=100),
            ),
            key=lambda row: row.line_id,
            id="lookup-lines",
        )
        return (self.rows,)

    def _known(self, row: LineRow) -> Piece:
        if row.participant_id is None:
            return _("not known"), "warn"
        return (_("has claimed"), "normal") if row.claimed else (lookups.active(row.active), "normal")

    def context(self) -> str:
        return "plain"

    def contexts(self) -> tuple[str, ...]:
        return ("plain", "always")

    def place(self) -> tuple[str, str]:
        return _("Lists of NIK"), cut(self.listed.name, 40)

    def idle_lines(self) -> list[list[Piece]]:
        row = cast("LineRow | None", self.rows.current)
        about = "" if row is None else " · ".join(part for part in (lookups.beside(row), row.note) if part)
        at = f"   {self.rows.position()}"
        return [
            [(cut(about, self.size.width - 2), "normal")],
            [(lookups.how_far(self.listed), "muted"), (at, "muted")],
        ]

    async def read_again(self) -> None:
        self.listed = await self.store.lookups.one(self.listed.list_id)
        if self.rows.source is None:
            await self.rows.open(Lines(self.store, self.listed.list_id))
        else:
            await self.rows.reload()
        self.frame()


class OffersScreen(CorrectionsDesk):
    """Differences of a list, for a person's yes: the marked ones, else the one under the cursor."""

    rows: WindowTable[Offer]

    def __init__(self, listed: ListRow, done: list[Deed]) -> None:
        super().__init__(done)
        self.listed = listed
        self.offers: list[Offer] = []
        self.marks: set[int] = set()

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[Offer](
            (
                Column("", lambda row: ("*", "key") if row.line_id in self.marks else " ", width=1),
                Column(_("Name"), lambda row: row.name, share=3),
                Column(_("KPJ"), lambda row: row.kpj, width=12),
                Column(_("Company"), lambda row: row.company, share=2, hide_below=100),
                Column(_("In Loket"), lambda row: lookups.offered(row)[0], width=15),
                Column(_("Smile"), lambda row: (lookups.offered(row)[1], "strong"), width=15),
            ),
            key=lambda row: row.line_id,
            id="lookup-offers",
        )
        return (self.rows,)

    def context(self) -> str:
        return "lookup-offers"

    def place(self) -> tuple[str, str]:
        return _("Smile and the record differ"), cut(self.listed.name, 40)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total, marked=len(self.marks))

    def idle_lines(self) -> list[list[Piece]]:
        if not self.rows.total:
            return self.told(_("Smile and the record say the same, as far as the list is answered. esc goes back."))
        marked = ngettext("1 marked", "{n} marked", len(self.marks)).format(n=number(len(self.marks)))
        hint = _("t takes the marked ones into the record, else the one under the cursor.")
        return [[(hint, "normal")], [(f"{marked}   {self.rows.position()}", "muted")]]

    async def read_again(self) -> None:
        self.offers = await self.store.lookups.offers(self.listed.list_id)
        self.marks &= {offer.line_id for offer in self.offers}
        await self.rows.fill(self.offers)
        self.frame()

    async def do_offer_mark(self) -> None:
        row = self.rows.current
        if row is not None:
            self.marks ^= {row.line_id}
            await self.rows.move("down")
            self.rows.paint()

    async def do_offer_mark_all(self) -> None:
        everything = {offer.line_id for offer in self.offers}
        self.marks = set() if self.marks == everything else everything
        self.rows.paint()

    async def do_offer_take(self) -> None:
        row = self.rows.current
        wanted = [offer for offer in self.offers if offer.line_id in self.marks] or ([] if row is None else [row])
        filled = sum(offer.present is not None for offer in wanted)

        async def take() -> None:
            done = await self.store.lookups.take([offer.line_id for offer in wanted])
            self.marks.clear()
            changed = ngettext("1 value changed", "{n} values changed", done.changed).format(n=number(done.changed))
            await self.did(_("Proposed to an officer") if done.proposed else changed, done.undo)

        question = ngettext(
            "Take {n} answer of Smile into the record? It replaces {filled} known values.",
            "Take {n} answers of Smile into the record? They replace {filled} known values.",
            len(wanted),
        )
        self.confirm(question.format(n=number(len(wanted)), filled=number(filled)), take)
