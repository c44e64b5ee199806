"""Long work gives way: its turn ends when somebody waits, and what it had not finished then is nobody's loss."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from time import monotonic

import pytest

from store import Store
from store.database import Database, open_database
from store.edits import Evidence
from store.errors import CutShort, Invalid
from store.rules.corrections import Field, Source
from store.schema import Setting
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.turns import Pace, in_turns, one_by_one
from tests.store.chaos import at_work
from tests.store.office import Clock, Office, facts, people, wib

_COMES_WITHIN = 30.0  # seconds: a process that was only just started
_NEVER = 1_000_000  # portions of some microseconds


@pytest.fixture
async def one_file(home: Path, sqlite_url: str) -> AsyncIterator[Office]:
    made = Office(home, sqlite_url, Clock(wib(31, 9)))
    await made.create()
    yield made
    await made.close()


def _waits(database: Database) -> bool:
    end = monotonic() + _COMES_WITHIN
    while not (waits := database.awaited()) and monotonic() < end:
        pass
    return waits


async def test_who_waits_in_another_process_is_seen_until_it_writes_or_is_killed(one_file: Office) -> None:
    ani = await one_file.open()
    await one_file.bring_in(ani, people(1))
    database = open_database(one_file.url)
    database.connect()
    with database.turn():
        assert not database.awaited()
        with at_work(one_file, "hold", "ani"):
            assert await asyncio.to_thread(_waits, database)
        assert not database.awaited(), "who was killed waits no more"
    with database.turn():
        other = at_work(one_file, "hold", "ani")
        worker = other.__enter__()
        assert await asyncio.to_thread(_waits, database)
    try:
        assert worker.hear() == '"21000000001"'
        assert not database.awaited()
    finally:
        other.__exit__(None, None, None)
        database.close()


async def test_a_turn_ends_when_another_writer_or_the_persons_own_screen_waits(one_file: Office) -> None:
    ani, other = await one_file.open(), await one_file.open()
    loop = asyncio.get_running_loop()

    def put(tx: Transaction) -> None:
        tx.audit("office.setting")
        tx.insert(Setting, key="other", value="0")

    def look(_look: Snapshot) -> None:
        """As a screen asks."""

    begun: list[asyncio.Task[object]] = []
    for come in (lambda: other._link.write(put), lambda: ani._link.read(look)):

        def long_work(_tx: Transaction, come: object = come) -> int:
            asked = 0

            def portion() -> bool:
                nonlocal asked
                asked += 1
                if asked == 3:
                    loop.call_soon_threadsafe(lambda: begun.append(loop.create_task(come())))  # type: ignore[operator]
                return asked < _NEVER

            one_by_one(ani._link, Pace(1, turn=3_600), portion)
            return asked

        asked, _undo = await ani._link.write(long_work)
        assert 3 <= asked < _NEVER
        await asyncio.gather(*begun)


async def test_a_refusal_in_the_middle_of_a_turn_stops_nothing_before_it(office: Office, ani: Store) -> None:
    seen: list[Sequence[int]] = []

    def change(tx: Transaction, some: Sequence[int]) -> int:
        seen.append(some)
        tx.audit("office.setting")
        tx.insert_many(Setting, [{"key": f"n{each}", "value": "0"} for each in some])
        if 150 in some:
            raise Invalid("n", "150", "refused")
        return len(some)

    with pytest.raises(CutShort) as refused:
        await in_turns(ani._link, change, range(200), 5)
    assert refused.value.done == seen[-1][0] <= 150 < refused.value.done + len(seen[-1])
    written = [row["key"] for row in facts(office, "setting").values() if row["key"].startswith("n")]
    assert sorted(written) == sorted(f"n{each}" for each in range(refused.value.done))
    assert await ani.audit.verify() is None


async def test_nothing_is_lost_when_long_work_is_killed_in_its_turn_while_somebody_waits(one_file: Office) -> None:
    ani = await one_file.open()
    await one_file.bring_in(ani, people(40))
    database = open_database(one_file.url)
    database.connect()
    person = next(iter(facts(one_file, "participant")))
    with at_work(one_file, "sit-in-a-turn", "ani") as worker:
        acknowledged, so_far = map(int, worker.hear().strip("[]").split(","))
        assert acknowledged < so_far
        typed = asyncio.ensure_future(
            ani.corrections.put(person, Field.EMAIL, "lain@contoh.id", Evidence(Source.PARTICIPANT))
        )
        assert await asyncio.to_thread(_waits, database)
        worker.kill()
    database.close()
    assert (await typed).undo is not None
    rows = facts(one_file, "participant")
    assert rows[person]["email"] == "lain@contoh.id"
    assert sum(row["active"] is not None for row in rows.values()) == acknowledged
    stopped = await ani.undo.stopped()
    assert (stopped.done if stopped else 0) == acknowledged
    assert await ani.audit.verify() is None
