"""What stands on the papers of the voucher desk, in words, ready to be drawn by `printing`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from printing.smile_sheets import PageState, SmileSplit
from printing.voucher_sheets import (
    BatchRow,
    BatchSheet,
    BatchWords,
    CalibrationSheet,
    CalibrationWords,
    ListingRow,
    ListingSheet,
    ListingWords,
    ReceiptRow,
    ReceiptSheet,
    ReceiptWords,
    VoucherLine,
    VoucherRefused,
    VoucherSheet,
    VoucherWords,
    WhyNot,
)
from store.listing_rows import CheckedDay, CheckedPayment
from store.rows import Me
from store.rules.matching import Verdict
from store.rules.signers import Signatory
from store.stack_rows import Receipt
from store.voucher_rows import VoucherRow
from tui.i18n import N_, WIB, _, long_date, number
from tui.words.letters import printable
from tui.words.paper import paper_words, stamp
from tui.words.vouchers import VERDICTS, cut

PROGRAMS: Final[dict[str, str]] = {
    "JHT": N_("Old-age savings"),
    "JKK": N_("Work accident benefit"),
    "JKM": N_("Death benefit"),
    "JP": N_("Pension"),
}
"""The programmes by their full names."""

_WHY_NOT: Final[dict[str, str]] = {
    WhyNot.VOID: N_("{number} {name} is void and is not printed; print its successor."),
    WhyNot.LETTER: N_(
        "{number} {name}: the letter “{letter}” of “{text}” cannot be printed; correct it in the listing."
    ),
    WhyNot.LENGTH: N_("{number} {name}: “{text}” is too long for its place; print Smile's own page for it."),
    WhyNot.AMOUNT: N_("{number} {name}: its amount cannot be printed; somebody who may see amounts prints it."),
    WhyNot.LINES: N_("{number} {name} has no account line, or more than 12; print Smile's own page for it."),
    WhyNot.SIGNERS: N_("{number} {name}: one to six sign a voucher; look at who signs in the settings."),
}

_PAGES: Final[dict[PageState, str]] = {
    PageState.TWICE: N_("pages that repeat a voucher: {pages}"),
    PageState.SEVERAL: N_("pages that may be more than one voucher: {pages}"),
    PageState.DIFFERS: N_("pages with the code of a voucher and another amount: {pages}"),
    PageState.UNKNOWN: N_("pages of no voucher of this batch: {pages}"),
    PageState.NO_TEXT: N_("pages without text, as of a scan: {pages}"),
}


def programs() -> dict[str, str]:
    return {code: _(name) for code, name in PROGRAMS.items()}


def stack_number(stack: int) -> str:
    """How a stack is called on paper: 'TT-12' (tanda terima)."""
    return f"TT-{stack}"


# Vouchers -------------------------------------------------------------------------------------------------------------


def voucher(row: VoucherRow) -> VoucherSheet:
    """One sheet, as it was frozen. Nothing is mended: a letter that cannot be printed refuses the voucher."""
    content = row.content
    lines = tuple(
        VoucherLine(line.account, line.account_name, line.sub_ledger or line.description, line.debit, line.credit)
        for line in content.lines
    )
    return VoucherSheet(
        program=content.program,
        code=content.code,
        number=row.number,
        booked_on=content.booked_on,
        name=content.name,
        kpj=content.kpj,
        payee=content.payee,
        amount=content.amount,
        lines=lines,
        signers=content.signers,
        company=content.company,
        npp=content.npp,
        copy=row.copy,
        reason=row.reason,
        replaces=row.replaces,
        void=row.void_at is not None,
        office=content.office,
    )


def voucher_words() -> VoucherWords:
    """What every voucher says."""
    return VoucherWords(
        paper=paper_words(),
        title=_("Benefit payment voucher"),
        programs=programs(),
        number=_("No. {number}"),
        reprint=_("REPRINT {n}"),
        reason=_("Reason: {reason}"),
        replaces=_("Replaces the void voucher No. {number}"),
        booked_on=_("Transaction date"),
        kpj=_("KPJ number"),
        participant=_("Name of the participant"),
        company=_("Company"),
        npp=_("NPP"),
        payee=_("Paid to (beneficiary)"),
        account=_("Account"),
        account_name=_("Name of the account"),
        debit=_("Debit"),
        credit=_("Credit"),
        total=_("Total"),
        amount=_("Amount paid"),
        in_words=_("In words"),
        signatures=_("Signatures"),
        colour=_("post-it {colour}"),
        unknown="—",
    )


def voucher_refused(no: VoucherRefused) -> str:
    """Why one voucher is not on the paper, and what comes next."""
    facts = {"number": f"{no.number:06d}", "name": cut(no.name), "letter": no.letter, "text": cut(no.text)}
    return _(_WHY_NOT[no.why]).format(**facts)


def smile_told(split: SmileSplit) -> list[str]:
    """What was found in Smile's PDF, the pages that are not sure by their numbers."""
    told = [
        _("{found} of {pages} pages found, {missing} vouchers without a page").format(
            found=number(len(split.chosen)), pages=number(len(split.pages)), missing=number(len(split.missing))
        )
    ]
    for state, text in _PAGES.items():
        if pages := split.numbers(state):
            told.append(_(text).format(pages=_numbers(pages)))
    return told


def _numbers(pages: Sequence[int]) -> str:
    """1, 3–7, 12"""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


# Listing and batch ----------------------------------------------------------------------------------------------------


def listing(days: Sequence[CheckedDay], me: Me, now: datetime) -> tuple[ListingSheet, ListingWords]:
    """The listing of some days by programme, with a word at each transaction that does not agree."""
    found: dict[str, list[ListingRow]] = {}
    for day in days:
        for payment in day.payments:
            found.setdefault(payment.program, []).append(_listed(payment, day.day))
    period = " – ".join(dict.fromkeys(long_date(day) for day in _ends([day.day for day in days])))
    told = tuple((program, tuple(found[program])) for program in sorted(found))
    return ListingSheet(stamp(me, now), period, told), listing_words()


def _ends(days: Sequence[date]) -> list[date]:
    return [min(days), max(days)] if days else []


def _listed(payment: CheckedPayment, day: date) -> ListingRow:
    texts = (payment.code, payment.kpj, payment.name, payment.payee or payment.name)
    code, kpj, name, payee = map(printable, texts)
    note = "" if payment.verdict is Verdict.MATCH else _(VERDICTS[payment.verdict])
    return ListingRow(code, day, kpj, name, payee, payment.amount, note)


def listing_words() -> ListingWords:
    """What every listing says."""
    return ListingWords(
        paper=paper_words(),
        title=_("Transaction listing"),
        programs=programs(),
        number=_("No."),
        code=_("Transaction code"),
        booked_on=_("Date"),
        kpj=_("KPJ"),
        participant=_("Participant"),
        payee=_("Payee"),
        amount=_("Amount"),
        note=_("Note"),
        count=_("{n} transactions"),
        total=_("Total"),
        grand_total=_("Total of all"),
        empty=_("No transaction on this day."),
    )


def names_in_listing(days: Sequence[CheckedDay]) -> list[str]:
    """Everybody named in a listing: told when a letter cannot be printed."""
    return [name for day in days for payment in day.payments for name in (payment.name, payment.payee)]


def batch(rows: Sequence[VoucherRow], me: Me, now: datetime) -> tuple[BatchSheet, BatchWords]:
    """The sheet over a batch, its vouchers as they leave the printer."""
    told = tuple(
        BatchRow(
            row.number,
            row.content.program,
            printable(row.content.code),
            printable(row.content.name),
            printable(row.content.payee),
            row.content.amount,
            row.copy,
        )
        for row in rows
    )
    return BatchSheet(stamp(me, now), now.astimezone(WIB).date(), told), batch_words()


def batch_words() -> BatchWords:
    """What every batch sheet says."""
    return BatchWords(
        paper=paper_words(),
        title=_("Cover sheet of printed vouchers"),
        programs=programs(),
        program=_("Programme"),
        vouchers=_("Vouchers"),
        numbers=_("Numbers"),
        amount=_("Amount"),
        total=_("Total"),
        position=_("No."),
        number=_("Voucher"),
        code=_("Transaction code"),
        participant=_("Participant"),
        payee=_("Payee"),
        checks=(_("paper right"), _("with its file")),
        reprint=_("reprint {n}"),
        count=_("{n} vouchers"),
        checked_by=_("Looked at on, by:"),
        empty=_("No voucher."),
    )


# Tanda terima ---------------------------------------------------------------------------------------------------------


def receipt(found: Receipt, me: Me, now: datetime) -> tuple[ReceiptSheet, ReceiptWords]:
    """The receipt of a stack."""
    rows = tuple(
        ReceiptRow(
            line.file.number or 0,
            line.file.program,
            printable(line.file.code),
            printable(line.file.name),
            line.file.amount,
            frozenset(seen.signer for seen in line.signed),
        )
        for line in found.lines
    )
    sheet = ReceiptSheet(
        stamp(me, now),
        stack_number(found.stack.number),
        found.stack.made_at.astimezone(WIB).date(),
        printable(found.stack.given_to),
        tuple(_signer(each) for each in found.signers),
        rows,
    )
    return sheet, receipt_words()


def _signer(each: Signatory) -> Signatory:
    return replace(each, title=printable(each.title), name=printable(each.name), colour=printable(each.colour))


def receipt_words() -> ReceiptWords:
    """What every receipt says."""
    return ReceiptWords(
        paper=paper_words(),
        title=_("Receipt of claim files"),
        number=_("No. {number}"),
        given_to=_("Handed to: {name}"),
        signs=_("{who}: post-it {colour}"),
        count=_("{n} files"),
        total=_("Total"),
        position=_("No."),
        voucher=_("Voucher"),
        code=_("Transaction code"),
        participant=_("Participant"),
        amount=_("Amount"),
        note=_("Note"),
        explained=_(
            "A crossed box was signed before the file went out. Tick each box that is signed when it comes back."
        ),
        out=_("Files out"),
        back=_("Files back"),
        handed_over=_("Handed over by"),
        received=_("Received by"),
        date_and_name=_("date, name"),
        empty=_("No file."),
    )


def names_on_receipt(found: Receipt) -> list[str]:
    """Everybody named on a receipt: told when a letter cannot be printed."""
    return [found.stack.given_to, *(line.file.name for line in found.lines), *(each.name for each in found.signers)]


# Calibration ----------------------------------------------------------------------------------------------------------


def calibration(route: str, me: Me, now: datetime) -> tuple[CalibrationSheet, CalibrationWords]:
    """The test page of a printer and tray."""
    words = CalibrationWords(
        paper=paper_words(),
        title=_("Test page of the printer"),
        steps=(
            _("Print it at 100 %, without fitting it to the page."),
            _("Measure each cross from the left and from the lower edge of the paper, in millimetres."),
            _("Type the eight numbers into Loket, then print this page again: the crosses stand where they belong."),
        ),
        cross=_("cross {number}: {x} / {y} mm"),
        measured_left=_("from left"),
        measured_bottom=_("from below"),
    )
    return CalibrationSheet(stamp(me, now), printable(route)), words
