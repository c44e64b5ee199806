"""Transactions of the listing that have no file yet: what a paper in somebody's hand may be.

Amounts are shown to those whose role needs them (design.md 5).
"""

from __future__ import annotations

import operator
from datetime import date
from functools import reduce
from typing import Any, Final

from peewee import Case, fn

from store.claim_file_rows import PaidRow, require_desk, shown
from store.rules.candidates import Fit, Typed, fit, read_typed
from store.rules.matching import needs_yes
from store.rules.permissions import Permission
from store.schema import OpenPayment, Payment
from store.snapshot import Snapshot
from store.value_class import value_class

_MOST_LOOKED_AT: Final = 1_000


@value_class
class Candidate:
    """A transaction that has no file yet. `amount` and `fit.amount_off` are for those who see amounts.

    `fit` says how it fits what was typed; None when nothing was. `other_day`: not of the day that was asked for.
    """

    payment_id: int
    code: str
    booked_on: date
    program: str
    kpj: str
    name: str
    payee: str
    amount: int | None
    needs_yes: tuple[str, ...]
    fit: Fit | None
    other_day: bool


def without_file() -> Any:
    """The condition of transactions that no file was found for, as store.open_payments keeps them."""
    return Payment.id.in_(OpenPayment.select(OpenPayment.id))


def candidates(look: Snapshot, text: str, day: date | None, limit: int) -> list[Candidate]:
    """Transactions without a file that fit what is typed, best first; those of `day` before all others.

    With nothing typed all of the day, by code. Raises NotAllowed.
    """
    require_desk(look)
    typed = read_typed(text)
    if typed.is_empty and day is None:
        return []
    found: list[tuple[tuple[Any, ...], Candidate]] = []
    for row in look.dicts(_candidate_rows(typed, day)):
        how = None if typed.is_empty else fit(typed, paid_row(row))
        if how is None and not typed.is_empty:
            continue
        candidate = _candidate(look, row, how, day)
        off, score = (how.amount_off, how.score) if how else (0, 0)
        found.append(((candidate.other_day, off != 0, abs(off), -score, row["code_order"]), candidate))
    found.sort(key=lambda each: each[0])
    return [candidate for _rank, candidate in found[:limit]]


def payments_without_file(look: Snapshot, day: date) -> int:
    """How many transactions of a day have no file."""
    require_desk(look)
    return int(look.scalar(OpenPayment.select(fn.count(OpenPayment.id)).where(OpenPayment.booked_on == day)))


def _candidate_rows(typed: Typed, day: date | None) -> Any:
    """The transactions worth a look: the day's, and those of other days that the indexes find."""
    other_day = Case(None, ((Payment.booked_on == day, 0),), 1)
    query = Payment.select().join(OpenPayment, on=(OpenPayment.id == Payment.id))
    query = query.order_by(other_day, Payment.booked_on.desc(), Payment.code_order)
    if typed.is_empty:
        return query.where(OpenPayment.booked_on == day)
    wanted = OpenPayment.booked_on == day
    for figure in typed.figures:
        wanted |= (OpenPayment.kpj.contains(figure)) | (OpenPayment.amount == int(figure))
    for amount in typed.amounts:
        wanted |= OpenPayment.amount.between(amount * 100 // 110, amount * 100 // 90 + 1)
    if typed.words:
        wanted |= reduce(operator.and_, map(_any_name, typed.words))
    return query.where(wanted).limit(_MOST_LOOKED_AT)


def _any_name(word: str) -> Any:
    """Of those without a file: their few narrow lines are gone through, and only who fits is read whole."""
    return OpenPayment.name_key.contains(word) | OpenPayment.payee.contains(word) | OpenPayment.kpj.startswith(word)


def paid_row(row: dict[str, Any]) -> PaidRow:
    """A transaction's row as a comparison needs it."""
    return PaidRow(row["program"], row["kpj"], row["name"], row["payee"], row["amount"])


def _candidate(look: Snapshot, row: dict[str, Any], how: Fit | None, day: date | None) -> Candidate:
    paid = paid_row(row)
    if how is not None and not look.may(Permission.SEE_FILE_AMOUNTS):
        how = Fit(how.by, how.score)
    return Candidate(
        payment_id=row["id"],
        code=row["code"],
        booked_on=row["booked_on"],
        program=paid.program,
        kpj=paid.kpj,
        name=paid.name,
        payee=paid.payee,
        amount=shown(look, paid.amount),
        needs_yes=needs_yes(paid),
        fit=how,
        other_day=day is not None and row["booked_on"] != day,
    )
