"""Rows of a file of corrections against what is known: one line a value, with what stands there and who wrote that."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from store.correction_rows import masked
from store.edits import Seen, seen_in
from store.rows import SheetReport
from store.rules.correction_files import (
    OTHER_PERSON,
    READY,
    REFERENCE,
    REFERENCE_SHEET,
    REPEATED,
    UNKNOWN_KPJ,
    FieldVerdict,
    Present,
    Told,
    is_other_person,
    judge,
    new_values,
    row_verdict,
    told_by,
)
from store.rules.corrections import Field
from store.rules.permissions import Permission
from store.rules.readings import Reason, RowRead
from store.schema import Audit, AuditChange, CompanyForm, Participant, Phone, Staff, table_name
from store.snapshot import Snapshot
from store.trail_events import wrote
from store.value_class import value_class
from store.workbooks.corrections import CorrectionsFile
from store.workbooks.headings import normalise

_CHUNK: Final = 500
_VERDICTS: Final = ("taken", "same", "changed", "repaired", "doubted", "refused")
_LISTS: Final = "import.participants"
_MOST: Final = 0.9
"""Of the people in a file work for a company: then it is that company's answer."""


@value_class
class Writer:
    """Who wrote a value last, and when; `listed`: it came in with a participant list."""

    name: str
    at: datetime
    listed: bool = False


@value_class
class Line:
    """One value of one row of a file, or a row of which nothing can be taken (`told` None)."""

    n: int
    sheet: str
    row: int
    kpj: str
    name: str
    company: str
    participant_id: int | None
    verdict: FieldVerdict | None
    told: Told | None = field(repr=False)
    seen: Seen | None = field(repr=False)
    writer: Writer | None = None
    reasons: tuple[Reason, ...] = ()  # of the row: unknown KPJ, repeated, another person's

    @property
    def ready(self) -> bool:
        """Whether taking everything takes it."""
        return self.verdict in READY and not self.reasons

    @property
    def possible(self) -> bool:
        """Whether it can be taken at all."""
        return self.participant_id is not None and self.verdict in {*READY, FieldVerdict.STALE}


@value_class
class FileRow:
    """One row as contracts.md "Imports" tells it; phones E.164; `fields` what each value of it is."""

    sheet: str
    row: int
    kpj: str
    verdict: str
    reasons: tuple[Reason, ...]
    known: bool
    phones: tuple[str, ...] = field(default=(), repr=False)
    email: str | None = field(default=None, repr=False)
    active: bool | None = None
    fields: Mapping[Field, FieldVerdict] = field(default_factory=dict)


@value_class
class OpenForm:
    """A form that a company was sent and that this file seems to answer."""

    form_id: int
    number: int
    company: str
    at: datetime


@value_class
class CorrectionPlan:
    """What a file of corrections would do; nothing is changed yet.

    `counts`: values by verdict; `by_field`: the same of each field. `dated` is when the file was made; `ready` how many
    values taking everything takes. `supplier` is the one company that all known people of the file work for, or ''.
    `left_fields` are columns that the acting person may not correct.
    """

    plan_id: int
    file: str
    layout: str
    known_file: bool
    dated: datetime
    sheets: tuple[SheetReport, ...]
    rows: tuple[FileRow, ...]
    lines: int
    ready: int
    counts: Mapping[FieldVerdict, int]
    by_field: Mapping[Field, Mapping[FieldVerdict, int]]
    unknown: int
    other_people: int
    supplier: str = ""
    form: OpenForm | None = None
    left_fields: tuple[Field, ...] = ()
    mapping: dict[str, str] = field(default_factory=dict)

    def total(self, verdict: str) -> int:
        """Rows of a verdict of contracts.md "Imports"."""
        return sum(getattr(sheet, verdict) for sheet in self.sheets)


@value_class
class DiffLine:
    """One line for the screen: the file's value beside the present one, which is masked by role.

    `file` is None where the cell cannot be used: `raw` says what it is. Several numbers stand with spaces between.
    """

    n: int
    sheet: str
    row: int
    kpj: str
    name: str
    company: str
    field: Field | None
    verdict: FieldVerdict | None
    file: str | None
    raw: str
    present: str | None
    by: str
    at: datetime | None
    from_list: bool
    reasons: tuple[Reason, ...]
    ready: bool
    possible: bool


class Judging:
    """A walk through the rows of a file, some hundreds at a time, so that others have the store's thread between."""

    def __init__(self, file: CorrectionsFile, overrides: Mapping[str, str]) -> None:
        self._file = file
        self._rows = file.rows()
        self._first: dict[str, str] = {}
        chosen = {Field(name) for name in overrides.values() if name in set(Field)}
        reference = REFERENCE - chosen
        self._without = {sheet.name: reference for sheet in file.sheets if normalise(sheet.name) == REFERENCE_SHEET}
        self.lines: list[Line] = []
        self.rows: list[FileRow] = []
        self.left_fields: set[Field] = set()
        self.employers: Counter[tuple[str, str]] = Counter()
        self.dated = file.dated

    def chunk(self, look: Snapshot) -> bool:
        """Judges the next rows; False at the end."""
        rows = list(islice(self._rows, _CHUNK))
        self.dated = min(self.dated, look.now)
        people = _people(look, [row.participant.kpj for row in rows if row.participant is not None])
        told = [self._told(look, row) for row in rows]
        writers = _writers(look, [person["id"] for person in people.values()])
        presents = _presents(look, list(people.values()))
        for row, values in zip(rows, told, strict=True):
            self._judge(row, values, people, presents, writers)
        return bool(rows)

    def _told(self, look: Snapshot, row: RowRead) -> list[Told]:
        if row.participant is None:
            return []
        told = told_by(row.participant, row.reasons, without=self._without.get(row.sheet, ()))
        if not look.may(Permission.SEE_AMOUNTS):
            self.left_fields.update(each.field for each in told if each.field is Field.BALANCE)
            told = [each for each in told if each.field is not Field.BALANCE]
        return told

    def _judge(
        self,
        row: RowRead,
        told: Sequence[Told],
        people: Mapping[str, dict[str, Any]],
        presents: Mapping[int, Present],
        writers: Mapping[tuple[int, Field], Writer],
    ) -> None:
        read = row.participant
        if read is None:
            self.rows.append(FileRow(row.sheet, row.row, "", "refused", row.reasons, known=False))
            self._add(row, "", None, None, None, row.reasons)
            return
        person, digest = people.get(read.kpj), row.digest
        about: tuple[Reason, ...] = ()
        verdicts: dict[Field, FieldVerdict] = {}
        again = read.kpj in self._first  # a row that says the same once more adds nothing
        if self._first.setdefault(read.kpj, digest) != digest:
            about = (Reason(REPEATED, "kpj", read.kpj),)
            self._add(row, read.kpj, person, None, None, about)
        elif person is None:
            about = (Reason(UNKNOWN_KPJ, "kpj", read.kpj),)
            self._add(row, read.kpj, None, None, None, about)
        else:
            self.employers[person["npp"] or "", person["company"]] += 1
            present = presents[person["id"]]
            if is_other_person(read, name=person["name"], nik=person["nik"], birth_date=person["birth_date"]):
                about = (Reason(OTHER_PERSON, "name", read.name),)
            seen = seen_in(person, present.phones)
            for each in () if again else told:
                writer = writers.get((person["id"], each.field))
                changed = writer.at if writer is not None and not writer.listed else None
                found = judge(each, present, changed_at=changed, dated=self.dated)
                verdicts[each.field] = found
                shown = each
                if found in {*READY, FieldVerdict.STALE}:
                    shown = replace(each, values=new_values(each, present), labels=_labels(each, present))
                self._add(row, read.kpj, person, (shown, found), (seen, writer), about)
        said = (*about, *(reason for each in told for reason in each.reasons))
        self.rows.append(
            FileRow(
                *(row.sheet, row.row, read.kpj, row_verdict(list(verdicts.values()), said), said, person is not None),
                phones=tuple(phone.e164 for phone in read.phones),
                email=read.email,
                active=read.active,
                fields=verdicts,
            )
        )

    def _add(
        self,
        row: RowRead,
        kpj: str,
        person: Mapping[str, Any] | None,
        value: tuple[Told, FieldVerdict] | None,
        known: tuple[Seen, Writer | None] | None,
        about: tuple[Reason, ...],
    ) -> None:
        name = person["name"] if person is not None else row.participant.name if row.participant is not None else ""
        self.lines.append(
            Line(
                *(len(self.lines), row.sheet, row.row, kpj, name, person["company"] if person is not None else ""),
                participant_id=person["id"] if person is not None else None,
                verdict=value[1] if value is not None else None,
                told=value[0] if value is not None else None,
                seen=known[0] if known is not None else None,
                writer=known[1] if known is not None else None,
                reasons=about,
            )
        )


def _labels(told: Told, present: Present) -> tuple[str, ...]:
    new = new_values(told, present)
    return tuple(label for value, label in zip(told.values, told.labels, strict=False) if value in new)


def _people(look: Snapshot, kpjs: Sequence[str]) -> dict[str, dict[str, Any]]:
    return {row["kpj"]: row for row in look.dicts(Participant.select().where(Participant.kpj.in_(sorted(set(kpjs)))))}


def _presents(look: Snapshot, people: Sequence[Mapping[str, Any]]) -> dict[int, Present]:
    phones: dict[int, list[str]] = defaultdict(list)
    wrong: dict[int, dict[str, datetime]] = defaultdict(dict)
    query = Phone.select(Phone.participant_id, Phone.e164, Phone.wrong_at)
    ids = [person["id"] for person in people]
    for row in look.dicts(query.where(Phone.participant_id.in_(ids)).order_by(Phone.position, Phone.id)):
        if row["wrong_at"] is None:
            phones[row["participant_id"]].append(row["e164"])
        else:
            wrong[row["participant_id"]][row["e164"]] = row["wrong_at"]
    return {
        person["id"]: Present(own, wrong.get(person["id"], {}), {each: seen.value(each) for each in Field})
        for person in people
        for own in (tuple(phones.get(person["id"], ())),)
        for seen in (seen_in(dict(person), own),)
    }


def _writers(look: Snapshot, ids: Sequence[int]) -> dict[tuple[int, Field], Writer]:
    """Who wrote each value of these people last, as the trail has it; what was erased there is nobody's."""
    own = [table_name(Participant), table_name(Phone)]
    query = (
        Audit.select(
            *(AuditChange.participant_id, AuditChange.table_name, AuditChange.payload),
            *(Audit.id, Audit.action, Audit.at, Audit.undo_of, Staff.name),
        )
        .join(AuditChange, on=(AuditChange.audit_id == Audit.id))
        .join_from(Audit, Staff, on=(Staff.id == Audit.staff_id))
        .where(AuditChange.participant_id.in_(list(ids)), AuditChange.table_name.in_(own), wrote())
        .order_by(Audit.id)
    )
    found: dict[tuple[int, Field], dict[int, Writer]] = defaultdict(dict)
    for row in look.dicts(query):
        writer = Writer(row["name"], row["at"], row["action"] == _LISTS)
        for wanted in _fields_of(row["table_name"], row["payload"]):
            if row["undo_of"] is None:
                found[row["participant_id"], wanted][row["id"]] = writer
            else:  # what is undone leaves the value to who wrote it before
                found[row["participant_id"], wanted].pop(row["undo_of"], None)
    return {key: list(wrote_it.values())[-1] for key, wrote_it in found.items() if wrote_it}


def _fields_of(table: str, payload: str | None) -> Iterable[Field]:
    if table == table_name(Phone):
        return (Field.PHONE,)
    after = (json.loads(payload).get("after") if payload else None) or {}
    named = {Field(name) for name in after if name in _COLUMNS}
    return named | {Field.EMAIL} if "email_none_at" in after else named


_COLUMNS: Final = frozenset(map(str, Field)) - {str(Field.PHONE)}


def sheet_reports(file: CorrectionsFile, rows: Sequence[FileRow]) -> tuple[SheetReport, ...]:
    """What was found on each sheet; every data row counts in exactly one verdict."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.sheet][row.verdict] += 1
    return tuple(
        SheetReport(
            sheet.name,
            sheet.header_row,
            sheet.columns,
            **{verdict: counts[sheet.name][verdict] for verdict in _VERDICTS},
            skipped=sheet.skipped,
            doubts=sheet.doubts,
        )
        for sheet in file.sheets
    )


def answered_form(look: Snapshot, employers: Counter[tuple[str, str]]) -> OpenForm | None:
    """The newest form still out of the company that nearly all known people of a file work for."""
    if not employers or max(employers.values()) < _MOST * employers.total():
        return None
    (npp, company), _people = employers.most_common(1)[0]
    its = CompanyForm.npp == npp if npp else CompanyForm.company == company
    row = look.one(
        CompanyForm.select()
        .where(its, ~CompanyForm.undone, CompanyForm.back_at.is_null())
        .order_by(CompanyForm.id.desc())
    )
    return OpenForm(row["id"], row["number"], row["company"], row["at"]) if row is not None else None


def shown(look: Snapshot, line: Line, *, whole: bool = False) -> DiffLine:
    """A line for people; the present value is masked unless it was asked for whole."""
    told, present = line.told, None
    if told is not None and line.seen is not None:
        values = line.seen.phones if told.field is Field.PHONE else (line.seen.value(told.field),)
        known = [value for value in values if value is not None]
        parts = known if whole else [masked(look, told.field, value) or "" for value in known]
        present = " ".join(parts) if known else None
    return DiffLine(
        *(line.n, line.sheet, line.row, line.kpj, line.name, line.company),
        field=told.field if told is not None else None,
        verdict=line.verdict,
        file=" ".join(told.values) if told is not None and told.values else None,
        raw=told.raw if told is not None else "",
        present=present,
        by=line.writer.name if line.writer is not None else "",
        at=line.writer.at if line.writer is not None else None,
        from_list=line.writer is not None and line.writer.listed,
        reasons=(*line.reasons, *(told.reasons if told is not None else ())),
        ready=line.ready,
        possible=line.possible,
    )
