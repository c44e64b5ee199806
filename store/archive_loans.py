"""Files that somebody took out of their place for a while: who, why, until when (domain.md 2.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from peewee import JOIN

from store.archive_contents import read_many
from store.archive_places import living_place, lock, refused
from store.archive_putting import living_archived, not_lent
from store.archive_rows import LoanRow
from store.claim_file_rows import require_desk
from store.claim_files import reason
from store.errors import Invalid, NotFound
from store.link import Link
from store.office import setting
from store.rows import UndoRef
from store.rules.archive import ArchiveRefusal
from store.rules.text import clean
from store.schema import Archived, Loan, Staff
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction

_LONGEST_NAME = 80


class LoanDesk:
    """`store.loans`: who has which file. Looking and writing as at `store.archive`."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def out_now(self, offset: int = 0, limit: int = 1_000) -> list[LoanRow]:
        """Files that are out, those that should be back first and longest. Raises NotAllowed."""
        return await self._link.newest("loans-out", loans_out, offset, limit)

    async def late(self) -> list[LoanRow]:
        """Loans whose day has passed. Raises NotAllowed."""
        return [row for row in await self.out_now() if row.late]

    async def of_file(self, archived_id: int) -> list[LoanRow]:
        """Every loan of a file, the newest first. Raises NotAllowed."""
        return await self._link.read(loans_of_file, archived_id)

    async def usual_due(self) -> date:
        """The day that a loan of today is due, where nobody says another (setting `archive.loan_days`)."""
        return await self._link.read(usual_due)

    async def borrow(
        self, archived_id: int, version: int, borrower: str, why: str, due_on: date | None = None
    ) -> tuple[int, UndoRef | None]:
        """Somebody takes a file; the loan's id. Without a day it is due after the office's usual days.

        Raises NotAllowed, NotFound, StaleEdit, Invalid without borrower or reason or with a day that is past,
        ArchiveRefused for what lies nowhere, is out already, or was destroyed.
        """
        return await self._link.write(_borrow, archived_id, version, borrower, why, due_on)

    async def give_back(self, loan_ids: Sequence[int]) -> tuple[int, UndoRef | None]:
        """The files lie in their places again; how many. All or none. Raises NotAllowed, NotFound, ArchiveRefused."""
        return await self._link.write(_give_back, list(loan_ids))

    async def extend(self, loan_id: int, version: int, due_on: date) -> UndoRef | None:
        """Another day by which it should be back. Raises NotAllowed, NotFound, StaleEdit, Invalid, ArchiveRefused."""
        return (await self._link.write(_extend, loan_id, version, due_on))[1]


def _columns() -> Any:
    giver, taker = Staff.alias(), Staff.alias()
    return (
        Loan.select(Loan, giver.name.alias("giver"), taker.name.alias("taker"))
        .join(giver, on=(giver.id == Loan.out_by))
        .join_from(Loan, taker, JOIN.LEFT_OUTER, on=(taker.id == Loan.back_by))
        .where(~Loan.undone)
    )


def _rows(look: Snapshot, rows: Sequence[dict[str, Any]]) -> list[LoanRow]:
    files = {row.archived_id: row for row in read_many(look, list({row["archived_id"] for row in rows}))}
    return [
        LoanRow(
            loan_id=row["id"],
            version=row["version"],
            archived=files[row["archived_id"]],
            borrower=row["borrower"],
            why=row["why"],
            out_at=row["out_at"],
            out_by=row["giver"],
            due_on=row["due_on"],
            back_at=row["back_at"],
            back_by=row["taker"] or "",
            late=row["back_at"] is None and row["due_on"] is not None and row["due_on"] < look.today,
        )
        for row in rows
        if row["archived_id"] in files
    ]


def loans_out(look: Snapshot, offset: int, limit: int) -> list[LoanRow]:
    """Files that are out, by the day they are due. Raises NotAllowed."""
    require_desk(look)
    query = _columns().where(Loan.back_at.is_null()).order_by(Loan.due_on, Loan.out_at, Loan.id)
    return _rows(look, look.dicts(query.offset(offset).limit(limit)))


def loans_of_file(look: Snapshot, archived_id: int) -> list[LoanRow]:
    """All loans of a file, the newest first. Raises NotAllowed."""
    require_desk(look)
    return _rows(look, look.dicts(_columns().where(Loan.archived_id == archived_id).order_by(Loan.id.desc())))


def usual_due(look: Snapshot) -> date:
    """Today and the office's days."""
    return look.today + timedelta(days=int(setting(look, "archive.loan_days")))


def _borrow(tx: Transaction, archived_id: int, version: int, borrower: str, why: str, due_on: date | None) -> int:
    row = living_archived(tx, archived_id, version)
    who, told = clean(borrower), reason(why)
    if not who or len(who) > _LONGEST_NAME:
        raise Invalid("borrower", who, "too-long" if who else "empty")
    if row["place_id"] is None:
        raise refused(row, ArchiveRefusal.STATE)
    living_place(tx, row["place_id"])
    not_lent(tx, row)
    due_on = usual_due(tx) if due_on is None else _ahead(tx, due_on)
    tx.audit("archive.borrow", why=told)
    out = {"out_at": tx.now, "out_by": tx.actor.staff_id}
    return tx.insert(Loan, archived_id=archived_id, borrower=who, why=told, due_on=due_on, **out)


def _ahead(tx: Transaction, due_on: date) -> date:
    if due_on < tx.today:
        raise Invalid("due_on", due_on.isoformat(), "past")
    return due_on


def _out(tx: Transaction, loan_id: int) -> dict[str, Any]:
    """The loan, which is still out, locked. Raises NotFound, ArchiveRefused."""
    row = tx.one(tx.database.locked(Loan.select().where(Loan.id == loan_id, ~Loan.undone)))
    if row is None:
        raise NotFound("loan", str(loan_id))
    if row["back_at"] is not None:
        file = tx.one(Archived.select(Archived.name, Archived.program).where(Archived.id == row["archived_id"]))
        raise refused(file or {}, ArchiveRefusal.NOT_ON_LOAN, row["borrower"])
    return row


def _give_back(tx: Transaction, loan_ids: list[int]) -> int:
    lock(tx)
    if not loan_ids:
        raise Invalid("loan_ids", "", "empty")
    tx.audit("archive.return")
    for loan_id in sorted(set(loan_ids)):
        row = _out(tx, loan_id)
        tx.update(Loan, loan_id, expect=row["version"], back_at=tx.now, back_by=tx.actor.staff_id)
    return len(set(loan_ids))


def _extend(tx: Transaction, loan_id: int, version: int, due_on: date) -> None:
    lock(tx)
    _out(tx, loan_id)
    fresh(tx, Loan, loan_id, version, {"due_on": due_on})
    _ahead(tx, due_on)
    tx.audit("archive.due")
    tx.update(Loan, loan_id, expect=version, due_on=due_on)
