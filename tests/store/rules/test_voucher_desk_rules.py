"""The rules of the voucher desk: steps of a file, who signs, what is typed, what signatures took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.rules.candidates import fit, read_typed
from store.rules.hours import OfficeCalendar
from store.rules.money import format_rupiah
from store.rules.signers import DEFAULT_SIGNERS, Deputy, Signer, Signers, signers_from_plain, signers_to_plain
from store.rules.voucher_figures import FileFact, figures
from store.rules.vouchers import STEPS, FileState, FileStep, amount_read

NAMES = st.sampled_from(["HENDRA REKAAN", "SITI AMINAH CONTOH", "M. UCOK LATIHAN", "TIUR", "DR. DEWI SANTOSO, S.E."])
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


@dataclass(frozen=True)
class Listed:
    program: str
    kpj: str
    name: str
    payee: str
    amount: int


def test_every_step_has_its_rule_and_every_state_can_be_reached() -> None:
    assert set(STEPS) == set(FileStep)
    reached = {FileState.RECEIVED} | {rule.leads for rule in STEPS.values() if rule.leads is not None}
    assert reached == set(FileState)
    # From matched to the archive there is one way, and only through paper that was seen.
    assert STEPS[FileStep.PRINT].begins == {FileState.MATCHED}
    assert STEPS[FileStep.RIGHT].begins == {FileState.PRINTED}
    assert STEPS[FileStep.OUT].begins == {FileState.CONFIRMED}
    assert STEPS[FileStep.ARCHIVE].begins == {FileState.COMPLETE}


@given(NAMES, st.integers(1_000, 10**12), st.integers(10**10, 10**11 - 1), st.sampled_from(["", ",00", ".00"]))
def test_whatever_part_of_a_paper_is_typed_its_transaction_fits(name: str, amount: int, kpj: int, cents: str) -> None:
    paid = Listed("JHT", str(kpj), name, "RS CONTOH MANDAU", amount)
    styled = format_rupiah(amount) + (cents if cents != ".00" else "")
    english = f"{amount:,}{cents if cents != ',00' else ''}"
    for text, by in (
        (name, ("name",)),
        (name.lower(), ("name",)),
        (str(kpj), ("kpj",)),
        (str(kpj)[-5:], ("kpj",)),
        (styled, ("amount",)),
        (f"Rp. {english}", ("amount",)),
        ("rs contoh", ("payee",)),
        (f"{name} {styled}", ("name", "amount")),
    ):
        found = fit(read_typed(text), paid)
        assert found is not None, text
        assert set(by) <= set(found.by) or str(amount) == text, text
        assert found.amount_off == 0 or found.amount is not None


@given(NAMES, st.integers(10_000, 10**9), st.integers(1, 10**6))
def test_an_amount_that_differs_is_said_with_how_much(name: str, amount: int, off: int) -> None:
    paid = Listed("JHT", "21000000001", name, name, amount)
    found = fit(read_typed(f"{name} {format_rupiah(amount + off)}"), paid)
    assert found is not None
    assert (found.amount, found.amount_off) == (amount + off, off)
    alone = fit(read_typed(format_rupiah(amount + off)), paid)
    assert (alone is not None) == (off * 10 <= amount)


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    found = fit(read_typed(text), Listed("JHT", "21000000001", "HENDRA REKAAN", "", 5_000_000))
    assert found is None or found.score >= 0


@given(st.lists(st.tuples(DAYS, st.text(st.characters(categories=["L"]), min_size=1, max_size=9)), max_size=4), DAYS)
def test_who_signs_is_who_was_last_put_there(names: list[tuple[date, str]], day: date) -> None:
    signer = Signer("kabid", "Kepala Bidang", "oranye", tuple(names), (Deputy("Wakil", "", day, day),))
    table = Signers((signer, *DEFAULT_SIGNERS.signers))
    assert signers_from_plain(signers_to_plain(table)) == table
    assert (signer.on(day).name, signer.on(day).title, signer.on(day).deputy) == ("Wakil", "Kepala Bidang", True)
    other = signer.on(day + timedelta(days=1))
    firsts = [first for first, _name in names if first <= day + timedelta(days=1)]
    assert other.name in ({name for first, name in names if first == max(firsts)} if firsts else {""})


def test_a_fixed_order_lets_nobody_sign_before_the_one_ahead() -> None:
    fixed = Signers(DEFAULT_SIGNERS.signers, fixed=True)
    assert [fixed.out_of_order(signed) for signed in ([], ["pelayanan"], ["keuangan"], ["pelayanan", "kantor"])] == [
        *(False, False, True, True),
    ]
    assert not DEFAULT_SIGNERS.out_of_order(["kantor"])
    assert fixed.missing(["keuangan"]) == ("pelayanan", "kantor")


FACTS = st.lists(
    st.builds(
        FileFact,
        day=DAYS,
        program=st.sampled_from(["JHT", "JKK", "JKM", "JP"]),
        state=st.sampled_from([str(state) for state in FileState]),
        amount=st.integers(0, 10**9),
        without_transaction=st.booleans(),
        approved=st.booleans(),
        originals=st.integers(0, 3),
        copies=st.integers(0, 3),
        voids=st.integers(0, 2),
        out_at=st.none() | st.just(datetime.fromisoformat("2023-07-03T03:00+00:00")),
        signed_at=st.none() | st.just(datetime.fromisoformat("2023-07-10T03:00+00:00")),
    ),
    max_size=30,
)


@given(FACTS)
def test_every_group_adds_up_to_the_whole(facts: list[FileFact]) -> None:
    told = figures(facts, 0, OfficeCalendar())
    for groups in (told.by_program, told.by_day):
        assert sum(row["files"] for row in groups.values()) == told.files
        assert sum(row["amount"] for row in groups.values()) == told.amount
        assert all(sum(row[state] for state in FileState) == row["files"] for row in groups.values())
    assert sum(row["files"] for row in told.by_state.values()) == len(facts)
    assert told.delay_longest in (None, 5)  # Monday to Monday


@given(DAYS, st.integers(0, 40))
def test_working_days_between_are_those_that_adding_them_passes(day: date, count: int) -> None:
    calendar = OfficeCalendar()
    assert calendar.working_days_between(day, calendar.add_working_days(day, count)) == count
    assert calendar.working_days_between(day, day - timedelta(days=count)) == 0


def test_who_may_not_see_amounts_wipes_none() -> None:
    assert amount_read(None, 12_500_000, sees=False) == 12_500_000
    assert amount_read(None, 12_500_000, sees=True) is None
    assert {amount_read(9, 12_500_000, sees=sees) for sees in (True, False)} == {9}
