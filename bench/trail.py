"""The trail asked at a million entries: one person's, one staff member's between two days, and its whole proof.

    python -m bench trail

An office of a thousand people whose trail is filled as four years of fifty people at work leave it: chains that hold,
openings and seals, a change or more for each entry. A question is asked through the store's own door; the first page
is what a screen shows, all of it what goes into a file.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any, Final

from bench.measuring import kept_database, opened, say
from bench.people import NOW, fill_office
from bench.result import Measured
from store import Store
from store.database import Database
from store.rules.trail import TrailKind
from store.sessions import opening_hash
from store.trail import TrailFilter
from store.trail_digests import change_digest, entry_digest, entry_hash

_ENTRIES, _QUICK = 1_000_000, 20_000
_PEOPLE, _STAFF, _YEARS = 1_000, 50, 4
_ASKED: Final = 60.0  # seconds: "in under a minute"
_ACTIONS: Final = (
    *(("queue.outcome",) * 60),
    *(("reveal", "counter.contact", "correction.make", "person.read", "refused", "session.start", "export.results")),
)


def _fill(count: int) -> Callable[[Database], None]:
    def fill(database: Database) -> None:
        fill_office(database, _PEOPLE)
        with database.turn(), database.writing():
            _fill_trail(database, count)

    return fill


def _fill_trail(database: Database, count: int) -> None:
    """Sessions of a day each, one after the other: written straight, with the digests of the store."""
    chance = random.Random(7)
    sql = database.peewee.execute_sql
    first = NOW - timedelta(days=365 * _YEARS)
    for n in range(_STAFF):
        sql(
            "INSERT INTO staff (login, name, section, active, founder, version, created_at)"
            " VALUES (?, ?, '', 1, 0, 1, ?)",
            (f"petugas{n:02d}", f"PETUGAS {n:02d}", _ms(first)),
        )
    staff = [row[0] for row in sql("SELECT id FROM staff WHERE login LIKE 'petugas%'").fetchall()]
    previous_id, opening = sql("SELECT id, opening FROM session ORDER BY id DESC LIMIT 1").fetchone()
    entry_id = (sql("SELECT max(id) FROM audit").fetchone()[0] or 0) + 1
    sessions = 365 * _YEARS * 2
    ends: list[tuple[int, int, str]] = []
    for n in range(sessions):
        at, size = first + timedelta(hours=12 * n), count // sessions + (n < count % sessions)
        session = {"id": previous_id + 1, "staff_id": staff[n % _STAFF], "opened_at": _ms(at)}
        session["previous_id"] = previous_id
        opening = opening_hash(opening, session, ends)
        entries, lines, head = _entries(chance, session, at, opening, entry_id, size)
        entry_id += size
        sql(
            "INSERT INTO session (id, staff_id, opened_at, previous_id, host, boot_id, pid, pid_started, last_key,"
            " ended_at, seq, head, opening) VALUES (?, ?, ?, ?, 'h', 'b', 1, 1, 0, ?, ?, ?, ?)",
            (*session.values(), _ms(at + timedelta(hours=11)), size, head, opening),
        )
        for sealed, seq, end in ends:
            sql(
                "INSERT INTO seal (session_id, sealed_by, seq, head) VALUES (?, ?, ?, ?)",
                (sealed, session["id"], seq, end),
            )
        _put(database, entries, lines)
        ends, previous_id = [(session["id"], size, head)], session["id"]
        if n % 500 == 499:
            say(f"  {entry_id:,} entries")


def _put(database: Database, entries: list[tuple[Any, ...]], lines: list[tuple[Any, ...]]) -> None:
    columns = "id, session_id, seq, at, staff_id, action, undoable, undo_of, digest, previous, hash"
    database.executemany(f"INSERT INTO audit ({columns}) VALUES (%s, %s, %s, %s, %s, %s, 0, NULL, %s, %s, %s)", entries)
    columns = "audit_id, n, table_name, row_id, participant_id, payload, salt, digest"
    database.executemany(f"INSERT INTO audit_change ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", lines)


def _entries(
    chance: random.Random, session: dict[str, int], at: datetime, head: str, first: int, size: int
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], str]:
    """The entries of a session with their lines, and the end of its chain."""
    entries, lines = [], []
    for seq in range(1, size + 1):
        action, moment = chance.choice(_ACTIONS), _ms(at + timedelta(seconds=60 * seq))
        mine = [] if action.startswith(("session", "export")) else _lines(chance, action)
        digest = entry_digest(
            {"n": n, "table_name": table, "row_id": row, "participant_id": who, "digest": each}
            for n, (table, row, who, _said, _salt, each) in enumerate(mine)
        )
        facts = (session["id"], seq, moment, session["staff_id"], action, 0, None, digest)
        link = entry_hash(head, facts)
        entries.append((first + seq - 1, session["id"], seq, moment, session["staff_id"], action, digest, head, link))
        lines += [(first + seq - 1, n, *each) for n, each in enumerate(mine)]
        head = link
    return entries, lines, head


def _lines(chance: random.Random, action: str) -> list[tuple[Any, ...]]:
    who, salt = chance.randrange(1, _PEOPLE + 1), secrets.token_hex(8)
    if action == "refused":
        said = '{"refused": "see_full_nik", "deed": "persons.whole", "times": 1}'
        return [("refusal", None, who, said, salt, change_digest(salt, said))]
    said = '{"read": "nik"}' if action == "reveal" else '{"after": {"state": "done"}, "before": {"state": "new"}}'
    tables = ("attempt", "queue_item") if action == "queue.outcome" else ("participant",)
    return [(table, who, who, said, salt, change_digest(salt, said)) for table in tables]


def _ms(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() * 1000)


async def _timed(work: Awaitable[Any]) -> tuple[float, Any]:
    began = perf_counter()
    found = await work
    return perf_counter() - began, found


async def _measure(count: int) -> list[Measured]:
    file = await kept_database(f"trail-{count}", _fill(count))
    store: Store = await opened(f"sqlite://{file}", file.parent / "trail-home", _fill(count))
    link = store._link
    ((kpj,),) = await link.gateway.run(link.database.rows, "SELECT kpj FROM participant WHERE id = 7", ())
    month, years = (date(2022, 3, 1), date(2022, 3, 31)), (date(2019, 1, 1), date(2023, 12, 31))
    asked = {
        "one person": TrailFilter(kpj=kpj),
        "one staff member, a month": TrailFilter(staff="petugas07", start=month[0], end=month[1]),
        "one staff member, four years": TrailFilter(staff="petugas07", start=years[0], end=years[1]),
        "everybody, a month": TrailFilter(start=month[0], end=month[1]),
        "refusals, four years": TrailFilter(kind=TrailKind.REFUSED),
    }
    rows = []
    for name, wanted in asked.items():
        shown, _page = await _timed(_first_page(store, wanted))
        took, found = await _timed(store.audit.every(wanted, count))
        note = f"{len(found):,} entries; counted and the first page shown in {shown:.2f} s"
        rows.append(Measured(f"{name}, of {count:,}", "", took, None, "s", _ASKED, note))
    took, broken = await _timed(store.audit.verify())
    if broken is not None:
        raise SystemExit(f"the trail that was filled is broken: {broken}")
    rows.append(Measured(f"every link of {count:,} proved", "", took, None, "s", None))
    took, _made = await _timed(store.audit.anchor(outside=False))
    rows.append(Measured(f"an anchor at {count:,}", "", took, None, "s", 1.0))
    await store.close()
    return rows


async def _first_page(store: Store, wanted: TrailFilter) -> object:
    return await store.audit.count(wanted), await store.audit.rows(wanted, 0, 50)


def run(quick: bool = False) -> list[Measured]:
    return asyncio.run(_measure(_QUICK if quick else _ENTRIES))
