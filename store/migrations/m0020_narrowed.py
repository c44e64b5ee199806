"""Who is not known as claimed and who is known to be working, without a look at everybody's row."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "CREATE INDEX participant_unclaimed ON participant (id) WHERE claimed IS NOT TRUE",
    "CREATE INDEX participant_active ON participant (id) WHERE active IS TRUE",
)
