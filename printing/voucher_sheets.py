"""What the voucher desk puts on paper: rows in, as the documents take them (domain.md 2.6). Light to import.

Texts come as they are in the data. Money is whole rupiah; an amount of None is one that whoever prints may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from printing.sheets import Stamp
from printing.words import PaperWords
from store.rules.signers import Signatory
from store.value_class import value_class

# Voucher --------------------------------------------------------------------------------------------------------------


@value_class
class VoucherLine:
    """One account line of a transaction, whole rupiah; one of `debit` and `credit` is usually 0."""

    account: str
    account_name: str
    sub_ledger: str
    debit: int
    credit: int


@value_class
class VoucherSheet:
    """One voucher, as it was frozen. `number` is the original's, also on its copies; `copy` n is CETAK ULANG ke-n.

    `reason` is why it is printed again, `replaces` the number of the void voucher before it. A `void` one is refused.
    `office` as it was called then; '' as the stamp has it.
    """

    program: str
    code: str
    number: int
    booked_on: date
    name: str
    kpj: str
    payee: str
    amount: int | None
    lines: tuple[VoucherLine, ...]
    signers: tuple[Signatory, ...]
    company: str = ""
    npp: str = ""
    copy: int = 0
    reason: str = ""
    replaces: int | None = None
    void: bool = False
    office: str = ""


@value_class
class VoucherWords:
    """Words of the voucher. `programs` are the full names by code (JHT, JKK, JKM, JP).

    `number` and `replaces` hold `{number}`, `reprint` `{n}`, `reason` `{reason}`, `colour` `{colour}`.
    """

    paper: PaperWords
    title: str
    programs: Mapping[str, str]
    number: str
    reprint: str
    reason: str
    replaces: str
    booked_on: str
    kpj: str
    participant: str
    company: str
    npp: str
    payee: str
    account: str
    account_name: str
    debit: str
    credit: str
    total: str
    amount: str
    in_words: str
    signatures: str
    colour: str
    unknown: str


class WhyNot(StrEnum):
    """Why a voucher is not on the paper."""

    VOID = "void"
    LETTER = "letter"  # of a text, or of the code where no barcode can say it
    LENGTH = "length"  # a name, code or number that fits its place at no size that can be read
    AMOUNT = "amount"  # none, or one that has no words
    LINES = "lines"  # none, or more than fit on a sheet
    SIGNERS = "signers"


@value_class
class VoucherRefused:
    """The voucher at `position` (from 0) of those given is not on the paper; `letter` and the `text` that has it."""

    position: int
    number: int
    name: str
    why: WhyNot
    text: str = ""
    letter: str = ""


@value_class
class VoucherPaper:
    """`pdf` has a page for each of `positions`, in that order; without any page it is empty."""

    pdf: bytes
    positions: tuple[int, ...]
    refused: tuple[VoucherRefused, ...]


# Listing --------------------------------------------------------------------------------------------------------------


@value_class
class ListingRow:
    """One transaction; `note` is a word for how it stands ("tanpa berkas"), or ''."""

    code: str
    booked_on: date
    kpj: str
    name: str
    payee: str
    amount: int | None
    note: str = ""


@value_class
class ListingSheet:
    """The transactions of one or several days by programme, in the order in which they are listed.

    `period` says the days in words.
    """

    stamp: Stamp
    period: str
    programs: tuple[tuple[str, tuple[ListingRow, ...]], ...]


@value_class
class ListingWords:
    """Words of the listing. `count` holds `{n}`; `total` stands before a programme's sum, `grand_total` at the end."""

    paper: PaperWords
    title: str
    programs: Mapping[str, str]
    number: str
    code: str
    booked_on: str
    kpj: str
    participant: str
    payee: str
    amount: str
    note: str
    count: str
    total: str
    grand_total: str
    empty: str


# Sheet over a batch ---------------------------------------------------------------------------------------------------


@value_class
class BatchRow:
    """One voucher of a batch, in the order in which it comes out of the printer."""

    number: int
    program: str
    code: str
    name: str
    payee: str
    amount: int | None
    copy: int = 0


@value_class
class BatchSheet:
    """What lies over the vouchers of a batch; `day` is the day of the listing or of the print, in words in `title`."""

    stamp: Stamp
    day: date
    rows: tuple[BatchRow, ...]


@value_class
class BatchWords:
    """Words of the batch sheet. `count` holds `{n}`, `reprint` `{n}`; `checks` are boxes that a pen ticks."""

    paper: PaperWords
    title: str
    programs: Mapping[str, str]
    program: str
    vouchers: str
    numbers: str
    amount: str
    total: str
    position: str
    number: str
    code: str
    participant: str
    payee: str
    checks: tuple[str, ...]
    reprint: str
    count: str
    checked_by: str
    empty: str


# Tanda terima ---------------------------------------------------------------------------------------------------------


@value_class
class ReceiptRow:
    """One file of a stack; `signed` are the keys of those whose signature it has already."""

    number: int
    program: str
    code: str
    name: str
    amount: int | None
    signed: frozenset[str] = frozenset()


@value_class
class ReceiptSheet:
    """A stack that goes out for signing; `stack_number` is what it is found again by ("TT-12")."""

    stamp: Stamp
    stack_number: str
    day: date
    given_to: str
    signers: tuple[Signatory, ...]
    rows: tuple[ReceiptRow, ...]


@value_class
class ReceiptWords:
    """Words of the receipt. `count` holds `{n}`; `out` and `back` head the two pairs of signatures."""

    paper: PaperWords
    title: str
    number: str
    given_to: str
    signs: str
    count: str
    total: str
    position: str
    voucher: str
    code: str
    participant: str
    amount: str
    note: str
    explained: str
    out: str
    back: str
    handed_over: str
    received: str
    date_and_name: str
    empty: str


# Calibration ----------------------------------------------------------------------------------------------------------


@value_class
class CalibrationSheet:
    """The test page of a printer and its tray; `route` names both."""

    stamp: Stamp
    route: str


@value_class
class CalibrationWords:
    """Words of the test page. `steps` say how to measure; `cross` holds `{number}`, `{x}` and `{y}` (millimetres)."""

    paper: PaperWords
    title: str
    steps: tuple[str, ...]
    cross: str
    measured_left: str
    measured_bottom: str
