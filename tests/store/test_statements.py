"""Statements: the same rows as the query would give, whatever they are asked with, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from store import Store
from store.database import Database
from store.rules.outcomes import Outcome, State
from store.schema import Participant, QueueItem
from store.snapshot import Snapshot
from store.statements import statement
from tests.store.office import Office, people, wib

asked_for: list[str] = []


@statement
def due_before(_database: Database, instant: Any, *states: Any, oldest_first: bool) -> Any:
    asked_for.append("due_before")
    due = QueueItem.select(QueueItem.participant_id, QueueItem.due_at, QueueItem.right_party).where(
        QueueItem.due_at <= instant, QueueItem.state.in_(states)
    )
    return due.order_by(QueueItem.due_at if oldest_first else QueueItem.due_at.desc(), QueueItem.participant_id)


@statement
def moved(_database: Database, number: Any, participant_id: Any) -> Any:
    return QueueItem.update(tries=number).where(QueueItem.participant_id == participant_id)


async def test_a_statement_finds_what_the_query_finds_and_is_put_into_words_once_for_each_shape(
    office: Office, ani: Store
) -> None:
    await office.bring_in(ani, people(4))
    card = await ani.queue.claim()
    for n in range(3):
        served = await ani.queue.outcome(card, Outcome.BUSY)  # type: ignore[arg-type]
        card = served.next  # type: ignore[assignment]
        office.clock.pass_by(minutes=n)
    later = wib(31, 9) + timedelta(days=3)
    asked_for.clear()

    def read(look: Snapshot) -> None:
        for instant in (later, wib(1, 9), later):
            for states in ((State.RETRY,), (State.RETRY, State.CALLBACK)):
                for oldest_first in (True, False):
                    asked = due_before(instant, *states, oldest_first=oldest_first)
                    query = due_before._build(look.database, instant, *states, oldest_first=oldest_first)
                    asked_for.pop()
                    assert look.dicts(asked) == look.dicts(query)
                    assert look.tuples(asked) == look.tuples(query)
                    assert look.one(asked) == look.one(query)
                    assert look.scalar(asked) == look.scalar(query)

    await ani._link.read(read)
    assert len(asked_for) == 4, "two numbers of states, two orders"
    found = await ani._link.read(lambda look: look.dicts(due_before(later, State.RETRY, oldest_first=True)))
    assert len(found) == 3
    assert all(row["due_at"].tzinfo is not None and row["right_party"] is False for row in found), "as its fields say"
    who = found[0]["participant_id"]
    changed = await ani._link.write(lambda tx: (tx.execute(moved(7, who)), tx.execute(moved(7, 0))))
    assert changed[0] == (1, 0)
    assert office.sql(f"SELECT tries FROM queue_item WHERE participant_id = {who}") == [(7,)]


@pytest.mark.parametrize("ask", [lambda: moved(None, 1), lambda: due_before(None, "new", oldest_first=True)])
def test_none_is_no_value_of_a_statement(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="is None"):
        ask()


async def test_of_a_statement_with_very_many_values_the_words_are_not_kept(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    whose = statement(lambda _database, *ids: Participant.select(Participant.id).where(Participant.id.in_(ids)))
    for count in (2, 500):
        assert len(await ani._link.read(lambda look, count=count: look.tuples(whose(*range(1, count + 1))))) == 2
    assert [count for _kind, count, _shape in whose._known] == [2]
