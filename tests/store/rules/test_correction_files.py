"""What a cell of a file of corrections means for one value: new, same, other, too old, or of no use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from store.rules.correction_files import FieldVerdict as V
from store.rules.correction_files import Present, Told, is_other_person, judge, new_values, row_verdict, told_by
from store.rules.corrections import Field
from store.rules.participants import read_participant
from store.rules.readings import Reason

DATED = datetime(2023, 7, 1, tzinfo=UTC)
BEFORE, AFTER = DATED - timedelta(days=1), DATED + timedelta(days=1)
ONE, TWO = "+6281200000011", "+6281200000012"


def told(field: Field, *values: str) -> Told:
    return Told(field, values, (), "")


def present(*phones: str, wrong: dict[str, datetime] | None = None, **values: str | None) -> Present:
    return Present(phones, wrong or {}, {Field(name): value for name, value in values.items()})


def test_a_value_is_new_the_same_other_or_too_old() -> None:
    cases = [
        (told(Field.EMAIL, "a@b.id"), present(), None, V.NEW),
        (told(Field.EMAIL, "a@b.id"), present(email="a@b.id"), AFTER, V.SAME),
        (told(Field.EMAIL, "a@b.id"), present(email="c@b.id"), None, V.DIFFERS),
        (told(Field.EMAIL, "a@b.id"), present(email="c@b.id"), BEFORE, V.DIFFERS),
        (told(Field.EMAIL, "a@b.id"), present(email="c@b.id"), AFTER, V.STALE),
        (told(Field.EMAIL, "a@b.id"), present(email=""), BEFORE, V.DIFFERS),  # they have none, somebody said
        (told(Field.EMAIL, "a@b.id"), present(email=None), AFTER, V.STALE),  # somebody took it away since
        (told(Field.EMAIL), present(email="c@b.id"), AFTER, V.UNUSABLE),
        (told(Field.NAME, "H. Budi  Santoso"), present(name="BUDI SANTOSO"), AFTER, V.SAME),
        (told(Field.PHONE, ONE), present(), None, V.NEW),
        (told(Field.PHONE, ONE), present(TWO, ONE), None, V.SAME),
        (told(Field.PHONE, ONE), present(TWO), None, V.DIFFERS),
        (told(Field.PHONE, ONE), present(TWO), AFTER, V.STALE),
        (told(Field.PHONE, ONE), present(wrong={ONE: AFTER}), None, V.STALE),  # a call found it wrong since
        (told(Field.PHONE, ONE), present(wrong={ONE: BEFORE}), None, V.NEW),
    ]
    for said, known, changed_at, verdict in cases:
        assert judge(said, known, changed_at=changed_at, dated=DATED) is verdict, (said, known, changed_at)
    assert new_values(told(Field.PHONE, ONE, TWO), present(ONE)) == (TWO,)


def test_empty_cells_say_nothing_and_doubtful_ones_have_no_value() -> None:
    cells = {
        "kpj": ["21000000001"],
        "name": ["BUDI SANTOSO"],
        "phones": ["8.12E+11"],
        "email": ["-"],
        "nik": [1403091905679923],  # a number that Excel kept, but nobody typed as text
        "active": ["?"],
    }
    read, _verdict, reasons = read_participant(cells)
    assert read is not None
    found = {each.field: each.values for each in told_by(read, reasons)}
    assert found == {Field.PHONE: (), Field.NIK: (), Field.NAME: ("BUDI SANTOSO",), Field.ACTIVE: ()}
    assert Field.NAME not in {each.field for each in told_by(read, reasons, without=[Field.NAME])}


def test_two_contradictions_under_one_kpj_are_another_person() -> None:
    cells = {"kpj": ["21000000001"], "name": ["SITI AMINAH"], "birth_date": ["20-05-1967"]}
    read, _verdict, _reasons = read_participant(cells)
    assert read is not None
    born = date(1967, 5, 20)
    assert not is_other_person(read, name="SITI AMINAH", nik=None, birth_date=None)
    assert not is_other_person(read, name="BUDI SANTOSO", nik=None, birth_date=born)  # married, or misspelt
    assert is_other_person(read, name="BUDI SANTOSO", nik=None, birth_date=date(1967, 5, 21))


def test_a_row_counts_once() -> None:
    repaired = (Reason("phones-repaired", "phones", "812"),)
    assert row_verdict([V.SAME], ()) == "same"
    assert row_verdict([V.NEW, V.SAME], ()) == "taken"
    assert row_verdict([V.NEW], repaired) == "repaired"
    assert row_verdict([V.NEW, V.DIFFERS], repaired) == "changed"
    assert row_verdict([V.DIFFERS, V.UNUSABLE], ()) == "doubted"
    assert row_verdict([V.STALE], ()) == "doubted"
    assert row_verdict([V.NEW], (Reason("other-person", "name", ""),)) == "doubted"
    assert row_verdict([], (Reason("kpj-unknown", "kpj", ""),)) == "refused"
