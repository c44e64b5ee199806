"""How a line of a list names somebody, and how it never does."""

from __future__ import annotations

import pytest

from store.rules.lookups import Answer, LookupRead, kept_answer, read_bare, read_named, split_answer
from store.rules.readings import Cell

NIK, KPJ = "1403090307679901", "21000000001"


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        ([NIK], LookupRead(nik=NIK)),
        (["1403 0903 0767 9901"], LookupRead(nik=NIK)),
        ([float(NIK)], LookupRead(nik=NIK)),
        ([KPJ], LookupRead(kpj=KPJ)),
        ([21000000001.0], LookupRead(kpj=KPJ)),
        (["1", KPJ, "SUPARMAN", NIK], LookupRead(NIK, KPJ, "SUPARMAN")),
        ([f"{NIK} SITI ZUBAIDAH"], LookupRead(nik=NIK, name="SITI ZUBAIDAH")),
        ([f"1. {KPJ}"], LookupRead(kpj=KPJ)),
        # Lost or doubtful digits name nobody, and say so.
        ([1403090307679900.0], LookupRead(problem="nik-rounded")),
        (["140309030767990"], LookupRead(problem="nik-malformed")),
        (["14030903076799011"], LookupRead(problem="nik-malformed")),
        ([f"{KPJ[:9]}x"], LookupRead(problem="kpj-unusable")),
        # A telephone number beside a name is no card.
        (["SITI", "08123456789"], LookupRead(name="SITI", problem="kpj-unusable")),
        # Titles, empty lines.
        (["DAFTAR NIK PESERTA"], LookupRead(name="DAFTAR NIK PESERTA")),
        ([None, ""], LookupRead()),
    ],
)
def test_a_line_without_headings(cells: list[Cell], read: LookupRead) -> None:
    assert read_bare(cells) == read


@pytest.mark.parametrize(
    ("nik", "kpj", "name", "read"),
    [
        (NIK, "", "SITI", LookupRead(NIK, "", "SITI")),
        (1403090307679900.0, KPJ, "SITI", LookupRead("", KPJ, "SITI")),
        (1403090307679900.0, None, "SITI", LookupRead("", "", "SITI", "nik-rounded")),
        (None, "satu", "", LookupRead(problem="kpj-unusable")),
        (None, None, "SITI", LookupRead("", "", "SITI", "nobody-named")),
        (None, None, None, LookupRead()),
    ],
)
def test_a_line_under_headings(nik: Cell, kpj: Cell, name: Cell, read: LookupRead) -> None:
    assert read_named(nik, kpj, name) == read


def test_an_answer_is_kept_with_its_months() -> None:
    assert split_answer(kept_answer(Answer.ARREARS, 3)) == (Answer.ARREARS, 3)
    assert split_answer(kept_answer(Answer.PAID_UP)) == (Answer.PAID_UP, None)
    assert split_answer("") == (None, None)
