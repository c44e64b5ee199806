"""How fast ten thousand transactions meet their paper: invented claims, a real store, seconds.

    python -m bench.matching 10000

Prints the seconds, and of these the processor time of this process: of reading the listing as .xlsx, of taking it, of
receiving the paid files with their transactions, of the rule alone, and of checking the day through the store. Nothing
here is used by Loket itself.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Final, TypeVar

import xlsxwriter

from bench.measuring import say
from bench.result import Measured
from store import create_office, open_store
from store.rules.matching import compare, pair

T = TypeVar("T")

_AIM: Final = 1.0  # s
_DAY = date(2023, 7, 31)
_FIRST = ("AHMAD", "BUDI", "CITRA", "DEWI", "EKA", "FAJAR", "GITA", "HASAN", "SOEPARDI", "DJOKO", "TJIPTO")
_LAST = ("HARAHAP", "NASUTION", "SIREGAR", "LUBIS", "GINTING", "HUTAPEA", "TANJUNG", "KOTO", "WIJAYA")
_LISTING = ("KODE TRANSAKSI", "TANGGAL", "NAMA AKUN", "SUB LEDGER", "DEBET", "KREDIT", "KETERANGAN")
_PAID = ("PROGRAM", "NO KPJ", "NAMA PESERTA", "PENERIMA", "JUMLAH PENETAPAN", "TGL BAYAR")


def _write(path: Path, headings: tuple[str, ...], rows: list[tuple[str | int, ...]]) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("LISTING")
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return path


def _files(folder: Path, count: int) -> tuple[Path, Path]:
    """A listing of so many transactions, and a list of their papers: one in ten differs, one in fifty is missing."""
    chance = random.Random(56)
    lines: list[tuple[str | int, ...]] = []
    papers: list[tuple[str | int, ...]] = []
    for n in range(count):
        name, kpj = f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {n % 97}", f"99{n:09}"
        program, amount = chance.choice(("JHT", "JKK", "JKM", "JP")), chance.randrange(500_000, 60_000_000)
        code, day = f"31-07-2023 T0017 {n:08}", "31-07-2023"
        text = f"PEMBAYARAN {program} A/N {name} KPJ {kpj}"
        lines.append((code, day, f"BEBAN JAMINAN {program}", name, amount, 0, text))
        lines.append((code, day, "BANK OPERASIONAL", name, 0, amount, text))
        if chance.random() < 0.98:
            off = chance.choice((0,) * 19 + (90_000,))
            other = "ORANG LAIN" if chance.random() < 0.05 else f"H. {name}"
            papers.append((program, kpj, other, name, amount + off, day))
    chance.shuffle(papers)
    return _write(folder / "listing.xlsx", _LISTING, lines), _write(folder / "paid.xlsx", _PAID, papers)


def _told(what: str, started: tuple[float, float], took: dict[str, float]) -> None:
    seconds, processor = perf_counter() - started[0], process_time() - started[1]
    took[what] = seconds
    say(f"{what:32} {seconds:7.2f} s {processor:7.2f} s of processor")


async def _timed(what: str, took: dict[str, float], work: Callable[[], Awaitable[T]]) -> T:
    started = perf_counter(), process_time()
    result = await work()
    _told(what, started, took)
    return result


async def _day(count: int) -> dict[str, float]:
    """Seconds of each step."""
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "office"
        listing, papers = _files(Path(name), count)
        await create_office(home, login="bench")
        store = await open_store(home, login="bench")
        plan = await _timed("listing read", took, lambda: store.listings.plan(listing))
        await _timed("listing taken", took, lambda: store.listings.apply(plan))
        paid = await _timed("paid files read and matched", took, lambda: store.listings.paid_plan(papers))
        started = perf_counter(), process_time()
        found = pair(plan.new, paid.new)
        verdicts = [compare(plan.new[index], paid.new[place]).verdict for index, place in found.items()]
        _told(f"the rule alone, {len(verdicts)} pairs", started, took)
        await _timed("paid files received", took, lambda: store.listings.paid_apply(paid))
        await _timed("day checked", took, lambda: store.listings.check(_DAY))
        await store.close()
    return took


def run(quick: bool = False) -> list[Measured]:
    """A day of 10,000 transactions (quick: 500)."""
    count = 500 if quick else 10_000
    took = asyncio.run(_day(count))
    note = ", ".join(f"{what} {seconds:.2f} s" for what, seconds in took.items())
    return [Measured(f"a day of {count:,} transactions checked", "", took["day checked"], None, "s", _AIM, note)]


if __name__ == "__main__":
    asyncio.run(_day(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
