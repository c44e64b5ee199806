"""The voucher desk (F5): the claim files in work, where each of them is, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import events
from textual.widget import Widget

from store.claim_file_rows import BatchCount, FileFilter, FileRow
from store.rules.permissions import Permission
from store.rules.vouchers import FileState
from store.value_class import value_class
from tui.commands import Command, Facts
from tui.i18n import _, ngettext, number
from tui.kept import Unkept
from tui.screens.imports_tables import Pane
from tui.screens.voucher_acts import FileActs
from tui.screens.voucher_days import DaysScreen
from tui.screens.voucher_file import FileScreen
from tui.screens.voucher_in import PASTED, ListingScreen
from tui.screens.voucher_receive import ReceiveScreen
from tui.widgets.card import CardView
from tui.widgets.ink import Line, Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import voucher_desk
from tui.words.voucher_desk import Holders

if TYPE_CHECKING:
    from store import Store

_S = FileState
OPEN: Final = (_S.RECEIVED, _S.MATCHED, _S.PRINTED, _S.CONFIRMED, _S.OUT, _S.COMPLETE)
SHOWN: Final[dict[str, FileFilter]] = {
    "open": FileFilter(OPEN),
    "matched": FileFilter((_S.MATCHED,)),
    "differs": FileFilter(waits_for_yes=True),
    "loose": FileFilter(without_transaction=True),
    **{str(state): FileFilter((state,)) for state in (_S.PRINTED, _S.CONFIRMED, _S.OUT, _S.COMPLETE, _S.ARCHIVED)},
    "all": FileFilter(),
}
"""What each scope of the desk shows."""

PROGRAMS: Final = (None, "JHT", "JKK", "JKM", "JP")


@value_class
class Files:
    """Claim files in the store, as a source of a table."""

    store: Store
    wanted: FileFilter

    async def count(self) -> int:
        return await self.store.files.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[FileRow]:
        return await self.store.files.rows(self.wanted, offset, limit)


class VouchersScreen(FileActs):
    """Keeps day, scope and marks while another desk is in front."""

    desk: ClassVar[str] = "desk-vouchers"

    def __init__(self) -> None:
        super().__init__([])
        self.scope = "open"
        self.day: date | None = None
        self.program: str | None = None
        self.text = ""
        self.marks: dict[int, FileRow] = {}
        self.counts: list[BatchCount] = []
        self.differing = 0
        self.loose = 0
        self.listed = False  # some listing has come in
        self.holders: Holders = {}

    def body(self) -> Sequence[Widget]:
        self.scopes = CardView(id="voucher-scopes")
        self.scopes.styles.height = 2
        self.list = WindowTable[FileRow]((), key=lambda row: row.file_id, id="vouchers")
        return (Pane(self.scopes, self.list),)

    def context(self) -> str:
        return "vouchers"

    def contexts(self) -> tuple[str, ...]:
        if self.asking:
            return (self.asking, "always")
        return ("vouchers", "voucher-file", "plain", "always")

    def place(self) -> tuple[str, str]:
        return _("Vouchers"), " · ".join(
            part for part in (self._day_words(), self.program or "", self._searched()) if part
        )

    def _day_words(self) -> str:
        return _("all days") if self.day is None else voucher_desk.day(self.day, self.loket.now())

    def _searched(self) -> str:
        return f"“{self.text}”" if self.text else ""

    def facts(self) -> Facts:
        me = self.loket.me
        facts = Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.list.total,
            marked=len(self.marks),
            ready=self.ready(),
        )
        return self.facts_of_file(facts)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    # What others take from here

    def chosen(self) -> FileRow | None:
        return self.list.current

    def waiting(self) -> list[FileRow]:
        return [row for row in self.marks.values() if row.waits_for_yes] if self.marks else super().waiting()

    def chosen_ids(self) -> list[int]:
        """The marked files, in the order they were marked; else the one under the cursor."""
        row = self.list.current
        return list(self.marks) or ([row.file_id] if row is not None else [])

    def print_batch(self) -> FileFilter:
        """All that is ready to be printed, of the day, programme and search that are shown."""
        return self._within(SHOWN["matched"])

    def ready(self) -> int:
        """Files whose vouchers can be printed: of the marked ones, else of the batch."""
        if self.marks:
            return sum(row.state is FileState.MATCHED for row in self.marks.values())
        return sum(count.files for count in self.counts if count.state is FileState.MATCHED)

    def _within(self, wanted: FileFilter) -> FileFilter:
        return replace(wanted, program=self.program, paid_on=self.day, text=self.text)

    # What stands on it

    def idle_lines(self) -> list[list[Piece]]:
        row = self.list.current
        first: list[Piece] = [(self._empty(), "muted")] if row is None else voucher_desk.row_pieces(row)
        return [first, [(f"{self.list.position()}  ".lstrip(), "muted"), *self._batch_words()]]

    def _empty(self) -> str:
        if self.text or self.program or self.day or self.scope != "open":
            return _("Nothing fits. esc shows all in work again.")
        if not self.listed:
            return _("Next step: l brings the day's listing in, from MASUK or pasted.")
        return _("No claim file is in work. Next step: t receives the papers.")

    def _batch_words(self) -> list[Piece]:
        if self.marks:
            count = len(self.marks)
            return [(ngettext("1 file marked", "{n} files marked", count).format(n=number(count)), "key")]
        return voucher_desk.batch_pieces([count for count in self.counts if count.state is FileState.MATCHED])

    def _scope_lines(self, width: int, _height: int) -> list[Line]:
        counted = {"differs": self.differing, "loose": self.loose, "open": sum(count.files for count in self.counts)}
        for count in self.counts:
            if count.state is not FileState.RECEIVED:
                counted[str(count.state)] = counted.get(str(count.state), 0) + count.files
        return voucher_desk.scope_lines(self.scope, counted, width)

    def draw_desk(self) -> None:
        self.scopes.draw(self._scope_lines)

    # Reading

    async def arrived(self) -> None:
        self.list.columns = self._columns()
        if self.list.source is None:
            await self.open_list()
        else:
            await self.read_again()

    async def others_changed(self) -> None:
        self.list.columns = self._columns()
        await self.read_again()

    def _columns(self) -> tuple[Column[FileRow], ...]:
        now = self.loket.now()
        amounts = Permission.SEE_FILE_AMOUNTS in self.loket.me.permissions
        amount: Column[FileRow] = Column(_("Amount"), voucher_desk.amount_cell, width=16, right=True)
        return (
            Column("", lambda row: ("●" if row.file_id in self.marks else "", "key"), width=1),
            Column(_("Day"), lambda row: voucher_desk.day_cell(row.paid_on, now), width=5),
            Column("", lambda row: row.program, width=3),
            Column(_("Name"), lambda row: row.name or row.payee, share=3),
            Column(_("Code"), lambda row: row.code, width=25, hide_below=118),
            *([amount] if amounts else []),
            Column(_("State"), lambda row: voucher_desk.state_cell(row, self.holders, now), share=2),
        )

    def show_first(self, scope: str) -> None:
        """Opens with this scope when it comes to the front next."""
        self.scope, self.text, self.program, self.day = scope, "", None, None
        if self.is_mounted:
            self.list.source = None

    async def read_again(self) -> None:
        await self._refresh_marks()
        await self._count()
        await self.list.reload()
        self.frame()

    async def open_list(self) -> None:
        """Show what is asked for, from its first row."""
        await self._count()
        await self.list.open(Files(self.store, self._within(SHOWN[self.scope])))
        self.frame()

    async def _count(self) -> None:
        files = self.store.files
        self.counts = await files.counts(self._within(SHOWN["open"]))
        self.differing = await files.count(self._within(SHOWN["differs"]))
        self.loose = await files.count(self._within(SHOWN["loose"]))
        self.holders = {row.number: row for row in await self.store.stacks.out_now()}
        await self.read_groups(self.differing)
        if not self.listed:
            self.listed = bool(await self.store.voucher_days.list())

    async def _refresh_marks(self) -> None:
        """Marked files as they are now; what was taken back is no longer marked."""
        if self.marks:
            now = {row.file_id: row for row in await self.store.files.some(list(self.marks))}
            self.marks = {file_id: now[file_id] for file_id in self.marks if file_id in now}

    async def moved(self) -> None:
        self.frame()

    async def step_back(self) -> None:
        if self.marks:
            self.marks.clear()
            self.list.paint()
        elif self.text or self.program or self.day or self.scope != "open":
            self.text, self.program, self.day, self.scope = "", None, None, "open"
            await self.open_list()
        else:
            await super().step_back()

    # Which ones

    async def do(self, command: Command) -> None:
        if command.id.startswith("vouchers-show-"):
            self.scope = command.id.removeprefix("vouchers-show-")
            await self.open_list()
        else:
            await super().do(command)

    async def do_vouchers_program(self) -> None:
        self.program = PROGRAMS[(PROGRAMS.index(self.program) + 1) % len(PROGRAMS)]
        await self.open_list()

    async def do_vouchers_search(self) -> None:
        async def typed(text: str) -> None:
            self.text = text.strip()
            await self.open_list()

        hint = _("a part of a name, payee, KPJ or code · ↑↓ · enter or esc keeps it")
        self.open_prompt(
            PromptLine(_("Search"), self.text, hint, 60), typed, typed=typed, escape=typed, keep=Unkept.SEARCH
        )

    async def do_vouchers_day_before(self) -> None:
        await self._other_day(-1)

    async def do_vouchers_day_after(self) -> None:
        await self._other_day(1)

    async def _other_day(self, step: int) -> None:
        days = [row.day for row in await self.store.voucher_days.list()]  # the newest first
        if not days:
            self.say(_("No day has a listing or files yet."), "warn")
            return
        places: list[date | None] = [None, *reversed(days)]
        at = places.index(self.day) if self.day in places else 0
        self.day = places[(at + step) % len(places)]
        await self.open_list()

    # Ways from here

    async def do_vouchers_open(self) -> None:
        row = self.list.current
        if row is not None:
            await self.loket.push_screen(FileScreen(self.done, row))

    async def do_receive(self) -> None:
        await self.loket.push_screen(ReceiveScreen(self.done, self.day))

    async def do_vouchers_in(self) -> None:
        await self.loket.push_screen(ListingScreen(self.done))

    async def on_paste(self, event: events.Paste) -> None:
        """A listing that is pasted on the desk is looked at where listings come in."""
        if self.prompt is None and not self.asking and len(event.text.strip().splitlines()) >= PASTED:
            event.stop()
            try:
                await self.loket.push_screen(ListingScreen(self.done, event.text))
            finally:
                self.loket.answered()
        else:
            await super().on_paste(event)

    async def do_vouchers_days(self) -> None:
        await self.loket.push_screen(DaysScreen(self))

    async def show_day(self, day: date | None) -> None:
        """Show the files of this day, whatever state they are in."""
        self.day, self.scope = day, "open" if day is None else "all"
        await self.open_list()

    # Marks

    async def do_vouchers_mark(self) -> None:
        row = self.list.current
        if row is not None:
            if self.marks.pop(row.file_id, None) is None:
                self.marks[row.file_id] = row
            await self.list.move("down")
            self.list.paint()

    async def do_vouchers_mark_all(self) -> None:
        wanted = self._within(SHOWN[self.scope])
        rows = await self.store.files.rows(wanted, 0, self.list.total)
        if all(row.file_id in self.marks for row in rows):
            self.marks.clear()
        else:
            self.marks |= {row.file_id: row for row in rows}
        self.list.paint()
