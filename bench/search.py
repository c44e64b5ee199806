"""How fast people are found and brought in: invented people, a real store, milliseconds a key.

    python -m bench.search find 1000000 sqlite:////tmp/bench/office.sqlite
    python -m bench.search import 100000 postgresql:///bench

`find` fills an empty database (that takes a minute) or uses the one it filled before, then types some names, numbers,
companies and nonsense key by key and prints for each the slowest key, and p50, p95 and the slowest of all. `import`
brings a participant list into a new office and prints the seconds it took. Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import csv
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from store import Store, create_office, open_store
from store.database import Database, open_database
from store.rules.names import name_key

# The most common first.
_FIRST = """MUHAMMAD MUHAMAD AHMAD ABDUL SITI NUR SRI AGUS BUDI DEWI EKO HENDRA INDRA JOKO RUDI YUSUF ANDI RINA RATNA
    SUMARNI KARTINI HASAN HUSIN ALI UMAR SYAMSUL ZULKIFLI RAHMAT HIDAYAT SURYA PUTRA LESTARI WAHYUNI HANDAYANI
    SUSILAWATI FITRIANI SIREGAR NASUTION SIMANJUNTAK HUTAPEA GINTING SITORUS"""
_SYLLABLES = "A BA CA DA FA GA HA JA KA LA MA NA PA RA SA TA WA YA ZA I BI DI MI NI RI SI TI U SU TU NUR MAN WAN"
_TRADES = "SAWIT JAYA ABADI MAKMUR MANDIRI SEJAHTERA KARYA UTAMA PERKASA LESTARI NUSANTARA SENTOSA RIAU DURI"
_NOW = datetime(2023, 7, 31, 2, tzinfo=UTC)
_TYPED = (
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


def _words(chance: random.Random) -> list[str]:
    """Words of names: a few that everybody has, and tens of thousands that few have."""
    return ["".join(chance.choices(_SYLLABLES.split(), k=chance.choice((2, 3, 3, 4)))) for _ in range(60_000)]


def people(count: int) -> Iterator[tuple[str, str, str, date, str, str]]:
    """KPJ, NIK, name, birth date, company, number (E.164), the same ones each time."""
    chance = random.Random(56)
    rare, trades = _words(chance), [word.title() for word in _words(chance)[:3000]] + _TRADES.split() * 40
    common = _FIRST.split()
    weights = [1 / (n + 1) for n in range(len(common))]
    companies = [
        f"{chance.choice(('PT', 'PT', 'PT', 'CV', 'UD'))} {' '.join(chance.sample(trades, 2)).upper()}"
        for _ in range(8_000)
    ]
    for n in range(count):
        words = chance.choices(common, weights, k=chance.choice((1, 1, 2)))
        words += [rare[int(len(rare) * chance.random() ** 2)] for _ in range(chance.choice((0, 1, 1, 2)))]
        born = date(1960, 1, 1) + timedelta(days=chance.randrange(14_000))
        nik = f"14{chance.choice(('01', '02', '03', '03', '03', '05', '71'))}{chance.randrange(1, 20):02d}"
        nik += f"{born:%d%m%y}99{chance.randrange(100):02d}"
        number = f"+628{chance.choice(('12', '13', '21', '52', '53', '95'))}{chance.randrange(10**7, 10**8)}"
        yield f"21{n:09d}", nik, " ".join(words), born, companies[int(8_000 * chance.random() ** 3)], number


def _fill(database: Database, count: int) -> None:
    """Puts the people straight into the tables, with the index that a migration would have made."""
    from store.search_index import rebuild

    at = int(_NOW.timestamp() * 1000)
    rows, phones, items = [], [], []
    for n, (kpj, nik, name, born, company, number) in enumerate(people(count), start=1):
        rows.append((n, kpj, nik, name, name_key(name), born.isoformat(), company, number, at))
        phones.append((n, n, number))
        if n % 20 == 0:
            items.append((n, n, born.isoformat(), kpj))
    with database.turn(), database.writing():
        database.executemany(
            "INSERT INTO participant (id, kpj, nik, name, name_key, birth_date, company, pembina, phones_raw,"
            " email_raw, deceased, flags, source, reading, created_at, version)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, '', %s, '', FALSE, '', '', '', %s, 1)",
            rows,
        )
        database.executemany(
            "INSERT INTO phone (id, participant_id, position, e164, label, version) VALUES (%s, %s, 0, %s, '', 1)",
            phones,
        )
        database.executemany(
            "INSERT INTO campaign (id, kind, period, created_at, version) VALUES (%s, 'jht56', '2023-07', %s, 1)",
            [(1, at)],
        )
        database.executemany(
            "INSERT INTO queue_item (id, campaign_id, participant_id, state, waiting_since, kpj, tries, lease_token,"
            " right_party, version) VALUES (%s, 1, %s, 'new', %s, %s, 0, 0, FALSE, 1)",
            items,
        )
        started = perf_counter()
        rebuild(database)
        _say(f"index of {count} people made in {perf_counter() - started:.1f} s")
    database.peewee.execute_sql("ANALYZE")


async def _key(store: Store, text: str) -> tuple[float, int]:
    started = perf_counter()
    found = await store.persons.find(text)
    return (perf_counter() - started) * 1000, len(found)


async def _find(count: int, url: str, home: Path) -> None:
    from store.rows import QueueFilter

    home.mkdir(parents=True, exist_ok=True)
    database = open_database(url)
    if not database.exists():
        await create_office(home, url=url, login="bench", clock=lambda: _NOW)
        database.connect()
        _fill(database, count)
        database.close()
    store = await open_store(home, url=url, login="bench", clock=lambda: _NOW)
    await _key(store, "BUDI")
    times = []
    for typed in _TYPED:
        keys = [await _key(store, typed[:end]) for end in range(2, len(typed) + 1)]
        times += [took for took, _found in keys]
        worst = max(range(len(keys)), key=lambda n: keys[n][0])
        _say(f"{typed:24} {keys[-1][1]:3} found, slowest key {keys[worst][0]:7.1f} ms at {typed[: worst + 2]!r}")
    times.sort()
    _say(
        f"{len(times)} keys: p50 {times[len(times) // 2]:.1f},"
        f" p95 {times[len(times) * 95 // 100]:.1f}, most {times[-1]:.1f} ms"
    )
    for typed in ("", "MUHAMMAD", "MU", "PT", "ANI", "SITI PT", "WATI", "0812", "ZULKIFLI HUTAPEA", "XYZZY"):
        wanted = QueueFilter(text=typed)
        started = perf_counter()
        counted = await store.queue.count(wanted)
        between = perf_counter()
        await store.queue.rows(wanted, 0, 50)
        counting, listing = (between - started) * 1000, (perf_counter() - between) * 1000
        _say(f"list, {typed!r:20} {counted:6} counted in {counting:6.1f} ms, first 50 in {listing:6.1f} ms")
    await store.close()


async def _import(count: int, url: str, home: Path) -> None:
    await create_office(home, url=url, login="bench", clock=lambda: _NOW)
    store = await open_store(home, url=url, login="bench", clock=lambda: _NOW)
    path = home / "MASUK" / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("KPJ", "NIK", "NAMA", "TGL LAHIR", "NAMA PERUSAHAAN", "HP"))
        for kpj, nik, name, born, company, number in people(count):
            lines.writerow((kpj, nik, name, f"{born:%d-%m-%Y}", company, "0" + number[3:]))
    started = perf_counter()
    plan = await store.imports.plan(path)
    planned = perf_counter()
    await store.imports.apply(plan)
    done = perf_counter()
    _say(f"{count} people: planned in {planned - started:.1f} s, imported in {done - planned:.1f} s")
    await store.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    what, count, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run({"find": _find, "import": _import}[what](count, url, Path(folder)))


if __name__ == "__main__":
    main()
