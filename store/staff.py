"""People who work here, their roles and dated assignments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from store.errors import Invalid, NotAllowed, NotFound, OwnWork
from store.link import Link
from store.pins import require_pin
from store.rows import AssignmentRow, Me, StaffRow
from store.rules.permissions import Permission, Role
from store.rules.text import clean
from store.schema import Assignment, Session, SharedAccount, Staff
from store.shares import refresh_handlers
from store.snapshot import Snapshot
from store.transaction import Transaction

_LOGIN = re.compile(r"[a-z_][a-z0-9_.-]{0,31}\$?")


class StaffDesk:
    """`store.staff`: who works here and as what."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def me(self, office: str) -> Me:
        return await self._link.read(_me, office, self._link.practice)

    async def rows(self) -> list[StaffRow]:
        """Everybody, also those who are disabled, with all their assignments."""
        return await self._link.read(_rows)

    async def add(self, login: str, name: str, section: str, role: str) -> None:
        """Registers a person with a standing role; raises Invalid, NotAllowed."""
        await self._link.write(_add, login, name, section, role)

    async def assign(self, login: str, role: str, section: str, starts_on: date, ends_on: date | None) -> None:
        """Gives a dated assignment (*penugasan*), both days included; raises OwnWork for oneself."""
        await self._link.write(_assign, login, role, section, starts_on, ends_on)

    async def role(self, login: str, role: str) -> None:
        """Replaces the standing roles of a person by one; raises OwnWork for oneself."""
        await self._link.write(_set_role, login, role)

    async def disable(self, login: str) -> None:
        """Ends a person's access at their next key; raises OwnWork for oneself."""
        await self._link.write(_disable, login)

    async def shared(self) -> dict[str, tuple[str, ...]]:
        """The operating-system accounts that several people share, with the logins of these people."""
        return await self._link.read(_shared)

    async def share(self, account: str, logins: Sequence[str]) -> None:
        """From now on these people, and nobody else, come in through the account; none: it is shared no more.

        Raises NotAllowed, PinNeeded, NotFound; Invalid for an account that is a person's own.
        """
        await self._link.write(_share, account, list(logins))

    async def act_as(self, role: str | None) -> None:
        """In a practice office: see Loket as one role sees it, or as oneself again (None)."""
        await self._link.gateway.run(self._act_as, role)

    def _act_as(self, role: str | None) -> None:
        if not self._link.practice:
            raise NotAllowed("act_as", ())
        if role is not None:
            _check_role(role)
        with self._link.database.turn(), self._link.database.writing():
            query = Session.update(acting_role=role).where(Session.id == self._link.session_id)
            self._link.database.peewee.execute(query)


def _me(look: Snapshot, office: str, practice: bool) -> Me:
    actor = look.actor
    return Me(actor.staff_id, actor.login, actor.name, actor.section, actor.roles, actor.permissions, office, practice)


def _rows(look: Snapshot) -> list[StaffRow]:
    given: dict[int, list[AssignmentRow]] = {}
    for row in look.dicts(Assignment.select().order_by(Assignment.starts_on, Assignment.id)):
        line = AssignmentRow(row["role"], row["section"], row["starts_on"], row["ends_on"])
        given.setdefault(row["staff_id"], []).append(line)
    people = look.dicts(Staff.select().order_by(Staff.login))
    return [
        StaffRow(p["id"], p["login"], p["name"], p["section"], p["active"], tuple(given.get(p["id"], ())))
        for p in people
    ]


def _shared(look: Snapshot) -> dict[str, tuple[str, ...]]:
    query = SharedAccount.select(SharedAccount.account, Staff.login).join(
        Staff, on=(Staff.id == SharedAccount.staff_id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for account, login in look.tuples(query.order_by(SharedAccount.account, Staff.login)):
        found[account] = (*found.get(account, ()), login)
    return found


def _share(tx: Transaction, account: str, logins: list[str]) -> None:
    require_pin(tx, Permission.MANAGE_STAFF, without=True)
    if not _LOGIN.fullmatch(account):
        raise Invalid("login", account, "not-an-account")
    if tx.one(Staff.select(Staff.id).where(Staff.login == account, Staff.active)) is not None:
        raise Invalid("account", account, "own")
    wanted = {_find(tx, login) for login in logins}
    tx.audit("staff.share", undoable=False)
    there = {
        row["staff_id"]: row["id"] for row in tx.dicts(SharedAccount.select().where(SharedAccount.account == account))
    }
    for staff_id in sorted(there.keys() - wanted):
        tx.delete(SharedAccount, there[staff_id])
    for staff_id in sorted(wanted - there.keys()):
        tx.insert(SharedAccount, account=account, staff_id=staff_id)


def _check_role(role: str) -> None:
    if role not in {known.value for known in Role}:
        raise Invalid("role", role, "unknown")


def _find(look: Snapshot, login: str) -> int:
    row = look.one(Staff.select(Staff.id).where(Staff.login == login))
    if row is None:
        raise NotFound("staff", login)
    return int(row["id"])


def _other(tx: Transaction, login: str) -> int:
    """The person's id; raises OwnWork when it is the acting person: nobody grants themselves (contracts.md)."""
    require_pin(tx, Permission.MANAGE_STAFF, without=True)
    staff_id = _find(tx, login)
    if staff_id == tx.actor.staff_id and not tx.actor.alone:
        raise OwnWork(login)
    return staff_id


def _add(tx: Transaction, login: str, name: str, section: str, role: str) -> None:
    require_pin(tx, Permission.MANAGE_STAFF, without=True)
    _check_role(role)
    if not _LOGIN.fullmatch(login):
        raise Invalid("login", login, "not-an-account")
    if tx.one(Staff.select().where(Staff.login == login)) is not None:
        raise Invalid("login", login, "known")
    if tx.one(SharedAccount.select(SharedAccount.id).where(SharedAccount.account == login)) is not None:
        raise Invalid("login", login, "shared")
    tx.audit("staff.add")
    staff_id = tx.insert(Staff, login=login, name=clean(name) or login, section=clean(section), created_at=tx.now)
    tx.insert(Assignment, staff_id=staff_id, role=role, section=clean(section), starts_on=tx.today)


def _assign(tx: Transaction, login: str, role: str, section: str, starts_on: date, ends_on: date | None) -> None:
    staff_id = _other(tx, login)
    _check_role(role)
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("ends_on", ends_on.isoformat(), "before-start")
    tx.audit("staff.assign")
    tx.insert(Assignment, staff_id=staff_id, role=role, section=section, starts_on=starts_on, ends_on=ends_on)
    refresh_handlers(tx)  # who phones again has their share of the calls again


def _set_role(tx: Transaction, login: str, role: str) -> None:
    staff_id = _other(tx, login)
    _check_role(role)
    tx.audit("staff.role")
    standing = Assignment.select().where(Assignment.staff_id == staff_id, Assignment.ends_on.is_null())
    for row in tx.dicts(standing):
        tx.delete(Assignment, row["id"])
    tx.insert(Assignment, staff_id=staff_id, role=role, section="", starts_on=tx.today)
    refresh_handlers(tx)


def _disable(tx: Transaction, login: str) -> None:
    staff_id = _other(tx, login)
    if staff_id == tx.actor.staff_id:
        raise OwnWork(login)
    tx.audit("staff.disable")
    tx.update(Staff, staff_id, active=False)
    refresh_handlers(tx)  # what was their share of the calls is anybody's now
