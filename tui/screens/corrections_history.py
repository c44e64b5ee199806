"""What was changed of one person: who, when, old and new value, what it rests on; any one of it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from store.correction_rows import CorrectionFilter, CorrectionRow
from store.errors import EditConflict
from store.rules.corrections import CorrectionState
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, moment, ngettext, short_moment
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections

if TYPE_CHECKING:
    from store import Store


@value_class
class Changes:
    """Changes through a filter, the newest first, as a source of a table."""

    store: Store
    wanted: CorrectionFilter

    async def count(self) -> int:
        return await self.store.corrections.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[CorrectionRow]:
        return await self.store.corrections.rows(self.wanted, offset, limit)


def change_words(row: CorrectionRow) -> str:
    """Old and new value."""
    return f"{corrections.value(row.field, row.old)} → {corrections.value(row.field, row.new)}"


def state_words(row: CorrectionRow) -> str:
    """What became of a change."""
    return _("taken back") if row.undone else _(corrections.STATES[row.state])


class ValueHistoryScreen(CorrectionsDesk):
    """The changes of one person; `t` takes the one under the cursor back."""

    def __init__(self, participant_id: int, name: str, done: list[Deed]) -> None:
        super().__init__(done)
        self.participant_id = participant_id
        self.who = name

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[CorrectionRow](
            (
                Column(_("When"), lambda row: short_moment(row.at, self.loket.now()), width=11),
                Column(_("By"), lambda row: row.by, width=12),
                Column(_("What"), lambda row: corrections.field(row.field), width=11),
                Column(_("Change"), lambda row: (change_words(row), "muted" if row.undone else "normal"), share=2),
                Column(_("State"), state_words, width=14),
            ),
            key=lambda row: row.correction_id,
            id="value-history",
        )
        return (self.rows,)

    def context(self) -> str:
        return "value-history"

    def place(self) -> tuple[str, str]:
        return _("Changes"), self.who

    @property
    def row(self) -> CorrectionRow | None:
        return cast("CorrectionRow | None", self.rows.current)

    def facts(self) -> Facts:
        me, row = self.loket.me, self.row
        stands = row is not None and not row.undone and row.state == CorrectionState.MADE
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total, stands=stands)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.row
        if row is None:
            return self.told(
                _("Nothing was changed of this person by anybody here; what stands there came with a list.")
            )
        source = _("source: {who}").format(who=corrections.source(row.source, row.said_by))
        decided = ""
        if row.decided_by is not None and row.decided_at is not None:
            decided = _("{state} by {who}, {when}").format(
                state=state_words(row), who=row.decided_by, when=moment(row.decided_at, self.loket.now())
            )
        first = " · ".join(filter(None, (source, row.why, decided)))
        second = " · ".join(filter(None, (self.rows.position(), row.place, corrections.entry(row.smile))))
        return [[(first, "normal")], [(second, "muted")]]

    async def read_again(self) -> None:
        if self.rows.source is None:
            wanted = CorrectionFilter(participant_id=self.participant_id, undone=True)
            await self.rows.open(Changes(self.store, wanted))
        else:
            await self.rows.reload()
        self.frame()

    async def do_value_back(self) -> None:
        row = self.row
        if row is None:
            return
        what, old = corrections.field(row.field), corrections.value(row.field, row.old)
        new = corrections.value(row.field, row.new)

        async def act() -> None:
            try:
                back = await self.store.corrections.take_back(row.correction_id)
            except EditConflict:
                self.say(
                    _("Not taken back: {field} was changed again since. Look at the newest one.").format(field=what),
                    "warn",
                )
                return
            if back.stays_wrong:
                said = _("Taken back: {new} is gone. {old} was found wrong since, and stays wrong")
                await self.did(said.format(new=new, old=old), back.undo, "warn")
            else:
                await self.did(_("{field}: {value} stands again").format(field=what, value=old), back.undo)

        question = ngettext(
            "Take back {n} change of {when}: {field} is {old} again instead of {new}?",
            "Take back {n} changes of {when}: {field} is {old} again instead of {new}?",
            1,
        )
        when = moment(row.at, self.loket.now())
        self.confirm(question.format(n=1, when=when, field=what, old=old, new=new), act)
