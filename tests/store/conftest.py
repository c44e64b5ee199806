"""What the tests through the store's door share: an office on each database, with its founder at work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store
from tests.loop_disk import can_break
from tests.network_disk import has_network_disk
from tests.small_disk import can_mount
from tests.store.office import Clock, Office, wib

collect_ignore = [
    file
    for file, has_it in (
        ("test_faults_of_disks.py", can_mount),
        ("test_faults_of_broken_disks.py", can_break),
        ("test_faults_of_network_disks.py", has_network_disk),
    )
    if not has_it()
]


@pytest.fixture
async def office(home: Path, database_url: str) -> AsyncIterator[Office]:
    """An office of Ani alone, Monday 31 July 2023, 09.00."""
    made = Office(home, database_url, Clock(wib(31, 9)))
    await made.create()
    yield made
    await made.close()


@pytest.fixture
async def ani(office: Office) -> Store:
    """The founder, who holds every role as long as nobody else works here."""
    return await office.open()
