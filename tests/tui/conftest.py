"""An office with people to phone, on a working morning."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store
from tests.store.office import Clock, Office, Person, wib


@pytest.fixture
async def empty_office(home: Path, sqlite_url: str) -> AsyncIterator[Office]:
    """A practice office of Ani alone, Monday 31 July 2023, 09.00; nobody is on a list."""
    made = Office(home, sqlite_url, Clock(wib(31, 9)))
    await made.create(practice=True)
    yield made
    await made.close()


PEOPLE = (
    Person("21000000001", "SUPARMAN HADI WIJAYA", hp="081234567890", balance="12000000", company="PT SAWIT JAYA"),
    Person("21000000002", "ROSLINA", hp="081311112222 / 0765-91234", balance="8000000", company="PT SAWIT JAYA"),
    Person("21000000003", "TIGOR [VIP] [/b]", hp="085277778888", company="CV [red]MERAH[/]"),
    Person("21000000004", "HJ. ZUBAIDAH EFFENDI NASUTION BINTI ABDURRAHMAN PANJANG SEKALI", hp="081199990000"),
)


@pytest.fixture
async def office(empty_office: Office) -> Office:
    """The same office with four people on the list of July 2023."""

    async def four_people(store: Store) -> None:
        await empty_office.bring_in(store, PEOPLE)

    await empty_office.made_once("four people", four_people)
    return empty_office
