"""How long people wait while a backup is made: ten processes record a call a second each, a million people are known.

    python -m bench.backup              both databases
    python -m bench.backup 2000         whether it still runs, in half a minute; SQLite

Each writer is a process of its own with somebody in the hand, who records an outcome and is given the next person. They
begin before the backup, which is another process (copied at one instant, opened, checked, its trail read, encrypted),
and end after it. SQLite: a copy of the office that `bench.search` fills. PostgreSQL: the region of `bench.region`.
Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bench.cluster import INSTALL_HINT, find_binaries
from bench.measuring import ROOT, kept_home, say, spread
from bench.people import NOW
from bench.result import Measured
from store import open_store
from store.rows import Card
from store.rules.outcomes import Outcome

_WRITERS: Final = 10
_EVERY: Final = 1.0
"""Seconds from one outcome of a person to their next: a busy office has one in a minute."""
_BEFORE: Final = 15.0
"""Seconds without a backup, to compare with."""
_AIM: Final = 2_000


@dataclass(frozen=True, slots=True)
class Watched:
    """Milliseconds that people waited without a backup and with one, and how long that took, in seconds."""

    before: list[float]
    meanwhile: list[float]
    took: float
    said: str


async def _write(url: str | None, home: Path, login: str | None, over: Any, place: int) -> list[tuple[float, float]]:
    """When each outcome began, and the milliseconds until the next person was there."""
    store = await open_store(home, url=url, login=login, clock=lambda: NOW)
    card, waits = await store.queue.claim(), list[tuple[float, float]]()
    await asyncio.sleep(place * _EVERY / _WRITERS)
    while not over.is_set():
        if not isinstance(card, Card):
            raise SystemExit("nobody is left to call")
        began = perf_counter()
        card = (await store.queue.outcome(card, Outcome.NO_ANSWER)).next
        waits.append((began, (perf_counter() - began) * 1000))
        await asyncio.sleep(max(0.0, began + _EVERY - perf_counter()))
    await store.close()
    return waits


def _writer(url: str | None, home: Path, login: str | None, over: Any, place: int, told: Any) -> None:
    told.put(asyncio.run(_write(url, home, login, over, place)))


async def _back_up(url: str | None, home: Path, login: str | None, folder: Path) -> str:
    """What `loket backup` does; in words how much that was."""
    import pyrage

    store = await open_store(home, url=url, login=login, clock=lambda: NOW)
    made = await store.backups.make(folder, [str(pyrage.x25519.Identity.generate().to_public())])
    await store.close()
    return f"{made.rows:,} rows, {made.size / 1e6:,.0f} MB encrypted"


def watch(url: str | None, home: Path, login: str | None, before: float) -> Watched:
    """Writers at work for `before` seconds and then until a backup is there."""
    context = multiprocessing.get_context("fork")
    over, told = context.Event(), context.Queue()
    those = [
        context.Process(target=_writer, args=(url, home, login, over, place, told), daemon=True)
        for place in range(_WRITERS)
    ]
    for each in those:
        each.start()
    with tempfile.TemporaryDirectory(dir=home) as folder:
        over.wait(before + 5)  # nobody sets it: they come in first
        started = perf_counter()
        command = [sys.executable, "-m", "bench.backup", "make", url or "", str(home), login or "", folder]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        ended = perf_counter()
    over.set()
    found = [told.get(timeout=120) for _each in those]
    for each in those:
        each.join()
    if done.returncode:
        raise SystemExit("the backup failed")
    waits = [wait for one in found for wait in one[1:]]  # the first of each loads what the others have
    return Watched(
        [took for began, took in waits if began + took / 1000 < started],
        [took for began, took in waits if began + took / 1000 >= started and began < ended],
        ended - started,
        done.stdout.strip(),
    )


def _rows(what: str, people: int, found: Watched) -> list[Measured]:
    say(f"{what}: backup of {found.said} in {found.took:.1f} s; before {spread(found.before)}")
    say(f"{what}: meanwhile {spread(found.meanwhile)}")
    note = f"{found.said}, made in {found.took:.0f} s; {len(found.meanwhile):,} outcomes meanwhile"
    note += f": {spread(found.meanwhile)}; without a backup {spread(found.before)}"
    name = f"longest wait of {_WRITERS} who write during a backup of {people:,} people, {what}"
    return [Measured(name, "", max(found.meanwhile), None, "ms", _AIM, note)]


def _sqlite(people: int, before: float) -> list[Measured]:
    kept = asyncio.run(kept_home(people))
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        home = Path(folder) / "office"
        shutil.copytree(kept, home, ignore=shutil.ignore_patterns("CADANGAN", "log"))
        return _rows("SQLite", people, watch(None, home, None, before))


def _postgres(people: int, before: float) -> list[Measured]:
    from bench.region_server import region

    with tempfile.TemporaryDirectory() as folder, region(people) as url:
        return _rows("PostgreSQL", people, watch(url, Path(folder), "bench", before))


def run(quick: bool = False) -> list[Measured]:
    """A million people on both databases (quick: 2,000 on SQLite)."""
    if quick:
        return _sqlite(2_000, 3.0)
    if find_binaries() is None:
        say(INSTALL_HINT)
        return _sqlite(1_000_000, _BEFORE)
    return _sqlite(1_000_000, _BEFORE) + _postgres(1_000_000, _BEFORE)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["make"]:
        url, home, login, folder = arguments[1:]
        say(asyncio.run(_back_up(url or None, Path(home), login or None, Path(folder))))
    elif arguments:
        _sqlite(int(arguments[0]), 3.0)
    else:
        run()


if __name__ == "__main__":
    main(sys.argv[1:])
