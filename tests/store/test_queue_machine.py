"""Any order of claims, outcomes, undos, put-backs and lists by several people: what must hold after each step."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from store import Store
from store.errors import NothingToUndo, UndoRefused
from store.rows import Card, QueueFilter
from store.rules.outcomes import Outcome
from tests.postgres import Cluster
from tests.store.office import OPERATIONAL, Clock, Office, Person, facts, number, wib

T = TypeVar("T")
WHO = st.integers(0, 2)
OUTCOMES = st.sampled_from([outcome for outcome in Outcome if outcome is not Outcome.CALLBACK])
# Eight people with six numbers between them, so that many share one.
ROWS = [Person(f"2100000000{n}", hp=f"{number(1 + n % 6)} / {number(1 + n * 2 % 6)}") for n in range(8)]


class Desk(RuleBasedStateMachine):
    """Three handlers at one queue. The model is only what the door has said; the rest is read from the tables."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.office = Office(folder / "office", self.fresh(folder), Clock(wib(31, 9)))
        self.stores: list[Store] = []
        self.cards: dict[int, Card] = {}
        self.recorded = 0
        self.before: list[tuple[int, dict[str, Any]]] = []  # who, and the tables before each of their outcomes

    def fresh(self, folder: Path) -> str:
        raise NotImplementedError

    def do(self, call: Awaitable[T]) -> T:
        return self.loop.run_until_complete(call)

    def tables(self) -> dict[str, Any]:
        return {name: facts(self.office, name, without=OPERATIONAL) for name in ("queue_item", "phone", "participant")}

    @initialize()
    def open(self) -> None:
        self.do(self.office.create())
        founder = self.do(self.office.open())
        for login in ("p0", "p1", "p2"):
            self.stores.append(self.do(self.office.hire(founder, login, "pelayanan")))
        self.do(self.office.bring_in(self.stores[0], ROWS))

    @rule(who=WHO)
    def claim(self, who: int) -> None:
        card = self.do(self.stores[who].queue.claim())
        if who in self.cards:
            assert isinstance(card, Card)
            assert card.token == self.cards[who].token
        self.keep(who, card)

    def keep(self, who: int, card: object) -> None:
        self.cards.pop(who, None)
        if isinstance(card, Card):
            self.cards[who] = card

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), outcome=OUTCOMES)
    def record(self, data: st.DataObject, outcome: Outcome) -> None:
        who = data.draw(st.sampled_from(sorted(self.cards)))
        before = self.tables()
        served = self.do(self.stores[who].queue.outcome(self.cards[who], outcome))
        assert served.applied
        self.before.append((who, before))
        self.recorded += 1
        self.keep(who, served.next)

    @precondition(lambda self: self.before)
    @rule()
    def undo_the_very_last(self) -> None:
        """Nobody did anything since: everything is as it was before, to the letter."""
        who, before = self.before.pop()
        try:
            undone = self.do(self.stores[who].queue.undo())
        except UndoRefused as refused:  # somebody was served that very person or number meanwhile
            assert {c.found for c in refused.conflicts} == {"held"}
            self.before.append((who, before))
            return
        self.keep(who, undone.card)
        assert self.tables() == before

    @rule(who=WHO)
    def undo_ones_own(self, who: int) -> None:
        """In whatever order: it goes back, or says what stands in the way; then the model of exact states is over."""
        try:
            undone = self.do(self.stores[who].queue.undo())
        except (NothingToUndo, UndoRefused):
            return
        self.before.clear()
        self.keep(who, undone.card)

    @precondition(lambda self: self.cards)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.cards)))
        self.do(self.stores[who].queue.put_back(self.cards.pop(who)))

    @rule(minutes=st.sampled_from([1, 31, 240, 1440, 10_080]))
    def time_passes(self, minutes: int) -> None:
        self.office.clock.pass_by(minutes=minutes)

    @rule(n=st.integers(0, 7), claimed=st.booleans(), extra=st.integers(1, 9))
    def a_list_comes_in(self, n: int, claimed: bool, extra: int) -> None:
        row = Person(ROWS[n].kpj, hp=number(extra), claimed="SUDAH" if claimed else "")
        self.do(self.office.bring_in(self.stores[1], [row]))
        self.before.clear()

    @invariant()
    def no_person_and_no_number_is_in_two_hands(self) -> None:
        if self.stores:
            held = {row["item_id"]: row["session_id"] for row in facts(self.office, "hold").values()}
            items = {row["id"]: row["lease_session"] for row in facts(self.office, "queue_item").values()}
            assert {item: session for item, session in items.items() if session is not None} == held
            assert len(set(held.values())) == len(held) == len(self.cards)
            assert {card.item_id for card in self.cards.values()} == set(held)

    @invariant()
    def no_attempt_is_lost(self) -> None:
        if self.stores:
            attempts = facts(self.office, "attempt").values()
            assert len(attempts) == self.recorded
            standing: dict[int, int] = {}
            for row in attempts:
                standing[row["item_id"]] = standing.get(row["item_id"], 0) + (not row["undone"])
            tries = {row["id"]: row["tries"] for row in facts(self.office, "queue_item").values()}
            assert tries == {item: standing.get(item, 0) for item in tries}

    @invariant()
    def nobody_falls_off_the_list(self) -> None:
        if self.stores:
            for status in self.do(self.stores[0].queue.status()):
                counts = (status.waiting, status.due, status.held, status.done, status.without_number)
                assert sum(counts) == self.do(self.stores[0].queue.count(QueueFilter(period=status.period))) == 8
            for row in facts(self.office, "queue_item").values():
                open_state = row["state"] in ("retry", "callback", "promised", "later")
                assert (row["due_at"] is not None) == open_state

    def teardown(self) -> None:
        if self.stores:
            assert self.do(self.office.opened[0].audit.verify()) is None
        self.do(self.office.close())
        self.loop.close()
        self.stack.close()


@contextmanager
def machine_on(kind: str, request: pytest.FixtureRequest) -> Iterator[type[Desk]]:
    def on_file(self: Desk, folder: Path) -> str:
        return f"sqlite://{folder}/loket.sqlite"

    def on_server(self: Desk, folder: Path) -> str:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        return self.stack.enter_context(cluster.emptied_database())

    yield type("Desk", (Desk,), {"fresh": on_file if kind == "sqlite" else on_server})


def _run(kind: str, request: pytest.FixtureRequest, examples: int, steps: int) -> None:
    with machine_on(kind, request) as machine:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis publishes no type for it
            machine,
            settings=settings(
                max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck)
            ),
        )


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_three_handlers_in_any_order(kind: str, request: pytest.FixtureRequest) -> None:
    _run(kind, request, examples=6, steps=16)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_three_handlers_in_many_orders(kind: str, request: pytest.FixtureRequest) -> None:
    _run(kind, request, examples=300, steps=50)
