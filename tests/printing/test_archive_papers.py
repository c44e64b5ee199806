"""Box labels, contents, code slips and the record of a destruction read back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from printing import LetterMissing, box_labels, code_slip, contents, destruction
from printing.archive_sheets import BoxLabel, ContentsSheet, LabelSheet, SlipSheet
from store.rules.money import format_rupiah
from tests.printing.office import STAMP, flat, pages_of
from tests.printing.voucher_desk import (
    BOX,
    CONTENTS_WORDS,
    DESTRUCTION_WORDS,
    LABEL_WORDS,
    LONG_NAME,
    SLIP_WORDS,
    contents_rows,
    destruction_sheet,
    slip_rows,
)


def labels(*boxes: BoxLabel) -> list[str]:
    return [flat(text) for text in pages_of(box_labels(LabelSheet(STAMP, boxes), LABEL_WORDS))]


def listed(sheet: ContentsSheet) -> list[str]:
    return [flat(text) for text in pages_of(contents(sheet, CONTENTS_WORDS))]


def test_a_label_says_what_box_it_is_and_what_lies_in_it() -> None:
    (text,) = labels(BOX)
    for said in (
        *("JHT Jaminan Hari Tua", "BOKS 14", "Periode September 2023", "Rak R-03 / 2"),
        *("Dari kode 01-09-2023 T0017 00000257", "Sampai kode 29-09-2023 T0017 00000311"),
        *("54 berkas · disimpan sampai 30 September 2033", "BPJS Ketenagakerjaan Kantor Cabang Duri"),
    ):
        assert said in text


def test_two_labels_share_a_sheet() -> None:
    pages = labels(*(replace(BOX, number=f"{n}") for n in range(14, 19)))
    assert [re.findall(r"BOKS ([0-9]+)", text) for text in pages] == [["14", "15"], ["16", "17"], ["18"]]
    assert [LABEL_WORDS.cut in text for text in pages] == [True, True, False]


def test_a_label_never_cuts_a_number_or_a_code() -> None:
    long = "99-99-9999 BUKU-TAMBAHAN-0001 000000000000000257"
    (text,) = labels(replace(BOX, number="BOKS-KEUANGAN-2023-000014", first=long, shelf=LONG_NAME))
    assert "BOKS-KEUANGAN-2023-000014" in text
    assert long in text
    assert LONG_NAME in text
    with pytest.raises(ValueError, match="no label"):
        labels()


def test_contents_stand_in_the_order_of_the_box_with_the_columns_that_are_known() -> None:
    rows = contents_rows(40)
    gaps = ("0258 belum ada: belum ditandatangani Kepala Bidang Keuangan.",)
    pages = listed(ContentsSheet(STAMP, BOX, rows, gaps))
    whole = " ".join(pages)
    assert "Daftar isi BOKS 14 JHT Jaminan Hari Tua · Periode September 2023 · Rak R-03 / 2 · 40 berkas" in pages[0]
    assert re.findall(r"05-09-2023 T0017 ([0-9]{8})", whole) == [f"{257 + n:08d}" for n in range(40)]
    assert all(row.kpj in whole and row.decision in whole for row in rows)
    assert f"{format_rupiah(sum(row.amount or 0 for row in rows))}" in pages[-1]
    assert "Yang kurang di antara isi boks • 0258 belum ada" in pages[-1]
    assert "Rekening penerima" in pages[0]
    assert CONTENTS_WORDS.original in pages[0]  # a word is not broken by a narrow column
    plain = listed(ContentsSheet(STAMP, BOX, contents_rows(3, full=False)))[0]
    for title in (CONTENTS_WORDS.tax, CONTENTS_WORDS.account, CONTENTS_WORDS.note, CONTENTS_WORDS.gaps, "Rp"):
        assert title not in plain


def test_an_empty_box_says_so() -> None:
    assert CONTENTS_WORDS.empty in listed(ContentsSheet(STAMP, BOX, ()))[0]


@pytest.mark.parametrize("count", [1, 2, 38, 39, 40, 77, 200])
def test_a_slip_has_every_code_once_in_the_order_of_the_box(count: int) -> None:
    pages = [flat(text) for text in pages_of(code_slip(SlipSheet(STAMP, "Boks 14", slip_rows(count)), SLIP_WORDS))]
    # Downwards, then the second column: read by the number that stands before each.
    found = {
        int(number): code
        for text in pages
        for number, code in re.findall(r"([0-9]+) (05-09-2023 T0017 [0-9]{8}|\(belum ada kode\))", text)
    }
    assert sorted(found) == list(range(1, count + 1))
    assert all(found[n] == (row.code or SLIP_WORDS.no_code) for n, row in enumerate(slip_rows(count), start=1))
    assert len(pages) <= 1 + count // 38


def test_a_slip_without_files_says_so() -> None:
    (text,) = pages_of(code_slip(SlipSheet(STAMP, "Boks 14", ()), SLIP_WORDS))
    assert SLIP_WORDS.empty in flat(text)


def test_the_record_tells_what_was_destroyed_when_how_and_before_whom() -> None:
    (text,) = [flat(page) for page in pages_of(destruction(destruction_sheet(3, note="kering"), DESTRUCTION_WORDS))]
    for said in (
        *("Berita acara pemusnahan arsip Nomor BA-3", "Rabu, 27 Desember 2023, bertempat di Duri"),
        *("isi 3 tempat arsip berjumlah 123 berkas dengan cara dicacah", "Catatan: kering"),
        *("Disetujui oleh Contoh Kepala pada 20 Desember 2023.", "Jumlah 123", "31 Maret 2020"),
        *("Yang melaksanakan Contoh Petugas", "Yang menyetujui Contoh Kepala"),
        *("Saksi 1 Saksi Contoh Satu", "Saksi 2 Saksi Contoh Dua", "Duri, 27 Desember 2023"),
    ):
        assert said in text


def test_before_it_is_carried_out_the_record_is_a_proposal_with_room_for_a_pen() -> None:
    sheet = destruction_sheet(3, done_on=None, approved_on=None, approved_by="", witnesses=(), carried_out_by="")
    (text,) = [flat(page) for page in pages_of(destruction(sheet, DESTRUCTION_WORDS))]
    assert "Diusulkan untuk dimusnahkan: isi 3 tempat arsip berjumlah 123 berkas." in text
    assert "telah dimusnahkan" not in text
    assert "Disetujui oleh" not in text
    assert "Duri, ……" in text
    assert "Saksi 1 Saksi 2" in text


def test_nobody_signs_an_empty_page() -> None:
    for count in range(28, 48):
        pages = [flat(page) for page in pages_of(destruction(destruction_sheet(count), DESTRUCTION_WORDS))]
        last = next(text for text in pages if "Yang melaksanakan" in text)
        assert "Demikian berita acara" in last


def test_the_same_rows_are_the_same_bytes_and_a_missing_letter_is_named() -> None:
    sheet = ContentsSheet(STAMP, BOX, contents_rows(5))
    assert contents(sheet, CONTENTS_WORDS) == contents(sheet, CONTENTS_WORDS)
    assert box_labels(LabelSheet(STAMP, (BOX,)), LABEL_WORDS) == box_labels(LabelSheet(STAMP, (BOX,)), LABEL_WORDS)
    with pytest.raises(LetterMissing):
        contents(ContentsSheet(STAMP, BOX, (replace(contents_rows(1)[0], original="王"),)), CONTENTS_WORDS)
    with pytest.raises(LetterMissing):
        labels(replace(BOX, note="王"))
    with pytest.raises(LetterMissing):
        code_slip(SlipSheet(STAMP, "Boks", (replace(slip_rows(1)[0], name="王"),)), SLIP_WORDS)
    with pytest.raises(LetterMissing):
        destruction(destruction_sheet(witnesses=("王",)), DESTRUCTION_WORDS)
