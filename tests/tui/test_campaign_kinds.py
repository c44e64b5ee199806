"""Campaigns other than JHT 56 on the card: their outcome keys, words and script, and nothing of balances."""

from __future__ import annotations

import pytest

from store.rows import QueueFilter
from store.rules.kinds import Kind
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk

MATTER = "rekening BRI berakhir 1234"
KEYS = {
    Kind.BANK_CHECK: ("Cek rekening", "6 rekening cocok", "7 rekening salah", "8 beda nama"),
    Kind.JKM_INFO: ("Info JKM", "6 sudah diberi tahu", "7 sudah beres", "8 ada kendala"),
    Kind.INCOMPLETE_FILE: ("Berkas kurang", "6 sudah diberi tahu", "7 sudah beres", "8 ada kendala"),
    Kind.FAILED_CLAIM: ("Klaim gagal", "6 sudah diberi tahu", "7 sudah beres", "8 ada kendala"),
}


async def serve(desk: Desk, kind: Kind) -> None:
    people = list((await desk.store.queue.ids(QueueFilter(text="suparman"))).values())
    await desk.store.bulk.add_to(kind, people, MATTER)
    await desk.press("f2")
    while KEYS[kind][0] not in desk.header:
        await desk.press("p")
    await desk.press("enter")


@pytest.mark.parametrize("kind", list(KEYS))
async def test_the_card_says_kind_and_matter_and_shows_no_balance(office: Office, kind: Kind) -> None:
    async with at_desk(office) as desk:
        await serve(desk, kind)
        title, *legend = KEYS[kind]
        assert title in desk.header
        assert MATTER in desk.header
        asked = " ".join(desk.asked.split())
        for text in legend:
            assert text in asked
        assert MATTER not in "\n".join(desk.lines[1:-4])  # not said before the right person is sure
        await desk.press("v")
        assert f"Perihal: {MATTER}" in desk.text
        assert "Rp12.000.000" not in desk.text
        assert "Lapak Asik" not in desk.text
        assert "OTP" in desk.text


@pytest.mark.parametrize(
    ("kind", "key", "words"),
    [
        (Kind.BANK_CHECK, "6", "Rekening cocok → selesai"),
        (Kind.BANK_CHECK, "7", "Rekening salah → selesai · u membatalkan · Tidak ada lagi dari Cek rekening Juli 2023"),
        (Kind.JKM_INFO, "6", "Sudah diberi tahu → selesai"),
        (Kind.INCOMPLETE_FILE, "8", "Ada kendala → lagi Senin 7 Agustus 08.00"),
        (Kind.FAILED_CLAIM, "7", "Sudah beres → selesai"),
    ],
)
async def test_one_key_ends_the_call(office: Office, kind: Kind, key: str, words: str) -> None:
    async with at_desk(office) as desk:
        await serve(desk, kind)
        await desk.press(key)
        assert words in " ".join(f"{desk.asked} {desk.status}".split())
        await desk.press("u")
        assert "SUPARMAN" in desk.lines[1]


async def test_help_and_menu_name_the_keys_of_the_kind(office: Office) -> None:
    async with at_desk(office) as desk:
        await serve(desk, Kind.BANK_CHECK)
        await desk.press("question_mark")
        assert "Rekening cocok" in desk.text
        await desk.press("escape", "f10")
        await desk.type("rekening")
        assert "Rekening atas nama lain" in desk.text
        await desk.press("escape")
        await desk.press("s", "p", "enter", "f10")
        await desk.type("rekening")
        assert "Rekening atas nama lain" not in desk.text


async def test_a_refusal_keeps_its_reason(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "0", "t")
        assert "k diurus keluarga" in desk.asked
        await desk.press("k", "s", "f8")
        await desk.type("suparman")
        await desk.press("enter")
        assert "tidak bersedia (diurus keluarga)" in desk.text


async def test_a_person_with_one_number_is_told_that_there_is_no_other(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "o")
        assert "Peserta ini tidak punya nomor lain." in desk.status
