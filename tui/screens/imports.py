"""Files from MASUK: what lies there, what one of them would bring, and bringing it in; `u` takes it back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from textual.widget import Widget

from store.errors import StoreError, UndoRefused
from store.rows import ImportDone, ImportPlan, OfferedFile
from tui.commands import Command, Facts
from tui.i18n import _
from tui.screens.imports_plan import PlanDesk
from tui.screens.imports_tables import Pane, files_table
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, wrap
from tui.widgets.window_table import WindowTable
from tui.words import errors, imports

WATCH = 2.0
"""Seconds between two looks into MASUK while its files are on screen."""


class ImportsScreen(PlanDesk):
    """Keeps the file that is looked at while another desk is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[OfferedFile] = []
        self.done: ImportDone | None = None
        self._done_only_new = False
        self._corrections: dict[Path, dict[str, str]] = {}
        self._turn = 0
        self._reading = False
        self._seen: tuple[tuple[str, int, int], ...] | None = None

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.files = files_table(lambda: self.loket.now())
        self.empty = CardView(id="empty")
        self.files_pane = Pane(self.files, self.empty)
        return (self.files_pane, *self.plan_panes())

    def context(self) -> str:
        return f"import-{self.view}"

    def place(self) -> tuple[str, str]:
        file = self.file if self.view != "files" else None
        return _("Files from MASUK"), cut(file.name, 40) if file is not None else ""

    def facts(self) -> Facts:
        me = self.loket.me
        files, busy = len(self.offered), bool(self.busy)
        return self.plan_facts(Facts(permissions=me.permissions, practice=me.practice, files=files, busy=busy))

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.files) if self.view == "files" else self.plan_table()

    def idle_lines(self) -> list[list[Piece]]:
        if self.busy:
            waits = (
                _("Other desks can be used meanwhile.") if self._reading else _("All of it or nothing; wait a moment.")
            )
            return [[(self.busy, "warn")], [(waits, "muted")]]
        if self.view == "rows":
            return self.rows_lines()
        if self.view != "files":
            return self.plan_lines()
        if self.done is not None:
            return [[(part, "good")] for part in imports.done(self.done, only_new=self._done_only_new)]
        if not self.offered:
            return []
        hint = _("Enter shows what is in a file; nothing changes before y.")
        return [[(hint, "muted"), (f"   {self.files.position()}", "muted")]]

    def frame(self) -> None:
        if self.is_attached and self.is_mounted:
            self.files_pane.set_class(self.view != "files", "away")
            self.files.set_class(not self.offered, "away")
            self.empty.set_class(bool(self.offered), "away")
            self.empty.draw(self._empty_lines)
            self.lay_out_plan()
        super().frame()

    def _empty_lines(self, width: int, _height: int) -> list[Line]:
        told = [
            _("There is no file in MASUK."),
            _(
                "Copy the Excel list into this folder, over the office's shared folder or with sftp. "
                "It appears here by itself."
            ),
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

    async def arrived(self) -> None:
        await self._offer()

    async def others_changed(self) -> None:
        await self._offer()

    async def _watch(self) -> None:
        if self.view != "files" or self.loket.screen is not self:
            return
        if await asyncio.to_thread(look_into, self.store.inbox) != self._seen:
            await self.guarded(self._offer)
            self.frame()

    async def _offer(self) -> None:
        self._seen = await asyncio.to_thread(look_into, self.store.inbox)
        try:
            self.offered = await self.store.imports.offered()
        except OSError:
            self.offered = []
            self.say(_("The folder MASUK cannot be read. Ask the administrator for its rights."), "bad")
        await self.files.fill(self.offered)

    # Reading

    async def do_read_file(self) -> None:
        file = self.files.current
        if file is not None:
            await self.look_at(file)

    async def look_at(self, file: OfferedFile) -> None:
        """Read this file and show what it would bring."""
        await self.leave_plan()
        self.read(file, self._corrections.get(file.path, {}))

    def read(self, file: OfferedFile, mapping: dict[str, str]) -> None:
        self._turn += 1
        self._reading = True
        self.busy = _("Reading {file} … esc gives it up.").format(file=cut(file.name, 40))
        self.run_worker(self._read(self._turn, file, mapping))
        self.frame()

    async def _read(self, turn: int, file: OfferedFile, mapping: dict[str, str]) -> None:
        try:
            plan = await self.store.imports.plan(file.path, mapping)
        except StoreError as refusal:
            if turn == self._turn:
                self._rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        if turn != self._turn:  # given up: nobody waits for it any more
            await self.store.imports.close(plan)
            return
        self.file = file
        if mapping:
            self._corrections[file.path] = mapping
        self._rest(_("Nothing is changed yet."), "muted")
        await self.show_plan(plan)

    def _rest(self, text: str, role: str) -> None:
        """The work in the background has ended; say how, on whichever screen is in front."""
        self.busy, self._reading = "", False
        self.loket.say(text, role)
        self.frame()

    # Bringing in, and back

    async def do(self, command: Command) -> None:
        """Families of commands: 'take-in-plan', 'only-new-rows', 'rows-plan' hold in several views; 'field-kpj'."""
        if command.id.startswith("take-in-"):
            self._take_in()
        elif command.id.startswith("only-new-"):
            self.only_new = not self.only_new
        elif command.id.startswith("rows-"):
            await self.show_rows_view()
        elif command.id.startswith("field-"):
            await self.pick_field(command.id.removeprefix("field-"))
        else:
            await super().do(command)

    def _take_in(self) -> None:
        if self.plan is not None:
            self.busy = _("Bringing {file} in …").format(file=cut(self.plan.file, 40))
            self.run_worker(self._apply(self.plan, only_new=self.only_new))

    async def _apply(self, plan: ImportPlan, *, only_new: bool) -> None:
        try:
            done = await self.store.imports.apply(plan, "none" if only_new else "all", plan.mapping)
        except StoreError as refusal:
            self._rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        self.done, self._done_only_new = done, only_new
        await self.leave_plan()
        if self.file is not None:
            self._corrections.pop(self.file.path, None)
        await self.loket.refresh_office()
        await self._offer()
        self.loket.saved()
        self._rest(_("{file} is in · u takes it back").format(file=cut(done.file, 30)), "good")

    async def do_undo(self) -> None:
        if self.busy:
            self.say(self.busy, "warn")
        elif self.done is None or self.done.undo is None:
            self.say(_("No file was brought in from this screen yet."), "warn")
        else:
            self.confirm(imports.undo_question(self.done, only_new=self._done_only_new), self._take_back)

    async def _take_back(self) -> None:
        if self.done is not None:
            self.busy = _("Taking {file} back …").format(file=cut(self.done.file, 40))
            self.run_worker(self._undo(self.done))

    async def _undo(self, done: ImportDone) -> None:
        assert done.undo is not None
        try:
            await self.store.undo.undo(done.undo)
        except UndoRefused as refusal:
            self._rest(imports.undo_refused(refusal, self.loket.now()), "bad")
            return
        except StoreError as refusal:
            self._rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        self.done = None
        await self.loket.refresh_office()
        await self._offer()
        self.loket.saved()
        self._rest(_("{file} is taken back: everything is as before.").format(file=cut(done.file, 30)), "good")

    async def step_back(self) -> None:
        if self._reading:
            self._turn += 1
            self._rest(_("Given up; nothing was changed."), "muted")
        elif self.view == "rows":
            await self.rows_back()
        elif self.view == "columns":
            self.view = "plan"
        elif self.view == "plan":
            await self.leave_plan()
            await self._offer()
        else:
            await super().step_back()


def look_into(inbox: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of what lies there: cheap enough to ask every few seconds."""
    try:
        with os.scandir(inbox) as entries:
            states = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
    except OSError:
        return ()
    return tuple(sorted((name, state.st_size, state.st_mtime_ns) for name, state in states))
