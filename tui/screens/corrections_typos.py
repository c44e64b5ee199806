"""E-mail addresses that look like typing errors, also where they can be written to: one key takes or leaves each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from textual.widget import Widget

from store.accepting import EMAIL_TYPO
from store.edits import Evidence
from store.rules.corrections import Field, Source
from store.suggestions import Suggestion
from store.worklists import WorkFilter
from tui.commands import Facts
from tui.i18n import _
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece, cut
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections

SHOWN: Final = 200
"""Addresses that are looked for in one go; the next ones come as these are settled."""


class TyposScreen(CorrectionsDesk):
    """What is written and what was probably meant, side by side."""

    def __init__(self, wanted: WorkFilter, done: list[Deed]) -> None:
        super().__init__(done)
        self.wanted = wanted

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[Suggestion](
            (
                Column(_("Name"), lambda row: row.name, share=2),
                Column(_("KPJ"), lambda row: row.kpj, width=11),
                Column(_("Written"), lambda row: (row.written, "warn"), share=2),
                Column(_("Probably meant"), lambda row: (row.meant, "good"), share=2),
            ),
            key=lambda row: row.participant_id,
            id="typos",
        )
        return (self.rows,)

    def context(self) -> str:
        return "email-typos"

    def place(self) -> tuple[str, str]:
        return _("Addresses that look like typing errors"), ""

    @property
    def row(self) -> Suggestion | None:
        return cast("Suggestion | None", self.rows.current)

    def facts(self) -> Facts:
        me, row = self.loket.me, self.row
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            suggested=row is not None,
            acceptable=row is not None and row.reads,
        )

    def idle_lines(self) -> list[list[Piece]]:
        row = self.row
        if row is None:
            return self.told(_("No address looks like a typing error. esc goes back."))
        text = (
            _("s takes what was meant · r: it is right as it is written") if row.reads else _("s takes what was meant")
        )
        return [[(f"{row.written} → {row.meant}", "normal")], [(f"{self.rows.position()} · {text}", "muted")]]

    async def read_again(self) -> None:
        await self.rows.fill(await self.store.worklists.suggestions(self.wanted, 0, SHOWN))
        self.frame()

    async def do_typo_take(self) -> None:
        row = self.row
        if row is not None:
            evidence = Evidence(Source.FILE, why=_("typing error of the file put right"))
            done = await self.store.worklists.take_suggestion(row.participant_id, row.version, evidence)
            said = corrections.saved(cut(row.name, 26), Field.EMAIL, row.meant, done)
            await self.did(said, done.undo, participant_id=row.participant_id)

    async def do_typo_right(self) -> None:
        row = self.row
        if row is not None:
            whom = row.participant_id
            done = await self.store.worklists.accept(EMAIL_TYPO, [whom], "", seen={whom: row.seen})
            said = _("{name}: {address} is right").format(name=cut(row.name, 26), address=row.written)
            await self.did(said, done.undo, participant_id=row.participant_id)
