"""The office's own voucher read back: whole, in its place, once, with a barcode that a scanner reads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer, LTPage
from pypdf import PdfReader

from printing import LetterMissing, vouchers
from printing.documents import voucher_template as place
from printing.documents.voucher import MOST_LINES
from printing.documents.voucher_template import Box
from printing.voucher_sheets import VoucherPaper, VoucherSheet, WhyNot
from store.rules.money import format_rupiah
from store.rules.printing import Calibration
from store.rules.terbilang import MOST, terbilang
from tests.printing.office import STAMP, flat, pages_of
from tests.printing.voucher_desk import LONG_NAME, SIGNERS, VOUCHER_WORDS, account_lines, voucher

# Of the standard, ISO/IEC 15417: widths of bar, gap, bar, gap, bar, gap of each value.
CODE128 = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
""".split()  # noqa: SIM905 - as a table, not as a hundred lines
STOP = "2331112"
TO_C, TO_B, START_B, START_C = 99, 100, 104, 105


def draw(*sheets: VoucherSheet) -> VoucherPaper:
    return vouchers(sheets, STAMP, VOUCHER_WORDS)


def text_of(sheet: VoucherSheet) -> str:
    (text,) = pages_of(draw(sheet).pdf)
    return flat(text)


def scanned(pdf: bytes, page: int = 0) -> str:
    """What a scanner types: the bars of a page, read by the table of the standard."""
    contents = PdfReader(io.BytesIO(pdf)).pages[page].get_contents()
    assert contents is not None
    bars = [(int(at), int(wide)) for at, wide in re.findall(r"([0-9]+) 0 ([0-9]+) 1 re", contents.get_data().decode())]
    widths = ""
    for (at, wide), (after, _wide) in zip(bars, [*bars[1:], (0, 0)], strict=True):
        widths += f"{wide}{after - at - wide if after else ''}"
    assert widths.endswith(STOP)
    symbols = re.findall("[1-4]{6}", widths.removesuffix(STOP))
    start, *values, check = [CODE128.index(symbol) for symbol in symbols]
    assert check == (start + sum(n * value for n, value in enumerate(values, start=1))) % 103
    digits, text = start == START_C, ""
    for value in values:
        if value == TO_C and not digits:
            digits = True
        elif value == TO_B and digits:
            digits = False
        else:
            text += f"{value:02}" if digits else chr(value + 32)
    return text


def letters_in(pdf: bytes) -> list[LTChar]:
    """Every letter of the first page with its place, as another reader finds it."""

    def inside(item: object) -> Iterator[LTChar]:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            for part in item:
                yield from inside(part)

    page: LTPage = next(iter(extract_pages(io.BytesIO(pdf), laparams=None)))
    return list(inside(page))


def said_in(box: Box, found: list[LTChar]) -> str:
    """The letters, without blanks, that begin in a box; they end in it as well."""
    held = [each for each in found if box.left <= each.x0 < box.right and box.low <= (each.y0 + each.y1) / 2 < box.high]
    for each in held:
        assert each.x1 <= box.right, each
    return "".join(each.get_text() for each in held).replace(" ", "").replace("\xa0", "")


def test_a_voucher_says_who_was_paid_what_and_why() -> None:
    text = text_of(voucher(7, payee="RS PERMATA CONTOH", program="JKK"))
    for said in (
        *("BPJS Ketenagakerjaan Kantor Cabang Duri", "JKK", "Jaminan Kecelakaan Kerja", "No. 000007"),
        *("05-09-2023 T0017 67659007", "5 September 2023", "LESTARI CONTOH", "99000000007", "00099123"),
        *("PT RIMBA SEJAHTERA ABADI", "RS PERMATA CONTOH", "Rp59.538.696,00", "5110100", "BANK OPERASIONAL"),
        *("LIMA PULUH SEMBILAN JUTA", "PULUH ENAM RUPIAH", "Dicetak 22 November 2026 08.05 WIB oleh Rina Marlina"),
    ):
        assert said in text
    assert text.count("Rp59.538.696 ") >= 3  # a debit, a credit, their sums


def test_three_places_to_sign_with_title_name_and_colour() -> None:
    text = text_of(voucher())
    assert "Kepala Bidang Pelayanan post-it merah muda Contoh Pelayanan" in text
    assert "Kepala Bidang Keuangan post-it oranye Contoh Keuangan" in text
    assert re.search(r"Kepala Kantor Cabang post-it biru \.{20,}", text)


def test_an_original_is_no_copy_and_a_copy_says_which_and_why() -> None:
    assert "CETAK ULANG" not in text_of(voucher())
    text = text_of(voucher(copy=2, reason="kertas sobek"))
    assert "CETAK ULANG ke-2 Alasan: kertas sobek" in text
    assert "No. 000001" in text


def test_a_successor_names_the_void_voucher() -> None:
    assert "Menggantikan voucher No. 000012 yang batal" in text_of(voucher(13, replaces=12))


def test_an_office_is_called_as_it_was_when_the_voucher_was_numbered() -> None:
    text = text_of(voucher(office="Kantor Cabang Lama"))
    assert "Kantor Cabang Lama" in text
    assert STAMP.office not in text


def test_a_void_voucher_is_never_printed() -> None:
    paper = draw(voucher(void=True))
    assert (paper.pdf, paper.positions) == (b"", ())
    assert [(no.number, no.why) for no in paper.refused] == [(1, WhyNot.VOID)]


def test_a_practice_office_is_seen_across_the_page() -> None:
    paper = vouchers([voucher()], replace(STAMP, practice=True), VOUCHER_WORDS)
    (text,) = pages_of(paper.pdf)
    assert text.count("LATIHAN") == 2
    assert "LATIHAN" not in text_of(voucher())


def test_one_letter_that_the_face_lacks_refuses_that_voucher_and_no_other() -> None:
    sheets = [voucher(1), voucher(2, name="IBU 王芳"), voucher(3, payee="ก"), voucher(4)]
    paper = draw(*sheets)
    assert paper.positions == (0, 3)
    assert [(no.position, no.number, no.name, no.why, no.text, no.letter) for no in paper.refused] == [
        (1, 2, "IBU 王芳", WhyNot.LETTER, "IBU 王芳", "王"),
        (2, 3, "LESTARI CONTOH", WhyNot.LETTER, "ก", "ก"),
    ]
    pages = [flat(text) for text in pages_of(paper.pdf)]
    assert ["No. 000001" in pages[0], "No. 000004" in pages[1], len(pages)] == [True, True, 2]
    assert paper.pdf == draw(sheets[0], sheets[3]).pdf


def test_a_letter_that_the_office_itself_lacks_is_no_fault_of_a_voucher() -> None:
    with pytest.raises(LetterMissing):
        vouchers([voucher()], replace(STAMP, office="王"), VOUCHER_WORDS)


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (voucher(amount=None), WhyNot.AMOUNT),
        (voucher(amount=0), WhyNot.AMOUNT),
        (voucher(amount=MOST + 1), WhyNot.AMOUNT),
        (voucher(lines=MOST_LINES + 1), WhyNot.LINES),
        (voucher(lines=0, amount=1), WhyNot.LINES),
        (voucher(signers=()), WhyNot.SIGNERS),
        (voucher(signers=SIGNERS * 3), WhyNot.SIGNERS),
        (voucher(name="W" * 200), WhyNot.LENGTH),
        (voucher(code="T" * 120), WhyNot.LENGTH),
        (voucher(code="T0017–1"), WhyNot.LETTER),
    ],
)
def test_what_cannot_stand_whole_on_the_sheet_is_refused_with_its_reason(sheet: VoucherSheet, why: WhyNot) -> None:
    if why is WhyNot.LINES and sheet.lines:
        sheet = replace(sheet, lines=account_lines(MOST_LINES + 1, 100, "X"))
    elif why is WhyNot.LINES:
        sheet = replace(sheet, lines=())
    paper = draw(sheet)
    assert (paper.pdf, [no.why for no in paper.refused]) == (b"", [why])


def test_the_same_vouchers_are_the_same_bytes() -> None:
    sheets = [voucher(n, lines=1 + n % MOST_LINES, copy=n % 2, reason="sobek") for n in range(1, 15)]
    assert draw(*sheets).pdf == draw(*sheets).pdf


def test_what_vouchers_share_is_in_the_file_once() -> None:
    one, many = len(draw(voucher(1)).pdf), len(draw(*[voucher(n) for n in range(1, 101)]).pdf)
    assert many < one + 100 * 1_600


@pytest.mark.parametrize("lines", [1, 6, MOST_LINES])
def test_all_account_lines_stand_above_the_signatures(lines: int) -> None:
    sheet = voucher(lines=lines, name=LONG_NAME, payee=LONG_NAME, amount=987_654_321_999, copy=1, reason="kertas sobek")
    found = letters_in(draw(sheet).pdf)
    table = said_in(place.TABLE, found)
    for line in sheet.lines:
        assert line.account in table
        assert format_rupiah(line.debit or line.credit) in table
    assert "Kepala" not in table
    for box in place.signature_boxes(3):
        assert "post-it" in said_in(box, found)


def test_six_sign_in_two_rows() -> None:
    sheet = voucher(signers=tuple(replace(each, key=f"{each.key}{n}") for n in (1, 2) for each in SIGNERS))
    found = letters_in(draw(sheet).pdf)
    boxes = place.signature_boxes(6)
    assert len({box.low for box in boxes}) == 2
    for box in boxes:
        assert "post-it" in said_in(box, found)


LETTERS = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ .,'-WWMMÉŁ王ş")


@settings(max_examples=30, deadline=None)
@example(name="A", payee=" ", amount=1)
@example(name=" ", payee=" ", amount=1)
@given(
    name=st.text(LETTERS, min_size=1, max_size=150),
    payee=st.text(LETTERS, min_size=1, max_size=150),
    amount=st.one_of(st.integers(1, MOST), st.integers(1, 10**8)),
)
def test_any_name_and_amount_stands_whole_inside_its_box_or_is_refused(name: str, payee: str, amount: int) -> None:
    sheet = voucher(name=name, payee=payee, amount=amount, lines=2)
    paper = draw(sheet)
    if paper.refused:
        (no,) = paper.refused
        assert no.name == name
        assert no.why in (WhyNot.LETTER, WhyNot.LENGTH)
        assert no.text in (" ".join(name.split()), " ".join(payee.split()))
        if no.why is WhyNot.LETTER:
            assert no.letter == "王"
        else:
            assert len(no.text) > 60
        return
    found = letters_in(paper.pdf)
    shown = [" ".join(text.split()) for text in (name, payee)]
    told = [shown[0] or "—", shown[1] or shown[0] or "—"]
    for box, label, text in (
        (place.PARTICIPANT, VOUCHER_WORDS.participant, told[0]),
        (place.PAYEE, VOUCHER_WORDS.payee, told[1]),
        (place.AMOUNT, VOUCHER_WORDS.amount, format_rupiah(amount, cents=True)),
        (place.IN_WORDS, VOUCHER_WORDS.in_words, terbilang(amount).upper()),
    ):
        assert said_in(box, found) == f"{text}{label}".replace(" ", "")


def test_names_of_sixty_letters_are_set_large_enough_to_read() -> None:
    found = letters_in(draw(voucher(name=LONG_NAME, payee=LONG_NAME)).pdf)
    sizes = [each.size for each in found if place.PARTICIPANT.low < each.y0 < each.y1 < place.PARTICIPANT.high - 10]
    assert len(sizes) >= len(LONG_NAME.replace(" ", ""))
    assert min(sizes) >= 9


@pytest.mark.parametrize("code", ["05-09-2023 T0018 22398740", "T9", "1", "12345", "abc~ /{}", "05/09/2023-T0018/007"])
def test_a_scanner_types_the_code(code: str) -> None:
    assert scanned(draw(voucher(code=code)).pdf) == code


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=24))
def test_a_scanner_types_any_code(code: str) -> None:
    assert scanned(draw(voucher(code=code)).pdf) == code


def test_each_page_has_the_bars_of_its_own_voucher() -> None:
    pdf = draw(voucher(1), voucher(2)).pdf
    assert [scanned(pdf, page) for page in (0, 1)] == [voucher(1).code, voucher(2).code]


def test_a_corrected_page_is_moved_as_a_whole() -> None:
    plain = letters_in(draw(voucher()).pdf)
    moved = letters_in(vouchers([voucher()], STAMP, VOUCHER_WORDS, Calibration(dx=2, dy=-3)).pdf)
    points = 72 / 25.4
    for before, after in zip(plain, moved, strict=True):
        assert (after.x0 - before.x0, after.y0 - before.y0) == pytest.approx((2 * points, -3 * points), abs=0.01)


@pytest.mark.parametrize("text", ["{number} {0} %s", "<b>&lt;", "(x) Tj\\", "[/]"])
def test_hostile_text_is_text(text: str) -> None:
    sheet = voucher(name=text, payee=text, company=text, kpj=text, npp="1", copy=1, reason=text)
    assert text_of(sheet).count(text) == 5
