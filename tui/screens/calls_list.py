"""The list beside the card: rows of the queue through a filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from store.rows import QueueFilter, QueueRow
from store.value_class import value_class
from tui.i18n import _
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls

if TYPE_CHECKING:
    from store import Store


@value_class
class QueueSource:
    """The queue through one filter, a window at a time."""

    store: Store
    shown: QueueFilter

    async def count(self) -> int:
        return await self.store.queue.count(self.shown)

    async def window(self, offset: int, limit: int) -> tuple[int, Sequence[QueueRow]]:
        return await self.store.queue.window(self.shown, offset, limit)

    async def rows(self, offset: int, limit: int) -> Sequence[QueueRow]:
        return await self.store.queue.rows(self.shown, offset, limit)


def queue_table(now: Callable[[], datetime], marked: Callable[[int], bool]) -> WindowTable[QueueRow]:
    """The table of the queue; `now` says what 'today' is in the column of dates, `marked` which items are marked."""

    def state(row: QueueRow) -> Piece:
        if row.holder is not None:
            return _("held: {who}").format(who=row.holder), "warn"
        return calls.word(calls.STATES, row.state), calls.STATE_ROLES.get(row.state, "normal")

    def last(row: QueueRow) -> str:
        return calls.word(calls.OUTCOMES, row.last_outcome) if row.last_outcome else ""

    return WindowTable[QueueRow](
        (
            Column("", lambda row: ("*", "key") if marked(row.item_id) else "", width=1, hide_below=60),
            Column(_("Name"), lambda row: row.name, share=3),
            Column(_("Company"), lambda row: row.company, share=2, hide_below=60),
            Column(_("Telephone"), lambda row: row.phone_masked, width=15, hide_below=90),
            # One person may stand on lists of several campaigns; JHT 56 is the rule and goes without saying.
            Column("", lambda row: (calls.word(calls.KIND_MARKS, row.kind), "key"), width=3, hide_below=60),
            Column(_("State"), state, width=14),
            Column(_("Due"), lambda row: calls.due(row, now()), width=11, hide_below=56),
            Column(_("Last"), last, width=15, hide_below=90),
        ),
        key=lambda row: row.item_id,
        id="list",
    )
