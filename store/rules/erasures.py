"""Retention of people's data: how long each kind is kept, what may go by it, and what holds somebody out. Pure.

UU 27/2022 art. 42 to 44 (domain.md 3.7) ask that data end with their purpose and go after their retention. No period is
published for a branch office (domain.md 4), so none is known here: what Loket offers is a proposal, and nothing is in
force before the head has confirmed the office's own years and the basis that the office typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final


class DataKind(StrEnum):
    """What is kept of people, by what ends its purpose."""

    PEOPLE = "people"  # a participant whole, after the claim was paid
    CALLS = "calls"  # notes and numbers of calls out, after the call
    CONTACTS = "contacts"  # the counter's log, after the call or visit
    PROMISES = "promises"  # follow-ups, after they were done or dropped
    HELP = "help"  # help with JMO and Lapak Asik, after its result
    CORRECTIONS = "corrections"  # values that were replaced, after the change
    CELLS = "cells"  # what cells of files said, after it was read without doubt
    LOOKUPS = "lookups"  # lines of lists for Smile, after the list was closed
    PRINTS = "prints"  # kept PDFs, after the print job was over


class Way(StrEnum):
    """What happens to them."""

    ANONYMISE = "anonymise"  # nothing says any more whose they were; what is counted stays
    DELETE = "delete"


WAYS: Final[Mapping[DataKind, tuple[Way, ...]]] = {
    **dict.fromkeys(DataKind, (Way.ANONYMISE,)),
    DataKind.CELLS: (Way.DELETE,),
    DataKind.PRINTS: (Way.DELETE,),
}
"""How each kind can go; recaps of open periods are counted from calls and contacts, so those stay as figures."""

PROPOSALS: Final[Mapping[DataKind, int]] = {
    DataKind.PEOPLE: 5,
    DataKind.CALLS: 2,
    DataKind.CONTACTS: 2,
    DataKind.PROMISES: 2,
    DataKind.HELP: 2,
    DataKind.CORRECTIONS: 2,
    DataKind.CELLS: 1,
    DataKind.LOOKUPS: 1,
    DataKind.PRINTS: 1,
}
"""Whole years that are offered to be thought about; they rest on no law."""

LEAST_YEARS, MOST_YEARS = 1, 100
MOST_LINES: Final = 20_000
"""A list holds so many lines; what is due beyond that waits for the next one."""


class HeldBy(StrEnum):
    """Why something that is due does not go yet."""

    SUSPENDED = "suspended"  # ditangguhkan: by request, or for an investigation
    CALLING = "calling"  # somebody has them on a card
    LISTED = "listed"  # on a call list that is not over
    CORRECTION = "correction"  # waits for a yes, or for Smile
    FOLLOW_UP = "follow-up"  # something is promised
    HELP = "help"  # help that goes on
    LOOKUP = "lookup"  # on a list for Smile that is not over
    PAPER = "paper"  # a claim file of theirs is not destroyed: the archive keeps it longer
    LIST = "list"  # on another list already
    CHANGED = "changed"  # not due any more by what is known now


class ErasureState(StrEnum):
    """How a list stands. An approved one that was begun is carried out to its end, whatever stops it in between."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    DROPPED = "dropped"


class AskedBy(StrEnum):
    """At whose wish somebody is held out."""

    PARTICIPANT = "participant"
    INVESTIGATION = "investigation"


class ErasureRefusal(StrEnum):
    """Why something about retention cannot be done."""

    UNCONFIRMED = "unconfirmed"  # no rule of that kind is in force
    NOTHING_DUE = "nothing-due"
    STATE = "state"  # the list has gone on
    RULE_CHANGED = "rule-changed"  # since the list was proposed
    SUSPENDED = "suspended"  # already
    SAME = "same"  # that rule stands so already


MARK: Final = "~"
"""What the card of an anonymised person begins with: after all that cards are made of, so that it sorts last."""

NAME: Final = "(data dihapus)"
"""What stands for a name that is gone: a value of the office's data, in its language."""


def mark_of(row_id: int) -> str:
    """What stands for the card (KPJ) of somebody who is anonymised: unique, and nobody's."""
    return f"{MARK}{row_id}"


def mask_card(kpj: str) -> str:
    """A card for a record that outlives its data: the last three signs."""
    return "" if not kpj or kpj.startswith(MARK) else "•••••" + kpj[-3:]


def cutoff(today: date, years: int) -> date:
    """The last day whose purpose ended long enough ago; 29 February ends with February."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)


def read_kind(text: str) -> DataKind:
    """Raises ValueError."""
    return DataKind(text.strip().lower())


def check_years(years: int) -> None:
    """Raises ValueError for what is no number of whole years from 1 to 100."""
    if type(years) is not int or not LEAST_YEARS <= years <= MOST_YEARS:
        raise ValueError(years)
