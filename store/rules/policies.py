"""The policy table as the office keeps it: JSON out, and JSON in with every mistake named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from store.rules.outcomes import DEFAULT_POLICIES, Delay, DelayKind, NumberEffect, Outcome, Policy, PolicyError, State

_FIELDS: Final = frozenset({"state", "delay", "number_effect", "most_tries", "rotates_part", "when_spent"})
_DELAY_FIELDS: Final = frozenset({"kind", "amount"})
_UNCHANGEABLE: Final = (Outcome.CALLBACK, Outcome.DECEASED, Outcome.SAYS_CLAIMED)
"""Outcomes whose state is no choice: the card asks the first for a time, nobody rings the dead, and what a participant
says of a claim is looked up in Smile."""

_Word = TypeVar("_Word", bound=StrEnum)


def policies_to_json(policies: Mapping[Outcome, Policy]) -> str:
    """The whole table as one JSON object by outcome, in the order of the card."""
    return json.dumps({outcome.value: _to_plain(policies[outcome]) for outcome in Outcome}, indent=1)


def policies_from_json(text: str) -> dict[Outcome, Policy]:
    """Reads a table back. Every outcome must be there, with all of its fields and no others.

    Raises `PolicyError` for the first mistake, with its outcome and field; codes beyond those of `Policy`:
    not-json, not-a-table, outcome-missing, outcome-unknown, field-missing, field-unknown, value-unknown, state-fixed.
    """
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise PolicyError("not-json") from problem
    if not isinstance(table, dict):
        raise PolicyError("not-a-table")
    unknown = sorted(set(table) - {outcome.value for outcome in Outcome})
    if unknown:
        raise PolicyError("outcome-unknown", outcome=unknown[0])
    return {outcome: _read_outcome(outcome, table) for outcome in Outcome}


def check_policy(outcome: Outcome, policy: Policy) -> None:
    """Raises `PolicyError` for a policy that this outcome cannot have, however sound it is in itself."""
    if outcome in _UNCHANGEABLE and policy.state is not DEFAULT_POLICIES[outcome].state:
        raise PolicyError("state-fixed", "state")
    if outcome not in _UNCHANGEABLE and policy.state is State.CALLBACK:
        # Only the card of a callback asks for a time.
        raise PolicyError("state-not-a-choice", "state")


def _to_plain(policy: Policy) -> dict[str, Any]:
    return {
        "state": policy.state.value,
        "delay": {"kind": policy.delay.kind.value, "amount": policy.delay.amount},
        "number_effect": policy.number_effect.value,
        "most_tries": policy.most_tries,
        "rotates_part": policy.rotates_part,
        "when_spent": policy.when_spent.value if policy.when_spent else None,
    }


def _read_outcome(outcome: Outcome, table: dict[str, Any]) -> Policy:
    if outcome.value not in table:
        raise PolicyError("outcome-missing", outcome=outcome.value)
    try:
        policy = _read_policy(table[outcome.value])
        check_policy(outcome, policy)
    except PolicyError as problem:
        raise PolicyError(problem.code, problem.field, outcome.value) from problem
    return policy


def _read_policy(plain: Any) -> Policy:
    _expect_fields(plain, _FIELDS, "")
    delay = plain["delay"]
    _expect_fields(delay, _DELAY_FIELDS, "delay")
    if not isinstance(plain["rotates_part"], bool):
        raise PolicyError("value-unknown", "rotates_part")
    return Policy(
        state=_word(State, plain["state"], "state"),
        delay=Delay(_word(DelayKind, delay["kind"], "delay"), _whole(delay["amount"], "delay")),
        number_effect=_word(NumberEffect, plain["number_effect"], "number_effect"),
        most_tries=_whole(plain["most_tries"], "most_tries"),
        rotates_part=plain["rotates_part"],
        when_spent=None if plain["when_spent"] is None else _word(State, plain["when_spent"], "when_spent"),
    )


def _expect_fields(plain: Any, fields: frozenset[str], where: str) -> None:
    if not isinstance(plain, dict):
        raise PolicyError("not-a-table", where)
    for code, names in (("field-unknown", set(plain) - fields), ("field-missing", fields - set(plain))):
        if names:
            raise PolicyError(code, min(names))


def _word(kind: type[_Word], value: Any, field: str) -> _Word:
    try:
        return kind(value)
    except ValueError as problem:
        raise PolicyError("value-unknown", field) from problem


def _whole(value: Any, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PolicyError("value-unknown", field)
    return value
