"""Whether the machine's clock can be right: nobody has worked later than now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from peewee import fn

from store.schema import Audit
from store.snapshot import Snapshot

CLOCK_SLACK: Final = timedelta(minutes=5)
"""What the clocks of several machines may differ by."""


def later_than_now(look: Snapshot, *, practice: bool) -> datetime | None:
    """The newest entry of the trail (aware UTC) where it is from later than now; a practice office has its own time."""
    if practice:
        return None
    newest = look.one(Audit.select(fn.max(Audit.at).alias("at")))
    if newest is None or newest["at"] is None:
        return None
    at: datetime = newest["at"].astimezone(UTC)
    return at if at > look.now + CLOCK_SLACK else None
