"""What every table shares: how an instant and a day lie in a column, the same on both databases.

Models are never bound to a database: one process may hold several offices open (tests do), so each query is executed
on the connection of the store it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, ClassVar

from peewee import BigAutoField, BigIntegerField, Field, Model, TextField


def millis(instant: datetime) -> int:
    """Whole milliseconds since 1970 of an aware instant, the nearest."""
    return round(instant.timestamp() * 1000)


class InstantField(BigIntegerField):
    """An aware UTC instant, kept as whole milliseconds since 1970."""

    def db_value(self, value: Any) -> int | None:
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("an instant needs its time zone")
            return millis(value)
        return None if value is None else int(value)

    def python_value(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromtimestamp(value / 1000, UTC)


class DayField(TextField):
    """A calendar day in the office's zone, kept as ISO text, so that it sorts and compares as it reads."""

    def db_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Table(Model):
    id = BigAutoField()
    version: ClassVar[Any]  # only on tables whose rows people edit


@cache
def columns(model: type[Table]) -> Mapping[str, Field]:
    """The model's fields by column name, in the order of the table."""
    return {field.column_name: field for field in model._meta.sorted_fields}


def table_name(model: type[Table]) -> str:
    return str(model._meta.table_name)
