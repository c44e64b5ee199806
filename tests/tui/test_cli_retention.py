"""`loket retention`: from a rule to the record, and the exit statuses on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.terminal.office import TerminalOffice
from tui.cli import main

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    made.fill()
    return made


def paid_list(home: Path) -> str:
    """A list that says of one person that the claim was paid."""
    path = home / "MASUK" / "sudah.csv"
    path.write_text("KPJ;NAMA;STATUS KLAIM\n99000077777;DARMA CONTOH;SUDAH\n", encoding="utf-8")
    return str(path)


def written(path: Path) -> str:
    """What stands on the pages, a blank between words."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_from_the_rule_to_the_record(
    office: TerminalOffice, home: Path, tmp_path: Path, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def retention(*arguments: str) -> int:
        return main(["--home", str(home), "retention", *arguments])

    def held(card: str) -> list[str]:
        capsys.readouterr()
        assert retention("list", "--json") == 2
        rows = json.loads(capsys.readouterr().out)["due"]
        (found,) = [row["held"] for row in rows if row["card"] == card]
        return list(found)

    assert main(["--home", str(home), "import", "participants", paid_list(home)]) in (0, 2)
    assert retention("propose") == 1  # no rule is in force
    assert "Belum ada aturan yang berlaku" in capsys.readouterr().err
    assert retention("rule", "people", "--years", "0", "--basis", "SK 1") == 1
    assert retention("rule", "people", "--years", "5", "--basis", "SK 1") == 0
    assert retention("confirm", "people") == 0
    assert retention("list") == 0
    with pytest.raises(SystemExit) as wrong:
        retention("rule", "people", "--years", "never", "--basis", "SK 1")
    assert wrong.value.code == 64
    capsys.readouterr()

    monkeypatch.setenv("LOKET_NOW", "2031-01-06T09:00")
    assert retention("suspend", "99000077777", "--by", "participant", "--why", "sengketa") == 0
    assert held("•••••777") == ["suspended"]
    assert retention("resume", "99000077777", "--why", "selesai") == 0
    assert retention("resume", "99000077777", "--why", "selesai") == 1
    assert held("•••••777") == []
    assert retention("propose", "--kind", "calls") == 1
    assert retention("propose", "--kind", "people") == 0
    capsys.readouterr()
    assert retention("run", "1") == 1  # nobody said yes
    assert retention("approve", "1") == 0
    assert retention("record", "1", "-o", str(tmp_path / "usulan.pdf")) == 2
    capsys.readouterr()
    assert retention("run", "1", "--json") == 0
    ran = json.loads(capsys.readouterr().out)
    assert (ran["done"] > 0, ran["held"], ran["left_files"] > 0) == (True, 0, True)
    for name in ("berita-acara.pdf", "berita-acara.xlsx"):
        assert retention("record", "1", "-o", str(tmp_path / name)) == 0
        assert (tmp_path / name).stat().st_size > 1_000
    said = written(tmp_path / "berita-acara.pdf")
    for text in ("Berita acara penghapusan data pribadi", "Nomor PD-1", "SK 1", "•••••777", "dihapus", "dianonimkan"):
        assert text in said
    assert "99000077777" not in said
    assert "DARMA" not in said + written(tmp_path / "usulan.pdf")
    assert "Diusulkan untuk dihapus" in written(tmp_path / "usulan.pdf")
    assert retention("record", "1", "-o", str(tmp_path / "berita-acara.txt")) == 64
    assert retention("again") == 1  # nothing was restored
    assert main(["--home", str(home), "audit", "verify"]) == 0
    assert retention("approve", "9") == 1
