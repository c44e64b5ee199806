"""Who calls whom: the head divides the work by company, pembina or period, or gives single people to a handler."""

from __future__ import annotations

import json
from typing import Any

from peewee import fn

from store.errors import Invalid, NothingToUndo
from store.link import Link
from store.rules.outcomes import OPEN_STATES
from store.rules.permissions import Permission
from store.schema import AuditChange, Campaign, Division, Participant, QueueItem, Staff
from store.shares import FIELDS, callers, give_share, refresh_handlers
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class

GIVE = "division.give"


@value_class
class Share:
    """A value of a field with how many people are open there, and whose they are (None: anybody's).

    `left` when that handler may not phone any more (an assignment that ended, or disabled): the share is remembered,
    its people are served to everybody.
    """

    field: str
    value: str
    people: int
    handler_id: int | None = None
    handler: str | None = None
    left: bool = False


@value_class
class Load:
    """Somebody who can be given a share, with the open people who are theirs by all shares together."""

    staff_id: int
    name: str
    people: int


class DivisionDesk:
    """`store.division`: the division of the calls."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def shares(self, field: str) -> list[Share]:
        """Every value of a field with its open people, most people first. Raises NotAllowed, Invalid."""
        return await self._link.read(_shares, field)

    async def handlers(self) -> list[tuple[int, str]]:
        """Who can be given a share, by name: who may phone today, or by an assignment that begins later."""
        return [(load.staff_id, load.name) for load in await self.loads()]

    async def loads(self) -> list[Load]:
        """The same with how many open people each of them has."""
        return await self._link.read(_loads)

    async def give(self, field: str, value: str, staff_id: int | None) -> int:
        """Gives a share to a handler, or back to anybody (None); the number of open people in it.

        Raises NotAllowed, NotFound, Invalid.
        """
        return (await self._link.write(_give, field, value, staff_id))[0]

    async def undo(self) -> Share:
        """Takes back what the acting person gave last, to any depth; the share as it is then.

        Raises NothingToUndo, and UndoRefused when somebody gave the same to another since.
        """
        return (await self._link.write(_undo))[0]


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
    look.require(Permission.SUPERVISE, Permission.READ_WORK)
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
    able = callers(look)
    people = {str(row["value"]): int(row["people"]) for row in look.dicts(counted)}
    values = sorted(set(people) | set(given), key=lambda value: (-people.get(value, 0), value))
    shares = []
    for value in values:
        staff_id, name = given.get(value, (None, None))
        left = staff_id is not None and staff_id not in able
        shares.append(Share(field, value, people.get(value, 0), staff_id, name, left))
    return shares


def _loads(look: Snapshot) -> list[Load]:
    look.require(Permission.SUPERVISE, Permission.READ_WORK)
    open_items = QueueItem.select(QueueItem.handler_id, fn.count(QueueItem.id)).where(
        QueueItem.state.in_(sorted(OPEN_STATES)), QueueItem.handler_id.is_null(False)
    )
    people = dict(look.tuples(open_items.group_by(QueueItem.handler_id)))
    return [Load(staff_id, name, people.get(staff_id, 0)) for staff_id, name in callers(look).items()]


def _give(tx: Transaction, field: str, value: str, staff_id: int | None) -> int:
    tx.require(Permission.SUPERVISE)
    _check(field)
    tx.audit(GIVE)
    give_share(tx, field, value, staff_id)
    refresh_handlers(tx)
    return _share(tx, field, value).people


def _share(look: Snapshot, field: str, value: str) -> Share:
    if field == "item":
        return Share(field, value, 1)
    return next((share for share in _shares(look, field) if share.value == value), Share(field, value, 0))


def _undo(tx: Transaction) -> Share:
    tx.require(Permission.SUPERVISE)
    audit_id = last_undoable(tx, GIVE)
    if audit_id is None:
        raise NothingToUndo()
    line = tx.one(AuditChange.select().where(AuditChange.audit_id == audit_id, AuditChange.table_name == "division"))
    if line is None or line["payload"] is None:
        raise NothingToUndo()
    row = tx.one(Division.select().where(Division.id == line["row_id"])) or json.loads(line["payload"])["before"]
    undo_entry(tx, audit_id)
    return _share(tx, row["field"], row["value"])
