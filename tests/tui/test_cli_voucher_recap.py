"""`loket recap vouchers`: figures on stdout in both languages, one JSON document, a workbook, a closed period."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from store import Store, create_office
from tests.store.office import Clock
from tests.store.voucher_desk import DEWI, HENDRA, UCOK, bring, confirmed, received
from tests.terminal.office import NOW, TerminalOffice
from tests.tui.test_recaps_desk import pdf_text
from tui.cli import main


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    """A practice office whose only person received three files; two of them are on paper."""
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)

    async def work(store: Store) -> None:
        await bring(store, [HENDRA, DEWI, UCOK])
        await confirmed(store, store, [HENDRA, UCOK])
        await received(store, DEWI)

    asyncio.run(create_office(home, clock=Clock(NOW), practice=True))
    made.ask(work)
    return made


def test_a_month_is_told_and_closed(office: TerminalOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recap = ("--home", str(office.home), "recap", "vouchers", "--period", "2023-07")
    assert main([*recap]) == 0
    told = capsys.readouterr().out
    assert "Rp27.750.000" in told
    assert "kertas benar" in told
    assert main(["--lang", "en", *recap]) == 0
    told = capsys.readouterr().out
    assert "paper right" in told
    assert "Vouchers numbered" in told
    assert main([*recap, "-o", str(tmp_path / "rekap.xlsx")]) == 0
    book = load_workbook(tmp_path / "rekap.xlsx")
    assert [row[2].value for row in book.worksheets[1].iter_rows(min_row=2)] == [HENDRA.code, DEWI.code, UCOK.code]
    assert [len(sheet._charts) for sheet in book.worksheets] == [2, 0, 1, 1, 1, 0, 0]
    assert main([*recap, "-o", str(tmp_path / "rekap.pdf")]) == 0
    pages = pdf_text(tmp_path / "rekap.pdf")
    assert "Rekap voucher" in pages and "Rp27.750.000" in pages and "20.500.000" in pages
    assert main([*recap, "-o", str(tmp_path / "rekap.csv")]) == 64
    capsys.readouterr()
    assert main([*recap, "--close", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["files"], document["amount"], document["approved"]) == (3, 27_750_000, 1)
    assert document["by_program"]["JHT"]["files"] == 2
    assert set(document["by_state"]) == {"matched", "confirmed"}
    assert main([*recap, "--close"]) == 1
    assert "sudah ditutup" in capsys.readouterr().err
