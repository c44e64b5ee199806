"""A private CUPS and an office that prints."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from store import Store
from tests.cups import CupsMissingError, PrivateCups, private_cups
from tests.store.office import Clock, Office, wib


@pytest.fixture
def cups(request: pytest.FixtureRequest) -> Iterator[PrivateCups]:
    """A running private CUPS with one queue, as a voucher queue should be; a parameter is more of its configuration."""
    try:
        with private_cups(directives=f"MaxJobs 2000\nMaxJobTime 0\n{getattr(request, 'param', '')}") as server:
            yield server
    except CupsMissingError as missing:
        pytest.skip(str(missing))


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
