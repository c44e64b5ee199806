"""What was refused, in the trail: who asked for which deed, about whom, how often; and who came and went.

The refusal stands whether or not it can be noted: it is written when the answer is out, waits for nobody, and is kept
for the next time where the database could not be written. The same refusal again within a minute is counted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from peewee import Query

from store.database import Database
from store.errors import NotAllowed, NotStaff, OwnWork, StoreError
from store.schema import Assist, Contact, Correction, FollowUp, Participant, QueueItem
from store.snapshot import Actor
from store.transaction import Transaction

T = TypeVar("T")

REFUSED: Final = "refused"
STARTED, ENDED, TURNED_AWAY = "session.start", "session.end", "session.refused"
REFUSALS: Final = (NotAllowed, OwnWork, NotStaff)
"""What the rules of who may do what refuse; any other refusal is about the work, not about the person."""

AGAIN: Final = timedelta(minutes=1)
"""Within which the same refusal is counted and not written again."""

_MOST: Final = 200  # different refusals remembered at once
_FILES: Final = (".csv", ".xlsx", ".ods", ".pdf", ".json", ".html")
_WHOSE: Final[dict[str, Any]] = {
    "item_id": QueueItem,
    "assist_id": Assist,
    "contact_id": Contact,
    "correction_id": Correction,
    "follow_up_id": FollowUp,
}


class Deed(Generic[T]):
    """What is asked of the store: a function of a look or a transaction, and what it is told."""

    __slots__ = ("args", "call", "kwargs")

    def __init__(self, call: Callable[..., T], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        self.call = call
        self.args = args
        self.kwargs = kwargs

    def __call__(self, look: object) -> T:
        return self.call(look, *self.args, **self.kwargs)

    @property
    def name(self) -> str:
        """`people.export`: the part of the store, and the deed."""
        module = self.call.__module__.removeprefix("store.")
        return f"{module}.{getattr(self.call, '__name__', '').strip('_')}"

    def told(self) -> dict[str, Any]:
        """By name what it is told."""
        import inspect  # slow, and asked only when something is refused

        try:
            return dict(inspect.signature(self.call).bind(None, *self.args, **self.kwargs).arguments)
        except (TypeError, ValueError):
            return {}


@dataclass(frozen=True, slots=True)
class _Refusal:
    deed: str
    why: str  # the permission that was missing, or the code of the refusal
    about: tuple[str, str | int] | None  # where the person it concerns is found


@dataclass(slots=True)
class _Seen:
    times: int  # not yet in the trail
    written: datetime | None


class Refusals:
    """What was refused in one process and is not in the trail yet. Used on the store's thread alone."""

    def __init__(self, soon: Callable[[], None]) -> None:
        self._soon = soon
        self._seen: dict[_Refusal, _Seen] = {}

    @property
    def waiting(self) -> bool:
        """Whether anything is not in the trail yet."""
        return any(seen.times for seen in self._seen.values())

    def note(self, error: StoreError, deed: Deed[Any]) -> None:
        """Remembers the refusal and asks for a moment to write it; never raises."""
        with contextlib.suppress(Exception):
            why = error.permission if isinstance(error, NotAllowed) else error.code
            refusal = _Refusal(deed.name, why, _about(deed.told()))
            seen = self._seen.setdefault(refusal, _Seen(0, None))
            seen.times += 1
            self._soon()

    def write(self, database: Database, session_id: int, now: datetime, *, last: bool = False) -> None:
        """Writes what is due, or (`last`) all; what cannot be written stays for the next time. Never raises."""
        due = {each: seen for each, seen in self._seen.items() if seen.times and (last or _is_due(seen, now))}
        if not due or not session_id:
            return
        with contextlib.suppress(Exception):
            with database.in_passing():
                tx = stand(database, session_id, now)
                for refusal, seen in due.items():
                    tx.audit(REFUSED, undoable=False)
                    tx.note_refused(_person(tx, refusal.about), _told(refusal, seen))
                tx.finish()
            for seen in due.values():
                seen.times, seen.written = 0, now
        if len(self._seen) > _MOST:
            self._seen = {each: seen for each, seen in self._seen.items() if seen.times}


def _is_due(seen: _Seen, now: datetime) -> bool:
    return seen.written is None or not timedelta() <= now - seen.written < AGAIN


def _told(refusal: _Refusal, seen: _Seen) -> dict[str, Any]:
    told: dict[str, Any] = {"refused": refusal.why, "deed": refusal.deed, "times": seen.times}
    if refusal.about is not None and refusal.about[0] in ("login", "file"):
        told["about"] = refusal.about[1]
    return told


def _about(told: Mapping[str, Any]) -> tuple[str, str | int] | None:
    """Whom or what a deed concerns, from what it was told: a person, somebody of the staff, a file's name."""
    for name, value in told.items():
        for within in ("participant_id", *_WHOSE, "kpj"):
            found = value if name == within else getattr(value, within, None)
            if isinstance(found, int | str) and not isinstance(found, bool) and found != "":
                return within, found
    if isinstance(login := told.get("login"), str):
        return "login", login[:64]
    names = (getattr(value, "name", value) for key, value in told.items() if key in ("path", "target", "name", "file"))
    file = next((name for name in names if isinstance(name, str) and name.lower().endswith(_FILES)), None)
    return None if file is None else ("file", file[:120])


def _person(tx: Transaction, about: tuple[str, str | int] | None) -> int | None:
    """The participant it concerns, if there is one."""
    if about is None:
        return None
    within, key = about
    query: Query
    if within == "participant_id":
        query = Participant.select(Participant.id).where(Participant.id == key)
    elif within == "kpj":
        query = Participant.select(Participant.id).where(Participant.kpj == str(key).strip().upper())
    elif within in _WHOSE:
        query = _WHOSE[within].select(_WHOSE[within].participant_id).where(_WHOSE[within].id == key)
    else:
        return None
    found = tx.scalar(query)
    return None if found is None else int(found)


def stand(database: Database, session_id: int, now: datetime) -> Transaction:
    """A write in the name of a session's person that asks for no permission: of what happened to them."""
    (staff_id,) = database.rows("SELECT staff_id FROM session WHERE id = %s", (session_id,))[0]
    nobody = Actor(staff_id, "", "", "", frozenset(), frozenset(), alone=False)
    return Transaction(database, session_id, nobody, now)


def note_passage(database: Database, session_id: int, now: datetime, action: str, why: str = "") -> None:
    """Notes that somebody came or went. Within a writing transaction."""
    tx = stand(database, session_id, now)
    tx.audit(action, why=why, undoable=False)
    tx.finish()
