"""From the start of the program to the first screen that can be used, beside VisiData opening the same people as CSV.

    python -m bench.start

A round starts each once, on 2,000 and on 100,000 people. Loket's first screen can be used when the way to every desk
and the counts of the day stand there; VisiData's when it has read the file, which its last line says.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bench.measuring import percentile, say
from bench.result import Measured
from bench.terminal_peer import Office, Watched, installed, office, watched

_AIMS = {2_000: 1.0, 100_000: 0.4}


def _loket(terminal: Watched) -> bool:
    return all(f"F{n} " in terminal.text for n in range(2, 10)) and "open until" in terminal.display[-1]


def _whole(count: int, terminal: Watched) -> bool:
    return f"{count} rows" in terminal.display[-1]


def _start(command: tuple[str, ...], usable: Callable[[Watched], bool]) -> float:
    with watched(command) as terminal:
        return terminal.first_screen(partial(usable, terminal))


def run(quick: bool) -> list[Measured]:
    """Median seconds of each; quick is two rounds on 2,000 people."""
    return [_measured(office(count), aim, 2 if quick else 9) for count, aim in _AIMS.items() if not quick or aim == 1.0]


def _measured(made: Office, aim: float, rounds: int) -> Measured:
    visidata, ours, theirs = installed("vd"), list[float](), list[float]()
    for _ in range(rounds):
        ours.append(_start(made.loket, _loket))
        if visidata is not None:
            theirs.append(_start((visidata, str(made.csv)), partial(_whole, made.count)))
    note = f"best {min(ours):.2f}"
    if theirs:
        note += f" and {min(theirs):.2f} s"
    say(f"{made.count:,} people: Loket {percentile(ours, 50):.2f} s, {note}")
    what, middle = f"first usable screen, {made.count:,} people", percentile(theirs, 50) if theirs else None
    return Measured(what, "VisiData, CSV", percentile(ours, 50), middle, "s", aim, note)


if __name__ == "__main__":
    run(quick=False)
