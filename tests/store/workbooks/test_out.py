"""What Loket writes for others: exactly the agreed columns, text that stays text, whole files or none."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import load_workbook as load_strictly

from store.errors import FileRefused
from store.workbooks.participants import read_participants
from store.workbooks.participants_out import COLUMNS, ExportKind, ParticipantOut, write_participants
from store.workbooks.results_out import ChartOut, SheetOut, Value, write_book
from store.workbooks.write_out import LONGEST_TEXT, cell_text, plain_text

KINDS: tuple[ExportKind, ...] = ("csv", "xlsx", "json")
HOSTILE = ("=1+1", "+62 rumah", "-", "@SUM(A1)", "[bold]A[/]", "\x1b]52;c;eA==\x07", "a\u202eb", "<b>&amp;")


def person(**changed: Any) -> ParticipantOut:
    known: dict[str, Any] = {
        "kpj": "05000000001",
        "nik": "1403095205679901",
        "name": "SITI KOTO",
        "birth_date": datetime.date(1967, 5, 12),
        "npp": "00030283",
        "company": "PT SINAR RIAU ENERGI",
        "pembina": "RANI",
        "phones": ("+6281234567890", "+6276591234", "+60123456789"),
        "phones_raw": "081234567890 / 0765-91234 / +60123456789",
        "email": "siti@contoh.co.id",
        "email_raw": "siti@contoh.co.id",
        "jht_balance": 10_000_000,
        "active": True,
        "claimed": False,
        "flags": (),
    }
    return ParticipantOut(**(known | changed))


UNKNOWN = person(
    nik=None,
    birth_date=None,
    npp=None,
    company="",
    pembina="",
    phones=(),
    phones_raw="8.12E+11",
    email=None,
    email_raw="",
    jht_balance=None,
    active=None,
    claimed=None,
    flags=("phone-unreadable", "nik-missing"),
)


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a .csv or .xlsx by heading, every cell as its text."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    sheet = load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    heads, *rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_columns_are_the_agreed_ones_in_their_order() -> None:
    assert " ".join(COLUMNS) == (
        "kpj nik name birth_date npp company pembina phones phones_raw email email_raw jht_balance active claimed flags"
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_has_numbers_as_dialled_here_and_empty_for_unknown(kind: ExportKind, tmp_path: Path) -> None:
    path = tmp_path / f"peserta.{kind}"
    assert write_participants(iter([person(), UNKNOWN]), path, kind) == 2
    known, unknown = table(path)
    assert list(known) == list(COLUMNS)
    assert known["kpj"] == "05000000001"
    assert known["birth_date"] == "1967-05-12"
    assert known["phones"] == "081234567890 076591234 0060123456789"
    assert (known["jht_balance"], known["active"], known["claimed"]) == ("10000000", "yes", "no")
    assert [name for name, value in unknown.items() if value] == ["kpj", "name", "phones_raw", "flags"]
    assert unknown["flags"] == "phone-unreadable nik-missing"


def test_json_has_lists_whole_numbers_and_null(tmp_path: Path) -> None:
    path = tmp_path / "peserta.json"
    write_participants([person(), UNKNOWN], path, "json")
    known, unknown = json.loads(path.read_text(encoding="utf-8"))
    assert list(known) == list(COLUMNS)
    assert known["phones"] == ["+6281234567890", "+6276591234", "+60123456789"]
    assert (known["jht_balance"], known["active"], known["claimed"], known["flags"]) == (10_000_000, "yes", "no", [])
    assert [unknown[name] for name in ("nik", "birth_date", "jht_balance", "active")] == [None] * 4
    assert unknown["flags"] == ["phone-unreadable", "nik-missing"]


def test_nobody_to_export_is_a_whole_file_too(tmp_path: Path) -> None:
    for kind in KINDS:
        assert write_participants([], tmp_path / f"peserta.{kind}", kind) == 0
    assert json.loads((tmp_path / "peserta.json").read_text()) == []
    assert table(tmp_path / "peserta.csv") == table(tmp_path / "peserta.xlsx") == []


def test_text_that_a_spreadsheet_would_calculate_is_guarded_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "peserta.csv"
    texts = ("=1+1", "+6281", "-", "@x", "\tA", "'0812", "PT = BAIK")
    write_participants([person(company=text) for text in texts], path, "csv")
    assert [row["company"] for row in table(path)] == ["'=1+1", "'+6281", "'-", "'@x", "'\tA", "'0812", "PT = BAIK"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_as_text_everywhere(text: str, tmp_path: Path) -> None:
    path = tmp_path / "peserta.xlsx"
    write_participants([person(company=text)], path, "xlsx")
    assert table(path)[0]["company"] == plain_text(text)
    assert load_strictly(str(path)).get_sheet_by_index(0).to_python()[1][5] == plain_text(text)
    assert not set("\x1b\x07\u202e").intersection(plain_text(text))


def test_text_that_excel_would_decode_as_a_letter_is_escaped_for_it(tmp_path: Path) -> None:
    path = tmp_path / "peserta.xlsx"
    write_participants([person(company="_x0041_")], path, "xlsx")
    assert load_strictly(str(path)).get_sheet_by_index(0).to_python()[1][5] == "_x0041_"


def test_what_is_exported_can_be_imported_again(tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        path = tmp_path / f"peserta.{kind}"
        write_participants([person(), UNKNOWN], path, kind)  # type: ignore[arg-type]  # mypy widens the literals
        with read_participants(path, spool_dir=tmp_path) as found:
            first, second = (row.participant for row in found.rows())
        assert first is not None
        assert second is not None
        assert [number.e164 for number in first.phones] == list(person().phones)
        assert (first.kpj, first.nik, first.birth_date) == ("05000000001", "1403095205679901", person().birth_date)
        assert (first.jht_balance, first.active, first.claimed, first.flags) == (10_000_000, True, False, ())
        assert (second.nik, second.jht_balance, second.active, second.claimed) == (None, None, None, None)


def test_a_stream_takes_an_export_as_well() -> None:
    stream = io.BytesIO()
    write_participants([person()], stream, "csv")
    assert stream.getvalue().startswith(b"kpj,nik,name,")


@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_midway_leaves_the_old_file_and_nothing_else(kind: ExportKind, tmp_path: Path) -> None:
    def rows() -> Iterator[ParticipantOut]:
        yield person()
        raise KeyError("the database went away")

    path = tmp_path / f"peserta.{kind}"
    path.write_text("the old one")
    with pytest.raises(KeyError):
        write_participants(rows(), path, kind)
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_only_a_regular_file_is_replaced(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    (tmp_path / "link.csv").symlink_to(kept)
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "fifo.csv")
    for name, code in (("link", "not-regular"), ("folder", "not-regular"), ("fifo", "not-regular")):
        with pytest.raises(FileRefused) as refused:
            write_participants([person()], tmp_path / f"{name}.csv", "csv")
        assert refused.value.reason == code
    with pytest.raises(FileRefused) as refused:
        write_participants([person()], tmp_path / "no" / "where.csv", "csv")
    assert refused.value.reason == "missing"
    assert kept.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fifo.csv", "folder.csv", "kept.txt", "link.csv"]


def test_a_full_disk_is_named() -> None:
    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("wb", buffering=0) as full:
        write_participants([person()], full, "csv")


def test_a_written_file_has_the_mode_of_the_folder_s_people(tmp_path: Path) -> None:
    before = os.umask(0o007)
    try:
        write_participants([person()], tmp_path / "peserta.csv", "csv")
    finally:
        os.umask(before)
    assert (tmp_path / "peserta.csv").stat().st_mode & 0o777 == 0o660


def book(tmp_path: Path, *rows: list[Value], name: str = "Ringkasan") -> Path:
    path = tmp_path / "hasil.xlsx"
    write_book(path, [SheetOut(name, ["Nama", "Jumlah", "Tanggal"], rows), SheetOut(name, ["Arti"], [["a"]])])
    return path


def test_a_book_has_text_numbers_and_dates_as_such(tmp_path: Path) -> None:
    instant = datetime.datetime(2023, 7, 31, 9, 30)  # noqa: DTZ001 - a clock on the wall
    path = book(tmp_path, ["=SUM(A1)", 5_000_000, datetime.date(1967, 5, 12)], ["0812", None, instant])
    sheet = load_workbook(path).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["=SUM(A1)", 5_000_000, datetime.datetime(1967, 5, 12)],  # noqa: DTZ001 - openpyxl's way
        ["0812", None, instant],
    ]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]
    assert load_strictly(str(path)).get_sheet_by_index(0).to_python()[1][0] == "=SUM(A1)"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_titles_are_made_to_fit_and_to_differ(tmp_path: Path) -> None:
    path = book(tmp_path, name="Riwayat telepon [2023/07]: semua yang dicatat")
    first, second = load_workbook(path).sheetnames
    assert first.startswith("Riwayat telepon")
    assert first.lower() != second.lower()
    assert max(len(first), len(second)) <= 31


def test_too_long_text_is_cut_with_a_mark_and_too_long_numbers_are_text(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path, ["x" * 40_000, 1403095205679901, None])).worksheets[0]
    assert len(str(sheet["A2"].value)) == LONGEST_TEXT
    assert str(sheet["A2"].value).endswith("x …")
    assert sheet["B2"].value == "1403095205679901"


def test_a_value_of_no_known_type_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="float"):
        book(tmp_path, ["A", 0.1, None])  # type: ignore[list-item]  # what is tested
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=50))
def test_cleaned_text_is_stable_and_printable_by_xml(text: str) -> None:
    clean = cell_text(text)
    assert cell_text(clean) == clean
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in clean)


def test_charts_are_native_and_stand_on_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "hasil.xlsx"
    rows: list[list[Value]] = [["baru", 3], ["selesai", 5], ["", None], ["sibuk", 2]]
    charts = (ChartOut("Keadaan", 1, [("baru", 3), ("selesai", 5)]), ChartOut("Hasil", 4, [("sibuk", 2)]))
    write_book(path, [SheetOut("Ringkasan '23 !", ["Nama", "Orang"], rows, charts), SheetOut("Arti", ["A"], [["b"]])])
    drawn = load_workbook(path).worksheets[0]._charts
    assert len(drawn) == 2
    series = drawn[0].ser[0]
    assert series.cat.strRef.f == "'Ringkasan ''23 !'!$A$2:$A$3"
    assert series.val.numRef.f == "'Ringkasan ''23 !'!$B$2:$B$3"
    assert [point.v for point in series.cat.strRef.strCache.pt] == ["baru", "selesai"]
    assert [chart.anchor._from.row for chart in drawn] == sorted({chart.anchor._from.row for chart in drawn})
    assert load_strictly(str(path)).get_sheet_by_index(0).to_python()[1:3] == [["baru", 3.0], ["selesai", 5.0]]
