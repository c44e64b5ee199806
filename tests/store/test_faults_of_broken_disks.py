"""A disk that is torn out under the open office and comes back: what is told, what is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store.errors import DatabaseTrouble
from store.health import faults_of
from store.rows import Card
from store.rules.outcomes import Outcome
from tests.loop_disk import LoopDisk, loop_disk
from tests.store.office import Clock, Office, people, wib


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[LoopDisk]:
    with loop_disk(tmp_path) as made:
        yield made


async def test_a_disk_that_is_torn_out_is_told_and_what_was_acknowledged_is_on_it_when_it_is_back(
    disk: LoopDisk,
) -> None:
    home = disk.path / "office"
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()  # copies files as a person would, without waiting for the disk
    os.sync()
    ani = await office.open()
    await office.bring_in(ani, people(3))
    first = await ani.queue.claim()
    assert isinstance(first, Card)
    served = await ani.queue.outcome(first, Outcome.REFUSED)
    assert served.applied and isinstance(served.next, Card)
    disk.tear_out()
    for _time in range(2):
        with pytest.raises(DatabaseTrouble) as refused:
            await ani.queue.outcome(served.next, Outcome.REFUSED)
        assert refused.value.reason == "disk"
        with pytest.raises(DatabaseTrouble) as refused:
            await ani.drafts.save("note", "x" * 400_000)
        assert refused.value.reason == "disk"
    with pytest.raises(DatabaseTrouble) as refused:
        await office.open()
    assert refused.value.reason == "disk"
    assert "disk" in {fault.reason for fault in faults_of(home, None, office.clock() + timedelta(hours=1))}
    await office.close()
    disk.unmount()
    disk.mount()
    office.opened.clear()
    back = await office.open()
    assert office.sql("SELECT count(*) FROM attempt") == [(1,)]
    assert office.sql("PRAGMA integrity_check") == [("ok",)]
    assert await back.audit.verify() is None
    await office.close()
