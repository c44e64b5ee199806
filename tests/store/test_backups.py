"""Backups and what comes back of them, on real files, real keys and real faults."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable
from pathlib import Path

import pyrage
import pytest

from bench.people import fill_office
from store import Store, open_store
from store.actors import login_of_this_process
from store.backup_copies import Content
from store.backup_files import publish
from store.backups import restore_office
from store.erasure_ledger import LEDGER
from store.errors import BackupRefused, NotAllowed
from store.migrations import LATEST
from store.rules.backups import BackupName, read_name
from tests.store.office import Clock, Office, hold, people, wib


class Keys:
    """A pair of keys whose private one is on no server but in a file."""

    def __init__(self, folder: Path, name: str = "kunci.txt") -> None:
        identity = pyrage.x25519.Identity.generate()
        self.public = str(identity.to_public())
        self.file = folder / name
        self.file.write_text(f"# kunci cadangan\n{identity}\n")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path)


async def refusal(work: Awaitable[object]) -> str:
    with pytest.raises(BackupRefused) as refused:
        await work
    return refused.value.why


def left_over(office: Office) -> list[str]:
    """Plain copies and parts that nobody should find."""
    folders = (office.home, office.home / "CADANGAN")
    found = [path for folder in folders if folder.exists() for path in folder.glob(".*")]
    return [path.name for path in found if path.name != ".cadangan-lock"]


async def test_a_backup_is_encrypted_checked_noted_tried_and_restored(
    office: Office, ani: Store, keys: Keys, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    await office.bring_in(ani, people(20))
    await ani.staff.add("citra", "CITRA", "Pelayanan", "magang")
    held = await hold(await office.hire(ani, "budi"))
    assert await refusal(ani.backups.make()) == "no-keys"
    await ani.backups.setup(keys=[keys.public])
    made = await ani.backups.make()
    file = Path(made.file)
    name = read_name(file.name)
    assert name is not None
    assert (name.sealed, name.head, name.at) == (True, made.head[:16], office.clock())
    assert (file.parent, file.stat().st_mode & 0o777) == (office.home / "CADANGAN", 0o600)
    assert b"ORANG" not in file.read_bytes()
    assert (made.encrypted_to, made.warnings) == (1, ("same-disk",) if office.is_sqlite else ())
    assert left_over(office) == []

    scratch = None if office.is_sqlite else str(request.getfixturevalue("empty_postgres_url"))
    if scratch:
        assert await refusal(ani.backups.drill(identity=keys.file)) == "no-scratch"
    assert await refusal(ani.backups.drill(scratch_url=scratch)) == "no-identity"
    stranger = Keys(tmp_path, "lain.txt")
    assert await refusal(ani.backups.drill(identity=stranger.file, scratch_url=scratch)) == "wrong-key"
    tried = await ani.backups.drill(identity=keys.file, scratch_url=scratch)
    assert (tried.file, tried.head, tried.rows, tried.compared) == (made.file, made.head, made.rows, True)
    assert left_over(office) == []
    entries = {entry.action: entry for entry in await ani.audit.entries()}
    for action in ("backup.made", "backup.drill"):
        entry = entries[action]
        assert (entry.by, entry.at) == ((await ani.staff.rows())[0].name, office.clock())
        assert made.head in json.dumps(entry.changes)
    status = await ani.backup_state.now()
    assert (status.last, status.drilled) == (made.at, office.clock())

    new = tmp_path / "baru"
    assert await refusal(restore_office(file, office.home, identity=keys.file, url=scratch)) == "home-taken"
    again = await restore_office(file, new, identity=keys.file, url=scratch)
    assert (again.head, again.rows) == (made.head, made.rows)
    if scratch:
        other = tmp_path / "lagi"
        assert await refusal(restore_office(file, other, identity=keys.file, url=scratch)) == "database-taken"
        assert not other.exists()
    restored = await open_store(new, url=scratch, login="ani", clock=office.clock)
    try:
        assert await restored.audit.verify() is None
        found = await restored.persons.find("21000000007")
        assert [person.kpj for person in found] == ["21000000007"]
    finally:
        await restored.close()
    # Budi, whose Loket still runs, is at work in the old office, and holds nobody in this one.
    citra = await open_store(new, url=scratch, login="citra", clock=office.clock)
    try:
        assert (await hold(citra)).kpj == held.kpj
    finally:
        await citra.close()


@pytest.fixture
async def small(home: Path, sqlite_url: str) -> Office:
    """An office on SQLite alone."""
    office = Office(home, sqlite_url, Clock(wib(31, 9)))
    await office.create()
    return office


async def test_without_keys_only_where_it_says_so_and_by_administrators_only(small: Office) -> None:
    ani = await small.open()
    made = await ani.backups.make(unencrypted=True)
    assert (made.warnings, Path(made.file).stat().st_mode & 0o777) == (("unencrypted", "same-disk"), 0o600)
    assert (await ani.backups.drill()).head == made.head
    assert await refusal(ani.backups.setup(keys=["AGE-SECRET-KEY-1049Y"])) == "bad-key"
    assert await refusal(ani.backups.setup(keys=["age1" + "q" * 58])) == "bad-key"
    budi = await small.hire(ani, "budi")
    with pytest.raises(NotAllowed):
        await budi.backups.make(unencrypted=True)
    await small.close()


async def test_of_one_second_the_later_one_is_newer_and_what_was_just_made_stays(small: Office) -> None:
    ani = await small.open()
    made = [await ani.backups.make(unencrypted=True) for _ in range(3)]
    assert (await ani.backups.drill()).head == made[-1].head
    small.clock.pass_by(minutes=-20)  # the clock was wrong, and is put right
    late = await ani.backups.make(unencrypted=True)
    assert Path(late.file).exists() and Path(made[-1].file).exists()
    await small.close()


async def test_hours_pass_and_old_ones_go(small: Office) -> None:
    ani = await small.open()
    first = await ani.backups.make(unencrypted=True)
    small.clock.pass_by(minutes=10)
    second = await ani.backups.make(unencrypted=True)
    assert second.removed == (Path(first.file).name,)
    kept = sorted(path.name for path in (small.home / "CADANGAN").iterdir())
    assert kept == [Path(second.file).name, Path(second.file).name + ".json"]
    assert not (await ani.backup_state.now()).overdue
    small.clock.pass_by(days=1, seconds=1)
    assert (await ani.backup_state.now()).overdue
    await small.close()


async def test_one_that_cannot_be_looked_at_is_left_alone_and_hinders_nobody(small: Office) -> None:
    ani = await small.open()
    other = Path((await ani.backups.make(unencrypted=True)).file)
    notes = other.with_name(other.name + ".json")
    notes.unlink()
    notes.symlink_to(notes)  # the system refuses to open it, also to root
    small.clock.pass_by(minutes=10)
    made = await ani.backups.make(unencrypted=True)
    assert (made.removed, other.exists(), notes.is_symlink()) == ((), True, True)
    assert (await ani.backups.drill()).file == made.file
    await small.close()


async def test_what_is_wrong_with_a_file_is_found(small: Office, keys: Keys, tmp_path: Path) -> None:
    """Bytes turned, in the file alone and behind its notes; cut off; a newer schema; nobody's; nothing there."""
    ani = await small.open()
    into = tmp_path / "baru"
    assert await refusal(ani.backups.drill()) == "none"
    sealed = Path((await ani.backups.make(keys=[keys.public])).file)
    small.clock.pass_by(hours=1)
    plain = Path((await ani.backups.make(unencrypted=True)).file)
    for file in (sealed, plain):
        notes, whole = file.with_name(file.name + ".json"), file.read_bytes()
        told = notes.read_text()
        for spoiled in (whole[: len(whole) // 2] + b"\x55" * 4096 + whole[len(whole) // 2 + 4096 :], whole[:-999], b""):
            file.write_bytes(spoiled)
            notes.write_text(told)
            assert await refusal(restore_office(file, into, identity=keys.file)) == "damaged"
            notes.unlink()
            assert await refusal(restore_office(file, into, identity=keys.file)) in ("damaged", "not-a-backup")
        file.write_bytes(whole)
        notes.write_text(told)
    assert await refusal(restore_office(tmp_path / "tidak ada", into)) == "missing"
    assert await refusal(restore_office(keys.file, into)) == "unnamed"
    assert await refusal(restore_office(sealed, into, identity=plain)) == "bad-identity"
    assert await refusal(restore_office(plain, into, url="postgresql:///x")) == "has-url"
    office, at, _head = plain.stem.rsplit("-", 2)
    renamed = plain.with_name(f"{office}-{at}-{'0' * 16}{plain.suffix}")
    shutil.copyfile(plain, renamed)
    assert await refusal(restore_office(renamed, into)) == "differs"
    newer = Office(tmp_path, f"sqlite://{plain}", small.clock)
    with newer.raw() as raw:
        raw.peewee.execute_sql(f"PRAGMA user_version = {LATEST + 1}")
    plain.with_name(plain.name + ".json").unlink()
    assert await refusal(restore_office(plain, into)) == "newer"
    assert not into.exists()
    assert [path.name for path in tmp_path.glob(".baru*")] == []
    await small.close()


async def test_only_plain_files_are_read_as_backup_or_key(small: Office, keys: Keys, tmp_path: Path) -> None:
    """A FIFO is not waited for, a device that never ends is not read."""
    ani = await small.open()
    sealed = Path((await ani.backups.make(keys=[keys.public])).file)
    into = tmp_path / "baru"
    pipe, folder = tmp_path / "pipa", tmp_path / "map"
    os.mkfifo(pipe)
    folder.mkdir()
    for wrong in (pipe, folder, Path("/dev/zero")):
        assert await refusal(restore_office(sealed, into, identity=wrong)) == "bad-identity"
    linked = tmp_path / "kunci"
    linked.symlink_to(keys.file)  # one's own keys may lie elsewhere
    await restore_office(sealed, into, identity=linked)
    office, _at, _head = sealed.name.rsplit("-", 2)
    for beside in (sealed.with_name(f"{sealed.name}.json"), sealed.with_name(f"{office}-{LEDGER}")):
        there = beside.read_bytes() if beside.exists() else None
        beside.unlink(missing_ok=True)
        os.mkfifo(beside)
        assert await refusal(restore_office(sealed, tmp_path / "lagi", identity=keys.file)) == "damaged"
        beside.unlink()
        if there is not None:
            beside.write_bytes(there)
    sealed.unlink()
    os.mkfifo(sealed)
    assert await refusal(restore_office(sealed, tmp_path / "lagi", identity=keys.file)) == "missing"
    await small.close()


async def test_a_full_disk_and_a_closed_folder_leave_nothing_behind(small: Office, tmp_path: Path) -> None:
    ani = await small.open()
    await small.bring_in(ani, people(5))
    whole = Path((await ani.backups.make(unencrypted=True)).file)
    small.clock.pass_by(minutes=10)
    size = whole.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The database's own writes stay below; the copy is as large as all of it.
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, hard))
    try:
        with pytest.raises(BackupRefused) as refused:
            await ani.backups.make(unencrypted=True)
        assert (refused.value.why, refused.value.name) == ("full", str(small.home))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left_over(small) == []
    assert whole.exists()
    assert (await ani.backups.drill()).file == str(whole)
    blocked = tmp_path / "berkas"
    blocked.write_text("")
    for closed in (blocked, Path("/proc/cadangan")):
        assert await refusal(ani.backups.make(closed, unencrypted=True)) == "folder"
    await small.close()


@pytest.mark.parametrize("room", [100, 5_000, 70_000])
def test_a_disk_that_fills_while_it_is_encrypted_is_full(tmp_path: Path, keys: Keys, room: int) -> None:
    plain, folder = tmp_path / "plain", tmp_path / "CADANGAN"
    plain.write_bytes(b"SITI" * 25_000)
    name = BackupName("0" * 8, wib(31, 9), "0" * 16, "sqlite", sealed=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(BackupRefused) as refused:
            publish(plain, folder, name, [keys.public], Content(LATEST, "0" * 64, {}), "")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (refused.value.why, refused.value.name) == ("full", str(folder))
    assert list(folder.iterdir()) == []


async def test_one_at_a_time_and_what_a_killed_one_left_goes(small: Office) -> None:
    ani = await small.open()
    left = small.home / ".cadangan-mati"
    left.mkdir()
    (left / "loket.sqlite").write_bytes(b"SITI")
    with (small.home / ".cadangan-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert await refusal(ani.backups.make(unencrypted=True)) == "running"
    first = Path((await ani.backups.make(unencrypted=True)).file)
    part = first.with_name(f".{first.name}.part")
    part.write_bytes(b"SITI")
    small.clock.pass_by(minutes=1)
    await ani.backups.make(unencrypted=True)
    assert left_over(small) == []
    await small.close()


async def test_a_broken_trail_is_backed_up_and_said(small: Office) -> None:
    ani = await small.open()
    await small.bring_in(ani, people(2))
    small.sql("UPDATE audit SET action = 'office.nothing' WHERE id = 2")
    made = await ani.backups.make(unencrypted=True)
    assert "trail-broken" in made.warnings
    assert "trail-broken" in (await ani.backups.drill()).warnings
    await small.close()


async def test_programs_that_are_missing_are_named(
    home: Path, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(home, postgres_url, Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused) as refused:
        await ani.backups.make(unencrypted=True)
    assert (refused.value.why, refused.value.name) == ("no-program", "pg_dump")
    assert left_over(office) == []
    await office.close()


@pytest.mark.parametrize(("known", "writing"), [(200, 4), pytest.param(1_000_000, 10, marks=pytest.mark.soak)])
async def test_nobody_waits_for_a_backup(home: Path, known: int, writing: int) -> None:
    """People save one draft after the other while the command runs as a process of its own."""
    login = login_of_this_process(home)
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create(login)
    with office.raw() as raw:
        fill_office(raw, known)
    boss = await office.open(login)
    writers = [await office.hire(boss, f"magang{n}") for n in range(writing)]
    command = [sys.executable, "-m", "tui", "--home", str(home), "backup", "--unencrypted", "--json"]
    backup = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    over, waits = asyncio.Event(), list[float]()

    async def save(store: Store) -> None:
        while not over.is_set():
            began = time.perf_counter()
            await store.drafts.save("counter:1", str(began))
            waits.append(time.perf_counter() - began)

    tasks = [asyncio.create_task(save(store)) for store in writers]
    told, _nothing = await backup.communicate()
    over.set()
    await asyncio.gather(*tasks)
    assert backup.returncode == 2  # it is not encrypted
    made = json.loads(told)
    assert made["rows"] > known
    assert len(waits) > len(writers)
    assert max(waits) < 2.0, f"somebody waited {max(waits):.2f} s while a backup took {made['took']} s"
    assert (await boss.backups.drill()).head == made["head"]
    await office.close()
