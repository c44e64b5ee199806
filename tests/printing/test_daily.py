"""The daily report read back: who did what, when, per section."""

import re
from dataclasses import replace

import pytest

from printing import DailyLine, DailyPerson, DailySection, DailySheet, LetterMissing, daily
from tests.printing.office import DAILY_WORDS, MADE_AT, daily_person, daily_sheet, flat, pages_of


def texts(sheet: DailySheet) -> list[str]:
    return [flat(text) for text in pages_of(daily(sheet, DAILY_WORDS))]


def test_sections_people_counts_and_lines_stand_in_order() -> None:
    pelayanan = DailySection("Pelayanan", (daily_person("Rina Marlina", 3), daily_person("Budi Santoso", 2)))
    keuangan = DailySection("Keuangan", (daily_person("Sari Dewi", 1),))
    (text,) = texts(daily_sheet(pelayanan, keuangan))
    parts = (
        *("Laporan harian Jumat, 20 November 2026", "Pelayanan", "Jumlah: Telepon JHT 56: 5 · Telepon masuk: 6"),
        *("Rina Marlina Telepon JHT 56: 3 · Telepon masuk: 3", "Budi Santoso Telepon JHT 56: 2", "Keuangan"),
        *("Sari Dewi Telepon JHT 56: 1", "Duri, 20 November 2026 Kepala Kantor Cabang"),
    )
    places = [text.index(said) for said in parts]
    assert places == sorted(places)


def test_lines_stand_in_the_order_of_time_with_the_hour_of_the_office() -> None:
    (text,) = texts(daily_sheet(DailySection("Pelayanan", (daily_person("Rina Marlina", 4),))))
    assert re.findall(r"([0-9]{2}\.[0-9]{2}) Telepon JHT 56 ", text) == ["08.05", "08.10", "08.15", "08.20"]
    assert "08.05 Telepon JHT 56 Bapak Sugeng Riyadi: tidak diangkat" in text


def test_one_person_needs_no_sum_of_the_section() -> None:
    (text,) = texts(daily_sheet(DailySection("Pelayanan", (daily_person("Rina Marlina", 1),))))
    assert "Jumlah:" not in text


def test_a_person_on_two_pages_is_named_on_both() -> None:
    pages = texts(daily_sheet(DailySection("Pelayanan", (daily_person("Rina Marlina", 500),))))
    assert len(pages) > 8
    assert all("Rina Marlina (lanjutan) Jam Pekerjaan Keterangan" in text for text in pages[1:])
    assert sum(len(re.findall(r"Telepon JHT 56 (?:Bapak|Ibu)", text)) for text in pages) == 500
    assert "Kepala Kantor Cabang" in pages[-1]
    assert "Telepon JHT 56" in pages[-1]


def test_a_day_without_work_says_so() -> None:
    (text,) = texts(daily_sheet())
    assert DAILY_WORDS.empty in text


def test_a_section_and_a_person_without_work_say_so() -> None:
    (text,) = texts(daily_sheet(DailySection("Keuangan", ()), DailySection("Umum", (DailyPerson("Sari", (), ()),))))
    assert "Keuangan Tidak ada yang dicatat." in text
    assert "Sari Tidak ada yang dicatat." in text


def test_without_a_signer_there_is_no_signature() -> None:
    (text,) = texts(daily_sheet(signer=""))
    assert "Duri," not in text


def test_long_details_take_four_lines_and_long_names_one() -> None:
    long = " ".join(f"kata{number}" for number in range(100))
    person = DailyPerson(long, ((long, 1),), (DailyLine(MADE_AT, long, long), DailyLine(MADE_AT, "akhir", "selesai")))
    (text,) = texts(daily_sheet(DailySection(long, (person,))))
    assert text.count("…") == 5
    assert "08.05 akhir selesai" in text


@pytest.mark.parametrize("text", ["{when} {by}", "<b>&lt;", "(x) Tj\\", "%d %s", "[/]"])
def test_hostile_text_is_text(text: str) -> None:
    person = DailyPerson(text, ((text, 1),), (DailyLine(MADE_AT, text, text),))
    (page,) = texts(replace(daily_sheet(DailySection(text, (person,))), place=text, signer=text))
    assert page.count(text) == 7


def test_a_letter_that_cannot_be_set_is_named() -> None:
    with pytest.raises(LetterMissing):
        daily(daily_sheet(DailySection("Umum", (daily_person("张伟", 1),))), DAILY_WORDS)
