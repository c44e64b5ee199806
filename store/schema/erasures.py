"""Retention of people's data: the office's rules, who is held out, and lists of what went (domain.md 3.7)."""

from __future__ import annotations

from peewee import BigIntegerField, TextField

from store.schema.base import DayField, InstantField, Table


class RetentionRule(Table):
    """How long one kind of data is kept; `kind` and `way` are of store.rules.erasures. In force once confirmed."""

    kind = TextField()
    years = BigIntegerField()
    way = TextField()
    basis = TextField()  # what the office rests it on, in its own words
    set_at = InstantField()
    set_by = BigIntegerField()
    confirmed_at = InstantField(null=True)
    confirmed_by = BigIntegerField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "retention_rule"


class Suspension(Table):
    """Somebody whose data stay (*ditangguhkan*), whatever the rules say; `until` None: until it is lifted."""

    participant_id = BigIntegerField()
    asked_by = TextField()  # store.rules.erasures.AskedBy
    why = TextField()
    until = DayField(null=True)
    at = InstantField()
    staff_id = BigIntegerField()
    lifted_at = InstantField(null=True)
    lifted_by = BigIntegerField(null=True)
    lifted_why = TextField(default="")
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "suspension"


class Erasure(Table):
    """A list of what goes: proposed, approved by somebody else, carried out, recorded. Its number is the row's id.

    `rules` is what was in force, as JSON, and `counts` what came of it: lines by kind, done and held.
    """

    state = TextField()  # store.rules.erasures.ErasureState
    rules = TextField()
    note = TextField(default="")
    made_at = InstantField()
    made_by = BigIntegerField()
    approved_at = InstantField(null=True)
    approved_by = BigIntegerField(null=True)
    begun_at = InstantField(null=True)
    done_at = InstantField(null=True)
    done_by = BigIntegerField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "erasure"


class ErasureLine(Table):
    """One row that goes. `label` is masked for good: it stays when the data are gone.

    Outside the audit: the list's own entries tell of it. `held`: why it stayed when the list was carried out.
    """

    erasure_id = BigIntegerField()
    kind = TextField()
    row_id = BigIntegerField()
    participant_id = BigIntegerField(null=True)
    label = TextField(default="")
    ended_on = DayField()  # when its purpose ended
    done_at = InstantField(null=True)
    held = TextField(default="")

    class Meta:
        table_name = "erasure_line"
