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
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

from bench.measuring import kept_database, opened, percentile, say, spread
from bench.people import NOW, make_indexes, people, put_people
from bench.result import Measured
from store import Store, open_store
from store.database import Database
from store.edits import Evidence
from store.rules.corrections import Field, Source
from store.rules.names import name_key
from store.worklists import EVERYBODY, WorkFilter, WorkOrder

_TURNS = 200
_BROKEN = 0.3
"""Of so many the number is in a cell that was not read when they came in."""
_COUNTS_AIM: Final = 200.0  # ms
_NEXT_AIM: Final = 20.0  # ms
_WRITE_AIM: Final = 5.0  # s
_OTHER_AIM: Final = 250.0  # ms

_TYPISTS: Final = {"who writes twice a second": 0.5, "who writes 20 times a second, as nobody types": 0.05}
"""The other writer, and the seconds between two of their writes."""
_TAKEN_BACK: Final = "all of it taken back"

Figures = dict[str, list[float]]
"""Milliseconds of what was asked, each time."""


def _rows(count: int) -> Iterator[tuple[dict[str, Any], str | None]]:
    """The columns of each person, and their number where it was read."""
    chance = random.Random(6)
    for n, (kpj, nik, name, born, company, number) in enumerate(people(count), start=1):
        flags, raw, email = list[str](), "0" + number[3:], f"orang{n}@{'contoh.id' if n % 5 == 0 else 'gmail.com'}"
        broken = chance.random() < _BROKEN
        if broken:
            flags, raw = ["phone-unreadable"], f"{raw[:4]}-{raw[4:8]}-{raw[8:]}"
        if chance.random() < 0.1:
            flags, email = [*flags, "email-malformed"], f"orang{n}@gmial,com"
        row = {
            "id": n,
            "kpj": kpj,
            "nik": nik,
            "name": name,
            "name_key": name_key(name),
            "birth_date": born.isoformat(),
            "npp": f"{n % 900 + 23150000}",
            "company": company,
            "pembina": f"PEMBINA {n % 12}",
            "phones_raw": raw,
            "email_raw": email,
            "claimed": n % 3 == 0,
            "email": None if "email-malformed" in flags else email,
            "flags": " ".join(flags),
            "active": True,
            "source": f"daftar.xlsx / JULI / {n}",
        }
        yield row, None if broken else number


def _fill(database: Database, count: int) -> None:
    with database.turn(), database.writing():
        put_people(
            database,
            (row for row, _number in _rows(count)),
            ((row["id"], number) for row, number in _rows(count) if number),
        )
        make_indexes(database)
    database.peewee.execute_sql("ANALYZE")


async def _timed(figures: Figures, what: str, ask: Callable[[], Awaitable[Any]], times: int = 9) -> Any:
    took, answer = [], None
    for _ in range(times):
        started = perf_counter()
        answer = await ask()
        took.append((perf_counter() - started) * 1000)
    _note(figures, what, took)
    return answer


def _note(figures: Figures, what: str, took: list[float]) -> None:
    figures[what] = took
    say(f"{what:44} {spread(took)}")


def _typing(url: str, home: Path, ids: list[int], pause: float, ready: Any, end: Any, told: Any) -> None:
    """Another person at another terminal: corrects people one by one, after so many seconds of nothing each, and notes
    when each write ended, and its time.
    """

    async def work() -> list[tuple[float, float]]:
        store = await open_store(home, url=url, login="bench", clock=lambda: NOW)
        took, n = list[tuple[float, float]](), 0
        ready.set()
        while not end.is_set():
            started = perf_counter()
            await store.corrections.put(
                ids[n % len(ids)], Field.EMAIL, f"lain{n}@contoh.id", Evidence(Source.PARTICIPANT)
            )
            ended = perf_counter()
            took.append((ended, (ended - started) * 1000))
            n += 1
            await asyncio.sleep(pause)
        await store.close()
        return took

    told.put(asyncio.run(work()))


async def _bench(count: int, url: str, home: Path) -> Figures:
    store = await opened(url, home, partial(_fill, count=count))
    figures: Figures = {}
    await _looks(store, figures)
    await _clean(store, url, home, figures)
    await store.close()
    return figures


async def _looks(store: Store, figures: Figures) -> None:
    desk = store.worklists
    timed = partial(_timed, figures)
    counts = await timed("counts of everybody", desk.counts)
    company = (await desk.values("phone-unreadable", EVERYBODY, "company"))[0].value
    narrowed = {
        "not claimed": WorkFilter(unclaimed=True),
        "active, one pembina": WorkFilter(active=True, pembina="PEMBINA 3"),
        "a company": WorkFilter(company=str(company)),
        "searched 'SITI'": WorkFilter(text="SITI"),
    }
    for name, wanted in narrowed.items():
        await timed(f"counts, {name}", partial(desk.counts, wanted))
    for order in WorkOrder:
        n = counts["phone-unreadable"]
        await timed(f"50 rows, first, by {order}", partial(desk.rows, "phone-unreadable", EVERYBODY, 0, 50, order))
        await timed(f"50 rows, last, by {order}", partial(desk.rows, "phone-unreadable", EVERYBODY, n - 50, 50, order))
    for name, wanted in {"everybody": EVERYBODY, **narrowed}.items():
        for order in WorkOrder:
            await _walk(desk, figures, f"next, {name}, by {order}", wanted, order)
    await timed("ids of a list", lambda: desk.ids("phone-unreadable", EVERYBODY))
    await timed("companies, the first 50", lambda: desk.companies(0, 50))
    await timed("suggestions, 50", lambda: desk.suggestions(EVERYBODY, 0, 50))
    await timed("suggestions counted", desk.count_suggestions, 3)
    await timed("quick check", desk.check, 3)


async def _walk(desk: Any, figures: Figures, what: str, wanted: WorkFilter, order: WorkOrder) -> None:
    took, at = [], None
    for _ in range(_TURNS):
        started = perf_counter()
        row = await desk.next("phone-unreadable", wanted, at, order)
        took.append((perf_counter() - started) * 1000)
        if row is None:
            break
        at = row.participant_id
    _note(figures, what, took)


async def _clean(store: Store, url: str, home: Path, figures: Figures) -> None:
    """The same work beside each of the other writers: it is taken back in between."""
    for who, pause in _TYPISTS.items():
        await _clean_beside(store, url, home, figures, who, pause)


async def _clean_beside(store: Store, url: str, home: Path, figures: Figures, who: str, pause: float) -> None:
    started = perf_counter()
    plan = await store.worklists.plan_cleaning("phone-unreadable")
    say(f"{plan.people} cells read again in {perf_counter() - started:.1f} s: {plan.fills} would be filled")
    context = multiprocessing.get_context("spawn")
    ready, end, told = context.Event(), context.Event(), context.Queue()
    cells = set(await store.worklists.ids("phone-unreadable", EVERYBODY))  # theirs is taken back afterwards
    ids = [each for each in await store.worklists.ids("email-malformed", EVERYBODY) if each not in cells][:40]
    other = context.Process(target=_typing, args=(url, home, ids, pause, ready, end, told))
    other.start()
    await asyncio.to_thread(ready.wait)
    await asyncio.sleep(2)
    started, worked = perf_counter(), process_time()
    done = await store.worklists.clean(plan)
    took, worked = perf_counter() - started, process_time() - worked
    end.set()
    waits = await asyncio.to_thread(told.get)
    other.join()
    say(f"{done.changed} filled in {took:.1f} s ({worked:.1f} s of the processor), {done.changed / took:.0f} a second")
    figures[f"{done.changed:,} values written with history, trail and indexes, beside another {who}"] = [took * 1000]
    _note(figures, f"another {who}, alone", [wait for ended, wait in waits if ended < started])
    _note(figures, f"another {who}, meanwhile", [wait for ended, wait in waits if ended >= started])
    if done.undo is not None:
        started = perf_counter()
        await store.undo.undo(done.undo)
        _note(figures, _TAKEN_BACK, [(perf_counter() - started) * 1000])


def run(quick: bool = False) -> list[Measured]:
    """100,000 people (quick: 2,000), SQLite."""
    count = 2_000 if quick else 100_000
    kept = asyncio.run(kept_database(f"worklists-{count}", partial(_fill, count=count)))
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(kept, Path(folder) / "office.sqlite")  # it is another one afterwards
        figures = asyncio.run(_bench(count, f"sqlite://{copy}", Path(folder)))
    written = [what for what in figures if "values written" in what]
    nexts = {what: percentile(took, 95) for what, took in figures.items() if what.startswith("next")}
    lists = ("counts", "companies", "suggestions counted")
    counts = {what: percentile(took, 50) for what, took in figures.items() if what.startswith(lists)}
    meanwhile = {what: took for what, took in figures.items() if what.endswith("meanwhile")}
    return [
        *(
            Measured(f"{what} at {count:,} people, p50", "", took, None, "ms", _COUNTS_AIM)
            for what, took in counts.items()
        ),
        Measured("the next person, p95 of the slowest way", "", max(nexts.values()), None, "ms", _NEXT_AIM),
        *(Measured(what, "", figures[what][0] / 1000, None, "s", _WRITE_AIM) for what in written),
        Measured(_TAKEN_BACK, "", figures[_TAKEN_BACK][0] / 1000, None, "s", None),
        *(
            Measured(f"{what}, most", "", max(took), None, "ms", _OTHER_AIM, spread(took))
            for what, took in meanwhile.items()
        ),
    ]


def main() -> None:
    count, url = int(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_bench(count, url, Path(folder)))


if __name__ == "__main__":
    main()
