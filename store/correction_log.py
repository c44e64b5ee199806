"""The log of corrections: every change of a value in order, with what it rests on, also what was taken back since."""

from __future__ import annotations

from datetime import date, time, timedelta

from store.correction_rows import CorrectionFilter, CorrectionRow, correction_rows
from store.errors import Invalid, NotFound
from store.link import Link
from store.rules.hours import from_wib
from store.rules.permissions import Permission
from store.schema import Participant, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

_CHUNK = 1000


@value_class
class LogFilter:
    """Which changes: days in the office's zone, both included; '' and None ask for nothing."""

    since: date | None = None
    until: date | None = None
    kpj: str = ""
    login: str = ""


class CorrectionLogDesk:
    """`store.correction_log`: changes of people's values, the oldest first."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def rows(self, wanted: LogFilter) -> list[CorrectionRow]:
        """The changes, masked. Raises NotAllowed, NotFound for a KPJ or login that nobody has, Invalid for the days."""
        return await self._link.read(_rows, wanted, whole=False)

    async def whole(self, wanted: LogFilter) -> list[CorrectionRow]:
        """The changes with their values as they are; for officers; the trail keeps of whom they were shown.

        Raises as `rows` does.
        """
        return (await self._link.write(_whole, wanted))[0]


def _rows(look: Snapshot, wanted: LogFilter, *, whole: bool) -> list[CorrectionRow]:
    look.require(Permission.SEE_LISTS)
    if wanted.since is not None and wanted.until is not None and wanted.until < wanted.since:
        raise Invalid("until", wanted.until.isoformat(), "before-start")
    chosen = CorrectionFilter(
        participant_id=_person(look, wanted.kpj) if wanted.kpj else None,
        staff_id=_staff(look, wanted.login) if wanted.login else None,
        since=from_wib(wanted.since, time()) if wanted.since is not None else None,
        until=from_wib(wanted.until + timedelta(days=1), time()) if wanted.until is not None else None,
        undone=True,
    )
    found: list[CorrectionRow] = []
    while more := correction_rows(look, chosen, len(found), _CHUNK, oldest_first=True, whole=whole):
        found += more
    return found


def _person(look: Snapshot, kpj: str) -> int:
    row = look.one(Participant.select(Participant.id).where(Participant.kpj == kpj))
    if row is None:
        raise NotFound("participant", kpj)
    return int(row["id"])


def _staff(look: Snapshot, login: str) -> int:
    row = look.one(Staff.select(Staff.id).where(Staff.login == login))
    if row is None:
        raise NotFound("staff", login)
    return int(row["id"])


def _whole(tx: Transaction, wanted: LogFilter) -> list[CorrectionRow]:
    tx.require(Permission.APPROVE_CORRECTIONS)
    tx.audit("correction.log", undoable=False)
    found = _rows(tx, wanted, whole=True)
    for participant_id in sorted({row.participant_id for row in found}):
        tx.note_read(Participant, participant_id, "corrections")
    return found
