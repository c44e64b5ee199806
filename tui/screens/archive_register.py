"""Registers of older files from MASUK: looked at first, brought in whole, taken back by one key (domain.md 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from textual.widget import Widget

from store.archive_rows import RegisterPlan
from store.errors import StoreError
from store.rows import OfferedFile
from tui.commands import Facts
from tui.i18n import N_, _, ngettext, number
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.column_choice import choose_column
from tui.screens.deeds import Deed
from tui.screens.from_inbox import FromInbox
from tui.screens.imports_tables import Pane, files_table
from tui.widgets.ink import Piece, cut
from tui.widgets.pages import PageView
from tui.words import archive_register as words
from tui.words import errors

TAKEN: Final = N_("All of it or nothing; wait a moment.")
"""While a register is brought in."""


class RegisterScreen(FromInbox[RegisterPlan], ArchiveDesk):
    """The files in MASUK, then what one of them would bring."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.offered: list[OfferedFile] = []
        self._reading = False  # what is read can be given up, what is brought in cannot

    def body(self) -> Sequence[Widget]:
        self.rows = files_table(lambda: self.loket.now())
        self.page = PageView(id="register-plan")
        self.files_pane, self.plan_pane = Pane(self.rows), Pane(self.page)
        return (self.files_pane, self.plan_pane)

    def context(self) -> str:
        return "register-files" if self.plan is None else "register-plan"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("register") + ("" if self.plan is None else f" · {cut(self.plan.file, 40)}")

    def facts(self) -> Facts:
        return replace(super().facts(), nothing_new=self.plan is not None and not self.plan.new)

    def idle_lines(self) -> list[list[Piece]]:
        if self.busy:
            waits = _("esc gives it up; nothing is changed.") if self._reading else _(TAKEN)
            return [[(self.busy, "warn")], [(waits, "muted")]]
        if self.plan is not None:
            return [[(words.effect(self.plan), "strong")], [(self.page.position(), "muted")]]
        if not self.offered:
            return self.told(_("No file lies in MASUK. Put the register there (Excel or CSV); it appears here."))
        hint = _("Enter shows what the register would bring; nothing changes before t and y.")
        return [[(hint, "muted")], [(self.rows.position(), "muted")]]

    def draw_desk(self) -> None:
        self.files_pane.set_class(self.plan is not None, "away")
        self.plan_pane.set_class(self.plan is None, "away")

    # Reading

    async def do_register_read(self) -> None:
        file = self.rows.current
        if file is not None:
            self._begin(file, None)

    async def do_register_columns(self) -> None:
        plan, file = self.plan, self.rows.current
        if plan is not None and file is not None:
            await choose_column(
                self, plan.sheets, words.FIELDS, plan.mapping, lambda mapping: self._begin(file, mapping)
            )

    def _begin(self, file: OfferedFile, mapping: dict[str, str] | None) -> None:
        self._reading = True
        said = _("Reading {file} … esc gives it up.").format(file=cut(file.name, 40))
        self.look(said, lambda: self.store.registers.plan(file.path, mapping))

    def shows(self, plan: RegisterPlan) -> None:
        self.page.fill(lambda width: words.plan_lines(plan, width), from_top=True)

    def rest(self, text: str, role: str) -> None:
        self._reading = False
        super().rest(text, role)

    # Bringing in

    async def do_register_take(self) -> None:
        plan = self.plan
        if plan is None:
            return

        async def take() -> None:
            self.busy = _("Bringing {file} in …").format(file=cut(plan.file, 40))
            self.run_worker(self._take(plan))

        self.confirm(words.question(plan), take)

    async def _take(self, plan: RegisterPlan) -> None:
        try:
            done = await self.store.registers.apply(plan, plan.mapping)
        except StoreError as refusal:
            self.rest(errors.sentence(refusal, self.loket.now()), "bad")
            return
        self.busy, self.plan = "", None
        said = ngettext("1 file is in the archive", "{n} files are in the archive", done.new)
        await self.did(said.format(n=number(done.new)), done.undo)

    async def step_back(self) -> None:
        if self.busy and not self._reading:
            self.say(_(TAKEN), "warn")
        else:
            await super().step_back()
