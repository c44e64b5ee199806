"""A whole row: every field by its own rule, then held against the others; refused only without a key or a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.participants import join_phones, read_participant
from store.rules.phones import read_phones
from store.rules.readings import FIELDS, FLAGS, Cell, CellError, ParticipantRead, PhoneRead, sort_flags

TODAY = date(2023, 7, 31)
GOOD: Mapping[str, Sequence[Cell]] = {
    "kpj": ["05041497033"],
    "nik": ["1403091205679901"],
    "name": ["H. HENDRA RAMBE  "],
    "birth_date": [date(1967, 5, 12)],
    "sex": ["L"],
    "npp": ["00030286"],
    "company": ["PT CITRA SAWIT  MANDAU"],
    "pembina": ["RANI"],
    "phones": ["0812-3456-7890"],
    "email": ["rambe129@contoh.co.id"],
    "jht_balance": ["Rp. 10.000.000"],
    "active": ["AKTIF"],
    "claimed": ["BELUM"],
}


def with_cells(**cells: Sequence[Cell]) -> dict[str, Sequence[Cell]]:
    return {**GOOD, **cells}


def person(**cells: Sequence[Cell]) -> ParticipantRead:
    participant = read_participant(with_cells(**cells), today=TODAY).participant
    assert participant is not None
    return participant


def test_a_row_with_nothing_to_say_is_taken() -> None:
    participant, verdict, reasons = read_participant(GOOD, today=TODAY)
    assert participant == ParticipantRead(
        kpj="05041497033",
        nik="1403091205679901",
        name="H. HENDRA RAMBE",
        birth_date=date(1967, 5, 12),
        sex="L",
        npp="00030286",
        company="PT CITRA SAWIT MANDAU",
        pembina="RANI",
        phones=(PhoneRead("+6281234567890", ""),),
        phones_raw="0812-3456-7890",
        email="rambe129@contoh.co.id",
        email_raw="rambe129@contoh.co.id",
        jht_balance=10_000_000,
        active=True,
        claimed=False,
        flags=(),
    )
    assert (verdict, reasons) == ("taken", ())


def test_key_and_name_are_all_it_takes() -> None:
    participant, verdict, reasons = read_participant({"kpj": ["05041497033"], "name": ["BUDI"]})
    assert participant is not None
    assert (verdict, reasons) == ("taken", ())
    assert (participant.phones_raw, participant.email_raw, participant.company, participant.npp) == ("", "", "", None)
    assert participant.flags == (
        "phone-missing",
        "nik-missing",
        "birthdate-missing",
        "email-missing",
        "balance-missing",
        "status-unknown",
    )


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"kpj": [""]}, ["kpj-missing"]),
        ({"kpj": []}, ["kpj-missing"]),
        ({"kpj": ["TOTAL"]}, ["kpj-unusable"]),
        ({"kpj": [1.2101477605e30]}, ["kpj-unusable"]),
        ({"name": ["-"]}, ["name-missing"]),
        ({"name": [CellError("#N/A")]}, ["lookup-failed"]),
        ({"kpj": ["?"], "name": [""]}, ["kpj-unusable", "name-missing"]),
    ],
)
def test_without_key_or_name_a_row_is_refused_and_says_why(cells: dict[str, Sequence[Cell]], codes: list[str]) -> None:
    participant, verdict, reasons = read_participant(with_cells(**cells))
    assert participant is None
    assert verdict == "refused"
    assert [reason.code for reason in reasons] == codes


@pytest.mark.parametrize(
    ("field", "cell", "verdict", "codes"),
    [
        ("phones", "081234567890 (istri)", "repaired", ["phones-repaired"]),
        ("phones", 81234567890.0, "repaired", ["phones-repaired"]),
        ("kpj", "'05041497033", "repaired", ["kpj-repaired"]),
        ("birth_date", "Duri, 12 Mei 1967", "repaired", ["date-repaired"]),
        ("phones", "8.12E+11", "doubted", ["phone-unreadable"]),
        ("phones", "-", "taken", []),
        ("phones", CellError("#N/A"), "doubted", ["lookup-failed"]),
        ("company", "#REF!", "doubted", ["lookup-failed"]),
        ("nik", 1403091205679900.0, "doubted", ["nik-rounded"]),
        ("nik", 1403091205679901.0, "doubted", ["nik-numeric"]),
        ("birth_date", "03/25/1967", "doubted", ["birthdate-unreadable"]),
        ("birth_date", date(2023, 8, 1), "doubted", ["birthdate-unreadable"]),
        ("email", "a @ b", "doubted", ["email-malformed"]),
        ("jht_balance", "10 juta", "doubted", ["balance-unreadable"]),
        ("active", "PENSIUN", "doubted", ["status-unknown"]),
        ("npp", 30286.0, "doubted", ["npp-unusual"]),
        ("name", "BUDI 2", "doubted", ["name-odd"]),
        ("sex", "W", "doubted", ["sex-unreadable"]),
        ("sex", "P", "doubted", ["nik-sex-differs"]),
        ("birth_date", date(1967, 5, 13), "doubted", ["nik-birthdate-differs"]),
    ],
)
def test_the_verdict_follows_what_was_said(field: str, cell: Cell, verdict: str, codes: list[str]) -> None:
    row = read_participant(with_cells(**{field: [cell]}), today=TODAY)
    assert (row.verdict, [reason.code for reason in row.reasons]) == (verdict, codes)


def test_where_nik_and_cell_disagree_both_stay() -> None:
    read = person(birth_date=["13-05-1967"], sex=["P"])
    assert (read.nik, read.birth_date, read.sex) == ("1403091205679901", date(1967, 5, 13), "P")
    assert read.flags == ("nik-birthdate-differs", "nik-sex-differs")


def test_an_unread_nik_disagrees_with_nothing() -> None:
    assert person(nik=[1403091205679900.0], birth_date=["13-05-1967"]).flags == ("nik-rounded",)


def test_several_columns_of_numbers_are_one_list() -> None:
    read = person(phones=["081234567890", "", "0765 91234 (kantor) / 08xx", "+62 812-3456-7890 (WA)"])
    assert read.phones == (PhoneRead("+6281234567890", "WA"), PhoneRead("+6276591234", "kantor"))
    assert read.phones_raw == "081234567890 | 0765 91234 (kantor) / 08xx | +62 812-3456-7890 (WA)"
    assert read.flags == ("phone-unreadable",)
    assert person(phones=["-", ""]).flags == person(phones=[]).flags == ("phone-missing",)
    assert join_phones([]).flags == ("phone-missing",)
    assert join_phones([read_phones("-"), read_phones("081234567890")]).flags == ()


def test_a_second_value_for_one_field_is_not_dropped_in_silence() -> None:
    row = read_participant(with_cells(company=["", "PT A", "PT A", "PT B"]))
    assert row.participant is not None
    assert row.participant.company == "PT A"
    assert [(reason.code, reason.field, reason.raw) for reason in row.reasons] == [
        ("several-values", "company", "PT B")
    ]


def test_a_balance_of_zero_is_a_balance() -> None:
    assert person(jht_balance=[0.0]).jht_balance == 0
    assert person(jht_balance=[None]).jht_balance is None


def test_a_file_of_the_other_epoch_and_another_area_code() -> None:
    row = read_participant(with_cells(birth_date=[24604.0 - 1462]), today=TODAY, epoch_1904=True)
    assert row.participant is not None
    assert row.participant.birth_date == date(1967, 5, 12)


def test_a_misspelt_field_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="telepon"):
        read_participant({"telepon": ["081234567890"]})
    with pytest.raises(ValueError, match="made-up"):
        sort_flags(("made-up",))


cells = (
    st.text(st.characters(exclude_categories=()), max_size=30)
    | st.text(alphabet="0123456789./-, ()'E+x", max_size=24)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.none()
    | st.sampled_from([CellError("#N/A"), "tidak ada", "[/]", "=1+1", "\x1b]0;x\x07"])
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(cells, max_size=3)))
def test_no_row_raises_and_every_flag_is_on_the_list(row_cells: dict[str, list[Cell]]) -> None:
    row = read_participant({"kpj": ["05041497033"], "name": ["BUDI"], **row_cells}, today=TODAY)
    assert (row.participant is None) == (row.verdict == "refused")
    assert bool(row.reasons) == (row.verdict != "taken")
    if row.participant:
        assert row.participant.flags == sort_flags(row.participant.flags)
        assert set(row.participant.flags) <= set(FLAGS) - {"phone-shared", "nik-shared"}
        assert row.participant.kpj
        assert row.participant.name
    assert row == read_participant({"kpj": ["05041497033"], "name": ["BUDI"], **row_cells}, today=TODAY)
