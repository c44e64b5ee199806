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
