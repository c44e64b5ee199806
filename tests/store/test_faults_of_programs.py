"""What is wrong with Loket's own packages or the disk below it, by the fault itself."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

import cysqlite
import pytest

from store.database import OLDEST_SOUND_SQLITE
from store.errors import DatabaseTrouble
from tests.store.chaos import ROOT
from tests.store.office import Clock, Office, wib

OLD_DRIVER: Final = "0.2.0"
"""A release of cysqlite that brings SQLite 3.51.2."""


def packages_without(folder: Path, *missing: str) -> Path:
    """A folder of packages as an installation has it that lost some."""
    folder.mkdir()
    site = next(Path(path) for path in sys.path if (Path(path) / "peewee.py").exists())
    for entry in site.iterdir():
        if not entry.name.startswith(missing):
            (folder / entry.name).symlink_to(entry)
    return folder


def doctor(home: Path, packages: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    """`loket doctor` with these packages and no others."""
    environment = {"PYTHONPATH": f"{ROOT}:{packages}", "LOKET_DATABASE_URL": url, "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-S", "-m", "tui", "--home", str(home), "--lang", "en", "doctor"],
        cwd=home.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_driver_that_is_not_installed_is_told(home: Path, tmp_path: Path) -> None:
    packages = packages_without(tmp_path / "packages", "psycopg")
    done = doctor(home, packages, f"postgresql:///kantor?host={tmp_path}")
    assert (done.returncode, done.stdout.strip()[-6:]) == (2, "[L-16]"), done.stderr
    assert "psycopg" in done.stdout


async def test_a_build_of_sqlite_that_is_not_sound_is_refused(home: Path, tmp_path: Path) -> None:
    """The driver as it is, but for the version that it tells; a real older build is for the long form below."""
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()
    packages = packages_without(tmp_path / "packages", "cysqlite")
    old = (*OLDEST_SOUND_SQLITE[:2], OLDEST_SOUND_SQLITE[2] - 1)
    version = ".".join(map(str, old))
    driver = packages / "cysqlite"
    driver.mkdir()
    for file in Path(cysqlite.__file__).parent.iterdir():
        (driver / file.name).symlink_to(file)
    init = driver / "__init__.py"
    says = f"_cysqlite = type('Old', (), dict(sqlite_version={version!r}, sqlite_version_info={old!r}))"
    text = f"{init.read_text()}\n{says}\n"
    init.unlink()
    init.write_text(text)
    done = doctor(home, packages)
    assert (done.returncode, done.stdout.strip()[-6:]) == (2, "[L-11]"), done.stderr
    assert version in done.stdout


@pytest.mark.soak
async def test_a_real_older_build_of_sqlite_is_refused(home: Path, tmp_path: Path) -> None:
    """From the index of packages that pip uses here: the last driver that brings a SQLite older than the oldest sound
    one.
    """
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()
    assert doctor(home, packages_without(tmp_path / "today")).returncode != 2
    packages = packages_without(tmp_path / "packages", "cysqlite")
    pip = [sys.executable, "-m", "pip", "--quiet", "install", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, "--target", str(packages), f"cysqlite=={OLD_DRIVER}"], check=True, cwd=tmp_path)
    ask = "from cysqlite import _cysqlite; print(_cysqlite.sqlite_version)"
    version = subprocess.check_output([sys.executable, "-S", "-c", ask], env={"PYTHONPATH": str(packages)}, text=True)
    assert tuple(map(int, version.split("."))) < OLDEST_SOUND_SQLITE
    before = {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()}
    done = doctor(home, packages)
    assert (done.returncode, done.stdout.strip()[-6:]) == (2, "[L-11]"), done.stderr
    assert version.strip() in done.stdout
    assert {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()} == before


async def test_a_write_that_the_disk_refuses_is_told_and_undone(home: Path) -> None:
    """The kernel refuses to write any further into the files: SQLite meets an error that is no full disk."""
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()
    ani = await office.open()
    await ani.drafts.save("note", "before")
    size = max(path.stat().st_size for path in home.glob("loket.sqlite*"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        for _time in range(2):
            with pytest.raises(DatabaseTrouble) as refused:
                await ani.drafts.save("note", "x" * 4_000_000)
            assert refused.value.reason == "disk"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    kept = await ani.drafts.load("note")
    assert kept is not None and kept[0] == "before"
    await ani.drafts.save("note", "after")
    assert office.sql("PRAGMA integrity_check") == [("ok",)]
    assert await ani.audit.verify() is None
    await office.close()


async def test_what_is_asked_of_an_office_that_was_closed_is_refused(office: Office) -> None:
    ani = await office.open()
    await ani.close()
    for call in (ani.queue.status, lambda: ani.drafts.save("note", "abc"), ani.changed_since_last_look):
        with pytest.raises(DatabaseTrouble) as refused:
            await call()
        assert refused.value.reason == "closed"
