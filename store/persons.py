"""Finding a person by whatever is known of them, and everything that happened to them in time order."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import search_index
from store.cards import attempts_of
from store.errors import NotFound
from store.link import Link
from store.masks import mask_email, mask_number
from store.rows import AttemptRow
from store.rules.identity import mask_nik
from store.rules.permissions import Permission
from store.schema import Campaign, Participant, Phone, QueueItem, Staff
from store.search import best_fitting, typed_words
from store.search_index import IndexCheck
from store.snapshot import Snapshot
from store.trail_events import Event, events_of
from store.transaction import Transaction
from store.value_class import value_class
from store.workbooks.write_out import write_whole

if TYPE_CHECKING:
    from store.timeline import Happening, Kind

_SHORTEST = 2
# Read at every key that is typed: Peewee takes longer to write this than the database to answer it.
_FOUND = """SELECT id, name, kpj, company, substr(cast(birth_date AS TEXT), 1, 4), claimed,
    (SELECT e164 FROM phone WHERE participant_id = participant.id ORDER BY position LIMIT 1),
    (SELECT state FROM queue_item WHERE participant_id = participant.id ORDER BY id DESC LIMIT 1)
    FROM participant WHERE """


@value_class
class PersonRow:
    """One person found: masked."""

    participant_id: int
    name: str
    kpj: str
    company: str
    birth_year: int | None
    phone_masked: str
    claimed: bool | None
    state: str | None  # on the newest call list they are on


@value_class
class ListPlace:
    """Where a person stands on one call list."""

    item_id: int
    kind: str
    period: str
    state: str
    due_at: datetime | None
    handler: str | None
    done_reason: str | None


@value_class
class Person:
    """Everything the office knows of a person, masked by role."""

    participant_id: int
    name: str
    kpj: str
    nik: str
    company: str
    npp: str
    pembina: str
    birth_date: date | None
    phones: tuple[tuple[str, str, bool], ...]  # masked number (E.164 in a record, by role), label, wrong
    email: str
    email_none_at: datetime | None  # when they said that they have none
    email_source: str  # store.rules.emails.EmailSource
    active: bool | None
    claimed: bool | None
    claim_said_at: datetime | None
    claim_checked_at: datetime | None
    still_working: bool
    deceased: bool
    jht_balance: int | None
    flags: tuple[str, ...]
    source: str
    lists: tuple[ListPlace, ...]
    attempts: tuple[AttemptRow, ...]
    events: tuple[Event, ...]


class PersonDesk:
    """`store.persons`: one person's whole history (F8)."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def find(self, text: str, limit: int = 50) -> list[PersonRow]:
        """People by name, KPJ, NIK, company or any part of a number in any spelling; nothing below two characters."""
        return await self._link.newest("person-find", find_people, text, limit)

    async def check_index(self) -> IndexCheck:
        """Whether the index by which people are found is up to date, at a quick look. Raises NotAllowed."""
        return await self._link.read(_check_index)

    async def rebuild_index(self) -> None:
        """Makes that index anew: a minute for a million people, in which nobody else writes. Raises NotAllowed."""
        await self._link.write(_rebuild_index)

    async def open(self, participant_id: int) -> Person:
        """Everything about one person. Raises NotFound, NotAllowed."""
        return await self._link.read(_open, participant_id)

    async def timeline(
        self, participant_id: int, kinds: Collection[Kind] = (), offset: int = 0, limit: int = 200
    ) -> list[Happening]:
        """A window of all that happened to a person, the newest first; no `kinds` are all of them.

        What the acting person may not read is left out. Raises NotFound, NotAllowed.
        """
        return await self._link.read(_timeline, participant_id, tuple(kinds), offset, limit)

    async def record(self, kpj: str) -> tuple[Person, list[Happening]]:
        """Somebody's record and all that was done with it, for who asks to see it (domain.md 3.7, article 32).

        Masked by role: who may see a whole NIK gets telephone numbers (E.164) and e-mail whole as well. The trail
        keeps that it was read, and that these were shown, before anything is given. Raises NotFound, NotAllowed.
        """
        participant_id = (await self._link.write(_note_record, kpj))[0]
        return await self._link.read(_open, participant_id, whole=True), await self._link.read(
            _timeline, participant_id, (), 0, None
        )

    async def write_record(self, participant_id: int, path: Path, pdf: bytes) -> None:
        """Writes a record on paper; the trail keeps under which name. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_pages, participant_id, path.name)
        await asyncio.to_thread(write_whole, path, pdf)


def find_people(look: Snapshot, text: str, limit: int) -> list[PersonRow]:
    """People by whatever is typed of them, masked; nothing below two characters. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    if max(map(len, typed_words(text)), default=0) < _SHORTEST:
        return []
    return person_rows(look, best_fitting(look.database, text, limit))


def people_with(look: Snapshot, numbers: Sequence[str], limit: int) -> dict[str, list[PersonRow]]:
    """By number (E.164) those who have it, by name, masked; all of them in two statements. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    query = (
        Phone.select(Phone.e164, Participant.id)
        .join(Participant, on=(Participant.id == Phone.participant_id))
        .where(Phone.e164.in_(sorted(set(numbers))))
        .order_by(Participant.name_key, Participant.id)
    )
    owners: dict[str, list[int]] = {}
    for e164, owner in look.tuples(query):
        owners.setdefault(e164, []).append(owner)
    shown = {e164: theirs[:limit] for e164, theirs in owners.items()}
    everybody = sorted({owner for theirs in shown.values() for owner in theirs})
    rows = {row.participant_id: row for row in person_rows(look, everybody)}
    return {e164: [rows[owner] for owner in theirs] for e164, theirs in shown.items()}


def person_rows(look: Snapshot, ids: Sequence[int]) -> list[PersonRow]:
    """These people (some hundreds), in this order; the caller asks for the permission."""
    these, values = look.database.among("id", ids)
    rows = {row[0]: row for row in look.database.rows(_FOUND + these, values)} if ids else {}
    return [
        PersonRow(
            participant_id,
            name,
            kpj,
            company,
            int(year) if year else None,
            mask_number(number) if number else "",
            None if claimed is None else bool(claimed),
            state,
        )
        for participant_id, name, kpj, company, year, claimed, number, state in map(rows.__getitem__, ids)
    ]


def _open(look: Snapshot, participant_id: int, *, whole: bool = False) -> Person:
    """The person; `whole` shows numbers and e-mail unmasked to who may see a whole NIK."""
    look.require(Permission.SEE_LISTS)
    whole = whole and look.may(Permission.SEE_FULL_NIK)
    row = look.one(Participant.select().where(Participant.id == participant_id))
    if row is None:
        raise NotFound("participant", str(participant_id))
    phones = look.dicts(Phone.select().where(Phone.participant_id == participant_id).order_by(Phone.position))
    nik = row["nik"] or ""
    return Person(
        participant_id=participant_id,
        name=row["name"],
        kpj=row["kpj"],
        nik=nik if look.may(Permission.SEE_FULL_NIK) or not nik else mask_nik(nik),
        company=row["company"],
        npp=row["npp"] or "",
        pembina=row["pembina"],
        birth_date=row["birth_date"] if look.may(Permission.SEE_FULL_NIK) else None,
        phones=tuple(
            (p["e164"] if whole else mask_number(p["e164"]), p["label"], p["wrong_at"] is not None) for p in phones
        ),
        email=row["email"] or "" if whole else mask_email(row["email"] or ""),
        email_none_at=row["email_none_at"],
        email_source=row["email_source"],
        active=row["active"],
        claimed=row["claimed"],
        claim_said_at=row["claim_said_at"],
        claim_checked_at=row["claim_checked_at"],
        still_working=row["still_working_at"] is not None,
        deceased=row["deceased"],
        jht_balance=row["jht_balance"] if look.may(Permission.SEE_AMOUNTS) else None,
        flags=tuple(row["flags"].split()),
        source=row["source"],
        lists=lists_of(look, participant_id),
        attempts=attempts_of(look, participant_id),
        events=events_of(look, participant_id),
    )


def _timeline(
    look: Snapshot, participant_id: int, kinds: tuple[Kind, ...], offset: int, limit: int | None
) -> list[Happening]:
    from store.timeline import happenings  # contacts find people through this module

    look.require(Permission.SEE_LISTS)
    if look.one(Participant.select(Participant.id).where(Participant.id == participant_id)) is None:
        raise NotFound("participant", str(participant_id))
    return happenings(look, participant_id, kinds)[offset : None if limit is None else offset + limit]


def _check_index(look: Snapshot) -> IndexCheck:
    look.require(Permission.MANAGE_OFFICE)
    return search_index.check(look.database)


def _rebuild_index(tx: Transaction) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    search_index.rebuild(tx.database)


def _note_record(tx: Transaction, kpj: str) -> int:
    tx.require(Permission.SEE_LISTS)
    found = tx.scalar(Participant.select(Participant.id).where(Participant.kpj == kpj.strip().upper()))
    if found is None:
        raise NotFound("participant", kpj.strip())
    tx.audit("person.read", undoable=False)
    tx.note_read(Participant, int(found), "record")
    if tx.may(Permission.SEE_FULL_NIK):
        for field in ("phones", "email"):
            tx.note_read(Participant, int(found), field)
    return int(found)


def _note_pages(tx: Transaction, participant_id: int, name: str) -> None:
    tx.require(Permission.SEE_LISTS)
    tx.audit("export.person", why=name, undoable=False)
    tx.note_read(Participant, participant_id, "record")


def lists_of(look: Snapshot, participant_id: int) -> tuple[ListPlace, ...]:
    """Where a person stands on each call list, the newest first."""
    handler = Staff.select(Staff.name).where(Staff.id == QueueItem.handler_id).limit(1)
    query = (
        QueueItem.select(QueueItem, Campaign.kind, Campaign.period, handler.alias("handler"))
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(QueueItem.participant_id == participant_id)
        .order_by(QueueItem.id.desc())
    )
    return tuple(
        ListPlace(r["id"], r["kind"], r["period"], r["state"], r["due_at"], r["handler"], r["done_reason"])
        for r in look.dicts(query)
    )
