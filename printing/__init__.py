"""What reaches paper: rows in, PDF bytes out. Nothing here reads a file but its own fonts, or writes one.

`printing.sheets` holds what the documents take, with their words; the functions here draw them. ReportLab is loaded by
the first of them that is called, never by importing this package.
"""

from __future__ import annotations

from printing.errors import LetterMissing
from printing.sheets import (
    AnswerSheet,
    AnswerWords,
    CallListLine,
    CallListSheet,
    CallListWords,
    Chart,
    CountTable,
    DailyLine,
    DailyPerson,
    DailySection,
    DailySheet,
    DailyWords,
    Figure,
    RecapSheet,
    RecapWords,
    Stamp,
)
from printing.words import PaperWords

__all__ = [
    "AnswerSheet",
    "AnswerWords",
    "CallListLine",
    "CallListSheet",
    "CallListWords",
    "Chart",
    "CountTable",
    "DailyLine",
    "DailyPerson",
    "DailySection",
    "DailySheet",
    "DailyWords",
    "Figure",
    "LetterMissing",
    "PaperWords",
    "RecapSheet",
    "RecapWords",
    "Stamp",
    "answer",
    "call_list",
    "daily",
    "recap",
]


def answer(sheet: AnswerSheet, words: AnswerWords) -> bytes:
    """A quick answer on A4 (design.md 3.2). Raises LetterMissing."""
    from printing.documents.answer import draw

    return draw(sheet, words)


def call_list(sheet: CallListSheet, words: CallListWords) -> bytes:
    """The A4 call list for a day without power (design.md 3.1). Raises LetterMissing."""
    from printing.documents.call_list import draw

    return draw(sheet, words)


def recap(sheet: RecapSheet, words: RecapWords) -> bytes:
    """The recap of a period on A4 (design.md 3.6). Raises LetterMissing."""
    from printing.documents.recap import draw

    return draw(sheet, words)


def daily(sheet: DailySheet, words: DailyWords) -> bytes:
    """The daily report on A4 (design.md 3.6). Raises LetterMissing."""
    from printing.documents.daily import draw

    return draw(sheet, words)
