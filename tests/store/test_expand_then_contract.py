"""Steps only add: what an earlier release reads and writes is there as long as one of its processes may still run."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from store import open_store
from tests.store.office import Clock, wib
from tests.store.test_upgrade import FIXTURES, RELEASES

CONTRACTED: Final[Mapping[str, str]] = {}
"""`table.column` that is gone, and the first release that no longer reads it: one that came before the step."""

PLAIN: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


@dataclass(frozen=True)
class Shape:
    """Columns of each table with whether they must be given; and its unique sets of columns, those of a part left out.

    PostgreSQL takes the same steps, with other words for types alone.
    """

    columns: Mapping[str, Mapping[str, bool]]
    unique: Mapping[str, frozenset[frozenset[str]]]


def shape(database: sqlite3.Connection) -> Shape:
    tables = [name for (name,) in database.execute(PLAIN)]
    columns = {
        table: {
            name: bool(must and default is None and not key)
            for _n, name, _kind, must, default, key in database.execute(f"PRAGMA table_info({table})")
        }
        for table in tables
    }
    return Shape(columns, {table: frozenset(_unique(database, table)) for table in tables})


def _unique(database: sqlite3.Connection, table: str) -> Iterator[frozenset[str]]:
    for _n, index, unique, _origin, part in database.execute(f"PRAGMA index_list({table})"):
        if unique and not part:
            yield frozenset(name for _n, _at, name in database.execute(f"PRAGMA index_info({index})"))


def broken(before: Shape, after: Shape) -> list[str]:
    """What a process that knows the tables as they were before cannot do any more."""
    found = []
    for table, columns in before.columns.items():
        today = after.columns.get(table, {})
        found += [
            f"{table}.{name} is gone" for name in columns if name not in today and f"{table}.{name}" not in CONTRACTED
        ]
        found += [f"{table}.{name} must be given now" for name, must in today.items() if must and not columns.get(name)]
        narrower = after.unique.get(table, frozenset()) - before.unique[table]
        found += [f"{table}: one {', '.join(sorted(those))} alone" for those in narrower if those <= columns.keys()]
    return found


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the database that a release left."""
    file = tmp_path / "office" / "loket.sqlite"
    file.parent.mkdir()
    shutil.copyfile(FIXTURES / f"office-{request.param}.sqlite", file)
    return file


async def upgraded(file: Path) -> tuple[Shape, Shape]:
    """The tables as the release left them, and with every step of today."""
    with closing(sqlite3.connect(file)) as database:
        before = shape(database)
    (file.parent / "MASUK").mkdir(exist_ok=True)
    await (await open_store(file.parent, login="ani", clock=Clock(wib(31, 9)))).close()
    with closing(sqlite3.connect(file)) as database:
        return before, shape(database)


async def test_no_step_takes_anything_from_an_earlier_release(release: Path) -> None:
    assert broken(*await upgraded(release)) == []


async def test_what_an_earlier_release_writes_is_taken(release: Path) -> None:
    """Every row that it left, written anew with the columns that it knows, and changed in each of them."""
    before, _after = await upgraded(release)
    with closing(sqlite3.connect(release, isolation_level=None)) as database:
        for table, columns in before.columns.items():
            names = ", ".join(columns)
            (row,) = database.execute(f"SELECT {names} FROM {table} ORDER BY id DESC LIMIT 1").fetchall() or [None]
            if row is None:
                continue
            database.execute("BEGIN")
            database.execute(f"DELETE FROM {table} WHERE id = ?", (row[list(columns).index("id")],))
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", row)
            database.execute(f"UPDATE {table} SET {', '.join(f'{name} = {name}' for name in columns)}")
            database.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("ALTER TABLE participant DROP COLUMN sex", "participant.sex is gone"),
        ("ALTER TABLE phone RENAME COLUMN label TO kind", "phone.label is gone"),
        ("DROP TABLE accepted", "accepted.value is gone"),
        ("CREATE UNIQUE INDEX once ON participant (nik)", "participant: one nik alone"),
        (
            "DROP TABLE phone; CREATE TABLE phone (id INTEGER PRIMARY KEY, participant_id INTEGER, position INTEGER,"
            " e164 TEXT, label TEXT, wrong_at INTEGER, wrong_why TEXT, version INTEGER, country TEXT NOT NULL)",
            "phone.country must be given now",
        ),
    ],
)
async def test_a_step_that_takes_something_is_found(tmp_path: Path, step: str, told: str) -> None:
    file = tmp_path / "office" / "loket.sqlite"
    file.parent.mkdir()
    shutil.copyfile(FIXTURES / f"office-{RELEASES[-1]}.sqlite", file)
    _before, today = await upgraded(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.executescript(step)
        assert told in broken(today, shape(database))
