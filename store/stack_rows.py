"""Stacks that are out for signing, signatures, and who has held what since when (domain.md 2.6, steps 7 to 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from peewee import JOIN, fn

from store.claim_file_rows import FileFilter, FileRow, count_files, list_files, read_files, require_desk, shown
from store.errors import NotFound
from store.office import calendar, setting, signers
from store.rules.codes import tidy
from store.rules.hours import to_wib
from store.rules.signers import Signatory
from store.rules.vouchers import STEPS, FileState, FileStep, Refusal, refusal_of
from store.schema import ClaimFile, Payment, Signature, Stack, StackFile, Staff
from store.snapshot import Snapshot
from store.value_class import value_class

_CHUNK: Final = 500


@value_class
class StackRow:
    """One stack. `missing` counts, by signer, the files in it that are still out and lack that signature.

    `days` are the office days since it went out; `late` where that is more than the office allows.
    """

    number: int
    given_to: str
    made_at: datetime
    made_by: str
    files: int
    still_out: int
    missing: dict[str, int]
    days: int
    late: bool
    back_at: datetime | None
    back_by: str


@value_class
class Seen:
    """A signature that somebody saw on a file; `signed_as` is title and name then."""

    signer: str
    signed_as: str
    seen_at: datetime
    seen_by: str


@value_class
class ReceiptLine:
    """One file on the receipt of a stack, with the signatures seen so far."""

    position: int
    file: FileRow
    signed: tuple[Seen, ...]
    missing: tuple[str, ...]
    back_at: datetime | None


@value_class
class Receipt:
    """A stack as its receipt (*tanda terima*) shows it: lines in order, columns for `signers`, the sum of the files."""

    stack: StackRow
    signers: tuple[Signatory, ...]
    lines: tuple[ReceiptLine, ...]
    amount: int | None


@value_class
class StackCounts:
    """For the first screen: files that are ready to go out, are out, are late, and are signed by all."""

    ready: int
    out: int
    late_files: int
    late_stacks: int
    complete: int


@value_class
class Scan:
    """What a scanned code is, and what a step would do to it: `leads` is the state after it, None where `why` says no.

    `file` None: no file has that code.
    """

    code: str
    step: FileStep
    file: FileRow | None
    leads: FileState | None
    why: Refusal | None
    allowed: bool = True
    missing: tuple[str, ...] = ()


def stack_rows(look: Snapshot, *, out: bool, offset: int = 0, limit: int = 1_000) -> list[StackRow]:
    """Stacks that are out, the longest first; or those that are back, the newest first. Raises NotAllowed."""
    require_desk(look)
    query = _columns().where(Stack.back_at.is_null(out))
    order = (Stack.made_at, Stack.id) if out else (Stack.back_at.desc(), Stack.id.desc())
    return _rows(look, look.dicts(query.order_by(*order).offset(offset).limit(limit)))


def read_stack(look: Snapshot, number: int) -> StackRow | None:
    """One stack; None for one that was taken back or never was. Raises NotAllowed."""
    require_desk(look)
    rows = _rows(look, look.dicts(_columns().where(Stack.id == number)))
    return rows[0] if rows else None


def receipt(look: Snapshot, number: int) -> Receipt:
    """The receipt of a stack, as of now. Raises NotAllowed, NotFound."""
    stack = read_stack(look, number)
    if stack is None:
        raise NotFound("stack", str(number))
    places = StackFile.select().where(StackFile.stack_id == number, ~StackFile.undone).order_by(StackFile.position)
    rows = look.dicts(places)
    ids = [row["file_id"] for row in rows]
    files = {file.file_id: file for file in read_files(look, ids)}
    signed = signatures(look, ids)
    everybody = signers(look)
    lines = tuple(
        ReceiptLine(
            position=row["position"],
            file=files[row["file_id"]],
            signed=signed.get(row["file_id"], ()),
            missing=everybody.missing([seen.signer for seen in signed.get(row["file_id"], ())]),
            back_at=row["back_at"],
        )
        for row in rows
    )
    amount = shown(look, sum(line.file.amount or 0 for line in lines))
    return Receipt(stack, everybody.on(to_wib(stack.made_at).date()), lines, amount)


def signatures(look: Snapshot, ids: Sequence[int]) -> dict[int, tuple[Seen, ...]]:
    """The signatures on these files, in the order in which they were seen."""
    found: dict[int, list[Seen]] = {}
    for chunk in _chunks(ids):
        query = (
            Signature.select(Signature, Staff.name.alias("by"))
            .join(Staff, on=(Staff.id == Signature.seen_by))
            .where(Signature.file_id.in_(chunk), ~Signature.undone)
            .order_by(Signature.seen_at, Signature.id)
        )
        for row in look.dicts(query):
            seen = Seen(row["signer"], row["signed_as"], row["seen_at"], row["by"])
            found.setdefault(row["file_id"], []).append(seen)
    return {file_id: tuple(seen) for file_id, seen in found.items()}


def stack_counts(look: Snapshot) -> StackCounts:
    """What is ready, out, late and complete. Raises NotAllowed."""
    late = [row for row in stack_rows(look, out=True) if row.late]
    ready, out, complete = (
        count_files(look, FileFilter(states=(state,)))
        for state in (FileState.CONFIRMED, FileState.OUT, FileState.COMPLETE)
    )
    return StackCounts(ready, out, sum(row.still_out for row in late), len(late), complete)


def scan(look: Snapshot, text: str, step: FileStep) -> Scan:
    """What a step does to the file whose voucher bears a scanned code, or why not. Raises NotAllowed."""
    require_desk(look)
    code = tidy(text)
    query = ClaimFile.select(ClaimFile.id).join(Payment, on=(Payment.id == ClaimFile.payment_id))
    row = look.one(query.where(Payment.code == code, ~ClaimFile.undone))
    if row is None:
        return Scan(code, step, None, None, None)
    file = read_files(look, [row["id"]])[0]
    rule = STEPS[step]
    signed = [seen.signer for seen in signatures(look, [file.file_id]).get(file.file_id, ())]
    missing = signers(look).missing(signed)
    why = refusal_of(step, file.state, has_transaction=file.payment_id is not None)
    return Scan(
        code=code,
        step=step,
        file=file,
        leads=(rule.leads or file.state) if why is None else None,
        why=why,
        allowed=look.may(rule.permission),
        missing=missing,
    )


def unsigned(look: Snapshot, offset: int, limit: int) -> list[FileRow]:
    """Files whose voucher is on paper and lacks a signature, wherever they are. Raises NotAllowed."""
    return list_files(look, FileFilter(states=(FileState.CONFIRMED, FileState.OUT)), offset, limit)


def _columns() -> Any:
    maker, taker = Staff.alias(), Staff.alias()
    return (
        Stack.select(Stack, maker.name.alias("maker"), taker.name.alias("taker"))
        .join(maker, on=(maker.id == Stack.made_by))
        .join_from(Stack, taker, JOIN.LEFT_OUTER, on=(taker.id == Stack.back_by))
        .where(~Stack.undone)
    )


def _rows(look: Snapshot, rows: Sequence[dict[str, Any]]) -> list[StackRow]:
    days, most = calendar(look), int(setting(look, "voucher.late_days"))
    keys = signers(look).keys
    numbers = [row["id"] for row in rows]
    inside = _counted(look, numbers)
    signed = _signed_outside(look, numbers)
    found = []
    for row in rows:
        files, still_out = inside.get(row["id"], (0, 0))
        there = signed.get(row["id"], {})
        passed = days.working_days_between(to_wib(row["made_at"]).date(), to_wib(row["back_at"] or look.now).date())
        found.append(
            StackRow(
                number=row["id"],
                given_to=row["given_to"],
                made_at=row["made_at"],
                made_by=row["maker"],
                files=files,
                still_out=still_out,
                missing={key: still_out - there.get(key, 0) for key in keys} if still_out else {},
                days=passed,
                late=row["back_at"] is None and passed > most,
                back_at=row["back_at"],
                back_by=row["taker"] or "",
            )
        )
    return found


def _counted(look: Snapshot, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Files of each stack: all of them, and those that are still out with it."""
    found: dict[int, tuple[int, int]] = {}
    for chunk in _chunks(numbers):
        query = (
            StackFile.select(StackFile.stack_id, fn.count(StackFile.id), fn.count(StackFile.back_at))
            .where(StackFile.stack_id.in_(chunk), ~StackFile.undone)
            .group_by(StackFile.stack_id)
        )
        for number, files, back in look.tuples(query):
            found[number] = (int(files), int(files) - int(back))
    return found


def _signed_outside(look: Snapshot, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    """By stack and signer: how many of the files that are still out bear that signature already."""
    found: dict[int, dict[str, int]] = {}
    for chunk in _chunks(numbers):
        query = (
            StackFile.select(StackFile.stack_id, Signature.signer, fn.count(Signature.id))
            .join(Signature, on=((Signature.file_id == StackFile.file_id) & ~Signature.undone))
            .where(StackFile.stack_id.in_(chunk), ~StackFile.undone, StackFile.back_at.is_null())
            .group_by(StackFile.stack_id, Signature.signer)
        )
        for number, signer, count in look.tuples(query):
            found.setdefault(number, {})[signer] = int(count)
    return found


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
