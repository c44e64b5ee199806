"""Listings of transactions and lists of paid files come in, from MASUK or pasted: shown first, then taken whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.widget import Widget

from store.errors import FileRefused
from store.listing_rows import ListingDone, ListingPlan, PaidDone, PaidPlan
from store.rows import OfferedFile
from tui import practice
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens.column_choice import choose_column
from tui.screens.deeds import Deed
from tui.screens.from_inbox import FromInbox
from tui.screens.imports_tables import Pane, files_table
from tui.screens.voucher_acts import PaperDesk
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, wrap
from tui.widgets.pages import PageView
from tui.words import listing_plan

PASTED: Final = 2
"""Lines from which a pasted text can be a listing: headings and a row."""


class ListingScreen(FromInbox[ListingPlan | PaidPlan], PaperDesk):
    """Above the desk. A text that is pasted here is read at once; `source` is one that was pasted on the desk."""

    desk: ClassVar[str] = "desk-vouchers"

    def __init__(self, done: list[Deed], source: Path | str | None = None) -> None:
        super().__init__(done)
        self.source = source
        self.offered: list[OfferedFile] = []
        self.told: list[str] = []  # what came of the last one
        self._reading: Path | str = ""
        self._read_from: Path | str = ""  # what the plan is of: a reading may be given up

    # What stands on it

    def body(self) -> Sequence[Widget]:
        self.rows = files_table(lambda: self.loket.now())
        self.empty = CardView(id="empty")
        self.page = PageView(id="listing-plan")
        self.panes = (Pane(self.rows), Pane(self.empty), Pane(self.page))
        return self.panes

    def context(self) -> str:
        return "listing-files" if self.plan is None else "listing-plan"

    def place(self) -> tuple[str, str]:
        return _("Listings and paid files"), "" if self.plan is None else cut(listing_plan.title(self.plan), 40)

    def facts(self) -> Facts:
        plan = self.plan
        return replace(
            super().facts(),
            unusable=plan is not None and listing_plan.refused(plan),
            nothing_new=plan is not None and not plan.new,
        )

    def idle_lines(self) -> list[list[Piece]]:
        if self.busy:
            return [[(self.busy, "warn")], [(_("esc gives it up; nothing is changed."), "muted")]]
        if self.plan is not None:
            return [*listing_plan.consequence(self.plan), [(self.page.position(), "muted")]][:2]
        if self.told:
            return [[(part, "good")] for part in self.told[:2]]
        paste = _("A listing can be pasted here too: copy it with its headings.")
        return [[(paste, "muted")], [(self.rows.position(), "muted")]]

    def draw_desk(self) -> None:
        shown = self.page if self.plan is not None else self.rows if self.offered else self.empty
        for pane, widget in zip(self.panes, (self.rows, self.empty, self.page), strict=True):
            pane.set_class(widget is not shown, "away")
        self.empty.draw(self._empty_lines)

    def _empty_lines(self, width: int, _height: int) -> list[Line]:
        told = [
            _("There is no file in MASUK."),
            _("Save the listing of transactions from Smile (Excel, CSV or PDF) into this folder, or paste it here."),
        ]
        lines = [EMPTY]
        for text in told:
            lines += [line((f"  {part}", "normal")) for part in wrap(text, width - 4, 3)]
        inbox = str(self.store.inbox)
        step = max(20, width - 4)
        return [*lines, EMPTY, *(line((f"  {inbox[at : at + step]}", "key")) for at in range(0, len(inbox), step))]

    # What lies in MASUK

    async def arrived(self) -> None:
        await self.read_again()
        if self.source is not None:
            source, self.source = self.source, None
            self.read(source)

    async def others_changed(self) -> None:
        if self.plan is None:
            await self.read_again()

    async def undone(self, last: Deed) -> None:
        self.told = []

    # Reading

    async def do_listing_read(self) -> None:
        file = self.rows.current
        if file is not None:
            self.read(file.path)

    async def on_paste(self, event: events.Paste) -> None:
        event.stop()
        try:
            if not self.busy and len(event.text.strip().splitlines()) >= PASTED:
                self.plan = None
                self.read(event.text)
            elif not self.busy:
                self.say(_("That is one line only: copy the listing with its headings, then paste it here."), "warn")
        finally:
            self.loket.answered()

    async def do_listing_columns(self) -> None:
        plan, source = self.plan, self._read_from
        if plan is not None:
            fields = listing_plan.fields(plan)
            await choose_column(self, plan.sheets, fields, plan.mapping, lambda mapping: self.read(source, mapping))

    def read(self, source: Path | str, mapping: dict[str, str] | None = None) -> None:
        """Read a file or a pasted text in the background and show what it would bring; with corrected columns it
        stays what it was taken for.
        """
        self._reading, self.told = source, []
        name = source.name if isinstance(source, Path) else _("the pasted text")
        self.look(_("Reading {file} …").format(file=cut(name, 40)), lambda: self._read(source, mapping))

    async def _read(self, source: Path | str, mapping: dict[str, str] | None) -> ListingPlan | PaidPlan:
        if mapping is None:
            return await self._as_either(source)
        if isinstance(self.plan, PaidPlan):
            return await self.store.listings.paid_plan(source, mapping)
        return await self.store.listings.plan(source, mapping)

    def shows(self, plan: ListingPlan | PaidPlan) -> None:
        self._read_from = self._reading
        self.page.fill(lambda width: listing_plan.lines(plan, width), from_top=True)
        self.call_after_refresh(self.frame)  # how long the page is shows once it has its room

    async def _as_either(self, source: Path | str) -> ListingPlan | PaidPlan:
        """A listing or a list of paid files, told apart by its headings."""
        try:
            listing = await self.store.listings.plan(source)
        except FileRefused as refusal:  # a list of paid files has other headings
            paid = await self._as_paid(source)
            if paid is None:
                raise refusal from None
            return paid
        return (await self._as_paid(source) if listing_plan.nothing_found(listing) else None) or listing

    async def _as_paid(self, source: Path | str) -> PaidPlan | None:
        try:
            plan = await self.store.listings.paid_plan(source)
        except FileRefused:
            return None
        return plan if listing_plan.has_rows(plan) else None

    # Taking

    async def do_listing_take(self) -> None:
        plan = self.plan
        if plan is None:
            return
        listings = self.store.listings
        if isinstance(plan, ListingPlan):
            done: ListingDone | PaidDone = await listings.apply(plan, plan.mapping)
        else:
            done = await listings.paid_apply(plan, plan.mapping)
        said = listing_plan.taken(done)
        if done.undo is not None:
            self.done.append(Deed(done.undo, said))
        told = [said]
        if isinstance(plan, ListingPlan):
            told += await self._match_waiting()
        await self.guided({practice.LISTING})
        self.plan = None
        self.told = told
        self.loket.saved()
        await self.read_again()
        self.say(_("{file} is in · u takes it back").format(file=listing_plan.file(done.file)), "good")

    async def _match_waiting(self) -> list[str]:
        """Papers that came in before this listing find their transactions by their card."""
        matched, differ, undo = await self.store.files.match_by_card()
        if undo is None or not matched + differ:
            return []
        one = ngettext("1 waiting file matches now", "{n} waiting files match now", matched).format(n=number(matched))
        other = ngettext("1 differs", "{n} differ", differ).format(n=number(differ))
        said = " · ".join(part for part, count in ((one, matched), (other, differ)) if count)
        self.done.append(Deed(undo, said))
        return [said]
