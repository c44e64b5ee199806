"""Whom to look up in Smile, in that order and counted, and claim files by day, from indexes alone."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE INDEX queue_item_check ON queue_item ((CASE state WHEN 'check' THEN 0 ELSE 1 END), waiting_since, kpj,
        state, campaign_id, participant_id, last_at) WHERE state IN ('new', 'without_number', 'check')""",
    "CREATE INDEX participant_checked_id ON participant (claim_checked_at, id) WHERE claim_checked_at IS NOT NULL",
    "DROP INDEX participant_checked",  # says nothing that the new one does not
    "CREATE INDEX claim_file_day ON claim_file (paid_on, state, payment_id) WHERE NOT undone",
)
