"""A merge: every row of every sheet once, in order, under the right heading, and nothing of a cell lost."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from store.errors import FileRefused
from store.workbooks.merge import Merge, read_merge
from store.workbooks.merge_cells import END, CsvRows, Form, Seen, XlsxRows, column_letters
from store.workbooks.merge_columns import Columns
from store.workbooks.merge_out import MergeWords, write_merge
from store.workbooks.results_out import SheetOut
from store.workbooks.write_out import plain_text
from tests.workbooks_writers import ErrorCell, Raw, Sheet, writers

WORDS = MergeWords("Gabungan", ("BERKAS", "SHEET", "BARIS"), SheetOut("Laporan", ("Sheet",), [("A",)]))
HEADINGS: list[Raw] = ["NO", "NPP", "KPJ", "NIK", "NAMA", "TGL_LAHIR", "UPAH"]
CODES = {"empty", "too-large", "unknown-kind", "protected", "damaged"}


def person(number: int, name: str = "CONTOH") -> list[Raw]:
    kpj, nik = f"0{number:010}", f"140309120567{9900 + number % 100}"
    return [number, "00030283", kpj, nik, f"{name} {number}", "12-05-1967", 4_000_000 + number]


def book(folder: Path, name: str, *sheets: Sheet) -> Path:
    path = folder / name
    kind = path.suffix[1:]
    writers[kind](path, sheets, "csv-utf8" if kind == "csv" else kind)
    return path


def merged(
    paths: Sequence[Path], form: Form = "xlsx", *, provenance: bool = False, sheet_rows: int = 1_048_576
) -> Merge:
    return read_merge(paths, form, spool_dir=paths[0].parent, provenance=provenance, sheet_rows=sheet_rows)


def written(
    paths: Sequence[Path], *, provenance: bool = False, sheet_rows: int = 1_048_576
) -> list[list[list[object]]]:
    """The sheets of the result without its report, as a strict reader has them."""
    target = paths[0].parent / "hasil.xlsx"
    with merged(paths, provenance=provenance, sheet_rows=sheet_rows) as found:
        write_merge(found, target, WORDS, inputs=paths)
    pages = load_workbook(target).worksheets
    assert pages[-1].title == "Laporan"
    return [[list(row) for row in page.iter_rows(values_only=True)] for page in pages[:-1]]


def test_columns_by_name_and_spelling_totals_out_doubles_kept(tmp_path: Path) -> None:
    people = [person(number) for number in range(1, 9)]
    turned: list[list[Raw]] = [["NAMA TENAGA KERJA", "UPAH (Rp)", "No. KPJ", "NO", "Tanggal Lahir", "NIK", "NPP"]]
    turned += [[row[4], row[6], row[2], row[0], row[5], row[3], row[1]] for row in people[3:5]]
    first = book(
        tmp_path,
        "b.xlsx",
        Sheet("Satu", [HEADINGS, *people[:2], people[1], ["JUMLAH", 3, None, None, None, None, 12_000_003]]),
        Sheet("Dua", [["REKAP TENAGA KERJA"], [], *turned, ["GRAND TOTAL", 8_000_009]]),
        Sheet("Kosong", []),
        Sheet("Tiga", [HEADINGS, people[5], [], HEADINGS, people[6]]),
    )
    last = book(tmp_path, "a.xls", Sheet("TK", [HEADINGS, people[7]]))
    (rows,) = written([first, last])
    order = [people[0], people[1], people[1], people[3], people[4], people[5], people[6], people[7]]
    assert rows == [HEADINGS, *order]
    with merged([first, last]) as found:
        assert not found.open
        assert [(each.name, each.rows, each.header_row, each.skipped) for each in found.sheets] == [
            ("Satu", 3, 1, None),
            ("Dua", 2, 3, None),
            ("Kosong", 0, None, "empty"),
            ("Tiga", 2, 1, None),
            ("TK", 1, 1, None),
        ]
        assert found.sheets[1].left_out == {"above": 1, "totals": 1}
        assert found.sheets[1].columns["No. KPJ"] == "KPJ"


def test_new_columns_and_cells_without_heading_are_kept_and_said(tmp_path: Path) -> None:
    one = book(tmp_path, "1.xlsx", Sheet("A", [["KPJ", "NAMA"], ["00000000001", "ANI"]]))
    two = book(tmp_path, "2.csv", Sheet("B", [["NAMA", "KPJ", "ALAMAT"], ["BUDI", "00000000002", "Duri", "lepas"]]))
    (rows,) = written([one, two])
    assert rows == [
        ["KPJ", "NAMA", "ALAMAT", "KOLOM D"],
        ["00000000001", "ANI", None, None],
        ["00000000002", "BUDI", "Duri", "lepas"],
    ]
    target = tmp_path / "hasil.csv"
    with merged([one, two], "csv", provenance=True) as found:
        assert found.sheets[1].added == ("ALAMAT", "KOLOM D")
        write_merge(found, target, WORDS)
    assert target.read_text().splitlines() == [
        "BERKAS,SHEET,BARIS,KPJ,NAMA,ALAMAT,KOLOM D",
        "1.xlsx,A,2,00000000001,ANI,,",
        "2.csv,2,2,00000000002,BUDI,Duri,lepas",
    ]


def test_a_company_called_total_is_a_row_and_a_wife_s_number_is_no_number_of_his(tmp_path: Path) -> None:
    one = book(
        tmp_path, "1.xlsx", Sheet("A", [["PERUSAHAAN", "NPP", "HP"], ["TOTAL CONTOH", "00030283", "0812000099"]])
    )
    two = book(
        tmp_path, "2.xlsx", Sheet("B", [["PERUSAHAAN", "NPP", "HP (istri)"], ["CONTOH", "00030284", "0813000099"]])
    )
    (rows,) = written([one, two])
    assert rows == [
        ["PERUSAHAAN", "NPP", "HP", "HP (istri)"],
        ["TOTAL CONTOH", "00030283", "0812000099", None],
        ["CONTOH", "00030284", None, "0813000099"],
    ]


def test_each_kind_of_cell_stays_what_it_is(tmp_path: Path) -> None:
    cells: list[Raw] = [
        "00012345678",
        "=1+1",
        date(1967, 5, 12),
        1234.5678,
        81234567890,
        ErrorCell("#N/A"),
        " <&> ",
    ]
    heads: list[Raw] = ["KPJ", "NAMA", "TGL_LAHIR", "UPAH", "NO HP", "SALDO", "ALAMAT"]
    path = book(tmp_path, "1.xlsx", Sheet("A", [heads, cells]))
    with merged([path]) as found:
        assert (found.sheets[0].numbers, found.sheets[0].errors, found.open) == (1, 1, True)
    (rows,) = written([path])
    born = datetime(1967, 5, 12)  # noqa: DTZ001 - clock time of a workbook has no zone
    assert rows[1] == ["00012345678", "=1+1", born, 1234.5678, "81234567890", "#N/A", " <&> "]
    assert load_workbook(tmp_path / "hasil.xlsx").worksheets[0]["B2"].data_type == "s"
    with merged([path], "csv") as found:
        write_merge(found, tmp_path / "hasil.csv", WORDS)
    (row,) = list(csv.reader(io.StringIO((tmp_path / "hasil.csv").read_text())))[1:]
    assert row == ["00012345678", "'=1+1", "1967-05-12", "1234.5678", "81234567890", "#N/A", " <&> "]


def test_further_sheets_begin_where_a_sheet_is_full(tmp_path: Path) -> None:
    files = [
        book(tmp_path, f"{n}.xlsx", Sheet("A", [HEADINGS, *(person(10 * n + at) for at in range(5))])) for n in range(3)
    ]
    pages = written(files, sheet_rows=5, provenance=True)
    assert [len(page) for page in pages] == [5, 5, 5, 4]
    assert all(page[0] == ["BERKAS", "SHEET", "BARIS", *HEADINGS] for page in pages)
    rows = [row for page in pages for row in page[1:]]
    assert rows == [[f"{n}.xlsx", "A", at + 2, *person(10 * n + at)] for n in range(3) for at in range(5)]


def test_what_cannot_be_merged_is_set_aside_and_said(tmp_path: Path) -> None:
    strange = Sheet("Barang", [["NO", "NAMA BARANG", "SATUAN"], [1, "KURSI", "BUAH"]])
    hidden = Sheet("Rahasia", [HEADINGS, person(3)], hidden=True)
    good = book(tmp_path, "baik.xlsx", strange, Sheet("TK", [HEADINGS, person(1), person(2)]), hidden)
    broken, locked, empty = tmp_path / "rusak.xlsx", tmp_path / "kunci.xlsx", tmp_path / "kosong.xlsx"
    broken.write_bytes(good.read_bytes()[:900])
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(9)
    )
    empty.touch()
    with merged([broken, locked, good, empty, tmp_path / "tidak ada.xlsx"]) as found:
        assert found.open
        assert [(each.file, each.reason) for each in found.refused] == [
            ("rusak.xlsx", "damaged"),
            ("kunci.xlsx", "protected"),
            ("kosong.xlsx", "empty"),
            ("tidak ada.xlsx", "missing"),
        ]
        # The first sheet is of another list: the one with most rows is merged, wherever it stands.
        assert [(each.name, each.skipped) for each in found.sheets] == [
            ("Barang", "foreign"),
            ("TK", None),
            ("Rahasia", "hidden"),
        ]
        assert (found.rows, found.columns) == (2, HEADINGS)


def test_nothing_is_written_over_an_input_nor_without_a_row_nor_after_a_stop(tmp_path: Path) -> None:
    path = book(tmp_path, "1.xlsx", Sheet("A", [HEADINGS, person(1)]))
    bare = book(tmp_path, "2.xlsx", Sheet("A", [HEADINGS]))
    whole, target = path.read_bytes(), tmp_path / "hasil.xlsx"
    stop = threading.Event()
    stop.set()
    with merged([path]) as found, pytest.raises(FileRefused, match="is-input"):
        write_merge(found, path, WORDS, inputs=[path])
    with merged([path]) as found, pytest.raises(FileRefused, match="stopped"):
        write_merge(found, target, WORDS, stop=stop)
    with merged([bare]) as found, pytest.raises(FileRefused, match="nothing"):
        write_merge(found, target, WORDS)
    with pytest.raises(FileRefused, match="stopped"):
        read_merge([path], "xlsx", spool_dir=tmp_path, stop=stop)
    assert path.read_bytes() == whole
    assert sorted(each.name for each in tmp_path.iterdir()) == ["1.xlsx", "2.xlsx"]


def test_sheets_of_another_order_find_the_same_columns_whatever_the_order() -> None:
    rng = random.Random(800)
    columns = Columns()
    first = columns.align(["NO", "KPJ", "NIK", "NAMA", "HP", "HP 2", "Tgl. Lahir", "Nomor Rekening"])
    other = ["No.", "No KPJ", "NO KTP", "Nama Lengkap", "HANDPHONE", "HP 2", "TANGGAL_LAHIR", "NO REKENING"]
    for _ in range(20):
        order = rng.sample(range(8), 8)
        assert columns.align([other[at] for at in order]) == [first[at] for at in order]


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.text("0123456789", max_size=17),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(date(1900, 3, 1)),
    st.times().map(lambda each: each.replace(microsecond=0)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_CELLS, min_size=2, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_no_cell_loses_a_zero_or_a_digit(cells: list[object], names: list[bool]) -> None:
    order = [(at, at, names[at]) for at in range(len(cells))]
    row = ElementTree.fromstring(XlsxRows().row(7, (), cells, order, Seen()))  # type: ignore[arg-type]
    found = {cell.get("r"): cell for cell in row}
    line = CsvRows().row((), cells, order, Seen(), len(cells)).replace(END, "")  # type: ignore[arg-type]
    (fields,) = csv.reader(io.StringIO(line, newline=""))
    for at, value in enumerate(cells):
        cell = found.get(f"{column_letters(at)}7")
        if value is None:
            assert cell is None
            assert fields[at] == ""
            continue
        assert cell is not None
        shown = "".join(cell.itertext())
        if isinstance(value, str):
            assert cell.get("t") == "inlineStr"
            assert shown.replace("_x005F_x", "_x") == plain_text(value)
            assert fields[at] in (plain_text(value), "'" + plain_text(value))
        elif isinstance(value, (bool, float, int)):
            exact = cell.get("t") != "inlineStr"
            assert not (exact and names[at] and not isinstance(value, bool)), "an identifier is text"
            if not isinstance(value, bool):
                for text in (shown, fields[at]):
                    assert value != value or (int(text) if isinstance(value, int) else float(text)) == value
        elif isinstance(value, time):
            assert float(shown) * 86_400 == pytest.approx(value.hour * 3600 + value.minute * 60 + value.second)
        elif isinstance(value, date):
            assert date.fromordinal(date(1899, 12, 30).toordinal() + int(shown)) == value
            assert fields[at] == value.isoformat()


def _spoil(tmp_path: Path, count: int, seed: int) -> None:
    """Spoiled copies between good files: refused or read, the good rows come whole, nothing stays behind."""
    rng = random.Random(seed)
    good = book(tmp_path, "baik.xlsx", Sheet("A", [HEADINGS, *(person(at) for at in range(20))]))
    for suffix in ("xlsx", "xls", "csv"):
        whole = book(tmp_path, f"asal.{suffix}", Sheet("B", [HEADINGS, *(person(at) for at in range(30))])).read_bytes()
        for _ in range(count):
            spoiled = bytearray(whole)
            for _ in range(rng.choice((1, 4, 40))):
                spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
            path = tmp_path / f"rusak.{suffix}"
            path.write_bytes(bytes(spoiled))
            target = tmp_path / "hasil.xlsx"
            before = sorted(each.name for each in tmp_path.iterdir() if each != target)
            with merged([good, path, good]) as found:
                write_merge(found, target, WORDS)
                assert {each.reason for each in found.refused} <= CODES
                assert sum(each.rows for each in found.sheets) == found.rows
            rows = [list(row) for row in load_workbook(target).worksheets[0].iter_rows(values_only=True)]
            assert len(rows) == found.rows + 1
            assert [row[: len(HEADINGS)] for row in (rows[1:21] + rows[-20:])] == [person(at) for at in range(20)] * 2
            assert sorted(each.name for each in tmp_path.iterdir() if each != target) == before


def test_spoiled_files_between_good_ones(tmp_path: Path) -> None:
    _spoil(tmp_path, 2, 1)


@pytest.mark.soak
def test_many_spoiled_files_between_good_ones(tmp_path: Path) -> None:
    _spoil(tmp_path, 300, 2)


@pytest.mark.soak
def test_a_million_rows_take_less_than_300_megabytes(tmp_path: Path) -> None:
    from bench.merge import make

    source = tmp_path / "besar.xlsx"
    make(source, 5, 50_000)
    loket = [sys.executable, "-m", "tui.__main__", "merge", *[str(source)] * 4, "-o", str(tmp_path / "hasil.xlsx")]
    counted = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    said = subprocess.run([sys.executable, "-c", counted, *loket], capture_output=True, text=True, check=True)
    # Two processes live at a time, so each may have half.
    assert int(said.stdout.split()[-1]) < 150
