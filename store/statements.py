"""Queries that are asked at every call: put into SQL once, asked with other values each time.

Peewee puts a query together and into words anew whenever it is asked, which takes several times as long as SQLite takes
to answer it. A statement is written as any other query, by a function of the values that it is asked with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from peewee import Context, Node

from store.schema import Table

if TYPE_CHECKING:
    from store.database import Database

_MOST_VALUES: Final = 64
"""Of a statement that is asked with more, as once in a while with many ids, the words are not kept."""
Build = Callable[..., Any]
"""Makes the query, given the database that will be asked and a node for each value; the rest is its shape."""


class _Place(NamedTuple):
    """Where a value goes among the parameters, and how its column holds it."""

    which: int
    convert: Callable[[Any], Any] | None

    def of(self, values: Sequence[Any]) -> Any:
        value = values[self.which]
        return self.convert(value) if self.convert else value


class _Hole(Node):
    """Stands in a query for a value that is not yet known."""

    def __init__(self, which: int) -> None:
        self.which = which

    def __sql__(self, ctx: Context) -> Context:
        ctx.value(_Place(self.which, ctx.state.converter), converter=False)
        return ctx


class _Worded(NamedTuple):
    """A query in the SQL of one kind of database, with its parameters: values, and places of values to come."""

    model: type[Table]
    sql: str
    parameters: Sequence[Any]

    def filled(self, values: Sequence[Any]) -> list[Any]:
        return [each.of(values) if isinstance(each, _Place) else each for each in self.parameters]


class Asked:
    """A statement with the values of one asking; `Snapshot` takes it in place of a query."""

    def __init__(self, worded: Callable[[Database], _Worded], values: Sequence[Any]) -> None:
        self._worded = worded
        self._values = values

    def on(self, database: Database) -> tuple[type[Table], str, list[Any]]:
        """The table whose columns the rows have, the SQL for this database, and its parameters."""
        model, sql, parameters = worded = self._worded(database)
        return model, sql, worded.filled(self._values) if parameters else []


class Statement:
    """See `statement`."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._known: Final = dict[tuple[Any, ...], _Worded]()
        self.__doc__ = build.__doc__

    def __call__(self, *values: Any, **shape: Any) -> Asked:
        """Raises ValueError for None among the values: SQL says IS NULL then, which is another shape."""
        if None in values:
            raise ValueError(f"a value of {self._build.__name__} is None")
        return Asked(partial(self._in_words, len(values), tuple(shape.items())), values)

    def _in_words(self, count: int, shape: tuple[tuple[str, Any], ...], database: Database) -> _Worded:
        key = (type(database), count, shape)
        worded = self._known.get(key)
        if worded is None:
            query = self._build(database, *map(_Hole, range(count)), **dict(shape))
            worded = _Worded(query.model, *query.bind(database.peewee).sql())
            if count <= _MOST_VALUES:
                self._known[key] = worded
        return worded


def statement(build: Build) -> Statement:
    """A decorator. The function is called once for each kind of database, number of values, and shape (its arguments by
    name, which may decide how the query looks); a value may stand wherever a column is compared with one. The rows are
    converted by the fields of the query's own table; what is selected of a joined one comes as the database gives it.
    """
    return Statement(build)
