"""Quick answers, driven by keys: found while one types, read beside the list, written by a head, printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.rules.answers import AnswerText
from store.rules.counter import Topic
from store.rules.permissions import Role
from tests.store.office import Office, wib
from tests.tui.driving import Desk, at_desk
from tests.tui.test_recaps_desk import out, pdf_text, written
from tests.tui.test_script_editor import empty, write

PARKING = AnswerText("", "id", Topic.PLACE, "Parkir di mana?", "Di belakang kantor.", "satpam")


async def answers(desk: Desk, *keys: str, title: str = "jawaban cepat") -> Desk:
    """The quick answers, by the menu; then these keys."""
    await desk.press("colon")
    await desk.type(title)
    return await desk.press("enter", *keys)


def panel(desk: Desk) -> str:
    """The text beside the list as one line."""
    width = desk.app.size.width // 2
    return " ".join(" ".join(line[width:].strip() for line in desk.lines[1:-4]).split())


def listed(desk: Desk) -> str:
    width = desk.app.size.width // 2
    return "\n".join(line[:width].rstrip() for line in desk.lines[2:-4])


async def test_hours_are_those_of_this_minute_and_of_the_settings(office: Office) -> None:
    async with at_desk(office) as desk:
        await answers(desk)
        assert "Sekarang buka, sampai 12.00; istirahat sampai 13.00" in panel(desk)
        assert "Kamis 17 Agustus (Hari Kemerdekaan Republik Indonesia)" in panel(desk)
        office.clock.now = wib(31, 12, 5)
        await desk.press("down", "up")
        assert "Sekarang istirahat; buka lagi hari ini 13.00" in panel(desk)
        elsewhere = await office.open()
        await elsewhere.office.add_closed_day(date(2023, 8, 1), "Pindah ruang")
        await desk.app._look()
        await desk.settle()
        assert "besok (Pindah ruang)" in panel(desk)


async def test_topics_by_digit_search_as_typed_and_reading_on(office: Office) -> None:
    async with at_desk(office) as desk:
        await answers(desk, "5")
        assert "JMO dan Lapak Asik" in desk.header
        assert "Saldo sampai Rp10.000.000: aplikasi JMO" in panel(desk)
        assert "iuran" not in listed(desk).casefold()
        assert "Berlaku sampai 30" not in panel(desk)
        await desk.press("space")
        assert "Berlaku sampai 30 April 2025 Teks bawaan Loket." in panel(desk)
        await desk.press("0", "slash")
        await desk.type("akta nikah")
        assert "JKM: santunan kematian" in listed(desk)
        assert "JKM: santunan kematian untuk ahli waris" in panel(desk)
        assert "Jam buka" not in listed(desk)
        await desk.type("zz")
        assert "Tidak ada jawaban dengan “akta nikahzz”" in panel(desk)
        await desk.press("escape")
        assert "Jam buka kantor" in listed(desk)


async def test_both_languages_are_read_whatever_the_screens_speak(office: Office) -> None:
    async with at_desk(office, lang="en", size=(80, 24)) as desk:
        await answers(desk, title="quick answers")
        assert "Open now, until 12:00; break until 13:00" in panel(desk)
        await desk.press("l")
        assert "Sekarang buka, sampai 12.00; istirahat sampai 13.00" in panel(desk)
        assert "In Indonesian" in panel(desk)
        assert "Quick answers" in desk.header


async def test_a_head_writes_the_text_sees_it_filled_in_and_takes_it_back(office: Office) -> None:
    async with at_desk(office) as desk:
        await answers(desk, "3", "e")
        await empty(desk)
        await write(desk, "Kami di **{alamat}**")
        assert "Kami di (alamat belum dicatat: pengaturan, 0)" in desk.text
        await desk.press("tab", "enter")
        assert "Alamat dan jalan ke kantor: disimpan" in desk.status
        assert "Kami di (alamat belum" in panel(desk)
        assert "Teks kantor sendiri." in panel(desk)
        assert "* Alamat dan jalan" in listed(desk)
        await desk.press("u")
        assert "Diurungkan: Alamat dan jalan ke kantor." in desk.status
        assert "Teks bawaan Loket." in panel(desk)


async def test_a_new_answer_gets_title_text_source_and_last_day_and_expires(office: Office) -> None:
    async with at_desk(office) as desk:
        await answers(desk, "8", "n")
        await desk.type("Parkir")
        await desk.press("enter")
        await write(desk, "Di belakang.")
        await desk.press("tab", "enter", "end")
        assert "» * Parkir" in listed(desk)
        await desk.press("s")
        await desk.type("satpam")
        await desk.press("enter", "d")
        await desk.type("besok")
        await desk.press("enter")
        assert "“besok” bukan tanggal" in desk.status
        await desk.press("ctrl+u")
        await desk.type("30-07-2023")
        await desk.press("enter")
        assert "berlaku sampai 30 Juli 2023" in desk.status
        assert "! Parkir" in listed(desk)
        assert "KEDALUWARSA: berlaku sampai 30 Juli 2023." in panel(desk)
        assert "Sumber: satpam" in panel(desk)
        await desk.press("b")
        assert "h menghapus jawaban ini" in " ".join(desk.text.split())
        await desk.press("h")
        assert "Parkir" not in listed(desk)
        await desk.press("u")
        assert "Parkir" in listed(desk)


async def test_a_colleagues_newer_text_is_not_run_over_unseen(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.answers.save(PARKING)
        await answers(desk, "3", "end", "e")
        await empty(desk)
        await write(desk, "Di depan.")
        await desk.store.answers.save(replace(PARKING, key="own-1", body="Di samping."), expect=1)
        await desk.press("tab", "enter")
        assert "Rekan sudah mengubahnya" in desk.text
        assert (await desk.store.answers.list(Topic.PLACE, "id"))[0].text.body == "Di samping."
        await desk.press("enter")
        assert "Di depan." in panel(desk)


async def test_a_draft_goes_on_and_still_knows_what_it_was_written_over(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.answers.save(PARKING)
        await answers(desk, "3", "end", "e")
        await empty(desk)
        await write(desk, "Di depan.")
        await desk.press("escape")
        assert "drafnya tetap ada" in desk.text
        await desk.store.answers.save(replace(PARKING, key="own-1", body="Di samping."), expect=1)
        await desk.press("e")
        assert "Di depan." in desk.text
        await desk.press("tab", "enter")
        assert "Rekan sudah mengubahnya" in desk.text


async def test_who_may_not_write_reads_and_is_told_why(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.staff.act_as(Role.MAGANG)
        desk.app.me = await desk.store.refresh_me()
        await answers(desk, "e")
        assert "Peran Anda hari ini tidak" in desk.text
        await desk.press("n")
        assert "Peran Anda hari ini tidak" in desk.text
        assert "e teks" not in desk.text
        await desk.press("p")
        assert len(await written(desk)) == 1


async def test_p_puts_a_page_into_keluar_and_names_what_cannot_be_printed(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.office.set_setting("office.address", "Jl. Contoh No. 1, Duri")
        await desk.store.answers.save(replace(PARKING, body="Di **belakang** 漢字 kantor."))
        await answers(desk, "p")
        (name,) = await written(desk)
        assert f"Jawaban di A4: KELUAR/{name}" in desk.text
        text = " ".join(pdf_text(out(desk, name)).split())
        for said in (
            "Jam buka kantor",
            "Sekarang buka, sampai 12.00",
            "Sumber: Kalender",
            "Jl. Contoh No. 1",
            "LATIHAN",
        ):
            assert said in text
        await desk.press("3", "end", "p")
        assert len(await written(desk)) == 2
        assert "漢字" in desk.text


async def test_address_telephone_and_way_are_typed_in_the_settings(office: Office) -> None:
    async with at_desk(office) as desk:
        await answers(desk, "0", title="pengaturan kantor")
        await desk.press("enter")
        await desk.type("Jl. Contoh 1 Duri")
        await desk.press("enter", "down", "enter")
        await desk.type("0765 91234")
        await desk.press("enter")
        assert "telepon: disimpan" in desk.status
        assert "Jl. Contoh 1 Duri" in desk.text
        await answers(desk, "3")
        assert "Alamat: Jl. Contoh 1 Duri" in panel(desk)
        assert "Telepon: 0765 91234" in panel(desk)
        assert "(jalan ke kantor belum dicatat: pengaturan, 0)" in panel(desk)
        await desk.press("escape", "u")
        assert "Diurungkan: telepon." in desk.status
