"""Listings of transactions and lists of paid files come in, from MASUK or pasted: shown first, then taken whole."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final, cast

from textual import events
from textual.widget import Widget

from store.errors import FileRefused, StoreError
from store.listing_rows import ListingDone, ListingPlan, PaidDone, PaidPlan
from store.rows import OfferedFile
from tui import practice
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens.column_choice import choose_column
from tui.screens.deeds import Deed
from tui.screens.from_inbox import offered
from tui.screens.imports import look_into
from tui.screens.imports_tables import Pane, files_table
from tui.screens.voucher_acts import PaperDesk
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.window_table import WindowTable
from tui.words import errors, listing_plan

WATCH: Final = 2.0
"""Seconds between two looks into MASUK while its files are on screen."""

PASTED: Final = 2
"""Lines from which a pasted text can be a listing: headings and a row."""


class ListingScreen(PaperDesk):
    """Above the desk. A text that is pasted here is read at once; `source` is one that was pasted on the desk."""

    desk: ClassVar[str] = "desk-vouchers"

    def __init__(self, done: list[Deed], source: Path | str | None = None) -> None:
        super().__init__(done)
        self.source = source
        self.offered: list[OfferedFile] = []
        self.plan: ListingPlan | PaidPlan | None = None
        self.busy = ""
        self.told: list[str] = []  # what came of the last one
        self._turn = 0
        self._read_from: Path | str = ""
        self._there: tuple[tuple[str, int, int], ...] = ()  # what lay in MASUK at the last look

    # What stands on it

    def body(self) -> Sequence[Widget]:
        self.files = files_table(lambda: self.loket.now())
        self.empty = CardView(id="empty")
        self.page = PageView(id="listing-plan")
        self.panes = (Pane(self.files), Pane(self.empty), Pane(self.page))
        return self.panes

    def context(self) -> str:
        return "listing-files" if self.plan is None else "listing-plan"

    def place(self) -> tuple[str, str]:
        return _("Listings and paid files"), "" if self.plan is None else cut(listing_plan.title(self.plan), 40)

    def facts(self) -> Facts:
        me, plan = self.loket.me, self.plan
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            files=len(self.offered),
            busy=bool(self.busy),
            unusable=plan is not None and listing_plan.refused(plan),
            nothing_new=plan is not None and not plan.new,
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.files) if self.plan is None else None

    def idle_lines(self) -> list[list[Piece]]:
        if self.busy:
            return [[(self.busy, "warn")], [(_("esc gives it up; nothing is changed."), "muted")]]
        if self.plan is not None:
            return [*listing_plan.consequence(self.plan), [(self.page.position(), "muted")]][:2]
        if self.told:
            return [[(part, "good")] for part in self.told[:2]]
        paste = _("A listing can be pasted here too: copy it with its headings.")
        return [[(paste, "muted")], [(self.files.position(), "muted")]]

    def frame(self) -> None:
        if self.is_attached and self.is_mounted:
            shown = self.page if self.plan is not None else self.files if self.offered else self.empty
            for pane, widget in zip(self.panes, (self.files, self.empty, self.page), strict=True):
                pane.set_class(widget is not shown, "away")
            self.empty.draw(self._empty_lines)
        super().frame()

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

    def on_mount(self) -> None:
        self.set_interval(WATCH, self._watch)

    async def _watch(self) -> None:
        if self.plan is not None or self.busy or self.loket.screen is not self:
            return
        if await asyncio.to_thread(look_into, self.store.inbox) != self._there:
            await self.guarded(self._offer)
            self.frame()

    async def arrived(self) -> None:
        await self._offer()
        if self.source is not None:
            source, self.source = self.source, None
            self.read(source)

    async def others_changed(self) -> None:
        if self.plan is None:
            await self._offer()

    async def read_again(self) -> None:
        self.told = []
        await self._offer()
        self.frame()

    async def _offer(self) -> None:
        self._there = await asyncio.to_thread(look_into, self.store.inbox)
        self.offered = await offered(self)
        await self.files.fill(self.offered)

    # Reading

    async def do_listing_read(self) -> None:
        file = self.files.current
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
        self._turn += 1
        name = source.name if isinstance(source, Path) else _("the pasted text")
        self.busy = _("Reading {file} …").format(file=cut(name, 40))
        self.told = []
        self.run_worker(self._read(self._turn, source, mapping))
        self.frame()

    async def _read(self, turn: int, source: Path | str, mapping: dict[str, str] | None) -> None:
        listings = self.store.listings
        try:
            if mapping is None:
                plan = await self._as_either(source)
            elif isinstance(self.plan, PaidPlan):
                plan = await listings.paid_plan(source, mapping)
            else:
                plan = await listings.plan(source, mapping)
        except StoreError as refusal:
            if turn == self._turn:
                self._rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        if turn == self._turn:
            self.plan, self._read_from = plan, source
            self.page.fill(lambda width: listing_plan.lines(plan, width), from_top=True)
            self._rest(_("Nothing is changed yet."), "muted")
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

    def _rest(self, text: str, role: str) -> None:
        self.busy = ""
        self.loket.say(text, role)
        self.frame()

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
        await self._offer()
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

    async def _other_key(self, event: events.Key) -> None:
        if self.plan is not None and await self.page.move(event.key):
            self.frame()
            return
        await super()._other_key(event)

    async def step_back(self) -> None:
        if self.busy:
            self._turn += 1
            self._rest(_("Given up; nothing was changed."), "muted")
        elif self.plan is not None:
            self.plan = None
            self.frame()
        else:
            self.dismiss()
