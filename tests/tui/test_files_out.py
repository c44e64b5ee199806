"""Files that go out into KELUAR: results of a period, and the participants."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

from openpyxl import load_workbook

from tests.store.office import Office
from tests.tui.background import press
from tests.tui.driving import at_desk


def sheets_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


async def test_the_results_of_the_newest_period_go_into_keluar(office: Office) -> None:
    async with at_desk(office) as desk:
        await press(desk, "f2", "enter", "1", "s", "x")
        assert "Hasil periode: 2023-07" in desk.asked
        await press(desk, "enter")
        assert "Hasil 4 orang: KELUAR/hasil-jht56-2023-07-20230731-0900.xlsx" in desk.status
        path = desk.store.outbox / "hasil-jht56-2023-07-20230731-0900.xlsx"
        found = sheets_of(path)
        assert {row[1] for row in found["Peserta"][1:]} == {f"2100000000{n}" for n in range(1, 5)}
        assert [row[5] for row in found["Riwayat telepon"][1:]] == ["tidak diangkat"]
        assert stat.S_IMODE(path.stat().st_mode) in (0o600, 0o660)


async def test_a_file_in_keluar_is_never_overwritten(office: Office) -> None:
    async with at_desk(office) as desk:
        await press(desk, "x", "enter", "x", "enter")
        names = sorted(path.name for path in desk.store.outbox.iterdir())
        assert names == ["hasil-jht56-2023-07-20230731-0900-2.xlsx", "hasil-jht56-2023-07-20230731-0900.xlsx"]


async def test_a_range_of_months_and_what_is_no_period(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("x", "ctrl+u")
        await desk.type("2023")
        await press(desk, "enter")
        assert "“2023” bukan periode" in desk.status
        assert "Hasil periode: 2023" in desk.asked
        await desk.type("-01..2023-08")
        await press(desk, "enter")
        assert [path.name for path in desk.store.outbox.iterdir()] == [
            "hasil-jht56-2023-01..2023-08-20230731-0900.xlsx"
        ]


async def test_a_period_without_people_writes_no_file(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        await desk.press("x")
        await desk.type("2023-01")
        await press(desk, "enter")
        assert "tidak ada berkas yang ditulis" in desk.status
        assert list(desk.store.outbox.iterdir()) == []


async def test_all_participants_are_saved_from_the_menu(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f10")
        await desk.type("semua peserta")
        await press(desk, "enter")
        assert "4 peserta: KELUAR/peserta-20230731-0900.xlsx" in desk.status
        (rows,) = sheets_of(desk.store.outbox / "peserta-20230731-0900.xlsx").values()
        assert rows[0][0] == "kpj"
        assert len(rows) == 5


async def test_a_keluar_that_cannot_be_written_says_so(office: Office) -> None:
    async with at_desk(office) as desk:
        shutil.rmtree(desk.store.outbox)
        await press(desk, "x", "enter")
        assert "tidak dapat ditulis di sana" in desk.text
