"""The trail asked: one person's, one staff member's doings, a span of days, a kind; a window at a time.

What a row says is who, when, which deed, about whom and which fields: never a value, so that it may be read out,
printed and handed on. Values stand in the entry itself (`store.audit`), masked by role.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from peewee import JOIN, fn

from store.errors import NotFound
from store.rules.hours import WIB
from store.rules.permissions import Permission
from store.rules.trail import LOOKED_UP, PREFIXES, TrailKind
from store.schema import Assignment, Audit, AuditChange, Participant, SharedAccount, Staff, table_name
from store.snapshot import Snapshot
from store.trail_events import fields_of
from store.value_class import value_class

_STAFF: Final = frozenset({table_name(Staff), table_name(Assignment), table_name(SharedAccount)})
LINES = 30  # of an entry that are looked at; one of an import has hundreds of thousands


@value_class
class TrailFilter:
    """What is asked for; what is empty asks for all. Days are the office's (WIB), both included."""

    kpj: str = ""
    staff: str = ""  # login
    start: date | None = None
    end: date | None = None
    kind: str = ""


@value_class
class TrailRow:
    """One entry: `person` and `kpj` are the first participant it concerns, `people` how many of the `lines` looked at;
    when these are more than LINES, there may be others.

    `fields` changed or were shown; `refused`, `deed` and `times` tell of a refusal. `about` is whom or what that
    concerned, or the logins of the colleagues whose access or roles were changed.
    """

    audit_id: int
    at: datetime
    login: str
    by: str
    action: str
    why: str
    undo_of: int | None
    kpj: str
    person: str
    people: int
    lines: int
    fields: tuple[str, ...]
    refused: str = ""
    deed: str = ""
    times: int = 0
    about: str = ""


def trail_count(look: Snapshot, wanted: TrailFilter) -> int:
    """How many entries there are. Raises NotAllowed, NotFound."""
    look.require(Permission.READ_AUDIT)
    return int(look.scalar(Audit.select(fn.count(Audit.id)).where(*conditions(look, wanted))))


def trail_rows(look: Snapshot, wanted: TrailFilter, offset: int, limit: int) -> list[TrailRow]:
    """A window of them, the newest first. Raises NotAllowed, NotFound."""
    look.require(Permission.READ_AUDIT)
    return _rows(look, newest(conditions(look, wanted)).offset(offset).limit(limit))


def trail_after(look: Snapshot, wanted: TrailFilter, last: TrailRow | None, limit: int) -> list[TrailRow]:
    """The entries that come next in that order, for who reads all of them. Raises NotAllowed, NotFound."""
    look.require(Permission.READ_AUDIT)
    found = conditions(look, wanted)
    if last is not None:
        found.append((Audit.at < last.at) | ((Audit.at == last.at) & (Audit.id < last.audit_id)))
        found.append(Audit.at <= last.at)  # said by itself, an index leads to it
    return _rows(look, newest(found).limit(limit))


def newest(found: Sequence[Any]) -> Any:
    """The ids of entries through conditions, the newest first."""
    return Audit.select(Audit.id).where(*found).order_by(Audit.at.desc(), Audit.id.desc())


def conditions(look: Snapshot, wanted: TrailFilter) -> list[Any]:
    """What a filter asks of entries. Raises NotFound for an unknown KPJ or login."""
    found: list[Any] = [Audit.id > 0]
    if wanted.kpj:
        found.append(look.database.any_of(Audit.id, _of_person(look, wanted.kpj.strip().upper())))
    if wanted.staff:
        staff_id = look.scalar(Staff.select(Staff.id).where(Staff.login == wanted.staff))
        if staff_id is None:
            raise NotFound("staff", wanted.staff)
        found.append(Audit.staff_id == staff_id)
    if wanted.start is not None:
        found.append(Audit.at >= _midnight(wanted.start))
    if wanted.end is not None:
        found.append(Audit.at < _midnight(wanted.end + timedelta(days=1)))
    if wanted.kind:
        found.append(_of_kind(TrailKind(wanted.kind)))
    return found


def _of_person(look: Snapshot, kpj: str) -> list[int]:
    person = look.scalar(Participant.select(Participant.id).where(Participant.kpj == kpj))
    if person is None:
        raise NotFound("participant", kpj)
    lines = AuditChange.select(AuditChange.audit_id).where(AuditChange.participant_id == person).distinct()
    return [audit_id for (audit_id,) in look.tuples(lines)]


def _of_kind(kind: TrailKind) -> Any:
    if kind is TrailKind.CHANGE:
        others = [_of_kind(each) for each in TrailKind if each is not kind]
        return ~reduce(or_, others)
    found = reduce(or_, (Audit.action.startswith(start) for start in PREFIXES[kind]))
    return found | Audit.action.in_(LOOKED_UP) if kind is TrailKind.LOOK else found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB).astimezone(UTC)


def _rows(look: Snapshot, ids: Any) -> list[TrailRow]:
    wanted = [audit_id for (audit_id,) in look.tuples(ids)]
    # Staff are few, and read by themselves: joined, SQLite goes through all that each of them ever did.
    staff = {row["id"]: row for row in look.dicts(Staff.select(Staff.id, Staff.login, Staff.name))}
    columns = (Audit.id, Audit.at, Audit.action, Audit.undo_of, Audit.staff_id)
    entries = look.dicts(Audit.select(*columns).where(Audit.id.in_(wanted)))
    lines: dict[int, list[dict[str, Any]]] = {audit_id: [] for audit_id in wanted}
    query = (
        AuditChange.select(AuditChange, Participant.kpj, Participant.name)
        .join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == AuditChange.participant_id))
        .where(AuditChange.audit_id.in_(wanted), AuditChange.n <= LINES)
        .order_by(AuditChange.audit_id, AuditChange.n)
    )
    for line in look.dicts(query):
        lines[line["audit_id"]].append(line)
    by_id = {entry["id"]: entry for entry in entries}
    names = look.may(Permission.SEE_LISTS)
    return [_row(by_id[audit_id], staff, lines[audit_id], names=names) for audit_id in wanted]


def _row(
    entry: dict[str, Any], staff: Mapping[int, dict[str, Any]], lines: list[dict[str, Any]], *, names: bool
) -> TrailRow:
    by = staff[entry["staff_id"]]
    told = [(line, json.loads(line["payload"])) for line in lines if line["payload"]]
    refusal: dict[str, Any] = next((said for _line, said in told if "refused" in said), {})
    first = next((line for line in lines if line["kpj"]), {})
    return TrailRow(
        *(entry["id"], entry["at"], by["login"], by["name"], entry["action"]),
        why=next((str(said.get("why", "")) for line, said in told if not line["table_name"]), ""),
        undo_of=entry["undo_of"],
        kpj=first.get("kpj", ""),
        person=first.get("name", "") if names else "",
        people=len({line["participant_id"] for line in lines} - {None}),
        lines=len(lines),
        fields=tuple(
            dict.fromkeys(
                field for line in lines if line["table_name"] not in _STAFF for field in fields_of(line["payload"])
            )
        ),
        refused=str(refusal.get("refused", "")),
        deed=str(refusal.get("deed", "")),
        times=int(refusal.get("times", 0)),
        about=str(refusal.get("about", "")) or _colleagues(told, staff),
    )


def _colleagues(told: Iterable[tuple[dict[str, Any], dict[str, Any]]], staff: Mapping[int, dict[str, Any]]) -> str:
    """The logins of those of the staff whom an entry concerns: whose access, roles or PIN was changed."""
    found = dict[str, None]()
    for line, said in told:
        if line["table_name"] in _STAFF:
            values = said.get("after") or said.get("before") or {}
            colleague = staff.get(
                line["row_id"] if line["table_name"] == table_name(Staff) else values.get("staff_id", 0)
            )
            found |= {colleague["login"]: None} if colleague is not None else {}
    return ", ".join(found)
