"""The recap read back: every figure with its definition, every bar with its count, every row of every table."""

import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from printing import Chart, CountTable, Figure, LetterMissing, RecapSheet, recap
from tests.printing.office import (
    FIGURES,
    OUTCOMES,
    RECAP_WORDS,
    STATES,
    count_table,
    flat,
    pages_of,
    recap_sheet,
)


def texts(sheet: RecapSheet) -> list[str]:
    return [flat(text) for text in pages_of(recap(sheet, RECAP_WORDS))]


def test_figures_stand_beside_their_definitions() -> None:
    (text,) = texts(recap_sheet())
    assert "Rekap JHT 56 Periode Januari–Agustus 2026" in text
    for figure in FIGURES:
        assert f"{figure.title} {figure.value} {figure.definition}" in text


def test_each_bar_has_its_name_count_and_share() -> None:
    (text,) = texts(recap_sheet())
    for name, count in (*STATES, *OUTCOMES):
        assert re.search(rf"{name} {count} [0-9]+%", text)
    assert "baru 227 19% tidak diangkat 801 57%" in text


def bar_widths(sheet: RecapSheet) -> list[float]:
    """The widths of the grey bars on the first page, in the order they are drawn."""
    import io

    content = PdfReader(io.BytesIO(recap(sheet, RECAP_WORDS))).pages[0].get_contents()
    assert content is not None
    drawn = content.get_data().decode("latin-1")
    return [float(width) for width in re.findall(r"^n \S+ \S+ (\S+) \S+ re f\*?$", drawn, flags=re.MULTILINE)]


def test_bars_are_as_long_as_their_counts() -> None:
    plain = replace(recap_sheet(), figures=(), charts=(Chart("Keadaan", (("a", 100), ("b", 50), ("c", 0), ("d", 1))),))
    widths = bar_widths(plain)
    assert len(widths) == 3
    assert widths[1] == pytest.approx(widths[0] / 2, rel=0.01)
    assert widths[2] == pytest.approx(widths[0] / 100, rel=0.05)


def test_tables_carry_every_row_and_their_sums() -> None:
    pages = texts(recap_sheet(count_table("Menurut perusahaan", 90), count_table("Menurut pembina", 3)))
    whole = " ".join(pages)
    for row in range(90):
        assert re.search(rf"\b{row + 1} {40 + row} {30 + row} {20 + row} {10 + row} {row}\b", whole)
    assert "Jumlah 7.605 6.705 5.805 4.905 4.005" in whole
    assert "Menurut perusahaan (lanjutan) Nama Orang Ditelepon Terhubung Bersedia Klaim" in pages[1]
    assert "Menurut pembina Nama Orang" in whole


def test_a_closed_period_says_when_and_by_whom() -> None:
    assert "Periode ditutup 22 November 2026 08.05 WIB oleh Dewi Anggraini" in texts(recap_sheet(closed=True))[0]
    (open_one,) = texts(recap_sheet())
    assert "ditutup 22" not in open_one
    assert RECAP_WORDS.not_closed in open_one


@pytest.mark.parametrize("rows", [0, 1, 20, 25, 26, 27, 28, 29, 30, 31, 32, 500])
def test_it_ends_with_place_date_and_signer_never_alone_on_a_page(rows: int) -> None:
    last = texts(recap_sheet(count_table("Menurut perusahaan", rows)))[-1]
    signed = last.index("Duri, 22 November 2026 Kepala Bidang Pelayanan")
    before = last[:signed]
    assert "Jumlah" in before or "Belum ada." in before


def test_what_is_empty_says_so() -> None:
    empty = replace(recap_sheet(CountTable("Menurut pembina", "Nama", ("Orang",), ())), figures=(), charts=())
    (text,) = texts(replace(empty, charts=(Chart("Keadaan", ()), Chart("Hasil", (("sibuk", 3),)))))
    assert text.count("Belum ada.") == 3
    assert "sibuk 3 100%" in text


def test_all_bars_may_be_nothing() -> None:
    (text,) = texts(replace(recap_sheet(), charts=(Chart("Hasil", (("sibuk", 0), ("lain", 0))),)))
    assert "sibuk 0 0% lain 0 0%" in text


def test_a_chart_longer_than_a_page_goes_on() -> None:
    bars = tuple((f"keadaan {number}", number) for number in range(1, 121))
    pages = texts(replace(recap_sheet(), charts=(Chart("Panjang", bars),)))
    assert len(pages) > 2
    assert [int(n) for n in re.findall(r"keadaan ([0-9]+)", " ".join(pages))] == list(range(1, 121))


@pytest.mark.parametrize("columns", [1, 7, 8, 12])
def test_many_columns_lie_on_the_long_side(columns: int) -> None:
    wide = CountTable(
        "Menurut penelepon", "Nama", tuple(f"Kol {n}" for n in range(columns)), (("Rina", tuple(range(columns))),)
    )
    (text,) = texts(recap_sheet(wide))
    assert f"Rina {' '.join(map(str, range(columns)))}" in text


def test_long_names_take_two_lines_and_long_definitions_three() -> None:
    long = " ".join(f"kata{number}" for number in range(80))
    sheet = replace(
        recap_sheet(CountTable("T", "Nama", ("Orang",), ((long, (7,)), ("Pendek", (8,))))),
        figures=(Figure("Satu", "1", long), Figure("Dua", "2", "pendek")),
    )
    (text,) = texts(sheet)
    assert text.count("…") == 2
    assert "… 7 Pendek 8" in text
    assert "Dua 2 pendek" in text


def test_no_count_loses_a_digit_or_is_broken() -> None:
    counts = tuple(10**power for power in range(6, 13))
    table = CountTable("T", "Nama", tuple(f"Kol {n}" for n in range(7)), (("Rina", counts),), counts)
    bars = Chart("Hasil", (("besar", 123_456_789_012), ("kecil", 1)))
    (text,) = texts(replace(recap_sheet(table), charts=(bars,)))
    shown = " ".join(f"{count:,}".replace(",", ".") for count in counts)
    assert f"Rina {shown} Jumlah {shown}" in text
    assert "besar 123.456.789.012 100%" in text


def test_a_company_that_cannot_be_set_is_named() -> None:
    table = CountTable("T", "Nama", ("Orang",), (("PT 张", (1,)),))
    with pytest.raises(LetterMissing) as refused:
        recap(recap_sheet(table), RECAP_WORDS)
    assert refused.value.letter == "张"


@pytest.mark.parametrize("text", ["{when} {by}", "<b>&lt;", "(x) Tj\\", "%d %s", "[/]"])
def test_hostile_names_are_text(text: str) -> None:
    sheet = replace(
        recap_sheet(CountTable(text, text, (text,), ((text, (1,)),)), closed=True),
        charts=(Chart(text, ((text, 2),)),),
        closed_by=text,
    )
    (page,) = texts(sheet)
    assert page.count(flat(text)) == 7
