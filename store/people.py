"""Participants as one list for others, with what the acting person's role may see of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from peewee import fn

from store.link import Link
from store.rules.erasures import MARK
from store.rules.identity import mask_nik
from store.rules.permissions import Permission
from store.rules.readings import sort_flags
from store.schema import Participant, Phone
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.participants_out import ExportKind, ParticipantOut, write_participants

_PAGE = 1_000


class PeopleDesk:
    """`store.people`: everybody the office knows."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def count(self) -> int:
        return await self._link.read(_count)

    async def export(self, path: Path, kind: ExportKind) -> int:
        """Writes the list in the columns of contracts.md; the number of people. The trail keeps who took it and when.

        NIK and balance are masked or left out for who may not see them. Raises NotAllowed, FileRefused.
        """
        await self._link.write(_note_export, path.name)
        return await self._link.read(_export, path, kind)


def _count(look: Snapshot) -> int:
    erased = Participant.select(fn.count(Participant.id)).where(Participant.kpj >= MARK)
    return int(look.scalar(Participant.select(fn.count(Participant.id)))) - int(look.scalar(erased))


def _note_export(tx: Transaction, name: str) -> None:
    tx.require(Permission.EXPORT_PARTICIPANTS)
    tx.audit("export.participants", why=name, undoable=False)


def _export(look: Snapshot, path: Path, kind: ExportKind) -> int:
    return write_participants(_rows(look), path, kind)


def _rows(look: Snapshot) -> Iterator[ParticipantOut]:
    """In the order in which they came in, a page at a time; who was erased is nobody any more."""
    shared_numbers, shared_niks = _shared_numbers(look), _shared_niks(look)
    last, known = 0, Participant.select().where(Participant.kpj < MARK).order_by(Participant.id).limit(_PAGE)
    while page := look.dicts(known.where(Participant.id > last)):
        last = page[-1]["id"]
        numbers = _numbers(look, [row["id"] for row in page])
        for row in page:
            own = numbers.get(row["id"], ())
            yield _out(look, row, own, bool(shared_numbers & set(own)), row["nik"] in shared_niks)


def _out(
    look: Snapshot, row: dict[str, Any], numbers: tuple[str, ...], phone_shared: bool, nik_shared: bool
) -> ParticipantOut:
    flags = set(row["flags"].split())
    flags |= {"phone-shared"} if phone_shared else set()
    flags |= {"nik-shared"} if nik_shared else set()
    nik = row["nik"]
    if nik and not look.may(Permission.SEE_FULL_NIK):
        nik = mask_nik(nik)
    return ParticipantOut(
        kpj=row["kpj"],
        nik=nik,
        name=row["name"],
        birth_date=row["birth_date"],
        npp=row["npp"],
        company=row["company"],
        pembina=row["pembina"],
        phones=numbers,
        phones_raw=row["phones_raw"],
        email=row["email"],
        email_raw=row["email_raw"],
        jht_balance=row["jht_balance"] if look.may(Permission.SEE_AMOUNTS) else None,
        active=row["active"],
        claimed=row["claimed"],
        flags=sort_flags(flags),
    )


def _numbers(look: Snapshot, ids: list[int]) -> dict[int, tuple[str, ...]]:
    """The numbers that were not found wrong, in the order in which they are tried."""
    query = (
        Phone.select(Phone.participant_id, Phone.e164)
        .where(Phone.participant_id.in_(ids), Phone.wrong_at.is_null())
        .order_by(Phone.participant_id, Phone.position, Phone.id)
    )
    rows = look.tuples(query)
    return {owner: tuple(e164 for _owner, e164 in own) for owner, own in groupby(rows, key=lambda row: row[0])}


def _shared_numbers(look: Snapshot) -> set[str]:
    query = Phone.select(Phone.e164).group_by(Phone.e164).having(fn.count(Phone.id) > 1)
    return {row[0] for row in look.tuples(query)}


def _shared_niks(look: Snapshot) -> set[str]:
    """NIK that stand with different names (contracts.md: two persons then, both flagged)."""
    query = (
        Participant.select(Participant.nik)
        .where(Participant.nik.is_null(False))
        .group_by(Participant.nik)
        .having(fn.count(Participant.name_key.distinct()) > 1)
    )
    return {row[0] for row in look.tuples(query)}
