"""A row as its columns hold it, and as the trail tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from json.encoder import encode_basestring
from typing import Any, Final

from peewee import BooleanField, IntegerField, TextField

from store.schema import Table, columns

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_JSON: Final[Mapping[type, Callable[[Any], str]]] = {
    str: encode_basestring,
    int: str,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}
"""How the encoder writes the values of nearly all columns, which it takes a while to find out."""


def payload(content: Mapping[str, Any]) -> str:
    """What the trail says of one row: JSON in one form, whatever the order of what is given."""
    return _ENCODER.encode(content)


@cache
def payload_added(model: type[Table]) -> Callable[[Mapping[str, Any]], str]:
    """Makes the `payload` of whole rows that were added: the same text, for thousands of rows."""
    names = sorted(_defaults(model))
    form = '{"after":{' + ",".join(f'"{name}":%s' for name in names) + '},"before":null}'

    def made(row: Mapping[str, Any]) -> str:
        return form % tuple([_JSON.get(type(value := row[name]), _ENCODER.encode)(value) for name in names])

    return made


def stored(model: type[Table], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the column holds them, so that what the audit says compares exactly with what is found later."""
    kinds = _kinds(model)
    found = {}
    for name, value in values.items():
        kind, convert = kinds[name]
        found[name] = value if value is None or type(value) is kind else convert(value)
    return found


def whole(model: type[Table], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows to be added as they will be held: all columns but the id, those that are not given with their defaults."""
    defaults = _defaults(model)
    found = []
    for row in rows:
        made = stored(model, {**defaults, **row})
        made.pop("id", None)
        found.append(made)
    return found


@cache
def _defaults(model: type[Table]) -> Mapping[str, Any]:
    return {name: column.default for name, column in columns(model).items() if name != "id"}


@cache
def _kinds(model: type[Table]) -> Mapping[str, tuple[type, Callable[[Any], Any]]]:
    """By column the type whose values it holds as they are, and what makes other values into those."""
    kinds = ((TextField, str), (BooleanField, bool), (IntegerField, int))
    return {
        name: (next((kind for field, kind in kinds if isinstance(column, field)), type(None)), column.db_value)
        for name, column in columns(model).items()
    }
