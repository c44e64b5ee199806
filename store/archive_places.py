"""Places of the archive: boxes of a programme, hanging folders, shelves (domain.md 2.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from peewee import Case, fn

from store.archive_rows import ArchiveCounts, PlaceFilter, PlaceRow
from store.claim_file_rows import require_desk
from store.errors import ArchiveRefused, Invalid, NotFound
from store.office import setting
from store.rules.archive import (
    ArchiveRefusal,
    DestructionState,
    PlaceKind,
    check_capacity,
    kept_until,
    next_number,
    read_retention,
)
from store.rules.dates import PeriodError, parse_period
from store.rules.permissions import Permission
from store.rules.programs import Program
from store.rules.text import clean
from store.rules.vouchers import FileState
from store.schema import Archived, ClaimFile, Destruction, DestructionLine, Loan, Place, Staff
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction
from store.value_class import value_class

_LONGEST: Final = {"number": 40, "shelf": 60, "note": 200}


@value_class
class Inside:
    """What lies in a place: how many files, `undated` of them of no known day, the first and last day of the others."""

    files: int = 0
    undated: int = 0
    first_day: date | None = None
    last_day: date | None = None


# Looking --------------------------------------------------------------------------------------------------------------


def archive_counts(look: Snapshot) -> ArchiveCounts:
    """Figures of the first screen. Raises NotAllowed."""
    require_desk(look)
    aside = Archived.select(Archived.file_id).where(Archived.trouble != "", ~Archived.undone)
    waiting = ClaimFile.select(fn.count(ClaimFile.id)).where(
        ClaimFile.state == str(FileState.COMPLETE),
        ~ClaimFile.undone,
        ClaimFile.id.not_in(aside.where(Archived.file_id.is_null(False))),
    )
    troubles = Archived.select(fn.count(Archived.id)).where(Archived.trouble != "", ~Archived.undone)
    no_code = Archived.select(fn.count(Archived.id)).where(
        Archived.code == "", Archived.trouble == "", Archived.program != "", ~Archived.undone
    )
    out = Loan.select(fn.count(Loan.id)).where(Loan.back_at.is_null(), ~Loan.undone)
    proposed = Destruction.select(fn.count(Destruction.id)).where(Destruction.state == str(DestructionState.PROPOSED))
    late = out.where(Loan.due_on < look.today)
    found = [int(look.scalar(query)) for query in (waiting, troubles, no_code, out, late, proposed)]
    return ArchiveCounts(*found)


def count_places(look: Snapshot, wanted: PlaceFilter) -> int:
    require_desk(look)
    return int(look.scalar(_filtered(Place.select(fn.count(Place.id)), wanted)))


def list_places(look: Snapshot, wanted: PlaceFilter, offset: int, limit: int) -> list[PlaceRow]:
    """By kind (boxes first), programme and number. Raises NotAllowed."""
    require_desk(look)
    query = _filtered(_columns(), wanted).order_by(*in_order())
    return place_rows(look, look.dicts(query.offset(offset).limit(limit)))


def read_place(look: Snapshot, place_id: int) -> PlaceRow | None:
    """One place; None for one that was taken back. Raises NotAllowed."""
    require_desk(look)
    rows = place_rows(look, look.dicts(_columns().where(Place.id == place_id)))
    return rows[0] if rows else None


def read_places(look: Snapshot, ids: Sequence[int]) -> list[PlaceRow]:
    """These places, in the order of the list."""
    query = _columns().where(look.database.any_of(Place.id, ids)).order_by(*in_order())
    return place_rows(look, look.dicts(query))


def in_order() -> tuple[Any, ...]:
    """Boxes first, then by programme and number; the shorter number is the smaller one."""
    first = Case(None, ((Place.kind == str(PlaceKind.BOX), 0),), 1)
    return (first, Place.kind, Place.program, fn.length(Place.number), Place.number, Place.id)


def _columns() -> Any:
    return (
        Place.select(Place, Staff.name.alias("maker")).join(Staff, on=(Staff.id == Place.made_by)).where(~Place.undone)
    )


def _filtered(query: Any, wanted: PlaceFilter) -> Any:
    query = query.where(~Place.undone)
    if wanted.kinds:
        query = query.where(Place.kind.in_([str(kind) for kind in wanted.kinds]))
    if wanted.program is not None:
        query = query.where(Place.program == wanted.program)
    if wanted.open is not None:
        query = query.where(Place.closed_at.is_null(wanted.open))
    if not wanted.with_destroyed:
        query = query.where(Place.destroyed_at.is_null())
    for word in wanted.text.upper().split():
        told = fn.upper(Place.number).contains(word) | fn.upper(Place.shelf).contains(word)
        query = query.where(told | fn.upper(Place.note).contains(word) | (Place.program == word))
    return query


def place_rows(look: Snapshot, rows: Sequence[dict[str, Any]]) -> list[PlaceRow]:
    """Rows of places with what lies in them."""
    ids = [row["id"] for row in rows]
    holding, lent = inside(look, ids), _lent(look, ids)
    years = read_retention(setting(look, "archive.retention"))
    found = []
    for row in rows:
        held = holding.get(row["id"], Inside())
        found.append(
            PlaceRow(
                place_id=row["id"],
                version=row["version"],
                kind=PlaceKind(row["kind"]),
                number=row["number"],
                program=row["program"],
                shelf=row["shelf"],
                period=row["period"],
                capacity=row["capacity"],
                note=row["note"],
                files=held.files,
                borrowed=lent.get(row["id"], 0),
                first=_end(look, row["id"], Archived.code_order) if held.files else "",
                last=_end(look, row["id"], Archived.code_order.desc()) if held.files else "",
                first_day=held.first_day,
                last_day=held.last_day,
                undated=held.undated,
                made_at=row["made_at"],
                made_by=row["maker"],
                closed_at=row["closed_at"],
                destroyed_at=row["destroyed_at"],
                keep_until=kept(row, held, years),
                keep_said=row["keep_until"] is not None,
            )
        )
    return found


def kept(row: Mapping[str, Any], held: Inside, years: Mapping[str, int | None]) -> date | None:
    """The last day on which a place is kept: as somebody said, else by the office's years; None while nobody knows."""
    by_years = kept_until(row["kind"], row["program"], held.last_day, years, undated=held.undated)
    return row["keep_until"] or by_years


def inside(look: Snapshot, ids: Sequence[int]) -> dict[int, Inside]:
    """What lies in these places; one that is not there is empty."""
    query = (
        Archived.select(
            *(Archived.place_id, fn.count(Archived.id), fn.count(Archived.dated)),
            *(fn.min(Archived.dated), fn.max(Archived.dated)),
        )
        .where(look.database.any_of(Archived.place_id, ids), ~Archived.undone)
        .group_by(Archived.place_id)
    )
    return {
        place_id: Inside(int(files), int(files) - int(dated), _day(first), _day(last))
        for place_id, files, dated, first, last in look.tuples(query)
    }


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


def _lent(look: Snapshot, ids: Sequence[int]) -> dict[int, int]:
    query = (
        Loan.select(Archived.place_id, fn.count(Loan.id))
        .join(Archived, on=(Archived.id == Loan.archived_id))
        .where(Loan.back_at.is_null(), ~Loan.undone, look.database.any_of(Archived.place_id, ids))
        .group_by(Archived.place_id)
    )
    return {place_id: int(count) for place_id, count in look.tuples(query)}


def _end(look: Snapshot, place_id: int, order: Any) -> str:
    """The code at one end of a place."""
    inside_it = (Archived.place_id == place_id) & ~Archived.undone & (Archived.code_order != "")
    row = look.one(Archived.select(Archived.code).where(inside_it).order_by(order))
    return row["code"] if row else ""


# Writing --------------------------------------------------------------------------------------------------------------


def lock(tx: Transaction) -> None:
    """One writer at a time decides where things lie: two files never get the last place of a box."""
    tx.require(Permission.ARCHIVE)
    tx.database.lock_name("archive")


def living_place(tx: Transaction, place_id: int) -> dict[str, Any]:
    """The place's row, locked. Raises NotFound, ArchiveRefused for one whose papers were destroyed."""
    row = tx.one(tx.database.locked(Place.select().where(Place.id == place_id, ~Place.undone)))
    if row is None:
        raise NotFound("place", str(place_id))
    if row["destroyed_at"] is not None:
        raise refused(row, ArchiveRefusal.GONE)
    return row


def refused(row: Mapping[str, Any], why: ArchiveRefusal, detail: str = "") -> ArchiveRefused:
    """The refusal that names a place, or an archived file by whose it is."""
    return ArchiveRefused(str(why), row.get("number") or row.get("name") or "", row.get("program") or "", detail)


def next_box(look: Snapshot, program: str) -> str:
    """The number of the next box of a programme; numbers of destroyed boxes are not given again."""
    query = Place.select(Place.number).where(Place.kind == str(PlaceKind.BOX), Place.program == program, ~Place.undone)
    return next_number([number for (number,) in look.tuples(query)])


def make(
    tx: Transaction,
    kind: PlaceKind,
    number: str,
    program: str,
    *,
    shelf: str = "",
    period: str = "",
    capacity: int | None = None,
    note: str = "",
) -> int:
    """Makes a place within its own audited write; its id."""
    lock(tx)
    tx.audit("archive.place")
    return add_place(tx, kind, number, program, shelf=shelf, period=period, capacity=capacity, note=note)


def add_place(
    tx: Transaction,
    kind: PlaceKind,
    number: str,
    program: str,
    *,
    shelf: str = "",
    period: str = "",
    capacity: int | None = None,
    note: str = "",
    closed: bool = False,
) -> int:
    """The same within the open write of any desk. Raises Invalid, ArchiveRefused for a number that is taken."""
    kind = PlaceKind(kind)
    if kind is PlaceKind.BOX and program not in set(Program):
        raise Invalid("program", program, "unknown")
    if not clean(number) and kind is PlaceKind.BOX:
        number = next_box(tx, program)
    if capacity is None:
        capacity = int(setting(tx, "archive.capacity")) if kind is PlaceKind.BOX else 0
    told: dict[str, str | int] = {"number": number, "shelf": shelf, "period": period, "note": note}
    told["capacity"] = capacity
    values = {"kind": str(kind), "program": program, **_checked(told)}
    _free_number(tx, values, 0)
    made = {"made_at": tx.now, "made_by": tx.actor.staff_id, "closed_at": tx.now if closed else None}
    return tx.insert(Place, **values, **made)


def _checked(told: Mapping[str, str | int]) -> dict[str, Any]:
    """Values as they are kept. Raises Invalid."""
    values: dict[str, Any] = {}
    for name, value in told.items():
        if name == "capacity":
            try:
                values[name] = check_capacity(value)
            except ValueError:
                raise Invalid(name, str(value), "unreadable") from None
            continue
        if name != "period" and name not in _LONGEST:
            raise Invalid(name, str(value), "unknown")
        text = clean(str(value))
        if name == "number" and not text:
            raise Invalid(name, text, "empty")
        if len(text) > _LONGEST.get(name, 20):
            raise Invalid(name, text, "too-long")
        values[name] = _period(text) if name == "period" else text
    return values


def _period(text: str) -> str:
    try:
        return str(parse_period(text)) if text else ""
    except PeriodError:
        raise Invalid("period", text, "unreadable") from None


def check_number(look: Snapshot, kind: PlaceKind, number: str, program: str) -> None:
    """Whether a new place may have this number. Raises NotAllowed, Invalid, ArchiveRefused for one that is taken."""
    look.require(Permission.ARCHIVE)
    if clean(number) or kind is not PlaceKind.BOX:
        _free_number(look, {"kind": str(kind), "program": program, **_checked({"number": number})}, 0)


def _free_number(look: Snapshot, values: Mapping[str, Any], but: int) -> None:
    taken = Place.select(Place.id, Place.number, Place.program).where(
        Place.kind == values["kind"],
        Place.program == values["program"],
        Place.number == values["number"],
        ~Place.undone,
        Place.id != but,
    )
    row = look.one(taken)
    if row is not None:
        raise refused(row, ArchiveRefusal.NUMBER_TAKEN)


def change(tx: Transaction, place_id: int, version: int, told: dict[str, str | int]) -> None:
    """Changes a place. Raises Invalid, NotFound, StaleEdit, ArchiveRefused for a number that is taken."""
    row = _fresh(tx, place_id, version, told)
    values = _checked(told)
    if "number" in values:
        _free_number(tx, {**row, **values}, place_id)
    tx.audit("archive.place-changed")
    tx.update(Place, place_id, expect=version, **values)


def close(tx: Transaction, place_id: int, version: int) -> None:
    row = _fresh(tx, place_id, version, {})
    if row["closed_at"] is not None:
        raise refused(row, ArchiveRefusal.CLOSED)
    tx.audit("archive.close")
    tx.update(Place, place_id, expect=version, closed_at=tx.now)


def reopen(tx: Transaction, place_id: int, version: int) -> None:
    row = _fresh(tx, place_id, version, {})
    if row["closed_at"] is None:
        raise refused(row, ArchiveRefusal.NOT_CLOSED)
    if (listed := living_list(tx, place_id)) is not None:
        raise refused(row, ArchiveRefusal.LISTED, str(listed))
    tx.audit("archive.reopen")
    tx.update(Place, place_id, expect=version, closed_at=None)


def remove(tx: Transaction, place_id: int, version: int) -> None:
    row = _fresh(tx, place_id, version, {})
    held = inside(tx, [place_id]).get(place_id, Inside())
    if held.files:
        raise refused(row, ArchiveRefusal.NOT_EMPTY, str(held.files))
    if (listed := living_list(tx, place_id)) is not None:
        raise refused(row, ArchiveRefusal.LISTED, str(listed))
    tx.audit("archive.place-removed")
    tx.update(Place, place_id, expect=version, undone=True)


def _fresh(tx: Transaction, place_id: int, version: int, told: Mapping[str, Any]) -> dict[str, Any]:
    lock(tx)
    living_place(tx, place_id)
    return fresh(tx, Place, place_id, version, told)


def living_list(look: Snapshot, place_id: int) -> int | None:
    """The number of the destruction list that has a place and is neither carried out nor dropped."""
    states = (str(DestructionState.PROPOSED), str(DestructionState.APPROVED))
    query = (
        DestructionLine.select(DestructionLine.destruction_id)
        .join(Destruction, on=(Destruction.id == DestructionLine.destruction_id))
        .where(DestructionLine.place_id == place_id, Destruction.state.in_(states))
    )
    row = look.one(query)
    return None if row is None else int(row["destruction_id"])
