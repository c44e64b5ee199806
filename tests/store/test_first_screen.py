"""What the first screen asks: one's own day, the days before, what is doubtful, a list that stands still."""

from __future__ import annotations

from datetime import date

import pytest

from store import Store
from store.errors import NotAllowed
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, call, people


async def test_ones_own_day_counts_ones_own_calls(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(4))
    budi, citra = await office.hire(ani, "budi"), await office.hire(ani, "citra")
    await call(budi, Outcome.WILL_CLAIM)
    await call(budi, Outcome.NO_ANSWER)
    await call(citra, Outcome.BUSY)
    assert await budi.daily.own() == (2, 1)
    assert await citra.daily.own() == (1, 0)
    await budi.queue.undo()
    assert await budi.daily.own() == (1, 1)
    assert (await budi.daily.last_days(2)) == [(date(2023, 7, 30), 0), (date(2023, 7, 31), 2)]
    office.clock.pass_by(days=1)
    assert await budi.daily.own() == (0, 0)


async def test_doubtful_data_are_counted_by_people_and_what_is_missing_is_no_doubt(office: Office, ani: Store) -> None:
    assert await ani.daily.doubted() == 0
    rows = [
        Person("21000000001", "ADA", hp="081234567890"),
        Person("21000000002", "BUKAN NOMOR", hp="8.12E+11"),
        Person("21000000003", "TANPA NOMOR"),
        Person("21000000004", "SURAT SALAH", hp="081234567891", email="a @ b"),
    ]
    await office.bring_in(ani, rows)
    assert await ani.daily.doubted() == 2
    dodi = await office.hire(ani, "dodi", "admin")
    with pytest.raises(NotAllowed):
        await dodi.daily.doubted()


async def test_a_check_that_stands_still_is_told(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    assert not (await ani.checks.counts()).parked
    row = await ani.checks.next()
    assert row is not None
    await ani.checks.park(row)
    assert (await ani.checks.counts()).parked
