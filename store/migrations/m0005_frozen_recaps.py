"""People and history of a closed period as they were, and what is known of somebody's e-mail beside the address."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    # One row a person, so that an erasure finds them; packed with the words that stand with the period's figures.
    """CREATE TABLE closed_person (id {id}, closed_id {int} NOT NULL REFERENCES closed_period (id),
        participant_id {int} NOT NULL, body TEXT NOT NULL, UNIQUE (closed_id, participant_id))""",
    "CREATE INDEX closed_person_person ON closed_person (participant_id)",
    "ALTER TABLE participant ADD COLUMN email_none_at {int}",
    "ALTER TABLE participant ADD COLUMN email_source TEXT NOT NULL DEFAULT ''",
)
