"""A narrow line a person for figures about the data, filled here once; problems opened and settled by day."""

from __future__ import annotations

from store.migrations.step import Step
from store.quality_index import rebuild

STATEMENTS: Step = (
    """CREATE TABLE quality_group (id {id}, npp TEXT NOT NULL, company TEXT NOT NULL, pembina TEXT NOT NULL,
        UNIQUE (npp, company, pembina))""",
    # The id is the participant's; no reference: a person who goes takes the line along at the end of the same write.
    """CREATE TABLE person_quality (id {int} PRIMARY KEY, group_id {int} NOT NULL, callable {int} NOT NULL,
        email {int} NOT NULL, doubtful {int} NOT NULL)""",
    "CREATE INDEX person_quality_group ON person_quality (group_id, callable, email, doubtful)",
    """CREATE TABLE problem_day (id {id}, day TEXT NOT NULL, flag TEXT NOT NULL, opened {int} NOT NULL,
        settled {int} NOT NULL, UNIQUE (day, flag))""",
    rebuild,
)
