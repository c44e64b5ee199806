"""Finding a file of the archive while something of it is typed: box and shelf stand beside the name."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from store.archive_rows import ArchivedRow
from store.rules.dates import format_short
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.archive_box import BoxScreen
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import AtHand, Column, WindowTable
from tui.words import archive

MOST = 50
"""Files that are listed; what is not among them is found by typing more."""


class FindScreen(ArchiveDesk):
    """A line to type in, and below the files that fit; enter opens the box with the cursor on the file."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.text = ""
        self.found: list[ArchivedRow] = []

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[ArchivedRow](
            (
                Column(_("Name"), lambda row: row.name, share=3),
                Column(_("KPJ"), lambda row: row.kpj, width=11),
                Column(_("Prog."), lambda row: row.program, width=5),
                Column(_("Code"), lambda row: row.code, share=3, hide_below=96),
                Column(_("Date"), lambda row: format_short(row.dated) if row.dated else "", width=10),
                Column(_("Where it is"), archive.where_lies, share=3),
            ),
            key=lambda row: row.archived_id,
            id="archive-found",
        )
        return (self.rows,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("find a file")

    def draw_desk(self) -> None:
        if self.prompt is not None:
            self.prompt.hint = self._hint()

    def _hint(self) -> str:
        if not self.text.strip():
            return _("name, KPJ, code or its number, JHT, 05-09-2023, 09-2023 · in any order")
        row = self.rows.current
        if row is None:
            return _("Nothing fits. Type less, or another thing you know.")
        told = archive.lent_to(row, self.today) or " · ".join(filter(None, (row.code, row.company)))
        return " · ".join(filter(None, (self.rows.position(), told, _("enter opens the box"))))

    # Reading

    async def arrived(self) -> None:
        await self._search(self.text)
        if self.prompt is None:
            self._open_line()

    async def read_again(self) -> None:
        self.found = await self.store.archive.find(self.text, MOST) if self.text.strip() else []
        await self.rows.fill(self.found)
        self.frame()

    def _open_line(self) -> None:
        self.open_prompt(
            PromptLine(_("Find"), self.text, "", 60),
            self._enter,
            typed=self._search,
            escape=self._escape,
            keep=Unkept.SEARCH,
        )

    async def _search(self, text: str) -> None:
        changed, self.text = text != self.text, text
        if changed or self.rows.source is None:
            self.found = await self.store.archive.find(text, MOST) if text.strip() else []
            await self.rows.open(AtHand(self.found))
        else:
            await self.read_again()

    async def _enter(self, _text: str) -> None:
        row = self.rows.current
        if row is None:
            self._open_line()
        elif row.place_id is None:
            self._open_line()
            self.say(row.trouble or _("It lies in no place; w at the desk shows what could not be archived."), "warn")
        else:
            place = await self.store.archive.place(row.place_id)
            if place is not None:
                await self.loket.push_screen(BoxScreen(self.done, place, row.archived_id))

    async def _escape(self, text: str) -> None:
        if not text:
            self.dismiss()
            return
        await self._search("")
        self._open_line()

    async def _moves_table(self, key: str) -> bool:
        moved = await super()._moves_table(key)
        self.frame()
        return moved

    def idle_lines(self) -> list[list[Piece]]:
        return []
