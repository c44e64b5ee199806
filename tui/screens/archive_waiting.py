"""Files with all signatures and the box each goes into; and those that could not be archived, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from textual.widget import Widget

from store.archive_rows import ArchivedRow, Neighbours, PlaceFilter, Waiting
from store.value_class import value_class
from tui.commands import Command
from tui.i18n import _, number, short_moment
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.archive_scan import put_all
from tui.screens.deeds import Deed
from tui.screens.imports_tables import Pane
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive

if TYPE_CHECKING:
    from store import Store


@value_class
class Waits:
    """Files with all signatures, as a source of a table."""

    store: Store

    async def count(self) -> int:
        return await self.store.archive.count_waiting()

    async def rows(self, offset: int, limit: int) -> Sequence[Waiting]:
        return await self.store.archive.waiting(offset, limit)


@value_class
class Troubles:
    """What could not be archived, as a source of a table."""

    store: Store

    async def count(self) -> int:
        return (await self.store.archive.counts()).troubles

    async def rows(self, offset: int, limit: int) -> Sequence[ArchivedRow]:
        return await self.store.archive.troubles(offset, limit)


class WaitingScreen(ArchiveDesk):
    """Two lists, one beside the other behind tab."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.troubled = False
        self.goes: Neighbours | None = None

    def body(self) -> Sequence[Widget]:
        self.waiting = WindowTable[Waiting](
            (
                Column(_("Prog."), lambda row: row.file.program, width=5),
                Column(_("Code"), lambda row: row.file.code, width=26),
                Column(_("Name"), lambda row: row.file.name, share=3),
                Column(_("KPJ"), lambda row: row.file.kpj, width=11),
                Column(_("Amount"), lambda row: archive.rupiah(row.file.amount), width=14, right=True, hide_below=96),
            ),
            key=lambda row: row.file.file_id,
            id="waiting",
        )
        self.troubles = WindowTable[ArchivedRow](
            (
                Column(_("Prog."), lambda row: row.program, width=5),
                Column(_("Name"), lambda row: row.name, share=2),
                Column(_("Code"), lambda row: row.code, width=26, hide_below=100),
                Column(_("Reason"), lambda row: (row.trouble, "warn"), share=3),
                Column(_("Since"), lambda row: short_moment(row.archived_at, self.loket.now()), width=11),
                Column(_("By"), lambda row: row.archived_by, width=14, hide_below=90),
            ),
            key=lambda row: row.archived_id,
            id="troubles",
        )
        self.rows = cast("WindowTable[Any]", self.waiting)
        self.waiting_pane, self.troubles_pane = Pane(self.waiting), Pane(self.troubles)
        return (self.waiting_pane, self.troubles_pane)

    def context(self) -> str:
        return "archive-troubles" if self.troubled else "archive-waiting"

    def place(self) -> tuple[str, str]:
        word = _("could not be archived: {n}") if self.troubled else _("waiting: {n}")
        return _("Archive"), word.format(n=number(self.rows.total))

    def draw_desk(self) -> None:
        self.waiting_pane.set_class(self.troubled, "away")
        self.troubles_pane.set_class(not self.troubled, "away")

    def idle_lines(self) -> list[list[Piece]]:
        if self.troubled:
            row = self.troubles.current
            if row is None:
                return self.told(_("Nothing is noted. k among the waiting files notes one; n an older paper."), "muted")
            return self.two_lines([f"{row.program} {row.name} {row.kpj}", row.trouble])
        waiting = self.waiting.current
        if waiting is None or self.goes is None:
            step = _("Nothing waits: what has all its signatures (F5) stands here. tab: what could not be archived.")
            return self.told(step)
        lines = archive.next_lines(waiting, self.goes)
        return [lines[0], [*lines[1], (f"   {self.rows.position()}", "muted")]]

    # Reading

    async def read_again(self) -> None:
        for table, source in ((self.waiting, Waits(self.store)), (self.troubles, Troubles(self.store))):
            if table.source is None:
                await cast("WindowTable[Any]", table).open(cast("Any", source))
            else:
                await table.reload()
        await self._look_ahead()
        self.frame()

    async def moved(self) -> None:
        await self._look_ahead()
        self.frame()

    async def _look_ahead(self) -> None:
        row = self.waiting.current
        self.goes = None if row is None else await self.store.archive.where_to(row.file.file_id)

    async def do_waiting_switch(self) -> None:
        self.troubled = not self.troubled
        self.rows = cast("WindowTable[Any]", self.troubles if self.troubled else self.waiting)
        self.frame()
        await self.read_again()

    do_trouble_switch = do_waiting_switch

    # Into the boxes

    async def do_waiting_put(self) -> None:
        row = self.waiting.current
        if row is not None:
            done, ref = await self.store.archive.put(row.file.file_id)
            await self.did(f"{row.file.name}: {archive.put_said(done)}", ref)

    async def do_waiting_all(self) -> None:
        await put_all(self)

    async def do_waiting_other(self) -> None:
        row = self.waiting.current
        if row is None:
            return

        async def chosen(place_id: int) -> None:
            done, ref = await self.store.archive.put(row.file.file_id, place_id)
            await self.did(f"{row.file.name}: {archive.put_said(done)}", ref)

        await self.choose_place(_("Into which place"), PlaceFilter(), chosen)

    async def do_waiting_trouble(self) -> None:
        row = self.waiting.current
        if row is None:
            return

        async def explained(text: str) -> None:
            _id, ref = await self.store.archive.note_trouble(row.file.file_id, text)
            await self.did(_("{name} could not be archived: noted").format(name=row.file.name), ref)

        label = _("Why cannot {name} be archived").format(name=row.file.name)
        hint = _("a few words: what is missing or wrong · enter notes it · esc goes back")
        await self.line(f"trouble {row.file.file_id}", PromptLine(label, "", hint, 200), explained)

    # What could not

    async def do_trouble_over(self) -> None:
        row = self.troubles.current
        if row is not None:
            ref = await self.store.archive.clear_trouble(row.archived_id, row.version)
            text = _("{name} waits for its box again") if row.file_id is not None else _("{name} is no longer noted")
            await self.did(text.format(name=archive.short(row)), ref)

    async def do_trouble_new(self) -> None:
        self.question("archive-program", _("An older paper of which programme?"))

    async def do(self, command: Command) -> None:
        if command.id.startswith("arch-program-"):
            self.asking = ""
            await self._ask_name(command.id.removeprefix("arch-program-"))
        else:
            await super().do(command)

    async def _ask_name(self, program: str) -> None:
        async def named(name: str) -> None:
            await self._ask_trouble(program, name.strip())

        hint = _("whose it is; nothing: not readable · enter, then why · esc goes back")
        await self.line(f"loose {program}", PromptLine(_("Name"), "", hint, 80), named)

    async def _ask_trouble(self, program: str, name: str) -> None:
        async def explained(why: str) -> None:
            _id, ref = await self.store.archive.note_loose(program, why, name=name)
            await self.did(_("Noted: {program} {name}").format(program=program, name=name), ref)

        hint = _("a few words: what is missing or wrong · enter notes it · esc goes back")
        await self.line(f"loose why {program}", PromptLine(_("Why"), "", hint, 200), explained)
