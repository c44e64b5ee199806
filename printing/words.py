"""Words and ways of writing that every page shares. The caller fills them in; nothing here knows a language."""

from __future__ import annotations

from datetime import date, datetime

from store.rules.hours import WIB
from store.value_class import value_class


@value_class
class PaperWords:
    """What all pages say, in one language.

    `page` holds `{page}` and `{pages}`; `printed` holds `{when}` and `{by}`; `months` are the twelve names. `continued`
    stands behind a heading that is repeated on the next page, `practice` across each page of a practice office.
    """

    language: str  # 'id' or 'en', for whoever reads the PDF aloud or searches it
    months: tuple[str, ...]
    hour_mark: str  # between hours and minutes
    thousands: str  # between groups of three digits
    page: str
    printed: str
    continued: str
    practice: str

    def date(self, day: date) -> str:
        """22 November 2026."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def hour(self, instant: datetime) -> str:
        """The time of day in WIB: 08.00."""
        return instant.astimezone(WIB).strftime(f"%H{self.hour_mark}%M")

    def moment(self, instant: datetime) -> str:
        """22 November 2026 08.00 WIB."""
        return f"{self.date(instant.astimezone(WIB).date())} {self.hour(instant)} WIB"

    def short_moment(self, instant: datetime) -> str:
        """22-11 08.00, for a narrow place."""
        return f"{instant.astimezone(WIB):%d-%m} {self.hour(instant)}"

    def count(self, value: int) -> str:
        """1.234"""
        return f"{value:,}".replace(",", self.thousands)
