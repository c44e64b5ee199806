"""The call list read back: whom to call, on which number, and nothing that must not lie about."""

import dataclasses
import re
from datetime import timedelta

import pytest

from printing import CallListLine, CallListSheet, LetterMissing, call_list
from printing.documents.call_list import MOST_PHONES, ROW
from printing.pages import MM
from store.rules.phones import format_display
from store.rules.readings import PhoneRead
from tests.printing.office import CALL_LIST_WORDS, MADE_AT, SCRIPT, call_sheet, flat, line, pages_of, usual_lines


def texts(sheet: CallListSheet) -> list[str]:
    return [flat(text) for text in pages_of(call_list(sheet, CALL_LIST_WORDS))]


def test_everyone_stands_on_it_once_with_name_company_kpj_and_full_numbers() -> None:
    lines = usual_lines(40)
    whole = " ".join(texts(call_sheet(*lines)))
    position = 0
    for person in lines:
        found = whole.find(f" {person.number} {person.name} {person.company} KPJ {person.kpj} ", position)
        assert found > position, person
        position = found
        for phone in person.phones:
            assert whole.count(f" {format_display(phone.e164)} ") == 1


def test_the_first_page_says_what_list_it_is_and_what_to_say() -> None:
    first = texts(call_sheet(*usual_lines(20)))[0]
    for said in (
        "Daftar telepon JHT 56",
        "DT-12",
        "Juli 2026",
        "Rina Marlina",
        "23 November 2026",
        "20 orang",
        *SCRIPT,
    ):
        assert said in first


def test_every_page_explains_the_keys_and_what_never_to_say() -> None:
    pages = texts(call_sheet(*usual_lines(60)))
    assert len(pages) > 3
    for text in pages:
        for key, meaning in CALL_LIST_WORDS.legend:
            assert f" {key} {meaning}" in text
        assert CALL_LIST_WORDS.letters in text
        assert CALL_LIST_WORDS.never in text
        assert CALL_LIST_WORDS.afterwards in text


def test_later_pages_name_the_list_and_the_handler_again() -> None:
    for text in texts(call_sheet(*usual_lines(60)))[1:]:
        assert "Daftar telepon JHT 56 DT-12 · Juli 2026 · Rina Marlina" in text
        assert "Peserta Nomor telepon Hasil (silang satu) Catatan" in text


def test_each_line_has_a_box_for_each_key() -> None:
    (text,) = texts(call_sheet(line(1)))
    assert "0812-3456-7001 1 2 3 4 5 6 7 8 9 0 huruf jam lagi catatan" in text


def test_earlier_tries_and_promises_are_told() -> None:
    tried = line(1, tries=2, last="tidak diangkat", last_at=MADE_AT - timedelta(days=3))
    promised = line(2, due_at=MADE_AT + timedelta(days=1, hours=1, minutes=25))
    (text,) = texts(call_sheet(tried, promised))
    assert "2× · 19-11 08.05 · tidak diangkat" in text
    assert "janji 23-11 09.30" in text


def test_a_full_page_holds_about_fifteen_people_with_room_for_a_pen() -> None:
    second = texts(call_sheet(*[line(number, name="Ibu Rosmawati") for number in range(1, 60)]))[1]
    assert len(re.findall(r"KPJ 990", second)) in range(14, 17)
    assert ROW >= 14 * MM


def test_every_number_of_a_person_is_set_in_full_with_its_label() -> None:
    phones = (
        PhoneRead("+6281234567801", "WA"),
        PhoneRead("+6276591234", "kantor"),
        PhoneRead("+60123456789", ""),
        PhoneRead("+442079460018", "anak"),
    )
    (text,) = texts(call_sheet(line(1, phones=phones)))
    assert "0812-3456-7801 WA (0765) 91234 kantor +60 12-345 6789 +44 20 7946 0018 anak" in text


def test_numbers_beyond_what_a_line_holds_are_counted() -> None:
    phones = tuple(PhoneRead(f"+62812345678{n:02}", "kantor") for n in range(30))
    (text,) = texts(call_sheet(line(1, phones=phones)))
    assert len(re.findall(r"0812-3456-78[0-9]{2}", text)) == MOST_PHONES
    assert f"+{30 - MOST_PHONES} " in text


def test_somebody_without_a_number_is_not_passed_over() -> None:
    (text,) = texts(call_sheet(line(1, phones=())))
    assert "tidak ada nomor yang dapat dipakai" in text


def test_a_list_without_anybody_says_so() -> None:
    (text,) = texts(call_sheet())
    assert CALL_LIST_WORDS.empty in text
    assert "0 orang" in text
    assert CALL_LIST_WORDS.typed_back not in text


def test_a_list_of_one_is_one_page_and_ends_with_who_typed_it_back() -> None:
    (text,) = texts(call_sheet(line(1)))
    assert CALL_LIST_WORDS.typed_back in text


@pytest.mark.parametrize("count", range(10, 27))
def test_the_last_page_is_never_without_people(count: int) -> None:
    last = texts(call_sheet(*usual_lines(count)))[-1]
    assert CALL_LIST_WORDS.typed_back in last
    assert "KPJ 990" in last


def test_five_hundred_people_are_all_there() -> None:
    pages = texts(call_sheet(*usual_lines(500)))
    assert [number for text in pages for number in re.findall(r"KPJ 990([0-9]{8})", text)] == [
        f"{number:08}" for number in range(1, 501)
    ]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]


def test_a_long_name_takes_two_lines_and_ends_in_dots() -> None:
    name = "Bapak Prof. Dr. Ir. H. Muhammad Zulkarnain Syahputra Nasution bin Abdurrahman Wahid, S.E., M.M."
    (text,) = texts(call_sheet(line(1, name=name), line(2)))
    assert "Bapak Prof. Dr. Ir. H. Muhammad" in text
    assert "… CV Mandau Karya KPJ 99000000001" in text
    assert "2 Bapak H. Muhammad Yusuf Siregar" in text


def test_letters_outside_latin_1_are_set() -> None:
    (text,) = texts(call_sheet(line(1, name="Ibu Chloë Łucja", company="PT Ağaç İş")))
    assert "Ibu Chloë Łucja PT Ağaç İş" in text


def test_a_letter_that_the_face_lacks_is_named() -> None:
    with pytest.raises(LetterMissing) as refused:
        call_list(call_sheet(line(1), line(2, name="Ibu 王芳")), CALL_LIST_WORDS)
    assert (refused.value.text, refused.value.letter) == ("Ibu 王芳", "王")


HOSTILE = [
    "{by} {0} %s",
    "<b>Budi</b> &amp;",
    "(Budi) Tj ET \\",
    "=HYPERLINK(1)",
    "Budi\x1b]52;c;QQ==\x07",
    "[/] [red]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    sheet = call_sheet(line(1, name=text, company=text, kpj=text, last=text, tries=1), line(2), handler=text)
    (page,) = texts(sheet)
    seen = flat(text.replace("\x1b", "").replace("\x07", ""))
    assert f"1 {seen} {seen} KPJ {seen}" in page
    assert page.count(seen) >= 5
    assert "KPJ 99000000002" in page


def test_paper_has_no_place_for_what_must_not_lie_about() -> None:
    named = {field.name for kind in (CallListLine, CallListSheet) for field in dataclasses.fields(kind)}
    assert not {name for name in named if re.search(r"birth|balance|nik|amount", name)}
