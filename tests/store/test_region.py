"""A region on PostgreSQL in small: what the bench fills is what Loket would have kept, and nobody waits for a scan."""

from __future__ import annotations

from bench.region_fill import fill
from bench.region_plans import all_plans
from store import open_payments, problem_counts, problem_index, quality_index, search_index
from store.database import open_database

PEOPLE = 2_000
NO_SCANS = "&options=" + "%20".join(f"-c%20enable_{way}%3Doff" for way in ("seqscan", "mergejoin", "hashjoin"))
"""With so few people reading all of them is the right plan; so it is left only where no index would do."""


async def test_a_region_is_consistent_and_no_desk_reads_all_people(empty_postgres_url: str) -> None:
    await fill(empty_postgres_url, PEOPLE)
    database = open_database(empty_postgres_url)
    database.connect()
    try:
        assert search_index.disagreements(database) == []
        assert problem_index.disagreements(database) == []
        assert quality_index.disagreements(database) == []
        assert problem_counts.disagreements(database) == []
        assert open_payments.disagreements(database) == []
    finally:
        database.close()
    plans = await all_plans(empty_postgres_url + NO_SCANS, PEOPLE)
    assert {plan.read.desk for plan in plans} >= {"home", "F2", "F3", "F4", "F7", "F8", "F9"}
    scans = {f"{plan.read.desk}: {plan.read.what}": plan.gone_through("participant", PEOPLE) for plan in plans}
    assert {what: list(map(str, found)) for what, found in scans.items() if found} == {}
