"""Who works here, under which roles, and each opening of Loket by one of them."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Staff(Table):
    """One person, known by the operating-system account. The founder ran `init` (contracts.md "First person")."""

    login = TextField()
    name = TextField()
    section = TextField()
    active = BooleanField(default=True)
    founder = BooleanField(default=False)
    created_at = InstantField()
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "staff"


class Assignment(Table):
    """A role of a person: standing, or dated (*penugasan*) with both days included."""

    staff_id = BigIntegerField()
    role = TextField()
    section = TextField()
    starts_on = DayField()
    ends_on = DayField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "assignment"


class Session(Table):
    """One process of one person. `seq` and `head` are the end of its audit chain.

    `opening` chains the sessions themselves.
    """

    staff_id = BigIntegerField()
    opened_at = InstantField()
    host = TextField()
    boot_id = TextField()
    pid = BigIntegerField()
    pid_started = BigIntegerField()
    last_key = BigIntegerField()  # lease clock of the database, ms
    acting_role = TextField(null=True)
    ended_at = InstantField(null=True)
    seq = BigIntegerField(default=0)
    head = TextField()
    previous_id = BigIntegerField(null=True)
    opening = TextField()

    class Meta:
        table_name = "session"


class Seal(Table):
    """The end of an ended session's chain, as the next session to open saw it and chained it into its own opening."""

    session_id = BigIntegerField()
    sealed_by = BigIntegerField()
    seq = BigIntegerField()
    head = TextField()

    class Meta:
        table_name = "seal"
