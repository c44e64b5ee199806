"""Days of the voucher desk: what was paid on each, and how far its claim files are (domain.md 2.6)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from peewee import SQL, fn

from store.claim_file_rows import require_desk, shown
from store.link import Link
from store.open_payments import disagreements, rebuild
from store.rules.permissions import Permission
from store.rules.vouchers import FileState
from store.schema import ClaimFile, OpenPayment, Payment
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class


@value_class
class VoucherDay:
    """One day of payment. `transactions` of its listing, `without_file` of them whose paper is not here yet.

    `files` counts its claim files by state, void ones left out; of those received, `differing` wait for a yes and
    `loose` have no transaction. `amount` is the listing's, whole rupiah; None for who may not see amounts.
    """

    day: date
    transactions: int
    without_file: int
    files: dict[FileState, int]
    differing: int
    loose: int
    amount: int | None

    @property
    def received(self) -> int:
        """All paper of the day, wherever it is by now."""
        return sum(self.files.values())


class VoucherDayDesk:
    """`store.voucher_days`: the days that have a listing or files."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def list(self) -> list[VoucherDay]:
        """All days that have a listing or a file, the newest first. Raises NotAllowed."""
        return await self._link.read(_days, None)

    async def read(self, day: date) -> VoucherDay:
        """One day; without a listing and files all its counts are 0. Raises NotAllowed."""
        found = await self._link.read(_days, day)
        return found[0] if found else VoucherDay(day, 0, 0, {}, 0, 0, None)

    async def check(self) -> int:
        """How many transactions are kept as having no file and have one, or the other way round. Raises NotAllowed."""
        return await self._link.read(_check)

    async def rebuild(self) -> None:
        """Tells anew which transactions have no file. Raises NotAllowed."""
        await self._link.write(_rebuild)


def _check(look: Snapshot) -> int:
    look.require(Permission.MANAGE_OFFICE)
    return len(disagreements(look.database))


def _rebuild(tx: Transaction) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    rebuild(tx.database)


def _days(look: Snapshot, day: date | None) -> list[VoucherDay]:
    require_desk(look)
    # Each from an index alone, which has all that is asked for, and no id.
    everything = fn.count(SQL("*"))
    paid = Payment.select(Payment.booked_on, everything, fn.sum(Payment.amount)).group_by(Payment.booked_on)
    missing = OpenPayment.select(OpenPayment.booked_on, everything).group_by(OpenPayment.booked_on)
    of = (ClaimFile.paid_on, ClaimFile.state, ClaimFile.payment_id.is_null())
    living = (~ClaimFile.undone) & (ClaimFile.state != str(FileState.VOID)) & ClaimFile.paid_on.is_null(False)
    files = ClaimFile.select(*of, everything).where(living).group_by(*of)
    if day is not None:
        paid, missing = paid.where(Payment.booked_on == day), missing.where(OpenPayment.booked_on == day)
        files = files.where(ClaimFile.paid_on == day)
    listed = {row[0]: (int(row[1]), int(row[2])) for row in look.tuples(paid)}
    lacking = {row[0]: int(row[1]) for row in look.tuples(missing)}
    states: dict[date, Counter[FileState]] = {}
    loose: Counter[date] = Counter()
    for paid_on, state, no_transaction, count in look.tuples(files):
        states.setdefault(paid_on, Counter())[FileState(state)] += int(count)
        loose[paid_on] += int(count) if no_transaction else 0
    return [
        _day(look, each, listed.get(each, (0, 0)), lacking.get(each, 0), states.get(each, Counter()), loose[each])
        for each in sorted(listed.keys() | states.keys(), reverse=True)
    ]


def _day(
    look: Snapshot, day: date, listed: tuple[int, int], lacking: int, states: Counter[Any], loose: int
) -> VoucherDay:
    differing = states[FileState.RECEIVED] - loose
    return VoucherDay(day, listed[0], lacking, dict(states), differing, loose, shown(look, listed[1]))
