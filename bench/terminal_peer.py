"""Loket and another program at terminals of their own, driven the same way, with the same people to show.

Both get keys over a pseudo-terminal of 80x24 that answers as terminals do. What comes back is kept with its moment and
drawn afterwards, piece by piece, so that drawing costs the program nothing. An answer is *settled* with the last piece
that changed a letter or a colour before the terminal was quiet for `QUIET`, and only if the screen is the right one.
"""

from __future__ import annotations

import asyncio
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.measuring import INSTALL, kept_folder, say
from bench.people import NOW, fill_people, make_indexes, people
from store import create_office, open_store
from store.database import open_database
from store.rows import QueueFilter
from tests.terminal.driver import KEYS, Terminal
from tests.terminal.emulator import Seen

QUIET: Final = 0.2
"""Seconds without a byte after which an answer counts as finished: longer than any pause within one that was seen."""

COLUMNS: Final = ("NAMA", "PERUSAHAAN", "TELEPON", "KPJ", "NIK", "TGL LAHIR")
_ASK: Final = b"\x1b[6n"
_PATIENCE: Final = 30.0
_CURSOR_KEYS: Final = 1
"""The private mode in which a terminal sends arrows otherwise; programs of curses ask for it."""
_ARROW: Final = re.compile("\x1b\\[([ABCDHF])")


def installed(program: str) -> str | None:
    """The path of a program that a bench compares with; None, and said how it comes there, where it is missing."""
    beside = Path(sys.executable).with_name(program)
    found = str(beside) if beside.exists() else shutil.which(program)
    if found is None:
        say(f"{program} is not installed here: {INSTALL}")
    return found


class Watched(Terminal):
    """A terminal that notes when each piece came and draws only when somebody looks."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._undrawn: list[tuple[float, bytes]] = []
        self._tail = b""
        self._seen: list[list[Seen]] = []
        self._changed = 0.0
        self.started = perf_counter()
        given = {"HOME": str(home), "TERM": "xterm-256color", "LOKET_NOW": "2023-07-31T09:00", "LANG": "C.UTF-8"}
        super().__init__(command, environment=given, answers=False)

    def press(self, *keys: str) -> None:
        """Arrows are sent as the program asked for them."""
        if not self.private_mode(_CURSOR_KEYS):
            super().press(*keys)
            return
        sent = "".join(_ARROW.sub("\x1bO\\1", KEYS.get(key, key)) for key in keys)
        os.write(self._master, sent.encode())

    def feed(self, data: bytes) -> None:
        self._undrawn.append((perf_counter(), data))
        asked = (self._tail + data).count(_ASK)
        self._tail = data[-len(_ASK) + 1 :]
        for _ in range(asked):
            self.answer(b"\x1b[1;1R")

    def draw(self) -> None:
        """Brings the screen up to what has come, and notes which piece changed it last."""
        waiting, self._undrawn = self._undrawn, []
        for came, data in waiting:
            super().feed(data)
            if (seen := self.screen.seen()) != self._seen:
                self._seen, self._changed = seen, came

    def first_screen(self, usable: Callable[[], bool]) -> float:
        """Seconds from the start of the program until its first screen stands that is `usable`."""
        return self._settled(usable) - self.started

    def settle(self, key: str, right: Callable[[], bool]) -> float:
        """Presses a key; seconds until the screen stands that is `right`.

        A screen that comes to rest before it is right is not settled: it is waited for.
        """
        self.draw()
        started = perf_counter()
        self.press(key)
        return self._settled(right) - started

    def _settled(self, right: Callable[[], bool]) -> float:
        end = perf_counter() + _PATIENCE
        while perf_counter() < end and self._pump(_PATIENCE):
            self.idle(QUIET)
            self.draw()
            if right():
                return self._changed
        raise AssertionError(f"never right\n{self.report()}")


@contextmanager
def watched(command: Sequence[str]) -> Iterator[Watched]:
    """A program at a terminal, with an empty home folder: nobody's settings change what is measured."""
    with tempfile.TemporaryDirectory() as home:
        terminal = Watched(command, Path(home))
        try:
            yield terminal
        finally:
            terminal.close()


@dataclass(frozen=True)
class Office:
    """A practice office whose people are all on one list, and the same people as files."""

    home: Path
    count: int

    @property
    def csv(self) -> Path:
        """What Loket itself exports of its people: every column, in the order in which they came."""
        return self.home / "people.csv"

    @property
    def listed(self) -> Path:
        """As they stand on the list, in its order, with the columns that it can be searched by."""
        return self.home / "list.csv"

    @property
    def lines(self) -> Path:
        """The list as lines."""
        return self.home / "list.txt"

    @property
    def loket(self) -> tuple[str, ...]:
        return (str(Path(sys.executable).with_name("loket")), "--home", str(self.home), "--lang", "en")


def rows(file: Path) -> list[list[str]]:
    """The cells of everybody in one of the files of an office."""
    with file.open(newline="", encoding="utf-8") as opened:
        return list(csv.reader(opened))[1:]


def office(count: int) -> Office:
    """The office of so many people, filled when it is asked for the first time."""
    made = Office(kept_folder() / f"screens-{count}", count)
    if not made.home.exists():
        say(f"filling an office of {count:,} people, once:")
        with tempfile.TemporaryDirectory(dir=kept_folder()) as folder:
            new = Office(Path(folder) / "made", count)
            asyncio.run(_fill(new))
            new.home.rename(made.home)  # whole or not at all
    return made


async def _fill(made: Office) -> None:
    await create_office(made.home, practice=True, clock=lambda: NOW)
    database = open_database(f"sqlite://{made.home / 'loket.sqlite'}")
    database.connect()
    with database.turn(), database.writing():
        fill_people(database, made.count, on_list=1)
        make_indexes(database)
    database.peewee.execute_sql("ANALYZE")
    database.close()
    known = {kpj: (number, nik, f"{born:%d-%m-%Y}") for kpj, nik, _, born, _, number in people(made.count)}
    store = await open_store(made.home, clock=lambda: NOW)
    try:
        listed = await store.queue.rows(QueueFilter(), 0, made.count)
    finally:
        await store.close()
    lines = [(row.name, row.company, known[row.kpj][0], row.kpj, *known[row.kpj][1:]) for row in listed]
    assert len(lines) == made.count
    with made.listed.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *lines])
    made.lines.write_text("".join("  ".join(line) + "\n" for line in lines), encoding="utf-8")
    subprocess.run([*made.loket, "export", "participants", "-o", str(made.csv)], check=True, stdout=subprocess.DEVNULL)
    assert len(rows(made.csv)) == made.count
