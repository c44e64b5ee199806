"""One claim file, whole: what its paper says beside the listing, who did what with it, where it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.widget import Widget

from store.claim_file_rows import FileRow
from store.stack_rows import StackRow
from store.voucher_rows import VoucherRow
from tui.commands import Facts
from tui.i18n import _
from tui.screens.deeds import Deed
from tui.screens.voucher_acts import FileActs
from tui.widgets.ink import Line, Piece
from tui.widgets.pages import PageView
from tui.words import voucher_desk


class FileScreen(FileActs):
    """Above the desk; escape goes back to it."""

    desk: ClassVar[str] = "desk-vouchers"

    def __init__(self, done: list[Deed], row: FileRow) -> None:
        super().__init__(done)
        self.row = row
        self.sheets: Sequence[VoucherRow] = ()
        self.stack: StackRow | None = None

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="claim-file")
        return (self.page,)

    def context(self) -> str:
        return "claim-file"

    def contexts(self) -> tuple[str, ...]:
        if self.asking:
            return (self.asking, "always")
        return ("claim-file", "voucher-file", "plain", "always")

    def place(self) -> tuple[str, str]:
        return _("Vouchers"), voucher_desk.name(self.row)

    def chosen(self) -> FileRow | None:
        return self.row

    def facts(self) -> Facts:
        me = self.loket.me
        return self.facts_of_file(Facts(permissions=me.permissions, practice=me.practice, rows=1))

    def idle_lines(self) -> list[list[Piece]]:
        return [
            voucher_desk.row_pieces(self.row),
            [(_("esc goes back to the desk"), "muted"), (f"   {self.page.position()}", "muted")],
        ]

    async def arrived(self) -> None:
        await self.read_again()

    async def others_changed(self) -> None:
        await self.read_again()

    async def read_again(self) -> None:
        row = await self.store.files.read(self.row.file_id)
        if row is None:
            self.loket.message = (_("That file was taken back."), "muted")
            self.dismiss()
            return
        self.row = row
        self.sheets = await self.store.vouchers.of_file(row.file_id)
        self.stack = await self.store.stacks.read(row.holder) if row.holder is not None else None
        await self.read_groups(int(row.waits_for_yes))
        self.page.fill(self._lines)
        self.frame()

    def _lines(self, width: int) -> list[Line]:
        return voucher_desk.page_lines(self.row, self.sheets, self.stack, self.loket.now(), width)

    async def do_claim_file_history(self) -> None:
        from tui.screens.person import PersonScreen

        found = await self.store.persons.find(self.row.kpj) if self.row.kpj else []
        person = next((each for each in found if each.kpj == self.row.kpj), None)
        if person is None:
            self.say(_("Nobody with this KPJ is on record; F8 finds people by other things."), "warn")
        else:
            await self.loket.push_screen(PersonScreen(person.participant_id))

    async def _other_key(self, event: events.Key) -> None:
        if not self.asking and await self.page.move(event.key):
            self.frame()
            return
        await super()._other_key(event)

    async def step_back(self) -> None:
        self.dismiss()
