"""The list of what was promised: a window of masked rows in the order in which they are due."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from peewee import JOIN, SQL, Case, fn

from store.masks import mask_number
from store.office import calendar
from store.rules.counter import Standard
from store.rules.due import closing_of, has_no_hour, is_overdue
from store.rules.permissions import Permission
from store.schema import Contact, FollowUp, Participant, Phone, Staff
from store.search import matches, typed_words
from store.snapshot import Snapshot
from store.value_class import value_class

_NUMBER: Final = re.compile(r"\+?[0-9][0-9 .()/-]{5,}[0-9]")
_STANDARD: Final = frozenset(str(code) for code in Standard)


class Whose(StrEnum):
    """Which follow-ups are looked at; all of them open but the last."""

    MINE = "mine"
    SECTION = "section"  # of my section, whoever does it, and those that were given to no section
    MADE = "made"  # promised by me
    OVERDUE = "overdue"  # anybody's
    ALL = "all"
    DONE = "done"  # done or dropped, the newest first


@value_class
class FollowUpFilter:
    """`text` is found in what was promised and in whom; `origin` is a code of store.rules.counter.Origin."""

    whose: Whose = Whose.MINE
    text: str = ""
    origin: str | None = None


@value_class
class FollowUpRow:
    """One promise. `standard` is a code for which the screen has the words, and `what` is then empty.

    `number` and numbers in `whom` are masked. `no_hour`: due at the end of its day. `staff` '' is anybody of `section`;
    `staff_active` False: who should do it works here no more.
    """

    follow_up_id: int
    version: int
    what: str
    standard: str
    origin: str
    participant_id: int | None
    name: str
    kpj: str
    number: str
    whom: str
    staff_id: int | None
    staff: str
    staff_active: bool
    section: str
    due_at: datetime
    no_hour: bool
    overdue: bool
    made_by: str
    made_at: datetime
    state: str
    done_at: datetime | None
    done_by: str
    done_note: str
    contact_id: int | None
    attempt_id: int | None
    assist_id: int | None


@value_class
class FollowUpCounts:
    """Open follow-ups: mine and my section's, of each those whose day has come; the late ones, mine and all."""

    mine: int
    mine_due: int
    mine_overdue: int
    section: int
    section_due: int
    overdue: int


def is_open() -> Any:
    """The condition, written so that the index of the open ones serves it."""
    return (FollowUp.state == SQL("'open'")) & ~FollowUp.undone


def _is_done() -> Any:
    return (FollowUp.state != SQL("'open'")) & ~FollowUp.undone


def day_has_come(look: Snapshot) -> Any:
    return FollowUp.due_at < look.day_start + timedelta(days=1)


def _is_overdue(look: Snapshot) -> Any:
    """As store.rules.due.is_overdue says it of one."""
    hour_gone_by = FollowUp.due_at < look.now
    closing = closing_of(look.today, calendar(look))
    if closing is not None:
        hour_gone_by &= FollowUp.due_at != closing
    return (FollowUp.due_at < look.day_start) | hour_gone_by


def _of_section(look: Snapshot) -> Any:
    return (FollowUp.section == look.actor.section) | ((FollowUp.section == "") & FollowUp.staff_id.is_null())


def counts(look: Snapshot) -> FollowUpCounts:
    """How much there is to do. Raises NotAllowed."""
    look.require(Permission.FOLLOW_UP, Permission.READ_WORK)
    mine, come, late = FollowUp.staff_id == look.actor.staff_id, day_has_come(look), _is_overdue(look)
    section = _of_section(look)
    kinds = (mine, mine & come, mine & late, section, section & come, late)
    sums = [fn.coalesce(fn.sum(Case(None, ((kind, 1),), 0)), 0) for kind in kinds]
    row = look.tuples(FollowUp.select(*sums).where(is_open()))[0]
    return FollowUpCounts(*(int(number) for number in row))


def count_rows(look: Snapshot, wanted: FollowUpFilter) -> int:
    look.require(Permission.FOLLOW_UP, Permission.READ_WORK)
    return int(look.scalar(_filtered(look, _narrowed(fn.count(FollowUp.id), wanted), wanted)))


def _narrowed(column: Any, wanted: FollowUpFilter) -> Any:
    """A query of promises alone; with their people where those are searched."""
    query = FollowUp.select(column)
    if not wanted.text.strip():
        return query
    return query.join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == FollowUp.participant_id))


def list_rows(look: Snapshot, wanted: FollowUpFilter, offset: int, limit: int) -> list[FollowUpRow]:
    """`limit` rows from `offset` of what the filter leaves, those that are due first at the top. Raises NotAllowed."""
    look.require(Permission.FOLLOW_UP, Permission.READ_WORK)
    done = wanted.whose is Whose.DONE
    order = (FollowUp.done_at.desc(), FollowUp.id.desc()) if done else (FollowUp.due_at, FollowUp.id)
    window = _filtered(look, _narrowed(FollowUp.id, wanted), wanted).order_by(*order)
    # Whatever stands before the window is put in order, and nothing else is read of it.
    ids = [row[0] for row in look.tuples(window.offset(offset).limit(limit))]
    query, days = _columns().where(look.database.any_of(FollowUp.id, ids)).order_by(*order), calendar(look)
    return [_row(row, look, days) for row in look.dicts(query)]


def read_row(look: Snapshot, follow_up_id: int) -> FollowUpRow | None:
    """One follow-up, open or not; None where there is none, or it was taken back. Raises NotAllowed."""
    look.require(Permission.FOLLOW_UP, Permission.READ_WORK)
    row = look.one(_columns().where(FollowUp.id == follow_up_id, ~FollowUp.undone))
    return None if row is None else _row(row, look, calendar(look))


def rows_of_person(look: Snapshot, participant_id: int) -> list[FollowUpRow]:
    """Everything that was promised to a person, the newest first. Raises NotAllowed."""
    look.require(Permission.FOLLOW_UP, Permission.READ_WORK)
    query = _columns().where(FollowUp.participant_id == participant_id, ~FollowUp.undone)
    days = calendar(look)
    return [_row(row, look, days) for row in look.dicts(query.order_by(FollowUp.made_at.desc(), FollowUp.id.desc()))]


def mask_whom(whom: str) -> str:
    """A name stays, a number in it is masked like any other in a list."""

    def masked(number: re.Match[str]) -> str:
        digits = re.sub("[^0-9+]", "", number[0])
        return mask_number(digits) if digits.startswith("+") else f"{digits[:4]}…{digits[-3:]}"

    return _NUMBER.sub(masked, whom)


def _columns() -> Any:
    taker, maker, closer = Staff.alias(), Staff.alias(), Staff.alias()
    number = Phone.select(Phone.e164).where(Phone.participant_id == FollowUp.participant_id, Phone.wrong_at.is_null())
    called_from = Contact.select(Contact.e164).where(Contact.id == FollowUp.contact_id)
    return (
        FollowUp.select(
            FollowUp,
            Participant.name,
            Participant.kpj,
            taker.name.alias("staff"),
            taker.active.alias("staff_active"),
            maker.name.alias("maker"),
            closer.name.alias("closer"),
            number.order_by(Phone.position, Phone.id).limit(1).alias("number"),
            called_from.limit(1).alias("called_from"),
        )
        .join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == FollowUp.participant_id))
        .join_from(FollowUp, taker, JOIN.LEFT_OUTER, on=(taker.id == FollowUp.staff_id))
        .join_from(FollowUp, maker, on=(maker.id == FollowUp.made_by))
        .join_from(FollowUp, closer, JOIN.LEFT_OUTER, on=(closer.id == FollowUp.done_by))
    )


def _filtered(look: Snapshot, query: Any, wanted: FollowUpFilter) -> Any:
    query = query.where(_is_done() if wanted.whose is Whose.DONE else is_open())
    match wanted.whose:
        case Whose.MINE:
            query = query.where(FollowUp.staff_id == look.actor.staff_id)
        case Whose.SECTION:
            query = query.where(_of_section(look))
        case Whose.MADE:
            query = query.where(FollowUp.made_by == look.actor.staff_id)
        case Whose.OVERDUE:
            query = query.where(_is_overdue(look))
    if wanted.origin is not None:
        query = query.where(FollowUp.origin == wanted.origin)
    for word in typed_words(wanted.text):
        text = word.upper()
        promised = fn.upper(FollowUp.what).contains(text) | fn.upper(FollowUp.whom).contains(text)
        query = query.where(promised | fn.coalesce(matches(word), False))
    return query


def _row(row: dict[str, Any], look: Snapshot, days: Any) -> FollowUpRow:
    standard = row["what"] if row["what"] in _STANDARD else ""
    number = row["called_from"] or row["number"]
    return FollowUpRow(
        follow_up_id=row["id"],
        version=row["version"],
        what="" if standard else row["what"],
        standard=standard,
        origin=row["origin"],
        participant_id=row["participant_id"],
        name=row["name"] or "",
        kpj=row["kpj"] or "",
        number=mask_number(number) if number else "",
        whom=mask_whom(row["whom"]),
        staff_id=row["staff_id"],
        staff=row["staff"] or "",
        staff_active=bool(row["staff_active"]) or row["staff_id"] is None,
        section=row["section"],
        due_at=row["due_at"],
        no_hour=has_no_hour(row["due_at"], days),
        overdue=row["state"] == "open" and is_overdue(row["due_at"], look.now, days),
        made_by=row["maker"],
        made_at=row["made_at"],
        state=row["state"],
        done_at=row["done_at"],
        done_by=row["closer"] or "",
        done_note=row["done_note"],
        contact_id=row["contact_id"],
        attempt_id=row["attempt_id"],
        assist_id=row["assist_id"],
    )
