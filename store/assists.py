"""Help with JMO and Lapak Asik: papers, activation, e-mail, interview and its reminder, result (design.md 3.2).

No password and no code of the participant is kept anywhere: an address made together is handed over, and only that it
was is noted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from store.assist_rows import (
    AssistFigures,
    AssistFilter,
    AssistRow,
    count_rows,
    figures,
    list_rows,
    needed_for,
    read_row,
    rows_of_person,
)
from store.drafts import take_draft
from store.errors import FieldConflict, Invalid, NotFound, NothingToUndo, StaleEdit
from store.follow_ups import FollowUpIn, add
from store.link import Link
from store.office import calendar
from store.rows import UndoRef
from store.rules.assists import (
    EXPLAINED,
    OPEN_RESULTS,
    Activation,
    ClaimReason,
    Need,
    Paper,
    PaperState,
    Result,
    brought_later,
    documents_from_json,
    documents_to_json,
    reminder_of,
)
from store.rules.callbacks import check_callback_time, parse_callback_time
from store.rules.counter import FollowUpState, Origin, Standard
from store.rules.outcomes import Channel
from store.rules.permissions import Permission
from store.rules.text import clean
from store.schema import Assist, AuditChange, Contact, FollowUp, Participant, table_name
from store.stale import changed_since
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class
from store.workbooks.write_out import write_whole

DOCUMENTS = "documents"


@value_class
class AssistIn:
    """Help as it is saved, whole each time. Somebody is a participant, a name, or who the contact speaks of.

    `whom` None leaves the name as it is (a list shows it masked). `activation` None: not asked. `interview_at` is
    aware and inside office hours; JMO has none.
    """

    way: Channel
    reason: ClaimReason = ClaimReason.UNSAID
    participant_id: int | None = None
    whom: str | None = None
    contact_id: int | None = None
    documents: Mapping[Paper, PaperState] = field(default_factory=dict)
    activation: Activation | None = None
    activation_note: str = ""
    email_handed_over: bool = False
    interview_at: datetime | None = None
    result: Result = Result.GOES_ON
    result_note: str = ""
    note: str = ""


@value_class
class AssistSaved:
    """What a save did; `reminder_at` where an interview is ahead, as it stands now."""

    assist_id: int
    version: int
    reminder_at: datetime | None
    undo: UndoRef | None = None


class AssistDesk:
    """`store.assists`: help with a claim, from its beginning to its result."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def begin(self, wanted: AssistIn, draft: str = "") -> AssistSaved:
        """Writes down that somebody is helped, from now on; the draft under this key ends with it ('' for none).

        Raises NotAllowed, NotFound (of kind 'draft' where the person saved it at another terminal), CallbackTimeError
        for an interview outside office hours, and Invalid: nobody named, an interview with JMO, a refusal or an
        unlisted stop without a note. Then nothing was written.
        """
        saved, undo = await self._link.write(_begin, wanted, draft)
        return replace(saved, undo=undo)

    async def save(self, assist_id: int, version: int, wanted: AssistIn) -> AssistSaved:
        """Writes it as it stands on screen, over what was seen as `version`.

        What colleagues changed meanwhile in other fields stays; raises StaleEdit with each field (a paper is one:
        'documents.ktp') that both changed, and then nothing was written. Otherwise raises as `begin`.
        """
        saved, undo = await self._link.write(_save, assist_id, version, wanted)
        return replace(saved, undo=undo)

    async def undo(self) -> AssistRow | None:
        """Takes back the acting person's last save with its reminder; the help as it stands then, None where it began.

        Raises NothingToUndo, UndoRefused with what others changed since.
        """
        return (await self._link.write(_undo))[0]

    async def read(self, assist_id: int) -> AssistRow | None:
        """One as it stands now; None where there is none any more. Raises NotAllowed."""
        return await self._link.read(read_row, assist_id)

    async def of_person(self, participant_id: int) -> list[AssistRow]:
        """All help given to a person, the newest first. Raises NotAllowed."""
        return await self._link.read(rows_of_person, participant_id)

    async def count(self, wanted: AssistFilter) -> int:
        return await self._link.newest("assist-count", count_rows, wanted)

    async def rows(self, wanted: AssistFilter, offset: int, limit: int) -> list[AssistRow]:
        """A window of the list, each with what is missing. Raises NotAllowed."""
        return await self._link.newest("assist-rows", list_rows, wanted, offset, limit)

    async def needed(
        self, way: Channel, reason: ClaimReason = ClaimReason.UNSAID, participant_id: int | None = None
    ) -> Mapping[Paper, Need]:
        """The papers for this way and reason, in the order in which they are asked for."""
        return await self._link.read(needed_for, way, reason, participant_id)

    async def parse_interview(self, text: str) -> datetime:
        """A typed day and hour ('senin 10', '12-8 9.30') as an instant. Raises CallbackTimeError."""
        return await self._link.read(lambda look: parse_callback_time(text, look.now, calendar(look)))

    async def write_slip(self, assist_id: int, path: Path, pdf: bytes) -> None:
        """Writes the slip for somebody helped; the trail keeps who took it. Raises NotFound, FileRefused."""
        await self._link.write(_note_slip, assist_id, path.name)
        await asyncio.to_thread(write_whole, path, pdf)

    async def figures(self, period: str) -> list[AssistFigures]:
        """What help came to, by month and way. Raises NotAllowed, Invalid for a period that cannot be read."""
        return await self._link.read(figures, period)


def _begin(tx: Transaction, wanted: AssistIn, draft: str) -> AssistSaved:
    tx.require(Permission.HELP)
    if draft:
        take_draft(tx, draft)
    values: dict[str, Any] = {"participant_id": None, "contact_id": wanted.contact_id, "whom": "", DOCUMENTS: "{}"}
    values |= _of_contact(tx, wanted.contact_id)
    values = _checked(tx, values, wanted)
    _check_interview(tx, wanted.way, values["interview_at"])
    tx.audit("assist.begin")
    result_at = tx.now if values["result"] else None
    assist_id = tx.insert(Assist, **values, started_at=tx.now, staff_id=tx.actor.staff_id, result_at=result_at)
    return AssistSaved(assist_id, 1, _remind(tx, assist_id, values, moved=True))


def _save(tx: Transaction, assist_id: int, version: int, wanted: AssistIn) -> AssistSaved:
    tx.require(Permission.HELP)
    row = tx.one(tx.database.locked(Assist.select().where(Assist.id == assist_id, ~Assist.undone)))
    if row is None:
        raise NotFound("assist", str(assist_id))
    values = _checked(tx, row, wanted)
    if row["version"] != version:
        values = _merged(tx, row, version, values)
    values[DOCUMENTS] = _brought_later(row[DOCUMENTS], values[DOCUMENTS])
    moved = values["interview_at"] != row["interview_at"]
    if moved or values["way"] != row["way"]:
        _check_interview(tx, values["way"], values["interview_at"], moved=moved)
    if values["result"] != row["result"]:
        values["result_at"] = tx.now if values["result"] else None
    tx.audit("assist.save")
    tx.update(Assist, assist_id, expect=row["version"], **values)
    reopened = row["result"] not in OPEN_RESULTS and values["result"] in OPEN_RESULTS
    reminder_at = _remind(tx, assist_id, values, moved=moved or reopened)
    now = tx.scalar(Assist.select(Assist.version).where(Assist.id == assist_id))
    return AssistSaved(assist_id, int(now), reminder_at)


def _undo(tx: Transaction) -> AssistRow | None:
    tx.require(Permission.HELP)
    audit_id = last_undoable(tx, "assist.begin", "assist.save")
    if audit_id is None:
        raise NothingToUndo()
    lines = AuditChange.select(AuditChange.row_id).where(AuditChange.audit_id == audit_id)
    assist_id = tx.scalar(lines.where(AuditChange.table_name == table_name(Assist)))
    undo_entry(tx, audit_id)
    return read_row(tx, assist_id)


def _note_slip(tx: Transaction, assist_id: int, name: str) -> None:
    tx.require(Permission.HELP)
    row = read_row(tx, assist_id)
    if row is None:
        raise NotFound("assist", str(assist_id))
    tx.audit("export.slip", why=name, undoable=False)
    if row.participant_id is not None:
        tx.note_read(Participant, row.participant_id, "name")


def _of_contact(tx: Transaction, contact_id: int | None) -> dict[str, Any]:
    """Whom a contact speaks of. Raises NotFound."""
    if contact_id is None:
        return {}
    contact = tx.one(Contact.select().where(Contact.id == contact_id, ~Contact.undone))
    if contact is None:
        raise NotFound("contact", str(contact_id))
    return {"participant_id": contact["participant_id"], "whom": contact["caller_name"]}


def _checked(tx: Transaction, row: Mapping[str, Any], wanted: AssistIn) -> dict[str, Any]:
    """The columns as they are wished. Raises Invalid, NotFound."""
    person = wanted.participant_id if wanted.participant_id is not None else row["participant_id"]
    whom = row["whom"] if wanted.whom is None else clean(wanted.whom)
    if person is None and not whom:
        raise Invalid("whom", "", "empty")
    if person is not None and tx.one(Participant.select(Participant.id).where(Participant.id == person)) is None:
        raise NotFound("participant", str(person))
    if wanted.activation is Activation.OTHER and not clean(wanted.activation_note):
        raise Invalid("activation_note", "", "empty")
    if wanted.result in EXPLAINED and not clean(wanted.result_note):
        raise Invalid("result_note", "", "empty")
    return {
        "participant_id": person,
        "contact_id": row["contact_id"],
        "whom": whom,
        "way": Channel(wanted.way),
        "reason": ClaimReason(wanted.reason),
        DOCUMENTS: documents_to_json(wanted.documents),
        "activation": wanted.activation or "",
        "activation_note": clean(wanted.activation_note),
        "email_handed_over": wanted.email_handed_over,
        "interview_at": wanted.interview_at,
        "result": Result(wanted.result),
        "result_note": clean(wanted.result_note),
        "note": clean(wanted.note),
    }


def _check_interview(tx: Transaction, way: str, interview_at: datetime | None, *, moved: bool = True) -> None:
    """Raises Invalid for an interview with JMO, which has none (domain.md 2.8), CallbackTimeError outside hours."""
    if interview_at is None:
        return
    if way == Channel.JMO:
        raise Invalid("interview_at", way, "no-interview")
    if moved:
        check_callback_time(interview_at, tx.now, calendar(tx))


def _merged(tx: Transaction, row: Mapping[str, Any], version: int, mine: dict[str, Any]) -> dict[str, Any]:
    """My wishes with what colleagues did in other fields. Raises StaleEdit for what both of us changed."""
    merged, conflicts = dict(mine), []
    for change in changed_since(tx, Assist, row, version, mine):
        if change.field not in mine:
            continue
        if change.field == DOCUMENTS:
            merged[DOCUMENTS], both = _merged_papers(change)
            conflicts += both
        elif change.mine == change.original:
            merged[change.field] = change.theirs
        elif change.mine != change.theirs:
            conflicts.append(change)
    if conflicts:
        raise StaleEdit("assist", row["id"], tuple(conflicts))
    return merged


def _merged_papers(change: FieldConflict) -> tuple[str, list[FieldConflict]]:
    """The papers of both, and those about which we do not agree, each as a field of its own."""
    was, theirs = documents_from_json(change.original), documents_from_json(change.theirs)
    mine = documents_from_json(_brought_later(change.original, change.mine))
    merged, conflicts = dict(mine), []
    for paper in Paper:
        original, wished, found = was.get(paper), mine.get(paper), theirs.get(paper)
        if wished != original and found not in (original, wished):
            field_name = f"{DOCUMENTS}.{paper}"
            conflicts.append(FieldConflict(field_name, original, wished, found, change.by, change.at))
        elif wished == original and found is None:
            merged.pop(paper, None)
        elif wished == original and found is not None:
            merged[paper] = found
    return documents_to_json(merged), conflicts


def _brought_later(before: str, now: str) -> str:
    """The papers of `now`, those that were missing before and are there as brought later."""
    known = documents_from_json(before)
    return documents_to_json({p: brought_later(known.get(p), state) for p, state in documents_from_json(now).items()})


def _remind(tx: Transaction, assist_id: int, values: Mapping[str, Any], *, moved: bool) -> datetime | None:
    """Makes, moves or ends the reminder of the interview; when it is due, None where none is open."""
    reminder = tx.one(
        FollowUp.select()
        .where(FollowUp.assist_id == assist_id, FollowUp.what == Standard.INTERVIEW)
        .where(FollowUp.state == FollowUpState.OPEN, ~FollowUp.undone)
        .order_by(FollowUp.id.desc())
    )
    interview_at = values["interview_at"]
    if interview_at is None or values["result"] not in OPEN_RESULTS:
        if reminder is not None:
            done = interview_at is not None and values["result"] != Result.GAVE_UP
            state = FollowUpState.DONE if done else FollowUpState.DROPPED
            tx.update(FollowUp, reminder["id"], state=state, done_at=tx.now, done_by=tx.actor.staff_id)
        return None
    about = {"participant_id": values["participant_id"], "whom": values["whom"]}
    if not moved or interview_at <= tx.now:
        return None if reminder is None else tx.update(FollowUp, reminder["id"], **about)["due_at"]
    due_at = reminder_of(interview_at, tx.now, calendar(tx))
    if reminder is not None:
        tx.update(FollowUp, reminder["id"], due_at=due_at, **about)
    else:
        add(
            tx,
            FollowUpIn(
                Standard.INTERVIEW,
                Origin.ASSIST,
                due_at,
                staff_id=tx.actor.staff_id,
                **about,
                assist_id=assist_id,
            ),
        )
    return due_at
