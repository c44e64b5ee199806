"""The words of the counter (*layanan*): channels, callers, topics, outcomes, where a follow-up comes from.

Topics are those the office writes down (domain.md 2.4, design.md 3.2); the office can name its own list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ContactChannel(StrEnum):
    """How somebody reached the office."""

    PHONE = "phone"
    DESK = "desk"
    MISSED = "missed"  # the telephone rang and nobody answered


class Caller(StrEnum):
    """Who it was, in relation to the participant it is about."""

    ANONYMOUS = "anonymous"
    SELF = "self"
    HEIR = "heir"
    OTHER = "other"  # asks for somebody else: nothing of the person is told (domain.md 3.7)
    COMPANY = "company"


class Topic(StrEnum):
    """What a call or visit was about."""

    HOURS = "hours"
    CLAIM = "claim"
    PLACE = "place"
    STATUS = "status"
    JMO = "jmo"
    CONTRIBUTIONS = "contributions"
    CARD = "card"
    OTHER = "other"
    PROGRAMME = "programme"  # what the programmes are; on no digit at first


TOPIC_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1": Topic.HOURS,
        "2": Topic.CLAIM,
        "3": Topic.PLACE,
        "4": Topic.STATUS,
        "5": Topic.JMO,
        "6": Topic.CONTRIBUTIONS,
        "7": Topic.CARD,
        "8": Topic.OTHER,
    }
)
"""The digit of each topic (design.md 3.2) where the office has not made its own list."""


def check_topics(value: Mapping[str, str]) -> None:
    """Refuses a list of topics that a screen could not offer. Raises ValueError."""
    texts: Sequence[str] = [text.strip() for text in value.values()]
    if not all(len(key) == 1 and key in "123456789" for key in value) or "" in texts:
        raise ValueError(value)
    if len(set(texts)) != len(texts):
        raise ValueError(texts)


class ContactOutcome(StrEnum):
    """How it ended."""

    ANSWERED = "answered"
    COLLEAGUE = "colleague"  # put through, or sent to another desk
    FOLLOW_UP = "follow_up"  # promised; a follow-up is made in the same step
    COME_IN = "come_in"  # asked to come to the office
    MISSED = "missed"  # nobody answered the telephone
    GAVE_UP = "gave_up"  # a missed call: rung back in vain


class Origin(StrEnum):
    """The desk a follow-up comes from."""

    COUNTER = "counter"
    CALLS = "calls"
    ASSIST = "assist"
    CORRECTION = "correction"
    VOUCHER = "voucher"
    ARCHIVE = "archive"
    OWN = "own"  # written down by itself, from no desk


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Standard(StrEnum):
    """What a follow-up is about where nobody wrote it down: the screen has the words. Kept in place of them."""

    OBSTACLE = "@obstacle"  # a paper or a datum is in the way of a claim (key 0 k of the card)
    INTERVIEW = "@interview"  # the interview of Lapak Asik is due
