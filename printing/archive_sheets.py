"""What the archive puts on paper: rows in, as the documents take them (domain.md 2.7). Light to import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from printing.sheets import Stamp
from printing.words import PaperWords
from store.value_class import value_class

# Box label ------------------------------------------------------------------------------------------------------------


@value_class
class BoxLabel:
    """One box or folder. `kind` is a word for what it is ("BOKS"); texts that are not known are ''.

    `first` and `last` are the codes at its ends, `files` how many it holds, `keep_until` the end of its retention.
    """

    kind: str
    number: str
    program: str = ""
    period: str = ""
    shelf: str = ""
    first: str = ""
    last: str = ""
    files: int | None = None
    keep_until: date | None = None
    note: str = ""


@value_class
class LabelSheet:
    """Labels for boxes, two on a sheet, to be cut apart."""

    stamp: Stamp
    labels: tuple[BoxLabel, ...]


@value_class
class LabelWords:
    """Words of the labels. `files` holds `{n}`."""

    paper: PaperWords
    title: str
    programs: Mapping[str, str]
    period: str
    shelf: str
    first: str
    last: str
    files: str
    keep_until: str
    cut: str


# Contents -------------------------------------------------------------------------------------------------------------


@value_class
class ContentsRow:
    """One file in a place, in the columns of the register (domain.md 3.2). Amounts of None are not known or hidden."""

    decision: str
    code: str
    kpj: str
    name: str
    company: str = ""
    dated: date | None = None
    tax: int | None = None
    amount: int | None = None
    account: str = ""
    bank: str = ""
    account_name: str = ""
    sheets: int | None = None
    original: str = ""
    note: str = ""


@value_class
class ContentsSheet:
    """What lies in a box, in its order. `gaps` are sentences about what is missing between its ends."""

    stamp: Stamp
    box: BoxLabel
    rows: tuple[ContentsRow, ...]
    gaps: tuple[str, ...] = ()


@value_class
class ContentsWords:
    """Words of the content list. `box` holds `{kind}` and `{number}`, `count` `{n}`."""

    paper: PaperWords
    title: str
    programs: Mapping[str, str]
    box: str
    period: str
    shelf: str
    count: str
    number: str
    decision: str
    code: str
    participant: str
    company: str
    tax: str
    amount: str
    account: str
    sheets: str
    original: str
    note: str
    gaps: str
    total: str
    empty: str


# Code slip ------------------------------------------------------------------------------------------------------------


@value_class
class SlipRow:
    """One file and the code to be written on it by hand."""

    code: str
    name: str
    kpj: str


@value_class
class SlipSheet:
    """Codes in the order of a box; `about` says of which box or day."""

    stamp: Stamp
    about: str
    rows: tuple[SlipRow, ...]


@value_class
class SlipWords:
    """Words of the code slip; `explained` says what to do with it, `count` holds `{n}`."""

    paper: PaperWords
    title: str
    explained: str
    count: str
    no_code: str
    empty: str


# Berita acara ---------------------------------------------------------------------------------------------------------


@value_class
class DestroyedPlace:
    """One place whose papers are destroyed."""

    kind: str
    number: str
    program: str
    period: str
    shelf: str
    files: int
    keep_until: date | None


@value_class
class DestructionSheet:
    """The record of a destruction; `number` is its own ("BA-3"). `done_on` None: not carried out yet.

    `way` in words; `carried_out_by`, `approved_by` and `witnesses` are names, '' and empty for a pen.
    """

    stamp: Stamp
    number: str
    place: str
    done_on: date | None
    way: str
    rows: tuple[DestroyedPlace, ...]
    approved_by: str = ""
    approved_on: date | None = None
    carried_out_by: str = ""
    witnesses: tuple[str, ...] = ()
    note: str = ""


@value_class
class DestructionWords:
    """Words of the record. `weekdays` from Monday.

    `opening` holds `{weekday}`, `{date}`, `{place}`, `{places}`, `{files}` and `{way}`; `proposed`, in its stead before
    it is carried out, `{places}`, `{files}`. `approved` holds `{name}` and `{date}`, `note` `{note}`.
    """

    paper: PaperWords
    title: str
    number: str
    weekdays: tuple[str, ...]
    programs: Mapping[str, str]
    opening: str
    proposed: str
    approved: str
    closing: str
    note: str
    position: str
    kind: str
    place_number: str
    program: str
    period: str
    shelf: str
    files: str
    keep_until: str
    total: str
    carried_out: str
    head: str
    witness: str
    empty: str
