"""A file that is broken, hostile or no table: one code, at once, and nothing of it stays anywhere."""

from __future__ import annotations

import io
import os
import random
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import FileRefused
from store.workbooks.participants import read_participants
from store.workbooks.safe_open import MAX_FILE
from tests.workbooks_generator import make

CODES = {"missing", "unreadable", "not-regular", "empty", "too-large", "unknown-kind", "protected", "damaged"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_HEAD = OLE + bytes(22) + struct.pack("<H", 9) + bytes(480)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


def refusal(path: Path, spool: Path) -> str:
    """The code a file is refused with; it took less than a person would wait, and left nothing."""
    started, open_before = time.monotonic(), len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(FileRefused) as refused:
        read_participants(path, spool_dir=spool)
    assert time.monotonic() - started < 60
    assert refused.value.file == path.name
    assert list(spool.iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before
    return refused.value.reason


def file(tmp_path: Path, content: bytes, name: str = "daftar.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def archive(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in entries.items():
            book.writestr(name, content)
    return packed.getvalue()


def workbook_around(sheet: bytes) -> bytes:
    """The smallest .xlsx with this XML as its one sheet."""
    spreadsheet, office = "http://schemas.openxmlformats.org/spreadsheetml/2006", "http://schemas.openxmlformats.org"
    relation = f"{office}/officeDocument/2006/relationships"
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": (
                f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
                f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook xmlns="{spreadsheet}/main" xmlns:r="{relation}"><sheets>'
                '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
                f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{spreadsheet}/main"><sheetData>'.encode()
            + sheet
            + b"</sheetData></worksheet>",
        }
    )


CONTENTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing at all": (lambda: b"", "empty"),
    "random bytes": (lambda: random.Random(1).randbytes(20_000), "unknown-kind"),
    "a PDF": (lambda: b"%PDF-1.7\nKPJ;NAMA\n", "unknown-kind"),
    "a web page called .xls": (lambda: b"<html><table><tr><td>KPJ</td></tr></table></html>", "unknown-kind"),
    "a Word document": (
        lambda: archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "unknown-kind",
    ),
    "some other archive": (lambda: archive({"KPJ.txt": b"98000000001"}), "unknown-kind"),
    "a cut archive": (lambda: archive({"xl/workbook.xml": b"x" * 5000})[:-30], "damaged"),
    "an old file cut in its head": (lambda: OLE + bytes(100), "damaged"),
    "an old file of another program": (
        lambda: OLE_HEAD + bytes(4000) + "WordDocument".encode("utf-16-le"),
        "unknown-kind",
    ),
    "an encrypted workbook": (
        lambda: OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(99),
        "protected",
    ),
    "a workbook of broken XML": (lambda: workbook_around(b"<row r='1'><c r='A1'"), "damaged"),
    "one entry that unpacks a thousandfold": (
        lambda: archive({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": bytes(50_000_000)}),
        "too-large",
    ),
    "too many entries": (lambda: archive({f"xl/{number}": b"" for number in range(20_001)}), "too-large"),
}


@pytest.mark.parametrize("what", CONTENTS)
def test_content_that_is_no_list_has_one_code(what: str, tmp_path: Path, spool: Path) -> None:
    content, code = CONTENTS[what]
    assert refusal(file(tmp_path, content()), spool) == code


def test_a_workbook_cut_short_is_damaged(tmp_path: Path, spool: Path) -> None:
    for kind in ("xlsx", "xls", "ods"):
        path = make(tmp_path, 1, kind, people=10).path
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * 2 // 3])
        assert refusal(path, spool) == "damaged", kind


def _as_fifo(path: Path) -> None:
    os.mkfifo(path)


def _as_folder(path: Path) -> None:
    path.mkdir()


def _as_link(path: Path) -> None:
    real = path.with_name("real.csv")
    real.write_text("KPJ;NAMA\n98000000001;SITI\n")
    path.symlink_to(real)


def _as_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("place", [_as_fifo, _as_folder, _as_link, _as_device])
def test_only_regular_files_are_opened(place: Callable[[Path], None], tmp_path: Path, spool: Path) -> None:
    path = tmp_path / "daftar.csv"
    place(path)
    assert refusal(path, spool) == "not-regular"


def test_a_device_itself_is_not_read(spool: Path) -> None:
    assert refusal(Path("/dev/null"), spool) == "not-regular"


def test_a_file_that_is_not_there(tmp_path: Path, spool: Path) -> None:
    assert refusal(tmp_path / "tidak ada.xlsx", spool) == "missing"
    assert refusal(tmp_path / "x\0y.xlsx", spool) == "missing"


def test_a_file_over_the_size_is_not_even_read(tmp_path: Path, spool: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as big:
        big.truncate(MAX_FILE + 1)
    assert refusal(path, spool) == "too-large"


def test_a_bomb_that_lies_about_its_size_meets_the_limits(tmp_path: Path, spool: Path) -> None:
    """The directory promises a kilobyte; whatever a reader then makes of it, the office goes on."""
    content = bytearray(workbook_around(b"<row r='1'/>" + b" " * 400_000_000))
    honest = struct.pack("<I", 400_000_000 + len(b"<row r='1'/>"))
    place = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    assert struct.unpack_from("<I", content, place + 24)[0] >= struct.unpack("<I", honest)[0]
    struct.pack_into("<I", content, place + 24, 1024)
    path = file(tmp_path, bytes(content))
    try:
        with read_participants(path, spool_dir=spool) as found:
            assert list(found.rows()) == []
    except FileRefused as refused:
        assert refused.reason in ("damaged", "too-large")
    assert list(spool.iterdir()) == []


def test_two_far_cells_do_not_bring_the_office_down(tmp_path: Path, spool: Path) -> None:
    far = b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    assert refusal(file(tmp_path, workbook_around(far)), spool) == "too-large"


def test_a_folder_that_cannot_hold_the_rows_is_named(tmp_path: Path) -> None:
    path = make(tmp_path, 1, "xlsx", people=5).path
    with pytest.raises(FileRefused) as refused:
        read_participants(path, spool_dir=tmp_path / "no folder")
    assert refused.value.reason == "unwritable"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv-utf8"])
def test_spoiled_copies_are_refused_or_read_and_leave_nothing(kind: str, tmp_path: Path, spool: Path) -> None:
    path = make(tmp_path, 7, kind, people=15).path
    whole = path.read_bytes()
    rng = random.Random(kind)
    for _ in range(5):
        spoiled = bytearray(whole)
        for _ in range(rng.choice((1, 4, 40))):
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
        path.write_bytes(bytes(spoiled))
        try:
            with read_participants(path, spool_dir=spool) as found:
                assert sum(sheet.rows for sheet in found.sheets) == len(list(found.rows()))
        except FileRefused as refused:
            assert refused.reason in CODES, refused
        assert list(spool.iterdir()) == []
