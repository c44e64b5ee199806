"""The recap of vouchers on the recaps desk (F7), its files, and what each role sees of the amounts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
from openpyxl import load_workbook

from store.claim_file_rows import FileFilter
from tests.store.office import Office
from tests.store.voucher_desk import DEWI, HENDRA, UCOK, Paid, bring, confirmed, desk, received
from tests.tui.driving import at_desk
from tests.tui.test_recaps_desk import out, pdf_text, written

AUGUST = Paid(21, "AGUS REKAAN", 3_000_000, day=date(2023, 8, 1))


@pytest.fixture
async def worked(empty_office: Office) -> AsyncIterator[Office]:
    """Three files of July, two of them on paper and one of these signed by all; one of August without its paper."""
    rini, joko, _bona = await desk(empty_office, [HENDRA, DEWI, UCOK])
    ids = await confirmed(rini, joko, [HENDRA, UCOK])
    number, _undo = await rini.stacks.send(ids, "Bu Ratna")
    everybody = ("pelayanan", "keuangan", "kantor")
    await rini.stacks.take_back(number, {ids[0]: everybody})
    await received(rini, DEWI)
    await bring(rini, [AUGUST])
    founder = await empty_office.open()
    await empty_office.hire(founder, "lina", "auditor")
    for store in list(empty_office.opened):
        await store.close()
    empty_office.opened.clear()
    yield empty_office


async def test_v_shows_files_and_amounts_and_each_view_is_one_digit(worked: Office) -> None:
    async with at_desk(worked, "rini") as desk:
        await desk.press("f7")
        assert "v voucher" in desk.asked
        await desk.press("v")
        assert "Rekap voucher · Juli 2023" in desk.header
        figures = {line[1:24].strip(): line[24:42].strip() for line in desk.lines[2:16]}
        assert (figures["Berkas klaim"], figures["Jumlah dibayar"]) == ("3", "Rp27.750.000")
        assert "JHT █" in desk.text
        assert "lengkap          █" in desk.text
        await desk.press("2")
        (jht,) = [line for line in desk.lines if line.startswith("» JHT")]
        assert jht.split()[1:] == ["JHT", "2", "Rp20.500.000"]
        await desk.press("3", "4")
        assert "31 Juli 2023" in desk.text
        await desk.press("5")
        assert "Kepala Bidang Keuangan" in desk.text
        await desk.press("tab")
        assert "[arti]" in desk.asked
        await desk.press("t")
        assert "Peran Anda hari ini tidak mengizinkan" in desk.text
        await desk.press("r", *["backspace"] * 7)
        await desk.type("2023-07..2023-08")
        await desk.press("enter")
        assert "Juli – Agustus 2023" in desk.header
        await desk.press("right", "right")
        assert "Tidak ada berkas klaim" in desk.text
        await desk.press("2")
        assert "Tidak ada berkas klaim" in desk.text and "F5" in desk.text.partition("Tidak ada berkas")[2]
        await desk.press("p")
        assert "Periode ini masih kosong." in desk.status


async def test_files_go_along_with_who_works_there_and_amounts_stay_with_who_may_see_them(worked: Office) -> None:
    async with at_desk(worked, "rini", size=(120, 40)) as desk:
        await desk.press("f7", "x")
        assert "Peran Anda hari ini tidak mengizinkan" in desk.text
        await desk.press("v", "x")
        await written(desk)  # both are made in the background: the status line tells of whichever ended last
        await desk.press("p")
        pages, book = await written(desk)
        assert f"KELUAR/{pages}" in desk.status
        loaded = load_workbook(out(desk, book))
        assert [len(sheet._charts) for sheet in loaded.worksheets] == [3, 0, 1, 1, 1, 0, 0]
        assert loaded.worksheets[1].max_row == 4
        text = pdf_text(out(desk, pages))
        for said in (
            "Rekap voucher",
            "Juli 2023",
            "Rp27.750.000",
            "20.500.000",
            "Kepala Bidang Keuangan",
            "belum ditutup",
        ):
            assert said in text
    async with at_desk(worked, "lina") as desk:
        await desk.press("f7", "v")
        assert "Berkas klaim" in desk.text and "Rp" not in desk.text
        await desk.press("2")
        assert "» JHT" in desk.text and "Rp" not in desk.text
        await desk.press("x")
        assert "Peran Anda hari ini tidak mengizinkan" in desk.text
        assert len(await written(desk)) == 2


async def test_the_head_closes_a_month_and_later_work_changes_none_of_it(worked: Office) -> None:
    async with at_desk(worked, "bona", lang="en") as desk:
        await desk.press("f7", "v", "t")
        assert "Close July 2023: 3 files, 2 not signed by all, 0 without paper?" in desk.asked
        await desk.press("y")
        assert "closed 31 July 2023 09:00 by BONA" in desk.asked
        rini = await worked.open("rini")
        (waiting,) = await rini.files.rows(FileFilter(text="UCOK"), 0, 9)
        await rini.stacks.sign(waiting.file_id, ["kantor"])
        await desk.press("j", "v", "5")
        (line,) = [line for line in desk.lines if "Kepala Kantor" in line and "█" in line]
        assert line.split()[-2:] == ["1", "33%"]
