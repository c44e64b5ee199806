"""The index of terms, kept in the same transaction as the people and numbers it speaks of.

`Transaction` tells `Changes` of each row of `participant` and `phone` that it writes; before it ends, `write` brings
the blocks up to date. Nobody else writes them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from store.rules.search_terms import (
    Known,
    company_terms,
    kpj_terms,
    name_terms,
    nik_terms,
    number_terms,
    spelled,
    terms_of,
)
from store.search_sets import BLOCK, BLOCK_BITS, both, changed, either, has, read, rising, size
from store.value_class import value_class

if TYPE_CHECKING:
    from store.database import Database

_CHUNK: Final = 500
_LOCK: Final = "search"
_SAMPLE: Final = 500
_PARTICIPANT = frozenset({"name", "name_key", "company", "kpj", "nik"})

_Blocks = dict[int, dict[str, "array[int]"]]
"""Block -> term -> places."""


def _blocks() -> _Blocks:
    return defaultdict(lambda: defaultdict(lambda: array("H")))


def _put(blocks: _Blocks, participant_id: int, terms: Iterable[str]) -> None:
    places, place = blocks[participant_id >> BLOCK_BITS], participant_id & (BLOCK - 1)
    for term in terms:
        places[term].append(place)


def _spelled(places: Mapping[str, array[int]]) -> dict[str, array[int]]:
    found: dict[str, array[int]] = defaultdict(lambda: array("H"))
    for given, those in places.items():
        terms = spelled(given)
        if terms == (given,) and given not in found:
            found[given] = those  # most: what numbers and codes are found by
            continue
        for term in terms:
            found[term].extend(those)
    return found


class Changes:
    """What a write did to names and numbers, as far as the index is concerned."""

    def __init__(self) -> None:
        self._added, self._removed = _blocks(), _blocks()
        self._touched: set[int] = set()  # people who have something else now: what they have is read again
        self._lost: set[int] = set()  # people who only lost a number: what they have was there before

    def __bool__(self) -> bool:
        return bool(self._added or self._touched or self._lost)

    def note(
        self, table: str, participant_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        """One row that was written, with its columns as they were and are: some of them, or all."""
        if table == "participant":
            self._note_person(participant_id, before, after)
        elif table == "phone":
            self._note_number(participant_id, before, after)

    def note_added(self, table: str, people: Sequence[int], told: Mapping[str, Sequence[Any]]) -> None:
        """Many rows that were added to one of the two tables, with their columns."""
        if table == "phone":
            for participant_id, e164 in zip(people, told["e164"], strict=True):
                _put(self._added, participant_id, number_terms(e164))
            return
        for known in map(Known, people, *(told[name] for name in ("name", "name_key", "company", "kpj", "nik"))):
            _put(self._added, known.participant_id, terms_of(known))

    def _note_person(
        self, participant_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        if before is None and after is not None:
            _put(self._added, participant_id, _terms(after))
        elif before is not None and (after is None or not _PARTICIPANT.isdisjoint(before)):
            self._touched.add(participant_id)
            _put(self._removed, participant_id, _terms(before))

    def _note_number(
        self, participant_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        if before is not None and "e164" in before:
            (self._lost if after is None else self._touched).add(participant_id)
            _put(self._removed, participant_id, number_terms(before["e164"]))
        elif after is not None and "e164" in after:
            _put(self._added, participant_id, number_terms(after["e164"]))

    def write(self, database: Database) -> None:
        """Brings the blocks up to date; until the transaction ends nobody else does."""
        if not self:
            return
        database.lock_name(_LOCK)
        kept, left = _blocks(), _blocks()
        for known in _known(database, sorted(self._touched | self._lost)):
            touched = known.participant_id in self._touched
            _put(kept if touched else left, known.participant_id, terms_of(known))
        for block in sorted({*self._added, *self._removed, *kept}):
            added, removed, has_now = (_spelled(each[block]) for each in (self._added, self._removed, kept))
            for term, places in _spelled(left[block]).items():
                if term in removed:
                    has_now[term].extend(places)
            _write_block(database, block, added, removed, has_now)
        self._added, self._removed, self._touched, self._lost = _blocks(), _blocks(), set(), set()


def _terms(row: Mapping[str, Any]) -> list[str]:
    """The terms of a row, or of those of its columns that are given."""
    terms = name_terms(row.get("name") or "", row.get("name_key") or "")
    terms += company_terms(row.get("company") or "")
    terms += kpj_terms(row.get("kpj") or "")
    terms += nik_terms(row.get("nik"))
    return terms


def _write_block(
    database: Database,
    block: int,
    added: Mapping[str, array[int]],
    removed: Mapping[str, array[int]],
    kept: Mapping[str, array[int]],
) -> None:
    terms = sorted({*added, *removed, *kept})
    stored = dict(_stored(database, block, terms))
    now: dict[str, bytes] = {}
    for term in terms:
        before = stored.get(term)
        members = changed(before, added.get(term, ()), ())
        if term in removed or term in kept:  # what one write both added and removed is gone, unless it is there now
            members = changed(members, kept.get(term, ()), removed.get(term, ()))
        if members != (before or b""):
            now[term] = members
    database.executemany(
        "INSERT INTO search_block (block, term, members) VALUES (%s, %s, %s)"
        " ON CONFLICT (block, term) DO UPDATE SET members = excluded.members",
        [(block, term, members) for term, members in now.items() if members],
    )
    database.executemany(
        "DELETE FROM search_block WHERE block = %s AND term = %s",
        [(block, term) for term, members in now.items() if not members],
    )


def _stored(database: Database, block: int, terms: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(terms), _CHUNK):
        some = terms[start : start + _CHUNK]
        marks = ", ".join(["%s"] * len(some))
        for term, members in database.rows(
            f"SELECT term, members FROM search_block WHERE block = %s AND term IN ({marks})", (block, *some)
        ):
            yield term, bytes(members)


def read_people(
    database: Database, ids: Sequence[int], *, numbers: bool = True, looks: Sequence[Sequence[tuple[str, str]]] = ()
) -> list[Known]:
    """What these people (some hundreds) can be found by: only of those who look as `Sought.looks` says."""
    of_number = any(column == "e164" for choices in looks for column, _ in choices)
    these, values = database.among("participant_id" if of_number else "id", ids)
    for choices in looks:
        these += f" AND ({' OR '.join(f'{column} LIKE %s' for column, _ in choices)})"
        values += tuple(like for _, like in choices)
    if of_number:
        these = f"id IN (SELECT participant_id FROM phone WHERE {these})"
    every = "(SELECT string_agg(e164, ' ') FROM phone WHERE participant_id = participant.id)" if numbers else "NULL"
    sql = f"SELECT id, name, name_key, company, kpj, nik, {every} FROM participant WHERE {these}"
    return [Known._make((*row[:-1], tuple((row[-1] or "").split()))) for row in database.rows(sql, values)]


def _known(database: Database, ids: Sequence[int]) -> Iterator[Known]:
    for start in range(0, len(ids), _CHUNK):
        yield from read_people(database, ids[start : start + _CHUNK])


def _all_of(database: Database, block: int) -> Iterator[Known]:
    first, end = block * BLOCK, (block + 1) * BLOCK
    sql = "SELECT id FROM participant WHERE id >= %s AND id < %s ORDER BY id"
    yield from _known(database, [row[0] for row in database.rows(sql, (first, end))])


def newest_block(database: Database) -> int:
    """The block of the newest participant."""
    return int(database.rows("SELECT coalesce(max(id), 0) FROM participant", ())[0][0]) >> BLOCK_BITS


def _as_it_should_be(database: Database) -> Iterator[tuple[int, dict[str, array[int]]]]:
    for block in range(newest_block(database) + 1):
        made = _blocks()
        for known in _all_of(database, block):
            _put(made, known.participant_id, terms_of(known))
        yield block, _spelled(made[block])


def rebuild(database: Database) -> None:
    """Makes the index anew from the people and numbers that are there, within the open transaction."""
    database.lock_name(_LOCK)
    database.executemany("DELETE FROM search_block WHERE block >= %s", [(0,)])
    for block, terms in _as_it_should_be(database):
        _write_block(database, block, terms, {}, {})


def disagreements(database: Database) -> list[tuple[int, str]]:
    """Where the index does not say what the people and numbers say: blocks and terms. None is as it should be."""
    stored = {
        (block, term): bytes(members)
        for block, term, members in database.rows("SELECT block, term, members FROM search_block", ())
    }
    wrong = []
    for block, terms in _as_it_should_be(database):
        for term, places in terms.items():
            found = stored.pop((block, term), b"")
            if set(rising(read(found))) != set(places):
                wrong.append((block, term))
    return sorted([*wrong, *stored])


@value_class
class IndexCheck:
    """What a quick look found: counts of all people and numbers, and each term of some people."""

    people: int
    people_named: int  # by the index
    numbers: int  # a person's numbers with the same three last digits count once
    numbers_named: int
    looked_at: int
    not_found: int  # of those: people who lack a term, or are named by a word that is not theirs

    @property
    def is_whole(self) -> bool:
        return (self.people, self.numbers, self.not_found) == (self.people_named, self.numbers_named, 0)


def check(database: Database) -> IndexCheck:
    """Whether the index is up to date, without reading everybody: some seconds for a million people.

    Looked at closely are some people from anywhere and those that were changed last.
    """
    newest = newest_block(database)
    named = ends = 0
    for block in range(newest + 1):
        # Everybody's KPJ begins with something, and every number ends.
        named += size(either([read(members) for term, members in _beginning(database, block, "K") if len(term) <= 2]))
        ends += sum(size(read(members)) for _, members in _beginning(database, block, "z"))
    people = database.rows("SELECT count(*) FROM participant", ())[0][0]
    each_end = "SELECT DISTINCT participant_id, substr(e164, length(e164) - 2) FROM phone"
    numbers = database.rows(f"SELECT count(*) FROM ({each_end}) AS each_end", ())[0][0]
    newest_id = int(database.rows("SELECT coalesce(max(id), 0) FROM participant", ())[0][0])
    sample = range(newest_id, 0, -max(1, newest_id // _SAMPLE))
    looked_at, wrong = _told_otherwise(database, sorted({*sample, *_changed_last(database)}))
    return IndexCheck(int(people), named, int(numbers), ends, looked_at, wrong)


def _changed_last(database: Database) -> Iterator[int]:
    """Of whom something was written last: by a process of an earlier release that did not end with the upgrade, too."""
    sql = """SELECT participant_id FROM audit_change WHERE table_name IN ('participant', 'phone')
        AND participant_id IS NOT NULL ORDER BY audit_id DESC LIMIT %s"""
    return (row[0] for row in database.rows(sql, (_SAMPLE,)))


def _told_otherwise(database: Database, ids: Sequence[int]) -> tuple[int, int]:
    """How many of these people there are, and how many of them lack a term or are named by a word that is not theirs.

    Such words alone (`=`) are believed without looking at the person.
    """
    looked_at, wrong = 0, 0
    for block, those in groupby(ids, lambda each: each >> BLOCK_BITS):
        known = list(_known(database, list(those)))
        places = {each.participant_id & (BLOCK - 1) for each in known}
        words: dict[int, set[str]] = defaultdict(set)
        for term, members in _beginning(database, block, "="):
            for place in rising(both([read(members), places])):
                words[place].add(term)
        for each in known:
            terms = {term for given in terms_of(each) for term in spelled(given)}
            looked_at += 1
            wrong += bool(words[each.participant_id & (BLOCK - 1)] - terms) or _lacks_any(database, each, terms)
    return looked_at, wrong


def _beginning(database: Database, block: int, mark: str) -> list[tuple[str, bytes]]:
    sql = "SELECT term, members FROM search_block WHERE term >= %s AND term < %s AND block = %s"
    return [(term, bytes(members)) for term, members in database.rows(sql, (mark, chr(ord(mark) + 1), block))]


def _lacks_any(database: Database, known: Known, terms: Iterable[str]) -> bool:
    block, place = known.participant_id >> BLOCK_BITS, known.participant_id & (BLOCK - 1)
    stored = dict(_stored(database, block, sorted(terms)))
    return any(term not in stored or not has(stored[term], place) for term in terms)
