"""Lists of people's data that go: what is due, a list proposed from it, approved by somebody else, its record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from peewee import JOIN, fn

from store.erasure_due import Due, due_of, holds, on_lists, open_people
from store.erasure_rows import DueCount, DueRow, ErasureRow, LineRow, ListedCount, ListedRule, RuleRow
from store.erasure_rules import in_force, lock, require_look, require_work, told
from store.errors import ErasureRefused, NotFound, OwnWork
from store.pins import require_pin
from store.rules.erasures import (
    MOST_LINES,
    DataKind,
    ErasureRefusal,
    ErasureState,
    HeldBy,
    Way,
    mask_card,
)
from store.rules.hours import WIB
from store.rules.permissions import Permission
from store.rules.text import clean
from store.schema import Erasure, ErasureLine, Participant, Staff
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction
from store.turns import chunks

_CHUNK: Final = 500

Held = tuple[Due, tuple[HeldBy, ...]]


def due(look: Snapshot, kinds: Collection[DataKind] = ()) -> list[Held]:
    """Everything due by the rules in force, each kind by itself and the longest first, with what holds it."""
    require_look(look)
    people = open_people(look)
    found: list[Held] = []
    for rule in in_force(look):
        if kinds and rule.kind not in kinds:
            continue
        assert rule.years is not None
        listed = on_lists(look, rule.kind)
        for row in due_of(look, rule.kind, rule.years):
            why = holds(rule.kind, row, people)
            found.append((row, (HeldBy.LIST, *why) if row.row_id in listed else why))
    return found


def counts(look: Snapshot) -> list[DueCount]:
    """How much is due, by kind. Raises NotAllowed."""
    every = due(look)
    made = []
    for rule in in_force(look):
        rows = [held for row, held in every if row.kind is rule.kind]
        waiting = Counter(held[0] for held in rows if held)
        made.append(DueCount(rule.kind, sum(not held for held in rows), dict(waiting)))
    return made


def due_rows(look: Snapshot, some: Sequence[Held]) -> list[DueRow]:
    """These with whose they are, for a window or a page of them. Raises NotAllowed."""
    require_look(look)
    ids = sorted({row.participant_id for row, _held in some if row.participant_id is not None})
    people: dict[int, dict[str, Any]] = {}
    for part in chunks(ids, _CHUNK):
        query = Participant.select(Participant.id, Participant.kpj, Participant.name, Participant.company)
        people |= {row["id"]: row for row in look.dicts(query.where(Participant.id.in_(part)))}
    return [_due_row(look, row, held, people.get(row.participant_id or 0, {})) for row, held in some]


def _due_row(look: Snapshot, row: Due, held: tuple[HeldBy, ...], person: dict[str, Any]) -> DueRow:
    sees = look.may(Permission.SEE_LISTS) and bool(person)
    return DueRow(
        kind=row.kind,
        row_id=row.row_id,
        participant_id=row.participant_id,
        ended_on=row.ended_on,
        held=held,
        card=mask_card(person.get("kpj", "")),
        name=str(person["name"]) if sees else "",
        company=str(person["company"]) if sees else "",
    )


# Steps ----------------------------------------------------------------------------------------------------------------


def propose(tx: Transaction, kinds: Collection[DataKind], note: str) -> int:
    """A list of everything that is due and held by nothing, of these kinds or all; its number.

    Raises NotAllowed, ErasureRefused(unconfirmed, nothing-due).
    """
    tx.require(Permission.ERASE_DATA)
    lock(tx)
    ruled = {rule.kind: rule for rule in in_force(tx)}
    for kind in kinds or ruled or (DataKind.PEOPLE,):
        if kind not in ruled:
            raise ErasureRefused(str(ErasureRefusal.UNCONFIRMED), str(kind))
    ready = [row for row, held in due(tx, kinds) if not held][:MOST_LINES]
    if not ready:
        raise ErasureRefused(str(ErasureRefusal.NOTHING_DUE))
    tx.audit("erasure.propose", undoable=False)
    used = [ruled[kind] for kind in DataKind if any(row.kind is kind for row in ready)]
    number = tx.insert(
        Erasure,
        state=str(ErasureState.PROPOSED),
        rules=json.dumps([_plain(rule) for rule in used], ensure_ascii=False),
        note=clean(note)[:300],
        made_at=tx.now,
        made_by=tx.actor.staff_id,
    )
    cards = _cards(tx, ready)
    lines = [
        (number, str(row.kind), row.row_id, row.participant_id, cards.get(row.participant_id or 0, ""), row.ended_on)
        for row in ready
    ]
    tx.database.executemany(
        "INSERT INTO erasure_line (erasure_id, kind, row_id, participant_id, label, ended_on, held)"
        " VALUES (%s, %s, %s, %s, %s, %s, '')",
        [(*line[:-1], line[-1].isoformat()) for line in lines],
    )
    return number


def _plain(rule: RuleRow) -> dict[str, Any]:
    assert rule.confirmed_at is not None
    return {
        "kind": str(rule.kind),
        "years": rule.years,
        "way": str(rule.way),
        "basis": rule.basis,
        "confirmed_by": rule.confirmed_by,
        "confirmed_on": rule.confirmed_at.astimezone(WIB).date().isoformat(),
    }


def _cards(tx: Transaction, rows: Sequence[Due]) -> dict[int, str]:
    ids = sorted({row.participant_id for row in rows if row.participant_id is not None})
    found: dict[int, str] = {}
    for part in chunks(ids, _CHUNK):
        query = Participant.select(Participant.id, Participant.kpj).where(Participant.id.in_(part))
        found |= {person_id: mask_card(kpj) for person_id, kpj in tx.tuples(query)}
    return found


def listed(tx: Transaction, erasure_id: int, version: int | None, *states: ErasureState) -> dict[str, Any]:
    """The list in one of these states, kept from changing. Raises NotFound, StaleEdit, ErasureRefused(state)."""
    lock(tx)
    found = tx.one(Erasure.select().where(Erasure.id == erasure_id))
    if found is None:
        raise NotFound("erasure", str(erasure_id))
    row = fresh(tx, Erasure, erasure_id, found["version"] if version is None else version)
    if row["state"] not in states:
        raise ErasureRefused(str(ErasureRefusal.STATE), str(erasure_id), row["state"])
    return row


def as_ruled(look: Snapshot, row: dict[str, Any]) -> dict[DataKind, int]:
    """The years by kind under which a list stands. Raises ErasureRefused where a rule of it is another one by now."""
    now = {rule.kind: rule for rule in in_force(look)}
    found = {}
    for plain in json.loads(row["rules"]):
        kind = DataKind(plain["kind"])
        rule = now.get(kind)
        if rule is None or (rule.years, str(rule.way)) != (plain["years"], plain["way"]):
            raise ErasureRefused(str(ErasureRefusal.RULE_CHANGED), str(row["id"]), str(kind))
        found[kind] = int(plain["years"])
    return found


def approve(tx: Transaction, erasure_id: int, version: int) -> None:
    """Raises NotAllowed, PinNeeded, NotFound, StaleEdit, OwnWork for who proposed it, ErasureRefused."""
    require_pin(tx, Permission.APPROVE_ERASURE)
    row = listed(tx, erasure_id, version, ErasureState.PROPOSED)
    if row["made_by"] == tx.actor.staff_id and not tx.actor.alone:
        raise OwnWork(tx.actor.login)
    as_ruled(tx, row)
    tx.audit("erasure.approved", undoable=False)
    values = {"approved_at": tx.now, "approved_by": tx.actor.staff_id}
    tx.update(Erasure, erasure_id, expect=version, state=str(ErasureState.APPROVED), **values)


def drop(tx: Transaction, erasure_id: int, version: int, why: str) -> None:
    """Raises NotAllowed, NotFound, StaleEdit, Invalid without a reason, ErasureRefused for one that was begun."""
    require_work(tx)
    row = listed(tx, erasure_id, version, ErasureState.PROPOSED, ErasureState.APPROVED)
    if row["begun_at"] is not None:
        raise ErasureRefused(str(ErasureRefusal.STATE), str(erasure_id), "begun")
    tx.audit("erasure.dropped", why=told("why", why), undoable=False)
    tx.update(Erasure, erasure_id, expect=version, state=str(ErasureState.DROPPED))


# Reading --------------------------------------------------------------------------------------------------------------


def lists(look: Snapshot) -> list[ErasureRow]:
    """All lists, the newest first. Raises NotAllowed."""
    require_look(look)
    return [_erasure(look, row) for row in look.dicts(_columns().order_by(Erasure.id.desc()))]


def read(look: Snapshot, erasure_id: int) -> ErasureRow | None:
    """One list. Raises NotAllowed."""
    require_look(look)
    row = look.one(_columns().where(Erasure.id == erasure_id))
    return None if row is None else _erasure(look, row)


def lines(look: Snapshot, erasure_id: int, offset: int, limit: int) -> list[LineRow]:
    """Lines of a list in its order. Raises NotAllowed."""
    require_look(look)
    query = ErasureLine.select().where(ErasureLine.erasure_id == erasure_id).order_by(ErasureLine.id)
    return [
        LineRow(
            *(place, DataKind(row["kind"]), row["label"], row["row_id"], row["ended_on"], row["done_at"], row["held"])
        )
        for place, row in enumerate(look.dicts(query.offset(offset).limit(limit)), start=offset + 1)
    ]


def _columns() -> Any:
    maker, approver, doer = Staff.alias(), Staff.alias(), Staff.alias()
    return (
        Erasure.select(Erasure, maker.name.alias("maker"), approver.name.alias("approver"), doer.name.alias("doer"))
        .join(maker, on=(maker.id == Erasure.made_by))
        .join_from(Erasure, approver, JOIN.LEFT_OUTER, on=(approver.id == Erasure.approved_by))
        .join_from(Erasure, doer, JOIN.LEFT_OUTER, on=(doer.id == Erasure.done_by))
    )


def _erasure(look: Snapshot, row: dict[str, Any]) -> ErasureRow:
    return ErasureRow(
        erasure_id=row["id"],
        version=row["version"],
        state=ErasureState(row["state"]),
        made_at=row["made_at"],
        made_by=row["maker"],
        mine=row["made_by"] == look.actor.staff_id,
        rules=tuple(_listed_rule(plain) for plain in json.loads(row["rules"])),
        counts=_counted(look, row["id"]),
        approved_at=row["approved_at"],
        approved_by=row["approver"] or "",
        begun_at=row["begun_at"],
        done_at=row["done_at"],
        done_by=row["doer"] or "",
        note=row["note"],
    )


def _listed_rule(plain: dict[str, Any]) -> ListedRule:
    on = date.fromisoformat(plain["confirmed_on"])
    return ListedRule(
        DataKind(plain["kind"]), plain["years"], Way(plain["way"]), plain["basis"], plain["confirmed_by"], on
    )


def _counted(look: Snapshot, erasure_id: int) -> tuple[ListedCount, ...]:
    query = (
        ErasureLine.select(
            ErasureLine.kind,
            fn.count(ErasureLine.id),
            fn.count(ErasureLine.done_at),
            fn.count(fn.nullif(ErasureLine.held, "")),
            fn.min(ErasureLine.ended_on),
            fn.max(ErasureLine.ended_on),
        )
        .where(ErasureLine.erasure_id == erasure_id)
        .group_by(ErasureLine.kind)
    )
    found = {row[0]: row for row in look.tuples(query)}
    return tuple(
        ListedCount(kind, int(row[1]), int(row[2]), int(row[3] or 0), _as_day(row[4]), _as_day(row[5]))
        for kind in DataKind
        if (row := found.get(kind)) is not None
    )


def _as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
