"""What the store hands out: frozen rows. A screen shows these and nothing else.

What a role may not see is already masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from store.rules.readings import Reason
from store.value_class import value_class


@value_class
class Me:
    """The acting person as of now: roles are those in force today (standing ones and dated assignments)."""

    staff_id: int
    login: str
    name: str
    section: str
    roles: frozenset[str]
    permissions: frozenset[str]
    office: str
    practice: bool


@value_class
class OfficeNow:
    """Whether the office is open at `now`, and when that changes next (aware UTC)."""

    now: datetime
    open: bool
    closed_because: str | None  # weekend, holiday, break, before, after
    holiday: str | None
    until: datetime  # open: when it closes next; closed: the next opening
    due: int  # follow-ups and callbacks due for the acting person
    missed: int = 0  # calls that nobody has answered yet
    promised: int = 0  # how many of those that are due are follow-ups
    qr: bool = False  # whether numbers may be shown as QR codes
    scripts: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    """The office's own words: kind, language and part lead to Markdown."""
    lock_minutes: int | None = None  # idle minutes after which a screen locks
    without_pin: bool = False  # the acting person has none, where screens lock
    later: datetime | None = None  # the newest entry of the trail, where it is from later than `now`


@value_class
class StaffRow:
    staff_id: int
    login: str
    name: str
    section: str
    active: bool
    assignments: tuple[AssignmentRow, ...]


@value_class
class AssignmentRow:
    """A role, standing (no end) or dated (*penugasan*)."""

    role: str
    section: str
    starts_on: date
    ends_on: date | None


@value_class
class CampaignStatus:
    """One campaign's open and done work; the five counts are disjoint (contracts.md `queue status`)."""

    campaign_id: int
    kind: str
    period: str
    waiting: int
    due: int
    held: int
    done: int
    without_number: int


@value_class
class CardNumber:
    """One number of the person on the card, unmasked: who holds the person has to dial it."""

    e164: str
    label: str
    current: bool
    wrong: bool
    spent: bool
    tries: int
    shared_with: int  # how many other people have it too


@value_class
class AttemptRow:
    """One earlier attempt, newest first on the card."""

    attempt_id: int
    at: datetime
    by: str
    number: str  # masked
    outcome: str
    detail: str  # channel, or reason code, or ''
    callback_at: datetime | None
    note: str
    late: bool  # recorded after the lease was lost: part of the history, without effect on the queue


@value_class
class Card:
    """The person a handler holds. Birth date, balance and advice are None until they may be shown (design.md 3.1)."""

    item_id: int
    token: int
    kind: str
    period: str
    state: str
    due_at: datetime | None
    participant_id: int
    kpj: str
    name: str
    sex: str | None
    company: str
    npp: str | None
    pembina: str
    nik_masked: str
    has_birth_date: bool
    birth_date: date | None
    right_party: bool
    jht_balance: int | None
    advice: str | None  # a code of store.rules.eligibility, None before the right-party check
    jmo_limit: int | None
    active: bool | None
    still_working: bool
    claimed: bool | None
    flags: tuple[str, ...]
    numbers: tuple[CardNumber, ...]
    attempts: tuple[AttemptRow, ...]
    note: str  # the note being written for the next outcome (kept as a draft)
    matter: str = ""  # what the call is about, in campaigns other than JHT 56


@value_class
class Nothing:
    """Nobody can be served now: when the next one is due, and why not earlier."""

    next_due: datetime | None
    waiting: int
    held: int
    without_number: int


@value_class
class UndoRef:
    """The undo of one write: hand it back to `store.undo.undo(ref)`.

    `earlier` are the other parts of what was written in several turns, so that nobody had to wait for all of it.
    """

    audit_id: int
    action: str
    earlier: tuple[int, ...] = ()


@value_class
class Served:
    """What one outcome key did, and who is next. `applied` is False when the outcome came after the lease was lost."""

    name: str
    outcome: str
    state: str
    due_at: datetime | None
    applied: bool
    undo: UndoRef | None
    next: Card | Nothing
    follow_up_due: datetime | None = None  # until when what an obstacle made a follow-up of has to be done


@value_class
class Undone:
    """An outcome taken back: what it was, and the card as it stood before, held again."""

    name: str
    outcome: str
    card: Card


@value_class
class QueueRow:
    """One line of the list: masked."""

    item_id: int
    participant_id: int
    period: str
    name: str
    kpj: str
    company: str
    pembina: str
    phone_masked: str
    state: str
    due_at: datetime | None
    holder: str | None
    last_outcome: str | None
    last_at: datetime | None
    tries: int
    kind: str = "jht56"
    handler: str | None = None  # whose work it is, by the division


@value_class
class OfferedFile:
    """A file that lies in MASUK."""

    path: Path
    name: str
    size: int
    modified: datetime
    imported_at: datetime | None  # the same bytes came in before


@value_class
class ColumnDoubt:
    """A column that is not read: its heading says `field`, its cells clearly look like something else.

    `looks_like` is a field, or `number` (a running number), `digits` or `text`.
    """

    heading: str
    field: str
    looks_like: str


@value_class
class SheetReport:
    """What an import found on one sheet (contracts.md "Imports"); every data row counts in exactly one of the six."""

    name: str
    header_row: int | None
    columns: dict[str, str | None]
    taken: int = 0
    same: int = 0
    changed: int = 0
    repaired: int = 0
    doubted: int = 0
    refused: int = 0
    skipped: str | None = None
    doubts: tuple[ColumnDoubt, ...] = ()


@value_class
class RowReport:
    """One row that was not plainly taken or same."""

    sheet: str
    row: int
    kpj: str
    verdict: str
    reasons: tuple[Reason, ...]


@value_class
class ImportPlan:
    """What an import would do; nothing is changed yet. Hand it to `imports.apply`, or `close()` it."""

    plan_id: int
    file: str
    layout: str
    known_file: bool
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]  # at most `rows_listed` of `rows_open`
    rows_open: int
    eligible: dict[str, int] = field(default_factory=dict)  # period -> people who come onto its call list
    mapping: dict[str, str] = field(default_factory=dict)  # the overrides that were obeyed, given or saved before

    def total(self, verdict: str) -> int:
        return sum(getattr(sheet, verdict) for sheet in self.sheets)


@value_class
class ImportDone:
    """What an import did."""

    file: str
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    rows_open: int
    campaigns: dict[str, int]  # period -> people added to its call list
    left_queue: int  # people who left the queue because they are claimed now
    undo: UndoRef | None


@value_class
class AuditBreak:
    """The first link of the audit chain that does not hold."""

    session_id: int
    seq: int
    audit_id: int | None
    problem: str


@value_class
class AuditEntry:
    audit_id: int
    at: datetime
    by: str
    action: str
    why: str
    undo_of: int | None
    changes: tuple[dict[str, Any], ...]


NOBODYS = 0
"""In place of a handler: people who are in nobody's share."""


@value_class
class ListValue:
    """A value of a field with how many people of the list have it; `title` is what people read, '' for the value."""

    value: str | int
    people: int
    title: str = ""


@value_class
class QueueFilter:
    """What the list shows: a period or all, some states or all, and text found in name, KPJ, company or number."""

    period: str | None = None
    text: str = ""
    states: tuple[str, ...] = ()
    kind: str | None = None
    company: str | None = None
    pembina: str | None = None
    handler_id: int | None = None  # NOBODYS: people who are in nobody's share
    outcome: str | None = None  # the last one; '' for people who were not called yet
    due: bool = False  # only those whose time has come
