"""What a step is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Step = tuple[str | Callable[[Any], None], ...]
"""Statements, and calls with the database for what SQL cannot say; all in one transaction."""


def take_step(database: Any, step: Step) -> None:
    """Takes one step on a database (store.database), within its open transaction."""
    for statement in step:
        if callable(statement):
            statement(database)
        else:
            database.peewee.execute_sql(statement.format(**database.words))
