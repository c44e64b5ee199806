"""Free people in the order in which they are due, so that the next retry is found without sorting all that are due."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    # With what decides whether it is their turn, so that those who wait for another part of the day cost no row.
    """CREATE INDEX queue_item_free_due ON queue_item (due_at, id, state, not_part, handler_id, lease_session)
        WHERE due_at IS NOT NULL AND lease_session IS NULL""",
)
