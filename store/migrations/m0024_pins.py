"""PINs, shared accounts, and what a session knows of both: who came in how, whether the screen is locked."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE pin (id {id}, staff_id {int} NOT NULL UNIQUE REFERENCES staff (id), hash TEXT NOT NULL,
        code_until {int}, wrong {int} NOT NULL, wrong_at {int}, set_at {int} NOT NULL)""",
    """CREATE TABLE shared_account (id {id}, account TEXT NOT NULL, staff_id {int} NOT NULL REFERENCES staff (id),
        UNIQUE (account, staff_id))""",
    "ALTER TABLE session ADD COLUMN account TEXT",
    "ALTER TABLE session ADD COLUMN logged_in TEXT",
    "ALTER TABLE session ADD COLUMN pin_due {int} NOT NULL DEFAULT 0",
    "ALTER TABLE session ADD COLUMN pin_at {int}",
    "ALTER TABLE session ADD COLUMN locked_at {int}",
    "CREATE INDEX session_staff ON session (staff_id, id)",
)
