"""One change of the data, by one person at one instant.

A write goes through `Transaction`: it opens an audit entry, and every row it inserts, updates or deletes is noted there
with before and after, in the same database transaction. There is no other way to change an audited table.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import Any, Final

from peewee import Query

from store.database import Database
from store.errors import StaleEdit
from store.open_payments import FILED, Filing
from store.problem_index import ADDED, INDEXED, Touched
from store.rows import UndoRef
from store.schema import Audit, AuditChange, Session, Table, columns, table_name
from store.schema.base import millis
from store.search_index import Changes
from store.snapshot import Actor, Snapshot
from store.statements import statement
from store.stored_rows import payload, payload_changed, payloads_added, stored, stored_changes, whole, whole_rows
from store.trail_digests import change_digest, digest_of, entry_hash

_Row = Mapping[str, Any]
_FOLLOWED: Final[Mapping[str, tuple[str, ...]]] = {**INDEXED, **FILED}
"""Tables from whose rows something follows that is kept elsewhere, and what has to be known of a row that is new."""
REFUSAL, HEADS = "refusal", "heads"
"""In place of a table, of lines of the trail that tell what was refused, or hold the ends of chains."""

_SETTINGS: Final = frozenset({"setting", "closed_day"})


@dataclass(slots=True)
class _Entry:
    action: str
    undoable: bool
    undo_of: int | None
    changes: list[tuple[str, int | None, int | None, str]] = field(default_factory=list)


@statement
def _row_of(database: Database, row_id: Any, *, model: type[Table]) -> Any:
    return database.locked(model.select().where(model.id == row_id))


@statement
def _chain_kept(_database: Database, seq: Any, head: Any, session_id: Any) -> Query:
    return Session.update(seq=seq, head=head).where(Session.id == session_id)


@statement
def _chain_of(_database: Database, session_id: Any) -> Query:
    return Session.select(Session.seq, Session.head).where(Session.id == session_id)


def _insertion(model: type[Table], names: Sequence[str]) -> str:
    """SQL that adds a row, given its columns by name."""
    return f"INSERT INTO {table_name(model)} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"


class Transaction(Snapshot):
    """One change, all or nothing, with its audit."""

    def __init__(self, database: Database, session_id: int, actor: Actor, now: datetime) -> None:
        super().__init__(database, session_id, actor, now)
        self._entries: list[_Entry] = []
        self._found_by = Changes()
        self._open = Touched()
        self._filing = Filing()
        self._chain: tuple[int, str] | None = None  # the session's last entry, once one was written

    def audit(self, action: str, *, why: str = "", undoable: bool = True, undo_of: int | None = None) -> None:
        """Opens the audit entry to which the following changes belong. `why` is the reason in the person's words."""
        entry = _Entry(action, undoable, undo_of)
        if why:
            entry.changes.append(("", None, None, payload({"why": why})))
        self._entries.append(entry)

    def turn(self, first: int | None, done: int, of: int) -> None:
        """Notes that the open entry is one turn of several: the entry of the first, how many are done, of how many."""
        changes, why = self._entries[-1].changes, ""
        if changes and not changes[0][0]:
            why = json.loads(changes.pop(0)[3])["why"]
        if changes or why or first is not None:
            changes.insert(0, ("", None, None, payload({"turn": [first, done, of], "why": why})))

    def insert(self, model: type[Table], **values: Any) -> int:
        """Adds a row and returns its id: a new one, or the one it had before it was deleted (`id` among the values)."""
        # Model.insert would leave the defaults out of the audit; they are part of what was written.
        row = whole(model, [values])[0]
        known = {"id": values["id"]} if "id" in values else {}
        row_id = self._add(model, {**known, **row})
        self._note(model, row_id, None, row)
        return row_id

    def insert_many(self, model: type[Table], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Adds many rows with one prepared statement and returns their ids, in order."""
        if not rows:
            return []
        ids = list(self.database.allocate_ids(table_name(model), len(rows)))
        added = whole_rows(model, rows)
        self._note_added(model, ids, added)
        self._insert_raw(model, ((row_id, *row) for row_id, row in zip(ids, added, strict=True)))
        return ids

    def _note_added(self, model: type[Table], ids: Sequence[int], rows: Sequence[Sequence[Any]]) -> None:
        name, names = table_name(model), [each for each in columns(model) if each != "id"]
        at = names.index("participant_id") if "participant_id" in names else None
        people: list[Any] = list(ids) if name == "participant" else [None if at is None else row[at] for row in rows]
        told = {column: [row[names.index(column)] for row in rows] for column in _FOLLOWED.get(name, ())}
        self._forget(name)
        if name in ADDED:
            self._found_by.note_added(name, people, told)
            self._open.note_added(name, people, told)
        elif name in _FOLLOWED:
            for n, row_id in enumerate(ids):
                self._note_kept(name, row_id, people[n], None, {column: told[column][n] for column in told})
        self._entries[-1].changes += zip(repeat(name), ids, people, payloads_added(model, rows))

    def update(self, model: type[Table], row_id: int, *, expect: int | None = None, **values: Any) -> dict[str, Any]:
        """Changes columns of one row and returns the whole row as it was before.

        `expect` is the version a person saw: raises StaleEdit when the row has moved on. Columns that already hold the
        value are left out; when none is left, nothing is written.
        """
        before = self.one(_row_of(row_id, model=model))
        if before is None or (expect is not None and before["version"] != expect):
            raise StaleEdit(table_name(model), row_id)
        old, new = stored_changes(model, before, values)
        if new:
            changed = {name: values[name] for name in new}
            if "version" in before:
                changed["version"] = before["version"] + 1
            query = model.update(**changed).where(model.id == row_id)
            if "version" in before:
                query = query.where(model.version == before["version"])
            if self.execute(query) != 1:
                raise StaleEdit(table_name(model), row_id)
            person = before.get("participant_id")
            self._note(model, row_id, old, new, person)
        return before

    def update_many(self, model: type[Table], changes: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        """Changes columns of many rows that this write read and locked: each whole row as it is, and its new values.

        Rows that already hold the values are left as they are.
        """
        self._put_many(model, changes, self._note)

    def erase_many(self, model: type[Table], changes: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        """The same where what rows say goes for good: the trail tells that it was done and to which, and no value."""
        self._put_many(model, changes, self._note_erased)

    def erase_rows(self, model: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
        """Removes rows that this write read and locked (some hundreds), and likewise keeps nothing of them."""
        for row in rows:
            values = stored(model, {name: value for name, value in row.items() if name != "id"})
            self._note_erased(model, row["id"], values, None, row.get("participant_id"))
        self.execute(model.delete().where(self.database.any_of(model.id, [row["id"] for row in rows])))

    def _put_many(
        self,
        model: type[Table],
        changes: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]],
        note: Callable[[type[Table], int, dict[str, Any], dict[str, Any], int | None], None],
    ) -> None:
        prepared: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for row, values in changes:
            before, after = stored_changes(model, row, values)
            if after:
                prepared.setdefault(tuple(after), []).append((*after.values(), row["id"]))
                note(model, row["id"], before, after, row.get("participant_id"))
        counted = ", version = version + 1" if "version" in columns(model) else ""
        for names, lines in prepared.items():
            put = ", ".join(f"{name} = %s" for name in names)
            self.database.executemany(f"UPDATE {table_name(model)} SET {put}{counted} WHERE id = %s", lines)

    def delete(self, model: type[Table], row_id: int) -> None:
        self.delete_many(model, [row_id])

    def delete_many(self, model: type[Table], ids: Sequence[int]) -> None:
        """Removes rows (some hundreds at a time); raises StaleEdit when one is not there."""
        rows = {row.pop("id"): row for row in self.dicts(self.database.locked(model.select().where(model.id.in_(ids))))}
        for row_id in ids:
            if row_id not in rows:
                raise StaleEdit(table_name(model), row_id)
            self._note(model, row_id, stored(model, rows[row_id]), None)
        self.execute(model.delete().where(model.id.in_(ids)))

    def note_added(self, model: type[Table], row_id: int, values: Mapping[str, Any]) -> None:
        """Notes a row that had to be there before the audit could begin: the first person of an office."""
        self._note(model, row_id, None, whole(model, [values])[0])

    def note_read(self, model: type[Table], row_id: int, field: str) -> None:
        """Notes that the acting person was shown a field that is masked otherwise."""
        name = table_name(model)
        person = row_id if name == "participant" else None
        self._entries[-1].changes.append((name, row_id, person, payload({"read": field})))

    def note_refused(self, participant_id: int | None, told: Mapping[str, Any]) -> None:
        """Notes what was refused to the acting person, and whom it concerned where that is a participant."""
        self._entries[-1].changes.append((REFUSAL, None, participant_id, payload(dict(told))))

    def note_heads(self, told: Mapping[str, Any]) -> None:
        """Notes the ends of chains, which concern no row (store.anchors)."""
        self._entries[-1].changes.append((HEADS, None, None, payload({"anchor": dict(told)})))

    def note_deed(self, model: type[Table], row_id: int, deed: str) -> None:
        """Notes that something was done that concerns a row, where the values are nobody's to read: a PIN."""
        self._entries[-1].changes.append((table_name(model), row_id, None, payload({"deed": deed})))

    def _note(
        self,
        model: type[Table],
        row_id: int,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        person: int | None = None,
    ) -> None:
        name = table_name(model)
        if name == "participant":
            person = row_id
        elif person is None:
            person = (after or before or {}).get("participant_id")
        self._note_kept(name, row_id, person, before, after)
        self._forget(name)
        said = payload_changed(before, after) if before and after else payload({"before": before, "after": after})
        self._entries[-1].changes.append((name, row_id, person, said))

    def _note_erased(
        self,
        model: type[Table],
        row_id: int,
        before: dict[str, Any],
        after: dict[str, Any] | None,
        person: int | None = None,
    ) -> None:
        name = table_name(model)
        if name == "participant":
            person = row_id
        self._note_kept(name, row_id, person, before, after)
        self._entries[-1].changes.append((name, row_id, person, payload({"deed": "erased"})))

    def _note_kept(self, name: str, row_id: int, person: int | None, before: _Row | None, after: _Row | None) -> None:
        """Notes a row from which something may follow that is kept elsewhere."""
        if person is not None:
            self._found_by.note(name, person, before, after)
            self._open.note(name, person, before, after)
        self._filing.note(name, row_id, before, after)

    def _forget(self, name: str) -> None:
        """What was remembered may have been changed by this very write."""
        if name in _SETTINGS:
            self._remembered.clear()

    def _add(self, model: type[Table], row: Mapping[str, Any]) -> int:
        """A row as its columns hold it; its id."""
        return int(self.database.rows(f"{_insertion(model, list(row))} RETURNING id", tuple(row.values()))[0][0])

    def _insert_raw(self, model: type[Table], rows: Iterable[Sequence[Any]]) -> None:
        """Rows with all their columns, in the order of the table."""
        self.database.executemany(_insertion(model, list(columns(model))), rows)

    def portion(self) -> UndoRef | None:
        """Writes the audit entries, chained to the session's last; the undo of the last undoable one, if any.

        More may follow in the same transaction. What depends on what was written is as it should be then, but for the
        index of terms and the counts of problems: these are written once, at the end.
        """
        # A write that found nothing to change (the same file again) leaves no entry; a look or an export always does.
        self._entries = [entry for entry in self._entries if entry.changes or not entry.undoable]
        if not self._entries:
            return None
        if self._chain is None:
            session = self.one(_chain_of(self.session_id))
            assert session is not None
            self._chain = session["seq"], session["head"]
        seq, head = self._chain
        self._open.write(self.database, self.today)
        self._filing.write(self.database)
        undo: UndoRef | None = None
        for entry in self._entries:
            seq += 1
            head, audit_id = self._write_entry(entry, seq, head)
            if entry.undoable:
                undo = UndoRef(audit_id, entry.action)
        self._entries, self._chain = [], (seq, head)
        return undo

    def finish(self) -> UndoRef | None:
        """The last portion, which mostly is the only one, and what ends the write."""
        undo = self.portion()
        if self._chain is not None:
            self._found_by.write(self.database)
            self._open.write_counts(self.database)
            seq, head = self._chain
            self.execute(_chain_kept(seq, head, self.session_id))
            self.database.announce(self.session_id)
        return undo

    def _write_entry(self, entry: _Entry, seq: int, previous: str) -> tuple[str, int]:
        salts = secrets.token_hex(8 * len(entry.changes))
        digests = [change_digest(salts[16 * n : 16 * n + 16], said) for n, (*_, said) in enumerate(entry.changes)]
        digest = digest_of((n, *each[:3], digests[n]) for n, each in enumerate(entry.changes))
        at = millis(self.now)
        facts = (
            self.session_id,
            seq,
            at,
            self.actor.staff_id,
            entry.action,
            int(entry.undoable),
            entry.undo_of,
            digest,
        )
        link = entry_hash(previous, facts)
        row = {
            "session_id": self.session_id,
            "seq": seq,
            "at": at,
            "staff_id": self.actor.staff_id,
            "action": entry.action,
            "undoable": entry.undoable,
            "undo_of": entry.undo_of,
            "digest": digest,
            "previous": previous,
            "hash": link,
        }
        audit_id = self._add(Audit, row)
        ids = self.database.allocate_ids("audit_change", len(digests))
        self._insert_raw(  # made as they are written: a whole list of people is hundreds of thousands of lines
            AuditChange,
            (
                (ids[n], audit_id, n, *each, salts[16 * n : 16 * n + 16], digests[n])
                for n, each in enumerate(entry.changes)
            ),
        )
        return link, audit_id
