"""What the archive hands out: places, what lies in them, loans, what is missing, what may be destroyed. Frozen rows.

Amounts are None for who may not see them (design.md 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from store.claim_file_rows import FileRow
from store.rows import RowReport, SheetReport, UndoRef
from store.rules.archive import DestructionState, Gap, PlaceKind, Whereabouts
from store.rules.registers import Filed, RegisterRow
from store.value_class import value_class


@value_class
class PlaceFilter:
    """Which places are looked at; what is None or empty does not narrow. `text` is part of number, shelf or note."""

    kinds: tuple[PlaceKind, ...] = ()
    program: str | None = None
    open: bool | None = None
    with_destroyed: bool = False
    text: str = ""


@value_class
class PlaceRow:
    """One place. `capacity` in files, 0: not counted; `period` YYYY-MM or a range, '' for all.

    `files` lie in it (those that are borrowed too, `borrowed` of them), with codes from `first` to `last` and papers
    dated `first_day` to `last_day`, `undated` of no known day. `keep_until` is the last day on which it
    is kept: as somebody said (`keep_said`), else by the office's years, None while nobody has said.
    """

    place_id: int
    version: int
    kind: PlaceKind
    number: str
    program: str
    shelf: str
    period: str
    capacity: int
    note: str
    files: int
    borrowed: int
    first: str
    last: str
    first_day: date | None
    last_day: date | None
    undated: int
    made_at: datetime
    made_by: str
    closed_at: datetime | None
    destroyed_at: datetime | None
    keep_until: date | None
    keep_said: bool

    @property
    def room(self) -> int | None:
        """How many files still fit; None where they are not counted."""
        return max(self.capacity - self.files, 0) if self.capacity else None


@dataclass(frozen=True, slots=True)
class ArchivedRow(Filed):
    """One file in the archive, or that could not be brought there (`trouble` says why; then it has no place).

    `file_id` is its claim file, None for a line of an older register. `borrower`, `due_on` and `loan_id` where somebody
    has it.
    """

    archived_id: int
    version: int
    file_id: int | None
    place_id: int | None
    place_kind: PlaceKind | None
    place_number: str
    place_program: str
    shelf: str
    destroyed_at: datetime | None
    code_order: str
    trouble: str
    archived_at: datetime
    archived_by: str
    source: str
    loan_id: int | None
    borrower: str
    due_on: date | None
    late: bool


@value_class
class Neighbours:
    """Where a file goes in: the box, or `place` None and the number of the one that will be made for it.

    `before` and `after` are the codes it lies between, '' at the ends; `position` counts from 1.
    """

    place: PlaceRow | None
    number: str
    position: int
    before: str
    after: str


@value_class
class Waiting:
    """A file with all signatures that is not in the archive yet.

    `lies` is where its code lies already by a register ('JHT 7'), so that it is not put in; '' for nowhere.
    """

    file: FileRow
    lies: str


@value_class
class Put:
    """A file was put into its place. `made` is whether the box is a new one."""

    archived_id: int
    file_id: int
    place_id: int
    number: str
    program: str
    shelf: str
    made: bool


@value_class
class ArchiveCounts:
    """For the first screen: files waiting, with trouble, without a code; loans out and late; lists to be approved."""

    waiting: int
    troubles: int
    without_code: int
    borrowed: int
    late: int
    to_approve: int


@value_class
class MonthRow:
    """A programme of a month: transactions on the listings, how many papers lie in a place, where the others are."""

    program: str
    listed: int
    archived: int
    open: Mapping[Whereabouts, int]


@value_class
class Month:
    """A month's end: complete when nothing is open. `gaps` in the order of programme and code."""

    rows: tuple[MonthRow, ...]
    gaps: tuple[Gap, ...]

    @property
    def complete(self) -> bool:
        """Whether every paper of the month lies in a place, or was taken from one on purpose."""
        return all(gap.where in (Whereabouts.BORROWED, Whereabouts.DESTROYED) for gap in self.gaps)


@value_class
class CodeSuggestion:
    """A transaction of a listing that an archived file without a code may be.

    `same_name`: the names agree as well. `only`: no other transaction and no other file fits as well.
    """

    archived: ArchivedRow
    payment_id: int
    code: str
    booked_on: date
    name: str
    amount: int | None
    same_name: bool
    only: bool


@value_class
class LoanRow:
    """One loan, out or back; `late`: it should be back and is not."""

    loan_id: int
    version: int
    archived: ArchivedRow
    borrower: str
    why: str
    out_at: datetime
    out_by: str
    due_on: date | None
    back_at: datetime | None
    back_by: str
    late: bool


@value_class
class DestructionRow:
    """A destruction list: how many places and files, who proposed it and who approved it.

    `mine`: the acting person proposed it, and so may not approve it. `way`, `witnesses` and `note` as written down.
    """

    destruction_id: int
    version: int
    state: DestructionState
    places: int
    files: int
    made_at: datetime
    made_by: str
    mine: bool
    approved_at: datetime | None
    approved_by: str
    done_at: datetime | None
    done_by: str
    way: str
    witnesses: tuple[str, ...]
    note: str


@value_class
class RegisterPlan:
    """What a register would bring; nothing is changed yet. `new` are its rows that become archived files.

    `places` are the boxes that would be made (programme and number), `mapping` the overrides that were obeyed.
    `destroyed` are known places whose papers were destroyed, with how many of the new rows name them.
    """

    file: str
    sha256: str
    layout: str
    known_file: bool
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    new: tuple[RegisterRow, ...]
    same: int
    places: tuple[tuple[str, str], ...]
    destroyed: tuple[tuple[str, str, int], ...] = ()
    mapping: dict[str, str] = field(default_factory=dict)


@value_class
class RegisterDone:
    """What a register brought: `new` archived files, `same` counts those that were known, `places` boxes were made."""

    file: str
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    new: int
    same: int
    places: int
    undo: UndoRef | None
