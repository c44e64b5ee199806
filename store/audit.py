"""Reading the trail, and proving that it is whole."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from store.anchors import (
    AnchorMade,
    anchor_break,
    anchors_file,
    anchors_in,
    append,
    make_anchor,
    note_kept,
    of_this_office,
    remember_folder,
    require_any,
)
from store.audit_masks import shown_change
from store.link import Link
from store.rows import AuditBreak, AuditEntry
from store.rules.anchors import Anchor
from store.rules.permissions import Permission
from store.schema import Audit, AuditChange, Seal, Session, Staff
from store.schema.base import millis
from store.sessions import opening_hash
from store.snapshot import Snapshot
from store.trail import TrailFilter, TrailRow, conditions, trail_after, trail_count, trail_rows
from store.trail_digests import change_digest, entry_digest, entry_hash
from store.transaction import Transaction
from store.workbooks.results_out import SheetOut, write_book, write_csv
from store.workbooks.write_out import write_whole

_PAGE = 2_000
EVERYTHING: Final = TrailFilter()


class AuditDesk:
    """`store.audit`: the trail, for those who may read it."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def verify(self, anchors: Sequence[Anchor] = ()) -> AuditBreak | None:
        """Walks every link, then every anchor; None when all hold, else the first that does not.

        An erased payload is no break.
        """
        return await self._link.read(_verify, anchors)

    async def anchors(self, files: Sequence[Path] = ()) -> tuple[Anchor, ...]:
        """The anchors of this office in these files and in the file that the office keeps. Raises BackupRefused."""
        return await self._link.read(_anchors, files)

    async def anchor(self, file: Path | None = None, *, outside: bool = True) -> AnchorMade:
        """Fixes the head of the trail in an anchor, and adds its line to `file` and to the office's own file.

        `outside`: without it only the line is wanted, for paper. Raises NotAllowed, BackupRefused.
        """
        (anchor, entries), _undo = await self._link.write(make_anchor)
        kept = await self._link.read(_kept_file) if outside else None
        files = tuple(each for each in (kept, file) if each is not None)
        for each in files:
            await self._link.gateway.run(append, anchor, each)
        if files:
            await self._link.write(note_kept, anchor, str(files[0]))
        return AnchorMade(anchor, entries, tuple(map(str, files)))

    async def keep_anchors(self, folder: str) -> None:
        """Names the folder, outside of the database, to whose file anchors are added; '' none. Raises Invalid."""
        await self._link.write(remember_folder, folder)

    async def entries(
        self, limit: int = 50, before: int | None = None, wanted: TrailFilter = EVERYTHING
    ) -> list[AuditEntry]:
        """Entries with what they changed, masked by role, the newest first; those with an id below `before`.

        Raises NotAllowed, NotFound.
        """
        return await self._link.read(_entries, limit, before, wanted)

    async def count(self, wanted: TrailFilter = EVERYTHING) -> int:
        """How many entries a filter lets through. Raises NotAllowed, NotFound."""
        return await self._link.read(trail_count, wanted)

    async def rows(self, wanted: TrailFilter, offset: int, limit: int) -> list[TrailRow]:
        """A window of entries without values, the newest first. Raises NotAllowed, NotFound."""
        return await self._link.read(trail_rows, wanted, offset, limit)

    async def every(self, wanted: TrailFilter, most: int) -> list[TrailRow]:
        """The newest so many of them, read a page at a time. Raises NotAllowed, NotFound."""
        found: list[TrailRow] = []
        while len(found) < most:
            last = found[-1] if found else None
            page = await self._link.read(trail_after, wanted, last, min(_PAGE, most - len(found)))
            if not page:
                break
            found += page
        return found

    async def write_book(self, path: Path, sheets: Sequence[SheetOut]) -> None:
        """Writes rows of the trail as a workbook or, by the ending, as CSV; that is an entry by itself.

        Raises NotAllowed, FileRefused.
        """
        await self._link.write(_note_export, path.name)
        await asyncio.to_thread(write_csv if path.suffix.lower() == ".csv" else write_book, path, sheets)

    async def write_pages(self, path: Path, pdf: bytes) -> None:
        """The same as pages."""
        await self._link.write(_note_export, path.name)
        await asyncio.to_thread(write_whole, path, pdf)


def _note_export(tx: Transaction, name: str) -> None:
    tx.require(Permission.READ_AUDIT)
    tx.audit("export.trail", why=name, undoable=False)


def _entries(look: Snapshot, limit: int, before: int | None, wanted: TrailFilter) -> list[AuditEntry]:
    look.require(Permission.READ_AUDIT)
    query = Audit.select().where(*conditions(look, wanted))
    if before is not None:
        query = query.where(Audit.id < before)
    order = (Audit.id.desc(),) if wanted == EVERYTHING else (Audit.at.desc(), Audit.id.desc())
    rows = look.dicts(query.order_by(*order).limit(limit))
    names = dict(look.tuples(Staff.select(Staff.id, Staff.name)))
    changes: dict[int, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    lines = (
        AuditChange.select()
        .where(AuditChange.audit_id.in_(list(changes)))
        .order_by(AuditChange.audit_id, AuditChange.n)
    )
    for line in look.dicts(lines):
        changes[line["audit_id"]].append(line)
    return [_entry(look, {**row, "by": names[row["staff_id"]]}, changes[row["id"]]) for row in rows]


def _entry(look: Snapshot, row: dict[str, Any], lines: list[dict[str, Any]]) -> AuditEntry:
    why = next((json.loads(x["payload"])["why"] for x in lines if not x["table_name"] and x["payload"]), "")
    changes = tuple(
        {"table": x["table_name"], "row_id": x["row_id"], **_told(look, x)} for x in lines if x["table_name"]
    )
    return AuditEntry(row["id"], row["at"], row["by"], row["action"], why, row["undo_of"], changes)


def _told(look: Snapshot, line: dict[str, Any]) -> dict[str, Any]:
    return shown_change(look, line["table_name"], json.loads(line["payload"])) if line["payload"] else {}


def _verify(look: Snapshot, anchors: Sequence[Anchor]) -> AuditBreak | None:
    look.require(Permission.READ_AUDIT)
    return verify_trail(look) or anchor_break(look, of_this_office(look, anchors))


def _anchors(look: Snapshot, files: Sequence[Path]) -> tuple[Anchor, ...]:
    look.require(Permission.READ_AUDIT)
    own = anchors_file(look)
    wanted = [*([own] if own is not None and own.exists() else []), *files]
    return of_this_office(look, [each for file in wanted for each in anchors_in(file)])


def _kept_file(look: Snapshot) -> Path | None:
    require_any(look)
    return anchors_file(look)


def verify_trail(look: Snapshot) -> AuditBreak | None:
    """The same for a part of the store that answers for who asks: a backup proves what it copied."""
    sessions = look.dicts(Session.select().order_by(Session.id))
    seals: dict[int, list[tuple[int, int, str]]] = {}
    sealed: dict[int, tuple[int, str]] = {}
    for seal in look.dicts(Seal.select().order_by(Seal.session_id)):
        seals.setdefault(seal["sealed_by"], []).append((seal["session_id"], seal["seq"], seal["head"]))
        sealed[seal["session_id"]] = (seal["seq"], seal["head"])
    known = {session["id"] for session in sessions}
    previous: dict[str, Any] = {"id": None, "opening": ""}
    for session in sessions:
        broken = _opening_break(session, previous, seals.get(session["id"], [])) or _session_break(look, session)
        if broken is None and sealed.get(session["id"], (session["seq"], session["head"])) != (
            session["seq"],
            session["head"],
        ):
            broken = AuditBreak(session["id"], session["seq"], None, "seal")
        if broken is not None:
            return broken
        previous = session
    missing = sorted((set(sealed) | set(seals)) - known)
    if missing:
        return AuditBreak(missing[0], 0, None, "session-missing")
    orphan = look.one(Audit.select().where(Audit.session_id.not_in(Session.select(Session.id))))
    return AuditBreak(orphan["session_id"], orphan["seq"], orphan["id"], "session-missing") if orphan else None


def _opening_break(
    session: dict[str, Any], previous: dict[str, Any], seals: list[tuple[int, int, str]]
) -> AuditBreak | None:
    facts = {
        "id": session["id"],
        "staff_id": session["staff_id"],
        "opened_at": millis(session["opened_at"]),
        "previous_id": previous["id"],
    }
    if session["opening"] != opening_hash(previous["opening"], facts, seals):
        return AuditBreak(session["id"], 0, None, "opening")
    return None


def _session_break(look: Snapshot, session: dict[str, Any]) -> AuditBreak | None:
    seq, head = 0, session["opening"]
    for entry, lines in _walk(look, session["id"]):
        seq += 1
        problem = _entry_problem(entry, lines, seq, head)
        if problem is not None:
            return AuditBreak(session["id"], seq, entry["id"], problem)
        head = entry["hash"]
    if (seq, head) != (session["seq"], session["head"]):
        return AuditBreak(session["id"], seq + 1, None, "tail-missing")
    return None


def _walk(look: Snapshot, session_id: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The entries of one session with their changes, a page at a time."""
    after = 0
    while True:
        page = Audit.select().where(Audit.session_id == session_id, Audit.seq > after).order_by(Audit.seq).limit(_PAGE)
        entries = look.dicts(page)
        if not entries:
            return
        ids = [entry["id"] for entry in entries]
        lines = look.dicts(
            AuditChange.select().where(AuditChange.audit_id.in_(ids)).order_by(AuditChange.audit_id, AuditChange.n)
        )
        by_entry = {audit_id: list(group) for audit_id, group in groupby(lines, key=lambda line: line["audit_id"])}
        for entry in entries:
            yield entry, by_entry.get(entry["id"], [])
        after = entries[-1]["seq"]


def _entry_problem(entry: dict[str, Any], lines: list[dict[str, Any]], seq: int, head: str) -> str | None:
    if entry["seq"] != seq:
        return "entry-missing"
    for line in lines:
        if line["payload"] is not None and change_digest(line["salt"] or "", line["payload"]) != line["digest"]:
            return "change-altered"
    if entry_digest(lines) != entry["digest"]:
        return "changes-differ"
    at = millis(entry["at"])
    facts = (
        entry["session_id"],
        entry["seq"],
        at,
        entry["staff_id"],
        entry["action"],
        int(entry["undoable"]),
        entry["undo_of"],
        entry["digest"],
    )
    if entry["previous"] != head or entry["hash"] != entry_hash(head, facts):
        return "entry-altered"
    return None
