"""The office itself: its settings, days it is closed, files it has taken in, what people
are in the middle of typing.
"""

from __future__ import annotations

from peewee import BigIntegerField, TextField

from store.schema.base import DayField, InstantField, Table


class Setting(Table):
    """One setting as JSON; `key` is unique."""

    key = TextField()
    value = TextField()
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "setting"


class ClosedDay(Table):
    """A day the office is closed. `source`: national (the public calendar) or office (its own)."""

    day = DayField()
    name = TextField()
    source = TextField()

    class Meta:
        table_name = "closed_day"


class Layout(Table):
    """The mapping of one layout of columns, as a person corrected it: JSON of header to field."""

    kind = TextField()
    signature = TextField()
    mapping = TextField()
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "layout"


class ImportedFile(Table):
    """A file that came in, known again by the digest of its bytes."""

    kind = TextField()
    sha256 = TextField()
    name = TextField()
    imported_at = InstantField()
    staff_id = BigIntegerField()
    rows = BigIntegerField()

    class Meta:
        table_name = "imported_file"


class Draft(Table):
    """What a person has typed and not yet saved; theirs alone, and outside the audit."""

    staff_id = BigIntegerField()
    key = TextField()
    body = TextField()
    saved_at = InstantField()

    class Meta:
        table_name = "draft"
