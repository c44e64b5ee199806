"""From a key to the settled screen in a list of 100,000 people, beside VisiData on what Loket exports.

    python -m bench.moving

The same keys go to both. A screen is right when the person who must stand under the cursor does: in Loket's list on the
line with the mark, in VisiData on the reversed line; the next one after `down`, somebody further on after `pagedown`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bench.measuring import beside, say, spread
from bench.result import Measured
from bench.terminal_peer import Watched, installed, office, rows, watched

_AIM: Final = 0.35
_PAGE: Final = range(5, 40)
"""So many rows are one page, in either program."""

Person = tuple[str, str]
"""Name and company, in VisiData KPJ and NIK, which come first there; on a screen perhaps cut off."""

Under = Callable[[Watched], Person]
"""Who is under the cursor; two empty texts for nobody."""


def _marked(terminal: Watched) -> Person:
    line = next((line for line in terminal.display if line.startswith("»")), "")
    return _shown(line[4:29]), _shown(line[30:47])


def _reversed(terminal: Watched) -> Person:
    lines = terminal.display
    chosen = [y for y, row in enumerate(terminal.screen.seen()) if y > 1 and "reverse" in row[1][3]]
    cells = lines[chosen[0]].split("│") if chosen else ["", ""]
    return _shown(cells[0]), _shown(cells[1])


def _shown(cell: str) -> str:
    return cell.strip().rstrip("…").strip()


def _walk(terminal: Watched, people: Sequence[Person], turns: int, under: Under) -> list[float]:
    """Milliseconds of each key."""
    at, took = 0, list[float]()
    for key, steps in (("down", range(1, 2)), ("pagedown", _PAGE), ("up", range(1, 2)), ("pageup", _PAGE)):
        way = -1 if "up" in key else 1
        for _ in range(turns):
            near = [at + way * step for step in steps if 0 <= at + way * step < len(people)]

            took.append(terminal.settle(key, partial(_right, terminal, under, people, near)) * 1000)
            at = _there(terminal, under, people, near)[0]
    return took


def _there(terminal: Watched, under: Under, people: Sequence[Person], near: Sequence[int]) -> list[int]:
    """Which of these places the cursor may be on."""
    name, company = under(terminal)
    return [at for at in near if name and people[at][0].startswith(name) and people[at][1].startswith(company)]


def _right(terminal: Watched, under: Under, people: Sequence[Person], near: Sequence[int]) -> bool:
    return bool(_there(terminal, under, people, near))


def _people(file: Path) -> list[Person]:
    return [(row[0], row[1]) for row in rows(file)]


def run(quick: bool) -> list[Measured]:
    """p50 and p95 of a key; quick is a few keys among 2,000 people."""
    made, visidata = office(2_000 if quick else 100_000), installed("vd")
    turns = 4 if quick else 30
    theirs: list[float] | None = None
    with watched(made.loket) as terminal:
        terminal.first_screen(lambda: "F9 " in terminal.text)
        terminal.settle("f2", lambda: bool(_marked(terminal)[0]))
        ours = _walk(terminal, _people(made.listed), turns, _marked)
    say(f"Loket    {spread(ours)}")
    if visidata is not None:
        with watched((visidata, str(made.csv))) as terminal:
            terminal.first_screen(lambda: f"{made.count} rows" in terminal.display[-1])
            theirs = _walk(terminal, _people(made.csv), turns, _reversed)
        say(f"VisiData {spread(theirs)}")
    return beside(f"a key in a list of {made.count:,}", "VisiData", ours, theirs, _AIM)


if __name__ == "__main__":
    run(quick=False)
