"""What retention of people's data hands out: rules, what is due and what holds it, lists, who is held out. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from store.rules.erasures import AskedBy, DataKind, ErasureState, HeldBy, Way
from store.value_class import value_class


@value_class
class RuleRow:
    """How long one kind is kept. `years` None: nobody has said; `proposed` is what Loket offers to think about.

    In force only once it is confirmed, by whom stands beside it; `mine`: the acting person set it.
    """

    kind: DataKind
    proposed: int
    way: Way
    years: int | None = None
    basis: str = ""
    version: int = 0
    set_at: datetime | None = None
    set_by: str = ""
    mine: bool = False
    confirmed_at: datetime | None = None
    confirmed_by: str = ""

    @property
    def in_force(self) -> bool:
        return self.confirmed_at is not None


@value_class
class DueRow:
    """Something whose time is over: which row, of whom, since when it could go, and what holds it.

    `name` and `company` for who may see lists; `card` is masked.
    """

    kind: DataKind
    row_id: int
    participant_id: int | None
    ended_on: date
    held: tuple[HeldBy, ...]
    card: str = ""
    name: str = ""
    company: str = ""


@value_class
class DueCount:
    """How much of one kind is due, and how much of it waits, by why."""

    kind: DataKind
    ready: int
    held: Mapping[HeldBy, int]


@value_class
class ListedRule:
    """A rule as it was when a list was proposed under it."""

    kind: DataKind
    years: int
    way: Way
    basis: str
    confirmed_by: str
    confirmed_on: date


@value_class
class ListedCount:
    """Lines of one kind on a list: all, gone, held back, and the first and last day on which a purpose ended."""

    kind: DataKind
    lines: int
    done: int
    held: int
    first: date
    last: date


@value_class
class ErasureRow:
    """One list. `mine`: the acting person proposed it; `begun_at` without `done_at`: to be carried on."""

    erasure_id: int
    version: int
    state: ErasureState
    made_at: datetime
    made_by: str
    mine: bool
    rules: tuple[ListedRule, ...]
    counts: tuple[ListedCount, ...]
    approved_at: datetime | None = None
    approved_by: str = ""
    begun_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str = ""
    note: str = ""

    @property
    def lines(self) -> int:
        return sum(each.lines for each in self.counts)

    @property
    def done(self) -> int:
        return sum(each.done for each in self.counts)

    @property
    def held(self) -> int:
        return sum(each.held for each in self.counts)


@value_class
class LineRow:
    """One line of a list, as the record tells of it: nothing of it names anybody."""

    position: int
    kind: DataKind
    label: str
    row_id: int
    ended_on: date
    done_at: datetime | None
    held: str


@value_class
class SuspensionRow:
    """Somebody whose data stay, at whose wish and why; `until` None: until it is lifted."""

    suspension_id: int
    version: int
    participant_id: int
    card: str
    name: str
    asked_by: AskedBy
    why: str
    until: date | None
    at: datetime
    by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_why: str = ""


@value_class
class Ran:
    """What carrying a list out came to. `left_files`: files in MASUK and KELUAR, which nobody but a person looks into.

    `scrubbed`: what the database kept of erased values in its free pages is overwritten too.
    """

    done: int
    held: int
    left_files: int
    scrubbed: bool
