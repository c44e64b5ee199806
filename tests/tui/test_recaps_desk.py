"""The recaps desk (F7) and the daily report, driven by keys."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from python_calamine import load_workbook as load_strictly

from store import Store
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, call, wib
from tests.tui.driving import Desk, at_desk

LONG = "PT PERUSAHAAN PERKEBUNAN KELAPA SAWIT DAN INDUSTRI MINYAK GORENG NUSANTARA SEJAHTERA ABADI TBK"


@pytest.fixture
async def called(office: Office) -> Office:
    """The same office after three calls of this morning."""
    store = await office.open()
    for outcome in (Outcome.WILL_CLAIM, Outcome.NO_ANSWER, Outcome.REFUSED):
        await call(store, outcome)
    await store.close()
    office.opened.clear()
    return office


async def written(desk: Desk) -> list[str]:
    """What lies in KELUAR once all that is being written is there."""
    await desk.app.workers.wait_for_complete()
    await desk.settle()
    return sorted(path.name for path in desk.store.outbox.iterdir())


def out(desk: Desk, name: str) -> Path:
    return desk.store.outbox / name


def pdf_text(path: Path) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]
    return " ".join(" ".join(pages).split())


async def test_f7_shows_the_newest_period_with_figures_and_bars(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7")
        assert "Rekap JHT 56 · Juli 2023" in desk.header
        figures = {line[1:32].strip(): line[32:42].strip() for line in desk.lines[2:16]}
        assert figures["Orang di daftar"] == "4"
        assert (figures["Ditelepon"], figures["Percobaan"], figures["Terhubung"]) == ("3", "3", "2")
        assert (figures["Tingkat terhubung"], figures["Tingkat penolakan"]) == ("67%", "50%")
        assert "bersedia klaim █" in desk.text
        assert "belum ditutup" in desk.asked


async def test_each_view_is_one_digit_and_tab_goes_on(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "2")
        assert "tidak diangkat" in desk.text
        assert "33%" in desk.text
        await desk.press("3")
        assert "PT SAWIT JAYA" in desk.text
        assert "(perusahaan tidak diketahui)" in desk.text
        await desk.press("5")
        assert "» ani" in desk.text
        await desk.press("tab")
        assert "[arti]" in desk.asked
        assert "Terhubung dibagi ditelepon." in desk.text
        await desk.press("tab")
        assert "[ringkasan]" in desk.asked


async def test_the_period_moves_by_month_and_a_range_by_its_length(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "left")
        assert "Juni 2023" in desk.header
        assert "Tidak ada peserta di daftar Juni 2023." in desk.text
        assert "Ada daftar Juli 2023" in desk.text
        await desk.press("3")  # a table that is empty says the same
        assert "Ada daftar Juli 2023" in desk.text
        await desk.press("1")
        await desk.press("r", "ctrl+u")
        await desk.type("2023-04..2023-07")
        await desk.press("enter")
        assert "April – Juli 2023" in desk.header
        assert "Orang di daftar                       4" in desk.text
        await desk.press("right")
        assert "Agustus – November 2023" in desk.header
        await desk.press("r", "ctrl+u")
        await desk.type("Juli")
        await desk.press("enter")
        assert "“Juli” bukan periode" in desk.status
        assert "Juli" in desk.asked  # what was typed is still there


async def test_x_saves_a_workbook_that_strict_readers_open_with_charts(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "x")
        (name,) = await written(desk)
        assert f"KELUAR/{name}" in desk.status
        book = load_workbook(out(desk, name))
        assert book.sheetnames == [
            *("Ringkasan", "Peserta", "Riwayat telepon", "Per perusahaan", "Per pembina"),
            *("Menurut petugas", "Definisi"),
        ]
        assert [len(sheet._charts) for sheet in book.worksheets] == [2, 0, 0, 1, 1, 1, 0]
        rows = load_strictly(str(out(desk, name))).get_sheet_by_index(0).to_python()
        assert ["Orang di daftar", 4.0] in [row[:2] for row in rows]
        assert ["bersedia klaim", 1.0] in [row[:2] for row in rows]
        people = load_strictly(str(out(desk, name))).get_sheet_by_index(3).to_python()
        assert ["PT SAWIT JAYA", 2.0] in [row[:2] for row in people]


async def test_p_saves_pages_that_say_the_same(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "p")
        (name,) = await written(desk)
        assert name.startswith("rekap-jht56-2023-07-")
        text = pdf_text(out(desk, name))
        for said in (
            "Rekap JHT 56",
            "Juli 2023",
            "Orang di daftar",
            "67%",
            "PT SAWIT JAYA",
            "belum ditutup",
            "LATIHAN",
        ):
            assert said in text


async def test_closing_asks_with_the_numbers_and_then_the_figures_stay(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "t")
        assert "Tutup Juli 2023: 4 orang, 1 belum ditelepon, 3 panggilan?" in desk.asked
        await desk.press("t")
        assert (await desk.store.recaps.jht56(desk.app.get_screen("recaps").period)).closed_at is None
        await desk.press("y")
        assert "ditutup 31 Juli 2023 09.00 oleh ani" in desk.asked
        await desk.press("f2", "enter", "2", "f7")
        assert "Ditelepon                             3" in desk.text
        await desk.press("t")
        assert "sudah ditutup" in desk.status


async def test_a_colleague_s_call_changes_the_figures_without_a_key(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7")
        other = await called.open("ani")
        await call(other, Outcome.BUSY)
        await desk.app._look()
        for _round in range(100):
            await desk.pilot.pause(0.02)
            if "Ditelepon                             4" in desk.text:
                break
        assert "Ditelepon                             4" in desk.text


@pytest.mark.parametrize(
    ("role", "keys", "said"),
    [("auditor", "f7 p", "Simpan rekap sebagai PDF"), ("pelayanan", "f7 t", "Tutup")],
)
async def test_what_a_role_may_not_do_says_why(called: Office, role: str, keys: str, said: str) -> None:
    async with at_desk(called) as desk:
        await desk.store.staff.act_as(role)
        desk.app.me = await desk.store.refresh_me()
        await desk.press(*keys.split())
        assert said in desk.status
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status


async def test_without_any_list_the_desk_says_the_next_step(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        await desk.press("f7")
        assert "Tidak ada peserta di daftar Juli 2023." in desk.text
        assert "MASUK" in desk.text
        await desk.press("p")
        assert "Periode ini masih kosong." in desk.status


async def test_the_daily_report_tells_each_person_and_saves_both_files(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "d")
        assert "Laporan harian · Senin 31 Juli 2023" in desk.header
        assert "Telepon JHT 56 3 · Daftar peserta dimasukkan 1" in desk.text
        assert "09.00 Telepon JHT 56 · SUPARMAN HADI WIJAYA: bersedia klaim" in desk.text
        assert "1 orang · 3 telepon · 2 terhubung" in desk.asked
        await desk.press("right")
        assert "Hari itu belum tiba" in desk.status
        await desk.press("p", "x")
        book, pages = sorted(await written(desk), key=lambda name: name[-3:])
        text = pdf_text(out(desk, pages))
        assert "Laporan harian" in text
        assert "SUPARMAN HADI WIJAYA: bersedia klaim" in text
        rows = load_strictly(str(out(desk, book))).get_sheet_by_index(0).to_python()
        assert rows[1][2:] == ["ani", "Telepon JHT 56", 3.0]
        await desk.press("escape")
        assert "Rekap JHT 56" in desk.header


async def test_an_intern_reads_their_own_day(called: Office) -> None:
    boss = await called.open()
    budi = await called.hire(boss, "budi")
    await call(budi, Outcome.WILL_CLAIM)
    async with at_desk(called, login="budi") as desk:
        await desk.press("f7")
        assert "Laporan harian saya · Senin 31 Juli 2023" in desk.header
        assert "1 orang · 1 telepon · 1 terhubung" in desk.asked
        assert "BUDI" in desk.text
        assert "SUPARMAN" not in desk.text
        await desk.press("p")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status
        await desk.press("escape")
        assert "Laporan harian" not in desk.header


async def test_a_day_is_typed_and_an_empty_one_says_so(called: Office) -> None:
    async with at_desk(called) as desk:
        await desk.press("f7", "d", "left")
        assert "Tidak ada yang dicatat kemarin." in desk.text
        await desk.press("r")
        await desk.type("31-07-2023")
        await desk.press("enter")
        assert "SUPARMAN" in desk.text
        await desk.press("r")
        await desk.type("besok")
        await desk.press("enter")
        assert "“besok” bukan tanggal" in desk.status


async def long_office(office: Office, store: Store) -> None:
    await office.bring_in(
        store,
        [
            Person(
                f"2100000{n:04d}",
                f"{'SITI NURHALIZAH BINTI ABDURRAHMAN ' * 2}{n}",
                hp=f"0812{n:07d}1",
                company=f"{n} {LONG}",
            )
            for n in range(1, 40)
        ],
    )
    for _n in range(4):
        await call(store, Outcome.UNREACHABLE)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_longest_names_are_cut_with_a_mark_in_both_languages(
    empty_office: Office, lang: str, size: tuple[int, int]
) -> None:
    store = await empty_office.open()
    await long_office(empty_office, store)
    await store.close()
    empty_office.opened.clear()
    async with at_desk(empty_office, lang=lang, size=size) as desk:
        await desk.press("f7")
        for keys in ("1", "2", "3", "4", "5", "6", "d"):
            await desk.press(keys)
            assert desk.lines[-2].rstrip().endswith("? bantu" if lang == "id" else "? help")
            assert "…" not in desk.footer
            for line in desk.lines[1:-4]:
                if "PERUSAHAAN PERKEBUNAN" in line:
                    assert "…" in line
                if "NURHALIZAH" in line:
                    assert "…" in line or re.search(r"BINTI ABDURRAHMAN [0-9]+: [a-z]+", line)
        assert "SITI" in desk.text
        await desk.press("escape", "end", "pagedown", "3", "end")
        assert "»" in desk.text


async def test_a_month_of_calls_is_of_the_day_it_was_made(called: Office) -> None:
    called.clock.now = wib(1, 9, month=8)
    async with at_desk(called) as desk:
        await desk.press("f7", "d")
        assert "Selasa 1 Agustus 2023" in desk.header
        await desk.press("left")
        assert "SUPARMAN" in desk.text
