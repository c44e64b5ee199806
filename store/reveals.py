"""One hidden value of one person, shown for a moment: the trail has it, with the reason, before anybody sees it.

Who may see what (domain.md 3.7): a whole NIK is for membership and heads, for other callers of the person they hold;
a balance for who sees amounts, for callers of the person they hold once they know whom they speak to; a number, an
address and a birth date for whoever serves people.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from peewee import fn

from store.errors import Invalid, NotFound, NotHeld
from store.leases import living_sessions
from store.link import Link
from store.rules.permissions import Permission
from store.schema import Audit, Participant, Phone, QueueItem, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class


class Hidden(StrEnum):
    """What of a person is masked in lists and on pages; named as the trail names it."""

    NIK = "nik"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"
    BALANCE = "jht_balance"
    PHONE = "phones"


ACTION = "reveal"


@value_class
class Revealed:
    """One value, whole: a NIK, an E.164 number, an address, whole rupiah or a date; and how often that was today."""

    field: Hidden
    value: str | int | date
    today: int  # looks of the acting person since midnight (WIB), this one counted


class RevealDesk:
    """`store.reveals`: what is masked, one value at a time."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def fields(self, participant_id: int) -> list[tuple[Hidden, int]]:
        """What there is of a person, each with its place (numbers have several, from 0); nothing of it is shown.

        Raises NotFound, NotAllowed.
        """
        return await self._link.read(_fields, participant_id)

    async def show(self, participant_id: int, field: Hidden, why: str, place: int = 0) -> Revealed:
        """The value, once the trail has who looked, at what of whom, and why.

        Raises NotAllowed, NotHeld, NotFound, Invalid without a reason; and whatever keeps the trail from being written.
        """
        return (await self._link.write(_show, participant_id, field, why, place))[0]


def looks_since_midnight(look: Snapshot) -> dict[int, int]:
    """How often each staff member looked at something hidden since midnight (WIB), by id; only who did."""
    query = Audit.select(Audit.staff_id, fn.count(Audit.id)).where(
        Audit.staff_id.in_(Staff.select(Staff.id)),  # the trail is found by staff and day
        Audit.at >= look.day_start,
        Audit.action == ACTION,
    )
    return dict(look.tuples(query.group_by(Audit.staff_id)))


def _person(look: Snapshot, participant_id: int) -> dict[str, Any]:
    look.require(Permission.SEE_FULL_NIK, Permission.SEE_HELD_PERSON)
    row = look.one(Participant.select().where(Participant.id == participant_id))
    if row is None:
        raise NotFound("participant", str(participant_id))
    return row


def _numbers(look: Snapshot, participant_id: int) -> list[str]:
    query = Phone.select(Phone.e164).where(Phone.participant_id == participant_id)
    return [e164 for (e164,) in look.tuples(query.order_by(Phone.position, Phone.id))]


def _fields(look: Snapshot, participant_id: int) -> list[tuple[Hidden, int]]:
    row = _person(look, participant_id)
    single = [(each, 0) for each in Hidden if each is not Hidden.PHONE and row[each] not in (None, "")]
    return single + [(Hidden.PHONE, place) for place in range(len(_numbers(look, participant_id)))]


def _show(tx: Transaction, participant_id: int, field: Hidden, why: str, place: int) -> Revealed:
    row = _person(tx, participant_id)
    _require(tx, participant_id, field)
    if not why.strip():
        raise Invalid("why", why, "empty")
    numbers = _numbers(tx, participant_id) if field is Hidden.PHONE else []
    value = dict(enumerate(numbers)).get(place) if field is Hidden.PHONE else row[field]
    if value in (None, ""):
        raise NotFound(str(field), str(participant_id))
    tx.audit(ACTION, why=why.strip(), undoable=False)
    tx.note_read(Participant, participant_id, field)
    own = Audit.select(fn.count(Audit.id)).where(
        Audit.staff_id == tx.actor.staff_id, Audit.at >= tx.day_start, Audit.action == ACTION
    )
    return Revealed(field, value, int(tx.scalar(own)) + 1)


def _require(look: Snapshot, participant_id: int, field: Hidden) -> None:
    """Raises NotAllowed, or NotHeld where it is for who holds the person."""
    always = {Hidden.NIK: Permission.SEE_FULL_NIK, Hidden.BALANCE: Permission.SEE_AMOUNTS}.get(field)
    if always is not None and look.may(always):
        return
    if always is None and look.may(Permission.SEE_FULL_NIK):
        return
    look.require(Permission.SEE_HELD_PERSON)
    if always is None:
        return
    held = look.one(
        QueueItem.select(QueueItem.right_party).where(
            QueueItem.participant_id == participant_id, QueueItem.lease_session == look.session_id
        )
    )
    if held is None or look.session_id not in living_sessions(look):
        raise NotHeld(participant_id)
    if field is Hidden.BALANCE and not held["right_party"]:
        raise NotHeld(participant_id, right_party=True)
