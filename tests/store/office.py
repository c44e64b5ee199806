"""An office for the tests of the store's door: real databases, invented people, and a clock that is passed in.

Tests write the offices' facts through the door. Where a fact has no door yet, or where somebody is meant to have gone
behind it, `Office.raw` is a connection of its own to the same database.
"""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from store import Store, create_office, open_store
from store.database import Database, open_database
from store.link import Link
from store.rows import Card, ImportDone
from store.rules.hours import from_wib
from store.rules.outcomes import Outcome
from store.schema import Session
from tests.store.read_once import as_read_before

HEADINGS = ("KPJ", "NAMA", "TGL LAHIR", "HP", "EMAIL", "SALDO JHT", "NPP", "NAMA PERUSAHAAN", "STATUS KLAIM", "NIK")


def wib(day: int, hour: int, minute: int = 0, *, month: int = 7) -> datetime:
    """An instant of 2023 by the clock in the office; 31 July 2023 is a Monday."""
    return from_wib(date(2023, month, day), time(hour, minute))


class Clock:
    """The office's clock, moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Person:
    """A line of a participant list. Born so that they are 56 in July 2023 unless said otherwise."""

    kpj: str
    name: str = ""
    born: date | None = date(1967, 7, 3)
    hp: str = ""
    email: str = ""
    balance: str = ""
    npp: str = ""
    company: str = ""
    claimed: str = ""
    nik: str = ""

    @property
    def cells(self) -> list[str]:
        born = self.born.strftime("%d-%m-%Y") if self.born else ""
        name = self.name or f"ORANG {self.kpj[-4:]}"
        return [self.kpj, name, born, self.hp, self.email, self.balance, self.npp, self.company, self.claimed, self.nik]


def people(count: int, *, first: int = 1) -> list[Person]:
    """Invented people with a number each, the longest waiting first."""
    start = date(1967, 7, 1)
    return [
        Person(kpj=f"2100000{n:04d}", born=start + timedelta(days=min(n // 40, 27)), hp=f"0812{n:07d}1")
        for n in range(first, first + count)
    ]


def number(n: int) -> str:
    """The E.164 number of the n-th of `people`."""
    return f"+62812{n:07d}1"


@dataclass
class Office:
    """One office on one database, opened by as many people as a test needs."""

    home: Path
    url: str
    clock: Clock
    opened: list[Store] = field(default_factory=list)
    files: int = 0
    behind: Database | None = None
    """The connection of `raw` to a server, where a new one takes longer than what is asked; closed with the office."""

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    async def create(self, login: str = "ani", *, practice: bool = False) -> None:
        file = Path(self.url.removeprefix("sqlite://"))
        if not self.is_sqlite or file.exists():
            await self._create(login, practice)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        name = f"created {login} {practice} {self.clock.now} {file.name}"
        alone = not any(self.home.glob("*")) and not any(file.parent.iterdir())
        if name not in _KEPT or not alone:
            shutil.copyfile(_prepared_file(), file)
            await self._create(login, practice)
        if alone:
            self._as_kept(name)

    async def _create(self, login: str, practice: bool) -> None:
        await create_office(self.home, url=self.url, login=login, clock=self.clock, practice=practice)

    async def made_once(self, name: str, make: Callable[[Store], Awaitable[None]]) -> None:
        """What the founder makes of the office just created: made once in this process, on SQLite, and then copied."""
        if name not in _KEPT:
            await make(await self.open())
            await self.close()
            self.opened.clear()
        else:
            shutil.rmtree(self.home)
            shutil.rmtree(Path(self.url.removeprefix("sqlite://")).parent)
        self._as_kept(name)

    def _as_kept(self, name: str) -> None:
        """Keeps a copy of this office under the name, the first time; then this office is a copy of that one."""
        kept, database = _KEPT.get(name), Path(self.url.removeprefix("sqlite://"))
        if kept is None:
            kept = _KEPT[name] = _Kept(_own_folder(), self.files)
            shutil.copytree(self.home, kept.folder / "home")
            shutil.copytree(database.parent, kept.folder / "database")
        else:
            for folder, target in (("home", self.home), ("database", database.parent)):
                shutil.copytree(kept.folder / folder, target, dirs_exist_ok=True)
        self.files = kept.files

    async def open(self, login: str = "ani") -> Store:
        store = await open_store(self.home, url=self.url, login=login, clock=self.clock)
        self.opened.append(store)
        await store._link.gateway.run(_gave_pin, store._link)
        return store

    async def hire(self, boss: Store, login: str, role: str = "magang") -> Store:
        await boss.staff.add(login, login.upper(), "Pelayanan", role)
        return await self.open(login)

    def write_list(self, rows: Sequence[Person | Sequence[str]], *, headings: Sequence[str] = HEADINGS) -> Path:
        """A participant list in MASUK."""
        self.files += 1
        path = self.home / "MASUK" / f"daftar {self.files}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            lines = csv.writer(file)
            lines.writerow(headings)
            lines.writerows(row.cells if isinstance(row, Person) else row for row in rows)
        return path

    async def bring_in(self, store: Store, rows: Sequence[Person], **options: Any) -> ImportDone:
        """Imports a list of these people through the door."""
        with as_read_before():
            plan = await store.imports.plan(self.write_list(rows))
        return await store.imports.apply(plan, **options)

    @contextmanager
    def raw(self) -> Iterator[Database]:
        """A connection of our own, as somebody has who goes behind Loket's back; foreign keys are not enforced."""
        database = self.behind or open_database(self.url)
        database.connect()
        try:
            if self.is_sqlite:
                database.peewee.execute_sql("PRAGMA foreign_keys = 0")
            yield database
        finally:
            if self.is_sqlite:
                database.close()
            else:
                self.behind = database

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """One statement behind the door's back, committed; `?` marks its values."""
        with self.raw() as database:
            mark = "?" if self.is_sqlite else "%s"
            with database.writing():
                cursor = database.peewee.execute_sql(statement.replace("?", mark), values)
                return list(cursor.fetchall()) if cursor.description else []

    def session_of(self, store: Store) -> int:
        """The id of the newest session of the store's person."""
        rows = self.sql("SELECT max(id) FROM session WHERE staff_id = ?", store.me.staff_id)
        return int(rows[0][0])

    def forget_keys(self, store: Store, minutes: float = 61) -> None:
        """As if the person had pressed their last key that long ago."""
        self.sql(
            "UPDATE session SET last_key = last_key - ? WHERE id = ?", int(minutes * 60_000), self.session_of(store)
        )

    async def close(self) -> None:
        for store in self.opened:
            await store.close()
        if self.behind is not None:
            self.behind.close()
            self.behind = None


@dataclass(frozen=True)
class _Kept:
    """An office that was made: a copy of its folders."""

    folder: Path
    files: int


_KEPT: dict[str, _Kept] = {}


def _own_folder() -> Path:
    """A folder of this process, gone at its end."""
    folder = tempfile.mkdtemp(prefix="loket-prepared-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


def _gave_pin(link: Link) -> None:
    """As if the person had just given their PIN; what is asked without it is told in test_pins."""
    with link.database.turn(), link.database.writing():
        given = Session.update(pin_at=link.database.lease_clock())
        link.database.peewee.execute(given.where(Session.id == link.session_id))


@cache
def _prepared_file() -> Path:
    """A file with today's tables and no office yet: a copy of it is there sooner than all steps of migration."""
    path = _own_folder() / "loket.sqlite"
    database = open_database(f"sqlite://{path}")
    database.create()
    database.migrate()
    database.close()
    return path


async def hold(store: Store) -> Card:
    """Claims and gets a person."""
    card = await store.queue.claim()
    assert isinstance(card, Card), card
    return card


async def call(store: Store, outcome: Outcome, **how: Any) -> Card:
    """Claims a person, records an outcome and lets the next one be; the card as it was."""
    card = await hold(store)
    served = await store.queue.outcome(card, outcome, **how)
    if isinstance(served.next, Card):
        await store.queue.put_back(served.next)
    return card


async def hand_back(store: Store) -> None:
    """Puts back whoever the store holds."""
    card = await store.queue.claim()
    if isinstance(card, Card):
        await store.queue.put_back(card)


def current(card: Card) -> str:
    """The number to be rung, E.164."""
    return next(n.e164 for n in card.numbers if n.current)


def facts(office: Office, table: str, *, without: Sequence[str] = ()) -> dict[int, Mapping[str, Any]]:
    """Every row of a table by id, for comparing before with after."""
    with office.raw() as database:
        return rows_of(database, table, without=without)


def rows_of(database: Database, table: str, *, without: Sequence[str] = ()) -> dict[int, Mapping[str, Any]]:
    """`facts` through a connection that is open."""
    cursor = database.peewee.execute_sql(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["id"]: {k: v for k, v in row.items() if k not in without} for row in rows}


OPERATIONAL = ("version", "lease_session", "lease_token", "right_party")
"""Columns that count and guard; they are not restored by an undo."""
