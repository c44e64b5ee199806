"""What one attempt leads to: the policy table applied to the tries so far, the clock and the office calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.rules.outcomes import DoneReason, Outcome, State


@dataclass(frozen=True, slots=True)
class NumberTries:
    """One number of a person (E.164), whether it is known to be wrong, and how often each outcome happened on it."""

    e164: str
    wrong: bool
    tries: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an attempt leads to. The store writes exactly this.

    `due_at` (aware UTC) and `next_number` (E.164) are set for every open state and None for all others.
    `not_part` is the part of the day that the next attempt must avoid; `owner` the staff member a callback belongs to.
    `mark_wrong` speaks of the number that was rung. `claim_said` is the participant's word, not what Smile shows.
    """

    state: State
    due_at: datetime | None = None
    not_part: int | None = None
    owner: int | None = None
    next_number: str | None = None
    mark_wrong: bool = False
    done_reason: DoneReason | None = None
    deceased: bool = False
    claim_said: bool = False
