"""Finding people by whatever is typed of them: the best fitting first, or everybody for a list.

The index (store.search_index) names who may fit; whoever it names is read and looked at (store.rules.search_terms),
some dozens at a time and only until enough have been found: a name that everybody has costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import reduce
from itertools import compress
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
    most_telling,
    typed_words,
)
from store.schema import Participant, Phone
from store.search_index import newest_block, read_people
from store.search_sets import (
    BLOCK,
    BLOCK_BITS,
    MANY_BYTES,
    NOBODY,
    Meant,
    Members,
    either,
    fitting,
    in_blocks,
    rising,
    size,
    spread,
    without,
)

__all__ = ["best_fitting", "everybody", "matches", "typed_words"]

_FIRST_LOOK: Final = 64
_LONGER: Final = 2
_LOOK: Final = 500
_FEW: Final = 2_000
_LISTED: Final = 60_000  # so many are counted off their blocks sooner than all of a list are read and looked up
_SOME: Final = 10_000  # so many are asked of sooner than all of a list are read
_FIRST_BLOCKS: Final = 2
_WIDER: Final = 7  # each look into the index takes in that many times the blocks of the one before: two for a million
_FEW_LOOKS: Final = 6
_WHOLES: Final = 200  # words of names that begin as was typed
_AFTER_ALL: Final = "\U0010ffff"

_Ways = Sequence[Sequence[Sequence[frozenset[str]]]]


def best_fitting(database: Database, text: str, limit: int) -> list[int]:
    """The ids of the first `limit` people who fit all that was typed, the best first, then by name."""
    sought, index, found = Sought(text), _Index(database), dict[int, tuple[int, str, int]]()
    if not sought.words:
        return []
    for rank in (EXACT, NUMBER_END, CODE_BEGINS, NAME_BEGINS, WORDS_BEGIN, CONTAINED):
        candidates = _candidates(index, database, sought, rank, limit)
        for known in _looked_at(database, candidates, found, sought, rank):
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
    asked, values = list[str](), list[str]()
    for word in sought.words:
        asked.append("SELECT id FROM participant WHERE kpj = %s")
        values.append(word.text)
        if word.parts:
            asked.append("SELECT id FROM participant WHERE nik = %s")
            asked += ["SELECT participant_id FROM phone WHERE e164 = %s"] * 2
            values += [word.plain, word.e164, f"+{word.plain}"]
    return _ids(database, " UNION ALL ".join(asked), *values)


def _named(database: Database, beginning: str, limit: int) -> list[int]:
    # As many as are wanted at all: nobody among them fits less well than the beginning of a name.
    sql = "SELECT id FROM participant WHERE name_key >= %s AND name_key < %s ORDER BY name_key LIMIT %s"
    return _ids(database, sql, beginning, beginning + _AFTER_ALL, 2 * limit)


def _of_codes(database: Database, beginning: str) -> list[int]:
    """Whose KPJ begins so: an index has them side by side."""
    return _ids(database, "SELECT id FROM participant WHERE kpj >= %s AND kpj < %s", beginning, beginning + _AFTER_ALL)


def _ids(database: Database, sql: str, *values: Any) -> list[int]:
    return [row[0] for row in database.rows(sql, values)]


def _looked_at(
    database: Database, candidates: Iterator[int], found: dict[int, Any], sought: Sought, rank: int = CONTAINED
) -> Iterator[Known]:
    enough, some = _FIRST_LOOK, list[int]()
    for candidate in candidates:
        if candidate not in found:
            some.append(candidate)
        if len(some) == enough:
            yield from _in_order(database, some, sought, rank)
            enough, some = min(_LONGER * enough, _LOOK), []
    yield from _in_order(database, some, sought, rank)


def _in_order(database: Database, ids: Sequence[int], sought: Sought, rank: int) -> list[Known]:
    """What is known of them; those of whom the database itself says that they fit less well are left out."""
    if not ids:
        return []
    found = read_people(database, ids, numbers=sought.has_digits, looks=sought.looks(rank))
    known = {each.participant_id: each for each in found}
    return [known[each] for each in ids if each in known]


def everybody(
    database: Database, text: str, among: Callable[[], Iterable[int]], few: int = _FEW, *, named: int = 0
) -> Meant:
    """All who fit what was typed; of more than `few`, those who have to be read only `among` which somebody looks.

    `named`: from how many on these are asked for, where they are nearly everybody and so take longer than they save.
    """
    proven, others = _all_who_fit(database, text, among, few, max(few, named, _LISTED))
    return Meant(proven, others)


def _all_who_fit(
    database: Database, text: str, among: Callable[[], Iterable[int]], few: int, many: int
) -> tuple[dict[int, Members], set[int]]:
    """Who is known to fit from the index, and the ids of those others who were looked at."""
    sought, index = Sought(text), _Index(database)
    if not sought.words:
        return {}, set(among())
    proven = dict(index.blocks(sought.proof(index.wholes)))
    others = {
        block: left
        for block, members in index.blocks(sought.terms(CONTAINED))
        if (left := without(members, proven.get(block, NOBODY)))
    }
    if len(sought.words) == 1 and sum(map(size, others.values())) > few:
        for block, members in in_blocks(_of_codes(database, sought.words[0].text)).items():
            proven[block] = either([proven.get(block, NOBODY), members])
            others[block] = without(others.get(block, NOBODY), members)
    found, candidates = set[int](), _members(others, among, many)
    if max(few, _SOME) < len(candidates) <= _LISTED:
        candidates &= set(among())
    if len(candidates) > few:
        # Reading so many takes long; nearly all of them are known by what the database itself can say of their rows.
        query = Participant.select(Participant.id).where(database.any_of(Participant.id, sorted(candidates)))
        for word in sought.words:
            query = query.where(matches(word.typed, numbers=False))
        told = {row[0] for row in database.peewee.execute(query).fetchall()}
        found |= told
        candidates -= told
    rest = iter(sorted(candidates))
    found |= {known.participant_id for known in _looked_at(database, rest, {}, sought) if sought.fits(known)}
    return proven, found


def fitting_among(database: Database, text: str, ids: Sequence[int]) -> list[int]:
    """Those of some people (some hundreds) who fit all that was typed, in their order."""
    sought = Sought(text)
    return [known.participant_id for known in _looked_at(database, iter(ids), {}, sought) if sought.fits(known)]


def _members(blocks: Mapping[int, Members], among: Callable[[], Iterable[int]], many: int) -> set[int]:
    """The ids of these members; of more than `many`, of those `among` whom somebody looks."""
    if not blocks:
        return set()
    if sum(map(size, blocks.values())) <= many:
        return {(block << BLOCK_BITS) + place for block, members in blocks.items() for place in rising(members)}
    # A byte for everybody, so that who is there is told without a step of Python for each.
    last, nobody = max(blocks), bytes(BLOCK)
    there = b"".join(spread(blocks[block]) if block in blocks else nobody for block in range(last + 1))
    ids = [each for each in among() if each < len(there)]
    return set(compress(ids, map(there.__getitem__, ids)))


def matches(word: str, *, numbers: bool = True) -> Any:
    """The same as a condition on participants, for logs of some thousand lines: it looks at each of them.

    Without `numbers` nobody fits by a telephone number alone.
    """
    sought = Word(word)
    found = (
        Participant.kpj.startswith(sought.text)  # first: of numbers it says the most, and is looked at soonest
        | reduce(and_, [_inside(Participant.name_key, key) for key in sought.keys])
        | _inside(fn.upper(Participant.name), sought.text)  # a title as it stands in the list: it is no part of the key
        | _inside(fn.upper(Participant.company), sought.text)
    )
    for part in sought.parts:
        found |= Participant.kpj.contains(part)
        if numbers:
            found |= Participant.id.in_(Phone.select(Phone.participant_id).where(Phone.e164.contains(part)))
    if len(sought.plain) >= PIECE:
        found |= Participant.nik.startswith(sought.plain)
    return found


def _inside(column: Any, part: str) -> Any:
    return column.contains(part) if len(part) >= PIECE else Value(" ").concat(column).contains(f" {part}")


def _all_terms(ways: _Ways) -> set[str]:
    return {term for way in ways for choices in way for choice in choices for term in choice}


def _telling(ways: _Ways) -> set[str]:
    return {most_telling(choice) for way in ways for choices in way for choice in choices if choice}


class _Index:
    """The index as one search looks at it: what was read for one rank is there for the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[tuple[int, str], bytes | None] = {}  # None: many, and not read
        self._newest = newest_block(database)

    def people(self, ways: _Ways) -> Iterator[int]:
        """Who may have the terms; whoever is named has to be looked at."""
        for block, members in self.blocks(ways, nearly=True):
            for place in rising(members):
                yield (block << BLOCK_BITS) + place

    def blocks(self, ways: _Ways, *, nearly: bool = False) -> Iterator[tuple[int, Members]]:
        """Who has the terms, block by block: any of the ways, in it for each word all terms of any of its choices.

        `nearly` leaves terms unread that many people have, where the others name but a few: looking at a few people
        too many takes less time.
        """
        first, count, somebody = 0, _FIRST_BLOCKS, False
        while ways and first <= self._newest:
            blocks = range(first, min(first + count, self._newest + 1))
            likely = self._likely(blocks, ways) if len(ways) > 1 else ways
            terms, telling = _all_terms(likely), _telling(likely)
            self._fetch(terms, blocks, telling if nearly else terms)
            found = self._combined(dict.fromkeys(blocks), likely)
            too_many = nearly and sum(map(size, found.values())) > _FEW_LOOKS * len(blocks)
            if too_many and self._fetch(terms, blocks, terms):
                found = self._combined(found, likely)
            yield from found.items()
            somebody = somebody or bool(found)
            # What nobody of the first has, few have: all of them are wanted, and each look costs.
            first, count = blocks.stop, count * _WIDER if somebody else self._newest

    def wholes(self, beginning: str) -> list[str]:
        """The terms there are that begin so; a few: who has none of them is read."""
        # From each to the next, so that the blocks of one are passed over.
        sql = f"""WITH RECURSIVE begun (term) AS (
            SELECT min(term) FROM search_block WHERE term >= %s AND term < %s UNION ALL
            SELECT (SELECT min(term) FROM search_block WHERE term > begun.term AND term < %s)
            FROM begun WHERE begun.term IS NOT NULL)
            SELECT term FROM begun WHERE term IS NOT NULL LIMIT {_WHOLES}"""
        end = beginning + _AFTER_ALL
        return [row[0] for row in self._database.rows(sql, (beginning, end, end))]

    def _likely(self, blocks: range, ways: _Ways) -> _Ways:
        """The ways of which somebody has the first word: mostly none where names may begin a KPJ."""
        firsts = [way[:1] for way in ways]
        self._fetch(_all_terms(firsts), blocks, _telling(firsts))
        return [
            way
            for way in ways
            if any(all(self._read[block, term] != b"" for term in choice) for choice in way[0] for block in blocks)
        ]

    def _fetch(self, terms: Set[str], blocks: range, whole: Set[str]) -> bool:
        """Reads the terms in these blocks: those that many people have only if they are among the `whole`.

        Says whether there was something to read that had not been read before.
        """
        read = self._read
        new = [
            term
            for term in terms
            if any((at := (block, term)) not in read or (read[at] is None and term in whole) for block in blocks)
        ]
        if not new:
            return False
        those, values = self._database.among("term", new)
        wanted, wanted_values = self._database.among("term", [term for term in new if term in whole])
        sql = (
            f"SELECT block, term, CASE WHEN octet_length(members) < %s OR {wanted} THEN members END"
            f" FROM search_block WHERE {those} AND block BETWEEN %s AND %s"
        )
        read |= {(block, term): b"" for block in blocks for term in new}
        asked = (MANY_BYTES, *wanted_values, *values, blocks[0], blocks[-1])
        for block, term, members in self._database.rows(sql, asked):
            read[block, term] = members
        return True

    def _combined(self, blocks: Mapping[int, Members | None], ways: _Ways) -> dict[int, Members]:
        """Of the members of these blocks (None: all there may be) those who fit, where there is somebody."""
        found = {block: either([self._fitting(block, way, among) for way in ways]) for block, among in blocks.items()}
        return {block: members for block, members in found.items() if members}

    def _fitting(self, block: int, way: Sequence[Sequence[frozenset[str]]], among: Members | None) -> Members:
        read = self._read
        words = [
            [[known for term in choice if (known := read[block, term]) is not None] for choice in choices]
            for choices in way
        ]
        return fitting(words, among)
