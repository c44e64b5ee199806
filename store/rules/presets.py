"""The hours behind the five keys of a promised call (contracts.md "Keys"): the office may move them, not their meaning.

Key 1 is a span from now, 2 an hour of this afternoon, 3 and 4 of tomorrow's morning and midday, 5 of Monday's morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any, Final

from store.rules.hours import DayHours
from store.value_class import value_class

MORNING: Final = time(9, 30)
MIDDAY: Final = time(13, 30)
AFTERNOON: Final = time(15, 0)
SOON: Final = timedelta(hours=2)
NOON: Final = time(12, 0)
LEAST_SPAN: Final = timedelta(minutes=15)
MOST_SPAN: Final = timedelta(hours=8)


class PresetError(ValueError):
    """A preset that cannot be used.

    `code` is span-out-of-range, not-morning, not-afternoon, order (tomorrow's midday before its morning) or closed (no
    working day is open at that hour); `key` is the key of the card.
    """

    def __init__(self, code: str, key: str) -> None:
        super().__init__(code, key)
        self.code = code
        self.key = key


@value_class
class Presets:
    """Clock times are those of the office (WIB). Raises `PresetError` for one that belies its key."""

    soon: timedelta = SOON
    afternoon: time = AFTERNOON
    morning: time = MORNING
    midday: time = MIDDAY
    monday: time = MORNING

    def __post_init__(self) -> None:
        if not LEAST_SPAN <= self.soon <= MOST_SPAN:
            raise PresetError("span-out-of-range", "1")
        if self.afternoon < NOON:
            raise PresetError("not-afternoon", "2")
        for key, clock in (("3", self.morning), ("5", self.monday)):
            if clock >= NOON:
                raise PresetError("not-morning", key)
        if self.midday <= self.morning:
            raise PresetError("order", "4")


USUAL: Final = Presets()
"""The hours an office starts with."""

FIELDS: Final[Mapping[str, str]] = {"1": "soon", "2": "afternoon", "3": "morning", "4": "midday", "5": "monday"}
"""What each key of the card is called in `Presets`."""


def check_open(presets: Presets, key: str, week: Mapping[int, DayHours]) -> None:
    """Raises `PresetError` when no working day (for key 5: the Monday) is open at the hour of this key."""
    if key == "1":
        return
    clock: time = getattr(presets, FIELDS[key])
    days = [hours for weekday, hours in week.items() if key != "5" or weekday == 0]
    if key == "5" and not days:  # an office that does not work on Mondays rings on the day after
        days = list(week.values())
    if not any(_is_open(hours, clock) for hours in days):
        raise PresetError("closed", key)


def _is_open(hours: DayHours, clock: time) -> bool:
    if hours.break_from is None or hours.break_until is None:
        return hours.opens <= clock < hours.closes
    return hours.opens <= clock < hours.break_from or hours.break_until <= clock < hours.closes


def presets_to_plain(presets: Presets) -> dict[str, Any]:
    """Minutes for key 1, HH:MM for the others: as a setting keeps them."""
    clocks = {key: getattr(presets, name).isoformat("minutes") for key, name in FIELDS.items() if key != "1"}
    return {"1": int(presets.soon.total_seconds()) // 60, **clocks}


def presets_from_plain(plain: Mapping[str, Any]) -> Presets:
    """Reads them back. Raises PresetError, and ValueError, TypeError or KeyError for what is no such setting."""
    if set(plain) != set(FIELDS) or isinstance(plain["1"], bool):
        raise ValueError("presets")
    clocks = {FIELDS[key]: time.fromisoformat(plain[key]) for key in FIELDS if key != "1"}
    return Presets(soon=timedelta(minutes=plain["1"]), **clocks)
