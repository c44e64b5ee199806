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
    handler_id = BigIntegerField(null=True)  # whose work it is, by the division; None: anybody's
    matter = TextField(default="")  # what the call is about, in campaigns other than JHT 56
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


class Division(Table):
    """A share of the work: everybody whose `field` (company, pembina, period) is `value` belongs to one handler."""

    field = TextField()
    value = TextField()
    staff_id = BigIntegerField()
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "division"


class CallList(Table):
    """A printed call list; its number is the row's id, written on the paper."""

    kind = TextField()
    period = TextField()
    made_at = InstantField()
    staff_id = BigIntegerField()

    class Meta:
        table_name = "call_list"


class CallListLine(Table):
    """One line of a printed list; `done_at` once its tick was typed back."""

    list_id = BigIntegerField()
    line = BigIntegerField()
    item_id = BigIntegerField()
    done_at = InstantField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "call_list_line"


class ClosedPeriod(Table):
    """The figures of a period as they were when it was closed, as JSON; they never change again."""

    kind = TextField()
    period = TextField()
    closed_at = InstantField()
    staff_id = BigIntegerField()
    figures = TextField()

    class Meta:
        table_name = "closed_period"


class ClosedPerson(Table):
    """One person of a closed period with their calls, as they were then: packed, see `store.frozen`.

    Written once with the period and never changed; erasing a person removes their rows. A contact of nobody who is
    known stands under its own id, negative.
    """

    closed_id = BigIntegerField()
    participant_id = BigIntegerField()
    body = TextField()

    class Meta:
        table_name = "closed_person"
