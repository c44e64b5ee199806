"""Participants and their telephone numbers, with what their file said beside what could be read."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Participant(Table):
    """One participant card; `kpj` is the key (one person may hold several cards, domain.md 3.2)."""

    kpj = TextField()
    nik = TextField(null=True)
    name = TextField()
    name_key = TextField()
    birth_date = DayField(null=True)
    sex = TextField(null=True)
    npp = TextField(null=True)
    company = TextField()
    pembina = TextField()
    phones_raw = TextField()
    email = TextField(null=True)
    email_raw = TextField()
    email_none_at = InstantField(null=True)  # when they said that they have none (store.rules.emails)
    email_source = TextField(default="")  # how the address came: a code of store.rules.emails, '' from a file
    jht_balance = BigIntegerField(null=True)  # whole rupiah
    active = BooleanField(null=True)
    claimed = BooleanField(null=True)  # seen in Smile or an imported file
    claim_said_at = InstantField(null=True)  # by the participant's word, another fact
    still_working_at = InstantField(null=True)
    claim_checked_at = InstantField(null=True)
    claim_check = TextField(null=True)  # what Smile said then: a code of store.rules.checks
    deceased = BooleanField(default=False)
    flags = TextField()
    doubts = TextField(default="")  # what the cells of flagged values said, as JSON: flag -> text
    source = TextField()  # file, sheet and row it was last read from
    reading = TextField()  # digest of that reading: the same row again changes nothing
    created_at = InstantField()
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "participant"


class Phone(Table):
    """A number in E.164, read without doubt.

    `wrong_at` is set once a call found it wrong. Numbers are never deleted by an import.
    """

    participant_id = BigIntegerField()
    position = BigIntegerField()
    e164 = TextField()
    label = TextField()
    wrong_at = InstantField(null=True)
    wrong_why = TextField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "phone"
