"""Vouchers and their paper, within the writes of the printing desk: may it be printed, did it come out.

A voucher that was numbered is printed until its paper was seen, and never again: it is one sheet. As long as a print
job has it and nobody has said whether the paper came, no other job may have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import fn

from store.claim_steps import living_file, move, refused
from store.errors import NotFound
from store.rules.printing import JobState
from store.rules.vouchers import FileStep, Refusal
from store.schema import PrintedPage, PrintJob, Voucher
from store.snapshot import Snapshot
from store.transaction import Transaction


def is_under_way() -> Any:
    """The condition that a print job has the voucher, and nobody has said yet whether its paper came.

    One that failed has it too: it may be sent again. Only a job that was given up lets go of its pages.
    """
    pages = (
        PrintedPage.select(PrintedPage.id)
        .join(PrintJob, on=(PrintJob.id == PrintedPage.job_id))
        .where(PrintedPage.voucher_id == Voucher.id, PrintedPage.seen == "", PrintJob.state != str(JobState.CANCELLED))
    )
    return fn.EXISTS(pages)


def check_printable(tx: Transaction, voucher_ids: Sequence[int]) -> None:
    """Raises StepRefused for a voucher that is void, on paper already or with a printer; NotFound for an unknown one.

    The rows stay locked: of two who print at the same time the second one is refused.
    """
    for row in _locked(tx, voucher_ids):
        file = living_file(tx, row["file_id"])
        if row["void_at"] is not None or row["printed_at"] is not None:
            raise refused(file, FileStep.PRINT, Refusal.STATE if row["void_at"] is None else Refusal.NO_VOUCHER)
        if tx.one(Voucher.select(Voucher.id).where(Voucher.id == row["id"], is_under_way())) is not None:
            raise refused(file, FileStep.PRINT, Refusal.PAPER_UNDER_WAY)


def papers_right(tx: Transaction, voucher_ids: Sequence[int]) -> None:
    """Somebody saw the papers of these vouchers and they are right (`y`): their files go on.

    Raises NotAllowed, NotFound; StepRefused for a file that is not being printed.
    """
    for row in _locked(tx, voucher_ids):
        file = living_file(tx, row["file_id"])
        if row["printed_at"] is not None:
            continue
        if row["void_at"] is not None:
            raise refused(file, FileStep.RIGHT, Refusal.NO_VOUCHER)
        if row["copy"] == 0:
            move(tx, file, FileStep.RIGHT)
        tx.update(Voucher, row["id"], printed_at=tx.now)


def papers_missing(tx: Transaction, voucher_ids: Sequence[int]) -> None:
    """The papers did not come out: once their pages say so, the same vouchers wait for another job. Nothing to write.

    Raises NotFound; StepRefused for a voucher whose paper was seen.
    """
    for row in _locked(tx, voucher_ids):
        if row["printed_at"] is not None:
            raise refused(living_file(tx, row["file_id"]), FileStep.PRINT, Refusal.STATE)


def original_of(look: Snapshot, file_id: int) -> dict[str, Any] | None:
    """The row of the file's living original, None where it has none."""
    return look.one(Voucher.select().where(Voucher.file_id == file_id, Voucher.copy == 0, Voucher.void_at.is_null()))


def _locked(tx: Transaction, voucher_ids: Sequence[int]) -> list[dict[str, Any]]:
    ids = sorted(set(voucher_ids))
    rows = tx.dicts(tx.database.locked(Voucher.select().where(Voucher.id.in_(ids)).order_by(Voucher.id)))
    if len(rows) != len(ids):
        raise NotFound("voucher", str(min(set(ids) - {row["id"] for row in rows})))
    return rows
