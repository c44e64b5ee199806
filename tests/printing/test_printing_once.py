"""Vouchers through a real CUPS while the processes that print them, and CUPS itself, are killed at any moment.

At the end every voucher is on paper. None came out twice but where CUPS itself printed anew what it had under way when
it was killed, and there a person was asked; none is missing where nobody was asked.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from store import Store
from store.print_rows import PrintJobRow, Wanted
from store.rules.printing import MOVING, Document, JobState, Route, chunks
from tests.cups import QUEUE, Faults, PrivateCups, pages, wait_until
from tests.store.office import Office

S = JobState
ROOT = Path(__file__).parents[2]


@dataclass
class Tally:
    """What happened to the vouchers of a run."""

    vouchers: int
    kills: int  # deaths that come
    killed: Counter[str] = field(default_factory=Counter)
    jobs: Counter[str] = field(default_factory=Counter)  # by the state in which a person found them
    by_cups: set[str] = field(default_factory=set)  # vouchers that CUPS printed anew by itself, and a person was asked
    twice: set[str] = field(default_factory=set)  # that came out twice and nobody was asked
    lost: set[str] = field(default_factory=set)  # that did not come out and nobody was asked
    right: set[str] = field(default_factory=set)


class Nursery:
    """The process that forks those who print."""

    def __init__(self, office: Office) -> None:
        command = [sys.executable, "-m", "tests.printing.print_nursery", str(office.home), office.url]
        self._process = subprocess.Popen(
            [*command, office.clock.now.isoformat()], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def fork(self) -> int:
        """A new process that prints."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def nursery(office: Office, ani: Store) -> Iterator[Nursery]:
    made = Nursery(office)
    yield made
    made.close()


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def printed_and_killed(
    office: Office, nursery: Nursery, cups: PrivateCups, store: Store, chance: random.Random, tally: Tally
) -> None:
    """Those who print work until nothing moves; so many deaths come at moments by chance."""
    pid = nursery.fork()
    while True:
        await asyncio.sleep(chance.uniform(0.01, 0.5))
        assert not (faults := office.home / "faults").exists(), faults.read_text()
        if tally.killed.total() < tally.kills:
            if chance.random() < 0.3:
                cups.kill()
                tally.killed["cupsd"] += 1
                if chance.random() < 0.5:  # the machine lost power: both are gone
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                    tally.killed["printing"] += 1
                await asyncio.sleep(chance.uniform(0, 0.2))
                cups.start()
            elif alive(pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                tally.killed["printing"] += 1
        if not alive(pid):
            if not any(job.state in MOVING for job in await store.printing.jobs()):
                return
            pid = nursery.fork()


async def run(
    office: Office, store: Store, nursery: Nursery, cups: PrivateCups, vouchers: int, kills: int, seed: int
) -> Tally:
    """Prints the vouchers through all deaths, `DEATHS` a batch, with a person who looks at the paper of each job."""
    chance = random.Random(seed)
    await store.office.set_setting("printing.server", cups.socket)
    cups.break_it(Faults(slow=0.02))
    tally, batch = Tally(0, 0), 0
    while (left := kills - tally.killed.total()) > 0 and batch < MOST * kills / DEATHS:
        names = [f"B{batch}V{n:04d}" for n in range(1, vouchers + 1)]
        batch, tally.vouchers, tally.kills = batch + 1, tally.vouchers + vouchers, kills - left + min(left, DEATHS)
        store = await print_all(office, store, nursery, cups, names, chance, tally)
        sys.stderr.write(f"\n{told(tally)}" if kills > DEATHS else "")
    titles: dict[str, set[str]] = {}
    for sheet in cups.paper():
        titles.setdefault(sheet.page, set()).add(sheet.title)
    # Loket itself never sends anything again that reached paper.
    tally.twice |= {page for page, names in titles.items() if len(names) > 1}
    assert set(titles) == tally.right
    await store.close()
    return tally


async def print_all(
    office: Office,
    store: Store,
    nursery: Nursery,
    cups: PrivateCups,
    names: list[str],
    chance: random.Random,
    tally: Tally,
) -> Store:
    """A batch of vouchers, until all are right; the office as it was opened last."""
    seen: Counter[str] = Counter()
    while wanted := [name for name in names if name not in tally.right]:
        on_pages = await reserve(store, wanted)
        await store.close()  # so whoever is forked next takes its jobs over
        store = await office.open()
        await printed_and_killed(office, nursery, cups, store, chance, tally)
        assert wait_until(lambda: cups.devices() == [])  # nobody judges paper while the printer runs
        paper = Counter(sheet.page for sheet in cups.paper())
        for job in await store.printing.jobs():
            await look(store, job, on_pages[job.job_id], paper - seen, tally)
        seen = paper
    return store


async def reserve(store: Store, names: list[str]) -> dict[int, list[str]]:
    """Jobs for these vouchers; what stands on the pages of each."""
    parts, rest = [], names
    for size in chunks(len(names)):
        parts.append(rest[:size])
        rest = rest[size:]
    wanted = [Wanted(Document.VOUCHER, Route(QUEUE), pages(part), (None,) * len(part)) for part in parts]
    return {job.job_id: part for job, part in zip(await store.printing.reserve(wanted), parts, strict=True)}


async def look(store: Store, job: PrintJobRow, names: list[str], paper: Counter[str], tally: Tally) -> None:
    """A person takes the sheets of a job and says what is right."""
    tally.jobs[job.state] += 1
    missing = [page for page, name in enumerate(names, start=1) if not paper[name]]
    again = {name for name in names if paper[name] > 1}
    if job.state == S.SAID:
        tally.twice |= again
        tally.lost |= {names[page - 1] for page in missing}
    else:
        assert job.state == S.DOUBTFUL
        tally.by_cups |= again
    await store.printing.looked(job, missing)
    tally.right |= {name for name in names if paper[name]}


def told(tally: Tally) -> str:
    """The figures in one line."""
    return (
        f"{tally.vouchers} vouchers, killed: {dict(tally.killed)}, jobs: {dict(tally.jobs)},"
        f" twice {len(tally.twice)}, lost {len(tally.lost)}, printed anew by cupsd and asked {len(tally.by_cups)}"
    )


def check(tally: Tally) -> None:
    assert (tally.twice, tally.lost) == (set(), set()), told(tally)
    assert len(tally.right) == tally.vouchers


FORGETFUL, MINDFUL = "DirtyCleanInterval 30", "DirtyCleanInterval 0"
"""When cupsd writes down what became of its jobs: as delivered (after a kill it knows them as they came in), or at once
(after a kill it prints what it had under way once more)."""

DEATHS = 50
"""So many come to a batch; a run of more has more batches."""

MOST = 4
"""So many times the batches that would do, when deaths come to a batch that is over before."""


@pytest.mark.parametrize("cups", [MINDFUL], indirect=True)
async def test_through_deaths_every_voucher_is_printed_once_or_asked(
    office: Office, ani: Store, nursery: Nursery, cups: PrivateCups
) -> None:
    tally = await run(office, ani, nursery, cups, vouchers=120, kills=12, seed=5)
    check(tally)
    assert tally.killed.total() >= 3, told(tally)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("cups", [FORGETFUL, MINDFUL], indirect=True)
async def test_a_quarter_of_a_thousand_deaths_print_every_voucher_once_or_ask(
    office: Office, ani: Store, nursery: Nursery, cups: PrivateCups, seed: int
) -> None:
    tally = await run(office, ani, nursery, cups, vouchers=300, kills=250, seed=seed)
    check(tally)
    assert tally.killed.total() >= 250, told(tally)
