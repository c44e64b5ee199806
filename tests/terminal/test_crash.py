"""A program that has to stop says so in one sentence, gives the terminal back, and shows nobody's data."""

from __future__ import annotations

import re

from tests.terminal.office import Caller, TerminalOffice


def damage(office: TerminalOffice, table: str) -> None:
    """Somebody goes behind Loket's back: a table is gone, which no code can have foreseen."""
    with office.raw() as database:
        database.peewee.execute_sql(f"ALTER TABLE {table} RENAME TO elsewhere")


def assert_no_values(office: TerminalOffice, text: str) -> None:
    """No name, number or statement of the database stands in it."""
    for row in office.rows():
        assert row.name not in text
        assert row.kpj not in text
    assert "1403" not in text
    assert "0812" not in text
    assert "INSERT INTO" not in text
    assert "Traceback" not in text


def test_a_crash_on_screen_shows_a_code_and_no_values(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        caller = Caller(terminal)
        kpj = caller.start()
        damage(office, "attempt")
        terminal.press("1")
        terminal.wait_for_end()
        assert terminal.status == 1
        assert terminal.modes() == terminal.modes_before
        assert not terminal.private_mode(1049)
        assert terminal.private_mode(25)
        said = terminal.output.decode().rpartition("\x1b[?1049l")[2]
    (code,) = re.findall(r"L-[0-9A-F]{6}", said)
    log = office.home / "log" / "crash.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert code in log.read_text()
    with office.raw() as database:
        database.peewee.execute_sql("ALTER TABLE elsewhere RENAME TO attempt")
    for text in (said, log.read_text()):
        assert_no_values(office, text)
    assert [a for a in office.attempts() if a.kpj == kpj] == []


def test_a_crash_of_a_command_shows_a_code_and_no_values(office: TerminalOffice) -> None:
    damage(office, "campaign")
    done = office.command("queue", "status", "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert re.search(r"L-[0-9A-F]{6}", done.stderr)
    with office.raw() as database:
        database.peewee.execute_sql("ALTER TABLE elsewhere RENAME TO campaign")
    assert_no_values(office, done.stderr + (office.home / "log" / "crash.log").read_text())


def test_a_crash_while_opening_gives_the_terminal_back(office: TerminalOffice) -> None:
    damage(office, "staff")
    with office.terminal() as terminal:
        terminal.wait_for_end()
        assert terminal.status == 1
        assert terminal.modes() == terminal.modes_before
        assert "L-" in terminal.text
        assert "Traceback" not in terminal.text
        assert len([line for line in terminal.display if line]) <= 2


def test_a_damaged_database_is_said_in_words(office: TerminalOffice) -> None:
    (office.home / "loket.sqlite").write_bytes(b"not a database " * 1000)
    with office.terminal() as terminal:
        terminal.wait_for_end()
        assert terminal.status == 1
        assert "Traceback" not in terminal.text
        assert len([line for line in terminal.display if line]) <= 2
