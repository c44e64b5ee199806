"""From a letter of a search to the settled screen among 100,000 people, beside fzf on the same lines.

    python -m bench.filtering

The same words are typed letter by letter into Loket's search of the list and into fzf, which looks through the same
lines; then they are taken away again. A screen is right when what was typed stands in its line; it is settled when
nothing changes any more. fzf finds by likeness, so that its rows may be others.
"""

from __future__ import annotations

import shlex
from functools import partial
from typing import Final

from bench.measuring import beside, say, spread
from bench.result import Measured
from bench.terminal_peer import Watched, installed, office, watched

_AIM: Final = 1.0
_WORDS: Final = (
    "SITI",
    "ZULKIFLI",
    "NURWAN",
    "SAWIT JAYA",
    "2100001",
    "1403",
    "XYZZY",
    "BUDI SAWIT",
    "HUTAPEA",
    "WATI",
)


def _typed(terminal: Watched, prompt: str, words: tuple[str, ...]) -> list[float]:
    """Milliseconds of each letter."""
    took = []
    for word in words:
        for end in range(1, len(word) + 1):
            line = f"{prompt}{word[:end]}".rstrip()
            took.append(terminal.settle(word[end - 1], partial(_stands, terminal, line)) * 1000)
        for end in reversed(range(len(word))):
            terminal.settle("backspace", partial(_stands, terminal, f"{prompt}{word[:end]}".rstrip()))
    return took


def _stands(terminal: Watched, line: str) -> bool:
    return line in (each.strip() for each in terminal.display)


def run(quick: bool) -> list[Measured]:
    """p50 and p95 of a letter; quick is two words among 2,000 people."""
    made, fzf, words = office(2_000 if quick else 100_000), installed("fzf"), _WORDS[:2] if quick else _WORDS
    theirs: list[float] | None = None
    with watched(made.loket) as terminal:
        terminal.first_screen(lambda: "F9 " in terminal.text)
        terminal.settle("f2", lambda: any(line.startswith("»") for line in terminal.display))
        terminal.settle("/", partial(_stands, terminal, "Search:"))
        ours = _typed(terminal, "Search: ", words)
    say(f"Loket {spread(ours)}")
    if fzf is not None:
        with watched(
            ("/bin/sh", "-c", f"exec {shlex.quote(fzf)} --no-mouse < {shlex.quote(str(made.lines))}")
        ) as other:
            other.first_screen(lambda: f"{made.count}/{made.count}" in other.text)
            theirs = _typed(other, "> ", words)
        say(f"fzf   {spread(theirs)}")
    return beside(f"a letter of a search among {made.count:,}", "fzf", ours, theirs, _AIM)


if __name__ == "__main__":
    run(quick=False)
