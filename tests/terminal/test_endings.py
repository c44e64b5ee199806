"""However it ends, nothing typed is lost, nobody stays held, and the terminal is as it was."""

from __future__ import annotations

import fcntl
import signal
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest

from tests.terminal.driver import Terminal
from tests.terminal.office import Caller, TerminalOffice

ENDS_WITHIN = 1.0
"""Seconds; where nothing hangs it takes 0.06 to 0.17."""

MOST_CPU = 0.5
"""Seconds of processor time from then to the end of the process: it takes 0.05, spinning to the last resort 0.9."""

NOTE = "istri yang angkat, suami pulang jam 16"
ALTERNATE_SCREEN, CURSOR, MARKED_PASTE, FOCUS_REPORTS = 1049, 25, 2004, 1004


def note(terminal: Terminal, text: str = NOTE) -> str:
    """Serves a person and types a note without finishing it; the KPJ."""
    kpj = Caller(terminal).start()
    terminal.press("n")
    terminal.wait_for("Catatan:")
    terminal.type(text)
    terminal.wait_for(text)
    return kpj


def assert_free_with_draft(office: TerminalOffice, kpj: str, text: str = NOTE) -> None:
    """Nobody is held, and who starts Loket again has the same person with the note."""
    assert [row for row in office.rows() if row.holder] == []
    with office.terminal() as terminal:
        assert Caller(terminal).start() == kpj
        terminal.wait_for(text)


def assert_as_before(terminal: Terminal) -> None:
    """The line settings, the screen, the cursor and every mode that was switched on."""
    assert terminal.modes() == terminal.modes_before
    on = {mode for mode in (ALTERNATE_SCREEN, CURSOR, MARKED_PASTE, FOCUS_REPORTS) if terminal.private_mode(mode)}
    assert on == {CURSOR}
    assert b"\x1b[<u" in terminal.output
    assert terminal.output.rindex(b"\x1b[?7h") > terminal.output.rindex(b"\x1b[?7l")


class Ending(NamedTuple):
    """How somebody else ends the program, with which status, and whether its terminal is there to be looked at."""

    act: Callable[[Terminal], None]
    status: int
    seen: bool = True
    how: Mapping[str, bool] = {}


ENDINGS = {
    "TERM": Ending(lambda terminal: terminal.signal(signal.SIGTERM), signal.SIGTERM),
    "HUP": Ending(lambda terminal: terminal.signal(signal.SIGHUP), signal.SIGHUP),
    "INT": Ending(lambda terminal: terminal.signal(signal.SIGINT), signal.SIGINT),
    "the window is closed": Ending(Terminal.hang_up, signal.SIGHUP, seen=False),
    "the terminal goes without a signal": Ending(Terminal.hang_up, signal.SIGHUP, False, {"controlling": False}),
    "standard input is closed": Ending(Terminal.unplug, signal.SIGHUP, how={"own_keyboard": True}),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_whoever_ends_it_it_ends_in_order(office: TerminalOffice, name: str) -> None:
    ending = ENDINGS[name]
    with office.terminal(**ending.how) as terminal:
        kpj = note(terminal)
        assert terminal.private_mode(ALTERNATE_SCREEN)
        assert "own_keyboard" in ending.how or terminal.modes() != terminal.modes_before
        before = terminal.cpu_seconds()
        ending.act(terminal)
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.cpu_seconds() - before < MOST_CPU
        if ending.seen:
            assert terminal.status == 128 + ending.status
            assert_as_before(terminal)
    assert_free_with_draft(office, kpj)


def test_it_ends_even_when_the_database_does_not_answer(office: TerminalOffice) -> None:
    with office.terminal() as terminal, (office.home / "loket.sqlite-turn").open("a") as turn:
        note(terminal)
        fcntl.flock(turn, fcntl.LOCK_EX)
        terminal.type("x")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.status == 128 + signal.SIGTERM
        assert_as_before(terminal)


def test_the_menu_ends_it_in_order_and_the_person_is_free(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        caller = Caller(terminal)
        kpj = caller.start()
        assert caller.quit() == 0
        assert_as_before(terminal)
    assert [row for row in office.rows() if row.holder] == []
    with office.terminal() as terminal:
        assert Caller(terminal).start() == kpj


def about_to_quit(terminal: Terminal) -> None:
    """Somebody is held, and the way out of Loket stands in the menu."""
    Caller(terminal).start()
    terminal.press("f10")
    terminal.type("kelu")
    terminal.wait_for("Keluar dari Loket")
    terminal.idle()


def test_a_terminal_that_answers_late_types_nothing_into_the_shell(office: TerminalOffice) -> None:
    with office.terminal(controlling=False) as terminal:
        about_to_quit(terminal)
        with terminal.far_away() as answers:
            for number, letter in enumerate("ar", 1):
                terminal.press(letter)
                terminal.wait_for(lambda number=number: len(answers) == number)
            terminal.press("enter")
            terminal.listen(0.3)
            assert terminal.ended_at is None
            terminal.answer(answers.pop(0))
            terminal.listen(0.2)
            terminal.answer(b"".join(answers))
            terminal.wait_for_end()
        assert terminal.status == 0
        assert_as_before(terminal)
        assert terminal.typed_into_the_shell() == b"\n"


def test_a_terminal_that_stops_answering_is_waited_for_once(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        about_to_quit(terminal)
        with terminal.far_away() as answers:
            terminal.press("a")
            terminal.wait_for(lambda: bool(answers))
            terminal.press("enter")
            assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.status == 0
        assert_as_before(terminal)
