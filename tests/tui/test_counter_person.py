"""Somebody on the telephone: found, checked, corrected, told what may be told, and what the save does for them."""

from __future__ import annotations

from datetime import date

import pytest

from store.contact_rows import ContactFilter
from store.counter import ContactIn
from store.edits import Correction
from store.rules.corrections import Field
from store.rules.counter import ContactChannel
from store.rules.kinds import Kind
from store.rules.outcomes import State
from store.rules.permissions import Role
from tests.store.office import Office, Person, wib
from tests.tui.driving import Desk, at_desk
from tui.screens.home import HomeScreen
from tui.screens.palette import PaletteScreen


async def person_of(desk: Desk, text: str) -> int:
    """The one participant whom this finds."""
    (row,) = await desk.store.persons.find(text)
    return row.participant_id


async def test_a_number_nobody_has_is_kept_and_attached_to_the_person_who_rings(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"0822", "enter")
        assert "bukan nomor lengkap" in desk.text and "0822" in desk.asked, "what was typed stays"
        await desk.press(*"33334444")
        assert "Tidak ada yang punya 0822-3333-4444" in desk.asked
        await desk.press("enter", "a")
        assert "Tentukan dulu tentang siapa" in desk.text
        await desk.press("slash", *"roslina", "enter")
        assert "menelepon dari 0822-3333-4444" in desk.text
        await desk.press("a")
        assert "Diperbaiki nomor 0822-3333-4444" in desk.text
        await desk.press("7", "enter")
        who = await desk.store.counter.person(await person_of(desk, "roslina"))
        assert who.seen.phones[0] == "+6282233334444"
        assert (await desk.store.counter.rows(ContactFilter(), 0, 9))[0].number == "0822…444"


async def test_who_nobody_knows_and_a_company_are_kept_as_said(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"darto", "enter", "6", "enter")
        await desk.press("f3", "w", "p", *"sawit")
        assert "PT SAWIT JAYA" in desk.text
        await desk.press("enter", "6")
        assert "tidak mendengar apa pun tentang pekerja" in desk.text and "pembinanya (t 6)" in desk.text
        await desk.press("enter")
        await desk.press("f3", "w", "p", *"toko baru".replace(" ", "_"), "enter", "6", "enter")
        rows = await desk.store.counter.rows(ContactFilter(), 0, 9)
        assert [(row.caller, row.name, row.company) for row in rows] == [
            ("company", "", "toko_baru"),
            ("company", "", "PT SAWIT JAYA"),
            ("anonymous", "darto", ""),
        ]


async def test_nothing_of_them_is_told_before_the_check_nor_ever_to_somebody_else(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "4")
        assert "Tanyakan dulu nama dan tanggal lahir" in desk.text and "batas JMO" not in desk.text
        assert "3 Juli 1967" not in desk.text
        await desk.press("b")
        assert "lahir 3 Juli 1967" in desk.text and "PT SAWIT JAYA" in desk.text
        await desk.press("pagedown", "v")
        assert "saldo di atas batas JMO" in desk.text and "12.000.000" not in desk.text
        await desk.press("w", "o", *"anaknya", "enter")
        assert "Jangan sampaikan apa pun tentang orang itu" in desk.text and "batas JMO" not in desk.text
        assert "tetap (baru)" in desk.text, "they did not ring themselves"
        await desk.press("v")
        assert "hanya ditanyakan kepada peserta atau ahli waris" in " ".join(desk.text.split())
        await desk.press("enter")
        (row,) = await desk.store.counter.rows(ContactFilter(), 0, 9)
        assert (row.caller, row.right_party) == ("other", False)
        trail = (await desk.store.persons.open(await person_of(desk, "7890"))).events
        assert "reveal" in {event.action for event in trail}


async def test_a_follow_up_is_promised_in_three_keys_and_given_to_a_colleague(office: Office) -> None:
    boss = await office.open()
    await office.hire(boss, "budi")
    await office.hire(boss, "dewi")
    async with at_desk(office, "dewi") as desk:
        await desk.press("f3", "slash", *"7890", "enter", "4", "t", "2", "enter")
        assert "sampai Rabu 2 Agustus 17.00" in desk.text
        await desk.press("t", "t", *"kirim_surat", "enter", *"kemarin_dulu", "enter")
        assert "tidak terbaca" in desk.text and "kemarin_dulu" in desk.asked
        await desk.press("ctrl+u", *"jumat", "enter", "f")
        assert "Peserta" not in desk.text, "colleagues are not counted by participants"
        await desk.press(*"budi", "enter")
        assert "tindak lanjut sampai Jumat 4 Agustus 17.00, BUDI (Pelayanan): kirim_surat" in " ".join(
            desk.text.split()
        )
        await desk.press("o")
        assert "t lalu 0 menghapusnya" in desk.text
        await desk.press("enter")
        (row,) = await desk.store.follow_ups.of_person(await person_of(desk, "7890"))
        assert (row.what, row.due_at) == ("kirim_surat", wib(4, 17, month=8))
        await desk.press("f3", "1", "t", "1", "enter", "t", "0", "o", "k", "enter")
        assert (await desk.store.counter.rows(ContactFilter(), 0, 1))[0].outcome == "colleague"


async def test_their_place_on_the_list_is_written_before_and_done_by_the_save(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "1", "q", "b")
        assert "dicatat “" in desk.text
        await desk.press("q", "u", "3")
        assert "ditelepon besok 09.30, oleh Anda" in desk.text
        await desk.press("enter")
        who = await desk.store.counter.person(await person_of(desk, "7890"))
        assert (who.lists[0].place.state, who.lists[0].place.due_at) == (State.CALLBACK, wib(1, 9, 30, month=8))
        await desk.press("f3", "slash", *"7890", "enter", "4", "q", "t")
        assert "tetap" in desk.text
        await desk.press("enter")
        assert (await desk.store.counter.person(who.participant_id)).lists[0].place.state == State.CALLBACK


async def test_an_heir_s_word_alone_is_no_death_until_the_certificate_was_seen(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "w", "a", "enter", "1")
        assert "tetap (baru); minta akta kematian, lalu q w" in desk.text
        await desk.press("enter")
        assert not (await desk.store.counter.person(await person_of(desk, "7890"))).deceased
        await desk.press("f3", "slash", *"7890", "enter", "w", "a", "enter", "1", "q", "w")
        assert "meninggal, keluar dari semua daftar (JKM)" in desk.text
        await desk.press("enter")
        assert (await desk.store.counter.person(await person_of(desk, "7890"))).deceased
        await desk.press("f3", "slash", *"7890", "enter")
        assert "meninggal" in desk.lines[2] and "tidak akan ditelepon" in desk.text
        await desk.press("q")
        assert "kematiannya sudah dicatat" in " ".join(desk.text.split())


async def test_the_death_of_somebody_on_no_list_is_noted_at_the_counter_and_taken_back(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "4", "enter")
        assert "keluar dari daftar" in desk.text
        await desk.press("f3", "slash", *"7890", "enter", "w", "a", *"citra", "enter", "2")
        assert "tidak ada di daftar telepon; minta akta kematian, lalu q w" in " ".join(desk.text.split())
        await desk.press("q", "b")
        assert "hanya bisa dicatat meninggal" in desk.text
        await desk.press("q", "w")
        assert "dicatat meninggal (JKM) saat disimpan" in " ".join(desk.text.split())
        await desk.press("q", "t")
        assert "minta akta kematian" in desk.text, "taken off again"
        await desk.press("q", "w", "enter")
        assert "meninggal" in desk.text.split("Tersimpan:")[1]
        who = await person_of(desk, "7890")
        assert (await desk.store.counter.person(who)).deceased
        await desk.press("f3", "u")
        assert not (await desk.store.counter.person(who)).deceased
        assert "dicatat meninggal (JKM) saat disimpan" in " ".join(desk.text.split()), "the form as it was"


async def test_a_role_that_ends_in_mid_call_leaves_the_form_and_its_refusal_to_the_form(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "w", "a", *"citra", "enter")
        await desk.store.staff.act_as(Role.KEUANGAN)
        await desk.app.screen.guarded(desk.app.screen.others_changed)  # type: ignore[attr-defined]  # the counter's
        assert "SUPARMAN" in desk.lines[2] and "citra" not in desk.lines[2]
        assert "Tidak diizinkan" in desk.text
        await desk.app.push_screen(PaletteScreen(desk.app.screen))  # type: ignore[arg-type]  # the counter
        await desk.settle()
        assert "Tidak diizinkan" not in desk.text


async def test_a_line_that_is_refused_stays_open_with_its_text(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "1", "slash", *"suparman")
        await desk.store.staff.act_as(Role.KEUANGAN)
        await desk.press("enter")
        assert "Tidak diizinkan" in desk.text
        assert "Siapa: suparman" in desk.text
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_call_back_that_nobody_can_make_is_said(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "1", "t", "1", "enter")
        assert "tidak ada yang tahu harus menelepon siapa" in " ".join(desk.text.split())
        await desk.press("slash", *"082233334444", "enter", "t", "1", "enter")
        assert "Tindak lanjut oleh Anda; f" in desk.status
        await desk.press("c", "y")


async def test_a_correction_is_marked_until_the_birth_date_was_asked(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "e", *"baru@contoh.id", "enter", "7")
        assert "baru@contoh.id · tanggal lahir belum ditanyakan" in desk.text
        await desk.press("v")
        assert "belum ditanyakan" not in desk.text
        await desk.press("enter")
        assert "nomor atau e-mail diperbaiki" in desk.text


async def test_another_list_than_jht_56_is_left_alone_unless_said(office: Office) -> None:
    store = await office.open()
    await office.bring_in(store, [Person("22000000001", "ORANG MUDA", hp="081255556666", born=date(1990, 1, 1))])
    (young,) = await store.persons.find("22000000001")
    await store.queue.add_people(Kind.BANK_CHECK, [young.participant_id], "rekening")
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"muda", "enter", "4")
        assert ": tetap (baru); akan ditelepon" in desk.text, desk.text
        await desk.press("q")
        assert "bersedia" not in desk.asked
        await desk.press("k")
        assert ": keluar dari daftar, menelepon sendiri" in desk.text


async def test_a_refused_save_keeps_all_that_was_typed(office: Office) -> None:
    store = await office.open()
    await office.bring_in(store, [Person("23000000001", "TANPA NOMOR", hp="-")])
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"tanpa", "enter", "n", *"catatan", "enter", "1", "q", "u", "3", "enter")
        assert "Tidak ada nomor untuk menelepon mereka" in desk.text
        assert "catatan" in desk.text and "ditelepon besok 09.30" in desk.text
        await desk.press("e", *"0822", "enter")
        assert "Tidak diterima" in desk.text and "0822" in desk.asked
        await desk.press(*"33335555", "enter", "enter")
        assert "Tersimpan" in desk.text
        assert (await desk.store.counter.rows(ContactFilter(), 0, 9))[0].note == "catatan"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_handlers_on_one_person_settle_a_conflict_field_by_field(
    office: Office, size: tuple[int, int]
) -> None:
    boss = await office.open()
    budi = await office.hire(boss, "budi")
    await office.hire(boss, "dewi")
    async with at_desk(office, "dewi", size=size) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "7", "e", *"081355556666", "enter")
        await desk.press("e", *"mine@contoh.id", "enter")
        who = await budi.counter.person(await person_of(desk, "7890"))
        mine = (
            Correction(Field.PHONE, "0813 3333 4444", who.seen),
            Correction(Field.EMAIL, "budi@contoh.id", who.seen),
        )
        await budi.counter.save(
            ContactIn(
                ContactChannel.PHONE, office.clock.now, "card", participant_id=who.participant_id, corrections=mine
            )
        )
        await desk.press("enter")
        assert "rekan mengubahnya saat Anda berbicara" in desk.text
        for said in ("0812-3456-7890", "0813-5555-6666", "0813-3333-4444", "BUDI"):
            assert said in desk.text
        await desk.press("1")
        assert "mine@contoh.id" in desk.text and "budi@contoh.id" in desk.text
        await desk.press("2")
        assert "Tersimpan" in desk.text
        now = await desk.store.counter.person(who.participant_id)
        assert (now.seen.phones[0], now.seen.email) == ("+6281355556666", "budi@contoh.id")
        assert {row.by for row in now.contacts} == {"DEWI", "BUDI"}, "both logs are kept"
