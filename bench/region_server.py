"""The PostgreSQL on which a region is measured: private, set up as the administrator's page says, its data kept.

What was filled once is used again by the next run; `remove` takes all of it away.
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
from bench.region_fill import fill, write_line

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
def region_server() -> Iterator[str]:
    """The sockets of the server, as long as anybody uses it. Raises PostgresMissingError."""
    if find_binaries() is None:
        raise PostgresMissingError(INSTALL_HINT)
    FOLDER.mkdir(exist_ok=True, mode=0o755)
    with running_server(FOLDER, SETTINGS, kept=FOLDER / "data") as sockets:
        yield sockets


def filled(sockets: str, people: int) -> str:
    """The URL of the region of so many people, filled now where it is not there yet."""
    name, unfinished = f"region_{people}", f"filling_{people}"
    with _superuser(sockets) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if there is None:
            connection.execute(f'DROP DATABASE IF EXISTS "{unfinished}"')
            connection.execute(f'CREATE DATABASE "{unfinished}" OWNER "{ROLE}"')
    if there is None:
        write_line(f"filling a region of {people:,} people:")
        asyncio.run(fill(role_url(sockets, unfinished), people, write_line))
        with _superuser(sockets) as connection:
            connection.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return role_url(sockets, name)


def remove() -> None:
    """Takes the data away; nobody may be using the server."""
    shutil.rmtree(FOLDER, ignore_errors=True)


def _superuser(sockets: str) -> psycopg.Connection[Any]:
    return psycopg.connect(host=sockets, user=SUPERUSER, dbname="postgres", autocommit=True)
