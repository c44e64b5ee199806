"""Two who write at once on PostgreSQL: each change counts, and who stands in the way gives way and comes again."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store
from store.schema import Setting
from store.transaction import Transaction
from tests.store.office import Clock, Office, facts, wib


@pytest.fixture
async def server(home: Path, postgres_url: str) -> AsyncIterator[Office]:
    made = Office(home, postgres_url, Clock(wib(31, 9)))
    await made.create()
    yield made
    await made.close()


async def _counter(store: Store, *names: str) -> dict[str, int]:
    def make(tx: Transaction) -> dict[str, int]:
        tx.audit("office.setting")
        return {name: tx.insert(Setting, key=name, value="0") for name in names}

    return (await store._link.write(make))[0]


def _add(tx: Transaction, row_id: int) -> None:
    """Reads, and writes what it read plus one."""
    row = tx.one(tx.database.locked(Setting.select().where(Setting.id == row_id)))
    assert row is not None
    tx.update(Setting, row_id, value=json.dumps(json.loads(row["value"]) + 1))


async def test_who_reads_to_write_reads_what_the_other_wrote(server: Office) -> None:
    stores = [await server.open() for _ in range(4)]
    row_id = (await _counter(stores[0], "count"))["count"]

    def once(tx: Transaction) -> None:
        tx.audit("office.setting")
        _add(tx, row_id)

    await asyncio.gather(*(store._link.write(once) for store in stores for _ in range(10)))
    assert facts(server, "setting")[row_id]["value"] == "40"


async def test_two_who_wait_for_each_other_both_get_through(server: Office) -> None:
    ani, again = await server.open(), await server.open()
    rows = await _counter(ani, "one", "two")
    both_hold_one = threading.Barrier(2)
    begun: list[str] = []

    def cross(tx: Transaction, name: str, first: int, second: int) -> None:
        tx.audit("office.setting")
        begun.append(name)
        _add(tx, first)
        if begun.count(name) == 1:
            both_hold_one.wait(30)
        _add(tx, second)

    await asyncio.gather(
        ani._link.write(cross, "a", rows["one"], rows["two"]),
        again._link.write(cross, "b", rows["two"], rows["one"]),
    )
    assert set(begun) == {"a", "b"} and len(begun) > 2, "somebody had to give way and come again"
    values = {row["key"]: row["value"] for row in facts(server, "setting").values()}
    assert (values["one"], values["two"]) == ("2", "2")
    assert await ani.audit.verify() is None
