"""Figures of calls that came in, visits and help, and the contacts as rows for a workbook. Words are made in `tui`.

Contacts that were taken back never count. What a period holds is found by when a contact began (WIB); promises count in
the period of the contact at which they were made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from peewee import JOIN

from store.assist_rows import figures as help_figures
from store.errors import Invalid
from store.follow_up_rows import mask_whom
from store.frozen import closed_row, freeze, frozen_rows
from store.link import Link
from store.masks import mask_number
from store.office import calendar
from store.rules.dates import Period
from store.rules.hours import from_wib
from store.rules.identity import mask_nik
from store.rules.incoming import ContactFact, Counts, IncomingFigures, PromiseFact, figures
from store.rules.permissions import Permission
from store.schema import ClosedPeriod, Contact, FollowUp, Participant, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

INCOMING: Final = "incoming"


@value_class
class HelpFigures:
    """Help with a claim that began in the period: by way (store.rules.outcomes.Channel), and what was in the way of it.

    `stopped` is by store.rules.assists.Activation, `missing` by Paper: what people came without.
    """

    by_way: Counts
    stopped: dict[str, int]
    missing: dict[str, int]

    @property
    def helped(self) -> int:
        return sum(counts["helped"] for counts in self.by_way.values())


@value_class
class IncomingRecap:
    """The figures of a period or a range of periods; of a closed one those of that moment."""

    periods: tuple[str, ...]
    figures: IncomingFigures
    help: HelpFigures
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def size(self) -> int:
        """Contacts, missed calls and help."""
        return sum(self.figures.by_channel.values()) + self.help.helped


@value_class
class ContactOut:
    """One contact or missed call for the detail sheet, with the first promise made at it. `number` is masked."""

    at: datetime
    channel: str
    kpj: str
    nik: str
    name: str  # the participant's, else what the caller said
    company: str
    number: str
    caller: str
    topic: str
    outcome: str
    note: str
    by: str
    ended_at: datetime | None
    settled_at: datetime | None  # of a missed call
    promised: str
    due_at: datetime | None
    promise_state: str
    done_at: datetime | None


class IncomingRecapDesk:
    """`store.recaps_incoming`: figures that recompute to the same from the same data."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def recap(self, period: Period) -> IncomingRecap:
        """The figures of a period. Raises NotAllowed."""
        return await self._link.read(_recap, period)

    async def results(self, period: Period) -> tuple[IncomingRecap, list[ContactOut]]:
        """Figures and contacts at one instant, in the order of time; of a closed period as they were then.

        The NIK is masked by role. People who were erased since are missing among the rows. Raises NotAllowed.
        """
        return await self._link.read(_results, period)

    async def close(self, period: Period) -> IncomingRecap:
        """Freezes figures and contacts of a period: from now on it gives the same ones.

        Raises NotAllowed, and Invalid when it is closed already, its last day has not come, or nothing came in.
        """
        return (await self._link.write(_close, period))[0]


def bounds(period: Period) -> tuple[datetime, datetime]:
    """The first instant of a period (UTC) and the first one after it."""
    return from_wib(period.first, time()), from_wib(_after(period), time())


def in_period(period: Period) -> Any:
    """The condition of contacts that count in a period."""
    start, end = bounds(period)
    return (Contact.started_at >= start) & (Contact.started_at < end) & ~Contact.undone


def _after(period: Period) -> Any:
    return (period.last.replace(day=1) + timedelta(days=31)).replace(day=1)


def _recap(look: Snapshot, period: Period) -> IncomingRecap:
    look.require(Permission.READ_RECAPS)
    row = closed_row(look, INCOMING, period)
    return _counted(look, period) if row is None else _closed(row)


def _results(look: Snapshot, period: Period) -> tuple[IncomingRecap, list[ContactOut]]:
    look.require(Permission.EXPORT_RESULTS)
    row = closed_row(look, INCOMING, period)
    if row is not None:
        recap, contacts = _closed(row), frozen_rows(look, row["id"], row["figures"], ContactOut)
    else:
        recap, contacts = _counted(look, period), [contact for _owner, contact in _contacts(look, period)]
    if not look.may(Permission.SEE_FULL_NIK):
        contacts = [replace(each, nik=mask_nik(each.nik) if each.nik else "") for each in contacts]
    return recap, contacts


def _close(tx: Transaction, period: Period) -> IncomingRecap:
    tx.require(Permission.SUPERVISE)
    if closed_row(tx, INCOMING, period) is not None:
        raise Invalid("period", str(period), "closed")
    if tx.today < _after(period) - timedelta(days=1):
        raise Invalid("period", str(period), "not-over")
    recap = _counted(tx, period)
    if not recap.size:
        raise Invalid("period", str(period), "nothing-came-in")
    kept = {"periods": recap.periods, "figures": asdict(recap.figures), "help": asdict(recap.help)}
    text = json.dumps(kept, ensure_ascii=False)
    tx.audit("recap.close", why=f"{INCOMING} {period}", undoable=False)
    row = {"kind": INCOMING, "period": str(period), "closed_at": tx.now, "staff_id": tx.actor.staff_id}
    closed_id = tx.insert(ClosedPeriod, **row, figures=text)
    freeze(tx, closed_id, text, _contacts(tx, period), ())
    return replace(recap, closed_at=tx.now, closed_by=tx.actor.name)


def _closed(row: dict[str, Any]) -> IncomingRecap:
    kept = json.loads(row["figures"])
    counted = IncomingFigures(**kept["figures"]), HelpFigures(**kept["help"])
    return IncomingRecap(tuple(kept["periods"]), *counted, row["closed_at"], row["name"])


def _counted(look: Snapshot, period: Period) -> IncomingRecap:
    rows = look.tuples(contact_facts(period))
    contacts = [ContactFact(*values) for _id, *values in rows]
    promises = [PromiseFact(*values) for values in look.tuples(promise_facts(period, [row[0] for row in rows]))]
    return IncomingRecap(period.months, figures(contacts, promises, calendar(look), look.now), _help(look, period))


HELP_COUNTS: Final = ("helped", "activated", "submitted", "paid", "refused", "gave_up", "emails")


def _help(look: Snapshot, period: Period) -> HelpFigures:
    by_way: Counts = {}
    stopped: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for month in help_figures(look, str(period)):
        counts = by_way.setdefault(str(month.way), dict.fromkeys(HELP_COUNTS, 0))
        for name in HELP_COUNTS:
            counts[name] += getattr(month, name)
        stopped.update({str(stop): count for stop, count in month.stopped.items()})
        missing.update({str(paper): count for paper, count in month.missing})
    ways = sorted(by_way.items(), key=lambda item: (-item[1]["helped"], item[0]))
    return HelpFigures(dict(ways), dict(stopped.most_common()), dict(missing.most_common()))


def contact_facts(period: Period) -> Any:
    """The query for the contacts of a period, by the index of when they began."""
    return (
        Contact.select(
            Contact.id,
            Contact.started_at,
            Contact.channel,
            Contact.caller,
            Contact.topic,
            Contact.outcome,
            Staff.name,
            Contact.settled_at,
        )
        .join(Staff, on=(Staff.id == Contact.staff_id))
        .where(in_period(period))
    )


def promise_facts(period: Period, contacts: Sequence[int]) -> Any:
    """The query for what was promised at them, by the range of their ids: the promises of other months are not read."""
    return _promised(
        FollowUp.select(FollowUp.made_at, FollowUp.due_at, FollowUp.state, FollowUp.done_at), period, contacts
    )


def _promised(query: Any, period: Period, contacts: Sequence[int]) -> Any:
    first, last = min(contacts, default=0), max(contacts, default=0)
    query = query.join(Contact, on=(Contact.id == FollowUp.contact_id))
    return query.where(FollowUp.contact_id.between(first, last), in_period(period), ~FollowUp.undone)


def _contacts(look: Snapshot, period: Period) -> Sequence[tuple[int, ContactOut]]:
    """The contacts in the order of time, each with its owner: the participant, else the contact itself, negative."""
    query = (
        Contact.select(
            Contact,
            Staff.name.alias("by"),
            Participant.kpj,
            Participant.nik,
            Participant.name.alias("known_as"),
            Participant.company.alias("employer"),
        )
        .join(Staff, on=(Staff.id == Contact.staff_id))
        .join_from(Contact, Participant, JOIN.LEFT_OUTER, on=(Participant.id == Contact.participant_id))
        .where(in_period(period))
        .order_by(Contact.started_at, Contact.id)
    )
    rows = look.dicts(query)
    promises: dict[int, dict[str, Any]] = {}
    promised = _promised(FollowUp.select(), period, [row["id"] for row in rows])
    for row in look.dicts(promised.order_by(FollowUp.id)):
        promises.setdefault(row["contact_id"], row)
    return [(row["participant_id"] or -row["id"], _contact(row, promises.get(row["id"]))) for row in rows]


def _contact(row: dict[str, Any], promise: dict[str, Any] | None) -> ContactOut:
    """With the whole NIK: who reads it decides what is shown."""
    promise = promise or {}
    return ContactOut(
        at=row["started_at"],
        channel=row["channel"],
        kpj=row["kpj"] or "",
        nik=row["nik"] or "",
        name=row["known_as"] or mask_whom(row["caller_name"]),
        company=row["company"] or row["employer"] or "",
        number=mask_number(row["e164"]) if row["e164"] else "",
        caller=row["caller"],
        topic=row["topic"],
        outcome=row["outcome"],
        note=row["note"],
        by=row["by"],
        ended_at=row["ended_at"],
        settled_at=row["settled_at"],
        promised=promise.get("what", ""),
        due_at=promise.get("due_at"),
        promise_state=promise.get("state", ""),
        done_at=promise.get("done_at"),
    )
