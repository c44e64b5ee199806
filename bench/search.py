"""How fast people are found: invented people, a real store, milliseconds a key.

    python -m bench.search find 1000000 sqlite:////tmp/bench/office.sqlite
    python -m bench.search import 100000 postgresql:///bench

`find` fills an empty database (that takes a minute) or uses the one it filled before, then types some names, numbers,
companies and nonsense key by key and prints for each the slowest key, and p50, p95 and the slowest of all. `import`
is `bench.imports` on a database of one's own. Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import imports
from bench.measuring import kept_home, opened, percentile, say, spread
from bench.people import NOW, fill_office, people
from bench.result import Measured
from store import Store, open_store
from store.rows import QueueFilter

__all__ = ["TYPED", "keys", "people", "run"]

_AIM: Final = 10.0  # ms
TYPED = (
    *("MUHAMMAD", "SITI", "PT", "08", "081266", "CV MAJU", "MUHAMMAD SITI", "SITI MUHAMMAD", "NUR SIREGAR"),
    *("ZULKIFLI HUTAPEA", "AWIT", "WATI", "IDAN", "0812 3456 78", "21000012345", "1403", "140302", "SITI 0812", "QX"),
    *(
        "XYZZY",
        "MUHAMMAD XYZZY",
        "PT SITI SAWIT",
        "HAMMA",
        "ANI",
        "M S",
        "9999999",
        "0000000",
        "62812",
        "SITI NURBAYAX",
    ),
    *("BUDI PT SAWIT", "AHMAD YUSUF SAWIT JAYA", "MADA", "NURA", "RIANI", "345", "6789", "AN", "NI SU", "MUHAMMAD 21"),
)


async def _key(store: Store, text: str) -> tuple[float, int]:
    started = perf_counter()
    found = await store.persons.find(text)
    return (perf_counter() - started) * 1000, len(found)


async def keys(store: Store) -> list[float]:
    """Milliseconds of every key of `TYPED`, said as they are found."""
    await _key(store, "BUDI")
    times = []
    for typed in TYPED:
        each = [await _key(store, typed[:end]) for end in range(2, len(typed) + 1)]
        times += [took for took, _found in each]
        worst = max(range(len(each)), key=lambda n: each[n][0])
        say(f"{typed:24} {each[-1][1]:3} found, slowest key {each[worst][0]:7.1f} ms at {typed[: worst + 2]!r}")
    say(f"{len(times)} keys: {spread(times)}")
    return times


async def _lists(store: Store) -> None:
    for typed in ("", "MUHAMMAD", "MU", "PT", "ANI", "SITI PT", "WATI", "0812", "ZULKIFLI HUTAPEA", "XYZZY"):
        wanted = QueueFilter(text=typed)
        started = perf_counter()
        counted = await store.queue.count(wanted)
        between = perf_counter()
        await store.queue.rows(wanted, 0, 50)
        counting, listing = (between - started) * 1000, (perf_counter() - between) * 1000
        say(f"list, {typed!r:20} {counted:6} counted in {counting:6.1f} ms, first 50 in {listing:6.1f} ms")


async def _find(count: int, url: str, home: Path) -> None:
    store = await opened(url, home, partial(fill_office, count=count))
    await keys(store)
    await _lists(store)
    await store.close()


async def _measure(count: int) -> list[float]:
    store = await open_store(await kept_home(count), clock=lambda: NOW)
    times = await keys(store)
    await store.close()
    return times


def run(quick: bool = False) -> list[Measured]:
    """Every key at 1,000,000 people (quick: 2,000)."""
    count = 2_000 if quick else 1_000_000
    times = asyncio.run(_measure(count))
    what, note = f"a key of the search at {count:,} people, p95", f"{len(times)} keys: {spread(times)}"
    return [Measured(what, "", percentile(times, 95), None, "ms", _AIM, note)]


def main() -> None:
    what, count, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if what == "import":
        imports.once(count, url)
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_find(count, url, Path(folder)))


if __name__ == "__main__":
    main()
