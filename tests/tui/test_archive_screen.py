"""The archive by keys (F6): into the boxes, found again, lent and back, missing, month end, codes, destruction."""

from __future__ import annotations

import csv
from pathlib import Path

from store.archive_rows import PlaceFilter
from store.rules.archive import PlaceKind
from tests.store.office import Office, Person
from tests.store.voucher_desk import HENDRA, SITI, Paid, bring
from tests.tui import background
from tests.tui.archive_office import BUDI, COMPLETE, LINA, finance
from tests.tui.driving import Desk, at_desk
from tui.screens.archive import ArchiveScreen
from tui.screens.archive_box import BoxScreen
from tui.screens.archive_register import RegisterScreen

REGISTER = (
    *("Nomor Penetapan", "Kode Transaksi", "Program", "No KPJ", "Nama Tenaga Kerja", "Jumlah Bayar"),
    *("Nomor Boks", "Nomor Rak"),
)


def register(folder: Path, *rows: tuple[str, ...]) -> Path:
    """A register of older files in MASUK."""
    path = folder / "register 2016.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([REGISTER, *rows])
    return path


def row_of(desk: Desk, text: str) -> str:
    return background.line_with(desk, text)


def told(desk: Desk) -> str:
    """All that stands there; a long message takes the strip above the keys."""
    return " ".join(desk.text.split())


async def test_files_go_into_their_boxes_and_come_out_again(empty_office: Office) -> None:
    await finance(empty_office)
    async with at_desk(empty_office, "rini") as desk:
        assert "3 ke boks" in next(line for line in desk.lines if line.startswith(" Di F6"))
        await desk.press("f6")
        assert isinstance(desk.app.screen, ArchiveScreen)
        assert f"JHT {BUDI.code}" in desk.lines[1]
        assert "boks JHT 1 · boks baru · urutan 1, yang pertama di boks itu" in desk.lines[2]
        await desk.press("n", "1", "enter", *"R2", "enter")
        assert "boks JHT 1 dibuat" in desk.status
        await desk.press("t")
        assert "BUDI CONTOH: Masuk boks JHT 1, rak R2" in desk.status
        assert f"setelah {BUDI.code}" in desk.lines[2]
        await desk.press("a")
        assert "2 berkas masuk boksnya (JHT 1: 2)" in desk.status
        assert "3/100" in row_of(desk, "boks JHT 1")
        await desk.press("u", "u")
        assert (await desk.store.archive.counts()).waiting == 3
        await desk.press("u")
        assert await desk.store.archive.places(desk.app.screen.rows.source.wanted, 0, 9) == []  # type: ignore[union-attr]
        await desk.press("u")
        assert "Belum ada yang dikerjakan di sini" in desk.status


async def test_found_in_two_keys_lent_missing_and_back(empty_office: Office) -> None:
    await finance(empty_office)
    async with at_desk(empty_office, "rini", size=(120, 40)) as desk:
        await desk.press("f6", "a", "slash", *"hendra")
        assert "boks JHT 1" in row_of(desk, HENDRA.kpj)
        await desk.press("enter")
        assert isinstance(desk.app.screen, BoxScreen)
        assert row_of(desk, "»").startswith(f"» {HENDRA.code}")
        assert f"Tidak ada: {LINA.code} LINA REKAAN: belum diterima" in desk.asked
        await desk.press("s", "enter")
        assert "Siapa yang membawanya? Ketik nama." in desk.status
        await desk.press(*"Bu Rina", "enter", *"aud", "escape", "s")
        assert "Bu Rina" in desk.text, "what was entered is kept until the loan is written"
        await desk.press("enter", *"it", "enter", *"kemarin", "enter")
        assert "bukan hari" in desk.status
        await desk.press("ctrl+u", *"2", "enter")
        assert "HENDRA REKAAN dipegang Bu Rina sampai Rabu 2 Agustus" in desk.status
        assert await desk.store.drafts.keys("archive:") == []
        await desk.press("l")
        assert "dipinjam Bu Rina" in row_of(desk, HENDRA.code)
        await desk.press("escape")
        empty_office.clock.pass_by(days=4)
        await desk.press("escape", "escape", "escape", "s")
        assert "TERLAMBAT: 02-08-2023" in row_of(desk, "Bu Rina")
        await desk.press("tab", "w", *"3", "enter")
        assert "tidak ada yang terlambat" in desk.text.casefold()
        await desk.press("tab", "s")
        assert "HENDRA REKAAN kembali: tempatnya boks JHT 1" in desk.status
        await desk.press("u", "o", "s", "k", *"rusak", "enter")
        assert "HENDRA REKAAN dikeluarkan" in desk.status
        await desk.press("h")
        assert "Tidak ada peserta dengan kartu" in told(desk)
        assert (await desk.store.archive.counts()).waiting == 1
        await desk.press("escape", "escape", "m")
        assert "BELUM LENGKAP" in desk.text, "the month before this one: July"
        assert "menunggu boks" in row_of(desk, HENDRA.code)


async def test_a_month_is_complete_when_every_paper_lies_in_its_place(empty_office: Office) -> None:
    await finance(empty_office, (*COMPLETE, LINA))
    async with at_desk(empty_office, "rini", lang="en") as desk:
        await desk.press("f6", "a", "m")
        assert "JHT 4 of 4" in desk.text
        assert "JKM 0 of 1 · not received 1" in desk.text
        await desk.press("p", "ctrl+u", *"2023-05", "enter")
        assert "No listing of May 2023 is in" in desk.text
        await desk.press("right", "right", "escape", "enter")
        assert "Nothing is missing between its first and its last code." in desk.asked


async def test_what_is_scanned_goes_in_and_what_cannot_go_in_is_noted(empty_office: Office) -> None:
    await finance(empty_office)
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6", "b")
        await desk.type(HENDRA.code.lower())
        await desk.press("enter")
        assert "HENDRA REKAAN: Masuk boks JHT 1" in desk.status
        await desk.type(HENDRA.code)
        await desk.press("enter")
        assert "HENDRA REKAAN sudah ada di: boks JHT 1" in desk.status
        await desk.type("9999")
        await desk.press("enter")
        assert "“9999” tidak menunggu boks" in desk.text
        assert "Ke boks: 9999" in desk.asked, "what was scanned is not lost"
        await desk.press("escape", "w", "k", *"sobek", "enter", "tab")
        assert "sobek" in row_of(desk, "BUDI CONTOH")
        await desk.press("t", "n", "1", *"TUTI", "enter", *"tanpa kode", "enter")
        assert "tanpa kode" in row_of(desk, "TUTI")
        assert "gagal arsip: 1" in desk.header
        await desk.press("tab", "o", "escape")
        assert "menunggu: 2" in desk.header


async def test_two_people_at_the_same_file(empty_office: Office) -> None:
    await finance(empty_office)
    joko = await empty_office.open("joko")
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6")
        (first, *_rest) = await joko.archive.waiting(0, 9)
        await joko.archive.put(first.file.file_id)
        await desk.press("t")
        assert "u membatalkan" not in desk.status
        assert HENDRA.code in desk.lines[1], "what stands there now"
        await desk.press("t")
        await joko.archive.put((await joko.archive.waiting(0, 9))[0].file.file_id)
        await desk.app._look()
        await desk.settle()
        assert "Tidak ada yang menunggu" in desk.lines[1]
        await desk.press("e", "2", *"R7")
        (box,) = await joko.archive.places(PlaceFilter(), 0, 9)
        await joko.archive.change(box.place_id, box.version, {"shelf": "R1"})
        await desk.press("enter")
        assert "Baru saja diubah orang lain" in told(desk), desk.text
        assert "R1" in row_of(desk, "boks JHT 1")
        await desk.press("e", "2")
        assert "R7" in desk.asked, "what was typed is there again"
        await desk.press("enter")
        assert "R7" in row_of(desk, "boks JHT 1")


async def test_a_place_that_was_made_by_mistake_is_taken_away_and_comes_back(empty_office: Office) -> None:
    await finance(empty_office, ())
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6", "n", "5", *"00030283", "enter", "enter", "enter", "z")
        assert isinstance(desk.app.screen, ArchiveScreen)
        assert "map gantung NPP 00030283 dihapus · u membatalkan" in told(desk)
        await desk.press("u", "enter")
        assert "map gantung NPP 00030283" in desk.header
        await desk.press("u")
        assert isinstance(desk.app.screen, ArchiveScreen)
        assert "Diurungkan: map gantung NPP 00030283 dibuat" in told(desk)


async def test_a_number_that_is_taken_is_refused_where_it_is_typed_and_a_good_one_is_a_draft(
    empty_office: Office,
) -> None:
    await finance(empty_office, ())
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6", "n", "1", "enter", "enter", "n", "1", "ctrl+u", *"1", "enter")
        assert "Sudah ada tempat JHT 1 dari jenis itu" in told(desk), desk.text
        assert "Nomor boks JHT: 1" in desk.asked
        await desk.press("ctrl+u", *"7", "enter")
        assert "Rak boks JHT 7" in desk.asked
        await desk.press("escape", "n", "1")
        assert "Nomor boks JHT: 7" in desk.asked
        await desk.press("enter", "enter")
        assert "boks JHT 7 dibuat" in desk.status
        assert await desk.store.drafts.keys("archive:") == []


async def test_what_a_register_knows_in_a_box_is_left_when_all_others_go_in(empty_office: Office) -> None:
    await finance(empty_office)
    joko = await empty_office.open("joko")
    row = ("P-1", BUDI.code, "JHT", BUDI.kpj, BUDI.name, "3000000", "J-3", "R9")
    await joko.registers.apply(await joko.registers.plan(register(empty_office.home / "MASUK", row)))
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6")
        assert HENDRA.code in desk.lines[1], "the next one that can go in"
        await desk.press("w", "home")
        assert "Menurut register sudah ada di JHT J-3" in told(desk), desk.text
        await desk.press("t")
        assert "BUDI CONTOH sudah ada di JHT J-3 menurut register" in told(desk), desk.text
        await desk.press("a")
        assert "2 berkas masuk boksnya" in told(desk), desk.text
        assert "1 ditinggal, ada di register: BUDI CONTOH (JHT J-3)" in told(desk), desk.text
        await desk.press("a")
        assert "1 ditinggal, ada di register: BUDI CONTOH (JHT J-3)" in told(desk)
        assert (await desk.store.archive.counts()).waiting == 1


async def test_a_mark_holds_the_code_that_stood_there_and_all_files_without_a_code_are_reached(
    empty_office: Office,
) -> None:
    await finance(empty_office, ())
    joko = await empty_office.open("joko")
    twice = Paid(SITI.number, SITI.name, SITI.amount, "JKM")
    other = Paid(SITI.number, SITI.name, SITI.amount, "JKM", day=BUDI.day)
    await bring(joko, [other])
    rows = [(f"P-{n}", "", "JKM", SITI.kpj, SITI.name, str(SITI.amount), "K-7", "R9") for n in (1, 2)]
    rows += [(f"Q-{n}", "", "JHT", "", f"ORANG {n}", "", "J-3", "R9") for n in range(520)]
    await joko.registers.apply(await joko.registers.plan(register(empty_office.home / "MASUK", *rows)))
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6", "k")
        assert "tanpa kode: 522" in desk.header
        await desk.press("end")
        assert SITI.name in row_of(desk, "»"), "the last ones are reached"
        assert other.code in row_of(desk, "»")
        await desk.press("space")
        first, last = [row for row in await joko.archive.without_code(0, 600) if row.kpj == SITI.kpj]
        (payment,) = {
            one.payment_id for one in await joko.archive.suggestions([first.archived_id]) if one.code == other.code
        }
        await joko.archive.fill_codes({first.archived_id: payment})
        await desk.app._look()
        await desk.settle()
        assert twice.code in row_of(desk, "»")
        await desk.press("m")
        assert "tanda dilepas" in told(desk), desk.text
        assert (await desk.store.archive.counts()).without_code == 521
        await desk.press("end", "space", "m", "y")
        row = await desk.store.archive.read(last.archived_id)
        assert row is not None
        assert row.code == twice.code


async def test_the_papers_of_a_box(empty_office: Office) -> None:
    await finance(empty_office)
    async with at_desk(empty_office, "rini", size=(120, 40)) as desk:
        await background.press(desk, "f6", "a", "enter", "p", "1")
        assert "KELUAR/label-boks" in desk.status
        await background.press(desk, "p", "2")
        assert "KELUAR/isi-boks" in desk.status
        await background.press(desk, "p", "4")
        assert "KELUAR/daftar-kode" in desk.status
        await background.press(desk, "p", "3")
        assert "3 berkas: KELUAR/isi-jht-1" in desk.status
        made = sorted(path.name.partition("-2")[0] for path in desk.store.outbox.iterdir())
        assert len(made) == 4
        await desk.press("e", "4", "ctrl+u", *"3", "enter")
        assert "3/3" in desk.header
        await desk.press("e", "4", "ctrl+u", *"x", "enter")
        assert "bukan jumlah berkas" in desk.status
        await desk.press("escape", "c")
        assert "ditutup" in desk.status
        await desk.press("z")
        assert "Masih ada isi di JHT 1" in desk.status


async def test_a_register_comes_in_and_its_codes_are_found(empty_office: Office) -> None:
    await finance(empty_office)
    register(
        empty_office.home / "MASUK",
        ("P-1", "", "JKM", SITI.kpj, SITI.name, "4500000", "K-7", "R9"),
        ("P-2", "", "JHT", "16000000001", "ORANG LAMA", "1000000", "J-3", "R9"),
    )
    async with at_desk(empty_office, "rini") as desk:
        await background.press(desk, "f6", "r", "enter")
        assert "2 berkas baru" in desk.asked, desk.text
        # The shelf is left out: what a column holds is said by a person, and said again.
        for field in ("tidak dibaca", "nomor rak"):
            await desk.press("m", *"rak", "enter", *field)
            await background.press(desk, "enter")
            assert ("– tidak dibaca" in background.line_with(desk, "Nomor Rak")) == (field == "tidak dibaca")
        await background.press(desk, "t", "escape")
        assert (await desk.store.archive.counts()).without_code == 0
        screen = desk.app.screen
        assert isinstance(screen, RegisterScreen)
        screen.busy = "dimasukkan"  # as while it is brought in: that is not given up half-way
        await desk.press("escape")
        assert "Semuanya atau tidak sama sekali" in desk.status, desk.text
        screen.busy = ""
        await background.press(desk, "t", "y")
        assert "2 berkas masuk arsip" in desk.status, desk.text
        await desk.press("escape", "k")
        assert "tidak ada di listing" in row_of(desk, "ORANG LAMA")
        assert SITI.code in row_of(desk, SITI.name)
        await desk.press("a", "m")
        assert "Tulis kode 1 berkas?" in desk.asked
        await desk.press("y")
        assert "1 berkas sudah punya kode" in desk.status
        await desk.press("u")
        assert (await desk.store.archive.counts()).without_code == 2
        await desk.press("home", *(["down"] if SITI.name not in row_of(desk, "»") else []), "enter")
        (found,) = await desk.store.archive.find(SITI.kpj)
        assert found.code == SITI.code


async def test_what_need_not_be_kept_is_proposed_approved_by_another_and_destroyed(empty_office: Office) -> None:
    await finance(empty_office)
    rini = await empty_office.open("rini")
    place_id, _undo = await rini.archive.make(PlaceKind.BOX, "9", program="JHT")
    for row in await rini.archive.waiting(0, 9):
        await rini.archive.put(row.file.file_id, place_id)
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6", "e", "6", *"01-07-2023", "enter", "c", "d")
        assert "1 tempat tidak perlu disimpan lagi" in desk.asked, desk.text
        await desk.press("n", "space", "enter", *"ruang penuh", "enter")
        assert "BA-1 menunggu persetujuan orang lain" in desk.status
        assert "ruang penuh" in desk.asked
        await desk.press("d")
        assert "harus disetujui orang lain dahulu" in told(desk)
        await desk.press("t", "y")
        assert "Tidak ada yang menyetujui atau mengangkat dirinya" in told(desk), "nobody approves their own list"
    async with at_desk(empty_office, "joko") as desk:
        assert "1 daftar perlu disetujui" in desk.text
        await desk.press("f6", "d", "t")
        assert "1 tempat dengan 3 berkas" in desk.asked
        await desk.press("y", "d", "1", "enter")
        assert "Siapa saksinya?" in desk.status
        await desk.press(*"Bu Ratna, Pak Budi", "enter", "escape", "d", "1")
        assert "Bu Ratna, Pak Budi" in desk.text, "a no to the question loses no names"
        await desk.press("enter")
        assert "tidak dapat dibatalkan" in told(desk)
        await background.press(desk, "y", "p")
        assert "KELUAR/berita-acara" in desk.status
        (done,) = await desk.store.retention.lists()
        assert (done.way, done.witnesses) == ("shredded", ("Bu Ratna", "Pak Budi"))
        place = await desk.store.archive.place(place_id)
        assert place is not None
        assert place.destroyed_at is not None
        await desk.press("escape", "7")
        assert "dimusnahkan" in row_of(desk, "boks JHT 9")


async def test_how_long_papers_are_kept_is_the_office_s_to_say(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        await desk.press("f6", "d")
        assert "Masa simpan belum ditentukan" in desk.asked
        await desk.press("e", "enter", *"300", "enter")
        assert "bukan jumlah tahun" in desk.status
        await desk.press("ctrl+u", *"10", "enter")
        assert "boks JHT: 10 tahun" in desk.status
        assert (await desk.store.retention.years())["JHT"] == 10
        await desk.press("u")
        assert (await desk.store.retention.years())["JHT"] is None


async def test_who_does_not_keep_the_archive_is_told_so(empty_office: Office) -> None:
    await finance(empty_office, ())
    boss = await empty_office.open()
    await empty_office.hire(boss, "umi", "pelayanan")
    async with at_desk(empty_office, "umi") as desk:
        await desk.press("f6")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6")
        assert "Belum ada tempat. n membuat boks" in desk.asked
        await desk.press("t")
        assert "Tidak ada berkas lengkap yang menunggu." in desk.status
        assert await signed_names(desk) == []


async def signed_names(desk: Desk) -> list[str]:
    return [row.file.name for row in await desk.store.archive.waiting(0, 9)]


async def test_a_person_s_page_tells_where_the_paper_lies(empty_office: Office) -> None:
    boss = await empty_office.open()
    await empty_office.bring_in(boss, [Person(HENDRA.kpj, HENDRA.name, hp="081234567890")])
    await finance(empty_office)
    async with at_desk(empty_office, "rini") as desk:
        await desk.press("f6", "n", "1", "enter", *"R2", "enter", "a", "enter", "down", "h")
        assert f"JHT {HENDRA.code} → boks JHT 1 · R2" in told(desk)
        await desk.press("escape")
        assert isinstance(desk.app.screen, BoxScreen)
