"""The trail of one person: who did what and which fields it touched, never the values."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from peewee import JOIN

from store.schema import Audit, AuditChange, Participant, Phone, Staff, table_name
from store.snapshot import Snapshot
from store.transaction import REFUSAL
from store.value_class import value_class


@value_class
class Event:
    """One line of a person's trail: fields that changed, never their values (those stay in the audit).

    `of_person`: the person's own data or numbers were written, not only where they stand on a list. `undoes` is the
    action that was taken back, '' for any other write.
    """

    at: datetime
    by: str
    action: str
    fields: tuple[str, ...]
    why: str
    of_person: bool = False
    undoes: str = ""


def wrote() -> Any:
    """The condition of lines that changed something; what was looked at or refused is a line of the trail too."""
    changed = AuditChange.payload.is_null() | ~AuditChange.payload.startswith('{"read":')
    return changed & (AuditChange.table_name != REFUSAL)


def events_of(look: Snapshot, participant_id: int) -> tuple[Event, ...]:
    """The person's trail, the newest first."""
    undone = Audit.alias()
    query = (
        Audit.select(
            *(Audit.id, Audit.at, Audit.action, Staff.name.alias("by"), undone.action.alias("undoes")),
            *(AuditChange.payload, AuditChange.table_name),
        )
        .join(AuditChange, on=(AuditChange.audit_id == Audit.id))
        .join_from(Audit, Staff, on=(Staff.id == Audit.staff_id))
        .join_from(Audit, undone, JOIN.LEFT_OUTER, on=(undone.id == Audit.undo_of))
        .where(AuditChange.participant_id == participant_id)
        .order_by(Audit.id.desc(), AuditChange.n)
    )
    entries: dict[int, dict[str, Any]] = {}
    own = {table_name(Participant), table_name(Phone)}
    for row in look.dicts(query):
        entry = entries.setdefault(row["id"], {**row, "fields": {}, "own": False})
        entry["fields"] |= dict.fromkeys(fields_of(row["payload"]))
        entry["own"] |= row["table_name"] in own
    whys = _whys(look, list(entries))
    return tuple(
        Event(
            *(entry["at"], entry["by"], entry["action"], tuple(entry["fields"]), whys.get(audit_id, ""), entry["own"]),
            undoes=entry["undoes"] or "",
        )
        for audit_id, entry in entries.items()
    )


def fields_of(payload: str | None) -> list[str]:
    """The fields that a line says were changed or shown."""
    change = json.loads(payload) if payload else {}
    if "read" in change:
        return [change["read"]]
    return sorted((change.get("before") or {}).keys()) if change.get("after") and change.get("before") else []


def _whys(look: Snapshot, audit_ids: list[int]) -> dict[int, str]:
    query = AuditChange.select(AuditChange.audit_id, AuditChange.payload).where(
        AuditChange.audit_id.in_(audit_ids), AuditChange.table_name == ""
    )
    return {audit_id: json.loads(payload)["why"] for audit_id, payload in look.tuples(query) if payload}
