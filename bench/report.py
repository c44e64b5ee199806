"""The page of what the benches found: docs/benchmarks.md, and the picture of growth beside it."""

from __future__ import annotations

import ast
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.cluster import find_binaries
from bench.measuring import ROOT
from bench.result import Measured

PAGE: Final = ROOT / "docs" / "benchmarks.md"
PICTURE: Final = ROOT / "docs" / "growth.svg"
_HEAD: Final = """# Loket beside others

`make bench` measures all of this in one run and writes this page; `python -m bench --quick` shows with small numbers
that everything still runs. Peers are programs that are started beside Loket, in turn, on the same files and the same
machine; nothing of Loket uses them. The ratio is what Loket takes divided by what the peer takes: below 1 is less. An
aim is the most that the ratio may be, or the figure itself where there is no peer. What is missed is said as well.

Measured on {machine}.
"""


def sentence(row: Measured) -> str:
    """A row as a line for whoever watches."""
    parts = [f"{row.what}: {figure(row.ours, row.unit)}"]
    if row.peer:
        parts.append(f"{row.peer} {figure(row.theirs, row.unit)}")
    if row.ratio is not None:
        parts.append(f"ratio {row.ratio:.2f}")
    if row.aim is not None:
        parts.append(f"aim {row.aim:g}{'' if row.peer else f' {row.unit}'.rstrip()}, {_met(row)}")
    return ", ".join(parts) + (f" ({row.note})" if row.note else "")


def figure(value: float | None, unit: str) -> str:
    """Three digits are enough to tell machines apart, fewer runs."""
    if value is None:
        return "not measured"
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def _met(row: Measured) -> str:
    return "not measured" if row.met is None else "met" if row.met else "**not met**"


def page(found: Mapping[str, Sequence[Measured]], machine: str) -> str:
    """The whole page: a part for each bench."""
    parts = [_HEAD.format(machine=machine)]
    for name, rows in found.items():
        parts.append(f"## {name.capitalize()}\n\n{_about(name)}\n\n{_table(rows)}")
        if name == PICTURE.stem:
            parts.append(f"![The figures above as lines]({PICTURE.name})\n")
    return "\n".join(parts)


def _about(name: str) -> str:
    """The first sentence of the module, its command, as the page says it."""
    text = ast.get_docstring(ast.parse((ROOT / "bench" / f"{name}.py").read_text(encoding="utf-8"))) or ""
    return f"{text.split(chr(10) * 2)[0]} (`bench/{name}.py`)"


def _table(rows: Sequence[Measured]) -> str:
    lines = ["| what | Loket | beside | takes | ratio | aim | |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        theirs = figure(row.theirs, row.unit) if row.peer else ""
        aim = "" if row.aim is None else f"{row.aim:g}" if row.peer else figure(row.aim, row.unit)
        met = "" if row.aim is None else _met(row)
        lines.append(f"| {row.what} | {figure(row.ours, row.unit)} | {row.peer} | {theirs} | {ratio} | {aim} | {met} |")
    notes = [f"- {row.what}: {row.note}" for row in rows if row.note]
    return "\n".join([*lines, *(["", *notes] if notes else []), ""])


def machine() -> str:
    """What it ran on, without a name or a place: processor, memory and the versions that matter."""
    from cysqlite import _cysqlite as sqlite

    processor = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE)
    said = [
        processor[1].strip() if processor else platform.machine(),
        f"{len(os.sched_getaffinity(0))} cores",
        f"{int(memory[1]) / 1024**2:.0f} GB of memory" if memory else "",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite.sqlite_version}",
        _postgres(),
    ]
    return ", ".join(part for part in said if part)


def _postgres() -> str:
    binaries = find_binaries()
    if binaries is None:
        return "without PostgreSQL"
    said = subprocess.run([str(binaries / "postgres"), "--version"], check=True, capture_output=True, text=True).stdout
    version = re.search(r"\d+(\.\d+)?", said)
    return f"PostgreSQL {version[0]}" if version else "PostgreSQL"


def write(found: Mapping[str, Sequence[Measured]]) -> None:
    """Writes the page, and the picture of growth."""
    from bench.growth import picture

    PICTURE.write_text(picture(found["growth"]), encoding="utf-8")
    PAGE.write_text(page(found, machine()), encoding="utf-8")
