"""What the figures about the data are added up from: a narrow line a person, kept in the write that changes it.

Counting a hundred thousand people anew takes seconds; adding up these lines a fraction of one. Also how many problems
were opened and settled on a day. All of it is derived; `store.problem_index` calls what is here, nobody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.rules.erasures import MARK
from store.rules.problems import CARDS_SEVERAL, PROBLEMS
from store.value_class import value_class

if TYPE_CHECKING:
    from store.database import Database

NO_DOUBT: Final = frozenset(
    {CARDS_SEVERAL, "status-unknown", *(each for each in PROBLEMS if each.endswith("-missing"))}
)
"""Open, but no doubt about what is there: something is not known, or nothing is wrong by itself."""
_CHUNK: Final = 500

Line = tuple[int, ...]
"""Group, and 1 or 0: has a number that is not wrong, has an address, something is doubtful; and, for worklists that are
narrowed by it, is not known as claimed, is known to be working."""
_COLUMNS: Final = ("group_id", "callable", "email", "doubtful", "unclaimed", "active")


def _rows(database: Database, sql: str, these: Sequence[Any]) -> list[tuple[Any, ...]]:
    if not these:
        return []
    among, values = database.among("", these)
    return database.rows(sql.format(these=among), values)


Group = tuple[str, str, str]
"""NPP, company and pembina."""


class New(NamedTuple):  # one for each person of an import
    """What somebody counts by who was added just now: as in their row, which need not be asked for."""

    flags: str
    group: Group
    email: bool
    unclaimed: bool
    active: bool

    @classmethod
    def of(
        cls,
        flags: str,
        npp: str | None,
        company: str,
        pembina: str,
        email: str | None,
        claimed: bool | None,
        active: bool | None,
    ) -> New:
        return cls(flags, (npp or "", company, pembina), email is not None, not claimed, bool(active))


@value_class
class Known:
    """What the caller found of these people: problems that are open, whether they have a number that is not wrong
    (who is not there: as before), of whom company, NPP or pembina may be another one, and who is new.

    `groups` are those whose ids this write knows already; more are added as they are met.
    """

    problems: Iterable[tuple[int, str]]
    callable: Mapping[int, bool]
    moved: Collection[int]
    new: Mapping[int, New]
    groups: dict[Group, int]


def bring_up_to_date(
    database: Database, ids: Sequence[int], columns: Sequence[str] = _COLUMNS, known: Known | None = None
) -> tuple[dict[int, Line], dict[int, Line]]:
    """Writes the lines of these people (some hundreds) as their data are now; who is not there has none.

    The lines as they were, and as they are.
    """
    names, new = ", ".join(columns), known.new if known else {}
    old = [each for each in ids if each not in new]
    stored = _rows(database, f"SELECT id, {names} FROM person_quality WHERE id {{these}}", old)
    there = {person_id: tuple(line) for person_id, *line in stored}
    wanted = {each: line[: len(columns)] for each, line in _as_they_should_be(database, ids, known, there).items()}
    database.executemany(
        "DELETE FROM person_quality WHERE id = %s", [(each,) for each in sorted(there.keys() - wanted.keys())]
    )
    database.executemany(
        f"INSERT INTO person_quality (id, {names}) VALUES (%s{', %s' * len(columns)})",
        [(each, *wanted[each]) for each in sorted(wanted.keys() - there.keys())],
    )
    database.executemany(
        f"UPDATE person_quality SET {', '.join(f'{name} = %s' for name in columns)} WHERE id = %s",
        [(*wanted[each], each) for each in sorted(wanted.keys() & there.keys()) if wanted[each] != there[each]],
    )
    return there, wanted


_PEOPLE: Final = (
    "SELECT id, email IS NOT NULL, claimed IS NOT TRUE, active IS TRUE FROM participant"
    f" WHERE id {{these}} AND kpj < '{MARK}'"  # who was erased is nobody any more
)
_USABLE: Final = "SELECT DISTINCT participant_id FROM phone WHERE participant_id {these} AND wrong_at IS NULL"
_OPEN: Final = "SELECT participant_id, flag FROM open_problem WHERE participant_id {these}"


def _as_they_should_be(
    database: Database, ids: Sequence[int], known: Known | None = None, there: Mapping[int, Line] | None = None
) -> dict[int, Line]:
    """The lines of these people by their data; by what is `known` and `there` where it says enough."""
    there = {} if known is None or there is None else there
    new = known.new if known else {}
    people = _rows(database, _PEOPLE, [each for each in ids if each not in new])
    people += [(each, one.email, one.unclaimed, one.active) for each, one in new.items()]
    groups = {each: line[0] for each, line in there.items() if known is not None and each not in known.moved}
    asked = [each for each, *_rest in people if each not in groups]
    groups |= _groups_of(database, asked, new, known.groups if known else {})
    can_be_called = {each: bool(line[1]) for each, line in there.items()} | dict(known.callable if known else {})
    unsaid = [each for each in ids if each not in can_be_called]
    can_be_called |= {owner: True for (owner,) in _rows(database, _USABLE, unsaid)}
    problems = _rows(database, _OPEN, ids) if known is None else known.problems
    doubtful = {owner for owner, flag in problems if flag not in NO_DOUBT}
    return {
        person_id: (
            groups[person_id],
            *map(int, (can_be_called.get(person_id, False), email, person_id in doubtful, unclaimed, active)),
        )
        for person_id, email, unclaimed, active in people
    }


def _groups_of(
    database: Database, ids: Sequence[int], new: Mapping[int, New], found: dict[Group, int]
) -> dict[int, int]:
    """Which group each of these people is counted in, made where it is new; `found` has all of them then."""
    asked = "SELECT id, coalesce(npp, ''), company, pembina FROM participant WHERE id {these}"
    rows = _rows(database, asked, [each for each in ids if each not in new])
    whose = {person_id: (npp, company, pembina) for person_id, npp, company, pembina in rows}
    whose |= {each: one.group for each, one in new.items()}
    _find_groups(database, {group for group in whose.values() if group not in found}, found)
    return {person_id: found[group] for person_id, group in whose.items()}


def _find_groups(database: Database, wanted: set[Group], found: dict[Group, int]) -> None:
    """Adds the ids of these groups, made where they are new."""
    found |= _known_groups(database, wanted)
    new = sorted(group for group in wanted if group not in found)  # `-` would go through all that are found
    if new:
        made = dict(zip(new, database.allocate_ids("quality_group", len(new)), strict=True))
        database.executemany(
            "INSERT INTO quality_group (id, npp, company, pembina) VALUES (%s, %s, %s, %s)",
            [(group_id, *group) for group, group_id in made.items()],
        )
        found |= made


def _known_groups(database: Database, wanted: set[Group]) -> dict[Group, int]:
    if not wanted:
        return {}
    values = ", ".join(["(%s, %s, %s)"] * len(wanted))
    sql = (
        f"WITH wanted (npp, company, pembina) AS (VALUES {values}) SELECT npp, company, pembina, id"
        " FROM wanted JOIN quality_group USING (npp, company, pembina)"
    )
    rows = database.rows(sql, [part for group in sorted(wanted) for part in group])
    return {(npp, company, pembina): int(group_id) for npp, company, pembina, group_id in rows}


def note_problems(database: Database, day: date, opened: Counter[str], settled: Counter[str]) -> None:
    """Adds to how many problems were opened and settled on a day."""
    database.executemany(
        "INSERT INTO problem_day (day, flag, opened, settled) VALUES (%s, %s, %s, %s) ON CONFLICT (day, flag)"
        " DO UPDATE SET opened = problem_day.opened + excluded.opened,"
        " settled = problem_day.settled + excluded.settled",
        [(day.isoformat(), flag, opened[flag], settled[flag]) for flag in sorted(opened.keys() | settled.keys())],
    )


def rebuild(database: Database) -> None:
    """Makes the lines anew from what is there, within the open transaction, as step 16 knows them."""
    _make_anew(database, _COLUMNS[:4])


def refill(database: Database) -> None:
    """Makes the lines anew as they are today."""
    _make_anew(database, _COLUMNS)


def _make_anew(database: Database, columns: Sequence[str]) -> None:
    database.executemany("DELETE FROM person_quality WHERE id >= %s", [(0,)])
    last = 0
    while ids := [
        row[0] for row in database.rows(f"SELECT id FROM participant WHERE id > %s ORDER BY id LIMIT {_CHUNK}", (last,))
    ]:
        bring_up_to_date(database, ids, columns)
        last = ids[-1]


def disagreements(database: Database) -> list[int]:
    """People whose line does not say what the data say. None is as it should be."""
    stored = {
        row[0]: tuple(row[1:]) for row in database.rows(f"SELECT id, {', '.join(_COLUMNS)} FROM person_quality", ())
    }
    ids = [row[0] for row in database.rows("SELECT id FROM participant ORDER BY id", ())]
    found: dict[int, Line] = {}
    for start in range(0, len(ids), _CHUNK):
        found |= _as_they_should_be(database, ids[start : start + _CHUNK])
    return sorted(each for each in stored.keys() | found.keys() if stored.get(each) != found.get(each))
