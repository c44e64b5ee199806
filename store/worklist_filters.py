"""Which people a worklist holds: counted, narrowed, in an order, and from one to the next without counting along."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any, Final

from peewee import SQL, NodeList, fn

from store.errors import Invalid, NotFound
from store.rows import ListValue
from store.rules.erasures import MARK
from store.rules.permissions import Permission
from store.rules.problems import PROBLEMS
from store.schema import Participant, Problem, ProblemCount, QualityGroup
from store.search import everybody, fitting_among
from store.search_sets import Meant
from store.snapshot import Snapshot
from store.value_class import value_class


class WorkOrder(StrEnum):
    """In what order a worklist stands."""

    FILE = "file"  # as the people came in
    NAME = "name"
    COMPANY = "company"


@value_class
class WorkFilter:
    """Whose problems: all of these at once; None and False ask for nothing, as '' does as a text.

    A company is its name as it stands; '' as company, npp or pembina asks for people of whom none is known.
    """

    company: str | None = None
    npp: str | None = None
    pembina: str | None = None
    unclaimed: bool = False  # not known as claimed
    active: bool = False  # known to be working
    text: str = ""

    @property
    def narrows(self) -> bool:
        return self != WorkFilter()


EVERYBODY: Final = WorkFilter()


def counts(look: Snapshot, wanted: WorkFilter = EVERYBODY) -> dict[str, int]:
    """How many people each worklist holds, in the order of the lists, also 0. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    if wanted.text.strip():
        query = Problem.select(Problem.flag, fn.count(SQL("*"))).where(_of_those(look, wanted)).group_by(Problem.flag)
    else:
        query = _counted(wanted, ProblemCount.flag, fn.sum(ProblemCount.people)).group_by(ProblemCount.flag)
    found = dict(look.database.peewee.execute(query.tuples()).fetchall())
    return {problem: int(found.get(problem, 0)) for problem in PROBLEMS}


def count_open(look: Snapshot, problem: str, wanted: WorkFilter = EVERYBODY, meant: Meant | None = None) -> int:
    """How many people one worklist holds; `meant` as in `window_ids`. Raises NotAllowed, Invalid."""
    if wanted.text.strip():
        return int(look.scalar(_list(look, problem, wanted, fn.count(SQL("*")), meant=meant)))
    _may_ask(look, problem)
    return int(look.scalar(_counted(wanted, fn.sum(ProblemCount.people)).where(ProblemCount.flag == problem)) or 0)


def _counted(wanted: WorkFilter, *columns: Any, joined: bool = False) -> Any:
    """The counts of those whom the filter leaves, whatever text it has (store.problem_counts)."""
    query = ProblemCount.select(*columns)
    of_group = {
        QualityGroup.company: wanted.company,
        QualityGroup.npp: wanted.npp,
        QualityGroup.pembina: wanted.pembina,
    }
    equal = [column == value for column, value in of_group.items() if value is not None]
    if joined or equal:
        query = query.join(QualityGroup, on=(QualityGroup.id == ProblemCount.group_id))
    for condition in equal:
        query = query.where(condition)
    if wanted.unclaimed:
        query = query.where(ProblemCount.unclaimed == 1)
    return query.where(ProblemCount.active == 1) if wanted.active else query


def people_of(look: Snapshot, wanted: WorkFilter) -> Any:
    """The query of the ids of everybody whom the filter leaves."""
    query = Participant.select(Participant.id).where(Participant.kpj < MARK)  # who was erased is nobody any more
    for condition in _conditions(wanted):
        query = query.where(condition)
    if wanted.text.strip():
        query = query.where(look.database.any_of(Participant.id, meant_by(look, wanted.text).ids))
    return query


def _conditions(wanted: WorkFilter) -> list[Any]:
    """In the words of the indexes over those who are not known as claimed, and those known to be working."""
    equal = (
        (Participant.company, wanted.company),
        (Participant.npp, wanted.npp),
        (Participant.pembina, wanted.pembina),
    )
    conditions: list[Any] = [
        (column == value) if value else (column.is_null() | (column == ""))
        for column, value in equal
        if value is not None
    ]
    if wanted.unclaimed:
        conditions.append(NodeList((Participant.claimed, SQL("IS NOT TRUE"))))
    if wanted.active:
        conditions.append(NodeList((Participant.active, SQL("IS TRUE"))))
    return conditions


def meant_by(look: Snapshot, text: str) -> Meant:
    """Who is meant by the text of a filter, of those who have a problem."""
    return everybody(look.database, text, partial(_all_ids, look), named=_NAMED)


def _all_ids(look: Snapshot) -> list[int]:
    return [row[0] for row in look.database.rows("SELECT DISTINCT participant_id FROM open_problem", ())]


def _of_those(look: Snapshot, wanted: WorkFilter) -> Any:
    if not replace(wanted, text="").narrows:
        return look.database.any_meant(Problem.participant_id, meant_by(look, wanted.text))
    return Problem.participant_id.in_(people_of(look, wanted))


def _may_ask(look: Snapshot, problem: str) -> None:
    look.require(Permission.SEE_LISTS)
    if problem not in PROBLEMS:
        raise Invalid("problem", problem, "unknown")


def _list(
    look: Snapshot,
    problem: str,
    wanted: WorkFilter,
    *columns: Any,
    joined: bool = False,
    meant: Meant | None = None,
) -> Any:
    """The lines of one worklist, joined with their people where something is asked of them."""
    _may_ask(look, problem)
    query = Problem.select(*columns)
    joined = joined or replace(wanted, text="").narrows
    if joined:
        query = query.join(Participant, on=(Participant.id == Problem.participant_id))
    query = query.where(Problem.flag == problem)
    for condition in _conditions(wanted):
        query = query.where(condition)
    if wanted.text.strip():
        meant = meant_by(look, wanted.text) if meant is None else meant
        column = Problem.participant_id
        query = query.where(
            look.database.any_of(column, meant.ids) if joined else look.database.any_meant(column, meant)
        )
    return query


_NAMED: Final = 200_000
"""Somebody has a problem of whom many have one: so many people are named sooner than all of those are read."""
_NEAR: Final = (60, 200, 400, 1_000)
"""Among so many of the next ones, each time more, who fits is looked for before everybody is asked for."""
_FEW: Final = 2_000
"""A list of so many is put in order quicker than everybody is gone through."""
_OF_MANY: Final = 1_000
"""Of a company with more on the list, the next by name is near among everybody."""
_ORDER: Final[dict[WorkOrder, tuple[Any, ...]]] = {
    WorkOrder.FILE: (Problem.participant_id,),
    WorkOrder.NAME: (Participant.name_key, Participant.id),
    WorkOrder.COMPANY: (Participant.company, Participant.id),
}


def work_ids(look: Snapshot, problem: str, wanted: WorkFilter, order: WorkOrder = WorkOrder.FILE) -> list[int]:
    """Everybody on a worklist, in its order: for marks and for what is done to a whole list. Raises NotAllowed."""
    query = _list(look, problem, wanted, Problem.participant_id, joined=order is not WorkOrder.FILE)
    return _ids(look, query.order_by(*_ORDER[order]))


def next_id(
    look: Snapshot,
    problem: str,
    wanted: WorkFilter,
    after: int | None,
    order: WorkOrder = WorkOrder.FILE,
    *,
    back: bool = False,
) -> int | None:
    """The person who follows another one (or precedes, `back`), who may have left the list; None at its end.

    Raises NotAllowed, Invalid, NotFound.
    """
    if not wanted.text.strip():
        return next(iter(_following(look, problem, wanted, after, order, back, 1)), None)
    # Whoever is looked for is mostly near: only where nobody near fits, everybody is asked for.
    looked_at = 0
    for many in _NEAR:
        near = _following(look, problem, replace(wanted, text=""), after, order, back, many)
        fit = fitting_among(look.database, wanted.text, near[looked_at:])
        if fit or len(near) < many:
            return next(iter(fit), None)
        looked_at = many
    return next(iter(_following(look, problem, wanted, after, order, back, 1)), None)


def _following(
    look: Snapshot, problem: str, wanted: WorkFilter, after: int | None, order: WorkOrder, back: bool, limit: int
) -> list[int]:
    """The next ones behind somebody, or before them."""
    columns = _ORDER[order]
    if order is WorkOrder.FILE and wanted.company is None:
        query = _list(look, problem, wanted, Problem.participant_id)
    else:
        query, columns = _by_people(look, problem, wanted, order), (*columns[:-1], Participant.id)
        if wanted.text.strip() and len(columns) > 1:  # few fit: put in order, sooner than all are gone through in it
            columns = (fn.coalesce(columns[0], ""), Participant.id)
    if after is not None:
        query = query.where(_behind(columns, _place(look, after, order), back=back))
    return _ids(look, query.order_by(*(column.desc() if back else column for column in columns)).limit(limit))


def _by_people(look: Snapshot, problem: str, wanted: WorkFilter, order: WorkOrder) -> Any:
    """The same list, asked from its people: they are gone through in their order until one has the problem."""
    meant = meant_by(look, wanted.text) if wanted.text.strip() else None
    # Checks what is asked, also where it is not used.
    narrow = _list(look, problem, wanted, Problem.participant_id, meant=meant)
    if wanted.company is None and not _is_long(look, problem):
        return Participant.select(Participant.id).where(Participant.id.in_(narrow))
    has = Problem.select(Problem.id).where(Problem.flag == problem, Problem.participant_id == Participant.id)
    query = Participant.select(Participant.id).where(fn.EXISTS(has))
    by_name = wanted.company and order is WorkOrder.NAME
    if by_name and count_open(look, problem, replace(wanted, text="")) > _OF_MANY:
        # Said so that the index of companies is not used: the next by name is met before all of its people are read.
        query = query.where(fn.coalesce(Participant.company, "") == wanted.company)
        wanted = replace(wanted, company=None)
    for condition in _conditions(wanted):
        query = query.where(condition)
    return query if meant is None else query.where(look.database.any_of(Participant.id, meant.ids))


def _is_long(look: Snapshot, problem: str) -> bool:
    return look.scalar(_list(look, problem, EVERYBODY, Problem.id).offset(_FEW).limit(1)) is not None


def _behind(columns: tuple[Any, ...], place: tuple[Any, ...], *, back: bool) -> Any:
    """What comes after a place in an order; said so that an index over the first column is used."""
    first, last = columns[0], columns[-1]
    if len(columns) == 1:
        return last < place[0] if back else last > place[0]
    beyond = (first < place[0]) | (last < place[1]) if back else (first > place[0]) | (last > place[1])
    return (first <= place[0] if back else first >= place[0]) & beyond


def window_ids(
    look: Snapshot,
    problem: str,
    wanted: WorkFilter,
    offset: int,
    limit: int,
    order: WorkOrder = WorkOrder.FILE,
    meant: Meant | None = None,
) -> list[int]:
    """A window of a worklist; `meant` is `meant_by` of its text where that is known. Raises NotAllowed, Invalid."""
    query = _list(look, problem, wanted, Problem.participant_id, joined=order is not WorkOrder.FILE, meant=meant)
    if order is WorkOrder.FILE or wanted.narrows or not _is_long(look, problem):
        return _ids(look, query.order_by(*_ORDER[order]).offset(offset).limit(limit))
    # Of a long list either end is near to somebody who goes through the people in their order.
    behind = count_open(look, problem, wanted) - offset - limit
    if min(offset, behind) > _FEW:
        return _ids(look, query.order_by(*_ORDER[order]).offset(offset).limit(limit))
    if offset <= behind:
        return _ids(look, _by_people(look, problem, wanted, order).order_by(*_ORDER[order]).offset(offset).limit(limit))
    limit, behind = limit + min(behind, 0), max(behind, 0)
    backwards = [column.desc() for column in _ORDER[order]]
    found = _ids(
        look, _by_people(look, problem, wanted, order).order_by(*backwards).offset(behind).limit(max(limit, 0))
    )
    return found[::-1]


def _place(look: Snapshot, participant_id: int, order: WorkOrder) -> tuple[Any, ...]:
    if order is WorkOrder.FILE:
        return (participant_id,)
    found = look.tuples(Participant.select(*_ORDER[order]).where(Participant.id == participant_id))
    if not found:
        raise NotFound("participant", str(participant_id))
    return found[0]


def _ids(look: Snapshot, query: Any) -> list[int]:
    return [row[0] for row in look.database.peewee.execute(query.tuples()).fetchall()]


_VALUES: Final[dict[str, Any]] = {
    "company": Participant.company,
    "npp": Participant.npp,
    "pembina": Participant.pembina,
}


def work_values(look: Snapshot, problem: str, wanted: WorkFilter, field: str) -> list[ListValue]:
    """Every value of company, npp or pembina on a list, most people first. Raises NotAllowed, Invalid."""
    if field not in _VALUES:
        raise Invalid("field", field, "unknown")
    cleared: dict[str, Any] = {field: None}
    column, others = _VALUES[field], replace(wanted, **cleared)
    query = _list(look, problem, others, column, fn.count(Problem.id), joined=True)
    if not wanted.text.strip():
        column, people = getattr(QualityGroup, field), fn.sum(ProblemCount.people)
        query = _counted(others, column, people, joined=True).where(ProblemCount.flag == problem).having(people > 0)
    found = Counter[str]()
    for value, people in look.database.peewee.execute(query.group_by(column).tuples()).fetchall():
        found[value or ""] += int(people)
    return sorted(
        (ListValue(value, people, "") for value, people in found.items()), key=lambda row: (-row.people, str(row.value))
    )
