"""Transactions and paper files brought together by card, within one look (contracts.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.claim_files import Found
from store.listing_rows import CheckedDay, CheckedPayment, LooseFile
from store.rules.matching import Comparison, Verdict, compare, needs_yes, pair
from store.rules.vouchers import FileState
from store.schema import ClaimFile, Payment
from store.snapshot import Snapshot
from store.value_class import value_class

_CHUNK = 500

# Only what a comparison and its row need: a day of ten thousand is read while a person waits.
_PAID = (Payment.id, Payment.code, Payment.program, Payment.kpj, Payment.name, Payment.payee, Payment.amount)
_TOLD = (ClaimFile.program, ClaimFile.kpj, ClaimFile.name, ClaimFile.payee, ClaimFile.amount)
_PAPER = (ClaimFile.id, ClaimFile.payment_id, ClaimFile.paid_on, ClaimFile.approved_at, *_TOLD)


@value_class
class Told:
    """What a transaction or a paper tells, for comparing; `amount` None where nobody read the penetapan."""

    program: str
    kpj: str
    name: str
    payee: str
    amount: Any


def told(row: dict[str, Any]) -> Told:
    return Told(row["program"], row["kpj"], row["name"], row["payee"], row["amount"])


def found_of(payment_id: int, comparison: Comparison) -> Found:
    """What the desk of files is told of a match: every difference that a person has to accept."""
    return Found(payment_id, comparison.verdict, (*map(str, comparison.differences), *comparison.needs_yes))


def payments_of(look: Snapshot, day: date) -> list[dict[str, Any]]:
    """The transactions of a date, in the order of the listing."""
    return look.dicts(Payment.select(*_PAID).where(Payment.booked_on == day).order_by(Payment.id))


def free_payments(look: Snapshot, day: date) -> list[dict[str, Any]]:
    """Those of a date that have no file."""
    rows = payments_of(look, day)
    taken = {row["payment_id"] for row in _files_of_payments(look, [row["id"] for row in rows])}
    return [row for row in rows if row["id"] not in taken]


def _files_of_payments(look: Snapshot, ids: Sequence[int]) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = []
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        files += look.dicts(ClaimFile.select(*_PAPER).where(ClaimFile.payment_id.in_(part), ~ClaimFile.undone))
    return files


def _waiting_files(look: Snapshot, day: date) -> list[dict[str, Any]]:
    """Paper of a date, or of none, that has no transaction."""
    query = ClaimFile.select(*_PAPER).where(
        ClaimFile.payment_id.is_null(),
        ClaimFile.state == FileState.RECEIVED,
        ~ClaimFile.undone,
        (ClaimFile.paid_on == day) | ClaimFile.paid_on.is_null(),
    )
    return look.dicts(query.order_by(ClaimFile.paid_on.is_null(), ClaimFile.id))


def check_day(look: Snapshot, day: date) -> CheckedDay:
    """Every transaction of the date with its paper: the one it was matched with, else the one that its card finds."""
    payments = payments_of(look, day)
    files = {row["payment_id"]: row for row in _files_of_payments(look, [row["id"] for row in payments])}
    free = [row for row in payments if row["id"] not in files]
    waiting = _waiting_files(look, day)
    paired = pair([told(row) for row in free], [told(row) for row in waiting])
    files |= {free[index]["id"]: waiting[place] for index, place in paired.items()}
    used = {waiting[place]["id"] for place in paired.values()}
    loose = [row for row in waiting if row["id"] not in used and row["paid_on"] == day]
    return CheckedDay(
        day,
        tuple(_checked(row, files.get(row["id"])) for row in payments),
        tuple(LooseFile(row["id"], row["kpj"], row["name"], row["program"], row["amount"]) for row in loose),
    )


def _checked(payment: dict[str, Any], file: dict[str, Any] | None) -> CheckedPayment:
    paid = told(payment)
    missing = Comparison(Verdict.NO_FILE, needs_yes=needs_yes(paid))
    comparison = missing if file is None else compare(paid, told(file))
    return CheckedPayment(
        payment["id"],
        payment["code"],
        payment["program"],
        payment["kpj"],
        payment["name"],
        payment["payee"],
        payment["amount"],
        comparison,
        file["id"] if file else None,
        approved=file is not None and file["approved_at"] is not None,
    )
