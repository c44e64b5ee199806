"""The list beside the card: rows of the queue through a filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from store.rows import QueueFilter, QueueRow
from store.rules.outcomes import State
from tui.i18n import N_, _
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls

if TYPE_CHECKING:
    from store import Store

GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (N_("all"), ()),
    (N_("to be called"), (State.NEW, State.RETRY, State.CALLBACK)),
    (N_("will claim"), (State.PROMISED,)),
    (N_("to check"), (State.CHECK,)),
    (N_("later"), (State.LATER,)),
    (N_("no number, not reached"), (State.WITHOUT_NUMBER, State.EXHAUSTED)),
    (N_("done"), (State.DONE,)),
)


@dataclass(frozen=True, slots=True)
class QueueSource:
    """The queue through one filter, a window at a time."""

    store: Store
    shown: QueueFilter

    async def count(self) -> int:
        return await self.store.queue.count(self.shown)

    async def rows(self, offset: int, limit: int) -> Sequence[QueueRow]:
        return await self.store.queue.rows(self.shown, offset, limit)


def queue_table(now: Callable[[], datetime]) -> WindowTable[QueueRow]:
    """The table of the queue; `now` says what 'today' is in the column of dates."""

    def state(row: QueueRow) -> Piece:
        if row.holder is not None:
            return _("held: {who}").format(who=row.holder), "warn"
        return calls.word(calls.STATES, row.state), calls.STATE_ROLES.get(row.state, "normal")

    def last(row: QueueRow) -> str:
        return calls.word(calls.OUTCOMES, row.last_outcome) if row.last_outcome else ""

    return WindowTable[QueueRow](
        (
            Column(_("Name"), lambda row: row.name, share=3),
            Column(_("Company"), lambda row: row.company, share=2, hide_below=60),
            Column(_("Telephone"), lambda row: row.phone_masked, width=15, hide_below=90),
            Column(_("State"), state, width=14),
            Column(_("Due"), lambda row: calls.due(row, now()), width=11),
            Column(_("Last"), last, width=15, hide_below=72),
        ),
        key=lambda row: row.item_id,
        id="list",
    )


def next_group(shown: QueueFilter) -> tuple[QueueFilter, str]:
    """The filter with the next group of states, and the group's words."""
    at = next((n for n, (_word, states) in enumerate(GROUPS) if states == shown.states), 0)
    word, states = GROUPS[(at + 1) % len(GROUPS)]
    return replace(shown, states=states), _(word)


def group_word(shown: QueueFilter) -> str:
    return _(next((word for word, states in GROUPS if states == shown.states), GROUPS[0][0]))
