"""A day without power: the list on paper, and its ticks typed back by one key a line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from store.rows import QueueFilter
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, call, people, wib
from tests.tui.driving import Desk, at_desk
from tests.tui.test_recaps_desk import LONG, out, pdf_text, written


@pytest.fixture
async def printed(office: Office) -> AsyncIterator[Office]:
    """The four people of the office are on paper list 1; it is afternoon."""
    store = await office.open()
    await store.call_lists.make("2023-07")
    await store.close()
    office.opened.clear()
    office.clock.now = wib(31, 14)
    yield office


async def states(desk: Desk) -> dict[int, str | None]:
    return {line.line: line.ticked for line in (await desk.store.call_lists.open(1)).lines}


async def test_two_keys_put_a_list_into_keluar_and_say_where(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "d")
        assert "Daftar kertas: 2023-07 45" in desk.asked
        await desk.press("enter")
        assert await written(desk) == ["daftar-telepon-1.pdf"]
        assert "Daftar telepon DT-1, 4 orang: KELUAR/daftar-telepon-1.pdf" in desk.status
        text = pdf_text(out(desk, "daftar-telepon-1.pdf"))
        for said in (
            "DT-1",
            "Juli 2023",
            "SUPARMAN HADI WIJAYA",
            "0812-3456-7890",
            "(0765) 91234",
            "tidak diangkat",
            "LATIHAN",
        ):
            assert said in text
        for never in ("1967", "12.000.000"):
            assert never not in text


async def test_period_and_lines_are_typed_and_what_cannot_be_read_is_kept(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "d", "ctrl+u")
        await desk.type("2023-07 dua")
        await desk.press("enter")
        assert "“2023-07 dua” tidak terbaca" in desk.status
        assert "2023-07 dua" in desk.asked
        await desk.press("ctrl+u")
        await desk.type("2023-07 2")
        await desk.press("enter")
        await written(desk)
        assert "DT-1, 2 orang" in desk.status
        await desk.press("d", "enter")
        await written(desk)
        assert "DT-2, 2 orang" in desk.status  # the other two: nobody on two papers
        await desk.press("d", "enter")
        await written(desk)
        assert "semua sudah di daftar lain hari ini" in desk.status
        assert len(await desk.store.call_lists.newest()) == 2


async def test_the_menu_knows_both(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "f10")
        await desk.type("daftar")
        assert "Cetak daftar telepon (PDF)" in desk.text
        assert "Ketik balik daftar kertas" in desk.text


async def test_a_list_is_typed_back_with_one_key_a_line(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t")
        assert "DT-1" in desk.text
        assert "0 dari 4" in desk.text
        await desk.press("enter")
        assert "SUPARMAN HADI WIJAYA" in desk.lines[1]
        await desk.press("1", "2", "6", "j", "9")
        assert await states(desk) == {1: "no_answer", 2: "busy", 3: "will_claim", 4: "message_left"}
        assert "4 dari 4" in desk.header


async def test_the_name_stands_there_before_a_key_saves_it(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter")
        assert "1  Bapak/Ibu SUPARMAN HADI WIJAYA" in desk.lines[1]
        assert "belum diketik" in desk.lines[1]
        assert "PT SAWIT JAYA · KPJ 21000000001" in desk.lines[2]
        assert "081234567890" not in desk.text.replace("-", "").replace(" ", "")
        await desk.press("1")
        assert "1 SUPARMAN HADI WIJAYA: tidak diangkat → lagi 15.00" in desk.status
        assert "2  Bapak/Ibu ROSLINA" in desk.lines[1]
        assert "1 dari 4" in desk.header


async def test_any_line_is_reached_by_its_number(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter", "enter")
        await desk.type("3")
        await desk.press("enter", "2")
        assert await states(desk) == {1: None, 2: None, 3: "busy", 4: None}
        assert desk.lines[1].startswith(" 4 ")
        await desk.press("enter")
        await desk.type("5")
        await desk.press("enter")
        assert "baris 1 sampai 4" in desk.status
        assert desk.lines[1].startswith(" 4 ")


async def test_a_line_is_taken_once_and_says_so(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter", "1", "up", "2")
        assert "Baris ini sudah diketik" in desk.status
        assert (await states(desk))[1] == "no_answer"


async def test_u_takes_back_line_after_line(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter", "1", "2", "u")
        assert "Diurungkan: sibuk pada baris 2" in desk.status
        assert desk.lines[1].startswith(" 2 ")
        await desk.press("u", "u")
        assert "Tidak ada lagi milik Anda" in desk.status
        assert set((await states(desk)).values()) == {None}
        await desk.press("4")
        assert (await states(desk))[1] == "wrong_number"


async def test_a_callback_has_the_presets_of_the_card(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter", "5")
        assert "3 besok 09.30" in desk.asked
        await desk.press("escape", "5", "t")
        await desk.type("besok 10")
        await desk.press("enter")
        assert "lagi 01-08 10.00" in desk.status
        await desk.press("5", "t")
        await desk.type("sabtu 10")
        await desk.press("enter")
        assert "akhir pekan" in desk.status
        assert "sabtu 10" in desk.asked


async def test_who_was_served_on_screen_meanwhile_keeps_their_place(printed: Office) -> None:
    store = await printed.open()
    await call(store, Outcome.WILL_CLAIM)
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter", "1")
        assert "hanya riwayat; sudah dilayani" in desk.status
        assert (await states(desk))[1] == "no_answer"
        await desk.press("u")
        assert (await states(desk))[1] is None


async def test_another_number_that_was_rung_is_chosen(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter", "o")
        assert "tidak punya nomor lain" in desk.status
        await desk.press("down", "o", "4")
        (line,) = [line for line in (await desk.store.call_lists.open(1)).lines if line.line == 2]
        assert [phone.e164 for phone in line.phones] == ["+6281311112222"]


async def test_a_list_is_found_by_the_number_on_the_paper_and_saved_again(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "slash")
        await desk.type("DT-1")
        await desk.press("enter")
        assert "Ketik balik DT-1" in desk.header
        await desk.press("escape", "slash")
        await desk.type("9")
        await desk.press("enter")
        assert "Tidak ditemukan" in desk.status
        await desk.press("slash")
        await desk.type("x")
        await desk.press("enter")
        assert "bukan nomor daftar" in desk.status
        await desk.press("p")
        assert await written(desk) == ["daftar-telepon-1.pdf"]


async def test_a_colleague_who_types_the_same_list_is_seen(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.press("f2", "t", "enter")
        other = await printed.open("ani")
        await other.call_lists.tick(1, 1, Outcome.BUSY)
        await desk.app._look()
        await desk.settle()
        assert "1 dari 4" in desk.header
        assert "sudah diketik: sibuk" in desk.lines[1]


async def test_without_a_list_the_next_step_is_said(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "t")
        assert "Belum ada daftar yang dicetak. d mencetak" in desk.text
        await desk.press("enter")
        assert "Belum ada daftar yang dicetak." in desk.status
        await desk.press("d", "enter")
        await written(desk)
        assert "DT-1" in desk.lines[2]
        await desk.press("escape")
        assert desk.header.startswith(" Telepon · ")


async def test_who_may_not_call_is_told_so(printed: Office) -> None:
    async with at_desk(printed) as desk:
        await desk.store.staff.act_as("auditor")
        desk.app.me = await desk.store.refresh_me()
        for key in ("d", "t"):
            await desk.press("f2", key)
            assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_longest_names_and_300_lines_fit(empty_office: Office, lang: str) -> None:
    store = await empty_office.open()
    name = "SITI NURHALIZAH BINTI ABDURRAHMAN " * 2
    numbers = "081299990000 / 081388880000 / 0765-91234 / 085277778888"
    long = Person("20000000001", name, born=date(1967, 7, 1), hp=numbers, company=LONG)
    await empty_office.bring_in(store, [*people(300), long])
    await store.call_lists.make("2023-07", most=300)
    await store.close()
    empty_office.opened.clear()
    async with at_desk(empty_office, lang=lang) as desk:
        await desk.press("f2", "t", "enter")
        assert "…" not in desk.footer
        assert "SITI NURHALIZAH" in desk.lines[1]
        assert all("…" in line for line in desk.lines[1:3])
        await desk.press("enter")
        await desk.type("300")
        await desk.press("enter", "1")
        assert ("1 dari 300" if lang == "id" else "1 of 300") in desk.header
        assert "300" in desk.status
        assert "»" in desk.text


BOXES = {
    Kind.BANK_CHECK: ("Cek rekening", "6rekeningnya benar", "7", "rekening salah"),
    Kind.JKM_INFO: ("Info JKM", "6sudah diberi tahu", "7", "sudah beres"),
}


@pytest.mark.parametrize("kind", list(BOXES))
async def test_a_list_of_another_kind_has_its_boxes_and_is_typed_back_with_its_keys(office: Office, kind: Kind) -> None:
    title, box, key, done = BOXES[kind]
    async with at_desk(office) as desk:
        ids = list((await desk.store.queue.ids(QueueFilter(text="suparman"))).values())
        await desk.store.bulk.add_to(kind, ids, "rekening BRI berakhir 1234")
        await desk.press("f2", "d")
        assert title in desk.asked
        await desk.press("2" if kind is Kind.BANK_CHECK else "3")
        assert f"{title}: 2023-07 45" in desk.asked
        await desk.press("enter")
        assert await written(desk) == ["daftar-telepon-1.pdf"]
        text = pdf_text(out(desk, "daftar-telepon-1.pdf"))
        for said in (f"Daftar telepon {title}", "SUPARMAN", "rekening BRI berakhir 1234"):
            assert said in text
        assert box in text.replace("6 ", "6")
        assert "JMO" not in text
        await desk.press("t")
        assert title in desk.text
        await desk.press("enter", key)
        assert f"SUPARMAN HADI WIJAYA: {done} → selesai" in desk.status
        await desk.press("u")
        assert f"Diurungkan: {done} pada baris 1" in desk.status


async def test_a_name_the_face_lacks_is_marked_on_paper_and_named_in_the_result(office: Office) -> None:
    async with at_desk(office) as desk:
        await office.bring_in(desk.store, [Person("21000000077", "SITI \u6f22 RAHMA", hp="081277770000")])
        await desk.press("f2", "d", "enter")
        assert await written(desk) == ["daftar-telepon-1.pdf"]
        assert "SITI \ufffd RAHMA" in pdf_text(out(desk, "daftar-telepon-1.pdf"))
        said = " ".join(f"{desk.asked} {desk.status}".split())
        assert "tulis dengan pena: SITI \u6f22 RAHMA" in said
