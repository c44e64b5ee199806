"""Dates and periods: read day first from every form that arrives, written as the office writes them (domain.md 3.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from store.rules.readings import Cell, Reason
from store.rules.text import clean, is_empty, is_lookup_failure, raw_text, strange_digits
from store.value_class import value_class

_MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_OR_OLD = {"agt": 8, "agst": 8, "agust": 8, "sept": 9, "pebruari": 2, "peb": 2, "nopember": 11, "nop": 11}
_MONTH_NUMBER = (
    {name.lower(): number for names in _MONTHS.values() for number, name in enumerate(names, 1)}
    | {name[:3].lower(): number for names in _MONTHS.values() for number, name in enumerate(names, 1)}
    | _SHORT_OR_OLD
)
_WEEKDAY_NUMBER = {name.lower(): number for names in _WEEKDAYS.values() for number, name in enumerate(names)} | {
    "jum'at": 4,
    "ahad": 6,
}

_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})(?P<s> ?[-/.] ?| )(?P<m>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})")
_PLAIN = re.compile(r"(?P<d>[0-9]{2})(?P<between>[-/])(?P<m>[0-9]{2})(?P=between)(?P<y>[0-9]{4})")
"""As nearly all dates of a list come: nothing to cut, no month first."""
_NAMED = re.compile(r"(?P<d>[0-9]{1,2})[-/. ]*(?P<n>[A-Za-z]{3,9})\.?[-/. ,]*(?P<y>[0-9]{4})")
_NAMED_FIRST = re.compile(r"(?P<n>[A-Za-z]{3,9})\.? (?P<d>[0-9]{1,2}), ?(?P<y>[0-9]{4})")
_BEFORE = re.compile(r"(?P<word>[A-Za-z][A-Za-z' .]*), ?(?=[0-9])")
_CLOCK = re.compile(r"[ T](?P<h>[0-9]{1,2})[:.](?P<m>[0-9]{2})(?:[:.](?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]+))?)?")
_SERIAL_TEXT = re.compile(r"(?P<serial>[0-9]{5})\.0+")

_FIRST_SERIAL = 61
"""1 March 1900: below it Excel counts a 29 February 1900 that never was."""
_LAST_SERIAL = 73050
"""31 December 2099; a larger number is a date written without separators, or no date."""
_OLDEST = 1900


@value_class
class DateRead:
    """A day, or ``None``; flags only for birth dates (the closed list knows no others), reasons for every field."""

    value: date | None
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def _real(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _from_serial(serial: float, *, epoch_1904: bool, whole: bool) -> date | None:
    """The day of an Excel serial; ``None`` for what is as well a year, and for a fraction where ``whole`` is asked."""
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL or _OLDEST <= serial <= 2100:
        return None
    if whole and serial != int(serial):
        return None
    return (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=int(serial))


def _from_text(raw: str, *, epoch_1904: bool, whole: bool) -> tuple[date | None, bool]:
    """The day in a text and whether something was cut to find it."""
    if plain := _PLAIN.fullmatch(raw):
        return _real(plain["y"], int(plain["m"]), plain["d"]), False
    text = clean(raw).strip("'`\u2019 ")
    repaired = text != clean(raw)
    if serial := _SERIAL_TEXT.fullmatch(text):
        return _from_serial(float(serial["serial"]), epoch_1904=epoch_1904, whole=whole), True
    weekday: int | None = None
    if before := _BEFORE.match(text):  # "Duri, 12 Mei 1967" or "Jumat, 12 Mei 1967"
        weekday = _WEEKDAY_NUMBER.get(before["word"].lower())
        if weekday is None and before["word"].lower().rstrip(".") in _MONTH_NUMBER:
            return None, False
        text, repaired = text[before.end() :], repaired or weekday is None
    if clock := _CLOCK.search(text):
        midnight = not (int(clock["h"]) or int(clock["m"]) or int(clock["s"] or 0) or int(clock["f"] or 0))
        if clock.end() != len(text) or (whole and not midnight):
            return None, False
        text = text[: clock.start()]
    found: date | None = None
    if match := _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        found = _real(match["y"], int(match["m"]), match["d"])
    elif match := _NAMED.fullmatch(text) or _NAMED_FIRST.fullmatch(text):
        found = _real(match["y"], _MONTH_NUMBER.get(match["n"].lower(), 0), match["d"])
    if found and weekday is not None and found.weekday() != weekday:
        return None, False  # day and weekday disagree: one of them is wrong
    return found, repaired


def _from_cell(cell: Cell, *, epoch_1904: bool, whole: bool) -> tuple[date | None, bool]:
    if isinstance(cell, (bool, time)) or cell is None:
        return None, False
    if isinstance(cell, datetime):
        # Midnight here is 17.00 the day before elsewhere: with an hour beside it the day of birth is in doubt.
        return (None if whole and cell.time() != time(0) else cell.date()), False
    if isinstance(cell, date):
        return cell, False
    if isinstance(cell, (int, float)):
        return _from_serial(cell, epoch_1904=epoch_1904, whole=whole), False
    if strange_digits(cell):
        return None, False
    return _from_text(cell, epoch_1904=epoch_1904, whole=whole)


def read_date(
    cell: Cell, *, field: str = "birth_date", today: date | None = None, epoch_1904: bool = False
) -> DateRead:
    """A day from a date cell, an Excel serial or text: dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy, yyyy-mm-dd, 12 Mei 1967.

    03/04/1967 is 3 April (domain.md 3.5). Two-digit years, month-first dates, bare years, dates that do not exist and
    weekdays that disagree are not read. A birth date is also not read when it has an hour other than midnight, lies
    before 1900 or, where ``today`` is given, after it; flags ``birthdate-missing``, ``birthdate-unreadable``.
    """
    birth = field == "birth_date"
    if is_empty(cell):
        failed = (Reason("lookup-failed", field, raw_text(cell)),) if is_lookup_failure(cell) else ()
        return DateRead(None, ("birthdate-missing",) if birth else (), failed)
    value, repaired = _from_cell(cell, epoch_1904=epoch_1904, whole=birth)
    if value and (value.year < _OLDEST or (birth and today is not None and value > today)):
        value = None
    if value is None:
        code = "birthdate-unreadable" if birth else "date-unreadable"
        return DateRead(None, (code,) if birth else (), (Reason(code, field, raw_text(cell)),))
    return DateRead(value, (), (Reason("date-repaired", field, raw_text(cell)),) if repaired else ())


# Writing ------------------------------------------------------------------------------------------------------------


def _language(lang: str) -> str:
    return "en" if lang.lower().startswith("en") else "id"


def weekday_name(day: date, lang: str = "id") -> str:
    """``Minggu`` or ``Sunday``."""
    return _WEEKDAYS[_language(lang)][day.weekday()]


def month_name(month: int, lang: str = "id") -> str:
    """``Agustus`` or ``August`` for 8."""
    return _MONTHS[_language(lang)][month - 1]


def format_long(day: date, lang: str = "id") -> str:
    """``22 November 2026``."""
    return f"{day.day} {month_name(day.month, lang)} {day.year}"


def format_short(day: date) -> str:
    """``22-11-2026``, in every language."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


# Periods ------------------------------------------------------------------------------------------------------------


class PeriodError(ValueError):
    """A text that is no period; ``text`` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@value_class
class Period:
    """Whole months, both ends included; ``first`` and ``last`` are the first days of the first and the last month.

    Iterating gives the first day of each month; ``str`` gives the form of the command line (contracts.md).
    """

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        for number in range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month):
            yield date(number // 12, number % 12 + 1, 1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first.replace(day=1) <= date(day.year, day.month, 1) <= self.last

    def __str__(self) -> str:
        months = [f"{month:%Y-%m}" for month in sorted({self.first, self.last})]
        return "..".join(months)

    @property
    def months(self) -> tuple[str, ...]:
        """``('2023-07', '2023-08')``."""
        return tuple(f"{month:%Y-%m}" for month in self)


def parse_period(text: str) -> Period:
    """``2023-07`` or ``2023-01..2023-08`` (contracts.md). Raises ``PeriodError``; the later month never comes first."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:\.\.([0-9]{4})-([0-9]{2}))?", text.strip())
    if not match:
        raise PeriodError(text)
    first = _real(match[1], int(match[2]), "1")
    last = _real(match[3], int(match[4]), "1") if match[3] else first
    if not first or not last or first.year < _OLDEST or last < first:
        raise PeriodError(text)
    return Period(first, last)


def shifted(period: Period, steps: int) -> Period:
    """The period of the same length, so many lengths later (or earlier); stays within the years 1900 to 2999."""
    first, last = (day.year * 12 + day.month - 1 for day in (period.first, period.last))
    by = steps * (last - first + 1)
    if not _OLDEST * 12 <= first + by <= last + by < 3000 * 12:
        return period
    return Period(*(date(number // 12, number % 12 + 1, 1) for number in (first + by, last + by)))


def birthday(born: date, age: int) -> date:
    """The day somebody turns ``age``; for 29 February in a common year the 28th, though at 56 it always exists."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)


def jht56_period(birth_date: date) -> str:
    """The month of the 56th birthday, ``YYYY-MM``: the period of the JHT 56 campaign (contracts.md, domain.md 3.3)."""
    return f"{birthday(birth_date, 56):%Y-%m}"
