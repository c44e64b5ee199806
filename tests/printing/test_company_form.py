"""A company's form read back: who, what is asked, and room to answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from printing import company_form
from printing.form_sheets import CompanyFormSheet, CompanyFormWords, FormPerson
from tests.printing.office import PAPER, STAMP, flat, pages_of

WORDS = CompanyFormWords(
    paper=PAPER,
    title="Formulir koreksi data No. {number}",
    npp="NPP",
    people="{n} orang",
    due="mohon kembali paling lambat {day}",
    request="Mohon diisi sesuai keterangan peserta. Yang tidak diketahui dikosongkan; tidak punya e-mail: tulis “-”.",
    number="No.",
    kpj="KPJ",
    name="Nama",
    question="Yang ditanyakan",
    filled_by="…………………, ………………… 2023",
    signer="Diisi oleh (nama, jabatan, cap)",
    empty="Tidak ada yang perlu ditanyakan kepada perusahaan ini.",
)
PERSON = FormPerson("99000000001", "SITI AMINAH", "nomor telepon tidak ada; e-mail tidak ada", (True, True, False))
SHEET = CompanyFormSheet(
    STAMP,
    12,
    "PT Rimba Sejahtera Abadi",
    "23150074",
    date(2023, 7, 31),
    date(2023, 8, 14),
    ("HANDPHONE", "EMAIL", "NIK"),
    (PERSON,),
)


def test_a_form_names_the_company_the_people_and_what_is_asked() -> None:
    (text,) = (flat(page) for page in pages_of(company_form(SHEET, WORDS)))
    for said in (
        *("Formulir koreksi data No. 12", "PT Rimba Sejahtera Abadi", "NPP 23150074", "1 orang"),
        *("14 Agustus 2023", "99000000001", "SITI AMINAH", "nomor telepon tidak ada", "HANDPHONE", "EMAIL", "NIK"),
        WORDS.signer,
    ):
        assert said in text


def test_a_long_form_repeats_its_head_and_loses_nobody() -> None:
    people = tuple(replace(PERSON, kpj=f"990{n:08}") for n in range(60))
    pages = [flat(page) for page in pages_of(company_form(replace(SHEET, people=people), WORDS))]
    assert len(pages) > 2
    assert all(WORDS.question in page for page in pages)
    assert all(any(person.kpj in page for page in pages) for person in people)


def test_a_form_without_a_question_says_so() -> None:
    (text,) = (flat(page) for page in pages_of(company_form(replace(SHEET, people=()), WORDS)))
    assert WORDS.empty in text
