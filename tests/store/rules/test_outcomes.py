"""The words of a call, their keys, and the table of policies an office starts with and may change."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.kinds import OUTCOME_KEYS, Kind
from store.rules.outcomes import (
    CHANNEL_KEYS,
    DEFAULT_POLICIES,
    ELSEWHERE_STATES,
    FINAL_STATES,
    KEYS,
    MOST_TRIES_LIMIT,
    NOT_YET_KEYS,
    OPEN_STATES,
    OTHER_KEYS,
    Channel,
    Delay,
    DelayKind,
    NotYetReason,
    NumberEffect,
    Outcome,
    Policy,
    PolicyError,
    State,
)
from store.rules.policies import policies_from_json, policies_to_json

OF_OTHER_CAMPAIGNS = {
    Outcome.INFORMED,
    Outcome.SETTLED,
    Outcome.ACCOUNT_OK,
    Outcome.ACCOUNT_WRONG,
    Outcome.ACCOUNT_NAME,
}


def test_every_outcome_has_exactly_one_key() -> None:
    assert list(KEYS) == list("123456789")
    reached = [*KEYS.values(), *OTHER_KEYS.values()]
    assert len(reached) == len(set(reached))
    assert set(reached) == set(Outcome) - OF_OTHER_CAMPAIGNS


def test_each_kind_of_campaign_has_its_nine_keys() -> None:
    for kind in Kind:
        assert list(OUTCOME_KEYS[kind]) == list("123456789")
        assert len(set(OUTCOME_KEYS[kind].values())) == 9
        assert [OUTCOME_KEYS[kind][key] for key in "123459"] == [KEYS[key] for key in "123459"]
    used = {outcome for keys in OUTCOME_KEYS.values() for outcome in keys.values()} | set(OTHER_KEYS.values())
    assert used == set(Outcome)


def test_the_keys_are_those_of_the_card() -> None:
    assert "".join(OTHER_KEYS) == "tkmnp"
    assert {key: channel.value for key, channel in CHANNEL_KEYS.items()} == {
        "k": "office",
        "l": "lapak_asik",
        "j": "jmo",
        "enter": "unsaid",
    }
    assert set(CHANNEL_KEYS.values()) == set(Channel)
    assert "".join(key for key in NOT_YET_KEYS if len(key) == 1) == "bpkd"
    assert set(NOT_YET_KEYS.values()) == set(NotYetReason)


def test_each_state_is_open_elsewhere_or_final() -> None:
    kinds = [OPEN_STATES, ELSEWHERE_STATES, FINAL_STATES]
    assert frozenset().union(*kinds) == frozenset(State)
    assert sum(len(kind) for kind in kinds) == len(State)


def test_the_office_starts_with_the_tries_of_the_design() -> None:
    counted = {outcome: policy.most_tries for outcome, policy in DEFAULT_POLICIES.items() if policy.most_tries}
    assert counted == {Outcome.NO_ANSWER: 5, Outcome.BUSY: 5, Outcome.UNREACHABLE: 3}
    wrong = {outcome for outcome, policy in DEFAULT_POLICIES.items() if policy.number_effect is NumberEffect.WRONG}
    assert wrong == {Outcome.WRONG_NUMBER, Outcome.UNREGISTERED, Outcome.MOVED}
    assert {outcome for outcome, policy in DEFAULT_POLICIES.items() if policy.final} == {
        Outcome.REFUSED,
        Outcome.DECEASED,
        *OF_OTHER_CAMPAIGNS,
    }


def build(fields: dict[str, Any]) -> Policy:
    """A retry next working day, changed in the fields under test."""
    plain: dict[str, Any] = {"state": State.RETRY, "delay": Delay(DelayKind.WORKING_DAYS, 1)}
    return Policy(**plain | fields)


SPENT: dict[str, Any] = {"number_effect": NumberEffect.SPENT, "most_tries": 3, "when_spent": State.EXHAUSTED}


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("state-not-a-choice", {"state": State.NEW}),
        ("state-not-a-choice", {"state": State.EXHAUSTED}),
        ("callback-needs-chosen-time", {"state": State.CALLBACK}),
        ("callback-needs-chosen-time", {"delay": Delay(DelayKind.CHOSEN)}),
        ("delay-without-next-call", {"state": State.DONE}),
        ("rotation-without-next-call", {"state": State.DONE, "delay": Delay(DelayKind.NOW), "rotates_part": True}),
        ("no-delay", {"delay": Delay(DelayKind.NOW)}),
        ("no-delay", SPENT | {"delay": Delay(DelayKind.NOW)}),
        ("tries-out-of-range", {"most_tries": 3}),
        ("tries-out-of-range", SPENT | {"most_tries": 0}),
        ("tries-out-of-range", SPENT | {"most_tries": MOST_TRIES_LIMIT + 1}),
        ("spent-without-effect", {"when_spent": State.EXHAUSTED}),
        ("spent-needs-state", SPENT | {"when_spent": None}),
        ("spent-needs-state", SPENT | {"when_spent": State.DONE}),
        ("number-effect-needs-retry", SPENT | {"state": State.LATER}),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(code: str, fields: dict[str, Any]) -> None:
    with pytest.raises(PolicyError) as caught:
        build(fields)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("kind", "amount"),
    [
        (DelayKind.NOW, 1),
        (DelayKind.MINUTES, 0),
        (DelayKind.MINUTES, -30),
        (DelayKind.WORKING_DAYS, 61),
        (DelayKind.DAYS, 400),
        (DelayKind.MONTHS, 1000),
    ],
)
def test_a_delay_nobody_means_is_refused(kind: DelayKind, amount: int) -> None:
    with pytest.raises(PolicyError) as caught:
        Delay(kind, amount)
    assert caught.value.code == "delay-out-of-range"


def test_the_table_survives_being_kept() -> None:
    assert policies_from_json(policies_to_json(DEFAULT_POLICIES)) == dict(DEFAULT_POLICIES)


@given(st.integers(1, MOST_TRIES_LIMIT), st.integers(1, 480), st.booleans())
def test_a_changed_table_survives_being_kept(tries: int, minutes: int, rotates: bool) -> None:
    busy = Policy(
        State.RETRY, Delay(DelayKind.MINUTES, minutes), NumberEffect.SPENT, tries, rotates, State.WITHOUT_NUMBER
    )
    changed = {**DEFAULT_POLICIES, Outcome.BUSY: busy, Outcome.OBSTACLE: Policy(State.DONE)}
    assert policies_from_json(policies_to_json(changed)) == changed


def changed_table(outcome: str, **fields: object) -> str:
    """The default table as text with some fields of one outcome changed."""
    table = json.loads(policies_to_json(DEFAULT_POLICIES))
    table[outcome] |= fields
    return json.dumps(table)


@pytest.mark.parametrize(
    ("outcome", "fields", "code", "field"),
    [
        ("busy", {"most_tries": "5"}, "value-unknown", "most_tries"),
        ("busy", {"most_tries": True}, "value-unknown", "most_tries"),
        ("busy", {"most_tries": 5.5}, "value-unknown", "most_tries"),
        ("busy", {"most_tries": 0}, "tries-out-of-range", "most_tries"),
        ("busy", {"state": "waiting"}, "value-unknown", "state"),
        ("busy", {"state": []}, "value-unknown", "state"),
        ("busy", {"rotates_part": 1}, "value-unknown", "rotates_part"),
        ("busy", {"delay": {"kind": "minutes"}}, "field-missing", "amount"),
        ("busy", {"delay": {"kind": "weeks", "amount": 1}}, "value-unknown", "delay"),
        ("busy", {"delay": {"kind": "minutes", "amount": 9999}}, "delay-out-of-range", "delay"),
        ("busy", {"delay": 30}, "not-a-table", "delay"),
        ("busy", {"tries": 3}, "field-unknown", "tries"),
        ("not_yet", {"state": "callback", "delay": {"kind": "chosen", "amount": 0}}, "state-not-a-choice", "state"),
        ("callback", {"state": "later", "delay": {"kind": "days", "amount": 1}}, "state-fixed", "state"),
        ("deceased", {"state": "retry", "delay": {"kind": "days", "amount": 1}}, "state-fixed", "state"),
        ("says_claimed", {"state": "done"}, "state-fixed", "state"),
    ],
)
def test_a_mistake_in_the_table_is_named(outcome: str, fields: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policies_from_json(changed_table(outcome, **fields))
    assert (caught.value.code, caught.value.field, caught.value.outcome) == (code, field, outcome)


def test_a_table_is_whole_or_refused() -> None:
    table = json.loads(policies_to_json(DEFAULT_POLICIES))
    without = {key: value for key, value in table.items() if key != "moved"}
    beside = table | {"asleep": table["busy"]}
    for text, code, outcome in [
        (json.dumps(without), "outcome-missing", "moved"),
        (json.dumps(beside), "outcome-unknown", "asleep"),
        ("[]", "not-a-table", ""),
        ("{", "not-json", ""),
        ("[" * 100_000, "not-json", ""),
    ]:
        with pytest.raises(PolicyError) as caught:
            policies_from_json(text)
        assert (caught.value.code, caught.value.outcome) == (code, outcome)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(list(Outcome)), st.dictionaries(st.sampled_from(["state", "delay", "most_tries"]), _JSON))
def test_no_table_breaks_the_reader(outcome: Outcome, fields: dict[str, object]) -> None:
    try:
        policies = policies_from_json(changed_table(outcome.value, **fields))
    except PolicyError as refused:
        assert refused.outcome == outcome.value
    else:
        assert policies_from_json(policies_to_json(policies)) == policies
