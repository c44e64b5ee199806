"""PINs and the lock of the screen (design.md 5): which PIN is too easily guessed, when the next try is, when it locks.

A person is known by their account; the PIN says that it is still them at the keyboard. Pure: clocks come in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from store.rules.outcomes import LEASE

SHORTEST, LONGEST = 6, 12
"""Digits of a PIN."""

CODE_DIGITS: Final = 8
"""Digits of the code that an administrator hands over; with it a person chooses a PIN of their own, once."""

CODE_LASTS: Final = timedelta(days=3)

MOST_TRIES: Final = 5
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=24)

FRESH: Final = timedelta(minutes=5)
"""How long after a PIN was given approvals, reprints and roles ask for no other one."""

LOCK_MINUTES: Final = 15
"""Idle minutes after which the screen locks, before an office changes them."""

MOST_MINUTES: Final = 60

ENDS_LOCKED: Final = timedelta(minutes=60)
ENDS_IN_ALL: Final = timedelta(hours=12)
QUIET: Final = timedelta(minutes=1)
"""Nobody is thrown out in the middle of a word: after twelve hours Loket ends once no key was pressed for so long."""

_OLDEST_BIRTH, _YOUNGEST_BIRTH = 1930, 2015


class Weakness(StrEnum):
    """Why a PIN is not taken."""

    LENGTH = "length"  # not 6 to 12 digits
    SAME = "same"  # of one or two digits
    ROW = "row"  # digits in a row, or a piece that is repeated
    BIRTH = "birth"  # a birth date, or with a year of birth at its beginning or end
    BEFORE = "before"  # the one that was there before


def weakness(pin: str) -> Weakness | None:
    """What makes a PIN easily guessed, or None for one that can be taken."""
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        return Weakness.LENGTH
    if len(set(pin)) < 3:
        return Weakness.SAME
    if _in_a_row(pin) or _repeats(pin):
        return Weakness.ROW
    return Weakness.BIRTH if _born(pin) else None


def _in_a_row(pin: str) -> bool:
    """123456, 987654, 135791, 890123, 112233."""
    once = pin[0] + "".join(digit for before, digit in pairwise(pin) if digit != before)
    steps = {(int(digit) - int(before)) % 10 for before, digit in pairwise(once)}
    return len(steps) == 1


def _repeats(pin: str) -> bool:
    """123123, 47114711."""
    return pin in (pin + pin)[1:-1]


def _born(pin: str) -> bool:
    years = range(_OLDEST_BIRTH, _YOUNGEST_BIRTH + 1)
    if int(pin[:4]) in years or int(pin[-4:]) in years:
        return True
    if len(pin) != 6:
        return False
    first, middle, last = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    orders = ((last, middle, first), (last, first, middle), (first, middle, last))  # ddmmyy, mmddyy, yymmdd
    return any(_is_day(century + year, month, day) for year, month, day in orders for century in (1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return _OLDEST_BIRTH <= date(year, month, day).year <= _YOUNGEST_BIRTH
    except ValueError:
        return False


def next_try_at(wrong: int, last_wrong: datetime | None) -> datetime | None:
    """When a PIN is looked at again after so many wrong tries in a row; None while tries are left.

    Five at once; then one each time, after a wait that doubles from 15 minutes to a day.
    """
    if wrong < MOST_TRIES or last_wrong is None:
        return None
    doublings = min(wrong - MOST_TRIES, 10)
    wait: timedelta = _FIRST_WAIT * 2**doublings
    return last_wrong + min(wait, _LONGEST_WAIT)


def read_lock_minutes(value: object) -> int | None:
    """Idle minutes as a setting keeps them; None is as Loket has it. Raises ValueError, TypeError."""
    if value is None:
        return None
    if type(value) is not int:
        raise TypeError(value)
    if not 1 <= value <= MOST_MINUTES:
        raise ValueError(value)
    return value


def locks(idle: timedelta, minutes: int | None, *, call_open: bool) -> bool:
    """Whether the screen locks now: after idle minutes, in an open call not before its lease has run out."""
    if minutes is None:
        return False
    return idle >= (max(LEASE, timedelta(minutes=minutes)) if call_open else timedelta(minutes=minutes))


def ends(open_for: timedelta, idle: timedelta, locked_for: timedelta | None, minutes: int | None) -> bool:
    """Whether Loket ends by itself now: 60 minutes after it was locked, and after twelve hours in all."""
    if minutes is None and locked_for is None:
        return False
    if locked_for is not None and locked_for >= ENDS_LOCKED:
        return True
    return open_for >= ENDS_IN_ALL and (idle >= QUIET or locked_for is not None)
