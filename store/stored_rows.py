"""A row as its columns hold it, and as the trail tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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


def payloads_added(model: type[Table], rows: Sequence[Sequence[Any]]) -> list[str]:
    """The `payload` of each of many rows that were added, given as `whole_rows` gives them: column by column."""
    names = list(_defaults(model))
    told = dict(zip(names, map(_json_column, zip(*rows, strict=True)), strict=True))
    form = '{"after":{' + ",".join(f'"{name}":%s' for name in sorted(names)) + '},"before":null}'
    return [form % row for row in zip(*(told[name] for name in sorted(names)), strict=True)]


def payload_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The `payload` of a row of which these columns were changed: the same text, for thousands of rows."""
    names = sorted(after)
    return _form_changed(tuple(names)) % tuple(
        [_JSON.get(type(value := row[name]), _ENCODER.encode)(value) for row in (after, before) for name in names]
    )


@cache
def _form_changed(names: tuple[str, ...]) -> str:
    row = ",".join(f'"{name}":%s' for name in names)
    return f'{{"after":{{{row}}},"before":{{{row}}}}}'


def _json_column(column: Sequence[Any]) -> list[str]:
    """Of most columns all values are of one kind, and of many all are the same one."""
    encode = _JSON.get(type(column[0]))
    if encode is None or len(set(map(type, column))) > 1:
        return [_JSON.get(type(value), _ENCODER.encode)(value) for value in column]
    if column.count(column[0]) == len(column):
        return [encode(column[0])] * len(column)
    return list(map(encode, column))


def stored(model: type[Table], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the column holds them, so that what the audit says compares exactly with what is found later."""
    kinds = _kinds(model)
    found = {}
    for name, value in values.items():
        kind, convert = kinds[name]
        found[name] = value if value is None or type(value) is kind else convert(value)
    return found


def stored_changes(
    model: type[Table], row: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of these values those that are others than in the row: as they were, and as they will be held."""
    kinds, before, after = _kinds(model), dict[str, Any](), dict[str, Any]()
    for name, value in values.items():
        kind, convert = kinds[name]
        old = row[name]
        if old is not None and type(old) is not kind:
            old = convert(old)
        new = value if value is None or type(value) is kind else convert(value)
        if new != old:
            before[name], after[name] = old, new
    return before, after


def whole_rows(model: type[Table], rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Rows to be added as they will be held, in the order of the table: all columns but the id, those that are not
    given with their defaults.
    """
    defaults, kinds = _defaults(model), _kinds(model)
    given = set[str]().union(*rows)
    unknown = sorted(given - kinds.keys())
    if unknown:
        raise KeyError(unknown[0])
    made = []
    for name, default in defaults.items():
        kind, convert = kinds[name]
        column = [row.get(name, default) for row in rows] if name in given else [default] * len(rows)
        if not set(map(type, column if name in given else column[:1])) <= {kind, type(None)}:
            column = [value if value is None or type(value) is kind else convert(value) for value in column]
        made.append(column)
    return list(zip(*made, strict=True))


def whole(model: type[Table], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same with the names."""
    names = list(_defaults(model))
    return [dict(zip(names, row, strict=True)) for row in whole_rows(model, rows)]


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
