"""From the start of the program to the first screen that can be used, beside VisiData opening what Loket exports.

    python -m bench.start

A round starts each once, on 2,000 and on 100,000 people: Loket from nothing, and where `loket warm` waits. Its first
screen can be used when the way to every desk and the counts of the day stand there; VisiData's when it has read the
file, which its last line says.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def _waiting(loket: str) -> Iterator[tuple[str, ...]]:
    """What goes before a command, so that it finds a process that waits for it."""
    with tempfile.TemporaryDirectory() as folder:
        place = f"LOKET_WARM={folder}"
        with subprocess.Popen(["env", place, loket, "--lang", "en", "warm"], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()  # it waits now
            yield ("env", place)
            process.terminate()


def run(quick: bool) -> list[Measured]:
    """Median seconds of each; quick is two rounds on 2,000 people."""
    found = list[Measured]()
    for count, aim in _AIMS.items():
        if not quick or aim == 1.0:
            made = office(count)
            with _waiting(made.loket[0]) as warm:
                found += _measured(made, aim, 2 if quick else 9, warm)
    return found


def _measured(made: Office, aim: float, rounds: int, before: tuple[str, ...]) -> list[Measured]:
    visidata, cold, warm, theirs = installed("vd"), list[float](), list[float](), list[float]()
    for _ in range(rounds):
        cold.append(_start(("env", "LOKET_WARM=no", *made.loket), _loket))
        warm.append(_start((*before, *made.loket), _loket))
        if visidata is not None:
            theirs.append(_start((visidata, str(made.csv)), partial(_whole, made.count)))
    middle, best = (percentile(theirs, 50), f" and {min(theirs):.2f} s") if theirs else (None, "")
    found = []
    for how, ours in (("from nothing", cold), ("`loket warm` waits", warm)):
        note = f"best {min(ours):.2f}{best}"
        say(f"{made.count:,} people, {how}: Loket {percentile(ours, 50):.2f} s, {note}")
        what = f"first usable screen, {made.count:,} people, {how}"
        found.append(Measured(what, "VisiData, CSV", percentile(ours, 50), middle, "s", aim, note))
    return found


if __name__ == "__main__":
    run(quick=False)
