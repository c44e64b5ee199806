"""The list of people, driven by keys: who is shown, who is marked, what is done to all of them, numbers typed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.bulk import Action
from store.rows import Card, QueueFilter
from store.rules.outcomes import State
from tests.store.office import Office, Person
from tests.tui.driving import Desk, at_desk

NAMES = ("SUPARMAN", "ROSLINA", "TIGOR", "ZUBAIDAH", "TANPA NOMOR")


def names(desk: Desk) -> list[str]:
    """The people of the list whose name can be read on screen."""
    return [name for line in desk.lines[1:-4] for name in NAMES if name in line]


def said(desk: Desk) -> str:
    """What the last key brought, wherever it has room."""
    return " ".join(f"{desk.asked} {desk.status}".split())


@pytest.fixture
async def crowd(office: Office) -> Office:
    """The four people of the office and one without a number."""
    store = await office.open()
    await office.bring_in(store, [Person("21000000009", "TANPA NOMOR", company="PT SAWIT JAYA")])
    await store.close()
    office.opened.clear()
    return office


async def test_one_letter_and_a_few_typed_ones_show_a_company(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "f")
        assert "p periode" in desk.asked
        assert "0 semua" in desk.asked
        await desk.press("u")
        assert "PT SAWIT JAYA" in desk.text
        await desk.type("merah")
        await desk.press("enter")
        assert names(desk) == ["TIGOR"]
        assert "CV [red]MERAH[/]" in desk.asked
        await desk.press("f", "0")
        assert len(names(desk)) == 5


async def test_filters_of_state_outcome_and_due_add_up(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "enter", "7", "1", "s", "f", "s")
        await desk.type("cek")
        await desk.press("enter")
        assert names(desk) == ["SUPARMAN"]
        await desk.press("f", "0", "f", "h")
        await desk.type("tidak diangkat")
        await desk.press("enter")
        assert names(desk) == ["ROSLINA"]
        await desk.press("f", "j")
        assert names(desk) == []
        assert "f 0 menampilkan semua" in desk.asked
        crowd.clock.pass_by(hours=6)
        await desk.press("f", "j", "f", "j")
        assert names(desk) == ["ROSLINA"]


async def test_escape_in_a_choice_changes_nothing(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "f", "b", "escape", "f", "escape")
        assert len(names(desk)) == 5


async def test_marks_survive_filter_and_scroll_and_are_counted(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "space", "space")
        assert "2 ditandai" in desk.status
        await desk.press("f", "n")
        assert names(desk) == ["TANPA NOMOR"]
        await desk.press("a")
        assert "3 ditandai" in desk.status
        await desk.press("f", "0")
        assert "3 ditandai" in desk.asked
        assert sum("*" in line[:4] for line in desk.lines[2:-4]) == 3
        await desk.press("A")
        assert "5 ditandai" in desk.status
        await desk.press("a")
        assert "Belum" in desk.status or "Tidak ada yang ditandai" in desk.status


async def test_marked_people_are_taken_off_after_a_reason_and_a_y_and_one_u_brings_them_back(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "space", "space", "b", "k", "enter")
        assert "Tulis beberapa kata" in desk.status
        await desk.type("pindah cabang")
        await desk.press("enter")
        assert "Keluarkan 2 orang dari daftar?" in desk.asked
        await desk.press("b")
        assert "bukan jawaban" in desk.status
        await desk.press("y")
        assert "Selesai untuk 2 orang." in said(desk)
        assert await desk.store.queue.count(QueueFilter(states=(State.DONE,))) == 2
        await desk.press("u")
        assert "Diurungkan." in desk.status
        assert await desk.store.queue.count(QueueFilter(states=(State.DONE,))) == 0


async def test_without_a_mark_it_is_the_person_under_the_cursor(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "b", "t")
        await desk.type("sabtu 10")
        await desk.press("enter")
        assert "akhir pekan" in desk.status
        await desk.press("ctrl+u")
        await desk.type("besok 9")
        await desk.press("enter")
        await desk.type("minta minggu ini")
        await desk.press("enter")
        assert "Tunda SUPARMAN HADI WIJAYA sampai besok 09.00?" in desk.asked
        await desk.press("y")
        rows = await desk.store.queue.rows(QueueFilter(text="suparman"), 0, 1)
        assert rows[0].state == State.RETRY


async def test_who_is_held_is_left_out_and_counted(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        other = await crowd.open("ani")
        await other.queue.claim()
        await desk.press("f2", "a", "b", "l")
        await desk.type("nomor lama aktif lagi")
        await desk.press("enter", "y")
        assert "Selesai untuk 3 orang." in said(desk)
        assert "dipegang: 1" in said(desk)
        assert "tanpa nomor: 1" in said(desk)


async def test_people_are_given_to_a_handler(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "a", "b", "b")
        await desk.type(desk.app.me.name[:3])
        await desk.press("enter")
        await desk.type("bagi rata")
        await desk.press("enter", "y")
        assert "Selesai untuk 5 orang." in said(desk)
        assert await desk.store.queue.count(QueueFilter(handler_id=desk.app.me.staff_id)) == 5


async def test_marked_people_become_another_campaign_that_p_serves(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "space", "space", "b", "d")
        await desk.type("rek")
        await desk.press("enter")
        await desk.type("BRI berakhir 1234")
        await desk.press("enter", "y")
        assert "Selesai untuk 2 orang." in said(desk)
        await desk.press("p")
        assert "Dilayani: Cek rekening Juli 2023" in desk.status
        assert "Cek rekening Juli 2023" in desk.header
        assert len(names(desk)) == 2
        await desk.press("enter")
        assert "Cek rekening · BRI berakhir 1234" in desk.header


async def test_a_handler_sees_why_bulk_is_not_theirs(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.store.staff.act_as("magang")
        desk.app.me = await desk.store.refresh_me()
        await desk.press("f2", "space", "b")
        assert "kepala bidang atau bidang pelayanan" in said(desk)
        await desk.store.staff.act_as("pelayanan")
        desk.app.me = await desk.store.refresh_me()
        await desk.press("b", "k")
        assert "Peran Anda hari ini tidak mengizinkan ini." in said(desk)


async def test_a_typed_number_is_read_while_it_is_typed_and_brings_the_person_back(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "f", "n")
        assert "tanya perusahaan (h)" in desk.asked
        await desk.press("e")
        await desk.type("0812-345")
        assert "tidak terbaca" in desk.asked or "meragukan" in desk.asked
        await desk.press("enter")
        assert "Tidak diterima" in desk.status
        assert "0812-345" in desk.asked  # what was typed is still there
        await desk.type("6-7891")
        assert "0812-3456-7891 · Telkomsel" in desk.asked
        await desk.press("enter")
        assert "Menurut siapa?" in desk.asked
        await desk.press("k")
        assert "0812-3456-7891 disimpan; TANPA NOMOR bisa ditelepon." in desk.status
        assert names(desk) == []
        await desk.press("f", "0")
        rows = await desk.store.queue.rows(QueueFilter(text="tanpa nomor"), 0, 1)
        assert rows[0].state == State.NEW
        await desk.press("u")
        rows = await desk.store.queue.rows(QueueFilter(text="tanpa nomor"), 0, 1)
        assert rows[0].state == State.WITHOUT_NUMBER


async def test_an_address_is_taken_in_the_same_line(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "e")
        await desk.press("a", "at", "b")
        assert "e-mail" in desk.asked.lower()
        await desk.press("enter")
        assert "Tidak diterima" in desk.status
        await desk.press("full_stop", "i", "d", "enter", "p")
        assert "E-mail SUPARMAN HADI WIJAYA disimpan." in desk.status


async def test_the_person_on_the_card_gets_a_new_number_and_keeps_the_call(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "enter", "e")
        await desk.type("085212345678")
        await desk.press("enter", "p")
        assert "SUPARMAN" in desk.lines[1]
        assert "0852-1234-5678" in desk.text
        held = await desk.store.queue.claim()
        assert isinstance(held, Card)
        assert len(held.numbers) == 2


async def test_colleagues_of_somebody_without_a_number_are_one_key_away(crowd: Office) -> None:
    async with at_desk(crowd) as desk:
        await desk.press("f2", "f", "n", "h")
        assert "PT SAWIT JAYA" in desk.header
        assert names(desk) == ["ROSLINA", "SUPARMAN"]
        await desk.press("1")
        assert "Layani dahulu" in said(desk)
        await desk.press("escape")
        assert names(desk) == ["TANPA NOMOR"]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_is_clipped_without_a_mark(crowd: Office, lang: str, size: tuple[int, int]) -> None:
    store = await crowd.open()
    rows = await store.queue.rows(QueueFilter(), 0, 9)
    await store.bulk.do(Action.GIVE, [row.item_id for row in rows], "bagi", staff_id=store.me.staff_id)
    await store.close()
    crowd.opened.clear()
    walk = ("f2", "f", "u", "escape", "f", "n", "f", "0", "space", "b", "t", "escape", "e", "1", "escape", "p", "p")
    async with at_desk(crowd, lang=lang, size=size) as desk:
        for key in walk:
            await desk.press(key)
            for widget in desk.painted:
                for line in widget.lines:
                    assert line.width <= widget.size.width or "…" in line.text, (key, line.text)
        assert Path(desk.store.home).exists()
