"""Merging: files of MASUK are marked, looked at sheet by sheet, and written as one sheet into KELUAR."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import cast

from textual.widget import Widget

from store.errors import FileRefused, StoreError
from store.rows import OfferedFile
from store.workbooks.merge import Merge, MergeProgress
from store.workbooks.merge_cells import Form
from tui.commands import Facts
from tui.i18n import _, ngettext, number
from tui.screens import files_out
from tui.screens.base import DeskScreen
from tui.screens.imports import look_into
from tui.screens.imports_tables import Pane
from tui.screens.merge_tables import (
    GROUPS,
    Found,
    detail,
    files_table,
    found_in,
    lying_in,
    sheets_table,
    summary,
    through,
)
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.widgets.window_table import WindowTable
from tui.words import errors, merges

WATCH = 2.0
"""Seconds between two looks into MASUK while its files are on screen."""

PROGRESS = 0.5
"""Seconds between two words about how far a merge is."""

_SUMMARY = 3
_DETAIL = 6


class MergeScreen(DeskScreen):
    """Keeps its marks, what it reads and the report while another desk is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[OfferedFile] = []
        self.marks: dict[str, int] = {}  # by name, from 1 in the order of the merge
        self.form: Form = "xlsx"
        self.origin = False
        self.merge: Merge | None = None
        self.found: list[Found] = []
        self.group = ""
        self.told = ""  # what was written
        self.doing = ""  # reading, writing
        self._inputs: list[Path] = []
        self._progress: MergeProgress | None = None
        self._began = 0.0
        self._stop = threading.Event()
        self._seen: tuple[tuple[str, int, int], ...] | None = None

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.files = files_table(lambda: self.loket.now(), self.marks)
        self.empty = CardView(id="empty")
        self.summary = CardView(id="merge-summary")
        self.sheets = sheets_table()
        self.detail = CardView(id="merge-detail")
        self.summary.styles.height = _SUMMARY
        self.detail.styles.height = _DETAIL
        self.files_pane = Pane(self.files, self.empty)
        self.plan_pane = Pane(self.summary, self.sheets, self.detail)
        return (self.files_pane, self.plan_pane)

    def context(self) -> str:
        return "merge-files" if self.merge is None else "merge-plan"

    def place(self) -> tuple[str, str]:
        return _("Merge files and sheets"), "" if self.merge is None else _("report")

    def facts(self) -> Facts:
        me, merge = self.loket.me, self.merge
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            files=len(self.offered),
            busy=bool(self.doing),
            unusable=merge is not None and not merge.rows,
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.files if self.merge is None else self.sheets)

    def idle_lines(self) -> list[list[Piece]]:
        if self.doing:
            return [[(self._how_far(), "warn")], [(_("Other desks can be used meanwhile; esc stops it."), "muted")]]
        if self.merge is not None:
            shown = _("Shown: {group}").format(group=_(dict(GROUPS)[self.group]))
            where: list[Piece] = [(shown, "key"), (f"   ↑↓ {self.sheets.position()}", "muted")]
            if self.told:
                return [[(self.told, "good")], where]
            return [[(_("Nothing is written yet; s saves it into KELUAR."), "muted")], where]
        if not self.offered:
            return []
        marked = ngettext("1 file marked", "{n} files marked", len(self.marks)).format(n=number(len(self.marks)))
        form = _("CSV") if self.form == "csv" else _("Excel with a report")
        origin = _("with the origin of each row") if self.origin else _("without the origin of the rows")
        return [
            [(marked if self.marks else _("No mark: enter takes the file of the cursor."), "key")],
            [(f"{form} (v) · {origin} (t)   {self.files.position()}", "muted")],
        ]

    def _how_far(self) -> str:
        now = self._progress
        if now is None:
            return self.doing
        return f"{self.doing} {merges.progress(now, monotonic() - self._began)}"

    def draw_desk(self) -> None:
        merge = self.merge
        self.files_pane.set_class(merge is not None, "away")
        self.plan_pane.set_class(merge is None, "away")
        self.files.set_class(not self.offered, "away")
        self.empty.set_class(bool(self.offered), "away")
        self.empty.draw(self._empty_lines)
        if merge is not None:
            self.summary.draw(lambda width, _height: summary(merge, self.found, width))
            self.detail.draw(lambda width, height: detail(self.sheets.current, width, height))

    def _empty_lines(self, width: int, _height: int) -> list[Line]:
        told = _("There is no file in MASUK. Copy the workbooks to be merged into this folder; they appear here.")
        lines = [EMPTY, *(line((f"  {part}", "normal")) for part in wrap(told, width - 4, 3)), EMPTY]
        inbox, step = str(self.store.inbox), max(20, width - 4)
        return [*lines, *(line((f"  {inbox[at : at + step]}", "key")) for at in range(0, len(inbox), step))]

    # What lies in MASUK

    def on_mount(self) -> None:
        self.set_interval(WATCH, self._watch)
        self.set_interval(PROGRESS, self._tell)

    def _tell(self) -> None:
        if self.doing and self.is_active:
            self.frame()

    async def arrived(self) -> None:
        if self.merge is None:
            await self._offer()

    async def _watch(self) -> None:
        if self.merge is not None or self.doing or not self.is_active:
            return
        if await asyncio.to_thread(look_into, self.store.inbox) != self._seen and self.is_active:
            await self._offer()
            self.frame()

    async def _offer(self) -> None:
        self._seen = await asyncio.to_thread(look_into, self.store.inbox)
        try:
            self.offered = await asyncio.to_thread(lying_in, self.store.inbox)
        except OSError:
            self.offered = []
            self.say(_("The folder MASUK cannot be read. Ask the administrator for its rights."), "bad")
        there = {file.path.name for file in self.offered}
        self._number([name for name in self.marks if name in there])
        await self.files.fill(self.offered)

    # Marks, and what is written

    def _number(self, names: Sequence[str]) -> None:
        """These files are marked, in this order."""
        self.marks.clear()  # the table holds this very dictionary
        self.marks.update({name: at for at, name in enumerate(names, 1)})
        self.files.paint()

    async def do_merge_mark(self) -> None:
        file = self.files.current
        if file is None:
            return
        name = file.path.name
        self._number([each for each in self.marks if each != name] if name in self.marks else [*self.marks, name])
        await self.files.move("down")

    async def do_merge_mark_all(self) -> None:
        every = [file.path.name for file in self.offered]
        self._number([] if len(self.marks) == len(every) else every)

    async def do_merge_form(self) -> None:
        self.form = "csv" if self.form == "xlsx" else "xlsx"

    async def do_merge_origin(self) -> None:
        self.origin = not self.origin

    # Reading

    async def do_merge_read(self) -> None:
        paths = {file.path.name: file.path for file in self.offered}
        current = self.files.current
        self._inputs = [paths[name] for name in self.marks] or ([current.path] if current is not None else [])
        if self._inputs:
            self._begin(_("Reading:"))
            self.run_worker(self._read(self._stop))

    def _begin(self, doing: str) -> None:
        self.doing, self.told, self._progress = doing, "", None
        self._began, self._stop = monotonic(), threading.Event()

    def _heard(self, now: MergeProgress) -> None:
        """From the thread that works; the screen looks at it from time to time."""
        self._progress = now

    async def _read(self, stop: threading.Event) -> None:
        try:
            merge = await self.store.merges.plan(
                self._inputs, self.form, provenance=self.origin, progress=self._heard, stop=stop
            )
        except StoreError as refusal:
            self._rest(self._refused(refusal), "warn" if stop.is_set() else "bad")
            return
        self.merge, self.group = merge, ""
        self.found = found_in(merge)
        await self.sheets.fill(self.found, from_top=True)
        self._rest(_("Nothing is written yet."), "muted")

    def _refused(self, refusal: StoreError) -> str:
        if isinstance(refusal, FileRefused) and refusal.reason == "stopped":
            return _("Stopped; nothing was written.")
        return errors.sentence(refusal, self.loket.now())

    def _rest(self, text: str, role: str) -> None:
        """The work in the background has ended; say how, on whichever screen is in front."""
        self.doing, self._progress = "", None
        self.loket.say(text, role)
        self.frame()

    async def moved(self) -> None:
        self.frame()

    async def do_merge_filter(self) -> None:
        groups = [group for group, _words in GROUPS if not group or through(self.found, group)]
        self.group = groups[(groups.index(self.group) + 1) % len(groups)]
        await self.sheets.fill(through(self.found, self.group), from_top=True)

    # Writing

    async def do_merge_save(self) -> None:
        if self.merge is not None:
            self._begin(_("Saving:"))
            self.run_worker(self._write(self.merge, self._stop))

    async def _write(self, merge: Merge, stop: threading.Event) -> None:
        try:
            with files_out.reserved(self.loket, "gabungan", f".{merge.form}") as path:
                await self.store.merges.run(
                    merge, path, merges.words_of(merge), inputs=self._inputs, progress=self._heard, stop=stop
                )
        except StoreError as refusal:
            self._rest(self._refused(refusal), "warn" if stop.is_set() else "bad")
            return
        self.loket.saved()
        self.told = _("{n} rows: KELUAR/{name}").format(n=number(merge.rows), name=path.name)
        self._rest(self.told, "good")

    # Back

    async def do_undo(self) -> None:
        self.say(_("Merging changes nothing in the office; what was written lies in KELUAR."), "muted")

    async def step_back(self) -> None:
        if self.doing:
            self._stop.set()
            self.say(_("Stopping …"), "warn")
        elif self.group:
            self.group = ""
            await self.sheets.fill(self.found)
        elif self.merge is not None:
            merge, self.merge, self.told = self.merge, None, ""
            merge.close()
            await self._offer()
        else:
            await super().step_back()
