"""The head of the trail in one line, to be kept where nobody who can change the data can change it. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from store.rules.hours import WIB
from store.value_class import value_class

WORD: Final = "LOKET-JEJAK"
_GROUP, _DIGITS = 8, 32
_LINE: Final = re.compile(
    rf"{WORD}\s+(?P<office>[0-9a-f]{{{_GROUP}}})\s+(?P<number>[0-9]{{1,18}})"
    r"\s+(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+07:00)"
    rf"\s+(?P<digest>(?:[0-9a-f]{{{_GROUP}}}[\s-]*){{{_DIGITS // _GROUP}}})",
    re.IGNORECASE,
)


@value_class
class Anchor:
    """One head of the trail: of which office, the entry that holds it, when, and the first 32 digits of its link."""

    office: str  # the first 8 digits of the office's id
    number: int  # of the entry in the trail
    at: datetime  # aware, whole seconds
    digest: str

    @property
    def line(self) -> str:
        """`LOKET-JEJAK 3f9a2b1c 1234 2023-09-05T13:05:00+07:00 0a1b2c3d-0a1b2c3d-0a1b2c3d-0a1b2c3d`."""
        groups = "-".join(self.digest[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))
        return f"{WORD} {self.office} {self.number} {self.at.astimezone(WIB).isoformat(timespec='seconds')} {groups}"


def anchor_of(office: str, number: int, at: datetime, link: str) -> Anchor:
    """The anchor of an entry, from the office's id and the whole link."""
    return Anchor(office[:_GROUP], number, at.replace(microsecond=0), link[:_DIGITS])


def read_anchors(text: str) -> tuple[Anchor, ...]:
    """All anchors of a text, in its order: a file of lines, the notes of a backup, what was typed from paper."""
    found = []
    for each in _LINE.finditer(text):
        digest = re.sub(r"[^0-9a-f]", "", each["digest"].lower())
        try:
            at = datetime.fromisoformat(each["at"].upper())
        except ValueError:
            continue
        found.append(Anchor(each["office"].lower(), int(each["number"]), at, digest))
    return tuple(found)


def is_late(now: datetime, last: datetime | None, days: int) -> bool:
    """Whether the newest anchor is older than the office wants."""
    return last is None or now - last > timedelta(days=days)
