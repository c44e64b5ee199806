"""Retention of people's data: rules, who is held out, lists of what went."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE retention_rule (id {id}, kind TEXT NOT NULL UNIQUE, years {int} NOT NULL, way TEXT NOT NULL,
        basis TEXT NOT NULL, set_at {int} NOT NULL, set_by {int} NOT NULL REFERENCES staff (id),
        confirmed_at {int}, confirmed_by {int} REFERENCES staff (id), version {int} NOT NULL)""",
    """CREATE TABLE suspension (id {id}, participant_id {int} NOT NULL REFERENCES participant (id),
        asked_by TEXT NOT NULL, why TEXT NOT NULL, until TEXT, at {int} NOT NULL,
        staff_id {int} NOT NULL REFERENCES staff (id), lifted_at {int}, lifted_by {int} REFERENCES staff (id),
        lifted_why TEXT NOT NULL, version {int} NOT NULL)""",
    "CREATE INDEX suspension_person ON suspension (participant_id)",
    """CREATE TABLE erasure (id {id}, state TEXT NOT NULL, rules TEXT NOT NULL, note TEXT NOT NULL,
        made_at {int} NOT NULL, made_by {int} NOT NULL REFERENCES staff (id), approved_at {int},
        approved_by {int} REFERENCES staff (id), begun_at {int}, done_at {int},
        done_by {int} REFERENCES staff (id), version {int} NOT NULL)""",
    """CREATE TABLE erasure_line (id {id}, erasure_id {int} NOT NULL REFERENCES erasure (id), kind TEXT NOT NULL,
        row_id {int} NOT NULL, participant_id {int}, label TEXT NOT NULL, ended_on TEXT NOT NULL, done_at {int},
        held TEXT NOT NULL, UNIQUE (erasure_id, kind, row_id))""",
    "CREATE INDEX erasure_line_row ON erasure_line (kind, row_id)",
)
