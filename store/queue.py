"""The telephone queue: one person at a time under a lease, one key an outcome, each taken back by one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any

from store.attempts import Tried, obstacle_due, record
from store.campaigns import add_people, make_campaign, statuses
from store.cards import NOTE_DRAFT, build_card, build_nothing
from store.database import Database
from store.drafts import clear_draft, keep_draft
from store.errors import Conflict, LeaseLost, NotCallable, NotFound, NothingToUndo, UndoRefused
from store.leases import (
    EVERYTHING,
    Serving,
    claim_next,
    free_the_dead,
    held_item,
    hold,
    holder_of,
    release,
    spend,
    touch,
)
from store.link import Link
from store.lists import company_rows, count_rows, list_ids, list_rows, list_values, list_window
from store.office import calendar, presets
from store.rows import CampaignStatus, Card, ListValue, Nothing, QueueFilter, QueueRow, Served, Undone
from store.rules.callbacks import callback_presets, parse_callback_time
from store.rules.outcomes import Outcome, State
from store.rules.permissions import Permission
from store.schema import Attempt, AuditChange, Participant, Phone, QueueItem
from store.statements import statement
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry

OUTCOME, LATE = "queue.outcome", "queue.outcome-late"
_TOUCH_EVERY = 60.0  # seconds


class QueueDesk:
    """`store.queue`: serving the call list."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._touched: float | None = None
        self._serving = EVERYTHING
        self._birth_date_shown: tuple[int, int] | None = None  # item and token it was asked for

    async def status(self) -> list[CampaignStatus]:
        """How far each campaign is (contracts.md `queue status`)."""
        return await self._link.read(statuses)

    async def new_campaign(self, kind: str, period: str) -> int:
        """Makes or extends the campaign of a period; the number of people added. Raises NotAllowed, Invalid."""
        return (await self._link.write(make_campaign, kind, period))[0]

    async def claim(self) -> Card | Nothing:
        """The person this session holds, else the next one, now held; or why there is nobody. Raises NotAllowed."""
        return (await self._link.write(_claim, self._serving))[0]

    async def claim_item(self, item_id: int) -> Card:
        """Exactly this person, for somebody who rings back; whoever the session holds goes back to the queue.

        Raises NotAllowed, NotFound, and NotCallable: held by somebody, a shared number that is held, done, no number.
        """
        return (await self._link.write(_claim_item, item_id))[0]

    def serve_only(self, kind: str | None = None, period: str | None = None) -> None:
        """From now on only people of this kind and period are served; without arguments everybody."""
        self._serving = Serving(kind, period)

    async def add_people(self, kind: str, participant_ids: Sequence[int], matter: str) -> int:
        """Puts people on this month's list of a kind other than JHT 56; how many. Raises NotAllowed, Invalid."""
        return (await self._link.write(add_people, kind, participant_ids, matter))[0]

    async def outcome(
        self, card: Card, outcome: Outcome, *, detail: str = "", callback_at: datetime | None = None, note: str = ""
    ) -> Served:
        """Records how the attempt ended, gives the person back and holds the next one: one transaction.

        When the lease was lost in the meantime the attempt is kept as history without effect (`Served.applied` False).
        Raises NotAllowed, CallbackTimeError, DecisionError; then nothing was written.
        """
        served, undo = await self._link.write(_outcome, card, outcome, detail, callback_at, note, self._serving)
        return replace(served, undo=undo if served.applied else None)

    async def undo(self) -> Undone:
        """Takes the acting person's last outcome back, to any depth, and holds that person again.

        Whoever is on screen goes back to the queue. Raises NothingToUndo, and UndoRefused with what changed since.
        """
        return (await self._link.write(_undo))[0]

    async def put_back(self, card: Card) -> None:
        """Gives the person back without an outcome; a lease that is gone already is no fault."""
        await self._link.write(_put_back, card)

    async def verify_right_party(self, card: Card) -> Card:
        """The person said their birth date rightly: balance and advice may be shown. Recorded. Raises LeaseLost."""
        return await self._reread(card, _verify_right_party)

    async def show_birth_date(self, card: Card) -> Card:
        """Shows the birth date, after noting in the trail that it was looked at. Raises LeaseLost."""
        await self._link.write(_note_birth_date, card)
        self._birth_date_shown = (card.item_id, card.token)
        return await self._card(card)

    async def still_working(self, card: Card) -> Card:
        """Notes, or takes off, that the person is still at work; such people may claim too. Raises LeaseLost."""
        return await self._reread(card, _still_working)

    async def set_note(self, card: Card, text: str) -> Card:
        """Keeps the note for the coming outcome as a draft."""
        await self._link.write(_set_note, card, text)
        return replace(card, note=text)

    async def choose_number(self, card: Card, e164: str) -> Card:
        """Rings another number of the same person. Raises LeaseLost, NotFound."""
        return await self._reread(card, _choose_number, e164)

    async def touch(self) -> None:
        """A key was pressed: the lease runs anew. Written once a minute at most."""
        now = monotonic()  # a practice office may stand still in time, its leases do not
        if self._touched is None or now - self._touched >= _TOUCH_EVERY:
            self._touched = now
            await self._link.write(touch)

    async def company_people(self, card: Card) -> list[QueueRow]:
        """The other people of the same company on any list (same NPP, else same name)."""
        return await self._link.read(company_rows, card.participant_id)

    async def count(self, wanted: QueueFilter) -> int:
        return await self._link.newest("queue-count", count_rows, wanted)

    async def window(self, wanted: QueueFilter, offset: int, limit: int) -> tuple[int, list[QueueRow]]:
        """How many the list has, and a window of it as `rows` gives it, of one instant."""
        return await self._link.newest("queue-rows", list_window, wanted, offset, limit)

    async def rows(self, wanted: QueueFilter, offset: int, limit: int) -> list[QueueRow]:
        """A window of the list, masked, in serving order."""
        return await self._link.newest("queue-rows", list_rows, wanted, offset, limit)

    async def ids(self, wanted: QueueFilter) -> dict[int, int]:
        """Everybody whom the filter leaves: queue item -> participant. Raises NotAllowed."""
        return await self._link.read(list_ids, wanted)

    async def values(self, wanted: QueueFilter, field: str) -> list[ListValue]:
        """Values of a field among the people whom the rest of the filter leaves. Raises NotAllowed, Invalid."""
        return await self._link.read(list_values, wanted, field)

    async def callback_presets(self) -> dict[str, datetime]:
        """The openings that the preset keys 1–5 will really be."""
        return await self._link.read(lambda look: callback_presets(look.now, calendar(look), presets(look)))

    async def parse_callback(self, text: str) -> datetime:
        """A typed time as an instant; raises CallbackTimeError with the nearest one that is possible."""
        return await self._link.read(lambda look: parse_callback_time(text, look.now, calendar(look)))

    async def _reread(self, card: Card, change: Any, *args: Any) -> Card:
        await self._link.write(change, card, *args)
        return await self._card(card)

    async def _card(self, card: Card) -> Card:
        shown = self._birth_date_shown == (card.item_id, card.token)
        return await self._link.read(build_card, card.item_id, birth_date_shown=shown)


def _claim(tx: Transaction, serving: Serving) -> Card | Nothing:
    tx.require(Permission.CALL)
    item_id = held_item(tx, tx.session_id)
    return _serve_next(tx, serving) if item_id is None else build_card(tx, item_id)


def _claim_item(tx: Transaction, item_id: int) -> Card:
    tx.require(Permission.CALL)
    item = _item(tx, item_id)
    present = held_item(tx, tx.session_id)
    if present == item_id:
        return build_card(tx, item_id)
    if item["state"] == State.DONE:
        raise NotCallable(item_id, "done")
    free_the_dead(tx)
    if present is not None:
        release(tx, present, tx.session_id)
    if not hold(tx, item_id):
        holder = holder_of(tx, item_id)
        raise NotCallable(item_id, "held", *holder) if holder else NotCallable(item_id, "shared-number")
    card = build_card(tx, item_id)
    if not any(number.current for number in card.numbers):
        raise NotCallable(item_id, "no-number")
    return card


def _serve_next(tx: Transaction, serving: Serving) -> Card | Nothing:
    item_id = claim_next(tx, calendar(tx).day_part(tx.now), serving)
    return build_nothing(tx) if item_id is None else build_card(tx, item_id)


@statement
def _locked_item(database: Database, item_id: Any) -> Any:
    return database.locked(QueueItem.select().where(QueueItem.id == item_id))


def _item(tx: Transaction, item_id: int) -> dict[str, Any]:
    row = tx.one(_locked_item(item_id))
    if row is None:
        raise NotFound("queue_item", str(item_id))
    return row


def _is_mine(tx: Transaction, item: dict[str, Any], token: int) -> bool:
    """Nobody has claimed since: the lease stands, or ran out without anyone taking the person."""
    return item["lease_token"] == token and item["lease_session"] in (tx.session_id, None)


def _require_lease(tx: Transaction, card: Card) -> dict[str, Any]:
    tx.require(Permission.CALL)
    item = _item(tx, card.item_id)
    if not _is_mine(tx, item, card.token):
        name, since = holder_of(tx, card.item_id) or (None, None)
        raise LeaseLost(card.item_id, name, since)
    return item


def _outcome(
    tx: Transaction,
    card: Card,
    outcome: Outcome,
    detail: str,
    callback_at: datetime | None,
    note: str,
    serving: Serving,
) -> Served:
    tx.require(Permission.CALL)
    item = _item(tx, card.item_id)
    applied = _is_mine(tx, item, card.token)
    number = next((n.e164 for n in card.numbers if n.current), None)
    tx.audit(OUTCOME if applied else LATE, undoable=applied)
    made = Tried(outcome, detail, callback_at, note, number)
    state, due_at = record(tx, item, made, applied=applied)
    if applied:
        spend(tx, card.item_id)
    clear_draft(tx, f"{NOTE_DRAFT}{card.item_id}")
    held = held_item(tx, tx.session_id)
    return Served(
        name=card.name,
        outcome=outcome,
        state=state,
        due_at=due_at,
        applied=applied,
        undo=None,
        next=_serve_next(tx, serving) if held is None else build_card(tx, held),
        follow_up_due=obstacle_due(tx) if applied and outcome is Outcome.OBSTACLE else None,
    )


def _undo(tx: Transaction) -> Undone:
    tx.require(Permission.CALL)
    audit_id = last_undoable(tx, OUTCOME)
    if audit_id is None:
        raise NothingToUndo()
    line = tx.one(AuditChange.select().where(AuditChange.audit_id == audit_id, AuditChange.table_name == "attempt"))
    assert line is not None
    attempt = tx.dicts(Attempt.select().where(Attempt.id == line["row_id"]))[0]
    item = _item(tx, attempt["item_id"])
    free_the_dead(tx)
    holder = holder_of(tx, item["id"])
    present = held_item(tx, tx.session_id)
    if holder is not None and present != item["id"]:
        held = Conflict("queue_item", item["id"], "lease_session", None, "held", *holder)
        raise UndoRefused(OUTCOME, (held,))
    if present is not None:
        release(tx, present, tx.session_id)
    undo_entry(tx, audit_id)
    if not hold(tx, item["id"]):
        raise UndoRefused(OUTCOME, (Conflict("queue_item", item["id"], "number", None, "held"),))
    if attempt["note"]:
        keep_draft(tx, f"{NOTE_DRAFT}{item['id']}", attempt["note"])
    card = build_card(tx, item["id"])
    return Undone(card.name, attempt["outcome"], card)


def _put_back(tx: Transaction, card: Card) -> None:
    release(tx, card.item_id, tx.session_id)


def _verify_right_party(tx: Transaction, card: Card) -> None:
    _require_lease(tx, card)
    tx.audit("queue.right-party", undoable=False)
    tx.update(QueueItem, card.item_id, right_party=True)


def _note_birth_date(tx: Transaction, card: Card) -> None:
    item = _require_lease(tx, card)
    tx.require(Permission.SEE_HELD_PERSON)
    tx.audit("reveal", undoable=False)
    tx.note_read(Participant, item["participant_id"], "birth_date")


def _still_working(tx: Transaction, card: Card) -> None:
    item = _require_lease(tx, card)
    tx.audit("participant.still-working")
    tx.update(Participant, item["participant_id"], still_working_at=None if card.still_working else tx.now)


def _set_note(tx: Transaction, card: Card, text: str) -> None:
    tx.require(Permission.CALL)
    keep_draft(tx, f"{NOTE_DRAFT}{card.item_id}", text)


def _choose_number(tx: Transaction, card: Card, e164: str) -> None:
    item = _require_lease(tx, card)
    owned = Phone.select().where(Phone.participant_id == item["participant_id"], Phone.e164 == e164)
    if tx.one(owned) is None:
        raise NotFound("phone", e164)
    # Whose turn it is is not data about the person; the attempt itself says which number was rung.
    tx.execute(QueueItem.update(current_number=e164).where(QueueItem.id == card.item_id))
