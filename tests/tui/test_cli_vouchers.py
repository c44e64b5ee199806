"""`loket import listing|paid` and `loket vouchers check`: what is answered, and with which status."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.listings_generator import Paid, draw, listing, write
from tests.terminal.office import TerminalOffice
from tests.workbooks_writers import Raw, Sheet, writers
from tui.cli import main

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice office on 31 July 2023."""
    for name, value in TerminalOffice(home).environment.items():
        monkeypatch.setenv(name, value)
    assert main(["--home", str(home), "init", "--practice"]) == 0
    return home


def loket(home: Path, *arguments: str) -> int:
    return main(["--lang", "en", "--home", str(home), *arguments])


def claims() -> list[Paid]:
    """Five claims: one to a hospital, the others to the participants."""
    paid = [replace(each, program="JHT", payee=each.name) for each in draw(random.Random(56), 5)]
    return [*paid[:4], replace(paid[4], program="JKK", payee="RS CONTOH MANDAU")]


def listing_file(folder: Path, paid: list[Paid]) -> str:
    return str(write(folder, listing(random.Random(1), paid), "xlsx"))


def paid_file(folder: Path, paid: list[Paid]) -> str:
    """Three of five lie on the desk, one with another amount; and one that nobody listed."""
    rows: list[list[Raw]] = [["PROGRAM", "NO KPJ", "NAMA PESERTA", "PENERIMA", "JUMLAH PENETAPAN", "TGL BAYAR"]]
    on_desk = [paid[0], replace(paid[1], amount=paid[1].amount + 90_000), paid[4]]
    on_desk.append(Paid("", date(2023, 7, 31), "JHT", "99999999990", "TANPA TRANSAKSI", "", 1_234_567))
    rows += [[p.program, p.kpj, p.name, p.payee, p.amount, f"{p.day:%d-%m-%Y}"] for p in on_desk]
    path = folder / "berkas.xlsx"
    writers["xlsx"](path, [Sheet("BERKAS", rows)], "xlsx")
    return str(path)


def test_a_day_is_checked_as_the_contract_says(home: Path, tmp_path: Path, capsys: Screen) -> None:
    paid = claims()
    assert loket(home, "vouchers", "check", "--date", "2023-07-31", "--json") == 1
    told = capsys.readouterr()
    assert (told.out, "loket import listing" in told.err) == ("", True)
    assert loket(home, "import", "listing", listing_file(tmp_path, paid)) == 0
    assert "transactions: new 5, known 0" in capsys.readouterr().out
    assert loket(home, "import", "paid", paid_file(tmp_path, paid)) == 0
    assert "amount differs: 1" in capsys.readouterr().out
    assert loket(home, "vouchers", "check", "--date", "2023-07-31", "--json") == 2
    found = json.loads(capsys.readouterr().out)
    verdicts = ["match", "amount-mismatch", "no-file", "no-file", "match"]
    assert found == {
        "date": "2023-07-31",
        "transactions": [
            {
                "code": each.code,
                "program": each.program,
                "kpj": each.kpj,
                "name": each.name,
                "payee": each.payee,
                "amount": each.amount,
                "verdict": verdict,
                "needs_yes": ["payee-differs"] if each.payee != each.name else [],
            }
            for each, verdict in zip(paid, verdicts, strict=True)
        ],
        "files_without_transaction": [
            {"kpj": "99999999990", "name": "TANPA TRANSAKSI", "program": "JHT", "amount": 1_234_567}
        ],
    }
    assert loket(home, "vouchers", "check", "--date", "2023-07-31") == 2
    assert "the paper says Rp90.000 more" in capsys.readouterr().out
    assert loket(home, "vouchers", "check", "--date", "31-07-2023") == 64


def test_a_day_without_anything_open_is_done(home: Path, tmp_path: Path, capsys: Screen) -> None:
    paid = claims()[:1]
    assert loket(home, "import", "listing", listing_file(tmp_path, paid)) == 0
    path = tmp_path / "satu.csv"
    path.write_text(f"PROGRAM;NO KPJ;NAMA;JUMLAH BAYAR;TGL BAYAR\nJHT;{paid[0].kpj};{paid[0].name};;31-07-2023\n")
    assert loket(home, "import", "paid", str(path)) == 0
    assert loket(home, "vouchers", "check", "--date", "2023-07-31") == 0
    assert "1 of 1 transactions settled" in capsys.readouterr().out


def test_several_listings_come_in_together_or_not_at_all(home: Path, tmp_path: Path, capsys: Screen) -> None:
    good, bad = tmp_path / "baik", tmp_path / "salah"
    good.mkdir()
    bad.mkdir()
    wrong = listing(random.Random(2), draw(random.Random(2), 3))
    wrong.rows[wrong.header + 1][6] = 7
    files = [listing_file(good, claims()), str(write(bad, wrong, "xlsx"))]
    assert loket(home, "import", "listing", *files, "--json") == 1
    told = capsys.readouterr()
    documents = json.loads(told.out)
    assert [problem["kind"] for problem in documents[1]["problems"]] == ["total-differs", "unbalanced"]
    assert told.err.startswith("listing.xlsx is not taken, none of it. row ")
    assert loket(home, "vouchers", "check", "--date", "2023-07-31") == 1
    capsys.readouterr()
    assert loket(home, "import", "listing", files[0], "--dry-run", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"file", "sheets", "rows", "days", "problems"}
    assert (document["sheets"][0]["taken"], document["rows"], document["problems"]) == (5, [], [])
    assert sum(day["transactions"] for day in document["days"]) == 5
    assert loket(home, "vouchers", "check", "--date", "2023-07-31") == 1


def test_rows_that_cannot_be_taken_are_told(home: Path, tmp_path: Path, capsys: Screen) -> None:
    path = tmp_path / "berkas.csv"
    path.write_text("PROGRAM;NO KPJ;NAMA;JUMLAH BAYAR\nJHT;99000000001;SITI;satu juta\nJHT;99000000002;BUDI;Rp5.000\n")
    assert loket(home, "import", "paid", str(path)) == 2
    out = capsys.readouterr().out
    assert "files: new 1, known 0, refused 1" in out
    assert "row 2: amount cannot be read “satu juta”" in out
    assert loket(home, "import", "paid", str(path), "--map", "NAMA") == 64
    assert loket(home, "import", "paid", str(tmp_path / "hilang.csv")) == 1
