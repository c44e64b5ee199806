"""What one attempt leads to: the policy table applied to the tries so far, the clock and the office calendar."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from store.rules.callbacks import check_callback_time
from store.rules.hours import OfficeCalendar, from_wib, to_wib
from store.rules.outcomes import (
    OPEN_STATES,
    Delay,
    DelayKind,
    DoneReason,
    NumberEffect,
    Outcome,
    Policy,
    State,
)
from store.value_class import value_class


@value_class
class NumberTries:
    """One number of a person (E.164), whether it is known to be wrong, and how often each outcome happened on it."""

    e164: str
    wrong: bool
    tries: Mapping[Outcome, int]


@value_class
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


class DecisionError(ValueError):
    """An attempt about which nothing can be decided; `code` is number-unknown or callback-time-missing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decide(
    policies: Mapping[Outcome, Policy],
    outcome: Outcome,
    *,
    now: datetime,
    calendar: OfficeCalendar,
    numbers: Sequence[NumberTries],
    current: str,
    callback_at: datetime | None = None,
    staff_id: int,
) -> Decision:
    """What follows when an attempt on `current` ended with `outcome`.

    `numbers` are all numbers of the person in the order in which they are tried; their tries include this attempt.
    The same number is tried until it is used up, then the next one that is not, beginning again at the first. When none
    is left, the outcome that used up the last one says where the person goes. A number that is wrong, unregistered or
    no longer theirs hands over to the next one at once, so that the same handler can go on.
    `callback_at` is asked for where the policy lets the participant choose, and ignored otherwise.
    Raises `DecisionError`, and `CallbackTimeError` for a callback outside office hours.
    """
    if all(number.e164 != current for number in numbers):
        raise DecisionError("number-unknown")
    policy = policies[outcome]
    mark_wrong = policy.number_effect is NumberEffect.WRONG
    claim_said = outcome is Outcome.SAYS_CLAIMED
    if policy.state not in OPEN_STATES:
        return Decision(
            policy.state,
            done_reason=_done_reason(outcome) if policy.state is State.DONE else None,
            deceased=outcome is Outcome.DECEASED,
            claim_said=claim_said,
        )
    next_number = current
    if policy.number_effect is not NumberEffect.NONE:
        usable = _next_number(policies, numbers, current, mark_wrong)
        if usable is None:
            return Decision(policy.when_spent or State.WITHOUT_NUMBER, mark_wrong=mark_wrong)
        next_number = usable
    due_at, not_part = _due(policy, now, calendar, callback_at)
    return Decision(
        policy.state,
        due_at,
        not_part,
        owner=staff_id if policy.state is State.CALLBACK else None,
        next_number=next_number,
        mark_wrong=mark_wrong,
        claim_said=claim_said,
    )


def is_used_up(policies: Mapping[Outcome, Policy], number: NumberTries) -> bool:
    """True for a number that is wrong, or on which one outcome happened as often as its policy allows."""
    return number.wrong or any(
        policies[outcome].number_effect is NumberEffect.SPENT and count >= policies[outcome].most_tries
        for outcome, count in number.tries.items()
    )


def first_number(policies: Mapping[Outcome, Policy], numbers: Sequence[NumberTries]) -> str | None:
    """The number (E.164) with which a person is begun, or None when none can be used."""
    return next((number.e164 for number in numbers if not is_used_up(policies, number)), None)


def _next_number(
    policies: Mapping[Outcome, Policy], numbers: Sequence[NumberTries], current: str, current_is_wrong: bool
) -> str | None:
    here = next(index for index, number in enumerate(numbers) if number.e164 == current)
    in_turn = [*numbers[here:], *numbers[:here]]
    return first_number(policies, [each for each in in_turn if not (current_is_wrong and each.e164 == current)])


def _done_reason(outcome: Outcome) -> DoneReason:
    known = {
        Outcome.REFUSED: DoneReason.REFUSED,
        Outcome.DECEASED: DoneReason.DECEASED,
        Outcome.INFORMED: DoneReason.INFORMED,
        Outcome.SETTLED: DoneReason.SETTLED,
        Outcome.ACCOUNT_OK: DoneReason.SETTLED,
        Outcome.ACCOUNT_WRONG: DoneReason.ACCOUNT_WRONG,
        Outcome.ACCOUNT_NAME: DoneReason.ACCOUNT_NAME,
    }
    return known.get(outcome, DoneReason.ENDED)


def _due(
    policy: Policy, now: datetime, calendar: OfficeCalendar, callback_at: datetime | None
) -> tuple[datetime, int | None]:
    """When the next attempt is due (UTC), and the part of the day that it avoids."""
    if policy.delay.kind is DelayKind.CHOSEN:
        if callback_at is None:
            raise DecisionError("callback-time-missing")
        check_callback_time(callback_at, now, calendar)
        return callback_at.astimezone(UTC), None
    due_at = _after(policy.delay, now, calendar)
    if not policy.rotates_part:
        return due_at, None
    part = calendar.day_part(now)
    due_at = calendar.next_opening(due_at)
    if calendar.day_part(due_at) == part:
        due_at = calendar.next_other_part(due_at)
    # An office that works in one part of the day only has no other one to avoid it with.
    return due_at, part if calendar.day_part(due_at) != part else None


def _after(delay: Delay, now: datetime, calendar: OfficeCalendar) -> datetime:
    today = to_wib(now).date()
    match delay.kind:
        case DelayKind.MINUTES:
            return calendar.next_opening(now + timedelta(minutes=delay.amount))
        case DelayKind.WORKING_DAYS:
            day = calendar.add_working_days(today, delay.amount)
        case DelayKind.DAYS:
            day = today + timedelta(days=delay.amount)
        case DelayKind.MONTHS:
            day = add_months(today, delay.amount)
        case _:
            return now.astimezone(UTC)
    return calendar.next_opening(from_wib(day, time.min))


def add_months(day: date, count: int) -> date:
    """The same day `count` months on, or the last of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
