"""Vouchers to paper and through the signatures, by keys: printed once, jams by number, stacks, scans, reprints."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from store import Store
from store.claim_file_rows import FileFilter
from store.rules.printing import Document, JobState, Route
from store.rules.vouchers import FileState, VoucherKind
from tests.cups import QUEUE, Faults, PrivateCups
from tests.postgres import Cluster
from tests.store.office import Clock, Office, wib
from tests.store.voucher_desk import DEWI, HENDRA, UCOK, Paid, bring, confirmed, print_all, received
from tests.store.voucher_desk import desk as desk_of_three
from tests.tui import background
from tests.tui.driving import Desk, at_desk
from tui.screens.settings_printers import PrintersScreen

TODAY = (HENDRA, DEWI, Paid(6, "SRI REKAAN", 3_100_000))


async def ready(office: Office, *paid: Paid) -> Store:
    """The listing of the day is in, and these files are matched."""
    ani = await office.open()
    await bring(ani, paid)
    for each in paid:
        await received(ani, each)
    return ani


async def states(store: Store) -> list[FileState]:
    return [row.state for row in await store.files.rows(FileFilter(), 0, 50)]


def papers(office: Office, stem: str) -> list[str]:
    """The texts of the files in KELUAR that begin so, the oldest first."""
    found = sorted(office.home.joinpath("KELUAR").glob(f"{stem}-*.pdf"), key=lambda path: int(path.stem.split("-")[-2]))
    return [" ".join(page.extract_text() for page in PdfReader(path).pages) for path in found]


async def words(desk: Desk, *keys: str) -> str:
    """Everything on the screen after these keys, as one text."""
    await background.press(desk, *keys)
    return " ".join(desk.text.split())


async def until(desk: Desk, text: str, true: Callable[[], bool] = lambda: True) -> None:
    """Waits, twenty seconds at most, until the screen says so."""
    async with asyncio.timeout(20):
        while text not in " ".join(desk.text.split()) or not true():
            await asyncio.sleep(0.05)
            await desk.settle()


async def test_a_day_from_received_to_signed_by_all_with_keluar_as_the_printer(empty_office: Office) -> None:
    ani = await empty_office.open()
    await bring(ani, TODAY)
    async with at_desk(empty_office) as desk:
        await background.press(desk, "f5", "t", *"hendra", "enter", *"dewi", "enter")
        # What follows is the budget: four keys from received to confirmed.
        assert "2 lembar voucher akan dicetak" in await words(desk, "escape", "p")
        assert "000001–000002" in await words(desk, "enter")
        assert "2 lembar benar" in await words(desk, "y")
        assert await states(ani) == [FileState.CONFIRMED] * 2
        (text,) = papers(empty_office, "voucher")
        assert HENDRA.name in text
        assert DEWI.name in text
        await background.press(desk, "s", *"pak budi", "enter")
        assert "TT-1" in desk.text
        assert HENDRA.code in papers(empty_office, "tanda-terima")[0]
        # The second one lacks the head of finance; the other is complete.
        said = await words(desk, "enter", "down", "2")
        assert "1 berkas lengkap · 1 berkas tanpa Kepala Bidang Keuangan" in said
        await background.press(desk, "y")
        assert sorted(await states(ani)) == [FileState.COMPLETE, FileState.CONFIRMED]
        assert "1 berkas siap keluar" in " ".join(desk.text.split())
        await background.press(desk, "u")
        assert await states(ani) == [FileState.OUT] * 2
        await background.press(desk, "enter", "y")
        assert await states(ani) == [FileState.COMPLETE] * 2


async def test_what_a_colleague_printed_is_right_for_whoever_counts_it(empty_office: Office) -> None:
    ani = await ready(empty_office, HENDRA, DEWI)
    for login in ("budi", "citra"):
        await empty_office.hire(ani, login, "keuangan")
    async with at_desk(empty_office, "budi") as desk:
        await background.press(desk, "f5", "p", "enter")
        await until(desk, "Periksa 2 lembar")
    async with at_desk(empty_office, "citra") as desk:
        assert "BUDI yang mencetak" in await words(desk, "f5", "y")
        assert "Jumlahnya 2 lembar: tidak ada yang dicatat" in await words(desk, "1", "enter")
        assert await states(desk.store) == [FileState.PRINTED] * 2
        assert "2 lembar benar" in await words(desk, "y", "2", "enter")
        assert await states(desk.store) == [FileState.CONFIRMED] * 2


async def test_a_printer_with_faults_is_told_and_what_came_out_is_asked(
    empty_office: Office, cups: PrivateCups
) -> None:
    ani = await ready(empty_office, *TODAY)
    await ani.office.set_setting("printing.server", cups.socket)
    await ani.printers.set_route([Document.VOUCHER], Route(QUEUE, "top"))
    cups.break_it(Faults(offline=True))
    async with at_desk(empty_office) as desk:
        await background.press(desk, "f5", "p", "enter")
        await until(desk, "printer mati atau tidak terhub")
        await background.press(desk, "y")
        assert "Pencetak belum menyatakan satu lembar pun tercetak" in " ".join(desk.text.split())
        await background.press(desk, "escape")
        assert "Voucher" in desk.header  # the desk is there while it prints
        cups.break_it(Faults(error_after=True))
        await background.press(desk, "p")
        await until(desk, "3 lembar diragukan")
        # The first sheet is right, two are printed again; nothing is sent before that is confirmed by another key.
        question = await words(desk, "j", "1", "enter")
        assert "1 lembar benar, 2 lembar dicetak lagi mulai 000002" in question
        cups.break_it(Faults())
        await background.press(desk, "y")
        await until(desk, "Periksa 2 lembar")
        assert [pages for *_facts, pages in cups.jobs()] == [0, 0]  # no page mark of the tests stands on a voucher
        await background.press(desk, "y")
        assert await states(ani) == [FileState.CONFIRMED] * 3
        jobs = list(reversed(await ani.printing.newest()))
        assert [(job.right, job.missing, job.route.tray) for job in jobs] == [(1, 2, "top"), (2, 0, "top")]
        assert jobs[0].batch == jobs[1].batch


async def test_a_spoiled_sheet_is_printed_again_and_a_wrong_one_has_a_successor(empty_office: Office) -> None:
    ani = await ready(empty_office, HENDRA)
    async with at_desk(empty_office) as desk:
        await background.press(desk, "f5", "p", "enter", "y", "r", "r", "enter")
        assert "Perlu alasan" in desk.text or "alasan" in desk.status
        question = await words(desk, *"kusut", "enter")
        assert "CETAK ULANG ke-1" in question
        await background.press(desk, "y", "enter", "y")
        assert "CETAK ULANG ke-1" in papers(empty_office, "voucher")[1]
        assert "kusut" in papers(empty_office, "voucher")[1]
        await background.press(desk, "s", *"jumlah salah", "enter", "0")
        assert "000001 dan 1 cetak ulang" in desk.asked
        await background.press(desk, "y", "enter", "y")
        third = papers(empty_office, "voucher")[2]
        assert "000002" in third
        assert "000001" in third  # whom it replaces
        (row,) = await ani.files.rows(FileFilter(), 0, 5)
        assert [sheet.void_at is None for sheet in await ani.vouchers.of_file(row.file_id)] == [False, False, True]


async def test_an_amount_of_a_successor_that_cannot_be_read_stays_in_its_line(empty_office: Office) -> None:
    rini, joko, _bona = await desk_of_three(empty_office, (HENDRA,))
    await confirmed(rini, joko, [HENDRA])
    async with at_desk(empty_office, "joko") as desk:
        await background.press(desk, "f5", "r", "s", *"salah", "enter", "1", "x", "enter")
        assert "bukan jumlah uang" in desk.status
        # Neither the reason nor the figures are typed again.
        await background.press(desk, "backspace", "enter")
        assert "Batalkan voucher 000001" in desk.asked
        await background.press(desk, "escape", "s", *"salah", "enter", "2", *["backspace"] * 20, "enter")
        assert "Tulis beberapa kata" in desk.status
        await background.press(desk, *"hendra", "enter")
        assert "Batalkan voucher 000001" in desk.asked


async def test_what_is_declared_void_is_the_voucher_that_was_asked_about(empty_office: Office) -> None:
    rini, joko, bona = await desk_of_three(empty_office, (HENDRA,))
    (file_id,) = await confirmed(rini, joko, [HENDRA])
    async with at_desk(empty_office, "joko") as desk:
        await background.press(desk, "f5", "r", "v", *"kusut")
        await bona.vouchers.void(file_id, "lebih dulu")
        await until(desk, "lebih dulu")
        # What was asked about is voucher 1, whatever follows it meanwhile.
        await background.press(desk, "enter")
        assert "Batalkan voucher 000001? Tanda tangannya" in desk.asked
        await print_all(rini, await rini.vouchers.reserve([file_id]))
        assert "Baru saja diubah orang lain" in await words(desk, "y")
        assert [sheet.number for sheet in await joko.vouchers.of_file(file_id) if sheet.void_at is None] == [2]


async def test_whoever_receives_nothing_is_told_before_a_reason_for_a_successor_is_typed(empty_office: Office) -> None:
    rini, joko, _bona = await desk_of_three(empty_office, (HENDRA,))
    await confirmed(rini, joko, [HENDRA])
    async with at_desk(empty_office, "bona") as desk:
        await background.press(desk, "f5", "r", "s")
        assert "Mengapa" not in desk.asked
        assert "tidak" in desk.status
        # Voiding is a head's too.
        assert "Mengapa" in (await background.press(desk, "v")).asked


async def test_a_corrected_tick_leaves_alone_what_a_colleague_saw_meanwhile(empty_office: Office) -> None:
    rini, joko, _bona = await desk_of_three(empty_office, (HENDRA, DEWI))
    ids = await confirmed(rini, joko, [HENDRA, DEWI])
    number, _undo = await rini.stacks.send(ids, "pak budi")
    await rini.stacks.take_back(number, {ids[0]: []})
    async with at_desk(empty_office, "joko") as desk:
        await background.press(desk, "f5", "s", "enter", "1", *"tadi terlewat")
        await rini.stacks.sign(ids[0], ["kantor"])
        await background.press(desk, "enter")
        (first, _second) = (await rini.stacks.receipt(number)).lines
        assert {seen.signer for seen in first.signed} == {"pelayanan", "kantor"}


def smile_pdf(*paid: Paid) -> bytes:
    """Vouchers as another program prints them."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for each in paid:
        for at, text in enumerate((f"Kode {each.code}", f"Nama {each.name}", f"Jumlah {each.amount:,}.00", "SMILE")):
            canvas.drawString(70, 700 - 20 * at, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


async def test_pages_of_smile_are_found_put_in_order_and_kept_for_a_jam_and_a_reprint(empty_office: Office) -> None:
    ani = await ready(empty_office, *TODAY)
    await ani.office.set_setting("voucher.kind", str(VoucherKind.SMILE))
    inbox = Path(ani.inbox)
    async with at_desk(empty_office) as desk:
        assert "Tidak ada PDF di MASUK" in await words(desk, "f5", "p", "s")
        (inbox / "voucher.pdf").write_bytes(b"bukan pdf")
        assert "voucher.pdf bukan PDF" in await words(desk, "s", "enter")
        (inbox / "voucher.pdf").write_bytes(smile_pdf(DEWI, UCOK, HENDRA))
        said = await words(desk, "s", "enter")
        assert "2 dari 3 halaman dikenali, 1 voucher tanpa halaman" in said
        assert "1 lembar voucher tanpa halaman Smile: SRI REKAAN" in said
        await background.press(desk, "enter")
        (first,) = papers(empty_office, "voucher")
        assert first.index(HENDRA.name) < first.index(DEWI.name)
        (inbox / "voucher.pdf").unlink()
        await background.press(desk, "j", "1", "enter", "y")
        assert DEWI.name in papers(empty_office, "voucher")[1]
        await background.press(desk, "y", "r", "r", *"robek", "enter", "y", "enter")
        again = papers(empty_office, "voucher")[2]
        assert "SMILE" in again
        assert "CETAK ULANG ke-1 · No. 000001" in again
        assert [job.state for job in await ani.printing.jobs()] == [JobState.SAID]


async def test_a_scanner_marks_what_can_be_marked_and_keeps_the_rest(empty_office: Office) -> None:
    ani = await ready(empty_office, *TODAY)
    async with at_desk(empty_office) as desk:
        await background.press(desk, "f5", "space", "space", "p", "enter", "y", "s", *"budi", "enter", "escape", "b")
        assert "KEMBALI, TANDA TANGAN LENGKAP" in desk.text
        await desk.type("05-09-2023 T0017 00000001")
        assert "tidak ada berkas dengan kode ini" in await words(desk, "enter")
        await desk.type(TODAY[2].code)
        await background.press(desk, "enter")
        await desk.type(HENDRA.code)
        assert "JHT HENDRA REKAAN: lengkap" in await words(desk, "enter")
        await desk.type(HENDRA.code)
        assert "sudah dipindai tadi" in await words(desk, "enter")
        assert "1 selesai · 2 harus dibereskan" in desk.text
        # One signature alone, then the two others: the last one completes it.
        for _signer in range(3):
            await background.press(desk, "tab")
            await desk.type(DEWI.code)
            await background.press(desk, "enter")
        assert sorted(await states(ani)) == [FileState.COMPLETE, FileState.COMPLETE, FileState.MATCHED]
        # What was not cleared up is there again, also after the screen was left; a line goes when it is struck out.
        await background.press(desk, "escape", "escape", "b", "escape")
        assert "2 harus dibereskan" in desk.text
        await background.press(desk, "h", "h")
        assert "dibereskan" not in desk.lines[3]


async def test_who_signs_and_how_pages_are_set_are_typed_and_taken_back(empty_office: Office) -> None:
    ani = await empty_office.open()
    async with at_desk(empty_office) as desk:
        await background.press(desk, "colon", *"pengaturan kantor", "enter", "s", "d")
        for wrong in ("1-8-2024 29-2-2024", "14-8-2023 1-8-2023"):  # a year that was typed is that year
            await desk.type(wrong)
            await background.press(desk, "enter")
            assert wrong in desk.asked
            await background.press(desk, *["backspace"] * len(wrong))
        await desk.type("1-8 - 14-8")
        await background.press(desk, "enter", *"siti contoh", "enter")
        (deputy,) = (await ani.stacks.signers()).signers[0].deputies
        assert (deputy.name, str(deputy.first), str(deputy.last)) == ("siti contoh", "2023-08-01", "2023-08-14")
        assert "Terlambat setelah 2 hari kerja" in await words(desk, "l", "backspace", "2", "enter")
        await background.press(desk, "l", "backspace", *"99", "enter")
        assert "bukan jumlah hari kerja dari 1 sampai 60" in " ".join(desk.text.split())
        await background.press(desk, "escape", "u", "u")
        assert (await ani.stacks.signers()).signers[0].deputies == ()
        # A colleague who was faster keeps what they wrote: the line is about what stands there now.
        await background.press(desk, "w", *["backspace"] * 20, *"ungu")
        head = (await ani.stacks.signers()).signers[0]
        await ani.settings.set_signer(head, replace(head, title="Kabid Layanan"))
        assert "ungu" in (await words(desk, "enter")) and "Kabid Layanan" in desk.text
        await background.press(desk, "enter")
        head = (await ani.stacks.signers()).signers[0]
        assert (head.title, head.colour) == ("Kabid Layanan", "ungu")
        await background.press(desk, "escape", "p", "t")
        assert len(papers(empty_office, "halaman-uji")) == 1
        await background.press(desk, "k", *"21", "enter")
        assert "Perlu delapan angka" in " ".join(desk.text.split())
        await desk.type(" 20 191 20 21 277 191 277")
        assert "← 1.0 mm" in await words(desk, "enter")
        assert (await ani.printers.calibration(Route())).dx == -1.0
        await background.press(desk, "u")
        assert (await ani.printers.calibration(Route())).dx == 0.0


async def test_what_cannot_be_printed_takes_no_number_and_a_colleague_may_be_faster(empty_office: Office) -> None:
    odd = Paid(7, "BUDI 李 REKAAN", 1_000_000)
    ani = await ready(empty_office, HENDRA, odd)
    async with at_desk(empty_office) as desk:
        said = await words(desk, "f5", "p")
        assert "1 lembar voucher akan dicetak" in said
        assert "huruf “李”" in said
        (row,) = [row for row in await ani.files.rows(FileFilter(), 0, 5) if row.kpj == HENDRA.kpj]
        await ani.vouchers.reserve([row.file_id])
        await background.press(desk, "enter")
        # Whether the screen had seen it or not: one number, and no sheet twice.
        assert [voucher.number for voucher in await ani.vouchers.of_file(row.file_id)] == [1]
        assert len(papers(empty_office, "voucher")) <= 1


async def test_what_an_officer_does_is_off_for_whoever_matched_the_file(empty_office: Office) -> None:
    rini, joko, _head = await desk_of_three(empty_office, (HENDRA, DEWI))
    await confirmed(rini, joko, [HENDRA])
    await received(rini, DEWI)
    for login, off in (("rini", True), ("joko", False)):
        async with at_desk(empty_office, login=login) as desk:
            await background.press(desk, "f5", "2")
            for before, key in (((), "n"), (("6", "r"), "r"), ((), "v"), ((), "s")):
                said = await words(desk, *before, key)
                assert ("Anda sendiri yang mencocokkan berkas ini" in said) is off, key
                assert bool(desk.app.screen.prompt) is not off, key  # type: ignore[attr-defined]
                await background.press(desk, *[] if off else ["escape"])


async def test_the_print_server_is_asked_in_vain_while_the_database_is_away(
    home: Path, postgres_cluster: Cluster, postgres_url: str
) -> None:
    office = Office(home, postgres_url, Clock(wib(31, 9)))
    await office.create()
    async with at_desk(office) as desk:
        await background.press(desk, "colon", *"pengaturan kantor", "enter", "p")
        screen = desk.app.screen
        assert isinstance(screen, PrintersScreen)
        with postgres_cluster.away(postgres_url):
            screen.ask_printers()
            await background.rest(desk)
            assert "Server basis data tidak menjawab" in " ".join(desk.text.split())
        await background.press(desk, "escape")
        assert "Pengaturan" in desk.header
    await office.close()
