"""The recap of calls, visits and help on the recaps desk (F7), its files, and `loket recap incoming`."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as load_strictly

from store import Store
from store.assists import AssistIn
from store.counter import ContactIn, Promise
from store.rules.assists import Activation, Paper, PaperState
from store.rules.counter import Caller, ContactChannel, ContactOutcome, Topic
from store.rules.outcomes import Channel
from tests.store.office import Office, wib
from tests.terminal.office import TerminalOffice
from tests.tui.driving import at_desk
from tests.tui.test_recaps_desk import out, pdf_text, written
from tui.cli import main


@pytest.fixture
async def served(office: Office) -> AsyncIterator[Office]:
    """The same office after what came in on this morning: five calls and visits, a missed call, help."""
    store = await office.open()
    began = wib(31, 8, 30)
    who = (await store.persons.find("SUPARMAN"))[0].participant_id
    for topic, channel in ((Topic.CLAIM, "phone"), (Topic.CLAIM, "phone"), (Topic.HOURS, "phone"), (Topic.JMO, "desk")):
        await store.counter.save(ContactIn(ContactChannel(channel), began, topic))
    promise = Promise("kirim formulir", wib(31, 17), section="Pelayanan")
    await store.counter.save(
        ContactIn(
            ContactChannel.PHONE,
            began,
            Topic.STATUS,
            ContactOutcome.FOLLOW_UP,
            Caller.SELF,
            participant_id=who,
            number="0812-3456-7890",
            promise=promise,
        )
    )
    await store.counter.save(ContactIn(ContactChannel.MISSED, began, Topic.OTHER, ContactOutcome.MISSED))
    lacking = {Paper.KK: PaperState.MISSING}
    await store.assists.begin(AssistIn(Channel.JMO, whom="Bu Sri", documents=lacking, activation=Activation.FACE))
    ((follow_up, version),) = office.sql("SELECT id, version FROM follow_up WHERE contact_id IS NOT NULL")
    await store.follow_ups.done(follow_up, version, "terkirim")
    await store.close()
    office.opened.clear()
    yield office


async def test_l_shows_what_came_in_with_bars_and_j_goes_back(served: Office) -> None:
    async with at_desk(served) as desk:
        await desk.press("f7")
        assert "l layanan" in desk.asked
        await desk.press("l")
        assert "Rekap layanan · Juli 2023" in desk.header
        figures = {line[1:27].strip(): line[27:41].strip() for line in desk.lines[2:18]}
        assert (figures["Layanan"], figures["Lewat telepon"], figures["Di loket"]) == ("5", "4", "1")
        assert (figures["Langsung terjawab, bagian"], figures["Panggilan tak terjawab"]) == ("80%", "1")
        assert "syarat klaim" in desk.text
        await desk.press("2")
        assert "08.00 (1 tak terjawab) █" in desk.text
        assert "Senin (1 tak terjawab) █" in desk.text
        await desk.press("4")
        assert "» ani" in desk.text
        await desk.press("6")
        assert "Dibantu 1" in desk.text
        assert "foto wajah tidak cocok █" in desk.text
        assert "KK █" in desk.text
        await desk.press("tab")
        assert "[arti]" in desk.asked
        assert "Layanan yang tuntas saat itu juga." in desk.text
        await desk.press("tab")
        assert "[ringkasan]" in desk.asked
        await desk.press("left")
        assert "Tidak ada telepon atau kunjungan pada Juni 2023." in desk.text
        await desk.press("3")  # a table that is empty says the same
        assert "Tidak ada telepon atau kunjungan pada Juni 2023." in desk.text
        await desk.press("p")
        assert "Periode ini masih kosong." in desk.status
        await desk.press("j")
        assert "Rekap JHT 56 · Juli 2023" in desk.header
        await desk.press("l")
        assert "Juni 2023" in desk.header  # each recap keeps its place


async def test_x_and_p_save_what_strict_readers_open_with_the_number_masked(served: Office) -> None:
    async with at_desk(served) as desk:
        await desk.press("f7", "l", "x")
        (name,) = await written(desk)
        assert f"KELUAR/{name}" in desk.status
        book = load_workbook(out(desk, name))
        assert [len(sheet._charts) for sheet in book.worksheets] == [4, 0, 1, 1, 1, 1, 1, 1, 0]
        strict = load_strictly(str(out(desk, name)))
        assert ["Layanan", 5.0] in [row[:2] for row in strict.get_sheet_by_index(0).to_python()]
        contacts = strict.get_sheet_by_index(1).to_python()
        assert len(contacts) == 7
        (named,) = [row for row in contacts if "SUPARMAN HADI WIJAYA" in row]
        assert "kirim formulir" in named and "selesai" in named
        assert not [cell for row in contacts for cell in row if "34567890" in str(cell)]
        await desk.press("p")
        (pages,) = [each for each in await written(desk) if each.endswith(".pdf")]
        text = pdf_text(out(desk, pages))
        for said in ("Rekap layanan", "Juli 2023", "80%", "Per perihal", "Bantuan klaim", "belum ditutup", "LATIHAN"):
            assert said in text


async def test_closing_asks_with_the_numbers_and_then_the_figures_stay(served: Office) -> None:
    async with at_desk(served) as desk:
        await desk.press("f7", "l", "t")
        assert "Tutup Juli 2023: 5 layanan, masih terbuka 1 telepon dan 0 tindak lanjut?" in desk.asked
        await desk.press("y")
        assert "ditutup 31 Juli 2023 09.00 oleh ani" in desk.asked
        await desk.store.counter.save(ContactIn(ContactChannel.DESK, wib(31, 8, 45), Topic.CARD))
        await desk.press("j", "l")
        assert [line[1:41].split() for line in desk.lines if line.startswith(" Layanan ")] == [["Layanan", "5"]]
        await desk.press("t")
        assert "sudah ditutup" in desk.status


async def test_the_daily_report_tells_what_was_done_at_the_counter(served: Office) -> None:
    async with at_desk(served, size=(120, 40)) as desk:
        await desk.press("f7", "d")
        assert "5 layanan · 1 tindak lanjut selesai" in desk.asked
        assert "Telepon masuk 4" in desk.text
        assert "Perihal syarat klaim 2" in desk.text
        assert "08.30 Tamu di loket · JMO/Lapak Asik: terjawab" in desk.text
        assert "09.00 Bantuan klaim · Bu Sri: JMO" in desk.text
        assert "09.00 Tindak lanjut selesai · SUPARMAN HADI WIJAYA: kirim formulir" in desk.text
        await desk.press("p")
        (pages,) = await written(desk)
        text = pdf_text(out(desk, pages))
        assert "Telepon masuk: 4" in text and "Perihal syarat klaim: 2" in text


def test_the_command_prints_writes_and_closes(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = TerminalOffice(home)
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    office.fill()

    async def two_contacts(store: Store) -> None:
        for channel in (ContactChannel.PHONE, ContactChannel.DESK):
            await store.counter.save(ContactIn(channel, wib(31, 8, 30), Topic.CLAIM))

    office.ask(two_contacts)
    recap = ("--home", str(home), "recap", "incoming", "--period", "2023-07")
    assert main([*recap]) == 0
    assert "Lewat telepon                                   1" in capsys.readouterr().out
    assert main([*recap, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["contacts"], document["by_topic"]["claim"]["all"], document["closed_at"]) == (2, 2, None)
    assert main([*recap, "-o", str(tmp_path / "rekap.xlsx")]) == 0
    assert load_workbook(tmp_path / "rekap.xlsx").worksheets[1].max_row == 3
    assert main([*recap, "-o", str(tmp_path / "rekap.pdf")]) == 0
    assert "Rekap layanan" in pdf_text(tmp_path / "rekap.pdf")
    assert main([*recap, "-o", str(tmp_path / "rekap.csv")]) == 64
    assert main([*recap, "--close"]) == 0
    assert "ditutup 31 Juli 2023" in capsys.readouterr().out
    assert main([*recap, "--close"]) == 1
    assert main(["--home", str(home), "recap", "incoming", "--period", "2023-08", "--close"]) == 1
    assert "Agustus 2023 belum berakhir" in capsys.readouterr().err
