"""Who holds whom: one person, and every number of theirs, with one handler at a time.

A lease is a row of `hold` for the person and one for each number, so the database's own uniqueness keeps two handlers
from one person and from two people who share a telephone number. The fencing token in the queue item grows with each
claim; whoever writes with an older one came too late. Leases are not data about people and stay outside the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, repeat
from typing import Any, Final

from peewee import JOIN, Query

from store.database import Database
from store.rules.outcomes import OVERDUE_FOR_ANYONE, State
from store.schema import Campaign, Hold, Participant, Phone, QueueItem, Session, Staff
from store.schema.base import millis
from store.sessions import is_alive
from store.shares import release_ended
from store.snapshot import Snapshot
from store.statements import Asked, statement
from store.transaction import Transaction
from store.value_class import value_class

# One candidate usually does; more are looked at when numbers are shared. Few, since PostgreSQL locks those it looks at.
_TRIED_AT_ONCE = (1, 5, 25)
_HOLD: Final = "INSERT INTO hold (key, item_id, session_id, held_at) VALUES (%s, %s, %s, %s)"


@statement
def _holds(_database: Database) -> Query:
    return Hold.select(Hold.item_id, Hold.session_id).distinct()


@statement
def _lease_ended(_database: Database, item_id: Any) -> Query:
    values = {"lease_session": None, "right_party": False, "lease_token": QueueItem.lease_token + 1}
    return QueueItem.update(**values).where(QueueItem.id == item_id)


@statement
def _lease_taken(_database: Database, session_id: Any, item_id: Any) -> Query:
    values = {"lease_session": session_id, "right_party": False, "lease_token": QueueItem.lease_token + 1}
    return QueueItem.update(**values).where(QueueItem.id == item_id, QueueItem.lease_session.is_null())


@statement
def _given_back(_database: Database, item_id: Any) -> Query:
    return Hold.delete().where(Hold.item_id == item_id)


@statement
def _held_by(_database: Database, session_id: Any) -> Query:
    return QueueItem.select(QueueItem.id).where(QueueItem.lease_session == session_id).limit(1)


@statement
def _person_of(database: Database, item_id: Any) -> Any:
    whose = QueueItem.select(QueueItem.participant_id).where(QueueItem.id == item_id)
    return database.skip_locked(Participant.select(Participant.id).where(Participant.id == whose))


@statement
def _numbers_of(_database: Database, participant_id: Any) -> Query:
    return Phone.select(Phone.e164).where(Phone.participant_id == participant_id)


@statement
def _any_held(_database: Database, *keys: Any) -> Query:
    return Hold.select(Hold.id).where(Hold.key.in_(keys)).limit(1)


@statement
def _key_pressed(_database: Database, instant: Any, session_id: Any) -> Query:
    return Session.update(last_key=instant).where(Session.id == session_id)


@statement
def _sharers(_database: Database, participant_id: Any) -> Query:
    other = Phone.alias()
    return (
        Phone.select(Phone.e164, other.id)
        .join(other, JOIN.INNER, on=((other.e164 == Phone.e164) & (other.participant_id != Phone.participant_id)))
        .join_from(other, Participant, on=(Participant.id == other.participant_id))
        .where(Phone.participant_id == participant_id)
    )


_LIFE = (
    *(Session.id, Session.ended_at, Session.last_key),
    *(Session.host, Session.boot_id, Session.pid, Session.pid_started),
)
"""What says whether a session is alive."""


def living_sessions(look: Snapshot) -> set[int]:
    """The sessions that hold somebody and may go on holding them."""
    return _living(look, {row[0] for row in look.tuples(Hold.select(Hold.session_id).distinct())})


def _living(look: Snapshot, session_ids: set[int]) -> set[int]:
    rows = look.dicts(Session.select(*_LIFE).where(Session.id.in_(sorted(session_ids))))
    return {row["id"] for row in rows if is_alive(look.database, row)}


def free_the_dead(tx: Transaction) -> None:
    """Gives back what sessions hold whose process died, or whose last key is longer ago than a lease lasts.

    The holds are read first: on PostgreSQL a session may begin to hold between two looks, and is alive.
    """
    holds = tx.tuples(_holds())
    if not holds:
        return
    alive = _living(tx, {session_id for _item_id, session_id in holds})
    # In one order for everybody: two who free the same people must not wait for each other.
    for item_id, session_id in sorted(holds):
        if session_id not in alive:
            release(tx, item_id, session_id)


def release(tx: Transaction, item_id: int, session_id: int) -> None:
    """Gives one person back, if that session still holds them."""
    freed = tx.execute(
        QueueItem.update(lease_session=None, right_party=False).where(
            QueueItem.id == item_id, QueueItem.lease_session == session_id
        )
    )
    if freed:
        tx.execute(_given_back(item_id))


def spend(tx: Transaction, item_id: int) -> None:
    """Ends a lease with an outcome: the token moves on, so the same card cannot bring a second one."""
    tx.execute(_lease_ended(item_id))
    tx.execute(_given_back(item_id))


def held_item(look: Snapshot, session_id: int) -> int | None:
    """The queue item a session holds; it never holds two."""
    found = look.scalar(_held_by(session_id))
    return None if found is None else int(found)


def hold(tx: Transaction, item_id: int) -> bool:
    """Takes the person of a queue item for this session; False when they or one of their numbers are held already."""
    person = tx.scalar(_person_of(item_id))
    if person is None:
        return False  # an import is just changing them, perhaps their numbers
    keys = _keys(tx, int(person))
    if not tx.database.try_lock(keys) or tx.scalar(_any_held(*keys)) is not None:
        return False
    if not tx.execute(_lease_taken(tx.session_id, item_id)):
        return False
    now = millis(tx.now)
    tx.database.executemany(_HOLD, [(key, item_id, tx.session_id, now) for key in keys])
    touch(tx)
    return True


def touch(tx: Transaction) -> None:
    """A key was pressed: whatever the session holds, it holds for a lease from now."""
    tx.execute(_key_pressed(tx.database.lease_clock(), tx.session_id))


def hold_new_numbers(tx: Transaction, participant_id: int) -> None:
    """Somebody who is held just got another number: it is kept from others too, unless one of them has it already."""
    held = tx.one(Hold.select().where(Hold.key == f"p:{participant_id}"))
    if held is None:
        return
    for key in _keys(tx, participant_id):
        if tx.database.try_lock([key]) and tx.one(Hold.select(Hold.id).where(Hold.key == key)) is None:
            tx.execute(Hold.insert(key=key, **{name: held[name] for name in ("item_id", "session_id", "held_at")}))


def _keys(look: Snapshot, participant_id: int) -> list[str]:
    numbers = look.tuples(_numbers_of(participant_id))
    return sorted([f"p:{participant_id}", *(f"n:{number}" for (number,) in numbers)])


@value_class
class Serving:
    """What a handler wants to be served: one kind or period, or everything."""

    kind: str | None = None
    period: str | None = None


EVERYTHING = Serving()


def claim_next(tx: Transaction, part: int | None, serving: Serving = EVERYTHING) -> int | None:
    """Holds the next person to be called and returns the queue item, or None when there is nobody now.

    In this order (design.md 3.1): my callbacks that are due, callbacks of anyone that are overdue, retries whose time
    has come and whose last attempt was not in this part of the day, then new people by how long they have waited, those
    of my own share first. People of somebody else's share are left to them, but for callbacks that are overdue and
    for a handler who phones no more.
    """
    free_the_dead(tx)
    release_ended(tx)
    for candidates in _classes(tx, part, serving):
        skipped: tuple[int, ...] = ()
        for size in chain(_TRIED_AT_ONCE, repeat(_TRIED_AT_ONCE[-1])):
            found = [int(row[0]) for row in tx.tuples(candidates(*skipped, size=size))]
            for item_id in found:
                if hold(tx, item_id):
                    return item_id
            if len(found) < size:
                break
            skipped += tuple(found)
    return None


def _classes(tx: Transaction, part: int | None, serving: Serving) -> Iterable[Callable[..., Asked]]:
    """Whom to look for, in this order: statements that take who was looked at and was not to be had, and `size`."""
    wanted = {"kind": serving.kind, "period": serving.period}
    me, now = tx.actor.staff_id, tx.now
    yield partial(_my_callbacks, me, now, **wanted)
    yield partial(_old_callbacks, now - OVERDUE_FOR_ANYONE, **wanted)
    yield partial(_retries, me, now, **wanted) if part is None else partial(_retries_then, me, now, part, **wanted)
    yield partial(_new_of_mine, me, **wanted)
    yield partial(_new_of_nobody, **wanted)


def _free(database: Database, skipped: Sequence[Any], kind: str | None, period: str | None) -> Any:
    free = QueueItem.select(QueueItem.id).where(QueueItem.lease_session.is_null())
    if kind or period:
        lists = Campaign.select(Campaign.id)
        lists = lists.where(Campaign.kind == kind) if kind else lists
        lists = lists.where(Campaign.period == period) if period else lists
        free = free.where(QueueItem.campaign_id.in_(lists))
    return database.skip_locked(free.where(QueueItem.id.not_in(skipped)) if skipped else free)


@statement
def _my_callbacks(database: Database, me: Any, due: Any, *skipped: Any, size: int, **wanted: Any) -> Any:
    return _callbacks(_free(database, skipped, **wanted), due).where(QueueItem.owner_id == me).limit(size)


@statement
def _old_callbacks(database: Database, due: Any, *skipped: Any, size: int, **wanted: Any) -> Any:
    return _callbacks(_free(database, skipped, **wanted), due).limit(size)


def _callbacks(free: Any, due: Any) -> Any:
    callbacks = free.where(QueueItem.state == State.CALLBACK, QueueItem.due_at <= due)
    return callbacks.order_by(QueueItem.due_at, QueueItem.id)


@statement
def _retries(database: Database, me: Any, now: Any, *skipped: Any, size: int, **wanted: Any) -> Any:
    """Outside the parts of the day: those only who may be called in any."""
    return _due(_free(database, skipped, **wanted), me, now).where(QueueItem.not_part.is_null()).limit(size)


@statement
def _retries_then(database: Database, me: Any, now: Any, part: Any, *skipped: Any, size: int, **wanted: Any) -> Any:
    """Within a part of the day: nobody whose last attempt was in it."""
    then = QueueItem.not_part.is_null() | (QueueItem.not_part != part)
    return _due(_free(database, skipped, **wanted), me, now).where(then).limit(size)


def _due(free: Any, me: Any, now: Any) -> Any:
    # Whoever has a due instant is in one of a few states; said this way the index gives them in order, without a sort.
    whose = (QueueItem.handler_id == me) | QueueItem.handler_id.is_null()
    retries = free.where(QueueItem.state != State.CALLBACK, QueueItem.due_at <= now, whose)
    return retries.order_by(QueueItem.due_at, QueueItem.id)


@statement
def _new_of_mine(database: Database, me: Any, *skipped: Any, size: int, **wanted: Any) -> Any:
    return _new(_free(database, skipped, **wanted)).where(QueueItem.handler_id == me).limit(size)


@statement
def _new_of_nobody(database: Database, *skipped: Any, size: int, **wanted: Any) -> Any:
    return _new(_free(database, skipped, **wanted)).where(QueueItem.handler_id.is_null()).limit(size)


def _new(free: Any) -> Any:
    return free.where(QueueItem.state == State.NEW).order_by(QueueItem.waiting_since, QueueItem.kpj)


def holder_of(look: Snapshot, item_id: int) -> tuple[str, Any] | None:
    """The name of who holds the item, and since when."""
    row = look.one(
        Hold.select(Staff.name, Hold.held_at)
        .join(Session, on=(Session.id == Hold.session_id))
        .join(Staff, on=(Staff.id == Session.staff_id))
        .where(Hold.item_id == item_id)
    )
    return (row["name"], row["held_at"]) if row else None


def people_who_share(look: Snapshot, participant_id: int) -> dict[str, int]:
    """How many other people have each number of a person."""
    shared: dict[str, int] = {}
    for e164, _other in look.tuples(_sharers(participant_id)):
        shared[e164] = shared.get(e164, 0) + 1
    return shared
