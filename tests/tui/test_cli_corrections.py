"""`loket import corrections`, `corrections log` and `recap corrections`: statuses, JSON, both languages, files."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import printing
from store import Store, create_office
from tests.store.office import Clock
from tests.terminal.office import NOW, TerminalOffice
from tests.tui.test_recaps_desk import pdf_text
from tui.cli import main
from tui.words import quality

LIST = [
    ("KPJ", "NAMA", "HP", "EMAIL", "NAMA PERUSAHAAN"),
    ("21000000001", "BUDI REKAAN", "081211110001", "", "PT SATU"),
]
LIST += [("21000000002", "SITI REKAAN", "", "lama@contoh.id", "PT SATU")]
FIXES = [("KPJ", "HANDPHONE", "EMAIL", "STATUS")]
FIXES += [("21000000001", "0812-1111-0002", "-", "AKTIF"), ("21000000002", "8.12E+11", "baru@contoh.id", "NON AKTIF")]
FIXES += [("21000000009", "081211110009", "x@contoh.id", "AKTIF")]


def write(path: Path, rows: list[tuple[str, ...]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return str(path)


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    """A practice office that knows two people."""
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)

    async def work(store: Store) -> None:
        path = store.inbox / "daftar.csv"
        write(path, LIST)
        await store.imports.apply(await store.imports.plan(path))

    asyncio.run(create_office(home, clock=Clock(NOW), practice=True))
    made.ask(work)
    return made


def test_a_file_of_corrections_from_the_plan_to_the_recap(
    office: TerminalOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--home", str(office.home), "--lang", "en", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    file = write(tmp_path / "koreksi.csv", FIXES)
    status, out, _err = run("import", "corrections", file, "--dry-run", "--json")
    document = json.loads(out)
    assert status == 2
    assert [(row["kpj"], row["known"], row["verdict"]) for row in document["rows"]] == [
        ("21000000001", True, "changed"),
        ("21000000002", True, "doubted"),
        ("21000000009", False, "refused"),
    ]
    first, second, _unknown = document["rows"]
    assert (first["phones"], first["email"], first["active"]) == (["+6281211110002"], None, True)
    assert (second["phones"], second["email"], second["active"]) == ([], "baru@contoh.id", False)
    assert second["fields"] == {"phone": "unusable", "email": "differs", "active": "new"}
    assert run("corrections", "log")[1] == "No value was changed in these days.\n"
    status, out, _err = run("import", "corrections", file, "--accept", "none")
    assert (status, "not taken" in out) == (2, True)
    status, out, _err = run("import", "corrections", file, "--supplier", "PT SATU")
    assert status == 2
    assert "taken: 4 values of 2 people" in out
    assert "1 row has a KPJ that the office does not know" in out
    status, out, _err = run("import", "corrections", file)
    assert (status, "came in before" in out) == (0, True)

    status, out, _err = run("corrections", "log", "--person", "21000000002")
    assert "la…@contoh.id → ba…@contoh.id (the company (PT SATU) · koreksi.csv / koreksi / 3)" in out
    status, out, _err = run("corrections", "log", "--whole", "--json", "--since", "2023-07-31", "--until", "2023-07-31")
    assert {(row["old"], row["new"]) for row in json.loads(out) if row["field"] == "email"} == {
        ("lama@contoh.id", "baru@contoh.id")
    }
    assert run("corrections", "log", "--since", "kemarin")[0] == 64
    assert run("corrections", "log", "--person", "99")[0] == 1
    assert "correction.log" in run("audit", "show", "--json")[1]

    recap = ("recap", "corrections", "--period", "2023-07")
    status, out, _err = run(*recap)
    assert "Values changed                                  4" in out
    assert main(["--home", str(office.home), "--lang", "id", *recap]) == 0
    assert "Nilai yang diubah" in capsys.readouterr().out
    assert run(*recap, "-o", str(tmp_path / "rekap.xlsx"))[0] == 0
    book = load_workbook(tmp_path / "rekap.xlsx")
    assert next(row[6].value for row in book.worksheets[1].iter_rows(min_row=2)) == "0812…002"
    assert run(*recap, "-o", str(tmp_path / "rekap.pdf"))[0] == 0
    assert "Recap of corrections" in pdf_text(tmp_path / "rekap.pdf")
    status, out, _err = run(*recap, "--close", "--json")
    told = json.loads(out)
    assert (told["made"], told["by_source"]["company"]["made"], told["closed_at"] is not None) == (4, 4, True)
    assert run(*recap, "--close")[0] == 1


def test_how_good_the_data_are_goes_into_a_workbook_and_onto_a_page(office: TerminalOffice, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        report = await store.quality.report()
        await store.recaps.write_results(tmp_path / "mutu.xlsx", quality.sheets(report))
        await store.recaps.write_pages(
            tmp_path / "mutu.pdf", printing.recap(*quality.paper(report, store.me, store.now()))
        )

    office.ask(work)
    book = load_workbook(tmp_path / "mutu.xlsx")
    assert [cell.value for cell in book.worksheets[1][2]] == [None, "PT SATU", None, 2, 1, 1, 0]
    assert "PT SATU" in pdf_text(tmp_path / "mutu.pdf")
