"""What may be typed on the settings screen, and what is refused with which reason."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.callbacks import callback_presets
from store.rules.hours import DEFAULT_WEEK, CalendarError, DayHours, OfficeCalendar
from store.rules.outcomes import DEFAULT_POLICIES, Delay, DelayKind, Outcome, Policy, PolicyError, State
from store.rules.policies import policies_from_json, policies_to_json
from store.rules.policy_edits import (
    STATES,
    read_delay,
    with_delay,
    with_rotation,
    with_spent,
    with_state,
    with_tries,
)
from store.rules.presets import PresetError, Presets, check_open, presets_from_plain, presets_to_plain
from store.rules.typed_hours import read_amount, read_clock, read_day, read_days, read_hours
from tests.store.rules.office import CALENDAR, shown, wib

# The outcome table


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("45", Delay(DelayKind.MINUTES, 45)),
        ("2k", Delay(DelayKind.WORKING_DAYS, 2)),
        ("14 h", Delay(DelayKind.DAYS, 14)),
        ("3B", Delay(DelayKind.MONTHS, 3)),
        (" 90m ", Delay(DelayKind.MINUTES, 90)),
        ("0", Delay(DelayKind.NOW)),
    ],
)
def test_a_delay_is_a_number_and_a_letter(text: str, delay: Delay) -> None:
    assert read_delay(text, Delay(DelayKind.MINUTES, 30)) == delay


@pytest.mark.parametrize(
    ("outcome", "text", "code"),
    [
        (Outcome.BUSY, "besok", "delay-unreadable"),
        (Outcome.BUSY, "", "delay-unreadable"),
        (Outcome.BUSY, "٣", "delay-unreadable"),
        (Outcome.BUSY, "481", "delay-out-of-range"),
        (Outcome.BUSY, "0", "no-delay"),
        (Outcome.NO_ANSWER, "5", "delay-unit-missing"),
        (Outcome.CALLBACK, "5m", "callback-needs-chosen-time"),
        (Outcome.REFUSED, "5h", "delay-without-next-call"),
        (Outcome.NOT_YET, "25", "delay-out-of-range"),
    ],
)
def test_a_delay_that_cannot_be_followed_is_refused(outcome: Outcome, text: str, code: str) -> None:
    with pytest.raises(PolicyError) as refused:
        with_delay(outcome, DEFAULT_POLICIES[outcome], text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("outcome", "text", "code"),
    [
        (Outcome.NO_ANSWER, "0", "tries-out-of-range"),
        (Outcome.NO_ANSWER, "51", "tries-out-of-range"),
        (Outcome.NO_ANSWER, "x", "tries-out-of-range"),
        (Outcome.WILL_CLAIM, "3", "tries-not-counted"),
    ],
)
def test_tries_that_make_no_sense_are_refused(outcome: Outcome, text: str, code: str) -> None:
    with pytest.raises(PolicyError) as refused:
        with_tries(outcome, DEFAULT_POLICIES[outcome], text)
    assert refused.value.code == code


def test_tries_change_nothing_else() -> None:
    before = DEFAULT_POLICIES[Outcome.NO_ANSWER]
    after = with_tries(Outcome.NO_ANSWER, before, "8")
    assert (after.most_tries, after.delay, after.rotates_part) == (8, before.delay, before.rotates_part)


def test_a_call_again_after_a_refusal_comes_with_a_delay_and_goes_with_it() -> None:
    again = with_state(Outcome.REFUSED, DEFAULT_POLICIES[Outcome.REFUSED], State.LATER)
    assert again.delay == Delay(DelayKind.WORKING_DAYS, 1)
    assert with_state(Outcome.REFUSED, again, State.DONE) == DEFAULT_POLICIES[Outcome.REFUSED]


@pytest.mark.parametrize(
    ("outcome", "state", "code"),
    [
        (Outcome.DECEASED, State.RETRY, "state-fixed"),
        (Outcome.SAYS_CLAIMED, State.DONE, "state-fixed"),
        (Outcome.NO_ANSWER, State.DONE, "number-effect-needs-retry"),
        (Outcome.WILL_CLAIM, State.EXHAUSTED, "state-not-a-choice"),
    ],
)
def test_what_cannot_follow_is_refused(outcome: Outcome, state: State, code: str) -> None:
    with pytest.raises(PolicyError) as refused:
        with_state(outcome, DEFAULT_POLICIES[outcome], state)
    assert refused.value.code == code


def test_numbers_used_up_lead_to_one_end_or_the_other() -> None:
    busy = with_spent(Outcome.BUSY, DEFAULT_POLICIES[Outcome.BUSY])
    assert busy.when_spent is State.WITHOUT_NUMBER
    assert with_spent(Outcome.BUSY, busy).when_spent is State.EXHAUSTED


Edit = st.one_of(
    st.tuples(st.just("delay"), st.from_regex("[0-9]{1,3}[mkwhdb]?", fullmatch=True)),
    st.tuples(st.just("tries"), st.from_regex("[0-9]{1,2}", fullmatch=True)),
    st.tuples(st.just("rotation"), st.just("")),
    st.tuples(st.just("spent"), st.just("")),
    st.tuples(st.just("state"), st.sampled_from(STATES)),
)


def _edited(outcome: Outcome, policy: Policy, what: str, value: str) -> Policy:
    match what:
        case "delay":
            return with_delay(outcome, policy, value)
        case "tries":
            return with_tries(outcome, policy, value)
        case "rotation":
            return with_rotation(outcome, policy)
        case "spent":
            return with_spent(outcome, policy)
        case _:
            return with_state(outcome, policy, State(value))


@given(st.sampled_from(list(Outcome)), st.lists(Edit, max_size=6))
def test_whatever_is_edited_the_table_can_be_kept_and_read_back(outcome: Outcome, edits: list[tuple[str, str]]) -> None:
    policy = DEFAULT_POLICIES[outcome]
    for what, value in edits:
        try:
            policy = _edited(outcome, policy, what, value)
        except PolicyError as refused:
            assert refused.code
    table = {**DEFAULT_POLICIES, outcome: policy}
    assert policies_from_json(policies_to_json(table)) == table


# Presets


def test_the_office_moves_the_hours_of_the_presets() -> None:
    hours = Presets(timedelta(hours=1), time(16), time(8, 15), time(14), time(10))
    moved = callback_presets(wib(23, 9), CALENDAR, hours)
    assert [shown(at) for at in moved.values()] == [
        "23/11 10.00",
        "23/11 16.00",
        "24/11 08.15",
        "24/11 14.00",
        "01/12 10.00",
    ]


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"soon": timedelta(minutes=14)}, "span-out-of-range", "1"),
        ({"soon": timedelta(hours=9)}, "span-out-of-range", "1"),
        ({"afternoon": time(11, 59)}, "not-afternoon", "2"),
        ({"morning": time(12)}, "not-morning", "3"),
        ({"midday": time(9, 30)}, "order", "4"),
        ({"monday": time(13)}, "not-morning", "5"),
    ],
)
def test_a_preset_keeps_the_meaning_of_its_key(changes: dict[str, time], code: str, key: str) -> None:
    with pytest.raises(PresetError) as refused:
        Presets(**changes)  # type: ignore[arg-type]  # one of the cases is a span
    assert (refused.value.code, refused.value.key) == (code, key)


@pytest.mark.parametrize(("clock", "key"), [(time(17), "2"), (time(7, 59), "3"), (time(12, 30), "4"), (time(7), "5")])
def test_a_preset_lies_inside_the_hours_of_the_office(clock: time, key: str) -> None:
    name = {"2": "afternoon", "3": "morning", "4": "midday", "5": "monday"}[key]
    with pytest.raises(PresetError) as refused:
        check_open(Presets(**{name: clock}), key, DEFAULT_WEEK)  # type: ignore[arg-type]  # never the span
    assert (refused.value.code, refused.value.key) == ("closed", key)


@given(
    st.integers(15, 480),
    st.times(time(12), time(23, 59)),
    st.times(time(0), time(11, 0)),
    st.integers(1, 300),
)
def test_presets_are_read_back_as_they_were_kept(span: int, afternoon: time, morning: time, later: int) -> None:
    afternoon, morning = afternoon.replace(second=0, microsecond=0), morning.replace(second=0, microsecond=0)
    at = morning.hour * 60 + morning.minute + later
    presets = Presets(timedelta(minutes=span), afternoon, morning, time(at // 60, at % 60), morning)
    assert presets_from_plain(presets_to_plain(presets)) == presets


# Hours, days, amounts


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8-12 13-17", DayHours(time(8), time(17), time(12), time(13))),
        ("08.30-11.30, 13.30-17.00", DayHours(time(8, 30), time(17), time(11, 30), time(13, 30))),
        ("8:00 - 14:00", DayHours(time(8), time(14))),
        ("8 sd 12", DayHours(time(8), time(12))),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: DayHours) -> None:
    assert read_hours(text) == hours
    assert OfficeCalendar({0: hours}).week[0] == hours


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "hours-unreadable"),
        ("tutup", "hours-unreadable"),
        ("25-26", "clock-unreadable"),
        ("17-8", "hours-disorder"),
        ("8-13 12-17", "hours-disorder"),
        ("٨-١٢", "hours-unreadable"),
    ],
)
def test_hours_that_make_no_day_are_refused(text: str, code: str) -> None:
    with pytest.raises(CalendarError) as refused:
        read_hours(text)
    assert refused.value.code == code


def test_a_clock_is_an_hour_with_or_without_minutes() -> None:
    assert [read_clock(text) for text in ("9", "09.30", "13:45")] == [time(9), time(9, 30), time(13, 45)]


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("7/8 rapat kerja", date(2023, 8, 7), "rapat kerja"),
        ("7-8-24 pindah", date(2024, 8, 7), "pindah"),
        ("07/08/2025", date(2025, 8, 7), ""),
    ],
)
def test_a_day_without_a_year_is_of_the_year_shown(text: str, day: date, name: str) -> None:
    assert read_day(text, 2023) == (day, name)


@pytest.mark.parametrize("text", ["", "besok", "31/2 x", "7", "7/13 x"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        read_day(text, 2023)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [("15000000", 15_000_000), ("Rp15.000.000", 15_000_000), ("15 juta", 15_000_000), ("rp 10,000,000,-", 10_000_000)],
)
def test_an_amount_is_read_in_whole_rupiah(text: str, rupiah: int) -> None:
    assert read_amount(text) == rupiah


@pytest.mark.parametrize("text", ["", "0", "-5", "15.5", "sepuluh", "9999999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1/8 14/8", date(2023, 8, 1), date(2023, 8, 14)),
        ("1/8 - 14/8", date(2023, 8, 1), date(2023, 8, 14)),
        ("3/8", date(2023, 8, 3), date(2023, 8, 3)),
        ("28/12 5/1", date(2023, 12, 28), date(2024, 1, 5)),
        ("1/8 31/7/2024", date(2023, 8, 1), date(2024, 7, 31)),
        ("20/12/2024 29/2", None, None),
        ("14/8 1/8", None, None),
        ("14/8 1/8/2023", None, None),
        ("2/1/2024 1/1", None, None),
    ],
)
def test_days_of_a_deputy_run_forward_and_over_new_year_only_where_that_is_near(
    text: str, first: date | None, last: date | None
) -> None:
    if first is not None:
        assert read_days(text, 2023) == (first, last)
    else:
        with pytest.raises(CalendarError) as refused:
            read_days(text, 2023)
        assert refused.value.code == ("day-unreadable" if "29/2" in text else "days-reversed")
