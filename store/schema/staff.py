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
    account = TextField(null=True)  # of the operating system, where several people share it
    logged_in = TextField(null=True)  # which login at the machine it was opened from (store.sessions)
    pin_due = BigIntegerField(default=0)  # 1: nothing is shown or written before the person's PIN was given
    pin_at = BigIntegerField(null=True)  # lease clock, ms: the last right PIN
    locked_at = InstantField(null=True)  # the screen is locked since

    class Meta:
        table_name = "session"


class Pin(Table):
    """How a person says that it is still them at the keyboard. Never in the trail: only that it was chosen is."""

    staff_id = BigIntegerField()
    hash = TextField()  # argon2id
    code_until = InstantField(null=True)  # an administrator's code, to be replaced by a PIN until then
    wrong = BigIntegerField(default=0)  # tries in a row
    wrong_at = InstantField(null=True)
    set_at = InstantField()

    class Meta:
        table_name = "pin"


class SharedAccount(Table):
    """A person who comes in through an operating-system account that others use as well."""

    account = TextField()
    staff_id = BigIntegerField()

    class Meta:
        table_name = "shared_account"


class Seal(Table):
    """The end of an ended session's chain, as the next session to open saw it and chained it into its own opening."""

    session_id = BigIntegerField()
    sealed_by = BigIntegerField()
    seq = BigIntegerField()
    head = TextField()

    class Meta:
        table_name = "seal"
