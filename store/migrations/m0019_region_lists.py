"""The telephone list in its order, and how many are in which state, from indexes alone: lists of a region are long."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE INDEX queue_item_place ON queue_item ((CASE state WHEN 'callback' THEN 0 WHEN 'retry' THEN 1
        WHEN 'promised' THEN 2 WHEN 'new' THEN 3 WHEN 'later' THEN 4 WHEN 'check' THEN 5 ELSE 6 END), due_at,
        waiting_since, kpj, id, state)""",
    "CREATE INDEX queue_item_state ON queue_item (state, campaign_id)",
)
