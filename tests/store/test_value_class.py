"""A value class is what a frozen dataclass with slots is, whichever of its functions is called first."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from store.value_class import value_class, write_all


class Plain:
    """A person's number, and what is known of it."""

    kpj: str
    tries: int = 0
    marks: list[str] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        if self.tries < 0:
            raise ValueError(self.tries)


class Named:
    """One that says itself what it looks like."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


def both(source: type[Any]) -> tuple[type[Any], type[Any]]:
    """The same class made in both ways."""
    own = {name: value for name, value in vars(source).items() if name not in ("__dict__", "__weakref__")}
    made = [type(source.__name__, (), dict(own)) for _ in range(2)]
    return value_class(made[0]), dataclass(frozen=True, slots=True)(made[1])


USES: list[Callable[[Any], object]] = [
    lambda kind: repr(kind("1", 2, ["a"])),
    lambda kind: (kind("1", 2) == kind("1", 2, ["a"]), kind("1") == kind("2"), kind("1") == "1"),
    lambda kind: (hash(kind("1", 2)), len({kind("1"), kind("1"), kind("2")})),
    lambda kind: (asdict(replace(kind("1"), tries=3)), [each.name for each in fields(kind)], kind.__match_args__),
    lambda kind: (hasattr(kind("1"), "__dict__"), kind("1").marks is kind("1").marks),
    lambda kind: repr(copy.deepcopy(kind("1", 2, ["a"]))),
]


@pytest.mark.parametrize("use", USES)
def test_does_what_a_frozen_dataclass_does(use: Callable[[Any], object]) -> None:
    ours, plain = both(Plain)
    assert use(ours) == use(plain)


def test_refuses_what_a_frozen_dataclass_refuses() -> None:
    ours, _plain = both(Plain)
    row = ours("1")
    for wrong in (lambda: setattr(row, "kpj", "2"), lambda: delattr(row, "kpj"), lambda: setattr(row, "other", 1)):
        with pytest.raises(FrozenInstanceError):
            wrong()
    with pytest.raises(TypeError, match="kpj"):
        ours()
    with pytest.raises(ValueError, match="-1"):
        ours("1", -1)


def test_keeps_what_a_class_says_itself() -> None:
    ours, plain = both(Named)
    assert repr(ours("siti")) == repr(plain("siti")) == "<siti>"


@value_class
class Kept:
    """Of a module, so that it can be kept."""

    kpj: str
    tries: int = 0


def test_can_be_kept_and_read_again() -> None:
    assert pickle.loads(pickle.dumps(Kept("1", 2))) == Kept("1", 2)


def test_all_can_be_written_before_anybody_calls_them() -> None:
    ours, plain = both(Plain)
    waiting = vars(ours)["__init__"]
    write_all()
    assert vars(ours)["__init__"] is not waiting
    assert waiting.__name__ == "first"
    for use in USES:
        assert use(ours) == use(plain)
    named = both(Named)[0]
    write_all()
    assert repr(named("Siti")) == "<Siti>"
