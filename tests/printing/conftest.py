"""An office that prints."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store
from tests.store.office import Clock, Office, wib


@pytest.fixture
async def office(home: Path, sqlite_url: str) -> AsyncIterator[Office]:
    """An office of Ani alone, Monday 31 July 2023, 09.00. Print jobs on both databases: tests/store."""
    made = Office(home, sqlite_url, Clock(wib(31, 9)))
    await made.create()
    yield made
    await made.close()


@pytest.fixture
async def ani(office: Office) -> Store:
    return await office.open()
