"""However it ends, nothing typed is lost, nobody stays held, and the terminal is as it was."""

from __future__ import annotations

import fcntl
import random
import signal

import pytest

from tests.terminal.driver import Terminal
from tests.terminal.office import Caller, TerminalOffice

ENDS_WITHIN = 3.0
"""Seconds; a second on a machine that is not loaded."""

MOST_CPU = 0.8
"""Seconds of processor time from the end of the terminal to the end of the process; spinning takes more than one."""

NOTE = "istri yang angkat, suami pulang jam 16"
LOST_AT_MOST = 5
"""Letters."""

KEYS_A_SECOND = 12
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


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(office: TerminalOffice, number: signal.Signals) -> None:
    with office.terminal() as terminal:
        kpj = note(terminal)
        assert terminal.private_mode(ALTERNATE_SCREEN)
        assert terminal.modes() != terminal.modes_before
        before = terminal.cpu_seconds()
        terminal.signal(number)
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.status == 128 + number
        assert terminal.cpu_seconds() - before < MOST_CPU
        assert_as_before(terminal)
    assert_free_with_draft(office, kpj)


def test_a_closed_window_ends_it(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        kpj = note(terminal)
        before = terminal.cpu_seconds()
        terminal.hang_up()
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.cpu_seconds() - before < MOST_CPU
    assert_free_with_draft(office, kpj)


def test_a_terminal_that_goes_without_a_signal_is_noticed(office: TerminalOffice) -> None:
    with office.terminal(controlling=False) as terminal:
        kpj = note(terminal)
        before = terminal.cpu_seconds()
        terminal.hang_up()
        assert terminal.wait_for_end() < ENDS_WITHIN
        assert terminal.cpu_seconds() - before < MOST_CPU
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


def lost_to_a_kill(office: TerminalOffice, chance: random.Random) -> int:
    """Types a note at 12 keys a second, kills the program at some moment, and counts what the draft lacks."""
    text = "".join(chance.choice("abcdefghij klmnop") for _ in range(40)).strip()
    with office.terminal() as terminal:
        kpj = Caller(terminal).start()
        terminal.press("n")
        terminal.wait_for("Catatan:")
        terminal.press("ctrl+u")  # what the one before left
        terminal.idle()
        typed = 0
        for letter in text[: chance.randrange(8, 20)]:
            terminal.press(letter)
            typed += 1
            terminal.listen(1 / KEYS_A_SECOND)
        terminal.listen(chance.random() / KEYS_A_SECOND)
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
    (row,) = [row for row in office.rows() if row.kpj == kpj]
    draft = office.ask(lambda store: store.drafts.load(f"call-note:{row.item_id}"))
    kept = draft[0] if draft else ""
    assert text.startswith(kept)
    return typed - len(kept)


def test_a_kill_while_typing_costs_a_few_letters(office: TerminalOffice) -> None:
    chance = random.Random(5)
    assert max(lost_to_a_kill(office, chance) for _ in range(5)) <= LOST_AT_MOST


@pytest.mark.soak
def test_fifty_kills_while_typing_cost_a_few_letters_each(office: TerminalOffice) -> None:
    chance = random.Random(50)
    lost = [lost_to_a_kill(office, chance) for _ in range(50)]
    assert max(lost) <= LOST_AT_MOST, lost


WAYS = {"a reason for marked people": ("f2", "space", "b", "l"), "a number, in the list": ("f2", "e")}


@pytest.mark.parametrize("way", WAYS)
def test_a_kill_leaves_a_line_that_is_typed(office: TerminalOffice, way: str) -> None:
    with office.terminal() as terminal:
        begin(terminal, way)
        for letter in "qxqxqxqx":
            terminal.press(letter)
            terminal.listen(1 / KEYS_A_SECOND)
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
    with office.terminal() as terminal:
        begin(terminal, way)
        terminal.wait_for("qxq")


def begin(terminal: Terminal, way: str) -> None:
    terminal.wait_for("F2 ")
    for key in WAYS[way]:
        terminal.press(key)
        terminal.idle()
