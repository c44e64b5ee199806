"""Files that come in: what an import would do is shown first, and nothing changes until it is confirmed."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from store.campaigns import extend_campaigns
from store.errors import FileRefused, NotFound
from store.intake import Judging, Taken, Tally, take
from store.layouts import is_known_file, note_file, save_mapping, saved_mapping
from store.link import Link
from store.office import setting
from store.opening import INBOX
from store.rows import ImportDone, ImportPlan, OfferedFile
from store.rules.eligibility import is_eligible, jht56_period
from store.rules.permissions import Permission
from store.schema import ImportedFile
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.participants import ParticipantsFile, read_participants
from store.workbooks.safe_open import open_regular, shown_name

PARTICIPANTS = "participants"


class ImportDesk:
    """`store.imports`: participant lists from MASUK or from a path."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._inbox = link.home / INBOX
        self._spool_dir = link.home
        self._open: dict[int, ParticipantsFile] = {}
        self._next_id = 1

    async def offered(self) -> list[OfferedFile]:
        """The regular files in MASUK, newest first, with when the same bytes came in before."""
        found = await asyncio.to_thread(_look_into, self._inbox)
        known = await self._link.read(_imported_at, [digest for _file, digest in found])
        return [replace(file, imported_at=known.get(digest)) for file, digest in found]

    async def plan(self, path: Path, overrides: Mapping[str, str] | None = None) -> ImportPlan:
        """What importing the file would do; nothing is changed. `overrides` maps headings to fields, `''` to none.

        Without overrides the mapping saved for this layout of columns is used. Raises FileRefused, NotAllowed, Invalid.
        """
        office = await self._link.read(_reading_rules)
        mapping, plan_id = dict(overrides or {}), self._next_id
        self._next_id += 1
        file = await asyncio.to_thread(self._read, path, mapping, *office)
        try:
            if not mapping:
                mapping = await self._link.read(saved_mapping, PARTICIPANTS, file.layout)
                if mapping:
                    file.close()
                    file = await asyncio.to_thread(self._read, path, mapping, *office)
            plan = replace(await self._judge(plan_id, file), mapping=mapping)
        except BaseException:
            file.close()
            raise
        self._open[plan_id] = file
        return plan

    async def _judge(self, plan_id: int, file: ParticipantsFile) -> ImportPlan:
        judging, tally, eligible = Judging(file), Tally(), Counter[str]()
        while await self._link.read(_judge_some, judging, tally, eligible):
            pass
        return await self._link.read(_plan, plan_id, file, tally, eligible)

    def _read(self, path: Path, overrides: Mapping[str, str], today: date, area_code: str) -> ParticipantsFile:
        return read_participants(path, overrides=overrides, spool_dir=self._spool_dir, today=today, area_code=area_code)

    async def apply(
        self, plan: ImportPlan, accept: str = "all", overrides: Mapping[str, str] | None = None
    ) -> ImportDone:
        """Does what the plan said, in one transaction. `accept` "none" leaves values of known people as they are.

        The overrides that led to the plan are saved for files of the same layout. Raises NotAllowed, NotFound.
        """
        return (await self.apply_all([plan], accept, overrides))[0]

    async def apply_all(
        self, plans: Sequence[ImportPlan], accept: str = "all", overrides: Mapping[str, str] | None = None
    ) -> list[ImportDone]:
        """Several files, all or none; one undo takes all of them back."""
        files = [self._file(plan) for plan in plans]
        done, undo = await self._link.write(_apply, files, accept == "all", dict(overrides or {}))
        for plan in plans:
            await self.close(plan)
        return [replace(each, undo=undo) for each in done]

    async def close(self, plan: ImportPlan) -> None:
        """Forgets a plan; its spool is gone."""
        file = self._open.pop(plan.plan_id, None)
        if file is not None:
            file.close()

    async def preview(self, plan: ImportPlan, sheet: str, n: int) -> list[list[str]]:
        """The first rows of a sheet as texts, for the eye that checks the mapping. Raises NotAllowed, NotFound."""
        await self._link.read(_reading_rules)
        return self._file(plan).preview(sheet, n)

    def _file(self, plan: ImportPlan) -> ParticipantsFile:
        file = self._open.get(plan.plan_id)
        if file is None:
            raise NotFound("plan", str(plan.plan_id))
        return file


def _look_into(inbox: Path) -> list[tuple[OfferedFile, str]]:
    found = []
    for path in inbox.iterdir():
        if path.name.startswith((".", "~$")):  # half-copied files, and the lock files of spreadsheet programs
            continue
        with contextlib.suppress(FileRefused):
            file, size = open_regular(path)
            with file:
                digest = sha256(file.read()).hexdigest()
                modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found.append((OfferedFile(path, shown_name(path.name), size, modified, None), digest))
    return sorted(found, key=lambda each: each[0].modified, reverse=True)


def _imported_at(look: Snapshot, digests: Sequence[str]) -> dict[str, datetime]:
    rows = look.dicts(ImportedFile.select().where(ImportedFile.sha256.in_(list(digests))))
    return {row["sha256"]: row["imported_at"] for row in rows}


def _reading_rules(look: Snapshot) -> tuple[date, str]:
    """What the office adds to the reading of a cell: the day, and the area code of a short landline number."""
    look.require(Permission.IMPORT_PARTICIPANTS)
    return look.today, str(setting(look, "phones.area_code"))


def _judge_some(look: Snapshot, judging: Judging, tally: Tally, eligible: Counter[str]) -> bool:
    """Counts the next rows; False when there were none left."""
    chunk = judging.chunk(look)
    for judged in chunk:
        tally.add(judged)
        person = judged.row.participant
        if person is None or not judged.adds or person.birth_date is None:
            continue
        if is_eligible(person.birth_date, person.claimed, False, look.today):
            eligible[jht56_period(person.birth_date)] += 1
    return bool(chunk)


def _plan(
    look: Snapshot, plan_id: int, file: ParticipantsFile, tally: Tally, eligible: Mapping[str, int]
) -> ImportPlan:
    return ImportPlan(
        plan_id,
        file.file,
        file.layout,
        is_known_file(look, PARTICIPANTS, file.sha256),
        tally.sheets(file.sheets),
        tuple(tally.listed),
        tally.open_rows,
        dict(sorted(eligible.items())),
    )


def _apply(
    tx: Transaction, files: Sequence[ParticipantsFile], accept_changes: bool, overrides: dict[str, str]
) -> list[ImportDone]:
    tx.require(Permission.IMPORT_PARTICIPANTS)
    tx.database.lock_name("import")  # two at once would both take the same person for new
    tx.audit("import.participants")
    tx.database.make_room()
    done = []
    for file in files:
        taken = take(tx, file, accept_changes=accept_changes)
        added = extend_campaigns(tx, taken.ids)
        rows = sum(sum(counts.values()) for counts in taken.tally.counts.values())
        note_file(tx, PARTICIPANTS, file.sha256, file.file, rows)
        if overrides:
            save_mapping(tx, PARTICIPANTS, file.layout, overrides)
        done.append(_done(file, taken, added))
    return done


def _done(file: ParticipantsFile, taken: Taken, added: dict[str, int]) -> ImportDone:
    tally = taken.tally
    return ImportDone(
        file.file, tally.sheets(file.sheets), tuple(tally.listed), tally.open_rows, added, taken.left_queue, None
    )
