"""The power goes at any moment of a person's work: what was acknowledged is there, whole and once."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from store.backup_copies import trail_break
from store.database import open_database
from tests.store import chaos
from tests.store.office import Clock, Office, people, wib
from tests.store.power import Disk, traced

NAME = "loket.sqlite"


async def _cut(home: Path, tmp_path: Path, persons: int, cuts: int) -> Counter[int]:
    """So many cuts while so many people are called: how often so many calls stood in the database then."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed here (Debian: apt-get install strace)")
    office = Office(home, f"sqlite://{home}/{NAME}", Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    await office.bring_in(ani, people(persons))
    await office.close()
    before = {
        str(path): bytearray(path.read_bytes()) for path in home.glob(f"{NAME}*") if not path.name.endswith("-shm")
    }
    events = traced(chaos.command(office, "call-all", "ani"), home, tmp_path / "trace")
    assert sum(event.kind == "sync" for event in events) >= persons
    chance = random.Random(persons)
    moments = Counter(chance.randrange(len(events) + 1) for _ in range(cuts))
    disk, done, stood = Disk(before), set[int](), Counter[int]()
    for at in range(len(events) + 1):
        for _time in range(moments[at]):
            stood[_look(disk.after_a_cut(chance), done, tmp_path / "dahulu")] += 1
        if at < len(events):
            event = events[at]
            if event.kind == "write" and event.file == f"{home}/log-calls":
                done |= {int(line.split()[1]) for line in event.data.decode().splitlines() if line.startswith("done")}
            elif Path(event.file).name in (NAME, f"{NAME}-wal"):
                disk.take(event)
    assert len(done) == persons
    return stood


def _look(left: dict[str, bytearray], done: set[int], folder: Path) -> int:
    """Opens what the power left, as the next start would: whole, nothing acknowledged lost, nobody called twice."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file, data in left.items():
        (folder / Path(file).name).write_bytes(data)
    database = open_database(f"sqlite://{folder / NAME}")
    database.connect()
    try:
        assert database.rows("PRAGMA integrity_check", ()) == [("ok",)]
        called = [item for (item,) in database.rows("SELECT item_id FROM attempt", ())]
        assert len(called) == len(set(called)), "called twice"
        assert done <= set(called), "acknowledged and lost"
        assert len(called) <= len(done) + 1, "there and never asked for"
        with database.reading():
            assert not trail_break(database)
    finally:
        database.close()
    return len(called)


async def test_sixty_power_cuts_lose_nothing_that_was_acknowledged(home: Path, tmp_path: Path) -> None:
    stood = await _cut(home, tmp_path, persons=12, cuts=60)
    assert stood.total() == 60
    assert len(stood) > 5  # cuts fell into all of the work


@pytest.mark.soak
async def test_a_thousand_power_cuts_lose_nothing_that_was_acknowledged(home: Path, tmp_path: Path) -> None:
    stood = await _cut(home, tmp_path, persons=150, cuts=1_000)
    sys.stderr.write(f"\n1,000 cuts, calls that stood: {min(stood)} to {max(stood)}\n")
    assert stood.total() == 1_000
