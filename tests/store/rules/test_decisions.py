"""What follows an attempt: who is called again, when, on which number, and who is left in peace."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.callbacks import CallbackTimeError, CallbackTrouble
from store.rules.decisions import (
    Decision,
    DecisionError,
    NumberTries,
    add_months,
    decide,
    first_number,
    is_used_up,
)
from store.rules.hours import OfficeCalendar
from store.rules.outcomes import (
    DEFAULT_POLICIES,
    FINAL_STATES,
    OPEN_STATES,
    Delay,
    DelayKind,
    DoneReason,
    NumberEffect,
    Outcome,
    Policy,
    State,
)
from tests.store.rules.office import CALENDAR, moments, shown, wib

FIRST, SECOND, THIRD = "+6281100009901", "+6281100009902", "+6276599003"
TUESDAY_TEN = wib(24, 10)
HANDLER = 7


def number(e164: str, **tries: int) -> NumberTries:
    return NumberTries(e164, False, {Outcome(outcome): count for outcome, count in tries.items()})


def wrong(e164: str) -> NumberTries:
    return NumberTries(e164, True, {})


def after(
    outcome: Outcome,
    *numbers: NumberTries,
    now: datetime = TUESDAY_TEN,
    current: str = FIRST,
    callback_at: datetime | None = None,
) -> Decision:
    """What the default table decides for an attempt on the first number."""
    return decide(
        DEFAULT_POLICIES,
        outcome,
        now=now,
        calendar=CALENDAR,
        numbers=numbers or (number(FIRST, **{outcome.value: 1}),),
        current=current,
        callback_at=callback_at,
        staff_id=HANDLER,
    )


@pytest.mark.parametrize(
    ("now", "due", "not_part"),
    [
        (wib(24, 10), "24/11 13.00", 1),
        (wib(24, 14), "24/11 15.00", 2),
        (wib(24, 16), "25/11 08.00", 3),
        (wib(27, 9), "27/11 13.30", 1),
        (wib(27, 16), "01/12 08.00", 3),  # over the weekend and a Monday off
        (wib(24, 12, 30), "24/11 13.00", None),
        (wib(24, 18), "25/11 08.00", None),
    ],
)
def test_who_does_not_answer_is_tried_in_another_part_of_a_working_day(
    now: datetime, due: str, not_part: int | None
) -> None:
    decision = after(Outcome.NO_ANSWER, now=now)
    assert (decision.state, decision.next_number, decision.not_part) == (State.RETRY, FIRST, not_part)
    assert decision.due_at is not None
    assert shown(decision.due_at) == due


@pytest.mark.parametrize(
    ("outcome", "now", "state", "due"),
    [
        (Outcome.BUSY, wib(24, 10), State.RETRY, "24/11 10.30"),
        (Outcome.BUSY, wib(24, 11, 45), State.RETRY, "24/11 13.00"),
        (Outcome.BUSY, wib(27, 16, 45), State.RETRY, "01/12 08.00"),
        (Outcome.UNREACHABLE, wib(26, 10), State.RETRY, "27/11 08.30"),
        (Outcome.WILL_CLAIM, wib(24, 10), State.PROMISED, "08/12 08.00"),
        (Outcome.WILL_CLAIM, wib(11, 10, month=12), State.PROMISED, "28/12 08.00"),  # 25 December is a holiday
        (Outcome.NOT_YET, wib(24, 10), State.LATER, "24/02 08.00"),
        (Outcome.MESSAGE_LEFT, wib(26, 10), State.RETRY, "01/12 08.00"),
        (Outcome.OBSTACLE, wib(24, 10), State.RETRY, "02/12 08.00"),
    ],
)
def test_when_the_next_attempt_is_due(outcome: Outcome, now: datetime, state: State, due: str) -> None:
    decision = after(outcome, now=now)
    assert (decision.state, decision.next_number, decision.owner) == (state, FIRST, None)
    assert decision.due_at is not None
    assert shown(decision.due_at) == due


def test_a_callback_belongs_to_the_handler_who_promised_it() -> None:
    decision = after(Outcome.CALLBACK, callback_at=wib(25, 9, 30))
    assert decision == Decision(State.CALLBACK, wib(25, 9, 30), owner=HANDLER, next_number=FIRST)


def test_a_callback_needs_a_time_at_which_the_office_works() -> None:
    with pytest.raises(DecisionError) as missing:
        after(Outcome.CALLBACK)
    assert missing.value.code == "callback-time-missing"
    with pytest.raises(CallbackTimeError) as closed:
        after(Outcome.CALLBACK, callback_at=wib(28, 10))
    assert closed.value.code is CallbackTrouble.WEEKEND


def test_a_number_that_was_not_rung_is_refused() -> None:
    with pytest.raises(DecisionError) as caught:
        after(Outcome.BUSY, number(FIRST), current=SECOND)
    assert caught.value.code == "number-unknown"


def test_what_a_participant_says_of_a_claim_goes_to_the_status_check() -> None:
    assert after(Outcome.SAYS_CLAIMED) == Decision(State.CHECK, claim_said=True)


def test_who_refuses_or_has_died_is_never_called_again() -> None:
    assert after(Outcome.REFUSED) == Decision(State.DONE, done_reason=DoneReason.REFUSED)
    assert after(Outcome.DECEASED) == Decision(State.DONE, done_reason=DoneReason.DECEASED, deceased=True)


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.UNREGISTERED, Outcome.MOVED])
def test_a_wrong_number_hands_over_to_the_next_one_at_once(outcome: Outcome) -> None:
    decision = after(outcome, number(FIRST, **{outcome.value: 1}), number(SECOND))
    assert decision == Decision(State.RETRY, TUESDAY_TEN, next_number=SECOND, mark_wrong=True)


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.UNREGISTERED, Outcome.MOVED])
def test_who_has_no_number_left_waits_for_a_correction(outcome: Outcome) -> None:
    decision = after(outcome, number(FIRST, **{outcome.value: 1}), wrong(SECOND))
    assert decision == Decision(State.WITHOUT_NUMBER, mark_wrong=True)


@pytest.mark.parametrize(
    ("outcome", "tries", "end"),
    [
        (Outcome.NO_ANSWER, 5, State.EXHAUSTED),
        (Outcome.BUSY, 5, State.EXHAUSTED),
        (Outcome.UNREACHABLE, 3, State.WITHOUT_NUMBER),
    ],
)
def test_a_number_is_tried_as_often_as_allowed_then_the_next_then_none(
    outcome: Outcome, tries: int, end: State
) -> None:
    def so_often(first: int, second: int, current: str) -> Decision:
        numbers = (number(FIRST, **{outcome.value: first}), number(SECOND, **{outcome.value: second}))
        return after(outcome, *numbers, current=current)

    assert so_often(tries - 1, 0, FIRST).next_number == FIRST
    assert so_often(tries, 0, FIRST).next_number == SECOND
    assert so_often(tries, 0, FIRST).state is State.RETRY
    assert so_often(tries, tries - 1, SECOND).next_number == SECOND
    assert so_often(tries, tries, SECOND) == Decision(end)


def test_tries_count_per_outcome() -> None:
    decision = after(Outcome.NO_ANSWER, number(FIRST, no_answer=4, busy=4, unreachable=2))
    assert (decision.state, decision.next_number) == (State.RETRY, FIRST)


def test_after_the_last_number_the_first_usable_one_comes_again() -> None:
    numbers = (number(FIRST), wrong(SECOND), number(THIRD, wrong_number=1))
    decision = after(Outcome.WRONG_NUMBER, *numbers, current=THIRD)
    assert (decision.state, decision.next_number) == (State.RETRY, FIRST)


def test_who_was_reached_is_called_again_on_the_number_that_reached_them() -> None:
    decision = after(Outcome.NOT_YET, number(FIRST, no_answer=5, not_yet=1), number(SECOND))
    assert decision.next_number == FIRST


def test_a_number_that_a_person_declared_right_again_is_used_again() -> None:
    assert is_used_up(DEFAULT_POLICIES, wrong(FIRST))
    assert not is_used_up(DEFAULT_POLICIES, number(FIRST, wrong_number=1))


def test_a_person_is_begun_with_the_first_usable_number() -> None:
    numbers = (wrong(FIRST), number(SECOND, unreachable=3), number(THIRD))
    assert first_number(DEFAULT_POLICIES, numbers) == THIRD
    assert first_number(DEFAULT_POLICIES, numbers[:2]) is None
    assert first_number(DEFAULT_POLICIES, ()) is None


def test_the_office_may_end_the_calls_after_an_outcome() -> None:
    policies = {**DEFAULT_POLICIES, Outcome.NOT_YET: Policy(State.DONE)}
    decision = decide(
        policies,
        Outcome.NOT_YET,
        now=TUESDAY_TEN,
        calendar=CALENDAR,
        numbers=[number(FIRST)],
        current=FIRST,
        staff_id=HANDLER,
    )
    assert decision == Decision(State.DONE, done_reason=DoneReason.ENDED)


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_on_is_the_same_day_or_the_last_of_a_shorter_month(day: date, count: int, result: date) -> None:
    assert add_months(day, count) == result


_DELAYS = st.one_of(
    st.integers(1, 480).map(lambda amount: Delay(DelayKind.MINUTES, amount)),
    st.integers(1, 10).map(lambda amount: Delay(DelayKind.WORKING_DAYS, amount)),
    st.integers(1, 60).map(lambda amount: Delay(DelayKind.DAYS, amount)),
    st.integers(1, 12).map(lambda amount: Delay(DelayKind.MONTHS, amount)),
)
_TIMES = st.one_of(
    st.tuples(_DELAYS, st.booleans()),
    st.just((Delay(DelayKind.NOW), True)),
)


@st.composite
def tables(draw: st.DrawFn) -> dict[Outcome, Policy]:
    """The default table, with some delays, tries and ends as another office might have set them."""
    table = dict(DEFAULT_POLICIES)
    for outcome in draw(st.sets(st.sampled_from(list(Outcome)))):
        was = table[outcome]
        if was.number_effect is NumberEffect.SPENT:
            (delay, rotates), tries = draw(_TIMES), draw(st.integers(1, 6))
            end = draw(st.sampled_from([State.EXHAUSTED, State.WITHOUT_NUMBER]))
            table[outcome] = Policy(State.RETRY, delay, NumberEffect.SPENT, tries, rotates, end)
        elif was.number_effect is NumberEffect.NONE and was.state in OPEN_STATES - {State.CALLBACK}:
            delay, rotates = draw(_TIMES)
            table[outcome] = Policy(was.state, delay, rotates_part=rotates)
    return table


@st.composite
def people(draw: st.DrawFn) -> list[NumberTries]:
    """One to four numbers with any history, one of them the one just rung."""
    tries = st.dictionaries(st.sampled_from(list(Outcome)), st.integers(0, 6), max_size=5)
    count = draw(st.integers(1, 4))
    return [NumberTries(f"+62811000099{index:02d}", draw(st.booleans()), draw(tries)) for index in range(count)]


@given(tables(), moments(), people(), st.sampled_from(list(Outcome)), st.data())
def test_nobody_is_lost_and_nobody_is_rung_in_vain(
    policies: dict[Outcome, Policy],
    moment: tuple[datetime, OfficeCalendar],
    numbers: list[NumberTries],
    outcome: Outcome,
    data: st.DataObject,
) -> None:
    now, calendar = moment
    current = data.draw(st.sampled_from(numbers)).e164
    decision = decide(
        policies,
        outcome,
        now=now,
        calendar=calendar,
        numbers=numbers,
        current=current,
        callback_at=calendar.next_opening(now + timedelta(hours=1)),
        staff_id=HANDLER,
    )
    if decision.state not in OPEN_STATES:
        assert (decision.due_at, decision.next_number, decision.owner, decision.not_part) == (None, None, None, None)
        assert (decision.done_reason is not None) == (decision.state is State.DONE)
        return
    check_next_call(decision, now, calendar)
    assert (decision.owner == HANDLER) == (decision.state is State.CALLBACK)
    usable = {each.e164 for each in numbers if not is_used_up(policies, each)}
    if policies[outcome].number_effect is NumberEffect.NONE:
        assert decision.next_number == current
    else:
        assert decision.next_number in usable
        assert not (decision.mark_wrong and decision.next_number == current)


def check_next_call(decision: Decision, now: datetime, calendar: OfficeCalendar) -> None:
    """The next call is due inside office hours, in the part wanted; only a wrong number is followed by one at once."""
    assert decision.due_at is not None
    assert decision.due_at.tzinfo is UTC
    if decision.mark_wrong:
        assert decision.due_at == now
    else:
        assert decision.due_at > now
        assert calendar.is_open(decision.due_at)
    if decision.not_part is not None:
        assert decision.not_part == calendar.day_part(now)
        assert calendar.day_part(decision.due_at) != decision.not_part


@given(moments(), st.integers(1, 3), st.lists(st.sampled_from(list(Outcome)[:4]), min_size=60, max_size=60))
def test_calls_that_reach_nobody_come_to_an_end(
    moment: tuple[datetime, OfficeCalendar], count: int, outcomes: list[Outcome]
) -> None:
    now, calendar = moment
    known_wrong: set[str] = set()
    tries: dict[str, Counter[Outcome]] = {f"+62811000099{index:02d}": Counter() for index in range(count)}
    current = next(iter(tries))
    for outcome in outcomes:
        tries[current][outcome] += 1
        decision = decide(
            DEFAULT_POLICIES,
            outcome,
            now=now,
            calendar=calendar,
            numbers=[NumberTries(e164, e164 in known_wrong, dict(each)) for e164, each in tries.items()],
            current=current,
            staff_id=HANDLER,
        )
        if decision.mark_wrong:
            known_wrong.add(current)
        if decision.state not in OPEN_STATES:
            break
        assert decision.due_at is not None
        assert decision.next_number is not None
        now, current = decision.due_at, decision.next_number
    assert decision.state in FINAL_STATES | {State.WITHOUT_NUMBER}
    assert sum(each.total() for each in tries.values()) <= count * (4 + 4 + 2 + 1)
