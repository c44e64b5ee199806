"""`loket audit`: shown through filters, written as files, anchored, and proved against what stands outside."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from store.actors import login_of_this_process
from tests.store.office import Clock, Office, Person, wib
from tui.__main__ import main

SITI = "21000000001"


@pytest.fixture
async def office(home: Path) -> Office:
    """An office of whoever runs the tests, with one participant."""
    login = login_of_this_process(home)
    made = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
    await made.create(login)
    ani = await made.open(login)
    await made.bring_in(ani, [Person(SITI, name="SITI", hp="081234500011")])
    await ani.people.export(home / "daftar.csv", "csv")
    await made.close()
    return made


def run(office: Office, *arguments: str) -> int:
    return main(["--home", str(office.home), "--lang", "id", *arguments])


def test_the_trail_of_one_person(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(office, "audit", "show", "--person", SITI) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert f"{SITI} SITI" in line
    assert "081234500011" not in line
    assert run(office, "audit", "show", "--person", "29999999999") == 1
    assert "29999999999" in capsys.readouterr().err


def test_kinds_days_and_who(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(office, "audit", "show", "--kind", "export") == 0
    assert "daftar peserta disimpan · daftar.csv" in capsys.readouterr().out
    login = login_of_this_process(office.home)
    asked = ("audit", "show", "--staff", login, "--kind", "export", "--json")
    assert run(office, *asked, "--from", "2023-07-31", "--to", "2023-07-31") == 0
    assert [each["action"] for each in json.loads(capsys.readouterr().out)] == ["export.participants"]
    assert run(office, *asked, "--to", "2023-07-30") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(office, "audit", "show", "--from", "kemarin") == 64
    assert "2023-07-31" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_into_a_file(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    path = tmp_path / f"jejak.{ending}"
    assert run(office, "audit", "show", "--person", SITI, "-o", str(path)) == 0
    assert f"1 catatan jejak: {path}" in capsys.readouterr().out
    if ending == "pdf":
        said = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
        ).stdout
        assert "Jejak audit" in said
        assert SITI in said
        assert "LOKET-JEJAK" in said
    assert run(office, "audit", "show", "--kind", "export", "--limit", "1") == 0
    assert f"jejak.{ending}" in capsys.readouterr().out


def test_a_trail_that_was_cut_off_is_found_by_its_anchor(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "jejak.txt", tmp_path / "lain.txt"
    assert run(office, "audit", "anchor", "-o", str(file)) == 0
    line = capsys.readouterr().out.strip()
    assert file.read_text().strip() == line
    assert run(office, "audit", "verify", "--against", str(file)) == 0
    assert "Cocok dengan 1 jangkar" in capsys.readouterr().out
    ((session,),) = office.sql("SELECT session_id FROM audit WHERE action = 'trail.anchor'")
    for statement in (
        "DELETE FROM audit_change WHERE audit_id IN (SELECT id FROM audit WHERE session_id >= ?)",
        "DELETE FROM audit WHERE session_id >= ?",
        "DELETE FROM seal WHERE sealed_by >= ?",
        "DELETE FROM session WHERE id >= ?",
    ):
        office.sql(statement, session)
    assert run(office, "audit", "verify") == 0
    capsys.readouterr()
    assert run(office, "audit", "verify", "--against", str(file)) == 1
    said = capsys.readouterr().out
    assert "jangkar" in said
    assert "Jangan ubah apa pun" in said
    other.write_text("tidak ada apa-apa\n")
    assert run(office, "audit", "verify", "--against", str(other)) == 64
    assert run(office, "audit", "anchor", "--to", str(tmp_path)) == 64
