"""The list behind the card: a window of masked rows, filtered and in serving order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final

from peewee import SQL, NodeList, fn

from store.errors import Invalid, NotFound
from store.leases import living_sessions
from store.masks import mask_number
from store.rows import NOBODYS, ListValue, QueueFilter, QueueRow
from store.rules.outcomes import State
from store.rules.permissions import Permission
from store.schema import Campaign, Hold, Participant, Phone, QueueItem, Session, Staff
from store.search import everybody
from store.snapshot import Snapshot

_COLUMNS: Final[dict[str, tuple[Any, str]]] = {
    "period": (Campaign.period, "period"),
    "kind": (Campaign.kind, "kind"),
    "state": (QueueItem.state, "states"),
    "company": (Participant.company, "company"),
    "pembina": (Participant.pembina, "pembina"),
    "handler": (QueueItem.handler_id, "handler_id"),
    "outcome": (QueueItem.last_outcome, "outcome"),
}
"""What the list can be narrowed by: the column, and the name in the filter."""

_ORDER = (State.CALLBACK, State.RETRY, State.PROMISED, State.NEW, State.LATER, State.CHECK)
_CASES = " ".join(f"WHEN '{state}' THEN {n}" for n, state in enumerate(_ORDER))
_PLACE = NodeList((SQL("CASE"), QueueItem.state, SQL(f"{_CASES} ELSE {len(_ORDER)} END")))
"""In words without values, so that the index over this order (m0019) is known in it."""


def count_rows(look: Snapshot, wanted: QueueFilter) -> int:
    look.require(Permission.SEE_LISTS)
    return int(look.scalar(_filtered(QueueItem.select(fn.count(QueueItem.id)), wanted, look, told=False)))


def list_window(look: Snapshot, wanted: QueueFilter, offset: int, limit: int) -> tuple[int, list[QueueRow]]:
    """How many the filter leaves, and `limit` of them from `offset` on; who was meant by a text is looked up once."""
    look.require(Permission.SEE_LISTS)
    found = _found(look, wanted)
    query = _filtered(QueueItem.select(fn.count(QueueItem.id)), wanted, look, told=False, found=found)
    count = int(look.scalar(query))
    return count, _window(look, wanted, offset, limit, found) if offset < count else []


def list_rows(look: Snapshot, wanted: QueueFilter, offset: int, limit: int) -> list[QueueRow]:
    """`limit` rows from `offset` of what the filter leaves."""
    look.require(Permission.SEE_LISTS)
    return _window(look, wanted, offset, limit, _found(look, wanted))


def _window(look: Snapshot, wanted: QueueFilter, offset: int, limit: int, found: Any) -> list[QueueRow]:
    order = (_PLACE, QueueItem.due_at, QueueItem.waiting_since, QueueItem.kpj)
    window = _filtered(QueueItem.select(QueueItem.id), wanted, look, told=False, found=found).order_by(*order)
    # Whatever stands before the window is put in order, and nothing else is read of it.
    ids = [row[0] for row in look.tuples(window.offset(offset).limit(limit))]
    query = _filtered(_columns(look), QueueFilter(), look).where(look.database.any_of(QueueItem.id, ids))
    return [_row(row) for row in look.dicts(query.order_by(*order))]


def list_ids(look: Snapshot, wanted: QueueFilter) -> dict[int, int]:
    """Everybody whom the filter leaves: queue item -> participant."""
    look.require(Permission.SEE_LISTS)
    query = QueueItem.select(QueueItem.id, QueueItem.participant_id)
    return dict(look.tuples(_filtered(query, wanted, look, told=False)))


def list_values(look: Snapshot, wanted: QueueFilter, field: str) -> list[ListValue]:
    """Every value of a field among the people whom the rest of the filter leaves, most people first.

    `field` is period, kind, state, company, pembina, handler or outcome. Raises NotAllowed, Invalid.
    """
    look.require(Permission.SEE_LISTS)
    if field not in _COLUMNS:
        raise Invalid("field", field, "unknown")
    column, name = _COLUMNS[field]
    cleared: dict[str, Any] = {name: () if name == "states" else None}
    others = replace(wanted, **cleared)
    query = _filtered(QueueItem.select(column, fn.count(QueueItem.id)), others, look).group_by(column)
    names: dict[int, str] = {}
    if field == "handler":
        names = dict(look.tuples(Staff.select(Staff.id, Staff.name)))
    empty: str | int = NOBODYS if field == "handler" else ""
    values = [
        ListValue(empty if value is None else value, people, names.get(value, ""))
        for value, people in look.tuples(query)
    ]
    return sorted(values, key=lambda row: (-row.people, row.title, str(row.value)))


def company_rows(look: Snapshot, participant_id: int) -> list[QueueRow]:
    """The other people of a person's company that are on any list."""
    look.require(Permission.SEE_LISTS)
    person = look.one(Participant.select().where(Participant.id == participant_id))
    if person is None:
        raise NotFound("participant", str(participant_id))
    same = Participant.npp == person["npp"] if person["npp"] else Participant.company == person["company"]
    query = _filtered(_columns(look), QueueFilter(), look).where(same, Participant.id != participant_id)
    return [_row(row) for row in look.dicts(query.order_by(Participant.name_key, Participant.id))]


def _columns(look: Snapshot) -> Any:
    number = Phone.select(Phone.e164).where(Phone.participant_id == QueueItem.participant_id)
    holder = (
        Hold.select(Staff.name)
        .join(Session, on=(Session.id == Hold.session_id))
        .join(Staff, on=(Staff.id == Session.staff_id))
        # What a dead or ended session left behind is free already; the next claim clears it away.
        .where(Hold.item_id == QueueItem.id, Hold.session_id.in_(living_sessions(look)))
        .limit(1)
    )
    return QueueItem.select(
        QueueItem.id,
        QueueItem.participant_id,
        Campaign.period,
        Campaign.kind,
        Participant.name,
        Participant.kpj,
        Participant.company,
        Participant.pembina,
        fn.coalesce(QueueItem.current_number, number.order_by(Phone.position).limit(1), "").alias("number"),
        QueueItem.state,
        QueueItem.due_at,
        holder.alias("holder"),
        QueueItem.last_outcome,
        QueueItem.last_at,
        QueueItem.tries,
        Staff.select(Staff.name).where(Staff.id == QueueItem.handler_id).limit(1).alias("handler"),
    )


def _found(look: Snapshot, wanted: QueueFilter) -> Any:
    """The condition that somebody is meant by the text of the filter; None without a text."""
    if not wanted.text.strip():
        return None
    meant = everybody(look.database, wanted.text, partial(_people_left, look, replace(wanted, text="")))
    return look.database.any_meant(QueueItem.participant_id, meant)


def _filtered(query: Any, wanted: QueueFilter, look: Snapshot, *, told: bool = True, found: Any = None) -> Any:
    """The rows that the filter leaves; `told` when something is told of the person or the campaign as well.

    `found` is the condition of `_found` where somebody has asked already.
    """
    if told or wanted.period or wanted.kind is not None:
        query = query.join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
    if told or wanted.company is not None or wanted.pembina is not None:
        query = query.join_from(QueueItem, Participant, on=(Participant.id == QueueItem.participant_id))
    if wanted.period:
        query = query.where(Campaign.period == wanted.period)
    if wanted.states:
        query = query.where(QueueItem.state.in_(list(wanted.states)))
    for column, value in (
        (Campaign.kind, wanted.kind),
        (Participant.company, wanted.company),
        (Participant.pembina, wanted.pembina),
        (QueueItem.handler_id, wanted.handler_id or None),
        (QueueItem.last_outcome, wanted.outcome or None),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.handler_id == NOBODYS:
        query = query.where(QueueItem.handler_id.is_null())
    if wanted.outcome == "":
        query = query.where(QueueItem.last_outcome.is_null())
    if wanted.due:
        query = query.where(QueueItem.due_at <= look.now)
    meant = _found(look, wanted) if found is None else found
    return query if meant is None else query.where(meant)


def _people_left(look: Snapshot, wanted: QueueFilter) -> list[int]:
    query = _filtered(QueueItem.select(QueueItem.participant_id), wanted, look, told=False)
    return [row[0] for row in look.database.peewee.execute(query).fetchall()]


def _row(row: dict[str, Any]) -> QueueRow:
    return QueueRow(
        item_id=row["id"],
        participant_id=row["participant_id"],
        period=row["period"],
        name=row["name"],
        kpj=row["kpj"],
        company=row["company"],
        pembina=row["pembina"],
        phone_masked=mask_number(row["number"]) if row["number"] else "",
        state=row["state"],
        due_at=row["due_at"],
        holder=row["holder"],
        last_outcome=row["last_outcome"],
        last_at=row["last_at"],
        tries=row["tries"],
        kind=row["kind"],
        handler=row["handler"],
    )
