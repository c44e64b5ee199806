"""Every deed of the store in an office whose texts are hostile: an answer or a refusal, and files that are text."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import StoreError
from store.rules.permissions import Role
from tests.store.deeds import arguments, ask, every_deed
from tests.store.hostile_office import fill_hostile, wrong_files
from tests.store.office import Clock, Office, wib
from tests.store.test_permission_table import table

HEADS = (Role.KEPALA_BIDANG, Role.KEUANGAN)
"""Who may do most between them; the others are the long form."""


@pytest.mark.parametrize("roles", [HEADS, pytest.param(tuple(Role), marks=pytest.mark.soak)], ids=["short", "all"])
async def test_every_deed_answers_whatever_the_texts_are(
    home: Path, database_url: str, roles: tuple[Role, ...]
) -> None:
    office = Office(home, database_url, Clock(wib(31, 9)))
    await office.create(practice=True)
    full, every = await fill_hostile(office), every_deed()
    answered = set()
    for role in roles:
        await full.anew(role)
        for deed in table():
            path = full.store.outbox / f"{deed}.{'csv' if deed in ('people.export', 'merges.run') else 'xlsx'}"
            path.unlink(missing_ok=True)
            given = arguments(deed, every[deed], {"path": path, "target": path, **full.known})
            try:
                await ask(full.store, deed, given)
            except StoreError:
                continue
            answered.add(deed)
    assert len(answered) > len(table()) / 2
    assert wrong_files(home) == set()
    await office.close()
