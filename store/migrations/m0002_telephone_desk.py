"""The whole telephone desk: status checks, division of work, other campaigns, printed lists, closed periods."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    # What Smile said when somebody looked, beside `claimed` and what the participant says of it.
    "ALTER TABLE participant ADD COLUMN claim_checked_at {int}",
    "ALTER TABLE participant ADD COLUMN claim_check TEXT",
    # Whose work this person is, and what a campaign that is not JHT 56 is about for this person.
    "ALTER TABLE queue_item ADD COLUMN handler_id {int}",
    "ALTER TABLE queue_item ADD COLUMN matter TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX queue_item_handler ON queue_item (handler_id) WHERE handler_id IS NOT NULL",
    """CREATE TABLE division (id {id}, field TEXT NOT NULL, value TEXT NOT NULL, staff_id {int} NOT NULL
        REFERENCES staff (id), version {int} NOT NULL, UNIQUE (field, value))""",
    """CREATE TABLE call_list (id {id}, kind TEXT NOT NULL, period TEXT NOT NULL, made_at {int} NOT NULL,
        staff_id {int} NOT NULL REFERENCES staff (id))""",
    """CREATE TABLE call_list_line (id {id}, list_id {int} NOT NULL REFERENCES call_list (id), line {int} NOT NULL,
        item_id {int} NOT NULL REFERENCES queue_item (id), done_at {int}, version {int} NOT NULL,
        UNIQUE (list_id, line))""",
    """CREATE TABLE closed_period (id {id}, kind TEXT NOT NULL, period TEXT NOT NULL, closed_at {int} NOT NULL,
        staff_id {int} NOT NULL REFERENCES staff (id), figures TEXT NOT NULL, UNIQUE (kind, period))""",
    "CREATE INDEX audit_at ON audit (at)",
)
