"""On every terminal that offices have: it starts, serves a person, and leaves the terminal as it was."""

from __future__ import annotations

import re

import pytest

from tests.terminal.driver import Terminal
from tests.terminal.office import Caller, TerminalOffice
from tui.widgets.qr import modules, tel

_SGR = re.compile(rb"\x1b\[([0-9;]*)m")


def colours(output: bytes) -> set[int]:
    """The colours of all styles that were sent: numbers of the 256, or of the 16 as 0 to 15."""
    found: set[int] = set()
    for style in _SGR.findall(output):
        codes = [int(code or 0) for code in style.split(b";")]
        while codes:
            code = codes.pop(0)
            if code in (38, 48):
                assert codes.pop(0) == 5, "no more than 256 colours are used"
                found.add(codes.pop(0))
            elif 30 <= code <= 37 or 40 <= code <= 47:
                found.add(code % 10)
            elif 90 <= code <= 97 or 100 <= code <= 107:
                found.add(8 + code % 10)
    return found


@pytest.mark.parametrize(
    ("size", "variables", "arguments", "leave"),
    [
        ((80, 24), {}, (), "Keluar dari Loket"),
        ((120, 40), {}, (), "Keluar dari Loket"),
        ((80, 24), {"NO_COLOR": "1"}, (), "Keluar dari Loket"),
        ((80, 24), {}, ("--lang", "en"), "Quit Loket"),
        ((120, 40), {"LOKET_LANG": "en", "TERM": "tmux-256color"}, (), "Quit Loket"),
        ((80, 24), {"TERM": "linux"}, (), "Keluar dari Loket"),
        ((80, 24), {"TERM": "vt100"}, (), "Keluar dari Loket"),
        ((80, 24), {"SSH_TTY": "/dev/pts/0", "TERM": "putty"}, (), "Keluar dari Loket"),
    ],
    ids=["80x24", "120x40", "no-color", "english", "english-tmux", "linux", "vt100", "putty"],
)
def test_it_starts_serves_and_leaves(
    office: TerminalOffice,
    size: tuple[int, int],
    variables: dict[str, str],
    arguments: tuple[str, ...],
    leave: str,
) -> None:
    columns, lines = size
    with office.terminal(*arguments, columns=columns, lines=lines, environment=variables) as terminal:
        caller = Caller(terminal)
        kpj = caller.start()
        terminal.idle()
        assert [row.kpj for row in office.rows() if row.holder] == [kpj]
        # The frame fills the screen exactly: title in the first line, keys and state in the last two.
        assert "JHT 56" in terminal.display[0]
        assert re.search("12[.:]00", terminal.display[-1])
        assert "?" in terminal.display[-2]
        assert caller.quit(leave) == 0
        assert terminal.modes() == terminal.modes_before
        assert not terminal.private_mode(1049)
        assert terminal.private_mode(25)


def test_without_colour_none_is_sent_and_a_qr_code_can_be_read(office: TerminalOffice) -> None:
    office.ask(lambda store: store.office.set_setting("calls.qr", True))
    with office.terminal(environment={"NO_COLOR": "1"}) as terminal:
        caller = Caller(terminal)
        caller.start()
        number = caller.number
        terminal.press("q")
        terminal.wait_for("QR")
        terminal.idle()
        assert dark_modules(terminal) == modules(tel(number))
        assert colours(terminal.output) == set()
        assert b"\x1b[7m" in terminal.output
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        assert colours(terminal.output) != set()


def dark_modules(terminal: Terminal) -> list[list[bool]]:
    """The code on a screen whose letters are light on dark, as a camera sees it: two modules in each cell."""
    halves = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
    seen: list[list[bool]] = []
    for y in range(1, terminal.screen.lines - 4):
        cells = [terminal.screen.buffer[y][x] for x in range(terminal.screen.columns)]
        inked = [cell for cell in cells if cell.reverse]
        for half in (0, 1):
            if inked:
                # What is light on an ordinary cell is dark on one that is turned around.
                seen.append([halves[cell.data][half] for cell in inked])
    whole = len(seen[0])  # a code is square; an odd number of rows leaves half a line below
    assert len(seen) in (whole, whole + 1)
    return seen[:whole]


@pytest.mark.parametrize("term", ["linux", "vt100"])
def test_a_console_gets_no_more_than_sixteen_colours(office: TerminalOffice, term: str) -> None:
    with office.terminal(environment={"TERM": term}) as terminal:
        Caller(terminal).start()
        terminal.idle()
        assert colours(terminal.output) <= set(range(16))


def test_a_wide_terminal_shows_list_and_card_side_by_side(office: TerminalOffice) -> None:
    with office.terminal(columns=120, lines=40) as terminal:
        kpj = Caller(terminal).start()
        terminal.idle()
        name = office.people()[kpj].name
        assert sum(name in line for line in terminal.display) > 1
        assert all(len(line) <= 120 for line in terminal.display)


def test_without_a_terminal_it_says_what_it_needs(office: TerminalOffice) -> None:
    done = office.command()
    assert done.returncode == 1
    assert "loket --help" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("wire", [True, False], ids=["ours", "the library's"])
def test_a_terminal_that_tells_no_size_is_quiet_and_has_the_usual_one(office: TerminalOffice, wire: bool) -> None:
    variables = {} if wire else {"LOKET_DRIVER": "textual"}
    with office.terminal(tells_size=False, environment=variables) as terminal:
        Caller(terminal).start()
        terminal.idle()
        assert terminal.listen(1) == 0
        assert Caller(terminal).quit() == 0


def test_a_window_that_was_folded_away_keeps_the_size_that_it_had(office: TerminalOffice) -> None:
    with office.terminal(columns=120, lines=40) as terminal:
        Caller(terminal).start()
        terminal.idle()
        before = terminal.text
        terminal.fold_away()
        terminal.idle()
        assert (terminal.text, terminal.listen(1)) == (before, 0)
        terminal.resize(80, 24)
        terminal.wait_for(lambda: "buka s.d." in terminal.display[-1])
        assert Caller(terminal).quit() == 0
