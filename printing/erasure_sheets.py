"""What the record of erased data takes: figures and masked numbers, nothing that names anybody. Light to import."""

from __future__ import annotations

from datetime import date

from printing.sheets import Stamp
from printing.words import PaperWords
from store.value_class import value_class


@value_class
class ErasedKind:
    """One kind of data: by which rule, and how many lines of it there are, went, and stayed."""

    kind: str
    rule: str  # how long it is kept, in words
    basis: str
    confirmed: str  # by whom and when
    lines: int
    done: int
    held: int
    first: date
    last: date


@value_class
class ErasedLine:
    """One line of the annex; `label` is masked, `result` in words."""

    kind: str
    label: str
    row_id: int
    ended_on: date
    result: str


@value_class
class ErasureSheet:
    """The record of one list; `done_on` None: not carried out yet. Names are '' where a pen fills them in."""

    stamp: Stamp
    number: str
    place: str
    done_on: date | None
    kinds: tuple[ErasedKind, ...]
    lines: tuple[ErasedLine, ...]
    proposed_by: str
    proposed_on: date
    approved_by: str = ""
    approved_on: date | None = None
    done_by: str = ""
    note: str = ""


@value_class
class ErasureWords:
    """Words of the record. `weekdays` from Monday.

    `opening` holds `{weekday}`, `{date}`, `{place}`, `{done}` and `{lines}`; `proposed`, in its stead before it is
    carried out, `{lines}`; `made` and `approved` `{name}` and `{date}`; `note` `{note}`; `reach` is one sentence.
    """

    paper: PaperWords
    title: str
    number: str
    weekdays: tuple[str, ...]
    opening: str
    proposed: str
    made: str
    approved: str
    reach: str
    closing: str
    note: str
    kind: str
    rule: str
    basis: str
    count: str
    done: str
    held: str
    span: str
    annex: str
    position: str
    label: str
    row: str
    ended: str
    result: str
    total: str
    proposer: str
    approver: str
    doer: str
