"""Transaction codes of the listing: read, compared, and put into the order of the archive (domain.md 3.2).

The reported shape is ``05-09-2023 T0018 22398740``: date, book and a number of eight digits. Sorted as plain text it
would go by day of month, so date, book and number are sorted each as what they are. Offices may say another pattern.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from store.value_class import value_class

DEFAULT_PATTERN: Final = (
    r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"
    r"[ _/-]*(?P<book>[A-Z]+[0-9]*)[ _/-]*(?P<number>[0-9]+)"
)
_NEEDED: Final = {"number"}
_KNOWN: Final = {"day", "month", "year", "book", "number"}
_RUNS: Final = re.compile(r"[0-9]+|[^0-9]+")
_WIDTH: Final = 20


class PatternError(ValueError):
    """A pattern that cannot be used; `code` is unreadable, number-missing, unknown-group or date-in-parts."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@value_class
class Code:
    """A transaction code. `order` sorts: by date, book and number where the pattern fits, else naturally, behind."""

    text: str
    booked_on: date | None
    book: str
    number: str
    order: str

    @property
    def fits(self) -> bool:
        """Whether the office's pattern reads it."""
        return bool(self.number)


def check_pattern(pattern: str) -> re.Pattern[str]:
    """The office's pattern, compiled. Raises PatternError."""
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error:
        raise PatternError("unreadable") from None
    groups = set(compiled.groupindex)
    if not groups >= _NEEDED:
        raise PatternError("number-missing")
    if groups - _KNOWN:
        raise PatternError("unknown-group")
    if groups & {"day", "month", "year"} not in ({"day", "month", "year"}, set()):
        raise PatternError("date-in-parts")
    return compiled


def tidy(text: str) -> str:
    """The code with its spaces put right, in capitals: so two spellings of one code are one."""
    return " ".join(text.split()).upper()


def read_code(text: str, pattern: str = DEFAULT_PATTERN) -> Code:
    """A code as it is written on the voucher. One that the pattern does not fit sorts naturally."""
    plain = tidy(text)
    found = check_pattern(pattern).fullmatch(plain)
    parts = found.groupdict() if found else {}
    day = _date(parts)
    if found is None or ("day" in parts and day is None):
        return Code(plain, None, "", "", f"~{natural(plain)}")
    book, number = parts.get("book") or "", parts["number"]
    order = f"{day.isoformat() if day else ''} {natural(book)} {number.zfill(_WIDTH)}"
    return Code(plain, day, book, number, order)


def _date(parts: dict[str, str]) -> date | None:
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except (KeyError, ValueError):
        return None


def natural(text: str) -> str:
    """A key under which 'T9' comes before 'T18'."""
    return "".join(run.zfill(_WIDTH) if run[0] in "0123456789" else run for run in _RUNS.findall(text.upper()))
