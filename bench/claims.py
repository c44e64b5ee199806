"""How long people wait for the next person to call when 50 of them claim at once, on SQLite and PostgreSQL.

    python -m bench.claims 50 60

So many processes, each somebody at the telephone desk, record one outcome after the other for so many seconds; with
each outcome the store holds the next person for them. SQLite as Loket uses it, with a fair turn before each write,
stands beside PostgreSQL and beside SQLite left to itself: the same statements, but whoever finds the file locked asks
again after a while, as SQLite does on its own. The longest wait of anybody counts, and whether anybody was rung twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final, TypeVar

from bench.cluster import INSTALL_HINT, ROLE, SUPERUSER, find_binaries, role_url, running_server
from bench.measuring import percentile, say, spread
from bench.people import NOW, fill_people
from bench.result import Measured
from store import create_office, open_store
from store.database import SqliteDatabase, open_database
from store.errors import DatabaseTrouble
from store.rows import Card
from store.rules.outcomes import Outcome

T = TypeVar("T")

_AIM: Final = 0.5
_PEOPLE_A_SECOND: Final = 1_500
"""More than anybody claims: nobody may run out of people."""
_LEFT_ALONE: Final = "SQLite without turns"
_SETTINGS: Final = {"listen_addresses": "", "max_connections": "200", "timezone": "UTC"}


@dataclass(frozen=True, slots=True)
class Claimed:
    """What all processes did in one way: milliseconds of each call, people whose outcome was recorded, refusals."""

    waits: list[float]
    people: list[int]
    refused: int

    @property
    def twice(self) -> int:
        """How many were rung twice: after an outcome nobody is called again on the same day."""
        return len(self.people) - len(set(self.people))


@contextmanager
def _no_turn(_database: SqliteDatabase) -> Iterator[None]:
    """Instead of the fair turn: whoever comes writes, and SQLite's own waiting sorts them out."""
    yield


async def _serve(url: str, home: Path, gate: Any, seconds: float) -> Claimed:
    """One person at the desk, with the first person held, from the moment all are ready."""
    store = await _patiently(lambda: open_store(home, url=url, login="bench", clock=lambda: NOW))
    first = await _patiently(store.queue.claim)
    if not isinstance(first, Card):
        raise SystemExit("nobody is there to call")
    served = await _patiently(lambda: store.queue.outcome(first, Outcome.NO_ANSWER))  # all is loaded then
    waits, people, refused = list[float](), [first.participant_id], 0
    await asyncio.to_thread(gate.wait)
    until = perf_counter() + seconds
    while (started := perf_counter()) < until:
        card = served.next
        if not isinstance(card, Card):
            raise SystemExit("nobody is left to call: fill more people")
        try:
            served = await store.queue.outcome(card, Outcome.NO_ANSWER)
        except DatabaseTrouble as trouble:
            if trouble.reason != "busy":
                raise
            refused += 1
        else:
            people.append(card.participant_id)
        waits.append((perf_counter() - started) * 1000)
    with contextlib.suppress(DatabaseTrouble):
        await store.close()
    return Claimed(waits, people, refused)


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """What may be refused as busy, until it is not: getting ready is no part of the measure."""
    while True:
        try:
            return await ask()
        except DatabaseTrouble as trouble:
            if trouble.reason != "busy":
                raise


def _process(url: str, home: Path, turns: bool, gate: Any, seconds: float, told: Any) -> None:
    if not turns:
        setattr(SqliteDatabase, "turn", _no_turn)  # noqa: B010 - for the rest of this process
    told.put(asyncio.run(_serve(url, home, gate, seconds)))


def claim(url: str, home: Path, processes: int, seconds: float, *, turns: bool = True) -> Claimed:
    """So many processes at the queue of an office that is filled, for so long."""
    asyncio.run(create_office(home, url=url, login="bench", clock=lambda: NOW))
    database = open_database(url)
    database.connect()
    with database.turn(), database.writing():
        fill_people(database, processes * 10 + int(_PEOPLE_A_SECOND * seconds), on_list=1)
    database.peewee.execute_sql("ANALYZE")
    database.close()
    # Forked: everything is imported already, and nothing is open.
    context = multiprocessing.get_context("fork")
    gate, told = context.Barrier(processes), context.Queue()
    those = [
        context.Process(target=_process, args=(url, home, turns, gate, seconds, told)) for _each in range(processes)
    ]
    for each in those:
        each.start()
    found = [told.get(timeout=seconds + 300) for _each in those]
    for each in those:
        each.join()
    waits = [wait for one in found for wait in one.waits]
    return Claimed(waits, [person for one in found for person in one.people], sum(one.refused for one in found))


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    """The URL of an empty database of a private server that keeps what it was given, as an office's would."""
    import psycopg

    with running_server(folder, _SETTINGS) as sockets:
        with psycopg.connect(host=sockets, user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "claims" OWNER "{ROLE}"')
        yield role_url(sockets, "claims")


def _ways(processes: int, seconds: float) -> dict[str, Claimed]:
    found: dict[str, Claimed] = {}
    for name, turns in (("SQLite", True), (_LEFT_ALONE, False)):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "office"
            found[name] = claim(f"sqlite://{home / 'loket.sqlite'}", home, processes, seconds, turns=turns)
    if find_binaries() is None:
        say(INSTALL_HINT)
    else:
        with tempfile.TemporaryDirectory() as folder, _postgres(Path(folder)) as url:
            found["PostgreSQL"] = claim(url, Path(folder) / "office", processes, seconds)
    for name, each in found.items():
        say(
            f"{name:22} {len(each.people) / seconds:6.0f} people a second, {spread(each.waits)},"
            f" twice {each.twice}, refused as busy {each.refused}"
        )
    return found


def _measure(processes: int, seconds: float) -> list[Measured]:
    found = _ways(processes, seconds)
    rows = []
    for name, each in found.items():
        what = f"people rung twice by {processes} processes, {name}"
        note = f"{len(each.people):,} served in {seconds:.0f} s; {spread(each.waits)}; refused as busy {each.refused}"
        rows.append(Measured(what, "", each.twice, None, "", 0, note))
    ours, alone, other = found["SQLite"], found[_LEFT_ALONE], found.get("PostgreSQL")
    worst = max(alone.waits)
    rows.append(Measured("longest wait of anybody, SQLite", _LEFT_ALONE, max(ours.waits), worst, "ms", _AIM))
    note = "" if other else INSTALL_HINT
    most = max(other.waits) if other else None
    rows.append(Measured("longest wait of anybody, SQLite", "PostgreSQL", max(ours.waits), most, "ms", None, note))
    middle = percentile(other.waits, 50) if other else None
    rows.append(Measured("wait, p50, SQLite", "PostgreSQL", percentile(ours.waits, 50), middle, "ms", None, note))
    return rows


def run(quick: bool = False) -> list[Measured]:
    """50 processes for 40 seconds a way (quick: 8 for one second)."""
    return _measure(8, 1) if quick else _measure(50, 40)


def main() -> None:
    _measure(int(sys.argv[1]), float(sys.argv[2]))


if __name__ == "__main__":
    main()
