"""A practice office for the proofs at the terminal, its programs, and what it holds afterwards."""

from __future__ import annotations

import asyncio
import csv
import os
import re
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from store import Store, create_office, open_store
from store.database import Database, open_database
from store.frozen import AttemptOut, ResultRow
from store.practice import write_list
from store.rows import QueueFilter, QueueRow
from store.rules.dates import parse_period
from tests.store.office import HEADINGS, Clock, Person, wib
from tests.terminal.driver import Terminal, loket, opened

TODAY = date(2023, 7, 31)
NOW = wib(31, 9)
PERIODS = "2023-01..2023-07"
PEOPLE = 60

T = TypeVar("T")


@dataclass(frozen=True)
class TerminalOffice:
    """One practice office, Monday 31 July 2023, 09.00, with an invented list brought in."""

    home: Path
    url: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the program is started with."""
        database = {"LOKET_DATABASE_URL": self.url} if self.url else {}
        return {"LOKET_NOW": "2023-07-31T09:00", **database, **self.variables}

    def terminal(self, *arguments: str, **how: Any) -> AbstractContextManager[Terminal]:
        """The program on this office, at a terminal of its own."""
        environment = {**self.environment, **how.pop("environment", {})}
        return opened(loket(self.home, *arguments), environment=environment, **how)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the program without a terminal."""
        return subprocess.run(
            loket(self.home, *arguments),
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def ask(self, question: Callable[[Store], Awaitable[T]]) -> T:
        """Opens the office in this process, asks, and closes it again."""

        async def session() -> T:
            store = await open_store(self.home, url=self.url, clock=Clock(NOW))
            try:
                return await question(store)
            finally:
                await store.close()

        return asyncio.run(session())

    @contextmanager
    def raw(self) -> Iterator[Database]:
        """A connection to the SQLite file, as somebody has who goes behind Loket's back."""
        database = open_database(f"sqlite://{self.home / 'loket.sqlite'}")
        database.connect()
        try:
            yield database
        finally:
            database.close()

    def create(self) -> None:
        """Sets the office up; nobody is on a list."""
        asyncio.run(create_office(self.home, url=self.url, practice=True, clock=Clock(NOW)))

    def bring_in(self, file: Path) -> None:
        """Imports a participant list."""

        async def bring(store: Store) -> None:
            await store.imports.apply(await store.imports.plan(file))

        self.ask(bring)

    def bring_in_people(self, *people: Person) -> None:
        """Imports a list of these people."""
        self.bring_in(write_people(self.home / "MASUK" / "daftar.csv", people))

    def fill(self, people: int = PEOPLE, seed: int = 1) -> None:
        """Sets the office up with an invented list, as messy as real ones."""
        self.create()
        file = self.home / "MASUK" / "peserta.xlsx"
        write_list(file, people=people, seed=seed, today=TODAY)
        self.bring_in(file)

    def attempts(self) -> list[AttemptOut]:
        """Every attempt that counts, in the order in which they were recorded."""
        return self.ask(lambda store: store.recaps.results(parse_period(PERIODS)))[2]

    def people(self) -> dict[str, ResultRow]:
        """Everybody on a list, by KPJ."""
        return {row.kpj: row for row in self.ask(lambda store: store.recaps.results(parse_period(PERIODS)))[1]}

    def rows(self) -> list[QueueRow]:
        """The queue as the list shows it, with who is held."""
        return self.ask(lambda store: store.queue.rows(QueueFilter(), 0, 1000))


def write_people(file: Path, people: Sequence[Person]) -> Path:
    """A participant list as .csv."""
    with file.open("w", newline="", encoding="utf-8") as rows:
        lines = csv.writer(rows)
        lines.writerow(HEADINGS)
        lines.writerows(person.cells for person in people)
    return file


_KPJ = re.compile(r"KPJ ([0-9]+) ")
_NUMBER = re.compile(r"^   ([0-9](?: +[0-9])*)", re.MULTILINE)


@dataclass
class Caller:
    """Somebody who phones, at a terminal that shows the program."""

    terminal: Terminal

    def start(self) -> str:
        """From the first screen to the first person; the KPJ."""
        self.terminal.wait_for("F2 ")
        self.terminal.press("f2")
        self.terminal.wait_for("Enter ")
        self.terminal.press("enter")
        return self.serve()

    def serve(self) -> str:
        """Waits until a person is on the card; the KPJ."""
        self.terminal.wait_for(self.has_card)
        return self.kpj

    def has_card(self) -> bool:
        return _KPJ.search(self.terminal.text) is not None

    @property
    def kpj(self) -> str:
        """Whose card is shown; '' without a card."""
        found = _KPJ.search(self.terminal.text)
        return found[1] if found else ""

    @property
    def number(self) -> str:
        """The number to be rung, E.164; '' without a card."""
        found = _NUMBER.search(self.terminal.text)
        return "+62" + re.sub(r"[^0-9]", "", found[1])[1:] if found else ""

    @property
    def call(self) -> tuple[str, str]:
        """Who is to be rung on which number."""
        return self.kpj, self.number

    def answer(self, *keys: str) -> tuple[str, str]:
        """Presses keys that end the call and waits for the next card; who was rung on which number."""
        before = self.call
        self.terminal.press(*keys)
        self.terminal.wait_for(lambda: self.has_card() and self.call != before)
        self.terminal.idle()
        return before

    def quit(self, command: str = "Keluar dari Loket") -> int:
        """Leaves by the menu; the exit status."""
        self.terminal.press("f10")
        self.terminal.type(command[:6])
        self.terminal.wait_for(command)
        self.terminal.idle()
        self.terminal.press("enter")
        self.terminal.wait_for_end()
        return self.terminal.status
