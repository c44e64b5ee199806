"""The driver that thinks of the wire, at the real program: it shows the same as the library's, for fewer bytes."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal, loket
from tests.terminal.office import Caller, TerminalOffice
from tests.terminal.slow_line import FarTerminal
from tests.terminal.test_budgets import cost

LIBRARY = {"LOKET_DRIVER": "textual"}

LOOKS = 40
"""Most looks at both screens, half a second each, until they must be equal."""

WALK = (
    *("f2", "down", "down", "pagedown", "up", "end", "home", "/", "a", "n", "escape", "enter", "5", "escape", "v"),
    *("n", "x", "y", "escape", "f10", "k", "e", "escape", "escape", "f1", "down", "escape", "f8", "down", "f9", "f3"),
)
LONG_WALK = (
    *WALK,
    *("1", "escape", "f4", "down", "enter", "escape", "f5", "escape", "f6", "escape", "f7", "down", "escape"),
)


def walk_both(office: TerminalOffice, other: TerminalOffice, keys: tuple[str, ...]) -> tuple[int, int]:
    """The same keys at both drivers; after each the screens must be equal. The bytes that each took."""
    with ExitStack() as stack:
        ours = stack.enter_context(office.terminal())
        library = stack.enter_context(other.terminal(environment=LIBRARY))
        for key in ("", *keys, "resize", "resize back"):
            for terminal in (ours, library):
                if key.startswith("resize"):
                    terminal.resize(*((80, 24) if "back" in key else (101, 31)))
                elif key:
                    terminal.press(key)
                else:
                    terminal.wait_for("F2 ")
            # Which of the two is done first is chance; that they come to show the same is not.
            assert any(agree(ours, library) for _look in range(LOOKS)), f"after {key!r}\n{ours.report()}"
        return len(ours.output), len(library.output)


def agree(ours: Terminal, library: Terminal) -> bool:
    """Both have been quiet for a moment and show the same, the cursor included."""
    library.idle()
    ours.idle()
    same_cursor = (ours.screen.cursor.x, ours.screen.cursor.y) == (library.screen.cursor.x, library.screen.cursor.y)
    return same_cursor and ours.screen.seen() == library.screen.seen()


def test_both_drivers_show_the_same(office: TerminalOffice, tmp_path: Path, filled_home: Path) -> None:
    ours, library = walk_both(office, twin(filled_home, tmp_path), WALK)
    assert ours * 3 < library


@pytest.mark.soak
def test_both_drivers_show_the_same_everywhere(office: TerminalOffice, tmp_path: Path, filled_home: Path) -> None:
    walk_both(office, twin(filled_home, tmp_path), LONG_WALK)


def twin(filled_home: Path, tmp_path: Path) -> TerminalOffice:
    """The same office once more."""
    shutil.copytree(filled_home, tmp_path / "twin")
    return TerminalOffice(tmp_path / "twin")


def test_a_terminal_that_never_answers_is_asked_once_and_shows_everything(office: TerminalOffice) -> None:
    with office.terminal(answers=False) as terminal:
        caller = Caller(terminal)
        caller.start()
        caller.answer("1")
        assert caller.quit() == 0
        assert terminal.output.count(b"\x1b[6n") == 1


def test_what_the_terminal_answers_is_never_typed(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        Caller(terminal).start()
        terminal.press("n")
        terminal.wait_for("Catatan:")
        terminal.type("abc")
        terminal.wait_for("abc")
        for unasked in ("\x1b[3;4R", "\x1b[?1;2c", "\x1b]11;rgb:0/0/0\x1b\\", "\x1bP1$r0m\x1b\\"):
            terminal.answer(unasked.encode())
        terminal.type("def")
        terminal.wait_for("abcdef")
        assert terminal.output.count(b"\x1b[6n") > 3


def test_a_key_right_after_escape_is_that_key_and_a_digit_glued_to_it_counts_only_pressed_again(
    office: TerminalOffice,
) -> None:
    with office.terminal() as terminal:
        caller = Caller(terminal)
        caller.start()
        terminal.press("5")
        terminal.idle()
        terminal.press("escape", "1")  # in one write, as alt+1 comes
        terminal.wait_for("tekan 1 sekali lagi")
        assert office.attempts() == []
        caller.answer("1")
        terminal.press("5")
        terminal.idle()
        terminal.press("escape")
        terminal.wait_for_reading()
        caller.answer("2")
        assert [attempt.outcome for attempt in office.attempts()] == ["no_answer", "busy"]


def test_who_comes_back_to_it_sees_it_whole(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        Caller(terminal).start()
        terminal.idle()
        before = terminal.screen.seen()
        terminal.signal(signal.SIGTSTP)
        # Only who has stopped can go on: a signal to go on that comes before that is lost.
        terminal.wait_for_stop()
        assert not terminal.private_mode(1049)
        assert terminal.private_mode(25)
        terminal.feed(b"\x1b[2J\x1b[1;1Hsomething else\x1b[31m")
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(lambda: terminal.private_mode(1049) and terminal.screen.seen() == before)


def test_a_person_whose_terminal_gets_everything_keeps_that(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        before = cost(terminal, "f2")
        cost(terminal, "escape")
        terminal.press("f10")
        terminal.type("kirim semuanya")
        terminal.idle()
        terminal.press("enter")
        terminal.wait_for("semuanya dikirim")
        assert cost(terminal, "f2") > 2 * before
        seen = terminal.screen.seen()
        assert Caller(terminal).quit() == 0
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        assert cost(terminal, "f2") > 2 * before
        assert terminal.screen.seen()[:-1] == seen[:-1]


def test_a_screen_that_somebody_wrote_on_is_painted_anew(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        terminal.press("f2")
        terminal.wait_for("Enter ")
        terminal.idle()
        before = terminal.screen.seen()
        terminal.feed(b"\x1b[3;3Hsomebody's message\x1b[m")
        assert terminal.screen.seen() != before
        terminal.press("f10")
        terminal.type("gambar ulang")
        terminal.idle()
        terminal.press("enter")
        terminal.wait_for(lambda: terminal.screen.seen() == before)


@contextmanager
def far(office: TerminalOffice) -> Iterator[FarTerminal]:
    """The program at the far end of a slow line."""
    terminal = FarTerminal(loket(office.home), environment=office.environment)
    try:
        yield terminal
    finally:
        terminal.close()


def pages(office: TerminalOffice) -> tuple[float, int]:
    """Ten pages at five a second over a slow line: seconds from the last key to the right screen, and the bytes."""
    with far(office) as terminal:
        terminal.until("F2 ")
        terminal.press("f2")
        terminal.until("Enter ")
        terminal.listen(2)
        before = len(terminal.output)
        for _page in range(10):
            last = time.monotonic()
            terminal.press("pagedown")
            terminal.listen(0.2)
        terminal.listen(3)
        right = last
        for at, picture in reversed(terminal.pictures):
            if picture != terminal.display:
                break
            right = at
        return right - last, len(terminal.output) - before


@pytest.mark.soak
def test_ten_pages_over_a_slow_line_stand_half_a_second_after_the_last_key(tmp_path: Path) -> None:
    office = TerminalOffice(tmp_path / "office")
    office.fill(people=700)
    took, sent = pages(office)
    assert took <= 0.5
    assert sent <= 10 * 2500
