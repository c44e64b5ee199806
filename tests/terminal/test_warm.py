"""Loket that waits: its screens come at once and are in nothing else than after a cold start, however they end.

The program is a copy, since others may be at work on the one that is tested, and since one test changes it.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import _xterm_parser, constants

from tests.terminal.driver import Terminal, opened
from tests.terminal.office import Caller, TerminalOffice
from tests.terminal.test_endings import ENDS_WITHIN, assert_as_before, assert_free_with_draft, note
from tui.terminal.environment import read_again

ROOT = Path(__file__).parents[2]


class Waiting:
    """A waiting process of a copy of the program, and how people start that copy."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.folder = folder
        self.command = (sys.executable, str(program / "loket"))
        own = {"LOKET_LANG": "en", "NO_COLOR": "1", "LOKET_NOW": "2023-07-30T09:00"}  # nobody's but its own
        environment = {**os.environ, **own, "LOKET_WARM": str(folder)}
        self.process = subprocess.Popen(
            [*self.command, "--lang", "en", "warm"], env=environment, cwd="/", stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("Waiting in ")

    def terminal(self, office: TerminalOffice, *arguments: str, **variables: str) -> AbstractContextManager[Terminal]:
        """Somebody starts Loket on an office."""
        command = (*self.command, "--home", str(office.home), *arguments)
        environment = {**office.environment, "LOKET_WARM": str(self.folder), **variables}
        return opened(command, environment=environment)

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("program")
    for package in ("tui", "store", "printing"):
        shutil.copytree(ROOT / package, copy / package)
    (copy / "loket").write_text("import sys\nfrom tui.__main__ import main\nsys.exit(main())\n")
    return copy


@contextmanager
def waiting(program: Path) -> Iterator[Waiting]:
    with tempfile.TemporaryDirectory(prefix="lw") as folder:  # a short path, as a socket's must be
        made = Waiting(program, Path(folder))
        try:
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def warm(program: Path) -> Iterator[Waiting]:
    with waiting(program) as made:
        yield made


def screens(office: TerminalOffice) -> int:
    """The process that has the screens of whoever started last."""
    with office.raw() as database:
        return int(database.rows("SELECT pid FROM session ORDER BY id DESC LIMIT 1", ())[0][0])


def login(office: TerminalOffice) -> str:
    """The login that whoever started last came in with: its first process."""
    with office.raw() as database:
        return str(database.rows("SELECT logged_in FROM session ORDER BY id DESC LIMIT 1", ())[0][0]).split()[1]


def forked(terminal: Terminal, office: TerminalOffice) -> int:
    """The process behind the screens of this terminal, which a waiting one forked."""
    terminal.wait_for("F9 ")
    found = screens(office)
    assert found != terminal.process.pid
    return found


def sockets(pid: int) -> set[str]:
    """What else than files and terminals a process has open."""
    found = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()}
    return {name for name in found if name.startswith("socket:")}


def test_the_screens_of_a_warm_start_are_resized_stopped_and_quit_like_others(
    warm: Waiting, office: TerminalOffice
) -> None:
    with warm.terminal(office) as terminal:
        behind = forked(terminal, office)
        assert Path(f"/proc/{behind}/cwd").readlink() == Path.cwd()
        assert login(office) == str(os.getsid(terminal.process.pid))
        terminal.resize(120, 40)
        terminal.wait_for(lambda: bool(terminal.display[39].strip()))
        caller = Caller(terminal)
        kpj = caller.start()
        terminal.signal(signal.SIGTSTP)
        terminal.wait_for_stop()
        assert terminal.modes() == terminal.modes_before
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(f"KPJ {kpj}")
        terminal.wait_for(lambda: terminal.modes() != terminal.modes_before)
        assert caller.quit() == 0
        assert_as_before(terminal)
    assert [row for row in office.rows() if row.holder] == []


def test_a_signal_ends_a_warm_start_with_its_draft_kept(warm: Waiting, office: TerminalOffice) -> None:
    with warm.terminal(office) as terminal:
        forked(terminal, office)
        kpj = note(terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.status == 128 + signal.SIGTERM
        assert_as_before(terminal)
    assert_free_with_draft(office, kpj)


def test_when_the_persons_own_process_is_killed_the_screens_end_with_the_draft_kept(
    warm: Waiting, office: TerminalOffice
) -> None:
    with warm.terminal(office) as terminal:
        behind = os.pidfd_open(forked(terminal, office))
        kpj = note(terminal)
        terminal.signal(signal.SIGKILL)
        assert select.select([behind], [], [], ENDS_WITHIN)[0]
        os.close(behind)
    assert_free_with_draft(office, kpj)


def test_a_closed_window_ends_a_warm_start(warm: Waiting, office: TerminalOffice) -> None:
    with warm.terminal(office) as terminal:
        forked(terminal, office)
        kpj = note(terminal)
        terminal.hang_up()
        assert terminal.wait_for_end() < ENDS_WITHIN
    assert_free_with_draft(office, kpj)


def test_when_the_screens_are_killed_the_terminal_is_given_back(warm: Waiting, office: TerminalOffice) -> None:
    with warm.terminal(office) as terminal:
        os.kill(forked(terminal, office), signal.SIGKILL)
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.status == 128 + signal.SIGKILL
        terminal.idle()
        assert_as_before(terminal)


def test_nothing_of_one_person_reaches_the_next(warm: Waiting, office: TerminalOffice) -> None:
    with warm.terminal(office, LOKET_LANG="en", NO_COLOR="1", LOKET_NOW="2023-07-28T19:30") as one:
        first = forked(one, office)
        one.wait_for("CLOSED")
        with warm.terminal(office) as other:
            second = forked(other, office)
            other.wait_for("Koreksi data")
            assert "38;5;" in other.output.decode(errors="replace")
            assert "38;5;" not in one.output.decode(errors="replace")
            assert not sockets(first) & sockets(second)
            assert not sockets(second) & sockets(warm.process.pid) - sockets(second)
        with warm.terminal(office, TERM="linux") as third:
            forked(third, office)
            third.idle()
            assert "38;5;" not in third.output.decode(errors="replace")
        one.wait_for("Correction of data")


def test_what_cannot_be_made_the_same_starts_cold(warm: Waiting, office: TerminalOffice) -> None:
    with warm.terminal(office, MALLOC_ARENA_MAX="2") as terminal:
        terminal.wait_for("F9 ")
        assert screens(office) == terminal.process.pid
    for arguments in (("staff", "list"), ("--help",)):
        done = subprocess.run(
            [*warm.command, "--home", str(office.home), *arguments],
            env={**os.environ, "LOKET_WARM": str(warm.folder)},
            capture_output=True,
            check=True,
        )
        assert done.stdout


def test_a_changed_program_is_started_cold_and_who_works_goes_on(program: Path, office: TerminalOffice) -> None:
    with waiting(program) as warm, warm.terminal(office) as working:
        forked(working, office)
        again = subprocess.run(
            [*warm.command, "warm"], env={**os.environ, "LOKET_WARM": str(warm.folder)}, capture_output=True, text=True
        )
        assert (again.returncode, again.stdout) == (1, "")
        with (program / "tui" / "words" / "warm.py").open("a") as changed:
            changed.write("\n")
        with warm.terminal(office) as terminal:
            terminal.wait_for("F9 ")
            assert screens(office) == terminal.process.pid
        assert warm.process.wait(timeout=20) == 0
        assert not (warm.folder / "warm").exists()
        assert Caller(working).quit() == 0
        assert_as_before(working)


def test_a_socket_that_was_left_is_no_obstacle(program: Path, office: TerminalOffice) -> None:
    with waiting(program) as warm:
        warm.process.kill()
        warm.process.wait()
        assert (warm.folder / "warm").is_socket()
        with warm.terminal(office) as terminal:
            terminal.wait_for("F9 ")
            assert screens(office) == terminal.process.pid
        with_again = Waiting(program, warm.folder)
        try:
            with with_again.terminal(office) as terminal:
                forked(terminal, office)
        finally:
            with_again.end()


def test_the_terminal_library_is_told_anew_what_it_read_when_it_was_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("ESCDELAY", "333")
        patched.setenv("TERM_PROGRAM", "iTerm.app")
        read_again()
        assert (constants.ESCAPE_DELAY, _xterm_parser.IS_ITERM) == (0.333, True)
    read_again()
    assert (constants.ESCAPE_DELAY, _xterm_parser.IS_ITERM) == (0.1, False)


@pytest.mark.soak
def test_twenty_people_start_in_the_same_second(warm: Waiting, office: TerminalOffice) -> None:
    with ExitStack() as stack:
        terminals: list[Any] = [stack.enter_context(warm.terminal(office)) for _ in range(20)]
        for terminal in terminals:
            terminal.wait_for("F9 ")
        with office.raw() as database:
            sessions = database.rows("SELECT pid FROM session ORDER BY id DESC LIMIT 20", ())
        processes = {row[0] for row in sessions}
        assert len(processes) == 20
        assert not processes & {terminal.process.pid for terminal in terminals}
