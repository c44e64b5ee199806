"""Changes of people's values as others read them: the history of a person, the log, what is proposed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from peewee import JOIN, fn

from store.masks import mask_email, mask_number
from store.rules.corrections import CorrectionState, Entry, Field, Source
from store.rules.identity import mask_nik
from store.rules.permissions import Permission
from store.schema import Correction, Participant, Staff
from store.snapshot import Snapshot
from store.value_class import value_class


@value_class
class CorrectionFilter:
    """Which changes: all of these at once; None and '' ask for nothing. Instants are aware, `until` is not included."""

    participant_id: int | None = None
    staff_id: int | None = None
    field: Field | None = None
    source: str = ""
    state: str = ""
    smile: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    undone: bool = False  # also what was taken back


PROPOSED: Final = CorrectionFilter(state=CorrectionState.PROPOSED)
"""What waits for an officer's yes."""


@value_class
class CorrectionRow:
    """One change; the values are masked unless the acting person may see them (`whole`)."""

    correction_id: int
    version: int
    participant_id: int
    kpj: str
    name: str
    company: str
    field: Field
    old: str | None
    new: str | None
    at: datetime
    by: str
    staff_id: int
    source: str
    said_by: str
    place: str
    why: str
    state: str
    decided_by: str | None
    decided_at: datetime | None
    smile: str
    smile_note: str
    smile_at: datetime | None
    export_id: int | None
    reverts: int | None
    undone: bool


def behind(change: Any) -> Any:
    """The condition that a change only put a number behind the person's first (store.cleaning): history, not a value
    that Smile should have."""
    plain = (change.source == Source.CLEANING) & (change.smile == Entry.NOT_NEEDED)
    return plain & (change.field == Field.PHONE) & change.smile_at.is_null()


def query_of(wanted: CorrectionFilter, *columns: Any) -> Any:
    """The changes that a filter asks for, without an order."""
    query = Correction.select(*(columns or (Correction,)))
    equal = (
        (Correction.participant_id, wanted.participant_id),
        (Correction.staff_id, wanted.staff_id),
        (Correction.field, wanted.field),
        (Correction.source, wanted.source or None),
        (Correction.state, wanted.state or None),
        (Correction.smile, wanted.smile),
    )
    for column, value in equal:
        if value is not None:
            query = query.where(column == value)
    if wanted.since is not None:
        query = query.where(Correction.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(Correction.at < wanted.until)
    return query if wanted.undone else query.where(~Correction.undone)


def count_corrections(look: Snapshot, wanted: CorrectionFilter) -> int:
    """Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    return int(look.scalar(query_of(wanted, fn.count(Correction.id))))


def correction_rows(
    look: Snapshot,
    wanted: CorrectionFilter,
    offset: int,
    limit: int,
    *,
    oldest_first: bool = False,
    whole: bool = False,
) -> list[CorrectionRow]:
    """A window of the changes, the newest first; `whole`: unmasked, NIK and balance by permission.

    Raises NotAllowed.
    """
    look.require(Permission.SEE_LISTS)
    if whole:
        look.require(Permission.CORRECT_CONTACT)
    order = Correction.id if oldest_first else Correction.id.desc()
    return [
        row_of(look, row, whole=whole)
        for row in look.dicts(_joined(query_of(wanted, *_COLUMNS)).order_by(order).offset(offset).limit(limit))
    ]


def one_whole(look: Snapshot, correction_id: int) -> CorrectionRow | None:
    """One change unmasked, NIK and balance by permission; None: there is no such change. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    rows = look.dicts(_joined(Correction.select(*_COLUMNS).where(Correction.id == correction_id)))
    if not rows:
        return None
    return row_of(look, rows[0], whole=True)


_DECIDER = Staff.alias()
_COLUMNS = (
    Correction,
    Participant.kpj,
    Participant.name,
    Participant.company,
    Staff.name.alias("by"),
    _DECIDER.name.alias("decider"),
)


def _joined(query: Any) -> Any:
    return (
        query.join(Participant, on=(Participant.id == Correction.participant_id))
        .join_from(Correction, Staff, on=(Staff.id == Correction.staff_id))
        .join_from(Correction, _DECIDER, JOIN.LEFT_OUTER, on=(_DECIDER.id == Correction.decided_by))
    )


def row_of(look: Snapshot, row: dict[str, Any], *, whole: bool) -> CorrectionRow:
    field = Field(row["field"])
    shown = whole and field not in (Field.NIK, Field.BALANCE)  # those stay with who may see them
    old, new = (value if shown else masked(look, field, value) for value in (row["old"], row["new"]))
    return CorrectionRow(
        row["id"],
        row["version"],
        row["participant_id"],
        row["kpj"],
        row["name"],
        row["company"],
        field,
        old,
        new,
        row["at"],
        row["by"],
        row["staff_id"],
        row["source"],
        row["said_by"],
        row["place"],
        row["why"],
        row["state"],
        row["decider"],
        row["decided_at"],
        row["smile"],
        row["smile_note"],
        row["smile_at"],
        row["export_id"],
        row["reverts"],
        row["undone"],
    )


def masked(look: Snapshot, field: Field, value: str | None) -> str | None:
    """A value as a list shows it to the acting person: numbers, addresses and NIK in part, amounts by permission."""
    if not value:
        return value
    if field is Field.PHONE:
        return mask_number(value)
    if field is Field.EMAIL:
        return mask_email(value)
    if field is Field.NIK:
        return value if look.may(Permission.SEE_FULL_NIK) else mask_nik(value)
    if field is Field.BALANCE and not look.may(Permission.SEE_AMOUNTS):
        return "…"
    return value
