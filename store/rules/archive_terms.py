"""By which words an archived file is found, and what somebody typed to find one (domain.md 2.7: programme, then day).

Pure: the words of a file go into an index, what is typed is read into ranges of that index and limits of day and
programme.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from store.rules.codes import DEFAULT_PATTERN, read_code
from store.rules.dates import month_name, read_date
from store.rules.names import name_key, sound_key
from store.rules.programs import Program
from store.rules.text import clean
from store.value_class import value_class

AFTER_ALL: Final = "\U0010ffff"
_DAY: Final = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")
_MONTH: Final = re.compile(r"(?:([0-9]{4})[-/.]([0-9]{1,2})|([0-9]{1,2})[-/.]([0-9]{4}))")
_YEAR: Final = re.compile(r"(?:19[89]|20[0-9])[0-9]")
_SHORT: Final = 4
_FEWEST: Final = 3  # digits behind zeros by which a number is still meant
_SPOKEN: Final = {"JM": Program.JKM, "JPN": Program.JP, **{str(program): program for program in Program}}
_MONTHS: Final = {
    name[:length].upper(): month
    for month in range(1, 13)
    for name in (month_name(month, "id"), month_name(month, "en"))
    for length in (3, len(name))
} | {"AGT": 8}


@value_class
class Sought:
    """What was typed. Every one of `words` must begin some word of the file, in one of its spellings.

    `first` and `last` limit the day of the paper.
    """

    words: tuple[tuple[str, ...], ...]
    program: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.program and self.first is None

    def fits(self, terms: frozenset[str]) -> bool:
        """Whether a file with these words is meant."""
        return all(any(term.startswith(way) for way in ways for term in terms) for ways in self.words)


def terms_of(
    *, name: str = "", kpj: str = "", code: str = "", decision: str = "", npp: str = "", pattern: str = DEFAULT_PATTERN
) -> frozenset[str]:
    """The words by which a file is found: of the name in both spellings, and pieces of its numbers.

    Of a code the book, the number with and without its zeros, and its last four digits, as people say it.
    """
    found = set(name_key(name).split()) | set(sound_key(name).split())
    read = read_code(code, pattern)
    pieces = [read.book, read.number, read.number[-_SHORT:]] if read.fits else name_key(code).split()
    pieces += [*name_key(decision).split(), "".join(name_key(kpj).split()), "".join(name_key(npp).split())]
    return frozenset((found | {way for piece in pieces for way in _ways(piece)}) - {""})


def _ways(piece: str) -> Iterator[str]:
    yield piece.upper()
    if piece.isdigit():
        yield piece.lstrip("0")


def read_sought(text: str) -> Sought:
    """Reads what was typed. A word that is a programme, a day, a month or a year limits; all others are sought."""
    words = clean(text).upper().split()
    program, span, rest = "", None, list[str]()
    at = 0
    while at < len(words):
        word = words[at]
        named = _named_month(words[at : at + 2])
        found = named or _span(word)
        if not program and word in _SPOKEN:
            program = str(_SPOKEN[word])
        elif span is None and found is not None:
            span = found
            at += named is not None
        else:
            rest.append(word)
        at += 1
    first, last = span or (None, None)
    return Sought(tuple(map(_spellings, name_key(" ".join(rest)).split())), program, first, last)


def _spellings(word: str) -> tuple[str, ...]:
    bare = word.lstrip("0") if word.isdigit() else ""
    ways = (word, sound_key(word), bare if len(bare) >= _FEWEST else "")
    return tuple(dict.fromkeys(way for way in ways if way))


def _named_month(words: list[str]) -> tuple[date, date] | None:
    """`SEPTEMBER 2023`, `SEP 2023`."""
    if len(words) < 2 or words[0] not in _MONTHS or _YEAR.fullmatch(words[1]) is None:
        return None
    return _month(int(words[1]), _MONTHS[words[0]])


def _span(word: str) -> tuple[date, date] | None:
    if _DAY.fullmatch(word):
        day = read_date(word, field="dated").value
        return None if day is None else (day, day)
    if (found := _MONTH.fullmatch(word)) is not None:
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _month(int(year), int(month)) if 1 <= int(month) <= 12 and int(year) >= 1900 else None
    if _YEAR.fullmatch(word):
        return date(int(word), 1, 1), date(int(word), 12, 31)
    return None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
