"""One stack as it comes back: which signatures are missing on which file, ticked line by line, taken back at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

from store.errors import NotFound, StoreError
from store.stack_rows import Receipt, ReceiptLine, StackRow
from tui.commands import Facts
from tui.i18n import _, number
from tui.kept import Unkept, open_kept
from tui.screens.voucher_stacks import StackDesk, StacksScreen
from tui.widgets.ink import Piece, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import stacks
from tui.words.vouchers import cut
from tui.words.vouchers_paper import stack_number

DRAFT = "stack:"
"""Ticks that are not taken back yet, by the stack's number."""


class StackScreen(StackDesk):
    """Every file is taken to be back and signed by all but for what is ticked; `y` notes it."""

    def __init__(self, row: StackRow, below: StacksScreen) -> None:
        super().__init__()
        self.row = row
        self.below = below
        self.done = below.done
        self.found: Receipt | None = None
        self.lacking: dict[int, set[str]] = {}
        self.outside: set[int] = set()
        self.loaded = False

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[ReceiptLine]((), key=lambda line: line.file.file_id, id="stack")
        return (self.list,)

    def context(self) -> str:
        return "stack"

    def place(self) -> tuple[str, str]:
        return _("Stack {number}").format(number=stack_number(self.row.number)), cut(self.row.given_to)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def _columns(self) -> tuple[Column[ReceiptLine], ...]:
        keys = list(self.who)
        wide = max(9, min(20, (self.size.width - 44) // max(1, len(keys))))

        def signed(key: str) -> Column[ReceiptLine]:
            def cell(line: ReceiptLine) -> Piece:
                file_id = line.file.file_id
                lacking = self.lacking.get(file_id, ())
                return stacks.signed_cell(line, key, lacking, outside=file_id in self.outside)

            return Column(f"{keys.index(key) + 1} {stacks.colour(key, self.who)}", cell, width=wide)

        return (
            Column(_("No."), lambda line: str(line.position), width=3, right=True),
            Column("", lambda line: line.file.program, width=3),
            Column(_("Name"), lambda line: line.file.name or line.file.payee),
            Column(_("Code"), lambda line: line.file.code, width=25, hide_below=110),
            *(signed(key) for key in keys),
            Column("", self._place_cell, width=8),
        )

    def _place_cell(self, line: ReceiptLine) -> Piece:
        if line.back_at is not None:
            return _("back"), "muted"
        return (_("stays out"), "warn") if line.file.file_id in self.outside else ("", "normal")

    def idle_lines(self) -> list[list[Piece]]:
        if self.found is None:
            return []
        coming = self._coming()
        if not coming and not self.outside:
            told = _("Everything of it is back. A digit corrects a signature that was noted wrongly.")
            return [[(row, "muted")] for row in wrap(told, self.size.width - 1, 2)]
        lacks = Counter(key for line in coming for key in self._lacks(line))
        complete = sum(not self._lacks(line) for line in coming)
        told = stacks.would_be(complete, {key: lacks[key] for key in self.who}, len(self.outside), self.who)
        return [[(row, "key")] for row in wrap(told, self.size.width - 1, 2)]

    def _coming(self) -> list[ReceiptLine]:
        """The files that come back now."""
        lines = self.found.lines if self.found is not None else ()
        return [line for line in lines if line.back_at is None and line.file.file_id not in self.outside]

    def _lacks(self, line: ReceiptLine) -> set[str]:
        return self.lacking.get(line.file.file_id, set()) & set(line.missing)

    # Reading

    async def read_again(self) -> None:
        await self.read_signers()
        try:
            self.found = await self.store.stacks.receipt(self.row.number)
        except NotFound:
            self.loket.message = (_("That stack was taken back; its files are ready to go out."), "muted")
            self.dismiss()
            return
        self.row = self.found.stack
        if not self.loaded:
            await self._load()
        self.list.columns = self._columns()
        await self.list.fill(self.found.lines)
        self.frame()

    async def lost(self, error: StoreError) -> None:
        await self.read_again()

    async def _load(self) -> None:
        self.loaded = True
        kept = await self.store.drafts.load(f"{DRAFT}{self.row.number}")
        if kept is not None:
            plain = json.loads(kept[0])
            self.lacking = {int(file): set(keys) for file, keys in plain["lacking"].items()}
            self.outside = set(plain["outside"])
            self.say(_("Your ticks of before are still here."), "muted")

    async def _ticked(self) -> None:
        plain = {
            "lacking": {str(file): sorted(keys) for file, keys in self.lacking.items() if keys},
            "outside": sorted(self.outside),
        }
        await self.store.drafts.save(f"{DRAFT}{self.row.number}", json.dumps(plain))
        self.list.paint()
        self.frame()

    # Ticks

    def _key(self) -> str | None:
        keys, at = list(self.who), int(self.pressed) - 1
        if at < len(keys):
            return keys[at]
        self.say(_("Only {n} sign; the digits stand over the columns.").format(n=number(len(keys))), "warn")
        return None

    async def do_back_signer(self) -> None:
        key, line = self._key(), self.list.current
        if key is None or line is None:
            return
        if line.back_at is not None:
            await self._correct(line, key)
        elif key not in line.missing:
            self.say(_("That signature was there before the stack went out."), "muted")
        else:
            self.outside.discard(line.file.file_id)
            self.lacking.setdefault(line.file.file_id, set()).symmetric_difference_update({key})
            await self._ticked()

    async def do_back_outside(self) -> None:
        line = self.list.current
        if line is None or line.back_at is not None:
            self.say(_("This file is back already."), "muted")
            return
        self.outside.symmetric_difference_update({line.file.file_id})
        await self._ticked()
        await self.list.move("down")

    async def do_back_all(self) -> None:
        choices = [(str(at), stacks.title(key, self.who)) for at, key in enumerate(self.who, start=1)]
        self.ask("stack-signer", _("Whose signature is missing on all?"), choices)

    async def do_signer_all(self) -> None:
        self.asking = ""
        key = self._key()
        if key is None:
            return
        lines = [line for line in self._coming() if key in line.missing]
        all_lack = all(key in self.lacking.get(line.file.file_id, ()) for line in lines)
        for line in lines:
            keys = self.lacking.setdefault(line.file.file_id, set())
            keys.discard(key) if all_lack else keys.add(key)
        await self._ticked()

    async def do_back_line(self) -> None:
        async def entered(text: str) -> None:
            typed = text.strip()
            if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed) <= self.list.total:
                said = _("The receipt has lines 1 to {n}.").format(n=number(self.list.total))
                self.say(said, "warn")
                return
            await self.list.go(int(typed) - 1)

        hint = _("the number at the left on the receipt · enter goes there · esc goes back")
        self.open_prompt(PromptLine(_("Line"), "", hint, 5), entered, keep=Unkept.VIEW)

    # Writing

    async def do_back_take(self) -> None:
        coming = self._coming()
        if not coming:
            self.say(_("No file of this stack comes back; l takes “stays out” off a line."), "warn")
            return
        ticks = {line.file.file_id: set(line.missing) - self._lacks(line) for line in coming}
        states, undo = await self.store.stacks.take_back(self.row.number, ticks)
        await self.store.drafts.clear(f"{DRAFT}{self.row.number}")
        left = await self.store.stacks.read(self.row.number)
        said = self.noted(undo, stacks.taken_back(states, left))
        self.lacking, self.outside = {}, set()
        self.dismiss()
        self.loket.message = (said, "good")

    async def _correct(self, line: ReceiptLine, key: str) -> None:
        signs = all(seen.signer != key for seen in line.signed)

        async def entered(why: str) -> None:
            # What a colleague saw on the file while this was typed stays.
            lines = (await self.store.stacks.receipt(self.row.number)).lines
            there = {seen.signer for each in lines if each.position == line.position for seen in each.signed}
            keys = there | {key} if signs else there - {key}
            _state, undo = await self.store.stacks.correct(line.file.file_id, keys, why)
            text = _("{name}: {who} signed") if signs else _("{name}: {who} did not sign")
            said = text.format(name=cut(line.file.name), who=stacks.title(key, self.who))
            told = self.noted(undo, said)
            await self.read_again()
            self.say(told, "good")

        hint = _("why it was noted wrongly; it stays in the trail · enter saves · esc goes back")
        label = _("{who} signed after all") if signs else _("{who} did not sign")
        prompt = PromptLine(label.format(who=stacks.title(key, self.who)), "", hint, 120)
        await open_kept(self, f"signed {line.file.file_id} {key}", prompt, entered)

    async def do_back_receipt(self) -> None:
        await self.print_receipt(self.row.number)
