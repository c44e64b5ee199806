"""Help with claims, read: the list with what is missing, and the figures by way and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from peewee import JOIN, fn

from store.errors import Invalid
from store.follow_up_rows import mask_whom
from store.rules.assists import (
    HANDED_IN,
    OPEN_RESULTS,
    WAS_MISSING,
    Activation,
    ClaimReason,
    Need,
    Paper,
    PaperState,
    Result,
    documents_from_json,
    papers_missing,
    papers_needed,
)
from store.rules.dates import PeriodError, parse_period
from store.rules.decisions import add_months
from store.rules.hours import WIB
from store.rules.outcomes import Channel
from store.rules.permissions import Permission
from store.schema import Assist, Participant, Staff
from store.search import matches, typed_words
from store.snapshot import Snapshot
from store.value_class import value_class


@value_class
class AssistFilter:
    """`going_on`: only those whose claim somebody still has to look after; `mine`: only those whom I helped."""

    going_on: bool = True
    mine: bool = False
    way: Channel | None = None
    text: str = ""


@value_class
class AssistRow:
    """Help given to one person; numbers in `whom` are masked.

    `missing` was asked for and is not there; `unasked` is needed by way and reason and nobody has asked yet.
    """

    assist_id: int
    version: int
    participant_id: int | None
    contact_id: int | None
    name: str
    kpj: str
    whom: str
    way: Channel
    reason: ClaimReason
    started_at: datetime
    by: str
    documents: Mapping[Paper, PaperState]
    missing: tuple[Paper, ...]
    unasked: tuple[Paper, ...]
    activation: Activation | None
    activation_note: str
    email_handed_over: bool
    interview_at: datetime | None
    result: Result
    result_at: datetime | None
    result_note: str
    note: str


@value_class
class AssistFigures:
    """One way in one month ('YYYY-MM', WIB, by the day on which help began).

    `activated` accounts, and what `stopped` the others; `submitted` claims, whatever came of them, of these `paid` and
    `refused`; `emails` made together; `missing`: papers people came without, the most frequent first.
    """

    month: str
    way: Channel
    helped: int
    activated: int
    stopped: Mapping[Activation, int]
    submitted: int
    paid: int
    refused: int
    gave_up: int
    emails: int
    missing: tuple[tuple[Paper, int], ...]


def count_rows(look: Snapshot, wanted: AssistFilter) -> int:
    look.require(Permission.HELP, Permission.READ_WORK)
    query = Assist.select(fn.count(Assist.id)).join(
        Participant, JOIN.LEFT_OUTER, on=(Participant.id == Assist.participant_id)
    )
    return int(look.scalar(_filtered(look, query, wanted)))


def list_rows(look: Snapshot, wanted: AssistFilter, offset: int, limit: int) -> list[AssistRow]:
    """`limit` rows from `offset`: what goes on with the oldest first, everything with the newest. Raises NotAllowed."""
    look.require(Permission.HELP, Permission.READ_WORK)
    query = _filtered(look, _columns(), wanted)
    if wanted.going_on:
        query = query.order_by(Assist.started_at, Assist.id)
    else:
        query = query.order_by(Assist.started_at.desc(), Assist.id.desc())
    return [_row(look, row) for row in look.dicts(query.offset(offset).limit(limit))]


def read_row(look: Snapshot, assist_id: int) -> AssistRow | None:
    """One as it stands; None where there is none, or it was taken back. Raises NotAllowed."""
    look.require(Permission.HELP, Permission.READ_WORK)
    row = look.one(_columns().where(Assist.id == assist_id, ~Assist.undone))
    return None if row is None else _row(look, row)


def rows_of_person(look: Snapshot, participant_id: int) -> list[AssistRow]:
    """All help given to a person, the newest first. Raises NotAllowed."""
    look.require(Permission.HELP, Permission.READ_WORK)
    query = _columns().where(Assist.participant_id == participant_id, ~Assist.undone)
    return [_row(look, row) for row in look.dicts(query.order_by(Assist.started_at.desc(), Assist.id.desc()))]


def needed_for(look: Snapshot, way: Channel, reason: ClaimReason, participant_id: int | None) -> Mapping[Paper, Need]:
    """The papers for this way and reason; the balance decides about the NPWP only for who may see amounts."""
    balance = None
    if participant_id is not None and look.may(Permission.SEE_AMOUNTS):
        balance = look.scalar(Participant.select(Participant.jht_balance).where(Participant.id == participant_id))
    return papers_needed(way, reason, balance)


def figures(look: Snapshot, period: str) -> list[AssistFigures]:
    """Each way in each month of a period ('2023-07', '2023-01..2023-08'). Raises NotAllowed, Invalid."""
    look.require(Permission.READ_RECAPS)
    try:
        months = parse_period(period)
    except PeriodError:
        raise Invalid("period", period, "unreadable") from None
    start = datetime.combine(months.first.replace(day=1), time(), WIB).astimezone(UTC)
    end = datetime.combine(add_months(months.last.replace(day=1), 1), time(), WIB).astimezone(UTC)
    rows = look.dicts(Assist.select().where(Assist.started_at >= start, Assist.started_at < end, ~Assist.undone))
    groups: dict[tuple[str, Channel], list[dict[str, Any]]] = {}
    for row in rows:
        month = f"{row['started_at'].astimezone(WIB):%Y-%m}"
        groups.setdefault((month, Channel(row["way"])), []).append(row)
    order = list(Channel)
    return [
        _figures(month, way, groups[month, way])
        for month, way in sorted(groups, key=lambda group: (group[0], order.index(group[1])))
    ]


def _figures(month: str, way: Channel, rows: list[dict[str, Any]]) -> AssistFigures:
    results = Counter(Result(row["result"]) for row in rows)
    tried = Counter(Activation(row["activation"]) for row in rows if row["activation"])
    activated = tried.pop(Activation.DONE, 0)
    lacked = Counter(
        paper for row in rows for paper, state in documents_from_json(row["documents"]).items() if state in WAS_MISSING
    )
    papers = list(Paper)
    return AssistFigures(
        month,
        way,
        helped=len(rows),
        activated=activated,
        stopped={stop: tried[stop] for stop in Activation if tried[stop]},
        submitted=sum(results[result] for result in HANDED_IN),
        paid=results[Result.PAID],
        refused=results[Result.REFUSED],
        gave_up=results[Result.GAVE_UP],
        emails=sum(bool(row["email_handed_over"]) for row in rows),
        missing=tuple(sorted(lacked.items(), key=lambda item: (-item[1], papers.index(item[0])))),
    )


def _columns() -> Any:
    return (
        Assist.select(Assist, Participant.name, Participant.kpj, Staff.name.alias("by"))
        .join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == Assist.participant_id))
        .join_from(Assist, Staff, on=(Staff.id == Assist.staff_id))
    )


def _filtered(look: Snapshot, query: Any, wanted: AssistFilter) -> Any:
    query = query.where(~Assist.undone)
    if wanted.going_on:
        query = query.where(Assist.result.in_(sorted(OPEN_RESULTS)))
    if wanted.mine:
        query = query.where(Assist.staff_id == look.actor.staff_id)
    if wanted.way is not None:
        query = query.where(Assist.way == wanted.way)
    for word in typed_words(wanted.text):
        query = query.where(fn.upper(Assist.whom).contains(word.upper()) | fn.coalesce(matches(word), False))
    return query


def _row(look: Snapshot, row: dict[str, Any]) -> AssistRow:
    way, reason, documents = Channel(row["way"]), ClaimReason(row["reason"]), documents_from_json(row["documents"])
    missing, unasked = papers_missing(needed_for(look, way, reason, row["participant_id"]), documents)
    return AssistRow(
        assist_id=row["id"],
        version=row["version"],
        participant_id=row["participant_id"],
        contact_id=row["contact_id"],
        name=row["name"] or "",
        kpj=row["kpj"] or "",
        whom=mask_whom(row["whom"]),
        way=way,
        reason=reason,
        started_at=row["started_at"],
        by=row["by"],
        documents=documents,
        missing=missing,
        unasked=unasked,
        activation=Activation(row["activation"]) if row["activation"] else None,
        activation_note=row["activation_note"],
        email_handed_over=row["email_handed_over"],
        interview_at=row["interview_at"],
        result=Result(row["result"]),
        result_at=row["result_at"],
        result_note=row["result_note"],
        note=row["note"],
    )
