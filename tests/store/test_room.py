"""A write of many rows has memory for its pages until it ends, well or not; nobody keeps it while they type."""

from __future__ import annotations

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
