"""Quick answers: what is said to whoever asks, by topic (design.md 3.2), and what may be said of a person to whom.

The words that Loket brings along are handed in by whoever shows them; a text of the office takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from store.rules.counter import Caller, Topic
from store.value_class import value_class

FIELDS: Final = (
    *("kantor", "alamat", "telepon", "arah"),
    *("sekarang", "hari_ini", "jam_kerja", "hari_tutup", "batas_jmo", "usia_jp"),
)
"""The merge fields of an answer: name, address, telephone of the office and the way to it; whether it is open now, its
hours today and every week, the next closed days; the JMO limit and the age of the pension (JP) in force today."""

LANGUAGES: Final = ("id", "en")

LONGEST_LINE: Final = 120
"""Characters of a title or a source."""


@value_class
class AnswerText:
    """One answer in one language as it is written: `body` is Markdown with fields (store/rules/script.py).

    `valid_until` is the last day on which it holds, None where the matter has no date.
    """

    key: str
    language: str
    topic: str
    title: str
    body: str
    source: str = ""
    valid_until: date | None = None


@value_class
class AnswerRow:
    """An answer as it holds today. `version` None: the words of Loket; `built_in`: Loket has words of this key."""

    text: AnswerText
    built_in: bool
    version: int | None
    expired: bool

    @property
    def own(self) -> bool:
        """Whether it is the office's own text."""
        return self.version is not None


def merge(
    built_in: Sequence[AnswerText], own: Iterable[tuple[AnswerText, int]], language: str, today: date
) -> list[AnswerRow]:
    """All answers in a language, in the order of the topics; `own` are the office's texts with their versions.

    What the office wrote in the other language only is shown in that one: better than no answer.
    """
    texts = {(text.key, text.language): (text, version) for text, version in own}
    known = {text.key: text for text in built_in}
    rows: list[AnswerRow] = []
    for text in built_in:
        shown, version = texts.get((text.key, language), (text, None))
        rows.append(_row(shown, today, built_in=True, version=version))
    for key in sorted({key for key, _language in texts} - known.keys()):
        spoken = next(each for each in (language, *LANGUAGES) if (key, each) in texts)
        shown, version = texts[key, spoken]
        rows.append(_row(shown, today, built_in=False, version=version))
    order = {topic.value: place for place, topic in enumerate(Topic)}
    return sorted(rows, key=lambda row: order.get(row.text.topic, len(order)))


def _row(text: AnswerText, today: date, *, built_in: bool, version: int | None) -> AnswerRow:
    expired = text.valid_until is not None and text.valid_until < today
    return AnswerRow(text, built_in, version, expired)


NO_TOPICS: Final[Mapping[str, str]] = MappingProxyType({})


def fits(text: AnswerText, typed: str, topics: Mapping[str, str] = NO_TOPICS) -> bool:
    """Whether every typed word is a part of its title, body, source, or of what its topic is called."""
    whole = " ".join((text.title, text.body, text.source, topics.get(text.topic, text.topic))).casefold()
    return all(word in whole for word in typed.casefold().split())


# Matters with a date --------------------------------------------------------------------------------------------------


@value_class
class Dated:
    """A value in force on a day: None when it is not known for that day; `until` is its last day, None without end."""

    value: int | None
    until: date | None


def limit_on(limits: Sequence[tuple[date, int]], day: date) -> Dated:
    """The JMO limit (whole rupiah) of a day, from pairs of first day and limit (domain.md 3.3)."""
    held = max((pair for pair in limits if pair[0] <= day), default=None)
    following = min((first for first, _limit in limits if first > day), default=None)
    until = None if following is None else following - timedelta(days=1)
    return Dated(None if held is None else held[1], until)


_JP_FROM, _JP_AGE, _JP_FIRST, _JP_LAST, _JP_YEARS = 2025, 59, 56, 65, 3


def pension_age_on(day: date) -> Dated:
    """The age (years) at which JP is paid: 59 from 2025, one more every third year, at most 65 (domain.md 3.3).

    The age of JHT is another one.
    """
    steps = (day.year - _JP_FROM) // _JP_YEARS
    age = min(max(_JP_AGE + steps, _JP_FIRST), _JP_LAST)
    until = None if age == _JP_LAST else date(_JP_FROM + _JP_YEARS * (steps + 1) - 1, 12, 31)
    return Dated(age, until)


# One person -----------------------------------------------------------------------------------------------------------


class Telling(StrEnum):
    """What of a person may be told to whoever asks (domain.md 3.7)."""

    NOTHING = "nothing"  # asks for somebody else: not even whether the person is known here
    CHECK_FIRST = "check_first"  # the birth date is asked first, never told
    ALL = "all"
    HEIRS = "heirs"  # the same, to an heir: they claim at the office, with papers of their own


def telling(caller: str, *, right_party: bool) -> Telling:
    """What may be told: `right_party` says that they were asked and answered right."""
    if caller in (Caller.OTHER, Caller.COMPANY):
        return Telling.NOTHING
    if not right_party or caller == Caller.ANONYMOUS:
        return Telling.CHECK_FIRST
    return Telling.HEIRS if caller == Caller.HEIR else Telling.ALL
