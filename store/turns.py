"""Work on many people, written a turn at a time: whoever is typing meanwhile waits for the end of one, not of all.

SQLite has one writer. A hundred thousand corrections with their history, trail and indexes take it for a minute, so the
work is cut in portions that take a fraction of the time in which a person notices. Each is whole by itself, with its
own audit entry, and one undo takes all of them back. A turn is one transaction: as many portions as there is time for
until somebody waits. What a turn costs besides (blocks of the search index, the commit) is then paid once for many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final, TypeVar

from store.errors import CutShort, DatabaseTrouble, StoreError
from store.link import Link
from store.rows import UndoRef
from store.transaction import Transaction
from store.value_class import value_class

_PORTION: Final = 0.05
"""Seconds that a portion may take; how many go into it follows from how long the one before took."""
_MOST: Final = 8
"""A portion takes at most so many times what the first one was given, and at least that part of it."""
_GROWS: Final = 1.5
"""No portion takes so many times more than the one before it: one quick portion tells little."""
_LONGEST: Final = 1.0
"""Seconds after which a turn ends though nobody waits: the person who does this sees how far it is."""
_SHORTEST: Final = 0.1
"""Seconds of the second turn; the first one is a single portion."""
_ENDING: Final = 0.08
"""Seconds that the end of a turn may take: somebody may come just then."""

Item = TypeVar("Item")
T = TypeVar("T")


@value_class
class Progress:
    """How far long work is."""

    done: int
    of: int


Told = Callable[[Progress], None]
"""Is called on the caller's thread after each turn."""


@dataclass(slots=True)
class Pace:
    """How many items a portion takes and how long a turn, from how long those before took."""

    first: int
    size: int = 0
    turn: float = 0.0
    """Seconds; none: one portion."""

    def __post_init__(self) -> None:
        self.size = self.first

    def portion_took(self, took: float) -> None:
        grown = int(self.size * min(_GROWS, _PORTION / took))
        self.size = max(self.first // _MOST, min(self.first * _MOST, grown), 1)

    def ending_took(self, took: float) -> None:
        """The next turn is twice as long, or as much shorter as its end has to be quicker."""
        factor = min(2.0, _ENDING / took)
        self.turn = min(_LONGEST, max(_SHORTEST, self.turn * factor))

    def alone(self) -> bool:
        """After a refusal: portions come one by one, so that it stops nothing else. Whether they did already."""
        did, self.turn = self.turn == 0.0, 0.0
        return did


def one_by_one(link: Link, pace: Pace, portion: Callable[[], bool]) -> float:
    """One turn: portions until none is left, somebody waits or it is long enough; when it begins to end.

    `portion` says whether there are more.
    """
    started = perf_counter()
    while True:
        more = portion()
        now = perf_counter()
        if not more or now - started >= pace.turn or link.awaited():
            return now


async def in_turns(
    link: Link,
    change: Callable[[Transaction, Sequence[Item]], T],
    items: Sequence[Item],
    size: int,
    told: Told | None = None,
) -> tuple[list[T], UndoRef | None]:
    """Writes all items, about `size` in the first portion; what each portion gave, and the one undo.

    A refusal ends it. After the first turn it is raised as CutShort: what was written stands, and can be taken back.
    """
    async with link.long_work():
        return await _in_turns(link, change, items, Pace(size), told)


async def _in_turns(
    link: Link,
    change: Callable[[Transaction, Sequence[Item]], T],
    items: Sequence[Item],
    pace: Pace,
    told: Told | None,
) -> tuple[list[T], UndoRef | None]:
    given: list[T] = []
    undos: list[UndoRef] = []
    at = 0
    while at < len(items):
        try:
            first = undos[0].audit_id if undos else None
            (some, refs, at, ends), _undo = await link.write(_turn, link, change, items, first, at, pace)
        except StoreError as refusal:
            if not pace.alone():
                continue
            stands = joined(undos)
            if stands is None:
                raise
            raise CutShort(refusal, at, len(items), stands) from refusal
        pace.ending_took(perf_counter() - ends)
        given += some
        undos += refs
        if told is not None:
            told(Progress(at, len(items)))
        if at < len(items):
            await link.give_way()
    return given, joined(undos)


def _turn(
    tx: Transaction,
    link: Link,
    change: Callable[[Transaction, Sequence[Item]], T],
    items: Sequence[Item],
    first: int | None,
    at: int,
    pace: Pace,
) -> tuple[list[T], list[UndoRef], int, float]:
    """What its portions gave, the undo of each, how far it came, and when it began to end."""
    given: list[T] = []
    undos: list[UndoRef] = []

    def portion() -> bool:
        nonlocal first, at
        started, some = perf_counter(), items[at : at + pace.size]
        given.append(marked(tx, change, some, first, at, len(items)))
        at += len(some)
        undo = tx.portion()
        if undo is not None:
            undos.append(undo)
            first = first or undo.audit_id
        pace.portion_took(perf_counter() - started)
        return at < len(items)

    ends = one_by_one(link, pace, portion)
    return given, undos, at, ends


async def each_in_turn(
    link: Link, deed: Callable[[Transaction, Item], object], items: Sequence[Item], told: Told | None = None
) -> tuple[list[Item], StoreError | None]:
    """Does it to each item as a write of its own, many of them in a turn; those refused, and the first refusal.

    A refusal keeps no other item from it. Raises DatabaseTrouble, which ends it.
    """
    refused: list[Item] = []
    why: StoreError | None = None
    at, pace = 0, Pace(1)
    async with link.long_work():
        while at < len(items):
            try:
                (at, ends), _undo = await link.write(_each_by_itself, link, deed, items, at, pace)
                pace.ending_took(perf_counter() - ends)
            except DatabaseTrouble:
                raise
            except StoreError as refusal:
                if not pace.alone():
                    continue
                refused.append(items[at])
                why, at = why or refusal, at + 1
            if told is not None:
                told(Progress(at, len(items)))
            if at < len(items):
                await link.give_way()
    return refused, why


def _each_by_itself(
    tx: Transaction, link: Link, deed: Callable[[Transaction, Item], object], items: Sequence[Item], at: int, pace: Pace
) -> tuple[int, float]:
    """One turn of which each item is a portion, from number `at` on: how far it came, and when it began to end."""

    def portion() -> bool:
        nonlocal at
        deed(tx, items[at])
        tx.portion()
        at += 1
        return at < len(items)

    ends = one_by_one(link, pace, portion)
    return at, ends


def marked(
    tx: Transaction,
    change: Callable[[Transaction, Sequence[Item]], T],
    some: Sequence[Item],
    first: int | None,
    at: int,
    of: int,
) -> T:
    """One portion of several, of which `at` items of `of` came before, the `first` of them in that entry.

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
