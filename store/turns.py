"""Work on many people, written a turn at a time: whoever is typing meanwhile waits for one turn and not for all of it.

SQLite has one writer. A hundred thousand corrections with their history, trail and indexes take it for a minute; a turn
of some dozens for a fraction of the time in which a person notices. Every turn is whole by itself, with its own audit
entry, and one undo takes all of them back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, Final, TypeVar

from store.errors import CutShort, StoreError
from store.link import Link
from store.rows import UndoRef
from store.transaction import Transaction
from store.value_class import value_class

_TURN: Final = 0.08
"""Seconds that a turn may take; how many go into it follows from how long the one before took."""
_MOST: Final = 4
"""A turn takes at most so many times what the first one was given, and at least that part of it."""
_GROWS: Final = 1.5
"""No turn takes so many times more than the one before it: one quick turn tells little."""
BREATH: Final = 0.006
"""Seconds between two turns, so that whoever waits comes first."""

Item = TypeVar("Item")
T = TypeVar("T")


@value_class
class Progress:
    """How far long work is."""

    done: int
    of: int


Told = Callable[[Progress], None]
"""Is called on the caller's thread after each turn."""


async def in_turns(
    link: Link,
    change: Callable[[Transaction, Sequence[Item]], T],
    items: Sequence[Item],
    size: int,
    told: Told | None = None,
) -> tuple[list[T], UndoRef | None]:
    """Writes all items, about `size` in a turn; what each turn gave, and the one undo.

    A refusal ends it. After the first turn it is raised as CutShort: what was written stands, and can be taken back.
    """
    given: list[T] = []
    undos: list[UndoRef] = []
    at, now = 0, size
    while at < len(items):
        started = perf_counter()
        try:
            first = undos[0].audit_id if undos else None
            result, undo = await link.write(one_turn, change, items[at : at + now], first, at, len(items))
        except StoreError as refusal:
            stands = joined(undos)
            if stands is None:
                raise
            raise CutShort(refusal, at, len(items), stands) from refusal
        took = perf_counter() - started
        at += now
        now = max(size // _MOST, min(size * _MOST, int(now * min(_GROWS, _TURN / took))), 1)
        given.append(result)
        if undo is not None:
            undos.append(undo)
        if told is not None:
            told(Progress(min(at, len(items)), len(items)))
        if at < len(items):
            await asyncio.sleep(BREATH)
    return given, joined(undos)


def one_turn(
    tx: Transaction,
    change: Callable[[Transaction, Sequence[Item]], T],
    some: Sequence[Item],
    first: int | None,
    at: int,
    of: int,
) -> T:
    """One turn of several, of which `at` items of `of` came before, the `first` of them in that entry.

    Where it is not all there is, the trail tells how far it came, whatever becomes of this process.
    """
    given = change(tx, some)
    if len(some) < of:
        tx.turn(first, at + len(some), of)
    return given


def joined(undos: Sequence[UndoRef]) -> UndoRef | None:
    """Several undos as one."""
    if not undos:
        return None
    return UndoRef(undos[-1].audit_id, undos[-1].action, tuple(each.audit_id for each in undos[:-1]))


def chunks(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
