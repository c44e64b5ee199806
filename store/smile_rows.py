"""*Entri ke Smile*: changes that have to be typed into Smile, person by person, as their desk shows and counts them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from peewee import Case, fn

from store.correction_rows import masked
from store.edits import seen_of
from store.rules.corrections import Entry, Field
from store.rules.identity import mask_nik
from store.rules.permissions import Permission
from store.schema import Correction, Draft, Participant, SmileExport, Staff
from store.snapshot import Snapshot
from store.value_class import value_class

OPEN, PARKED = "smile-open", "smile-parked"

OPEN_FOR: Final = timedelta(minutes=15)
"""So long after the last key a person stays with whoever types them in; nobody else is shown them."""


@value_class
class SmileChange:
    """One value to type into Smile; both are masked until somebody copies the new one.

    `new` is canonical text, '' as an e-mail: they have none; None: not known any more. `stands` is false where the
    record holds another value by now.
    """

    correction_id: int
    version: int
    field: Field
    old: str | None
    new: str | None
    at: datetime
    by: str
    source: str
    said_by: str
    note: str
    stands: bool


@value_class
class SmilePerson:
    """Somebody with all that has to be typed in for them, the oldest change first; the NIK is masked."""

    participant_id: int
    name: str
    kpj: str
    nik: str | None
    company: str
    npp: str
    changes: tuple[SmileChange, ...]
    parked: bool  # the list went on standing still here
    place: int = 0  # where on the list they stood when they came in front


@value_class
class TypedBy:
    """What one person typed into Smile today."""

    name: str
    done: int
    refused: int


@value_class
class SmileCounts:
    """How far the entry is.

    `to_do` values of `people` wait to be typed; `with_others` of these people are with colleagues; `exported` values
    went out in a sheet and are not in Smile yet; `refused` ones Smile did not take; `parked`: the acting person's list
    stands still because Smile does. Today's work is `done_today` and, by person, `today`.
    """

    to_do: int = 0
    people: int = 0
    done_today: int = 0
    refused: int = 0
    exported: int = 0
    with_others: int = 0
    parked: bool = False
    today: tuple[TypedBy, ...] = ()


def mine(look: Snapshot, query: Any) -> Any:
    """Changes that stand, of values that the acting person may see. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    query = query.where(~Correction.undone)
    return query if look.may(Permission.SEE_AMOUNTS) else query.where(Correction.field != Field.BALANCE)


def to_type(look: Snapshot, query: Any) -> Any:
    """Those that wait to be typed in by hand: what is in a sheet for an employer is with them."""
    return mine(look, query).where(Correction.smile == Entry.TO_DO, Correction.export_id.is_null())


def counts_of(look: Snapshot) -> SmileCounts:
    values = fn.count(fn.DISTINCT(Correction.participant_id.cast("text").concat(Correction.field)))
    waiting = look.tuples(to_type(look, Correction.select(values, fn.count(fn.DISTINCT(Correction.participant_id)))))[0]
    exported = mine(look, Correction.select(fn.count(Correction.id))).where(
        Correction.smile == Entry.TO_DO, Correction.export_id.is_null(False)
    )
    refused = mine(look, Correction.select(fn.count(Correction.id))).where(Correction.smile == Entry.REFUSED)
    elsewhere = to_type(look, Correction.select(fn.count(fn.DISTINCT(Correction.participant_id))))
    today = _today(look)
    return SmileCounts(
        int(waiting[0]),
        int(waiting[1]),
        sum(each.done for each in today),
        int(look.scalar(refused)),
        int(look.scalar(exported)),
        int(look.scalar(elsewhere.where(Correction.participant_id.in_(with_others(look))))),
        parked_at(look) is not None,
        today,
    )


def _today(look: Snapshot) -> tuple[TypedBy, ...]:
    done = fn.sum(Case(None, ((Correction.smile == Entry.DONE, 1),), 0))
    refused = fn.sum(Case(None, ((Correction.smile == Entry.REFUSED, 1),), 0))
    query = mine(look, Correction.select(Staff.name, done, refused)).where(
        Correction.smile.in_([Entry.DONE, Entry.REFUSED]), Correction.smile_at >= look.day_start
    )
    by = query.join(Staff, on=(Staff.id == Correction.smile_by)).group_by(Staff.id, Staff.name).order_by(Staff.name)
    return tuple(TypedBy(name, int(ok), int(no)) for name, ok, no in look.tuples(by))


def with_others(look: Snapshot) -> list[int]:
    """The people whom colleagues have in front of them."""
    theirs = Draft.select(Draft.body).where(
        Draft.key == OPEN, Draft.staff_id != look.actor.staff_id, Draft.saved_at > look.now - OPEN_FOR
    )
    return [int(body) for (body,) in look.tuples(theirs)]


def parked_at(look: Snapshot) -> int | None:
    row = look.one(Draft.select(Draft.body).where(Draft.staff_id == look.actor.staff_id, Draft.key == PARKED))
    return int(row["body"]) if row else None


def next_person(look: Snapshot, past: SmilePerson | None = None) -> SmilePerson | None:
    """Whoever the list was parked at, else whose oldest change is the oldest; None when nobody waits.

    `past` goes past a person: whoever stands behind them, else from the top.
    """
    first = fn.min(Correction.id)
    query = to_type(look, Correction.select(Correction.participant_id, first.alias("first")))
    query = query.where(Correction.participant_id.not_in(with_others(look)))
    query = query.group_by(Correction.participant_id).order_by(first)
    found: dict[str, Any] | None = None
    if past is not None:
        query = query.where(Correction.participant_id != past.participant_id)
        found = look.one(query.having(first > past.place))
    elif (parked := parked_at(look)) is not None:
        found = look.one(query.where(Correction.participant_id == parked))
    found = found or look.one(query)
    return None if found is None else person_of(look, found["participant_id"])


def person_of(look: Snapshot, participant_id: int) -> SmilePerson | None:
    """A person with what waits; None when nothing does. Of a value that was changed twice only the newest is typed."""
    query = to_type(look, Correction.select(Correction, Staff.name.alias("by")))
    rows = look.dicts(
        query.join(Staff, on=(Staff.id == Correction.staff_id))
        .where(Correction.participant_id == participant_id)
        .order_by(Correction.id)
    )
    if not rows:
        return None
    person = look.one(Participant.select().where(Participant.id == participant_id))
    assert person is not None
    newest = {row["field"]: row for row in rows}
    seen = seen_of(look, participant_id)
    nik = person["nik"]
    return SmilePerson(
        participant_id,
        person["name"],
        person["kpj"],
        nik if nik is None or look.may(Permission.SEE_FULL_NIK) else mask_nik(nik),
        person["company"],
        person["npp"] or "",
        tuple(_change(look, row, seen.value(Field(row["field"]))) for row in sorted(newest.values(), key=_id)),
        participant_id == parked_at(look),
        rows[0]["id"],
    )


def _id(row: dict[str, Any]) -> int:
    return int(row["id"])


def _change(look: Snapshot, row: dict[str, Any], present: str | None) -> SmileChange:
    field = Field(row["field"])
    return SmileChange(
        row["id"],
        row["version"],
        field,
        masked(look, field, row["old"]),
        masked(look, field, row["new"]),
        row["at"],
        row["by"],
        row["source"],
        row["said_by"],
        row["smile_note"],
        present == row["new"],
    )


@value_class
class ExportRow:
    """A sheet that went out: how many values, how many of them are not in Smile yet."""

    export_id: int
    number: int
    at: datetime
    by: str
    file: str
    count: int
    waiting: int
    done: int


def export_rows(look: Snapshot) -> Sequence[ExportRow]:
    """The sheets that went out and were not called back, the newest first. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)

    def of(state: Entry) -> Any:
        count = Correction.select(fn.count(Correction.id)).where(~Correction.undone, Correction.smile == state)
        return count.where(Correction.export_id == SmileExport.id)

    query = SmileExport.select(
        SmileExport, Staff.name.alias("by"), of(Entry.TO_DO).alias("waiting"), of(Entry.DONE).alias("done")
    ).join(Staff, on=(Staff.id == SmileExport.staff_id))
    rows = look.dicts(query.where(~SmileExport.undone).order_by(SmileExport.number.desc()))
    names = ("id", "number", "at", "by", "file", "count", "waiting", "done")
    return [ExportRow(*(row[name] for name in names)) for row in rows]
