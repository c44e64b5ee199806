"""Each opening of Loket: who, in which process, chained to the opening before it; and whether that process still lives.

The chain of openings makes a missing session visible; the ends of finished sessions are sealed into the next opening,
so a cut tail of their trail is visible too (issue of the audit: a chain a session, with sealed heads).
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from store.database import Database
from store.rules.outcomes import LEASE
from store.schema import Seal, Session
from store.schema.base import millis


def boot_id() -> str:
    """This boot of this machine; a process of another boot is dead."""
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def process_start(pid: int) -> int | None:
    """When the process started, in clock ticks since boot, or None when there is none.

    A reused number is another process.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in ("Z", "X") else int(fields[19])


_FORKED_FOR: list[str] = []
"""The login of the person whom a waiting process was forked for."""


def forked_for(process: int) -> None:
    """This process was forked for a person and belongs to no login of its own: it works for theirs.

    `process` is the person's own. Raises OSError where it is gone.
    """
    _FORKED_FOR[:] = [_login_of(process)]


def logged_in() -> str:
    """Which login at the machine this process belongs to: the same for all that is started from one shell."""
    return _FORKED_FOR[0] if _FORKED_FOR else _login_of(0)


def _login_of(process: int) -> str:
    leader = os.getsid(process)
    return f"{boot_id()} {leader} {process_start(leader)}"


def is_alive(database: Database, session: dict[str, Any]) -> bool:
    """Whether the session may still hold people: for 60 minutes after the last key, while its process lives.

    A process on another machine cannot be asked; there the last key alone counts.
    """
    if session["ended_at"] is not None or died(database, session):
        return False
    return database.lease_clock() < int(session["last_key"]) + LEASE // timedelta(milliseconds=1)


def died(database: Database, session: dict[str, Any]) -> bool:
    """Whether the session's process is known to be gone. A file from another machine left them there."""
    if not database.one_machine and session["host"] != platform.node():
        return False
    return bool(session["boot_id"] != boot_id() or process_start(session["pid"]) != session["pid_started"])


def opening_hash(previous: str, facts: dict[str, Any], seals: list[tuple[int, int, str]]) -> str:
    """The link of a session to the one before it, with the ends it seals."""
    return hashlib.sha256(f"{previous}{json.dumps(facts, sort_keys=True)}{json.dumps(seals)}".encode()).hexdigest()


def open_session(
    database: Database, staff_id: int, now: datetime, *, account: str | None = None, pin_due: bool = False
) -> int:
    """Adds this process as a session and returns its id. Within a writing transaction.

    `account` is the operating system's where several people share it; `pin_due` as in store.schema.
    """
    database.lock_name("session")
    execute = database.peewee.execute
    last = execute(Session.select(Session.id, Session.opening).order_by(Session.id.desc()).limit(1)).fetchone()
    previous_id, previous = last if last else (None, "")
    seals = _ends(database)
    (session_id,) = database.allocate_ids("session", 1)
    facts = {"id": session_id, "staff_id": staff_id, "opened_at": millis(now), "previous_id": previous_id}
    opening = opening_hash(previous, facts, seals)
    execute(
        Session.insert(
            **facts,
            host=platform.node(),
            boot_id=boot_id(),
            pid=os.getpid(),
            pid_started=process_start(os.getpid()),
            last_key=database.lease_clock(),
            seq=0,
            head=opening,
            opening=opening,
            account=account,
            logged_in=logged_in(),
            pin_due=int(pin_due),
        )
    )
    for sealed, seq, head in seals:
        execute(Seal.insert(session_id=sealed, sealed_by=session_id, seq=seq, head=head))
    database.announce(session_id)
    return session_id


def _ends(database: Database) -> list[tuple[int, int, str]]:
    """Sessions that ended, or whose process died, and that nobody has sealed yet."""
    unsealed = Session.select().where(Session.id.not_in(Seal.select(Seal.session_id))).order_by(Session.id)
    over = [row["id"] for row in _rows(database, unsealed) if row["ended_at"] or died(database, row)]
    # Read anew and locked: the server may still be finishing the last commit of a process that was killed.
    final = database.locked(Session.select().where(Session.id.in_(over)).order_by(Session.id))
    return [(row["id"], row["seq"], row["head"]) for row in _rows(database, final)]


def _rows(database: Database, query: Any) -> list[dict[str, Any]]:
    return list(query.dicts().bind(database.peewee))


def end_session(database: Database, session_id: int, now: datetime) -> None:
    """Marks the session as ended; what it holds is free at once."""
    database.peewee.execute(Session.update(ended_at=now).where(Session.id == session_id))
    database.announce(session_id)
