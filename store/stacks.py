"""Out for signing and back again: stacks, receipts, ticks (domain.md 2.6, steps 7 to 10).

A file goes out only with its paper seen, and only in one stack. What comes back with every signature is complete; what
lacks one lies on the desk and goes out again. A signature is seen once; a deputy signs for the position.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from store.claim_file_rows import FileRow
from store.claim_files import reason
from store.claim_steps import begin, living_file, living_files, move, refused
from store.errors import Invalid, NotFound
from store.link import Link
from store.office import signers
from store.rows import UndoRef
from store.rules.permissions import Permission
from store.rules.signers import Signers
from store.rules.text import clean
from store.rules.vouchers import FileState, FileStep, Refusal, after_look
from store.schema import ClaimFile, Signature, Stack, StackFile
from store.stack_rows import (
    Receipt,
    Scan,
    StackCounts,
    StackRow,
    read_stack,
    receipt,
    scan,
    stack_counts,
    stack_rows,
    unsigned,
)
from store.transaction import Transaction


class StackDesk:
    """`store.stacks`: who holds which files since when, and whose signature is missing."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def out_now(self) -> list[StackRow]:
        """Stacks that are out, the longest first. Raises NotAllowed."""
        return await self._link.read(stack_rows, out=True)

    async def back(self, offset: int, limit: int) -> list[StackRow]:
        """Stacks that are back, the newest first. Raises NotAllowed."""
        return await self._link.read(stack_rows, out=False, offset=offset, limit=limit)

    async def late(self) -> list[StackRow]:
        """Stacks that are out for longer than the office allows (setting `voucher.late_days`). Raises NotAllowed."""
        return [row for row in await self.out_now() if row.late]

    async def counts(self) -> StackCounts:
        """For the first screen and for what is due. Raises NotAllowed."""
        return await self._link.read(stack_counts)

    async def read(self, number: int) -> StackRow | None:
        return await self._link.read(read_stack, number)

    async def receipt(self, number: int) -> Receipt:
        """The receipt of a stack with the signatures seen so far. Raises NotAllowed, NotFound."""
        return await self._link.read(receipt, number)

    async def unsigned(self, offset: int, limit: int) -> list[FileRow]:
        """Files that lack a signature, on the desk or out. Raises NotAllowed."""
        return await self._link.read(unsigned, offset, limit)

    async def signers(self) -> Signers:
        """Whose signatures a voucher needs, with colours and deputies."""
        return await self._link.read(signers)

    async def scan(self, text: str, step: FileStep) -> Scan:
        """What a step does to the file of a scanned code, or why not; nothing is written. Raises NotAllowed."""
        return await self._link.read(scan, text, step)

    async def send(self, file_ids: Sequence[int], given_to: str) -> tuple[int, UndoRef | None]:
        """These files go out together, in this order; the stack's number. All or none.

        Raises NotAllowed, NotFound, Invalid without anybody to give it to, StepRefused for a file whose paper was not
        seen or that is out already.
        """
        return await self._link.write(_send, list(file_ids), given_to)

    async def take_back(
        self, number: int, ticks: Mapping[int, Collection[str]]
    ) -> tuple[dict[int, FileState], UndoRef | None]:
        """Files of a stack come back, each with the keys of the signers whose signature is seen on it now.

        The state of each after it: complete with every signature, else confirmed. Files that are not named stay out.
        Raises NotAllowed, NotFound, StepRefused (not-in-stack, unknown-signer, order).
        """
        return await self._link.write(_take_back, number, {file_id: frozenset(keys) for file_id, keys in ticks.items()})

    async def sign(self, file_id: int, keys: Collection[str]) -> tuple[FileState, UndoRef | None]:
        """Signatures seen on one file on the desk, or out with a stack; with the last of them it is complete.

        Raises as `take_back`.
        """
        return await self._link.write(_sign, file_id, frozenset(keys))

    async def correct(self, file_id: int, keys: Collection[str], why: str) -> tuple[FileState, UndoRef | None]:
        """A tick was wrong: exactly these signatures are on the file. Also for one that was taken for complete.

        Raises NotAllowed, Invalid without a reason, StepRefused.
        """
        return await self._link.write(_correct, file_id, frozenset(keys), why)


def _send(tx: Transaction, ids: list[int], given_to: str) -> int:
    tx.require(Permission.RECEIVE_FILES)
    if not clean(given_to):
        raise Invalid("given_to", given_to, "empty")
    if not ids:
        raise Invalid("file_ids", "", "empty")
    tx.audit("stack.out")
    number = tx.insert(Stack, made_at=tx.now, made_by=tx.actor.staff_id, given_to=clean(given_to))
    for position, row in enumerate(living_files(tx, ids), 1):
        move(tx, row, FileStep.OUT, holder_stack=number)
        tx.insert(StackFile, stack_id=number, file_id=row["id"], position=position)
    return number


def _take_back(tx: Transaction, number: int, ticks: dict[int, frozenset[str]]) -> dict[int, FileState]:
    tx.require(Permission.RECEIVE_FILES)
    stack = tx.one(tx.database.locked(Stack.select().where(Stack.id == number, ~Stack.undone)))
    if stack is None:
        raise NotFound("stack", str(number))
    tx.audit("stack.back")
    everybody = signers(tx)
    states: dict[int, FileState] = {}
    for row in living_files(tx, list(ticks)):
        if row["holder_stack"] != number:
            raise refused(row, FileStep.BACK, Refusal.NOT_IN_STACK)
        begin(tx, row, FileStep.BACK)
        signed = _tick(tx, row, everybody, ticks[row["id"]], FileStep.BACK)
        states[row["id"]] = _lay_down(tx, row, everybody, signed)
    _close(tx, number)
    return states


def _lay_down(tx: Transaction, row: dict[str, Any], everybody: Signers, signed: frozenset[str]) -> FileState:
    """A file that was out lies on the desk again, complete or not."""
    state = after_look(missing=len(everybody.missing(signed)))
    place = tx.one(
        StackFile.select().where(
            StackFile.stack_id == row["holder_stack"], StackFile.file_id == row["id"], ~StackFile.undone
        )
    )
    assert place is not None
    tx.update(StackFile, place["id"], back_at=tx.now)
    tx.update(ClaimFile, row["id"], expect=row["version"], state=state, holder_stack=None)
    return state


def _close(tx: Transaction, number: int) -> None:
    """A stack of which nothing is out any more is back."""
    outside = StackFile.select(StackFile.id).where(
        StackFile.stack_id == number, StackFile.back_at.is_null(), ~StackFile.undone
    )
    if tx.one(outside) is None:
        tx.update(Stack, number, back_at=tx.now, back_by=tx.actor.staff_id)


def _tick(
    tx: Transaction, row: dict[str, Any], everybody: Signers, keys: frozenset[str], step: FileStep
) -> frozenset[str]:
    """Notes the signatures that were not noted yet; all that are on the file then."""
    if not keys <= set(everybody.keys):
        raise refused(row, step, Refusal.UNKNOWN_SIGNER)
    there = frozenset(str(key) for (key,) in tx.tuples(Signature.select(Signature.signer).where(_on_file(row["id"]))))
    if everybody.out_of_order(there | keys):
        raise refused(row, step, Refusal.ORDER)
    for signatory in everybody.on(tx.today):
        if signatory.key in keys - there:
            signed_as = ", ".join(text for text in (signatory.title, signatory.name) if text)
            seen = {"seen_at": tx.now, "seen_by": tx.actor.staff_id}
            tx.insert(Signature, file_id=row["id"], signer=signatory.key, signed_as=signed_as, **seen)
    return there | keys


def _on_file(file_id: int) -> Any:
    return (Signature.file_id == file_id) & ~Signature.undone


def _sign(tx: Transaction, file_id: int, keys: frozenset[str]) -> FileState:
    tx.require(Permission.RECEIVE_FILES)
    row = living_file(tx, file_id)
    begin(tx, row, FileStep.SIGN)
    tx.audit("stack.sign")
    everybody = signers(tx)
    signed = _tick(tx, row, everybody, keys, FileStep.SIGN)
    if everybody.missing(signed):
        return FileState(row["state"])
    if row["holder_stack"] is None:
        return move(tx, row, FileStep.SIGN)
    state = _lay_down(tx, row, everybody, signed)
    _close(tx, row["holder_stack"])
    return state


def _correct(tx: Transaction, file_id: int, keys: frozenset[str], why: str) -> FileState:
    tx.require(Permission.RECEIVE_FILES)
    row = living_file(tx, file_id)
    begin(tx, row, FileStep.UNSIGN)
    tx.audit("stack.correct", why=reason(why))
    for signature in tx.dicts(Signature.select().where(_on_file(file_id)).order_by(Signature.id)):
        if signature["signer"] not in keys:
            tx.update(Signature, signature["id"], undone=True)
    everybody = signers(tx)
    signed = _tick(tx, row, everybody, keys, FileStep.UNSIGN)
    if row["state"] == FileState.OUT and everybody.missing(signed):
        return FileState.OUT
    if row["state"] == FileState.OUT:
        state = _lay_down(tx, row, everybody, signed)
        _close(tx, row["holder_stack"])
        return state
    state = after_look(missing=len(everybody.missing(signed)))
    tx.update(ClaimFile, file_id, expect=row["version"], state=state)
    return state
