"""What all benches share: a line that is seen at once, percentiles, a store that is filled once, runs of a program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from bench.result import Measured

if TYPE_CHECKING:
    from store import Store
    from store.database import Database

ROOT: Final = Path(__file__).resolve().parents[1]
INSTALL: Final = ".venv/bin/python -m pip install -c constraints.txt -e '.[bench]'"
"""What brings the peers that Python packages are."""


def say(line: str) -> None:
    """A line that whoever waits sees at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def percentile(times: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred do not pass."""
    ordered = sorted(times)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


def spread(times: Sequence[float]) -> str:
    """Milliseconds in words: `p50 1.0, p95 2.0, most 3.0 ms`."""
    return f"p50 {percentile(times, 50):.1f}, p95 {percentile(times, 95):.1f}, most {max(times):.1f} ms"


def beside(what: str, peer: str, ours: Sequence[float], theirs: Sequence[float] | None, aim: float) -> list[Measured]:
    """The rows of milliseconds beside a peer's, half of them and 95 in 100; `theirs` is None where it is not there."""
    return [
        Measured(
            *(f"{what}, p{part}", peer, percentile(ours, part)),
            *(None if theirs is None else percentile(theirs, part), "ms", aim),
        )
        for part in (50, 95)
    ]


def kept_folder() -> Path:
    """Where filled databases lie from one run to the next: made once, so much do they take."""
    folder = Path(tempfile.gettempdir()) / "loket-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


async def kept_home(people: int) -> Path:
    """The home of an office of so many people on SQLite, filled when it is asked for the first time."""
    from bench.people import NOW, fill_office
    from store import create_office
    from store.database import open_database

    home = kept_folder() / f"people-{people}"
    if not home.exists():
        say(f"filling an office of {people:,} people, once:")
        with tempfile.TemporaryDirectory(dir=kept_folder()) as folder:
            made = Path(folder) / "made"
            await create_office(made, practice=True, clock=lambda: NOW)
            database = open_database(f"sqlite://{made / 'loket.sqlite'}")
            database.connect()
            fill_office(database, people)
            database.close()
            made.rename(home)  # whole or not at all
    return home


async def kept_database(name: str, fill: Callable[[Database], None]) -> Path:
    """The SQLite file of that name, filled when it is asked for the first time."""
    path = kept_folder() / f"{name}.sqlite"
    if not path.exists():
        say(f"filling {name}, once:")
        with tempfile.TemporaryDirectory(dir=kept_folder()) as folder:
            made = Path(folder) / "made.sqlite"
            await (await opened(f"sqlite://{made}", Path(folder) / "home", fill)).close()
            made.rename(path)  # whole or not at all
    return path


async def opened(url: str, home: Path, fill: Callable[[Database], None]) -> Store:
    """The store of a URL; where there was no database it is filled first."""
    from bench.people import NOW
    from store import create_office, open_store
    from store.database import open_database

    database = open_database(url)
    if not database.exists():
        await create_office(home, url=url, login="bench", clock=lambda: NOW)
        database.connect()
        fill(database)
    database.close()
    return await open_store(home, url=url, login="bench", clock=lambda: NOW)


def version(distribution: str) -> str:
    """`openpyxl 3.1.5`, or the bare name where it is not installed."""
    try:
        return f"{distribution} {metadata.version(distribution)}"
    except metadata.PackageNotFoundError:
        return distribution


def program(command: Sequence[str]) -> tuple[float, float, float]:
    """Processor seconds, seconds, and megabytes of one run of a program with its children; SystemExit if it fails."""
    started = perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    _pid, status, used = os.wait4(child.pid, 0)
    took = perf_counter() - started
    child.returncode = status
    if status:
        raise SystemExit(f"{command[0]} ended with {status}")
    return used.ru_utime + used.ru_stime, took, used.ru_maxrss / 1024
