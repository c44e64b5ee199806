"""Listing, batch sheet, tanda terima and test page read back."""

from __future__ import annotations

import re
from dataclasses import replace
from math import cos, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import LetterMissing, batch_sheet, calibration_page, listing, receipt
from printing.calibration import CROSSES, corrected, measured
from printing.voucher_sheets import BatchSheet, CalibrationSheet, ListingRow, ListingSheet, ReceiptSheet
from store.rules.money import format_rupiah
from store.rules.printing import Calibration, CalibrationError
from tests.printing.office import STAMP, flat, pages_of
from tests.printing.voucher_desk import (
    BATCH_WORDS,
    CALIBRATION_WORDS,
    DAY,
    LISTING_WORDS,
    LONG_NAME,
    RECEIPT_WORDS,
    SIGNERS,
    batch_rows,
    listing_rows,
    receipt_rows,
)


def listed(*programs: tuple[str, tuple[ListingRow, ...]]) -> list[str]:
    sheet = ListingSheet(STAMP, "5 September 2023", programs)
    return [flat(text) for text in pages_of(listing(sheet, LISTING_WORDS))]


def test_a_listing_sums_each_programme_and_all_of_them() -> None:
    jht, jkk = listing_rows(40), listing_rows(7, "JKK", note="tanpa berkas")
    pages = listed(("JHT", jht), ("JKK", jkk))
    whole = " ".join(pages)
    sums = [sum(row.amount or 0 for row in rows) for rows in (jht, jkk)]
    assert f"Jumlah JHT 40 transaksi {format_rupiah(sums[0])}" in whole
    assert f"Jumlah JKK 7 transaksi {format_rupiah(sums[1])}" in whole
    assert f"Jumlah seluruhnya · 47 transaksi {format_rupiah(sum(sums))}" in pages[-1]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]
    assert [row.code for row in jht] == re.findall(r"05-09-2023 T0017 [0-9]{8}", whole)[:40]
    assert "tanpa berkas" in whole
    assert "JHT · Jaminan Hari Tua (lanjutan)" in pages[1]


def test_a_listing_whose_amounts_are_hidden_tells_no_sum() -> None:
    rows = tuple(replace(row, amount=None) for row in listing_rows(3))
    (text,) = listed(("JHT", rows))
    assert "Rp" not in text
    assert "Jumlah seluruhnya · 3 transaksi" in text


def test_a_listing_without_transactions_says_so() -> None:
    assert LISTING_WORDS.empty in listed()[0]


def test_a_batch_is_counted_by_programme_and_every_voucher_has_its_boxes() -> None:
    rows = batch_rows(60, copies=1)
    pages = [flat(text) for text in pages_of(batch_sheet(BatchSheet(STAMP, DAY, rows), BATCH_WORDS))]
    whole = " ".join(pages)
    assert "5 September 2023 · 60 voucher" in pages[0]
    assert "JHT · Jaminan Hari Tua 15 000200–000214" in pages[0]
    assert f"Seluruhnya 60 {format_rupiah(sum(row.amount or 0 for row in rows))}" in pages[0]
    assert "000200 CU ke-1" in pages[0]
    assert re.findall(r" (0002[0-9]{2}) (?:CU ke-1 )?J", whole) == [f"{row.number:06d}" for row in rows]
    assert all("kertas benar rangkap" in text for text in pages)
    assert BATCH_WORDS.checked_by in pages[-1]


def test_a_batch_without_vouchers_says_so() -> None:
    (text,) = pages_of(batch_sheet(BatchSheet(STAMP, DAY, ()), BATCH_WORDS))
    assert BATCH_WORDS.empty in flat(text)


def test_a_receipt_names_the_stack_its_files_and_who_signs() -> None:
    rows = receipt_rows(45)
    sheet = ReceiptSheet(STAMP, "TT-12", DAY, "Contoh Penata Madya", SIGNERS, rows)
    pages = [flat(text) for text in pages_of(receipt(sheet, RECEIPT_WORDS))]
    for said in (
        *("No. TT-12", "45 berkas", "Diserahkan kepada: Contoh Penata Madya", "Kepala Kantor Cabang: post-it biru"),
        *("Kepala Bidang Pelayanan (Contoh Pelayanan): post-it merah muda", "Rp987.654.321.000"),
    ):
        assert said in pages[0]
    assert all(re.search(r"Pelayanan merah muda .*Keuangan oranye .*Cabang biru", text) for text in pages)
    assert re.findall(r" (000[0-9]{3}) JHT", " ".join(pages)) == [f"{row.number:06d}" for row in rows]
    assert "Berkas keluar Yang menyerahkan" in pages[-1]
    assert "Berkas kembali Yang menyerahkan" in pages[-1]


def test_a_receipt_crosses_the_box_of_a_signature_that_is_there() -> None:
    sheet = ReceiptSheet(STAMP, "TT-12", DAY, "", SIGNERS, receipt_rows(1, hidden=True))
    none = replace(sheet, rows=tuple(replace(row, signed=frozenset()) for row in sheet.rows))
    assert receipt(sheet, RECEIPT_WORDS) != receipt(none, RECEIPT_WORDS)
    (text,) = pages_of(receipt(sheet, RECEIPT_WORDS))
    assert "Rp" not in text
    assert "Diserahkan kepada" not in text


@pytest.mark.parametrize("draw", ["listing", "batch", "receipt"])
def test_a_letter_that_cannot_be_set_is_named_and_hostile_text_is_text(draw: str) -> None:
    def drawn(name: str) -> bytes:
        if draw == "listing":
            rows = tuple(replace(row, name=name) for row in listing_rows(1))
            return listing(ListingSheet(STAMP, "5 September 2023", (("JHT", rows),)), LISTING_WORDS)
        if draw == "batch":
            batch = tuple(replace(row, name=name) for row in batch_rows(1))
            return batch_sheet(BatchSheet(STAMP, DAY, batch), BATCH_WORDS)
        files = tuple(replace(row, name=name) for row in receipt_rows(1))
        return receipt(ReceiptSheet(STAMP, "TT-1", DAY, "", SIGNERS, files), RECEIPT_WORDS)

    with pytest.raises(LetterMissing) as no:
        drawn("IBU 王芳")
    assert (no.value.text, no.value.letter) == ("IBU 王芳", "王")
    assert "<b>{n}%s" in pages_of(drawn("<b>{n}%s"))[0]
    assert "…" in pages_of(drawn(f"{LONG_NAME} {LONG_NAME}"))[0]
    assert drawn("A") == drawn("A")


def test_the_test_page_says_where_its_crosses_belong_and_how_to_measure() -> None:
    sheet = CalibrationSheet(STAMP, "HP-Keuangan / Tray 2")
    (text,) = pages_of(calibration_page(sheet, CALIBRATION_WORDS))
    told = flat(text)
    for number, (x, y) in enumerate(CROSSES, start=1):
        assert f"silang {number}: {x:g} / {y:g} mm" in told
    assert "HP-Keuangan / Tray 2" in told
    assert all(step.split(",")[0] in told for step in CALIBRATION_WORDS.steps)
    assert calibration_page(sheet, CALIBRATION_WORDS) == calibration_page(sheet, CALIBRATION_WORDS)
    assert calibration_page(sheet, CALIBRATION_WORDS, Calibration(dx=1)) != calibration_page(sheet, CALIBRATION_WORDS)


@settings(deadline=None)
@given(
    move=st.tuples(st.floats(-6, 6), st.floats(-6, 6)),
    stretch=st.tuples(st.floats(0.98, 1.02), st.floats(0.98, 1.02)),
    turn=st.floats(-1, 1),
    place=st.tuples(st.floats(0, 210), st.floats(0, 297)),
    misread=st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2)), min_size=4, max_size=4),
)
def test_after_one_test_page_everything_stands_within_half_a_millimetre(
    move: tuple[float, float],
    stretch: tuple[float, float],
    turn: float,
    place: tuple[float, float],
    misread: list[tuple[float, float]],
) -> None:
    """A printer that moves, stretches and turns; a ruler that is read to a fifth of a millimetre."""

    def printed(point: tuple[float, float]) -> tuple[float, float]:
        x, y = (point[0] - 100) * stretch[0], (point[1] - 150) * stretch[1]
        angle = radians(turn)
        return 100 + x * cos(angle) - y * sin(angle) + move[0], 150 + x * sin(angle) + y * cos(angle) + move[1]

    seen = [printed(cross) for cross in CROSSES]
    read = [(x + off[0], y + off[1]) for (x, y), off in zip(seen, misread, strict=True)]
    for found, most in ((measured(seen), 0.15), (measured(read), 0.75)):
        at = printed(corrected(found, place))
        assert abs(at[0] - place[0]) <= most
        assert abs(at[1] - place[1]) <= most


def test_a_sheet_that_no_printer_makes_is_refused() -> None:
    assert measured(CROSSES) == Calibration()
    with pytest.raises(CalibrationError):
        measured([(x + 30, y) for x, y in CROSSES])
    with pytest.raises(ValueError):
        measured(CROSSES[:3])
    with pytest.raises(ValueError):
        measured([(10, 10)] * 4)
