"""What is done to marked people of the list at once: one reason, one transaction, one undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from store.campaigns import add_people
from store.cards import number_in_turn, number_tries
from store.errors import Invalid
from store.leases import free_the_dead
from store.link import Link
from store.office import calendar, policies
from store.rows import UndoRef
from store.rules.outcomes import DoneReason, State
from store.rules.permissions import Permission
from store.schema import QueueItem
from store.shares import give_items
from store.transaction import Transaction
from store.value_class import value_class

_CHUNK = 500


class Action(StrEnum):
    """What can be done to marked people."""

    CALL_AGAIN = "call_again"  # due now, whatever they were, with all numbers that are not wrong
    POSTPONE = "postpone"  # due at an instant
    CLOSE = "close"  # off the list
    GIVE = "give"  # to a handler, or to anybody


@value_class
class BulkDone:
    """What became of marked people: done, or left out because somebody holds them or no number can be called."""

    done: int
    held: int = 0
    without_number: int = 0
    undo: UndoRef | None = None


class BulkDesk:
    """`store.bulk`: actions on marked people."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def do(
        self,
        action: Action,
        item_ids: Sequence[int],
        why: str,
        *,
        at: datetime | None = None,
        staff_id: int | None = None,
    ) -> BulkDone:
        """Does it to all of them; how many, who was left out, and the one undo.

        People who are held by somebody are left out. Raises NotAllowed, and Invalid without a reason.
        """
        done, undo = await self._link.write(_do, action, tuple(item_ids), why, at, staff_id)
        return replace(done, undo=undo)

    async def add_to(self, kind: str, participant_ids: Sequence[int], matter: str) -> BulkDone:
        """Puts people on this month's list of a kind other than JHT 56; who is on it already is left as they are.

        Raises NotAllowed, Invalid.
        """
        done, undo = await self._link.write(add_people, kind, tuple(participant_ids), matter)
        return BulkDone(done, undo=undo)


def _do(
    tx: Transaction, action: Action, item_ids: Sequence[int], why: str, at: datetime | None, staff_id: int | None
) -> BulkDone:
    tx.require(Permission.SUPERVISE)
    if not why.strip():
        raise Invalid("why", why, "empty")
    free_the_dead(tx)
    tx.audit(f"bulk.{action}", why=why)
    found = list(_items(tx, sorted(set(item_ids))))
    rows = [row for row in found if row["lease_session"] is None]
    held = len(found) - len(rows)
    if action is Action.GIVE:
        give_items(tx, [row["id"] for row in rows], staff_id)
        return BulkDone(len(rows), held)
    done = 0
    for row in rows:
        number = None if action is Action.CLOSE else _number(tx, row)
        values = _values(tx, action, number, at)
        if values is not None:
            tx.update(QueueItem, row["id"], **values)
            done += 1
    return BulkDone(done, held, len(rows) - done)


def _items(tx: Transaction, item_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The queue items in one order for everybody, some hundreds at a time."""
    for start in range(0, len(item_ids), _CHUNK):
        chosen = QueueItem.select().where(QueueItem.id.in_(item_ids[start : start + _CHUNK])).order_by(QueueItem.id)
        yield from tx.dicts(tx.database.locked(chosen))


def _number(tx: Transaction, row: dict[str, Any]) -> str | None:
    """The number to begin with again: the one whose turn it is, else the first that is not wrong."""
    numbers = number_tries(tx, row["id"], row["participant_id"])
    usable = number_in_turn(policies(tx), numbers, row["current_number"])
    return usable or next((n.e164 for n in numbers if not n.wrong), None)


def _values(tx: Transaction, action: Action, number: str | None, at: datetime | None) -> dict[str, Any] | None:
    plain: dict[str, Any] = {"not_part": None, "owner_id": None}
    if action is Action.CLOSE:
        return {**plain, "state": State.DONE, "done_reason": DoneReason.CLOSED, "due_at": None}
    if number is None:
        return None  # nobody can be called without a number; they stay on the worklist
    due = tx.now if action is Action.CALL_AGAIN or at is None else calendar(tx).next_opening(at)
    return {**plain, "state": State.RETRY, "done_reason": None, "due_at": due, "current_number": number}
