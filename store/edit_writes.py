"""Values of people written: one of one person, or those of many at once with a tenth of the statements.

Everything here runs inside an audited write of some desk, and leaves a row of `correction` for each value that changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.campaigns import numbers_came
from store.edits import (
    Correction,
    Evidence,
    Seen,
    changes_of,
    flags_with,
    history_line,
    must_propose,
    read,
    require,
    seen_in,
    who_wrote,
)
from store.errors import EditConflict, FieldConflict, NotFound
from store.rules.corrections import Field, Source, TypedRead
from store.schema import Correction as CorrectionRow
from store.schema import Participant, Phone
from store.transaction import Transaction
from store.value_class import value_class


@value_class
class Change:
    """One value of one person that was read, and what it rests on."""

    participant_id: int
    field: Field
    typed: TypedRead
    evidence: Evidence


@dataclass(slots=True)
class Person:
    """A person on the way: the row as it was and as it will be, the numbers likewise in the order of trying."""

    row: dict[str, Any]
    values: dict[str, Any]
    before: list[dict[str, Any]]
    phones: list[dict[str, Any]]
    first_added: str | None = None

    def usable(self) -> tuple[str, ...]:
        return tuple(row["e164"] for row in self.phones if row["wrong_at"] is None)

    def value(self, wanted: Field) -> str | None:
        """The person's value as canonical text; None: not known."""
        return seen_in(self.values, self.usable()).value(wanted)

    def put_first(self, e164: str, label: str) -> None:
        """Puts a number first, usable again; the last one put comes first of all."""
        same = next((row for row in self.phones if row["e164"] == e164), None)
        place = min((row["position"] for row in self.phones), default=1) - 1
        if same is None:
            owner = {"participant_id": self.row["id"], "label": label}
            self.phones.insert(0, {**owner, "e164": e164, "position": place, "wrong_at": None, "wrong_why": None})
        elif same["wrong_at"] is not None or same is not self.phones[0]:
            self.phones.remove(same)
            self.phones.insert(0, {**same, "wrong_at": None, "wrong_why": None, "position": place})
        self.first_added = self.first_added or e164


def people_locked(tx: Transaction, ids: Sequence[int]) -> dict[int, Person]:
    """These people (some hundreds) with their numbers, kept from changing until the write ends."""
    rows = tx.dicts(
        tx.database.locked(Participant.select().where(Participant.id.in_(list(ids))).order_by(Participant.id))
    )
    phones: dict[int, list[dict[str, Any]]] = defaultdict(list)
    order = (Phone.position, Phone.id)
    for row in tx.dicts(Phone.select().where(Phone.participant_id.in_(list(ids))).order_by(*order)):
        phones[row["participant_id"]].append(row)
    return {row["id"]: Person(row, dict(row), list(phones[row["id"]]), list(phones[row["id"]])) for row in rows}


def correct(
    tx: Transaction, participant_id: int, corrections: Sequence[Correction], evidence: Evidence
) -> tuple[int, ...]:
    """Writes the corrections; the id of each that changed something. A colleague's is never written over unasked.

    Raises NotAllowed, NotFound, Invalid for what cannot be read without doubt, EditConflict with original, mine and
    theirs of each field.
    """
    person = _one(tx, participant_id)
    now = seen_in(person.row, person.usable())
    wanted = [(each, read(tx, each.field, each.text)) for each in corrections]
    conflicts = [
        found for each, typed in wanted if (found := _conflict(tx, participant_id, each, typed, now)) is not None
    ]
    if conflicts:
        raise EditConflict(participant_id, tuple(conflicts))
    changes = [Change(participant_id, each.field, typed, evidence) for each, typed in wanted]
    return write(tx, changes, {participant_id: person})


def _conflict(
    tx: Transaction, participant_id: int, mine: Correction, typed: TypedRead, now: Seen
) -> FieldConflict | None:
    wanted, original, theirs = typed.value, mine.seen.value(mine.field), now.value(mine.field)
    if mine.field is Field.PHONE:
        moved = now.phones != mine.seen.phones and wanted not in now.phones
    else:
        moved = theirs != original and (theirs or "") != (wanted or "")
    if not moved or mine.over:
        return None
    return FieldConflict(mine.field, original, wanted, theirs, *who_wrote(tx, participant_id, mine.field))


def write(tx: Transaction, changes: Sequence[Change], people: Mapping[int, Person] | None = None) -> tuple[int, ...]:
    """Writes values that were read, in their order, or proposes them where the office wants an officer's yes.

    The correction's id of each that changed something. `people` are everybody in `changes`, from `people_locked`, where
    they were looked at before. Raises NotAllowed, NotFound.
    """
    for wanted in {change.field for change in changes}:
        require(tx, wanted)
    if people is None:
        people = people_locked(tx, sorted({change.participant_id for change in changes}))
    asks, lines = must_propose(tx), []
    for change in changes:
        person = people.get(change.participant_id)
        if person is None:
            raise NotFound("participant", str(change.participant_id))
        old_new = (person.value(change.field), change.typed.value)
        if not asks:
            _apply(tx, person, change.field, change.typed, change.evidence.source)
        if old_new[0] != old_new[1]:  # else a flag was answered, or a number came first that was there
            whose = change.typed.label
            lines.append(
                history_line(tx, person.row["id"], change.field, old_new, change.evidence, asks=asks, label=whose)
            )
    if not asks:
        _write(tx, [people[each] for each in sorted({change.participant_id for change in changes})])
    return tuple(tx.insert_many(CorrectionRow, lines))


def apply_value(tx: Transaction, participant_id: int, wanted: Field, typed: TypedRead, source: Source) -> None:
    """Puts a value where it belongs, with what is said of it, and writes no history. Raises NotFound."""
    person = _one(tx, participant_id)
    _apply(tx, person, wanted, typed, source)
    _write(tx, [person])


def put_first(tx: Transaction, participant_id: int, e164: str, label: str) -> None:
    """Puts a number first among those of a person, who can be called again with it. Raises NotFound."""
    person = _one(tx, participant_id)
    person.put_first(e164, label)
    _write(tx, [person])


def _one(tx: Transaction, participant_id: int) -> Person:
    person = people_locked(tx, [participant_id]).get(participant_id)
    if person is None:
        raise NotFound("participant", str(participant_id))
    return person


def _apply(tx: Transaction, person: Person, wanted: Field, typed: TypedRead, source: Source) -> None:
    assert typed.value is not None
    if wanted is Field.PHONE:
        person.put_first(typed.value, typed.label)
    new = changes_of(person.values, wanted, typed.value, source, tx.now)
    person.values |= new | {"flags": " ".join(flags_with(person.values, new, wanted))}


def _write(tx: Transaction, people: Sequence[Person]) -> None:
    _write_people(tx, people)
    _write_phones(tx, [person for person in people if person.first_added is not None])


def _write_people(tx: Transaction, people: Sequence[Person]) -> None:
    changed = [
        (person.row, {name: value for name, value in person.values.items() if value != person.row[name]})
        for person in people
    ]
    tx.update_many(Participant, [(row, values) for row, values in changed if values])


def _write_phones(tx: Transaction, people: Sequence[Person]) -> None:
    known = {row["id"]: row for person in people for row in person.before}
    moved = [row for person in people for row in person.phones if "id" in row and row is not known[row["id"]]]
    names = ("position", "wrong_at", "wrong_why")
    tx.update_many(Phone, [(known[row["id"]], {name: row[name] for name in names}) for row in moved])
    # The last one written comes first: added in the order in which a person would have typed them.
    tx.insert_many(Phone, [row for person in people for row in reversed(person.phones) if "id" not in row])
    numbers_came(tx, {person.row["id"]: person.first_added for person in people if person.first_added is not None})
