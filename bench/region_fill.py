"""Fills an empty office on PostgreSQL with a region: people by COPY, all that hangs on them by `bench.region_rows`.

Indexes and references are taken away first and made again from the database's own words, so a million people take
minutes. What follows from the data (what is open of whom, words of the archive, the index for searching) is what Loket
itself would have kept: a test holds it against that.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg

from bench.people import people
from bench.region_rows import FUNCTION, NOW, STATEMENTS, counts
from store import create_office, open_payments, problem_counts, search_index
from store.database import open_database
from store.quality_index import NO_DOUBT
from store.rules.archive_terms import terms_of
from store.rules.names import name_key

_PERSON = (
    *("id", "kpj", "nik", "name", "name_key", "birth_date", "npp", "company", "pembina", "phones_raw", "email"),
    *("email_raw", "jht_balance", "active", "claimed", "deceased", "flags", "doubts", "source", "reading"),
    *("created_at", "email_source", "version"),
)
_PHONE = ("participant_id", "position", "e164", "label", "wrong_at", "wrong_why", "version")
_OURS = "connamespace = 'public'::regnamespace"
_REFERENCES = f"""SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND {_OURS}"""
_INDEXES = """SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    AND indexname NOT IN (SELECT conname FROM pg_constraint)"""
_SEQUENCES = """SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"""


def region_people(count: int) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """The row of each person and those of their numbers: what lists of participants bring, gaps and doubts included."""
    chance, at, before = random.Random(7), int(NOW.timestamp() * 1000), ""
    for n, (kpj, nik, name, born, company, number) in enumerate(people(count), start=1):
        flags, numbers, draw = list[str](), [number], chance.random()
        if draw < 0.1:
            flags.append("phone-missing" if draw < 0.04 else "phone-unreadable")
            numbers = []
        elif draw < 0.13:
            flags.append("phone-doubtful")
        elif draw < 0.145 and before:
            numbers = [before]
        elif draw < 0.2:
            numbers.append(f"+6281{chance.randrange(10**8, 10**9)}")
        before = number if numbers == [number] else ""
        wrong = at - chance.randrange(10**9) if chance.random() < 0.005 else None
        mail = chance.random()
        flags += ["email-missing"] if mail < 0.4 else ["email-malformed"] if mail < 0.43 else []
        flags += [flag for flag, share in _DOUBTS.items() if chance.random() < share]
        owner = len(company) * 31 + sum(map(ord, company))
        row = (
            *(n, kpj, None if {"nik-missing", "nik-malformed"} & {*flags} else nik, name, name_key(name)),
            *(None if "birthdate-missing" in flags else born.isoformat(), f"{23_100_000 + owner % 90_000}", company),
            *(f"PEMBINA {owner % 60}", "" if "phone-missing" in flags else "0" + number[3:]),
            *(f"orang{n}@contoh.id" if mail >= 0.43 else None, "" if mail < 0.4 else f"orang{n}@contoh"),
            *(None if "balance-missing" in flags else chance.randrange(10**5, 10**8), _status(flags, chance)),
            *(_claimed(chance), False, " ".join(flags), "", f"daftar.xlsx / JULI / {n}", "", at, "", 1),
        )
        yield row, [(n, k, e164, "", wrong, None, 1) for k, e164 in enumerate(numbers)]


_DOUBTS = {"nik-missing": 0.01, "nik-malformed": 0.01, "birthdate-missing": 0.005, "balance-missing": 0.2} | {
    "status-unknown": 0.05,
    "name-odd": 0.005,
}


def _status(flags: list[str], chance: random.Random) -> bool | None:
    return None if "status-unknown" in flags else chance.random() < 0.6


def _claimed(chance: random.Random) -> bool | None:
    draw = chance.random()
    return True if draw < 0.3 else None if draw < 0.5 else False


async def fill(url: str, count: int, say: Callable[[str], None] = lambda _line: None) -> None:
    """Makes the office of a region of `count` people in an empty database; `say` hears how long each part took."""
    with tempfile.TemporaryDirectory() as home:
        await create_office(Path(home), url=url, login="bench", clock=lambda: NOW)
    with psycopg.connect(url) as connection:
        clock = _Clock(say)
        connection.execute("SET jit = off")
        connection.execute("SET maintenance_work_mem = '256MB'")
        connection.execute("SET work_mem = '64MB'")
        connection.execute(FUNCTION)
        bare = _bare(connection)
        _copy_people(connection, count)
        clock.lap("people and numbers")
        connection.execute("CREATE INDEX filling ON participant (nik)")
        connection.execute("ANALYZE")
        for statement in STATEMENTS:
            _execute(connection, statement, count)
        connection.execute("DROP INDEX filling")
        connection.execute("DROP FUNCTION h")
        clock.lap("what hangs on them")
        _copy_terms(connection)
        clock.lap("words of the archive")
        for statement in bare:
            connection.execute(statement)
        for (table,) in connection.execute(_SEQUENCES).fetchall():
            following = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"
            connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {following}, FALSE)")
        clock.lap("indexes and references")
    database = open_database(url)
    database.connect()
    with database.turn(), database.writing():
        search_index.rebuild(database)
        problem_counts.count_anew(database)
        open_payments.rebuild(database)
    database.close()
    clock.lap("index for searching")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    clock.lap("statistics")


class _Clock:
    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._at = say, perf_counter()

    def lap(self, what: str) -> None:
        now = perf_counter()
        self._say(f"{what}: {now - self._at:.1f} s")
        self._at = now


def _bare(connection: psycopg.Connection[Any]) -> list[str]:
    """Takes references and plain indexes away; the statements that make them again."""
    references, indexes = connection.execute(_REFERENCES).fetchall(), connection.execute(_INDEXES).fetchall()
    for table, name, _definition in references:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    made = [definition for _name, definition in indexes]
    return [*made, *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {how}' for table, name, how in references)]


def _copy_people(connection: psycopg.Connection[Any], count: int) -> None:
    numbers = list[tuple[Any, ...]]()
    with connection.cursor() as cursor, cursor.copy(f"COPY participant ({', '.join(_PERSON)}) FROM STDIN") as lines:
        for person, theirs in region_people(count):
            lines.write_row(person)
            numbers += theirs
    with connection.cursor() as cursor, cursor.copy(f"COPY phone ({', '.join(_PHONE)}) FROM STDIN") as lines:
        for number in numbers:
            lines.write_row(number)


def _execute(connection: psycopg.Connection[Any], statement: str, count: int) -> None:
    for name, number in counts(count).items():
        statement = statement.replace(f"%({name})s", str(number))
    no_doubt = ", ".join(f"'{flag}'" for flag in sorted(NO_DOUBT))
    connection.execute(statement.replace("%(no_doubt)s", f"ARRAY[{no_doubt}]").encode())
    connection.execute(f"ANALYZE {statement.split()[2]}".encode())  # the next one joins it


def _copy_terms(connection: psycopg.Connection[Any]) -> None:
    papers = connection.execute("SELECT id, name, kpj, code, npp FROM archived ORDER BY id").fetchall()
    with connection.cursor() as cursor, cursor.copy("COPY archived_term (term, archived_id) FROM STDIN") as lines:
        for archived_id, name, kpj, code, npp in papers:
            for term in sorted(terms_of(name=name, kpj=kpj, code=code, npp=npp)):
                lines.write_row((term, archived_id))
