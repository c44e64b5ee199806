"""The voucher desk by keys: papers received, listings in, what differs approved, and who sees what."""

from __future__ import annotations

import pytest
from textual import events

from store import Store
from store.claim_file_rows import FileFilter, FileRow
from store.rules.vouchers import FileState
from tests.store.office import Office
from tests.store.voucher_desk import DAY, DEWI, HEADINGS, HENDRA, SITI, TIUR, UCOK, Paid, bring, received
from tests.tui import background
from tests.tui.driving import at_desk
from tests.tui.test_why_off import every_key_that_is_off

ALL = (HENDRA, SITI, UCOK, TIUR, DEWI)


async def files(store: Store) -> dict[str, FileRow]:
    """All files by name."""
    return {row.name: row for row in await store.files.rows(FileFilter(), 0, 100)}


@pytest.fixture
async def finance(empty_office: Office) -> Office:
    """Rini and Joko of the finance section, Bona their head, Umi of general affairs; a listing of five is in."""
    founder = await empty_office.open()
    rini = await empty_office.hire(founder, "rini", "keuangan")
    for login, role in (("joko", "keuangan"), ("bona", "kepala_bidang"), ("umi", "umum")):
        await empty_office.hire(founder, login, role)
    await bring(rini, ALL)
    return empty_office


async def test_a_paper_is_received_with_what_is_typed_and_enter(finance: Office) -> None:
    async with at_desk(finance, "rini") as desk:
        await desk.press("f5", "t")
        assert "0 dari 5 di listing sudah ada berkasnya" in desk.text
        await desk.type("hen")
        assert "Rp12.500.000" in background.line_with(desk, "Jumlah", "sama")
        await desk.press("enter")
        assert "HENDRA REKAAN: cocok" in desk.text
        assert "1 dari 5" in desk.text
        # Enter once more takes nobody: nothing was typed and nobody chosen.
        await desk.press("enter")
        assert "1 dari 5" in desk.text
        assert "Ketik sebagian nama" in desk.text
        await desk.type("dewi 7910000")
        assert "selisih Rp90.000: berkas lebih kecil" in desk.text
        await desk.press("enter")
        await desk.type("sitti contoh 99000000002")
        assert "SITI CONTOH" in background.line_with(desk, "Nama", "SITTI")
        await desk.press("enter")
        # A transaction that is chosen by its place, whose paper says another payee.
        await desk.press("down", "tab", "tab", "tab", *["backspace"] * 30)
        await desk.type("RS LAIN")
        await desk.press("enter")
        assert "4 dari 5" in desk.text
        rows = await files(desk.store)
        assert rows["HENDRA REKAAN"].state is FileState.MATCHED
        assert rows["DEWI SANTOSO"].comparison is not None
        assert rows["DEWI SANTOSO"].comparison.amount_off == -90_000
        assert rows["SITTI CONTOH"].differences == ("name-mismatch", "payee-differs")
        (other,) = [row for row in rows.values() if row.payee == "RS LAIN"]
        assert other.waits_for_yes
        await desk.press("escape", "u", "u", "u", "u")
        assert await files(desk.store) == {}


async def test_a_paper_without_a_transaction_is_received_after_a_second_enter(finance: Office) -> None:
    async with at_desk(finance, "rini") as desk:
        await desk.press("f5", "t")
        await desk.type("entah siapa 1500000")
        await desk.press("enter")
        assert await files(desk.store) == {}
        assert "ENTAH SIAPA · Rp1.500.000" in desk.text
        await desk.press("enter")
        row = (await files(desk.store))["ENTAH SIAPA"]
        assert (row.payment_id, row.typed_amount, row.paid_on) == (None, 1_500_000, None)
        # It waits on the desk; m finds its transaction, and the name that differs waits for a yes.
        await desk.press("escape", "4", "m")
        assert "Cari transaksinya" in desk.header
        await desk.press(*["backspace"] * 20)
        await desk.type("tiur")
        await desk.press("enter")
        row = (await files(desk.store))["ENTAH SIAPA"]
        assert row.code == TIUR.code
        assert "name-mismatch" in row.differences
        await desk.press("3", "c", "4", "e", *["backspace"] * 20)
        await desk.type("TIUR REKAAN")
        await desk.press("enter")
        assert "TIUR REKAAN" in await files(desk.store)


async def test_what_a_colleague_took_is_not_taken_again_nor_another_in_its_place(finance: Office) -> None:
    joko = await finance.open("joko")
    async with at_desk(finance, "rini") as desk:
        await desk.press("f5", "t", "down", "up")
        await received(joko, HENDRA)
        await desk.app._look()
        await desk.settle()
        await desk.press("enter")
        assert list(await files(joko)) == ["HENDRA REKAAN"]
        assert "lihat lagi" in desk.text
        assert "HENDRA REKAAN" not in background.line_with(desk, "»")
        # Faster than a look: the store refuses, and the line is open for the next paper.
        await desk.type("siti")
        await received(joko, SITI)
        await desk.press("enter")
        assert "sudah punya berkas" in desk.text
        assert len(await files(joko)) == 2
        await desk.type("x")
        assert "Kertas: sitix" in desk.text


async def test_a_listing_is_looked_at_taken_whole_and_finds_the_papers_that_wait(empty_office: Office) -> None:
    store = await empty_office.open()
    rows = [HEADINGS, *(row for paid in (HENDRA, DEWI) for row in paid.lines)]
    (store.inbox / "listing.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    wrong = [HEADINGS, *Paid(9, "SALAH JUMLAH", 1_000_000).lines[:1]]
    async with at_desk(empty_office) as desk:
        await desk.press("f5")
        assert "l memasukkan listing" in desk.asked
        await desk.press("t")
        assert "Listing hari ini belum masuk" in desk.text
        await desk.type("hendra rekaan 99000000001")
        await desk.press("enter", "enter", "escape")
        await desk.press("l")
        await background.press(desk, "enter")
        assert "KODE TRANSAKSI → kode transaksi" in desk.text
        assert "Seluruhnya 2 transaksi, Rp20.500.000" in desk.text
        assert (await desk.store.voucher_days.read(DAY)).transactions == 0
        await background.press(desk, "y")
        assert "2 transaksi baru" in desk.asked
        assert "1 berkas yang menunggu kini cocok" in desk.asked
        assert (await files(desk.store))["HENDRA REKAAN"].state is FileState.MATCHED
        # A listing that does not balance is refused with its figures, and y does nothing.
        desk.app.post_message(events.Paste("\n".join("\t".join(row) for row in wrong)))
        await desk.settle()
        await background.rest(desk)
        assert "Ditolak seluruhnya" in desk.text
        assert "Rp1.000.000" in desk.text
        await background.press(desk, "y")
        assert (await desk.store.voucher_days.read(DAY)).transactions == 2
        await desk.press("escape", "u", "u")
        assert (await desk.store.voucher_days.read(DAY)).transactions == 0
        assert (await files(desk.store))["HENDRA REKAAN"].state is FileState.RECEIVED


async def test_a_column_of_a_listing_that_is_read_wrongly_is_said_once(empty_office: Office) -> None:
    store = await empty_office.open()
    headings = ["UANG KELUAR" if heading == "DEBET" else heading for heading in HEADINGS]
    for name, paid in (("satu.csv", HENDRA), ("dua.csv", DEWI)):
        rows = [headings, *paid.lines]
        (store.inbox / name).write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    async with at_desk(empty_office) as desk:
        await desk.press("f5", "l", "home")
        await background.press(desk, "enter")
        assert "1 transaksi" not in desk.asked
        await desk.press("m")
        assert "Kolom mana" in desk.text
        await desk.type("uang")
        await desk.press("enter")
        await desk.type("deb")
        await background.press(desk, "enter")
        assert "kolom dikoreksi" in desk.text
        assert "UANG KELUAR → debet" in desk.text
        await background.press(desk, "y", "home", "enter")
        # The other file has the same columns: what was said holds for it too.
        if "1 transaksi" not in desk.asked:
            await background.press(desk, "escape", "down", "enter")
        assert "UANG KELUAR → debet" in desk.text
        await background.press(desk, "y")
        assert (await desk.store.voucher_days.read(DAY)).transactions == 2


async def test_the_first_screen_offers_finance_its_listing(finance: Office) -> None:
    rini = await finance.open("rini")
    rows = [HEADINGS, *Paid(7, "BARU MASUK", 2_000_000).lines]
    (rini.inbox / "listing.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    async with at_desk(finance, "rini") as desk:
        assert "F5 membuka voucher" in desk.asked
        await desk.press("end")
        await background.press(desk, "enter")
        await background.rest(desk)
        assert "Seluruhnya 1 transaksi, Rp2.000.000" in desk.text
        await background.press(desk, "y", "escape", "u")
        assert "Diurungkan: listing.csv: 1 transaksi baru" in desk.status
        assert (await rini.voucher_days.read(DAY)).transactions == len(ALL)


async def test_an_officer_who_did_not_match_approves_all_of_a_hospital(finance: Office) -> None:
    rini = await finance.open("rini")
    for paid in (HENDRA, UCOK, TIUR, SITI):
        await received(rini, paid)
    async with at_desk(finance, "rini") as desk:
        await desk.press("f5", "3", "o")
        assert "Anda sendiri yang mencocokkannya" in desk.text
    async with at_desk(finance, "bona") as desk:
        await desk.press("f5", "3", "o")
        assert "semua 2 berkas RS CONTOH MANDAU" in desk.asked
        await desk.press("2", "enter")
        assert "Tulis beberapa kata" in desk.text
        await desk.type("kuitansi asli")
        await desk.press("enter")
        assert "2 berkas disetujui" in desk.text
        rows = await files(desk.store)
        assert {name for name, row in rows.items() if row.state is FileState.MATCHED} == {
            *("HENDRA REKAAN", "UCOK LATIHAN", "TIUR REKAAN")
        }
        await desk.press("2", "down", "enter")
        assert "kuitansi asli" in desk.text
        await desk.press("escape", "u")
        assert sum(row.waits_for_yes for row in (await files(desk.store)).values()) == 3
        await every_key_that_is_off(desk)


async def test_the_list_is_narrowed_by_one_key_and_amounts_are_for_who_needs_them(finance: Office) -> None:
    rini = await finance.open("rini")
    later = Paid(6, "OKTA KEMUDIAN", 3_000_000, day=DAY.replace(day=28))
    await bring(rini, [later])
    for paid in (HENDRA, DEWI, UCOK, later):
        await received(rini, paid)
    async with at_desk(finance, "rini") as desk:
        await desk.press("f5")
        assert "3 siap dicetak" in desk.asked
        assert "Rp23.500.000" in desk.asked
        await desk.press("right")
        assert "1 siap dicetak" in desk.asked
        assert "OKTA" in desk.text
        await desk.press("right")
        assert "OKTA" not in desk.text
        await desk.press("f", "f")
        assert "HENDRA" not in desk.text
        assert "UCOK" in desk.text
        await desk.press("escape", "slash", *"okta", "enter", "space", "escape", "d", "down")
        assert "28-07-2023" in background.line_with(desk, "»")
        await desk.press("enter")
        assert "OKTA" in desk.text
    async with at_desk(finance, "umi") as desk:
        await desk.press("f5")
        assert "HENDRA" in desk.text
        assert "Rp" not in desk.text
        await every_key_that_is_off(desk)


async def test_a_yes_is_for_the_file_that_was_asked_about_though_a_colleague_was_faster(finance: Office) -> None:
    rini, bona = await finance.open("rini"), await finance.open("bona")
    ucok, tiur = await received(rini, UCOK), await received(rini, TIUR)
    async with at_desk(finance, "joko") as desk:
        await background.press(desk, "f5", "3", "o")
        assert "semua 2 berkas RS CONTOH MANDAU" in desk.asked
        await bona.files.approve([ucok], "kuitansi dilihat")
        await desk.app.screen.guarded(desk.app.screen.others_changed)  # type: ignore[attr-defined]  # the desk's
        await background.press(desk, "1")
        await desk.type("kuitansi")
        await background.press(desk, "enter")
        assert "UCOK LATIHAN" in desk.status
        still = await rini.files.read(tiur)
        assert still is not None
        assert still.waits_for_yes
