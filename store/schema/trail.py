"""The audit trail: one entry a write, one change a row it touched."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import InstantField, Table


class Audit(Table):
    """One write. `digest` covers its changes, `hash` covers this entry and the one before it in the same session."""

    session_id = BigIntegerField()
    seq = BigIntegerField()
    at = InstantField()
    staff_id = BigIntegerField()
    action = TextField()
    undoable = BooleanField()
    undo_of = BigIntegerField(null=True)
    digest = TextField()
    previous = TextField()
    hash = TextField()

    class Meta:
        table_name = "audit"


class AuditChange(Table):
    """One row's before and after (or, as number 0, the reason). `payload` and `salt` may be erased later.

    The digest stays.
    """

    audit_id = BigIntegerField()
    n = BigIntegerField()
    table_name = TextField()
    row_id = BigIntegerField(null=True)
    participant_id = BigIntegerField(null=True)
    payload = TextField(null=True)
    salt = TextField(null=True)
    digest = TextField()

    class Meta:
        table_name = "audit_change"
