"""Frozen values, made in a tenth of the time that `dataclass(frozen=True, slots=True)` takes.

That writes and compiles eight functions for each class, nearly a millisecond of every start, and Loket has hundreds of
such classes of which a start uses a few. A value class is such a dataclass too (`fields`, `replace` and `asdict` know
it), but its functions are written by the first one of them that is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields
from functools import partial
from typing import Any, Final, TypeVar, dataclass_transform

T = TypeVar("T")

_LATER: Final = ("__init__", "__repr__", "__eq__", "__hash__")
_NOT_COPIED: Final = frozenset({"__dict__", "__weakref__"})
_unwritten: Final[dict[type[Any], Callable[[], None]]] = {}
"""Value classes whose functions nobody has called yet, with what writes them."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value_class(cls: type[T]) -> type[T]:
    """Makes a class of frozen values with slots. A class that others extend stays a dataclass, and so do those."""
    own = {name: value for name, value in vars(cls).items() if name not in _NOT_COPIED}
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    shared = {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _set_state}
    later = {name: _later(made, name) for name in _LATER if name not in own}
    for name, function in {**shared, **later}.items():
        setattr(made, name, function)
    _unwritten[made] = partial(_write, made, own)
    return made


def _later(made: type[Any], name: str) -> Any:
    """What stands for a function until the first call of any of them: it has them all written, then calls its own."""

    def first(self: object, *args: object, **kwargs: object) -> Any:
        write = _unwritten.get(made)
        if write is not None:  # else another thread has had them written just now
            write()
        return getattr(made, name)(self, *args, **kwargs)

    return first


def _write(made: type[Any], own: dict[str, Any]) -> None:
    whole: type[Any] = dataclass(frozen=True)(type(made.__name__, made.__bases__, dict(own)))
    for name in _LATER:
        if name not in own:
            setattr(made, name, vars(whole)[name])
    _unwritten.pop(made, None)


def write_all() -> None:
    """Writes the functions of every value class there is: for a process that has time now and none later."""
    for write in list(_unwritten.values()):
        write()


def _refuse(self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
