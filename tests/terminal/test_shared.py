"""An account that several people share, at a real terminal: who it is and their PIN come before anything is shown."""

from __future__ import annotations

import asyncio
import os
import pwd
import subprocess
from pathlib import Path

import pytest

from store import create_office, open_store
from tests.terminal.driver import loket
from tests.terminal.office import TerminalOffice

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
PIN = "482917"


@pytest.fixture
def shared(tmp_path: Path) -> tuple[TerminalOffice, str]:
    """An office whose administrator is somebody else; this account is Budi's and Cici's. And Budi's code."""
    home = tmp_path / "office"

    async def prepare() -> str:
        await create_office(home, login="kepala")
        store = await open_store(home, login="kepala")
        for login in ("budi", "cici"):
            await store.staff.add(login, login.title(), "Pelayanan", "pelayanan")
        await store.staff.share(ACCOUNT, ["budi", "cici"])
        code = await store.pins.reset("budi")
        await store.close()
        return code

    return TerminalOffice(home), asyncio.run(prepare())


def test_the_person_is_chosen_and_gives_the_pin(shared: tuple[TerminalOffice, str]) -> None:
    office, code = shared
    without = office.command("queue", "status", "--json")
    assert (without.returncode, without.stdout) == (1, "")
    assert "dipakai bersama" in without.stderr
    with office.terminal() as terminal:
        terminal.wait_for("Nomor atau akun")
        terminal.press("2", "enter")
        terminal.wait_for("Cici belum punya PIN")
        assert terminal.wait_for_end() < 5
        assert terminal.status == 1
    with office.terminal() as terminal:
        terminal.wait_for("1  Budi (budi)")
        terminal.press("9", "enter")
        terminal.wait_for("Tidak ada di daftar ini")
        terminal.press("1", "enter")
        for label, typed in (("PIN:", "705318"), ("Sisa 4", code), ("PIN baru:", PIN), ("Sekali lagi:", PIN)):
            terminal.wait_for(label)
            terminal.idle()
            terminal.press(*typed, "enter")
        terminal.wait_for("F2 ")
        assert not any(secret in terminal.output.decode(errors="replace") for secret in ("705318", code, PIN))
        terminal.wait_for("Budi (pelayanan)")


def test_an_input_that_is_closed_from_the_start_is_said_and_ends(shared: tuple[TerminalOffice, str]) -> None:
    office, _code = shared
    command = ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *loket(office.home)]
    done = subprocess.run(
        command, env={**os.environ, **office.environment}, capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "terminal" in done.stderr
