"""Lists of people to look up in Smile as their desk shows them: what Loket knows of each stands beside the line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from peewee import JOIN, Case, fn

from store.rules.identity import mask_nik
from store.rules.lookups import Answer, LookupKind, split_answer
from store.rules.permissions import Permission
from store.schema import Draft, LookupLine, LookupList, Participant, Staff
from store.snapshot import Snapshot
from store.value_class import value_class

OPEN_FOR: Final = timedelta(minutes=15)
"""So long after the last key a line stays with whoever looks it up; nobody else is shown it."""


def open_key(list_id: int) -> str:
    return f"lookup-open:{list_id}"


def parked_key(list_id: int) -> str:
    return f"lookup-parked:{list_id}"


@value_class
class ListRow:
    """A list with how far it is."""

    list_id: int
    name: str
    kind: LookupKind
    at: datetime
    by: str
    lines: int
    answered: int
    known: int
    closed_at: datetime | None
    parked: bool
    with_others: int


@value_class
class LineRow:
    """One line: what it said (masked), whom it means, and what Smile said.

    `several` people hold the NIK of a line that tells no KPJ: which one is meant Loket does not know.
    """

    line_id: int
    version: int
    list_id: int
    n: int
    nik: str  # masked where the acting person may not see it
    kpj: str
    name: str
    participant_id: int | None
    known_name: str
    company: str
    npp: str
    active: bool | None
    claimed: bool | None
    several: int
    answer: Answer | None
    months: int | None
    note: str
    answered_at: datetime | None
    by: str | None
    parked: bool = False


@value_class
class Offer:
    """What Smile says of somebody and Loket's record does not: `field` is active or claimed."""

    line_id: int
    participant_id: int
    n: int
    name: str
    kpj: str
    company: str
    field: str
    present: bool | None
    wanted: bool


def list_rows(look: Snapshot, list_id: int | None = None, *, closed: bool = False) -> list[ListRow]:
    """The lists, the newest first; without those that are put away unless asked for. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    query = LookupList.select(LookupList, Staff.name.alias("by")).join(Staff, on=(Staff.id == LookupList.staff_id))
    query = query.where(~LookupList.undone)
    if list_id is not None:
        query = query.where(LookupList.id == list_id)
    elif not closed:
        query = query.where(LookupList.closed_at.is_null())
    rows = look.dicts(query.order_by(LookupList.id.desc()))
    answered = Case(None, ((LookupLine.answer != "", 1),), 0)
    counts = {
        row[0]: row[1:]
        for row in look.tuples(
            LookupLine.select(
                LookupLine.list_id, fn.count(LookupLine.id), fn.sum(answered), fn.count(LookupLine.participant_id)
            )
            .where(LookupLine.list_id.in_([row["id"] for row in rows]), ~LookupLine.undone)
            .group_by(LookupLine.list_id)
        )
    }
    parked = _drafts(look, "lookup-parked:", own=True)
    others = _drafts(look, "lookup-open:", own=False)
    found = []
    for row in rows:
        lines, done, known = (int(each or 0) for each in counts.get(row["id"], (0, 0, 0)))
        found.append(
            ListRow(
                row["id"],
                row["name"],
                LookupKind(row["kind"]),
                row["at"],
                row["by"],
                lines,
                done,
                known,
                row["closed_at"],
                row["id"] in parked,
                len(others[row["id"]]),
            )
        )
    return found


def _drafts(look: Snapshot, prefix: str, *, own: bool) -> dict[int, list[int]]:
    """Lines by list that somebody has in front of them, or at which the acting person's list stands still."""
    query = Draft.select(Draft.key, Draft.body).where(Draft.key.startswith(prefix))
    me = look.actor.staff_id
    if own:
        query = query.where(Draft.staff_id == me)
    else:
        query = query.where(Draft.staff_id != me, Draft.saved_at > look.now - OPEN_FOR)
    found: dict[int, list[int]] = defaultdict(list)
    for key, body in look.tuples(query):
        found[int(key.removeprefix(prefix))].append(int(body))
    return found


def line_query(*columns: Any) -> Any:
    """Lines with their people, without an order."""
    query = LookupLine.select(
        *(columns or (LookupLine, Staff.name.alias("by"))),
        *(Participant.name.alias("known_name"), Participant.kpj.alias("known_kpj"), Participant.company),
        *(Participant.npp, Participant.active, Participant.claimed, Participant.nik.alias("known_nik")),
    )
    return (
        query.join(Participant, JOIN.LEFT_OUTER, on=(Participant.id == LookupLine.participant_id))
        .join_from(LookupLine, Staff, JOIN.LEFT_OUTER, on=(Staff.id == LookupLine.answered_by))
        .where(~LookupLine.undone)
    )


def rows_of(look: Snapshot, rows: Sequence[dict[str, Any]], *, whole: bool = False) -> list[LineRow]:
    """The rows of `line_query` as others read them; NIK masked unless `whole` or allowed."""
    holders = _holders(look, [row["nik"] for row in rows if row["participant_id"] is None and row["nik"]])
    shows = whole or look.may(Permission.SEE_FULL_NIK)
    found = []
    for row in rows:
        answer, months = split_answer(row["answer"])
        nik = row["nik"] or row["known_nik"] or ""
        # A NIK that the list did not tell is Loket's own, and is masked in a file as on the screen.
        shown = nik if look.may(Permission.SEE_FULL_NIK) or (shows and row["nik"]) else mask_nik(nik)
        found.append(
            LineRow(
                row["id"],
                row["version"],
                row["list_id"],
                row["n"],
                shown,
                row["kpj"] or row["known_kpj"] or "",
                row["name"],
                row["participant_id"],
                row["known_name"] or "",
                row["company"] or "",
                row["npp"] or "",
                row["active"],
                row["claimed"],
                holders[row["nik"]] if row["participant_id"] is None else 0,
                answer,
                months,
                row["note"],
                row["answered_at"],
                row["by"],
            )
        )
    return found


def _holders(look: Snapshot, niks: Sequence[str]) -> Counter[str]:
    """How many people hold each of these NIK."""
    found: Counter[str] = Counter()
    for start in range(0, len(niks), 500):
        query = Participant.select(Participant.nik, fn.count(Participant.id)).where(
            Participant.nik.in_(niks[start : start + 500])
        )
        found.update(dict(look.tuples(query.group_by(Participant.nik))))
    return found


def count_lines(look: Snapshot, list_id: int) -> int:
    """Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    query = LookupLine.select(fn.count(LookupLine.id)).where(LookupLine.list_id == list_id, ~LookupLine.undone)
    return int(look.scalar(query))


def line_rows(look: Snapshot, list_id: int, offset: int, limit: int, *, whole: bool = False) -> list[LineRow]:
    """A window of a list in its order. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    query = line_query().where(LookupLine.list_id == list_id).order_by(LookupLine.n)
    return rows_of(look, look.dicts(query.offset(offset).limit(limit)), whole=whole)


def next_line(look: Snapshot, list_id: int, after: int = 0) -> LineRow | None:
    """The line at which the list was parked, else the first without an answer; behind `after`, then from the top."""
    busy = _drafts(look, "lookup-open:", own=False)[list_id]
    query = line_query().where(LookupLine.list_id == list_id, LookupLine.answer == "", LookupLine.id.not_in(busy))
    query = query.order_by(LookupLine.n)
    parked = _drafts(look, "lookup-parked:", own=True)[list_id]
    row = look.one(query.where(LookupLine.id.in_(parked))) if parked and not after else None
    row = row or look.one(query.where(LookupLine.n > after)) or look.one(query.where(LookupLine.n != after))
    return None if row is None else _shown(look, row, parked)


def line_of(look: Snapshot, line_id: int) -> LineRow | None:
    """One line as it stands now; None once its list was taken back. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    row = look.one(line_query().where(LookupLine.id == line_id))
    return None if row is None else _shown(look, row, _drafts(look, "lookup-parked:", own=True)[row["list_id"]])


def _shown(look: Snapshot, row: dict[str, Any], parked: Sequence[int]) -> LineRow:
    (shown,) = rows_of(look, [row])
    return replace(shown, parked=shown.line_id in parked)


def offers_of(look: Snapshot, list_id: int) -> list[Offer]:
    """Where Smile says something else of a known person than the record does. Raises NotAllowed."""
    look.require(Permission.CORRECT_CONTACT)
    answers = [str(answer) for answer in (Answer.ACTIVE, Answer.LEFT, Answer.CLAIMED)]
    query = line_query().where(
        LookupLine.list_id == list_id, LookupLine.answer.in_(answers), LookupLine.participant_id.is_null(False)
    )
    return [offer for row in look.dicts(query.order_by(LookupLine.n)) if (offer := offer_in(row)) is not None]


def offer_in(row: dict[str, Any]) -> Offer | None:
    """What one row of `line_query` offers, if anything."""
    answer = split_answer(row["answer"])[0]
    if answer is Answer.CLAIMED:
        field, present, wanted = "claimed", row["claimed"], True
    else:
        field, present, wanted = "active", row["active"], answer is Answer.ACTIVE
    if present == wanted:
        return None
    about = (row["known_name"], row["known_kpj"], row["company"] or "")
    return Offer(row["id"], row["participant_id"], row["n"], *about, field, present, wanted)
