"""Worklists of people's data: what is open, one after the other, until nothing is (design.md 3.3)."""

from __future__ import annotations

from store.link import Link
from store.rows import ListValue
from store.rules.permissions import Permission
from store.transaction import Snapshot
from store.worklist_filters import (
    EVERYBODY,
    WorkFilter,
    WorkOrder,
    count_open,
    counts,
    next_id,
    window_ids,
    work_ids,
    work_values,
)
from store.worklist_rows import WorkPerson, WorkRow, open_whole, rows_of

__all__ = ["EVERYBODY", "WorkFilter", "WorkOrder", "WorkPerson", "WorkRow", "WorklistDesk"]


class WorklistDesk:
    """`store.worklists`: problems of store.rules.problems, each with the people of whom it is open."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def counts(self, wanted: WorkFilter = EVERYBODY) -> dict[str, int]:
        """How many people each worklist holds, in the order of the lists, also 0. Raises NotAllowed."""
        return await self._link.newest("worklist-counts", counts, wanted)

    async def count(self, problem: str, wanted: WorkFilter = EVERYBODY) -> int:
        """How many people one worklist holds. Raises NotAllowed, Invalid."""
        return await self._link.read(count_open, problem, wanted)

    async def rows(
        self, problem: str, wanted: WorkFilter, offset: int, limit: int, order: WorkOrder = WorkOrder.FILE
    ) -> list[WorkRow]:
        """A window of a worklist, masked. Raises NotAllowed, Invalid."""
        return await self._link.read(_rows, problem, wanted, offset, limit, order)

    async def next(
        self,
        problem: str,
        wanted: WorkFilter,
        after: int | None,
        order: WorkOrder = WorkOrder.FILE,
        *,
        back: bool = False,
    ) -> WorkRow | None:
        """Who follows a participant on the list (or precedes, `back`), who may have left it; None at its end.

        Raises NotAllowed, Invalid, NotFound.
        """
        return await self._link.read(_next, problem, wanted, after, order, back=back)

    async def one(self, problem: str, participant_id: int) -> WorkRow | None:
        """One person as a line of that list, whether the problem is still open or not; None: no such person."""
        return await self._link.read(_one, problem, participant_id)

    async def ids(self, problem: str, wanted: WorkFilter, order: WorkOrder = WorkOrder.FILE) -> list[int]:
        """Everybody on a worklist in its order, for marks. Raises NotAllowed, Invalid."""
        return await self._link.read(work_ids, problem, wanted, order)

    async def values(self, problem: str, wanted: WorkFilter, field: str) -> list[ListValue]:
        """Every company, npp or pembina on a list, most people first; what the filter says of it is left aside.

        Raises NotAllowed, Invalid.
        """
        return await self._link.read(work_values, problem, wanted, field)

    async def open(self, participant_id: int) -> WorkPerson:
        """One person whole, to be corrected with `corrections.correct`; the trail keeps that it was shown.

        Raises NotAllowed, NotFound.
        """
        return (await self._link.write(open_whole, participant_id))[0]


def _rows(look: Snapshot, problem: str, wanted: WorkFilter, offset: int, limit: int, order: WorkOrder) -> list[WorkRow]:
    return rows_of(look, problem, window_ids(look, problem, wanted, offset, limit, order))


def _next(
    look: Snapshot, problem: str, wanted: WorkFilter, after: int | None, order: WorkOrder, *, back: bool
) -> WorkRow | None:
    found = next_id(look, problem, wanted, after, order, back=back)
    return None if found is None else next(iter(rows_of(look, problem, [found])), None)


def _one(look: Snapshot, problem: str, participant_id: int) -> WorkRow | None:
    look.require(Permission.SEE_LISTS)
    return next(iter(rows_of(look, problem, [participant_id])), None)
