"""Values of many people written at once: row for row what `store.edits.write` does, with a tenth of the statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.campaigns import bring_back
from store.edits import (
    Evidence,
    changes_of,
    flags_with,
    history_line,
    must_propose,
    require,
    seen_in,
)
from store.errors import NotFound
from store.leases import hold_new_numbers
from store.rules.corrections import Field, TypedRead
from store.rules.outcomes import State
from store.schema import Correction, Hold, Participant, Phone, QueueItem
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
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
        """As `store.edits` puts a number first."""
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


def write_many(tx: Transaction, changes: Sequence[Change], people: Mapping[int, Person]) -> int:
    """Writes the values in their order, or proposes them where the office wants that; how many changed something.

    `people` are everybody in `changes`, from `people_locked`. Raises NotAllowed, NotFound.
    """
    for wanted in {change.field for change in changes}:
        require(tx, wanted)
    asks, lines = must_propose(tx), []
    for change in changes:
        person = people.get(change.participant_id)
        if person is None:
            raise NotFound("participant", str(change.participant_id))
        new = change.typed.value
        assert new is not None
        old = person.value(change.field)
        if not asks:
            _apply(tx, person, change.field, change.typed, change.evidence)
        if old != new:
            both, label = (old, new), change.typed.label
            lines.append(
                history_line(tx, change.participant_id, change.field, both, change.evidence, asks=asks, label=label)
            )
    if not asks:
        touched = [people[each] for each in sorted({change.participant_id for change in changes})]
        _write_people(tx, touched)
        _write_phones(tx, touched)
    tx.insert_many(Correction, lines)
    return len(lines)


def _apply(tx: Transaction, person: Person, wanted: Field, typed: TypedRead, evidence: Evidence) -> None:
    assert typed.value is not None
    if wanted is Field.PHONE:
        person.put_first(typed.value, typed.label)
    new = changes_of(person.values, wanted, typed.value, evidence.source, tx.now)
    person.values |= new | {"flags": " ".join(flags_with(person.values, new, wanted))}


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
    got = [person for person in people if person.first_added is not None]
    ids = [person.row["id"] for person in got]
    without = QueueItem.select(QueueItem.participant_id).where(
        QueueItem.participant_id.in_(ids), QueueItem.state == State.WITHOUT_NUMBER
    )
    waiting = {owner for (owner,) in tx.tuples(without)}
    held = {key for (key,) in tx.tuples(Hold.select(Hold.key).where(Hold.key.in_([f"p:{each}" for each in ids])))}
    for person in got:
        if person.row["id"] in waiting and person.first_added is not None:
            bring_back(tx, person.row["id"], person.first_added)
        if f"p:{person.row['id']}" in held:
            hold_new_numbers(tx, person.row["id"])
