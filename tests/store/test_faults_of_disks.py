"""A disk that is full, read-only or not mounted, by a real one: what is refused, what is told, that work goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store.errors import BackupRefused, DatabaseTrouble
from store.health import faults_of
from store.rows import Card
from store.rules.outcomes import Outcome
from tests.small_disk import SmallDisk, small_disk
from tests.store.office import Clock, Office, people, wib


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
async def on_disk(disk: SmallDisk) -> Office:
    home = disk.path / "office"
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()
    return office


def told(office: Office) -> set[str]:
    return {fault.reason for fault in faults_of(office.home, None, office.clock() + timedelta(hours=1))}


async def test_on_a_full_disk_nothing_acknowledged_is_lost_and_work_goes_on_when_there_is_room(
    on_disk: Office, disk: SmallDisk
) -> None:
    ani = await on_disk.open()
    await on_disk.bring_in(ani, people(3))
    first = await ani.queue.claim()
    assert isinstance(first, Card)
    served = await ani.queue.outcome(first, Outcome.REFUSED)
    assert served.applied
    with disk.full():
        for _time in range(3):
            with pytest.raises(DatabaseTrouble) as refused:
                await ani.drafts.save("note", "x" * 400_000)
            assert refused.value.reason == "full"
        assert len(await ani.audit.entries(5)) == 5  # reading goes on
        with pytest.raises(DatabaseTrouble) as refused:
            await on_disk.open()
        assert refused.value.reason == "full"
        assert "full" in told(on_disk)
    await ani.drafts.save("note", "x" * 400_000)
    assert isinstance(served.next, Card)
    assert (await ani.queue.outcome(served.next, Outcome.REFUSED)).applied
    assert on_disk.sql("SELECT count(*) FROM attempt") == [(2,)]
    assert on_disk.sql("PRAGMA integrity_check") == [("ok",)]
    assert await ani.audit.verify() is None
    assert told(on_disk) == {"little-room"}  # smaller than one more copy and what is wanted beside it
    await on_disk.close()


async def test_a_disk_that_takes_no_writes_is_told_from_missing_rights(on_disk: Office, disk: SmallDisk) -> None:
    await (await on_disk.open()).close()
    on_disk.opened.clear()
    disk.read_only(now=True)
    with pytest.raises(DatabaseTrouble) as refused:
        await on_disk.open()
    assert (refused.value.reason, refused.value.detail) == ("read-only", str(on_disk.home))
    assert "read-only" in told(on_disk)
    disk.read_only(now=False)
    ani = await on_disk.open()
    assert await ani.audit.verify() is None
    assert told(on_disk) == {"little-room"}
    await on_disk.close()


async def test_no_backup_goes_into_the_folder_below_a_disk_that_is_not_mounted(
    home: Path, sqlite_url: str, disk: SmallDisk
) -> None:
    office = Office(home, sqlite_url, Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    folder = disk.path / "CADANGAN"
    assert "same-disk" not in (await ani.backups.make(folder, unencrypted=True)).warnings
    disk.unmount()
    office.clock.pass_by(minutes=10)
    with pytest.raises(BackupRefused) as refused:
        await ani.backups.make(folder, unencrypted=True)
    assert (refused.value.why, refused.value.name) == ("not-mounted", str(disk.path))
    assert list(disk.path.iterdir()) == []
    disk.mount(16_000)
    assert Path((await ani.backups.make(folder, unencrypted=True)).file).parent == folder
    await office.close()
