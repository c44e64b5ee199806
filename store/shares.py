"""Whose work a person on the lists is: it follows from the shares that a head gave out, by the narrowest that fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from peewee import Query, fn

from store.database import Database
from store.errors import NotFound
from store.rules.permissions import Permission, permissions
from store.schema import Assignment, Campaign, Division, Participant, QueueItem, Staff
from store.snapshot import Snapshot
from store.statements import statement
from store.transaction import Transaction

ENDED: Final = "division.ended"

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


def callers(look: Snapshot) -> dict[int, str]:
    """Names of the active staff who may phone today, or by an assignment that begins later; in order of the names."""
    roles: dict[int, set[str]] = {}
    given = Assignment.select(Assignment.staff_id, Assignment.role)
    for staff_id, role in look.tuples(given.where(Assignment.ends_on.is_null() | (Assignment.ends_on >= look.today))):
        roles.setdefault(staff_id, set()).add(role)
    able = {staff_id for staff_id, held in roles.items() if Permission.CALL in permissions(held)}
    people = look.dicts(Staff.select().order_by(Staff.name, Staff.id))
    if len(people) == 1:
        able |= {row["id"] for row in people if row["founder"]}  # alone: holds every role (contracts.md "First person")
    return {row["id"]: row["name"] for row in people if row["active"] and row["id"] in able}


@statement
def _with_a_share(_database: Database) -> Query:
    return Division.select(Division.staff_id).distinct()


def release_ended(tx: Transaction) -> None:
    """Gives the people of those who phone no more to the wider share they are in, or to everybody.

    An assignment ends by its date, without any write: whoever asks for the next person notices. The share itself stays
    with its name, for a head to see and for an assignment that is renewed; the trail keeps when its people were freed.
    """
    given = {row[0] for row in tx.tuples(_with_a_share())}
    ended = sorted(given - set(callers(tx))) if given else []
    if not ended:
        return
    theirs = QueueItem.select(QueueItem.handler_id, fn.count(QueueItem.id)).where(QueueItem.handler_id.in_(ended))
    people = tx.tuples(theirs.group_by(QueueItem.handler_id))
    if not people:
        return
    names = {row["id"]: row["name"] for row in tx.dicts(Staff.select(Staff.id, Staff.name).where(Staff.id.in_(ended)))}
    freed = ", ".join(f"{names[staff_id]}: {count}" for staff_id, count in sorted(people))
    tx.audit(ENDED, why=freed, undoable=False)
    refresh_handlers(tx)


def refresh_handlers(tx: Transaction) -> None:
    """Works the shares into the queue. Whose work it is follows from the shares and has no trail of its own.

    A share of somebody who may not phone any more counts as if it were nobody's.
    """
    tx.execute(QueueItem.update(handler_id=None).where(QueueItem.handler_id.is_null(False)))
    able = callers(tx)
    shares = tx.dicts(Division.select(Division.field, Division.value, Division.staff_id))
    for field in FIELDS:
        for share in shares:
            if share["field"] == field and share["staff_id"] in able:
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
