"""How many people of a company have which problem, and how good its data are, counted as they change.

A region's worklists and first screen say numbers of a million people: added up anew they take most of a second. So each
write that brings `open_problem` and `person_quality` up to date (store.problem_index) adds here what it changed, under
the same lock and in the same transaction. Nobody else writes these figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from store.quality_index import Line

if TYPE_CHECKING:
    from store.database import Database

_PROBLEMS: Final = """SELECT flag, group_id, unclaimed, active, count(*) FROM open_problem
    JOIN person_quality ON person_quality.id = open_problem.participant_id
    GROUP BY flag, group_id, unclaimed, active"""
_FIGURES: Final = """SELECT group_id, count(*), sum(callable), sum(email), sum(doubtful) FROM person_quality
    GROUP BY group_id"""
_NONE: Final = (0, 0, 0, 0)

Counts = tuple[Counter[tuple[Any, ...]], dict[int, tuple[int, ...]]]
"""People by flag, group, not known as claimed, known to be working; figures of store.quality by group."""


def counts_of(database: Database) -> Counts:
    """What everybody counts for by what is kept of each."""
    problems, figures = database.rows(_PROBLEMS, ()), database.rows(_FIGURES, ())
    return (
        Counter({tuple(key): int(people) for *key, people in problems}),
        {int(group): tuple(map(int, told)) for group, *told in figures},
    )


class Changed:
    """What a write changes of the counts: what people had is taken off, what they have is added, once at the end."""

    def __init__(self) -> None:
        self._problems = Counter[tuple[Any, ...]]()
        self._figures: dict[int, tuple[int, int, int, int]] = {}

    def add(self, lines: Mapping[int, Line], problems: Iterable[tuple[int, str]], sign: int) -> None:
        """People by what is kept of each, and what is open of them."""
        for person_id, flag in problems:
            if person_id in lines:
                group, _callable, _email, _doubtful, unclaimed, active = lines[person_id]
                self._problems[flag, group, unclaimed, active] += sign
        for group, can_be_called, email, doubtful, _unclaimed, _active in lines.values():
            people, callable_, emails, doubts = self._figures.get(group, _NONE)
            self._figures[group] = (
                people + sign,
                callable_ + sign * can_be_called,
                emails + sign * email,
                doubts + sign * doubtful,
            )

    def write(self, database: Database) -> None:
        _add(database, self._problems, self._figures)


def _add(database: Database, problems: Counter[tuple[Any, ...]], figures: Mapping[int, tuple[int, ...]]) -> None:
    database.executemany(
        "INSERT INTO problem_count (flag, group_id, unclaimed, active, people) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (flag, group_id, unclaimed, active)"
        " DO UPDATE SET people = problem_count.people + excluded.people",
        [(*key, people) for key, people in sorted(problems.items()) if people],
    )
    database.executemany(
        "UPDATE quality_group SET people = people + %s, callable = callable + %s, email = email + %s,"
        " doubtful = doubtful + %s WHERE id = %s",
        [(*told, group) for group, told in sorted(figures.items()) if any(told)],
    )


def count_anew(database: Database) -> None:
    """Counts from what is kept of each person, within the open transaction, whatever was counted before."""
    database.executemany("DELETE FROM problem_count WHERE people >= %s OR people < %s", [(0, 0)])
    database.executemany("UPDATE quality_group SET people = %s, callable = %s, email = %s, doubtful = %s", [_NONE])
    _add(database, *counts_of(database))


def disagreements(database: Database) -> list[tuple[Any, ...]]:
    """Counts that are not what is kept of each person, problems and groups. None is as it should be."""
    problems, figures = counts_of(database)
    stored = database.rows("SELECT flag, group_id, unclaimed, active, people FROM problem_count WHERE people <> 0", ())
    groups = database.rows(
        "SELECT id, people, callable, email, doubtful FROM quality_group"
        " WHERE people <> 0 OR callable <> 0 OR email <> 0 OR doubtful <> 0",
        (),
    )
    wrong: set[tuple[Any, ...]] = set(stored) ^ {(*key, people) for key, people in problems.items()}
    return sorted(wrong | (set(groups) ^ {(group, *told) for group, told in figures.items()}), key=str)
