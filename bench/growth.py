"""How claiming, searching and drawing a page grow with the people of an office, from 2,000 to 1,000,000.

    python -m bench.growth 2000 20000

An office of each size on SQLite, filled once and kept, one person in twenty on its call list. An outcome is recorded
and the next person claimed, with all that follows from it; a key of a search asks for what was typed so far; a page is
drawn by the program itself at a terminal of 80x24, from PageDown in the call list to the last byte of its answer.
95 of 100 take no longer than what is said. Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import search
from bench.measuring import kept_home, percentile, say, spread
from bench.people import NOW
from bench.plot import Line, plot
from bench.result import Measured
from bench.terminal_peer import Watched, watched
from store import open_store
from store.rows import Card
from store.rules.outcomes import Outcome

_SIZES: Final = (2_000, 20_000, 200_000, 1_000_000)
_NAMES: Final = ("outcome and next person", "key of a search", "page drawn")
_CLAIMS: Final = 60
_PAGES: Final = ("pagedown", "pagedown", "pageup", "pageup") * 8


async def _desk(home: Path) -> dict[str, list[float]]:
    store = await open_store(home, clock=lambda: NOW)
    card, claims = await store.queue.claim(), list[float]()
    for _ in range(_CLAIMS):
        if not isinstance(card, Card):
            break
        started = perf_counter()
        card = (await store.queue.outcome(card, Outcome.NO_ANSWER)).next
        claims.append((perf_counter() - started) * 1000)
    keys = await search.keys(store)
    await store.close()
    return dict(zip(_NAMES, (claims, keys), strict=False))


def _pages(home: Path) -> list[float]:
    """Milliseconds from PageDown to the last byte, page after page."""
    command = (str(Path(sys.executable).with_name("loket")), "--home", str(home))
    with watched(command) as terminal:
        terminal.first_screen(lambda: any("F2" in line for line in terminal.display))
        terminal.settle("f2", partial(_is_another, terminal, terminal.display))
        times = list[float]()
        for key in _PAGES:
            times.append(terminal.settle(key, partial(_is_another, terminal, terminal.display)) * 1000)
    return times


def _is_another(terminal: Watched, before: list[str]) -> bool:
    return terminal.display != before


def _grown(size: int) -> Iterator[tuple[str, list[float]]]:
    kept = asyncio.run(kept_home(size))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "office"
        shutil.copytree(kept, home)  # outcomes change it: the next run finds it as this one did
        yield from asyncio.run(_desk(home)).items()
        yield _NAMES[2], _pages(home)


def _what(name: str, size: int) -> str:
    return f"{name}, {size:,} people, p95"


def _measure(sizes: Sequence[int]) -> list[Measured]:
    found = {}
    for size in sizes:
        for name, times in _grown(size):
            say(f"{size:9,} people, {name}: {spread(times)}")
            p95 = percentile(times, 95)
            found[name, size] = Measured(_what(name, size), "", p95, None, "ms", None, spread(times))
    return [found[name, size] for name in _NAMES for size in sizes]


def run(quick: bool = False) -> list[Measured]:
    """All sizes (quick: 1,000 and 4,000)."""
    return _measure((1_000, 4_000) if quick else _SIZES)


def picture(rows: Sequence[Measured]) -> str:
    """The figures of a full run as SVG."""
    found = {row.what: row.ours for row in rows}
    lines = [Line(name, [(size, found[_what(name, size)]) for size in _SIZES]) for name in _NAMES]
    return plot(lines, across="people in the office", up="milliseconds, 95 of 100 take no longer")


def main() -> None:
    _measure([int(size) for size in sys.argv[1:]])


if __name__ == "__main__":
    main()
