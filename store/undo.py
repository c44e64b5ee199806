"""Taking a write back: every row as it was before, refused when somebody changed the same since.

Undoing is a write of its own and stays in the trail; the attempt that was taken back is marked, never removed.
"""

from __future__ import annotations

import json
from typing import Any

from peewee import fn

from store.errors import Conflict, NotFound, NothingToUndo, OwnWork, UndoRefused
from store.link import Link
from store.rows import UndoRef
from store.schema import TABLES, Audit, AuditChange, Staff, Table, columns
from store.transaction import Snapshot, Transaction


class UndoDesk:
    """`store.undo`: takes back a write by the reference it returned."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def undo(self, ref: UndoRef) -> None:
        """Raises UndoRefused with each value that was changed since, NothingToUndo when it was taken back already."""
        await self._link.write(undo_entry, ref.audit_id)


def undo_entry(tx: Transaction, audit_id: int) -> str:
    """Takes back one audit entry of the acting person's own; returns its action."""
    entry = tx.one(Audit.select().where(Audit.id == audit_id))
    if entry is None:
        raise NotFound("audit", str(audit_id))
    if not entry["undoable"] or tx.scalar(Audit.select(Audit.id).where(Audit.undo_of == audit_id)) is not None:
        raise NothingToUndo()
    if entry["staff_id"] != tx.actor.staff_id:
        raise OwnWork(tx.actor.login)
    changes = tx.dicts(AuditChange.select().where(AuditChange.audit_id == audit_id).order_by(AuditChange.n.desc()))
    steps = [(TABLES[c["table_name"]], c["row_id"], json.loads(c["payload"])) for c in changes if c["table_name"]]
    conflicts = [
        conflict for model, row_id, step in steps for conflict in _conflicts(tx, model, row_id, step, audit_id)
    ]
    if conflicts:
        raise UndoRefused(entry["action"], tuple(conflicts))
    tx.audit("undo", undoable=False, undo_of=audit_id)
    for model, row_id, step in steps:
        _take_back(tx, model, row_id, step)
    return str(entry["action"])


def last_undoable(snapshot: Snapshot, action: str) -> int | None:
    """The id of the acting person's newest write of this kind that was not taken back yet, in whatever session."""
    undone = Audit.alias()
    found = snapshot.scalar(
        Audit.select(fn.max(Audit.id)).where(
            Audit.staff_id == snapshot.actor.staff_id,
            Audit.action == action,
            Audit.undoable,
            ~fn.EXISTS(undone.select(undone.id).where(undone.undo_of == Audit.id)),
        )
    )
    return None if found is None else int(found)


def _take_back(tx: Transaction, model: type[Table], row_id: int, step: dict[str, Any]) -> None:
    if step["before"] is None:
        if "undone" in columns(model):
            tx.update(model, row_id, undone=True)
        else:
            tx.delete(model, row_id)
    elif step["after"] is None:
        tx.insert(model, id=row_id, **_values(model, step["before"]))
    else:
        tx.update(model, row_id, **_values(model, step["before"]))


def _values(model: type[Table], stored: dict[str, Any]) -> dict[str, Any]:
    fields = columns(model)
    return {name: fields[name].python_value(value) for name, value in stored.items() if name != "version"}


def _conflicts(tx: Transaction, model: type[Table], row_id: int, step: dict[str, Any], audit_id: int) -> list[Conflict]:
    """Values of the row that are no longer as the write left them, with who changed them and when."""
    found = tx.one(model.select().where(model.id == row_id))
    name = str(model._meta.table_name)
    if step["after"] is None:
        return [] if found is None else [Conflict(name, row_id, "id", None, row_id)]
    if found is None:
        return [Conflict(name, row_id, "id", row_id, None)]
    if step["before"] is None and ("undone" not in columns(model)):
        # An added row goes away whole: anything about it that changed since would be lost with it.
        expected = {**_values(model, step["after"]), **({"version": 1} if "version" in columns(model) else {})}
    else:
        expected = _values(model, step["after"])
    differing = [field for field, value in expected.items() if found[field] != value and field not in _OPERATIONAL]
    if not differing:
        return []
    by, at = _who_changed(tx, name, row_id, audit_id)
    return [Conflict(name, row_id, field, expected[field], found[field], by, at) for field in differing]


# Leases come and go without changing what is known about a person; they are never part of a write that can be undone.
_OPERATIONAL = frozenset({"lease_session", "lease_token", "right_party"})


def _who_changed(tx: Transaction, table: str, row_id: int, audit_id: int) -> tuple[str | None, Any]:
    row = tx.one(
        Audit.select(Staff.name, Audit.at)
        .join(AuditChange, on=(AuditChange.audit_id == Audit.id))
        .join_from(Audit, Staff, on=(Staff.id == Audit.staff_id))
        .where(AuditChange.table_name == table, AuditChange.row_id == row_id, Audit.id > audit_id)
        .order_by(Audit.id.desc())
    )
    return (row["name"], row["at"]) if row else (None, None)
