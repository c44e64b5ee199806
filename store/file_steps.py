"""The way of one person's claim files: received, matched, approved, printed, signed, boxed (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from peewee import JOIN

from store.schema import Archived, ClaimFile, Payment, Place, Signature, Staff, Voucher
from store.snapshot import Snapshot
from store.value_class import value_class


@value_class
class FileStepRow:
    """One step of one file. `step`: received, matched, approved, numbered, reprinted, paper, void, signed or archived.

    `program` and `code` ('' without a transaction) say which file; `told` is what belongs to the step: the reason, who
    signed, the place; `number` that of the voucher, of a copy its original's.
    """

    at: datetime
    step: str
    by: str
    program: str
    code: str
    told: str = ""
    number: int | None = None


def steps_of_card(look: Snapshot, kpj: str) -> list[FileStepRow]:
    """All steps of the files that bear this KPJ, in no order. The caller asks for the permission."""
    if not kpj:
        return []
    query = ClaimFile.select(ClaimFile, Payment.code).join(
        Payment, JOIN.LEFT_OUTER, on=(Payment.id == ClaimFile.payment_id)
    )
    files = {row["id"]: row for row in look.dicts(query.where(ClaimFile.kpj == kpj, ~ClaimFile.undone))}
    if not files:
        return []
    names = dict(look.tuples(Staff.select(Staff.id, Staff.name)))
    steps: list[FileStepRow] = []
    for file in files.values():
        steps += _of_file(file, names)
    sheets = look.dicts(Voucher.select().where(Voucher.file_id.in_(list(files))).order_by(Voucher.id))
    numbers = {row["id"]: row["number"] for row in sheets}
    for row in sheets:
        number = numbers[row["replaces_id"]] if row["copy"] else row["number"]
        steps += _of_voucher({**row, "number": number}, files[row["file_id"]], names)
    seen = Signature.select().where(Signature.file_id.in_(list(files)), ~Signature.undone)
    for row in look.dicts(seen.order_by(Signature.id)):
        steps.append(
            _step(files[row["file_id"]], row["seen_at"], "signed", names.get(row["seen_by"]), row["signed_as"])
        )
    boxed = Archived.select(Archived.file_id, Archived.archived_at, Archived.archived_by, Place.number)
    boxed = boxed.join(Place, on=(Place.id == Archived.place_id))
    boxed = boxed.where(Archived.file_id.in_(list(files)), ~Archived.undone)
    for row in look.dicts(boxed.order_by(Archived.id)):
        who = names.get(row["archived_by"])
        steps.append(_step(files[row["file_id"]], row["archived_at"], "archived", who, row["number"]))
    return steps


def _step(
    file: dict[str, Any], at: datetime, step: str, by: str | None, told: str = "", number: int | None = None
) -> FileStepRow:
    return FileStepRow(at, step, by or "", file["program"], file["code"] or "", told, number)


def _of_file(file: dict[str, Any], names: dict[int, str]) -> Iterator[FileStepRow]:
    yield _step(file, file["received_at"], "received", names.get(file["received_by"]))
    if file["matched_at"] is not None and file["matched_by"] is not None:
        yield _step(file, file["matched_at"], "matched", names.get(file["matched_by"]))
    if file["approved_at"] is not None:
        yield _step(file, file["approved_at"], "approved", names.get(file["approved_by"]), file["approved_why"])


def _of_voucher(row: dict[str, Any], file: dict[str, Any], names: dict[int, str]) -> Iterator[FileStepRow]:
    made = "reprinted" if row["copy"] else "numbered"
    yield _step(file, row["made_at"], made, names.get(row["made_by"]), row["reason"], row["number"])
    if row["printed_at"] is not None:
        yield _step(file, row["printed_at"], "paper", "", "", row["number"])
    if row["void_at"] is not None:
        yield _step(file, row["void_at"], "void", names.get(row["void_by"]), row["void_why"], row["number"])
