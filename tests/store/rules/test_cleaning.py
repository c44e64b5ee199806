"""Cells read again: filled where nothing stands, never over what stands there, and never a guess."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.rules.cleaning import Cleaned, cleaned
from store.rules.corrections import Field
from store.rules.phones import read_phones

TODAY = date(2023, 7, 31)
NUMBER, OTHER = "+6281266660001", "+6281266660002"


def read(field: Field, numbers: list[tuple[str, bool]] | None = None, **facts: Any) -> Cleaned | None:
    person = {
        **dict.fromkeys(("email", "email_none_at", "nik", "birth_date", "sex", "jht_balance")),
        "flags": "",
        "phones_raw": "",
        "email_raw": "",
        "doubts": "",
        **facts,
    }
    return cleaned(field, person, numbers or [], today=TODAY)


def test_a_number_that_can_be_read_now_fills_what_was_empty_and_answers_the_doubt() -> None:
    found = read(Field.PHONE, phones_raw="0812-6666-0001", flags="phone-unreadable email-missing")
    assert found is not None
    assert ([number.e164 for number in found.numbers], found.flags) == ([NUMBER], ("email-missing",))
    assert not found.replaces and not found.behind


def test_what_stands_there_is_replaced_only_where_the_cell_says_something_else() -> None:
    behind = read(Field.PHONE, [(NUMBER, False)], phones_raw="081266660001 / 081266660002", flags="phone-doubtful")
    assert behind is not None and behind.behind and not behind.replaces
    assert ([number.e164 for number in behind.numbers], behind.flags) == ([OTHER], ())
    over = read(Field.PHONE, [(OTHER, False)], phones_raw="081266660001")
    assert over is not None and over.replaces and not over.behind


def test_a_number_that_a_call_found_wrong_never_comes_back() -> None:
    assert read(Field.PHONE, [(NUMBER, True)], phones_raw="081266660001", flags="phone-missing") is None


def test_a_doubt_is_answered_by_the_number_that_is_there() -> None:
    found = read(Field.PHONE, [(NUMBER, False)], phones_raw="081266660001", flags="phone-doubtful")
    assert found is not None and not found.brings and found.flags == ()


def test_no_e_mail_is_a_value_and_a_dash_invents_none() -> None:
    assert read(Field.EMAIL, email_raw="-", flags="email-missing") is None
    assert read(Field.EMAIL, email_raw="a@contoh,id", flags="email-malformed") is None
    filled = read(Field.EMAIL, email_raw="a@contoh.id", flags="email-malformed")
    assert filled is not None and (filled.value, filled.flags, filled.replaces) == ("a@contoh.id", (), False)
    said = read(Field.EMAIL, email_raw="a@contoh.id", email_none_at=date(2023, 7, 1))
    assert said is not None and said.replaces


def test_a_nik_that_was_a_number_is_not_read_as_if_it_had_been_text() -> None:
    whole = "1403091905679923"
    assert read(Field.NIK, doubts=json.dumps({"nik-malformed": whole}), flags="nik-malformed") is None
    assert read(Field.NIK, doubts=json.dumps({"nik-rounded": whole}), flags="nik-rounded") is None
    spelled = read(Field.NIK, doubts=json.dumps({"nik-malformed": f"NIK: {whole}"}), flags="nik-malformed")
    assert spelled is not None and spelled.value == whole


def test_what_disagrees_with_the_new_value_is_said() -> None:
    found = read(
        Field.BIRTH_DATE,
        doubts=json.dumps({"birthdate-unreadable": "20-05-1967"}),
        flags="birthdate-unreadable",
        nik="1403091905679923",
    )
    assert found is not None and (found.value, found.flags) == ("1967-05-20", ("nik-birthdate-differs",))


@given(
    st.text(alphabet="0123456789 -/+.,xX()abEo\n", max_size=30), st.sampled_from(["phone-unreadable", "phone-missing"])
)
def test_only_numbers_that_the_cell_gives_without_doubt_are_ever_added(raw: str, flag: str) -> None:
    found = read(Field.PHONE, phones_raw=raw, flags=flag)
    told = read_phones(raw)
    if found is not None:
        assert set(found.numbers) <= set(told.numbers)
        assert set(found.flags) <= {flag}
