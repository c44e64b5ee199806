"""What goes onto paper: rows in, as the documents take them. Light to import; ReportLab is loaded when one is drawn.

Texts come as they are in the data; whoever draws cleans, cuts and checks them. Instants are aware, shown in WIB.
"""

from __future__ import annotations

from datetime import date, datetime

from printing.words import PaperWords
from store.rules.readings import PhoneRead
from store.rules.script import Block
from store.value_class import value_class


@value_class
class Stamp:
    """Whose page it is and when it was made: at the head and the foot of each page."""

    office: str
    made_at: datetime
    made_by: str
    practice: bool = False


# Call list ------------------------------------------------------------------------------------------------------------


@value_class
class CallListLine:
    """One person to call. No birth date and no balance: a list may be left lying (domain.md 3.7).

    `number` is what is typed back. `name` comes with Bapak or Ibu before it. `phones` are all numbers still to be
    tried, the one to ring first first. `last` is the word for the last outcome, '' before the first call; `due_at` is
    set when the person was promised a call. `matter` is what the call is about, where that differs by person.
    """

    number: int
    name: str
    company: str
    kpj: str
    phones: tuple[PhoneRead, ...]
    tries: int = 0
    last: str = ""
    last_at: datetime | None = None
    due_at: datetime | None = None
    matter: str = ""


@value_class
class CallListSheet:
    """A call list on A4. `list_number` is what it is found again by ("DT-12"); `period` in words.

    `script` is what to say, best in four lines; `handler` may be empty while the list is nobody's.
    """

    stamp: Stamp
    list_number: str
    period: str
    handler: str
    list_date: date
    script: tuple[str, ...]
    lines: tuple[CallListLine, ...]


@value_class
class CallListWords:
    """Words of the call list.

    `legend` is the outcome keys of the card, `1` to `9` and `0`, each with its meaning; these are the boxes.
    `letters` explains what is written into the small box beside them. `people` holds `{n}`, `tried` holds `{n}`,
    `promised` holds `{when}`. `never` and `afterwards` stand at the foot of each page.
    """

    paper: PaperWords
    title: str
    period: str
    handler: str
    people: str
    script: str
    column_person: str
    column_phones: str
    column_outcome: str
    column_notes: str
    tried: str
    promised: str
    called_at: str
    call_back: str
    note: str
    no_phone: str
    letter: str
    legend: tuple[tuple[str, str], ...]
    letters: str
    never: str
    afterwards: str
    typed_back: str
    empty: str


# Recap ----------------------------------------------------------------------------------------------------------------


@value_class
class Figure:
    """One figure, ready to read ('1.234', '62%'), and what it counts."""

    title: str
    value: str
    definition: str


@value_class
class Chart:
    """A bar for each name; counts are not negative."""

    title: str
    bars: tuple[tuple[str, int], ...]


@value_class
class CountTable:
    """Names with one count for each of `columns`; `totals` as long as `columns`, or empty for none."""

    title: str
    name_column: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    totals: tuple[int, ...] = ()


@value_class
class RecapSheet:
    """The recap of a period for the report to the head: figures, bars, tables.

    `closed_at` is set once the period is closed and its figures stand. `signer` is the office of who signs
    ("Kepala Bidang Pelayanan"), `place` and `signed_on` the line above ("Duri, 22 November 2026").
    """

    stamp: Stamp
    title: str
    period: str
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    tables: tuple[CountTable, ...]
    place: str
    signed_on: date
    signer: str
    closed_at: datetime | None = None
    closed_by: str = ""


@value_class
class RecapWords:
    """Words of the recap. `closed` holds `{when}` and `{by}`; `empty` stands where a chart or table has no row."""

    paper: PaperWords
    period: str
    figures: str
    figure: str
    value: str
    definition: str
    total: str
    closed: str
    not_closed: str
    empty: str


# Daily report ---------------------------------------------------------------------------------------------------------


@value_class
class DailyLine:
    """One thing done: when, what kind of work, and what about it ('' when that says it all)."""

    at: datetime
    activity: str
    detail: str = ""


@value_class
class DailyPerson:
    """What one person did today: `counts` by activity, and the lines, set in the order of time."""

    name: str
    counts: tuple[tuple[str, int], ...]
    lines: tuple[DailyLine, ...]


@value_class
class DailySection:
    """A section of the office and who worked in it today."""

    name: str
    people: tuple[DailyPerson, ...]


@value_class
class DailySheet:
    """The *laporan harian* of one day (design.md 3.6); `signer` as in `RecapSheet`, '' for no signature."""

    stamp: Stamp
    day: date
    sections: tuple[DailySection, ...]
    place: str
    signer: str = ""
    anchor: str = ""  # the head of the trail in one line, '' where it is not for this reader


@value_class
class DailyWords:
    """Words of the daily report. `weekdays` are the seven names from Monday; `total` stands before a section's sum."""

    paper: PaperWords
    title: str
    weekdays: tuple[str, ...]
    time: str
    activity: str
    detail: str
    total: str
    nothing: str
    empty: str


# Quick answer ---------------------------------------------------------------------------------------------------------


@value_class
class AnswerSheet:
    """One quick answer to hand over; `blocks` with their fields filled in. `address` and `phone` are the office's."""

    stamp: Stamp
    title: str
    blocks: tuple[Block, ...]
    source: str
    valid_until: date | None
    expired: bool
    address: str = ""
    phone: str = ""


@value_class
class AnswerWords:
    """Words of an answer on paper: `source` holds `{source}`, `valid` and `expired` `{day}`, `phone` `{phone}`."""

    paper: PaperWords
    source: str
    valid: str
    expired: str
    phone: str
