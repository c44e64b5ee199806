"""Loket and another program at terminals of their own, driven the same way, with the same people to show.

Both get keys over a pseudo-terminal of 80x24 that answers as terminals do. What comes back is kept with the moment of
its last byte and drawn afterwards, so that drawing costs the program nothing. An answer is *settled* with the last byte
before the terminal has been quiet for `QUIET`; each bench then looks at the drawn screen whether it is the right one.
"""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from bench.search import people
from store import create_office, open_store
from store.database import open_database
from store.rows import QueueFilter
from store.rules.names import name_key
from tests.terminal.driver import Terminal

QUIET = 0.2
"""Seconds without a byte after which an answer counts as finished: longer than any pause within one that was seen."""

ASK = b"\x1b[6n"
NOW = "2023-07-31T09:00"
_NOW = datetime(2023, 7, 31, 2, tzinfo=UTC)
COLUMNS = ("NAMA", "PERUSAHAAN", "TELEPON", "KPJ", "NIK", "TGL LAHIR")


class PeerMissingError(Exception):
    """The other program is not on this machine; the text says how it comes there."""


def peer(program: str) -> str:
    """The path of a program that a bench compares with. Raises PeerMissingError."""
    beside = Path(sys.executable).with_name(program)
    found = str(beside) if beside.exists() else shutil.which(program)
    if found is None:
        raise PeerMissingError(f"{program} is not installed here: pip install -e '.[bench]' -c constraints.txt")
    return found


class Watched(Terminal):
    """A terminal that notes when the last byte came and draws only when somebody looks."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._undrawn = bytearray()
        self.started = self.came = perf_counter()
        super().__init__(command, environment=environment, answers=False)

    def feed(self, data: bytes) -> None:
        self.came = perf_counter()
        before = bytes(self._undrawn[-len(ASK) + 1 :])
        self._undrawn += data
        for _ in range((before + data).count(ASK)):
            os.write(self._master, b"\x1b[1;1R")

    def draw(self) -> None:
        """Bring the screen up to what has come."""
        data, self._undrawn = bytes(self._undrawn), bytearray()
        if data:
            super().feed(data)

    @property
    def display(self) -> list[str]:
        self.draw()
        return super().display

    def first_screen(self, usable: Callable[[], bool]) -> float:
        """Seconds from the start of the program to the last byte of the first screen that is `usable`."""
        while True:
            while not self._undrawn:
                assert self._pump(60.0), self.report()
            self.idle(QUIET)
            self.draw()
            if usable():
                return self.came - self.started

    def answer(self, *keys: str) -> float:
        """Presses keys; seconds to the last byte of the answer. Nothing has to be under way before."""
        self.draw()
        started = perf_counter()
        self.press(*keys)
        while not self._undrawn:
            assert self._pump(20.0), self.report()
        self.idle(QUIET)
        return self.came - started


@contextmanager
def watched(command: Sequence[str], home: Path) -> Iterator[Watched]:
    """A program at a terminal. `home` is its home folder: no settings of anybody change what is measured."""
    given = {"HOME": str(home), "TERM": "xterm-256color", "LOKET_NOW": NOW, "LANG": "C.UTF-8"}
    terminal = Watched(command, given)
    try:
        yield terminal
    finally:
        terminal.close()


@dataclass(frozen=True)
class Office:
    """A practice office whose people are all on one list, and the same people as files, in the order of that list."""

    home: Path
    count: int

    @property
    def csv(self) -> Path:
        return self.home / "people.csv"

    @property
    def lines(self) -> Path:
        return self.home / "people.txt"

    @property
    def loket(self) -> tuple[str, ...]:
        return (str(Path(sys.executable).with_name("loket")), "--home", str(self.home))

    def rows(self) -> list[list[str]]:
        """Cells of everybody, in order."""
        with self.csv.open(newline="", encoding="utf-8") as file:
            return list(csv.reader(file))[1:]


def office(folder: Path, count: int) -> Office:
    """The office of so many people, made anew."""
    made = Office(folder / f"office-{count}", count)
    made.home.mkdir(parents=True)
    asyncio.run(create_office(made.home, practice=True, clock=lambda: _NOW))
    _fill(made)
    rows = asyncio.run(_in_order(made))
    with made.csv.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    made.lines.write_text("".join("  ".join(row) + "\n" for row in rows), encoding="utf-8")
    return made


def _fill(made: Office) -> None:
    from store import problem_index, quality_index, search_index

    at, rows, phones, items = int(_NOW.timestamp() * 1000), [], [], []
    for n, (kpj, nik, name, born, company, number) in enumerate(people(made.count), start=1):
        rows.append((n, kpj, nik, name, name_key(name), born.isoformat(), company, number, at))
        phones.append((n, n, number))
        items.append((n, n, date(born.year + 56, born.month, min(born.day, 28)).isoformat(), kpj))
    database = open_database(f"sqlite://{made.home / 'loket.sqlite'}")
    database.connect()
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
        for index in (search_index, problem_index, quality_index):
            index.rebuild(database)
    database.peewee.execute_sql("ANALYZE")
    database.close()


async def _in_order(made: Office) -> list[tuple[str, ...]]:
    """Everybody as the list of the telephone desk has them."""
    told = {kpj: (nik, f"{born:%d-%m-%Y}", number) for kpj, nik, _name, born, _company, number in people(made.count)}
    store = await open_store(made.home, clock=lambda: _NOW)
    try:
        rows = await store.queue.rows(QueueFilter(), 0, made.count)
    finally:
        await store.close()
    assert len(rows) == made.count
    return [(row.name, row.company, told[row.kpj][2], row.kpj, *told[row.kpj][:2]) for row in rows]


def median(figures: Sequence[float]) -> float:
    """The middle one."""
    return sorted(figures)[len(figures) // 2]


def p95(figures: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    return sorted(figures)[min(len(figures) - 1, len(figures) * 95 // 100)]
