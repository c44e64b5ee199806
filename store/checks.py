"""Cek status klaim: people are looked up in Smile before they are called, and again when they say they have claimed.

Smile often stands still, so the list can be parked; it goes on at the same person.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from peewee import JOIN, SQL, NodeList, fn

from store.campaigns import close_items
from store.drafts import clear_draft, keep_draft
from store.errors import NotFound, NothingToUndo, StaleEdit
from store.link import Link
from store.rules.outcomes import DoneReason, State
from store.rules.permissions import Permission
from store.schema import AuditChange, Campaign, Draft, Participant, QueueItem
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class

ANSWER, PARKED, OPEN = "check.answer", "check-parked", "check-open"

OPEN_FOR = timedelta(minutes=15)
"""So long after the last key a person stays with whoever is looking them up; nobody else is shown them."""


class SmileSays(StrEnum):
    """What Smile says of a claim."""

    CLAIMED = "claimed"
    NOT_CLAIMED = "not_claimed"
    NOT_FOUND = "not_found"


@value_class
class CheckRow:
    """Somebody to look up: KPJ and NIK whole, since they have to be typed into Smile."""

    participant_id: int
    item_id: int
    period: str
    name: str
    kpj: str
    nik: str | None
    company: str
    said_at: datetime | None  # when they said that they have claimed
    checked_at: datetime | None
    parked: bool  # the list went on standing still here


@value_class
class CheckCounts:
    """How many have to be looked up, how many of them say they have claimed, how many colleagues have in front of
    them, how many were looked up today, and whether the acting person's list stands still because Smile does."""

    waiting: int
    say_claimed: int
    done_today: int
    with_others: int = 0
    parked: bool = False


class CheckDesk:
    """`store.checks`: the list of people to look up."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def counts(self) -> CheckCounts:
        return await self._link.read(_counts)

    async def next(self, *, skip: int | None = None) -> CheckRow | None:
        """Whoever the list was parked at, else the next one; `skip` goes past a person without an answer.

        Two who work on the list are not shown the same person. Raises NotAllowed.
        """
        return (await self._link.write(_open_next, skip))[0]

    async def still(self, row: CheckRow) -> CheckRow | None:
        """The person as they stand now, or None when they need not be looked up any more."""
        return await self._link.read(_still, row.participant_id)

    async def leave(self) -> None:
        """The acting person stops looking people up; whoever was in front is free for others."""
        await self._link.write(clear_draft, OPEN)

    async def answer(self, row: CheckRow, says: SmileSays) -> CheckRow | None:
        """Records what Smile says and gives the next person. Who has claimed leaves the call lists.

        Raises NotAllowed, NotFound, and StaleEdit when somebody else recorded it meanwhile.
        """
        return (await self._link.write(_answer, row, says))[0]

    async def park(self, row: CheckRow) -> None:
        """Smile stands still: the list goes on at this person next time."""
        await self._link.write(_park, row.participant_id)

    async def undo(self) -> CheckRow:
        """Takes back the acting person's last answer and shows that person again. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo))[0]


# In words without values, so that the index over this list in its order (m0023) is known in them.
_ASKED: Final = NodeList(
    (QueueItem.state, SQL(f"IN ('{State.NEW}', '{State.WITHOUT_NUMBER}', '{State.CHECK}')")),
)
_JHT56: Final = Campaign.select(Campaign.id).where(Campaign.kind == "jht56")
_SAYS_FIRST: Final = NodeList((SQL("CASE"), QueueItem.state, SQL(f"WHEN '{State.CHECK}' THEN 0 ELSE 1 END")))
"""Whoever says that they have claimed comes first: they are not called until it is known."""


def _waiting(query: Any) -> Any:
    """People of JHT 56 lists whom nobody has looked up yet, or who said since that they have claimed."""
    since = (QueueItem.state != State.CHECK) | QueueItem.last_at.is_null()
    known = Participant.alias()
    looked_up = known.select(known.id).where(
        known.id == QueueItem.participant_id,
        known.claim_checked_at.is_null(False),
        since | (known.claim_checked_at > QueueItem.last_at),
    )
    joined = query.join_from(QueueItem, Campaign, on=(Campaign.id == QueueItem.campaign_id))
    return joined.where(Campaign.kind == "jht56", _ASKED, ~fn.EXISTS(looked_up))


def _columns() -> Any:
    query = QueueItem.select(
        QueueItem.id.alias("item_id"),
        Campaign.period,
        Participant.id.alias("participant_id"),
        Participant.name,
        Participant.kpj,
        Participant.nik,
        Participant.company,
        Participant.claim_said_at,
        Participant.claim_checked_at,
    )
    query = query.join(Participant, on=(Participant.id == QueueItem.participant_id))
    return _waiting(query).order_by(_SAYS_FIRST, QueueItem.waiting_since, QueueItem.kpj)


def _row(row: dict[str, Any], parked: int | None) -> CheckRow:
    return CheckRow(
        participant_id=row["participant_id"],
        item_id=row["item_id"],
        period=row["period"],
        name=row["name"],
        kpj=row["kpj"],
        nik=row["nik"],
        company=row["company"],
        said_at=row["claim_said_at"],
        checked_at=row["claim_checked_at"],
        parked=row["participant_id"] == parked,
    )


def _counts(look: Snapshot) -> CheckCounts:
    look.require(Permission.CALL)
    asked, looked_up = _asked(look), _looked_up(look)
    done = look.scalar(
        Participant.select(fn.count(Participant.id)).where(Participant.claim_checked_at >= look.day_start)
    )
    elsewhere = _waiting(QueueItem.select(fn.count(QueueItem.id))).where(
        QueueItem.participant_id.in_(_with_others(look))
    )
    return CheckCounts(
        sum(asked.values()) - sum(looked_up.values()),
        asked.get(State.CHECK, 0) - looked_up.get(State.CHECK, 0),
        int(done),
        int(look.scalar(elsewhere)),
        _parked(look) is not None,
    )


# Of a long list nobody may have been looked up: counted apart, neither is read line by line.
def _asked(look: Snapshot) -> dict[str, int]:
    """How many lines of JHT 56 lists ask for it at all, by state."""
    query = QueueItem.select(QueueItem.state, fn.count(QueueItem.id)).where(_ASKED, QueueItem.campaign_id.in_(_JHT56))
    return dict(look.tuples(query.group_by(QueueItem.state)))


def _looked_up(look: Snapshot) -> dict[str, int]:
    """Of how many of these it is known: beginning with those who were looked up, whatever their lists."""
    known = (QueueItem.state != State.CHECK) | QueueItem.last_at.is_null()
    query = (
        Participant.select(QueueItem.state, fn.count(QueueItem.id))
        .join(QueueItem, JOIN.CROSS)  # in this order
        .where(
            QueueItem.participant_id == Participant.id,
            Participant.claim_checked_at.is_null(False),
            known | (Participant.claim_checked_at > QueueItem.last_at),
            _ASKED,
            NodeList((SQL("+"), QueueItem.campaign_id, SQL("IN"), _JHT56)),  # by the person, not by each list
        )
    )
    return dict(look.tuples(query.group_by(QueueItem.state)))


def _with_others(look: Snapshot) -> list[int]:
    """The people whom colleagues have in front of them."""
    theirs = Draft.select(Draft.body).where(
        Draft.key == OPEN, Draft.staff_id != look.actor.staff_id, Draft.saved_at > look.now - OPEN_FOR
    )
    return [int(body) for (body,) in look.tuples(theirs)]


def _parked(look: Snapshot) -> int | None:
    row = look.one(Draft.select(Draft.body).where(Draft.staff_id == look.actor.staff_id, Draft.key == PARKED))
    return int(row["body"]) if row else None


def _next(look: Snapshot, skip: int | None) -> CheckRow | None:
    parked = _parked(look)
    query = _columns().where(Participant.id.not_in(_with_others(look)))
    if skip is not None:
        others = query.where(Participant.id != skip)
        behind = _behind(look, skip)
        row = (look.one(others.where(behind)) if behind is not None else None) or look.one(others)
    elif parked is not None:
        row = look.one(query.where(Participant.id == parked)) or look.one(query)
    else:
        row = look.one(query)
    return None if row is None else _row(row, parked)


def _behind(look: Snapshot, participant_id: int) -> Any:
    """What is true of everybody who stands behind this person on the list; None when they are not on it."""
    place = (_SAYS_FIRST.alias("says"), QueueItem.waiting_since, QueueItem.kpj)
    at = look.one(_waiting(QueueItem.select(*place)).where(QueueItem.participant_id == participant_id))
    if at is None:
        return None
    later = (QueueItem.waiting_since > at["waiting_since"]) | (
        (QueueItem.waiting_since == at["waiting_since"]) & (QueueItem.kpj > at["kpj"])
    )
    return NodeList((_SAYS_FIRST, SQL(">"), at["says"])) | (NodeList((_SAYS_FIRST, SQL("="), at["says"])) & later)


def _still(look: Snapshot, participant_id: int) -> CheckRow | None:
    look.require(Permission.CALL)
    row = look.one(_columns().where(Participant.id == participant_id))
    return None if row is None else _row(row, _parked(look))


def _open_next(tx: Transaction, skip: int | None) -> CheckRow | None:
    tx.require(Permission.CALL)
    return _opened(tx, _next(tx, skip))


def _opened(tx: Transaction, row: CheckRow | None) -> CheckRow | None:
    """Notes that the acting person has this one in front of them."""
    if row is None:
        clear_draft(tx, OPEN)
    else:
        keep_draft(tx, OPEN, str(row.participant_id))
    return row


def _answer(tx: Transaction, row: CheckRow, says: SmileSays) -> CheckRow | None:
    tx.require(Permission.CALL)
    item = tx.one(tx.database.locked(QueueItem.select().where(QueueItem.id == row.item_id)))
    if item is None:
        raise NotFound("queue_item", str(row.item_id))
    if _still(tx, row.participant_id) is None:
        raise StaleEdit("participant", row.participant_id)
    # Who stands behind this person: whoever was skipped is not shown again at once.
    follows = _next(tx, row.participant_id)
    tx.audit(ANSWER)
    changes: dict[str, Any] = {"claim_checked_at": tx.now, "claim_check": says}
    if says is not SmileSays.NOT_FOUND:
        changes["claimed"] = says is SmileSays.CLAIMED
    tx.update(Participant, row.participant_id, **changes)
    if says is SmileSays.CLAIMED:
        close_items(tx, row.participant_id, DoneReason.CLAIMED)
    elif item["state"] == State.CHECK:
        # They said they had claimed and Smile knows of none: they are called again.
        tx.update(QueueItem, row.item_id, state=State.RETRY, due_at=tx.now, not_part=None)
    clear_draft(tx, PARKED)
    return _opened(tx, follows or _next(tx, None))


def _park(tx: Transaction, participant_id: int) -> None:
    tx.require(Permission.CALL)
    keep_draft(tx, PARKED, str(participant_id))
    clear_draft(tx, OPEN)


def _undo(tx: Transaction) -> CheckRow:
    tx.require(Permission.CALL)
    audit_id = last_undoable(tx, ANSWER)
    if audit_id is None:
        raise NothingToUndo()
    change = tx.one(
        AuditChange.select().where(AuditChange.audit_id == audit_id, AuditChange.table_name == "participant")
    )
    assert change is not None
    undo_entry(tx, audit_id)
    row = tx.one(_columns().where(Participant.id == change["row_id"]))
    if row is None:
        raise NotFound("participant", str(change["row_id"]))
    shown = _row(row, None)
    _opened(tx, shown)
    return shown
