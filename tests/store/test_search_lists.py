"""Lists searched for a name that many have: the database is told at once who is meant, nobody is brought here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import Store, lists, postgres, search_sets, worklist_filters
from store.rows import QueueFilter
from store.search_sets import BLOCK, BLOCK_BITS, Meant, Members
from store.snapshot import Snapshot
from store.worklists import WorkFilter, WorkOrder
from tests.store.office import Office, Person

_IDS = st.sets(st.integers(0, 3 * BLOCK - 1), max_size=60)


def _blocks(ids: set[int], *, many: bool) -> dict[int, Members]:
    found: dict[int, set[int]] = {}
    for each in ids:
        found.setdefault(each >> BLOCK_BITS, set()).add(each & (BLOCK - 1))
    return {block: sum(1 << place for place in places) if many else places for block, places in found.items()}


@given(_IDS, _IDS, st.booleans())
def test_who_is_meant_is_the_same_as_ids_and_as_bits(in_blocks: set[int], others: set[int], many: bool) -> None:
    meant, expected = Meant(_blocks(in_blocks, many=many), others), in_blocks | others
    assert (meant.ids, len(meant)) == (sorted(expected), len(expected))
    last = len(meant.bits) * 8
    assert {each for each in range(last) if meant.bits[each >> 3] >> (each & 7) & 1} == expected
    assert last % BLOCK == 0
    assert {each for each, there in enumerate(meant.spread) if there} == expected
    assert (len(meant.spread), set(meant.spread) <= {0, 1}) == (last, True)


NAMES = ("SITI NUR", "RASITI", "BUDI", "NUR SITI", "SITIAH BUDI", "ANI NUR")


@pytest.fixture
async def many(office: Office, ani: Store, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Sixty people without an e-mail address, the last one behind all bits; as if sixty were many."""
    monkeypatch.setattr(postgres, "_MANY", 0)
    monkeypatch.setattr(search_sets, "_MANY_OF", 3 * BLOCK)
    people = [Person(f"99{n:09d}", NAMES[n % len(NAMES)], hp=f"0812{34_560_000 + n:08d}") for n in range(60)]
    await office.bring_in(ani, people[:-1])
    if not office.is_sqlite:
        with office.raw() as database:
            database.peewee.execute_sql(f"ALTER SEQUENCE participant_id_seq RESTART WITH {2 * BLOCK + 5}")
    await office.bring_in(ani, people[-1:])
    return office


@pytest.mark.parametrize("text", ["SITI", "NUR", "NUR SITI", "ITI", "BUDI", "NOBODY", "0812", "SITI 0812"])
async def test_a_searched_list_holds_who_is_meant_however_many(many: Office, ani: Store, text: str) -> None:
    fits = [n for n in range(60) if all(word in NAMES[n % len(NAMES)] or word == "0812" for word in text.split())]
    wanted = WorkFilter(text=text)
    assert (await ani.worklists.counts(wanted))["email-missing"] == len(fits)
    for order in WorkOrder:
        total, rows = await ani.worklists.window("email-missing", wanted, 0, 100, order)
        assert (total, len(rows)) == (len(fits), len(fits))
        assert {row.name for row in rows} == {NAMES[n % len(NAMES)] for n in fits}
    assert await ani.worklists.count("email-missing", WorkFilter(text=text, unclaimed=True)) == len(fits)
    assert len(await ani.worklists.ids("email-missing", wanted)) == len(fits)
    assert await ani.queue.count(QueueFilter(text=text)) == len(fits)
    total, calls = await ani.queue.window(QueueFilter(text=text), 0, 100)
    assert (total, len(calls), len({call.participant_id for call in calls})) == (len(fits),) * 3


async def test_no_list_is_brought_here_to_be_searched(many: Office, ani: Store) -> None:
    """Nor are the ids of all who are meant named to the database one by one."""
    given_back, sent = list[int](), list[Any]()
    link = ani._link

    def look(snapshot: Snapshot) -> None:
        told: Callable[..., Any] = snapshot.database.peewee.execute_sql

        def listened(sql: str, params: Sequence[Any] | None = None) -> Any:
            cursor = told(sql, params)
            given_back.append(cursor.rowcount)
            sent.extend(params or ())
            return cursor

        snapshot.database.peewee.execute_sql = listened
        try:
            assert lists.list_window(snapshot, QueueFilter(text="NUR"), 0, 5)[0] == 30
            meant = worklist_filters.meant_by(snapshot, "NUR")
            assert worklist_filters.count_open(snapshot, "email-missing", WorkFilter(text="NUR"), meant) == 30
            worklist_filters.window_ids(snapshot, "email-missing", WorkFilter(text="NUR"), 0, 5, meant=meant)
        finally:
            del snapshot.database.peewee.execute_sql

    await link.read(look)
    assert max(given_back) <= 5
    everybody = BLOCK if many.is_sqlite else 3 * BLOCK // 8
    assert sum(isinstance(each, bytes) and len(each) == everybody for each in sent) >= 4
    assert not [each for each in sent if isinstance(each, str) and each.count(",") > 5]
