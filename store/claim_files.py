"""Claim files that come in after payment, and their transactions (*terima berkas*, domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from store.claim_file_rows import (
    BatchCount,
    FileFilter,
    FileRow,
    PaperRow,
    YesGroup,
    batch_counts,
    count_files,
    file_ids,
    list_files,
    read_file,
    some_files,
    yes_groups,
)
from store.claim_steps import begin, living_files, move, refused, seen_file
from store.errors import Invalid, NotFound
from store.link import Link
from store.payments_open import Candidate, candidates, paid_row, payments_without_file, without_file
from store.pins import require_pin
from store.rows import UndoRef
from store.rules.candidates import fit, read_typed
from store.rules.matching import Comparison, compare, pair
from store.rules.permissions import Permission
from store.rules.text import clean
from store.rules.vouchers import FileSource, FileState, FileStep, Refusal, after_match, amount_read
from store.schema import ClaimFile, Payment
from store.transaction import Transaction
from store.value_class import value_class

_CHUNK: Final = 500


@value_class
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


@value_class
class Found:
    """The transaction of a file: how it compares (`verdict`), and every difference that needs a person's yes.

    Both are codes of store.rules.matching.
    """

    payment_id: int
    verdict: str
    differences: tuple[str, ...] = ()


@value_class
class Received:
    """What became of a file: `state` matched, or received while something waits for a yes (`comparison` says what)."""

    file_id: int
    state: FileState
    comparison: Comparison | None
    undo: UndoRef | None = None


class FileDesk:
    """`store.files`: claim files from the hand to the printer.

    Each write is one step of the table in store.rules.vouchers, and raises NotAllowed; StepRefused when the file is not
    where that step begins; NotFound for one that was taken back; StaleEdit where a version is named and colleagues were
    faster.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    # Looking

    async def candidates(self, text: str, day: date | None = None, limit: int = 20) -> list[Candidate]:
        """Transactions without a file that fit what is typed (part of the name, KPJ, amount), best first."""
        return await self._link.newest("file-candidates", candidates, text, day, limit)

    async def payments_without_file(self, day: date) -> int:
        """How many transactions of a day still lack their paper."""
        return await self._link.read(payments_without_file, day)

    async def counts(self, wanted: FileFilter) -> list[BatchCount]:
        """Files by programme and state: of a day, of what came in on a day, of everything."""
        return await self._link.read(batch_counts, wanted)

    async def count(self, wanted: FileFilter) -> int:
        return await self._link.newest("file-count", count_files, wanted)

    async def rows(self, wanted: FileFilter, offset: int, limit: int) -> list[FileRow]:
        return await self._link.newest("file-rows", list_files, wanted, offset, limit)

    async def ids(self, wanted: FileFilter) -> list[int]:
        """All of the list, in its order: for a batch."""
        return await self._link.read(file_ids, wanted)

    async def read(self, file_id: int) -> FileRow | None:
        return await self._link.read(read_file, file_id)

    async def some(self, file_ids: Sequence[int]) -> list[FileRow]:
        """These files as they are now, in the order of the list; what was taken back is not among them."""
        return await self._link.read(some_files, list(file_ids))

    async def yes_groups(self) -> list[YesGroup]:
        """What waits for a yes, together where one yes can serve: one hospital, one heir's payee."""
        return await self._link.read(yes_groups)

    # Receiving

    async def receive_and_match(self, payment_id: int, text: str = "", paper: FileIn | None = None) -> Received:
        """*Cocok*: the file in hand is the paper of this transaction. One key, and the next one.

        `text` is what was typed to find it: an amount in it that differs from the listing is the penetapan's. `paper`
        is what else the paper says, where it says anything else.
        """
        received, undo = await self._link.write(_receive_and_match, payment_id, text, paper or FileIn())
        return Received(received.file_id, received.state, received.comparison, undo)

    async def receive(self, paper: FileIn) -> tuple[int, UndoRef | None]:
        """A file without a transaction is received all the same. Raises Invalid where it says nothing of itself."""
        return await self._link.write(_receive_alone, paper)

    async def match(self, file_id: int, version: int, payment_id: int) -> Received:
        """A file that was received before finds its transaction."""
        received, undo = await self._link.write(_match, file_id, version, payment_id)
        return Received(received.file_id, received.state, received.comparison, undo)

    async def match_by_card(self) -> tuple[int, int, UndoRef | None]:
        """Matches every file that waits for a transaction by its KPJ; how many are matched, how many need a yes."""
        (matched, differ), undo = await self._link.write(_match_by_card)
        return matched, differ, undo

    async def unmatch(self, file_id: int, version: int) -> UndoRef | None:
        """It is the paper of another transaction: it waits for one again."""
        return (await self._link.write(_unmatch, file_id, version))[1]

    async def amend(self, file_id: int, version: int, paper: FileIn) -> Received:
        """What was typed from the paper was wrong; it is compared anew, and what differs needs a new yes."""
        received, undo = await self._link.write(_amend, file_id, version, paper)
        return Received(received.file_id, received.state, received.comparison, undo)

    # Deciding

    async def approve(self, file_ids: Sequence[int], why: str) -> tuple[int, UndoRef | None]:
        """A yes, with its reason, to all that differs in these files; how many it was for. All or none.

        Raises OwnWork for a file that the acting person matched, Invalid without a reason.
        """
        return await self._link.write(_approve, list(file_ids), why)

    async def void(self, file_id: int, version: int, why: str) -> UndoRef | None:
        """It is no claim file after all; its transaction is free again. Raises OwnWork, Invalid without a reason."""
        return (await self._link.write(_void, file_id, version, why))[1]


def receive(tx: Transaction, file: FileIn, found: Found | None = None) -> int:
    """`receive_all` of one file."""
    return receive_all(tx, [(file, found)])[0]


def receive_all(tx: Transaction, files: Sequence[tuple[FileIn, Found | None]]) -> list[int]:
    """Writes files that came in, within an audited write of any desk; their ids, in order.

    With its transaction a file is matched, or waits for the yes of somebody else where they differ. Raises NotAllowed;
    NotFound for an unknown transaction, StepRefused (taken) for one that has its file already.
    """
    tx.require(Permission.RECEIVE_FILES)
    payments = _free_payments(tx, [found.payment_id for _file, found in files if found is not None])
    rows: list[dict[str, Any]] = []
    for file, found in files:
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
            payment = payments.pop(found.payment_id, None)
            if payment is None:  # an earlier one of these files has it
                raise refused(values | {"id": 0}, FileStep.MATCH, Refusal.TAKEN)
            values |= matched_with(tx, payment, found)
            for name in ("program", "kpj", "name", "payee"):
                values[name] = values[name] or payment[name]
            values["paid_on"] = payment["booked_on"]
        rows.append(values)
    return tx.insert_many(ClaimFile, rows)


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
    """The transaction, locked. Raises NotFound, and StepRefused when another file than this one has it."""
    return _free_payments(tx, [payment_id], row["id"])[payment_id]


def _free_payments(tx: Transaction, ids: Sequence[int], but_file: int = 0) -> dict[int, dict[str, Any]]:
    """These transactions by id, locked. Raises as `free_payment`."""
    query = Payment.select().where(tx.database.any_of(Payment.id, ids)).order_by(Payment.id)
    payments = {row["id"]: row for row in tx.dicts(tx.database.locked(query))}
    unknown = set(ids) - payments.keys()
    if unknown:
        raise NotFound("payment", str(min(unknown)))
    taken = tx.database.any_of(ClaimFile.payment_id, ids)
    holder = tx.one(ClaimFile.select().where(taken, ~ClaimFile.undone, ClaimFile.id != but_file))
    if holder is not None:
        raise refused(holder, FileStep.MATCH, Refusal.TAKEN)
    return payments


def reason(why: str) -> str:
    """The reason in the person's words. Raises Invalid for none."""
    if not clean(why):
        raise Invalid("why", why, "empty")
    return clean(why)


def found_in(payment: dict[str, Any], paper: FileIn) -> tuple[Found, Comparison]:
    """How a paper stands against a transaction; what it does not say differs from nothing."""
    told = PaperRow(paper.program, paper.kpj, paper.name, paper.payee, paper.amount)
    comparison = compare(paid_row(payment), told)
    differences = (*map(str, comparison.differences), *comparison.needs_yes)
    return Found(payment["id"], str(comparison.verdict), differences), comparison


def _receive_and_match(tx: Transaction, payment_id: int, text: str, paper: FileIn) -> Received:
    payment = tx.one(Payment.select().where(Payment.id == payment_id))
    if payment is None:
        raise NotFound("payment", str(payment_id))
    if paper.amount is None:
        typed = fit(read_typed(text), paid_row(payment))
        paper = replace(paper, amount=None if typed is None else typed.amount)
    found, comparison = found_in(payment, paper)
    tx.audit("file.receive")
    file_id = receive(tx, paper, found)
    return Received(file_id, after_match(differs=bool(found.differences)), comparison)


def _receive_alone(tx: Transaction, paper: FileIn) -> int:
    if not (clean(paper.name) or clean(paper.kpj) or paper.amount):
        raise Invalid("paper", paper.name, "empty")
    tx.audit("file.receive")
    return receive(tx, paper)


def _match(tx: Transaction, file_id: int, version: int, payment_id: int) -> Received:
    row = seen_file(tx, FileStep.MATCH, file_id, version, {"payment_id": payment_id})
    begin(tx, row, FileStep.MATCH)
    tx.audit("file.match")
    return _match_row(tx, row, payment_id)


def _match_row(tx: Transaction, row: dict[str, Any], payment_id: int) -> Received:
    """Gives a file its transaction; what the paper left unsaid is taken from there."""
    payment = free_payment(tx, payment_id, row)
    found, comparison = found_in(payment, paper_of(row))
    values = matched_with(tx, payment, found)
    for name in ("program", "kpj", "name", "payee"):
        values[name] = row[name] or payment[name]
    tx.update(ClaimFile, row["id"], expect=row["version"], paid_on=payment["booked_on"], **values)
    return Received(row["id"], values["state"], comparison)


def paper_of(row: dict[str, Any]) -> FileIn:
    """What the file says of itself."""
    told = {name: row[name] for name in ("program", "kpj", "name", "payee", "amount", "paid_on", "note")}
    return FileIn(source=FileSource(row["source"]), **told)


def _match_by_card(tx: Transaction) -> tuple[int, int]:
    tx.require(Permission.RECEIVE_FILES)
    waiting = ClaimFile.select().where(
        ClaimFile.state == str(FileState.RECEIVED),
        ClaimFile.payment_id.is_null(),
        ~ClaimFile.undone,
        ClaimFile.kpj != "",
    )
    files = tx.dicts(tx.database.locked(waiting.order_by(ClaimFile.id)))
    kpjs = sorted({row["kpj"] for row in files})
    payments = [
        row
        for start in range(0, len(kpjs), _CHUNK)
        for row in tx.dicts(Payment.select().where(Payment.kpj.in_(kpjs[start : start + _CHUNK]), without_file()))
    ]
    tx.audit("file.match")
    states: list[FileState] = []
    # A file that bears a date belongs to that day; what bears none takes what is left.
    for day in [*sorted({row["paid_on"] for row in files if row["paid_on"]}), None]:
        papers = [row for row in files if row["paid_on"] == day]
        open_ones = [row for row in payments if day in (None, row["booked_on"])]
        found = pair([paid_row(row) for row in open_ones], [paper_of(row) for row in papers])
        states += [_match_row(tx, papers[paper], open_ones[at]["id"]).state for at, paper in found.items()]
        used = {open_ones[at]["id"] for at in found}
        payments = [row for row in payments if row["id"] not in used]
    return states.count(FileState.MATCHED), states.count(FileState.RECEIVED)


def _unmatch(tx: Transaction, file_id: int, version: int) -> None:
    row = seen_file(tx, FileStep.UNMATCH, file_id, version)
    if row["payment_id"] is None:
        raise refused(row, FileStep.UNMATCH, Refusal.NO_TRANSACTION)
    tx.audit("file.unmatch")
    move(tx, row, FileStep.UNMATCH, **_UNMATCHED)


_UNMATCHED: Final[dict[str, Any]] = {
    "payment_id": None,
    "matched_at": None,
    "matched_by": None,
    "verdict": "",
    "differences": "",
    "approved_at": None,
    "approved_by": None,
    "approved_why": "",
}


def _amend(tx: Transaction, file_id: int, version: int, paper: FileIn) -> Received:
    row = seen_file(tx, FileStep.AMEND, file_id, version)
    tx.audit("file.amend")
    return amend_file(tx, row, paper)


def amend_file(tx: Transaction, row: dict[str, Any], paper: FileIn) -> Received:
    """Another reading of the paper, compared anew; whoever reads it has matched it. Raises StepRefused, StaleEdit."""
    begin(tx, row, FileStep.AMEND)
    values: dict[str, Any] = {
        "program": str(paper.program) or row["program"],
        "kpj": clean(paper.kpj),
        "name": clean(paper.name),
        "payee": clean(paper.payee),
        "amount": amount_read(paper.amount, row["amount"], sees=tx.may(Permission.SEE_FILE_AMOUNTS)),
        "note": clean(paper.note),
    }
    paper = replace(paper, amount=values["amount"])
    comparison, state = None, FileState.RECEIVED
    if row["payment_id"] is not None:
        payment = free_payment(tx, row["payment_id"], row)
        found, comparison = found_in(payment, paper)
        values |= matched_with(tx, payment, found)
        state = values["state"]
    tx.update(ClaimFile, row["id"], expect=row["version"], **values)
    return Received(row["id"], state, comparison)


def _approve(tx: Transaction, ids: list[int], why: str) -> int:
    require_pin(tx, Permission.APPROVE_FILES)
    if not ids:
        raise Invalid("file_ids", "", "empty")
    tx.audit("approval.files", why=reason(why))
    rows = living_files(tx, ids)
    for row in rows:
        move(tx, row, FileStep.APPROVE, approved_at=tx.now, approved_by=tx.actor.staff_id, approved_why=reason(why))
    return len(rows)


def _void(tx: Transaction, file_id: int, version: int, why: str) -> None:
    row = seen_file(tx, FileStep.VOID, file_id, version)
    tx.audit("approval.void-file", why=reason(why))
    move(tx, row, FileStep.VOID, payment_id=None)
