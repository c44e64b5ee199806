"""What reaches paper: rows in, PDF bytes out. Nothing here reads a file but its own fonts, or writes one.

`printing.sheets`, `voucher_sheets`, `archive_sheets`, `erasure_sheets`, `form_sheets` and `smile_sheets` hold what the
documents take and their words; the functions here draw them. ReportLab and pypdf are loaded by the first one called,
never by importing this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.archive_sheets import (
        ContentsSheet,
        ContentsWords,
        DestructionSheet,
        DestructionWords,
        LabelSheet,
        LabelWords,
        SlipSheet,
        SlipWords,
    )
    from printing.erasure_sheets import ErasureSheet, ErasureWords
    from printing.form_sheets import CompanyFormSheet, CompanyFormWords
    from printing.smile_sheets import SmileSplit, SmileWanted
    from printing.trail_sheets import TrailSheet, TrailWords
    from printing.voucher_sheets import (
        BatchSheet,
        BatchWords,
        CalibrationSheet,
        CalibrationWords,
        ListingSheet,
        ListingWords,
        ReceiptSheet,
        ReceiptWords,
        VoucherPaper,
        VoucherSheet,
        VoucherWords,
    )
    from store.rules.printing import Calibration

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
    "batch_sheet",
    "box_labels",
    "calibration_page",
    "call_list",
    "code_slip",
    "company_form",
    "contents",
    "daily",
    "destruction",
    "erasure",
    "listing",
    "pick_pages",
    "recap",
    "receipt",
    "split_pages",
    "trail",
    "vouchers",
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


def trail(sheet: TrailSheet, words: TrailWords) -> bytes:
    """A part of the audit trail on A4. Raises LetterMissing."""
    from printing.documents.trail import draw

    return draw(sheet, words)


def vouchers(
    sheets: Sequence[VoucherSheet], stamp: Stamp, words: VoucherWords, calibration: Calibration | None = None
) -> VoucherPaper:
    """The office's own vouchers, a page each (domain.md 2.6); one that cannot be printed is told, the others are.

    Raises LetterMissing for a letter of the stamp or of the words.
    """
    from printing.documents.voucher import draw

    return draw(sheets, stamp, words, calibration)


def listing(sheet: ListingSheet, words: ListingWords) -> bytes:
    """The listing of transactions on A4 (design.md 3.4). Raises LetterMissing."""
    from printing.documents.listing import draw

    return draw(sheet, words)


def batch_sheet(sheet: BatchSheet, words: BatchWords) -> bytes:
    """What lies over a batch of vouchers (design.md 3.4). Raises LetterMissing."""
    from printing.documents.batch_sheet import draw

    return draw(sheet, words)


def receipt(sheet: ReceiptSheet, words: ReceiptWords) -> bytes:
    """The *tanda terima* of a stack (design.md 3.4). Raises LetterMissing."""
    from printing.documents.receipt import draw

    return draw(sheet, words)


def box_labels(sheet: LabelSheet, words: LabelWords) -> bytes:
    """Labels for boxes, two on a sheet (design.md 3.5). Raises LetterMissing; ValueError for none."""
    from printing.documents.box_label import draw

    return draw(sheet, words)


def contents(sheet: ContentsSheet, words: ContentsWords) -> bytes:
    """What lies in a box (design.md 3.5). Raises LetterMissing."""
    from printing.documents.contents import draw

    return draw(sheet, words)


def code_slip(sheet: SlipSheet, words: SlipWords) -> bytes:
    """Codes in box order, to be written by hand (design.md 3.5). Raises LetterMissing."""
    from printing.documents.code_slip import draw

    return draw(sheet, words)


def erasure(sheet: ErasureSheet, words: ErasureWords) -> bytes:
    """The record of people's data that went by their retention, or the list that is proposed. Raises LetterMissing."""
    from printing.documents.erasure import draw

    return draw(sheet, words)


def destruction(sheet: DestructionSheet, words: DestructionWords) -> bytes:
    """The record of a destruction, or the list that is proposed (design.md 3.5). Raises LetterMissing."""
    from printing.documents.destruction import draw

    return draw(sheet, words)


def company_form(sheet: CompanyFormSheet, words: CompanyFormWords) -> bytes:
    """A company's open questions, to be filled in (design.md 3.3). Raises LetterMissing."""
    from printing.documents.company_form import draw

    return draw(sheet, words)


def calibration_page(sheet: CalibrationSheet, words: CalibrationWords, calibration: Calibration | None = None) -> bytes:
    """The test page of a printer and tray: as corrected, or without, to be measured. Raises LetterMissing."""
    from printing.documents.calibration import draw

    return draw(sheet, words, calibration)


def split_pages(pdf: bytes, wanted: Sequence[SmileWanted]) -> SmileSplit:
    """What each page of Smile's voucher PDF is (design.md 3.4). Raises SmileRefused."""
    from printing.documents.smile import split

    return split(pdf, wanted)


def pick_pages(pdf: bytes, pages: Sequence[int]) -> bytes:
    """These pages (from 1) of Smile's PDF in this order, unchanged. Raises SmileRefused, IndexError, ValueError."""
    from printing.documents.smile import pick

    return pick(pdf, pages)
