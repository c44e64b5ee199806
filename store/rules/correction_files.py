"""A file of corrections against what is known: what each cell says, and whether it is new, the same, other or too old.

An empty or unusable cell never clears a value, and what a person wrote after the file was made is not written over
unasked (contracts.md "Imports"; domain.md 3.5 *update_data_tk*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field as column
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from store.rules.corrections import NO, PREFIXES, YES, Field
from store.rules.names import name_key, sound_key
from store.rules.readings import ParticipantRead, Reason
from store.value_class import value_class

REFERENCE_SHEET: Final = "UPDATE_DATA_TK"
"""The employers' portal calls its sheet of corrections so; who somebody is stands there for reference only."""
REFERENCE: Final = frozenset({Field.NIK, Field.NAME, Field.BIRTH_DATE, Field.NPP})
OTHER_PERSON: Final = "other-person"
UNKNOWN_KPJ: Final = "kpj-unknown"
REPEATED: Final = "kpj-repeated"

_REPAIRED: Final = "-repaired"
_OF_TWO: Final = frozenset({"nik-birthdate-differs", "nik-sex-differs", "nik-shared", "phone-shared"})
"""Flags about how two values agree: neither of them is unreadable by itself."""


class FieldVerdict(StrEnum):
    """What a cell means for one value of one person."""

    NEW = "new"  # nothing was known
    DIFFERS = "differs"  # another value stands there
    STALE = "stale"  # another value stands there, and a person put it there after the file was made
    SAME = "same"
    UNUSABLE = "unusable"  # the cell says something that cannot be read without doubt


READY: Final = frozenset({FieldVerdict.NEW, FieldVerdict.DIFFERS})
"""What taking everything takes; what is stale is asked for one by one."""


@value_class
class Told:
    """What a row says of one value, canonical (store.rules.corrections.TypedRead); nothing where it cannot be used.

    Several values are telephone numbers, the first to be tried first.
    """

    field: Field
    values: tuple[str, ...] = column(repr=False)
    labels: tuple[str, ...] = column(repr=False)
    raw: str = column(repr=False)
    reasons: tuple[Reason, ...] = column(default=(), repr=False)


@value_class
class Present:
    """What is known of a person now: usable numbers in order, wrong ones with since when, the other values."""

    phones: tuple[str, ...] = column(repr=False)
    wrong: Mapping[str, datetime] = column(repr=False)
    values: Mapping[Field, str | None] = column(repr=False)  # '' as an e-mail: they have none

    def value(self, wanted: Field) -> str | None:
        """The value, of numbers the first; None: not known."""
        if wanted is Field.PHONE:
            return self.phones[0] if self.phones else None
        return self.values.get(wanted)


def _name_in_reading(wanted: Field) -> str:
    return "phones" if wanted is Field.PHONE else str(wanted)


def told_by(read: ParticipantRead, reasons: Sequence[Reason], *, without: Iterable[Field] = ()) -> list[Told]:
    """What a row says, value by value; cells that are empty say nothing."""
    unwanted = frozenset(without)
    found = []
    for wanted in Field:
        if wanted in unwanted:
            continue
        name = _name_in_reading(wanted)
        own = tuple(reason for reason in reasons if reason.field == name)
        doubts = [reason for reason in own if not reason.code.endswith(_REPAIRED)]
        values, labels = _values(read, wanted)
        doubted = {flag for flag in read.flags if flag.startswith(PREFIXES[wanted])} - _OF_TWO
        if wanted is not Field.PHONE and (doubted or any(reason.code not in _OF_TWO for reason in doubts)):
            values = ()
        if values or doubts:
            found.append(Told(wanted, values, labels, own[0].raw if own else "", own))
    return found


def _values(read: ParticipantRead, wanted: Field) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if wanted is Field.PHONE:
        return tuple(phone.e164 for phone in read.phones), tuple(phone.label for phone in read.phones)
    value: Any = getattr(read, str(wanted))
    if value is None or value == "":
        return (), ()
    if wanted is Field.ACTIVE:
        return (YES if value else NO,), ()
    return (value.isoformat() if wanted is Field.BIRTH_DATE else str(value),), ()


def new_values(told: Told, present: Present) -> tuple[str, ...]:
    """What a cell adds: numbers that the person does not have, or has as wrong ones; else the value if it is another.

    A name that differs in its titles or spaces only is the same.
    """
    if told.field is Field.PHONE:
        return tuple(value for value in told.values if value not in present.phones)
    now = present.value(told.field)
    if told.field is Field.NAME and now is not None and told.values and name_key(now) == name_key(told.values[0]):
        return ()
    return tuple(value for value in told.values if value != now)


def judge(told: Told, present: Present, *, changed_at: datetime | None, dated: datetime) -> FieldVerdict:
    """What a cell means. `changed_at`: when a person wrote the present value; `dated`: when the file was made."""
    if not told.values:
        return FieldVerdict.UNUSABLE
    new = new_values(told, present)
    if not new:
        return FieldVerdict.SAME
    found_wrong = (present.wrong[value] for value in new if value in present.wrong) if told.field is Field.PHONE else ()
    if any(at > dated for at in (*found_wrong, *((changed_at,) if changed_at else ()))):
        return FieldVerdict.STALE
    return FieldVerdict.NEW if present.value(told.field) is None else FieldVerdict.DIFFERS


def is_other_person(read: ParticipantRead, *, name: str, nik: str | None, birth_date: object) -> bool:
    """Whether two of name, NIK and birth date contradict what is known under the same KPJ: a row that slipped."""
    differs = (
        bool(read.name and name) and sound_key(read.name) != sound_key(name),
        bool(read.nik and nik) and read.nik != nik,
        bool(read.birth_date and birth_date) and read.birth_date != birth_date,
    )
    return sum(differs) >= 2


def row_verdict(verdicts: Sequence[FieldVerdict], reasons: Sequence[Reason]) -> str:
    """The row as contracts.md "Imports" counts it; `reasons` are those of the row itself and of its cells."""
    codes = {reason.code for reason in reasons}
    if UNKNOWN_KPJ in codes:
        return "refused"
    doubtful = codes & {OTHER_PERSON, REPEATED}
    if doubtful or FieldVerdict.UNUSABLE in verdicts or FieldVerdict.STALE in verdicts:
        return "doubted"
    if FieldVerdict.DIFFERS in verdicts:
        return "changed"
    if FieldVerdict.NEW not in verdicts:
        return "same"
    return "repaired" if any(code.endswith(_REPAIRED) for code in codes) else "taken"
