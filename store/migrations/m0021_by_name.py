"""People by name and, of one name, as they came in: thousands may have the same, and one follows the other at once."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "CREATE INDEX participant_name_id ON participant (name_key, id)",
    "DROP INDEX participant_name",  # says nothing that the new one does not
)
