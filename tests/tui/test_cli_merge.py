"""`loket merge`: what is answered, with which status, and that no office is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tui.cli import main

Screen = pytest.CaptureFixture[str]


def loket(*arguments: object) -> int:
    return main(["--lang", "en", "merge", *map(str, arguments)])


def test_a_merge_says_what_it_took_and_what_it_set_aside(tmp_path: Path, capsys: Screen) -> None:
    one, two, locked = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "kunci.xlsx"
    one.write_text("KPJ;NAMA\n00000000001;ANI\n00000000002;BUDI\nJUMLAH;2\n")
    two.write_text("NAMA TENAGA KERJA;NO KPJ;ALAMAT\nCICI;00000000003;Duri\n")
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(9)
    )
    target = tmp_path / "all.xlsx"
    assert loket(one, two, "-o", target) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"3 rows of 2 sheets written to {target}\n", "")
    rows, report = load_workbook(target).worksheets
    assert [list(row) for row in rows.iter_rows(values_only=True)][-1] == ["00000000003", "CICI", "Duri"]
    lines = [list(row) for row in report.iter_rows(values_only=True)]
    assert lines[1][:4] == ["1.csv", "1", 2, 1]
    assert lines[1][6] == "totals 1"
    assert lines[2][4:6] == ["ALAMAT", "NAMA TENAGA KERJA → NAMA, NO KPJ → KPJ"]

    assert loket(one, locked, two, "-o", target, "--json", "--provenance") == 2
    found = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["columns"]) == (3, ["KPJ", "NAMA", "ALAMAT"])
    assert [each["refused"] for each in found["files"]] == [None, "protected", None]
    assert [(each["file"], each["rows"], each["left_out"]) for each in found["sheets"]] == [
        ("1.csv", 2, {"totals": 1}),
        ("2.csv", 1, {}),
    ]
    assert [cell.value for cell in load_workbook(target).worksheets[0][4]][:4] == ["2.csv", "2", 2, "00000000003"]


def test_a_merge_that_cannot_be_says_why_and_writes_nothing(tmp_path: Path, capsys: Screen) -> None:
    one = tmp_path / "1.csv"
    one.write_text("KPJ;NAMA\n00000000001;ANI\n")
    assert loket(one, "-o", tmp_path / "all.pdf") == 64
    assert loket(one, "-o", one) == 1
    assert "another name" in capsys.readouterr().err
    assert loket(tmp_path / "none.xlsx", "-o", tmp_path / "all.csv", "--json") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "none.xlsx is not there" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["1.csv"]


def test_without_an_office_and_without_what_only_an_office_needs(tmp_path: Path) -> None:
    one = tmp_path / "1.csv"
    one.write_text("KPJ;NAMA\n00000000001;ANI\n")
    script = (
        "import sys; from tui.cli import main; done = main(sys.argv[1:]);"
        "heavy = {'peewee', 'textual', 'store.gateway'} & set(sys.modules);"
        "from store import open_store; sys.exit(done or bool(heavy) or not callable(open_store))"
    )
    command = ["--home", str(tmp_path / "nowhere"), "merge", str(one), "-o", str(tmp_path / "all.csv")]
    done = subprocess.run(
        [sys.executable, "-c", script, *command], env=dict(os.environ), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "all.csv").read_text() == "KPJ,NAMA\n00000000001,ANI\n"
    assert not (tmp_path / "nowhere").exists()
