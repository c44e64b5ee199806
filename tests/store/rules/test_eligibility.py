"""Who belongs to the JHT 56 campaign, and what they are told about channel and papers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.eligibility import (
    ChannelAdvice,
    Document,
    channel_advice,
    documents_for_jht56,
    has_reached_jht_age,
    is_eligible,
    jht56_period,
)

BORN = date(1967, 7, 15)


@pytest.mark.parametrize(
    ("birth_date", "period"),
    [
        (BORN, "2023-07"),
        (date(1967, 12, 31), "2023-12"),
        (date(1968, 2, 29), "2024-02"),
        (date(2044, 2, 29), "2100-02"),
    ],
)
def test_the_period_is_the_month_of_the_56th_birthday(birth_date: date, period: str) -> None:
    assert jht56_period(birth_date) == period


@pytest.mark.parametrize(
    ("birth_date", "claimed", "deceased", "today", "eligible"),
    [
        (BORN, None, False, date(2023, 7, 14), False),
        (BORN, None, False, date(2023, 7, 15), True),
        (BORN, False, False, date(2024, 1, 1), True),
        (BORN, True, False, date(2024, 1, 1), False),
        (BORN, False, True, date(2024, 1, 1), False),
        (None, False, False, date(2024, 1, 1), False),
        (date(1968, 2, 29), None, False, date(2024, 2, 28), False),
        (date(1968, 2, 29), None, False, date(2024, 2, 29), True),
        (date(2044, 2, 29), None, False, date(2100, 2, 28), False),
        (date(2044, 2, 29), None, False, date(2100, 3, 1), True),
        (date(9999, 12, 31), None, False, date(2026, 1, 1), False),  # what some registers write for "unknown"
    ],
)
def test_who_may_claim(
    birth_date: date | None, claimed: bool | None, deceased: bool, today: date, eligible: bool
) -> None:
    assert is_eligible(birth_date, claimed, deceased, today) is eligible


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1950, 1, 1), date(2200, 12, 31)))
def test_the_age_is_reached_in_the_month_of_the_period_or_just_after(birth_date: date, today: date) -> None:
    month = f"{today.year:04d}-{today.month:02d}"
    if month < jht56_period(birth_date):
        assert not has_reached_jht_age(birth_date, today)
    if month > jht56_period(birth_date):
        assert has_reached_jht_age(birth_date, today)


@pytest.mark.parametrize(
    ("balance", "today", "channel", "limit"),
    [
        (10_000_000, date(2023, 8, 1), ChannelAdvice.JMO, 10_000_000),
        (10_000_001, date(2023, 8, 1), ChannelAdvice.LAPAK_ASIK_OR_OFFICE, 10_000_000),
        (10_000_001, date(2025, 4, 30), ChannelAdvice.LAPAK_ASIK_OR_OFFICE, 10_000_000),
        (15_000_000, date(2025, 5, 1), ChannelAdvice.JMO, 15_000_000),
        (15_000_001, date(2025, 5, 1), ChannelAdvice.LAPAK_ASIK_OR_OFFICE, 15_000_000),
        (0, date(2026, 11, 22), ChannelAdvice.JMO, 15_000_000),
        (None, date(2026, 11, 22), ChannelAdvice.RULE, 15_000_000),
    ],
)
def test_the_channel_follows_the_limit_in_force(
    balance: int | None, today: date, channel: ChannelAdvice, limit: int
) -> None:
    advice = channel_advice(balance, today)
    assert (advice.channel, advice.limit) == (channel, limit)


def test_the_office_keeps_the_limits_in_any_order() -> None:
    limits = [(date(2027, 1, 1), 20_000_000), (date(2025, 5, 1), 15_000_000)]
    assert channel_advice(18_000_000, date(2027, 1, 1), limits).channel is ChannelAdvice.JMO
    assert channel_advice(18_000_000, date(2026, 12, 31), limits).channel is ChannelAdvice.LAPAK_ASIK_OR_OFFICE
    before = channel_advice(1, date(2025, 4, 30), limits)
    assert (before.channel, before.limit) == (ChannelAdvice.RULE, None)


def test_the_papers_to_bring_ask_for_the_tax_number_above_fifty_million() -> None:
    assert documents_for_jht56()[:2] == (Document.CARD, Document.KTP)
    assert documents_for_jht56()[-1] is Document.NPWP_IF_ABOVE
    assert documents_for_jht56(50_000_001)[-1] is Document.NPWP
    assert not {Document.NPWP, Document.NPWP_IF_ABOVE} & set(documents_for_jht56(50_000_000))
