"""The database server goes away and comes back: each call says so in the same words, and work goes on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import DatabaseTrouble
from tests.postgres import Cluster
from tests.store.office import Clock, Office, people, wib


async def test_reads_and_writes_say_that_the_server_is_away_and_go_on_when_it_is_back(
    home: Path, postgres_cluster: Cluster, postgres_url: str
) -> None:
    office = Office(home, postgres_url, Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    await office.bring_in(ani, people(2))
    calls = (
        ani.queue.status,
        ani.queue.claim,
        ani.changed_since_last_look,
        ani.office.now,
        lambda: ani.drafts.save("note", "abc"),
    )
    with postgres_cluster.away(postgres_url):
        for _time in range(2):
            for call in calls:
                with pytest.raises(DatabaseTrouble) as trouble:
                    await call()
                assert trouble.value.reason == "unreachable"
    for call in calls:
        await call()
    assert await ani.drafts.load("note") is not None
    assert await ani.audit.verify() is None
    await office.close()
