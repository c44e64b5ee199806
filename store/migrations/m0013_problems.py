"""What is open of each person, so that worklists are counted at once; filled here once. What flagged cells said."""

from __future__ import annotations

from store.migrations.step import Step
from store.problem_index import rebuild

STATEMENTS: Step = (
    "ALTER TABLE participant ADD COLUMN doubts TEXT NOT NULL DEFAULT ''",
    # No reference: a person who goes takes their problems along at the end of the same write.
    """CREATE TABLE open_problem (id {id}, flag TEXT NOT NULL, participant_id {int} NOT NULL,
        UNIQUE (flag, participant_id))""",
    "CREATE INDEX open_problem_person ON open_problem (participant_id)",
    rebuild,
)
