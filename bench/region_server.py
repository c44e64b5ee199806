"""The PostgreSQL on which a region is measured: private, set up as the administrator's page says, its data kept.

What was filled once is used again by the next run, which measures a copy; `remove` takes all of it away.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from bench.cluster import (
    INSTALL_HINT,
    ROLE,
    SUPERUSER,
    PostgresMissingError,
    find_binaries,
    role_url,
    running_server,
)
from bench.measuring import say
from bench.region_fill import fill
from store.database import open_database
from store.migrations import LATEST

FOLDER: Final = Path(tempfile.gettempdir()) / "loket-bench-region"
SETTINGS: Final = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "512MB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "timezone": "UTC",
}
"""As docs/region.md says for a machine of 8 GB; connections and addresses aside."""


@contextmanager
def region(people: int) -> Iterator[str]:
    """The URL of a region of so many people as it was filled: a copy, since outcomes change it.

    Raises PostgresMissingError.
    """
    if find_binaries() is None:
        raise PostgresMissingError(INSTALL_HINT)
    FOLDER.mkdir(exist_ok=True, mode=0o755)
    with running_server(FOLDER, SETTINGS, kept=FOLDER / "data") as sockets, _superuser(sockets) as connection:
        kept, copy = _filled(sockets, people), f"measured_{people}"
        connection.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        connection.execute(f'CREATE DATABASE "{copy}" OWNER "{ROLE}" TEMPLATE "{kept}"')
        try:
            yield role_url(sockets, copy)
        finally:
            connection.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _filled(sockets: str, people: int) -> str:
    """The database of the region of so many people, filled now where it is not there yet."""
    name, unfinished = f"region_{people}", f"filling_{people}"
    with _superuser(sockets) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if there is None:
            connection.execute(f'DROP DATABASE IF EXISTS "{unfinished}"')
            connection.execute(f'CREATE DATABASE "{unfinished}" OWNER "{ROLE}"')
    if there is None:
        say(f"filling a region of {people:,} people:")
        asyncio.run(fill(role_url(sockets, unfinished), people, say))
        with _superuser(sockets) as connection:
            connection.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    _bring_up_to_date(role_url(sockets, name))
    return name


def _bring_up_to_date(url: str) -> None:
    """What an earlier release filled, with the steps since then, as tidy as what is filled today."""
    database = open_database(url)
    database.connect()
    old = database.version() < LATEST
    if old:
        database.migrate()
    database.close()
    if old:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM FULL person_quality")
            connection.execute("VACUUM FULL quality_group")
            connection.execute("VACUUM ANALYZE")


def remove() -> None:
    """Takes the data away; nobody may be using the server."""
    shutil.rmtree(FOLDER, ignore_errors=True)


def _superuser(sockets: str) -> psycopg.Connection[Any]:
    return psycopg.connect(host=sockets, user=SUPERUSER, dbname="postgres", autocommit=True)
