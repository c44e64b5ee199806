"""Merging on the screen, driven by keys: files of MASUK marked, looked at sheet by sheet, saved into KELUAR."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.store.office import Office
from tests.tui.background import line_with, press, rest
from tests.tui.driving import Desk, at_desk
from tui import commands, i18n
from tui.screens import merge as merge_screen
from tui.screens.base import DeskScreen


def write_sheets(path: Path, count: int, rows: int = 2) -> None:
    """A workbook of this many sheets; every seventh spells a column otherwise, and all end in a line of totals."""
    with xlsxwriter.Workbook(path) as book:
        for n in range(count):
            sheet = book.add_worksheet(f"PT {n + 1:03d}")
            sheet.write_row(0, 0, ("NO KPJ" if n % 7 == 6 else "KPJ", "NAMA", *(["CATATAN"] if n == 4 else [])))
            for row in range(rows):
                sheet.write_row(row + 1, 0, (f"{n:07d}{row:04d}", f"ORANG {row}"))
            sheet.write_row(rows + 1, 0, ("JUMLAH", rows))


async def open_merge(desk: Desk) -> None:
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    await screen.press(commands.by_id("merge"))
    await rest(desk)


def written(office: Office) -> list[Path]:
    return sorted((office.home / "KELUAR").iterdir())


def rows_of(path: Path, sheet: int = 0) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_marked_files_are_put_together_in_the_order_of_the_marks(empty_office: Office, lang: str) -> None:
    inbox = empty_office.home / "MASUK"
    (inbox / "daftar 2.csv").write_text("KPJ;NAMA\n00000000001;ANI\n00000000002;BUDI\nJUMLAH;2\n")
    (inbox / "daftar 10.csv").write_text("NAMA TENAGA KERJA;NO KPJ;ALAMAT\nCICI;00000000003;Duri\n")
    (inbox / "rusak.xlsx").write_bytes(b"PK\x03\x04cut off")
    async with at_desk(empty_office, lang=lang) as desk:
        await open_merge(desk)
        assert desk.text.index("daftar 2.csv") < desk.text.index("daftar 10.csv")
        await desk.press("down", "space", "home", "space", "end", "space")
        assert line_with(desk, "[1]", "daftar 10.csv")
        assert line_with(desk, "[2]", "daftar 2.csv")
        await press(desk, "enter")
        words = {"id": "3 baris dari 2 dari 2 lembar · 3 kolom", "en": "3 rows of 2 of 2 sheets · 3 columns"}[lang]
        assert words in desk.text
        assert "NAMA TENAGA KERJA · NO KPJ · ALAMAT" in desk.text
        assert line_with(desk, "rusak.xlsx", i18n._("file set aside"))
        assert written(empty_office) == []
        await press(desk, "s")
        (path,) = written(empty_office)
        assert f"KELUAR/{path.name}" in desk.text
        assert [row[1] for row in rows_of(path)] == ["NO KPJ", "00000000003", "00000000001", "00000000002"]
        # The report stays, and what has to be looked at is whole below the table.
        await press(desk, "f")
        assert "↑↓ 1/1" in desk.asked
        assert {"id": "rusak atau tidak lengkap", "en": "damaged or"}[lang] in desk.text
        await press(desk, "escape", "escape")
        assert line_with(desk, "[1]", "daftar 10.csv")
    assert empty_office.sql("SELECT count(*) FROM audit WHERE action = 'export.merge'") == [(1,)]


async def test_800_sheets_are_told_one_by_one_on_80_columns(empty_office: Office) -> None:
    write_sheets(empty_office.home / "MASUK" / "gabung.xlsx", 800)
    async with at_desk(empty_office) as desk:
        await open_merge(desk)
        await press(desk, "t", "enter")
        assert "1.600 baris dari 800 dari 800 lembar · 3 kolom" in desk.text
        assert "1/800" in desk.asked
        assert all(len(line.rstrip()) <= 80 for line in desk.lines)
        await press(desk, "end")
        assert line_with(desk, "» PT 800", " 1 ", " 2 ")
        await press(desk, "home", *["down"] * 4)
        assert line_with(desk, "» PT 005", "1 kolom baru: CATATAN")
        await press(desk, "down", "down")
        assert "NO KPJ → KPJ" in desk.text
        assert "jumlah 1" in desk.text
        await press(desk, "s")
        (path,) = written(empty_office)
        found = rows_of(path)
        assert len(found) == 1601
        assert found[-1] == ("gabung.xlsx", "PT 800", 3, "00007990001", "ORANG 1", None)
        assert len(rows_of(path, 1)) == 801


async def test_esc_stops_and_other_desks_can_be_used_meanwhile(empty_office: Office) -> None:
    write_sheets(empty_office.home / "MASUK" / "panjang.xlsx", 300, rows=40)
    async with at_desk(empty_office) as desk:
        await open_merge(desk)
        await desk.pilot.press("enter")
        screen = desk.app.screen
        assert isinstance(screen, merge_screen.MergeScreen)
        assert screen.doing
        await desk.press("f8")
        assert desk.app.screen is not screen
        await open_merge(desk)  # waits until it is read
        assert desk.app.screen is screen
        assert "12.000 baris" in desk.text
        await press(desk, "escape")
        await desk.pilot.press("enter")
        await desk.pilot.press("escape")
        await rest(desk)
        assert "Dihentikan; tidak ada yang ditulis." in desk.text
        assert screen.merge is None
        assert written(empty_office) == []


async def test_what_cannot_be_merged_says_why(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        await open_merge(desk)
        assert "Tidak ada berkas di MASUK." in desk.text
        await press(desk, "enter")
        assert "Tidak ada berkas di MASUK." in desk.status
        (empty_office.home / "MASUK" / "catatan.csv").write_text("halo\n")
        await press(desk, "escape")
        await open_merge(desk)
        await press(desk, "v", "enter")
        assert "0 baris dari 0 dari 1 lembar" in desk.text
        await press(desk, "s")
        assert "Tidak ada baris" in desk.text
        assert written(empty_office) == []
        await press(desk, "escape", "u")
        assert "Penggabungan tidak mengubah data kantor" in desk.text
