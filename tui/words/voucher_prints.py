"""Printing vouchers in words: what would be printed, how each job stands, what a person does next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.rules.printing import FOLDER, FOR_A_PERSON, MOVING, JobState
from store.rules.vouchers import VoucherKind
from store.voucher_rows import VoucherRow
from tui.i18n import _, ngettext, number
from tui.words import printers, vouchers_paper
from tui.words.vouchers import cut

if TYPE_CHECKING:
    from printing.printers import PrinterFacts
    from tui.voucher_batch import Jam, JobSheets, Ready


def vouchers(count: int) -> str:
    return ngettext("1 voucher sheet", "{n} voucher sheets", count).format(n=number(count))


def sheets(count: int) -> str:
    return ngettext("1 sheet", "{n} sheets", count).format(n=number(count))


def voucher_number(row_number: int) -> str:
    """As it stands on paper: 000214."""
    return f"{row_number:06d}"


def copy_mark(row: VoucherRow) -> str:
    """What stands over a page that is printed once more."""
    mark, why = _("REPRINT {n}").format(n=row.copy), _("Reason: {reason}").format(reason=row.reason)
    number_ = _("No. {number}").format(number=voucher_number(row.number))
    return " · ".join((mark, number_, why))


def by_program(rows: Sequence[VoucherRow]) -> str:
    """JHT 8 · JKK 4"""
    counted = Counter(row.content.program for row in rows)
    return " · ".join(f"{program} {number(count)}" for program, count in sorted(counted.items()))


def where(ready: Ready, facts: PrinterFacts | None) -> tuple[str, str]:
    """Printer and tray with what it does, or KELUAR; with its role."""
    if ready.route.printer == FOLDER:
        return _("into the folder KELUAR, as PDF"), "normal"
    place = printers.place(ready.route)
    if facts is None:
        return place, "normal"
    wrong = bool(facts.reasons) or not facts.accepting or facts.state in ("stopped", "away")
    return f"{place}: {printers.printer(facts)}", "warn" if wrong else "good"


def kind(code: VoucherKind) -> str:
    return _("Smile's own pages") if code is VoucherKind.SMILE else _("Loket's voucher")


def left_out(ready: Ready) -> list[str]:
    """What is not printed, each with why and the next step."""
    said = [vouchers_paper.voucher_refused(no) for no in ready.refused]
    if ready.pageless:
        names = ", ".join(cut(row.content.name) for row in ready.pageless[:3])
        more = f" +{number(len(ready.pageless) - 3)}" if len(ready.pageless) > 3 else ""
        text = _("{vouchers} without a page of Smile: {names}{more}")
        said.append(text.format(vouchers=vouchers(len(ready.pageless)), names=names, more=more))
    return said


def job_numbers(one: JobSheets) -> str:
    """The numbers on its sheets: 000201–000225; a copy by its own."""
    known = [row for row in one.sheets if row is not None]
    if not known:
        return "–"
    first, last = voucher_number(known[0].number), voucher_number(known[-1].number)
    return first if first == last else f"{first}–{last}"


def job_state(one: JobSheets) -> tuple[str, str]:
    """How a job stands and what stops it, with its role."""
    job = one.job
    text = printers.state(job.state)
    if job.said:
        text = f"{text}: {printers.reasons(job.said)}"
    role = "warn" if job.state in FOR_A_PERSON or job.said else "normal"
    return text, "bad" if job.state in (JobState.DOUBTFUL, JobState.FAILED) else role


def next_step(jobs: Sequence[JobSheets], ready: Ready | None) -> tuple[str, str]:
    """One line: what the person does now."""
    states = Counter(one.job.state for one in jobs)
    said = sum(one.job.pages for one in jobs if one.job.state is JobState.SAID)
    if states[JobState.DOUBTFUL]:
        doubted = sum(one.job.pages for one in jobs if one.job.state is JobState.DOUBTFUL)
        text = _("{sheets} in doubt: count the paper. j: number of the last right voucher, the rest is printed again.")
        return text.format(sheets=sheets(doubted)), "bad"
    if said:
        text = _("Look at {sheets}. y: all right. j: right up to a number, the rest is printed again.")
        return text.format(sheets=sheets(said)), "key"
    if states[JobState.FAILED]:
        return _("Refused, nothing printed. Put it right, then r sends the job again; h gives it up."), "warn"
    if any(one.job.state in MOVING for one in jobs):
        return _("It goes on by itself, also when you leave this screen (esc)."), "muted"
    if ready is not None and ready.sheets:
        return _("enter prints. Nothing is numbered before that."), "key"
    if ready is not None and ready.pageless:
        return _("Next step: s opens Smile's PDF out of MASUK."), "key"
    return _("Nothing is to be printed. esc goes back; t there receives the next file."), "muted"


def jam_question(found: Jam, last: int) -> str:
    """What follows, in numbers."""
    if not found.wrong_sheets:
        text = _("Right up to {last}: {sheets}. Is that all of the paper?")
        return text.format(last=voucher_number(last), sheets=sheets(found.right_sheets))
    text = _("{right} right, {wrong} printed again from {first} on. Destroy what came out after that?")
    right = _("none") if not found.right_sheets else sheets(found.right_sheets)
    return text.format(right=right, wrong=sheets(found.wrong_sheets), first=voucher_number(found.first))
