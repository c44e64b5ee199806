"""What stands in the data reaches no terminal as anything but text: every byte that is sent is looked at."""

from __future__ import annotations

import asyncio
import os
import pwd
import re
import shutil
from pathlib import Path

import pytest

from store.rules.permissions import Role
from tests.store.hostile_office import MARKUP, OBEYED, fill_hostile
from tests.store.office import Clock, Office
from tests.store.voucher_desk import UCOK
from tests.terminal.office import NOW, TerminalOffice

UNSEEN = re.compile("[\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
KEYS = ("f2", "enter", "escape", "f4", "enter", "escape", "f7", "f8", "U", "enter", "end", "escape", "f9", "4", "enter")
"""Desks whose lists hold names, notes, companies and reasons, and a person's whole history."""


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile") / "office"

    async def fill() -> None:
        office = Office(home, f"sqlite://{home / 'loket.sqlite'}", Clock(NOW))
        await office.create(practice=True)
        full = await fill_hostile(office)
        await full.store.staff.add(pwd.getpwuid(os.getuid()).pw_name, "Tuan", "", Role.KEPALA_KANTOR)
        await office.close()

    asyncio.run(fill())
    return home


@pytest.mark.parametrize("driver", ["", "textual"], ids=["ours", "textual"])
def test_no_byte_of_the_data_acts(hostile_home: Path, tmp_path: Path, driver: str) -> None:
    home = tmp_path / "office"
    shutil.copytree(hostile_home, home)
    office, literal = TerminalOffice(home), 0
    with office.terminal(environment={"LOKET_DRIVER": driver} if driver else {}, columns=160, lines=50) as terminal:
        terminal.wait_for("F9 ")
        for key in KEYS:
            terminal.press(key)
            terminal.idle()
            literal += MARKUP in terminal.text or "=HYPERLINK(" in terminal.text
        sent = bytes(terminal.output)
    assert literal > 2, "the texts were met"
    assert [each for each in OBEYED if each.encode() in sent or each.encode("latin-1") in sent] == []
    assert set(UNSEEN.findall(sent.decode("utf-8", "replace"))) == set()


def test_no_command_prints_what_acts(hostile_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "office"
    shutil.copytree(hostile_home, home)
    office = TerminalOffice(home)
    for command in (
        ("staff", "list"),
        ("recap", "jht56", "--period", "2023-07"),
        ("audit", "show"),
        ("corrections", "log"),
        ("person", UCOK.kpj),
    ):
        told = office.command(*command)
        assert told.returncode == 0, told.stderr
        assert [each for each in OBEYED if each in told.stdout + told.stderr] == [], command
        assert UNSEEN.findall(told.stdout + told.stderr) == [], command
