"""How fast a file is found in a large archive: invented files, a real store, milliseconds a key.

    python -m bench.archive 200000 sqlite:////tmp/bench/archive.sqlite
    python -m bench.archive 200000 postgresql:///bench

Fills an empty database (a minute or two) or uses the one it filled before, then types names that everybody has, days,
programmes and nonsense key by key. For each: the slowest key, as the best of five tries at each key, so that what else
the machine does is not measured; in wall time, and in processor time of this process (all of it on SQLite; PostgreSQL
works in a process of its own). Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from bench.measuring import kept_database, opened, percentile, say, spread
from bench.people import NOW, people
from bench.result import Measured
from store import Store
from store.database import Database
from store.rules.archive_terms import terms_of
from store.rules.codes import read_code
from store.rules.names import name_key

_AIM: Final = 20.0  # ms
_TRIES = 5
_SHOWN = 50
TYPED = (
    *("MUHAMMAD", "MUHAMMAD SITI", "SITI MUHAMMAD AHMAD", "AHMAD ABDUL NUR", "MUHAMMAD NUR SRI", "NUR A", "A", "M A S"),
    *("JHT MUHAMMAD", "JKM MUHAMMAD SITI", "JKK AHMAD 2021", "JP", "JP 2019", "2023", "JHT 2023-05 SITI"),
    *("MUHAMMAD 2022", "SITI NUR 03-2021", "MUHAMMAD SITI 14-06-2021", "ABDUL SITI 2020", "14-06-2021", "MEI 2022"),
    *("0017", "T0017", "T0017 0100", "T0017 MUHAMMAD", "210000", "21000012345", "00004321", "4321", "1", "1 2 3"),
    *("ZULKIFLI HUTAPEA", "XYZZY", "MUHAMMAD XYZZY", "SITI AHMAD XYZZY", "SIREGAR NASUTION", "JKM SITORUS GINTING"),
)


def files(count: int) -> Iterator[tuple[str, str, str, str, date]]:
    """Programme, code, KPJ, name and day of as many files as asked, of ten years, the same ones each time."""
    chance = random.Random(26)
    programs = ("JHT",) * 14 + ("JKK",) * 2 + ("JKM", "JP", "JP")
    for n, (kpj, _nik, name, _born, _company, _number) in enumerate(people(count)):
        dated = date(2014, 1, 2) + timedelta(days=n * 3_490 // count)
        code = f"{dated:%d-%m-%Y} T{chance.randrange(15, 20):04d} {n % 9_000:08d}"
        yield chance.choice(programs), code, kpj, name, dated


def _fill(database: Database, count: int) -> None:
    at = int(NOW.timestamp() * 1000)
    archived, terms = [], []
    for n, (program, code, kpj, name, dated) in enumerate(files(count), start=1):
        place = n // 400 + 1
        archived.append((n, place, program, code, read_code(code).order, kpj, name, name_key(name), str(dated), at))
        terms += [(term, n) for term in sorted(terms_of(name=name, kpj=kpj, code=code))]
    with database.turn(), database.writing():
        database.executemany(
            "INSERT INTO place (id, kind, number, program, shelf, period, capacity, note, made_at, made_by, undone,"
            " version) VALUES (%s, 'box', %s, '', '', '', 0, '', %s, 1, FALSE, 1)",
            [(n, str(n), at) for n in range(1, count // 400 + 2)],
        )
        database.executemany(
            "INSERT INTO archived (id, place_id, program, code, code_order, decision, kpj, name, name_key, company,"
            " npp, dated, account, bank, account_name, original, note, trouble, archived_at, archived_by, source,"
            " undone, version)"
            " VALUES (%s, %s, %s, %s, %s, '', %s, %s, %s, '', '', %s, '', '', '', '', '', '', %s, 1, '',"
            " FALSE, 1)",
            archived,
        )
        database.executemany("INSERT INTO archived_term (term, archived_id) VALUES (%s, %s)", terms)
    if not database.one_machine:
        database.peewee.execute_sql("ANALYZE")  # as its own housekeeping does; on SQLite Loket never does


async def _key(store: Store, text: str) -> tuple[float, float, int]:
    """Milliseconds of wall and of processor, each the best of the tries, and how many were found."""
    wall, busy, found = [], [], 0
    for _try in range(_TRIES):
        began, used = perf_counter(), process_time()
        found = len(await store.archive.find(text, _SHOWN))
        wall.append((perf_counter() - began) * 1000)
        busy.append((process_time() - used) * 1000)
    return min(wall), min(busy), found


async def _find(count: int, url: str, home: Path) -> list[float]:
    store = await opened(url, home, partial(_fill, count=count))
    await _key(store, "BUDI")
    walls = []
    for typed in TYPED:
        keys = [await _key(store, typed[:end]) for end in range(1, len(typed) + 1)]
        walls += [wall for wall, _busy, _found in keys]
        worst = max(range(len(keys)), key=lambda n: keys[n][0])
        wall, busy, _found = keys[worst]
        say(f"{typed:26} {keys[-1][2]:3} found, slowest {wall:6.1f} ms (cpu {busy:5.1f}) at {typed[: worst + 1]!r}")
    say(f"{len(walls)} keys: {spread(walls)}")
    await store.close()
    return walls


def run(quick: bool = False) -> list[Measured]:
    """Every key at 200,000 files (quick: 2,000) on SQLite."""
    count = 2_000 if quick else 200_000
    kept = asyncio.run(kept_database(f"archive-{count}", partial(_fill, count=count)))
    with tempfile.TemporaryDirectory() as folder:
        walls = asyncio.run(_find(count, f"sqlite://{kept}", Path(folder)))
    what, note = f"a key that finds among {count:,} files, p95", f"{len(walls)} keys: {spread(walls)}"
    return [Measured(what, "", percentile(walls, 95), None, "ms", _AIM, note)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_find(int(sys.argv[1]), sys.argv[2], Path(folder)))


if __name__ == "__main__":
    main()
