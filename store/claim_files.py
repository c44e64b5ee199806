"""Claim files that come in after payment, and their transactions (*terima berkas*, domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.claim_steps import refused
from store.errors import NotFound
from store.rules.permissions import Permission
from store.rules.text import clean
from store.rules.vouchers import FileSource, FileState, FileStep, Refusal, after_match
from store.schema import ClaimFile, Payment
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FileIn:
    """What a paper file says. `amount`: of the penetapan, whole rupiah; None: nobody read it, it is as listed.

    `program` is JHT, JKK, JKM or JP. Empty texts are taken from the transaction, where there is one.
    """

    program: str = ""
    kpj: str = ""
    name: str = ""
    payee: str = ""
    amount: int | None = None
    paid_on: date | None = None
    source: FileSource = FileSource.DESK
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The transaction of a file: how it compares (`verdict`), and every difference that needs a person's yes.

    Both are codes of store.rules.matching.
    """

    payment_id: int
    verdict: str
    differences: tuple[str, ...] = ()


def receive(tx: Transaction, file: FileIn, found: Found | None = None) -> int:
    """Writes a file that came in, within an audited write of any desk; its id.

    With its transaction it is matched, or waits for the yes of somebody else where they differ. Raises NotAllowed;
    NotFound for an unknown transaction, StepRefused (taken) for one that has its file already.
    """
    tx.require(Permission.RECEIVE_FILES)
    values: dict[str, Any] = {
        "program": str(file.program),
        "kpj": clean(file.kpj),
        "name": clean(file.name),
        "payee": clean(file.payee),
        "amount": file.amount,
        "paid_on": file.paid_on,
        "state": FileState.RECEIVED,
        "source": FileSource(file.source),
        "received_at": tx.now,
        "received_by": tx.actor.staff_id,
        "note": clean(file.note),
    }
    if found is not None:
        payment = free_payment(tx, found.payment_id, values | {"id": 0})
        values |= matched_with(tx, payment, found)
        for name in ("program", "kpj", "name", "payee"):
            values[name] = values[name] or payment[name]
        values["paid_on"] = payment["booked_on"]
    return tx.insert(ClaimFile, **values)


def matched_with(tx: Transaction, payment: dict[str, Any], found: Found) -> dict[str, Any]:
    """The columns of a file that say which transaction it is, who found it, and what differs."""
    return {
        "payment_id": payment["id"],
        "state": after_match(differs=bool(found.differences)),
        "matched_at": tx.now,
        "matched_by": tx.actor.staff_id,
        "verdict": found.verdict,
        "differences": " ".join(found.differences),
        "approved_at": None,
        "approved_by": None,
        "approved_why": "",
    }


def free_payment(tx: Transaction, payment_id: int, row: dict[str, Any]) -> dict[str, Any]:
    """The transaction, locked. Raises NotFound, and StepRefused when another file has it."""
    payment = tx.one(tx.database.locked(Payment.select().where(Payment.id == payment_id)))
    if payment is None:
        raise NotFound("payment", str(payment_id))
    taken = ClaimFile.select().where(ClaimFile.payment_id == payment_id, ~ClaimFile.undone, ClaimFile.id != row["id"])
    holder = tx.one(taken)
    if holder is not None:
        raise refused(holder, FileStep.MATCH, Refusal.TAKEN)
    return payment


def taken_payments(tx: Transaction, payment_ids: Sequence[int]) -> set[int]:
    """Those of the transactions that have their file."""
    query = ClaimFile.select(ClaimFile.payment_id).where(ClaimFile.payment_id.in_(payment_ids), ~ClaimFile.undone)
    return {int(row[0]) for row in tx.tuples(query)}
