"""One look at the data, by one person at one instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, TypeVar, cast

from peewee import BaseQuery, Query

from store.database import Database
from store.errors import NotAllowed
from store.rules.hours import WIB
from store.statements import Asked
from store.value_class import value_class

_T = TypeVar("_T")


@value_class
class Actor:
    """The acting person with the roles of today."""

    staff_id: int
    login: str
    name: str
    section: str
    roles: frozenset[str]
    permissions: frozenset[str]
    alone: bool  # the only staff member there ever was: may approve their own work (contracts.md "First person")


class Snapshot:
    """A consistent look at the data by one person."""

    def __init__(self, database: Database, session_id: int, actor: Actor, now: datetime) -> None:
        self.database = database
        self.session_id = session_id
        self.actor = actor
        self.now = now
        self._remembered = dict[str, Any]()

    def remember(self, what: str, read: Callable[[], _T]) -> _T:
        """What is read once of the office's settings however often one look or change asks for it."""
        if what not in self._remembered:
            self._remembered[what] = read()
        return cast(_T, self._remembered[what])

    @cached_property
    def today(self) -> date:
        """The office's day (WIB) of this look."""
        return self.now.astimezone(WIB).date()

    @cached_property
    def day_start(self) -> datetime:
        """Midnight (WIB) of this look's day, as an instant."""
        return datetime.combine(self.today, time(), WIB).astimezone(UTC)

    def require(self, permission: str, *or_else: str) -> None:
        """Raises NotAllowed when the person's roles of today include none of these."""
        if self.actor.permissions.isdisjoint((permission, *or_else)):
            raise NotAllowed(str(permission), tuple(sorted(self.actor.roles)))

    def may(self, permission: str) -> bool:
        return permission in self.actor.permissions

    def dicts(self, query: Query | Asked) -> list[dict[str, Any]]:
        """The rows as mappings, with columns converted by their fields."""
        return list(self._query(query).dicts().bind(self.database.peewee))

    def one(self, query: Query | Asked) -> dict[str, Any] | None:
        """The first row; a statement says itself how many it is about."""
        rows = self.dicts(query if isinstance(query, Asked) else query.limit(1))
        return rows[0] if rows else None

    def tuples(self, query: Query | Asked) -> list[tuple[Any, ...]]:
        return list(self._query(query).tuples().bind(self.database.peewee))

    def scalar(self, query: Query | Asked) -> Any:
        row = self._cursor(query).fetchone()
        return None if row is None else row[0]

    def execute(self, query: Query | Asked) -> int:
        """A statement outside the audit (leases, drafts, sessions); the number of rows it touched."""
        return int(self._cursor(query).rowcount)

    def _query(self, query: Query | Asked) -> BaseQuery:
        if not isinstance(query, Asked):
            return query
        model, sql, values = query.on(self.database)
        return model.raw(sql, *values)

    def _cursor(self, query: Query | Asked) -> Any:
        if not isinstance(query, Asked):
            return self.database.peewee.execute(query)
        _model, sql, values = query.on(self.database)
        return self.database.peewee.execute_sql(sql, values)
