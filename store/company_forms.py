"""Open questions by company, and the numbered forms on which companies answer them (design.md 3.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from peewee import fn

from store.errors import Invalid, NotFound, NothingToUndo
from store.rules.corrections import Field
from store.rules.permissions import Permission
from store.rules.problems import SETTLED_BY
from store.schema import CompanyForm, Participant, Problem, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

ASKED: Final = (Field.PHONE, Field.EMAIL, Field.NIK, Field.BIRTH_DATE, Field.ACTIVE)
"""What a company can be asked about its people, in the order of the columns; a balance is not theirs to tell."""


@value_class
class FormRow:
    """One numbered form: made, due, back."""

    form_id: int
    version: int
    number: int
    npp: str
    company: str
    people: int
    at: datetime
    by: str
    file: str
    due_on: date | None
    back_at: datetime | None
    back_file: str


@value_class
class CompanyOpen:
    """A company with open questions: of how many people, how many questions, and the newest form that went to it."""

    npp: str
    company: str
    people: int
    problems: int
    form: FormRow | None = None


@value_class
class FormLine:
    """One person of a company, and what is asked of them."""

    participant_id: int
    kpj: str
    name: str
    asks: frozenset[Field]
    problems: tuple[str, ...]


@value_class
class FormSheet:
    """A company's open questions as they go onto a form. `asks` are the columns: what is asked of anybody at all."""

    number: int  # 0 for one that is only looked at
    npp: str
    company: str
    day: date
    due_on: date | None
    asks: tuple[Field, ...]
    lines: tuple[FormLine, ...]


_QUESTIONS: Final = tuple(problem for problem, field in SETTLED_BY.items() if field in ASKED)


def companies(look: Snapshot, offset: int, limit: int) -> tuple[int, list[CompanyOpen]]:
    """Companies with questions they can answer, most people first, and how many there are; people without a company
    are left out.

    Raises NotAllowed.
    """
    look.require(Permission.SEE_LISTS)
    marks = ", ".join(["%s"] * len(_QUESTIONS))
    found = look.database.rows(_COMPANIES.format(these=marks), (*_QUESTIONS, limit, offset))
    if not found:  # nobody says how many there are
        return (0, []) if offset == 0 else (companies(look, 0, 1)[0], [])
    newest = {(form.npp, form.company): form for form in reversed(forms(look))}
    rows = [
        CompanyOpen(npp, company, int(people), int(problems), newest.get((npp, company)))
        for npp, company, people, problems, _all in found
    ]
    return int(found[0][-1]), rows


_COMPANIES: Final = """
WITH asked AS (SELECT participant_id, count(*) AS problems FROM open_problem WHERE flag IN ({these})
  GROUP BY participant_id),
grouped AS (SELECT group_id, count(*) AS people, sum(problems) AS problems FROM asked
  JOIN person_quality ON person_quality.id = asked.participant_id GROUP BY group_id)
SELECT npp, company, sum(grouped.people), sum(problems), count(*) OVER () FROM grouped
JOIN quality_group ON quality_group.id = group_id WHERE company <> '' GROUP BY npp, company
ORDER BY 3 DESC, company, npp LIMIT %s OFFSET %s"""
"""By the narrow lines of store.quality_index: a company has one for each of its pembina."""


def forms(look: Snapshot, *, waiting: bool = False) -> list[FormRow]:
    """The forms that were made, the newest first; `waiting`: only those that did not come back. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    query = (
        CompanyForm.select(CompanyForm, Staff.name.alias("by"))
        .join(Staff, on=(Staff.id == CompanyForm.staff_id))
        .where(~CompanyForm.undone)
        .order_by(CompanyForm.number.desc())
    )
    if waiting:
        query = query.where(CompanyForm.back_at.is_null())
    return [_form(row) for row in look.dicts(query)]


def _form(row: dict[str, Any]) -> FormRow:
    return FormRow(
        row["id"],
        row["version"],
        row["number"],
        row["npp"],
        row["company"],
        row["people"],
        row["at"],
        row["by"],
        row["file"],
        row["due_on"],
        row["back_at"],
        row["back_file"],
    )


def form_sheet(look: Snapshot, npp: str, company: str, due_on: date | None = None, *, number: int = 0) -> FormSheet:
    """A company's open questions, by name. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    same = Participant.npp == npp if npp else Participant.npp.is_null() | (Participant.npp == "")
    query = (
        Problem.select(Participant.id, Participant.kpj, Participant.name, Problem.flag)
        .join(Participant, on=(Participant.id == Problem.participant_id))
        .where(Participant.company == company, same, Problem.flag.in_(_QUESTIONS))
        .order_by(Participant.name_key, Participant.id)
    )
    open_of: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for *person, flag in look.tuples(query):
        open_of[person[0], person[1], person[2]].append(flag)
    lines = tuple(_lines(open_of))
    asks = tuple(field for field in ASKED if any(field in line.asks for line in lines))
    return FormSheet(number, npp, company, look.today, due_on, asks, lines)


def _lines(open_of: dict[tuple[int, str, str], list[str]]) -> Iterator[FormLine]:
    for person, flags in open_of.items():
        problems = tuple(problem for problem in SETTLED_BY if problem in flags)
        asks = frozenset(field for problem in problems if (field := SETTLED_BY[problem]) is not None)
        yield FormLine(*person, asks, problems)


def note_form(tx: Transaction, npp: str, company: str, due_on: date | None, file: str) -> FormSheet:
    """Gives a form its number and notes it as made; `{number}` in the file's name becomes that number.

    Raises NotAllowed, Invalid for a company without a question.
    """
    tx.require(Permission.CORRECT_CONTACT)
    if due_on is not None and due_on < tx.today:
        raise Invalid("due_on", due_on.isoformat(), "past")
    tx.database.lock_name("company-form")
    number = int(tx.scalar(CompanyForm.select(fn.coalesce(fn.max(CompanyForm.number), 0)))) + 1
    sheet = form_sheet(tx, npp, company, due_on, number=number)
    if not sheet.lines:
        raise Invalid("company", company, "nothing-open")
    tx.audit("correction.form")
    tx.insert(
        CompanyForm,
        number=number,
        npp=npp,
        company=company,
        people=len(sheet.lines),
        at=tx.now,
        staff_id=tx.actor.staff_id,
        file=file.replace("{number}", str(number)),
        due_on=due_on,
    )
    return sheet


def note_back(tx: Transaction, form_id: int, file: str) -> None:
    """A form came back, with the file of its answers or on paper (`''`). Raises NotAllowed, NotFound, NothingToUndo."""
    tx.require(Permission.CORRECT_CONTACT)
    row = tx.one(tx.database.locked(CompanyForm.select().where(CompanyForm.id == form_id)))
    if row is None or row["undone"]:
        raise NotFound("form", str(form_id))
    if row["back_at"] is not None:
        raise NothingToUndo()
    tx.audit("correction.form-back", why=file)
    tx.update(CompanyForm, form_id, back_at=tx.now, back_file=file)
