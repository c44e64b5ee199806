"""What a listing or a list of paid files would bring, in words: columns as they were read, totals, refusals."""

from __future__ import annotations

from typing import Final

from store.errors import ListingRefused
from store.listing_rows import ListingDone, ListingPlan, PaidDone, PaidPlan
from store.rows import SheetReport
from store.rules.listing_lines import LISTING_FIELDS
from store.rules.money import format_rupiah
from store.rules.paid import PAID_FIELDS
from store.workbooks.finance_files import PASTED
from tui.i18n import N_, _, ngettext, number
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.words import reasons, vouchers

FIELDS: Final[dict[str, str]] = {
    "code": N_("transaction code"),
    "booked_on": N_("date"),
    "paid_on": N_("date"),
    "account": N_("account"),
    "account_name": N_("name of the account"),
    "sub_ledger": N_("sub ledger (who was paid)"),
    "debit": N_("debit"),
    "credit": N_("credit"),
    "amount": N_("amount"),
    "description": N_("description"),
    "kpj": "KPJ",
    "name": N_("name"),
    "payee": N_("payee"),
    "program": N_("programme"),
}
"""What a column is taken for."""

NOT_READ: Final = ("empty", "chart")
"""Sheets that nobody misses."""

Plan = ListingPlan | PaidPlan


def file(known_as: str) -> str:
    """The name of a file for a sentence; a pasted text has none."""
    return _("the pasted text") if known_as == PASTED else vouchers.cut(known_as)


def title(plan: Plan) -> str:
    return file(plan.file)


def fields(plan: Plan) -> dict[str, str]:
    """What a column of it can be taken for."""
    return {field: FIELDS[field] for field in (LISTING_FIELDS if isinstance(plan, ListingPlan) else PAID_FIELDS)}


def refused(plan: Plan) -> bool:
    """Whether nothing of it can be taken."""
    return bool(plan.problems) if isinstance(plan, ListingPlan) else not has_rows(plan)


def nothing_found(plan: ListingPlan) -> bool:
    """Whether it is no listing at all: no transaction stands in it."""
    return any(problem.kind == "nothing-found" for problem in plan.problems)


def has_rows(plan: PaidPlan) -> bool:
    """Whether some row of a list of paid files can be used, or is known."""
    return any(sheet.taken + sheet.doubted + sheet.same for sheet in plan.sheets)


def lines(plan: Plan, width: int) -> list[Line]:
    """The plan, to read through: what it is, totals or refusals, columns, sheets that were not read."""
    kind = _("Listing of transactions") if isinstance(plan, ListingPlan) else _("List of paid files")
    known = " · " + _("brought in before") if plan.known_file else ""
    known += " · " + _("with corrected columns") if plan.mapping else ""
    shown = [line((f" {file(plan.file)}", "strong")), line((f" {kind}{known}", "muted")), EMPTY]
    shown += _listing(plan, width) if isinstance(plan, ListingPlan) else _paid(plan, width)
    for sheet in plan.sheets:
        shown += _sheet(sheet, width)
    return shown


def _wrapped(text: str, role: str, width: int) -> list[Line]:
    parts = wrap(text, max(20, width - 4), 4)
    return [line(("   " if at else " ", "muted"), (part, role)) for at, part in enumerate(parts)]


def _listing(plan: ListingPlan, width: int) -> list[Line]:
    if plan.problems:
        head = ngettext("Refused whole, for 1 reason:", "Refused whole, for {n} reasons:", len(plan.problems))
        shown = [line((f" {head.format(n=number(len(plan.problems)))}", "bad"))]
        for problem in plan.problems:
            shown += _wrapped(f"• {vouchers.problem(problem)}", "normal", width)
        return [*shown, EMPTY]
    shown = []
    for counted in plan.days:
        shown += _wrapped(vouchers.day_count(counted), "strong", width)
    total = sum(counted.amount for counted in plan.days)
    count = sum(counted.count for counted in plan.days)
    words = _("In all {count} transactions, {amount}; debit and credit balance.")
    shown += _wrapped(words.format(count=number(count), amount=format_rupiah(total)), "good", width)
    if plan.others:
        others = _("{count} other bookings pay no claim and stay out ({amount})")
        shown += _wrapped(
            others.format(count=number(plan.others), amount=format_rupiah(plan.others_amount)), "muted", width
        )
    return [*shown, EMPTY]


def _paid(plan: PaidPlan, width: int) -> list[Line]:
    shown = []
    for code, count in plan.verdicts.items():
        role = "good" if code == "match" else "warn"
        shown += _wrapped(f"{vouchers.verdict(code)}: {number(count)}", role, width)
    for row in plan.rows:
        words = _("row {row}: {words}").format(row=row.row, words="; ".join(reasons.row_reasons(row)))
        shown += _wrapped(f"{reasons.verdict(row.verdict)} · {words}", "warn", width)
    return [*shown, EMPTY]


def _sheet(sheet: SheetReport, width: int) -> list[Line]:
    """The columns of a sheet as they were read; of one that was not read, why."""
    if sheet.skipped in NOT_READ:
        return []
    if sheet.skipped:
        words = _("sheet {name} was not read: {reason}")
        return _wrapped(words.format(name=sheet.name, reason=reasons.skipped(sheet.skipped)), "warn", width)
    head = _("Sheet {name}, headings in row {row}").format(name=sheet.name, row=sheet.header_row or "–")
    read = [f"{heading} → {_(FIELDS[field])}" for heading, field in sheet.columns.items() if field in FIELDS]
    left = [heading for heading, field in sheet.columns.items() if not field and heading]
    named = [] if sheet.name == PASTED else [line((f" {head}", "muted"))]
    shown = [*named, *_columns(read, width)]
    if left:
        shown += _wrapped(_("not read: {columns}").format(columns=", ".join(left)), "muted", width)
    return [*shown, EMPTY]


def _columns(read: list[str], width: int) -> list[Line]:
    return [row for text in read for row in _wrapped(f"  {text}", "normal", width)]


def consequence(plan: Plan) -> list[list[Piece]]:
    """The line above the keys: what y does, in numbers, or why it does nothing."""
    if isinstance(plan, ListingPlan) and plan.problems:
        return [[(vouchers.listing_refused(ListingRefused(file(plan.file), plan.problems)), "bad")]]
    if refused(plan):
        return [[(_("No row of it can be used."), "bad")]]
    if not plan.new:
        return [[(_("All of it is known already; nothing changes."), "muted")]]
    count = len(plan.new)
    if isinstance(plan, ListingPlan):
        words = ngettext("brings 1 transaction in", "brings {n} transactions in", count).format(n=number(count))
        known = _("{n} are known").format(n=number(plan.same)) if plan.same else ""
    else:
        words = ngettext("receives 1 file", "receives {n} files", count).format(n=number(count))
        known = ""
    return [[("y ", "key"), (" · ".join(part for part in (words, known) if part), "normal")]]


def taken(done: ListingDone | PaidDone) -> str:
    """What came in, in a line."""
    if isinstance(done, ListingDone):
        words = ngettext("1 new transaction", "{n} new transactions", done.new).format(n=number(done.new))
        return f"{file(done.file)}: {words}"
    words = ngettext("1 file received", "{n} files received", done.new).format(n=number(done.new))
    counts = [f"{vouchers.verdict(code)} {number(count)}" for code, count in done.verdicts.items()]
    return f"{file(done.file)}: " + " · ".join([words, *counts])
