"""Corrections of people's data, what is left to settle, and lists that are looked up in Smile (design.md 3.3)."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Correction(Table):
    """One value of one person as changed by somebody: what it was, what it is, and what that rests on.

    `field`, `source`, `state` and `smile` are of store.rules.corrections. Values are canonical text; null: not known;
    '' as an e-mail: they have none. `reverts` is the change that this one takes back.
    """

    participant_id = BigIntegerField()
    field = TextField()
    old = TextField(null=True)
    new = TextField(null=True)
    label = TextField(default="")  # of a number: whose it is
    at = InstantField()
    staff_id = BigIntegerField()
    source = TextField()
    said_by = TextField(default="")  # who supplied it: a company, a relative
    place = TextField(default="")  # file, sheet and row
    why = TextField(default="")
    contact_id = BigIntegerField(null=True)
    state = TextField()
    decided_at = InstantField(null=True)
    decided_by = BigIntegerField(null=True)
    smile = TextField(default="")
    smile_at = InstantField(null=True)
    smile_by = BigIntegerField(null=True)
    smile_note = TextField(default="")
    export_id = BigIntegerField(null=True)
    reverts = BigIntegerField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "correction"


class Accepted(Table):
    """Somebody looked at what is flagged and said that it is right: it is not asked again while the value stays."""

    participant_id = BigIntegerField()
    flag = TextField()
    value = TextField()
    why = TextField(default="")
    at = InstantField()
    staff_id = BigIntegerField()
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "accepted"


class Problem(Table):
    """What is open of a person, derived from their row, their numbers and what was accepted; never written by hand."""

    flag = TextField()
    participant_id = BigIntegerField()

    class Meta:
        table_name = "open_problem"


class SmileExport(Table):
    """A numbered sheet of changes in the layout of update_data_tk (domain.md 3.5)."""

    number = BigIntegerField()
    at = InstantField()
    staff_id = BigIntegerField()
    file = TextField()
    count = BigIntegerField()
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "smile_export"


class CompanyForm(Table):
    """A form with a company's open questions, printed or sent; its answers come back as a file of corrections."""

    number = BigIntegerField()
    npp = TextField()
    company = TextField()
    people = BigIntegerField()
    at = InstantField()
    staff_id = BigIntegerField()
    file = TextField()
    due_on = DayField(null=True)
    back_at = InstantField(null=True)
    back_file = TextField(default="")
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "company_form"


class LookupList(Table):
    """People to be looked up in Smile (contributions, status), pasted or from a file; `kind` is of store.rules."""

    name = TextField()
    kind = TextField()
    at = InstantField()
    staff_id = BigIntegerField()
    closed_at = InstantField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "lookup_list"


class LookupLine(Table):
    """One line of such a list as it came, whom it means, and what Smile said."""

    list_id = BigIntegerField()
    n = BigIntegerField()
    told = TextField()  # the line as it came
    nik = TextField(default="")
    kpj = TextField(default="")
    name = TextField(default="")
    participant_id = BigIntegerField(null=True)
    answer = TextField(default="")
    note = TextField(default="")
    answered_at = InstantField(null=True)
    answered_by = BigIntegerField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "lookup_line"


class QualityDay(Table):
    """How good the data of a company were on a day; the newest day of a company stays true until the next one."""

    day = DayField()
    npp = TextField()
    company = TextField()
    pembina = TextField()
    people = BigIntegerField()
    callable = BigIntegerField()
    email = BigIntegerField()
    doubtful = BigIntegerField()

    class Meta:
        table_name = "quality_day"


class QualityTotal(Table):
    """How good the data of everybody were on a day."""

    day = DayField()
    people = BigIntegerField()
    callable = BigIntegerField()
    email = BigIntegerField()
    doubtful = BigIntegerField()

    class Meta:
        table_name = "quality_total"


class QualityGroup(Table):
    """A company with its pembina, as people have them: what figures about the data are told by."""

    npp = TextField()
    company = TextField()
    pembina = TextField()
    people = BigIntegerField(default=0)  # these are counted by store.problem_counts
    callable = BigIntegerField(default=0)
    email = BigIntegerField(default=0)
    doubtful = BigIntegerField(default=0)

    class Meta:
        table_name = "quality_group"


class ProblemCount(Table):
    """How many people of a group have a problem, by what worklists are narrowed by (1 or 0 each); derived."""

    flag = TextField()
    group_id = BigIntegerField()
    unclaimed = BigIntegerField()
    active = BigIntegerField()
    people = BigIntegerField()

    class Meta:
        table_name = "problem_count"


class PersonQuality(Table):
    """A person (the id is theirs) for figures about the data, derived; 1 or 0 each; never written by hand."""

    group_id = BigIntegerField()
    callable = BigIntegerField()
    email = BigIntegerField()
    doubtful = BigIntegerField()
    unclaimed = BigIntegerField(default=1)
    active = BigIntegerField(default=0)

    class Meta:
        table_name = "person_quality"


class ProblemDay(Table):
    """How many problems of a worklist were opened and settled on a day; derived."""

    day = DayField()
    flag = TextField()
    opened = BigIntegerField()
    settled = BigIntegerField()

    class Meta:
        table_name = "problem_day"
