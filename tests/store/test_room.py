"""A write of many rows has memory for its pages until it ends, well or not; nobody keeps it while they type."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from store.database import SqliteDatabase


def _pages(database: SqliteDatabase) -> int:
    return int(database.peewee.execute_sql("PRAGMA cache_size").fetchone()[0])


def test_room_for_a_large_write_is_given_back(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "office.sqlite")
    database.create()
    before = _pages(database)
    with database.turn(), database.writing():
        database.make_room()
        assert abs(_pages(database)) > 4 * abs(before)
    assert _pages(database) == before
    with pytest.raises(RuntimeError), database.turn(), database.writing():
        database.make_room()
        raise RuntimeError
    assert _pages(database) == before
    database.close()


def _log(database: SqliteDatabase) -> tuple[int, int]:
    """Pages of the log, and how many of them are in the file."""
    _busy, written, in_file = database.peewee.execute_sql("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return int(written), int(in_file)


def _write_much(database: SqliteDatabase) -> None:
    with database.turn(), database.writing():
        database.executemany("INSERT INTO much (text) VALUES (%s)", [("x" * 4_000,) for _ in range(2_500)])


def test_a_log_that_the_disk_does_not_take_into_the_file_ends_no_long_work(tmp_path: Path) -> None:
    """The kernel lets no file grow beyond what the third portion needs; the log, begun anew each time, is shorter."""
    database = SqliteDatabase(tmp_path / "office.sqlite")
    database.create()
    database.peewee.execute_sql("CREATE TABLE much (text TEXT)")
    database.begin_long_work()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (25_000_000, hard))
    try:
        for _ in range(3):
            _write_much(database)
            database.give_way()
        written, in_file = _log(database)
        assert written > in_file
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    database.give_way()
    written, in_file = _log(database)
    assert written == in_file
    assert database.peewee.execute_sql("SELECT count(*) FROM much").fetchone()[0] == 7_500
    database.close()


def test_long_work_keeps_its_room_and_brings_its_log_into_the_file_between_writes(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "office.sqlite")
    database.create()
    database.peewee.execute_sql("CREATE TABLE much (text TEXT)")
    pages = _pages(database)
    log_pages = int(database.peewee.execute_sql("PRAGMA wal_autocheckpoint").fetchone()[0])
    database.begin_long_work()
    for _ in range(3):
        _write_much(database)
        assert abs(_pages(database)) > 4 * abs(pages)
        written, in_file = _log(database)
        assert written > in_file  # no write of it waited for that
        database.give_way()
        written, in_file = _log(database)
        assert written == in_file
    database.end_long_work()
    assert _pages(database) == pages
    assert int(database.peewee.execute_sql("PRAGMA wal_autocheckpoint").fetchone()[0]) == log_pages
    database.close()
