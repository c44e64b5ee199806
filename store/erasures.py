"""Retention of people's data: rules, what is due, lists proposed and approved, and carrying them out for good.

Nothing goes by itself: the head confirms how long each kind is kept, one person proposes a list, another one approves
it (UU 27/2022 art. 42 to 44, domain.md 3.7). What was begun goes on after a kill where it stopped; each portion is
whole.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date
from pathlib import Path
from typing import Any, Final

from store import erasure_ledger, erasure_lists, erasure_rules
from store.erasing import erase, forget_prints
from store.erasure_again import back, erase_again, stamps
from store.erasure_due import due_of, holds, open_people
from store.erasure_ledger import backup_folder, keep_beside
from store.erasure_lists import Held, as_ruled, listed
from store.erasure_rows import DueCount, DueRow, ErasureRow, LineRow, Ran, RuleRow, SuspensionRow
from store.link import Link
from store.opening import INBOX, OUTBOX
from store.rules.erasures import AskedBy, DataKind, ErasureState, HeldBy
from store.rules.permissions import Permission
from store.schema import Erasure, ErasureLine
from store.schema.base import millis
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.turns import Told, in_turns
from store.workbooks.results_out import SheetOut, write_book
from store.workbooks.write_out import write_whole

_PORTION: Final = 120
"""Asking for what a person has takes as long as erasing it: the smallest portion is an eighth of this."""

Line = tuple[int, str, int]
"""A line's id, its kind and its row."""


class ErasureDesk:
    """`store.erasures`: looking needs ERASE_DATA, APPROVE_ERASURE or READ_AUDIT."""

    def __init__(self, link: Link) -> None:
        self._link = link

    # Rules and who is held out

    async def rules(self) -> list[RuleRow]:
        """One of each kind of data, also those that nobody has set yet. Raises NotAllowed."""
        return await self._link.read(erasure_rules.rules)

    async def set_rule(self, kind: DataKind, years: int, basis: str, version: int) -> None:
        """Whole years, and what the office rests them on; `version` 0 for a new one. In force only once confirmed.

        Raises NotAllowed, Invalid, StaleEdit, ErasureRefused(same).
        """
        await self._link.write(erasure_rules.set_rule, kind, years, basis, version)

    async def confirm_rule(self, kind: DataKind, version: int) -> None:
        """The head's yes: from now on what is due by it can be proposed. Raises NotAllowed, PinNeeded, OwnWork…"""
        await self._link.write(erasure_rules.confirm_rule, kind, version)

    async def stop_rule(self, kind: DataKind, version: int) -> None:
        """Takes the rule out of force. Raises NotAllowed, NotFound, StaleEdit."""
        await self._link.write(erasure_rules.stop_rule, kind, version)

    async def suspensions(self, *, with_lifted: bool = False) -> list[SuspensionRow]:
        """Who is held out. Raises NotAllowed."""
        return await self._link.read(erasure_rules.suspensions, with_lifted=with_lifted)

    async def suspend(self, participant_id: int, asked_by: AskedBy, why: str, until: date | None = None) -> int:
        """Holds somebody out, until a day or until it is lifted; its number.

        Raises NotAllowed, NotFound, Invalid, ErasureRefused(suspended).
        """
        return (await self._link.write(erasure_rules.suspend, participant_id, asked_by, why, until))[0]

    async def lift(self, suspension_id: int, version: int, why: str) -> None:
        """Raises NotAllowed, NotFound, StaleEdit, Invalid without a reason."""
        await self._link.write(erasure_rules.lift, suspension_id, version, why)

    # What is due, and lists

    async def counts(self) -> list[DueCount]:
        """How much is due by the rules in force, and how much of it waits for what. Raises NotAllowed."""
        return await self._link.read(erasure_lists.counts)

    async def due(self, kinds: Collection[DataKind] = ()) -> list[Held]:
        """Everything that is due with what holds it: numbers and days, for `due_rows`. Raises NotAllowed."""
        return await self._link.read(erasure_lists.due, tuple(kinds))

    async def due_rows(self, some: Sequence[Held]) -> list[DueRow]:
        """Some of these with whose they are, as the acting person may see it. Raises NotAllowed."""
        return await self._link.read(erasure_lists.due_rows, list(some))

    async def propose(self, kinds: Collection[DataKind] = (), note: str = "") -> int:
        """A list of all that is due and held by nothing; its number. Nothing goes by it.

        Raises NotAllowed, ErasureRefused(unconfirmed, nothing-due).
        """
        return (await self._link.write(erasure_lists.propose, tuple(kinds), note))[0]

    async def approve(self, erasure_id: int, version: int) -> None:
        """Raises NotAllowed, PinNeeded, NotFound, StaleEdit, OwnWork, ErasureRefused(state, rule-changed)."""
        await self._link.write(erasure_lists.approve, erasure_id, version)

    async def drop(self, erasure_id: int, version: int, why: str) -> None:
        """The list is given up before it was begun. Raises as `approve`, Invalid without a reason."""
        await self._link.write(erasure_lists.drop, erasure_id, version, why)

    async def lists(self) -> list[ErasureRow]:
        """All lists, the newest first. Raises NotAllowed."""
        return await self._link.read(erasure_lists.lists)

    async def read(self, erasure_id: int) -> ErasureRow | None:
        return await self._link.read(erasure_lists.read, erasure_id)

    async def lines(self, erasure_id: int, offset: int = 0, limit: int = 100_000) -> list[LineRow]:
        """Lines of a list in its order; nothing of them names anybody. Raises NotAllowed."""
        return await self._link.read(erasure_lists.lines, erasure_id, offset, limit)

    async def write_pages(self, path: Path, pdf: bytes) -> None:
        """Writes the pages of a record; the trail keeps who took it. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_record, path.name)
        await asyncio.to_thread(write_whole, path, pdf)

    async def write_book(self, path: Path, sheets: Sequence[SheetOut]) -> None:
        """Likewise as a workbook."""
        await self._link.write(_note_record, path.name)
        await asyncio.to_thread(write_book, path, sheets)

    # Carrying out

    async def run(self, erasure_id: int, told: Told | None = None) -> Ran:
        """Carries an approved list out, or goes on with one that was begun. There is no undo of this.

        Of one that is done only the database is written anew once more, where it could not be (`Ran.scrubbed`).

        What came to be held since stays, and is said. Raises NotAllowed, NotFound, ErasureRefused(state, rule-changed).
        """
        await self._link.write(_begin, erasure_id)
        waiting = await self._link.read(_waiting, erasure_id)
        home = self._link.home

        def portion(tx: Transaction, some: Sequence[Line]) -> None:
            _portion(tx, erasure_id, some, home)

        await in_turns(self._link, portion, waiting, _PORTION, told)
        await self._link.write(_end, erasure_id)
        scrubbed = await self._link.gateway.run(self._link.database.scrub)
        await asyncio.to_thread(keep_beside, home, *await self._link.read(backup_folder, home))
        row = await self.read(erasure_id)
        assert row is not None
        return Ran(row.done, row.held, _files(home), scrubbed)

    async def back(self) -> int:
        """How many rows that were erased are there again, because a backup from before was restored.

        Raises NotAllowed.
        """
        return len(await self._link.read(back, self._link.home))

    async def again(self, told: Told | None = None) -> Ran:
        """Erases those again: it was approved then. Raises NotAllowed."""
        waiting = await self._link.read(back, self._link.home)
        await self._link.write(_may_erase)
        await in_turns(self._link, erase_again, waiting, _PORTION, told)
        scrubbed = await self._link.gateway.run(self._link.database.scrub)
        return Ran(len(waiting), 0, _files(self._link.home), scrubbed)


def _may_erase(tx: Transaction) -> None:
    tx.require(Permission.ERASE_DATA)


def _note_record(tx: Transaction, name: str) -> None:
    erasure_rules.require_look(tx)
    tx.audit("export.erasure", why=name, undoable=False)


def _begin(tx: Transaction, erasure_id: int) -> None:
    tx.require(Permission.ERASE_DATA)
    row = listed(tx, erasure_id, None, ErasureState.APPROVED, ErasureState.DONE)
    if row["state"] == ErasureState.APPROVED:
        as_ruled(tx, row)
    if row["begun_at"] is None:
        tx.audit("erasure.begun", undoable=False)
        tx.update(Erasure, erasure_id, begun_at=tx.now)


def _waiting(look: Snapshot, erasure_id: int) -> list[Line]:
    query = ErasureLine.select(ErasureLine.id, ErasureLine.kind, ErasureLine.row_id)
    mine = (ErasureLine.erasure_id == erasure_id) & ErasureLine.done_at.is_null() & (ErasureLine.held == "")
    # Single rows first: of a whole person everything goes, and then nothing is left to be said of a row of theirs.
    rows = look.tuples(query.where(mine).order_by(ErasureLine.id))
    return sorted(rows, key=lambda row: (row[1] == DataKind.PEOPLE, row[0]))


def _portion(tx: Transaction, erasure_id: int, some: Sequence[Line], home: Path) -> None:
    """Some lines, each looked at once more: what is held or not due by now stays."""
    tx.require(Permission.ERASE_DATA)
    row = listed(tx, erasure_id, None, ErasureState.APPROVED)
    years = as_ruled(tx, row)
    tx.audit("erasure.erased", undoable=False)
    by_kind: dict[DataKind, list[Line]] = defaultdict(list)
    for line in some:
        by_kind[DataKind(line[1])].append(line)
    for kind, lines in by_kind.items():
        ids = [row_id for _line, _kind, row_id in lines]
        due = {each.row_id: each for each in due_of(tx, kind, years[kind], ids)}
        owners = sorted({each.participant_id for each in due.values() if each.participant_id is not None})
        people = open_people(tx, owners) if owners else {}
        held = {
            each: str(next(iter(holds(kind, due[each], people)), "")) if each in due else str(HeldBy.CHANGED)
            for each in ids
        }
        going = [each for each in ids if not held[each]]
        if going:
            erasure_ledger.note(home, erasure_id, tx.now, kind, sorted(stamps(tx, kind, going).items()))
            erase(tx, kind, going)
        tx.database.executemany(
            "UPDATE erasure_line SET done_at = %s, held = %s WHERE id = %s",
            [(None if held[r] else millis(tx.now), held[r], line) for line, _kind, r in lines],
        )


def _end(tx: Transaction, erasure_id: int) -> None:
    tx.require(Permission.ERASE_DATA)
    row = listed(tx, erasure_id, None, ErasureState.APPROVED, ErasureState.DONE)
    if row["state"] == ErasureState.DONE:
        return
    tx.audit("erasure.done", undoable=False)
    if any(kind is DataKind.PEOPLE for kind in as_ruled(tx, row)):
        forget_prints(tx, row["begun_at"].astimezone(UTC))
    values: dict[str, Any] = {"done_at": tx.now, "done_by": tx.actor.staff_id}
    tx.update(Erasure, erasure_id, state=str(ErasureState.DONE), **values)


def _files(home: Path) -> int:
    """Files that lie where people bring and fetch them: nobody but a person can say whom they are about."""
    return sum(1 for name in (INBOX, OUTBOX) for path in (home / name).rglob("*") if path.is_file())
