"""One attempt written down: the attempt itself, and what it leads to by the office's table."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from store.campaigns import close_items
from store.cards import number_in_turn, number_tries
from store.errors import Invalid
from store.follow_ups import FollowUpIn, add
from store.office import calendar, policies
from store.rules.counter import Origin, Standard
from store.rules.decisions import Decision, NumberTries, decide
from store.rules.due import suggest_due
from store.rules.outcomes import OPEN_STATES, DoneReason, Outcome, State
from store.rules.text import clean
from store.schema import Attempt, Participant, Phone, QueueItem
from store.transaction import Transaction
from store.value_class import value_class

OBSTACLE_DAYS: Final = 2
"""Office days in which whoever called looks after what is in the way of a claim."""


@value_class
class Tried:
    """How an attempt ended; `number` (E.164) is the one that was rung, None: the one whose turn it was.

    `elsewhere` is a number that was rung and is not the person's own: their employer's, who spoke for them.
    """

    outcome: Outcome
    detail: str = ""
    callback_at: datetime | None = None
    note: str = ""
    number: str | None = None
    elsewhere: str | None = None


def record(tx: Transaction, item: dict[str, Any], made: Tried, *, applied: bool) -> tuple[State, datetime | None]:
    """Writes an attempt on a queue item (its whole row, locked by this write); where the person stands now.

    One that came too late (`applied` False) is history and changes nothing else. An obstacle makes a follow-up.

    Raises CallbackTimeError, DecisionError.
    """
    table, number = policies(tx), made.number
    if number is None and applied:
        number = number_in_turn(table, number_tries(tx, item["id"], item["participant_id"]), item["current_number"])
    attempt_id = tx.insert(
        Attempt,
        item_id=item["id"],
        participant_id=item["participant_id"],
        e164=made.elsewhere or number,
        outcome=made.outcome,
        detail=made.detail,
        note=made.note,
        callback_at=made.callback_at,
        at=tx.now,
        staff_id=tx.actor.staff_id,
        late=not applied,
    )
    if not applied:
        return State(item["state"]), item["due_at"]
    if made.outcome is Outcome.OBSTACLE:
        _promise_help(tx, item["participant_id"], attempt_id, made.note)
    numbers = number_tries(tx, item["id"], item["participant_id"])
    if number is None and made.elsewhere is not None:
        numbers = [NumberTries(made.elsewhere, wrong=False, tries={})]
    decision = decide(
        table,
        made.outcome,
        now=tx.now,
        calendar=calendar(tx),
        numbers=numbers,
        current=number or made.elsewhere or "",
        callback_at=made.callback_at,
        staff_id=tx.actor.staff_id,
    )
    return _apply(tx, item, made.outcome, decision, number)


def _promise_help(tx: Transaction, participant_id: int, attempt_id: int, note: str) -> None:
    """What is in the way of a claim is the caller's to look after (design.md 3.1, key 0)."""
    due_at = obstacle_due(tx)
    what = clean(note) or Standard.OBSTACLE
    add(
        tx,
        FollowUpIn(
            what,
            Origin.CALLS,
            due_at,
            staff_id=tx.actor.staff_id,
            participant_id=participant_id,
            attempt_id=attempt_id,
        ),
    )


def obstacle_due(tx: Transaction) -> datetime:
    """Until when an obstacle noted now is looked after."""
    return suggest_due(OBSTACLE_DAYS, tx.now, calendar(tx))


def lead_on(
    tx: Transaction, item: dict[str, Any], outcome: Outcome, callback_at: datetime | None
) -> tuple[State, datetime | None]:
    """What an outcome leads to where nobody was rung: the person came or rang by themselves. No attempt is counted.

    `item` is the whole row, locked by this write.

    Raises CallbackTimeError, DecisionError, and Invalid where a call must follow and there is no number for it.
    """
    table = policies(tx)
    numbers = number_tries(tx, item["id"], item["participant_id"])
    number = number_in_turn(table, numbers, item["current_number"])
    if number is None and table[outcome].state in OPEN_STATES:
        raise Invalid("queue", outcome, "no-number")
    decision = decide(
        table,
        outcome,
        now=tx.now,
        calendar=calendar(tx),
        numbers=numbers if number else [NumberTries("", wrong=False, tries={})],
        current=number or "",
        callback_at=callback_at,
        staff_id=tx.actor.staff_id,
    )
    return _apply(tx, item, outcome, decision, number, tried=False)


def _apply(
    tx: Transaction,
    item: dict[str, Any],
    outcome: Outcome,
    decision: Decision,
    number: str | None,
    *,
    tried: bool = True,
) -> tuple[State, datetime | None]:
    """Writes what an attempt leads to; somebody who has left the list meanwhile (claimed) stays off it."""
    if decision.mark_wrong:
        phone = tx.one(Phone.select().where(Phone.participant_id == item["participant_id"], Phone.e164 == number))
        if phone is not None:
            tx.update(Phone, phone["id"], wrong_at=tx.now, wrong_why=outcome)
    if decision.claim_said:
        tx.update(Participant, item["participant_id"], claim_said_at=tx.now)
    gone = item["state"] == State.DONE
    changes: dict[str, Any] = {"last_outcome": outcome, "last_at": tx.now, "tries": item["tries"] + tried}
    if not gone:
        changes |= {
            "state": decision.state,
            "due_at": decision.due_at,
            "not_part": decision.not_part,
            "owner_id": decision.owner,
            "current_number": decision.next_number or item["current_number"],
            "done_reason": decision.done_reason,
        }
    tx.update_many(QueueItem, [(item, changes)])
    if decision.deceased:
        tx.update(Participant, item["participant_id"], deceased=True)
        close_items(tx, item["participant_id"], DoneReason.DECEASED)
    return (State.DONE, None) if gone else (decision.state, decision.due_at)
