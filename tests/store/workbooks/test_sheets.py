"""Header rows, columns and the kinds of rows, on cells alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.readings import Cell, CellError
from store.workbooks.content import contradicts, looks_like
from store.workbooks.headings import normalise, show_heading
from store.workbooks.limits import foreign_code
from store.workbooks.participant_headings import PARTICIPANTS
from store.workbooks.sheets import ColumnMap, Header, cells_of, find_header, kind_of_row, map_columns, reorder
from store.workbooks.workbook_xml import WorkbookXml
from tests.store.workbooks.test_spoiled import workbook_around

SIPP_NEW = [
    *("NO_PEGAWAI", "NAMA_DEPAN", "NAMA_TENGAH", "NAMA_BELAKANG", "GELAR", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH"),
    *("TELEPON_AREA_KANTOR", "TELEPON_KANTOR", "TELEPON_EXT_KANTOR", "HP", "EMAIL", "TEMPAT_LAHIR"),
    *("TANGGAL_LAHIR", "NAMA_IBU_KANDUNG", "JENIS_IDENTITAS", "NOMOR_IDENTITAS", "JENIS_KELAMIN", "STATUS_KAWIN"),
    *("NPWP", "UPAH", "ALAMAT", "STATUS_PEGAWAI"),
]
LISTS: dict[str, dict[str, str]] = {
    "NOMOR_IDENTITAS_KPJ NO_PEGAWAI NAMA_LENGKAP TGL_LAHIR UPAH LOKASI_PEKERJAAN STATUS_PEGAWAI": {
        "NOMOR_IDENTITAS_KPJ": "kpj",
        "NAMA_LENGKAP": "name",
        "TGL_LAHIR": "birth_date",
    },
    "NIK NO_PEGAWAI KPJ KODE_TK NAMA_LENGKAP TGL_LAHIR UPAH RAPEL BLTH NPP": {
        "NIK": "nik",
        "KPJ": "kpj",
        "NAMA_LENGKAP": "name",
        "TGL_LAHIR": "birth_date",
        "NPP": "npp",
    },
    "KODE HANDPHONE EMAIL NOMOR_PEGAWAI ID_PEGAWAI KPJ NIK NOMOR_IDENTITAS NAMA_LENGKAP TGL_LAHIR": {
        "HANDPHONE": "phones",
        "EMAIL": "email",
        "KPJ": "kpj",
        "NIK": "nik",
        "NAMA_LENGKAP": "name",
        "TGL_LAHIR": "birth_date",
    },
    "no_ref nama_tk nik_ktp namaprs TGL_NA NM_PRG": {
        "no_ref": "kpj",
        "nama_tk": "name",
        "nik_ktp": "nik",
        "namaprs": "company",
    },
}


def mapped(headings: Sequence[str], rows: Sequence[Sequence[Cell]] = (), **overrides: str) -> tuple[Header, ColumnMap]:
    wanted = {normalise(heading): name for heading, name in overrides.items()}
    header = find_header([(1, headings)], wanted, PARTICIPANTS)
    assert header is not None
    return header, map_columns(header, rows, wanted, PARTICIPANTS)


@pytest.mark.parametrize("headings", LISTS)
def test_the_employers_portal_s_sheets_are_known(headings: str) -> None:
    header, columns = mapped(headings.split())
    assert {heading: name for heading, name in columns.shown(header).items() if name} == LISTS[headings]


def test_the_sheet_of_new_people_has_its_parts() -> None:
    header, columns = mapped(SIPP_NEW)
    shown = columns.shown(header)
    assert [name for name, found in shown.items() if found == "name"] == ["NAMA_DEPAN", "NAMA_TENGAH", "NAMA_BELAKANG"]
    assert [name for name, found in shown.items() if found == "phones"] == ["TELEPON_AREA_RUMAH", "TELEPON_RUMAH", "HP"]
    assert shown["NOMOR_IDENTITAS"] == "nik"
    assert shown["STATUS_PEGAWAI"] is None


@pytest.mark.parametrize(
    "heading", ["No. Telp", "NO_TELP", " no telp ", "No.\nTelp", "NO-TELP*", "no. telp (wajib)", "NO TELP 2"]
)
def test_a_heading_is_the_same_in_any_dress(heading: str) -> None:
    found = PARTICIPANTS.field_of(show_heading(heading))
    assert found is not None
    assert found[0] == "phones"


def test_no_spelling_stands_for_two_fields() -> None:
    spellings = [spelling for group in PARTICIPANTS.spellings.values() for spelling in group]
    assert len(spellings) == len(set(spellings))
    assert [spelling for spelling in spellings if normalise(spelling) != spelling] == []


@given(st.text(max_size=80))
def test_any_text_is_a_heading_or_none_and_stays_so(text: str) -> None:
    shown = show_heading(text)
    assert show_heading(shown) == shown
    assert normalise(normalise(shown)) == normalise(shown)
    assert PARTICIPANTS.field_of(shown) is None or PARTICIPANTS.field_of(shown)[0] in PARTICIPANTS.spellings  # type: ignore[index]  # not None here


def test_titles_above_name_nothing() -> None:
    rows: list[tuple[int, list[Cell]]] = [
        (1, ["DAFTAR PESERTA JHT 56", None, None]),
        (2, ["NAMA KANTOR", "DURI", None]),
        (5, ["NO", "KPJ", "NAMA"]),
        (6, [1.0, "98000000001", "KLAIM AKTIF"]),
    ]
    header = find_header(rows, {}, PARTICIPANTS)
    assert header is not None
    assert (header.row, header.headings) == (5, ("NO", "KPJ", "NAMA"))


def test_rows_without_headings_have_no_header() -> None:
    assert find_header([(1, ["98000000001", "SITI", "AKTIF"]), (2, [1.0, 2.0, None])], {}, PARTICIPANTS) is None


def test_equal_headings_are_told_apart() -> None:
    header, columns = mapped(["KPJ", "NAMA", "HP", "HP"])
    assert columns.shown(header) == {"KPJ": "kpj", "NAMA": "name", "HP": "phones", "HP (2)": "phones"}


HEADER, COLUMNS = mapped(["NO", "KPJ", "NAMA", "NAMA PERUSAHAAN", "SALDO"])
KINDS: list[tuple[list[Cell], str]] = [
    ([1.0, "98000000001", "JUMLAH SIREGAR", "PT TOTAL", 5.0], "data"),
    ([1.0, None, "SITI", "PT A", None], "data"),
    ([None, None, None, None, None], "empty"),
    (["  ", "\u00a0", None, None, None], "empty"),
    (["No", "Kpj", "Nama", "Nama Perusahaan", "Saldo"], "repeated-header"),
    (["TOTAL", None, None, None, 5_000_000.0], "totals"),
    ([None, None, "Jumlah peserta : 300", None, None], "totals"),
    ([None, "TOTAL 12345678", None, None, None], "totals"),
    ([None, None, None, "GRAND TOTAL", None], "totals"),
    (["(1)", "(2)", "(3)", "(4)", "(5)"], "numbering"),
    ([1.0, 2.0, 3.0, 4.0, 5.0], "numbering"),
    (["#", CellError("#N/A"), "SITI", None, None], "data"),
]


@pytest.mark.parametrize(("cells", "kind"), KINDS)
def test_what_a_row_is(cells: list[Cell], kind: str) -> None:
    assert kind_of_row(cells, COLUMNS, HEADER, PARTICIPANTS) == kind


def test_headings_again_in_another_order_are_followed() -> None:
    header, columns = reorder(["SALDO", "NAMA", "KPJ"], 9, HEADER, COLUMNS, PARTICIPANTS)
    assert (header.row, columns.fields) == (9, ["jht_balance", "name", "kpj"])
    assert reorder(["NAMA", "SALDO"], 9, HEADER, COLUMNS, PARTICIPANTS) == (HEADER, COLUMNS)


JOINED: list[tuple[Cell, Cell, Cell]] = [
    ("0765", "91234", "0765 91234"),
    (765.0, 91234.0, "0765 91234"),
    ("0765", "0765-91234", "0765-91234"),
    ("0765", "081234567890", "081234567890"),
    ("-", "91234", "91234"),
    (None, "91234", "91234"),
]


@pytest.mark.parametrize(("area", "number", "joined"), JOINED)
def test_area_code_and_number_become_one(area: Cell, number: Cell, joined: Cell) -> None:
    _, columns = mapped(["KPJ", "NAMA", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH"])
    assert cells_of(["1", "2", area, number], columns)["phones"] == [joined]


def test_no_number_beside_an_area_code_is_no_number() -> None:
    _, columns = mapped(["KPJ", "NAMA", "TELEPON_AREA_RUMAH", "TELEPON_RUMAH"])
    assert "phones" not in cells_of(["1", "2", "0765", None], columns)


LYING: list[tuple[str, list[Cell], str]] = [
    ("kpj", ["1403095205679901"] * 5, "nik"),
    ("kpj", [1.0, 2.0, 3.0, 4.0, 5.0], "number"),
    ("nik", ["98000000001"] * 5, "kpj"),
    ("npp", ["98000000001"] * 5, "kpj"),
    ("name", ["00030283"] * 5, "npp"),
    ("company", [1.0, 2.0, 3.0, 4.0], "number"),
    ("phones", ["a@contoh.co.id"] * 5, "email"),
    ("phones", ["1403095205679901"] * 5, "nik"),
    ("email", ["081234567890"] * 5, "phones"),
    ("active", ["SUDAH KLAIM"] * 5, "claimed"),
    ("jht_balance", ["AKTIF"] * 5, "active"),
    ("birth_date", ["SITI", "BUDI", "NUR", "ANI"], "text"),
]


@pytest.mark.parametrize(("name", "cells", "seen"), LYING)
def test_a_column_that_is_something_else_is_found_out(name: str, cells: list[Cell], seen: str) -> None:
    assert contradicts(name, cells) == seen


HONEST: list[tuple[str, list[Cell]]] = [
    ("kpj", [5000000001.0, 12000000001.0, "A1234567890", "98000000001"]),
    ("nik", [1403095205679900.0] * 4),
    ("npp", [30283.0, 15070955.0, 30286.0]),
    ("phones", [81234567890.0, 8123456789.0, 91234.0]),
    ("phones", ["8.12E+11", "08xxxxxxxxxx", "tidak aktif 08"]),
    ("birth_date", [24482.0, 24483.0, 24484.0]),
    ("sex", ["L", "P", "L"]),
    ("active", ["Y", "T", "Y"]),
    ("claimed", ["SUDAH", "BELUM", "BELUM"]),
    ("jht_balance", ["Rp. 5.649.302", 12.0, "8,269,855.00"]),
    ("kpj", ["1403095205679901"] * 2),
]


@pytest.mark.parametrize(("name", "cells"), HONEST)
def test_odd_cells_are_left_to_the_rules(name: str, cells: list[Cell]) -> None:
    assert contradicts(name, cells) is None


@given(
    st.lists(
        st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.none(), st.dates(), st.booleans()), max_size=9
    )
)
def test_no_cells_are_too_strange_to_be_looked_at(cells: list[Cell]) -> None:
    assert looks_like(cells) is None or len(cells) >= 3
    assert kind_of_row(cells, COLUMNS, HEADER, PARTICIPANTS) in (
        "data",
        "empty",
        "repeated-header",
        "totals",
        "numbering",
    )
    assert set(cells_of(cells, COLUMNS)) == {"kpj", "name", "company", "jht_balance"}


def test_error_cells_are_found_where_they_stand_even_unnumbered() -> None:
    numbered = b"<row r='2'><c r='B2' t='e'><f>A1</f><v>#N/A</v></c><c r='AA2' s='1' t=\"e\"><v>#REF!</v></c></row>"
    unnumbered = b"<row><c/></row><row><c/><c t='e'><v>#N/A</v></c></row>"
    lookalike = b"<row r='1'><c r='A1' t='inlineStr'><is><t>r='Z9' t='e' </t></is></c></row>"
    assert WorkbookXml(workbook_around(numbered)).errors("Data") == {2: {1: "#N/A", 26: "#REF!"}}
    assert WorkbookXml(workbook_around(unnumbered)).errors("Data") == {2: {1: "#N/A"}}
    assert WorkbookXml(workbook_around(lookalike)).errors("Data") == {}


def test_an_error_across_two_blocks_of_a_long_sheet_is_found() -> None:
    cell = b"<row r='3'><c r='A3' t='e'><v>#N/A</v></c></row>"
    for before in range(4 * 1024 * 1024 - 400, 4 * 1024 * 1024 + 50, 25):
        found = WorkbookXml(workbook_around(b" " * before + cell)).errors("Data")
        assert found == {3: {0: "#N/A"}}, before


def test_a_workbook_of_1904_says_so() -> None:
    book = io.BytesIO(workbook_around(b""))
    with zipfile.ZipFile(book) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    entries["xl/workbook.xml"] = entries["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    assert WorkbookXml(changed.getvalue()).epoch_1904
    assert not WorkbookXml(book.getvalue()).epoch_1904
    assert not WorkbookXml(b"no archive").epoch_1904


def test_outside_the_child_nothing_is_limited() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CPU)
    with foreign_code():
        assert resource.getrlimit(resource.RLIMIT_CPU) == before
