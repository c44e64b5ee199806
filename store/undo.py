"""Taking a write back: every row as it was before, refused when somebody changed the same since.

Undoing is a write of its own and stays in the trail; the attempt that was taken back is marked, never removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from peewee import fn

from store.errors import (
    Conflict,
    NotFound,
    NothingToUndo,
    OwnWork,
    UndoneInPart,
    UndoRefused,
)
from store.leases import living_sessions
from store.link import Link
from store.pins import require_pin
from store.rows import UndoRef
from store.rules.permissions import Permission
from store.schema import (
    TABLES,
    Accepted,
    Assignment,
    Assist,
    Attempt,
    Audit,
    AuditChange,
    CallListLine,
    ClaimFile,
    Contact,
    Correction,
    Division,
    FollowUp,
    Hold,
    Phone,
    QueueItem,
    Session,
    Signature,
    Staff,
    Table,
    Voucher,
    columns,
    table_name,
)
from store.sessions import is_alive
from store.shares import refresh_handlers
from store.snapshot import Snapshot
from store.trail_events import wrote
from store.transaction import Transaction
from store.turns import Told, each_in_turn
from store.undo_archive import archive_in_the_way, places_in_use
from store.undo_turns import Stopped, people_of, standing_turns, stopped_work
from store.value_class import value_class

_CHUNK: Final = 500
_SHOWN: Final = 100
"""Conflicts that are told; whoever reads more has lost the thread."""

_NEEDED: Final = {
    "queue": Permission.CALL,
    "participant": Permission.CALL,
    "import": Permission.IMPORT_PARTICIPANTS,
    "campaign": Permission.MAKE_CAMPAIGN,
    "office": Permission.MANAGE_OFFICE,
    "staff": Permission.MANAGE_STAFF,
    "check": Permission.CALL,
    "contact": Permission.CORRECT_CONTACT,
    "correction": Permission.CORRECT_CONTACT,
    "call-list": Permission.CALL,
    "division": Permission.SUPERVISE,
    "bulk": Permission.SUPERVISE,
    "counter": Permission.HELP,
    "assist": Permission.HELP,
    "follow-up": Permission.FOLLOW_UP,
    "answer": Permission.MANAGE_OFFICE,
    "listing": Permission.RECEIVE_FILES,
    "file": Permission.RECEIVE_FILES,
    "approval": Permission.APPROVE_FILES,
    "stack": Permission.RECEIVE_FILES,
    "archive": Permission.ARCHIVE,
}
"""What taking back needs, by the first word of the action: what doing it needed. Any other action stays done."""

# Leases come and go without changing what is known about a person; they are never part of a write that can be undone.
_UNCOMPARED: Final = frozenset({"lease_session", "lease_token", "right_party", "handler_id", "version"})

_DEPENDENTS: Final[dict[str, tuple[tuple[type[Table], str], ...]]] = {
    "participant": tuple(
        (model, "participant_id")
        for model in (Phone, QueueItem, Attempt, Contact, FollowUp, Assist, Correction, Accepted)
    ),
    "queue_item": ((Attempt, "item_id"), (Hold, "item_id"), (CallListLine, "item_id")),
    "payment": ((ClaimFile, "payment_id"), (Voucher, "payment_id")),
    "staff": ((Session, "staff_id"), (Assignment, "staff_id"), (FollowUp, "staff_id")),
}
"""What may have been hung on a row since it was added; it would lose its hold when the row goes."""


class UndoDesk:
    """`store.undo`: takes back a write by the reference it returned."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.going = False
        """Whether something that was written in several turns is being taken back."""

    async def undo(self, ref: UndoRef, told: Told | None = None) -> None:
        """Raises UndoRefused with each value that was changed since, NothingToUndo when it was taken back already.

        What was written in several turns is taken back in as many, the last one first. A turn that cannot be taken
        back keeps none of the others from it: raises UndoneInPart where some stand. Asked again, it goes on with those.
        """
        turns = await self._link.read(standing_turns, (ref.audit_id, *reversed(ref.earlier)))
        if not turns:
            raise NothingToUndo()
        self.going = len(turns) > 1
        try:
            standing, why = await each_in_turn(self._link, undo_entry, turns, told)
        finally:
            self.going = False
        if why is not None:
            if len(standing) == len(turns):
                raise why
            conflicts = why.conflicts if isinstance(why, UndoRefused) else ()
            raise UndoneInPart(ref.action, conflicts, await self._link.read(people_of, standing)) from why

    async def stopped(self) -> Stopped | None:
        """Work in turns of the acting person that Loket's end cut short, with the one undo of what stands of it."""
        return await self._link.read(stopped_work)


@value_class
class _Step:
    """What a write did to one row, in values of Python."""

    model: type[Table]
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def removes(self) -> bool:
        """Whether taking it back removes the row; an attempt is only marked."""
        return self.before is None and "undone" not in columns(self.model)


_Rows = dict[tuple[type[Table], int], dict[str, Any] | None]


def undo_entry(tx: Transaction, audit_id: int) -> str:
    """Takes back one audit entry of the acting person's own; returns its action."""
    entry = tx.one(tx.database.locked(Audit.select().where(Audit.id == audit_id)))
    if entry is None:
        raise NotFound("audit", str(audit_id))
    needed = _NEEDED.get(entry["action"].partition(".")[0])
    done_already = tx.scalar(Audit.select(Audit.id).where(Audit.undo_of == audit_id)) is not None
    if needed is None:
        raise NothingToUndo()
    tx.require(needed)
    if not entry["undoable"] or done_already:
        raise NothingToUndo()
    if needed is Permission.MANAGE_STAFF:
        require_pin(tx, needed, without=True)  # what gave or took rights asked for it too
    if entry["staff_id"] != tx.actor.staff_id:
        raise OwnWork(tx.actor.login)
    steps = _steps(tx, audit_id)
    used = places_in_use(tx, _made(steps))
    steps = [step for step in steps if (step.model, step.row_id) not in used]
    rows = _present(tx, steps)
    kept, conflicts = _campaigns_in_use(tx, steps), list(_first(_conflicts(tx, steps, audit_id, dict(rows)), _SHOWN))
    if conflicts:
        raise UndoRefused(entry["action"], tuple(conflicts))
    tx.audit("undo", undoable=False, undo_of=audit_id)
    for (model, removes), group in groupby(steps, key=lambda step: (step.model, step.removes)):
        if removes:
            ids = [step.row_id for step in group if (step.model, step.row_id) not in kept]
            for start in range(0, len(ids), _CHUNK):
                tx.delete_many(model, ids[start : start + _CHUNK])
        else:
            _take_back(tx, model, group, rows)
    if any(step.model in (Assignment, Division, Staff) for step in steps):
        refresh_handlers(tx)
    return str(entry["action"])


def last_undoable(snapshot: Snapshot, *actions: str) -> int | None:
    """The id of the acting person's newest write of these kinds that was not taken back yet.

    In this session or in one that has ended (a restart, a power cut); what the person does at another terminal at the
    same time is taken back there.
    """
    undone = Audit.alias()
    elsewhere = [
        session["id"]
        for session in snapshot.dicts(
            Session.select().where(
                Session.staff_id == snapshot.actor.staff_id,
                Session.ended_at.is_null(),
                Session.id != snapshot.session_id,
            )
        )
        if is_alive(snapshot.database, session)
    ]
    found = snapshot.scalar(
        Audit.select(fn.max(Audit.id)).where(
            Audit.staff_id == snapshot.actor.staff_id,
            Audit.action.in_(actions),
            Audit.undoable,
            *([Audit.session_id.not_in(elsewhere)] if elsewhere else []),
            ~fn.EXISTS(undone.select(undone.id).where(undone.undo_of == Audit.id)),
        )
    )
    return None if found is None else int(found)


def _steps(tx: Transaction, audit_id: int) -> list[_Step]:
    """The steps of an entry, last one first."""
    lines = tx.dicts(AuditChange.select().where(AuditChange.audit_id == audit_id).order_by(AuditChange.n.desc()))
    steps = []
    for line in lines:
        if line["table_name"]:
            if line["payload"] is None:  # erased for privacy: nobody knows any more what to go back to
                raise NothingToUndo()
            model, told = TABLES[line["table_name"]], json.loads(line["payload"])
            steps.append(_Step(model, line["row_id"], _values(model, told["before"]), _values(model, told["after"])))
    return steps


def _values(model: type[Table], stored: dict[str, Any] | None) -> dict[str, Any] | None:
    fields = columns(model)
    if stored is None:
        return None
    return {name: fields[name].python_value(value) for name, value in stored.items() if name != "version"}


def _take_back(tx: Transaction, model: type[Table], steps: Iterable[_Step], rows: _Rows) -> None:
    """Rows as they were before these steps; `rows` are those that stand there, as they are."""
    back: dict[int, dict[str, Any]] = {}
    for step in steps:
        if step.after is None and step.before is not None:
            tx.insert(model, id=step.row_id, **step.before)
            rows[model, step.row_id] = {"id": step.row_id, **step.before}
        else:
            back.setdefault(step.row_id, {}).update({"undone": True} if step.before is None else step.before)
    changes = [(row, values) for row_id, values in back.items() if (row := rows[model, row_id]) is not None]
    tx.update_many(model, changes)
    for row, values in changes:
        rows[model, row["id"]] = {**row, **values}


def _conflicts(tx: Transaction, steps: Sequence[_Step], audit_id: int, rows: _Rows) -> Iterator[Conflict]:
    """Values that are no longer as the write left them, with who changed them and when.

    The steps are gone through backwards on `rows`, a copy of those that stand there: one write may have touched the
    same row twice.
    """
    for step in steps:
        key = (step.model, step.row_id)
        for column, left, found in _differences(step, rows[key]):
            name = table_name(step.model)
            yield Conflict(name, step.row_id, column, left, found, *_who_changed(tx, name, step.row_id, audit_id))
        if step.removes:
            rows[key] = None
        elif step.before is not None:
            rows[key] = {**(rows[key] or {}), **step.before}
    yield from _place_taken(tx, steps)
    yield from _left_hanging(tx, steps, audit_id)
    made = _made(steps)
    for step in steps:
        for name, row_id, column, found in archive_in_the_way(tx, step.model, step.row_id, step.before, made):
            yield Conflict(name, row_id, column, None, found, *_who_changed(tx, name, found, 0))


def _made(steps: Iterable[_Step]) -> set[tuple[type[Table], int]]:
    return {(step.model, step.row_id) for step in steps if step.before is None}


def _place_taken(tx: Transaction, steps: Sequence[_Step]) -> Iterator[Conflict]:
    """Rows that would come back to a place that is taken by now: a file's transaction, a signature on a file."""
    for step in steps:
        before = step.before or {}
        if step.model is ClaimFile and before.get("payment_id") is not None:
            column, same = "payment_id", ClaimFile.payment_id == before["payment_id"]
        elif step.model is Signature and before.get("undone") is False:
            mine = tx.one(Signature.select().where(Signature.id == step.row_id)) or {}
            column, same = "undone", (Signature.file_id == mine["file_id"]) & (Signature.signer == mine["signer"])
        else:
            continue
        taken = step.model.select(step.model.id).where(same, ~columns(step.model)["undone"])
        other = tx.one(taken.where(step.model.id != step.row_id))
        if other is not None:
            name = table_name(step.model)
            yield Conflict(name, step.row_id, column, None, other["id"], *_who_changed(tx, name, other["id"], 0))


def _differences(step: _Step, row: dict[str, Any] | None) -> Iterator[tuple[str, Any, Any]]:
    if step.after is None:
        if row is not None:
            yield "id", None, step.row_id
    elif row is None:
        yield "id", step.row_id, None
    else:
        for column, left in step.after.items():
            if column not in _UNCOMPARED and row[column] != left:
                yield column, left, row[column]


def _present(tx: Transaction, steps: Iterable[_Step]) -> _Rows:
    """The rows as they are now, kept from changing until the transaction ends."""
    rows: _Rows = {(s.model, s.row_id): None for s in steps}
    for model in {model for model, _row_id in rows}:
        for ids in _chunks(sorted(row_id for each, row_id in rows if each is model)):
            for row in tx.dicts(
                tx.database.locked(model.select().where(tx.database.any_of(model.id, ids)).order_by(model.id))
            ):
                rows[model, row["id"]] = row
    return rows


def _left_hanging(tx: Transaction, steps: Sequence[_Step], audit_id: int) -> Iterator[Conflict]:
    """Rows that others hung since on one that would be removed: an attempt, a lease, a number, an opened session."""
    removed = {(step.model, step.row_id) for step in steps if step.removes}
    for model in sorted({model for model, _row_id in removed}, key=table_name):
        for dependent, column in _DEPENDENTS.get(table_name(model), ()):
            for ids in _chunks(sorted(row_id for each, row_id in removed if each is model)):
                found = dependent.select(dependent.id).where(columns(dependent)[column].in_(ids))
                for (row_id,) in tx.tuples(found.order_by(dependent.id)):
                    if (dependent, row_id) not in removed:
                        name = table_name(dependent)
                        yield Conflict(name, row_id, "id", None, row_id, *_who_changed(tx, name, row_id, audit_id))
    owners = {step.after["participant_id"] for step in steps if step.model is Phone and step.removes and step.after}
    ringing = Hold.session_id.in_(sorted(living_sessions(tx)))  # somebody may be ringing that very number
    for ids in _chunks(sorted(owners)):
        held = Hold.key.in_([f"p:{n}" for n in ids])
        for hold_id, key in tx.tuples(Hold.select(Hold.id, Hold.key).where(held, ringing)):
            yield Conflict("hold", hold_id, "key", None, key)


def _campaigns_in_use(tx: Transaction, steps: Sequence[_Step]) -> set[tuple[type[Table], int]]:
    """Campaigns that this write made and that others have put people onto since: they stay."""
    going = {step.row_id for step in steps if step.model is QueueItem and step.removes}
    kept: set[tuple[type[Table], int]] = set()
    for step in steps:
        if table_name(step.model) == "campaign" and step.removes:
            items = tx.tuples(QueueItem.select(QueueItem.id).where(QueueItem.campaign_id == step.row_id))
            if {row[0] for row in items} - going:
                kept.add((step.model, step.row_id))
    return kept


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _first(conflicts: Iterator[Conflict], count: int) -> Iterator[Conflict]:
    for _, conflict in zip(range(count), conflicts, strict=False):
        yield conflict


def _who_changed(tx: Transaction, table: str, row_id: int, audit_id: int) -> tuple[str | None, Any]:
    row = tx.one(
        Audit.select(Staff.name, Audit.at)
        .join(AuditChange, on=(AuditChange.audit_id == Audit.id))
        .join_from(Audit, Staff, on=(Staff.id == Audit.staff_id))
        .where(AuditChange.table_name == table, AuditChange.row_id == row_id, Audit.id > audit_id, wrote())
        .order_by(Audit.id.desc())
    )
    return (row["name"], row["at"]) if row else (None, None)
