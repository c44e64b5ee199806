"""Invented people, the same ones each time, and what all benches need to put them into an office."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from time import perf_counter
from typing import Any, Final

from bench.measuring import say
from store.database import Database
from store.rules.names import name_key

NOW: Final = datetime(2023, 7, 31, 2, tzinfo=UTC)
"""The instant at which all of this happens."""

_AT: Final = int(NOW.timestamp() * 1000)

# The most common first.
_FIRST = """MUHAMMAD MUHAMAD AHMAD ABDUL SITI NUR SRI AGUS BUDI DEWI EKO HENDRA INDRA JOKO RUDI YUSUF ANDI RINA RATNA
    SUMARNI KARTINI HASAN HUSIN ALI UMAR SYAMSUL ZULKIFLI RAHMAT HIDAYAT SURYA PUTRA LESTARI WAHYUNI HANDAYANI
    SUSILAWATI FITRIANI SIREGAR NASUTION SIMANJUNTAK HUTAPEA GINTING SITORUS"""
_SYLLABLES = "A BA CA DA FA GA HA JA KA LA MA NA PA RA SA TA WA YA ZA I BI DI MI NI RI SI TI U SU TU NUR MAN WAN"
_TRADES = "SAWIT JAYA ABADI MAKMUR MANDIRI SEJAHTERA KARYA UTAMA PERKASA LESTARI NUSANTARA SENTOSA RIAU DURI"

Person = tuple[str, str, str, date, str, str]
"""KPJ, NIK, name, birth date, company, number (E.164)."""


def _words(chance: random.Random) -> list[str]:
    """Words of names: a few that everybody has, and tens of thousands that few have."""
    return ["".join(chance.choices(_SYLLABLES.split(), k=chance.choice((2, 3, 3, 4)))) for _ in range(60_000)]


def people(count: int) -> Iterator[Person]:
    """So many people; the first ones are the same whatever the count."""
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


def put_people(database: Database, rows: Iterable[dict[str, Any]], phones: Iterable[tuple[int, str]]) -> None:
    """People straight into the tables, within the open transaction: columns that are not given are empty.

    All rows have the same columns, `id` among them; `phones` are owner and number. The indexes of search come after.
    """
    lines = iter(rows)
    first = next(lines)
    plain = {"name_key": "", "pembina": "", "phones_raw": "", "email_raw": "", "deceased": False, "flags": ""}
    plain |= {"doubts": "", "source": "", "reading": "", "email_source": "", "version": 1, "created_at": _AT}
    rest = [value for name, value in plain.items() if name not in first]
    names = [*first, *(name for name in plain if name not in first)]
    marks = ", ".join(["%s"] * len(names))
    database.executemany(
        f"INSERT INTO participant ({', '.join(names)}) VALUES ({marks})",
        ([*line.values(), *rest] for line in chain([first], lines)),
    )
    database.executemany(
        "INSERT INTO phone (participant_id, position, e164, label, version) VALUES (%s, 0, %s, '', 1)", phones
    )
    go_on_counting(database, "participant")


def put_queue(database: Database, items: Iterable[tuple[int, str, str, str]]) -> None:
    """A JHT 56 list of July 2023 with these people on it: id, since when they wait (ISO), KPJ, number to ring."""
    database.executemany(
        "INSERT INTO campaign (id, kind, period, created_at, version) VALUES (%s, 'jht56', '2023-07', %s, 1)",
        [(1, _AT)],
    )
    database.executemany(
        "INSERT INTO queue_item (campaign_id, participant_id, state, waiting_since, kpj, current_number, tries,"
        " lease_token, right_party, version) VALUES (1, %s, 'new', %s, %s, %s, 0, 0, FALSE, 1)",
        items,
    )
    go_on_counting(database, "campaign")


def go_on_counting(database: Database, table: str) -> None:
    """Ids that were given here are not given again; SQLite sees to that by itself."""
    if not database.one_machine:
        database.rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}", ())


def fill_people(database: Database, count: int, on_list: int) -> None:
    """So many people with a number each, within the open transaction, every `on_list`-th on the call list."""
    put_people(
        database,
        (
            {
                "id": n,
                "kpj": kpj,
                "nik": nik,
                "name": name,
                "name_key": name_key(name),
                "birth_date": born.isoformat(),
                "company": company,
                "phones_raw": number,
            }
            for n, (kpj, nik, name, born, company, number) in enumerate(people(count), start=1)
        ),
        ((n, person[5]) for n, person in enumerate(people(count), start=1)),
    )
    put_queue(
        database,
        (
            (n, born.isoformat(), kpj, number)
            for n, (kpj, _nik, _name, born, _company, number) in enumerate(people(count), start=1)
            if n % on_list == 0
        ),
    )


def fill_office(database: Database, count: int) -> None:
    """So many people, one in twenty on the call list, with all that a migration would have made of them."""
    with database.turn(), database.writing():
        fill_people(database, count, on_list=20)
        make_indexes(database)
    database.peewee.execute_sql("ANALYZE")


def make_indexes(database: Database) -> None:
    """What follows from the people that are there: search, worklists, quality; within the open transaction."""
    from store import problem_counts, problem_index, quality_index, search_index

    made = (search_index.rebuild, problem_index.rebuild, quality_index.refill, problem_counts.count_anew)
    for make in made:
        started = perf_counter()
        make(database)
        say(f"{make.__module__}.{make.__name__} in {perf_counter() - started:.1f} s")
