"""What an office has on its disk opens with today's Loket: databases that earlier releases left (tests/fixtures)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.backups import FOLDER, restore_office
from store.errors import DatabaseTrouble
from store.migrations import LATEST
from store.rows import Card, QueueFilter
from store.rules.outcomes import Outcome
from store.upgrading import BESIDE
from tests.postgres import find_binaries
from tests.store import chaos
from tests.store.office import Clock, Office, current, facts, hold, number, people, wib

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
RELEASES = sorted(path.stem.removeprefix("office-") for path in FIXTURES.glob("office-*.sqlite"))
_VERSION = {True: "PRAGMA user_version", False: "SELECT version FROM loket_schema"}


@pytest.fixture(params=RELEASES)
async def old_office(request: pytest.FixtureRequest, home: Path, empty_database_url: str) -> AsyncIterator[Office]:
    """A copy of what a release left, where no Loket of today has been yet."""
    office = Office(home, empty_database_url, Clock(wib(31, 9)))
    if office.is_sqlite:
        shutil.copyfile(FIXTURES / f"office-{request.param}.sqlite", empty_database_url.removeprefix("sqlite://"))
    else:
        import psycopg

        with psycopg.connect(empty_database_url) as connection:
            connection.execute((FIXTURES / f"office-{request.param}.sql").read_bytes())
    (home / "MASUK").mkdir()
    yield office
    await office.close()


async def test_an_old_office_opens_whole(old_office: Office) -> None:
    before = {table: facts(old_office, table) for table in ("participant", "phone", "attempt", "audit_change", "staff")}
    ani = await old_office.open()
    assert await ani.audit.verify() is None
    for table, rows in before.items():
        today = facts(old_office, table)
        assert {n: {column: today[n][column] for column in row} for n, row in rows.items()} == rows
    assert [(p.login, p.active) for p in await ani.staff.rows()] == [("ani", True), ("budi", True), ("cici", True)]
    assert await ani.queue.count(QueueFilter()) == 29


def backups_of(office: Office) -> list[tuple[Path, int]]:
    """The backups in the usual folder, and which schema each holds."""
    found = sorted((office.home / FOLDER).glob("loket-*.json"))
    return [(path.with_suffix(""), json.loads(path.read_text())["content"]["version"]) for path in found]


async def test_before_its_data_are_changed_there_is_one_backup_that_was_proved(
    old_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries = find_binaries()
    assert binaries is not None
    monkeypatch.setenv("PATH", str(binaries), prepend=":")
    rows = len(facts(old_office, "participant"))
    await old_office.open()
    await old_office.open("budi")
    ((file, version),) = backups_of(old_office)
    assert 0 < version < LATEST
    if old_office.is_sqlite:
        into = tmp_path / "kembali"
        await restore_office(file, into)
        kept = Office(into, f"sqlite://{into}/loket.sqlite", old_office.clock)
        assert kept.sql("PRAGMA user_version") == [(version,)]
        assert len(facts(kept, "participant")) == rows


async def test_without_room_for_a_backup_nothing_is_changed(
    old_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries = find_binaries()
    assert binaries is not None
    monkeypatch.setenv("PATH", str(binaries), prepend=":")
    for name in (FOLDER, BESIDE):
        (old_office.home / name).write_text("no folder")
    before = old_office.sql(_VERSION[old_office.is_sqlite])
    with pytest.raises(DatabaseTrouble) as refused:
        await old_office.open()
    assert refused.value.reason == "no-backup"
    assert old_office.sql(_VERSION[old_office.is_sqlite]) == before
    (old_office.home / BESIDE).unlink()
    await old_office.open()  # the usual folder still takes nothing
    assert len(list((old_office.home / BESIDE).glob("loket-*.json"))) == 1


async def test_work_goes_on_where_it_stopped(old_office: Office) -> None:
    """The person whom a process of the old machine held is free; a callback and a retry wait for their time."""
    cici = await old_office.open("cici")
    card = await hold(cici)
    assert (card.kpj, current(card)) == ("21000000006", number(6))
    served = await cici.queue.outcome(card, Outcome.REFUSED)
    assert isinstance(served.next, Card)
    assert served.next.kpj == "21000000007"  # Budi had them on his screen
    old_office.clock.now = wib(31, 14)
    await cici.queue.put_back(served.next)
    due = await hold(cici)
    assert (due.kpj, [attempt.outcome for attempt in due.attempts]) == ("21000000004", ["callback"])


async def test_what_was_done_before_can_be_taken_back(old_office: Office) -> None:
    budi = await old_office.open("budi")
    undone = [(await budi.queue.undo()).outcome for _ in range(3)]
    assert undone == ["not_yet", "wrong_number", "no_answer"]
    ani = await old_office.open()
    assert await ani.audit.verify() is None


async def test_new_lists_come_in(old_office: Office) -> None:
    budi = await old_office.open("budi")
    done = await old_office.bring_in(budi, people(31))
    assert ([sheet.same for sheet in done.sheets], done.campaigns) == ([28], {"2023-07": 3})


async def test_of_twenty_who_open_it_at_once_one_brings_it_up_to_date(old_office: Office) -> None:
    command = chaos.command(old_office, "come-in", 20)
    done = subprocess.run(command, capture_output=True, text=True, cwd=chaos.ROOT)
    assert json.loads(done.stdout) == {"0": 20}
    assert old_office.sql(_VERSION[old_office.is_sqlite]) == [(LATEST,)]
    if old_office.is_sqlite:
        assert len(backups_of(old_office)) == 1
    ani = await old_office.open()
    assert await ani.audit.verify() is None


def test_there_is_something_to_upgrade() -> None:
    assert "0.1.0" in RELEASES
    assert all((FIXTURES / f"office-{release}.sql").exists() for release in RELEASES)
