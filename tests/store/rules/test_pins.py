"""Which PINs are refused, when the next try is, when a screen locks and Loket ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.pins import Weakness, ends, locks, next_try_at, weakness

NOW = datetime(2023, 7, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        *((pin, Weakness.LENGTH) for pin in ("", "1234", "48291", "4829170513246", "48291a", "４８２９１７")),
        *((pin, Weakness.SAME) for pin in ("111111", "121212", "100000", "22223333")),
        *((pin, Weakness.ROW) for pin in ("123456", "654321", "890123", "135791", "112233", "482482", "47114711")),
        *((pin, Weakness.BIRTH) for pin in ("198512", "471967", "030767", "070367", "670703", "03071967", "290204")),
        *((pin, None) for pin in ("482917", "705318", "31470583", "300274", "993107")),
    ],
)
def test_weak_ones_are_refused(pin: str, why: Weakness | None) -> None:
    assert weakness(pin) == why


@given(st.text())
def test_any_text_is_answered(pin: str) -> None:
    assert weakness(pin) is not None or pin.isdecimal()


def test_waits_double_from_a_quarter_of_an_hour_to_a_day() -> None:
    waits = [next_try_at(wrong, NOW) for wrong in range(15)]
    assert waits[:5] == [None] * 5
    minutes = [(at - NOW) / timedelta(minutes=1) for at in waits if at is not None]
    assert minutes == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]


@pytest.mark.parametrize(
    ("idle", "minutes", "call_open", "locked"),
    [
        (14.9, 15, False, False),
        (15, 15, False, True),
        (15, 15, True, False),
        (60, 15, True, True),
        (60, 1, True, True),
        (600, None, False, False),
    ],
)
def test_it_locks(idle: float, minutes: int | None, call_open: bool, locked: bool) -> None:
    assert locks(timedelta(minutes=idle), minutes, call_open=call_open) is locked


@pytest.mark.parametrize(
    ("hours", "idle", "locked", "minutes", "over"),
    [
        (1, 0.5, None, 15, False),
        (1, 59, 59, 15, False),
        (1, 60, 60, 15, True),
        (12, 0.5, None, 15, False),
        (12, 1, None, 15, True),
        (12, 0, 3, 15, True),
        (50, 600, None, None, False),
        (50, 600, 60, None, True),
    ],
)
def test_it_ends(hours: float, idle: float, locked: float | None, minutes: int | None, over: bool) -> None:
    locked_for = None if locked is None else timedelta(minutes=locked)
    assert ends(timedelta(hours=hours), timedelta(minutes=idle), locked_for, minutes) is over
