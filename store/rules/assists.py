"""Help with a claim through JMO, Lapak Asik or at the office: papers, activation, interview, result.

What the source knows of it stands in domain.md 2.8 and 3.3; the words for what stops an activation are those a counter
clerk would use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from store.rules.eligibility import NPWP_ABOVE
from store.rules.hours import OfficeCalendar, from_wib, to_wib
from store.rules.outcomes import Channel


class ClaimReason(StrEnum):
    """Why somebody may claim their JHT (domain.md 3.3)."""

    AGE = "age"  # 56, also while still at work
    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    CONTRACT_ENDED = "contract_ended"
    PARTIAL = "partial"  # 10 % or 30 % after ten years, still at work
    HEIRS = "heirs"
    OTHER = "other"
    UNSAID = ""


class Paper(StrEnum):
    """What help with a claim asks for (domain.md 2.8); an address and a number are needed like papers."""

    KTP = "ktp"
    CARD = "card"
    KK = "kk"
    BANK_BOOK = "bank_book"
    EMAIL = "email"
    PHONE = "phone"
    NPWP = "npwp"
    RECOMMENDATION = "recommendation"  # of the employer


class PaperState(StrEnum):
    """Where a paper stands; one that nobody has asked for yet has no state."""

    PRESENT = "present"
    MISSING = "missing"
    LATER = "later"  # was missing and has been brought since
    NOT_NEEDED = "not_needed"


class Need(StrEnum):
    """Whether a paper is needed."""

    YES = "yes"
    ABOVE_LIMIT = "above_limit"  # only above `NPWP_ABOVE`, and the balance is not known


class Activation(StrEnum):
    """How the activation of the account ended: done, or what stopped it."""

    DONE = "done"
    EMAIL = "email"  # the address does not work, or its password is forgotten
    NUMBER = "number"  # the number is not the registered one
    FACE = "face"  # the picture does not match
    NIK = "nik"  # another NIK than the office has
    DUKCAPIL = "dukcapil"  # data not the same as at the civil registry
    PIN = "pin"  # forgotten
    OLD_PHONE = "old_phone"  # the telephone is too old for the app
    NETWORK = "network"  # no network, or Smile down
    OTHER = "other"  # as the note says


class Result(StrEnum):
    """What became of the claim."""

    GOES_ON = ""
    SUBMITTED = "submitted"
    CAME_BACK = "came_back"  # sent back to be completed
    PAID = "paid"
    REFUSED = "refused"
    GAVE_UP = "gave_up"


OPEN_RESULTS: Final = frozenset({Result.GOES_ON, Result.SUBMITTED, Result.CAME_BACK})
"""Somebody still has to look after it."""

HANDED_IN: Final = frozenset({Result.SUBMITTED, Result.CAME_BACK, Result.PAID, Result.REFUSED})
"""The claim was handed in, whatever came of it."""

EXPLAINED: Final = frozenset({Result.REFUSED, Result.CAME_BACK})
"""Results that say why."""

AT_HAND: Final = frozenset({PaperState.PRESENT, PaperState.LATER})
WAS_MISSING: Final = frozenset({PaperState.MISSING, PaperState.LATER})

REMINDED_BEFORE: Final = timedelta(hours=1)
"""How long before an interview its reminder is due."""

_LEFT_WORK: Final = frozenset({ClaimReason.RESIGNED, ClaimReason.DISMISSED, ClaimReason.CONTRACT_ENDED})


def papers_needed(way: Channel, reason: ClaimReason, balance: int | None = None) -> Mapping[Paper, Need]:
    """The papers for a claim, in the order in which they are asked for.

    Card and KTP by the regulation, KK and bank book as offices ask for them, NPWP above Rp50 million, which JMO never
    pays (domain.md 3.3). JMO is activated with e-mail and number, Lapak Asik writes and calls by them; the office needs
    neither (domain.md 2.8). The employer's letter is asked for where the reason is theirs to confirm: work that ended,
    or work that goes on beside a partial claim; as long as the reason is unsaid or another one, all are.
    `balance` in whole rupiah, None when unknown.
    """
    needed = dict.fromkeys((Paper.KTP, Paper.CARD, Paper.KK, Paper.BANK_BOOK), Need.YES)
    if way is not Channel.OFFICE:
        needed |= {Paper.EMAIL: Need.YES, Paper.PHONE: Need.YES}
    if way is not Channel.JMO:
        if balance is None:
            needed[Paper.NPWP] = Need.ABOVE_LIMIT
        elif balance > NPWP_ABOVE:
            needed[Paper.NPWP] = Need.YES
    if reason not in (ClaimReason.AGE, ClaimReason.HEIRS):
        needed[Paper.RECOMMENDATION] = Need.YES
    return MappingProxyType(needed)


def papers_missing(
    needed: Mapping[Paper, Need], documents: Mapping[Paper, PaperState]
) -> tuple[tuple[Paper, ...], tuple[Paper, ...]]:
    """The papers that are missing, and those that are needed and were not asked for yet; in the order of `Paper`.

    What somebody noted as missing is missing, whatever the rule says of it.
    """
    missing = tuple(paper for paper in Paper if documents.get(paper) is PaperState.MISSING)
    unasked = tuple(paper for paper in Paper if needed.get(paper) is Need.YES and paper not in documents)
    return missing, unasked


def brought_later(before: PaperState | None, now: PaperState) -> PaperState:
    """A paper that was missing and is there now came later: the office wants to know what people come without."""
    return PaperState.LATER if now is PaperState.PRESENT and before in WAS_MISSING else now


def documents_to_json(documents: Mapping[Paper, PaperState]) -> str:
    """In the order of `Paper`, so that the same papers are the same text."""
    return json.dumps({str(paper): str(documents[paper]) for paper in Paper if paper in documents})


def documents_from_json(text: str) -> dict[Paper, PaperState]:
    """Raises ValueError for a paper or a state that does not exist."""
    return {Paper(paper): PaperState(state) for paper, state in json.loads(text).items()}


def reminder_of(interview_at: datetime, now: datetime, calendar: OfficeCalendar) -> datetime:
    """When the reminder of an interview (an instant inside office hours) is due: an hour before, never before `now`.

    An hour that falls into the break is brought forward to its beginning; in the first hour of the day it is the
    opening, that morning.
    """
    hour_before = interview_at - REMINDED_BEFORE
    begun = [stretch for stretch in calendar.stretches(to_wib(interview_at).date()) if stretch[0] < hour_before]
    if begun:
        due_at = min(hour_before, begun[-1][1])
    else:
        day = to_wib(interview_at).date()
        due_at = calendar.next_opening(from_wib(day, datetime.min.time()))
    return min(max(due_at, now), interview_at)
