"""What is missing: in a box between its first and last code, and of a whole month (domain.md 2.7; design.md 3.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from peewee import JOIN, fn

from store.archive_places import read_place
from store.archive_rows import Month, MonthRow, PlaceRow
from store.claim_file_rows import require_desk
from store.errors import NotFound
from store.office import signers
from store.rules.archive import Gap, Listed, Paper, PlaceKind, find_gaps
from store.rules.dates import Period, parse_period
from store.rules.vouchers import FileState
from store.schema import Archived, ClaimFile, Loan, Payment, Place, Stack
from store.snapshot import Snapshot
from store.stack_rows import signatures

_TO_SIGN = (FileState.CONFIRMED, FileState.OUT)


def gaps_of_place(look: Snapshot, place_id: int) -> tuple[Gap, ...]:
    """What is missing in a box. Raises NotAllowed, NotFound."""
    place = read_place(look, place_id)
    if place is None:
        raise NotFound("place", str(place_id))
    if place.kind is not PlaceKind.BOX or place.destroyed_at is not None:
        return ()
    within = _within(look, place)
    if within is None:
        return ()
    listed = _listed(look, (Payment.program == place.program) & within)
    return find_gaps(list(listed.values()), _papers(look, listed, place_id), place_id=place_id)


def _within(look: Snapshot, place: PlaceRow) -> Any:
    """Which transactions belong into a box: those of its period, else between its ends; None for an empty one."""
    if place.period:
        first, last = days_of(parse_period(place.period))
        return Payment.booked_on.between(first, last)
    inside = (Archived.place_id == place.place_id) & ~Archived.undone & (Archived.code_order != "")
    row = look.tuples(Archived.select(fn.min(Archived.code_order), fn.max(Archived.code_order)).where(inside))[0]
    return None if row[0] is None else Payment.code_order.between(row[0], row[1])


def days_of(period: Period) -> tuple[date, date]:
    """The first and the last day of the period's months."""
    return period.first, (period.last.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month(look: Snapshot, period: Period) -> Month:
    """What was paid in a period, and where the papers are. Raises NotAllowed."""
    require_desk(look)
    listed = _listed(look, Payment.booked_on.between(*days_of(period)))
    gaps = find_gaps(list(listed.values()), _papers(look, listed))
    paid = Counter(each.program for each in listed.values())
    rows = []
    for program in sorted(paid):
        missing = Counter(gap.where for gap in gaps if gap.listed.program == program)
        rows.append(MonthRow(program, paid[program], paid[program] - missing.total(), dict(sorted(missing.items()))))
    return Month(tuple(rows), tuple(sorted(gaps, key=lambda gap: (gap.listed.program, gap.listed.code_order))))


def _listed(look: Snapshot, wanted: Any) -> dict[int, Listed]:
    columns = (Payment.id, Payment.code, Payment.code_order, Payment.program, Payment.name, Payment.kpj)
    rows = look.tuples(Payment.select(*columns, Payment.booked_on).where(wanted).order_by(Payment.code_order))
    return {row[0]: Listed(*row[1:]) for row in rows}


def _papers(look: Snapshot, listed: dict[int, Listed], place_id: int = 0) -> dict[str, Paper]:
    """What is known of the papers of these transactions, by code; one in `place_id` outranks one elsewhere."""
    ids = list(listed)
    papers = _on_desk(look, ids, listed)
    for row in _in_archive(look, ids):
        code = row["code"]
        before = papers.get(code, Paper(code))
        if before.place_id is not None and row["place_id"] != place_id:
            continue
        papers[code] = Paper(
            code=code,
            state=before.state,
            with_whom=before.with_whom,
            since=before.since,
            unsigned=before.unsigned,
            archived_id=row["id"],
            place_id=row["place_id"],
            place_kind=row["place_kind"] or "",
            place=" ".join(part for part in (row["place_program"], row["place_number"]) if part),
            destroyed=row["destroyed_at"] is not None,
            borrower=row["borrower"] or "",
            due_on=row["due_on"],
            trouble=row["trouble"],
        )
    return papers


def _on_desk(look: Snapshot, ids: Sequence[int], listed: dict[int, Listed]) -> dict[str, Paper]:
    query = (
        ClaimFile.select(ClaimFile.id, ClaimFile.payment_id, ClaimFile.state, Stack.given_to, Stack.made_at)
        .join(Stack, JOIN.LEFT_OUTER, on=(Stack.id == ClaimFile.holder_stack))
        .where(look.database.any_of(ClaimFile.payment_id, ids), ~ClaimFile.undone)
    )
    rows = look.dicts(query)
    everybody = signers(look)
    signed = signatures(look, [row["id"] for row in rows if row["state"] in _TO_SIGN])
    found = {}
    for row in rows:
        seen = [each.signer for each in signed.get(row["id"], ())]
        missing = everybody.missing(seen) if row["state"] in _TO_SIGN else ()
        code = listed[row["payment_id"]].code
        found[code] = Paper(code, FileState(row["state"]), row["given_to"] or "", row["made_at"], missing)
    return found


def _in_archive(look: Snapshot, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Archived files that bear the codes of these transactions."""
    out = (Loan.archived_id == Archived.id) & Loan.back_at.is_null() & ~Loan.undone
    query = (
        Payment.select(
            *(Payment.code, Archived.id, Archived.place_id, Archived.trouble),
            *(Place.kind.alias("place_kind"), Place.program.alias("place_program")),
            *(Place.number.alias("place_number"), Place.destroyed_at, Loan.borrower, Loan.due_on),
        )
        .join(Archived, on=((Archived.code == Payment.code) & ~Archived.undone))
        .join_from(Archived, Place, JOIN.LEFT_OUTER, on=(Place.id == Archived.place_id))
        .join_from(Archived, Loan, JOIN.LEFT_OUTER, on=out)
        .where(look.database.any_of(Payment.id, ids))
        .order_by(Archived.id)
    )
    return look.dicts(query)
