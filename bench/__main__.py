"""All benchmarks, one after the other, each in a process of its own; docs/benchmarks.md is what they found.

    python -m bench                  all, in full: writes docs/benchmarks.md and docs/growth.svg
    python -m bench search claims    these only, nothing is written
    python -m bench --quick          all with small numbers, in a few minutes, nothing is written

A bench is a module of this folder with `run(quick)`, which says what it does as it goes and returns `Measured` rows.
What is compared with, a *peer*, is another program; Loket uses none of them.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import report
from bench.measuring import ROOT, say
from bench.result import Measured

BENCHES: Final = (
    *("start", "moving", "filtering", "search", "archive", "worklists"),
    *("imports", "claims", "backup", "matching", "vouchers", "printing", "merge", "trail", "growth"),
)
"""In the order of the page. A region has a page of its own, docs/region.md, written by `bench.region`."""


def _one(name: str, quick: bool, answer: Path) -> None:
    """What the child does: one bench, its rows into a file."""
    rows = importlib.import_module(f"bench.{name}").run(quick)
    answer.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")


def _measured(name: str, quick: bool) -> list[Measured] | None:
    """The rows of a bench, or None when it failed; it has said why."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "bench", "--one", name, str(answer), *(["--quick"] if quick else [])]
        if subprocess.run(command, cwd=ROOT).returncode != 0:
            return None
        return [Measured(**row) for row in json.loads(answer.read_text(encoding="utf-8"))]


def main(arguments: Sequence[str]) -> int:
    quick, words = "--quick" in arguments, [word for word in arguments if word != "--quick"]
    if words[:1] == ["--one"]:
        _one(words[1], quick, Path(words[2]))
        return 0
    unknown = sorted(set(words) - set(BENCHES))
    if unknown:
        say(f"There is no bench {', '.join(unknown)}. There are: {', '.join(BENCHES)}")
        return 64
    found: dict[str, list[Measured]] = {}
    failed, began = [], perf_counter()
    for name in words or BENCHES:
        started = perf_counter()
        say(f"\n== {name}")
        rows = _measured(name, quick)
        if rows is None:
            failed.append(name)
            continue
        found[name] = rows
        for row in rows:
            say(f"-> {report.sentence(row)}")
        say(f"   {perf_counter() - started:.0f} s")
    say(f"\nAll took {perf_counter() - began:.0f} s.")
    if quick:
        say("These were small numbers: the aims are of the full form.")
    if failed:
        say(f"Failed, nothing is written: {', '.join(failed)}")
        return 1
    if not quick and not words:
        report.write(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
