"""Paper against the listing: what agrees, what differs, and that likeness alone never decides."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.matching import Verdict, compare, near_name, needs_yes, pair, same_name


@dataclass(frozen=True)
class Slip:
    """What a transaction or a paper tells."""

    program: str = "JHT"
    kpj: str = "99000000001"
    name: str = "SITI AMINAH"
    payee: str = "SITI AMINAH"
    amount: int = 1000


@dataclass(frozen=True)
class Paper:
    program: str = "JHT"
    kpj: str = "99000000001"
    name: str = "SITI AMINAH"
    payee: str = ""
    amount: int | None = 1000


@pytest.mark.parametrize(
    ("paper", "verdict", "differences"),
    [
        (Paper(), "match", []),
        (Paper(name="Hj. Siti Aminah, S.Pd."), "match", []),
        (Paper(name="SITI AMINAH", amount=None), "match", []),
        (Paper(program="", name=""), "match", []),
        (Paper(amount=91_000), "amount-mismatch", ["amount-mismatch"]),
        (Paper(name="DEWI"), "name-mismatch", ["name-mismatch"]),
        (Paper(program="JP"), "program-mismatch", ["program-mismatch"]),
        (Paper(program="JP", name="DEWI"), "name-mismatch", ["name-mismatch", "program-mismatch"]),
        (
            Paper("JP", name="DEWI", amount=1),
            "amount-mismatch",
            ["amount-mismatch", "name-mismatch", "program-mismatch"],
        ),
    ],
)
def test_amount_outranks_name_and_name_outranks_programme(paper: Paper, verdict: str, differences: list[str]) -> None:
    found = compare(Slip(), paper)
    assert (found.verdict, list(found.differences)) == (verdict, differences)


def test_differences_carry_both_sides() -> None:
    found = compare(Slip(), Paper("JP", name="SITI AMINA", amount=910))
    assert (found.amount_off, found.names, found.programs) == (-90, ("SITI AMINAH", "SITI AMINA"), ("JHT", "JP"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SOEKARNO", "SUKARNO"),
        ("DJOKO", "JOKO"),
        ("TJIPTO", "CIPTO"),
        ("M. YUSUF", "MUHAMMAD JUSUF"),
        ("NUR'AINI", "Nuraini"),
    ],
)
def test_old_spelling_and_titles_are_the_same_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert compare(Slip(name=one, payee=one), Paper(name=other)).verdict == "match"


@pytest.mark.parametrize(
    ("one", "other"), [("SITI AMINAH", "SITI AMINA"), ("AMINAH SITI", "SITI AMINAH"), ("BUDI", "BUDI SANTOSO")]
)
def test_a_near_name_is_only_a_suggestion(one: str, other: str) -> None:
    assert near_name(one, other)
    found = compare(Slip(name=one, payee=one), Paper(name=other))
    assert (found.verdict, found.near) == ("name-mismatch", True)


def test_somebody_else_was_paid_needs_a_yes() -> None:
    assert needs_yes(Slip(payee="RS CONTOH")) == ("payee-differs",)
    assert needs_yes(Slip(payee="HJ. SITI AMINAH")) == ()
    assert compare(Slip(), Paper(payee="BUDI")).needs_yes == ("payee-differs",)
    assert compare(Slip(), Paper(name="DEWI", payee="DEWI")).needs_yes == ()


def test_two_claims_of_one_card_find_their_own_paper() -> None:
    paid = [Slip(), Slip("JKM", amount=42_000)]
    assert pair(paid, [Paper("JKM", amount=42_000), Paper()]) == {0: 1, 1: 0}
    assert pair(paid, [Paper("JKM", amount=42_090), Paper(amount=None)]) == {0: 1, 1: 0}
    assert pair(paid, [Paper("JKM", amount=42_000)]) == {1: 0}


slips = st.builds(
    Slip,
    program=st.sampled_from(["JHT", "JKM"]),
    kpj=st.sampled_from(["99000000001", "99000000002", ""]),
    name=st.sampled_from(["SITI", "BUDI"]),
    amount=st.sampled_from([1, 2]),
)


@given(st.lists(slips, max_size=8), st.lists(slips, max_size=8))
def test_a_paper_goes_with_one_transaction_of_its_own_card(paid: list[Slip], papers: list[Slip]) -> None:
    found = pair(paid, papers)
    assert len(set(found.values())) == len(found)
    assert all(paid[index].kpj == papers[place].kpj != "" for index, place in found.items())
    for kpj in ("99000000001", "99000000002"):
        both = (sum(slip.kpj == kpj for slip in paid), sum(slip.kpj == kpj for slip in papers))
        assert sum(paid[index].kpj == kpj for index in found) == min(both)


@given(st.lists(slips, min_size=1, max_size=6, unique_by=lambda slip: (slip.kpj, slip.program, slip.amount)))
def test_what_agrees_wholly_is_never_torn_apart(paid: list[Slip]) -> None:
    papers = list(reversed(paid))
    found = pair(paid, papers)
    for index, place in found.items():
        assert compare(paid[index], papers[place]).verdict is Verdict.MATCH
        assert papers[place] == paid[index]
