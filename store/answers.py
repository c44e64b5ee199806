"""Quick answers: the office's own texts, what their fields are filled with, and what may be said of one person."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from store.errors import Invalid, NotFound, NothingToUndo, StaleEdit
from store.link import Link
from store.office import calendar, jmo_limits, setting
from store.rows import UndoRef
from store.rules.answers import (
    FIELDS,
    LANGUAGES,
    LONGEST_LINE,
    NO_TOPICS,
    AnswerRow,
    AnswerText,
    Dated,
    Telling,
    fits,
    limit_on,
    merge,
    pension_age_on,
    telling,
)
from store.rules.counter import Caller, FollowUpState, Topic
from store.rules.eligibility import ChannelAdvice, Document, channel_advice, documents_for_jht56
from store.rules.hours import OfficeCalendar
from store.rules.permissions import Permission
from store.rules.script import check_script
from store.schema import Answer, Attempt, AuditChange, Contact, FollowUp, Participant, QueueItem, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class
from store.workbooks.write_out import write_whole

_ACTIONS: Final = ("answer.save", "answer.reset", "answer.remove")
_OWN: Final = re.compile("own-([0-9]+)")


@value_class
class SavedAnswer:
    """Where a saved text stands now; `undo` is None when nothing was changed."""

    key: str
    version: int
    undo: UndoRef | None


@value_class
class AnswerFacts:
    """What the fields of an answer are filled with: the office as it has been set, and the dated matters of today."""

    calendar: OfficeCalendar
    address: str
    phone: str
    way: str
    jmo_limit: Dated  # whole rupiah
    pension_age: Dated  # years


@value_class
class LastTalk:
    """The last time somebody spoke, or tried to: a call that went out (`outcome`), or one that came in (`topic`)."""

    at: datetime
    by: str
    outcome: str
    topic: str = ""


@value_class
class OpenPromise:
    """A follow-up that is still open: what, until when, and whose it is (a name, else a section, else '')."""

    what: str
    due_at: datetime
    whose: str


@value_class
class PersonAnswer:
    """What may be said of one person now; everything but `telling` is empty until it may be told.

    `advice` is a code of `store.rules.eligibility.ChannelAdvice`, None where no claim of their own is to be made.
    No amount is among it: what of a balance may be shown stands on the card.
    """

    telling: Telling
    name: str = ""
    advice: ChannelAdvice | None = None
    jmo_limit: int | None = None
    documents: tuple[Document, ...] = ()
    claimed: bool | None = None
    claim_checked_at: datetime | None = None
    claim_said_at: datetime | None = None
    deceased: bool = False
    list_state: str | None = None  # on the newest call list they are on
    list_due_at: datetime | None = None
    last_call: LastTalk | None = None
    last_contact: LastTalk | None = None
    follow_ups: tuple[OpenPromise, ...] = ()


class AnswerDesk:
    """`store.answers`: read by everybody who sees lists, written by heads and administrators."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def list(
        self, topic: str | None, language: str, built_in: Sequence[AnswerText] = ()
    ) -> tuple[AnswerRow, ...]:
        """The answers of a topic (None: all) in a language; `built_in` are the words of Loket in that language."""
        return await self._link.read(_list, topic, language, built_in)

    async def search(
        self,
        text: str,
        language: str,
        built_in: Sequence[AnswerText] = (),
        *,
        topic: str | None = None,
        topics: Mapping[str, str] = NO_TOPICS,
    ) -> tuple[AnswerRow, ...]:
        """Those that have every typed word in title, body, source or topic; `topics` says what topics are called."""
        rows = await self._link.newest("answer-search", _list, topic, language, built_in)
        return tuple(row for row in rows if fits(row.text, text, topics))

    async def facts(self) -> AnswerFacts:
        """What the fields are filled with."""
        return await self._link.read(_facts)

    async def for_person(self, participant_id: int, right_party: bool, caller: str = Caller.SELF) -> PersonAnswer:
        """What may be said of a person to a caller. Raises NotFound, NotAllowed.

        Before the right-party check, and ever to somebody who asks for another, it holds nothing of the person.
        """
        return await self._link.read(_for_person, participant_id, right_party, caller)

    async def save(self, text: AnswerText, *, expect: int | None = None) -> SavedAnswer:
        """Writes the office's own text; an empty `key` is a new answer.

        `expect` is the version that was seen, None where the words of Loket stood: raises StaleEdit when somebody wrote
        since, ScriptError for a body that cannot be shown, Invalid for title, topic or language, NotAllowed.
        """
        (key, version), undo = await self._link.write(_save, text, expect)
        return SavedAnswer(key, version, undo)

    async def reset(self, key: str, language: str) -> UndoRef | None:
        """The words of Loket again in this language. Raises NotFound where they hold already."""
        return (await self._link.write(_drop, "answer.reset", key, language))[1]

    async def remove(self, key: str) -> UndoRef | None:
        """Takes an answer of the office away, in every language. Raises NotFound."""
        return (await self._link.write(_drop, "answer.remove", key, None))[1]

    async def undo(self) -> str:
        """Takes the acting person's last change of an answer back; its title. Raises NothingToUndo, UndoRefused."""
        return (await self._link.write(_undo))[0]

    async def write_pages(self, path: Path, pdf: bytes) -> None:
        """Writes an answer on paper; the trail keeps who took it. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_pages, path.name)
        await asyncio.to_thread(write_whole, path, pdf)


def _list(look: Snapshot, topic: str | None, language: str, built_in: Sequence[AnswerText]) -> tuple[AnswerRow, ...]:
    look.require(Permission.SEE_LISTS)
    own = [(_text(row), int(row["version"])) for row in look.dicts(Answer.select().order_by(Answer.id))]
    rows = merge(built_in, own, language, look.today)
    return tuple(row for row in rows if topic is None or row.text.topic == topic)


def _text(row: Mapping[str, Any]) -> AnswerText:
    names = ("key", "language", "topic", "title", "body", "source", "valid_until")
    return AnswerText(**{name: row[name] for name in names})


def _facts(look: Snapshot) -> AnswerFacts:
    look.require(Permission.SEE_LISTS)
    address, phone, way = (str(setting(look, f"office.{name}")) for name in ("address", "phone", "way"))
    limit = limit_on(jmo_limits(look), look.today)
    return AnswerFacts(calendar(look), address, phone, way, limit, pension_age_on(look.today))


# Writing --------------------------------------------------------------------------------------------------------------


def _one_at_a_time(tx: Transaction) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    tx.database.lock_name("answers")


def _save(tx: Transaction, text: AnswerText, expect: int | None) -> tuple[str, int]:
    _one_at_a_time(tx)
    _check(text)
    key = text.key or _new_key(tx)
    values = {
        "topic": text.topic,
        "title": text.title.strip(),
        "body": text.body,
        "source": text.source.strip(),
        "valid_until": text.valid_until,
    }
    row = tx.one(Answer.select().where(Answer.key == key, Answer.language == text.language))
    if (None if row is None else row["version"]) != expect:
        raise StaleEdit("answer", 0 if row is None else row["id"])
    tx.audit("answer.save")
    if row is None:
        tx.insert(Answer, key=key, language=text.language, **values)
        return key, 1
    tx.update(Answer, row["id"], expect=expect, **values)
    changed = any(row[name] != value for name, value in values.items())
    return key, int(row["version"]) + int(changed)


def _check(text: AnswerText) -> None:
    if text.language not in LANGUAGES:
        raise Invalid("language", text.language, "unknown")
    if text.topic not in tuple(Topic):
        raise Invalid("topic", text.topic, "unknown")
    if not text.title.strip():
        raise Invalid("answer.title", text.title, "empty")
    for name, value in (("answer.title", text.title), ("answer.source", text.source)):
        if len(value.strip()) > LONGEST_LINE:
            raise Invalid(name, value, "too-long")
    check_script(text.body, FIELDS)


def _new_key(tx: Transaction) -> str:
    """A key that no answer has or had: what was removed may come back by an undo."""
    kept = tx.tuples(Answer.select(Answer.key).distinct())
    gone = tx.tuples(AuditChange.select(AuditChange.payload).where(AuditChange.table_name == "answer"))
    numbers = [int(found) for (text,) in (*kept, *gone) for found in _OWN.findall(text or "")]
    return f"own-{max(numbers, default=0) + 1}"


def _drop(tx: Transaction, action: str, key: str, language: str | None) -> None:
    _one_at_a_time(tx)
    query = Answer.select(Answer.id).where(Answer.key == key)
    ids = [row_id for (row_id,) in tx.tuples(query if language is None else query.where(Answer.language == language))]
    if not ids:
        raise NotFound("answer", key)
    tx.audit(action)
    tx.delete_many(Answer, ids)


def _undo(tx: Transaction) -> str:
    _one_at_a_time(tx)
    entry = last_undoable(tx, *_ACTIONS)
    if entry is None:
        raise NothingToUndo()
    row = tx.one(AuditChange.select().where(AuditChange.audit_id == entry, AuditChange.table_name == "answer"))
    title = _title(tx, row["row_id"]) if row is not None else ""
    undo_entry(tx, entry)
    return title or (_title(tx, row["row_id"]) if row is not None else "")


def _title(tx: Transaction, row_id: int) -> str:
    row = tx.one(Answer.select(Answer.title).where(Answer.id == row_id))
    return "" if row is None else str(row["title"])


def _note_pages(tx: Transaction, name: str) -> None:
    tx.require(Permission.SEE_LISTS)
    tx.audit("export.answer", why=name, undoable=False)


# One person -----------------------------------------------------------------------------------------------------------


def _for_person(look: Snapshot, participant_id: int, right_party: bool, caller: str) -> PersonAnswer:
    look.require(Permission.HELP)
    person = look.one(Participant.select().where(Participant.id == participant_id))
    if person is None:
        raise NotFound("participant", str(participant_id))
    told = telling(caller, right_party=right_party)
    if told in (Telling.NOTHING, Telling.CHECK_FIRST):
        return PersonAnswer(told)
    item = look.one(QueueItem.select().where(QueueItem.participant_id == participant_id).order_by(QueueItem.id.desc()))
    claims_self = told is Telling.ALL and not person["deceased"] and person["claimed"] is not True
    advice = channel_advice(person["jht_balance"], look.today, jmo_limits(look)) if claims_self else None
    return PersonAnswer(
        telling=told,
        name=person["name"],
        advice=advice.channel if advice else None,
        jmo_limit=advice.limit if advice else None,
        documents=documents_for_jht56(person["jht_balance"]) if claims_self else (),
        claimed=person["claimed"],
        claim_checked_at=person["claim_checked_at"],
        claim_said_at=person["claim_said_at"],
        deceased=person["deceased"],
        list_state=item["state"] if item else None,
        list_due_at=item["due_at"] if item else None,
        last_call=_last_call(look, participant_id),
        last_contact=_last_contact(look, participant_id),
        follow_ups=_promises(look, participant_id),
    )


def _last_call(look: Snapshot, participant_id: int) -> LastTalk | None:
    row = look.one(
        Attempt.select(Attempt.at, Attempt.outcome, Staff.name.alias("by"))
        .join(Staff, on=(Staff.id == Attempt.staff_id))
        .where(Attempt.participant_id == participant_id, ~Attempt.undone)
        .order_by(Attempt.at.desc(), Attempt.id.desc())
    )
    return None if row is None else LastTalk(row["at"], row["by"], row["outcome"])


def _last_contact(look: Snapshot, participant_id: int) -> LastTalk | None:
    row = look.one(
        Contact.select(Contact.started_at, Contact.outcome, Contact.topic, Staff.name.alias("by"))
        .join(Staff, on=(Staff.id == Contact.staff_id))
        .where(Contact.participant_id == participant_id, ~Contact.undone)
        .order_by(Contact.started_at.desc(), Contact.id.desc())
    )
    return None if row is None else LastTalk(row["started_at"], row["by"], row["outcome"], row["topic"])


def _promises(look: Snapshot, participant_id: int) -> tuple[OpenPromise, ...]:
    rows = look.dicts(
        FollowUp.select(FollowUp.what, FollowUp.due_at, FollowUp.section, Staff.name.alias("name"))
        .join(Staff, "LEFT JOIN", on=(Staff.id == FollowUp.staff_id))
        .where(FollowUp.participant_id == participant_id, FollowUp.state == FollowUpState.OPEN, ~FollowUp.undone)
        .order_by(FollowUp.due_at, FollowUp.id)
    )
    return tuple(OpenPromise(row["what"], row["due_at"], row["name"] or row["section"]) for row in rows)
