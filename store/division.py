"""Who calls whom: the head divides the work by company, pembina or period, or gives single people to a handler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from store.errors import Invalid, NotFound
from store.link import Link
from store.rules.outcomes import OPEN_STATES
from store.rules.permissions import Permission
from store.schema import Campaign, Division, Participant, QueueItem, Staff
from store.transaction import Snapshot, Transaction

FIELDS = ("period", "pembina", "company", "item")
"""What a share can be cut by; a later one goes before an earlier one where both fit."""


@dataclass(frozen=True, slots=True)
class Share:
    """A value of a field with how many people are open there, and whose they are (None: anybody's)."""

    field: str
    value: str
    people: int
    handler_id: int | None
    handler: str | None


class DivisionDesk:
    """`store.division`: the division of the calls."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def shares(self, field: str) -> list[Share]:
        """Every value of a field with its open people, most people first. Raises NotAllowed, Invalid."""
        return await self._link.read(_shares, field)

    async def handlers(self) -> list[tuple[int, str]]:
        """Active staff, by name: who can be given a share."""
        return await self._link.read(_handlers)

    async def give(self, field: str, value: str, staff_id: int | None) -> int:
        """Gives a share to a handler, or back to anybody (None); the number of open people in it.

        Raises NotAllowed, NotFound, Invalid.
        """
        return (await self._link.write(_give, field, value, staff_id))[0]


def _check(field: str) -> None:
    if field not in FIELDS:
        raise Invalid("field", field, "unknown")


def _column(field: str) -> Any:
    return {
        "period": Campaign.period,
        "pembina": Participant.pembina,
        "company": Participant.company,
        "item": QueueItem.id,
    }[field]


def _shares(look: Snapshot, field: str) -> list[Share]:
    look.require(Permission.SUPERVISE)
    _check(field)
    column = _column(field)
    counted = (
        QueueItem.select(column.alias("value"), fn.count(QueueItem.id).alias("people"))
        .join(Participant, on=(Participant.id == QueueItem.participant_id))
        .join_from(QueueItem, Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(QueueItem.state.in_(sorted(OPEN_STATES)))
        .group_by(column)
    )
    given = {
        row["value"]: (row["staff_id"], row["name"])
        for row in look.dicts(
            Division.select(Division.value, Division.staff_id, Staff.name)
            .join(Staff, on=(Staff.id == Division.staff_id))
            .where(Division.field == field)
        )
    }
    people = {str(row["value"]): int(row["people"]) for row in look.dicts(counted)}
    values = sorted(set(people) | set(given), key=lambda value: (-people.get(value, 0), value))
    return [Share(field, value, people.get(value, 0), *given.get(value, (None, None))) for value in values]


def _handlers(look: Snapshot) -> list[tuple[int, str]]:
    look.require(Permission.SUPERVISE)
    return [
        (row["id"], row["name"])
        for row in look.dicts(Staff.select(Staff.id, Staff.name).where(Staff.active).order_by(Staff.name, Staff.id))
    ]


def _give(tx: Transaction, field: str, value: str, staff_id: int | None) -> int:
    tx.require(Permission.SUPERVISE)
    _check(field)
    tx.audit("division.give")
    give_share(tx, field, value, staff_id)
    refresh_handlers(tx)
    return next((share.people for share in _shares(tx, field) if share.value == value), 0)


def give_share(tx: Transaction, field: str, value: str, staff_id: int | None) -> None:
    """Writes one share within an audited write; `refresh_handlers` makes it felt."""
    if staff_id is not None and tx.one(Staff.select().where(Staff.id == staff_id, Staff.active)) is None:
        raise NotFound("staff", str(staff_id))
    row = tx.one(Division.select(Division.id).where(Division.field == field, Division.value == value))
    if row is None and staff_id is not None:
        tx.insert(Division, field=field, value=value, staff_id=staff_id)
    elif row is not None and staff_id is None:
        tx.delete(Division, row["id"])
    elif row is not None:
        tx.update(Division, row["id"], staff_id=staff_id)


def refresh_handlers(tx: Transaction) -> None:
    """Works the shares into the queue. Whose work it is follows from the shares and has no trail of its own."""
    tx.execute(QueueItem.update(handler_id=None).where(QueueItem.handler_id.is_null(False)))
    shares = tx.dicts(
        Division.select(Division.field, Division.value, Division.staff_id)
        .join(Staff, on=(Staff.id == Division.staff_id))
        .where(Staff.active)
    )
    for field in FIELDS:
        for share in shares:
            if share["field"] == field:
                tx.execute(QueueItem.update(handler_id=share["staff_id"]).where(_belongs(field, share["value"])))


def _belongs(field: str, value: str) -> Any:
    if field == "item":
        return QueueItem.id == int(value)
    if field == "period":
        return QueueItem.campaign_id.in_(Campaign.select(Campaign.id).where(Campaign.period == value))
    column = Participant.company if field == "company" else Participant.pembina
    return QueueItem.participant_id.in_(Participant.select(Participant.id).where(column == value))


def give_items(tx: Transaction, item_ids: Sequence[int], staff_id: int | None) -> None:
    """Gives single people to a handler, within an audited write."""
    for item_id in item_ids:
        give_share(tx, "item", str(item_id), staff_id)
    refresh_handlers(tx)
