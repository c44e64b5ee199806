"""How an office stands with its backups: read for the first screen, without anything that makes one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from peewee import fn

from store.link import Link
from store.office import setting
from store.rules.anchors import is_late
from store.rules.backups import is_overdue
from store.schema import Staff
from store.snapshot import Snapshot
from store.value_class import value_class


@value_class
class BackupStatus:
    """The last whole backup, the last drill. A practice office needs no backup and is never overdue."""

    last: datetime | None
    drilled: datetime | None
    overdue: bool
    needed: bool
    anchored: datetime | None = None  # the newest head of the trail that stands outside
    anchor_late: bool = False  # only where the office keeps them somewhere


class BackupState:
    """`store.backup_state`: for whoever looks at the first screen."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def now(self) -> BackupStatus:
        """When the last whole backup and the last drill were, and whether that is too long ago."""
        return await self._link.read(_status)


def _status(look: Snapshot) -> BackupStatus:
    last, drilled = (_moment(setting(look, key)) for key in ("backup.last", "backup.drill"))
    needed = not setting(look, "office.practice")
    founded = look.one(Staff.select(fn.min(Staff.created_at).alias("at")))
    since = founded["at"] if founded and founded["at"] else look.now
    anchored, kept = _moment(setting(look, "trail.last")), bool(setting(look, "trail.folder"))
    return BackupStatus(
        *(last, drilled, needed and is_overdue(look.now, last, since), needed, anchored),
        anchor_late=kept and is_late(look.now, anchored, int(setting(look, "trail.days"))),
    )


def _moment(noted: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(noted["at"]) if noted else None
