"""Changing one thing of one outcome's policy, as somebody types it (design.md 3.1).

Every function gives a whole policy back, or raises `PolicyError` with the reason; nothing is half changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from store.rules.outcomes import (
    DEFAULT_POLICIES,
    OPEN_STATES,
    Delay,
    DelayKind,
    NumberEffect,
    Outcome,
    Policy,
    PolicyError,
    State,
)
from store.rules.policies import check_policy

UNITS: Final = {
    "m": DelayKind.MINUTES,  # menit, minutes
    "k": DelayKind.WORKING_DAYS,  # hari kerja
    "w": DelayKind.WORKING_DAYS,  # working days
    "h": DelayKind.DAYS,  # hari
    "d": DelayKind.DAYS,  # days
    "b": DelayKind.MONTHS,  # bulan
}
"""The letter behind a number; without one the unit stays as it is."""

STATES: Final = (State.RETRY, State.PROMISED, State.LATER, State.CHECK, State.DONE)
"""What may follow an outcome. A promised call follows only where the card asks for a time."""

_TYPED: Final = re.compile(r"([0-9]{1,4}) ?([mkwhdb]?)")


def read_delay(text: str, now: Delay) -> Delay:
    """A delay as typed: '30', '30m', '2k', '14 h', '3b'; 0 is at once. Raises `PolicyError`."""
    match = _TYPED.fullmatch(text.strip().lower())
    if match is None:
        raise PolicyError("delay-unreadable", "delay")
    amount = int(match[1])
    if amount == 0:
        return Delay(DelayKind.NOW)
    kind = UNITS[match[2]] if match[2] else now.kind
    if kind in (DelayKind.NOW, DelayKind.CHOSEN):
        raise PolicyError("delay-unit-missing", "delay")
    return Delay(kind, amount)


def with_delay(outcome: Outcome, policy: Policy, text: str) -> Policy:
    """The policy with another delay."""
    if policy.state is State.CALLBACK:
        raise PolicyError("callback-needs-chosen-time", "delay")
    return _checked(outcome, replace(policy, delay=read_delay(text, policy.delay)))


def with_tries(outcome: Outcome, policy: Policy, text: str) -> Policy:
    """The policy with another count of tries on one number."""
    if policy.number_effect is not NumberEffect.SPENT:
        raise PolicyError("tries-not-counted", "most_tries")
    if re.fullmatch("[0-9]{1,4}", text.strip()) is None:
        raise PolicyError("tries-out-of-range", "most_tries")
    return _checked(outcome, replace(policy, most_tries=int(text)))


def with_rotation(outcome: Outcome, policy: Policy) -> Policy:
    """The policy with the other part of the day switched on or off."""
    return _checked(outcome, replace(policy, rotates_part=not policy.rotates_part))


def with_state(outcome: Outcome, policy: Policy, state: State) -> Policy:
    """The policy leading to another state; the delay goes when nobody calls again, and comes when somebody does."""
    if policy.number_effect is not NumberEffect.NONE and state is not State.RETRY:
        raise PolicyError("number-effect-needs-retry", "state")
    if state not in OPEN_STATES:
        return _checked(outcome, replace(policy, state=state, delay=Delay(DelayKind.NOW), rotates_part=False))
    if policy.state in OPEN_STATES:
        return _checked(outcome, replace(policy, state=state))
    first = DEFAULT_POLICIES[outcome].delay
    delay = Delay(DelayKind.WORKING_DAYS, 1) if first.kind is DelayKind.NOW else first
    return _checked(outcome, replace(policy, state=state, delay=delay))


def with_spent(outcome: Outcome, policy: Policy) -> Policy:
    """The policy with the other end once all numbers are used up: not reached, or without number."""
    if policy.number_effect is NumberEffect.NONE:
        raise PolicyError("spent-without-effect", "when_spent")
    other = State.EXHAUSTED if policy.when_spent is State.WITHOUT_NUMBER else State.WITHOUT_NUMBER
    return _checked(outcome, replace(policy, when_spent=other))


def _checked(outcome: Outcome, policy: Policy) -> Policy:
    check_policy(outcome, policy)
    return policy
