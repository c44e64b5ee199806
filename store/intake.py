"""Rows of a participant list against what is known: one judgement for the plan that is shown and for the import."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from store.campaigns import close_items, numbers_came
from store.rows import RowReport, SheetReport
from store.rules.merging import Merge, merge
from store.rules.names import name_key
from store.rules.outcomes import DoneReason
from store.rules.readings import FLAGS, ParticipantRead, Reason, RowRead
from store.schema import Participant, Phone
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class
from store.workbooks.participants import ParticipantsFile, SheetFound

_CHUNK = 500
ROWS_LISTED = 100_000
VERDICTS = ("taken", "same", "changed", "repaired", "doubted", "refused")


@value_class
class Judged:
    """One row with its verdict against what is known. `known` is the person's row, `merge` what would change in it."""

    row: RowRead
    verdict: str
    reasons: tuple[Reason, ...]
    known: dict[str, Any] | None = None
    merge: Merge | None = None
    digest: str = ""
    """Of what was read, where it is to be kept (`reading_digest`)."""

    @property
    def adds(self) -> bool:
        """Whether the row makes a new person."""
        repeated = any(reason.code == "kpj-repeated" for reason in self.reasons)
        return self.known is None and self.verdict in ("taken", "repaired", "doubted") and not repeated


@dataclass(slots=True)
class Tally:
    """Counts by sheet and verdict, and the rows that a person may want to look at."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    listed: list[RowReport] = field(default_factory=list)
    open_rows: int = 0

    def add(self, judged: Judged) -> None:
        row = judged.row
        self.counts.setdefault(row.sheet, Counter())[judged.verdict] += 1
        if judged.verdict in ("taken", "same") and not judged.reasons:
            return
        self.open_rows += 1
        if len(self.listed) < ROWS_LISTED:
            kpj = row.participant.kpj if row.participant else ""
            self.listed.append(RowReport(row.sheet, row.row, kpj, judged.verdict, judged.reasons))

    def sheets(self, found: Sequence[SheetFound]) -> tuple[SheetReport, ...]:
        return tuple(
            SheetReport(
                sheet.name,
                sheet.header_row,
                sheet.columns,
                **{name: self.counts.get(sheet.name, Counter())[name] for name in VERDICTS},
                skipped=sheet.skipped,
                doubts=sheet.doubts,
            )
            for sheet in found
        )


class Judging:
    """A walk through the rows of a file. The first row of a KPJ stands; a second one that tells otherwise is doubted.

    It can be interrupted: a plan of many rows lets others have the store's thread between two chunks.
    """

    def __init__(self, file: ParticipantsFile) -> None:
        self._first: dict[str, str] = {}
        self._rows = file.rows()

    def chunk(self, look: Snapshot) -> list[Judged]:
        """The next rows in order, none at the end."""
        rows = list(islice(self._rows, _CHUNK))
        known, numbers = _known(look, [row.participant for row in rows if row.participant is not None])
        return [self._judge(row, known, numbers) for row in rows]

    def _judge(self, row: RowRead, known: dict[str, dict[str, Any]], numbers: dict[int, set[str]]) -> Judged:
        person = row.participant
        if person is None:
            return Judged(row, "refused", row.reasons)
        digest = row.digest
        if person.kpj in self._first:
            return _second(row, same=self._first[person.kpj] == digest)
        self._first[person.kpj] = digest
        return _judge_row(row, person, digest, known.get(person.kpj), numbers)


def judge(look: Snapshot, file: ParticipantsFile) -> Iterator[Judged]:
    """Every row of a file in order, at one instant."""
    judging = Judging(file)
    while chunk := judging.chunk(look):
        yield from chunk


def _second(row: RowRead, *, same: bool) -> Judged:
    if same:
        return Judged(row, "same", ())
    assert row.participant is not None
    return Judged(row, "doubted", (*row.reasons, Reason("kpj-repeated", "kpj", row.participant.kpj)))


def _judge_row(
    row: RowRead, person: ParticipantRead, digest: str, known: dict[str, Any] | None, numbers: dict[int, set[str]]
) -> Judged:
    if known is None:
        return Judged(row, row.verdict, row.reasons, digest=digest)
    if known["reading"] == digest:
        return Judged(row, "same", ())
    change = merge(known, frozenset(numbers.get(known["id"], ())), person)
    if change.nothing:
        return Judged(row, "same", change.reasons, known, change)
    return Judged(row, "changed", (*row.reasons, *change.reasons), known, change, digest)


def _known(look: Snapshot, people: Iterable[ParticipantRead]) -> tuple[dict[str, dict[str, Any]], dict[int, set[str]]]:
    these, values = look.database.among("kpj", sorted({person.kpj for person in people}))
    ids = [row[0] for row in look.database.rows(f"SELECT id FROM participant WHERE {these}", values)]
    if not ids:  # a new list: there is nobody to be asked for
        return {}, {}
    known = {row["kpj"]: row for row in look.dicts(Participant.select().where(Participant.id.in_(ids)))}
    numbers: dict[int, set[str]] = {}
    for owner, e164 in look.tuples(Phone.select(Phone.participant_id, Phone.e164).where(Phone.participant_id.in_(ids))):
        numbers.setdefault(owner, set()).add(e164)
    return known, numbers


@dataclass(slots=True)
class Taken:
    """What an import did: the people it touched, and how many left the call lists because they are claimed now."""

    tally: Tally = field(default_factory=Tally)
    ids: list[int] = field(default_factory=list)
    left_queue: int = 0


def take(tx: Transaction, file: ParticipantsFile, *, accept_changes: bool) -> Taken:
    """Writes the rows of a file within the open audited write."""
    taken = Taken()
    judged = judge(tx, file)
    while chunk := list(islice(judged, _CHUNK)):
        for line in chunk:
            taken.tally.add(line)
        taken.ids += _add(tx, [line for line in chunk if line.adds], file.file)
        for line in chunk:
            if line.verdict == "changed" and accept_changes:
                taken.left_queue += _change(tx, line, file.file)
                assert line.known is not None
                taken.ids.append(line.known["id"])
    return taken


def doubts_of(reasons: Iterable[Reason], before: str = "") -> str:
    """What the cells of flagged values said, as JSON: flag -> text; numbers and e-mail have columns of their own."""
    said = json.loads(before) if before else {}
    said |= {why.code: why.raw for why in reasons if why.code in FLAGS and why.field not in ("phones", "email")}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


def _source(row: RowRead, file: str) -> str:
    return f"{file} / {row.sheet} / {row.row}"


def _add(tx: Transaction, judged: Sequence[Judged], file: str) -> list[int]:
    people = [j.row.participant for j in judged if j.row.participant is not None]
    rows = [
        {
            **{name: getattr(person, name) for name in _COPIED},
            "name_key": name_key(person.name),
            "flags": " ".join(person.flags),
            "doubts": doubts_of(j.row.reasons),
            "source": _source(j.row, file),
            "reading": j.digest,
            "created_at": tx.now,
        }
        for j, person in zip(judged, people, strict=True)
    ]
    ids = tx.insert_many(Participant, rows)
    phones = [
        {"participant_id": owner, "position": n, "e164": phone.e164, "label": phone.label}
        for owner, person in zip(ids, people, strict=True)
        for n, phone in enumerate(person.phones)
    ]
    tx.insert_many(Phone, phones)
    return ids


_COPIED = (
    *("kpj", "nik", "name", "birth_date", "sex", "npp", "company", "pembina"),
    *("phones_raw", "email", "email_raw", "jht_balance", "active", "claimed"),
)


def _change(tx: Transaction, judged: Judged, file: str) -> int:
    """Writes what changed in one known person; how many call lists they left."""
    known, change, person = judged.known, judged.merge, judged.row.participant
    assert known is not None and change is not None and person is not None
    values = dict(change.changes)
    if "name" in values:
        values["name_key"] = name_key(values["name"])
    values["doubts"] = doubts_of(judged.row.reasons, known["doubts"])
    tx.update(Participant, known["id"], **values, source=_source(judged.row, file), reading=judged.digest)
    for n, phone in enumerate(change.new_phones):
        # The newest number comes first: positions grow downwards from what is there.
        place = n - len(change.new_phones) + _first_position(tx, known["id"])
        tx.insert(Phone, participant_id=known["id"], position=place, e164=phone.e164, label=phone.label)
    if change.new_phones:
        numbers_came(tx, {known["id"]: change.new_phones[0].e164})
    return close_items(tx, known["id"], DoneReason.CLAIMED) if values.get("claimed") is True else 0


def _first_position(look: Snapshot, participant_id: int) -> int:
    row = look.one(Phone.select(Phone.position).where(Phone.participant_id == participant_id).order_by(Phone.position))
    return int(row["position"]) if row else 0
