"""A quick answer on A4, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from printing import AnswerSheet, AnswerWords, LetterMissing, answer
from store.rules.script import render
from tests.printing.office import PAPER, STAMP, flat, pages_of

WORDS = AnswerWords(
    paper=PAPER,
    source="Sumber: {source}",
    valid="Berlaku sampai {day}",
    expired="KEDALUWARSA: berlaku sampai {day}.",
    phone="Telepon {phone}",
)
SHEET = AnswerSheet(
    STAMP,
    "JHT usia 56",
    tuple(render("# Syarat\n\nBawa **asli**, dan fotokopi.\n\n- KTP\n- Kartu **KPJ** semua", {})),
    "Permenaker 4/2022",
    date(2027, 12, 31),
    False,
    "Jl. Contoh No. 1, Duri",
    "(0765) 91234",
)


def text_of(sheet: AnswerSheet) -> str:
    return " ".join(flat(page) for page in pages_of(answer(sheet, WORDS)))


def test_title_text_source_date_and_office_stand_on_one_page() -> None:
    (page,) = pages_of(answer(SHEET, WORDS))
    text = flat(page)
    parts = ("JHT usia 56", "Syarat", "Bawa asli, dan fotokopi.", "• KTP", "• Kartu KPJ semua", "Sumber: Permenaker")
    places = [text.index(part) for part in (*parts, "Berlaku sampai 31 Desember 2027", "Jl. Contoh", "(0765) 91234")]
    assert places == sorted(places)
    assert "KEDALUWARSA" not in text


def test_an_expired_answer_says_so_before_its_text() -> None:
    text = text_of(replace(SHEET, expired=True))
    assert text.index("KEDALUWARSA: berlaku sampai 31 Desember 2027.") < text.index("Syarat")
    assert "Berlaku sampai" not in text


def test_a_long_answer_goes_on_overleaf_and_loses_no_word() -> None:
    words = [f"kata{n}" for n in range(600)]
    sheet = replace(SHEET, blocks=tuple(render(" ".join(words) + "\n\n- " + "\n- ".join(words), {})))
    assert len(pages_of(answer(sheet, WORDS))) > 2
    text = text_of(sheet)
    assert all(text.count(f"{word} ") >= 2 for word in words)


def test_a_letter_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(LetterMissing) as missing:
        answer(replace(SHEET, title="Tanya 漢"), WORDS)
    assert missing.value.letter == "漢"
