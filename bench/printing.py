"""How long 300 vouchers take to reach paper, against `lp` with a page at a time.

    python -m bench.printing 300

A private CUPS with a device that writes down its pages, as the tests have it: nothing of it is a real printer, so what
is measured is the way there. Loket: jobs of 10 to 25 pages, each kept, held, released and followed to its end, with the
trail. `lp`: one page a job, as people print single vouchers by hand, without any of that. Both end with the last page.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.measuring import say
from bench.result import Measured
from printing.desk import PrintDesk
from store import create_office, open_store
from store.print_rows import Wanted
from store.rules.printing import Document, JobState, Route, chunks
from tests.cups import INSTALL_HINT, QUEUE, PrivateCups, find_cupsd, pages, private_cups, wait_until

_AIM: Final = 0.1
_NOW = datetime(2023, 7, 31, 2, tzinfo=UTC)


async def _loket(server: PrivateCups, folder: Path, names: list[str]) -> float:
    home = folder / "office"
    await create_office(home, login="bench", clock=lambda: _NOW)
    store = await open_store(home, login="bench", clock=lambda: _NOW)
    await store.office.set_setting("printing.server", server.socket)
    rest, wanted = names, []
    for size in chunks(len(names)):
        wanted.append(Wanted(Document.VOUCHER, Route(QUEUE), pages(rest[:size]), (None,) * size))
        rest = rest[size:]
    started = perf_counter()
    await store.printing.reserve(wanted)
    rows = await PrintDesk(store).settle()
    took = perf_counter() - started
    assert [row.state for row in rows] == [JobState.SAID] * len(wanted)
    await store.close()
    return took


def _lp(server: PrivateCups, folder: Path, names: list[str]) -> float:
    files = [folder / f"{name}.pdf" for name in names]
    for name, path in zip(names, files, strict=True):
        path.write_bytes(pages([name]))
    environment = {"CUPS_SERVER": server.socket, "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    started = perf_counter()
    for path in files:
        subprocess.run(["lp", "-s", "-d", QUEUE, str(path)], env=environment, check=True)
    assert wait_until(lambda: len(server.paper()) == len(names), 600)
    return perf_counter() - started


def _measure(count: int) -> list[Measured]:
    what = f"{count} vouchers to the last page"
    if find_cupsd() is None:
        return [Measured(what, "lp, a page a job", 0, None, "s", _AIM, INSTALL_HINT)]
    took: dict[str, float] = {}
    for way in ("loket", "lp"):
        names = [f"{way}{n}" for n in range(count)]
        with private_cups() as server, tempfile.TemporaryDirectory() as folder:
            if way == "loket":
                took[way] = asyncio.run(_loket(server, Path(folder), names))
            else:
                took[way] = _lp(server, Path(folder), names)
            assert [sheet.page for sheet in server.paper()] == names
    ratio = took["loket"] / took["lp"]
    say(f"{count} vouchers: Loket {took['loket']:.2f} s, lp {took['lp']:.2f} s, ratio {ratio:.3f}")
    return [Measured(what, "lp, a page a job", took["loket"], took["lp"], "s", _AIM)]


def run(quick: bool = False) -> list[Measured]:
    """300 vouchers (quick: 12)."""
    return _measure(12 if quick else 300)


def main() -> None:
    _measure(int(sys.argv[1]))


if __name__ == "__main__":
    main()
