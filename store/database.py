"""SQLite or PostgreSQL from one URL, and everything in which the two differ: this module and no other.

SQLite: one file a home, a current build from the wheel (the system's has the WAL-reset bug before 3.51.3), WAL set once
at creation, `synchronous=FULL`, and an `flock` for a fair turn before each write, because SQLite's own waiting lets one
process starve. PostgreSQL: no turns, rows are locked one by one and other people's commits arrive by LISTEN.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import peewee

from store.errors import DatabaseTrouble
from store.faults import is_there, nearer, refuse_network
from store.migrations import LATEST, step
from store.migrations.step import take_step

if TYPE_CHECKING:
    from store.search_sets import Meant

APPLICATION_ID = 0x4C4F4B54  # "LOKT"
OLDEST_SOUND_SQLITE = (3, 51, 3)
BUSY_MS = 30_000
_PAGES_KIB = 2_000  # as SQLite has it
_ROOM_KIB = 32_000
_LOG_PAGES = 4_000  # after so many a write brings the log into the file
_LOG_BETWEEN = 2_000  # the same between two writes of long work: sooner, so that no write of others does it
_LOG_AT_MOST = 12_000  # where long work is kept from it by somebody who reads
_COMES_WITHIN = 0.05  # seconds; who waits and still does not come is stopped, or one of many
_LOOKS_EACH = 0.001
_EMPTIED_WITHIN = 20  # times that the log is tried to be emptied
TURN_FILES = ("-turn", "-wait")  # beside the file: who writes, and that somebody waits for that
CHANNEL = "loket_changed"
MIGRATION_LOCK = 5_604_001


class Database(Protocol):
    """One connection to one office's data, used by one thread only."""

    peewee: Any
    one_machine: ClassVar[bool]  # whether all processes that use it run where this one does

    def connect(self) -> None: ...
    def close(self) -> None: ...
    def exists(self) -> bool: ...
    def nearer(self, found: DatabaseTrouble) -> DatabaseTrouble: ...
    def create(self) -> None: ...
    def version(self) -> int: ...
    def migrate(self) -> None: ...
    def turn(self) -> contextlib.AbstractContextManager[None]: ...
    def in_passing(self) -> contextlib.AbstractContextManager[None]: ...
    def awaited(self) -> bool: ...
    def held_up(self) -> bool: ...
    def give_way(self) -> None: ...
    def begin_long_work(self) -> None: ...
    def end_long_work(self) -> None: ...
    def reading(self) -> contextlib.AbstractContextManager[Any]: ...
    def writing(self) -> contextlib.AbstractContextManager[Any]: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None: ...
    def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]: ...
    def any_of(self, column: Any, ids: Sequence[int]) -> Any: ...
    def any_meant(self, column: Any, meant: Meant) -> Any: ...
    def among(self, column: str, these: Sequence[Any]) -> tuple[str, tuple[Any, ...]]: ...
    def allocate_ids(self, table: str, count: int) -> range | list[int]: ...
    def make_room(self) -> None: ...
    def scrub(self) -> bool: ...
    def lease_clock(self) -> int: ...
    def lock_name(self, name: str) -> None: ...
    def try_lock(self, keys: Sequence[str]) -> bool: ...
    def skip_locked(self, query: Any) -> Any: ...
    def locked(self, query: Any) -> Any: ...
    def gave_way(self, error: BaseException) -> bool: ...
    def announce(self, session_id: int) -> None: ...
    def changed(self, session_id: int) -> bool: ...


def open_database(url: str) -> Database:
    """The database of a URL: `sqlite:///absolute/path` or `postgresql://…`. Nothing is connected yet.

    Raises DatabaseTrouble("unknown-url") for any other scheme.
    """
    if url.startswith("sqlite:///"):
        return SqliteDatabase(Path("/" + url.removeprefix("sqlite:///").lstrip("/")))
    if url.startswith(("postgresql://", "postgres://")):
        from store.postgres import PostgresDatabase

        return PostgresDatabase(url)
    raise DatabaseTrouble("unknown-url", url.split("://", maxsplit=1)[0])


class SqliteDatabase:
    """One file, shared by the processes of one machine."""

    one_machine: ClassVar[bool] = True
    words: ClassVar[dict[str, str]] = {
        # A number that was given once is never given again: the trail speaks of rows by it, also of removed ones.
        "id": "INTEGER PRIMARY KEY AUTOINCREMENT",
        "int": "INTEGER",
        "bool": "INTEGER",
        "bytes": "BLOB",
        "bytewise": "",
    }

    def __init__(self, path: Path) -> None:
        from cysqlite import _cysqlite as driver
        from playhouse.cysqlite_ext import CySqliteDatabase

        if tuple(driver.sqlite_version_info) < OLDEST_SOUND_SQLITE:
            raise DatabaseTrouble("old-sqlite", driver.sqlite_version)
        self.path = path
        self.peewee = CySqliteDatabase(
            str(path),
            rank_functions=False,
            autoconnect=False,
            timeout=BUSY_MS / 1000,
            lock_type="IMMEDIATE",
            pragmas=(
                ("busy_timeout", BUSY_MS),
                ("foreign_keys", 1),
                ("synchronous", 2),
                # What each turn of long work writes again (blocks of the search index) goes into the file once in many.
                ("wal_autocheckpoint", _LOG_PAGES),
                ("journal_size_limit", 64 * 1024 * 1024),
                ("trusted_schema", 0),
                ("cell_size_check", 1),
                ("mmap_size", 0),
                ("temp_store", 2),
            ),
        )
        self._turn_file: int | None = None
        self._wait_file: int | None = None
        self._inode: int | None = None
        self._seen_version: int | None = None
        self._has_room = self._is_long = self._waits = False

    def exists(self) -> bool:
        """Raises DatabaseTrouble("missing") where the file is gone and what lay beside it is not."""
        if not is_there(self.path) and any(is_there(Path(f"{self.path}{end}")) for end in (*TURN_FILES, "-wal")):
            raise DatabaseTrouble("missing", str(self.path))
        return self.path.exists()

    def nearer(self, found: DatabaseTrouble) -> DatabaseTrouble:
        """The cause as it is seen on the disk, where the error names only what it led to."""
        return nearer(found, self.path)

    def connect(self) -> None:
        """Opens the file; raises DatabaseTrouble when it is missing, empty or not Loket's."""
        if not self.path.exists():
            raise DatabaseTrouble("missing", str(self.path))
        self._open()
        if self._pragma("application_id") != APPLICATION_ID:
            self.close()
            raise DatabaseTrouble("not-loket", str(self.path))

    def create(self) -> None:
        """Makes the file with its lasting settings and connects; an existing file is left as it is.

        It appears whole, under its name: of many processes at once none ever sees one without its settings.
        """
        if not self.path.exists():
            refuse_network(self.path.parent)
            made = self.path.with_name(f".{self.path.name}-{os.getpid()}-{secrets.token_hex(4)}")
            maker = self.peewee.__class__(str(made), rank_functions=False)
            try:
                maker.execute_sql("PRAGMA journal_mode = wal")
                maker.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                maker.close()
                with contextlib.suppress(FileExistsError):
                    self.path.hardlink_to(made)
            finally:
                maker.close()
                made.unlink(missing_ok=True)
        self.connect()

    def _open(self) -> None:
        self.peewee.connect(reuse_if_open=True)
        if self._turn_file is None:
            try:
                self._turn_file, self._wait_file = (
                    os.open(f"{self.path}{end}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660) for end in TURN_FILES
                )
            except PermissionError as error:
                raise DatabaseTrouble("rights", str(error.filename)) from error
            self._inode = self.path.stat().st_ino

    def close(self) -> None:
        if not self.peewee.is_closed():
            self.peewee.close()
        for file in (self._turn_file, self._wait_file):
            if file is not None:
                os.close(file)
        self._turn_file = self._wait_file = None

    def _pragma(self, name: str, value: Any = None) -> Any:
        sql = f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}"
        row = self.peewee.execute_sql(sql).fetchone()
        return row[0] if row else None

    def version(self) -> int:
        return int(self._pragma("user_version"))

    def migrate(self) -> None:
        """Takes the steps that are missing, each in one transaction.

        Of many processes one works, the rest find it done.
        """
        while (version := self.version()) < LATEST:
            with self.turn(), self.writing():
                if self.version() == version:
                    take_step(self, step(version))
                    self._pragma("user_version", version + 1)
        if version > LATEST:
            raise DatabaseTrouble("newer", str(version))

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        if self._turn_file is None or self._wait_file is None:
            raise DatabaseTrouble("closed", str(self.path))
        fcntl.flock(self._wait_file, fcntl.LOCK_SH)  # whoever has the turn sees it; it goes with a process that dies
        self._waits = True
        try:
            fcntl.flock(self._turn_file, fcntl.LOCK_EX)
        finally:
            self._waits = False
            fcntl.flock(self._wait_file, fcntl.LOCK_UN)
        try:
            self._same_file()
            yield
        finally:
            fcntl.flock(self._turn_file, fcntl.LOCK_UN)

    @contextlib.contextmanager
    def in_passing(self) -> Iterator[None]:
        """A turn and a write that wait for nobody; raises BlockingIOError or SQLite's own while others write."""
        if self._turn_file is None:
            raise DatabaseTrouble("closed", str(self.path))
        fcntl.flock(self._turn_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            self._pragma("busy_timeout", 0)
            with self.writing():
                yield
        finally:
            self._pragma("busy_timeout", BUSY_MS)
            fcntl.flock(self._turn_file, fcntl.LOCK_UN)

    def awaited(self) -> bool:
        """Whether somebody else waits for a turn to write, to be asked by who has it (2 µs)."""
        if self._wait_file is None:
            raise DatabaseTrouble("closed", str(self.path))
        try:
            fcntl.flock(self._wait_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._wait_file, fcntl.LOCK_UN)
        return False

    def held_up(self) -> bool:
        """Whether it waits for another that writes; asked from any thread, of a call that takes long."""
        return self._waits

    def begin_long_work(self) -> None:
        """From now on many writes follow each other: pages stay in memory from one to the next, and what they left in
        the log goes into the file between them, where nobody waits for it.
        """
        self._is_long = True
        self._pragma("wal_autocheckpoint", _LOG_AT_MOST)
        self.make_room()

    def end_long_work(self) -> None:
        self._is_long = False
        self._pragma("wal_autocheckpoint", _LOG_PAGES)
        self._leave_room()

    def give_way(self) -> None:
        """Lets those write who wait for it, as far as they come soon."""
        if self._is_long:
            self._shorten_log()
        end = time.monotonic() + _COMES_WITHIN
        while self.awaited() and time.monotonic() < end:
            time.sleep(_LOOKS_EACH)

    def _shorten_log(self) -> None:
        """Brings the log into the file where it has grown. What was written stands without that, as after any commit
        whose checkpoint failed: a disk that takes no more is told by the next write, with what stands before it.
        """
        with contextlib.suppress(peewee.DatabaseError):
            _busy, written, in_file = self.peewee.execute_sql("PRAGMA wal_checkpoint(NOOP)").fetchone()
            if written - in_file > _LOG_BETWEEN:
                self.peewee.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def reading(self) -> Any:
        self._same_file()
        return self.peewee.atomic("DEFERRED")

    def _same_file(self) -> None:
        """Raises DatabaseTrouble where another file, or none, has the name of the open one (2 µs)."""
        try:
            found = self.path.stat().st_ino
        except FileNotFoundError as error:
            raise DatabaseTrouble("missing", str(self.path)) from error
        if found != self._inode:
            raise DatabaseTrouble("replaced", str(self.path))

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        try:
            with self.peewee.atomic("IMMEDIATE"):
                yield
        finally:
            if not self._is_long:
                self._leave_room()

    def _leave_room(self) -> None:
        if self._has_room and not self.peewee.is_closed():
            self._has_room = False
            self._pragma("cache_size", -_PAGES_KIB)
            self._pragma("shrink_memory")

    def scrub(self) -> bool:
        """Writes the file anew without what was erased in its free pages and its log; whether all of it is gone.

        While it lasts nobody else writes. Somebody who reads just then keeps the log from being emptied: asked again,
        it is. Raises DatabaseTrouble where there is no room for a second copy.
        """
        with self.turn():
            self.peewee.execute_sql("VACUUM")
            for _ in range(_EMPTIED_WITHIN):
                if self.peewee.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                    return True
                time.sleep(_COMES_WITHIN)
        return False

    def make_room(self) -> None:
        """More memory for pages until the open write ends: one of many rows else writes and reads them again."""
        self._has_room = True
        self._pragma("cache_size", -_ROOM_KIB)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self.peewee.connection().executemany(sql.replace("%s", "?"), rows)

    def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What a statement of ours finds; `%s` marks its values. For what is too hot for Peewee."""
        return list(self.peewee.execute_sql(sql.replace("%s", "?"), tuple(values)).fetchall())

    def any_of(self, column: Any, ids: Sequence[int]) -> Any:
        """The condition that a column holds one of the ids, however many these are."""
        return column.in_(peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(list(ids))]))

    def any_meant(self, column: Any, meant: Meant) -> Any:
        many = meant.are_many  # by a byte that each of them has: then no set of all of them is made for each statement
        return peewee.fn.substr(meant.spread, column + 1, 1) == b"\1" if many else self.any_of(column, meant.ids)

    def among(self, column: str, these: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        """The same for `rows`: the condition and its values, in words that do not change, so that they are kept."""
        return f"{column} IN (SELECT value FROM json_each(%s))", (json.dumps(list(these)),)

    def allocate_ids(self, table: str, count: int) -> range | list[int]:
        row = self.peewee.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        first = row[0] + 1 if row else 1
        return range(first, first + count)

    def lease_clock(self) -> int:
        """Milliseconds on a clock that a set wall clock does not move; it starts anew with each boot."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000

    def lock_name(self, name: str) -> None:
        """One writer at a time already holds the whole file."""

    def try_lock(self, keys: Sequence[str]) -> bool:
        return True

    def skip_locked(self, query: Any) -> Any:
        return query

    def locked(self, query: Any) -> Any:
        return query

    def gave_way(self, error: BaseException) -> bool:
        """Never: writers take turns."""
        return False

    def announce(self, session_id: int) -> None:
        """The file's own change counter tells the others."""

    def changed(self, session_id: int) -> bool:
        """Whether another connection committed since the last call (`PRAGMA data_version`, 5 µs)."""
        self._same_file()
        version = self._pragma("data_version")
        changed = self._seen_version is not None and version != self._seen_version
        self._seen_version = version
        return changed
