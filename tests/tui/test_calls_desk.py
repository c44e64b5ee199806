"""The telephone desk, driven by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.rows import Card
from tests.store.office import Office, Person, wib
from tests.tui.driving import Desk, at_desk


def names(desk: Desk) -> list[str]:
    """The people of the list whose name can be read on screen."""
    known = ("SUPARMAN", "ROSLINA", "TIGOR", "ZUBAIDAH")
    return [name for line in desk.lines[1:-4] for name in known if name in line]


async def test_enter_shows_who_to_phone_with_all_that_is_needed(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter")
        assert "SUPARMAN HADI WIJAYA" in desk.text
        assert "PT SAWIT JAYA" in desk.text
        assert "0 8 1 2   3 4 5 6   7 8 9 0" in desk.text
        assert "Telkomsel" in desk.text
        assert "KPJ 21000000001" in desk.text
        assert "lahir tersembunyi (b)" in desk.text
        assert "belum pernah ditelepon" in desk.text
        assert "OTP" in desk.text
        assert "Rp12.000.000" not in desk.text


async def test_one_key_saves_an_attempt_and_shows_the_next_person(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "1")
        assert "ROSLINA" in desk.text
        assert "Tidak diangkat → lagi hari ini 13.00 · u membatalkan" in desk.status
        assert (await desk.store.queue.status())[0].held == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("1", "Tidak diangkat"),
        ("2", "Sibuk → lagi hari ini 09.30"),
        ("3", "Tidak aktif → lagi besok 08.00"),
        ("4", "Salah sambung"),
        ("53", "Telepon ulang → lagi besok 09.30"),
        ("6k", "Bersedia klaim → lagi Senin 14 Agustus 08.00"),
        ("7", "Sudah klaim → perlu dicek"),
        ("8b", "Belum mau → lagi"),
        ("9", "Titip pesan → lagi Rabu 2 Agustus 08.00"),
        ("0tb", "Tidak bersedia → selesai"),
        ("0m", "Meninggal → selesai"),
        ("0n", "Tidak terdaftar"),
    ],
)
async def test_every_outcome_takes_at_most_two_keys_and_a_refusal_its_reason(
    office: Office, keys: str, said: str
) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", *keys)
        assert said in desk.status
        assert "ROSLINA" in desk.text


async def test_undo_brings_the_former_card_back_to_any_depth(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "1", "2", "u")
        assert desk.lines[1].lstrip().startswith("Bapak/Ibu ROSLINA")
        await desk.press("u")
        assert "SUPARMAN" in desk.lines[1]
        assert "Diurungkan: tidak diangkat" in desk.status
        await desk.press("u")
        assert "Tidak ada lagi milik Anda yang bisa diurungkan." in desk.status
        assert "SUPARMAN" in desk.lines[1]


async def test_balance_and_advice_come_only_after_the_right_person(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter")
        assert "Rp12.000.000" not in desk.text
        await desk.press("v")
        assert "Rp12.000.000" in desk.text
        assert "Lapak Asik atau kantor" in desk.text
        assert "buku rekening" in desk.text
        assert "orangnya benar" in desk.text
        await desk.press("v")
        assert "Sudah dicatat" in desk.status


async def test_the_birth_date_is_shown_on_asking(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter")
        assert "3 Juli 1967" not in desk.text
        await desk.press("b")
        assert "3 Juli 1967" in desk.text
        assert "dicatat" in desk.status


async def test_call_back_offers_the_real_openings_and_takes_a_typed_time(office: Office) -> None:
    office.clock.now = wib(31, 16, 30)
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "5")
        assert "1 besok 08.00" in desk.asked  # two hours on is after closing
        assert "2 besok 15.00" in desk.asked
        await desk.press("t")
        await desk.type("sabtu 10")
        await desk.press("enter")
        assert "akhir pekan" in desk.status
        assert "Terdekat: Senin 7 Agustus 10.00" in desk.status
        assert "sabtu 10" in desk.asked  # what was typed is still there
        await desk.press("ctrl+u")
        await desk.type("besok 9")
        await desk.press("enter")
        assert "Telepon ulang → lagi besok 09.00" in desk.status


async def test_escape_answers_nothing_and_loses_nothing(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "5", "escape", "0", "escape")
        assert "SUPARMAN" in desk.lines[1]
        assert "1 tidak diangkat" in desk.asked
        await desk.press("x")
        assert (await desk.store.queue.status())[0].held == 1


async def test_a_key_that_answers_no_question_does_nothing(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "5", "9")
        assert "bukan jawaban" in desk.status
        assert "SUPARMAN" in desk.lines[1]
        assert "Telepon ulang" in desk.asked


async def test_a_note_is_kept_while_it_is_typed_and_goes_with_the_outcome(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "n")
        await desk.type("anak ada 5")
        assert "anak ada 5" in desk.asked  # 5 was text, not an outcome
        await desk.press("escape")
        assert "Catatan    anak ada 5" in desk.text
        card = await desk.store.queue.claim()
        assert isinstance(card, Card)
        assert card.note == "anak ada 5"
        await desk.press("2")
        office.clock.now += timedelta(hours=1)
        await desk.press("u")
        assert "SUPARMAN" in desk.lines[1]


async def test_the_note_is_there_at_the_next_start(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "n")
        await desk.type("telepon istri")
        await desk.app.calls.leave_prompt()
    async with at_desk(office) as desk:
        await desk.press("f2", "enter")
        assert "Catatan    telepon istri" in desk.text


async def test_another_number_is_taken_and_shared_ones_are_told(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "1")
        assert "0 8 1 3   1 1 1 1   2 2 2 2" in desk.text
        assert "(0765) 91234" in desk.text
        await desk.press("o")
        assert "0 7 6 5   9 1 2 3 4" in desk.text


async def test_colleagues_of_the_company_are_one_key_away(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "h")
        assert "PT SAWIT JAYA" in desk.header
        assert "1 rekan" in desk.asked
        assert "ROSLINA" in desk.text
        await desk.press("escape")
        assert "SUPARMAN" in desk.lines[1]


async def test_putting_back_returns_to_the_list(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "s")
        assert "SUPARMAN HADI WIJAYA kembali ke daftar." in desk.status
        assert len(names(desk)) == 4
        assert (await desk.store.queue.status())[0].held == 0


async def test_when_nobody_is_left_it_says_when_and_what(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "1", "1", "1", "1")
        assert "hari ini 13.00" in " ".join(f"{desk.asked} {desk.status}".split())
        assert len(names(desk)) == 4


async def test_an_empty_list_says_the_next_step(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        assert "Langkah berikutnya" in desk.asked
        assert "MASUK" in desk.asked
        await desk.press("f2", "enter")
        assert "Masukkan daftar peserta" in desk.status


async def test_the_list_is_searched_and_escape_drops_the_search(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "slash")
        await desk.type("rosl")
        assert names(desk) == ["ROSLINA"]
        await desk.press("enter")
        assert names(desk) == ["ROSLINA"]
        await desk.press("escape")
        assert len(names(desk)) == 4


async def test_a_key_held_down_counts_once(office: Office) -> None:
    async with at_desk(office, held_down=3600.0) as desk:
        await desk.press("f2", "enter", "1", "1", "1")
        assert "ROSLINA" in desk.lines[1]
        assert "dihitung sekali" in desk.status


async def test_a_lease_taken_over_is_said_and_the_card_leaves(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter")
        office.forget_keys(desk.store)
        other = await office.open("ani")
        held = await other.queue.claim()
        assert isinstance(held, Card)
        assert held.name.startswith("SUPARMAN")
        await desk.press("v")
        assert "memegang peserta ini" in desk.status
        assert "Enter" in desk.status
        assert len(names(desk)) == 4


async def test_a_colleague_s_work_is_seen_without_a_key(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2")
        other = await office.open("ani")
        card = await other.queue.claim()
        assert isinstance(card, Card)
        await desk.app._look()
        await desk.settle()
        assert "dipegang ANI" in desk.text.upper().replace("DIPEGANG", "dipegang")


async def test_roles_without_the_right_see_the_key_greyed_with_its_reason(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.staff.act_as("umum")
        desk.app.me = await desk.store.refresh_me()
        await desk.press("f2", "enter")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status
        assert len(names(desk)) == 4


async def test_at_120_columns_list_and_card_stand_side_by_side(office: Office) -> None:
    async with at_desk(office, size=(120, 40)) as desk:
        await desk.press("f2", "enter")
        assert sorted(set(names(desk))) == ["ROSLINA", "SUPARMAN", "TIGOR", "ZUBAIDAH"]
        assert "0 8 1 2   3 4 5 6   7 8 9 0" in desk.text


async def test_a_person_without_a_number_is_not_marked_as_called(empty_office: Office) -> None:
    store = await empty_office.open()
    await empty_office.bring_in(store, [Person("21000000009", "TANPA NOMOR", hp="")])
    async with at_desk(empty_office) as desk:
        await desk.press("f2", "enter")
        assert "1 orang tanpa nomor" in desk.status
