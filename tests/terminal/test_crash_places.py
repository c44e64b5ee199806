"""Whatever goes wrong with somebody's data in hand: no terminal, log, file name or list of processes shows them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.driver import loket
from tests.terminal.office import Caller, TerminalOffice
from tui.cli.argv import hidden

NAME, KPJ, NIK = "SITI RAHAYU REKAAN", "21000000001", "1403091907679901"
SHOWN = (NAME, "SITI", KPJ, NIK, "0812", "81276543210")


@contextmanager
def says_who(office: TerminalOffice, table: str) -> Iterator[None]:
    """What is written into a table fails, and the database's message names the person."""
    with office.raw() as database:
        database.peewee.execute_sql(
            f"CREATE TRIGGER told BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, '{NAME} {KPJ} {NIK}'); END"
        )
    yield
    with office.raw() as database:
        database.peewee.execute_sql("DROP TRIGGER told")


def written(office: TerminalOffice, *others: Path) -> str:
    """Names and contents of all that lies there, but for the database and what came in."""
    found = []
    for folder in (office.home, *others):
        for path in folder.rglob("*"):
            inside = path.is_file() and not path.name.startswith("loket.sqlite") and path.parent.name != "MASUK"
            found.append(f"{path} {path.read_bytes().decode('utf-8', 'replace') if inside else ''}")
    return "\n".join(found)


def assert_nobody(office: TerminalOffice, text: str) -> None:
    people = [value for row in office.rows() for value in (row.name, row.kpj)]
    assert [value for value in (*SHOWN, *people) if value in text] == []
    assert "Traceback" not in text


def code_in(office: TerminalOffice, said: str) -> str:
    (code,) = set(re.findall(r"L-[0-9A-F]{6}", said))
    assert code in (office.home / "log" / "crash.log").read_text()
    return str(code)


def test_a_crash_on_screen_whose_message_names_somebody(office: TerminalOffice, tmp_path: Path) -> None:
    with says_who(office, "attempt"), office.terminal() as terminal:
        Caller(terminal).start()
        terminal.press("1")
        terminal.wait_for_end()
        said = terminal.output.decode().rpartition("\x1b[?1049l")[2]
        titles = re.findall(r"\x1b\][012];([^\x07\x1b]*)", terminal.output.decode())
    code_in(office, said)
    assert titles == []
    assert_nobody(office, said + written(office, Path(os.environ["HOME"])))


def test_a_crash_of_a_command_whose_message_names_somebody(office: TerminalOffice) -> None:
    kpj = office.rows()[0].kpj
    with says_who(office, "audit"):
        done = office.command("person", kpj)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    code_in(office, done.stderr)
    assert_nobody(office, done.stderr + written(office, Path(os.environ["HOME"])))


FAULTS = """
import asyncio, gc, resource, sys, threading
from pathlib import Path
from tui.terminal.crash import only_places_are_told

only_places_are_told(Path(sys.argv[1]))

def in_a_thread(name):
    raise ValueError(name)

class Cleared:
    def __del__(self):
        raise KeyError(name)

async def dropped(name):
    raise RuntimeError(name)

async def main(name):
    task = asyncio.create_task(dropped(name))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(in_a_thread, name)
    await asyncio.sleep(0)

name = sys.argv[2]
thread = threading.Thread(target=in_a_thread, args=(name,), name=name)
thread.start()
thread.join()
Cleared()
gc.collect()
asyncio.run(main(name))
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_a_fault_that_nobody_waits_for_leaves_its_places(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FAULTS, str(tmp_path / "office"), NAME],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "0\n")
    log = (tmp_path / "office" / "log" / "crash.log").read_text()
    assert NAME not in log
    kinds = re.findall(r"^builtins\.(\w+)$", log, re.MULTILINE)
    assert sorted(kinds) == ["KeyError", "RuntimeError", "ValueError", "ValueError"]


def test_no_kpj_stands_in_the_list_of_processes(office: TerminalOffice) -> None:
    kpj = office.rows()[0].kpj
    with office.raw() as database:
        database.peewee.execute_sql("PRAGMA locking_mode = EXCLUSIVE")
        database.peewee.execute_sql("BEGIN EXCLUSIVE")  # the command waits meanwhile
        running = subprocess.Popen(
            loket(office.home, "person", kpj),
            env={**os.environ, **office.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        shown, until = "", time.monotonic() + 30
        while "*" not in shown and time.monotonic() < until and running.poll() is None:
            shown = Path(f"/proc/{running.pid}/cmdline").read_text().replace("\0", " ").rstrip()
        assert shown.endswith(f"--home {office.home} person {'*' * len(kpj)}"), shown
        database.peewee.execute_sql("ROLLBACK")
    said, trouble = running.communicate(timeout=60)
    assert (running.returncode, trouble) == (0, "")
    assert kpj in said, "the command itself knows whom it was asked for"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (("person", KPJ), ("person", "*" * 11)),
        (("--home", "/srv/loket", "person", "-", "-o", "/tmp/x.pdf"),) * 2,
        (
            ("audit", "show", "--person", KPJ, "--kind", "look"),
            ("audit", "show", "--person", "*" * 11, "--kind", "look"),
        ),
        (("audit", "show", f"--person={KPJ}"), ("audit", "show", f"--person={'*' * 11}")),
        (
            ("retention", "suspend", KPJ, "--by", "participant", "--why", "siti"),
            ("retention", "suspend", "*" * 11, "--by", "participant", "--why", "****"),
        ),
        (("merge", NAME, "-o", "KELUAR/x.xlsx"), ("merge", "*" * len(NAME), "-o", "KELUAR/x.xlsx")),
    ],
)
def test_of_a_command_line_commands_options_and_paths_are_shown(line: tuple[str, ...], shown: tuple[str, ...]) -> None:
    assert tuple(hidden(line)) == shown
