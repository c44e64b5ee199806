"""The acting person of a session, with the roles of today: asked anew for every look and every write.

So a person who was disabled, or whose assignment (*penugasan*) ended yesterday, is refused at the next key.
"""

from __future__ import annotations

import os
import pwd
from datetime import date
from pathlib import Path

from peewee import fn

from store.database import Database
from store.errors import NotStaff
from store.rules.permissions import STANDING_OF_FOUNDER, Role, permissions
from store.schema import Assignment, Session, Staff
from store.transaction import Actor


def login_of_this_process(home: Path) -> str:
    """The operating-system account of the person at the keyboard, from what they cannot set themselves.

    Where Loket runs as a service account that owns the home (sudo), the person is SUDO_UID, which sudo sets; anywhere
    else it is the account of the process, and the environment is not asked.
    """
    uid = os.getuid()
    sudo_uid = os.environ.get("SUDO_UID", "")
    owner = home.stat().st_uid if home.exists() else None
    if sudo_uid.isdecimal() and sudo_uid.isascii() and owner == uid:
        uid = int(sudo_uid)
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid{uid}"


def load_actor(database: Database, session_id: int, today: date, *, practice: bool) -> Actor:
    """Raises NotStaff when the session's person is unknown or disabled."""
    execute = database.peewee.execute
    person = execute(
        Staff.select(Staff.id, Staff.login, Staff.name, Staff.section, Staff.active, Staff.founder, Session.acting_role)
        .join(Session, on=(Session.staff_id == Staff.id))
        .where(Session.id == session_id)
    ).fetchone()
    if person is None:
        raise NotStaff(str(session_id))
    staff_id, login, name, section, active, founder, acting_role = person
    if not active:
        raise NotStaff(login, disabled=True)
    # Also those who left count: from the second person on nobody approves their own work (contracts.md "First person").
    alone = founder and execute(Staff.select(fn.count(Staff.id))).fetchone()[0] == 1
    roles = roles_on(database, staff_id, today, founder=bool(founder), alone=bool(alone))
    if practice and acting_role:
        roles = frozenset({acting_role})
    standing = roles if practice and acting_role else standing_roles(database, staff_id)
    allowed = permissions(roles, standing)
    return Actor(staff_id, login, name, section, roles, allowed, bool(alone))


def roles_on(database: Database, staff_id: int, day: date, *, founder: bool, alone: bool) -> frozenset[str]:
    """The roles in force on a day: every role for the founder while alone, then their standing ones and assignments."""
    if alone:
        return frozenset(role.value for role in Role)
    rows = database.peewee.execute(
        Assignment.select(Assignment.role).where(
            Assignment.staff_id == staff_id,
            Assignment.starts_on <= day,
            Assignment.ends_on.is_null() | (Assignment.ends_on >= day),
        )
    ).fetchall()
    standing = {role.value for role in STANDING_OF_FOUNDER} if founder else set()
    return frozenset(row[0] for row in rows) | standing


def standing_roles(database: Database, staff_id: int) -> frozenset[str]:
    """The roles that a person holds without an end; dated assignments are not among them."""
    query = Assignment.select(Assignment.role).where(Assignment.staff_id == staff_id, Assignment.ends_on.is_null())
    return frozenset(row[0] for row in database.peewee.execute(query).fetchall())
