"""`loket import listing|paid` and `loket vouchers check`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from store.errors import ListingRefused
from store.listing_rows import CheckedDay, CheckedPayment, ListingDone, ListingPlan, PaidDone, PaidPlan
from store.rules.dates import format_short
from store.rules.listing import ListingProblem
from store.rules.money import format_rupiah
from tui.cli.imports import document, overrides_of, print_unread
from tui.cli.session import DONE, OPEN, REFUSED, UsageError, print_json, with_store
from tui.i18n import _, number
from tui.words import vouchers

if TYPE_CHECKING:
    from store import Store


def import_listing(arguments: Namespace) -> int:
    """Brings listings of transactions in, all files or none. Status 1 when one is refused, with every figure."""
    return with_store(arguments, lambda store: _import_listing(store, arguments))


def import_paid(arguments: Namespace) -> int:
    """Receives the files of lists of paid files. Status 2 when rows were refused or sheets could not be read."""
    return with_store(arguments, lambda store: _import_paid(store, arguments))


def check(arguments: Namespace) -> int:
    """Holds a day of the listing against its paper. Status 2 while anything waits for a person."""
    return with_store(arguments, lambda store: _check(store, arguments))


async def _import_listing(store: Store, arguments: Namespace) -> int:
    overrides = overrides_of(arguments.map)
    plans = [await store.listings.plan(path, overrides) for path in arguments.files]
    refused = next((plan for plan in plans if plan.problems), None)
    results: Sequence[ListingPlan | ListingDone] = plans
    if refused is None and not arguments.dry_run:
        results = await store.listings.apply_all(plans, overrides)
    if arguments.json:
        documents = [_listing_document(plan, result) for plan, result in zip(plans, results, strict=True)]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        for plan, result in zip(plans, results, strict=True):
            _print_listing(plan, result, dry=arguments.dry_run or refused is not None)
    if refused is not None:
        print(vouchers.listing_refused(ListingRefused(refused.file, refused.problems)), file=sys.stderr)
        return REFUSED
    return OPEN if any(_unread(plan) for plan in plans) else DONE


def _unread(plan: ListingPlan | PaidPlan) -> bool:
    """Whether a sheet beside those that were read holds something else."""
    return any(sheet.skipped not in (None, "empty", "chart") for sheet in plan.sheets)


def _listing_document(plan: ListingPlan, result: ListingPlan | ListingDone) -> dict[str, Any]:
    days = [
        {"date": day.day.isoformat(), "program": day.program, "transactions": day.count, "amount": day.amount}
        for day in plan.days
    ]
    return {**document(result), "days": days, "problems": [_problem(problem) for problem in plan.problems]}


def _problem(found: ListingProblem) -> dict[str, Any]:
    names = ("kind", "sheet", "row", "code", "field", "debit", "credit", "stated", "found", "text")
    return {name: value for name in names if (value := getattr(found, name)) not in (None, "", 0) or name == "kind"}


def _print_listing(plan: ListingPlan, result: ListingPlan | ListingDone, *, dry: bool) -> None:
    if plan.problems:
        print(_("{file}: refused").format(file=plan.file))
        for found in plan.problems:
            print("  " + vouchers.problem(found))
    else:
        head = _("{file}: would be taken") if dry else _("{file}: taken")
        print(head.format(file=plan.file))
        new = len(result.new) if isinstance(result, ListingPlan) else result.new
        counts = _("transactions: new {new}, known {same}").format(new=number(new), same=number(result.same))
        print("  " + counts)
        for counted in plan.days:
            print("  " + vouchers.day_count(counted))
        if plan.others:
            others = _("{count} other bookings pay no claim and stay out ({amount})")
            print("  " + others.format(count=number(plan.others), amount=format_rupiah(plan.others_amount)))
    print_unread(plan.sheets)


async def _import_paid(store: Store, arguments: Namespace) -> int:
    overrides = overrides_of(arguments.map)
    plans = [await store.listings.paid_plan(path, overrides) for path in arguments.files]
    results: Sequence[PaidPlan | PaidDone] = plans
    if not arguments.dry_run:
        results = await store.listings.paid_apply_all(plans, overrides)
    if arguments.json:
        documents = [document(result) for result in results]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        for plan, result in zip(plans, results, strict=True):
            _print_paid(plan, result, dry=arguments.dry_run)
    waits = any(sheet.refused for plan in plans for sheet in plan.sheets) or any(map(_unread, plans))
    return OPEN if waits else DONE


def _print_paid(plan: PaidPlan, result: PaidPlan | PaidDone, *, dry: bool) -> None:
    from tui.words import reasons

    head = _("{file}: would be taken") if dry else _("{file}: taken")
    print(head.format(file=plan.file))
    new = len(result.new) if isinstance(result, PaidPlan) else result.new
    same = sum(sheet.same for sheet in plan.sheets)
    refused = sum(sheet.refused for sheet in plan.sheets)
    counts = _("files: new {new}, known {same}, refused {refused}")
    print("  " + counts.format(new=number(new), same=number(same), refused=number(refused)))
    for code, count in result.verdicts.items():
        print(f"  {vouchers.verdict(code)}: {number(count)}")
    for row in plan.rows:
        if row.verdict == "refused":
            words = "; ".join(reasons.row_reasons(row))
            print("  " + _("row {row}: {words}").format(row=row.row, words=words))
    print_unread(plan.sheets)


async def _check(store: Store, arguments: Namespace) -> int:
    try:
        day = date.fromisoformat(arguments.date)
    except ValueError:
        raise UsageError(_("--date takes YYYY-MM-DD, not {text}").format(text=arguments.date)) from None
    checked = await store.listings.check(day)
    if not checked.payments and not checked.loose:
        sentence = _("Nothing of {day} has come in. Bring the listing in first: loket import listing FILE")
        print(sentence.format(day=format_short(day)), file=sys.stderr)
        return REFUSED
    if arguments.json:
        print_json(_checked_document(checked))
    else:
        _print_checked(checked)
    return OPEN if checked.open else DONE


def _checked_document(checked: CheckedDay) -> dict[str, Any]:
    return {
        "date": checked.day.isoformat(),
        "transactions": [_payment_document(payment) for payment in checked.payments],
        "files_without_transaction": [
            {"kpj": file.kpj, "name": file.name, "program": file.program, "amount": file.amount}
            for file in checked.loose
        ],
    }


def _payment_document(payment: CheckedPayment) -> dict[str, Any]:
    facts = {name: getattr(payment, name) for name in ("code", "program", "kpj", "name", "payee", "amount")}
    return {**facts, "verdict": str(payment.verdict), "needs_yes": list(payment.comparison.needs_yes)}


def _print_checked(checked: CheckedDay) -> None:
    agree = sum(not payment.open for payment in checked.payments)
    head = _("{day}: {agree} of {count} transactions settled")
    print(head.format(day=format_short(checked.day), agree=number(agree), count=number(len(checked.payments))))
    for payment in checked.payments:
        if payment.open:
            words = "; ".join(vouchers.differences(payment.comparison))
            print(f"  {payment.code} {payment.program} {payment.name} {format_rupiah(payment.amount)}: {words}")
    for file in checked.loose:
        amount = "" if file.amount is None else format_rupiah(file.amount)
        words = _("a file without a transaction")
        print("  " + " ".join(part for part in (file.kpj, file.program, file.name, amount) if part) + f": {words}")
