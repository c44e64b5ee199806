"""What is due by the office's rules, and what holds it: found by statements over what is open, not person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from store.rules.erasures import MARK, DataKind, ErasureState, HeldBy, cutoff
from store.rules.hours import WIB
from store.schema.base import millis
from store.snapshot import Snapshot
from store.value_class import value_class

_CHUNK: Final = 500


@value_class
class Due:
    """One row whose time is over."""

    kind: DataKind
    row_id: int
    participant_id: int | None
    ended_on: date


_PAID: Final = f"""SELECT id, created_at, CASE WHEN claim_check = 'claimed' THEN claim_checked_at END,
    (SELECT max(booked_on) FROM payment WHERE payment.kpj = participant.kpj),
    (SELECT max(paid_on) FROM claim_file WHERE claim_file.kpj = participant.kpj AND NOT claim_file.undone)
    FROM participant WHERE claimed IS TRUE AND kpj < '{MARK}' AND created_at < %s"""
"""People known as claimed with each day that says when."""

_WRITTEN: Final = """SELECT audit_change.row_id, max(audit.at) FROM audit_change
    JOIN audit ON audit.id = audit_change.audit_id
    WHERE audit_change.table_name = 'participant' AND {these} GROUP BY audit_change.row_id"""
"""When anything of a person was written last: the claim was known by then."""

ROWS: Final[Mapping[DataKind, str]] = {
    DataKind.CALLS: """SELECT attempt.id, attempt.participant_id, attempt.at FROM attempt
        JOIN queue_item ON queue_item.id = attempt.item_id
        WHERE (attempt.note <> '' OR attempt.e164 IS NOT NULL) AND queue_item.state IN ('done', 'exhausted')
        AND attempt.at < %s""",
    DataKind.CONTACTS: """SELECT contact.id, contact.participant_id, contact.started_at FROM contact
        WHERE (note <> '' OR e164 IS NOT NULL OR caller_name <> '' OR company <> '')
        AND (channel <> 'missed' OR settled_at IS NOT NULL) AND started_at < %s""",
    DataKind.PROMISES: """SELECT follow_up.id, follow_up.participant_id, follow_up.done_at FROM follow_up
        WHERE state <> 'open' AND (what <> '' OR whom <> '' OR done_note <> '') AND done_at < %s""",
    DataKind.HELP: """SELECT assist.id, assist.participant_id, assist.result_at FROM assist
        WHERE result <> '' AND (note <> '' OR whom <> '' OR activation_note <> '' OR result_note <> '')
        AND result_at < %s""",
    DataKind.CORRECTIONS: """SELECT correction.id, correction.participant_id, correction.at FROM correction
        WHERE state <> 'proposed' AND smile <> 'to_do'
        AND (old IS NOT NULL OR new IS NOT NULL OR said_by <> '' OR place <> '' OR why <> '' OR smile_note <> '')
        AND at < %s""",
    DataKind.CELLS: f"""SELECT participant.id, participant.id, participant.created_at FROM participant
        WHERE flags = '' AND (phones_raw <> '' OR email_raw <> '' OR doubts <> '') AND kpj < '{MARK}'
        AND created_at < %s""",
    DataKind.LOOKUPS: """SELECT lookup_line.id, lookup_line.participant_id, lookup_list.closed_at FROM lookup_line
        JOIN lookup_list ON lookup_list.id = lookup_line.list_id
        WHERE (told <> '' OR nik <> '' OR kpj <> '' OR lookup_line.name <> '' OR note <> '')
        AND lookup_list.closed_at < %s""",
    DataKind.PRINTS: """SELECT kept_pdf.id, NULL, (SELECT max(coalesce(print_job.ended_at, print_job.made_at))
        FROM print_job WHERE print_job.sha256 = kept_pdf.sha256) FROM kept_pdf
        WHERE NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.sha256 = kept_pdf.sha256
            AND print_job.state NOT IN ('confirmed', 'cancelled', 'said'))
        AND (SELECT max(coalesce(print_job.ended_at, print_job.made_at)) FROM print_job
            WHERE print_job.sha256 = kept_pdf.sha256) < %s""",
}
"""Rows that still say something and whose matter is over: the row, whose it is, the instant that ended it."""


def due_of(look: Snapshot, kind: DataKind, years: int, ids: Sequence[int] | None = None) -> list[Due]:
    """What of this kind is due, the longest first; of these rows only, where `ids` (some hundreds) are given."""
    last = cutoff(look.today, years)
    if kind is DataKind.PEOPLE:
        return _people(look, last, ids)
    sql, values = ROWS[kind], (_end_of(last),)
    if ids is not None:
        table = sql.split("SELECT ", 1)[1].split(".id", 1)[0]
        these, more = look.database.among(f"{table}.id", list(ids))
        sql, values = f"{sql} AND {these}", (*values, *more)
    rows = [Due(kind, row[0], row[1], _day(row[2])) for row in look.database.rows(sql, values)]
    return sorted(rows, key=_longest)


def _people(look: Snapshot, last: date, ids: Sequence[int] | None) -> list[Due]:
    sql, values = _PAID, (_end_of(last),)
    if ids is not None:
        these, more = look.database.among("id", list(ids))
        sql, values = f"{sql} AND {these}", (*values, *more)
    known: dict[int, date] = {}
    unknown: list[int] = []
    for person_id, _made, checked, booked, paid in look.database.rows(sql, values):
        days = [date.fromisoformat(each) for each in (booked, paid) if each]
        days += [_day(checked)] if checked else []
        if days:
            known[person_id] = max(days)
        else:
            unknown.append(person_id)
    for start in range(0, len(unknown), _CHUNK):
        these, more = look.database.among("audit_change.row_id", unknown[start : start + _CHUNK])
        known |= {row[0]: _day(row[1]) for row in look.database.rows(_WRITTEN.format(these=these), more)}
    rows = [Due(DataKind.PEOPLE, each, each, day) for each, day in known.items() if day <= last]
    return sorted(rows, key=_longest)


def _longest(row: Due) -> tuple[date, int]:
    return row.ended_on, row.row_id


def _day(instant: int) -> date:
    return datetime.fromtimestamp(instant / 1000, WIB).date()


def _end_of(day: date) -> int:
    return millis(datetime.combine(day + timedelta(days=1), time(), WIB).astimezone(UTC))


_OPEN: Final[tuple[tuple[HeldBy, str, str], ...]] = (
    (
        HeldBy.CALLING,
        "participant_id",
        "SELECT participant_id FROM queue_item WHERE lease_session IS NOT NULL AND {these}",
    ),
    (
        HeldBy.LISTED,
        "participant_id",
        "SELECT participant_id FROM queue_item WHERE state NOT IN ('done', 'exhausted', 'without_number') AND {these}",
    ),
    (
        HeldBy.CORRECTION,
        "participant_id",
        "SELECT participant_id FROM correction"
        " WHERE NOT undone AND (state = 'proposed' OR smile = 'to_do') AND {these}",
    ),
    (
        HeldBy.FOLLOW_UP,
        "participant_id",
        "SELECT participant_id FROM follow_up WHERE state = 'open' AND NOT undone"
        " AND participant_id IS NOT NULL AND {these}",
    ),
    (
        HeldBy.HELP,
        "participant_id",
        "SELECT participant_id FROM assist WHERE result = '' AND NOT undone AND participant_id IS NOT NULL AND {these}",
    ),
    (
        HeldBy.LOOKUP,
        "lookup_line.participant_id",
        "SELECT lookup_line.participant_id FROM lookup_line JOIN lookup_list ON lookup_list.id = lookup_line.list_id"
        " WHERE lookup_list.closed_at IS NULL AND NOT lookup_line.undone AND NOT lookup_list.undone"
        " AND lookup_line.participant_id IS NOT NULL AND {these}",
    ),
    (
        HeldBy.PAPER,
        "participant.id",
        "SELECT participant.id FROM participant JOIN claim_file ON claim_file.kpj = participant.kpj"
        " LEFT JOIN archived ON archived.file_id = claim_file.id AND NOT archived.undone"
        " LEFT JOIN place ON place.id = archived.place_id"
        " WHERE NOT claim_file.undone AND place.destroyed_at IS NULL AND {these}",
    ),
    (
        HeldBy.PAPER,
        "participant.id",
        "SELECT participant.id FROM participant JOIN archived ON archived.kpj = participant.kpj"
        " LEFT JOIN place ON place.id = archived.place_id"
        " WHERE NOT archived.undone AND place.destroyed_at IS NULL AND {these}",
    ),
)
"""What of a person is open still; a claim file that is not destroyed keeps them as long as the archive keeps it."""

_SUSPENDED: Final = (
    "SELECT participant_id FROM suspension WHERE lifted_at IS NULL AND (until IS NULL OR until >= %s) AND {these}"
)
_ON_LIST: Final = """SELECT erasure_line.row_id FROM erasure_line
    JOIN erasure ON erasure.id = erasure_line.erasure_id
    WHERE erasure_line.kind = %s AND erasure_line.done_at IS NULL AND erasure.state IN (%s, %s)"""


def open_people(look: Snapshot, ids: Sequence[int] | None = None) -> dict[int, tuple[HeldBy, ...]]:
    """Who is held out and why: everybody, or of these (some hundreds)."""
    held: dict[int, list[HeldBy]] = defaultdict(list)
    for why, people in _open(look, ids):
        for person_id in people:
            if why not in held[person_id]:
                held[person_id].append(why)
    return {person_id: tuple(whys) for person_id, whys in held.items()}


def _open(look: Snapshot, ids: Sequence[int] | None) -> list[tuple[HeldBy, list[int]]]:
    def asked(sql: str, column: str, *values: Any) -> list[int]:
        these, more = ("1 = 1", ()) if ids is None else look.database.among(column, list(ids))
        return [row[0] for row in look.database.rows(sql.format(these=these), (*values, *more))]

    found = [(HeldBy.SUSPENDED, asked(_SUSPENDED, "participant_id", look.today.isoformat()))]
    return found + [(why, asked(sql, column)) for why, column, sql in _OPEN]


def on_lists(look: Snapshot, kind: DataKind) -> set[int]:
    """Rows of this kind that stand on a list which is neither carried out nor dropped."""
    living = (str(ErasureState.PROPOSED), str(ErasureState.APPROVED))
    return {row[0] for row in look.database.rows(_ON_LIST, (str(kind), *living))}


def holds(kind: DataKind, row: Due, people: Mapping[int, tuple[HeldBy, ...]]) -> tuple[HeldBy, ...]:
    """What holds a row: of a whole person everything that is open, of one row who is held out and who is called."""
    whys = () if row.participant_id is None else people.get(row.participant_id, ())
    if kind is DataKind.PEOPLE:
        return whys
    return tuple(why for why in whys if why in (HeldBy.SUSPENDED, HeldBy.CALLING))
