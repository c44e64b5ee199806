"""The archive (F6): boxes and other places, the next file with the box it goes into, and what waits to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.widget import Widget

from store.archive_rows import ArchiveCounts, Neighbours, PlaceFilter, PlaceRow, Waiting
from store.rules.archive import PlaceKind
from tui import commands
from tui.commands import Command, Facts
from tui.i18n import _, number
from tui.screens.archive_box import BoxScreen
from tui.screens.archive_codes import CodesScreen
from tui.screens.archive_desk import Places
from tui.screens.archive_destroy import DestroyScreen
from tui.screens.archive_find import FindScreen
from tui.screens.archive_loans import LoansScreen
from tui.screens.archive_month import MonthScreen
from tui.screens.archive_place import PlaceActs
from tui.screens.archive_register import RegisterScreen
from tui.screens.archive_scan import ScanActs, put_all
from tui.screens.archive_waiting import WaitingScreen
from tui.screens.imports_tables import Pane
from tui.widgets.card import CardView
from tui.widgets.ink import Line, Piece, line
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive

NONE: Final = ArchiveCounts(0, 0, 0, 0, 0, 0)
AHEAD: Final = 20
"""Waiting files among which the next one is looked for: those that a register knows already are passed over."""
OTHERS: Final = tuple(kind for kind in PlaceKind if kind is not PlaceKind.BOX)
SHOWN: Final[dict[str, PlaceFilter]] = {
    "open": PlaceFilter(open=True),
    **{program: PlaceFilter((PlaceKind.BOX,), program) for program in ("JHT", "JKK", "JKM", "JP")},
    "other": PlaceFilter(OTHERS),
    "all": PlaceFilter(with_destroyed=True),
}
"""What each list of the desk shows."""


class ArchiveScreen(ScanActs, PlaceActs):
    """Keeps its list, its place and what can be undone while another desk is in front."""

    desk: ClassVar[str] = "desk-archive"

    def __init__(self) -> None:
        super().__init__([])
        self.shown = "open"
        self.counts = NONE
        self.next: Waiting | None = None
        self.goes: Neighbours | None = None

    def body(self) -> Sequence[Widget]:
        self.top = CardView(id="archive-next")
        self.top.styles.height = 4
        self.rows = WindowTable[PlaceRow](
            (
                Column(_("Place"), lambda row: (archive.name_of(row), "strong"), share=3),
                Column(_("Shelf"), lambda row: row.shelf, share=2),
                Column(_("Period"), archive.place_period, share=3, hide_below=72),
                Column(_("Files"), archive.filled, width=9, right=True),
                Column(_("Codes from"), lambda row: row.first, share=4, hide_below=100),
                Column(_("Lent"), lambda row: number(row.borrowed) if row.borrowed else "", width=6, right=True),
                Column(_("State"), archive.place_state, width=12),
            ),
            key=lambda row: row.place_id,
            id="places",
        )
        return (Pane(self.top, self.rows),)

    def context(self) -> str:
        return "archive"

    def place(self) -> tuple[str, str]:
        label = _(commands.by_id(f"archive-show-{self.shown}").label)
        return _("Archive"), f"{label}: {number(self.rows.total)}"

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(
            permissions=me.permissions, practice=me.practice, rows=self.rows.total, waiting=self.counts.waiting
        )

    def chosen_place(self) -> PlaceRow | None:
        row: PlaceRow | None = self.rows.current
        return row

    def idle_lines(self) -> list[list[Piece]]:
        row = self.chosen_place()
        if row is not None:
            return self.two_lines(archive.place_lines(row, self.today))
        if self.shown != "open":
            return self.told(_("None of these yet. n makes one, 1 shows the open places."))
        return self.told(_("No place yet. n makes a box; r brings in a register of older files from MASUK."))

    def _scopes(self) -> list[Piece]:
        pieces: list[Piece] = []
        for command in commands.digits(("archive",)):
            chosen = command.id == f"archive-show-{self.shown}"
            pieces += [(command.keys[0], "key"), (f" {_(command.label)}  ", "strong" if chosen else "normal")]
        return pieces

    def draw_desk(self) -> None:
        self.top.draw(self._top_lines)

    def _top_lines(self, width: int, _height: int) -> list[Line]:
        """The next file, where it goes, and what else waits."""
        rows: list[list[Piece]]
        if self.arrival.could_not() and self.next is None:
            rows = [[], []]
        elif self.next is None or self.goes is None:
            waits = _("Nothing waits: files with all signatures (F5) stand here with their box.")
            rows = [[(waits, "muted")], []]
        else:
            rows = archive.next_lines(self.next, self.goes)
        waiting = archive.counts_line(self.counts)
        return [line((" ", "normal"), *row) for row in (*rows, waiting, self._scopes())]

    # Reading

    async def read_again(self) -> None:
        self.counts = await self.store.archive.counts()
        waiting = await self.store.archive.waiting(0, AHEAD)
        self.next = next((each for each in waiting if not each.lies), waiting[0] if waiting else None)
        self.goes = None if self.next is None else await self.store.archive.where_to(self.next.file.file_id)
        if self.rows.source is None:
            await self._open()
        else:
            await self.rows.reload()
        self.frame()

    async def _open(self) -> None:
        await self.rows.open(Places(self.store, SHOWN[self.shown]))

    async def others_changed(self) -> None:
        await self.read_again()

    async def step_back(self) -> None:
        await self.loket.do_home()

    # Which ones

    async def do(self, command: Command) -> None:
        if command.id.startswith("archive-show-"):
            self.shown = command.id.removeprefix("archive-show-")
            await self._open()
        else:
            await super().do(command)

    async def do_archive_next_show(self) -> None:
        names = list(SHOWN)
        self.shown = names[(names.index(self.shown) + 1) % len(names)]
        await self._open()

    # Into the boxes

    async def do_archive_next(self) -> None:
        if self.next is not None:
            done, ref = await self.store.archive.put(self.next.file.file_id)
            await self.did(f"{self.next.file.name}: {archive.put_said(done)}", ref)

    async def do_archive_all(self) -> None:
        await put_all(self)

    # Other screens

    async def do_archive_open(self) -> None:
        row = self.chosen_place()
        if row is not None:
            await self.loket.push_screen(BoxScreen(self.done, row))

    async def do_archive_find(self) -> None:
        await self.loket.push_screen(FindScreen(self.done))

    async def do_archive_loans(self) -> None:
        await self.loket.push_screen(LoansScreen(self.done))

    async def do_archive_waiting(self) -> None:
        await self.loket.push_screen(WaitingScreen(self.done))

    async def do_archive_month(self) -> None:
        await self.loket.push_screen(MonthScreen(self.done))

    async def do_archive_codes(self) -> None:
        await self.loket.push_screen(CodesScreen(self.done))

    async def do_archive_register(self) -> None:
        await self.loket.push_screen(RegisterScreen(self.done))

    async def do_archive_destruction(self) -> None:
        await self.loket.push_screen(DestroyScreen(self.done))
