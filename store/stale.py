"""What colleagues did to a row since somebody saw it: told from the trail, field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from store.errors import FieldConflict, StaleEdit
from store.schema import Audit, AuditChange, Staff, Table, columns, table_name
from store.trail_events import wrote
from store.transaction import Transaction

UNTOLD = frozenset({"version", "done_by", "result_at"})
"""Columns that only follow from others."""


def changed_since(
    tx: Transaction, model: type[Table], row: Mapping[str, Any], version: int, mine: Mapping[str, Any]
) -> tuple[FieldConflict, ...]:
    """The fields that were changed after `version`: as they were then, as `mine` would have them, as they are in `row`.

    `by` and `at` speak of the last change of that field. A field that came back to what it was is left out; without a
    wish in `mine` a field's wish is what it was.
    """
    lines = tx.dicts(
        AuditChange.select(AuditChange.payload, Staff.name.alias("by"), Audit.at)
        .join(Audit, on=(Audit.id == AuditChange.audit_id))
        .join(Staff, on=(Staff.id == Audit.staff_id))
        .where(AuditChange.table_name == table_name(model), AuditChange.row_id == row["id"], wrote())
        .order_by(AuditChange.audit_id.desc(), AuditChange.n.desc())
        .limit(max(row["version"] - version, 0))
    )
    fields, known = columns(model), dict[str, tuple[Any, str, Any]]()
    for line in lines:
        told = json.loads(line["payload"])["before"] or {} if line["payload"] else {}
        for name, before in told.items():
            last = known.get(name, (None, line["by"], line["at"]))
            known[name] = (fields[name].python_value(before), last[1], last[2])
    return tuple(
        FieldConflict(name, original, mine.get(name, original), row[name], by, at)
        for name, (original, by, at) in known.items()
        if name not in UNTOLD and original != row[name]
    )


def fresh(
    tx: Transaction, model: type[Table], row_id: int, version: int, mine: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The row, kept from changing until the write ends. Raises StaleEdit with what others changed after `version`."""
    row = tx.one(tx.database.locked(model.select().where(model.id == row_id)))
    if row is None:
        raise StaleEdit(table_name(model), row_id)
    if row["version"] != version:
        raise StaleEdit(table_name(model), row_id, changed_since(tx, model, row, version, mine or {}))
    return row
