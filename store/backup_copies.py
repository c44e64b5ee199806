"""A copy of an office's data at one instant, and what is true of data: tables counted, the trail's head, the chain.

SQLite by the online backup API in one step inside a read transaction: writers wait for nothing, and what is counted is
exactly what is copied (facts.md "SQLite and PostgreSQL"). PostgreSQL by `pg_dump` on an exported snapshot.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee

from store.audit import verify_trail
from store.database import Database, SqliteDatabase, open_database
from store.errors import BackupRefused, DatabaseTrouble
from store.migrations import LATEST
from store.opening import NOBODY
from store.postgres import PostgresDatabase
from store.schema import TABLES
from store.snapshot import Snapshot
from store.value_class import value_class


@value_class
class Content:
    """What data hold: the schema's version, the head of the whole trail, the rows of each table."""

    version: int
    head: str  # hex SHA-256 over the end of every session's chain
    rows: dict[str, int]


@value_class
class Checked:
    """What was found in data that hold. A broken trail is no reason to have no backup; it is said."""

    content: Content
    trail_broken: bool


def content_of(database: Database) -> Content:
    """Within a reading transaction. Raises BackupRefused("newer") for a schema this Loket does not know."""
    version = database.version()
    if version > LATEST:
        raise BackupRefused("newer", str(version))
    # A copy of an earlier release may lack tables of today's; it counts what it has.
    counts = {name: _count(database, name) for name in sorted(_tables(database) & set(TABLES))}
    return Content(version, trail_head(database), counts)


def _tables(database: Database) -> set[str]:
    return set(database.peewee.get_tables())


def _count(database: Database, table: str) -> int:
    return int(database.peewee.execute_sql(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def trail_head(database: Database) -> str:
    """The end of every session's chain, in one value: any entry added, taken away or changed gives another."""
    digest = hashlib.sha256()
    for row in database.peewee.execute_sql("SELECT id, opening, seq, head FROM session ORDER BY id").fetchall():
        digest.update(json.dumps(list(row)).encode())
    return digest.hexdigest()


def copy_at_once(database: Database, into: Path) -> Content:
    """Writes the copy into a new file and returns what the source held at that very instant.

    Raises BackupRefused("no-program", "differs"…), DatabaseTrouble.
    """
    with database.reading():
        found = content_of(database)
        if isinstance(database, SqliteDatabase):
            _copy_file(database, into)
        else:
            assert isinstance(database, PostgresDatabase)
            snapshot = database.peewee.execute_sql("SELECT pg_export_snapshot()").fetchone()[0]
            conninfo, environment = _conninfo(database.url)
            options = ("--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges")
            _program("pg_dump", *options, f"--file={into}", f"--dbname={conninfo}", environment=environment)
    return found


def _copy_file(database: SqliteDatabase, into: Path) -> None:
    from cysqlite import OperationalError

    made = database.peewee.__class__(str(into), rank_functions=False)
    try:
        made.connect()
        database.peewee.connection().backup(made.connection(), pages=-1)
    except (peewee.DatabaseError, OperationalError) as error:
        made.close()
        raise not_written(into, database.path.stat().st_size, error) from error
    finally:
        made.close()


def not_written(file: Path, size: int, error: Exception) -> BackupRefused:
    """What to raise where a library cannot tell what stopped it ("not an error"): the system is asked for that room.

    Raises OSError when the system refuses it.
    """
    file.unlink(missing_ok=True)
    with file.open("wb") as probe:
        os.posix_fallocate(probe.fileno(), 0, max(1, size))
    return BackupRefused("copy-failed", str(file.parent), str(error))


def check_copy(file: Path, noted: Content | None, head: str) -> Checked:
    """Opens a copy of SQLite's and proves it: Loket's own, sound, complete, with that head.

    `head` is the trail's head or its first digits. Raises BackupRefused with what is wrong.
    """
    database = open_database(f"sqlite://{file.resolve()}")
    try:
        database.connect()
        for (said,) in database.rows("PRAGMA integrity_check(1)", ()):
            if said != "ok":
                raise BackupRefused("damaged", file.name, str(said).splitlines()[0])
        return check_data(database, noted, head)
    except DatabaseTrouble as error:
        raise BackupRefused("not-a-backup" if error.reason == "not-loket" else "damaged", file.name) from error
    except peewee.DatabaseError as error:
        raise BackupRefused("damaged", file.name) from error
    finally:
        database.close()


def check_data(database: Database, noted: Content | None, head: str) -> Checked:
    """The same for a database that is open already: all but the soundness of the file itself."""
    with database.reading():
        found = content_of(database)
        if found.version == 0 or not head or not found.head.startswith(head):
            raise BackupRefused("differs", "", "head")
        if noted is not None and noted != found:
            raise BackupRefused("differs", "", _difference(noted, found))
        return Checked(found, found.version == LATEST and trail_break(database))


def trail_break(database: Database) -> bool:
    """Whether any link of the trail does not hold. Within a reading transaction."""
    return verify_trail(Snapshot(database, 0, NOBODY, datetime.now(UTC))) is not None


def _difference(noted: Content, found: Content) -> str:
    names = sorted({*noted.rows, *found.rows})
    return next((name for name in names if noted.rows.get(name) != found.rows.get(name)), "version")


def check_dump(file: Path, noted: Content) -> None:
    """Whether pg_restore reads the dump, and finds data of every table in it. Raises BackupRefused."""
    try:
        listed = _program("pg_restore", "--list", str(file)).splitlines()
    except BackupRefused as error:
        if error.why == "no-program":
            raise
        raise BackupRefused("damaged", file.name, error.detail) from error
    tables = {line.split(" TABLE DATA ", 1)[1].split()[1] for line in listed if " TABLE DATA " in line}
    if missing := sorted(set(noted.rows) - tables):
        raise BackupRefused("differs", file.name, missing[0])


def restore_dump(file: Path, url: str) -> Database:
    """Puts a dump into an empty database, whole or not at all, and returns it connected.

    Raises BackupRefused("database-taken") when the database holds any table.
    """
    database = open_database(url)
    database.connect()
    try:
        if _tables(database):
            raise BackupRefused("database-taken")
        conninfo, environment = _conninfo(url)
        options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _program("pg_restore", *options, f"--dbname={conninfo}", str(file), environment=environment)
    except BaseException:
        database.close()
        raise
    return database


def empty_database(database: Database) -> None:
    """Takes everything of Loket's out of a scratch database again."""
    with database.writing():
        for table in sorted(_tables(database) & {*TABLES, "loket_schema"}):
            database.peewee.execute_sql(f'DROP TABLE "{table}" CASCADE')


def _conninfo(url: str) -> tuple[str, dict[str, str]]:
    """The URL for a program without its password, which stands in the environment: others see the arguments."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    password = parts.pop("password", None)
    return make_conninfo("", **parts), {"PGPASSWORD": str(password)} if password else {}


def _program(name: str, *arguments: str, environment: dict[str, str] | None = None) -> str:
    if shutil.which(name) is None:
        raise BackupRefused("no-program", name)
    done = subprocess.run(
        (name, *arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", **(environment or {})},
    )
    if done.returncode != 0:
        said = _first_line(done.stderr.splitlines())
        raise BackupRefused("full" if "No space left" in done.stderr else "program-failed", name, said)
    return done.stdout


def _first_line(lines: Sequence[str]) -> str:
    """What a program complained of first, without data: it may quote the row it stumbled over after `DETAIL`."""
    return next((line.strip()[:160] for line in lines if "error" in line), "")
