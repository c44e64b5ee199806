"""Files of corrections that come in: shown value by value against what is known, then taken as chosen (design.md 3.3).

Whoever is typing meanwhile waits for one turn and not for the whole file; should a turn be refused, the ones before it
are taken back, so that a file (or several) comes in whole or not at all. What a killed process leaves is one undo.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from store.correction_plans import (
    CorrectionPlan,
    DiffLine,
    FileRow,
    Judging,
    Line,
    OpenForm,
    Writer,
    answered_form,
    sheet_reports,
    shown,
)
from store.edit_writes import Change, Person, people_locked, write
from store.edits import Evidence, must_propose, who_wrote
from store.errors import FieldConflict, Invalid, NotFound
from store.layouts import is_known_file, note_file, save_mapping, saved_mapping
from store.link import Link
from store.office import setting
from store.rows import UndoRef
from store.rules.correction_files import OTHER_PERSON, UNKNOWN_KPJ, FieldVerdict
from store.rules.corrections import Field, Source, TypedRead
from store.rules.permissions import Permission
from store.schema import CompanyForm, Participant, table_name
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.turns import Progress, joined, marked
from store.undo import undo_entry
from store.value_class import value_class
from store.workbooks.corrections import CorrectionsFile, read_corrections

__all__ = [
    "CorrectionImportDesk",
    "CorrectionPlan",
    "CorrectionsDone",
    "DiffFilter",
    "DiffLine",
    "FileRow",
    "LineConflict",
    "OpenForm",
    "Writer",
]

CORRECTIONS: Final = "corrections"
WRITTEN_AT_ONCE: Final = 60
"""Values in one turn: well below the quarter of a second that somebody who is typing may wait."""


@value_class
class DiffFilter:
    """Which lines of a plan: all of these at once; None asks for nothing. `text` stands in KPJ, name or company."""

    verdict: FieldVerdict | None = None
    field: Field | None = None
    row: tuple[str, int] | None = None  # sheet and row
    reason: str = ""  # a reason of the row: kpj-unknown, kpj-repeated, other-person
    text: str = ""
    ready: bool | None = None

    def holds(self, line: Line) -> bool:
        """Whether a line is asked for."""
        return (
            (self.verdict is None or line.verdict is self.verdict)
            and (self.field is None or (line.told is not None and line.told.field is self.field))
            and (self.row is None or (line.sheet, line.row) == self.row)
            and (not self.reason or any(reason.code == self.reason for reason in line.reasons))
            and (self.ready is None or line.ready == self.ready)
            and all(word in f"{line.kpj} {line.name} {line.company}".upper() for word in self.text.upper().split())
        )


EVERY_LINE: Final = DiffFilter()


@value_class
class LineConflict:
    """A line that was left, because a colleague changed the value since the plan: original, mine and theirs."""

    n: int
    participant_id: int
    kpj: str
    name: str
    conflict: FieldConflict = field(repr=False)


@value_class
class CorrectionsDone:
    """What an import of corrections did: values written or proposed, and what a colleague changed meanwhile."""

    file: str
    changed: int
    people: int
    proposed: bool
    conflicts: tuple[LineConflict, ...]
    form: OpenForm | None = None  # the company's form that this answered
    undo: UndoRef | None = None


@dataclass(slots=True)
class _Open:
    file: CorrectionsFile
    plan: CorrectionPlan
    lines: list[Line]


@value_class
class Taking:
    """What to take of one plan: line numbers (None: all that is ready), `over` also over what a colleague wrote since.

    `supplier` is whose word it is; `form_id` the company's form that it answers.
    """

    plan: CorrectionPlan
    lines: Collection[int] | None = None
    over: Collection[int] = ()
    supplier: str = ""
    form_id: int | None = None


class CorrectionImportDesk:
    """`store.correction_imports`: corrections from files of companies and of the office itself."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._open: dict[int, _Open] = {}
        self._next_id = 1

    async def plan(self, path: Path, overrides: Mapping[str, str] | None = None) -> CorrectionPlan:
        """What taking the file would do; nothing is changed. `overrides` maps headings to fields, `''` to none.

        Without overrides the mapping saved for this layout of columns is used. Raises FileRefused, NotAllowed, Invalid.
        """
        office = await self._link.read(_reading_rules)
        mapping, plan_id = dict(overrides or {}), self._next_id
        self._next_id += 1
        file = await asyncio.to_thread(self._read, path, mapping, *office)
        try:
            if not mapping and (mapping := await self._link.read(saved_mapping, CORRECTIONS, file.layout)):
                file.close()
                file = await asyncio.to_thread(self._read, path, mapping, *office)
            judging = Judging(file, mapping)
            while await self._link.read(judging.chunk):
                pass
            plan = replace(await self._link.read(_plan, plan_id, file, judging), mapping=mapping)
        except BaseException:
            file.close()
            raise
        self._open[plan_id] = _Open(file, plan, judging.lines)
        return plan

    def _read(self, path: Path, overrides: Mapping[str, str], today: date, area_code: str) -> CorrectionsFile:
        home = self._link.home
        return read_corrections(path, overrides=overrides, spool_dir=home, today=today, area_code=area_code)

    async def count(self, plan: CorrectionPlan, wanted: DiffFilter = EVERY_LINE) -> int:
        """How many lines a filter finds."""
        return sum(map(wanted.holds, self._of(plan).lines))

    async def lines(self, plan: CorrectionPlan, wanted: DiffFilter, offset: int, limit: int) -> list[DiffLine]:
        """A window of the lines in the order of the file, present values masked. Raises NotAllowed."""
        found = [line for line in self._of(plan).lines if wanted.holds(line)][offset : offset + limit]
        return await self._link.read(_shown, found)

    async def numbers(self, plan: CorrectionPlan, wanted: DiffFilter = EVERY_LINE) -> list[int]:
        """The numbers of the lines that a filter finds and that can be taken, for marks."""
        return [line.n for line in self._of(plan).lines if line.possible and wanted.holds(line)]

    async def whole(self, plan: CorrectionPlan, n: int) -> DiffLine:
        """One line with the present value as it is; the trail keeps that it was shown. Raises NotAllowed, NotFound."""
        found = next((line for line in self._of(plan).lines if line.n == n), None)
        if found is None:
            raise NotFound("line", str(n))
        return (await self._link.write(_whole, found))[0]

    async def apply(
        self,
        taking: Taking,
        overrides: Mapping[str, str] | None = None,
        told: Callable[[Progress], None] | None = None,
    ) -> CorrectionsDone:
        """Takes the chosen lines, with one undo. Raises NotAllowed, NotFound, Invalid.

        Of a file that came in before nothing is taken but lines that were chosen one by one.
        """
        return (await self.apply_all([taking], overrides, told))[0]

    async def apply_all(
        self,
        takings: Sequence[Taking],
        overrides: Mapping[str, str] | None = None,
        told: Callable[[Progress], None] | None = None,
    ) -> list[CorrectionsDone]:
        """Several files, all or none; one undo takes all of them back."""
        await self._link.read(_may)
        work = [(taking, self._of(taking.plan), self._chosen(taking)) for taking in takings]
        of, at, undos = sum(len(chosen) for _taking, _opened, chosen in work), 0, list[UndoRef]()
        done = []
        try:
            for taking, opened, chosen in work:
                turns = []
                change = partial(_write_some, taking=taking, file=opened.file)
                for some in _turns(chosen):
                    first = undos[0].audit_id if undos else None
                    turn, undo = await self._link.write(marked, change, some, first, at, of)
                    turns.append(turn)
                    undos += [undo] if undo is not None else []
                    at += len(some)
                    if told is not None:
                        told(Progress(at, of))
                undo = (await self._link.write(_note, taking, opened, _summed(turns), dict(overrides or {})))[1]
                undos += [undo] if undo is not None else []
                done.append(replace(_summed(turns), file=opened.plan.file, form=_form_of(taking, opened.plan)))
        except BaseException:
            for undo in reversed(undos):
                await self._link.write(undo_entry, undo.audit_id)
            raise
        for taking in takings:
            await self.close(taking.plan)
        return [replace(each, undo=joined(undos)) for each in done]

    def _chosen(self, taking: Taking) -> list[Line]:
        opened = self._of(taking.plan)
        if taking.lines is None:
            return [] if opened.plan.known_file else [line for line in opened.lines if line.ready]
        wanted = {*taking.lines, *taking.over}
        chosen = [line for line in opened.lines if line.n in wanted]
        for line in chosen:
            if not line.possible:
                raise Invalid("line", str(line.n), "not-possible")
        return chosen

    async def preview(self, plan: CorrectionPlan, sheet: str, n: int) -> list[list[str]]:
        """The first rows of a sheet as texts, for the eye that checks the mapping. Raises NotAllowed, NotFound."""
        await self._link.read(_may)
        return self._of(plan).file.preview(sheet, n)

    async def close(self, plan: CorrectionPlan) -> None:
        """Forgets a plan; its spool is gone."""
        opened = self._open.pop(plan.plan_id, None)
        if opened is not None:
            opened.file.close()

    def _of(self, plan: CorrectionPlan) -> _Open:
        opened = self._open.get(plan.plan_id)
        if opened is None:
            raise NotFound("plan", str(plan.plan_id))
        return opened


def _may(look: Snapshot) -> None:
    look.require(Permission.IMPORT_PARTICIPANTS)
    look.require(Permission.CORRECT_CONTACT)


def _reading_rules(look: Snapshot) -> tuple[date, str]:
    _may(look)
    return look.today, str(setting(look, "phones.area_code"))


def _plan(look: Snapshot, plan_id: int, file: CorrectionsFile, judging: Judging) -> CorrectionPlan:
    lines, known = judging.lines, is_known_file(look, CORRECTIONS, file.sha256)
    by_field: dict[Field, Counter[FieldVerdict]] = {}
    for line in lines:
        if line.told is not None and line.verdict is not None:
            by_field.setdefault(line.told.field, Counter())[line.verdict] += 1
    form = answered_form(look, judging.employers)
    return CorrectionPlan(
        plan_id,
        file.file,
        file.layout,
        known,
        judging.dated,
        sheet_reports(file, judging.rows),
        tuple(judging.rows),
        len(lines),
        0 if known else sum(line.ready for line in lines),
        dict(sum(by_field.values(), Counter[FieldVerdict]())),
        {each: dict(by_field[each]) for each in Field if each in by_field},
        unknown=_rows_with(lines, UNKNOWN_KPJ),
        other_people=_rows_with(lines, OTHER_PERSON),
        supplier=next(iter(judging.employers))[1] if len(judging.employers) == 1 else "",
        form=form,
        left_fields=tuple(each for each in Field if each in judging.left_fields),
    )


def _rows_with(lines: Sequence[Line], code: str) -> int:
    return len({(line.sheet, line.row) for line in lines if any(reason.code == code for reason in line.reasons)})


def _shown(look: Snapshot, lines: Sequence[Line]) -> list[DiffLine]:
    _may(look)
    return [shown(look, line) for line in lines]


def _whole(tx: Transaction, line: Line) -> DiffLine:
    _may(tx)
    tx.audit("correction.shown", undoable=False)
    if line.participant_id is not None and line.told is not None:
        tx.note_read(Participant, line.participant_id, str(line.told.field))
    return shown(tx, line, whole=True)


def _turns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Some dozens of values at a time, all of one person together."""
    turn: list[Line] = []
    for line in lines:
        if len(turn) >= WRITTEN_AT_ONCE and line.participant_id != turn[-1].participant_id:
            yield turn
            turn = []
        turn.append(line)
    if turn:
        yield turn


def _write_some(tx: Transaction, lines: Sequence[Line], taking: Taking, file: CorrectionsFile) -> CorrectionsDone:
    _may(tx)
    tx.audit("import.corrections")
    people = people_locked(tx, sorted({line.participant_id for line in lines if line.participant_id is not None}))
    changes: list[Change] = []
    conflicts = []
    source = Source.COMPANY if taking.supplier.strip() else Source.FILE
    for line in lines:
        person = people.get(line.participant_id or 0)
        if person is None or line.told is None:
            raise NotFound("participant", line.kpj)
        conflict = None if line.n in taking.over else _conflict(tx, line, person)
        if conflict is not None:
            conflicts.append(LineConflict(line.n, person.row["id"], line.kpj, line.name, conflict))
            continue
        evidence = Evidence(source, taking.supplier, f"{file.file} / {line.sheet} / {line.row}")
        # The last one written comes first among the person's numbers; the file's first is to be tried first.
        values = list(zip(line.told.values, line.told.labels or ("",) * len(line.told.values), strict=True))
        for value, label in reversed(values):
            typed = TypedRead(value, label=label)
            changes.append(Change(person.row["id"], line.told.field, typed, evidence))
    changed = len(write(tx, changes, people))
    touched = {change.participant_id for change in changes}
    return CorrectionsDone(file.file, changed, len(touched), must_propose(tx), tuple(conflicts))


def _conflict(tx: Transaction, line: Line, person: Person) -> FieldConflict | None:
    """As `store.edits` compares a value that was seen with the one that stands there now."""
    assert line.told is not None and line.seen is not None
    wanted = line.told.field
    theirs, original, mine = person.value(wanted), line.seen.value(wanted), line.told.values[0]
    if wanted is Field.PHONE:
        moved = person.usable() != line.seen.phones and not set(line.told.values) <= set(person.usable())
    else:
        moved = theirs != original and (theirs or "") != mine
    if not moved:
        return None
    return FieldConflict(wanted, original, mine, theirs, *who_wrote(tx, person.row["id"], wanted))


def _summed(turns: Sequence[CorrectionsDone]) -> CorrectionsDone:
    return CorrectionsDone(
        "",
        sum(turn.changed for turn in turns),
        sum(turn.people for turn in turns),
        any(turn.proposed for turn in turns),
        tuple(conflict for turn in turns for conflict in turn.conflicts),
    )


def _form_of(taking: Taking, plan: CorrectionPlan) -> OpenForm | None:
    return plan.form if plan.form is not None and plan.form.form_id == taking.form_id else None


def _note(tx: Transaction, taking: Taking, opened: _Open, done: CorrectionsDone, overrides: dict[str, str]) -> None:
    """The file is known from now on, its layout too, and the company's form is back."""
    _may(tx)
    tx.audit("import.corrections")
    if done.changed:
        note_file(tx, CORRECTIONS, opened.file.sha256, opened.plan.file, done.changed)
    if overrides:
        save_mapping(tx, CORRECTIONS, opened.plan.layout, overrides)
    if taking.form_id is not None:
        form = tx.one(tx.database.locked(CompanyForm.select().where(CompanyForm.id == taking.form_id)))
        if form is None or form["undone"]:
            raise NotFound(table_name(CompanyForm), str(taking.form_id))
        if form["back_at"] is None:
            tx.update(CompanyForm, taking.form_id, back_at=tx.now, back_file=opened.plan.file)
