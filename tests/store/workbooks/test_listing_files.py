"""Listings in every shape of file say the same; what is spoiled or a picture is refused."""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FileRefused, Invalid
from store.rules.listing import Listing, read_listing
from store.workbooks.columns import rows_of, text_lines
from store.workbooks.finance_files import read_listing_file, read_paid_file
from store.workbooks.voucher_headings import LISTINGS, PAID_LISTS
from tests.listings_generator import KINDS, Paid, draw, listing, write

TEXT_KINDS = ("csv-utf8", "csv-utf16", "tabs", "spaces", "pdf", "pdf-middle")


def said(found: Listing) -> list[Paid]:
    return [
        Paid(each.code, each.booked_on, str(each.program), each.kpj, each.name, each.payee, each.amount)
        for each in found.payments
    ]


def facts(paid: list[Paid]) -> list[Paid]:
    return [Paid(each.code, each.day, each.program, each.kpj, each.name, each.payee, each.amount) for each in paid]


@pytest.mark.parametrize("kind", KINDS)
def test_a_listing_says_the_same_in_every_shape(tmp_path: Path, kind: str) -> None:
    rng = random.Random(f"56 {kind}")
    days = (date(2023, 7, 31), date(2023, 8, 1))
    made = listing(rng, draw(rng, 25, days), text_only=kind in TEXT_KINDS)
    read = read_listing(read_listing_file(write(tmp_path, made, kind), spool_dir=tmp_path).rows)
    assert read.problems == ()
    assert said(read) == facts(made.paid)
    assert next(line.debit for line in read.payments[0].lines if line.debit) == made.paid[0].amount + made.paid[0].tax


def test_the_same_listing_as_workbook_paper_and_pasted_text_is_one_content(tmp_path: Path) -> None:
    paid = draw(random.Random(5), 12)
    digests = []
    for kind in ("xlsx", "pdf", "spaces"):
        made = listing(random.Random(5), paid, text_only=kind != "xlsx")
        read = read_listing(read_listing_file(write(tmp_path, made, kind), spool_dir=tmp_path).rows)
        digests.append([each.digest for each in read.payments])
    assert len(digests[0]) == 12
    assert digests[0] == digests[1] == digests[2]


def test_a_heading_that_is_not_known_is_mapped(tmp_path: Path) -> None:
    made = listing(random.Random(1), draw(random.Random(1), 5))
    made.rows[made.header][6:8] = ["UANG?", "KURANG?"]
    path = write(tmp_path, made, "xlsx")
    assert [sheet.skipped for sheet in read_listing_file(path, spool_dir=tmp_path).sheets] == ["no-debit"]
    mapped = read_listing_file(path, overrides={"uang?": "debit", "KURANG?": "credit"}, spool_dir=tmp_path)
    assert said(read_listing(mapped.rows)) == facts(made.paid)
    with pytest.raises(Invalid):
        read_listing_file(path, overrides={"UANG?": "jht_balance"}, spool_dir=tmp_path)


def test_a_list_of_paid_files_is_read_from_its_own_headings(tmp_path: Path) -> None:
    text = (
        "DAFTAR BERKAS TANGGAL 31-07-2023\n"
        "NO\tPROGRAM\tNO KPJ\tNAMA PESERTA\tPENERIMA\tJUMLAH PENETAPAN\tTGL BAYAR\n"
        "1\tJM\t99000000001\tSITI\tBUDI\tRp. 42.000.000\t31-07-2023\n"
        "2\tJPN01\t99000000002\tH. AMIR\t\t1,234,567.00\t\n"
        "3\tJHT\t\tDEWI\t\t\t31-07-2023\n"
        "4\tJHT\t99000000003\tJOKO\t\tsatu juta\t31-07-2023\n"
        "\tJUMLAH\t\t\t\tRp43.234.567\t\n"
    )
    rows = read_paid_file(text, spool_dir=tmp_path).rows
    day = date(2023, 7, 31)
    assert [(row.program, row.kpj, row.name, row.payee, row.amount, row.paid_on) for row in rows] == [
        ("JKM", "99000000001", "SITI", "BUDI", 42_000_000, day),
        ("JP", "99000000002", "H. AMIR", "", 1_234_567, day),
        ("JHT", "", "DEWI", "", None, day),
        ("JHT", "99000000003", "JOKO", "", None, day),
    ]
    assert [row.usable for row in rows] == [True, True, True, False]
    assert [reason.code for reason in rows[3].reasons] == ["amount-unreadable"]


def spoiled_pdf(tmp_path: Path, change: str) -> Path:
    path = write(tmp_path, listing(random.Random(2), draw(random.Random(2), 3), text_only=True), "pdf")
    assert isinstance(path, Path)
    data = path.read_bytes()
    if change == "cut":
        data = data[: len(data) // 3]
    elif change == "noise":
        data = b"%PDF-1.4\n" + bytes(random.Random(2).randbytes(4000))
    elif change == "picture":
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(str(path))
        canvas.rect(50, 50, 200, 200, fill=1)
        canvas.save()
        data = path.read_bytes()
    elif change == "one page a picture":
        from PIL import Image
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(path))
        scan = io.BytesIO()
        Image.new("L", (60, 80), 128).save(scan, "PDF")
        writer.append(scan)
        writer.write(path)
        data = path.read_bytes()
    elif change == "protected":
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(path))
        writer.encrypt("rahasia", algorithm="RC4-128")
        writer.write(path)
        data = path.read_bytes()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("cut", {"damaged", "no-text"}),
        ("noise", {"damaged", "no-text"}),
        ("picture", {"no-text"}),
        ("one page a picture", {"no-text"}),
        ("protected", {"protected"}),
    ],
)
def test_a_spoiled_pdf_is_refused_and_leaves_nothing(tmp_path: Path, change: str, codes: set[str]) -> None:
    path = spoiled_pdf(tmp_path, change)
    spool = tmp_path / "spool"
    spool.mkdir()
    with pytest.raises(FileRefused) as refused:
        read_listing_file(path, spool_dir=spool)
    assert (refused.value.file, refused.value.reason in codes) == ("listing.pdf", True), refused.value.reason
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("text", ["", "  \n\t\n"])
def test_nothing_pasted_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_listing_file(text, spool_dir=tmp_path)
    assert refused.value.reason == "empty"


def test_words_without_headings_are_no_listing(tmp_path: Path) -> None:
    found = read_listing_file("Mohon dicek kembali\nterima kasih", spool_dir=tmp_path)
    assert [sheet.skipped for sheet in found.sheets] == ["no-header"]
    assert [problem.kind for problem in read_listing(found.rows).problems] == ["nothing-found"]


@given(st.text(alphabet="AKUN DEBET KREDIT KODE 05-T\n\t0.,Rp", max_size=400), st.sampled_from([LISTINGS, PAID_LISTS]))
def test_no_text_breaks_the_columns_or_loses_a_word(text: str, vocabulary: object) -> None:
    assert vocabulary in (LISTINGS, PAID_LISTS)
    rows = rows_of(text_lines(text), LISTINGS if vocabulary is LISTINGS else PAID_LISTS)
    words = sorted(word for _, cells in rows for cell in cells if cell is not None for word in str(cell).split())
    assert words == sorted(text.split())
