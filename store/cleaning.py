"""Cells read again by today's rules, for many people at once: what would come of it first, and then it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Final

from store.campaigns import numbers_came
from store.correction_rows import masked
from store.edits import entry_of, must_propose, require
from store.errors import Invalid
from store.masks import mask_raw
from store.office import setting
from store.rows import UndoRef
from store.rules.cleaning import CLEANABLE, Cleaned, cleaned
from store.rules.corrections import YES, CorrectionState, Entry, Field, Source
from store.rules.emails import EmailSource
from store.rules.permissions import Permission
from store.rules.problems import PROBLEMS, SETTLED_BY
from store.schema import Correction as CorrectionRow
from store.schema import Participant, Phone, columns
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

READ_AT_ONCE: Final = 500
WRITTEN_AT_ONCE: Final = 100
"""People in the first portion: a fraction of the quarter of a second that somebody who is typing may wait."""


@value_class
class CleanRow:
    """What would become of one value: masked. `after` is None where only a doubt is answered by what is there."""

    participant_id: int
    kpj: str
    name: str
    company: str
    field: Field
    raw: str
    before: str | None
    after: str | None
    replaces: bool


@value_class
class CleanPlan:
    """What reading the cells of `people` again would do: values filled, values that stand there replaced (only when
    asked for), doubts answered by what is there; the rest cannot be read without doubt, or says nothing new.
    """

    plan_id: int
    field: Field
    people: int
    fills: int
    replaces: int
    answers: int

    @property
    def left(self) -> int:
        """Cells of which nothing comes."""
        return self.people - self.fills - self.replaces - self.answers


@value_class
class CleanDone:
    """What was written: values filled or replaced, doubts answered; `moved` changed since they were read, and stay."""

    changed: int
    answered: int
    moved: int
    undo: UndoRef | None = None


@value_class
class Prepared:
    """One person of a plan: what comes of the cell, and as what the person was seen."""

    participant_id: int
    version: int
    numbers: tuple[tuple[str, bool], ...] = field(repr=False)
    cleaned: Cleaned = field(repr=False)

    @property
    def kind(self) -> str:
        if not self.cleaned.brings:
            return "answers"
        return "replaces" if self.cleaned.replaces else "fills"


def field_of(problem: str) -> Field:
    """The value whose cells a list can have read again. Raises Invalid for one where nothing was kept."""
    settled_by = SETTLED_BY.get(problem) if problem in PROBLEMS else None
    if settled_by is None or settled_by not in CLEANABLE:
        raise Invalid("problem", problem, "not-cleanable")
    return settled_by


@value_class
class Given:
    """What is read of some people, before anybody thinks about it."""

    people: list[dict[str, Any]]
    numbers: dict[int, tuple[tuple[str, bool], ...]]
    today: date
    area_code: str


_READ: Final = (
    *(Participant.id, Participant.version, Participant.flags, Participant.phones_raw, Participant.email),
    *(Participant.email_raw, Participant.email_none_at, Participant.nik, Participant.birth_date, Participant.sex),
    *(Participant.jht_balance, Participant.doubts),
)


def given(look: Snapshot, wanted: Field, ids: Sequence[int]) -> Given:
    """What is known of these people (some hundreds). Raises NotAllowed."""
    require(look, wanted)
    people = look.dicts(Participant.select(*_READ).where(Participant.id.in_(list(ids))).order_by(Participant.id))
    numbers = _numbers(look, ids) if wanted is Field.PHONE else {}
    return Given(people, numbers, look.today, str(setting(look, "phones.area_code")))


def _numbers(look: Snapshot, ids: Sequence[int]) -> dict[int, tuple[tuple[str, bool], ...]]:
    return {owner: tuple(own) for owner, (own, _places) in _placed(look, ids).items()}


def _placed(look: Snapshot, ids: Sequence[int]) -> dict[int, tuple[list[tuple[str, bool]], list[int]]]:
    """Numbers, whether they are wrong, and their places among those of the person; who has none is left out."""
    these, values = look.database.among("participant_id", ids)
    sql = f"SELECT participant_id, e164, wrong_at IS NOT NULL, position FROM phone WHERE {these} ORDER BY position, id"
    found: dict[int, tuple[list[tuple[str, bool]], list[int]]] = {}
    for owner, e164, wrong, place in look.database.rows(sql, values):
        own, places = found.setdefault(owner, ([], []))
        own.append((e164, bool(wrong)))
        places.append(place)
    return found


def prepare(wanted: Field, some: Given) -> list[Prepared]:
    """Reads the cells of these people: no database is asked, so that nobody waits for it."""
    found = []
    for person in some.people:
        numbers = some.numbers.get(person["id"], ())
        what = cleaned(wanted, person, numbers, today=some.today, area_code=some.area_code)
        if what is not None:
            found.append(Prepared(person["id"], person["version"], numbers, what))
    return found


def plan_of(plan_id: int, wanted: Field, people: int, prepared: Sequence[Prepared]) -> CleanPlan:
    counted = Counter(each.kind for each in prepared)
    return CleanPlan(plan_id, wanted, people, counted["fills"], counted["replaces"], counted["answers"])


def clean_rows(look: Snapshot, wanted: Field, prepared: Sequence[Prepared]) -> list[CleanRow]:
    """These lines of a plan (some dozens), masked. Raises NotAllowed."""
    require(look, wanted)
    ids = [each.participant_id for each in prepared]
    people = {row["id"]: row for row in look.dicts(Participant.select().where(Participant.id.in_(ids)))} if ids else {}
    rows = []
    for each in prepared:
        person, what = people.get(each.participant_id), each.cleaned
        if person is None:
            continue
        raw = what.raw if wanted in (Field.BIRTH_DATE, Field.BALANCE) else mask_raw(what.raw)
        after = what.value if wanted is not Field.PHONE else " ".join(number.e164 for number in what.numbers) or None
        before = _present(wanted, person, each.numbers)
        whom = (each.participant_id, person["kpj"], person["name"], person["company"])
        shown = (_masked(look, wanted, before), _masked(look, wanted, after))
        rows.append(CleanRow(*whom, wanted, raw, *shown, what.replaces))
    return rows


def _masked(look: Snapshot, wanted: Field, value: str | None) -> str | None:
    return " ".join(masked(look, wanted, each) or "" for each in value.split()) if value else value


def _present(wanted: Field, person: Mapping[str, Any], numbers: Sequence[tuple[str, bool]]) -> str | None:
    if wanted is Field.PHONE:
        return " ".join(e164 for e164, wrong in numbers if not wrong) or None
    value = person[str(wanted)]
    if wanted is Field.EMAIL and value is None:
        return None if person["email_none_at"] is None else ""
    return None if value is None else str(value)


def write_some(tx: Transaction, wanted: Field, prepared: Sequence[Prepared], why: str) -> CleanDone:
    """One turn of a bulk normalisation; who was changed since they were read stays as they are.

    Raises NotAllowed, also where the office wants an officer's yes to what the acting person corrects.
    """
    require(tx, wanted)
    if must_propose(tx):
        tx.require(Permission.APPROVE_CORRECTIONS)
    tx.audit("correction.clean", why=why)
    ids = [each.participant_id for each in prepared]
    read = {"id", "version", "flags", "source", *((str(wanted),) if wanted is not Field.PHONE else ())}
    read |= {"email_none_at", "email_source"} if wanted is Field.EMAIL else set()
    held = [column for name, column in columns(Participant).items() if name in read]
    query = Participant.select(*held).where(tx.database.any_of(Participant.id, ids))
    people = {row["id"]: row for row in tx.dicts(tx.database.locked(query.order_by(Participant.id)))}
    placed = _placed(tx, ids)
    numbers = {owner: tuple(own) for owner, (own, _places) in placed.items()}
    still = [each for each in prepared if _as_seen(each, people.get(each.participant_id), numbers, wanted)]
    _change_people(tx, wanted, [(people[each.participant_id], each) for each in still])
    bringing = [each for each in still if each.cleaned.brings]
    if wanted is Field.PHONE:
        _add_numbers(tx, bringing, {owner: (places[0], places[-1]) for owner, (_own, places) in placed.items()})
    tx.insert_many(CorrectionRow, [line for each in bringing for line in _history(tx, wanted, each, people, why)])
    return CleanDone(len(bringing), len(still) - len(bringing), len(prepared) - len(still))


def _as_seen(
    each: Prepared,
    person: Mapping[str, Any] | None,
    numbers: Mapping[int, tuple[tuple[str, bool], ...]],
    wanted: Field,
) -> bool:
    same = person is not None and person["version"] == each.version
    return same and (wanted is not Field.PHONE or numbers.get(each.participant_id, ()) == each.numbers)


def _change_people(tx: Transaction, wanted: Field, those: Sequence[tuple[Mapping[str, Any], Prepared]]) -> None:
    changes = []
    for person, each in those:
        what, values = each.cleaned, dict[str, Any]()
        if what.value is not None:
            values[str(wanted)] = _typed(wanted, what.value)
            if wanted is Field.EMAIL:
                values |= {"email_none_at": None, "email_source": EmailSource.FILE}
        changes.append((person, {**values, "flags": " ".join(what.flags)}))
    tx.update_many(Participant, changes)


def _typed(wanted: Field, value: str) -> Any:
    if wanted is Field.BIRTH_DATE:
        return date.fromisoformat(value)
    if wanted is Field.ACTIVE:
        return value == YES
    return int(value) if wanted is Field.BALANCE else value


def _add_numbers(tx: Transaction, those: Sequence[Prepared], ends: Mapping[int, tuple[int, int]]) -> None:
    """`ends`: the first and the last place of the numbers of whoever has some."""
    rows = []
    for each in those:
        first, last = ends.get(each.participant_id, (0, -1))
        new = each.cleaned.numbers
        start = last + 1 if each.cleaned.behind else first - len(new)
        rows += [
            {"participant_id": each.participant_id, "position": start + n, "e164": number.e164, "label": number.label}
            for n, number in enumerate(new)
        ]
    tx.insert_many(Phone, rows)
    numbers_came(tx, {each.participant_id: each.cleaned.numbers[0].e164 for each in those})


def _history(
    tx: Transaction, wanted: Field, each: Prepared, people: Mapping[int, Mapping[str, Any]], why: str
) -> list[dict[str, Any]]:
    """A line of the history for each value that came: what a person had, what the cell says, and where that stands."""
    person, what = people[each.participant_id], each.cleaned
    first = next((e164 for e164, wrong in each.numbers if not wrong), None)
    if wanted is Field.PHONE:
        # The last one written comes first among the person's numbers, as with numbers that are typed. Only the first
        # is for Smile, which has room for one; those behind it are history.
        told = [(None if what.behind else first, number.e164, number.label) for number in reversed(what.numbers)]
        entries = [Entry.NOT_NEEDED] * len(told)
        if not what.behind:
            entries[-1] = entry_of(Source.CLEANING)
    else:
        told = [(_present(wanted, person, ()), what.value or "", "")]
        entries = [entry_of(Source.CLEANING)]
    return [
        {
            "participant_id": each.participant_id,
            "field": wanted,
            "old": old,
            "new": new,
            "label": label,
            "at": tx.now,
            "staff_id": tx.actor.staff_id,
            "source": Source.CLEANING,
            "place": person["source"],
            "why": why.strip(),
            "state": CorrectionState.MADE,
            "smile": entry,
        }
        for (old, new, label), entry in zip(told, entries, strict=True)
    ]
