"""How long a merge of many sheets takes, and how much memory, beside openpyxl doing the same and unzip only unpacking.

    python -m bench.merge 800 30
    python -m bench.merge FILE.xlsx

The first form makes a workbook of so many sheets with so many rows each, with headings in two spellings and orders.
Every peer is a program of its own, started in turn; seconds are of the processor, its children included, and of the
clock, the best of three, because other work on the machine makes only the worse ones. Memory is the highest of any one
process. openpyxl takes the header row it is told and aligns by name, so that it does the least of what a merge is.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

_ROUNDS = 3

_OPENPYXL = """
import sys
from openpyxl import Workbook, load_workbook
SAME = {"NO KPJ": "KPJ", "NAMA TENAGA KERJA": "NAMA"}
fast = sys.argv[3] == "streams"
out = Workbook(write_only=fast)
sheet = out.create_sheet("all") if fast else out.active
columns = []
for page in load_workbook(sys.argv[1], read_only=fast):
    order = None
    for row in page.iter_rows(values_only=True):
        if order is None:
            names = [SAME.get(cell, cell) for cell in row]
            if "KPJ" in names:
                if not columns:
                    columns = names
                    sheet.append(columns)
                order = [names.index(name) for name in columns]
        elif row[0] != "JUMLAH":
            sheet.append([row[at] for at in order])
out.save(sys.argv[2])
"""


def make(path: Path, sheets: int, rows: int) -> None:
    """A workbook of invented people, the same each time."""
    import xlsxwriter

    chance = random.Random(800)
    names = ["NO", "NPP", "KPJ", "NIK", "NAMA", "TGL_LAHIR", "UPAH", "BLTH"]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for number in range(sheets):
            page = book.add_worksheet(f"TK {number + 1:03}")
            page.write_row(0, 0, names if number % 8 else ["NO KPJ" if name == "KPJ" else name for name in names])
            for row in range(1, rows + 1):
                person = f"ORANG CONTOH {chance.randrange(10**6)}"
                page.write_row(row, 0, [row])
                for column, text in enumerate(
                    (
                        "00030283",
                        f"{chance.randrange(10**10, 10**11)}",
                        f"1403{chance.randrange(10**10):010}99",
                        person,
                    ),
                    1,
                ):
                    page.write_string(row, column, text)
                page.write_string(row, 5, "28-06-1967")
                page.write_number(row, 6, chance.randrange(3_000_000, 9_000_000))
                page.write_string(row, 7, "10-2023")


def measure(command: Sequence[str]) -> tuple[float, float, float]:
    """Processor seconds, seconds, and megabytes of one run of a program with its children."""
    started = perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    took = perf_counter() - started
    if status:
        raise SystemExit(f"{command[0]} ended with {status}")
    return used.ru_utime + used.ru_stime, took, used.ru_maxrss / 1024


def peers(source: Path, folder: Path) -> dict[str, list[str]]:
    loket = [sys.executable, "-m", "tui.__main__", "merge", str(source), "-o"]
    other = [sys.executable, "-c", _OPENPYXL, str(source)]
    return {
        "loket merge": [*loket, str(folder / "loket.xlsx")],
        "loket merge to .csv": [*loket, str(folder / "loket.csv")],
        "openpyxl": [*other, str(folder / "openpyxl.xlsx"), "whole"],
        "openpyxl, streaming": [*other, str(folder / "streams.xlsx"), "streams"],
        "unzip -p": ["unzip", "-p", str(source)],
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        source = Path(sys.argv[1])
        if len(sys.argv) > 2:
            source = folder / "source.xlsx"
            make(source, int(sys.argv[1]), int(sys.argv[2]))
        rounds: dict[str, list[tuple[float, float, float]]] = {}
        for _ in range(_ROUNDS):
            for name, command in peers(source, folder).items():
                rounds.setdefault(name, []).append(measure(command))
        least = min(used for used, _took, _memory in rounds["loket merge"])
        for name, found in rounds.items():
            used, took, memory = map(min, zip(*found, strict=True))
            part = least / used
            sys.stdout.write(
                f"{name:22} {used:6.2f} s of processor, {took:6.2f} s, {memory:5.0f} MB; Loket takes {part:.3f}\n"
            )


if __name__ == "__main__":
    main()
