"""A region on PostgreSQL: how long each desk waits with a million people, and by which plans it is answered.

    python -m bench.region 1000000              the figures, in milliseconds
    python -m bench.region 1000000 --explain    writes figures and plans into docs/region.md
    python -m bench.region --remove             takes the kept data away

The first run fills a private PostgreSQL, which takes minutes and 4 GB for a million people; later ones use it again.
Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.region_fill import write_line
from bench.region_plans import Plan, explained, write_page
from bench.region_reads import KEY, LIST, RECAP, SEARCH, Read, Region, prepare, reads
from bench.region_rows import NOW
from bench.region_server import filled, region_server, remove
from bench.result import Measured
from store import open_store

PAGE = Path(__file__).parent.parent / "docs" / "region.md"
_KINDS = {KEY: "a key", LIST: "a list", SEARCH: "a key of a search", RECAP: "figures of a month"}
_LONGEST = 3.0
"""Seconds for the tries of one read: of slow ones a few are enough."""


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
        region = await prepare(store, people)
        timed, plans = list[Timed](), list[Plan]()
        gc.disable()
        for read in reads():
            took = sorted(await _tries(region, read))
            timed.append(Timed(read, took[len(took) // 2], took[len(took) * 95 // 100]))
            _say(timed[-1])
            if explain and (plan := await explained(region, read)) is not None:
                plans.append(plan)
        gc.enable()
        await store.close()
    return timed, plans


async def _tries(region: Region, read: Read) -> list[float]:
    """Milliseconds of each try; the first one of all is not counted."""
    took, began = list[float](), perf_counter()
    await read.ask(region, 0)
    for n in range(read.times):
        started = perf_counter()
        await read.ask(region, n)
        took.append((perf_counter() - started) * 1000)
        if perf_counter() - began > _LONGEST and read.most != SEARCH:
            break
    return took


def _say(timed: Timed) -> None:
    late = "  LATE" if timed.is_late else ""
    write_line(f"{timed.read.desk:5}{timed.read.what:32} p50 {timed.half:8.1f}  p95 {timed.most:8.1f} ms{late}")


def run(quick: bool) -> list[Measured]:
    """For `python -m bench`: the slowest read of each kind and how many are late, beside what they may take."""
    people = 2_000 if quick else 200_000
    with region_server() as sockets:
        timed, _plans = asyncio.run(walk(filled(sockets, people), people))
    found = []
    for most, name in _KINDS.items():
        worst = max((each for each in timed if each.read.most == most), key=lambda each: each.most)
        told = f"{worst.read.desk}, {worst.read.what}"
        found.append(Measured(f"PostgreSQL, {people:,} people: {name}, p95", "", worst.most, None, "ms", most, told))
    return found


def main(arguments: Sequence[str]) -> None:
    if "--remove" in arguments:
        remove()
        return
    explain = "--explain" in arguments
    for people in [int(each) for each in arguments if each.isdigit()] or [1_000_000]:
        with region_server() as sockets:
            url = filled(sockets, people)
            timed, plans = asyncio.run(walk(url, people, explain=explain))
        write_line(f"{people:,} people: {sum(each.is_late for each in timed)} of {len(timed)} late")
        if explain:
            write_page(PAGE, people, [(t.read, t.half, t.most) for t in timed], plans)


if __name__ == "__main__":
    main(sys.argv[1:])
