"""People and history of a closed period as they were on the day it was closed: packed small, one row a person.

Corrections that come later change none of it. A person who is erased is taken out by their rows in `closed_person`; the
figures of the period stand as they are. Numbers are kept masked, as they are shown.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from store.rules.dates import Period
from store.schema import ClosedPeriod, ClosedPerson, Staff
from store.schema.base import millis
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_WINDOW: Final = 32_000  # as far as the packing looks back
_CHUNK: Final = 500
_INSTANTS: Final = frozenset(
    {
        *("at", "last_at", "due_at", "callback_at", "claim_said_at"),
        *("ended_at", "settled_at", "done_at"),
        *("received_at", "out_at", "signed_at"),
    }
)


@value_class
class ResultRow:
    """One person's result, as the report to the head of section has it."""

    period: str
    kpj: str
    nik: str
    name: str
    company: str
    npp: str
    pembina: str
    phone: str
    state: str
    done_reason: str
    claimed: bool | None
    claim_said_at: datetime | None
    still_working: bool
    tries: int
    last_outcome: str
    last_at: datetime | None
    due_at: datetime | None


@value_class
class AttemptOut:
    """One attempt, for the history sheet."""

    period: str
    at: datetime
    kpj: str
    name: str
    number: str
    outcome: str
    detail: str
    callback_at: datetime | None
    note: str
    by: str
    late: bool


_Row = TypeVar("_Row", bound="DataclassInstance")


def closed_row(look: Snapshot, kind: str, period: Period) -> dict[str, Any] | None:
    """What is kept of a closed period: id, figures, closed_at, and the name of who closed it; None while it is open."""
    return look.one(
        ClosedPeriod.select(ClosedPeriod.id, ClosedPeriod.figures, ClosedPeriod.closed_at, Staff.name)
        .join(Staff, on=(Staff.id == ClosedPeriod.staff_id))
        .where(ClosedPeriod.kind == kind, ClosedPeriod.period == str(period))
    )


def freeze(
    tx: Transaction,
    closed_id: int,
    figures: str,
    people: Sequence[tuple[int, DataclassInstance]],
    attempts: Sequence[tuple[int, DataclassInstance]],
) -> None:
    """Keeps the rows of a period, each with its participant's id. The entry that closes the period speaks for them.

    A row that is about nobody known has a negative id of its own.

    `figures` is the period's row as it is stored: it has the names of companies and staff, so the rows need not.
    """
    kept: dict[int, tuple[list[Any], list[Any]]] = {}
    for place, (owner, row) in enumerate(people):
        kept.setdefault(owner, ([], []))[0].append([place, *map(_plain, astuple(row))])
    for place, (owner, attempt) in enumerate(attempts):
        kept.setdefault(owner, ([], []))[1].append([place, *map(_plain, astuple(attempt))])
    ids = sorted(kept)
    for start in range(0, len(ids), _CHUNK):
        rows = [
            {"closed_id": closed_id, "participant_id": owner, "body": _pack(kept[owner], figures)}
            for owner in ids[start : start + _CHUNK]
        ]
        tx.execute(ClosedPerson.insert_many(rows))


def frozen(look: Snapshot, closed_id: int, figures: str) -> tuple[list[ResultRow], list[AttemptOut]]:
    """The rows of a closed period in the order in which they were kept, without people who were erased since."""
    people, attempts = _kept(look, closed_id, figures)
    return _rows(ResultRow, people), _rows(AttemptOut, attempts)


def frozen_rows(look: Snapshot, closed_id: int, figures: str, kind: type[_Row]) -> list[_Row]:
    """The same of a recap that keeps rows of one kind."""
    return _rows(kind, _kept(look, closed_id, figures)[0])


def _kept(look: Snapshot, closed_id: int, figures: str) -> tuple[list[list[Any]], list[list[Any]]]:
    people: list[list[Any]] = []
    attempts: list[list[Any]] = []
    for (body,) in look.tuples(ClosedPerson.select(ClosedPerson.body).where(ClosedPerson.closed_id == closed_id)):
        own, calls = _unpack(body, figures)
        people += own
        attempts += calls
    return people, attempts


def _rows(kind: type[_Row], kept: list[list[Any]]) -> list[_Row]:
    readers = [_instant if field.name in _INSTANTS else _same for field in fields(kind)]
    rows = []
    for _place, *values in sorted(kept, key=lambda row: int(row[0])):
        given: list[Any] = [read(value) for read, value in zip(readers, values, strict=True)]
        rows.append(kind(*given))
    return rows


def _plain(value: Any) -> Any:
    return millis(value) if isinstance(value, datetime) else value


def _same(value: Any) -> Any:
    return value


def _instant(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def _window(figures: str) -> bytes:
    return figures.encode()[-_WINDOW:]


def _pack(content: Any, figures: str) -> str:
    packer = zlib.compressobj(9, wbits=-15, zdict=_window(figures))
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


def _unpack(body: str, figures: str) -> tuple[list[list[Any]], list[list[Any]]]:
    packer = zlib.decompressobj(wbits=-15, zdict=_window(figures))
    people, attempts = json.loads(packer.decompress(base64.b64decode(body)) + packer.flush())
    return people, attempts
