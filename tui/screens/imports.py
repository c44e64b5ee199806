"""Files from MASUK: what lies there, what one of them would bring, and bringing it in; `u` takes it back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from textual.widget import Widget

from store.correction_imports import CorrectionsDone
from store.errors import FieldConflict, StoreError, UndoRefused
from store.rows import ImportDone, ImportPlan, OfferedFile
from store.turns import Progress
from tui.commands import Command, Facts
from tui.i18n import _, number
from tui.screens.from_inbox import offered
from tui.screens.imports_fixes import FixesDesk
from tui.screens.imports_tables import Pane, files_table
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, wrap
from tui.widgets.window_table import WindowTable
from tui.words import correction_files, errors, imports

WATCH = 2.0
"""Seconds between two looks into MASUK while its files are on screen."""


class ImportsScreen(FixesDesk):
    """Keeps the file that is looked at while another desk is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[OfferedFile] = []
        self.done: ImportDone | CorrectionsDone | None = None
        self._done_only_new = False
        self._mappings: dict[tuple[Path, bool], dict[str, str]] = {}
        self._as_fixes = False  # the file is read as one of corrections
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
        return f"fixes-{self.view}" if self.fixes is not None else f"import-{self.view}"

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
        if self.fixes is not None:
            return self.fixes_lines()
        if self.view != "files":
            return self.plan_lines()
        if isinstance(self.done, CorrectionsDone):
            told = correction_files.done(self.done)
            return [[(self.done.file, "good")], [(" · ".join(told), "good")]]
        if self.done is not None:
            return [[(part, "good")] for part in imports.done(self.done, only_new=self._done_only_new)]
        if not self.offered:
            return []
        hint = _("Enter looks at a list of participants, k at corrections.")
        return [[(hint, "muted"), (f"   {self.files.position()}", "muted")]]

    def draw_desk(self) -> None:
        self.files_pane.set_class(self.view != "files", "away")
        self.files.set_class(not self.offered, "away")
        self.empty.set_class(bool(self.offered), "away")
        self.empty.draw(self._empty_lines)
        self.lay_out_plan()

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
        if self.view != "files" or not self.is_active:
            return
        if await asyncio.to_thread(look_into, self.store.inbox) != self._seen and self.is_active:
            await self.guarded(self._offer)
            self.frame()

    async def _offer(self) -> None:
        self._seen = await asyncio.to_thread(look_into, self.store.inbox)
        self.offered = await offered(self)
        await self.files.fill(self.offered)

    # Reading

    async def do_read_file(self) -> None:
        file = self.files.current
        if file is not None:
            await self.look_at(file)

    async def do_read_fixes(self) -> None:
        file = self.files.current
        if file is not None:
            await self.look_at(file, as_fixes=True)

    async def do_plan_fixes(self) -> None:
        if self.file is not None:
            await self.look_at(self.file, as_fixes=True)

    async def look_at(self, file: OfferedFile, *, as_fixes: bool = False) -> None:
        """Read this file and show what it would bring, as a list of participants or as corrections."""
        await self.leave_plan()
        self._as_fixes = as_fixes
        self.read(file, self._mappings.get((file.path, as_fixes), {}))

    def read(self, file: OfferedFile, mapping: dict[str, str]) -> None:
        self._turn += 1
        self._reading = True
        self.busy = _("Reading {file} … esc gives it up.").format(file=cut(file.name, 40))
        work = self._read_fixes if self._as_fixes else self._read
        self.run_worker(work(self._turn, file, mapping))
        self.frame()

    async def _read_fixes(
        self,
        turn: int,
        file: OfferedFile,
        mapping: dict[str, str],
        conflicts: dict[int, FieldConflict] | None = None,
    ) -> None:
        try:
            plan = await self.store.correction_imports.plan(file.path, mapping)
        except StoreError as refusal:
            if turn == self._turn:
                self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        if turn != self._turn:
            await self.store.correction_imports.close(plan)
            return
        self.file = file
        if mapping:
            self._mappings[file.path, True] = mapping
        self.rest(_("Nothing is changed yet."), "muted")
        await self.show_fixes(plan, conflicts or {})

    async def _read(self, turn: int, file: OfferedFile, mapping: dict[str, str]) -> None:
        try:
            plan = await self.store.imports.plan(file.path, mapping)
        except StoreError as refusal:
            if turn == self._turn:
                self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        if turn != self._turn:  # given up: nobody waits for it any more
            await self.store.imports.close(plan)
            return
        self.file = file
        if mapping:
            self._mappings[file.path, False] = mapping
        self.rest(_("Nothing is changed yet."), "muted")
        await self.show_plan(plan)

    def rest(self, text: str, role: str) -> None:
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
        if isinstance(self.plan, ImportPlan):
            self.busy = _("Bringing {file} in …").format(file=cut(self.plan.file, 40))
            self.run_worker(self._apply(self.plan, only_new=self.only_new))

    async def _apply(self, plan: ImportPlan, *, only_new: bool) -> None:
        try:
            done = await self.store.imports.apply(plan, "none" if only_new else "all", plan.mapping)
        except StoreError as refusal:
            self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        self.done, self._done_only_new = done, only_new
        await self.leave_plan()
        if self.file is not None:
            self._mappings.pop((self.file.path, False), None)
        await self.loket.refresh_office()
        await self._offer()
        self.loket.saved()
        self.rest(_("{file} is in · u takes it back").format(file=cut(done.file, 30)), "good")

    async def fixed(self, done: CorrectionsDone) -> None:
        """Corrections were taken; what a colleague changed meanwhile is shown again, to be chosen one by one."""
        self.done = done
        await self.leave_plan()
        await self.loket.refresh_office()
        await self._offer()
        self.loket.saved()
        said = " · ".join(correction_files.done(done))
        if done.conflicts and self.file is not None:
            left = {each.n: each.conflict for each in done.conflicts}
            self._turn += 1
            await self._read_fixes(self._turn, self.file, self._mappings.get((self.file.path, True), {}), left)
        if self.file is not None:
            self._mappings.pop((self.file.path, True), None)
        self.rest(_("{what} · u undoes").format(what=said) if done.undo is not None else said, "good")

    async def do_undo(self) -> None:
        if self.busy:
            self.say(self.busy, "warn")
        elif self.done is None or self.done.undo is None:
            self.say(_("No file was brought in from this screen yet."), "warn")
        else:
            if isinstance(self.done, CorrectionsDone):
                question = correction_files.undo_question(self.done)
            else:
                question = imports.undo_question(self.done, only_new=self._done_only_new)
            self.confirm(question, self._take_back)

    async def _take_back(self) -> None:
        if self.done is not None:
            self.busy = _("Taking {file} back …").format(file=cut(self.done.file, 40))
            self.run_worker(self._undo(self.done))

    async def _undo(self, done: ImportDone | CorrectionsDone) -> None:
        assert done.undo is not None
        name = cut(done.file, 40)

        def told(progress: Progress) -> None:
            if progress.of > 1:
                far = {"done": number(progress.done), "parts": number(progress.of)}
                self.busy = _("Taking {file} back: {done} of {parts} parts").format(file=name, **far)
                self.frame()

        try:
            await self.store.undo.undo(done.undo, told)
        except UndoRefused as refusal:
            self.rest(imports.undo_refused(refusal, self.loket.now()), "bad")
            return
        except StoreError as refusal:
            self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        self.done = None
        await self.loket.refresh_office()
        await self._offer()
        self.loket.saved()
        self.rest(_("{file} is taken back: everything is as before.").format(file=cut(done.file, 30)), "good")

    async def step_back(self) -> None:
        if self._reading:
            self._turn += 1
            self.rest(_("Given up; nothing was changed."), "muted")
        elif self.busy:
            self.say(_("All of it or nothing; wait a moment."), "warn")
        elif self.view == "rows":
            await self.rows_back()
        elif self.view == "lines":
            await self.lines_back()
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
