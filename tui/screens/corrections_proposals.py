"""What interns and the service section propose, for an officer's yes or no (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

from store.correction_rows import PROPOSED, CorrectionRow
from store.errors import EditConflict
from tui.i18n import _, number, short_moment
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.corrections_history import Changes, change_words
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections


class ProposalsScreen(CorrectionsDesk):
    """The changes that wait, the newest first; marks for many at once."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.marks: set[int] = set()
        self.shown: CorrectionRow | None = None  # whole

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[CorrectionRow](
            (
                Column("", lambda row: ("*", "key") if row.correction_id in self.marks else "", width=1),
                Column(_("When"), lambda row: short_moment(row.at, self.loket.now()), width=11),
                Column(_("By"), lambda row: row.by, width=10),
                Column(_("Name"), lambda row: row.name, share=2),
                Column(_("What"), lambda row: corrections.field(row.field), width=10),
                Column(_("Change"), change_words, share=3),
            ),
            key=lambda row: row.correction_id,
            id="proposals",
        )
        return (self.rows,)

    def context(self) -> str:
        return "proposals"

    def place(self) -> tuple[str, str]:
        return _("Proposals"), _("waiting: {n}").format(n=number(self.rows.total))

    @property
    def row(self) -> CorrectionRow | None:
        return cast("CorrectionRow | None", self.rows.current)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.row
        if row is None:
            return self.told(
                _("Nothing waits for a yes. What interns correct stands here where the office wants it so.")
            )
        whole = self.shown if self.shown is not None and self.shown.correction_id == row.correction_id else row
        source = _("source: {who}").format(who=corrections.source(row.source, row.said_by))
        first = f"{row.kpj} · {corrections.field(row.field)}: {change_words(whole)}"
        marked = _("{n} marked").format(n=number(len(self.marks))) if self.marks else ""
        second = " · ".join(filter(None, (self.rows.position(), marked, source, row.why)))
        return [[(first, "normal")], [(second, "muted")]]

    async def read_again(self) -> None:
        if self.rows.source is None:
            await self.rows.open(Changes(self.store, PROPOSED))
        else:
            await self.rows.reload()
        self.frame()

    async def do_proposal_show(self) -> None:
        if self.row is not None:
            self.shown = await self.store.corrections.whole(self.row.correction_id)
            self.say(_("Shown whole; that was recorded."), "muted")

    async def do_proposal_mark(self) -> None:
        if self.row is not None:
            self.marks ^= {self.row.correction_id}
            await self.rows.move("down")
            self.rows.paint()

    async def do_proposal_mark_all(self) -> None:
        rows = await self.store.corrections.rows(PROPOSED, 0, self.rows.total)
        everybody = {row.correction_id for row in rows}
        self.marks = set() if everybody <= self.marks else everybody
        self.rows.paint()

    def _chosen(self) -> list[int]:
        return sorted(self.marks) if self.marks else [self.row.correction_id] if self.row is not None else []

    async def do_proposal_yes(self) -> None:
        chosen = self._chosen()

        async def act() -> None:
            try:
                done = await self.store.corrections.approve(chosen)
            except EditConflict as conflict:
                field = corrections.field(conflict.fields[0].field)
                text = _("Not written: {field} is another one by now. Say no to it (t), or let it wait.")
                self.say(text.format(field=field), "warn")
                return
            self.marks.clear()
            await self.did(_("{n} approved").format(n=number(done.changed)), done.undo)

        if len(chosen) > 1:
            self.confirm(_("Say yes to {n} changes?").format(n=number(len(chosen))), act)
        else:
            await act()

    async def do_proposal_no(self) -> None:
        chosen = self._chosen()

        async def go_on(why: str) -> None:
            done = await self.store.corrections.decline(chosen, why)
            self.marks.clear()
            await self.did(_("{n} declined").format(n=number(done.changed)), done.undo)

        name = "no " + " ".join(map(str, chosen))
        await self.ask_reason(name, _("the proposer reads it · enter declines · esc goes back"), go_on)
