"""Backups: what their files are called, which are kept, and when the last one is too long ago. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from store.rules.hours import WIB
from store.value_class import value_class

HOURLY, DAILY, MONTHLY = 24, 14, 12
"""How many hours, days and months of the office's clock keep their newest backup."""

OVERDUE = timedelta(days=1)
"""A last whole backup older than this is said on the first screen."""

PUBLIC_KEY: Final = re.compile(r"age1[0-9a-z]{58}|ssh-(?:ed25519|rsa) [A-Za-z0-9+/=]{40,}(?: [!-~ ]*)?")
_NAME: Final = re.compile(
    r"loket-(?P<office>[0-9a-f]{8})-(?P<at>[0-9]{8}T[0-9]{6}Z)-(?P<head>[0-9a-f]{16})"
    r"\.(?P<kind>sqlite|dump)(?P<sealed>\.age)?"
)
_STAMP: Final = "%Y%m%dT%H%M%SZ"


@value_class
class BackupName:
    """What the name of a backup says: whose it is, from when, and the first 16 digits of the trail's head."""

    office: str  # the first 8 digits of the office's id
    at: datetime  # aware UTC, whole seconds
    head: str
    kind: str  # sqlite: the database file; dump: pg_dump's custom format
    sealed: bool  # encrypted

    def __str__(self) -> str:
        stamp = self.at.astimezone(UTC).strftime(_STAMP)
        return f"loket-{self.office}-{stamp}-{self.head}.{self.kind}{'.age' if self.sealed else ''}"


def read_name(text: str) -> BackupName | None:
    """The parts of a backup's file name, or None for any other name."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupName(found["office"], at, found["head"], found["kind"], found["sealed"] is not None)


@value_class
class Kept:
    """One backup of a folder. `whole`: its notes are there, and its bytes are as many as they say."""

    key: str
    at: datetime
    whole: bool


def to_remove(kept: Iterable[Kept]) -> frozenset[str]:
    """The keys of the backups that may go: 24 hours, 14 days and 12 months keep the newest whole one each.

    Nothing goes that has no newer whole one, whatever state it is in; so the newest whole one never goes.
    """
    rows = sorted(kept, key=lambda row: (row.at, row.key), reverse=True)
    whole = [row for row in rows if row.whole]
    if not whole:
        return frozenset()
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (HOURLY, lambda at: (at.date(), at.hour)),
        (DAILY, lambda at: at.date()),
        (MONTHLY, lambda at: (at.year, at.month)),
    )
    staying: set[str] = set()
    for most, period in periods:
        newest: dict[object, str] = {}
        for row in whole:
            newest.setdefault(period(row.at.astimezone(WIB)), row.key)
        staying.update(list(newest.values())[:most])
    older = rows[rows.index(whole[0]) + 1 :]
    return frozenset(row.key for row in older if row.key not in staying)


def is_overdue(now: datetime, last: datetime | None, founded: datetime) -> bool:
    """Whether the last whole backup is older than a day. An office without one has a day from its founding."""
    return now - (last or founded) > OVERDUE


def read_keys(value: Any) -> tuple[str, ...]:
    """The public keys of a setting; raises ValueError for one that is none, and for a private key above all."""
    if not isinstance(value, list | tuple):
        raise ValueError(value)
    for key in value:
        if not isinstance(key, str) or PUBLIC_KEY.fullmatch(key) is None:
            raise ValueError("not-a-public-key")
    return tuple(value)


def read_folder(value: Any) -> str:
    """The folder of a setting: '' (CADANGAN in the home) or an absolute path; raises ValueError."""
    if not isinstance(value, str) or not value.isprintable() or (value and not value.startswith("/")):
        raise ValueError(value)
    return value
