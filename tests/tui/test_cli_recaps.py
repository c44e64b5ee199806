"""`loket recap` and `loket call-list`: what is printed, written and answered with a status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from store import Store
from store.rules.outcomes import Outcome
from tests.store.office import call
from tests.terminal.office import TerminalOffice
from tests.tui.test_recaps_desk import pdf_text
from tui.cli import main

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    """A practice office with sixty people on lists, on the morning of 31 July 2023; two calls were made."""
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    made.fill()

    async def two_calls(store: Store) -> None:
        await call(store, Outcome.WILL_CLAIM)
        await call(store, Outcome.BUSY)

    made.ask(two_calls)
    return made


PERIOD = ("--period", "2023-01..2023-07")


def loket(office: TerminalOffice, *arguments: str) -> int:
    return main(["--home", str(office.home), *arguments])


def test_figures_stand_on_stdout_in_both_languages(office: TerminalOffice, capsys: Screen) -> None:
    assert loket(office, "recap", "jht56", *PERIOD) == 0
    assert "Ditelepon                                   2" in capsys.readouterr().out
    assert loket(office, "--lang", "en", "recap", "jht56", *PERIOD) == 0
    assert "Called                                      2" in capsys.readouterr().out


def test_json_is_one_document(office: TerminalOffice, capsys: Screen) -> None:
    assert loket(office, "recap", "jht56", *PERIOD, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["called"], document["attempts"], document["will_claim"]) == (2, 2, 1)
    assert document["closed_at"] is None
    assert [sum(group.values()) > 0 for group in document["by_handler"].values()] == [True]


def test_workbook_and_pages_are_written(office: TerminalOffice, tmp_path: Path, capsys: Screen) -> None:
    assert loket(office, "recap", "jht56", *PERIOD, "-o", str(tmp_path / "rekap.xlsx")) == 0
    assert len(load_workbook(tmp_path / "rekap.xlsx").worksheets[0]._charts) == 2
    assert loket(office, "recap", "jht56", *PERIOD, "-o", str(tmp_path / "rekap.pdf")) == 0
    assert "Januari – Juli 2023" in pdf_text(tmp_path / "rekap.pdf")
    assert "rekap.pdf" in capsys.readouterr().out
    assert loket(office, "recap", "jht56", *PERIOD, "-o", str(tmp_path / "rekap.csv")) == 64
    assert "rekap.csv harus berakhiran .xlsx atau .pdf" in capsys.readouterr().err
    assert not (tmp_path / "rekap.csv").exists()


def test_a_period_is_closed_once(office: TerminalOffice, capsys: Screen) -> None:
    assert loket(office, "recap", "jht56", *PERIOD, "--close", "--json") == 0
    closed = json.loads(capsys.readouterr().out)
    assert closed["closed_at"].startswith("2023-07-31T02:00")
    assert loket(office, "recap", "jht56", *PERIOD, "--close") == 1
    assert "Januari – Juli 2023 sudah ditutup; angkanya tetap." in capsys.readouterr().err

    async def one_more(store: Store) -> None:
        await call(store, Outcome.REFUSED)

    office.ask(one_more)
    assert loket(office, "recap", "jht56", *PERIOD, "--json") == 0
    assert json.loads(capsys.readouterr().out) == closed


def test_the_day_is_told_by_day_and_by_month(office: TerminalOffice, tmp_path: Path, capsys: Screen) -> None:
    assert loket(office, "recap", "daily", "--period", "2023-07-31") == 0
    told = capsys.readouterr().out
    assert "Senin, 31 Juli 2023" in told
    assert "Telepon JHT 56 2" in told
    assert loket(office, "recap", "daily", "--period", "2023-07-30") == 0
    assert "Tidak ada pekerjaan yang dicatat" in capsys.readouterr().out
    assert loket(office, "recap", "daily", "--period", "2023-07", "--json") == 0
    days = json.loads(capsys.readouterr().out)
    assert [day["day"] for day in days if day["people"]] == ["2023-07-31"]
    assert len(days) == 31
    assert loket(office, "recap", "daily", "--period", "2023-07-31", "-o", str(tmp_path / "hari.pdf")) == 0
    assert "Laporan harian" in pdf_text(tmp_path / "hari.pdf")
    assert loket(office, "recap", "daily", "--period", "2023-07", "-o", str(tmp_path / "bulan.xlsx")) == 0
    assert load_workbook(tmp_path / "bulan.xlsx").worksheets[0].max_row >= 3
    assert loket(office, "recap", "daily", "--period", "2023-07", "-o", str(tmp_path / "bulan.pdf")) == 64
    assert loket(office, "recap", "daily", "--period", "31 Juli") == 64


def test_a_call_list_comes_as_pages_with_its_number(office: TerminalOffice, tmp_path: Path, capsys: Screen) -> None:
    path = tmp_path / "daftar.pdf"
    assert loket(office, "call-list", *PERIOD, "-o", str(path), "--lines", "7") == 0
    assert "DT-1" in capsys.readouterr().out
    text = pdf_text(path)
    assert "DT-1" in text
    assert "7 orang" in text
    assert loket(office, "call-list", "--period", "2020-01", "-o", str(path)) == 1
    assert "Tidak ada giliran Januari 2020" in capsys.readouterr().err
    assert loket(office, "call-list", *PERIOD, "-o", str(path), "--lines", "301") == 1
    assert loket(office, "call-list", *PERIOD, "-o", str(tmp_path / "daftar.txt")) == 64


def test_no_list_is_made_where_its_pages_cannot_be_written(
    office: TerminalOffice, tmp_path: Path, capsys: Screen
) -> None:
    assert loket(office, "call-list", *PERIOD, "-o", str(tmp_path / "tidak" / "ada.pdf")) == 1
    assert "ada.pdf" in capsys.readouterr().err

    async def lists(store: Store) -> int:
        return len(await store.call_lists.newest())

    assert office.ask(lists) == 0
