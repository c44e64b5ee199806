"""Worklists of people's data: what is open, one after the other, until nothing is (design.md 3.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from store.accepting import ACCEPTED_AT_ONCE, EMAIL_TYPO, AcceptedRow, accept_some, accepted_of, withdraw
from store.cleaning import (
    READ_AT_ONCE,
    WRITTEN_AT_ONCE,
    CleanDone,
    CleanPlan,
    CleanRow,
    Prepared,
    clean_rows,
    field_of,
    given,
    plan_of,
    prepare,
    write_some,
)
from store.company_forms import CompanyOpen, FormRow, FormSheet, companies, form_sheet, forms, note_back, note_form
from store.corrections import Corrected
from store.edit_writes import Change, people_locked, write
from store.edits import Evidence, must_propose, read, require
from store.errors import FileRefused, Invalid, NotFound
from store.link import Link
from store.problem_counts import count_anew
from store.problem_index import ProblemCheck, check, rebuild
from store.quality_index import refill
from store.rows import ListValue, UndoRef
from store.rules.corrections import NO, YES, Field
from store.rules.permissions import Permission
from store.snapshot import Snapshot
from store.suggestions import Suggestion, count_suggestions, suggestions, take_suggestion
from store.transaction import Transaction
from store.turns import Progress, Told, chunks, in_turns
from store.undo import undo_entry
from store.workbooks.company_form_out import FormBook, write_form
from store.worklist_filters import (
    EVERYBODY,
    WorkFilter,
    WorkOrder,
    count_open,
    counts,
    meant_by,
    next_id,
    window_ids,
    work_ids,
    work_values,
)
from store.worklist_rows import WorkPerson, WorkRow, open_whole, rows_of

__all__ = [
    "EMAIL_TYPO",
    "EVERYBODY",
    "CleanDone",
    "CleanPlan",
    "CleanRow",
    "CompanyOpen",
    "FormRow",
    "FormSheet",
    "Suggestion",
    "WorkFilter",
    "WorkOrder",
    "WorkPerson",
    "WorkRow",
    "WorklistDesk",
]

_CORRECTED_AT_ONCE: Final = 50
"""People in the first portion."""


class WorklistDesk:
    """`store.worklists`: problems of store.rules.problems, each with the people of whom it is open."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._plans: dict[int, tuple[CleanPlan, list[Prepared]]] = {}
        self._next_id = 1

    async def counts(self, wanted: WorkFilter = EVERYBODY) -> dict[str, int]:
        """How many people each worklist holds, in the order of the lists, also 0. Raises NotAllowed."""
        return await self._link.newest("worklist-counts", counts, wanted)

    async def count(self, problem: str, wanted: WorkFilter = EVERYBODY) -> int:
        """How many people one worklist holds. Raises NotAllowed, Invalid."""
        return await self._link.read(count_open, problem, wanted)

    async def rows(
        self, problem: str, wanted: WorkFilter, offset: int, limit: int, order: WorkOrder = WorkOrder.FILE
    ) -> list[WorkRow]:
        """A window of a worklist, masked. Raises NotAllowed, Invalid."""
        return await self._link.read(_rows, problem, wanted, offset, limit, order)

    async def window(
        self, problem: str, wanted: WorkFilter, offset: int, limit: int, order: WorkOrder = WorkOrder.FILE
    ) -> tuple[int, list[WorkRow]]:
        """`count` and `rows` of one instant, looking once for who is meant by a text. Raises NotAllowed, Invalid."""
        return await self._link.read(_window, problem, wanted, offset, limit, order)

    async def next(
        self,
        problem: str,
        wanted: WorkFilter,
        after: int | None,
        order: WorkOrder = WorkOrder.FILE,
        *,
        back: bool = False,
    ) -> WorkRow | None:
        """Who follows a participant on the list (or precedes, `back`), who may have left it; None at its end.

        Raises NotAllowed, Invalid, NotFound.
        """
        return await self._link.read(_next, problem, wanted, after, order, back=back)

    async def one(self, problem: str, participant_id: int) -> WorkRow | None:
        """One person as a line of that list, whether the problem is still open or not; None: no such person."""
        return await self._link.read(_one, problem, participant_id)

    async def ids(self, problem: str, wanted: WorkFilter, order: WorkOrder = WorkOrder.FILE) -> list[int]:
        """Everybody on a worklist in its order, for marks. Raises NotAllowed, Invalid."""
        return await self._link.read(work_ids, problem, wanted, order)

    async def values(self, problem: str, wanted: WorkFilter, field: str) -> list[ListValue]:
        """Every company, npp or pembina on a list, most people first; what the filter says of it is left aside.

        Raises NotAllowed, Invalid.
        """
        return await self._link.read(work_values, problem, wanted, field)

    async def open(self, participant_id: int) -> WorkPerson:
        """One person whole, to be corrected with `corrections.correct`; the trail keeps that it was shown.

        Raises NotAllowed, NotFound.
        """
        return (await self._link.write(open_whole, participant_id))[0]

    async def check(self) -> ProblemCheck:
        """Whether the kept problems are what the data say, at a quick look. Raises NotAllowed."""
        return await self._link.read(_check)

    async def rebuild(self) -> None:
        """Makes them anew: some seconds for 100,000 people, in which nobody else writes. Raises NotAllowed."""
        await self._link.write(_rebuild)

    # What is right as it is ------------------------------------------------------------------------------------------

    async def accept(
        self,
        problem: str,
        participant_ids: Sequence[int],
        why: str,
        told: Told | None = None,
        *,
        seen: Mapping[int, str] | None = None,
    ) -> Corrected:
        """Notes that what is flagged is right, until the value changes; a person needs a reason.

        `seen`: `WorkRow.seen` (`Suggestion.seen`) of those who were looked at one by one. Raises NotAllowed, Invalid
        for a problem that cannot be right and without a reason, StaleEdit where somebody has another value by now.
        """
        change = partial(_accept, problem=problem, why=why, seen=seen or {})
        done, undo = await in_turns(self._link, change, list(participant_ids), ACCEPTED_AT_ONCE, told)
        return Corrected(sum(done), undo=undo)

    async def accepted(self, participant_id: int) -> list[AcceptedRow]:
        """What was said to be right of a person. Raises NotAllowed."""
        return await self._link.read(accepted_of, participant_id)

    async def withdraw(self, accepted_id: int) -> UndoRef | None:
        """Asks again what somebody said to be right. Raises NotAllowed, NotFound, NothingToUndo."""
        return (await self._link.write(withdraw, accepted_id))[1]

    # Likely typing errors of e-mail addresses ------------------------------------------------------------------------

    async def suggestions(
        self, wanted: WorkFilter = EVERYBODY, after: int = 0, limit: int | None = None
    ) -> list[Suggestion]:
        """The next addresses behind a participant that look like typing errors, masked. Raises NotAllowed.

        One that is right is left out from then on: `accept(EMAIL_TYPO, [id], "")`.
        """
        return await self._link.read(suggestions, wanted, after, limit)

    async def count_suggestions(self, wanted: WorkFilter = EVERYBODY) -> int:
        """How many there are: all addresses are looked at. Raises NotAllowed."""
        return await self._link.read(count_suggestions, wanted)

    async def take_suggestion(self, participant_id: int, version: int, evidence: Evidence) -> Corrected:
        """Writes the address that was probably meant: a correction like any other, with its evidence.

        Raises NotAllowed, NotFound, EditConflict, Invalid ("changed-since") where the person is no longer as seen.
        """
        (changed, proposed), undo = await self._link.write(_take_suggestion, participant_id, version, evidence)
        return Corrected(changed, proposed, undo)

    # Many at once ----------------------------------------------------------------------------------------------------

    async def plan_cleaning(
        self,
        problem: str,
        wanted: WorkFilter = EVERYBODY,
        participant_ids: Sequence[int] | None = None,
        told: Told | None = None,
    ) -> CleanPlan:
        """What reading the cells of a list (or of marked people) again by today's rules would do; nothing is changed.

        Raises NotAllowed, Invalid ("not-cleanable") for a problem of which no cell was kept.
        """
        field = field_of(problem)
        if participant_ids is None:
            participant_ids = await self.ids(problem, wanted)
        prepared: list[Prepared] = []
        for done, some in enumerate(chunks(list(participant_ids), READ_AT_ONCE)):
            prepared += await asyncio.to_thread(prepare, field, await self._link.read(given, field, some))
            if told is not None:
                told(Progress(done * READ_AT_ONCE + len(some), len(participant_ids)))
        plan = plan_of(self._next_id, field, len(participant_ids), prepared)
        self._next_id += 1
        self._plans[plan.plan_id] = (plan, prepared)
        return plan

    async def cleaning_rows(self, plan: CleanPlan, offset: int, limit: int) -> list[CleanRow]:
        """A window of what would be changed, before and after, masked. Raises NotAllowed, NotFound."""
        return await self._link.read(clean_rows, plan.field, self._prepared(plan)[offset : offset + limit])

    async def clean(
        self, plan: CleanPlan, why: str = "", *, replace_filled: bool = False, told: Told | None = None
    ) -> CleanDone:
        """Does what a plan said, a turn at a time, with one undo; what stands there stays unless it is asked for.

        Raises NotAllowed (also where an officer's yes is wanted), NotFound.
        """
        await self._link.read(require, plan.field)
        those = [each for each in self._prepared(plan) if replace_filled or each.kind != "replaces"]
        done, undo = await in_turns(
            self._link, partial(_write_some, field=plan.field, why=why), those, WRITTEN_AT_ONCE, told
        )
        await self.forget(plan)
        return CleanDone(
            sum(each.changed for each in done),
            sum(each.answered for each in done),
            sum(each.moved for each in done),
            undo,
        )

    async def forget(self, plan: CleanPlan) -> None:
        """A plan that nobody wants any more."""
        self._plans.pop(plan.plan_id, None)

    def _prepared(self, plan: CleanPlan) -> list[Prepared]:
        if plan.plan_id not in self._plans:
            raise NotFound("plan", str(plan.plan_id))
        return self._plans[plan.plan_id][1]

    async def set_active(
        self, participant_ids: Sequence[int], active: bool, evidence: Evidence, told: Told | None = None
    ) -> Corrected:
        """Notes of marked people that they work, or no longer do. Raises NotAllowed, Invalid without a reason."""
        if not evidence.why.strip():
            raise Invalid("why", evidence.why, "empty")
        change = partial(_set_active, text=YES if active else NO, evidence=evidence)
        done, undo = await in_turns(self._link, change, list(participant_ids), _CORRECTED_AT_ONCE, told)
        return Corrected(sum(count for count, _ in done), any(proposed for _, proposed in done), undo)

    # By company ------------------------------------------------------------------------------------------------------

    async def companies(self, offset: int, limit: int) -> tuple[int, list[CompanyOpen]]:
        """How many companies have questions that they can answer, and those from `offset` on, most people first.

        Raises NotAllowed.
        """
        return await self._link.read(companies, offset, limit)

    async def forms(self, *, waiting: bool = False) -> list[FormRow]:
        """Forms that were made, the newest first; `waiting`: that did not come back. Raises NotAllowed."""
        return await self._link.read(forms, waiting=waiting)

    async def form(self, npp: str, company: str, due_on: date | None = None) -> FormSheet:
        """A company's open questions, looked at without making a form. Raises NotAllowed."""
        return await self._link.read(form_sheet, npp, company, due_on)

    async def make_form(
        self,
        npp: str,
        company: str,
        path: Path,
        due_on: date | None,
        titles: Callable[[FormSheet], Sequence[str]],
        questions: Mapping[str, str],
    ) -> tuple[FormSheet, Path, UndoRef | None]:
        """Numbers a form and writes its workbook; `{number}` in the name of the file becomes the number.

        `titles` gives the lines above the table, `questions` the words of each problem. Nothing is noted when the file
        cannot be written. Raises NotAllowed, Invalid, FileRefused.
        """
        sheet, undo = await self._link.write(note_form, npp, company, due_on, path.name)
        target = path.with_name(path.name.replace("{number}", str(sheet.number)))
        lines = tuple(
            (line.kpj, line.name, line.asks, "; ".join(questions[problem] for problem in line.problems))
            for line in sheet.lines
        )
        try:
            await asyncio.to_thread(write_form, FormBook(tuple(titles(sheet)), sheet.asks, lines), target)
        except FileRefused:
            if undo is not None:
                await self._link.write(undo_entry, undo.audit_id)
            raise
        return sheet, target, undo

    async def form_back(self, form_id: int, file: str = "") -> UndoRef | None:
        """Notes that a form came back, `''` on paper. Raises NotAllowed, NotFound, NothingToUndo."""
        return (await self._link.write(note_back, form_id, file))[1]


def _rows(look: Snapshot, problem: str, wanted: WorkFilter, offset: int, limit: int, order: WorkOrder) -> list[WorkRow]:
    return rows_of(look, problem, window_ids(look, problem, wanted, offset, limit, order))


def _window(
    look: Snapshot, problem: str, wanted: WorkFilter, offset: int, limit: int, order: WorkOrder
) -> tuple[int, list[WorkRow]]:
    look.require(Permission.SEE_LISTS)
    meant = meant_by(look, wanted.text) if wanted.text.strip() else None
    ids = window_ids(look, problem, wanted, offset, limit, order, meant)
    return count_open(look, problem, wanted, meant), rows_of(look, problem, ids)


def _next(
    look: Snapshot, problem: str, wanted: WorkFilter, after: int | None, order: WorkOrder, *, back: bool
) -> WorkRow | None:
    found = next_id(look, problem, wanted, after, order, back=back)
    return None if found is None else next(iter(rows_of(look, problem, [found])), None)


def _one(look: Snapshot, problem: str, participant_id: int) -> WorkRow | None:
    look.require(Permission.SEE_LISTS)
    return next(iter(rows_of(look, problem, [participant_id])), None)


def _check(look: Snapshot) -> ProblemCheck:
    look.require(Permission.MANAGE_OFFICE)
    return check(look.database)


def _rebuild(tx: Transaction) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    rebuild(tx.database)
    refill(tx.database)
    count_anew(tx.database)


def _accept(tx: Transaction, ids: Sequence[int], *, problem: str, why: str, seen: Mapping[int, str]) -> int:
    return accept_some(tx, problem, ids, why, seen)


def _take_suggestion(tx: Transaction, participant_id: int, version: int, evidence: Evidence) -> tuple[int, bool]:
    return take_suggestion(tx, participant_id, version, evidence), must_propose(tx)


def _write_some(tx: Transaction, some: Sequence[Prepared], *, field: Field, why: str) -> CleanDone:
    return write_some(tx, field, some, why)


def _set_active(tx: Transaction, ids: Sequence[int], *, text: str, evidence: Evidence) -> tuple[int, bool]:
    tx.require(Permission.CORRECT_CONTACT)
    tx.audit("correction.status", why=evidence.why)
    typed = read(tx, Field.ACTIVE, text)
    people = people_locked(tx, sorted(set(ids)))
    gone = next((each for each in ids if each not in people), None)
    if gone is not None:
        raise NotFound("participant", str(gone))
    # Who is written to was read in this very write: there is nobody whose change could be lost.
    return len(write(tx, [Change(each, Field.ACTIVE, typed, evidence) for each in people], people)), must_propose(tx)
