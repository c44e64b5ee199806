"""Names and rotation of backups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.backups import BackupName, Kept, is_overdue, read_keys, read_name, to_remove

NOON = datetime(2023, 7, 31, 5, tzinfo=UTC)
HEX = "0123456789abcdef"
ages = st.integers(0, 3 * 365 * 24 * 4).map(lambda quarters: NOON - timedelta(minutes=15 * quarters))
folders = st.lists(st.tuples(ages, st.booleans()), max_size=60).map(
    lambda rows: [Kept(str(n), at, whole) for n, (at, whole) in enumerate(rows)]
)


@given(
    st.text(HEX, min_size=8, max_size=8),
    st.integers(0, 4_000_000_000),
    st.text(HEX, min_size=16, max_size=16),
    st.sampled_from(["sqlite", "dump"]),
    st.booleans(),
)
def test_a_name_says_what_it_was_made_of(office: str, at: int, head: str, kind: str, sealed: bool) -> None:
    name = BackupName(office, datetime.fromtimestamp(at, UTC), head, kind, sealed)
    assert read_name(str(name)) == name


@pytest.mark.parametrize(
    "other", ["", "loket.sqlite", "loket-1-2-3.sqlite", "loket-00000000-20231331T000000Z-0000000000000000.sqlite"]
)
def test_other_names_are_no_backups(other: str) -> None:
    assert read_name(other) is None


@given(folders)
def test_nothing_goes_that_has_no_newer_whole_one(folder: list[Kept]) -> None:
    gone = to_remove(folder)
    newest = max((row.at for row in folder if row.whole), default=None)
    for row in folder:
        if newest is None or row.at > newest:
            assert row.key not in gone
    if newest is not None:
        assert any(row.whole and row.at == newest and row.key not in gone for row in folder)


@given(folders)
def test_what_stays_stays_when_asked_again(folder: list[Kept]) -> None:
    gone = to_remove(folder)
    assert to_remove([row for row in folder if row.key not in gone]) == frozenset()


@given(folders)
def test_no_more_is_kept_than_hours_days_and_months(folder: list[Kept]) -> None:
    gone = to_remove(folder)
    assert sum(row.whole and row.key not in gone for row in folder) <= 24 + 14 + 12


def test_three_years_of_hours_leave_a_day_of_hours_two_weeks_of_days_and_a_year_of_months() -> None:
    folder = [Kept(str(hours), NOON - timedelta(hours=hours), True) for hours in range(3 * 365 * 24)]
    gone = to_remove(folder)
    left = [row for row in folder if row.key not in gone]
    assert left[:24] == folder[:24]
    # Noon to noon lies in two days of the 14, and the newest of each month in one of 12: this month's is an hour's.
    assert len(left) == 24 + 14 - 2 + 12 - 1
    assert NOON - left[-1].at > timedelta(days=330)


def test_a_broken_one_goes_once_a_newer_whole_one_is_there() -> None:
    broken = Kept("broken", NOON - timedelta(hours=1), False)
    assert to_remove([broken, Kept("older", NOON - timedelta(hours=2), True)]) == frozenset()
    assert to_remove([broken, Kept("newer", NOON, True)]) == {"broken"}


def test_a_day_without_a_backup_is_too_long() -> None:
    day = timedelta(days=1)
    assert not is_overdue(NOON, NOON - day, NOON - 9 * day)
    assert is_overdue(NOON, NOON - day - timedelta(seconds=1), NOON - 9 * day)
    assert not is_overdue(NOON, None, NOON - day)
    assert is_overdue(NOON, None, NOON - 2 * day)


def test_a_private_key_is_no_public_key() -> None:
    public = "age1qgfj6gkyv7j3znqrzmcvr8h836ajj89uvh2kxvf2q6kq3w90wehqmkzqt7"
    assert read_keys([public]) == (public,)
    for wrong in ("AGE-SECRET-KEY-1049Y", "", public[:-1], f"{public}\n"):
        with pytest.raises(ValueError):
            read_keys([wrong])
