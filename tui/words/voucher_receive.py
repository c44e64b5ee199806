"""Receiving papers in words: how far the day is, a paper and its transaction side by side, what enter would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from store.claim_file_rows import FileRow, PaidRow, PaperRow
from store.claim_files import FileIn
from store.payments_open import Candidate
from store.rules.candidates import read_typed
from store.rules.matching import Comparison, compare
from store.rules.money import format_rupiah
from store.voucher_days import VoucherDay
from tui.i18n import _, ngettext, number
from tui.widgets.ink import EMPTY, Line, Piece, fixed, line, spread, wrap
from tui.words import claim_files, voucher_desk, vouchers

if TYPE_CHECKING:
    from tui.screens.voucher_receive import Offer

LABEL = 12
KPJ_DIGITS = 11
LEAST = 1_000
"""Whole rupiah from which a typed figure is an amount."""


def summary(counted: VoucherDay | None, last: Piece, width: int) -> list[Line]:
    """How far the day is, and what became of the paper before."""
    if counted is None:
        first = line((" " + _("Transactions of all days without a file"), "muted"))
    elif not counted.transactions:
        words = _("No listing of this day is here yet; what is received now waits for it.")
        first = line((f" {words}", "warn"))
    else:
        here, all_of = counted.transactions - counted.without_file, counted.transactions
        text = _("{here} of {all} of the listing are here").format(here=number(here), all=number(all_of))
        lacking = ngettext("1 without file", "{n} without file", counted.without_file)
        right = lacking.format(n=number(counted.without_file)) if counted.without_file else _("all here")
        role = "warn" if counted.without_file else "good"
        first = spread([(f" {text}", "strong")], [(f"{right} ", role)], width)
    return [first, line((f" {last[0]}", last[1])) if last[0] else EMPTY]


def amount_cell(offer: Offer) -> str:
    return "–" if offer.found.amount is None else format_rupiah(offer.found.amount)


def payee_cell(offer: Offer) -> Piece:
    """Who was paid, where that is somebody else."""
    return (offer.found.payee, "warn") if offer.found.needs_yes else ("", "muted")


def day_cell(found: Candidate, now: datetime) -> Piece:
    """The day of a transaction that is of another day than the one that is looked at."""
    return (voucher_desk.day_cell(found.booked_on, now), "warn") if found.other_day else ("", "muted")


def compared(found: Candidate, paper: FileIn) -> Comparison:
    """Paper against transaction as the store will compare them; amounts only where this person sees them."""
    amount = found.amount or 0
    told = paper.amount if found.amount is not None else None
    listed = PaidRow(found.program, found.kpj, found.name, found.payee, amount)
    return compare(listed, PaperRow(paper.program, paper.kpj, paper.name, paper.payee, told))


def side_by_side(found: Candidate, paper: FileIn, width: int) -> list[Line]:
    """The listing's name and amount beside the paper's, and what differs."""
    half = max(16, (width - LABEL - 3) // 2)
    like = _("as listed")
    listed = "–" if found.amount is None else format_rupiah(found.amount)
    told = like if paper.amount is None else format_rupiah(paper.amount)
    result = compared(found, paper)
    off = "warn" if result.amount_off else "normal"
    other = "warn" if result.names else "normal"
    payee = found.payee if found.needs_yes else ""
    rows = [
        line((fixed("", LABEL + 1), "muted"), (fixed(_("Listing"), half), "muted"), (_("Paper"), "muted")),
        _row(_("Name"), found.name, paper.name or like, half, other),
        _row(_("Amount"), listed, told, half, off),
    ]
    if payee or result.needs_yes:
        rows.append(_row(_("Paid to"), payee or found.payee, paper.payee or like, half, "warn"))
    said = vouchers.differences(result)
    words = " · ".join(said) or _("agrees: enter")
    yes = _(" → waits for an officer's yes") if said else ""
    return [*rows, *(line((f" {part}", "warn" if said else "good")) for part in wrap(words + yes, width - 2, 2))]


def _row(label: str, listed: str, told: str, half: int, role: str) -> Line:
    return line(
        (f" {fixed(label, LABEL)}", "muted"), (fixed(listed, half - 1) + " ", "strong"), (fixed(told, half), role)
    )


def nothing(text: str, counted: VoucherDay | None, here: Sequence[FileRow], width: int) -> list[Line]:
    """Why no transaction stands there, and the next step; `here` are files that seem to be this paper."""
    if text.strip() and here:
        said = _("It seems to be here already: {files}").format(files=" · ".join(map(_file, here)))
        step = _("Type more where it is another paper; esc, then / shows those that are here.")
    elif text.strip():
        said = _("No transaction without a file fits what is typed, on any day.")
        step = _("enter receives the paper without one; the difference is seen when its listing comes.")
    elif counted is not None and not counted.transactions:
        said = _("Next step: bring the listing of this day in (esc, then l), or go on without it.")
        step = _("←→ shows another day.")
    else:
        said, step = _("Every transaction of this day has its file."), _("←→ shows another day.")
    return [EMPTY, *(line((f" {part}", "muted")) for text in (said, step) for part in wrap(text, width - 2, 2))]


def _file(row: FileRow) -> str:
    return f"{vouchers.cut(row.name or row.payee)} ({claim_files.state(row.state)})"


def paper_alone(text: str, day: date | None) -> FileIn:
    """What a typed line says of a paper: eleven digits are its KPJ, other figures the amount, words the name."""
    typed = read_typed(text)
    kpj = next((figure for figure in typed.figures if len(figure) == KPJ_DIGITS), "")
    amounts = [*typed.amounts, *(int(figure) for figure in typed.figures if figure != kpj)]
    amount = next((each for each in amounts if each >= LEAST), None)
    return FileIn(kpj=kpj, name=" ".join(typed.words), amount=amount, paid_on=day)


def paper_words(paper: FileIn) -> str:
    """A paper in a few words: name, KPJ, amount."""
    amount = "" if paper.amount is None else format_rupiah(paper.amount)
    return " · ".join(part for part in (vouchers.cut(paper.name), paper.kpj, amount) if part)


def values_of(paper: FileIn) -> dict[str, str]:
    """A paper as the lines that are typed."""
    amount = "" if paper.amount is None else str(paper.amount)
    named = {name: getattr(paper, name) for name in ("name", "payee", "program", "kpj", "note")}
    return {**named, "amount": amount}
