"""The papers of the voucher desk, from what the store knows to what stands on the page, in both languages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader

import printing
from printing.archive_sheets import BoxLabel, ContentsRow, ContentsSheet, DestructionSheet, LabelSheet, SlipSheet
from printing.smile_sheets import PageState, SmilePage, SmileSplit
from printing.voucher_sheets import VoucherRefused, WhyNot
from tests.store.office import Office
from tests.store.test_claim_files import ALL
from tests.store.voucher_desk import DAY, DEWI, HENDRA, UCOK, confirmed, desk
from tui import i18n
from tui.words import archive_paper, vouchers_paper
from tui.words.paper import stamp


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    with i18n.speaking("id"):
        yield


def said(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


async def test_vouchers_listing_batch_and_receipt_of_a_day(empty_office: Office) -> None:
    rini, joko, head = await desk(empty_office, ALL)
    ids = await confirmed(rini, joko, [HENDRA, DEWI, UCOK])
    await head.vouchers.reprint(ids[0], "kertas sobek")
    rows = [row for each in ids for row in await rini.vouchers.of_file(each)]
    me, now = rini.me, empty_office.clock()
    paper = printing.vouchers(
        [vouchers_paper.voucher(row) for row in rows], stamp(me, now), vouchers_paper.voucher_words()
    )
    assert (paper.positions, paper.refused) == ((0, 1, 2, 3), ())
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper.pdf)).pages]
    for page, row in zip(pages, rows, strict=True):
        assert f"No. {row.number:06d}" in page
        assert row.content.code in page
        assert row.content.payee in page
        assert ("CETAK ULANG ke-1" in page) == bool(row.copy)
    assert "DUA BELAS JUTA LIMA RATUS RIBU RUPIAH" in pages[0]
    assert "Alasan: kertas sobek" in pages[1]
    assert "Jaminan Kecelakaan Kerja" in pages[3]
    assert "RS CONTOH MANDAU" in pages[3]
    batch = said(printing.batch_sheet(*vouchers_paper.batch(rows, me, now)))
    assert "4 voucher" in batch
    days = [await rini.listings.check(DAY)]
    listing = said(printing.listing(*vouchers_paper.listing(days, me, now)))
    assert "Listing transaksi 31 Juli 2023" in listing
    assert "tidak ada berkas" in listing
    number, _undo = await rini.stacks.send(ids, "Bu Ratna")
    receipt = said(printing.receipt(*vouchers_paper.receipt(await rini.stacks.receipt(number), me, now)))
    assert f"TT-{number}" in receipt
    assert "Diserahkan kepada: Bu Ratna" in receipt
    assert "post-it merah muda" in receipt
    with i18n.speaking("en"):
        english = said(printing.batch_sheet(*vouchers_paper.batch(rows, me, now)))
        assert "Cover sheet of printed vouchers" in english
    assert "Halaman uji pencetak" in said(printing.calibration_page(*vouchers_paper.calibration("A / B", me, now)))
    box = BoxLabel("BOKS", "14", "JHT", "Juli 2023", "R-1", HENDRA.code, DEWI.code, 2)
    made = stamp(me, now)
    papers = (
        printing.box_labels(LabelSheet(made, (box,)), archive_paper.label_words()),
        printing.contents(
            ContentsSheet(made, box, (ContentsRow("", HENDRA.code, "", HENDRA.name),)), archive_paper.contents_words()
        ),
        printing.code_slip(SlipSheet(made, "Boks 14", ()), archive_paper.slip_words()),
        printing.destruction(
            DestructionSheet(made, "BA-1", "Duri", DAY, "dicacah", ()), archive_paper.destruction_words()
        ),
    )
    for pdf, text in zip(papers, ("Rak", "Daftar isi", "Kode transaksi", "Senin, 31 Juli 2023"), strict=True):
        assert text in said(pdf)


def test_every_refusal_names_the_voucher_and_the_next_step() -> None:
    no = VoucherRefused(0, 7, "IBU 王芳", WhyNot.LETTER, "IBU 王芳", "王")
    told = vouchers_paper.voucher_refused(no)
    assert told == "000007 IBU 王芳: huruf “王” pada “IBU 王芳” tidak dapat dicetak; perbaiki di listing."
    for why in WhyNot:
        assert vouchers_paper.voucher_refused(replace(no, why=why)).startswith("000007 IBU 王芳")


def test_pages_of_smile_that_are_not_sure_are_told_by_their_numbers() -> None:
    states = (PageState.FOUND, PageState.UNKNOWN, PageState.UNKNOWN, PageState.UNKNOWN, PageState.TWICE)
    pages = tuple(SmilePage(n, state) for n, state in enumerate((*states, PageState.UNKNOWN), start=1))
    assert vouchers_paper.smile_told(SmileSplit(pages, pages[:1], (3, 4))) == [
        "1 dari 6 halaman dikenali, 2 voucher tanpa halaman",
        "halaman yang mengulang voucher: 5",
        "halaman yang bukan voucher dari kumpulan ini: 2–4, 6",
    ]
