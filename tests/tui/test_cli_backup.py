"""`loket backup` and `loket restore`: what an administrator reads, and the exit statuses that a timer goes by."""

from __future__ import annotations

import asyncio
import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from store import create_office
from tui.cli import main


def test_from_the_first_backup_to_the_restored_office(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(create_office(home))
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "kunci").write_text(f"{identity}\n")

    def loket(*arguments: str, at: Path = home) -> tuple[int, str, str]:
        status = main(["--home", str(at), "--lang", "en", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    status, out, said = loket("backup")
    assert (status, out) == (1, "")
    assert "--unencrypted" in said
    status, out, said = loket("backup", "--unencrypted", "--json")
    assert (status, json.loads(out)["encrypted_to"]) == (2, 0)
    assert "NOT encrypted" in said and "same disk" in said
    status, out, _said = loket("backup", "--key", str(identity.to_public()), "--remember")
    assert (status, "Encrypted to 1 key." in out) == (0, True)
    status, out, _said = loket("backup", "--json")
    made = json.loads(out)
    assert (status, made["encrypted_to"], made["warnings"]) == (0, 1, ["same-disk"])
    assert "Backups: last whole one" in loket("doctor")[1]
    assert loket("backup", "--key", str(identity))[0] == 1

    own = ("--identity", str(tmp_path / "kunci"))
    assert loket("restore", "--drill")[0] == 1
    status, out, _said = loket("restore", "--drill", "--json", *own)
    assert (status, json.loads(out)["head"]) == (0, made["head"])
    new = tmp_path / "baru"
    assert loket("restore", made["file"], "--into", str(home), *own)[0] == 1
    status, out, _said = loket("restore", made["file"], "--into", str(new), *own)
    assert (status, made["head"][:16] in out) == (0, True)
    assert loket("audit", "verify", at=new) == (0, "The trail is whole.\n", "")
    for wrong in (("restore",), ("restore", "--drill", "--into", str(new)), ("backup", "--key", "x", "--unencrypted")):
        assert loket(*wrong)[0] == 64
    units = loket("backup", "--timer")[1]
    assert f"--home {home} backup" in units and "OnCalendar=hourly" in units
    assert "LOKET_DATABASE_URL" not in units
    assert all(line.split("=", 1)[1].startswith("/") for line in units.splitlines() if line.startswith("ExecStart="))


def test_the_timer_of_a_server_knows_the_server_and_tells_no_password(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_DATABASE_URL", "postgresql://loket:rahasia@server/loket")
    assert main(["--home", str(home), "--lang", "en", "backup", "--timer"]) == 0
    units = capsys.readouterr().out
    assert "\nEnvironmentFile=/etc/loket.env\n" in units and "LOKET_DATABASE_URL=" in units
    assert "rahasia" not in units


def test_the_units_are_ones_that_systemd_takes_and_cron_gets_a_line_of_its_own(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [str(Path(sys.executable).with_name("loket"))])
    assert main(["--home", str(home), "--lang", "en", "backup", "--timer"]) == 0
    said = capsys.readouterr().out
    texts = re.split(r"^# /etc/systemd/system/(\S+)$", said, flags=re.MULTILINE)
    units = {name: text.strip() + "\n" for name, text in zip(texts[1::2], texts[2::2], strict=True)}
    assert sorted(units) == ["loket-backup.service", "loket-backup.timer"]
    for name, text in units.items():
        (tmp_path / name).write_text(text)
        unit = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
        unit.optionxform = str  # type: ignore[assignment]  # systemd tells letters apart
        unit.read_string(re.sub(r"(?m)^\d.*$", "", text))
        assert unit["Unit"]["Description"]
    started = shlex.split(re.search(r"(?m)^ExecStart=(.*)$", units["loket-backup.service"])[1])  # type: ignore[index]
    assert Path(started[0]).is_absolute() and started[1:] == ["--home", str(home), "backup"]
    (cron,) = re.findall(r"(?m)^\d.*$", said)
    assert shlex.split(cron)[6:] == started
    if (systemd := shutil.which("systemd-analyze")) is not None:
        timer = tmp_path / "loket-backup.timer"
        timer.write_text(re.sub(r"(?m)^\d.*$", "", timer.read_text()))
        done = subprocess.run([systemd, "verify", *map(str, sorted(tmp_path.glob("loket-*")))], capture_output=True)
        assert b"loket-backup" not in done.stderr, done.stderr


def test_doctor_says_of_what_it_speaks_when_backups_are_late(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = datetime(2023, 7, 31, 2, tzinfo=UTC)
    asyncio.run(create_office(home, clock=lambda: day))
    assert main(["--home", str(home), "--lang", "id", "doctor"]) == 2
    assert "Cadangan: terlambat; belum ada: loket backup" in capsys.readouterr().out
