"""Whose work a person on the lists is: it follows from the shares that a head gave out, by the narrowest that fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from store.errors import NotFound
from store.schema import Campaign, Division, Participant, QueueItem, Staff
from store.transaction import Transaction

FIELDS: Final = ("period", "pembina", "company", "item")
"""What a share can be cut by; a later one goes before an earlier one where both fit."""


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
