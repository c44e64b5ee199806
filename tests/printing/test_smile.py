"""Smile's voucher PDF taken apart: which page is whose, in what order, and what is not sure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from printing import pick_pages, split_pages
from printing.smile import pick_smile, read_pdf, split_smile
from printing.smile_sheets import PageState, SmilePage, SmileRefused, SmileWanted
from store.errors import FileRefused
from store.rules.codes import read_code


def wanted(key: int, program: str = "JHT", **changes: Any) -> SmileWanted:
    code = changes.pop("code", f"05-09-2023 T0017 {67659000 + key:08d}")
    values = {"name": f"PESERTA CONTOH {key}", "payee": f"PESERTA CONTOH {key}", "amount": 1_000_000 * key + 961}
    return SmileWanted(key, program, code, read_code(code).order, **{**values, **changes})


def page_of(each: SmileWanted, **changes: str) -> list[str]:
    """What a page of another program says, in its own way of writing."""
    lines = {
        "head": "BUKTI VOUCHER",
        "code": f"Kode Transaksi : {each.code}",
        "name": f"Nama TK : {each.name}",
        "payee": f"Dibayar kepada : {each.payee}",
        "amount": f"Jumlah : {each.amount:,}.00",
    }
    return [line for line in {**lines, **changes}.values() if line]


def smile_pdf(pages: Sequence[Sequence[str]], *, password: str = "") -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(70, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    if not password:
        return target.getvalue()
    writer = PdfWriter(io.BytesIO(target.getvalue()))
    writer.encrypt(password)
    closed = io.BytesIO()
    writer.write(closed)
    return closed.getvalue()


def states(pages: Sequence[Sequence[str]], *those: SmileWanted) -> list[tuple[PageState, int | None]]:
    return [(page.state, page.key) for page in split_pages(smile_pdf(pages), those).pages]


def test_pages_are_put_in_order_by_programme_and_code_and_stay_as_they_were() -> None:
    those = [
        wanted(1, "JKK", code="05-09-2023 T0018 00000009"),
        wanted(2, "JHT", code="06-09-2023 T0017 00000001"),
        wanted(3, "JHT", code="05-09-2023 T0017 00000300"),
        wanted(4, "JHT", code="05-09-2023 T0017 00000040"),
        wanted(5, "JP"),
    ]
    pdf = smile_pdf([page_of(each) for each in those[:4]])
    found = split_pages(pdf, those)
    assert [page.key for page in found.pages] == [1, 2, 3, 4]
    assert [(page.page, page.key) for page in found.chosen] == [(4, 4), (3, 3), (2, 2), (1, 1)]
    assert found.missing == (5,)
    picked = pick_pages(pdf, [page.page for page in found.chosen])
    assert picked == pick_pages(pdf, [page.page for page in found.chosen])
    before, after = PdfReader(io.BytesIO(pdf)).pages, PdfReader(io.BytesIO(picked)).pages
    assert [page.extract_text() for page in after] == [before[n].extract_text() for n in (3, 2, 1, 0)]
    for place, number in enumerate((3, 2, 1, 0)):
        old, new = before[number].get_contents(), after[place].get_contents()
        assert old is not None
        assert new is not None
        assert new.get_data() == old.get_data()
        assert after[place].mediabox == before[number].mediabox


def test_a_page_is_known_by_its_code_and_amount_however_they_are_written() -> None:
    each = wanted(1, amount=59_538_689, code="05-09-2023 T0017 67659622")
    for code in ("05-09-2023 T0017 67659622", "05-09-2023/T0017/67659622", "05-09-2023  t0017  67659622"):
        for amount in ("Rp59.538.689,00", "59,538,689.00", "Rp. 59.538.689", "59538689", "Rp 59.538.689,-"):
            said = page_of(each, code=code, amount=f"JUMLAH {amount} (RUPIAH)", name="", payee="")
            assert states([said], each) == [(PageState.FOUND, 1)], (code, amount)


def test_without_a_code_the_amount_and_a_name_tell_it() -> None:
    each = wanted(1, name="H. NUR'AINI BINTI ABD.RAHMAN, S.E.", payee="RS PERMATA CONTOH")
    by_name = page_of(each, code="", payee="", name="Nama : Nuraini binti Abd. Rahman")
    by_payee = page_of(each, code="", name="")
    neither = page_of(each, code="", name="Nama : ORANG LAIN", payee="")
    assert states([by_name], each) == [(PageState.FOUND, 1)]
    assert states([by_payee], each) == [(PageState.FOUND, 1)]
    assert states([neither], each) == [(PageState.UNKNOWN, None)]


def test_the_code_with_another_amount_is_not_taken() -> None:
    each = wanted(1)
    assert states([page_of(each, amount="Jumlah : 961.731")], each) == [(PageState.DIFFERS, 1)]


def test_a_page_that_names_another_transaction_is_not_taken_for_its_name() -> None:
    each = wanted(1)
    assert states([page_of(each, code="Kode : 04-09-2023 T0017 11111111")], each) == [(PageState.UNKNOWN, None)]


def test_a_code_inside_a_longer_number_is_another_code() -> None:
    each = wanted(1, code="05-09-2023 T0017 6765")
    longer = page_of(each, code="Kode : 05-09-2023 T0017 67659")
    assert states([longer], each) == [(PageState.UNKNOWN, None)]


def test_pages_that_are_not_sure_are_told_by_number() -> None:
    first, second = wanted(1, amount=42_000_000), wanted(2, amount=42_000_000, name="PESERTA CONTOH 1")
    summary = [*page_of(first), *page_of(second)]
    same = page_of(first, code="")
    pdf = smile_pdf([summary, page_of(first), page_of(first), [], ["Halaman kosong"], same])
    found = split_pages(pdf, [first, second])
    assert found.chosen == (SmilePage(2, PageState.FOUND, 1),)
    assert found.numbers(PageState.SEVERAL) == (1, 6)
    assert found.numbers(PageState.TWICE) == (3,)
    assert found.numbers(PageState.NO_TEXT) == (4,)
    assert found.numbers(PageState.UNKNOWN) == (5,)
    assert found.missing == (2,)


@pytest.mark.parametrize(
    ("pdf", "why"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 a workbook", "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>", "damaged"),
        (smile_pdf([["x"]], password="rahasia"), "protected"),
    ],
    ids=["empty", "a workbook", "no pages", "protected"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(pdf: bytes, why: str) -> None:
    with pytest.raises(SmileRefused) as no:
        split_pages(pdf, [wanted(1)])
    assert no.value.why == why
    with pytest.raises(SmileRefused):
        pick_pages(pdf, [1])


def test_only_pages_that_there_are_can_be_picked() -> None:
    pdf = smile_pdf([["x"]])
    with pytest.raises(IndexError):
        pick_pages(pdf, [2])
    with pytest.raises(IndexError):
        pick_pages(pdf, [0])
    with pytest.raises(ValueError, match="no page"):
        pick_pages(pdf, [])


def test_hundreds_of_pages_are_each_known() -> None:
    those = [wanted(n) for n in range(1, 201)]
    found = split_pages(smile_pdf([page_of(each) for each in reversed(those)]), those)
    assert [page.page for page in found.chosen] == list(range(200, 0, -1))
    assert found.missing == ()


def test_the_limited_child_takes_it_apart_the_same_and_marks_a_page_that_is_printed_again(tmp_path: Path) -> None:
    those = [wanted(n) for n in range(1, 900)]  # more than an argument of a process holds
    pdf = smile_pdf([page_of(those[1]), page_of(those[0])])
    assert split_smile(pdf, "v.pdf", those, tmp_path) == split_pages(pdf, those)
    first, second = pick_smile(pdf, "v.pdf", [[(2, "")], [(1, "CETAK ULANG ke-1"), (2, "")]], tmp_path)
    assert first == pick_pages(pdf, [2])
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(second)).pages]
    assert ["CETAK ULANG ke-1" in text for text in texts] == [True, False]
    assert [those[at].code in text for at, text in zip((1, 0), texts, strict=True)] == [True, True]
    for spoiled, why in ((b"%PDF-1.4 rusak", "pdf-damaged"), (smile_pdf([["x"]], password="rahasia"), "pdf-protected")):
        with pytest.raises(FileRefused) as refused:
            split_smile(spoiled, "v.pdf", those[:1], tmp_path)
        assert (refused.value.file, refused.value.reason) == ("v.pdf", why)
    other = tmp_path / "voucher.pdf"
    other.write_bytes(b"PK")
    with pytest.raises(FileRefused, match="not-pdf"):
        read_pdf(other)
