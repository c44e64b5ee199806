"""How fast worklists are with many people: counts, a window, the next one, cells read again, and who waits meanwhile.

    python -m bench.worklists 100000 sqlite:////tmp/bench/worklists.sqlite
    python -m bench.worklists 100000 postgresql:///bench

Fills an empty database with invented people, a third of whom have something open, or uses the one it filled before;
prints milliseconds. Then every cell of the numbers that could not be read is read again and what comes of it written,
while another process corrects one person after the other and measures how long each write took. The database is another
one afterwards: for the same figures begin with an empty one. Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.search import people
from store import create_office, open_store
from store.database import Database, open_database
from store.edits import Evidence
from store.rules.corrections import Field, Source
from store.rules.names import name_key
from store.worklists import EVERYBODY, WorkFilter, WorkOrder

_NOW = datetime(2023, 7, 31, 2, tzinfo=UTC)
_TURNS = 200


def _fill(database: Database, count: int, broken: float) -> None:
    """People straight into the tables: of `broken` the number is in a cell that was not read when they came in."""
    from store import problem_index, search_index

    chance, at = random.Random(6), int(_NOW.timestamp() * 1000)
    rows, phones = list[Any](), list[Any]()
    for n, (kpj, nik, name, born, company, number) in enumerate(people(count), start=1):
        flags, raw, email = [], "0" + number[3:], f"orang{n}@{'contoh.id' if n % 5 == 0 else 'gmail.com'}"
        if chance.random() < broken:
            flags, raw = ["phone-unreadable"], f"{raw[:4]}-{raw[4:8]}-{raw[8:]}"
        else:
            phones.append((len(phones) + 1, n, number))
        if chance.random() < 0.1:
            flags, email = [*flags, "email-malformed"], f"orang{n}@gmial,com"
        rows.append(
            (
                *(n, kpj, nik, name, name_key(name), born.isoformat(), f"{n % 900 + 23150000}", company),
                *(f"PEMBINA {n % 12}", raw, None if "email-malformed" in flags else email, email, n % 3 == 0),
                *(" ".join(flags), "", f"daftar.xlsx / JULI / {n}", at),
            )
        )
    with database.turn(), database.writing():
        database.executemany(
            "INSERT INTO participant (id, kpj, nik, name, name_key, birth_date, npp, company, pembina, phones_raw,"
            " email, email_raw, claimed, flags, doubts, source, created_at, deceased, reading, active, email_source,"
            " version) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, FALSE, '', TRUE,"
            " '', 1)",
            rows,
        )
        database.executemany(
            "INSERT INTO phone (id, participant_id, position, e164, label, version) VALUES (%s, %s, 0, %s, '', 1)",
            phones,
        )
        for table in ("participant", "phone"):
            if not database.one_machine:
                database.rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}", ())
        started = perf_counter()
        search_index.rebuild(database)
        between = perf_counter()
        problem_index.rebuild(database)
        _say(f"indexes made: people {between - started:.1f} s, problems {perf_counter() - between:.1f} s")
    database.peewee.execute_sql("ANALYZE")


async def _timed(what: str, ask: Callable[[], Awaitable[Any]], times: int = 9) -> Any:
    took, answer = [], None
    for _ in range(times):
        started = perf_counter()
        answer = await ask()
        took.append((perf_counter() - started) * 1000)
    took.sort()
    _say(f"{what:44} p50 {took[len(took) // 2]:7.1f}  p95 {took[len(took) * 95 // 100]:7.1f}  most {took[-1]:7.1f} ms")
    return answer


def _typing(url: str, home: Path, ids: list[int], ready: Any, end: Any, told: Any) -> None:
    """Another person at another terminal: corrects people one by one and notes how long each write took."""

    async def work() -> list[float]:
        store = await open_store(home, url=url, login="bench", clock=lambda: _NOW)
        took, n = [], 0
        ready.set()
        while not end.is_set():
            started = perf_counter()
            await store.corrections.put(
                ids[n % len(ids)], Field.EMAIL, f"lain{n}@contoh.id", Evidence(Source.PARTICIPANT)
            )
            took.append((perf_counter() - started) * 1000)
            n += 1
            time.sleep(0.05)  # as fast as nobody types
        await store.close()
        return took

    told.put(asyncio.run(work()))


async def _bench(count: int, url: str, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    database = open_database(url)
    if not database.exists():
        await create_office(home, url=url, login="bench", clock=lambda: _NOW)
        database.connect()
        _fill(database, count, broken=0.3)
        database.close()
    store = await open_store(home, url=url, login="bench", clock=lambda: _NOW)
    desk = store.worklists
    counts = await _timed("counts of everybody", desk.counts)
    company = (await desk.values("phone-unreadable", EVERYBODY, "company"))[0].value
    narrowed = {
        "not claimed": WorkFilter(unclaimed=True),
        "active, one pembina": WorkFilter(active=True, pembina="PEMBINA 3"),
        "a company": WorkFilter(company=str(company)),
        "searched 'SITI'": WorkFilter(text="SITI"),
    }
    for name, wanted in narrowed.items():
        await _timed(f"counts, {name}", partial(desk.counts, wanted))
    for order in WorkOrder:
        n = counts["phone-unreadable"]
        await _timed(f"50 rows, first, by {order}", partial(desk.rows, "phone-unreadable", EVERYBODY, 0, 50, order))
        await _timed(f"50 rows, last, by {order}", partial(desk.rows, "phone-unreadable", EVERYBODY, n - 50, 50, order))
    for name, wanted in {"everybody": EVERYBODY, **narrowed}.items():
        for order in WorkOrder:
            await _walk(desk, f"next, {name}, by {order}", wanted, order)
    await _timed("ids of a list", lambda: desk.ids("phone-unreadable", EVERYBODY))
    await _timed("companies", desk.companies, 3)
    await _timed("suggestions, 50", lambda: desk.suggestions(EVERYBODY, 0, 50))
    await _timed("suggestions counted", desk.count_suggestions, 3)
    await _timed("quick check", desk.check, 3)
    await _clean(store, url, home)
    await store.close()


async def _walk(desk: Any, what: str, wanted: WorkFilter, order: WorkOrder) -> None:
    took, at = [], None
    for _ in range(_TURNS):
        started = perf_counter()
        row = await desk.next("phone-unreadable", wanted, at, order)
        took.append((perf_counter() - started) * 1000)
        if row is None:
            break
        at = row.participant_id
    took.sort()
    _say(f"{what:44} p50 {took[len(took) // 2]:7.1f}  p95 {took[len(took) * 95 // 100]:7.1f}  most {took[-1]:7.1f} ms")


async def _clean(store: Any, url: str, home: Path) -> None:
    started = perf_counter()
    plan = await store.worklists.plan_cleaning("phone-unreadable")
    _say(f"{plan.people} cells read again in {perf_counter() - started:.1f} s: {plan.fills} would be filled")
    context = multiprocessing.get_context("spawn")
    ready, end, told = context.Event(), context.Event(), context.Queue()
    ids = [row.participant_id for row in await store.worklists.rows("email-malformed", EVERYBODY, 0, 40)]
    other = context.Process(target=_typing, args=(url, home, ids, ready, end, told))
    other.start()
    await asyncio.to_thread(ready.wait)
    alone = perf_counter()
    await asyncio.sleep(2)
    started = perf_counter()
    done = await store.worklists.clean(plan)
    took = perf_counter() - started
    end.set()
    waits = await asyncio.to_thread(told.get)
    other.join()
    before = sorted(waits[: int((started - alone) / 0.06)] or [0.0])
    waits.sort()
    _say(f"{done.changed} filled in {took:.1f} s, {done.changed / took:.0f} a second")
    _say(f"another writer, alone: p50 {before[len(before) // 2]:.0f}, most {before[-1]:.0f} ms")
    _say(
        f"another writer meanwhile: {len(waits)} writes, p50 {waits[len(waits) // 2]:.0f},"
        f" p95 {waits[len(waits) * 95 // 100]:.0f}, most {waits[-1]:.0f} ms"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    count, url = int(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_bench(count, url, Path(folder)))


if __name__ == "__main__":
    main()
