"""How long an import of many people takes, with rules, search, worklists and trail, beside openpyxl merely reading.

    python -m bench.imports 100000
    python -m bench.imports 100000 postgresql:///bench

A workbook of invented people is written first. Loket plans and confirms the import through the store's door into a new
office, in a process of its own; openpyxl, in a process of its own too, walks all rows of the same file read-only and
does nothing with them. Both are started in turn, the best of the rounds counts, on the clock; the time for starting
Python and importing is left out on both sides. Nothing here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.measuring import INSTALL, ROOT, say, version
from bench.people import NOW, people
from bench.result import Measured

_AIM: Final = 0.5
_HEADINGS: Final = ("KPJ", "NIK", "NAMA", "TGL LAHIR", "NPP", "NAMA PERUSAHAAN", "HP", "EMAIL")

_OPENPYXL = """
import sys, time
from openpyxl import load_workbook
started = time.perf_counter()
rows = sum(1 for sheet in load_workbook(sys.argv[1], read_only=True) for row in sheet.iter_rows(values_only=True))
print(time.perf_counter() - started, rows)
"""


def make(path: Path, count: int) -> Path:
    """A participant list as offices send them: numbers as texts, dates as an office writes them."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("PESERTA")
        sheet.write_row(0, 0, _HEADINGS)
        for n, (kpj, nik, name, born, company, number) in enumerate(people(count), start=1):
            row = (kpj, nik, name, f"{born:%d-%m-%Y}", f"{23_150_000 + n % 900}", company, f"0{number[3:]}")
            for column, text in enumerate((*row, f"orang{n}@contoh.id" if n % 3 else "")):
                sheet.write_string(n, column, text)
    return path


async def _import(path: Path, url: str | None, home: Path) -> tuple[float, float]:
    """Seconds of planning and of the import itself."""
    from store import create_office, open_store

    await create_office(home, url=url, login="bench", clock=lambda: NOW)
    store = await open_store(home, url=url, login="bench", clock=lambda: NOW)
    started = perf_counter()
    plan = await store.imports.plan(path)
    planned = perf_counter()
    done = await store.imports.apply(plan)
    ended = perf_counter()
    assert sum(sheet.taken for sheet in done.sheets) > 0
    await store.close()
    return planned - started, ended - planned


def _loket(path: Path, url: str | None) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_import(path, url, Path(folder) / "office"))


def _answer(*arguments: str) -> list[float]:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=ROOT)
    return [float(part) for part in done.stdout.split()]


def run(quick: bool = False) -> list[Measured]:
    """Wall seconds of 100,000 rows (quick: 2,000), the best of two rounds each."""
    return _measure(2_000 if quick else 100_000, 1 if quick else 2)


def _measure(count: int, rounds: int) -> list[Measured]:
    ours, theirs = list[list[float]](), list[float]()
    installed = find_spec("openpyxl") is not None
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "peserta.xlsx", count)
        for _round in range(rounds):
            ours.append(_answer("-m", "bench.imports", "loket", str(path)))
            if installed:
                theirs.append(_answer("-c", _OPENPYXL, str(path))[0])
    planned, imported = min(ours, key=sum)
    note = f"{planned:.1f} s until the plan is shown, {imported:.1f} s from the yes on"
    if not installed:
        note += f"; openpyxl is not installed: {INSTALL}"
    what = f"import of {count:,} rows with rules, search, worklists and trail"
    found = Measured(
        what,
        f"{version('openpyxl')} reading them read-only",
        planned + imported,
        min(theirs, default=None),
        "s",
        _AIM,
        note,
    )
    say(f"{what}: {found.ours:.2f} s ({note}); openpyxl {found.theirs or float('nan'):.2f} s, ratio {found.ratio}")
    return [found]


def once(count: int, url: str) -> None:
    """Imports so many people into an empty database and says how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        planned, imported = _loket(make(Path(folder) / "peserta.xlsx", count), url)
    say(f"{count} people: planned in {planned:.1f} s, imported in {imported:.1f} s")


def main() -> None:
    if sys.argv[1] == "loket":
        planned, imported = _loket(Path(sys.argv[2]), None)
        say(f"{planned} {imported}")
    elif len(sys.argv) > 2:
        once(int(sys.argv[1]), sys.argv[2])
    else:
        _measure(int(sys.argv[1]), 2)


if __name__ == "__main__":
    main()
