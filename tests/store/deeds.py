"""Every deed of the store's door, found by reflection, and arguments for each: so that none is forgotten by a test."""

from __future__ import annotations

import builtins
import dataclasses
import importlib
import inspect
import types
import typing
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import store
from store import Store
from store.rules.dates import Period, parse_period
from tests.store.office import wib

PERIOD = parse_period("2023-07")
DAY = date(2023, 7, 31)


def every_deed() -> dict[str, Callable[..., Any]]:
    """`desk.deed` of all public coroutines of all desks."""
    found = {}
    for desk, (module, name) in store._DESKS.items():
        kind = getattr(importlib.import_module(module), name)
        for deed, function in inspect.getmembers(kind, inspect.iscoroutinefunction):
            if not deed.startswith("_"):
                found[f"{desk}.{deed}"] = function
    return found


Known = Mapping[str, Any]
"""What stands in the office: by name of an argument (`card`) or of a deed's (`imports.apply plan`)."""


def arguments(deed: str, function: Callable[..., Any], known: Known) -> dict[str, Any]:
    """Something of the right shape for each argument that must be given, and for those that `known` names."""
    hints, parameters = _asked_of(function)
    given = {}
    for each in parameters:
        for key in (f"{deed} {each.name}", each.name):
            if key in known:
                given[each.name] = known[key]
                break
        else:
            if each.default is inspect.Parameter.empty:
                given[each.name] = _made(hints[each.name])
    return given


@cache
def _asked_of(function: Callable[..., Any]) -> tuple[dict[str, Any], list[inspect.Parameter]]:
    """The types of a deed's arguments, and the arguments."""
    module = inspect.getmodule(function)
    names = _Names({**vars(builtins), **vars(typing), **vars(module), "Collection": Collection})
    return typing.get_type_hints(function, {}, names), list(inspect.signature(function).parameters.values())[1:]


class _Names(dict[str, Any]):
    """The names of a module; what it imports for its annotations alone is anything."""

    def __missing__(self, _name: str) -> object:
        return object


def _made(hint: Any) -> Any:
    """A value of a type: 1, 'x', the day of the tests, or a row of such values."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _made(next(each for each in typing.get_args(hint) if each is not types.NoneType))
    if origin is tuple:
        return tuple(_made(each) for each in typing.get_args(hint) if each is not ...)
    if origin is not None and issubclass(origin, Mapping):
        return dict([tuple(map(_made, typing.get_args(hint)))])
    if origin is not None and issubclass(origin, Callable):  # type: ignore[arg-type]
        return lambda *_: ["x"]
    if origin is not None:
        return [_made(each) for each in typing.get_args(hint)]
    plain: dict[Any, Any] = {
        int: 1,
        str: "x",
        bool: True,
        bytes: b"%PDF-",
        float: 1.0,
        date: DAY,
        datetime: wib(31, 10),
        Period: PERIOD,
        Path: Path("x"),
        object: 1,
        Any: 1,
    }
    if hint in plain:
        return plain[hint]
    if issubclass(hint, Enum):
        return next(iter(hint))
    hints = typing.get_type_hints(hint, vars(importlib.import_module(hint.__module__)) | {"date": date})
    needed = [
        each
        for each in dataclasses.fields(hint)
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    ]
    return hint(**{each.name: _made(hints[each.name]) for each in needed})


async def ask(opened: Store, deed: str, given: Mapping[str, Any]) -> Any:
    desk, _, name = deed.partition(".")
    return await getattr(getattr(opened, desk), name)(**given)
