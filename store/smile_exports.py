"""Changes as numbered sheets in the layout of update_data_tk, which an employer brings into Smile (domain.md 3.5).

What is in a sheet is not typed in by hand meanwhile, and it is not entered before somebody says that Smile took it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from peewee import fn

from store.correction_rows import behind
from store.errors import Invalid, NotFound
from store.rows import UndoRef
from store.rules.corrections import CorrectionState, Entry, Field
from store.rules.permissions import Permission
from store.schema import Correction, Participant, SmileExport
from store.smile_rows import mine, to_type
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class
from store.workbooks.update_tk_out import MOST_ROWS, UpdateRow

CARRIED: Final = (Field.PHONE, Field.EMAIL, Field.ACTIVE)
"""Values that such a sheet corrects; names, NIK and dates stand in it for reference only."""


@value_class
class CompanyToDo:
    """A company with values that can go out; `npp` '' where none is known."""

    npp: str
    company: str
    values: int


@value_class
class Exported:
    """A sheet, made or only planned (`number` 0): `values` of `people`; `left` stay to be typed in by hand.

    "Has no e-mail" and what is not known any more are among those: an empty cell of a sheet changes nothing.
    """

    number: int
    people: int
    values: int
    left: int
    undo: UndoRef | None = None


def _of(look: Snapshot, query: Any, npp: str | None) -> Any:
    query = to_type(look, query.join(Participant, on=(Participant.id == Correction.participant_id)))
    if npp is None:
        return query
    return query.where(Participant.npp == npp) if npp else query.where(Participant.npp.is_null())


def _settled() -> Any:
    """Whether a newer change to another value needs no typing any more: an older one must not go over it."""
    newer = Correction.alias()
    same = (newer.participant_id == Correction.participant_id) & (newer.field == Correction.field)
    stands = (newer.state == CorrectionState.MADE) & ~newer.undone & (newer.smile != Entry.TO_DO) & ~behind(newer)
    other = newer.new.is_null() | (newer.new != Correction.new)
    return fn.EXISTS(newer.select(newer.id).where(same, newer.id > Correction.id, stands, other))


def _waiting(look: Snapshot, npp: str | None) -> tuple[list[dict[str, Any]], list[int]]:
    """The newest waiting change of each value, in the order of its people, and those that it overtook."""
    columns = (Correction.id, Correction.participant_id, Correction.field, Correction.new, _settled().alias("settled"))
    rows = look.dicts(_of(look, Correction.select(*columns), npp).order_by(Correction.id))
    newest = {(row["participant_id"], row["field"]): row for row in rows}
    kept = {row["id"] for row in newest.values()}
    return list(newest.values()), [row["id"] for row in rows if row["id"] not in kept]


def _split(rows: list[dict[str, Any]]) -> tuple[dict[int, list[dict[str, Any]]], int]:
    """What a sheet carries, by person, and how many values stay behind."""
    people: dict[int, list[dict[str, Any]]] = {}
    left = 0
    for row in rows:
        person = row["participant_id"]
        room = person in people or len(people) < MOST_ROWS
        if row["field"] in CARRIED and row["new"] and room and not row.get("settled"):
            people.setdefault(person, []).append(row)
        else:
            left += 1
    return people, left


def companies_of(look: Snapshot) -> list[CompanyToDo]:
    query = _of(look, Correction.select(Participant.npp, fn.max(Participant.company), fn.count(Correction.id)), None)
    query = query.where(Correction.field.in_(CARRIED), Correction.new != "", ~_settled())
    rows = look.tuples(query.group_by(Participant.npp))
    found: Counter[tuple[str, str]] = Counter()
    for npp, company, count in rows:
        found[npp or "", company if npp else ""] += int(count)
    return [CompanyToDo(npp, company, count) for (npp, company), count in found.most_common()]


def plan_export(look: Snapshot, npp: str | None) -> Exported:
    people, left = _split(_waiting(look, npp)[0])
    return Exported(0, len(people), sum(map(len, people.values())), left)


def export_rows_of(tx: Transaction, file: str, npp: str | None) -> tuple[Exported, list[UpdateRow]]:
    """Notes a new sheet; what it says. Raises NotAllowed, Invalid when there is nothing for it."""
    tx.require(Permission.EXPORT_PARTICIPANTS)
    tx.database.lock_name("smile-entry")
    newest, overtaken = _waiting(tx, npp)
    people, left = _split(newest)
    if not people:
        raise Invalid("export", npp or "", "empty")
    tx.audit("correction.export", why=file)
    number = int(tx.scalar(SmileExport.select(fn.max(SmileExport.number))) or 0) + 1
    values = [row for rows in people.values() for row in rows]
    export_id = tx.insert(
        SmileExport, number=number, at=tx.now, staff_id=tx.actor.staff_id, file=file, count=len(values)
    )
    _change(tx, [row["id"] for row in values], export_id=export_id)
    _change(tx, overtaken, smile=Entry.NOT_NEEDED)
    return Exported(number, len(people), len(values), left), _sheet(tx, people)


def again_rows(tx: Transaction, number: int) -> tuple[Exported, list[UpdateRow]]:
    """What a sheet said; the trail keeps that it went out once more. Raises NotAllowed, NotFound."""
    tx.require(Permission.EXPORT_PARTICIPANTS)
    export = _export(tx, number)
    tx.audit("correction.export-again", why=str(number), undoable=False)
    query = mine(tx, Correction.select()).where(Correction.export_id == export["id"]).order_by(Correction.id)
    people, left = _split(tx.dicts(query))
    return Exported(number, len(people), sum(map(len, people.values())), left), _sheet(tx, people)


def _export(look: Snapshot, number: int) -> dict[str, Any]:
    row = look.one(look.database.locked(SmileExport.select().where(SmileExport.number == number, ~SmileExport.undone)))
    if row is None:
        raise NotFound("smile_export", str(number))
    return row


def _left_of(tx: Transaction, export_id: int) -> list[int]:
    query = mine(tx, Correction.select(Correction.id)).where(
        Correction.export_id == export_id, Correction.smile == Entry.TO_DO
    )
    return [int(row_id) for (row_id,) in tx.tuples(query.order_by(Correction.id))]


def _change(tx: Transaction, ids: Sequence[int], **values: Any) -> None:
    """The same columns of many changes, in one go: a sheet may hold thousands, and others wait for their turn."""
    query = Correction.select().where(tx.database.any_of(Correction.id, ids)).order_by(Correction.id)
    tx.update_many(Correction, [(row, values) for row in tx.dicts(tx.database.locked(query))])


def take_export(tx: Transaction, number: int) -> int:
    """Smile took what a sheet said. Raises NotAllowed, NotFound, Invalid when nothing of it is left."""
    tx.require(Permission.CORRECT_CONTACT)
    export = _export(tx, number)
    waiting = _left_of(tx, export["id"])
    if not waiting:
        raise Invalid("export", str(number), "nothing-left")
    tx.audit("correction.export-taken", why=str(number))
    _change(tx, waiting, smile=Entry.DONE, smile_at=tx.now, smile_by=tx.actor.staff_id)
    return len(waiting)


def withdraw_export(tx: Transaction, number: int) -> int:
    """What a sheet said and Smile has not is typed in by hand again. Raises NotAllowed, NotFound."""
    tx.require(Permission.EXPORT_PARTICIPANTS)
    export = _export(tx, number)
    waiting = _left_of(tx, export["id"])
    tx.audit("correction.export-withdrawn", why=str(number))
    tx.update(SmileExport, export["id"], undone=True)
    _change(tx, waiting, export_id=None)
    return len(waiting)


def _sheet(look: Snapshot, people: dict[int, list[dict[str, Any]]]) -> list[UpdateRow]:
    ids = list(people)
    known = {
        row["id"]: row for row in look.dicts(Participant.select().where(look.database.any_of(Participant.id, ids)))
    }
    made = []
    for person_id, rows in people.items():
        person, value = known[person_id], {row["field"]: row["new"] for row in rows}
        born: date | None = person["birth_date"]
        made.append(
            UpdateRow(
                person["kpj"],
                person["nik"] or "",
                person["name"],
                born,
                value.get(Field.PHONE, ""),
                value.get(Field.EMAIL, ""),
                value.get(Field.ACTIVE, ""),
            )
        )
    return made
