"""The first start asks for an office; each start opens it once."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.terminal.office import TerminalOffice


def test_an_empty_home_is_set_up_after_a_question_and_opened_once_a_start(tmp_path: Path) -> None:
    office = TerminalOffice(tmp_path / "office")
    with office.terminal() as terminal:
        terminal.wait_for("Nama kantor")
        terminal.press("enter")
        terminal.wait_for_end()
        assert terminal.status == 1
        assert not (office.home / "loket.sqlite").exists()
    with office.terminal() as terminal:
        terminal.wait_for("Nama kantor")
        terminal.type("KCP Duri")
        terminal.press("enter")
        terminal.wait_for("F9 ")
        terminal.signal(signal.SIGTERM)
        terminal.wait_for_end()
    with office.raw() as database:
        before = database.rows("SELECT count(*) FROM session", ())[0][0]
    with office.terminal() as terminal:
        terminal.wait_for("KCP Duri")
        terminal.signal(signal.SIGTERM)
        terminal.wait_for_end()
    with office.raw() as database:
        assert database.rows("SELECT count(*) FROM session", ())[0][0] == before + 1


def test_the_telephone_may_ring_as_soon_as_the_first_screen_is_there(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        terminal.press("f3")
        terminal.wait_for("Layanan · telepon")


def test_keys_may_come_from_another_terminal_than_the_screen(office: TerminalOffice) -> None:
    """One that tells no size, as long as nobody set it: the screens are laid out once, and the keys are heard."""
    with office.terminal(own_keyboard=True) as terminal:
        terminal.wait_for("F2 ")
        terminal.press("f9")
        terminal.wait_for("Tindak lanjut ·")
        terminal.idle()
        before = terminal.cpu_seconds()
        terminal.listen(1)
        assert terminal.cpu_seconds() - before < 0.5
