"""One call to a company about several of its people: what it says of them is settled in one go, and taken back in one.

The number that was rung is the company's. Whoever has it among their own numbers is treated as on any call; for all
others the attempt is noted on that number and their own numbers stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from store.attempts import Tried, record
from store.cards import number_in_turn, number_tries
from store.errors import NotFound
from store.leases import free_the_dead, spend
from store.link import Link
from store.lists import company_rows
from store.office import policies
from store.rows import QueueRow, UndoRef
from store.rules.outcomes import OPEN_STATES, NumberEffect, Outcome, State
from store.rules.permissions import Permission
from store.schema import QueueItem
from store.transaction import Transaction
from store.value_class import value_class

COMPANY = "company"
"""The first word of the detail of such an attempt."""


@value_class
class Settled:
    """What became of the marked people of a company.

    Left out: `held` by somebody else, `done` already, and `other_number` where the outcome speaks of a number that is
    not theirs, or where they have none on which they could be called again.
    """

    settled: int
    held: int = 0
    done: int = 0
    other_number: int = 0
    undo: UndoRef | None = None


class CompanyDesk:
    """`store.company`: a company's people."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def people(self, participant_id: int) -> list[QueueRow]:
        """The other people of the same company on any list (same NPP, else same name), masked. Raises NotAllowed."""
        return await self._link.read(company_rows, participant_id)

    async def settle(
        self,
        item_ids: Sequence[int],
        outcome: Outcome,
        *,
        rung: str,
        detail: str = "",
        callback_at: datetime | None = None,
        note: str = "",
    ) -> Settled:
        """Notes the same outcome for these people in one transaction. `rung` (E.164) is the number that was called.

        Raises NotAllowed, NotFound, CallbackTimeError; then nothing was written.
        """
        how = Tried(outcome, " ".join(filter(None, (COMPANY, detail))), callback_at, note)
        settled, undo = await self._link.write(_settle, tuple(item_ids), how, rung)
        return replace(settled, undo=undo)


def _settle(tx: Transaction, item_ids: Sequence[int], how: Tried, rung: str) -> Settled:
    tx.require(Permission.CALL)
    free_the_dead(tx)
    tx.audit("queue.company", why=how.note)
    settled = held = done = other_number = 0
    for item_id in sorted(set(item_ids)):
        item = tx.one(tx.database.locked(QueueItem.select().where(QueueItem.id == item_id)))
        if item is None:
            raise NotFound("queue_item", str(item_id))
        if item["lease_session"] is not None:
            held += 1
        elif item["state"] == State.DONE:
            done += 1
        elif (made := _own(tx, item, how, rung)) is None:
            other_number += 1
        else:
            record(tx, item, made, applied=True)
            spend(tx, item_id)  # a card of theirs that somebody still has on screen came too late
            settled += 1
    return Settled(settled, held, done, other_number)


def _own(tx: Transaction, item: dict[str, Any], how: Tried, rung: str) -> Tried | None:
    """The attempt as it is noted for one person, or None where it says nothing about them."""
    policy = policies(tx)[how.outcome]
    numbers = number_tries(tx, item["id"], item["participant_id"])
    if any(n.e164 == rung and not n.wrong for n in numbers):
        return replace(how, number=rung)
    if policy.number_effect is not NumberEffect.NONE:
        return None
    number = number_in_turn(policies(tx), numbers, item["current_number"])
    if number is None and policy.state in OPEN_STATES:
        return None
    return replace(how, number=number, elsewhere=rung)
