"""Help with a claim: which papers a way and a reason ask for, and when an interview is remembered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.assists import (
    REMINDED_BEFORE,
    ClaimReason,
    Need,
    Paper,
    PaperState,
    brought_later,
    documents_from_json,
    documents_to_json,
    papers_missing,
    papers_needed,
    reminder_of,
)
from store.rules.due import closing_of
from store.rules.hours import OfficeCalendar, to_wib
from store.rules.outcomes import Channel
from tests.store.rules.office import CALENDAR, moments, shown, wib

ALWAYS = [Paper.KTP, Paper.CARD, Paper.KK, Paper.BANK_BOOK]
ONLINE = [*ALWAYS, Paper.EMAIL, Paper.PHONE]


@pytest.mark.parametrize(
    ("way", "reason", "balance", "papers"),
    [
        (Channel.JMO, ClaimReason.AGE, 5_000_000, ONLINE),
        (Channel.JMO, ClaimReason.RESIGNED, None, [*ONLINE, Paper.RECOMMENDATION]),
        (Channel.LAPAK_ASIK, ClaimReason.AGE, 50_000_000, ONLINE),
        (Channel.LAPAK_ASIK, ClaimReason.AGE, 50_000_001, [*ONLINE, Paper.NPWP]),
        (Channel.LAPAK_ASIK, ClaimReason.PARTIAL, 60_000_000, [*ONLINE, Paper.NPWP, Paper.RECOMMENDATION]),
        (Channel.OFFICE, ClaimReason.AGE, 20_000_000, ALWAYS),
        (Channel.OFFICE, ClaimReason.HEIRS, 60_000_000, [*ALWAYS, Paper.NPWP]),
        (Channel.UNSAID, ClaimReason.UNSAID, 60_000_000, [*ONLINE, Paper.NPWP, Paper.RECOMMENDATION]),
    ],
)
def test_way_reason_and_balance_say_which_papers(
    way: Channel, reason: ClaimReason, balance: int | None, papers: list[Paper]
) -> None:
    needed = papers_needed(way, reason, balance)
    assert list(needed) == papers
    assert set(needed.values()) == {Need.YES}


def test_without_a_known_balance_the_tax_number_comes_with_its_condition() -> None:
    needed = papers_needed(Channel.LAPAK_ASIK, ClaimReason.AGE)
    assert needed[Paper.NPWP] is Need.ABOVE_LIMIT
    missing, unasked = papers_missing(needed, {Paper.KTP: PaperState.PRESENT, Paper.NPWP: PaperState.MISSING})
    assert missing == (Paper.NPWP,)
    assert unasked == (Paper.CARD, Paper.KK, Paper.BANK_BOOK, Paper.EMAIL, Paper.PHONE)
    assert papers_missing(needed, dict.fromkeys(Paper, PaperState.NOT_NEEDED)) == ((), ())


@given(st.dictionaries(st.sampled_from(Paper), st.sampled_from(PaperState)))
def test_papers_are_kept_as_one_text_whatever_their_order(documents: dict[Paper, PaperState]) -> None:
    text = documents_to_json(documents)
    assert documents_from_json(text) == documents
    assert documents_to_json(dict(reversed(documents.items()))) == text


def test_what_was_missing_came_later() -> None:
    assert brought_later(PaperState.MISSING, PaperState.PRESENT) is PaperState.LATER
    assert brought_later(PaperState.LATER, PaperState.PRESENT) is PaperState.LATER
    assert brought_later(None, PaperState.PRESENT) is PaperState.PRESENT
    assert brought_later(PaperState.MISSING, PaperState.NOT_NEEDED) is PaperState.NOT_NEEDED


@pytest.mark.parametrize(
    ("interview", "reminder"),
    [
        (wib(25, 10), "25/11 09.00"),
        (wib(25, 13, 30), "25/11 12.00"),  # an hour before would be in the break
        (wib(25, 8), "25/11 08.00"),
        (wib(25, 8, 30), "25/11 08.00"),  # that morning
        (wib(27, 9), "27/11 08.30"),  # Fridays begin later
        (wib(23, 11, 30), "23/11 11.00"),  # an hour before is past
    ],
)
def test_the_reminder_of_an_interview_is_due_an_hour_before_or_that_morning(interview: datetime, reminder: str) -> None:
    assert shown(reminder_of(interview, wib(23, 11), CALENDAR)) == reminder


@given(moments(), st.integers(0, 2000), st.integers(0, 600))
def test_a_reminder_never_comes_too_late(
    moment: tuple[datetime, OfficeCalendar], hours_ahead: int, minutes: int
) -> None:
    now, calendar = moment
    interview = calendar.next_opening(now + timedelta(hours=hours_ahead, minutes=minutes))
    due_at = reminder_of(interview, now, calendar)
    assert now <= due_at <= interview
    assert to_wib(due_at).date() in (to_wib(interview).date(), to_wib(now).date())
    if interview - now >= timedelta(days=1):
        opening = calendar.stretches(to_wib(interview).date())[0][0]
        assert due_at == opening or due_at <= interview - REMINDED_BEFORE
        assert closing_of(to_wib(due_at).date(), calendar) is not None
