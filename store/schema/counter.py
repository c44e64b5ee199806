"""The counter (*layanan*): incoming calls and visits, follow-ups, help with JMO and Lapak Asik, quick answers."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Contact(Table):
    """One call that came in, one visit, or one call that was missed; all of them are one log.

    A missed call is open until `settled_at`: somebody rang back, or noted why not. `answers_id` is the missed call that
    this contact answers.
    """

    channel = TextField()  # store.rules.counter.ContactChannel
    started_at = InstantField()
    ended_at = InstantField(null=True)
    staff_id = BigIntegerField()
    participant_id = BigIntegerField(null=True)
    e164 = TextField(null=True)  # the number they called from
    caller = TextField()  # store.rules.counter.Caller
    caller_name = TextField(default="")
    company = TextField(default="")
    topic = TextField()
    outcome = TextField()  # store.rules.counter.ContactOutcome
    note = TextField(default="")
    right_party = BooleanField(default=False)
    answers_id = BigIntegerField(null=True)
    settled_at = InstantField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "contact"


class FollowUp(Table):
    """Something promised (*tindak lanjut*): what, for whom, by whom, until when, and how it ended.

    `staff_id` None: anybody of `section`. `origin` is the desk it came from, with the row there where one exists.
    """

    what = TextField()
    origin = TextField()  # store.rules.counter.Origin
    contact_id = BigIntegerField(null=True)
    attempt_id = BigIntegerField(null=True)
    assist_id = BigIntegerField(null=True)
    participant_id = BigIntegerField(null=True)
    whom = TextField(default="")  # the name or number of somebody who is not a known participant
    staff_id = BigIntegerField(null=True)
    section = TextField(default="")
    due_at = InstantField()
    made_by = BigIntegerField()
    made_at = InstantField()
    state = TextField(default="open")  # open, done, dropped
    done_at = InstantField(null=True)
    done_by = BigIntegerField(null=True)
    done_note = TextField(default="")
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "follow_up"


class Assist(Table):
    """Help with a claim through JMO, Lapak Asik or at the office: papers, activation, e-mail, interview, result."""

    participant_id = BigIntegerField(null=True)
    contact_id = BigIntegerField(null=True)
    whom = TextField(default="")
    way = TextField()  # store.rules.outcomes.Channel
    reason = TextField(default="")  # store.rules.assists.ClaimReason, '' not said
    started_at = InstantField()
    staff_id = BigIntegerField()
    documents = TextField(default="{}")  # JSON: store.rules.assists.Paper -> PaperState
    activation = TextField(default="")  # '' not asked, done, or what stopped it
    activation_note = TextField(default="")
    email_handed_over = BooleanField(default=False)  # made together with the participant, who keeps the password
    interview_at = InstantField(null=True)
    result = TextField(default="")  # '' while it goes on
    result_at = InstantField(null=True)
    result_note = TextField(default="")  # why it was refused or came back
    note = TextField(default="")
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "assist"


class Answer(Table):
    """A quick answer in the office's own words, in one language; `key` names it, together with `language` unique.

    The words that Loket brings along stand in the program; a row takes their place.
    """

    key = TextField()
    language = TextField()
    topic = TextField()
    title = TextField()
    body = TextField()  # Markdown
    source = TextField(default="")
    valid_until = DayField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "answer"
