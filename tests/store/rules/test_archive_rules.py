"""The archive's rules without a database: the right box, what is missing, how long it is kept, what is found."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.archive import (
    Gap,
    Listed,
    OpenBox,
    Paper,
    Whereabouts,
    find_gaps,
    kept_until,
    next_number,
    read_retention,
    right_box,
    takes_day,
)
from store.rules.archive_terms import read_sought, terms_of
from store.rules.codes import read_code
from store.rules.registers import read_register
from store.rules.vouchers import FileState as S

DAY = date(2023, 7, 31)


def order(number: int) -> str:
    return read_code(f"31-07-2023 T0018 {number:08d}").order


def test_a_file_goes_where_its_neighbours_lie_else_into_the_newest_box_with_room() -> None:
    full = OpenBox(1, "1", "", 2, 2, order(1), order(20))
    lower = OpenBox(2, "2", "", 5, 3, order(21), order(40))
    newest = OpenBox(3, "3", "", 0, 900, order(41), order(60))
    boxes = [full, lower, newest]
    assert right_box(boxes, order(30), DAY) == lower
    assert right_box(boxes, order(10), DAY) == newest  # its own box is full
    assert right_box(boxes, order(99), DAY) == newest
    assert right_box([full], order(10), DAY) is None
    assert right_box([], order(10), DAY) is None
    monthly = [OpenBox(4, "4", "2023-06", 5, 1, order(1), order(1)), OpenBox(5, "5", "2023-07", 5, 0)]
    assert right_box(monthly, order(1), DAY) == monthly[1]
    assert right_box(monthly, order(1), None) is None
    assert (takes_day("2023-01..2023-07", DAY), takes_day("2023-01..2023-06", DAY)) == (True, False)


def test_a_file_without_a_code_changes_nothing_at_the_ends_of_a_box() -> None:
    older = OpenBox(1, "1", "", 9, 2, order(1), order(60))
    newer = OpenBox(2, "2", "", 9, 2, order(20), order(40))
    after = newer.with_file("")
    assert (after.files, after.first, after.last) == (3, order(20), order(40))
    assert right_box([older, after], order(30), DAY) == after
    assert OpenBox(3, "3", "", 9, 0).with_file("").with_file(order(5)) == OpenBox(3, "3", "", 9, 2, order(5), order(5))


@pytest.mark.parametrize(
    ("numbers", "following"),
    [((), "1"), (("1", "2", "10"), "11"), (("007", "008"), "009"), (("JHT-9",), "JHT-10"), (("rak lama",), "1")],
)
def test_the_next_number_follows_the_highest(numbers: tuple[str, ...], following: str) -> None:
    assert next_number(numbers) == following


def test_papers_are_kept_to_the_end_of_the_year_of_the_youngest_and_only_where_somebody_said_so() -> None:
    years = read_retention({"JHT": 10, "scan": 2})
    assert kept_until("box", "JHT", DAY, years, undated=0) == date(2033, 12, 31)
    assert kept_until("scan", "", DAY, years, undated=0) == date(2025, 12, 31)
    assert kept_until("box", "JKM", DAY, years, undated=0) is None
    assert kept_until("box", "JHT", None, years, undated=0) is None
    assert kept_until("box", "JHT", DAY, years, undated=1) is None, "it may be younger than all others"
    for wrong in ({"JHT": 0}, {"JHT": True}, {"JHT": "10"}, {"box": 5}, {"X": 1}):
        with pytest.raises(ValueError):
            read_retention(wrong)


def test_what_is_missing_in_a_box_is_told_with_where_it_is() -> None:
    listed = [Listed(f"K{n}", order(n), "JHT", f"ORANG {n}", str(n), DAY) for n in range(9, 0, -1)]
    papers = {
        paper.code: paper
        for paper in (
            Paper("K1", S.ARCHIVED, archived_id=1, place_id=14),
            Paper("K2", S.OUT, with_whom="Bu Ratna", since=datetime(2023, 7, 28, tzinfo=UTC), unsigned=("keuangan",)),
            Paper("K3", S.COMPLETE),
            Paper("K4", S.PRINTED),
            Paper("K5", S.ARCHIVED, archived_id=5, place_id=14, borrower="Pak Joni"),
            Paper("K6", S.ARCHIVED, archived_id=6, place_id=15, place="JHT 15"),
            Paper("K7", S.COMPLETE, archived_id=7, trouble="sobek"),
            Paper("K8", archived_id=8),
        )
    }
    found = find_gaps(listed, papers, place_id=14)
    assert [(gap.listed.code, gap.where) for gap in found] == [
        ("K2", Whereabouts.UNSIGNED),
        ("K3", Whereabouts.WAITS),
        ("K4", Whereabouts.ON_DESK),
        ("K5", Whereabouts.BORROWED),
        ("K6", Whereabouts.ELSEWHERE),
        ("K7", Whereabouts.TROUBLE),
        ("K8", Whereabouts.NO_PLACE),
        ("K9", Whereabouts.NOT_RECEIVED),
    ]
    assert found[0].paper.with_whom == "Bu Ratna"
    anywhere = {gap.listed.code for gap in find_gaps(listed, papers)}
    assert anywhere == {"K2", "K3", "K4", "K5", "K7", "K8", "K9"}
    gone = find_gaps(listed[-1:], {"K1": Paper("K1", S.ARCHIVED, archived_id=1, place_id=14, destroyed=True)})
    assert gone == (Gap(listed[-1], Whereabouts.DESTROYED, gone[0].paper),)


@given(st.permutations(range(1, 30)), st.sets(st.integers(1, 29)))
def test_a_box_misses_exactly_what_is_listed_and_does_not_lie_in_it(numbers: list[int], inside: set[int]) -> None:
    listed = [Listed(f"K{n}", order(n), "JHT", "", "", DAY) for n in numbers]
    papers = {f"K{n}": Paper(f"K{n}", S.ARCHIVED, archived_id=n, place_id=1) for n in inside}
    gaps = find_gaps(listed, papers, place_id=1)
    assert [gap.listed.code for gap in gaps] == [f"K{n}" for n in range(1, 30) if n not in inside]


FILE = terms_of(
    name="H. Soeharto Djoko, S.E.",
    kpj="09900000257",
    code="05-09-2023 T0018 22390257",
    decision="B/1734/052023",
    npp="00030283",
)


@pytest.mark.parametrize(
    "typed",
    [
        *("soeh", "suharto", "djoko soeharto", "joko", "h. suharto", "099000", "9900000257", "t0018", "22390257"),
        *("0257", "257 soe", "b/1734/052023", "1734", "30283", "00030283"),
    ],
)
def test_a_file_is_found_by_any_beginning_of_what_it_says(typed: str) -> None:
    sought = read_sought(typed)
    assert sought.words
    assert sought.fits(FILE)


@pytest.mark.parametrize("typed", ["harto", "soeharto budi", "22390258", "900000257"])
def test_a_file_that_says_otherwise_is_not_found(typed: str) -> None:
    assert not read_sought(typed).fits(FILE)


@pytest.mark.parametrize(
    ("typed", "program", "first", "last", "words"),
    [
        ("JHT 05-09-2023", "JHT", date(2023, 9, 5), date(2023, 9, 5), 0),
        ("jm 9/2023", "JKM", date(2023, 9, 1), date(2023, 9, 30), 0),
        ("sep 2023 siti", "", date(2023, 9, 1), date(2023, 9, 30), 1),
        ("Agustus 2023 jpn", "JP", date(2023, 8, 1), date(2023, 8, 31), 0),
        ("2016", "", date(2016, 1, 1), date(2016, 12, 31), 0),
        ("31-02-2023", "", None, None, 3),
        ("13/2023", "", None, None, 2),
        ("mei siti", "", None, None, 2),
        ("", "", None, None, 0),
    ],
)
def test_programme_and_day_limit_what_is_found(
    typed: str, program: str, first: date | None, last: date | None, words: int
) -> None:
    sought = read_sought(typed)
    assert (sought.program, sought.first, sought.last, len(sought.words)) == (program, first, last, words)


@given(st.text(max_size=30))
def test_anything_can_be_typed(typed: str) -> None:
    sought = read_sought(typed)
    assert sought.is_empty or sought.words or sought.program or sought.first


def test_a_register_may_hold_card_and_name_in_one_cell_and_its_doubts_are_told() -> None:
    row = read_register(
        "2016",
        8,
        {
            "classification": ["JHT01"],
            "kpj_and_name": ["99000000012 / SITI CONTOH"],
            "decision": ["P/12/2016"],
            "code": ["05-09-2016  t0018 22390257"],
            "amount": ["Rp1.234.567,00"],
            "tax": [0],
            "sheets": ["12 lembar"],
            "account": [1090011122.0],
            "box": [14.0],
        },
    )
    assert (row.program, row.kpj, row.name, row.code) == (
        "JHT",
        "99000000012",
        "SITI CONTOH",
        "05-09-2016 T0018 22390257",
    )
    assert (row.amount, row.tax, row.sheets, row.account, row.box) == (1_234_567, 0, 12, "1090011122", "14")
    assert (row.usable, row.reasons) == (True, ())

    bare = read_register("2016", 9, {"kpj_and_name": ["BUDI REKAAN"], "sheets": ["banyak"]})
    assert (bare.usable, bare.kpj, bare.name) == (True, "", "BUDI REKAAN")
    assert [reason.code for reason in bare.reasons] == ["program-unknown", "sheets-unreadable", "place-missing"]
    assert read_register("2016", 9, {"kpj_and_name": ["BUDI"]}, default="JKM").program == "JKM"

    for cells, code in (
        ({"kpj": ["12"], "name": ["BUDI"]}, "kpj-unusable"),
        ({"name": ["BUDI"], "amount": ["dua juta"]}, "amount-unreadable"),
        ({"name": ["BUDI"], "dated": ["32-13-2016"]}, "date-unreadable"),
        ({"company": ["PT CONTOH"]}, "nobody-named"),
    ):
        refused = read_register("2016", 10, cells)
        assert not refused.usable
        assert code in [reason.code for reason in refused.reasons]
