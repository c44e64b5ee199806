"""Who tried to open Loket and is nobody here: the next person who comes in finds their accounts in the trail.

A stranger has no session and so no chain of their own. What is kept until then is no more than a few accounts with how
often and when: what the operating system calls them, never a name that they typed.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

from store.database import Database
from store.refusals import stand
from store.rules.hours import WIB
from store.schema.base import millis

UNKNOWN: Final = "session.unknown"
_KEY: Final = "door.unknown"  # among the settings, as nothing that anybody sets
_MOST: Final = 20
"""Different accounts; the tries of others are counted together, under no name."""
_LONGEST: Final = 64


def note_stranger(database: Database, account: str, now: datetime) -> None:
    """Counts a try. Raises what the database raises where it cannot be written just now."""
    with database.in_passing():
        tries = _tries(database)
        name = account[:_LONGEST]
        if name not in tries and len(tries) >= _MOST:
            name = ""
        times, first, _last = tries.get(name, (0, millis(now), 0))
        tries[name] = (times + 1, first, millis(now))
        database.executemany(
            "INSERT INTO setting (key, value, version) VALUES (%s, %s, 1)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [(_KEY, json.dumps(tries, ensure_ascii=False))],
        )


def tell_of_strangers(database: Database, session_id: int, now: datetime) -> None:
    """Writes what was counted into the trail of the session that is just opened. Within a writing transaction."""
    tries = _tries(database)
    if not tries:
        return
    tx = stand(database, session_id, now)
    for account, (times, first, last) in sorted(tries.items()):
        tx.audit(UNKNOWN, why=f"{account or '…'} · {_moment(first)} – {_moment(last)}", undoable=False)
        tx.note_refused(None, {"refused": "not-staff", "deed": "opening", "times": times, "about": account})
    tx.finish()
    database.executemany("DELETE FROM setting WHERE key = %s", [(_KEY,)])


def _tries(database: Database) -> dict[str, tuple[int, int, int]]:
    """By account how often, and the first and the last instant in milliseconds."""
    found = database.rows("SELECT value FROM setting WHERE key = %s", (_KEY,))
    kept: dict[str, list[int]] = json.loads(found[0][0]) if found else {}
    return {account: (times, first, last) for account, (times, first, last) in kept.items()}


def _moment(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant / 1000, UTC).astimezone(WIB):%Y-%m-%d %H.%M}"
