"""Text from a file is text: whatever a name or a file is called, the terminal and the program do nothing it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.store.office import Person
from tests.terminal.driver import Terminal
from tests.terminal.office import Caller, TerminalOffice, write_people

PAYLOADS = {
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "title": "\x1b]0;DIRETAS\x1b\\",
    "clear": "\x1b[2J\x1b[3J",
    "report": "\x1b[6n\x1b[>0q",
    "blink": "\x1b[31;5m",
    "print": "\x1b[5i",
    "dcs": "\x1bP+q544e\x1b\\",
    "c1-csi": "\x9b31m",
    "c1-osc": "\x9d52;c;YQ==\x9c",
    "bidi": "\u202e\u2066",
    "zero-width": "\u200b\ufeff\u2028",
    "bell": "\x07\x08\x08\x7f",
}
"""What a terminal obeys."""

MARKUP = (
    "[/]",
    "[@click=app.exit]KLIK[/]",
    "[red]MERAH[/red]",
    "[link=http://contoh.example]",
    "{name}",
    "%s %(name)s",
)
"""What a library of screens obeys."""

# What Loket itself sends: styles, moves, erasing, scrolling, a question, modes, and the keyboard protocol.
_OURS = re.compile("\x1b\\[(?:[0-9;]*[mHCJKXLMr]|6n|[?<>=][0-9;]*\\$?[a-zA-Z])")
_DANGER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def people() -> list[Person]:
    """One person with each payload in name and company, and one with each piece of markup."""
    hostile = [*PAYLOADS.values(), *MARKUP]
    return [
        Person(
            f"2200000{n:04d}", f"ORANG{n} {text} AKHIR", hp=f"0812{n:07d}1", company=f"PT {text} JAYA", npp="99150101"
        )
        for n, text in enumerate(hostile)
    ]


def assert_harmless(terminal: Terminal) -> None:
    """Nothing but Loket's own sequences was sent, and none that it never uses."""
    sent = terminal.output.decode()
    assert [name for name, payload in PAYLOADS.items() if payload in sent] == []
    assert _DANGER.findall(_OURS.sub("", sent)) == []
    assert "DIRETAS" not in terminal.screen.title


@pytest.fixture
def hostile(tmp_path: Path) -> TerminalOffice:
    """An office where such a list was brought in by command."""
    office = TerminalOffice(tmp_path / "office")
    office.create()
    done = office.command("import", "participants", str(write_people(tmp_path / "daftar.csv", people())))
    assert done.returncode == 0, done.stderr
    assert _DANGER.findall(done.stdout + done.stderr) == []
    return office


def test_hostile_names_are_text_on_list_and_card(hostile: TerminalOffice) -> None:
    rows = people()
    with hostile.terminal() as terminal:
        caller = Caller(terminal)
        seen = {caller.start(): terminal.text}
        terminal.press("h")
        terminal.wait_for("ORANG3")
        terminal.press("escape")
        terminal.idle()
        terminal.press("v")
        terminal.idle()
        while len(seen) < len(rows):
            caller.answer("0", "t", "enter")
            seen[caller.kpj] = terminal.text
        # Markup is not obeyed and not hidden: it stands there as it was written.
        assert [row.name for row in rows[len(PAYLOADS) :] if row.name not in seen[row.kpj]] == []
        assert_harmless(terminal)
        assert caller.quit() == 0


def test_hostile_names_are_text_in_search_and_wide_list(hostile: TerminalOffice) -> None:
    with hostile.terminal(columns=120, lines=40) as terminal:
        caller = Caller(terminal)
        caller.start()
        terminal.press("escape")
        terminal.idle()
        terminal.press("/")
        terminal.type("akhir")
        terminal.press("enter")
        terminal.idle()
        assert sum("ORANG" in line for line in terminal.display) >= len(people())
        terminal.press("end")
        terminal.idle()
        assert_harmless(terminal)
        assert caller.quit() == 0


def test_a_hostile_file_is_text_on_the_import_screen(tmp_path: Path) -> None:
    office = TerminalOffice(tmp_path / "office")
    office.create()
    names = ["[] [red].csv", "\x1b]52;c;YQ==\x07.csv", "\u202evsc.csv", "\x1b[2J.csv"]
    for name in names:
        write_people(office.home / "MASUK" / name, people())
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        terminal.idle()
        terminal.press("i")
        terminal.wait_for(".csv")
        terminal.idle()
        for _file in names:
            terminal.press("enter")
            terminal.wait_for("ORANG")
            terminal.idle()
            for key in ("down", "pagedown", "end", "tab"):
                terminal.press(key)
                terminal.idle()
            terminal.press("escape")
            terminal.wait_for(lambda: "ORANG" not in terminal.text)
            terminal.idle()
            terminal.press("down")
            terminal.idle()
        assert_harmless(terminal)
        assert Caller(terminal).quit() == 0
