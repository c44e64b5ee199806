"""`u` where the server is away: the deed waits to be taken back, and nothing older is taken back in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.edits import Evidence
from store.errors import DatabaseTrouble, NothingToUndo, UndoneInPart
from store.rows import UndoRef
from store.rules.corrections import Field, Source
from store.turns import joined
from tests.postgres import Cluster
from tests.store import chaos
from tests.store.office import Clock, Office, facts, people, wib
from tests.tui import background
from tests.tui.driving import at_desk
from tui.screens.deeds import Deed, DeedDesk
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


async def test_u_takes_several_turns_back_and_says_what_stands(empty_office: Office) -> None:
    ani = await empty_office.open()
    await empty_office.bring_in(ani, people(3))
    ids = list(facts(empty_office, "participant"))
    said = Evidence(Source.PARTICIPANT)
    async with at_desk(empty_office) as desk:
        await background.press(desk, "f4")
        screen = desk.app.screen
        assert isinstance(screen, DeedDesk)
        made = [(await desk.store.corrections.put(each, Field.EMAIL, "satu@contoh.id", said)).undo for each in ids]
        whole = joined([each for each in made if each is not None])
        assert whole is not None
        screen.done.append(Deed(whole, "3 nilai ditulis"))
        later = (await ani.corrections.put(ids[0], Field.EMAIL, "dua@contoh.id", said)).undo
        assert later is not None
        await background.press(desk, "u")
        assert "Diurungkan, kecuali untuk 1 orang: ani mengubahnya" in " ".join(desk.text.split())
        assert [(await ani.corrections.seen(each)).email for each in ids] == ["dua@contoh.id", None, None]
        await ani.undo.undo(later)
        await background.press(desk, "u")
        assert "Diurungkan: 3 nilai ditulis" in desk.status
        assert (screen.done, (await ani.corrections.seen(ids[0])).email) == ([], None)
        await background.press(desk, "u")
        assert "Belum ada yang dikerjakan" in " ".join(desk.text.split())


async def test_work_on_many_answers_keys_and_goes_on_when_its_screen_is_left(empty_office: Office) -> None:
    ani = await empty_office.open()
    await empty_office.bring_in(ani, people(90))
    async with at_desk(empty_office) as desk:
        await background.press(desk, "f4", "end", "enter", "A", "b", "a")
        assert "status tidak dikenal" in desk.text.casefold()
        await desk.press(*"daftar", "enter")
        with empty_office.raw() as other, other.writing():  # as long as somebody else writes, it waits
            await desk.press("y")
            assert "sebagai aktif?" not in desk.text
            assert "Masih dikerjakan" in desk.status
            await desk.press("u")
            assert "Masih dikerjakan" in desk.status
            desk.send("f2")
        await background.rest(desk)
        assert "Selesai untuk 90 orang" in desk.status
        assert await desk.store.worklists.count("status-unknown") == 0
        await background.press(desk, "f4", "u")
        assert "Diurungkan: Selesai untuk 90 orang" in desk.status
        assert await desk.store.worklists.count("status-unknown") == 90


async def test_work_on_many_that_was_killed_on_its_way_is_taken_back_after_the_next_start(empty_office: Office) -> None:
    ani = await empty_office.open()
    await empty_office.bring_in(ani, people(1_000))
    await ani.close()
    with chaos.at_work(empty_office, "note-all", "ani") as worker:
        first, _of = json.loads(worker.hear())
        far = worker.go_on()
    done, of = json.loads(far)
    told = f"{done} dari 1.000"
    async with at_desk(empty_office) as desk:
        open_now = desk.store.worklists.count
        assert 0 < first < done < of and await open_now("status-unknown") == of - done
        await background.press(desk, "f4")
        await background.press(desk, "u")
        assert told in " ".join(desk.text.split()) and await open_now("status-unknown") == of - done
        await background.press(desk, "u")
        assert f"Diurungkan: {told}, sebelum terhenti" in desk.status
        assert (await open_now("status-unknown"), await desk.store.audit.verify()) == (of, None)
        assert await desk.store.undo.stopped() is None
