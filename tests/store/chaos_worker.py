"""Processes that work, race and are killed: run as `python -m tests.store.chaos_worker JOB HOME URL NOW …`.

One nursery process imports everything once and forks the others, so that fifty of them and hundreds of deaths cost
little. Each is a process of its own with its own connection, ended by SIGKILL at a moment it cannot know.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path

import psycopg  # noqa: F401 - imported before the forks, once for all
from playhouse import cysqlite_ext  # noqa: F401 - likewise

from store import Store, create_office, open_store, turns
from store.correction_imports import Taking
from store.edits import Evidence
from store.errors import NothingToUndo, OfficeExists
from store.rows import Card
from store.rules.corrections import Source
from store.rules.outcomes import Outcome
from store.schema import Participant
from store.transaction import Transaction
from store.turns import Progress, in_turns
from store.worklists import EVERYBODY

HOME, URL, NOW = Path(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4])


def now() -> datetime:
    return NOW


async def enter(login: str) -> Store:
    return await open_store(HOME, url=URL, login=login, clock=now)


def fork(job: Callable[[], Awaitable[object]]) -> int:
    """A new process that does the job; its exit status is 0 when that went well."""
    pid = os.fork()
    if pid:
        return pid
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    status = 1
    try:
        asyncio.run(_finish(job))
        status = 0
    except BaseException as error:
        with Path(HOME, "faults").open("a") as faults:
            faults.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(status)


async def _finish(job: Callable[[], Awaitable[object]]) -> None:
    await job()


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def say(fact: object) -> None:
    """The one line by which the test hears how it went."""
    sys.stdout.write(f"{json.dumps(fact)}\n")
    sys.stdout.flush()


def wait(seconds: float) -> None:
    """Until a child ends, at most so long."""
    signal.sigtimedwait([signal.SIGCHLD], seconds)


# Callers


async def call_until_nobody_is_left(login: str, log: int) -> None:
    """Claims and records; writes a line when it was given a person and when it has recorded an outcome."""
    store = await enter(login)
    card = await store.queue.claim()
    while True:
        if isinstance(card, Card):
            os.write(log, f"given {card.item_id} {card.token}\n".encode())
            served = await store.queue.outcome(card, Outcome.REFUSED)
            os.write(log, f"{'done' if served.applied else 'late'} {card.item_id} {card.token}\n".encode())
            card = served.next
        elif card.held or card.waiting:
            await asyncio.sleep(0.01)
            card = await store.queue.claim()
        else:
            break
    await store.close()


def callers(processes: int, kills: int, seed: int, pause: int = 80) -> None:
    """So many callers at work; so many are killed at random, and replaced, until everybody was called.

    `pause` is the most milliseconds from one death to the next.
    """
    rng = random.Random(seed)
    born = 0

    def bear() -> int:
        nonlocal born
        born += 1
        log = os.open(HOME / f"log-{born}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        login = f"p{born % processes}"
        pid = fork(lambda: call_until_nobody_is_left(login, log))
        os.close(log)
        return pid

    began = time.monotonic()
    alive = {bear() for _ in range(processes)}
    killed = 0
    while alive:
        if killed < kills:
            wait(rng.uniform(0.0, pause / 1000))
            victim = rng.choice(sorted(alive))
            os.kill(victim, signal.SIGKILL)
            killed += 1
        else:
            wait(0.5)
        for pid in sorted(alive):
            reaped, status = os.waitpid(pid, os.WNOHANG)
            if reaped:
                alive.discard(pid)
                if os.waitstatus_to_exitcode(status) == -signal.SIGKILL:
                    alive.add(bear())
    say({"killed": killed, "seconds": time.monotonic() - began})


# Imports


async def bring_in(path: Path, ready: int) -> None:
    store = await enter("ani")
    plan = await store.imports.plan(path)
    os.write(ready, b"!")
    await store.imports.apply(plan)
    os.write(ready, b"!")
    await store.close()


def imports(path: Path, kills: int, seed: int) -> None:
    """Imports the file again and again, killed somewhere in its transaction or just after, and says what each left.

    One that nobody kills tells how long the others take.
    """
    rng = random.Random(seed)
    left: dict[str, int] = {}
    whole, span = import_until(path, None)
    for _ in range(kills):
        counts, took = import_until(path, rng.uniform(0.2 * span, 1.3 * span))
        left[counts] = left.get(counts, 0) + 1
        span = (span + took) / 2 if counts == whole else span  # the machine has more or less to do by now
    say({"whole": whole, "left": left})


def import_until(path: Path, seconds: float | None) -> tuple[str, float]:
    """What an import leaves that dies so long after its write began, None: by itself; and how long it wrote."""
    read, write = os.pipe()
    pid = fork(lambda: bring_in(path, write))
    os.close(write)
    os.read(read, 1)
    began = time.monotonic()
    if seconds is None or select.select([read], [], [], seconds)[0]:
        os.read(read, 1)
        took = time.monotonic() - began
        wait(0.0 if seconds is None else max(0.0, seconds - took))
    else:
        took = seconds
    if seconds is not None:
        os.kill(pid, signal.SIGKILL)
    os.close(read)
    ended(pid)
    counts = "/".join(map(str, counted()))
    forget()
    assert counted()[0] == 0, "the next one would find everybody there"
    return counts, took


def counted() -> tuple[int, ...]:
    """People, numbers, people on lists, files known, entries of imports in the trail."""
    from store.database import open_database

    database = open_database(URL)
    database.connect()
    tables = ("participant", "phone", "queue_item", "imported_file", "audit WHERE action = 'import.participants'")
    counts = [database.peewee.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    undone = database.peewee.execute_sql("SELECT count(*) FROM audit WHERE undo_of IS NOT NULL").fetchone()[0]
    database.close()
    return (*counts[:4], counts[4] - undone)


def forget() -> None:
    """Takes a whole import back, so that the next one begins on an empty office."""

    async def undo() -> None:
        store = await enter("ani")
        from store.rows import UndoRef

        # Behind it stand who came in and went since; those imports that were taken back before are told as such.
        newest = next((each for each in await store.audit.entries(20) if each.action == "import.participants"), None)
        with contextlib.suppress(NothingToUndo):
            if newest is not None:
                await store.undo.undo(UndoRef(newest.audit_id, newest.action))
        assert await store.audit.verify() is None
        await store.close()

    assert ended(fork(undo)) == 0


# Races


async def found_office() -> None:
    try:
        await create_office(HOME, url=URL, login="ani", clock=now)
    except OfficeExists:
        os._exit(2)


async def come_in() -> None:
    store = await enter("ani")
    await store.close()


def race(processes: int, job: Callable[[], Awaitable[object]]) -> None:
    """Everybody at once; how they ended, by exit status."""
    gate, start = os.pipe()

    async def at_the_gate() -> None:
        os.close(start)
        os.read(gate, 1)
        await job()

    pids = [fork(at_the_gate) for _ in range(processes)]
    os.close(start)
    statuses = [ended(pid) for pid in pids]
    say({str(status): statuses.count(status) for status in sorted(set(statuses))})


async def hold_one(login: str) -> None:
    """Claims a person, says so, and sits there until killed."""
    store = await enter(login)
    card = await store.queue.claim()
    assert isinstance(card, Card)
    say(card.kpj)
    await asyncio.to_thread(sys.stdin.readline)


def told(progress: Progress) -> None:
    """Says how far the work is, and waits for a word."""
    say([progress.done, progress.of])
    sys.stdin.readline()


async def note_all(login: str) -> None:
    """Notes of everybody that they work, in turns; says after each how far it is, and sits there until killed."""
    store = await enter(login)
    ids = await store.worklists.ids("status-unknown", EVERYBODY)
    await store.worklists.set_active(ids, True, Evidence(Source.COMPANY, why="daftar karyawan"), told)


async def erase_all(login: str, number: str) -> None:
    """Carries a list of people's data out in the same way, a portion a turn however quick the machine is."""
    turns._LONGEST = 0.0
    store = await enter(login)
    await store.erasures.run(int(number), told)


async def take_fixes(login: str, file: str) -> None:
    """Takes a file of corrections in the same way."""
    store = await enter(login)
    plan = await store.correction_imports.plan(HOME / "MASUK" / file)
    await store.correction_imports.apply(Taking(plan), None, told)


async def sit_in_a_turn(login: str) -> None:
    """Writes to everybody in turns, and sits in the middle of one: says what was acknowledged, and what was written."""
    store = await enter(login)
    ids = await store.worklists.ids("status-unknown", EVERYBODY)
    done, so_far, portions = [0], 0, 0

    def change(tx: Transaction, some: Sequence[int]) -> None:
        nonlocal so_far, portions
        tx.audit("correction.status")
        for participant_id in some:
            tx.update(Participant, participant_id, active=True)
        so_far, portions = done[-1] + len(some), portions + 1
        if portions > 2:
            say([done[-1], so_far])
            sys.stdin.readline()

    await in_turns(store._link, change, ids, 4, lambda progress: done.append(progress.done))


def main() -> None:
    job, rest = sys.argv[1], sys.argv[5:]
    if job == "hold":
        asyncio.run(hold_one(rest[0]))
        return
    if job == "call-all":
        log = os.open(HOME / "log-calls", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        asyncio.run(call_until_nobody_is_left(rest[0], log))
        return
    if job == "note-all":
        asyncio.run(note_all(rest[0]))
        return
    if job == "sit-in-a-turn":
        asyncio.run(sit_in_a_turn(rest[0]))
        return
    if job == "erase":
        asyncio.run(erase_all(*rest))
        return
    if job == "take-fixes":
        asyncio.run(take_fixes(*rest))
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    with contextlib.suppress(FileExistsError):
        HOME.mkdir()
    if job == "callers":
        callers(*map(int, rest))
    elif job == "imports":
        imports(Path(rest[0]), int(rest[1]), int(rest[2]))
    elif job == "found":
        race(int(rest[0]), found_office)
    elif job == "come-in":
        race(int(rest[0]), come_in)
    else:
        raise SystemExit(64)


if __name__ == "__main__":
    main()
