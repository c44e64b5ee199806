"""A region on PostgreSQL in small: what the bench fills is what Loket would have kept, and nobody waits for a scan."""

from __future__ import annotations

from typing import Final

from bench.region_fill import fill
from bench.region_plans import all_plans
from bench.region_reads import KEY, LIST
from store import open_payments, problem_counts, problem_index, quality_index, search_index
from store.database import open_database

PEOPLE = 2_000
NO_SCANS = "&options=" + "%20".join(f"-c%20enable_{way}%3Doff" for way in ("seqscan", "mergejoin", "hashjoin"))
"""With so few people reading all of them is the right plan; so it is left only where no index would do."""
PAGES: Final = {KEY: 600, LIST: 5_000}
"""What a statement may look at. A look by an index is 3 or 4 pages: so no key looks for a tenth of the people one by
one, beside the 50 that it shows, and no list for all of them."""


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
    of_people = [plan for plan in plans if plan.reads_people]
    assert len(of_people) > 20
    scans = {f"{plan.read.desk}: {plan.read.what}": plan.gone_through("participant", PEOPLE) for plan in of_people}
    assert {what: list(map(str, found)) for what, found in scans.items() if found} == {}
    may = [
        (plan, min(most for kind, most in PAGES.items() if plan.read.most <= kind))
        for plan in plans
        if plan.read.most <= LIST
    ]
    assert {
        f"{plan.read.desk}: {plan.read.what}: {plan.sql}": plan.pages for plan, most in may if plan.pages > most
    } == {}
