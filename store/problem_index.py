"""What is open of each person, kept in the same transaction as the people, numbers and changes it follows from.

`Transaction` tells `Touched` of each row that it writes; before it ends, `write` brings `open_problem` up to date, also
for others who have the same number or NIK. Nobody else writes that table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from store import problem_counts, quality_index
from store.rules.corrections import CorrectionState, Field
from store.rules.problems import PersonFacts, problems_of
from store.value_class import value_class

if TYPE_CHECKING:
    from store.database import Database

_CHUNK: Final = 500
_LOCK: Final = "problems"
_SAMPLE: Final = 500
_HOLDERS_COMPARED: Final = 50
"""Of a NIK that stands for hundreds of people (a typist's placeholder), these are compared."""
_PERSON: Final = frozenset(
    {*("flags", "nik", "birth_date", "sex", "name", "name_key", "kpj", "npp"), *("email", "company", "pembina")}
)
_WATCHED: Final = frozenset({"phone", "accepted", "correction"})
INDEXED: Final[Mapping[str, tuple[str, ...]]] = {
    "participant": (
        *("name", "name_key", "company", "kpj", "nik", "flags"),
        *("npp", "pembina", "email", "claimed", "active"),
    ),
    "phone": ("e164", "wrong_at"),
    "accepted": (),
    "correction": (),
}
"""Tables from whose rows something follows that is kept here or in the index of terms, and what has to be known of a
row that is new."""
ADDED: Final = frozenset({"participant", "phone"})
"""Of these, rows that are added come by the hundred (`Touched.note_added`)."""
_COMPARED: Final = frozenset({"nik", "name", "name_key", "kpj"})
"""By these people of one NIK are told apart."""
_GROUPED: Final = frozenset({"npp", "company", "pembina"})
"""By these people are counted together (store.quality_index)."""
_NARROWING: Final = frozenset({"claimed", "active"})
"""Worklists are narrowed by these: nothing is opened or settled by them, but somebody counts elsewhere."""


class Touched:
    """People of whom a write may have opened or settled something."""

    def __init__(self) -> None:
        self._counted = problem_counts.Changed()
        self._forget()

    def _forget(self) -> None:
        self._people: set[int] = set()
        self._elsewhere: set[int] = set()
        self._moved: set[int] = set()  # who may be counted with others now
        self._numbers: set[str] = set()  # that somebody had before or has now
        self._numbered: set[int] = set()  # whose numbers are all looked at: which one was changed is not known
        self._niks: set[str] = set()
        self._compared: set[int] = set()  # who may be told apart from others of their NIK, or not any more
        self._new: dict[int, quality_index.New] = {}  # of whom nobody knew before; whatever is known is told here
        self._can_be_called: set[int] = set()  # of those
        self._together: set[int] = set()  # who has a number or NIK that others have as well

    def note(
        self, table: str, participant_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        """One row that was written, with its columns as they were and are: some of them, or all."""
        self._new.pop(participant_id, None)
        if table == "participant":
            self._note_participant(participant_id, before, after)
            return
        if table not in _WATCHED:
            return
        if table == "phone":
            numbers = [row["e164"] for row in (before, after) if row and "e164" in row]
            self._numbers.update(numbers)
            if not numbers:
                self._numbered.add(participant_id)
        self._people.add(participant_id)

    def note_added(self, table: str, people: Sequence[int], told: Mapping[str, Sequence[Any]]) -> None:
        """Many rows that were added to one of the tables `ADDED`, with their columns; people that never were there."""
        self._people.update(people)
        if table == "phone":
            self._numbers.update(told["e164"])
            for participant_id, wrong_at in zip(people, told["wrong_at"], strict=True):
                if wrong_at is not None:
                    self._new.pop(participant_id, None)
                elif participant_id in self._new:
                    self._can_be_called.add(participant_id)
            return
        self._moved.update(people)
        self._niks.update(filter(None, told["nik"]))
        names = ("flags", "npp", "company", "pembina", "email", "claimed", "active")
        for participant_id, *facts in zip(people, *(told[name] for name in names), strict=True):
            self._new[participant_id] = quality_index.New.of(*facts)

    def _note_participant(
        self, participant_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        whole = before is None or after is None
        changed = _PERSON | _NARROWING if before is None or after is None else after.keys()
        if whole or not _GROUPED.isdisjoint(changed):
            self._moved.add(participant_id)
        if whole or not _COMPARED.isdisjoint(changed):
            self._compared.add(participant_id)
            self._niks.update(row["nik"] for row in (before, after) if row and row.get("nik"))
        if not _PERSON.isdisjoint(changed):
            self._people.add(participant_id)
        elif not _NARROWING.isdisjoint(changed):
            self._elsewhere.add(participant_id)

    def write(self, database: Database, today: date) -> None:
        """Brings the table up to date; until the transaction ends nobody else does."""
        if not self._people and not self._elsewhere:
            return
        database.lock_name(_LOCK)
        holders = self._look_around(database)
        opened, settled, groups = Counter[str](), Counter[str](), dict[quality_index.Group, int]()
        for people in _chunks(sorted(self._people | self._elsewhere)):
            new = {each: self._new[each] for each in people if each in self._new}
            before = set(_rows(database, _OPEN, [each for each in people if each not in new]))
            stays = {line for line in before if line[0] not in self._people}
            alone = {each for each in new if each not in self._together}
            facts = facts_of(database, [each for each in people if each in self._people and each not in alone], holders)
            # Of who is new nothing was accepted yet: where nobody is like them, what was read of them is all there is.
            flagged = {(each, flag) for each in alone for flag in new[each].flags.split()}
            after = stays | _bring_up_to_date(database, facts, before - stays, flagged)
            opened.update(flag for _person, flag in after - before)
            settled.update(flag for _person, flag in before - after)
            callable_ = {each: bool(fact.phones) for each, fact in facts.items()}
            callable_ |= {each: each in self._can_be_called for each in alone}
            known = quality_index.Known(after, callable_, self._moved, new, groups)
            had, have = quality_index.bring_up_to_date(database, people, known=known)
            self._counted.add(had, before, -1)
            self._counted.add(have, after, 1)
        if opened or settled:
            quality_index.note_problems(database, today, opened, settled)
        self._forget()

    def write_counts(self, database: Database) -> None:
        """Brings up to date what is counted by the table: once, at the end of the transaction."""
        self._counted.write(database)
        self._counted = problem_counts.Changed()

    def _look_around(self, database: Database) -> dict[str, set[int]]:
        """Finds the others of whom something is open, or not any more, by what was written: by number, who can be
        called at it.
        """
        holders: dict[str, set[int]] = {}
        for people in _chunks(sorted(self._numbered)):
            self._numbers.update(e164 for (e164,) in _rows(database, _NUMBERS, people))
        for people in _chunks(sorted(self._compared)):
            self._niks.update(nik for (nik,) in _rows(database, _NIKS, people))
        for numbers in _chunks(sorted(self._numbers)):
            holders |= {number: set() for number in numbers}
            for number, owner, usable in _rows(database, _OWNERS, numbers):
                self._people.add(owner)
                if usable:
                    holders[number].add(owner)
        for owners in holders.values():
            if len(owners) > 1:
                self._together |= owners
        for niks in _chunks(sorted(self._niks)):
            first: dict[str, int] = {}
            for nik, owner in _rows(database, _HOLDERS, niks):
                self._people.add(owner)
                if first.setdefault(nik, owner) != owner:
                    self._together |= {first[nik], owner}
        return holders


_NUMBERS: Final = "SELECT e164 FROM phone WHERE participant_id {these}"
_NIKS: Final = "SELECT nik FROM participant WHERE id {these} AND nik IS NOT NULL"
_OWNERS: Final = "SELECT e164, participant_id, wrong_at IS NULL FROM phone WHERE e164 {these}"
_HOLDERS: Final = "SELECT nik, id FROM participant WHERE nik {these} AND nik IS NOT NULL"
_PEOPLE: Final = "SELECT id, flags, nik, birth_date, sex, name, name_key, kpj, npp FROM participant WHERE id {these}"
_PHONES: Final = (
    "SELECT participant_id, e164, wrong_at FROM phone WHERE participant_id {these}"
    " ORDER BY participant_id, position, id"
)
_CORRECTED: Final = (
    "SELECT participant_id, max(at) FROM correction"
    # Not by the index of states: nearly all are made.
    f" WHERE participant_id {{these}} AND coalesce(state, '') = '{CorrectionState.MADE}'"
    f" AND field = '{Field.PHONE}' AND NOT undone GROUP BY participant_id"
)
_SHARED: Final = (
    "SELECT e164 FROM phone WHERE e164 {these} AND wrong_at IS NULL"
    " GROUP BY e164 HAVING count(DISTINCT participant_id) > 1"
)
_SAME_NIK: Final = (
    "SELECT nik, id, name_key, name, kpj FROM participant WHERE nik {these} AND nik IS NOT NULL ORDER BY id"
)
_ACCEPTED: Final = "SELECT participant_id, flag, value FROM accepted WHERE participant_id {these} AND NOT undone"
_OPEN: Final = "SELECT participant_id, flag FROM open_problem WHERE participant_id {these}"


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def _rows(database: Database, sql: str, these: Iterable[Any]) -> list[tuple[Any, ...]]:
    wanted = list(these)
    if not wanted:
        return []
    among, values = database.among("", wanted)
    return database.rows(sql.format(these=among), values)


def facts_of(
    database: Database, ids: Sequence[int], holders: Mapping[str, Set[int]] | None = None
) -> dict[int, PersonFacts]:
    """What the problems of these people (some hundreds) follow from; who is not there is left out.

    `holders`: by number, everybody who can be called at it, as far as that is known.
    """
    holders = holders or {}
    people = _rows(database, _PEOPLE, ids)
    phones = _rows(database, _PHONES, ids)
    corrected = dict(_rows(database, _CORRECTED, sorted({owner for owner, _e164, wrong_at in phones if wrong_at})))
    usable: dict[int, list[str]] = defaultdict(list)
    wrong: dict[int, list[str]] = defaultdict(list)
    for owner, e164, wrong_at in phones:
        if wrong_at is None:
            usable[owner].append(e164)
        elif wrong_at > corrected.get(owner, 0):
            wrong[owner].append(e164)
    numbers = {number for own in usable.values() for number in own}
    shared = {e164 for (e164,) in _rows(database, _SHARED, sorted(numbers - holders.keys()))}
    shared |= {number for number in numbers & holders.keys() if len(holders[number]) > 1}
    same: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for nik, *holder in _rows(database, _SAME_NIK, sorted({row[2] for row in people if row[2]})):
        same[nik].append(tuple(holder))
    found = {}
    for person_id, flags, nik, birth_date, sex, name, name_key, kpj, npp in people:
        others = [holder for holder in same.get(nik, ())[:_HOLDERS_COMPARED] if holder[0] != person_id]
        own = tuple(usable.get(person_id, ()))
        found[person_id] = PersonFacts(
            flags=tuple(flags.split()),
            phones=own,
            wrong=tuple(wrong.get(person_id, ())),
            shared_phones=tuple(number for number in own if number in shared),
            nik=nik,
            birth_date=None if birth_date is None else str(birth_date),
            sex=sex,
            name=name,
            kpj=kpj,
            npp=npp,
            same_nik_other_name=tuple(other[2] for other in others if other[1] != name_key),
            same_nik_same_name=tuple(other[3] for other in others if other[1] == name_key),
        )
    return found


def _open_by(database: Database, facts: Mapping[int, PersonFacts]) -> set[tuple[int, str]]:
    """What is open of these people (some hundreds)."""
    accepted: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for person_id, flag, value in _rows(database, _ACCEPTED, facts):
        accepted[person_id].add((flag, value))
    return {
        (person_id, flag)
        for person_id, fact in facts.items()
        for flag in problems_of(fact, accepted.get(person_id, ()))
    }


def _as_it_should_be(database: Database, ids: Sequence[int]) -> set[tuple[int, str]]:
    return _open_by(database, facts_of(database, ids))


def _bring_up_to_date(
    database: Database,
    facts: Mapping[int, PersonFacts],
    there: set[tuple[Any, ...]],
    others: Set[tuple[int, str]] = frozenset(),
) -> set[tuple[int, str]]:
    """What is open of these people now, and of `others`, written where it is not what is `there`."""
    wanted = _open_by(database, facts) | others
    database.executemany("DELETE FROM open_problem WHERE participant_id = %s AND flag = %s", sorted(there - wanted))
    database.executemany("INSERT INTO open_problem (participant_id, flag) VALUES (%s, %s)", sorted(wanted - there))
    return wanted


def _everybody(database: Database) -> Iterator[list[int]]:
    last = 0
    while ids := [
        row[0] for row in database.rows(f"SELECT id FROM participant WHERE id > %s ORDER BY id LIMIT {_CHUNK}", (last,))
    ]:
        yield ids
        last = ids[-1]


def rebuild(database: Database) -> None:
    """Makes the table anew from what is there, within the open transaction; until it ends nobody else writes it."""
    database.lock_name(_LOCK)
    database.executemany("DELETE FROM open_problem WHERE id >= %s", [(0,)])
    for ids in _everybody(database):
        _bring_up_to_date(database, facts_of(database, ids), set(_rows(database, _OPEN, ids)))


def disagreements(database: Database) -> list[tuple[int, str]]:
    """Where the table does not say what the data say: people and problems. None is as it should be."""
    stored = set(database.rows("SELECT participant_id, flag FROM open_problem", ()))
    found = {line for ids in _everybody(database) for line in _as_it_should_be(database, ids)}
    return sorted(stored ^ found)


@value_class
class ProblemCheck:
    """What a quick look found: of some people all problems held against the data, and problems of nobody."""

    looked_at: int
    wrong: int  # of those: people of whom something else is open than what is kept
    of_nobody: int  # problems kept of somebody who is not there
    miscounted: int = 0  # counts by company (store.problem_counts) that are not what is kept

    @property
    def is_whole(self) -> bool:
        return self.wrong == self.of_nobody == self.miscounted == 0


def check(database: Database) -> ProblemCheck:
    """Whether the table is up to date, without reading everybody."""
    newest = int(database.rows("SELECT coalesce(max(id), 0) FROM participant", ())[0][0])
    looked_at, wrong = 0, set[int]()
    for ids in _chunks(range(newest, 0, -max(1, newest // _SAMPLE))):
        there = [row[0] for row in _rows(database, "SELECT id FROM participant WHERE id {these}", ids)]
        stored = set(_rows(database, _OPEN, there))
        wrong |= {person_id for person_id, _flag in stored ^ _as_it_should_be(database, there)}
        looked_at += len(there)
    nobody = "SELECT count(*) FROM open_problem WHERE participant_id NOT IN (SELECT id FROM participant)"
    miscounted = len(problem_counts.disagreements(database))
    return ProblemCheck(looked_at, len(wrong), int(database.rows(nobody, ())[0][0]), miscounted)
