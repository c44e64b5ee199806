"""The archive's rules: kinds of places, the right box for a file, what is missing in one, how long it is kept.

Boxes are per programme, and in a box files lie in the order of their transaction codes (domain.md 2.7, 3.2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from store.rules.dates import parse_period
from store.rules.programs import Program
from store.rules.vouchers import FileState
from store.value_class import value_class


class PlaceKind(StrEnum):
    """What papers are kept in."""

    BOX = "box"  # claim files of one programme, by code
    NPP_FOLDER = "npp-folder"  # a hanging folder (map gantung) of an employer
    BUBM = "bubm"  # kinds of finance files that the office does not explain further
    RB = "rb"
    RK = "rk"
    SCAN = "scan"  # a shelf of scanned years
    OTHER = "other"


class Whereabouts(StrEnum):
    """Where the paper of a transaction is that does not lie where it is looked for."""

    NOT_RECEIVED = "not-received"  # it is on the listing, and nobody brought the file
    ON_DESK = "on-desk"  # received, and not through all steps yet: the state says how far
    UNSIGNED = "unsigned"  # out with a signatory
    WAITS = "waits"  # complete, and in no box yet
    TROUBLE = "trouble"  # could not be archived, with its reason
    BORROWED = "borrowed"  # its place is right; somebody has it
    ELSEWHERE = "elsewhere"  # it lies in another place
    NO_PLACE = "no-place"  # a register knows it, and no place
    DESTROYED = "destroyed"


class DestructionState(StrEnum):
    """Where a destruction list stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    DROPPED = "dropped"


class ArchiveRefusal(StrEnum):
    """Why something in the archive cannot be done."""

    NUMBER_TAKEN = "number-taken"
    CLOSED = "closed"
    NOT_CLOSED = "not-closed"
    FULL = "full"
    NOT_EMPTY = "not-empty"
    WRONG_PROGRAM = "wrong-program"
    GONE = "gone"  # the place was destroyed
    ON_LOAN = "on-loan"
    NOT_ON_LOAN = "not-on-loan"
    HAS_CODE = "has-code"
    CODE_TAKEN = "code-taken"
    LIES_ALREADY = "lies-already"  # a register knows the same code in a place
    KEEP = "keep"  # it has to be kept still
    KEEP_UNKNOWN = "keep-unknown"  # nobody said how long it is kept
    UNDATED = "undated"  # papers without a day lie in it, so the office's years do not tell
    LISTED = "listed"  # another destruction list has it
    STATE = "state"  # the list is not where this step begins
    CHANGED = "changed"  # what lies there is not what was approved


_LONGEST_KEPT: Final = 100
_MOST_FILES: Final = 10_000

DEFAULT_RETENTION: Final[dict[str, int | None]] = {
    **{str(program): None for program in Program},
    **{str(kind): None for kind in PlaceKind if kind is not PlaceKind.BOX},
}
"""Whole years after the last year in a place; None: the office has not said (its periods are not public)."""


def read_retention(plain: Mapping[str, object]) -> dict[str, int | None]:
    """The office's years by programme (for boxes) and by kind of place. Raises ValueError."""
    years: dict[str, int | None] = dict(DEFAULT_RETENTION)
    for key, value in plain.items():
        if key not in DEFAULT_RETENTION:
            raise ValueError(key)
        if value is not None and (type(value) is not int or not 1 <= value <= _LONGEST_KEPT):
            raise ValueError(key)
        years[key] = value
    return years


def check_capacity(value: object) -> int:
    """How many files a place holds, 0: not counted. Raises ValueError."""
    if type(value) is not int or not 0 <= value <= _MOST_FILES:
        raise ValueError(value)
    return value


def kept_until(
    kind: str, program: str, last: date | None, years: Mapping[str, int | None], *, undated: int
) -> date | None:
    """The last day on which a place's papers are kept; None where the office has no period, or a paper bears no date.

    Counted from the end of the year of the youngest paper in it; one of the `undated` may be younger than all others.
    """
    found = years.get(program if kind == PlaceKind.BOX else kind)
    return None if found is None or last is None or undated else date(last.year + found, 12, 31)


def takes_day(period: str, day: date | None) -> bool:
    """Whether a place of this period is for papers of that day; without a period it is for all."""
    return not period or day in parse_period(period)


# The right box --------------------------------------------------------------------------------------------------------


@value_class
class OpenBox:
    """A box that is not closed. `first` and `last` are the orders of the codes at its ends, '' while it is empty."""

    place_id: int
    number: str
    period: str
    capacity: int  # files; 0: not counted
    files: int
    first: str = ""
    last: str = ""

    @property
    def has_room(self) -> bool:
        return not self.capacity or self.files < self.capacity

    def with_file(self, code_order: str) -> OpenBox:
        """The box after one more file went in; a file without a code changes nothing at its ends."""
        ends = [order for order in (self.first, self.last, code_order) if order]
        return replace(self, files=self.files + 1, first=min(ends, default=""), last=max(ends, default=""))


def right_box(boxes: Sequence[OpenBox], code_order: str, day: date | None) -> OpenBox | None:
    """The box of a programme for a file: where its neighbours lie, else the newest with room. None: a new one.

    `boxes` are those that are open, in the order of their numbers.
    """
    fitting = [box for box in boxes if box.has_room and takes_day(box.period, day)]
    around = [box for box in fitting if box.first and box.first <= code_order <= box.last]
    chosen = around or fitting
    return chosen[-1] if chosen else None


def next_number(numbers: Collection[str]) -> str:
    """The number after the highest of a programme's boxes; letters and zeros before it stay as they are.

    A box that is called by words alone counts for nothing.
    """
    found = [(int(match[2]), match) for number in numbers if (match := re.fullmatch(r"(.*?)([0-9]{1,9})", number))]
    if not found:
        return "1"
    value, match = max(found, key=lambda each: each[0])
    return f"{match[1]}{value + 1:0{len(match[2])}d}"


# What is missing ------------------------------------------------------------------------------------------------------


@value_class
class Listed:
    """A transaction of a listing, of which a paper should exist."""

    code: str
    code_order: str
    program: str
    name: str
    kpj: str
    booked_on: date


@value_class
class Paper:
    """What is known of a transaction's paper, from the voucher desk and from the archive.

    `state` is that of its claim file, None where there is none. `unsigned` names the positions whose signature is
    missing, `with_whom` and `since` who has it. `place` is `place_id`'s number.
    """

    code: str
    state: FileState | None = None
    with_whom: str = ""
    since: datetime | None = None
    unsigned: tuple[str, ...] = ()
    archived_id: int | None = None
    place_id: int | None = None
    place_kind: str = ""
    place: str = ""
    destroyed: bool = False
    borrower: str = ""
    due_on: date | None = None
    trouble: str = ""


@value_class
class Gap:
    """A transaction whose paper does not lie where it should, and where it is instead."""

    listed: Listed
    where: Whereabouts
    paper: Paper


def find_gaps(listed: Sequence[Listed], papers: Mapping[str, Paper], *, place_id: int | None = None) -> tuple[Gap, ...]:
    """The transactions whose paper is missing, in the order of their codes.

    With `place_id` they should lie in that very place, else in any. `papers` by code; who is not in it is unknown.
    """
    gaps = []
    for each in sorted(listed, key=lambda one: one.code_order):
        paper = papers.get(each.code, Paper(each.code))
        where = whereabouts(paper, place_id)
        if where is not None:
            gaps.append(Gap(each, where, paper))
    return tuple(gaps)


def whereabouts(paper: Paper, place_id: int | None = None) -> Whereabouts | None:
    """Where a paper is that does not lie in a place (in that one, where it is named); None for one that does."""
    if paper.place_id is not None:
        if paper.destroyed:
            return Whereabouts.DESTROYED
        if paper.borrower:
            return Whereabouts.BORROWED
        return None if place_id in (None, paper.place_id) else Whereabouts.ELSEWHERE
    if paper.trouble:
        return Whereabouts.TROUBLE
    if paper.state is None or paper.state is FileState.VOID:
        return Whereabouts.NOT_RECEIVED if paper.archived_id is None else Whereabouts.NO_PLACE
    if paper.state is FileState.OUT:
        return Whereabouts.UNSIGNED
    return Whereabouts.WAITS if paper.state is FileState.COMPLETE else Whereabouts.ON_DESK
