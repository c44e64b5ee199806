"""`u` where the server is away: the deed waits to be taken back, and nothing older is taken back in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.edits import Evidence
from store.errors import DatabaseTrouble, NothingToUndo
from store.rows import UndoRef
from store.rules.corrections import Field, Source
from tests.postgres import Cluster
from tests.store.office import Clock, Office, facts, people, wib
from tui.taking_back import take_back_last


async def test_a_deed_stays_the_last_one_while_the_server_is_away(
    home: Path, postgres_cluster: Cluster, postgres_url: str
) -> None:
    office = Office(home, postgres_url, Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    done: list[UndoRef] = []
    for address in ("satu@contoh.id", "dua@contoh.id"):
        made = await ani.corrections.put(person, Field.EMAIL, address, Evidence(Source.PARTICIPANT))
        assert made.undo is not None
        done.append(made.undo)
    with postgres_cluster.away(postgres_url), pytest.raises(DatabaseTrouble):
        await take_back_last(ani, done, lambda ref: ref)
    assert len(done) == 2
    last = await take_back_last(ani, done, lambda ref: ref)
    assert (await ani.corrections.seen(person)).email == "satu@contoh.id"
    done.append(last)
    with pytest.raises(NothingToUndo):  # what cannot be taken back any more is in nobody's way
        await take_back_last(ani, done, lambda ref: ref)
    assert len(done) == 1
    await office.close()
