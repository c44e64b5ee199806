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
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from bench.search import people
from store import Store, create_office, open_store
from store.database import Database, open_database
from store.rules.archive_terms import terms_of
from store.rules.codes import read_code
from store.rules.names import name_key

_NOW = datetime(2023, 7, 31, 2, tzinfo=UTC)
_TRIES = 5
_SHOWN = 50
_TYPED = (
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


def _fill(database: Database, url: str, count: int) -> None:
    at = int(_NOW.timestamp() * 1000)
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
    if url.startswith("postgres"):
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


async def _find(count: int, url: str, home: Path) -> None:
    database = open_database(url)
    if not database.exists():
        await create_office(home, url=url, login="bench", clock=lambda: _NOW)
        database.connect()
        _fill(database, url, count)
        database.close()
    store = await open_store(home, url=url, login="bench", clock=lambda: _NOW)
    await _key(store, "BUDI")
    walls = []
    for typed in _TYPED:
        keys = [await _key(store, typed[:end]) for end in range(1, len(typed) + 1)]
        walls += [wall for wall, _busy, _found in keys]
        worst = max(range(len(keys)), key=lambda n: keys[n][0])
        wall, busy, _found = keys[worst]
        _say(f"{typed:26} {keys[-1][2]:3} found, slowest {wall:6.1f} ms (cpu {busy:5.1f}) at {typed[: worst + 1]!r}")
    walls.sort()
    _say(f"{len(walls)} keys: p50 {walls[len(walls) // 2]:.1f}, p95 {walls[len(walls) * 95 // 100]:.1f},")
    _say(f"most {walls[-1]:.1f} ms")
    await store.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_find(int(sys.argv[1]), sys.argv[2], Path(folder)))


if __name__ == "__main__":
    main()
