"""How long a merge of many sheets takes, and how much memory, beside openpyxl doing the same and unzip only unpacking.

    python -m bench.merge 800 30
    python -m bench.merge FILE.xlsx

The first form makes a workbook of so many sheets with so many rows each, with headings in two spellings and orders.
Every peer is a program of its own, started in turn; seconds are of the processor, its children included, and of the
clock, the best of three, because other work on the machine makes only the worse ones. Memory is the highest of any one
process. openpyxl takes the header row it is told and aligns by name, so that it does the least of what a merge is.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from shutil import which
from typing import Final

from bench.measuring import program, say, version
from bench.result import Measured

_AIM: Final = 0.1
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


def peers(source: Path, folder: Path) -> dict[str, list[str]]:
    loket = [sys.executable, "-m", "tui.__main__", "merge", str(source), "-o"]
    other = [sys.executable, "-c", _OPENPYXL, str(source)]
    found = {
        "loket merge": [*loket, str(folder / "loket.xlsx")],
        "loket merge to .csv": [*loket, str(folder / "loket.csv")],
        "openpyxl": [*other, str(folder / "openpyxl.xlsx"), "whole"],
        "openpyxl, streaming": [*other, str(folder / "streams.xlsx"), "streams"],
    }
    if which("unzip"):
        found["unzip -p"] = ["unzip", "-p", str(source)]
    return found


def _best(source: Path, folder: Path, rounds: int) -> dict[str, tuple[float, float, float]]:
    """Of each program the least processor seconds, seconds and megabytes of the rounds."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(rounds):
        for name, command in peers(source, folder).items():
            found.setdefault(name, []).append(program(command))
    best = {
        name: (min(e[0] for e in each), min(e[1] for e in each), min(e[2] for e in each))
        for name, each in found.items()
    }
    least = best["loket merge"][0]
    for name, (used, took, memory) in best.items():
        say(f"{name:22} {used:6.2f} s of processor, {took:6.2f} s, {memory:5.0f} MB; Loket takes {least / used:.3f}")
    return best


def run(quick: bool = False) -> list[Measured]:
    """800 sheets of 30 rows (quick: 20 sheets)."""
    sheets, rows = (20 if quick else 800), 30
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        source = folder / "source.xlsx"
        make(source, sheets, rows)
        best = _best(source, folder, 1 if quick else _ROUNDS)
    ours, whole, streams = (best[name] for name in ("loket merge", "openpyxl", "openpyxl, streaming"))
    what = f"{sheets} sheets of {rows} rows into one"
    peer, unpacked = version("openpyxl"), best["unzip -p"][0] if "unzip -p" in best else None
    note = "" if unpacked is not None else "unzip is not installed here (Debian: apt-get install unzip)"
    return [
        Measured(f"{what}, processor", f"{peer}, streaming", ours[0], streams[0], "s", _AIM),
        Measured(f"{what}, processor", f"{peer}, whole workbooks", ours[0], whole[0], "s", _AIM),
        Measured(f"{what}, processor", "unzip -p, only unpacking", ours[0], unpacked, "s", None, note),
        Measured(f"{what}, memory", f"{peer}, streaming", ours[2], streams[2], "MB", None),
    ]


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        source = Path(sys.argv[1])
        if len(sys.argv) > 2:
            source = folder / "source.xlsx"
            make(source, int(sys.argv[1]), int(sys.argv[2]))
        _best(source, folder, _ROUNDS)


if __name__ == "__main__":
    main()
