"""People put onto the list of a campaign from a file of KPJ: known ones come onto it, the others are named."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from store.campaigns import add_people
from store.errors import FileRefused
from store.link import Link
from store.rows import UndoRef
from store.rules.permissions import Permission
from store.schema import Participant
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class
from store.workbooks.participants import ParticipantsFile, read_participants

_CHUNK = 500


@value_class
class Unread:
    """A row without a KPJ that can be used."""

    sheet: str
    row: int
    raw: str


@value_class
class Listed:
    """What a file of KPJ brought.

    `same` are known people who are on that list already or have died; `unknown` are KPJ that the office does not know.
    """

    added: int
    same: int
    unknown: tuple[str, ...]
    unread: tuple[Unread, ...]
    undo: UndoRef | None = None

    @property
    def open(self) -> bool:
        """Whether something is left for a person to look at."""
        return bool(self.unknown or self.unread)


class KpjListDesk:
    """`store.kpj_lists`: campaigns made from a file."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def add(self, path: Path, kind: str, matter: str) -> Listed:
        """Puts the people of a file onto this month's list of a kind other than JHT 56, in one transaction.

        Any sheet with a column of KPJ is read, nothing else of it. Raises NotAllowed, Invalid, and FileRefused, also
        with `no-kpj` when no sheet has such a column.
        """
        await self._link.read(_may)
        kpjs, unread = await asyncio.to_thread(_read, path, self._link.home)
        listed, undo = await self._link.write(_add, kpjs, kind, matter)
        return replace(listed, unread=unread, undo=undo)


def _may(look: Snapshot) -> None:
    look.require(Permission.MAKE_CAMPAIGN)


def _read(path: Path, spool_dir: Path) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
    with read_participants(path, spool_dir=spool_dir, kpj_only=True) as file:
        if all(sheet.skipped for sheet in file.sheets):
            raise FileRefused(file.file, "no-kpj")
        return _rows(file)


def _rows(file: ParticipantsFile) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
    kpjs: dict[str, None] = {}
    unread = []
    for row in file.rows():
        if row.participant is not None:
            kpjs[row.participant.kpj] = None
        else:
            unread.append(Unread(row.sheet, row.row, row.reasons[0].raw if row.reasons else ""))
    return tuple(kpjs), tuple(unread)


def _add(tx: Transaction, kpjs: Sequence[str], kind: str, matter: str) -> Listed:
    tx.require(Permission.MAKE_CAMPAIGN)
    known: dict[str, int] = {}
    for start in range(0, len(kpjs), _CHUNK):
        wanted = Participant.kpj.in_(kpjs[start : start + _CHUNK])
        known |= dict(tx.tuples(Participant.select(Participant.kpj, Participant.id).where(wanted)))
    added = add_people(tx, kind, list(known.values()), matter)
    return Listed(added, len(known) - added, tuple(kpj for kpj in kpjs if kpj not in known), ())
