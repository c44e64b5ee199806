"""What is wrong with a database and its files, by the fault itself: rights, damage, a file that is gone or another."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store import Store, create_office, health
from store.backup_files import left_of_restores
from store.backups import restore_office
from store.errors import DatabaseTrouble, NoOffice
from store.faults import mount_of, network_of
from store.health import Fault, faults_of
from tests.store.office import Clock, Office, people, wib

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def here(home: Path) -> Office:
    """An office on SQLite with its file in the home."""
    office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await office.create()
    return office


def told(office: Office) -> list[Fault]:
    return list(faults_of(office.home, None, office.clock() + timedelta(hours=1)))


async def refusals(ani: Store) -> set[str]:
    """Why a read, a write and the look at other people's work are refused."""
    found = set()
    for call in (ani.queue.status, lambda: ani.drafts.save("note", "abc"), ani.changed_since_last_look):
        with pytest.raises(DatabaseTrouble) as refused:
            await call()
        found.add(refused.value.reason)
    return found


async def test_a_whole_office_has_no_fault_and_none_is_no_fault(here: Office, tmp_path: Path) -> None:
    assert told(here) == []
    with pytest.raises(NoOffice):
        faults_of(tmp_path / "lain", None, here.clock())


async def test_a_file_moved_away_under_the_open_program_is_missed_and_taken_up_when_it_is_back(here: Office) -> None:
    ani = await here.open()
    file, away = here.home / "loket.sqlite", here.home / "weg"
    file.rename(away)
    assert await refusals(ani) == {"missing"}
    with pytest.raises(DatabaseTrouble) as refused:
        await here.open()
    assert refused.value.reason == "missing"
    with pytest.raises(DatabaseTrouble):  # nobody founds an empty office over it
        await create_office(here.home, login="ani")
    assert [fault.reason for fault in told(here)] == ["missing"]
    away.rename(file)
    await ani.drafts.save("note", "abc")
    assert told(here) == []
    await here.close()


async def test_another_file_under_the_name_is_neither_read_nor_written(here: Office) -> None:
    ani = await here.open()
    file = here.home / "loket.sqlite"
    other = file.with_name("lain")
    other.write_bytes(file.read_bytes())
    file.rename(here.home / "asli")
    other.rename(file)
    before = file.read_bytes()
    assert await refusals(ani) == {"replaced"}
    assert file.read_bytes() == before
    await here.close()


async def test_overwritten_pages_are_damage(here: Office) -> None:
    ani = await here.open()
    await here.bring_in(ani, people(50))
    await here.close()
    here.opened.clear()
    file = here.home / "loket.sqlite"
    data = bytearray(file.read_bytes())
    for at in range(5 * 4096, len(data), 4096):
        data[at : at + 64] = os.urandom(64)
    file.write_bytes(data)
    assert [fault.reason for fault in told(here)] == ["damaged"]
    file.write_bytes(os.urandom(100_000))
    assert [fault.reason for fault in told(here)] == ["damaged"]
    with pytest.raises(DatabaseTrouble) as refused:
        await here.open()
    assert refused.value.reason == "damaged"


async def test_data_of_a_later_loket_and_of_something_else_are_told(here: Office) -> None:
    here.sql("PRAGMA user_version = 999")
    assert told(here) == [Fault("newer", "999")]
    (here.home / "loket.sqlite").write_bytes(b"")
    assert [fault.reason for fault in told(here)] == ["not-loket"]


async def test_entries_from_later_than_now_are_told(here: Office) -> None:
    await here.open()
    await here.close()
    early = here.clock() - timedelta(hours=1)
    assert [fault.reason for fault in faults_of(here.home, None, early)] == ["clock"]


async def test_who_stands_still_in_the_middle_of_a_write_is_told(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_PATIENCE", 0.1)
    (await here.open())
    with (here.home / "loket.sqlite-turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        assert told(here) == [Fault("busy")]
    assert told(here) == []
    await here.close()


async def test_a_server_that_is_away_is_told(home: Path) -> None:
    url = f"postgresql:///kantor?host={home}"
    assert [fault.reason for fault in faults_of(home, url, wib(31, 9))] == ["unreachable"]
    assert [fault.reason for fault in faults_of(home, "mysql://x", wib(31, 9))] == ["unknown-url"]


@pytest.fixture
def killed_restore(tmp_path: Path) -> Iterator[Path]:
    """What a restore into `baru` leaves that is killed in the middle."""
    into = tmp_path / "baru"
    code = (
        "import sys, time; from pathlib import Path; from store.backup_files import building_site\n"
        f"with building_site(Path({str(into)!r})) as place:\n"
        " (place / 'loket.sqlite').write_bytes(b'SITI'); print(place, flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        place = Path(process.stdout.readline().strip())
        assert left_of_restores(into) == []  # who is at work is no leftover
        process.kill()
    yield place


async def test_what_a_killed_restore_left_is_told_and_goes_with_the_next_one(
    here: Office, killed_restore: Path, tmp_path: Path
) -> None:
    ani = await here.open()
    file = Path((await ani.backups.make(unencrypted=True)).file)
    await here.close()
    into = tmp_path / "baru"
    assert killed_restore.exists()
    assert left_of_restores(into) == [killed_restore]
    await restore_office(file, into)
    assert not killed_restore.exists()
    assert list(tmp_path.glob(".baru-*")) == []
    assert faults_of(into, None, here.clock() + timedelta(hours=1)) == ()


MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 22 0:44 / /srv/kantor\\040lama rw - nfs4 server:/kantor rw,vers=4.2
41 22 0:45 / /srv/bersama rw shared:1 - cifs //server/bersama rw
42 22 0:46 / /srv/ssh rw - fuse.sshfs ani@server: rw
43 22 0:47 / /srv/lokal rw - fuseblk /dev/sdb1 rw
44 41 254:1 / /srv/bersama/disk rw - ext4 /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/kantor lama/loket", "nfs4"),
        ("/srv/bersama", "cifs"),
        ("/srv/bersama/disk/loket", ""),
        ("/srv/ssh/a/b", "fuse.sshfs"),
        ("/srv/lokal", ""),
        ("/srv/sshx", ""),
        ("/home/ani", ""),
    ],
)
def test_network_disks_are_known_by_the_table_of_mounts(path: str, kind: str) -> None:
    assert network_of(Path(path), MOUNTS) == kind


def test_this_machines_own_table_of_mounts_is_read(tmp_path: Path) -> None:
    assert mount_of(Path("/proc/self")) == ("/proc", "proc")
    assert mount_of(tmp_path)[0] != ""


async def test_files_of_another_account_are_named(here: Office) -> None:
    if os.geteuid() == 0:
        (await here.open())
        await here.close()
        wait = here.home / "loket.sqlite-wait"
        os.chown(wait, 65534, 65534)
    else:
        wait = here.home / "loket.sqlite"
        wait.chmod(0o400)
    assert told(here) == [Fault("rights", str(wait))]


def test_every_code_stands_on_the_page_and_the_other_way_round() -> None:
    from tui.words.faults import FAULTS

    for name in ("faults.md", "id/gangguan.md"):
        page = (ROOT / "docs" / name).read_text(encoding="utf-8")
        rows = re.findall(r"^\| (L-\d\d) \|(?: [^|]+\|){3}$", page, flags=re.MULTILINE)
        assert rows == sorted(code for code, _text in FAULTS.values())
        assert len(set(rows)) == len(rows)
    raised = set(re.findall(r'(?:DatabaseTrouble|Fault)\(\s*"([a-z-]+)"', _sources()))
    mapped = set(re.findall(r'^ {12}\("[^"]+", "([a-z-]+)"\),$', _sources(), flags=re.MULTILINE))
    assert {"missing", "clock", "away"} <= raised
    assert {"full", "unreachable"} <= mapped
    assert raised | mapped <= set(FAULTS)


def _sources() -> str:
    folders = (ROOT / name for name in ("store", "tui"))
    return "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.rglob("*.py")))
