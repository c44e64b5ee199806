"""What was put into a messy workbook comes out of it, whatever its layout and format."""

from __future__ import annotations

import dataclasses
import resource
from pathlib import Path

import pytest

from store.errors import Invalid
from store.rules.readings import RowRead
from store.workbooks.participants import ColumnDoubt, ParticipantsFile, read_participants
from tests.workbooks_generator import KINDS, Made, make, make_long
from tests.workbooks_writers import ErrorCell, Expected, Raw, Sheet, writers

SEEDS = range(3)
PEOPLE = ["NO", "KPJ", "NIK", "NAMA", "HP"]
SITI: list[Raw] = [1, "98000000001", "1403095205679901", "SITI KOTO", "081234567890"]
BUDI: list[Raw] = [2, "98000000002", "1403091205679902", "BUDI LUBIS", "081234567891"]


def written(tmp_path: Path, *rows: list[Raw], kind: str = "xlsx", title: str = "Data") -> Path:
    path = tmp_path / f"buku.{kind}"
    writers[kind](path, [Sheet(title, list(rows))], f"{kind}-utf8")
    return path


def read_all(path: Path, tmp_path: Path, **overrides: str) -> tuple[ParticipantsFile, list[RowRead]]:
    with read_participants(path, overrides=overrides, spool_dir=tmp_path) as found:
        return found, list(found.rows())


def facts(row: RowRead) -> Expected:
    person = row.participant
    assert person is not None, row
    shared = {field.name: getattr(person, field.name, None) for field in dataclasses.fields(Expected)}
    shared |= {"sheet": row.sheet, "row": row.row, "phones": tuple(phone.e164 for phone in person.phones)}
    return Expected(**shared)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_person_put_in_comes_out(seed: int, kind: str, tmp_path: Path) -> None:
    made = make(tmp_path, seed, kind)
    found, rows = read_all(made.path, tmp_path)
    assert [facts(row) for row in rows] == made.expected
    check_sheets(made, found)


def check_sheets(made: Made, found: ParticipantsFile) -> None:
    assert [(sheet.name, sheet.hidden, sheet.skipped) for sheet in found.sheets] == [
        (sheet.title, sheet.hidden, sheet.skipped) for sheet in made.sheets
    ]
    for sheet, wanted in zip(found.sheets, made.sheets, strict=True):
        if wanted.skipped is None:
            assert sheet.header_row == wanted.header_row
            assert sheet.rows == len(wanted.expected)
            assert sheet.doubts == ()


def test_rows_can_be_walked_again_and_side_by_side(tmp_path: Path) -> None:
    path = written(tmp_path, list(PEOPLE), SITI, BUDI)
    with read_participants(path, spool_dir=tmp_path) as found:
        assert list(found.rows()) == list(found.rows())
        assert [(left.row, right.row) for left, right in zip(found.rows(), found.rows(), strict=True)] == [
            (2, 2),
            (3, 3),
        ]


def test_the_same_bytes_have_the_same_digest_and_the_same_headings_the_same_layout(tmp_path: Path) -> None:
    first, _ = read_all(written(tmp_path, list(PEOPLE), SITI, kind="csv"), tmp_path)
    again, _ = read_all(written(tmp_path, list(PEOPLE), SITI, kind="csv"), tmp_path)
    other, _ = read_all(written(tmp_path, list(PEOPLE), BUDI, kind="xlsx"), tmp_path)
    turned, _ = read_all(written(tmp_path, PEOPLE[::-1], BUDI[::-1], kind="xlsx"), tmp_path)
    assert (first.sha256, first.layout) == (again.sha256, again.layout)
    assert first.sha256 != other.sha256
    assert first.layout == other.layout != turned.layout


def test_a_mapping_by_a_person_wins_over_what_the_heading_says(tmp_path: Path) -> None:
    path = written(
        tmp_path, ["Kode Unik", "NAMA", "HP", "Kontak Darurat"], ["98000000001", "SITI", "0811111111", "081234567890"]
    )
    found, rows = read_all(path, tmp_path)
    assert (found.sheets[0].skipped, rows) == ("no-kpj", [])
    overrides = {"kode  unik": "kpj", "HP": "", "KONTAK DARURAT": "phones", "Tidak Ada": "email"}
    found, rows = read_all(path, tmp_path, **overrides)
    assert found.sheets[0].columns == {"Kode Unik": "kpj", "NAMA": "name", "HP": None, "Kontak Darurat": "phones"}
    assert found.unused_overrides == ("Tidak Ada",)
    assert facts(rows[0]).phones == ("+6281234567890",)


def test_a_field_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        read_participants(written(tmp_path, list(PEOPLE)), overrides={"HP": "telephone"}, spool_dir=tmp_path)
    assert refused.value.facts["value"] == "telephone"


def test_a_heading_that_lies_is_not_read_and_named(tmp_path: Path) -> None:
    rows = [[f"1403091205679{n:03}", f"9800000{n:04}", f"BUDI {chr(65 + n)}"] for n in range(5)]
    found, read = read_all(written(tmp_path, ["KPJ", "NIK", "NAMA"], *rows), tmp_path)
    assert read == []
    assert found.sheets[0].skipped == "no-kpj"
    assert found.sheets[0].doubts == (ColumnDoubt("KPJ", "kpj", "nik"), ColumnDoubt("NIK", "nik", "kpj"))


def test_a_heading_that_says_nothing_is_settled_by_its_cells(tmp_path: Path) -> None:
    rows: list[list[Raw]] = [[n, f"000302{n:02}", f"9800000{n:04}", "SITI", "AKTIF"] for n in range(1, 6)]
    found, read = read_all(written(tmp_path, ["No", "ID", "No. KPJ", "Nama", "STATUS"], *rows), tmp_path)
    columns = {"No": None, "ID": "npp", "No. KPJ": "kpj", "Nama": "name", "STATUS": "active"}
    assert found.sheets[0].columns == columns
    assert [facts(row).active for row in read] == [True] * 5


def test_names_and_home_telephones_in_parts_are_put_together(tmp_path: Path) -> None:
    header = ["KPJ", "NAMA_DEPAN", "NAMA_TENGAH", "NAMA_BELAKANG", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH", "HP"]
    row = ["98000000001", "SITI", None, "KOTO", "765", "91234", "081234567890"]
    _, read = read_all(written(tmp_path, list(header), row), tmp_path)
    assert facts(read[0]).name == "SITI KOTO"
    assert set(facts(read[0]).phones) == {"+6276591234", "+6281234567890"}


def test_two_tables_of_different_order_on_one_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, list(PEOPLE), SITI, [], PEOPLE[::-1], BUDI[::-1])
    _, read = read_all(path, tmp_path)
    assert [(row.row, facts(row).kpj, facts(row).name) for row in read] == [
        (2, "98000000001", "SITI KOTO"),
        (5, "98000000002", "BUDI LUBIS"),
    ]


def test_a_company_merged_over_its_people_is_everyones(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows: list[list[Raw]] = [
        ["PERUSAHAAN", "KPJ", "NAMA"],
        ["PT SATU", "98000000001", "SITI"],
        [None, "98000000002", "BUDI"],
    ]
    path = written(tmp_path, *rows, [None, "98000000003", "NUR"])
    book = load_workbook(path)
    book["Data"].merge_cells("A2:A3")
    book.save(path)
    _, read = read_all(path, tmp_path)
    assert [facts(row).company for row in read] == ["PT SATU", "PT SATU", ""]


def test_a_header_in_two_lines(tmp_path: Path) -> None:
    upper: list[Raw] = ["NO", "KPJ", "NAMA", "TELEPON", None]
    path = written(
        tmp_path, upper, [None, None, None, "HP", "WA"], [1, "98000000001", "SITI", "081234567890", "081234567891"]
    )
    found, read = read_all(path, tmp_path)
    assert found.sheets[0].columns == {"NO": None, "KPJ": "kpj", "NAMA": "name", "HP": "phones", "WA": "phones"}
    assert facts(read[0]).phones == ("+6281234567890", "+6281234567891")


def test_the_preview_shows_first_rows_as_text(tmp_path: Path) -> None:
    found, _ = read_all(written(tmp_path, ["DAFTAR"], list(PEOPLE), SITI, BUDI), tmp_path)
    assert found.preview("Data", 1) == [["1", "98000000001", "1403095205679901", "SITI KOTO", "081234567890"]]
    assert found.preview("no such sheet", 3) == []


def test_the_preview_has_one_cell_for_each_heading(tmp_path: Path) -> None:
    """A column without a heading stands in no list of columns, so it may not shift the cells of the others."""
    path = written(tmp_path, [None, "KPJ", None, "NAMA", "HP"], ["x", "98000000001", "y", "SITI", "081234567890"])
    found, _ = read_all(path, tmp_path)
    assert list(found.sheets[0].columns) == ["KPJ", "NAMA", "HP"]
    assert found.preview("Data", 1) == [["98000000001", "SITI", "081234567890"]]


def test_error_cells_are_reported_and_never_data(tmp_path: Path) -> None:
    row: list[Raw] = [*SITI[:4], ErrorCell("#REF!")]
    _, read = read_all(written(tmp_path, list(PEOPLE), row), tmp_path)
    assert read[0].participant is not None
    assert read[0].participant.phones == ()
    assert read[0].participant.phones_raw == "#REF!"


def test_what_looks_like_a_command_arrives_as_text(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("x") [b]A[/] \x1b]0;t\x07'
    _, read = read_all(written(tmp_path, [*PEOPLE, "PERUSAHAAN"], [*SITI, hostile], kind="csv"), tmp_path)
    assert read[0].participant is not None
    assert read[0].participant.company.startswith('=HYPERLINK("x") [b]A[/]')
    assert "\x1b" not in read[0].participant.company


def test_hidden_sheets_are_read_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    shown = Sheet("Data", [list(PEOPLE), SITI])
    writers["xlsx"](path, [shown, Sheet("Lama", [list(PEOPLE), BUDI], hidden=True)], "xlsx")
    with read_participants(path, spool_dir=tmp_path) as found:
        assert [row.sheet for row in found.rows()] == ["Data"]
        assert found.sheets[1].skipped == "hidden"
        assert found.sheets[1].columns["KPJ"] == "kpj"
    with read_participants(path, spool_dir=tmp_path, with_hidden=True) as found:
        assert [row.sheet for row in found.rows()] == ["Data", "Lama"]


def test_twenty_thousand_rows_pass_through_without_staying(tmp_path: Path) -> None:
    path = tmp_path / "panjang.xlsx"
    make_long(path, 20_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with read_participants(path, spool_dir=tmp_path) as found:
        assert sum(1 for row in found.rows() if row.participant) == 20_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60 * 1024  # kB


def test_nothing_is_left_after_reading(tmp_path: Path) -> None:
    path = written(tmp_path, list(PEOPLE), SITI)
    spool = tmp_path / "spool"
    spool.mkdir()
    open_before = len(list(Path("/proc/self/fd").iterdir()))
    with read_participants(path, spool_dir=spool) as found:
        assert list(spool.iterdir()) == []
        assert len(list(found.rows())) == 1
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before
