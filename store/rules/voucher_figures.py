"""Figures of the voucher desk from the files of a period: by programme, state and day, and what signatures took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Final

from store.rules.hours import OfficeCalendar, to_wib
from store.rules.incoming import within
from store.rules.vouchers import FileState
from store.value_class import value_class

Sums = dict[str, dict[str, int]]
"""By the first key: counts by the second; `amount` among them in whole rupiah."""

_STATES: Final = tuple(str(state) for state in FileState)


@value_class
class FileFact:
    """One file as the figures need it. `day` counts it; `amount` is the transaction's, else the penetapan's.

    `originals` and `copies` were numbered or made for it, `voids` of the originals are void. `out_at` is when it first
    went out, `signed_at` when the last signature was seen; None while one is missing.
    """

    day: date
    program: str
    state: str
    amount: int
    without_transaction: bool
    approved: bool
    originals: int
    copies: int
    voids: int
    out_at: datetime | None
    signed_at: datetime | None
    signed: tuple[tuple[str, datetime], ...] = ()


@value_class
class VoucherFigures:
    """What became of the files of a period. Delays are whole office days from going out, the median and nine in ten.

    `by_program`, `by_state` and `by_day` have files and amount; `by_program` also the files of each state.
    `signers` has, by signer, signatures seen and the median delay (`half`; -1 where none went out before).
    """

    files: int
    amount: int
    without_transaction: int
    without_file: int  # transactions of the period that no paper was found for
    approved: int  # differed, and somebody said yes
    originals: int
    reprints: int
    voids: int
    signed: int
    still_out: int
    delay_half: int | None
    delay_most: int | None
    delay_longest: int | None
    by_program: Sums
    by_state: Sums
    by_day: Sums
    signers: Sums


def figures(facts: Sequence[FileFact], without_file: int, calendar: OfficeCalendar) -> VoucherFigures:
    """The figures of these files; void ones count among the states and nowhere else."""
    living = [fact for fact in facts if fact.state != FileState.VOID]
    delays = [
        calendar.working_days_between(to_wib(fact.out_at).date(), to_wib(fact.signed_at).date())
        for fact in living
        if fact.out_at is not None and fact.signed_at is not None
    ]
    return VoucherFigures(
        files=len(living),
        amount=sum(fact.amount for fact in living),
        without_transaction=sum(fact.without_transaction for fact in living),
        without_file=without_file,
        approved=sum(fact.approved for fact in living),
        originals=sum(fact.originals for fact in facts),
        reprints=sum(fact.copies for fact in facts),
        voids=sum(fact.voids for fact in facts),
        signed=sum(fact.signed_at is not None for fact in living),
        still_out=sum(fact.state == FileState.OUT for fact in living),
        delay_half=within(delays, 50),
        delay_most=within(delays, 90),
        delay_longest=max(delays, default=None),
        by_program=_sums(living, lambda fact: fact.program, states=True),
        by_state=_in_order(_sums(facts, lambda fact: fact.state)),
        by_day=_sums(living, lambda fact: fact.day.isoformat(), states=True),
        signers=_signers(living, calendar),
    )


def _sums(facts: Sequence[FileFact], key: Callable[[FileFact], str], *, states: bool = False) -> Sums:
    sums: Sums = {}
    for fact in sorted(facts, key=key):
        counts = sums.setdefault(key(fact), {"files": 0, "amount": 0, **dict.fromkeys(_STATES if states else (), 0)})
        counts["files"] += 1
        counts["amount"] += fact.amount
        if states:
            counts[fact.state] += 1
    return sums


def _in_order(sums: Sums) -> Sums:
    """In the order of the work."""
    return {state: sums[state] for state in _STATES if state in sums}


def _signers(facts: Sequence[FileFact], calendar: OfficeCalendar) -> Sums:
    delays: dict[str, list[int]] = {}
    seen: dict[str, int] = {}
    between = cache(calendar.working_days_between)  # thousands of signatures, but few pairs of days
    for fact in facts:
        out = None if fact.out_at is None else to_wib(fact.out_at).date()
        for signer, at in fact.signed:
            seen[signer] = seen.get(signer, 0) + 1
            if out is not None and fact.out_at is not None and at >= fact.out_at:
                delays.setdefault(signer, []).append(between(out, to_wib(at).date()))
    return {
        signer: {"signatures": seen[signer], "half": -1 if signer not in delays else within(delays[signer], 50) or 0}
        for signer in sorted(seen)
    }
