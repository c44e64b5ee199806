"""Stacks out for signing: who holds which files since when, sending out with a receipt, and the way to taking back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

import printing
from store.claim_file_rows import FileFilter
from store.rows import UndoRef
from store.rules.permissions import Permission
from store.rules.printing import Document
from store.rules.signers import Signatory
from store.stack_rows import StackCounts, StackRow
from tui import paper_out
from tui.commands import Facts
from tui.i18n import _, number
from tui.kept import open_kept
from tui.screens.deeds import Deed, DeedDesk
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import stacks, vouchers_paper
from tui.words.letters import with_unprinted

SHOWN = 300
"""Stacks that are back, the newest, as far as they are listed."""


class StackDesk(DeedDesk):
    """What the screens of stacks share: their signatories, receipts, and what `u` takes back."""

    def __init__(self) -> None:
        super().__init__([])
        self.who: dict[str, Signatory] = {}

    async def read_signers(self) -> None:
        signers = await self.store.stacks.signers()
        self.who = {each.key: each for each in signers.on(self.store.today())}

    async def arrived(self) -> None:
        await self.read_again()

    async def others_changed(self) -> None:
        await self.read_again()

    def noted(self, undo: UndoRef | None, said: str) -> str:
        """Notes what can be taken back; what to say."""
        self.loket.saved()
        if undo is None:
            return said
        self.done.append(Deed(undo, said))
        return _("{what} · u undoes").format(what=said)

    async def print_receipt(self, number_: int, said: str = "") -> None:
        """The receipt of a stack to where the office prints it, with the signatures seen so far."""
        found = await self.store.stacks.receipt(number_)
        sheet, words = vouchers_paper.receipt(found, self.loket.me, self.loket.now())
        told = with_unprinted(said, vouchers_paper.names_on_receipt(found)) if said else ""
        await paper_out.send(self.loket, Document.RECEIPT, lambda: printing.receipt(sheet, words), told)

    async def ask_who(self, count: int, files: Sequence[int]) -> None:
        """Who takes them along; then they are out, with their receipt."""

        async def entered(text: str) -> None:
            if not text.strip():
                await self.ask_who(count, files)
                self.say(_("Who takes the stack along? Type a name."), "warn")
                return
            number_, undo = await self.store.stacks.send(list(files), text)
            said = _("{number}: {files} with {name}").format(
                number=vouchers_paper.stack_number(number_), files=stacks.files(len(files)), name=text.strip()
            )
            told = self.noted(undo, said)
            await self.sent()
            await self.print_receipt(number_, told)

        hint = _("the name of who takes them along · enter sends them out · esc goes back")
        label = _("{files} go out with").format(files=stacks.files(count))
        await open_kept(self, "stack with", PromptLine(label, "", hint, 60), entered)

    async def sent(self) -> None:
        """They are out."""
        await self.read_again()

    async def step_back(self) -> None:
        self.dismiss()


class StacksScreen(StackDesk):
    """`marked` go out, or where none are, what is ready of `wanted`: in the order of the desk."""

    def __init__(self, marked: Sequence[int], wanted: FileFilter) -> None:
        super().__init__()
        self.marked = list(marked)
        self.wanted = wanted
        self.files: list[int] = []
        self.back = False
        self.counts: StackCounts | None = None
        self.opened = False

    def body(self) -> Sequence[Widget]:
        now = self.loket.now
        self.list = WindowTable[StackRow](
            (
                Column(_("Stack"), lambda row: (vouchers_paper.stack_number(row.number), "strong"), width=8),
                Column(_("With"), lambda row: row.given_to, share=2),
                Column(_("Since"), lambda row: stacks.since(row, now()), width=27),
                Column(_("Files"), stacks.how_many, width=7, right=True),
                Column(_("Missing"), lambda row: stacks.missing(row, self.who), share=3),
                Column(_("Sent by"), lambda row: row.made_by, width=18, hide_below=110),
            ),
            key=lambda row: row.number,
            id="stacks",
        )
        return (self.list,)

    def context(self) -> str:
        return "stacks"

    def place(self) -> tuple[str, str]:
        which = _("back") if self.back else _("out")
        return _("Stacks for signing"), f"{which}: {number(self.list.total)}"

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(
            permissions=me.permissions, practice=me.practice, rows=self.list.total, stack_ready=len(self.files)
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        counts, row = self.counts, self.list.current
        if counts is None:
            return []
        ready: Piece = (_("{files} ready to go out").format(files=stacks.files(len(self.files))), "key")
        if not self.files:
            ready = (_("No file is ready to go out."), "muted")
        late = _("{n} late").format(n=number(counts.late_files)) if counts.late_files else ""
        facts: list[Piece] = [ready, (" · " + _("{n} out").format(n=number(counts.out)), "normal")]
        facts += [(f" · {late}", "bad")] if late else []
        facts.append((" · " + _("{n} signed by all").format(n=number(counts.complete)), "normal"))
        if row is None:
            told = _("Nothing is out. s sends the ready files out with a receipt.")
            return [facts, [(_("No stack is back yet.") if self.back else told, "muted")]]
        return [facts, [(stacks.head(row, self.loket.now()), "muted"), (f"   {self.list.position()}", "muted")]]

    async def moved(self) -> None:
        self.frame()

    async def read_again(self) -> None:
        await self.read_signers()
        desk = self.store.stacks
        self.counts = await desk.counts()
        rows = await desk.back(0, SHOWN) if self.back else await desk.out_now()
        ready = await self.store.files.ids(self.wanted)
        self.files = [file_id for file_id in ready if file_id in self.marked] if self.marked else ready
        await self.list.fill(rows)
        self.frame()

    async def arrived(self) -> None:
        await super().arrived()
        if not self.opened:
            self.opened = True
            if self.files and not self.list.total and Permission.RECEIVE_FILES in self.loket.me.permissions:
                await self.ask_who(len(self.files), self.files)

    # Acting

    async def do_stack_out(self) -> None:
        await self.ask_who(len(self.files), self.files)

    async def sent(self) -> None:
        self.marked = []
        self.back = False
        self.list.source = None
        await self.read_again()
        await self.list.go(self.list.total - 1)

    async def do_stack_others(self) -> None:
        self.back = not self.back
        self.list.source = None
        await self.read_again()

    async def do_stack_open(self) -> None:
        from tui.screens.voucher_stack import StackScreen

        row = self.list.current
        if row is not None:
            await self.loket.push_screen(StackScreen(row, self))

    async def do_stack_receipt(self) -> None:
        row = self.list.current
        if row is not None:
            await self.print_receipt(row.number)

    async def do_stack_scan(self) -> None:
        from tui.screens.voucher_scan import ScanScreen

        await self.loket.push_screen(ScanScreen())
