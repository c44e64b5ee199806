"""What comes out of reading a cell: the shared, immutable types of everything that reads files from outside.

A cell is read with one rule above all: a doubtful cell never becomes a different valid value. What cannot be read
without doubt stays as raw text, and a flag and a reason say so (contracts.md, domain.md 3.1-3.6).
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

from store.value_class import value_class


class CellError(str):
    """The text of a spreadsheet's error cell such as ``#N/A`` or ``#REF!``, so that it is never mistaken for data."""

    __slots__ = ()


Cell = str | int | float | bool | date | datetime | time | CellError | None
"""One cell as a workbook reader gives it. ``None`` and ``''`` are empty."""

Verdict = Literal["taken", "repaired", "doubted", "refused"]
"""``refused``: no usable KPJ or no name, nothing can be taken. ``doubted``: taken, but some value could not be read and
stands in raw text with a flag. ``repaired``: taken, a cell was changed without doubt. ``taken``: nothing to say."""

FLAGS: tuple[str, ...] = (
    "phone-missing",
    "phone-unreadable",
    "phone-doubtful",
    "phone-shared",
    "nik-missing",
    "nik-malformed",
    "nik-rounded",
    "nik-numeric",
    "nik-birthdate-differs",
    "nik-sex-differs",
    "nik-shared",
    "kpj-unusual",
    "npp-unusual",
    "birthdate-missing",
    "birthdate-unreadable",
    "email-missing",
    "email-malformed",
    "balance-missing",
    "balance-unreadable",
    "status-unknown",
    "name-odd",
)
"""The closed list of contracts.md, in its order."""

FIELDS: tuple[str, ...] = (
    "kpj",
    "nik",
    "name",
    "birth_date",
    "sex",
    "npp",
    "company",
    "pembina",
    "phones",
    "email",
    "jht_balance",
    "active",
    "claimed",
)
"""The fields a column of a participant list can stand for."""


def sort_flags(flags: set[str] | frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Each flag once, in the order of the closed list. Raises ``ValueError`` for a flag that is not on it."""
    return _sorted(frozenset(flags))


@lru_cache(maxsize=1024)  # a list has few different ones
def _sorted(flags: frozenset[str]) -> tuple[str, ...]:
    unknown = flags.difference(FLAGS)
    if unknown:
        raise ValueError(f"not on the closed list of flags: {sorted(unknown)}")
    return tuple(flag for flag in FLAGS if flag in flags)


@value_class
class Reason:
    """One thing said about one cell. ``code`` says what, ``field`` of whom, ``raw`` is the text as it came.

    Words for people are made in ``tui``.
    """

    code: str
    field: str
    raw: str


@value_class
class PhoneRead:
    """A number read without doubt, E.164 and its label (``istri``, ``WA``, ``kantor``) or ``''``."""

    e164: str
    label: str


@value_class
class ParticipantRead:
    """A participant as one row tells of them; ``None`` is "not known", never "no".

    ``flags`` are of the closed list in its order; ``phone-shared`` and ``nik-shared`` depend on other people and are
    not set here. ``jht_balance`` is whole rupiah. ``phones`` holds only what was read without doubt; ``phones_raw`` and
    ``email_raw`` hold what the cells said.
    """

    kpj: str
    nik: str | None
    name: str
    birth_date: date | None
    sex: str | None
    npp: str | None
    company: str
    pembina: str
    phones: tuple[PhoneRead, ...]
    phones_raw: str
    email: str | None
    email_raw: str
    jht_balance: int | None
    active: bool | None
    claimed: bool | None
    flags: tuple[str, ...]


@value_class
class RowRead:
    """One row of one sheet with its verdict; ``row`` is 1-based as Excel shows it; refused rows have no participant."""

    sheet: str
    row: int
    verdict: Verdict
    participant: ParticipantRead | None
    reasons: tuple[Reason, ...]
    digest: str = ""
    """Of the participant (`store.rules.merging.reading_digest`)."""
