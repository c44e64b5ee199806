"""Proofs with real processes that are killed while they work: nobody called twice, nobody lost, no import in part."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from store.rows import Nothing
from tests.store import chaos
from tests.store.office import Clock, Office, people, wib

LIMIT = 1800  # seconds; only a machine that stands still needs them


async def run(office: Office, job: str, *arguments: object, limit: int = LIMIT) -> Any:
    """What a nursery of processes says at its end; no process in it may have met an error."""
    done = await asyncio.to_thread(
        subprocess.run,
        chaos.command(office, job, *arguments),
        cwd=chaos.ROOT,
        capture_output=True,
        text=True,
        timeout=limit,
    )
    faults = office.home / "faults"
    assert not faults.exists(), faults.read_text()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def _call_and_kill(office: Office, processes: int, persons: int, kills: int) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(persons))
    for n in range(processes):
        await ani.staff.add(f"p{n}", f"P {n}", "", "magang")
    said = await run(office, "callers", processes, kills, persons)
    assert said["killed"] == kills
    lines = [line.split() for log in office.home.glob("log-*") for line in log.read_text().splitlines()]
    given = Counter((item, token) for word, item, token in lines if word == "given")
    done = {int(item) for word, item, _token in lines if word == "done"}
    applied = Counter(row[0] for row in office.sql("SELECT item_id FROM attempt WHERE late = ?", False))
    states = Counter(row[0] for row in office.sql("SELECT state FROM queue_item"))
    assert {lease: times for lease, times in given.items() if times > 1} == {}, "one lease, two hands"
    assert {item: times for item, times in applied.items() if times > 1} == {}, "called twice"
    assert done <= set(applied), "acknowledged and lost"
    assert len(applied) == persons
    assert states == {"done": persons}
    assert office.sql("SELECT count(*) FROM hold") == [(0,)]
    assert office.sql("SELECT count(*) FROM attempt WHERE late = ?", True) == [(0,)]
    reader = await office.open()
    assert await reader.audit.verify() is None


@pytest.fixture
async def fresh(home: Path, empty_database_url: str) -> Office:
    return Office(home, empty_database_url, Clock(wib(31, 9)))


async def test_twelve_callers_killed_at_random_call_everybody_once(office: Office) -> None:
    await _call_and_kill(office, processes=12, persons=80, kills=12)


@pytest.mark.soak
async def test_fifty_callers_killed_at_random_call_everybody_once(office: Office) -> None:
    await _call_and_kill(office, processes=50, persons=5_000, kills=1_000)


async def _import_and_kill(office: Office, persons: int, kills: int) -> dict[str, int]:
    """How many of the killed imports left nothing, and how many all of it."""
    path = office.write_list(people(persons))
    said = await run(office, "imports", path, kills, persons)
    whole, none = f"{persons}/{persons}/{persons}/1/1", "0/0/0/0/0"
    assert said["whole"] == whole
    assert set(said["left"]) <= {whole, none}
    assert sum(said["left"].values()) == kills
    return {"none": said["left"].get(none, 0), "whole": said["left"].get(whole, 0)}


async def test_an_import_that_is_killed_is_there_whole_or_not_at_all(office: Office) -> None:
    await _import_and_kill(office, persons=300, kills=4)


@pytest.mark.soak
async def test_five_hundred_killed_imports_leave_nothing_in_part(office: Office) -> None:
    left = await _import_and_kill(office, persons=300, kills=500)
    sys.stderr.write(f"\n{left}\n")
    assert min(left.values()) >= 25, "deaths on both sides of the commit, or it was not tried"


async def test_of_twenty_who_found_an_office_at_once_one_does(fresh: Office) -> None:
    assert await run(fresh, "found", 20) == {"0": 1, "2": 19}
    ani = await fresh.open()
    assert [person.login for person in await ani.staff.rows()] == ["ani"]
    assert await ani.audit.verify() is None
    await fresh.close()


async def test_twenty_who_come_in_at_once_all_do(office: Office) -> None:
    assert await run(office, "come-in", 20) == {"0": 20}
    ani = await office.open()
    assert await ani.audit.verify() is None
    assert isinstance(await ani.queue.claim(), Nothing)
