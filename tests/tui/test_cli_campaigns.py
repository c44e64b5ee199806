"""`loket campaign new` and `loket queue status`, for every kind of campaign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store import Store
from store.rows import QueueFilter
from store.rules.kinds import Kind
from tests.terminal.office import TerminalOffice
from tui.cli import main
from tui.cli.parser import KINDS

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    """A practice office with sixty people on lists, on the morning of 31 July 2023."""
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    made.fill()
    return made


def loket(office: TerminalOffice, *arguments: str) -> int:
    return main(["--home", str(office.home), *arguments])


@pytest.fixture
def some(office: TerminalOffice) -> list[str]:
    """The KPJ of three known people."""

    async def first(store: Store) -> list[str]:
        return [row.kpj for row in await store.queue.rows(QueueFilter(), 0, 3)]

    return office.ask(first)


def test_a_sheet_that_was_not_read_says_why_in_words(office: TerminalOffice, tmp_path: Path, capsys: Screen) -> None:
    path = tmp_path / "tanpa kpj.csv"
    path.write_text("NAMA,HP\nBUDI,081299990001\n", encoding="utf-8")
    assert loket(office, "import", "participants", str(path), "--accept", "all") in (1, 2)
    assert "tidak ada kolom KPJ" in " ".join(capsys.readouterr())


def test_the_kinds_of_the_command_are_those_of_the_store() -> None:
    assert list(KINDS) == [kind.value for kind in Kind]


def test_a_file_of_known_people_becomes_a_list(
    office: TerminalOffice, some: list[str], tmp_path: Path, capsys: Screen
) -> None:
    path = tmp_path / "rekening.csv"
    path.write_text("\n".join(["KPJ", *some]), encoding="utf-8")
    assert loket(office, "campaign", "new", "bank_check", "--from", str(path), "--matter", "rekening BRI") == 0
    assert "Cek rekening: 3 orang ditambahkan, 0 sudah ada di daftar" in capsys.readouterr().out
    assert loket(office, "queue", "status") == 0
    assert "Cek rekening Juli 2023: menunggu 3" in capsys.readouterr().out


def test_unknown_kpj_are_listed_with_status_2(
    office: TerminalOffice, some: list[str], tmp_path: Path, capsys: Screen
) -> None:
    path = tmp_path / "jkm.csv"
    path.write_text("\n".join(["KPJ", some[0], "99000000009", "bukan nomor"]), encoding="utf-8")
    order = ("campaign", "new", "jkm_info", "--from", str(path), "--matter", "JKM dibayar")
    assert loket(office, *order) == 2
    told = capsys.readouterr().out
    assert "1 KPJ tidak dikenal di sini" in told
    assert "  99000000009" in told
    assert "baris 4" in told
    assert loket(office, "--lang", "en", *order, "--json") == 2
    assert json.loads(capsys.readouterr().out) == {
        "kind": "jkm_info",
        "added": 0,
        "same": 1,
        "unknown": ["99000000009"],
        "unreadable": [{"sheet": "jkm", "row": 4, "text": "bukan nomor"}],
    }


def test_a_period_makes_the_list_of_jht_56(office: TerminalOffice, capsys: Screen) -> None:
    assert loket(office, "campaign", "new", "jht56", "--period", "2023-07", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"kind": "jht56", "added": {"2023-07": 0}}


@pytest.mark.parametrize(
    "arguments",
    [
        ("jht56",),
        ("jht56", "--period", "2023-07", "--from", "x.csv"),
        ("jht56", "--period", "juli"),
        ("bank_check", "--matter", "rekening"),
        ("bank_check", "--from", "x.csv"),
        ("bank_check", "--from", "x.csv", "--matter", "  "),
    ],
)
def test_arguments_that_do_not_fit_together_are_wrong_usage(
    office: TerminalOffice, arguments: tuple[str, ...], capsys: Screen
) -> None:
    assert loket(office, "campaign", "new", *arguments) == 64
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_a_file_without_kpj_changes_nothing(office: TerminalOffice, tmp_path: Path, capsys: Screen) -> None:
    path = tmp_path / "x.csv"
    path.write_text("NAMA;HP\nBUDI;0812\n", encoding="utf-8")
    assert loket(office, "campaign", "new", "bank_check", "--from", str(path), "--matter", "rekening") == 1
    assert "tidak punya kolom KPJ" in capsys.readouterr().err
