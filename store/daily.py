"""Laporan harian: what each person did on a day, per section, made from the log (design.md 3.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from peewee import JOIN, fn

from store.follow_up_rows import mask_whom
from store.link import Link
from store.refusals import ENDED as LEFT
from store.refusals import REFUSED, STARTED, TURNED_AWAY
from store.rules.counter import ContactChannel
from store.rules.hours import WIB
from store.rules.outcomes import REACHED
from store.rules.permissions import Permission
from store.schema import (
    Assist,
    Attempt,
    Audit,
    AuditChange,
    Campaign,
    Contact,
    FollowUp,
    Participant,
    QueueItem,
    Staff,
)
from store.schema.base import millis
from store.shares import ENDED
from store.snapshot import Snapshot
from store.strangers import UNKNOWN
from store.value_class import value_class

CALL = "call"
CONTACT = "contact"
FOLLOW_UP_DONE = "follow-up.done"

DOUBTS = frozenset(
    {
        *("phone-unreadable", "phone-doubtful", "nik-malformed", "nik-rounded", "nik-birthdate-differs"),
        *("nik-sex-differs", "birthdate-unreadable", "email-malformed", "balance-unreadable", "name-odd"),
    }
)
"""Flags of something that could not be read without doubt; what is merely missing is none of them."""


@value_class
class DayLine:
    """One thing that was done: an action of the trail, or a call (`action` 'call') of a kind with its outcome.

    A contact at the counter (`action` 'contact') has its topic as `kind`, a follow-up what was promised, help its way.
    """

    at: datetime
    action: str
    outcome: str = ""
    person: str = ""
    kind: str = ""
    channel: str = ""  # of a contact


@value_class
class PersonDay:
    """One person's day: how often each action, and the lines in time order.

    `contacts` are calls answered and visits, by topic in `topics`; `helped` people with a claim, each once.
    """

    section: str
    name: str
    calls: int
    reached: int
    actions: dict[str, int]
    lines: tuple[DayLine, ...]
    contacts: int = 0
    visits: int = 0
    topics: dict[str, int] = field(default_factory=dict)
    helped: int = 0
    follow_ups_done: int = 0


class DailyDesk:
    """`store.daily`: the report of a day."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def report(self, day: date) -> list[PersonDay]:
        """Everybody who did anything that day (WIB), by section and name; what was taken back is left out.

        Who may not read recaps gets their own day alone.
        """
        return await self._link.read(_report, day)

    async def last_days(self, count: int = 14) -> list[tuple[date, int]]:
        """Calls per day, oldest first, today last; days without a call count 0."""
        return await self._link.read(_last_days, count)

    async def own(self) -> tuple[int, int]:
        """The acting person's calls of today (WIB), and how many of them reached the participant."""
        return await self._link.read(_own)

    async def doubted(self) -> int:
        """People about whom something could not be read without doubt (contracts.md, flags). Raises NotAllowed."""
        return await self._link.read(_doubted)


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), WIB).astimezone(UTC)
    return start, start + timedelta(days=1)


def _report(look: Snapshot, day: date) -> list[PersonDay]:
    start, end = _bounds(day)
    attempts = look.dicts(
        Attempt.select(Attempt.staff_id, Attempt.at, Attempt.outcome, Participant.name, Campaign.kind)
        .join(Participant, on=(Participant.id == Attempt.participant_id))
        .join_from(Attempt, QueueItem, on=(QueueItem.id == Attempt.item_id))
        .join(Campaign, on=(Campaign.id == QueueItem.campaign_id))
        .where(Attempt.at >= start, Attempt.at < end, ~Attempt.undone)
        .order_by(Attempt.at, Attempt.id)
    )
    undone = Audit.alias()
    entries = look.dicts(
        Audit.select(Audit.id, Audit.staff_id, Audit.at, Audit.action)
        .where(Audit.at >= start, Audit.at < end, Audit.action.not_in(_LEFT_OUT))
        .where(~fn.EXISTS(undone.select(undone.id).where(undone.undo_of == Audit.id)))
        .order_by(Audit.at, Audit.id)
    )
    contacts = _contacts(look, start, end)
    about = {"assist": _about(look, start, end, Assist, "way"), "follow-up": _about(look, start, end, FollowUp, "what")}
    told_of = Staff.select(Staff.id, Staff.name, Staff.section)
    if not look.may(Permission.READ_RECAPS):
        told_of = told_of.where(Staff.id == look.actor.staff_id)
    people = look.dicts(told_of)
    calls_of, others_of, served_of = (_by_person(rows) for rows in (attempts, entries, contacts))
    days = []
    for person in sorted(people, key=lambda p: (p["section"], p["name"])):
        calls, others, served = (of.get(person["id"], []) for of in (calls_of, others_of, served_of))
        if calls or others or served:
            days.append(_day(person, calls, others, served, about))
    return days


def _by_person(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["staff_id"], []).append(row)
    return found


def _day(
    person: dict[str, Any],
    calls: list[dict[str, Any]],
    others: list[dict[str, Any]],
    served: list[dict[str, Any]],
    about: dict[str, dict[int, tuple[int, str, str]]],
) -> PersonDay:
    lines = [DayLine(row["at"], CALL, row["outcome"], row["name"], row["kind"]) for row in calls]
    lines += [_contact(row) for row in served]
    helped: set[int] = set()
    for row in others:
        subject = row["action"].partition(".")[0]
        row_id, what, name = about.get(subject, {}).get(row["id"], (0, "", ""))
        if subject == "assist" and row_id in helped:
            continue  # the same help written down once more
        if subject == "assist":
            helped.add(row_id)
        lines.append(DayLine(row["at"], row["action"], person=name, kind=what))
    contacts = [row for row in served if row["channel"] != ContactChannel.MISSED]
    actions = Counter(row["action"] for row in others)
    return PersonDay(
        person["section"],
        person["name"],
        len(calls),
        sum(row["outcome"] in REACHED for row in calls),
        dict(actions),
        tuple(sorted(lines, key=lambda line: line.at)),
        contacts=len(contacts),
        visits=sum(row["channel"] == ContactChannel.DESK for row in contacts),
        topics=dict(Counter(row["topic"] for row in contacts).most_common()),
        helped=len(helped),
        follow_ups_done=actions[FOLLOW_UP_DONE],
    )


def _contacts(look: Snapshot, start: datetime, end: datetime) -> list[dict[str, Any]]:
    return look.dicts(
        Contact.select(Contact, Participant.name.alias("known_as"))
        .join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == Contact.participant_id))
        .where(Contact.started_at >= start, Contact.started_at < end, ~Contact.undone)
        .order_by(Contact.started_at, Contact.id)
    )


def _contact(row: dict[str, Any]) -> DayLine:
    name = row["known_as"] or mask_whom(row["caller_name"]) or row["company"]
    return DayLine(row["started_at"], CONTACT, row["outcome"], name, row["topic"], row["channel"])


def _about(
    look: Snapshot, start: datetime, end: datetime, model: type[Assist] | type[FollowUp], column: str
) -> dict[int, tuple[int, str, str]]:
    """By entry of the trail: which row of a table it changed, what that is about, and whom it is for (masked)."""
    changed = look.tuples(
        AuditChange.select(AuditChange.audit_id, AuditChange.row_id)
        .join(Audit, on=(Audit.id == AuditChange.audit_id))
        .where(Audit.at >= start, Audit.at < end, AuditChange.table_name == model._meta.table_name)
        .order_by(AuditChange.audit_id, AuditChange.n)
    )
    rows = look.dicts(
        model.select(model, Participant.name)
        .join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == model.participant_id))
        .where(model.id.in_(sorted({row_id for _entry, row_id in changed})))
    )
    known = {row["id"]: (row["id"], str(row[column]), row["name"] or mask_whom(row["whom"])) for row in rows}
    return {entry: known[row_id] for entry, row_id in changed if row_id in known}


# Told as calls by their attempts, as contacts by their log; an undo by what is no longer there; a share ends by itself.
_LEFT_OUT = (
    *("queue.outcome", "queue.outcome-late", "call-list.tick", "counter.contact", "undo", ENDED),
    # Who came, who left, what was refused, the head of the trail: no work.
    *(REFUSED, STARTED, LEFT, TURNED_AWAY, UNKNOWN, "trail.anchor", "trail.anchored"),
)


def _last_days(look: Snapshot, count: int) -> list[tuple[date, int]]:
    look.require(Permission.SEE_LISTS)
    first = look.today - timedelta(days=count - 1)
    start, end = map(millis, _bounds(first))
    # Counted by the database: a region makes a thousand a day. There is no summer time in the office's zone.
    sql = "SELECT (at - %s) / %s, count(*) FROM attempt WHERE at >= %s AND NOT undone GROUP BY 1"
    calls = dict(look.database.rows(sql, (start, end - start, start)))
    return [(first + timedelta(days=n), int(calls.get(n, 0))) for n in range(count)]


def _own(look: Snapshot) -> tuple[int, int]:
    start, end = _bounds(look.today)
    mine = (Attempt.staff_id == look.actor.staff_id) & (Attempt.at >= start) & (Attempt.at < end) & ~Attempt.undone
    outcomes = [outcome for (outcome,) in look.tuples(Attempt.select(Attempt.outcome).where(mine))]
    return len(outcomes), sum(outcome in REACHED for outcome in outcomes)


def _doubted(look: Snapshot) -> int:
    look.require(Permission.SEE_LISTS)
    groups = look.tuples(
        Participant.select(Participant.flags, fn.count(Participant.id))
        .where(Participant.flags != "")
        .group_by(Participant.flags)
    )
    return sum(int(people) for flags, people in groups if DOUBTS & set(flags.split()))
