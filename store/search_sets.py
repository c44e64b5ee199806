"""Sets of people, in blocks of 65,536: small enough to be read and rewritten whole, and put together in microseconds.

A block of few is a set of places, one of many an integer with a bit a place. Stored, a block is its places in two bytes
each, little-endian and rising, or 8,192 bytes of bits; the length tells which.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Final

BLOCK_BITS: Final = 16
BLOCK: Final = 1 << BLOCK_BITS
MANY_BYTES: Final = BLOCK // 8
"""A stored block of so many bytes holds bits: many people."""
_MOST_LISTED: Final = 1024  # beyond that reading a list takes longer than reading bits

_MANY_OF: Final = 64
"""Whoever is meant is looked up one by one while that is fewer than one of so many of all there may be."""

_FEW_CHANGES: Final = 32  # so many are put in place quicker than the list is made anew
_FEW_OF: Final = 16  # so many times as many are halved quicker than gone through
_SOME_BITS: Final = re.compile(rb"[^\0]")
_FEW_BITS: Final = 2048  # so many are set quicker one by one
_LAST, _ONE = BLOCK - 1, ord("1")
_AS_BYTES: Final = bytes.maketrans(b"01", b"\0\1")
_BITS: Final = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]

Members = set[int] | int
"""Places in one block."""

NOBODY: Final[Members] = 0


def read(stored: bytes) -> Members:
    if len(stored) == MANY_BYTES:
        return int.from_bytes(stored, "little")
    return set(_places(stored))


def _places(stored: bytes) -> array[int]:
    places = array("H")
    places.frombytes(stored)
    if sys.byteorder == "big":
        places.byteswap()
    return places


def in_all(stored: Sequence[bytes]) -> Members:
    """Whoever is in all of these stored blocks, read from the smallest and no further than needed."""
    return _narrowed_by_all(None, sorted(stored, key=len)) if stored else NOBODY


def fitting(words: Sequence[Sequence[Sequence[bytes]]], members: Members | None = None) -> Members:
    """Whoever is, for every word, in all stored blocks of at least one of its choices; of the members, if given.

    What each word has fewest of goes first: the other blocks are then asked for a few people, and not read whole.
    """
    given = [[sorted(choice, key=len) for choice in choices if choice and all(choice)] for choices in words]
    if not all(given):
        return NOBODY
    given.sort(key=lambda choices: sum(len(choice[0]) for choice in choices))
    for choices in given:
        if len(choices) == 1:
            members = _narrowed_by_all(members, [choices[0].pop(0)])
    for choices in given:
        if members is not None and not members:
            break
        members = either([_narrowed_by_all(members, choice) for choice in choices])
    return NOBODY if members is None else members


def _narrowed_by_all(members: Members | None, stored: Sequence[bytes]) -> Members:
    """Those of the members who are in all of the stored blocks; None are all there may be."""
    for each in stored:
        if members is None:
            members = read(each)
        elif members:
            members = _narrowed(members, each)
    return NOBODY if members is None else members


def _narrowed(members: Members, stored: bytes) -> Members:
    if isinstance(members, int):
        if len(stored) == MANY_BYTES:
            return members & int.from_bytes(stored, "little")
        return _those_with_bit(_places(stored), members.to_bytes(MANY_BYTES, "little"))
    if len(stored) == MANY_BYTES:
        return _those_with_bit(members, stored)
    places = _places(stored)
    if len(members) * _FEW_OF < len(places):
        return {place for place in members if place in places[(at := bisect_left(places, place)) : at + 1]}
    return members.intersection(places)


def _those_with_bit(places: Iterable[int], bits: bytes) -> set[int]:
    return {place for place in places if bits[place >> 3] >> (place & 7) & 1}


def changed(stored: bytes | None, added: Collection[int], removed: Iterable[int]) -> bytes:
    """A stored block with places added and others removed; empty when nobody is left."""
    if stored is not None and len(stored) == MANY_BYTES:
        bits = bytearray(stored)
        for place in removed:
            bits[place >> 3] &= ~(1 << (place & 7))
        return bytes(_with(bits, added))
    add, remove = set(added), set(removed)
    if not stored:
        return _packed(add)
    if len(add) + len(remove) <= _FEW_CHANGES and len(stored) // 2 + len(add) <= _MOST_LISTED:
        return _put_among(_places(stored), add, remove)
    places = set(_places(stored))
    places.difference_update(remove)
    places.update(add)
    return _packed(places)


def _packed(places: set[int]) -> bytes:
    if len(places) > _MOST_LISTED:
        return bytes(_with(bytearray(MANY_BYTES), places))
    return _listed(array("H", sorted(places)))


def _put_among(places: array[int], add: Iterable[int], remove: Iterable[int]) -> bytes:
    """The same for a few changes of a list: each is looked for where it belongs, and nothing is sorted again."""
    for place in remove:
        at = bisect_left(places, place)
        if places[at : at + 1] == array("H", (place,)):
            places.pop(at)
    for place in add:
        at = bisect_left(places, place)
        if places[at : at + 1] != array("H", (place,)):
            places.insert(at, place)
    return _listed(places)


def _listed(places: array[int]) -> bytes:
    if sys.byteorder == "big":
        places.byteswap()
    return places.tobytes()


def _with(bits: bytearray, places: Collection[int]) -> bytearray:
    if len(places) <= _FEW_BITS:
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return bits
    digits = bytearray(b"0" * BLOCK)  # many are set in a third of the time as digits of a number, highest first
    for place in places:
        digits[_LAST - place] = _ONE
    return bytearray((int.from_bytes(bits, "little") | int(digits, 2)).to_bytes(MANY_BYTES, "little"))


def in_blocks(ids: Iterable[int]) -> dict[int, Members]:
    """These people, by block."""
    places: dict[int, set[int]] = {}
    for each in ids:
        places.setdefault(each >> BLOCK_BITS, set()).add(each & (BLOCK - 1))
    return dict(places)


def _bitmap(members: Members) -> int:
    if isinstance(members, int):
        return members
    return int.from_bytes(_with(bytearray(MANY_BYTES), members), "little")


def both(sets: Sequence[Members]) -> Members:
    """Whoever is in all of them."""
    if not all(sets):
        return NOBODY
    few = sorted((each for each in sets if not isinstance(each, int)), key=len)
    many = [each for each in sets if isinstance(each, int)]
    if not few:
        common = many[0]
        for each in many[1:]:
            common &= each
        return common
    left = few[0].intersection(*few[1:])
    for each in many:
        if not left:
            break
        left = _those_with_bit(left, each.to_bytes(MANY_BYTES, "little"))
    return left


def either(sets: Sequence[Members]) -> Members:
    """Whoever is in any of them."""
    some = [each for each in sets if each]
    if len(some) <= 1:
        return some[0] if some else NOBODY
    few = [each for each in some if not isinstance(each, int)]
    if len(few) == len(some):
        return few[0].union(*few[1:])
    found = 0
    for each in some:
        found |= _bitmap(each)
    return found


def has(stored: bytes, place: int) -> bool:
    """Whether one place is in a stored block."""
    if len(stored) == MANY_BYTES:
        return bool(stored[place >> 3] >> (place & 7) & 1)
    places = _places(stored)
    return place in places[(at := bisect_left(places, place)) : at + 1]


def size(members: Members) -> int:
    return members.bit_count() if isinstance(members, int) else len(members)


def without(members: Members, others: Members) -> Members:
    """Those who are not among the others."""
    if not members or not others:
        return members
    if isinstance(members, int):
        return members & ~_bitmap(others)
    if isinstance(others, int):
        return members - _those_with_bit(members, others.to_bytes(MANY_BYTES, "little"))
    return members - others


def spread(members: Members) -> bytes:
    """A byte a place: 1 for whoever is in it, 0 for all others."""
    return format(_bitmap(members), f"0{BLOCK}b").encode().translate(_AS_BYTES)[::-1]


def rising(members: Members) -> Iterator[int]:
    """The places in order."""
    if not isinstance(members, int):
        yield from sorted(members)
        return
    if members.bit_count() > _MOST_LISTED:
        yield from compress(range(BLOCK), spread(members))
        return
    for held in _SOME_BITS.finditer(members.to_bytes(MANY_BYTES, "little")):  # most are empty where few are left
        first = held.start() << 3
        for bit in _BITS[held[0][0]]:
            yield first + bit


class Meant:
    """People who are meant by something: some blocks of them, and the ids of others."""

    def __init__(self, blocks: Mapping[int, Members], others: Iterable[int] = ()) -> None:
        more = {block: either([blocks.get(block, NOBODY), those]) for block, those in in_blocks(others).items()}
        self._blocks = {block: members for block, members in ({**blocks, **more}).items() if members}

    def __len__(self) -> int:
        return sum(map(size, self._blocks.values()))

    @property
    def are_many(self) -> bool:
        """Whether going through all of a list is quicker than looking each of them up in it."""
        return len(self) * _MANY_OF > (max(self._blocks, default=0) + 1) * BLOCK

    @cached_property
    def ids(self) -> list[int]:
        """All of them, rising."""
        blocks = sorted(self._blocks.items())
        return [(block << BLOCK_BITS) + place for block, members in blocks for place in rising(members)]

    @cached_property
    def bits(self) -> bytes:
        """A bit for everybody from 0 on, the lowest of a byte first."""
        return b"".join(_bitmap(members).to_bytes(MANY_BYTES, "little") for members in self._all_blocks())

    @cached_property
    def spread(self) -> bytes:
        """A byte for everybody from 0 on: 1 for who is meant, 0 for who is not."""
        return b"".join(map(spread, self._all_blocks()))

    def _all_blocks(self) -> list[Members]:
        newest = max(self._blocks, default=-1)
        return [self._blocks.get(block, NOBODY) for block in range(newest + 1)]
