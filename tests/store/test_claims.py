"""Many processes empty a call list together while they are killed: each person is given and recorded once.

`LOKET_SOAK=1000000 make soak` calls a million people instead of ten thousand: more than a day on a small machine.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter
from pathlib import Path

import pytest

from bench.people import fill_people
from store.database import open_database
from tests.conftest import ORIGINAL_ENVIRONMENT
from tests.store.office import Clock, Office, wib
from tests.store.test_proofs import run

PEOPLE = int(ORIGINAL_ENVIRONMENT.get("LOKET_SOAK", "10000"))
A_SECOND = 5
"""Claims and outcomes that a machine does at the least; only one that stands still is slower."""


def _fill(office: Office, persons: int) -> None:
    """So many people on the list, straight into the tables."""
    database = open_database(office.url)
    database.connect()
    with database.turn(), database.writing():
        fill_people(database, persons, on_list=1)
    database.peewee.execute_sql("ANALYZE")
    database.close()


def _logs(home: Path, persons: int) -> tuple[array[int], array[int], Counter[str]]:
    """By person how often an outcome was acknowledged, and the highest token given; how many lines of each word."""
    done, highest, words = array("q", bytes(8 * (persons + 1))), array("q", bytes(8 * (persons + 1))), Counter[str]()
    for log in home.glob("log-*"):
        for line in log.read_text().splitlines():
            word, item, token = line.split()
            words[word] += 1
            if word == "done":
                done[int(item)] += 1
            elif word == "given":
                highest[int(item)] = max(highest[int(item)], int(token))
    return done, highest, words


async def _claim_and_kill(office: Office, processes: int, persons: int, kills: int, pause: int) -> str:
    """Everybody is called by processes that are killed; the figures in one line."""
    ani = await office.open()
    for n in range(processes):
        await ani.staff.add(f"p{n}", f"P {n}", "", "magang")
    await office.close()
    _fill(office, persons)
    said = await run(office, "callers", processes, kills, persons, pause, limit=600 + persons // A_SECOND)
    done, highest, words = _logs(office.home, persons)
    assert max(done) == 1, "acknowledged twice"
    assert min(highest[1:]) > 0, "never given to anybody"
    assert set(words) == {"given", "done"}, words
    attempts = office.sql("SELECT count(*), count(DISTINCT item_id) FROM attempt")[0]
    assert attempts == (persons, persons), "lost, or twice"
    assert office.sql("SELECT state, count(*) FROM queue_item GROUP BY state") == [("done", persons)]
    assert office.sql("SELECT count(*) FROM hold") == [(0,)]
    recorded = {int(item) for (item,) in office.sql("SELECT item_id FROM attempt")}
    assert all(item in recorded for item in range(1, persons + 1) if done[item]), "acknowledged and lost"
    reader = await office.open()
    assert await reader.audit.verify() is None
    assert said["killed"] <= kills
    facts = {"people": persons, "given": words["given"], "acknowledged": words["done"]} | said
    return json.dumps(facts)


async def test_four_who_are_killed_claim_everybody_once(office: Office) -> None:
    said = json.loads(await _claim_and_kill(office, processes=4, persons=60, kills=3, pause=200))
    assert said["killed"] > 0


@pytest.mark.soak
async def test_claims_by_fifty_are_each_given_and_recorded_once(home: Path, sqlite_url: str) -> None:
    office = Office(home, sqlite_url, Clock(wib(31, 9)))
    await office.create()
    said = await _claim_and_kill(office, processes=50, persons=PEOPLE, kills=max(PEOPLE // 1_000, 50), pause=2_000)
    sys.stderr.write(f"\n{said}\n")
