"""Campaigns (*kegiatan telepon*), the people on their lists, who holds whom, and every attempt."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Campaign(Table):
    kind = TextField()
    period = TextField()  # YYYY-MM of the 56th birthday
    created_at = InstantField()
    closed_at = InstantField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "campaign"


class QueueItem(Table):
    """One person on one list. `lease_token` is the fencing token: whoever writes with an older one is too late."""

    campaign_id = BigIntegerField()
    participant_id = BigIntegerField()
    state = TextField()
    waiting_since = DayField()  # the 56th birthday: new people are served by it, then by KPJ
    kpj = TextField()
    due_at = InstantField(null=True)
    not_part = BigIntegerField(null=True)  # the part of the day of the last attempt, to be avoided
    owner_id = BigIntegerField(null=True)  # whose callback it is
    current_number = TextField(null=True)
    done_reason = TextField(null=True)
    last_outcome = TextField(null=True)
    last_at = InstantField(null=True)
    tries = BigIntegerField(default=0)
    lease_session = BigIntegerField(null=True)
    lease_token = BigIntegerField(default=0)
    right_party = BooleanField(default=False)  # in the present lease
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "queue_item"


class Hold(Table):
    """What a lease keeps others from: the person (`p:<id>`) and each of their numbers (`n:<e164>`). `key` is unique."""

    key = TextField()
    item_id = BigIntegerField()
    session_id = BigIntegerField()
    held_at = InstantField()

    class Meta:
        table_name = "hold"


class Attempt(Table):
    """One try to reach a person. `late`: noted after the lease was lost, history without effect on the queue."""

    item_id = BigIntegerField()
    participant_id = BigIntegerField()
    e164 = TextField(null=True)
    outcome = TextField()
    detail = TextField()
    note = TextField()
    callback_at = InstantField(null=True)
    at = InstantField()
    staff_id = BigIntegerField()
    late = BooleanField(default=False)
    undone = BooleanField(default=False)

    class Meta:
        table_name = "attempt"
