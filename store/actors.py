"""The acting person of a session, with the roles of today: asked anew for every look and every write.

So a person who was disabled, or whose assignment (*penugasan*) ended yesterday, is refused at the next key.
"""

from __future__ import annotations

import os
import pwd
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from store.database import Database
from store.errors import NotStaff, PinNeeded
from store.rules.permissions import STANDING_OF_FOUNDER, Role, permissions
from store.service import is_service
from store.snapshot import Actor


def login_of_this_process(home: Path) -> str:
    """The operating-system account of the person at the keyboard, from what they cannot set themselves.

    Where Loket runs as the service account of the home (store.service), the person is SUDO_UID, which sudo sets;
    anywhere else it is the account of the process, and the environment is not asked.
    """
    uid = os.getuid()
    sudo_uid = os.environ.get("SUDO_UID", "")
    if sudo_uid.isdecimal() and sudo_uid.isascii() and is_service(home):
        uid = int(sudo_uid)
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid{uid}"


def load_actor(database: Database, session_id: int, today: date, *, practice: bool, at_door: bool = False) -> Actor:
    """Raises NotStaff when the session's person is unknown or disabled; PinNeeded while they have still to give
    their PIN, unless that is what they are about to do (`at_door`).
    """
    found = database.rows(_PERSON, (session_id,))
    if not found:
        raise NotStaff(str(session_id))
    staff_id, login, name, section, active, founder, alone, acting_role, pin_due = found[0][:9]
    if not active:
        raise NotStaff(login, disabled=True)
    if pin_due and not at_door:
        raise PinNeeded()
    assigned = [_Assigned(*row[9:]) for row in found if row[9] is not None]
    in_force, without_end = _roles(assigned, today.isoformat(), founder=bool(founder), alone=bool(founder and alone))
    if practice and acting_role:
        in_force = without_end = frozenset({acting_role})
    allowed = permissions(in_force, without_end)
    return Actor(staff_id, login, name, section, in_force, allowed, bool(founder and alone))


# Asked for before each look and each write, so that it is one statement, and not one that is put together anew. Also
# those who left count: from the second person on nobody approves their own work (contracts.md "First person").
_PERSON: Final = """
SELECT staff.id, staff.login, staff.name, staff.section, staff.active, staff.founder,
 NOT EXISTS (SELECT 1 FROM staff AS other WHERE other.id <> staff.id), session.acting_role, session.pin_due,
 assignment.role, assignment.starts_on, assignment.ends_on
FROM session JOIN staff ON staff.id = session.staff_id LEFT JOIN assignment ON assignment.staff_id = staff.id
WHERE session.id = %s"""


class _Assigned(NamedTuple):
    role: str
    starts_on: str
    ends_on: str | None


def _roles(assigned: list[_Assigned], day: str, *, founder: bool, alone: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The roles in force on a day, every one for the founder while alone; and those that are held without an end."""
    without_end = frozenset(each.role for each in assigned if each.ends_on is None)
    if alone:
        return frozenset(role.value for role in Role), without_end
    held = {each.role for each in assigned if each.starts_on <= day and (each.ends_on is None or each.ends_on >= day)}
    standing = {role.value for role in STANDING_OF_FOUNDER} if founder else set()
    return frozenset(held | standing), without_end
