"""Listings of transactions and lists of paid files that come in (design.md 3.4): planned first, then taken whole."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from store.errors import ListingRefused, NotFound
from store.layouts import is_known_file, note_file, save_mapping, saved_mapping
from store.link import Link
from store.listing_rows import (
    CheckedDay,
    DayCount,
    ListingDone,
    ListingPlan,
    PaidDone,
    PaidPlan,
    sheet_reports,
)
from store.office import setting
from store.paid_lists import apply_paid, plan_paid
from store.payment_matching import check_day
from store.rows import RowReport
from store.rules.listing import Listing, ListingProblem, read_listing
from store.rules.listing_lines import ListingLine
from store.rules.names import name_key
from store.rules.payments import PaymentRead
from store.rules.permissions import Permission
from store.rules.readings import Reason
from store.schema import Payment, PaymentLine
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.finance_files import FinanceFile, read_listing_file, read_paid_file

LISTING, PAID = "listing", "paid"
_CHUNK = 500

T = TypeVar("T")


class ListingDesk:
    """`store.listings`: what was paid, as Smile lists it, and which files lie on the desk."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def plan(self, source: Path | str, overrides: Mapping[str, str] | None = None) -> ListingPlan:
        """What a listing would bring: a file, or the pasted text itself. Nothing is changed.

        Without overrides the mapping saved for its layout is used. Raises FileRefused, NotAllowed, Invalid.
        """
        file, mapping = await self._read(source, LISTING, read_listing_file, overrides)
        pattern = await self._link.read(setting, "voucher.code_pattern")
        listing = await asyncio.to_thread(read_listing, file.rows, pattern=str(pattern))
        return await self._link.read(_plan, file, listing, mapping)

    async def apply(self, plan: ListingPlan, overrides: Mapping[str, str] | None = None) -> ListingDone:
        """Brings the transactions in, in one write; its undo is refused once a file has one of them.

        Raises NotAllowed, and ListingRefused with every figure, also for what somebody brought in since the plan.
        """
        return (await self.apply_all([plan], overrides))[0]

    async def apply_all(
        self, plans: Sequence[ListingPlan], overrides: Mapping[str, str] | None = None
    ) -> list[ListingDone]:
        """Several listings, all or none; one undo takes all of them back."""
        done, undo = await self._link.write(_apply, plans, dict(overrides or {}))
        return [replace(each, undo=undo) for each in done]

    async def paid_plan(self, source: Path | str, overrides: Mapping[str, str] | None = None) -> PaidPlan:
        """What a list of paid files would bring. Nothing is changed. Raises FileRefused, NotAllowed, Invalid."""
        file, mapping = await self._read(source, PAID, read_paid_file, overrides)
        return replace(await self._link.read(plan_paid, file), mapping=mapping)

    async def paid_apply(self, plan: PaidPlan, overrides: Mapping[str, str] | None = None) -> PaidDone:
        """Receives the files of the list, each matched with its transaction where there is one. Raises NotAllowed."""
        return (await self.paid_apply_all([plan], overrides))[0]

    async def paid_apply_all(
        self, plans: Sequence[PaidPlan], overrides: Mapping[str, str] | None = None
    ) -> list[PaidDone]:
        """Several lists, all or none; one undo takes all of them back."""
        done, undo = await self._link.write(apply_paid, plans, dict(overrides or {}))
        return [replace(each, undo=undo) for each in done]

    async def check(self, day: date) -> CheckedDay:
        """Every transaction of the date against its paper, and paper without one. Raises NotAllowed."""
        return await self._link.read(_check, day)

    async def _read(
        self,
        source: Path | str,
        kind: str,
        read: Callable[..., FinanceFile[T]],
        overrides: Mapping[str, str] | None,
    ) -> tuple[FinanceFile[T], dict[str, str]]:
        await self._link.read(_may_receive)
        mapping = dict(overrides or {})
        file = await asyncio.to_thread(read, source, overrides=mapping, spool_dir=self._link.home)
        if not mapping and (mapping := await self._link.read(saved_mapping, kind, file.layout)):
            file = await asyncio.to_thread(read, source, overrides=mapping, spool_dir=self._link.home)
        return file, mapping


def _may_receive(look: Snapshot) -> None:
    look.require(Permission.RECEIVE_FILES)


def _check(look: Snapshot, day: date) -> CheckedDay:
    look.require(Permission.RECEIVE_FILES)
    return check_day(look, day)


def _known(look: Snapshot, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    columns = (Payment.code, Payment.digest, Payment.amount)
    for start in range(0, len(codes), _CHUNK):
        rows = look.dicts(Payment.select(*columns).where(Payment.code.in_(codes[start : start + _CHUNK])))
        found |= {row["code"]: row for row in rows}
    return found


def _sort_out(
    look: Snapshot, payments: Sequence[PaymentRead]
) -> tuple[list[PaymentRead], list[PaymentRead], list[ListingProblem]]:
    """New transactions, known ones, and codes that stand for other content than before."""
    known = _known(look, [payment.code for payment in payments])
    new, same, problems = [], [], []
    for payment in payments:
        before = known.get(payment.code)
        if before is None:
            new.append(payment)
        elif before["digest"] == payment.digest:
            same.append(payment)
        else:
            problems.append(
                ListingProblem(
                    "repeated",
                    payment.sheet,
                    payment.row,
                    payment.code,
                    stated=before["amount"],
                    found=payment.amount,
                )
            )
    return new, same, problems


def _plan(look: Snapshot, file: FinanceFile[ListingLine], listing: Listing, mapping: dict[str, str]) -> ListingPlan:
    new, same, repeated = _sort_out(look, listing.payments)
    problems = (*listing.problems, *repeated)
    counts: dict[str, Counter[str]] = {sheet.name: Counter() for sheet in file.sheets}
    for problem in problems:
        counts.setdefault(problem.sheet, Counter())["refused"] += 1
    for payment in () if problems else new:
        counts[payment.sheet]["taken"] += 1
    for payment in () if problems else same:
        counts[payment.sheet]["same"] += 1
    rows = tuple(
        RowReport(problem.sheet, problem.row, "", "refused", (Reason(problem.kind, problem.field, problem.text),))
        for problem in problems
    )
    return ListingPlan(
        file.file,
        file.sha256,
        file.layout,
        is_known_file(look, LISTING, file.sha256),
        sheet_reports(file.sheets, {name: dict(count) for name, count in counts.items()}),
        rows,
        problems,
        _days(listing.payments),
        tuple(new),
        len(same),
        listing.others,
        listing.others_amount,
        mapping,
    )


def _days(payments: Sequence[PaymentRead]) -> tuple[DayCount, ...]:
    counts: Counter[tuple[date, str]] = Counter()
    amounts: Counter[tuple[date, str]] = Counter()
    for payment in payments:
        key = (payment.booked_on, str(payment.program))
        counts[key] += 1
        amounts[key] += payment.amount
    return tuple(DayCount(day, program, counts[day, program], amounts[day, program]) for day, program in sorted(counts))


def _apply(tx: Transaction, plans: Sequence[ListingPlan], overrides: dict[str, str]) -> list[ListingDone]:
    tx.require(Permission.RECEIVE_FILES)
    tx.database.lock_name("listing")  # two at once would both take the same code for new
    tx.audit("listing.import")
    done = []
    for plan in plans:
        new, same, problems = _sort_out(tx, plan.new)
        if plan.problems or problems:
            raise ListingRefused(plan.file, (*plan.problems, *problems))
        if not new and not same and not plan.same:
            raise NotFound("transactions", plan.file)
        if new:
            _bring_in(tx, plan, new)
        if overrides:
            save_mapping(tx, LISTING, plan.layout, overrides)
        known = plan.same + len(same)
        done.append(ListingDone(plan.file, plan.sheets, plan.rows, plan.days, len(new), known, None))
    return done


def _bring_in(tx: Transaction, plan: ListingPlan, payments: Sequence[PaymentRead]) -> None:
    listing_id = note_file(tx, LISTING, plan.sha256, plan.file, len(payments))
    rows = [
        {
            "code": payment.code,
            "code_order": payment.code_order,
            "booked_on": payment.booked_on,
            "program": str(payment.program),
            "kpj": payment.kpj,
            "name": payment.name,
            "name_key": name_key(payment.name),
            "payee": payment.payee,
            "amount": payment.amount,
            "description": payment.description,
            "digest": payment.digest,
            "listing_id": listing_id,
        }
        for payment in payments
    ]
    ids = tx.insert_many(Payment, rows)
    lines = [
        {
            "payment_id": payment_id,
            "position": position,
            "account": line.account,
            "account_name": line.account_name,
            "sub_ledger": line.sub_ledger,
            "debit": line.debit,
            "credit": line.credit,
            "description": line.description,
        }
        for payment_id, payment in zip(ids, payments, strict=True)
        for position, line in enumerate(payment.lines, 1)
    ]
    tx.insert_many(PaymentLine, lines)
