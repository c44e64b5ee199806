"""Finding people by whatever is typed of them: the best fitting first, or everybody for a list.

The index (store.search_index) names who may fit; whoever it names is read and looked at (store.rules.search_terms),
some dozens at a time and only until enough have been found: a name that everybody has costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Any, Final

from peewee import Value, fn

from store.database import Database
from store.rules.search_terms import (
    CODE_BEGINS,
    CONTAINED,
    EXACT,
    NAME_BEGINS,
    NUMBER_END,
    PIECE,
    WORDS_BEGIN,
    Known,
    Sought,
    Word,
    typed_words,
)
from store.schema import Participant, Phone
from store.search_index import newest_block, read_people
from store.search_sets import BLOCK, BLOCK_BITS, NOBODY, Members, bitmap_bytes, both, either, read, rising, size

__all__ = ["best_fitting", "everybody", "matches", "typed_words"]

_FIRST_LOOK: Final = 64
_LOOK: Final = 500
_FEW: Final = 2_000
_WIDER: Final = 4  # each look into the index takes in that many times the blocks of the one before
_AFTER_ALL: Final = "\U0010ffff"

_Ways = Sequence[Sequence[Sequence[frozenset[str]]]]


def best_fitting(database: Database, text: str, limit: int) -> list[int]:
    """The ids of the first `limit` people who fit all that was typed, the best first, then by name."""
    sought, found = Sought(text), dict[int, tuple[int, str, int]]()
    if not sought.words:
        return []
    for rank in (EXACT, NUMBER_END, CODE_BEGINS, NAME_BEGINS, WORDS_BEGIN, CONTAINED):
        candidates = _candidates(database, sought, rank, limit)
        for known in _looked_at(database, candidates, found, numbers=sought.has_digits):
            fits = sought.rank(known)
            if fits is not None and fits <= rank:
                found[known.participant_id] = (fits, known.name_key, known.participant_id)
                if len(found) == limit:
                    break
        if len(found) == limit:
            break
    return [place[-1] for place in sorted(found.values())]


def _candidates(database: Database, sought: Sought, rank: int, limit: int) -> Iterator[int]:
    """Everybody who may fit that well; who does fit better may be among them."""
    if rank == EXACT:
        return iter(_exactly(database, sought))
    if rank == NAME_BEGINS:
        return iter(_named(database, sought.name, limit))
    return _by_terms(database, sought.terms(rank))


def _exactly(database: Database, sought: Sought) -> list[int]:
    found: list[int] = []
    for word in sought.words:
        found += _ids(database, "SELECT id FROM participant WHERE kpj = %s", word.text)
        if word.parts:
            found += _ids(database, "SELECT id FROM participant WHERE nik = %s", word.plain)
            for e164 in {word.e164, f"+{word.plain}"}:
                found += _ids(database, "SELECT participant_id FROM phone WHERE e164 = %s", e164)
    return found


def _named(database: Database, beginning: str, limit: int) -> list[int]:
    # As many as are wanted at all: nobody among them fits less well than the beginning of a name.
    sql = "SELECT id FROM participant WHERE name_key >= %s AND name_key < %s ORDER BY name_key LIMIT %s"
    return _ids(database, sql, beginning, beginning + _AFTER_ALL, 2 * limit)


def _ids(database: Database, sql: str, *values: Any) -> list[int]:
    return [row[0] for row in database.rows(sql, values)]


def _looked_at(
    database: Database, candidates: Iterator[int], found: dict[int, Any], *, numbers: bool
) -> Iterator[Known]:
    enough, some = _FIRST_LOOK, list[int]()
    for candidate in candidates:
        if candidate not in found:
            some.append(candidate)
        if len(some) == enough:
            yield from _in_order(database, some, numbers=numbers)
            enough, some = _LOOK, []
    yield from _in_order(database, some, numbers=numbers)


def _in_order(database: Database, ids: Sequence[int], *, numbers: bool) -> list[Known]:
    known = {each.participant_id: each for each in read_people(database, ids, numbers=numbers)} if ids else {}
    return [known[each] for each in ids if each in known]


def everybody(database: Database, text: str, among: Callable[[], Iterable[int]]) -> list[int]:
    """The ids of all who fit what was typed; of many, only those `among` which somebody looks."""
    sought = Sought(text)
    blocks = dict(blocks_by_terms(database, sought.terms(CONTAINED)))
    if sum(map(size, blocks.values())) <= _FEW:
        candidates = [(block << BLOCK_BITS) + place for block, members in blocks.items() for place in rising(members)]
    else:
        bits = {block: bitmap_bytes(members) for block, members in blocks.items()}
        nobody = bytes(BLOCK // 8)
        candidates = [
            each
            for each in among()
            if bits.get(each >> BLOCK_BITS, nobody)[(each & (BLOCK - 1)) >> 3] >> (each & 7) & 1
        ]
    if sought.is_certain:
        return candidates
    return [
        known.participant_id
        for known in _looked_at(database, iter(candidates), {}, numbers=sought.has_digits)
        if sought.fits(known)
    ]


def matches(word: str) -> Any:
    """The same as a condition on participants, for logs of some thousand lines: it looks at each of them."""
    sought = Word(word)
    found = (
        reduce(and_, [_inside(Participant.name_key, key) for key in sought.keys])
        | _inside(fn.upper(Participant.name), sought.text)  # a title as it stands in the list: it is no part of the key
        | _inside(fn.upper(Participant.company), sought.text)
        | Participant.kpj.startswith(sought.text)
    )
    for part in sought.parts:
        numbers = Phone.select(Phone.participant_id).where(Phone.e164.contains(part))
        found |= Participant.id.in_(numbers) | Participant.kpj.contains(part)
    if len(sought.plain) >= PIECE:
        found |= Participant.nik.startswith(sought.plain)
    return found


def _inside(column: Any, part: str) -> Any:
    return column.contains(part) if len(part) >= PIECE else Value(" ").concat(column).contains(f" {part}")


def _by_terms(database: Database, ways: _Ways) -> Iterator[int]:
    for block, members in blocks_by_terms(database, ways):
        for place in rising(members):
            yield (block << BLOCK_BITS) + place


def blocks_by_terms(database: Database, ways: _Ways) -> Iterator[tuple[int, Members]]:
    """Who has the terms, block by block: any of the ways, in it for each word all terms of any of its choices."""
    terms = sorted({term for way in ways for choices in way for choice in choices for term in choice})
    first, count, newest = 0, 1, newest_block(database)
    while terms and first <= newest:
        blocks = range(first, min(first + count, newest + 1))
        stored = _stored(database, terms, blocks)
        for block in blocks:
            members = _combined(stored.get(block, {}), ways)
            if members:
                yield block, members
        first, count = blocks.stop, count * _WIDER


def _stored(database: Database, terms: Sequence[str], blocks: Sequence[int]) -> dict[int, dict[str, bytes]]:
    sql = (
        f"SELECT block, term, members FROM search_block WHERE block IN ({', '.join(map(str, blocks))})"
        f" AND term IN ({', '.join(['%s'] * len(terms))})"
    )
    found: dict[int, dict[str, bytes]] = {}
    for block, term, members in database.rows(sql, terms):
        found.setdefault(block, {})[term] = members
    return found


def _combined(stored: dict[str, bytes], ways: _Ways) -> Members:
    members: dict[str, Members] = {}

    def of(term: str) -> Members:
        if term not in members:
            members[term] = read(stored[term])
        return members[term]

    def all_of(choice: frozenset[str]) -> Members:
        return both([of(term) for term in choice]) if all(term in stored for term in choice) else NOBODY

    found = []
    for way in ways:
        words: list[Members] = []
        for choices in way:
            words.append(either([all_of(choice) for choice in choices if choice]))
            if not words[-1]:
                break
        found.append(both(words) if all(words) else NOBODY)
    return either(found)
