"""What was written in several turns: which of them stand, and work that stopped on its way with Loket itself.

Each turn notes in its entry of the trail which one was the first and how far all have come (`Transaction.turn`), so
that a killed process or a power cut takes no undo away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from peewee import fn

from store.rows import UndoRef
from store.schema import Audit, AuditChange, Session
from store.sessions import is_alive
from store.snapshot import Snapshot
from store.turns import chunks, joined
from store.value_class import value_class

_CHUNK: Final = 500


@value_class
class Stopped:
    """Work that ended before its end: so many of so many were written and stand."""

    done: int
    of: int
    undo: UndoRef


def stopped_work(look: Snapshot) -> Stopped | None:
    """The acting person's last work in turns, where it stopped with its session and anything of it stands."""
    last = next(_turns(look, Audit.staff_id == look.actor.staff_id, last=True), None)
    if last is None or last["done"] >= last["of"] or last["session_id"] == look.session_id:
        return None
    session = look.one(Session.select().where(Session.id == last["session_id"]))
    if session is not None and session["ended_at"] is None and is_alive(look.database, session):
        return None
    same = (Audit.session_id == last["session_id"]) & (Audit.id >= last["first"])
    undo = joined([UndoRef(row["id"], row["action"]) for row in _turns(look, same) if row["first"] == last["first"]])
    return None if undo is None else Stopped(last["done"], last["of"], undo)


def _turns(look: Snapshot, which: Any, *, last: bool = False) -> Iterator[dict[str, Any]]:
    """Entries that are turns and stand, in their order, or the newest of them."""
    undone = Audit.alias()
    query = (
        Audit.select(Audit.id, Audit.session_id, Audit.action, AuditChange.payload)
        .join(AuditChange, on=(AuditChange.audit_id == Audit.id))
        .where(
            which,
            Audit.undoable,  # what is erased for good goes on where it stopped, and is no work to be taken back
            AuditChange.table_name == "",
            AuditChange.payload.startswith('{"turn":'),
            ~fn.EXISTS(undone.select(undone.id).where(undone.undo_of == Audit.id)),
        )
    )
    rows = query.order_by(Audit.id.desc()).limit(1) if last else query.order_by(Audit.id)
    for row in look.dicts(rows):
        first, done, of = json.loads(row.pop("payload"))["turn"]
        yield {**row, "first": first or row["id"], "done": done, "of": of}


def standing_turns(look: Snapshot, audit_ids: Sequence[int]) -> list[int]:
    """Those of these entries, in their order, that were not taken back yet."""
    undone: set[int] = set()
    for ids in chunks(audit_ids, _CHUNK):
        undone |= {each for (each,) in look.tuples(Audit.select(Audit.undo_of).where(Audit.undo_of.in_(ids)))}
    return [each for each in audit_ids if each not in undone]


def people_of(look: Snapshot, audit_ids: Sequence[int]) -> int:
    """How many people these entries wrote to."""
    people: set[int] = set()
    for ids in chunks(audit_ids, _CHUNK):
        query = AuditChange.select(AuditChange.participant_id).where(AuditChange.audit_id.in_(ids)).distinct()
        people |= {each for (each,) in look.tuples(query) if each is not None}
    return len(people)
