"""F9, driven by keys: what was promised is seen, done, handed on and moved, and comes from every desk."""

from __future__ import annotations

from datetime import datetime

import pytest

from store import Store
from store.follow_up_rows import FollowUpFilter, FollowUpRow, Whose
from store.follow_ups import FollowUpIn
from store.rules.counter import Origin
from tests.store.office import Office, wib
from tests.tui.driving import Desk, at_desk
from tui.screens.calls import CallsScreen
from tui.screens.counter import CounterScreen
from tui.screens.follow_ups import FollowUpScreen, FollowUpsScreen
from tui.screens.home import HomeScreen

TODAY = wib(31, 17)


async def promise(store: Store, what: str, due_at: datetime = TODAY, **more: object) -> int:
    more = {"staff_id": store.me.staff_id, "origin": Origin.OWN, **more}
    return (await store.follow_ups.make(FollowUpIn(what=what, due_at=due_at, **more)))[0]  # type: ignore[arg-type]


@pytest.fixture
async def promised(office: Office) -> Office:
    """Three of Ani's, the first one late, and one of her section for a stranger."""
    store = await office.open()
    suparman = (await store.persons.find("suparman"))[0].participant_id
    await promise(store, "Kirim formulir F5", wib(31, 8, 30), participant_id=suparman)
    await promise(store, "Telepon balik dengan jawabannya")
    await promise(store, "Cek status di Smile", wib(2, 10, month=8))
    await promise(store, "Tanya pembina", staff_id=None, section="", whom="Joko 0812-9999-8888")
    await store.close()
    office.opened.clear()
    return office


async def rows(desk: Desk, whose: Whose = Whose.ALL) -> list[FollowUpRow]:
    return await desk.store.follow_ups.rows(FollowUpFilter(whose), 0, 50)


def below_titles(desk: Desk) -> list[str]:
    """The rows of the list."""
    return [line for line in desk.lines[2:-4] if line.strip()]


def said(desk: Desk) -> str:
    return " ".join(f"{desk.asked} {desk.status}".split())


async def test_what_is_due_first_stands_first_and_is_done_with_two_keys(promised: Office) -> None:
    async with at_desk(promised) as desk:
        assert "2 tindak lanjut harus selesai" in desk.status
        await desk.press("f9")
        first, second, third = below_titles(desk)
        assert "telat, 08.30" in first and "SUPARMAN" in first
        assert "hari ini" in second
        assert "Rab 2-8 10.00" in third
        await desk.press("d", "enter")
        assert "Selesai: Kirim formulir F5 · u membatalkan" in desk.status
        assert len(below_titles(desk)) == 2
        await desk.press("6")
        assert "selesai: ani" in below_titles(desk)[0]
        await desk.press("u", "1")
        assert len(below_titles(desk)) == 3
        assert "punya saya: 3" in desk.header


async def test_the_lists_by_digit_and_by_search(promised: Office) -> None:
    async with at_desk(promised) as desk:
        await desk.press("f9", "2")
        assert any("Joko 0812" in line and "siapa saja" in line for line in below_titles(desk))
        await desk.press("3")
        assert len(below_titles(desk)) == 1
        await desk.press("4")
        assert len(below_titles(desk)) == 4
        await desk.press("slash")
        await desk.type("suparman")
        assert len(below_titles(desk)) == 1
        await desk.press("enter", "escape")
        assert len(below_titles(desk)) == 4
        await desk.press("6")
        assert "Belum ada yang selesai. 1 menampilkan yang harus Anda kerjakan." in desk.asked
        await desk.press("tab")
        assert "punya saya: 3" in desk.header


async def test_one_opens_with_its_number_and_the_way_to_the_person(promised: Office) -> None:
    async with at_desk(promised) as desk:
        await desk.press("f9", "enter")
        assert isinstance(desk.app.screen, FollowUpScreen)
        assert "0812…890" in desk.text
        assert "0812-3456-7890" not in desk.text
        await desk.press("r")
        assert "0812-3456-7890" in desk.text
        assert "Dijanjikan oleh ani" in desk.text
        await desk.press("h")
        assert "9 klaim 0 semua" in desk.asked, "no key is cut in 80 columns"
        assert "JHT 56 Juli 2023" in desk.text
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, FollowUpsScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_it_is_moved_handed_on_reworded_and_dropped_each_with_its_undo(promised: Office) -> None:
    boss = await promised.open()
    await boss.staff.add("budi", "BUDI", "Pelayanan", "pelayanan")
    async with at_desk(promised) as desk:
        await desk.press("f9", "w")
        await desk.type("jumat 10")
        assert "Jumat 4 Agustus 10.00" in desk.asked
        await desk.press("enter")
        (moved,) = [row for row in await rows(desk) if row.what == "Kirim formulir F5"]
        assert moved.due_at == wib(4, 10, month=8)
        await desk.press("u", "home", "f", *"budi", "enter")
        assert "Sekarang dikerjakan BUDI (Pelayanan)" in desk.status
        assert len(below_titles(desk)) == 2
        await desk.press("u", "home", "e", "ctrl+u", *"Kirim", "enter")
        assert "Kirim " in below_titles(desk)[0]
        await desk.press("u", "home", "b", "enter")
        assert "Perlu alasan: satu kata cukup." in said(desk)
        await desk.press(*"batal", "enter")
        assert len(below_titles(desk)) == 2
        await desk.press("u")
        assert (await rows(desk, Whose.MINE))[0].what == "Kirim formulir F5"


async def test_a_new_one_costs_four_keys_and_typed_words_are_not_lost(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f9")
        assert "Tidak ada yang harus Anda kerjakan" in desk.asked
        await desk.press("t", "1", "enter", "enter")
        assert "Dijanjikan: Telepon balik dengan jawabannya, sampai Rabu 2 Agustus 17.00" in said(desk)
        await desk.press("t", "t")
        await desk.type("antar brosur")
        await desk.press("escape", "t", "t")
        assert "antar brosur" in desk.asked
        await desk.press("enter", "1", "enter")
        await desk.type("Bu Rina 081200001111")
        await desk.press("enter")
        (brochure, _call) = await rows(desk)
        assert (brochure.what, brochure.whom) == ("antar brosur", "Bu Rina 0812…111")
        await desk.press("u")
        assert [row.what for row in await rows(desk)] == ["Telepon balik dengan jawabannya"]
        assert "janjinya sudah tidak ada" in desk.status


async def test_from_every_desk_and_what_was_in_front_comes_back(promised: Office) -> None:
    async with at_desk(promised) as desk:
        await desk.press("f2", "enter", "n", *"ab", "f9")
        assert isinstance(desk.app.screen, FollowUpsScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, CallsScreen)
        assert "ab" in desk.asked
        await desk.press("escape", "f3", "4", "f9", "d", *"nanti", "f9")
        assert isinstance(desk.app.screen, FollowUpsScreen)
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, CounterScreen)
        assert "status klaim" in desk.text


async def test_a_colleague_who_was_faster_is_named(promised: Office) -> None:
    other = await promised.open()
    async with at_desk(promised) as desk:
        await desk.press("f9", "d")
        row = (await rows(desk))[0]
        await other.follow_ups.done(row.follow_up_id, row.version)
        await desk.type("sudah dikirim")
        await desk.press("enter")
        assert "ani lebih dulu (hari ini 09.00): sudah selesai." in said(desk)
        assert len(below_titles(desk)) == 2
        await other.follow_ups.undo()
        await desk.app._look()
        await desk.settle()
        assert len(below_titles(desk)) == 3


async def test_other_words_that_meet_a_colleague_s_are_kept(promised: Office) -> None:
    other = await promised.open()
    async with at_desk(promised) as desk:
        await desk.press("f9")
        row = (await rows(desk))[0]
        await desk.press("e", *" dan surat")
        await other.follow_ups.edit(row.follow_up_id, row.version, "kirim besok")
        await desk.press("enter")
        assert "ani mengubah kata-katanya" in said(desk)
        await desk.press("e")
        assert "dan surat" in desk.asked, "what was typed is there again"
        await desk.press("enter")
        assert "dan surat" in (await rows(desk))[0].what
        await desk.press("e", "escape", "e")
        assert "dan surat" in desk.asked
        assert await desk.store.drafts.keys("line:follow:") == []


async def test_an_obstacle_and_a_promise_on_the_card_stand_in_f9(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter")
        held = desk.lines[1]
        await desk.press("t", "2", "enter")
        assert "Dijanjikan: Cek status klaim di Smile, sampai Rabu 2 Agustus 17.00" in said(desk)
        assert desk.lines[1] == held
        await desk.press("u", "t", "2", "enter", "0", "k")
        assert "tindak lanjut sampai Rabu 2 Agustus 17.00" in said(desk)
        await desk.press("f9")
        assert [row.origin for row in await rows(desk)] == [Origin.CALLS, Origin.CALLS]
        await desk.press("down", "enter")
        assert "ada kendala" in desk.text, "the call it came from"


async def test_the_first_screen_counts_and_lists_what_is_due(promised: Office) -> None:
    async with at_desk(promised, size=(100, 30)) as desk:
        assert "2 tindak lanjut harus selesai · 1 terlambat" in next(x for x in desk.lines if x.startswith(" Di F9"))
        while "Kirim formulir" not in next(line for line in desk.lines if line.startswith("»")):
            before = desk.text
            await desk.press("down")
            assert desk.text != before
        await desk.press("enter")
        assert isinstance(desk.app.screen, FollowUpScreen)
        await desk.press("d", "enter", "escape")
        assert "1 tindak lanjut harus selesai" in desk.text
