"""Finding people by whatever is typed of them: the best fitting first, or everybody for a list.

The index (store.search_index) names who may fit; whoever it names is read and looked at (store.rules.search_terms),
some dozens at a time and only until enough have been found: a name that everybody has costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from store.search_sets import BLOCK, BLOCK_BITS, NOBODY, Members, bitmap_bytes, both, either, in_all, rising, size

__all__ = ["best_fitting", "everybody", "matches", "typed_words"]

_FIRST_LOOK: Final = 64
_LOOK: Final = 500
_FEW: Final = 2_000
_WIDER: Final = 4  # each look into the index takes in that many times the blocks of the one before
_AFTER_ALL: Final = "\U0010ffff"

_Ways = Sequence[Sequence[Sequence[frozenset[str]]]]


def best_fitting(database: Database, text: str, limit: int) -> list[int]:
    """The ids of the first `limit` people who fit all that was typed, the best first, then by name."""
    sought, index, found = Sought(text), _Index(database), dict[int, tuple[int, str, int]]()
    if not sought.words:
        return []
    for rank in (EXACT, NUMBER_END, CODE_BEGINS, NAME_BEGINS, WORDS_BEGIN, CONTAINED):
        candidates = _candidates(index, database, sought, rank, limit)
        for known in _looked_at(database, candidates, found, numbers=sought.has_digits):
            if rank == WORDS_BEGIN and not sought.begins_words(known):
                continue
            fits = sought.rank(known)
            if fits is not None and fits <= rank:
                found[known.participant_id] = (fits, known.name_key, known.participant_id)
                if len(found) == limit:
                    break
        if len(found) == limit:
            break
    return [place[-1] for place in sorted(found.values())]


def _candidates(index: _Index, database: Database, sought: Sought, rank: int, limit: int) -> Iterator[int]:
    """Everybody who may fit that well; who does fit better may be among them."""
    if rank == EXACT:
        return iter(_exactly(database, sought))
    if rank in (NAME_BEGINS, WORDS_BEGIN) and any(word.is_number for word in sought.words):
        return iter(())  # a name with digits in it is still among the last
    if rank == NAME_BEGINS:
        return iter(_named(database, sought.name, limit))
    return index.people(sought.terms(rank))


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
            enough, some = min(2 * enough, _LOOK), []
    yield from _in_order(database, some, numbers=numbers)


def _in_order(database: Database, ids: Sequence[int], *, numbers: bool) -> list[Known]:
    known = {each.participant_id: each for each in read_people(database, ids, numbers=numbers)} if ids else {}
    return [known[each] for each in ids if each in known]


def everybody(database: Database, text: str, among: Callable[[], Iterable[int]], few: int = _FEW) -> set[int]:
    """The ids of all who fit what was typed; of more than `few`, only those `among` which somebody looks."""
    sought, index = Sought(text), _Index(database)
    if not sought.words:
        return set(among())
    blocks = dict(index.blocks(sought.terms(CONTAINED)))
    proven = dict(index.blocks(sought.proof()))
    candidates = _members(blocks, among, few)
    found = _members(proven, lambda: candidates, few)
    if len(candidates) - len(found) > few and not sought.has_digits:
        # Reading so many takes long; nearly all of them are known by what the database itself can say.
        query = Participant.select(Participant.id).where(database.any_of(Participant.id, sorted(candidates - found)))
        for word in sought.words:
            query = query.where(matches(word.typed))
        found |= {row[0] for row in database.peewee.execute(query).fetchall()}
    rest = iter(sorted(candidates - found))
    return found | {
        known.participant_id
        for known in _looked_at(database, rest, {}, numbers=sought.has_digits)
        if sought.fits(known)
    }


def _members(blocks: Mapping[int, Members], among: Callable[[], Iterable[int]], few: int) -> set[int]:
    if sum(map(size, blocks.values())) <= few:
        return {(block << BLOCK_BITS) + place for block, members in blocks.items() for place in rising(members)}
    bits, nobody = {block: bitmap_bytes(members) for block, members in blocks.items()}, bytes(BLOCK // 8)
    return {
        each for each in among() if bits.get(each >> BLOCK_BITS, nobody)[(each & (BLOCK - 1)) >> 3] >> (each & 7) & 1
    }


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


class _Index:
    """The index as one search looks at it: what was read for one rank is there for the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[tuple[int, str], bytes] = {}
        self._found: dict[tuple[int, frozenset[str]], Members] = {}
        self._newest = newest_block(database)

    def people(self, ways: _Ways) -> Iterator[int]:
        for block, members in self.blocks(ways):
            for place in rising(members):
                yield (block << BLOCK_BITS) + place

    def blocks(self, ways: _Ways) -> Iterator[tuple[int, Members]]:
        """Who has the terms, block by block: any of the ways, in it for each word all terms of any of its choices."""
        terms = sorted({term for way in ways for choices in way for choice in choices for term in choice})
        first, count = 0, 1
        while terms and first <= self._newest:
            blocks = range(first, min(first + count, self._newest + 1))
            self._fetch(terms, blocks)
            for block in blocks:
                members = self._combined(block, ways)
                if members:
                    yield block, members
            first, count = blocks.stop, count * _WIDER

    def _fetch(self, terms: Sequence[str], blocks: Sequence[int]) -> None:
        new = [term for term in terms if any((block, term) not in self._read for block in blocks)]
        if not new:
            return
        self._read |= {(block, term): b"" for block in blocks for term in new}
        sql = (
            f"SELECT block, term, members FROM search_block WHERE block IN ({', '.join(map(str, blocks))})"
            f" AND term IN ({', '.join(['%s'] * len(new))})"
        )
        for block, term, members in self._database.rows(sql, new):
            self._read[block, term] = members

    def _combined(self, block: int, ways: _Ways) -> Members:
        found = []
        for way in ways:
            words: list[Members] = []
            for choices in way:
                words.append(either([self._in_all(block, choice) for choice in choices]))
                if not words[-1]:
                    break
            found.append(both(words) if all(words) else NOBODY)
        return either(found)

    def _in_all(self, block: int, terms: frozenset[str]) -> Members:
        found = self._found.get((block, terms))
        if found is None:
            found = self._found[block, terms] = in_all([self._read[block, term] for term in terms])
        return found
