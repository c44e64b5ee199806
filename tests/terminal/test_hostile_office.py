"""What stands in the data reaches no terminal as anything but text: every byte that is sent is looked at."""

from __future__ import annotations

import argparse
import asyncio
import os
import pwd
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from store.rules.permissions import Role
from tests.store.hostile_office import MARKUP, OBEYED, fill_hostile
from tests.store.office import Clock, Office
from tests.store.voucher_desk import UCOK
from tests.terminal.office import NOW, TerminalOffice
from tui.__main__ import main
from tui.cli.output import OnlyText
from tui.cli.parser import tree

UNSEEN = re.compile("[\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
JULY: Final = "--period"
KEYS = ("f2", "enter", "escape", "f4", "enter", "escape", "f7", "f8", "U", "enter", "end", "escape", "f9", "4", "enter")
"""Desks whose lists hold names, notes, companies and reasons, and a person's whole history."""


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile") / "office"

    async def fill() -> None:
        office = Office(home, f"sqlite://{home / 'loket.sqlite'}", Clock(NOW))
        await office.create(practice=True)
        full = await fill_hostile(office)
        login = pwd.getpwuid(os.getuid()).pw_name
        await full.store.staff.add(login, "Tuan", "", Role.KEPALA_KANTOR)
        for role in (Role.ADMIN, Role.KEUANGAN, Role.KEPESERTAAN, Role.UMUM):
            await full.store.staff.assign(login, role, "", NOW.date(), NOW.date())
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


SHOWN: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("staff list", "audit show", "audit verify", "audit anchor", "corrections log", "queue status"), ()
    ),
    **dict.fromkeys(("retention rules", "retention list", "retention suspended", "retention again", "print jobs"), ()),
    **dict.fromkeys((f"recap {kind}" for kind in ("jht56", "incoming", "vouchers", "corrections")), (JULY, "{month}")),
    "recap daily": (JULY, "2023-07-31"),
    "person": (UCOK.kpj,),
    "doctor": (),
    "vouchers check": ("--date", "2023-07-31"),
    "deploy": ("--print", "sudo"),
    "export participants": ("-o", "{new}/peserta.csv"),
    "export smile": ("-o", "{new}/smile.xlsx"),
    "call-list": (JULY, "{month}", "-o", "{new}/panggilan.pdf"),
    "print call-list": ("1",),
    "print recap": (JULY, "{month}"),
    "print daily": (),
    "print listing": ("--date", "2023-07-31"),
    **dict.fromkeys((f"print {what}" for what in ("batch", "receipt", "label", "contents", "slip")), ("1",)),
    "print test": ("arsip",),
    **dict.fromkeys(("print right", "print again", "print stop"), ("1",)),
    "printers use": ("voucher", "arsip"),
    "printers calibrate": ("arsip",),
    "campaign new": ("bank_check", "--from", "{new}/peserta.csv", "--matter", "rekening"),
    "import participants": ("{new}/peserta.csv",),
    "import corrections": ("{new}/peserta.csv",),
    "import listing": ("{new}/peserta.csv",),
    "import paid": ("{new}/peserta.csv",),
    "merge": ("{new}/peserta.csv", "-o", "{new}/gabung.xlsx"),
    "retention rule": ("calls", "--years", "10", "--basis", "UU"),
    **dict.fromkeys(("retention confirm", "retention stop"), ("calls",)),
    "retention propose": (),
    **dict.fromkeys(("retention approve", "retention run"), ("1",)),
    "retention record": ("1", "-o", "{new}/berita.pdf"),
    "retention drop": ("1", "--why", "uji"),
    "retention suspend": (UCOK.kpj, "--by", "participant", "--why", "uji"),
    "retention resume": (UCOK.kpj, "--why", "uji"),
    "backup": ("--unencrypted", "--to", "{new}"),
    "restore": ("--drill",),
    "staff add": ("baru", "--role", "pelayanan"),
    "staff role": ("baru", "umum"),
    "staff assign": ("baru", "keuangan", "--until", "2023-12-31"),
    "staff pin": ("baru", "--reset"),
    "staff shared": ("loket9", "baru"),
    "staff disable": ("baru",),
}
"""Every command with arguments that let it say as much as it can, in an order in which one needs what another made."""
SCREENS: Final = {"init", "demo", "warm"}
"""They open screens, or have an office of their own."""


def leaves(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command that can be started."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield before.strip()
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, f"{before}{name} ")


def test_no_command_prints_what_acts(
    hostile_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(SHOWN) | SCREENS == set(leaves(tree())), "each command is tried"
    home, new = tmp_path / "office", tmp_path / "baru"
    shutil.copytree(hostile_home, home)
    new.mkdir()
    literal, done = 0, set[str]()
    monkeypatch.setenv("LOKET_NOW", TerminalOffice(home).environment["LOKET_NOW"])
    monkeypatch.setattr("tui.cli.printers.PATIENCE", 0.5)  # seconds for a printer that is not there
    for command, further in SHOWN.items():
        words = [word.format(new=new, month="2023-07") for word in further]
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdout", OnlyText(sys.stdout))
            streams.setattr(sys, "stderr", OnlyText(sys.stderr))
            status = main(["--home", str(home), *command.split(), *words])
        said = "".join(capsys.readouterr())
        assert status in (0, 1, 2), (command, said)
        assert [each for each in OBEYED if each in said] == [], command
        assert UNSEEN.findall(said) == [], command
        literal += MARKUP in said
        done |= {command} if status != 1 else set()
    assert not (home / "log" / "crash.log").exists(), (home / "log" / "crash.log").read_text(encoding="utf-8")
    assert literal > 3, "the texts were met"
    assert len(done) > 40
