"""The archive: boxes and other places, what lies in them, who borrowed it, what was destroyed (domain.md 2.7)."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Place(Table):
    """Something papers are kept in: a box of a programme, a hanging folder of an NPP, a shelf of other files.

    `kind` is store.rules.archive.PlaceKind; `number` is unique within it. Capacity in files; 0: not counted.
    """

    kind = TextField()
    number = TextField()
    program = TextField(default="")
    shelf = TextField(default="")
    period = TextField(default="")  # YYYY-MM or a range of it
    capacity = BigIntegerField(default=0)
    note = TextField(default="")
    made_at = InstantField()
    made_by = BigIntegerField()
    closed_at = InstantField(null=True)
    keep_until = DayField(null=True)
    destroyed_at = InstantField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "place"


class Archived(Table):
    """One file in a place: a claim file of Loket, or a line of an older register. In a place, order is `code_order`.

    `trouble` is why it could not be archived; it then has no place.
    """

    place_id = BigIntegerField(null=True)
    file_id = BigIntegerField(null=True)
    program = TextField(default="")
    code = TextField(default="")
    code_order = TextField(default="")
    decision = TextField(default="")  # nomor penetapan
    kpj = TextField(default="")
    name = TextField(default="")
    name_key = TextField(default="")
    company = TextField(default="")
    npp = TextField(default="")
    dated = DayField(null=True)
    tax = BigIntegerField(null=True)  # PPh 21, whole rupiah
    amount = BigIntegerField(null=True)  # whole rupiah
    account = TextField(default="")
    bank = TextField(default="")
    account_name = TextField(default="")
    sheets = BigIntegerField(null=True)
    original = TextField(default="")  # asli or salinan
    note = TextField(default="")
    trouble = TextField(default="")
    archived_at = InstantField()
    archived_by = BigIntegerField()
    source = TextField(default="")
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "archived"


class ArchivedTerm(Table):
    """A word by which an archived file is found (store.rules.archive_terms); outside the audit."""

    term = TextField()
    archived_id = BigIntegerField()

    class Meta:
        table_name = "archived_term"


class Loan(Table):
    """Somebody took a file out of its place."""

    archived_id = BigIntegerField()
    borrower = TextField()
    why = TextField(default="")
    out_at = InstantField()
    out_by = BigIntegerField()
    due_on = DayField(null=True)
    back_at = InstantField(null=True)
    back_by = BigIntegerField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "loan"


class Destruction(Table):
    """A list of places to be destroyed: proposed, approved by somebody else, carried out with its record."""

    state = TextField()  # proposed, approved, done, dropped
    made_at = InstantField()
    made_by = BigIntegerField()
    approved_at = InstantField(null=True)
    approved_by = BigIntegerField(null=True)
    done_at = InstantField(null=True)
    done_by = BigIntegerField(null=True)
    way = TextField(default="")  # shredded, burnt
    witnesses = TextField(default="")
    note = TextField(default="")
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "destruction"


class DestructionLine(Table):
    destruction_id = BigIntegerField()
    place_id = BigIntegerField()

    class Meta:
        table_name = "destruction_line"
