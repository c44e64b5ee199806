"""One step of one claim file, within an audited write of any desk: looked up, checked against the rules, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from store.errors import NotFound, OwnWork, StepRefused
from store.rules.vouchers import STEPS, FileState, FileStep, Refusal, refusal_of
from store.schema import ClaimFile
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction


def living_file(tx: Transaction, file_id: int) -> dict[str, Any]:
    """The file's row, kept from changing until the write ends. Raises NotFound for one that was taken back."""
    row = tx.one(tx.database.locked(ClaimFile.select().where(ClaimFile.id == file_id, ~ClaimFile.undone)))
    if row is None:
        raise NotFound("claim_file", str(file_id))
    return row


def living_files(tx: Transaction, file_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of these files, each once, in the order asked. They are locked by id, so that two batches never meet.

    Raises NotFound.
    """
    rows = {file_id: living_file(tx, file_id) for file_id in sorted(set(file_ids))}
    return [rows[file_id] for file_id in dict.fromkeys(file_ids)]


def seen_file(
    tx: Transaction, step: FileStep, file_id: int, version: int, mine: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The living file as somebody saw it who may take the step: what colleagues changed is told to nobody else.

    Raises NotAllowed, NotFound, StaleEdit.
    """
    tx.require(STEPS[step].permission)
    living_file(tx, file_id)
    return fresh(tx, ClaimFile, file_id, version, mine or {})


def begin(tx: Snapshot, row: dict[str, Any], step: FileStep) -> None:
    """Raises NotAllowed, StepRefused when the file is not where the step begins, OwnWork for who matched it.

    Who is alone in the office may approve their own work (contracts.md "First person").
    """
    rule = STEPS[step]
    tx.require(rule.permission)
    why = refusal_of(step, row["state"], has_transaction=row["payment_id"] is not None)
    if why is not None:
        raise refused(row, step, why)
    if rule.others_only and row["matched_by"] == tx.actor.staff_id and not tx.actor.alone:
        raise OwnWork(tx.actor.login)


def refused(row: dict[str, Any], step: FileStep, why: Refusal) -> StepRefused:
    return StepRefused(row["id"], row["name"], str(row["state"]), str(step), str(why))


def move(tx: Transaction, row: dict[str, Any], step: FileStep, **changes: Any) -> FileState:
    """Takes the step: checks it, and writes where it leads with what else it changes. The state after it.

    Raises as `begin`, and StaleEdit.
    """
    begin(tx, row, step)
    leads = STEPS[step].leads or FileState(row["state"])
    tx.update(ClaimFile, row["id"], expect=row["version"], state=leads, **changes)
    return leads
