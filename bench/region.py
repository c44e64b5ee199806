"""A region on PostgreSQL: how long each desk waits with a million people, and by which plans it is answered.

    python -m bench.region 1000000              the figures, in milliseconds
    python -m bench.region 2000                 whether everything still runs, in half a minute
    python -m bench.region 1000000 --explain    writes figures and plans into docs/region.md
    python -m bench.region --remove             takes the kept data away

The first run fills a private PostgreSQL, which takes minutes and 4 GB for a million people, and as much again
for what it writes ahead; later ones measure a copy of it, since outcomes change what they are recorded in.
Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import psycopg

from bench.measuring import ROOT, percentile, say
from bench.region_plans import Plan, explained, write_page
from bench.region_reads import NobodyLeftError, Read, Region, prepare, reads
from bench.region_room import sizes, write_room
from bench.region_rows import NOW
from bench.region_server import region, remove
from store import open_store

_PAGE: Final = ROOT / "docs" / "region.md"
_LONGEST: Final = 3.0
"""Seconds for the tries of one read: of slow ones a few are enough."""
_A_FEW: Final = 60
"""Of more tries each is another one, a text as it is typed letter by letter: all of them are made."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What one read took, in milliseconds."""

    read: Read
    half: float
    most: float
    """Of 95 in 100."""

    @property
    def is_late(self) -> bool:
        return self.most > self.read.most


async def walk(url: str, people: int, *, explain: bool = False) -> tuple[list[Timed], list[Plan]]:
    """Asks everything that people of each desk ask, one after the other; with `explain` also by which plans."""
    with tempfile.TemporaryDirectory() as home:
        store = await open_store(Path(home), url=url, login="bench", clock=lambda: NOW)
        office = await prepare(store, people)
        timed, plans = list[Timed](), list[Plan]()
        gc.disable()
        for read in reads():
            if not (took := await tries(office, read)):
                continue
            timed.append(Timed(read, percentile(took, 50), percentile(took, 95)))
            _say(timed[-1])
            if explain and (plan := await explained(office, read)) is not None:
                plans.append(plan)
        gc.enable()
        await store.close()
    return timed, plans


async def tries(office: Region, read: Read) -> list[float]:
    """Milliseconds of each try, as many as there are people for (a small region has few); the first one of all is not
    counted."""
    took, began = list[float](), perf_counter()
    with suppress(NobodyLeftError):
        await read.ask(office, 0)
    for n in range(read.times):
        started = perf_counter()
        try:
            await read.ask(office, n)
        except NobodyLeftError:
            break
        took.append((perf_counter() - started) * 1000)
        if perf_counter() - began > _LONGEST and read.times <= _A_FEW:
            break
    return took


def _say(timed: Timed) -> None:
    late = "  LATE" if timed.is_late else ""
    say(f"{timed.read.desk:5}{timed.read.what:32} p50 {timed.half:8.1f}  p95 {timed.most:8.1f} ms{late}")


def main(arguments: Sequence[str]) -> None:
    if "--remove" in arguments:
        remove()
        return
    explain = "--explain" in arguments
    for people in [int(each) for each in arguments if each.isdigit()] or [1_000_000]:
        with region(people) as url:
            timed, plans = asyncio.run(walk(url, people, explain=explain))
            if explain:
                with psycopg.connect(url) as connection:
                    write_room(_PAGE, people, sizes(connection))
        say(f"{people:,} people: {sum(each.is_late for each in timed)} of {len(timed)} late")
        if explain:
            write_page(_PAGE, people, [(t.read, t.half, t.most) for t in timed], plans)


if __name__ == "__main__":
    main(sys.argv[1:])
