"""`u` where the server is away: the deed waits to be taken back, and nothing older is taken back in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.edits import Evidence
from store.errors import DatabaseTrouble, NothingToUndo, UndoneInPart
from store.rows import UndoRef
from store.rules.corrections import Field, Source
from store.turns import joined
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


async def test_a_deed_of_which_a_part_stands_can_be_tried_again(home: Path, database_url: str) -> None:
    office = Office(home, database_url, Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    await office.bring_in(ani, people(2))
    first, second = facts(office, "participant")
    said = Evidence(Source.PARTICIPANT)
    turns = [(await ani.corrections.put(each, Field.EMAIL, "satu@contoh.id", said)).undo for each in (first, second)]
    whole = joined([turn for turn in turns if turn is not None])
    assert whole is not None
    later = (await ani.corrections.put(first, Field.EMAIL, "dua@contoh.id", said)).undo
    assert later is not None
    done = [whole]
    with pytest.raises(UndoneInPart):
        await take_back_last(ani, done, lambda ref: ref)
    assert done == [whole]
    await ani.undo.undo(later)
    await take_back_last(ani, done, lambda ref: ref)
    assert ((await ani.corrections.seen(first)).email, done) == (None, [])
    await office.close()
