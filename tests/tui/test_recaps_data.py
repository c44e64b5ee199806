"""The two recaps of people's data at F7, driven by keys: what was corrected, and how good the data are."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from store.edits import Evidence
from store.rules.corrections import Field, Source
from tests.store.office import Office, wib
from tests.tui.background import line_with, press
from tests.tui.driving import at_desk
from tests.tui.test_recaps_desk import out, pdf_text, written


@pytest.fixture
async def corrected(office: Office) -> Office:
    """The same office: figures of Friday were kept, and two values corrected on Monday."""
    office.clock.now = wib(28, 9)
    store = await office.open()
    assert (await store.quality.total()).email == 0
    office.clock.now = wib(31, 9)
    (one,), (two,) = await store.persons.find("21000000001"), await store.persons.find("21000000002")
    await store.corrections.put(one.participant_id, Field.EMAIL, "a@contoh.id", Evidence(Source.COMPANY, "PT SAWIT"))
    await store.corrections.put(two.participant_id, Field.PHONE, "081377770002", Evidence(Source.PARTICIPANT))
    await store.close()
    office.opened.clear()
    return office


async def test_corrections_of_a_month_stand_in_figures_tables_files_and_stay_once_closed(corrected: Office) -> None:
    async with at_desk(corrected) as desk:
        await press(desk, "f7", "k")
        assert "Rekap koreksi data · Juli 2023" in desk.header
        assert line_with(desk, "Nilai yang diubah", " 2 ")
        await press(desk, "2")
        assert line_with(desk, "e-mail", " 1 ")
        await press(desk, "3")
        assert line_with(desk, "perusahaan", " 1 ")
        await press(desk, "4")
        assert line_with(desk, "» ani", " 2 ")
        await press(desk, "x", "p", "t")
        assert "Tutup Juli 2023: 2 nilai diubah, 0 menunggu persetujuan, 2 belum di Smile?" in desk.asked
        await press(desk, "y")
        assert "ditutup" in desk.asked
        await press(desk, "t", "left")
        assert "Tidak ada nilai yang diubah pada Juni 2023." in desk.text
        book, pages = sorted(await written(desk), reverse=True)
        assert "PT SAWIT" in str([row for sheet in load_workbook(out(desk, book)) for row in sheet.values])
        assert "Rekap koreksi data" in pdf_text(out(desk, pages))
    (row,) = corrected.sql("SELECT kind, period FROM closed_period")
    assert row == ("corrections", "2023-07")


async def test_quality_stands_by_company_and_pembina_and_over_time(corrected: Office) -> None:
    async with at_desk(corrected, lang="en") as desk:
        assert line_with(desk, "Data", "phone 100% · e-mail 25% · doubt 0")
        await press(desk, "f7", "m")
        assert "Quality of the data · 31 July 2023" in desk.header
        assert line_with(desk, "With e-mail, share", "25%")
        await press(desk, "2")
        assert line_with(desk, "PT SAWIT JAYA", "2 100%", "1  50%")
        await press(desk, "3")
        assert line_with(desk, "(no pembina)", "4 100%", "1  25%")
        await press(desk, "4")
        days = [line.split()[0] for line in desk.lines if "-07-2023" in line]
        assert days == ["31-07-2023", "28-07-2023"] * 3
        assert line_with(desk, "31-07-2023", "█", "1  25%")
        await press(desk, "t")
        assert "kept every day by themselves" in desk.text
        await press(desk, "x", "p")
        book, pages = sorted(await written(desk), reverse=True)
        assert load_workbook(out(desk, book)).sheetnames[1:3] == ["By company", "By pembina"]
        assert "PT SAWIT JAYA 2 2 1 0" in pdf_text(out(desk, pages))
    assert corrected.sql("SELECT count(*) FROM closed_period") == [(0,)]
