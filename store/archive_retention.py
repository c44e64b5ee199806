"""How long places are kept, and the destruction of what may go: proposed, approved by somebody else, carried out.

Nothing is ever destroyed, proposed or approved by itself (design.md 3.5; domain.md 2.7, 3.7 art. 42 to 44).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from peewee import JOIN, fn

from store.archive_places import Inside, inside, kept, living_list, living_place, lock, place_rows, read_places, refused
from store.archive_places import in_order as place_order
from store.archive_rows import DestructionRow, PlaceRow
from store.claim_file_rows import require_desk
from store.claim_files import reason
from store.errors import ArchiveRefused, Invalid, NotFound, OwnWork
from store.link import Link
from store.office import setting
from store.pins import require_pin
from store.rows import UndoRef
from store.rules.archive import ArchiveRefusal, DestructionState, read_retention
from store.rules.permissions import Permission
from store.rules.text import clean
from store.schema import Archived, Destruction, DestructionLine, Loan, Place, Staff
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction

_LONGEST: Final = 300
_LIVING: Final = (str(DestructionState.PROPOSED), str(DestructionState.APPROVED))


class RetentionDesk:
    """`store.retention`: what may be destroyed, and the lists of it.

    Looking as at `store.archive`. Proposing and carrying out need ARCHIVE, approving APPROVE_FILES and another person
    than who proposed.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    async def years(self) -> dict[str, int | None]:
        """Whole years by programme (boxes) and kind of place; None: nobody has said (setting `archive.retention`)."""
        return await self._link.read(retention_years)

    async def keep_until(self, place_id: int, version: int, day: date | None) -> UndoRef | None:
        """A place is kept until a day that a person says; None: by the office's years again."""
        return (await self._link.write(_keep_until, place_id, version, day))[1]

    async def due(self) -> list[PlaceRow]:
        """Closed places whose time is over and that are on no list yet, in the order of places. Raises NotAllowed.

        One with a paper of unknown day is among them only by a day that somebody said.
        """
        return await self._link.read(due_places)

    async def lists(self, *, living: bool = False) -> list[DestructionRow]:
        """Destruction lists, the newest first; `living`: neither carried out nor dropped. Raises NotAllowed."""
        return await self._link.read(destructions, living=living)

    async def read(self, destruction_id: int) -> DestructionRow | None:
        return await self._link.read(read_destruction, destruction_id)

    async def places(self, destruction_id: int) -> list[PlaceRow]:
        """The places of a list, in their order. Raises NotAllowed."""
        return await self._link.read(places_of_list, destruction_id)

    async def propose(self, place_ids: Sequence[int], note: str = "") -> tuple[int, UndoRef | None]:
        """A new list; its number. All or none.

        Raises NotAllowed, NotFound, ArchiveRefused for a place that is open, has to be kept still (keep, with the day),
        of which nobody said how long (keep-unknown; undated, with how many papers have no day), is on another list, or
        has a file out on loan.
        """
        return await self._link.write(_propose, list(place_ids), note)

    async def approve(self, destruction_id: int, version: int) -> UndoRef | None:
        """Raises NotAllowed, NotFound, StaleEdit, OwnWork for who proposed it, ArchiveRefused."""
        return (await self._link.write(_approve, destruction_id, version))[1]

    async def drop(self, destruction_id: int, version: int, why: str) -> UndoRef | None:
        """The list is given up, also an approved one; its places stay. Raises as `approve`, Invalid without reason."""
        return (await self._link.write(_drop, destruction_id, version, why))[1]

    async def carry_out(
        self, destruction_id: int, version: int, way: str, witnesses: Sequence[str], note: str = ""
    ) -> None:
        """What was approved is destroyed: the way (words), who saw it. There is no undo of this.

        Raises NotAllowed, NotFound, StaleEdit, Invalid without a way or a witness, ArchiveRefused where the list is not
        approved or a file of it was put in, reopened or lent since.
        """
        await self._link.write(_carry_out, destruction_id, version, way, list(witnesses), note)


def retention_years(look: Snapshot) -> dict[str, int | None]:
    """The office's years. Raises NotAllowed."""
    require_desk(look)
    return read_retention(setting(look, "archive.retention"))


def _keep_until(tx: Transaction, place_id: int, version: int, day: date | None) -> None:
    lock(tx)
    row = living_place(tx, place_id)
    fresh(tx, Place, place_id, version, {"keep_until": day})
    if (listed := living_list(tx, place_id)) is not None:
        raise refused(row, ArchiveRefusal.LISTED, str(listed))
    tx.audit("archive.keep")
    tx.update(Place, place_id, expect=version, keep_until=day)


def due_places(look: Snapshot) -> list[PlaceRow]:
    """Closed places whose time is over. Raises NotAllowed."""
    require_desk(look)
    years = read_retention(setting(look, "archive.retention"))
    line, living = DestructionLine.alias(), Destruction.alias()
    on_list = (
        line.select(line.place_id).join(living, on=(living.id == line.destruction_id)).where(living.state.in_(_LIVING))
    )
    query = Place.select(Place.id, Place.kind, Place.program, Place.keep_until).where(
        Place.closed_at.is_null(False), Place.destroyed_at.is_null(), ~Place.undone, Place.id.not_in(on_list)
    )
    rows = look.dicts(query)
    held = inside(look, [row["id"] for row in rows if row["keep_until"] is None])
    due = []
    for row in rows:
        until = kept(row, held.get(row["id"], Inside()), years)
        if until is not None and until < look.today:
            due.append(row["id"])
    return read_places(look, due)


# Lists ----------------------------------------------------------------------------------------------------------------


def destructions(look: Snapshot, *, living: bool) -> list[DestructionRow]:
    """The lists, the newest first. Raises NotAllowed."""
    require_desk(look)
    query = _columns()
    if living:
        query = query.where(Destruction.state.in_(_LIVING))
    return [_row(look, row) for row in look.dicts(query.order_by(Destruction.id.desc()))]


def read_destruction(look: Snapshot, destruction_id: int) -> DestructionRow | None:
    """One list; None for one that was taken back. Raises NotAllowed."""
    require_desk(look)
    row = look.one(_columns().where(Destruction.id == destruction_id))
    return None if row is None else _row(look, row)


def places_of_list(look: Snapshot, destruction_id: int) -> list[PlaceRow]:
    """The places of a list. Raises NotAllowed."""
    require_desk(look)
    query = (
        Place.select(Place, Staff.name.alias("maker"))
        .join(DestructionLine, on=(DestructionLine.place_id == Place.id))
        .join_from(Place, Staff, on=(Staff.id == Place.made_by))
        .where(DestructionLine.destruction_id == destruction_id)
        .order_by(*place_order())
    )
    return place_rows(look, look.dicts(query))


def _columns() -> Any:
    maker, approver, doer = Staff.alias(), Staff.alias(), Staff.alias()
    return (
        Destruction.select(
            Destruction, maker.name.alias("maker"), approver.name.alias("approver"), doer.name.alias("doer")
        )
        .join(maker, on=(maker.id == Destruction.made_by))
        .join_from(Destruction, approver, JOIN.LEFT_OUTER, on=(approver.id == Destruction.approved_by))
        .join_from(Destruction, doer, JOIN.LEFT_OUTER, on=(doer.id == Destruction.done_by))
    )


def _row(look: Snapshot, row: dict[str, Any]) -> DestructionRow:
    places = _place_ids(look, row["id"])
    return DestructionRow(
        destruction_id=row["id"],
        version=row["version"],
        state=DestructionState(row["state"]),
        places=len(places),
        files=sum(held.files for held in inside(look, places).values()),
        made_at=row["made_at"],
        made_by=row["maker"],
        mine=row["made_by"] == look.actor.staff_id,
        approved_at=row["approved_at"],
        approved_by=row["approver"] or "",
        done_at=row["done_at"],
        done_by=row["doer"] or "",
        way=row["way"],
        witnesses=tuple(name for name in row["witnesses"].split("\n") if name),
        note=row["note"],
    )


def _place_ids(look: Snapshot, destruction_id: int) -> list[int]:
    query = DestructionLine.select(DestructionLine.place_id).where(DestructionLine.destruction_id == destruction_id)
    return [int(row[0]) for row in look.tuples(query.order_by(DestructionLine.place_id))]


# Steps ----------------------------------------------------------------------------------------------------------------


def _propose(tx: Transaction, place_ids: list[int], note: str) -> int:
    lock(tx)
    ids = sorted(set(place_ids))
    if not ids:
        raise Invalid("place_ids", "", "empty")
    for place_id in ids:
        row = _ready(tx, place_id)
        if (listed := living_list(tx, place_id)) is not None:
            raise refused(row, ArchiveRefusal.LISTED, str(listed))
    tx.audit("archive.propose")
    values = {"state": str(DestructionState.PROPOSED), "made_at": tx.now, "made_by": tx.actor.staff_id}
    destruction_id = tx.insert(Destruction, **values, note=_short("note", note))
    tx.insert_many(DestructionLine, [{"destruction_id": destruction_id, "place_id": each} for each in ids])
    return destruction_id


def _ready(tx: Transaction, place_id: int) -> dict[str, Any]:
    """A place whose papers may be destroyed, locked. Raises NotFound, ArchiveRefused."""
    row = living_place(tx, place_id)
    if row["closed_at"] is None:
        raise refused(row, ArchiveRefusal.NOT_CLOSED)
    years = read_retention(setting(tx, "archive.retention"))
    held = inside(tx, [place_id]).get(place_id, Inside())
    until = kept(row, held, years)
    if until is None and held.undated:
        raise refused(row, ArchiveRefusal.UNDATED, str(held.undated))
    if until is None:
        raise refused(row, ArchiveRefusal.KEEP_UNKNOWN)
    if until >= tx.today:
        raise refused(row, ArchiveRefusal.KEEP, until.isoformat())
    out = (
        Loan.select(Loan.borrower)
        .join(Archived, on=(Archived.id == Loan.archived_id))
        .where(Archived.place_id == place_id, Loan.back_at.is_null(), ~Loan.undone)
    )
    loan = tx.one(out)
    if loan is not None:
        raise refused(row, ArchiveRefusal.ON_LOAN, loan["borrower"])
    return row


def _list(tx: Transaction, destruction_id: int, version: int, *states: DestructionState) -> dict[str, Any]:
    """The list in one of these states, locked. Raises NotFound, StaleEdit, ArchiveRefused."""
    tx.database.lock_name("archive")
    if tx.one(Destruction.select(Destruction.id).where(Destruction.id == destruction_id)) is None:
        raise NotFound("destruction", str(destruction_id))
    row = fresh(tx, Destruction, destruction_id, version)
    if row["state"] not in states:
        raise ArchiveRefused(str(ArchiveRefusal.STATE), str(destruction_id), detail=row["state"])
    return row


def _approve(tx: Transaction, destruction_id: int, version: int) -> None:
    require_pin(tx, Permission.APPROVE_FILES)
    row = _list(tx, destruction_id, version, DestructionState.PROPOSED)
    if row["made_by"] == tx.actor.staff_id and not tx.actor.alone:
        raise OwnWork(tx.actor.login)
    tx.audit("approval.destruction")
    values = {"approved_at": tx.now, "approved_by": tx.actor.staff_id}
    tx.update(Destruction, destruction_id, expect=version, state=str(DestructionState.APPROVED), **values)


def _drop(tx: Transaction, destruction_id: int, version: int, why: str) -> None:
    if not tx.may(Permission.APPROVE_FILES):
        tx.require(Permission.ARCHIVE)
    _list(tx, destruction_id, version, DestructionState.PROPOSED, DestructionState.APPROVED)
    told = reason(why)
    action = "archive.drop" if tx.may(Permission.ARCHIVE) else "approval.drop"
    tx.audit(action, why=told)
    tx.update(Destruction, destruction_id, expect=version, state=str(DestructionState.DROPPED))


def _carry_out(tx: Transaction, destruction_id: int, version: int, way: str, witnesses: list[str], note: str) -> None:
    tx.require(Permission.ARCHIVE)
    row = _list(tx, destruction_id, version, DestructionState.APPROVED)
    names = [_short("witnesses", name) for name in witnesses if clean(name)]
    if not clean(way):
        raise Invalid("way", way, "empty")
    if not names:
        raise Invalid("witnesses", "", "empty")
    places = _place_ids(tx, destruction_id)
    for place_id in places:
        place = _ready(tx, place_id)
        _unchanged(tx, place, row)
    tx.audit("archive.destroyed", undoable=False)
    for place_id in places:
        tx.update(Place, place_id, destroyed_at=tx.now)
    values: Mapping[str, Any] = {
        "done_at": tx.now,
        "done_by": tx.actor.staff_id,
        "way": _short("way", way),
        "witnesses": "\n".join(names),
        "note": _short("note", note) or row["note"],
    }
    tx.update(Destruction, destruction_id, expect=version, state=str(DestructionState.DONE), **values)


def _unchanged(tx: Transaction, place: dict[str, Any], row: dict[str, Any]) -> None:
    """Raises ArchiveRefused for a place into which something came after the list was proposed."""
    since = Archived.select(fn.count(Archived.id)).where(
        Archived.place_id == place["id"], ~Archived.undone, Archived.archived_at > row["made_at"]
    )
    added = int(tx.scalar(since))
    if added:
        raise refused(place, ArchiveRefusal.CHANGED, str(added))


def _short(field: str, text: str) -> str:
    told = clean(text)
    if len(told) > _LONGEST:
        raise Invalid(field, told, "too-long")
    return told
