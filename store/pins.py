"""PINs: choosing one, giving it, an administrator's code in place of a forgotten one; and the locked screen.

Each try is counted before it is answered, in the transaction that answers it, so that neither a second terminal nor a
start anew gives more tries. What is in the trail is that something was done, never a PIN nor what it was kept as.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from store.errors import Invalid, NotFound, OwnWork, PinNeeded
from store.link import Link
from store.office import lock_minutes
from store.rules.permissions import Permission
from store.rules.pins import CODE_DIGITS, CODE_LASTS, FRESH, MOST_TRIES, Weakness, next_try_at, weakness
from store.schema import Assignment, Pin, Session, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

_MEMORY_KIB, _PASSES = 19_456, 2
"""19 MiB and two passes: 33 ms on the machine this was measured on."""

_MS: Final = timedelta(milliseconds=1)


@value_class
class PinState:
    """How it stands with the acting person's PIN."""

    known: bool  # there is one, or a code of an administrator
    code: bool  # a code, with which a PIN is chosen
    needed: bool  # what asks for the PIN would ask for it now
    try_at: datetime | None = None  # after too many wrong ones: when the next is looked at


@value_class
class PinAnswer:
    """What came of a try. `try_at` is when the next one is looked at, where it is not at once."""

    right: bool
    code: bool = False  # it was an administrator's code: a PIN has to be chosen now
    left: int = 0
    try_at: datetime | None = None
    over: bool = False  # the code was not used in time


class PinDesk:
    """`store.pins`: the acting person's own; an administrator hands out codes and sees none."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def mine(self) -> PinState:
        return await self._link.read_at_door(_mine)

    async def give(self, pin: str) -> PinAnswer:
        """Tries a PIN; the right one opens what waited for it. Raises NotFound for who has none."""
        answer = (await self._link.write_at_door(_give, pin))[0]
        self._opened(answer)
        return answer

    async def choose(self, pin: str, before: str = "") -> PinAnswer:
        """Takes another PIN in place of `before`, the one or the code that was there; without one none is asked.

        Raises Invalid("pin", "", why) for one that is too easily guessed; a wrong `before` counts as a try.
        """
        answer = (await self._link.write_at_door(_choose, pin, before))[0]
        self._opened(answer)
        return answer

    async def lock(self) -> None:
        """Notes that the screen is locked: who starts Loket anew from the same login is asked for the PIN."""
        await self._link.write_at_door(_lock)

    async def unlock_without(self) -> None:
        """Notes that it is not, for who has no PIN and is to choose one elsewhere."""
        await self._link.write_at_door(_opens, "screen.unlock")

    async def reset(self, login: str) -> str:
        """A code for a person who forgot their PIN, or had none, for three days: it goes in place of the PIN.

        Raises NotAllowed, NotFound, PinNeeded; OwnWork for oneself while somebody else could do it.
        """
        return (await self._link.write(_reset, login))[0]

    def _opened(self, answer: PinAnswer) -> None:
        if answer.right and not answer.code:
            self._link.pin_due = False


def require_pin(tx: Transaction, permission: Permission, *, without: bool = False) -> None:
    """The permission, and the person's PIN given in the last five minutes (design.md 5).

    Nothing is asked where no screen locks (a practice office). `without`: neither of who has no PIN yet, because they
    set up the office before anything else. Raises NotAllowed, PinNeeded.
    """
    tx.require(permission)
    if not _fresh(tx) and (not without or _row(tx) is not None):
        raise PinNeeded(missing=_row(tx) is None)


def _row(look: Snapshot) -> dict[str, Any] | None:
    return look.one(Pin.select().where(Pin.staff_id == look.actor.staff_id))


def _fresh(look: Snapshot) -> bool:
    if lock_minutes(look) is None:
        return True
    given = look.scalar(Session.select(Session.pin_at).where(Session.id == look.session_id))
    return given is not None and 0 <= look.database.lease_clock() - int(given) < FRESH // _MS


def _mine(look: Snapshot) -> PinState:
    row = _row(look)
    if row is None:
        return PinState(known=False, code=False, needed=not _fresh(look))
    waits = next_try_at(row["wrong"], row["wrong_at"])
    late = waits if waits is not None and waits > look.now else None
    return PinState(known=True, code=row["code_until"] is not None, needed=not _fresh(look), try_at=late)


def _give(tx: Transaction, pin: str) -> PinAnswer:
    answer = _try(tx, pin)
    if answer.right and not answer.code:
        opened = tx.scalar(Session.select(Session.id).where(Session.id == tx.session_id, _SHUT))
        _opens(tx, "screen.unlock" if opened is not None else "pin.given")
    return answer


_SHUT: Final = Session.locked_at.is_null(False) | (Session.pin_due == 1)


def _try(tx: Transaction, pin: str) -> PinAnswer:
    """One try, counted."""
    row = tx.one(tx.database.locked(Pin.select().where(Pin.staff_id == tx.actor.staff_id)))
    if row is None:
        raise NotFound("pin", tx.actor.login)
    waits = next_try_at(row["wrong"], row["wrong_at"])
    if waits is not None and tx.now < waits:
        return PinAnswer(right=False, try_at=waits)
    if _verified(row["hash"], pin):
        over = row["code_until"] is not None and row["code_until"] < tx.now
        tx.execute(Pin.update(wrong=0, wrong_at=None).where(Pin.id == row["id"]))
        return PinAnswer(right=not over, code=row["code_until"] is not None, left=MOST_TRIES, over=over)
    wrong = row["wrong"] + 1
    tx.execute(Pin.update(wrong=wrong, wrong_at=tx.now).where(Pin.id == row["id"]))
    tx.audit("pin.wrong" if wrong < MOST_TRIES else "pin.exhausted", undoable=False)
    return PinAnswer(right=False, left=max(0, MOST_TRIES - wrong), try_at=next_try_at(wrong, tx.now))


def _choose(tx: Transaction, pin: str, before: str) -> PinAnswer:
    why = weakness(pin) or (Weakness.BEFORE if pin == before else None)
    if why is not None:
        raise Invalid("pin", "", str(why))
    if _row(tx) is not None:
        answer = _try(tx, before)
        if not answer.right:
            return answer
    _keep(tx, tx.actor.staff_id, pin, None)
    _opens(tx, "pin.chosen")
    return PinAnswer(right=True, left=MOST_TRIES)


def _keep(tx: Transaction, staff_id: int, pin: str, code_until: datetime | None) -> None:
    values = {"hash": _hashed(pin), "code_until": code_until, "wrong": 0, "wrong_at": None, "set_at": tx.now}
    insert = Pin.insert(staff_id=staff_id, **values)
    tx.execute(insert.on_conflict(conflict_target=[Pin.staff_id], update=values))


def _opens(tx: Transaction, action: str) -> None:
    tx.audit(action, undoable=False)
    now = {"pin_due": 0, "locked_at": None, "pin_at": tx.database.lease_clock()}
    tx.execute(Session.update(**now).where(Session.id == tx.session_id))


def _lock(tx: Transaction) -> None:
    tx.audit("screen.lock", undoable=False)
    tx.execute(Session.update(locked_at=tx.now, pin_at=None).where(Session.id == tx.session_id))


def _reset(tx: Transaction, login: str) -> str:
    row = tx.one(Staff.select(Staff.id).where(Staff.login == login, Staff.active))
    if row is None:
        tx.require(Permission.MANAGE_STAFF)
        raise NotFound("staff", login)
    if row["id"] == tx.actor.staff_id:
        tx.require(Permission.MANAGE_STAFF)
        if _others_can(tx):
            raise OwnWork(login)
    else:
        require_pin(tx, Permission.MANAGE_STAFF, without=True)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    _keep(tx, row["id"], code, tx.now + CODE_LASTS)
    tx.execute(Session.update(pin_at=None).where(Session.staff_id == row["id"]))
    tx.audit("pin.reset", undoable=False)
    tx.note_deed(Staff, row["id"], "pin.reset")
    return code


def _others_can(tx: Transaction) -> bool:
    """Whether somebody else administers the staff today; a founder always does."""
    day, mine = tx.today, tx.actor.staff_id
    given = (Assignment.role == "admin") & (Assignment.starts_on <= day)
    given &= Assignment.ends_on.is_null() | (Assignment.ends_on >= day)
    admins = Assignment.select(Assignment.staff_id).where(given)
    others = Staff.select(Staff.id).where(Staff.active, Staff.id != mine, Staff.founder | Staff.id.in_(admins))
    return tx.one(others) is not None


def _hashed(pin: str) -> str:
    from argon2 import PasswordHasher  # loaded when a PIN is given for the first time

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1).hash(pin)


def _verified(kept: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(kept, pin)
    except VerificationError:
        return False
