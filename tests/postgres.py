"""A private PostgreSQL for one test run, as `bench.cluster` keeps one; its tests run as the plain role `loket`,
as an office would.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cluster import (
    INSTALL_HINT,
    ROLE,
    SUPERUSER,
    PostgresBrokenError,
    PostgresMissingError,
    find_binaries,
    role_url,
    running_server,
    start_server,
    stop_server,
)

__all__ = [
    "INSTALL_HINT",
    "PREPARED",
    "Cluster",
    "PostgresBrokenError",
    "PostgresMissingError",
    "find_binaries",
    "running_cluster",
]

PREPARED = "prepared"
"""The database that has today's tables already: a copy of it is there sooner than fifteen steps of migration."""
_SIZES = (
    "SELECT relname, pg_table_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_LARGE = 1_000_000  # bytes of one table: statistics of so many rows are no start for the next test
_FROM_THE_FIRST = (
    "SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences"
    " WHERE schemaname = 'public' AND last_value IS NOT NULL"
)
_kept: dict[str, tuple[str, Any]] = {}
"""By cluster the emptied database of this process, and the connection that empties it: a new one would have to read
again what the tables are, for longer than the emptying takes."""
# Ordinary tests ask what is stored, not whether it survives a power cut.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "jit": "off",  # machine code for a query that runs once costs more than the query
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: its socket folder, as long as the process that asked for it lives."""

    sockets: str

    def url(self, database: str) -> str:
        """The URL of a database of this cluster, as LOKET_DATABASE_URL takes it."""
        return role_url(self.sockets, database)

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The URL of a new empty database that belongs to the plain role; dropped afterwards, whoever is connected."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with self._superuser() as connection:
            # Without fsync copying files takes a third of the time; before 15 there was only that, and no word for it.
            strategy = "STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
            connection.execute(f'CREATE DATABASE "{name}" OWNER "{ROLE}" {strategy}')
        try:
            yield self.url(name)
        finally:
            with self._superuser() as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def emptied_database(self) -> Iterator[str]:
        """The URL of a database with today's tables and nobody in them, as `PREPARED`.

        This process keeps one and empties it after each use: that takes a tenth of the time of a new one. One that was
        filled with thousands of rows, or whose tables are others by now, is dropped.
        """
        name, keeper = _kept.pop(self.sockets, ("", None))
        if keeper is None:
            name = f"k{uuid.uuid4().hex[:12]}"
            with self._superuser() as connection:
                connection.execute(f'CREATE DATABASE "{name}" OWNER "{ROLE}" TEMPLATE "{PREPARED}"')
            keeper = self._superuser(name)
        try:
            yield self.url(name)
        finally:
            if _emptied(keeper):
                _kept[self.sockets] = name, keeper
            else:
                keeper.close()
                with self._superuser() as connection:
                    connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def away(self, url: str) -> Iterator[None]:
        """As if the server of this database were gone: who is connected is cut off, and nobody gets in."""
        name = url.removeprefix("postgresql:///").partition("?")[0]
        with self._superuser() as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            try:
                yield
            finally:
                connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    def stop(self) -> None:
        """The whole server ends at once. Only for a cluster that no other test uses."""
        stop_server(self.sockets)

    def start(self) -> None:
        """It is there again, with what was committed."""
        start_server(self.sockets, _SETTINGS)

    def prepare(self) -> None:
        """Makes the database of which others are copies: today's tables, and nobody in them."""
        from store.database import open_database

        with self._superuser() as connection:
            connection.execute(f'CREATE DATABASE "{PREPARED}" OWNER "{ROLE}"')
            database = open_database(self.url(PREPARED))
            database.connect()
            database.migrate()
            database.close()
            connection.execute(f'ALTER DATABASE "{PREPARED}" ALLOW_CONNECTIONS false')

    def _superuser(self, database: str = "postgres") -> Any:
        import psycopg  # slow to import, and not needed by the tests on SQLite

        return psycopg.connect(host=self.sockets, user=SUPERUSER, dbname=database, autocommit=True)


def _emptied(keeper: Any) -> bool:
    """`_empty`; not where the server was `away` for everybody meanwhile."""
    import psycopg

    try:
        return _empty(keeper)
    except psycopg.OperationalError:
        return False


def _empty(keeper: Any) -> bool:
    """Whether the database is again as it was: no other connection, no row in any table, all counts at the first."""
    from store.migrations import LATEST
    from store.schema import TABLES

    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    keeper.execute(f"SELECT pg_terminate_backend(pid, 10000) {others}")
    sizes = dict(keeper.execute(_SIZES).fetchall())
    if set(sizes) != {*TABLES, "loket_schema"} or max(sizes.values()) > _LARGE:
        return False
    if keeper.execute("SELECT version FROM loket_schema").fetchall() != [(LATEST,)]:
        return False
    keeper.execute("SET session_replication_role = replica")  # no order among the tables
    keeper.execute("; ".join(f'DELETE FROM "{table}"' for table in TABLES))
    keeper.execute(_FROM_THE_FIRST)
    return True


@contextmanager
def running_cluster(shared: Path) -> Iterator[Cluster]:
    """The cluster of this test run, started if need be; `shared` is a folder that all processes of the run see."""
    if find_binaries() is None:
        raise PostgresMissingError(INSTALL_HINT)
    with running_server(shared, _SETTINGS, prepare=lambda sockets: Cluster(sockets).prepare()) as sockets:
        yield Cluster(sockets)
