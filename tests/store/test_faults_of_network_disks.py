"""An office on a disk of another machine: none is made there, and one that was moved there is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store import create_office
from store.errors import DatabaseTrouble
from store.health import Fault, faults_of
from tests.network_disk import network_disk
from tests.store.office import Clock, Office, wib


@pytest.fixture
def far_away(tmp_path: Path) -> Iterator[Path]:
    with network_disk(tmp_path) as made:
        yield made


async def test_no_office_is_made_on_a_network_disk(far_away: Path) -> None:
    home = far_away / "office"
    with pytest.raises(DatabaseTrouble) as refused:
        await create_office(home, url=f"sqlite://{home}/loket.sqlite", login="ani", clock=Clock(wib(31, 9)))
    assert (refused.value.reason, refused.value.detail) == ("network-disk", "fuse.sshfs")
    assert not (home / "loket.sqlite").exists()


async def test_an_office_that_was_moved_to_a_network_disk_is_told(home: Path, far_away: Path) -> None:
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()
    assert "network-disk" not in {fault.reason for fault in faults_of(home, office.url, office.clock())}
    moved = far_away / "office"
    shutil.copytree(home, moved)
    now = office.clock() + timedelta(hours=1)
    assert Fault("network-disk", "fuse.sshfs") in faults_of(moved, f"sqlite://{moved}/loket.sqlite", now)
