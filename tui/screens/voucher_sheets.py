"""The sheets of one claim file: every original and copy, and what an officer does when one is spoiled or wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import cast

from textual.widget import Widget

from store.claim_file_rows import FileRow
from store.claim_files import FileIn
from store.rules.money import format_rupiah, read_rupiah
from store.rules.permissions import Permission
from store.voucher_rows import VoucherRow
from tui.commands import Command, Facts, holding
from tui.i18n import _, ngettext, number, short_moment
from tui.kept import open_kept
from tui.screens.base import DeskScreen
from tui.screens.voucher_print import VoucherPrintScreen
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import claim_files, voucher_prints
from tui.words.vouchers import cut

Reasoned = Callable[[str], Awaitable[None]]


class VoucherSheetsScreen(DeskScreen):
    """Above the desk; escape goes back there."""

    def __init__(self, file: FileRow) -> None:
        super().__init__()
        self.file = file
        self.sheets: list[VoucherRow] = []
        self.old = 0  # number of the voucher that gets a successor
        self.why = ""  # typed for it

    def body(self) -> Sequence[Widget]:
        now = self.loket.now
        self.list = WindowTable[VoucherRow](
            (
                Column(_("Voucher"), lambda row: voucher_prints.voucher_number(row.number), width=8),
                Column(_("Sheet"), _sheet, width=16),
                Column(_("Made"), lambda row: short_moment(row.made_at, now()), width=11),
                Column(_("By"), lambda row: row.made_by, width=16, hide_below=90),
                Column(_("State"), _state, width=21),
                Column(_("Reason"), lambda row: row.void_why or row.reason),
            ),
            key=lambda row: row.voucher_id,
            id="voucher-sheets",
        )
        return (self.list,)

    def context(self) -> str:
        return "voucher-sheets"

    def place(self) -> tuple[str, str]:
        return _("Sheets"), f"{self.file.program} {cut(self.file.name or self.file.payee)}"

    def facts(self) -> Facts:
        me = self.loket.me
        living = sum(row.void_at is None and not row.copy for row in self.sheets)
        return Facts(permissions=me.permissions, practice=me.practice, rows=living, file_own=self.file.mine)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        file = self.file
        amount = format_rupiah(file.amount) if file.amount is not None else ""
        facts = " · ".join(part for part in (file.code, file.name, amount, claim_files.state(file.state)) if part)
        if not self.sheets:
            return [[(facts, "normal")], [(_("No sheet yet. p at the desk prints the voucher."), "muted")]]
        return [[(facts, "normal")], [(_("A number is given once; what was on paper is never taken back."), "muted")]]

    # Reading

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        file = await self.store.files.read(self.file.file_id)
        self.file = file or self.file
        self.sheets = await self.store.vouchers.of_file(self.file.file_id)
        await self.list.fill(self.sheets)
        self.frame()

    def _living(self) -> VoucherRow:
        return next(row for row in reversed(self.sheets) if row.void_at is None and not row.copy)

    # What an officer does

    async def do_copy_reprint(self) -> None:
        original = self._living()
        copies = sum(row.void_at is None and row.copy > 0 for row in self.sheets) + 1

        async def typed(why: str) -> None:
            text = _("Voucher {number} once more: it will bear “REPRINT {n}” and the reason. Go on?")
            self.confirm(
                text.format(number=voucher_prints.voucher_number(original.number), n=copies), lambda: reprint(why)
            )

        async def reprint(why: str) -> None:
            made = await self.store.vouchers.reprint(self.file.file_id, why, seen=original.number)
            self.loket.saved()
            text = _("Reprint {n} of voucher {number} waits for the printer.")
            await self._to_printer(text.format(n=made.copy, number=voucher_prints.voucher_number(made.number)))

        await self._ask_why(_("Why is it printed again"), typed)

    async def do_copy_void(self) -> None:
        old = self._living().number

        async def typed(why: str) -> None:
            self.confirm(self._void_question(old), lambda: void(why))

        async def void(why: str) -> None:
            gone = await self.store.vouchers.void(self.file.file_id, why, seen=old)
            self.loket.saved()
            await self._read()
            text = _("Voucher {number} is void; the file is matched again. p at the desk prints its successor.")
            self.say(text.format(number=voucher_prints.voucher_number(gone)), "good")

        await self._ask_why(_("Why is it void"), typed)

    def _void_question(self, old: int) -> str:
        original = voucher_prints.voucher_number(old)
        copies = sum(row.void_at is None and row.copy > 0 for row in self.sheets)
        with_copies = ngettext("and 1 copy", "and {n} copies", copies).format(n=number(copies)) if copies else ""
        text = _("Voucher {number} {copies} void? Its signatures count no more, the number is never used again.")
        return " ".join(text.format(number=original, copies=with_copies).split()).replace(" ?", "?")

    async def do_copy_replace(self) -> None:
        self.old = self._living().number

        async def typed(why: str) -> None:
            self.why = why
            choices = [(command.keys[0], _(command.label)) for command in holding(("replace",))]
            self.ask("replace", _("What does the paper say otherwise than the voucher?"), choices)

        await self._ask_why(_("Why is it replaced"), typed)

    async def do(self, command: Command) -> None:
        if not command.id.startswith("replace-"):
            await super().do(command)
            return
        what = command.id.removeprefix("replace-")
        self.asking = ""
        if what == "same":
            await self._confirm_replace(FileIn())
            return
        file = self.file
        paper = file.typed_amount if file.typed_amount is not None else file.amount
        before = {"amount": str(paper or ""), "name": file.name, "payee": file.payee, "kpj": file.kpj}[what]

        async def entered(text: str) -> None:
            words, read = " ".join(text.split()), read_rupiah(text).value
            if what == "amount" and not read:
                await ask()
                self.say(_("“{text}” is no amount. For example: 59.538.689").format(text=text), "warn")
            elif not words:
                await ask()
                self.say(_("Write a few words; they stay with the file."), "warn")
            else:
                said = {"name": FileIn(name=words), "payee": FileIn(payee=words), "kpj": FileIn(kpj=words)}
                await self._confirm_replace(FileIn(amount=read) if what == "amount" else said[what])

        async def ask() -> None:
            await open_kept(
                self,
                f"sheet {what} {self.file.file_id}",
                PromptLine(_(command.label), before, _("as the paper says it · enter · esc"), 120),
                entered,
            )

        await ask()

    async def _confirm_replace(self, said: FileIn) -> None:
        why, number_, file = self.why, self.old, self.file
        paper = replace(
            said,
            program=file.program,
            kpj=said.kpj or file.kpj,
            name=said.name or file.name,
            payee=said.payee or file.payee,
            amount=said.amount if said.amount is not None else file.typed_amount,
            paid_on=file.paid_on,
            note=file.note,
        )

        async def act() -> None:
            made = await self.store.vouchers.replace(file.file_id, why, paper, seen=number_)
            self.loket.saved()
            old = voucher_prints.voucher_number(made.void_number)
            if made.successor is None:
                await self._read()
                text = _("Voucher {old} is void. What differs waits for an officer's yes, then p prints its successor.")
                self.say(text.format(old=old), "warn")
                return
            new = voucher_prints.voucher_number(made.successor.number)
            await self._to_printer(_("Voucher {old} is void, {new} follows it.").format(old=old, new=new))

        self.confirm(self._void_question(number_), act)

    async def _ask_why(self, label: str, act: Reasoned) -> None:
        async def entered(text: str) -> None:
            if not text.strip():
                await self._ask_why(label, act)
                self.say(_("A reason is needed: one word is enough."), "warn")
                return
            await act(text.strip())

        hint = _("it stays in the trail, of a copy also on paper · enter goes on · esc goes back")
        await open_kept(self, f"sheet-why:{self.file.file_id}:{label}", PromptLine(label, "", hint, 120), entered)

    async def _to_printer(self, said: str) -> None:
        """The sheet waits; who may print sees it on the screen of printing at once."""
        await self._read()
        if Permission.RECEIVE_FILES in self.loket.me.permissions:
            await self.do_copy_print()
        self.say(said, "good")

    async def do_copy_print(self) -> None:
        await self.loket.push_screen(VoucherPrintScreen([self.file.file_id], all_waiting=False))

    async def step_back(self) -> None:
        self.dismiss()


def _sheet(row: VoucherRow) -> Piece:
    if row.copy:
        return _("reprint {n}").format(n=row.copy), "normal"
    if row.replaces is not None:
        return _("follows {number}").format(number=voucher_prints.voucher_number(row.replaces)), "normal"
    return _("original"), "normal"


def _state(row: VoucherRow) -> Piece:
    if row.void_at is not None:
        return _("void"), "bad"
    if row.printed_at is not None:
        return _("paper right"), "good"
    return (_("at the printer"), "warn") if row.under_way else (_("waits for the printer"), "warn")
