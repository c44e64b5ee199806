"""`loket doctor`: what an administrator is told of what is kept for searching and worklists; how it is put right."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from store import create_office, open_store
from store.rules.printing import Document, Route
from tests.terminal.office import TerminalOffice
from tui.cli import main


def test_an_index_that_misses_somebody_is_said_and_made_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = TerminalOffice(home)
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    asyncio.run(create_office(home, practice=True))
    table = home / "MASUK" / "peserta.csv"
    table.write_text("KPJ,NAMA,TGL LAHIR,HP\n21000000001,SITI AMINAH,01-07-1967,081299990001\n")

    def loket(*arguments: str) -> tuple[int, str]:
        status = main(["--home", str(home), "--lang", "en", *arguments])
        return status, capsys.readouterr().out

    assert loket("import", "participants", str(table))[0] == 0
    assert loket("doctor") == (
        0,
        "Searching: whole. People who can be found: 1.\nWorklists: whole. People looked at: 1.\n"
        "Transactions without a file: whole.\n",
    )
    with sqlite3.connect(home / "loket.sqlite") as database:
        database.execute("DELETE FROM search_block WHERE term = '^SIT'")
        database.execute("DELETE FROM open_problem WHERE flag = 'email-missing'")
        database.execute("INSERT INTO open_payment VALUES (7, '2023-07-31', '', '', '', 1)")
    status, said = loket("doctor")
    assert status == 2
    assert "of 1 people looked at, 1 are not found by all that is known of them" in said
    assert "Of 1 people looked at, 1 have other problems than are listed" in said
    assert "Transactions without a file: out of date. 1 are kept" in said
    assert "loket doctor --repair" in said
    told = json.loads(loket("doctor", "--json")[1])
    assert [told[kept]["whole"] for kept in ("search", "worklists", "vouchers")] == [False] * 3
    assert loket("doctor", "--repair")[0] == 0
    assert loket("doctor")[0] == 0


def test_a_question_cut_short_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--h", "doctor"])
    assert ended.value.code == 64
    assert "--help" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "id"])
def test_what_keeps_the_office_shut_is_said_with_its_code(
    home: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    asyncio.run(create_office(home, practice=True))
    file = home / "loket.sqlite"

    def loket(*arguments: str) -> tuple[int, str, str]:
        status = main(["--home", str(home), "--lang", lang, *arguments])
        return (status, *capsys.readouterr())

    assert loket("doctor")[0] == 0
    assert json.loads(loket("doctor", "--json")[1])["faults"] == []
    shutil.move(file, home / "weg")
    status, said, _nothing = loket("doctor")
    assert (status, said.strip().endswith("[L-06]")) == (2, True)
    (fault,) = json.loads(loket("doctor", "--json")[1])["faults"]
    assert (fault["code"], fault["reason"], fault["detail"]) == ("L-06", "missing", str(file))
    assert fault["text"] == said.strip()
    status, _nothing, complaint = loket("staff", "list")
    assert (status, complaint) == (1, said)
    shutil.move(home / "weg", file)
    assert loket("doctor")[0] == 0


def test_a_print_server_that_is_gone_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(create_office(home, practice=True))
    asyncio.run(_print_at(home, str(home / "cups.sock")))
    assert main(["--home", str(home), "--lang", "en", "doctor", "--json"]) == 2
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["code"], fault["detail"]) == ("L-14", "Voucher")


async def _print_at(home: Path, server: str) -> None:
    store = await open_store(home)
    await store.office.set_setting("printing.server", server)
    await store.printers.set_route([Document.VOUCHER], Route("Voucher"))
    await store.close()
