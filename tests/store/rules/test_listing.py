"""A listing is taken whole or refused whole, with the figures; what was paid is told apart from tax and fees."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.booking_text import Told, read_description
from store.rules.listing import Listing, ListingProblem, read_listing
from store.rules.listing_lines import ListingLine, read_line
from store.rules.paid import read_paid
from store.rules.programs import Program, program_of, programs_in
from store.rules.readings import Cell, CellError

DAY = date(2023, 7, 31)
CODE = "31-07-2023 T0017 00000001"
TEXT = "PEMBAYARAN JHT A/N SITI AMINAH KPJ 99000000001"


def line(
    code: str = CODE,
    debit: object = None,
    credit: object = None,
    *,
    account: str = "BANK OPERASIONAL",
    ledger: str = "SITI AMINAH",
    text: str = TEXT,
    day: str = "31-07-2023",
    row: int = 1,
    sheet: str = "S",
    kind: str = "data",
) -> ListingLine:
    cells = {"code": [code], "debit": [debit], "credit": [credit], "account_name": [account]}
    return read_line(sheet, row, kind, cells | {"sub_ledger": [ledger], "description": [text], "booked_on": [day]})  # type: ignore[arg-type]  # cells of any kind


def pair(amount: int, **how: str) -> list[ListingLine]:
    """The two lines of a plain payment."""
    return [line(debit=amount, account="BEBAN JAMINAN JHT", **how), line(credit=amount, **how)]  # type: ignore[arg-type]


def total(debit: object, credit: object, row: int = 9) -> ListingLine:
    return line("TOTAL", debit, credit, kind="totals", row=row)


def kinds(found: Listing) -> list[str]:
    return [problem.kind for problem in found.problems]


def test_debit_and_credit_that_differ_refuse_the_listing_with_both_figures() -> None:
    found = read_listing(
        [
            *pair(500),
            line("31-07-2023 T0017 00000002", 1000, row=7),
            line("31-07-2023 T0017 00000002", None, 910, row=8),
        ]
    )
    assert found.problems == (
        ListingProblem("unbalanced", "S", 7, "31-07-2023 T0017 00000002", debit=1000, credit=910),
    )


def test_a_total_that_disagrees_is_told_with_what_the_rows_make() -> None:
    found = read_listing([*pair(500), total(500, 590)])
    assert [(each.kind, each.field, each.stated, each.found) for each in found.problems] == [
        ("total-differs", "credit", 590, 500)
    ]
    assert kinds(read_listing([*pair(500), total("Rp500,00", 500)])) == []


def test_subtotals_of_pages_and_the_total_of_all_agree() -> None:
    other = pair(700, code="31-07-2023 T0017 00000002")
    assert kinds(read_listing([*pair(500), total(500, 500), *other, total(700, 700), total(1200, 1200)])) == []


def test_a_code_that_stands_for_two_things_is_refused_and_said_twice_is_one() -> None:
    elsewhere = [*pair(500), *pair(700, code="31-07-2023 T0017 00000002"), *pair(600)]
    assert [(each.kind, each.stated, each.found) for each in read_listing(elsewhere).problems] == [
        ("repeated", 500, 600)
    ]
    twice = read_listing([*pair(500), *pair(500, sheet="T")])
    assert (kinds(twice), len(twice.payments), twice.repeated) == ([], 1, 1)
    assert kinds(read_listing([*pair(500), *pair(500)])) == ["doubled"]
    assert kinds(read_listing(sorted([*pair(500), *pair(500)], key=lambda each: each.account_name))) == ["doubled"]


def test_lines_sorted_by_account_come_together_by_their_code() -> None:
    first, second = pair(500), pair(700, code="31-07-2023 T0017 00000002")
    found = read_listing([first[0], second[0], first[1], second[1]])
    assert (kinds(found), [each.amount for each in found.payments]) == ([], [500, 700])


@pytest.mark.parametrize(
    ("lines", "amount"),
    [
        ([("BEBAN JAMINAN JHT", 1000, 0), ("HUTANG PPH 21", 0, 50), ("BANK", 0, 950)], 950),
        ([("BEBAN JAMINAN JHT", 1000, 0), ("BIAYA TRANSFER", 6, 0), ("BANK", 0, 1006)], 1000),
        ([("BEBAN JAMINAN JHT", 1000, 0), ("BANK", 0, 994), ("PENDAPATAN ADMINISTRASI", 0, 6)], 994),
        ([("BEBAN JAMINAN JHT", 1000, 0), ("UTANG PAJAK", 0, 50), ("KAS NEGARA", 50, 0), ("BANK", 0, 1000)], 950),
        ([("BEBAN JHT", 1000, 0), ("HUTANG JHT", 0, 1000), ("HUTANG JHT", 1000, 0), ("BANK", 0, 1000)], 1000),
        ([("", 1000, 0), ("", 0, 1000)], 1000),
    ],
)
def test_the_amount_is_what_the_payee_got(lines: list[tuple[str, int, int]], amount: int) -> None:
    found = read_listing([line(debit=debit, credit=credit, account=account) for account, debit, credit in lines])
    assert (kinds(found), [each.amount for each in found.payments]) == ([], [amount])


def test_a_line_without_code_belongs_to_the_one_above_and_without_any_is_refused() -> None:
    assert [each.amount for each in read_listing([pair(500)[0], line("", None, 500)]).payments] == [500]
    assert kinds(read_listing([line("", 500, 500), *pair(500)])) == ["code-missing"]


def test_cells_that_cannot_be_read_refuse_the_listing() -> None:
    found = read_listing([line(debit="1.234,50", account="BEBAN JHT", row=4), line(credit=1234, row=5)])
    assert ("amount-unreadable", 4, "1.234,50") in {(each.kind, each.row, each.text) for each in found.problems}
    assert "date-unreadable" in kinds(read_listing(pair(500, day="31-13-2023")))
    days = [pair(500)[0], line(credit=500, day="01-08-2023")]
    assert [(each.kind, each.text) for each in read_listing(days).problems] == [
        ("dates-differ", "2023-07-31, 2023-08-01")
    ]


@pytest.mark.parametrize("failed", ["#N/A", "#DIV/0!", CellError("#REF!")])
def test_an_amount_or_date_whose_formula_failed_is_not_taken_for_nothing(failed: Cell) -> None:
    lost = "31-07-2023 T0017 00000002"
    found = read_listing([*pair(500), line(lost, failed, account="BEBAN JAMINAN JHT"), line(lost, None, failed)])
    assert [(each.kind, each.text) for each in found.problems[:2]] == [("amount-unreadable", str(failed))] * 2
    dated = [line(debit=500, account="BEBAN JAMINAN JHT", day=failed), line(credit=500)]  # type: ignore[arg-type]  # a cell of any kind
    assert kinds(read_listing(dated)) == ["date-unreadable"]
    assert kinds(read_listing([*pair(500), total(failed, failed)])) == []
    assert line(debit=500, ledger=str(failed), text=str(failed)).description == ""
    paid = {"kpj": ["99000000001"], "name": ["SITI AMINAH"], "program": ["JHT"]}
    for field in ("amount", "paid_on"):
        row = read_paid("S", 1, {**paid, field: [failed]}, default=DAY)
        assert (row.usable, [(each.field, each.raw) for each in row.reasons]) == (False, [(field, str(failed))])


def test_the_date_comes_from_column_code_or_title() -> None:
    title = read_line("S", 1, "title", {"title": ["TANGGAL 1 Agustus 2023"]})
    printed = read_line("S", 2, "title", {"title": ["Dicetak 02-08-2023"]})
    assert [each.booked_on for each in read_listing(pair(500, day="")).payments] == [DAY]
    bare = pair(500, day="", code="DOK 123456")
    assert [each.booked_on for each in read_listing([title, printed, *bare]).payments] == [date(2023, 8, 1)]
    assert kinds(read_listing(bare)) == ["date-missing"]


def test_other_bookings_are_counted_and_have_to_balance_too() -> None:
    other = [
        line("31-07-2023 K0001 00000009", 90, 0, account="BEBAN ATK", text="ATK"),
        line("31-07-2023 K0001 00000009", 0, 90, text="ATK"),
    ]
    found = read_listing([*pair(500), *other])
    assert (len(found.payments), found.others, found.others_amount) == (1, 1, 90)
    assert kinds(read_listing([*pair(500), other[0]])) == ["unbalanced"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT, Told("SITI AMINAH", "99000000001")),
        ("BAYAR JKK A/N EKO KPJ 99000000002 KE RS CONTOH", Told("EKO", "99000000002", "RS CONTOH")),
        ("JM a.n. Alm. BUDI, No. KPJ: 990-0000-0003 AHLI WARIS SITI", Told("Alm. BUDI", "99000000003", "SITI")),
        ("KLAIM JHT ATAS NAMA NUR'AINI (KPJ 99000000004)", Told("NUR'AINI", "99000000004")),
        ("JKK KPJ 99000000005 DAN KPJ 99000000006 KE RS CONTOH", Told("", "", "RS CONTOH", several=True)),
        ("SETORAN IURAN", Told()),
    ],
)
def test_descriptions_tell_name_card_and_payee(text: str, told: Told) -> None:
    assert read_description(text) == told


def test_programmes_are_known_by_their_other_names() -> None:
    texts = ("PEMBAYARAN JM", "JPN01", "jaminan hari tua", "BEBAN JAMINAN KECELAKAAN KERJA", "SANTUNAN KEMATIAN", "JKP")
    assert [program_of(text) for text in texts] == ["JKM", "JP", "JHT", "JKK", "JKM", None]
    assert programs_in("JKM DAN JHT") == (Program.JKM, Program.JHT)
    assert program_of("JKM DAN JHT") is None


def test_a_death_paid_with_its_savings_goes_by_the_words() -> None:
    text = "PEMBAYARAN JKM A/N BUDI KPJ 99000000001 KE SITI"
    lines = [
        line(debit=900, account="BEBAN JHT", text=text, ledger="SITI"),
        line(debit=420, account="BEBAN JKM", text=text, ledger="SITI"),
    ]
    found = read_listing([*lines, line(credit=1320, text=text, ledger="SITI")])
    assert [(each.program, each.amount, each.name, each.payee) for each in found.payments] == [
        ("JKM", 1320, "BUDI", "SITI")
    ]


amounts = st.integers(1, 10**12)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8))
def test_nothing_unbalanced_is_ever_taken(figures: list[tuple[int, int]]) -> None:
    lines = [
        each
        for n, (debit, credit) in enumerate(figures)
        for each in (
            line(f"31-07-2023 T0017 {n:08}", debit, account="BEBAN JHT"),
            line(f"31-07-2023 T0017 {n:08}", None, credit),
        )
    ]
    found = read_listing(lines)
    assert len(found.problems) == sum(debit != credit for debit, credit in figures)
    assert [each.amount for each in found.payments] == [debit for debit, credit in figures if debit == credit]
