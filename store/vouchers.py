"""Vouchers: numbered once, frozen, printed until the paper was seen; reprinted or voided by an officer with a reason.

A number is given to one sheet and never again, also where that sheet is void. What is on paper is not undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from peewee import fn

from store.claim_file_rows import FileFilter, file_ids
from store.claim_files import FileIn, Received, amend_file, reason
from store.claim_steps import begin, living_file, living_files, move, refused
from store.errors import StaleEdit
from store.link import Link
from store.pins import require_pin
from store.rules.permissions import Permission
from store.rules.vouchers import FileState, FileStep, Refusal, VoucherKind
from store.schema import Signature, Voucher
from store.transaction import Transaction
from store.value_class import value_class
from store.voucher_papers import is_under_way, original_of
from store.voucher_rows import VoucherRow, by_ids, content_to_json, contents, kept_pages, of_file, preview, to_print

_NUMBERS: Final = "voucher-number"


@value_class
class Replaced:
    """A correction: the void voucher's number, and its successor; None while the file waits for somebody's yes."""

    void_number: int
    successor: VoucherRow | None
    file: Received


class VoucherDesk:
    """`store.vouchers`: the sheets of the voucher desk. Their paper is the printing desk's."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def to_print(self) -> list[VoucherRow]:
        """Sheets that wait for a print job, in the order in which they are printed. Raises NotAllowed."""
        return await self._link.read(to_print)

    async def of_file(self, file_id: int) -> list[VoucherRow]:
        """Every sheet of a file, void ones and copies too, the oldest first. Raises NotAllowed."""
        return await self._link.read(of_file, file_id)

    async def read(self, voucher_ids: Sequence[int]) -> list[VoucherRow]:
        """These sheets, by programme and code. Raises NotAllowed."""
        return await self._link.read(by_ids, list(voucher_ids))

    async def preview(self, file_ids: Sequence[int], kind: VoucherKind = VoucherKind.LOKET) -> list[VoucherRow]:
        """What `reserve` would number of these files: those that are matched, as they would say it now.

        `voucher_id` and `number` are 0. Raises NotAllowed.
        """
        return await self._link.read(preview, list(file_ids), kind)

    async def kept_pages(self, voucher_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
        """The last print job of each sheet that had one, and the page on it (from 1). Raises NotAllowed."""
        return await self._link.read(kept_pages, list(voucher_ids))

    async def reserve(self, ids: Sequence[int], kind: VoucherKind = VoucherKind.LOKET) -> list[VoucherRow]:
        """Numbers the originals of these files, by programme and code, and freezes what they say. All or none.

        Raises NotAllowed, NotFound; StepRefused for a file that is not matched, or has its original.
        """
        return (await self._link.write(_reserve, list(ids), kind))[0]

    async def reserve_batch(self, wanted: FileFilter, kind: VoucherKind = VoucherKind.LOKET) -> list[VoucherRow]:
        """The same for everything in a list that is matched: a day's batch. Nothing to do is an empty list."""
        return (await self._link.write(_reserve_batch, wanted, kind))[0]

    async def reprint(self, file_id: int, why: str, *, seen: int | None = None) -> VoucherRow:
        """A further copy of an original that is on paper: CETAK ULANG ke-n, with its reason.

        `seen` is the number of the voucher that was meant. Raises NotAllowed, OwnWork for who matched the file, Invalid
        without a reason, StepRefused; StaleEdit where the file has another voucher by now.
        """
        return (await self._link.write(_reprint, file_id, why, seen))[0]

    async def void(self, file_id: int, why: str, *, seen: int | None = None) -> int:
        """The file's voucher and its copies are worth nothing from now on; its number. The file is matched again.

        What was signed counts no more. The next original of the file is the successor. Raises as `reprint`; StepRefused
        (paper-under-way) while nobody has said whether the paper came.
        """
        return int((await self._link.write(_void, file_id, why, seen))[0])

    async def replace(self, file_id: int, why: str, paper: FileIn, *, seen: int | None = None) -> Replaced:
        """A correction after printing: the voucher is void, the file says `paper`, and has a successor at once.

        Where the corrected file differs from its transaction, the successor waits for the yes of somebody else.
        Raises as `void`.
        """
        return (await self._link.write(_replace, file_id, why, paper, seen))[0]


def _reserve_batch(tx: Transaction, wanted: FileFilter, kind: VoucherKind) -> list[VoucherRow]:
    tx.require(Permission.RECEIVE_FILES)
    return _reserve(tx, file_ids(tx, replace(wanted, states=(FileState.MATCHED,))), kind)


def _reserve(tx: Transaction, ids: list[int], kind: VoucherKind) -> list[VoucherRow]:
    tx.require(Permission.RECEIVE_FILES)
    if not ids:
        return []
    tx.audit("voucher.reserve", undoable=False)
    return by_ids(tx, _number(tx, living_files(tx, ids), kind))


def _number(tx: Transaction, files: Sequence[dict[str, Any]], kind: VoucherKind) -> list[int]:
    """Originals for these files, numbered by programme and code: as they will come out of the printer."""
    for row in files:
        begin(tx, row, FileStep.PRINT)
    tx.database.lock_name(_NUMBERS)
    number = int(tx.scalar(Voucher.select(fn.coalesce(fn.max(Voucher.number), 0))))
    told = [
        (content.program, order, row, content) for row, (order, content) in zip(files, contents(tx, files), strict=True)
    ]
    made: list[int] = []
    for _program, _order, row, content in sorted(told, key=lambda each: each[:2]):
        number += 1
        move(tx, row, FileStep.PRINT)
        sheet = {"file_id": row["id"], "payment_id": row["payment_id"], "number": number, "kind": VoucherKind(kind)}
        frozen = content_to_json(content)
        made.append(_insert(tx, sheet, content=frozen, replaces_id=_last_void(tx, row["id"])))
    return made


def _insert(tx: Transaction, sheet: dict[str, Any], **more: Any) -> int:
    return tx.insert(Voucher, **sheet, **more, made_at=tx.now, made_by=tx.actor.staff_id)


def _last_void(tx: Transaction, file_id: int) -> int | None:
    """The void original whose successor comes next."""
    query = Voucher.select(fn.max(Voucher.id)).where(Voucher.file_id == file_id, Voucher.copy == 0)
    found = tx.scalar(query)
    return None if found is None else int(found)


def _reprint(tx: Transaction, file_id: int, why: str, seen: int | None) -> VoucherRow:
    tx.require(Permission.APPROVE_FILES)
    file = living_file(tx, file_id)
    begin(tx, file, FileStep.REPRINT)
    require_pin(tx, Permission.APPROVE_FILES)
    original = _original(tx, file, FileStep.REPRINT, seen)
    tx.audit("voucher.reprint", why=reason(why), undoable=False)
    copies = Voucher.select(fn.coalesce(fn.max(Voucher.copy), 0)).where(Voucher.replaces_id == original["id"])
    sheet = {name: original[name] for name in ("file_id", "payment_id", "kind", "content")}
    copy = _insert(
        tx,
        sheet,
        copy=int(tx.scalar(copies.where(Voucher.copy > 0))) + 1,
        reason=reason(why),
        replaces_id=original["id"],
        approved_by=tx.actor.staff_id,
    )
    return by_ids(tx, [copy])[0]


def _original(tx: Transaction, file: dict[str, Any], step: FileStep, seen: int | None) -> dict[str, Any]:
    original = original_of(tx, file["id"])
    if original is None:
        raise refused(file, step, Refusal.NO_VOUCHER)
    if seen is not None and original["number"] != seen:
        raise StaleEdit("voucher", original["id"])
    return original


def _void(tx: Transaction, file_id: int, why: str, seen: int | None) -> int:
    tx.require(Permission.APPROVE_FILES)
    file = living_file(tx, file_id)
    begin(tx, file, FileStep.VOID_VOUCHER)
    require_pin(tx, Permission.APPROVE_FILES)
    tx.audit("voucher.void", why=reason(why), undoable=False)
    return _make_void(tx, file, reason(why), seen)


def _make_void(tx: Transaction, file: dict[str, Any], why: str, seen: int | None) -> int:
    original = _original(tx, file, FileStep.VOID_VOUCHER, seen)
    living = (Voucher.file_id == file["id"]) & Voucher.void_at.is_null()
    if tx.one(Voucher.select(Voucher.id).where(living, is_under_way())) is not None:
        raise refused(file, FileStep.VOID_VOUCHER, Refusal.PAPER_UNDER_WAY)
    for (voucher_id,) in tx.tuples(Voucher.select(Voucher.id).where(living).order_by(Voucher.id)):
        tx.update(Voucher, voucher_id, void_at=tx.now, void_by=tx.actor.staff_id, void_why=why)
    signed = Signature.select(Signature.id).where(Signature.file_id == file["id"], ~Signature.undone)
    for (signature_id,) in tx.tuples(signed.order_by(Signature.id)):
        tx.update(Signature, signature_id, undone=True)
    # It is matched since now: what was done to it before its paper is not taken back any more.
    move(tx, file, FileStep.VOID_VOUCHER, matched_at=tx.now)
    return int(original["number"])


def _replace(tx: Transaction, file_id: int, why: str, paper: FileIn, seen: int | None) -> Replaced:
    tx.require(Permission.RECEIVE_FILES)
    tx.require(Permission.APPROVE_FILES)
    file = living_file(tx, file_id)
    begin(tx, file, FileStep.VOID_VOUCHER)
    require_pin(tx, Permission.APPROVE_FILES)
    tx.audit("voucher.replace", why=reason(why), undoable=False)
    number = _make_void(tx, file, reason(why), seen)
    amended = amend_file(tx, living_file(tx, file_id), paper)
    if amended.state is not FileState.MATCHED:
        return Replaced(number, None, amended)
    made = _number(tx, [living_file(tx, file_id)], _kind_of_last(tx, file_id))
    return Replaced(number, by_ids(tx, made)[0], amended)


def _kind_of_last(tx: Transaction, file_id: int) -> VoucherKind:
    query = Voucher.select(Voucher.kind).where(Voucher.file_id == file_id, Voucher.copy == 0)
    return VoucherKind(tx.scalar(query.order_by(Voucher.id.desc()).limit(1)))
