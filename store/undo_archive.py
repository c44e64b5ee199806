"""What stands in the way of taking a write of the archive back: its place is taken, or others hung something on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from store.rules.archive import DestructionState
from store.schema import Archived, Destruction, DestructionLine, Loan, Place, Table, table_name
from store.transaction import Transaction

_LIVING: Final = (str(DestructionState.PROPOSED), str(DestructionState.APPROVED))

Blocked = tuple[str, int, str, int]
"""Table, row and column that cannot become what they were, and the row in the way."""


def places_in_use(tx: Transaction, made: set[tuple[type[Table], int]]) -> set[tuple[type[Table], int]]:
    """Boxes that were made on the way, for files of this write, and that others have put files into since: they stay.

    `made` are the rows that the write made. A place that was made for its own sake is not among them.
    """
    if not any(model is Archived for model, _row_id in made):
        return set()
    used: set[tuple[type[Table], int]] = set()
    for model, place_id in made:
        if model is Place:
            inside = Archived.select(Archived.id).where(Archived.place_id == place_id, ~Archived.undone)
            if any((Archived, row_id) not in made for (row_id,) in tx.tuples(inside)):
                used.add((model, place_id))
    return used


def archive_in_the_way(
    tx: Transaction, model: type[Table], row_id: int, before: dict[str, Any] | None, going: set[tuple[type[Table], int]]
) -> Iterator[Blocked]:
    """Rows in the way of one row's becoming what it was; `before` None: it would be marked as undone.

    `going` are the rows that were made by the same write and go with it.
    """
    if before is None:
        yield from _hanging(tx, model, row_id, going)
    elif model in (Place, Archived, Loan, Destruction):
        yield from _taken(tx, model, row_id, before)


def _hanging(
    tx: Transaction, model: type[Table], row_id: int, going: set[tuple[type[Table], int]]
) -> Iterator[Blocked]:
    """A file in a place that was made, a loan of a file that was put in, and the destruction of that file."""
    found: list[tuple[type[Table], Any]] = []
    if model is Place:
        found.append((Archived, Archived.select(Archived.id).where(Archived.place_id == row_id, ~Archived.undone)))
        found.append((DestructionLine, _lists_of(row_id)))
    elif model is Archived:
        found.append((Loan, Loan.select(Loan.id).where(Loan.archived_id == row_id, ~Loan.undone)))
        held = Archived.select(Archived.place_id).where(Archived.id == row_id)
        found.append((Place, Place.select(Place.id).where(Place.id.in_(held), Place.destroyed_at.is_null(False))))
    for dependent, query in found:
        for (other,) in tx.tuples(query):
            if (dependent, other) not in going:
                yield table_name(dependent), other, "id", other


def _taken(tx: Transaction, model: type[Table], row_id: int, before: dict[str, Any]) -> Iterator[Blocked]:
    """Another row has the number, the claim file, the loan or a list's place by now; or the place is gone or listed."""
    now = tx.one(model.select().where(model.id == row_id)) or {}
    row = {**now, **before}
    others: list[tuple[str, Any]] = []
    if model is Place:
        same = (Place.kind == row["kind"]) & (Place.program == row["program"]) & (Place.number == row["number"])
        others.append(("number", Place.select(Place.id).where(same, ~Place.undone, Place.id != row_id)))
    elif model is Loan and row["back_at"] is None:
        same = (Loan.archived_id == row["archived_id"]) & Loan.back_at.is_null()
        others.append(("back_at", Loan.select(Loan.id).where(same, ~Loan.undone, Loan.id != row_id)))
        gone = Archived.select(Archived.id).where(Archived.id == row["archived_id"], Archived.undone)
        others.append(("archived_id", gone))
    elif model is Archived:
        if row["file_id"] is not None:
            same = (Archived.file_id == row["file_id"]) & ~Archived.undone & (Archived.id != row_id)
            others.append(("file_id", Archived.select(Archived.id).where(same)))
        places = [each for each in (row["place_id"], now["place_id"]) if each is not None]
        left = Place.undone | Place.destroyed_at.is_null(False)
        others.append(("place_id", Place.select(Place.id).where(Place.id.in_(places), left)))
        if now["undone"] or now["place_id"] != row["place_id"]:  # it comes back: into nothing that is to be destroyed
            others.append(("place_id", _lists_of(row["place_id"])))
    elif model is Destruction and row["state"] in _LIVING:
        others.append(("state", _on_another_list(row_id)))
    for column, query in others:
        found = tx.one(query)
        if found is not None:
            yield table_name(model), row_id, column, int(found["id"])


def _lists_of(place_id: int | None) -> Any:
    """The line of the destruction list that has a place and is neither carried out nor dropped."""
    lines = DestructionLine.select(DestructionLine.id).join(
        Destruction, on=(Destruction.id == DestructionLine.destruction_id)
    )
    return lines.where(DestructionLine.place_id == place_id, Destruction.state.in_(_LIVING))


def _on_another_list(destruction_id: int) -> Any:
    mine = DestructionLine.alias()
    places = mine.select(mine.place_id).where(mine.destruction_id == destruction_id)
    return (
        Destruction.select(Destruction.id)
        .join(DestructionLine, on=(DestructionLine.destruction_id == Destruction.id))
        .where(DestructionLine.place_id.in_(places), Destruction.id != destruction_id, Destruction.state.in_(_LIVING))
    )
