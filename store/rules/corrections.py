"""Values of a person that are corrected by people: which there are, how a typed one is read, what each rests on.

A typed value is read by the same rules as a cell of a file; what cannot be read without doubt is refused, and nothing
is invented (domain.md 2.5, design.md 3.3).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from store.rules.dates import read_date
from store.rules.emails import read_email, says_none
from store.rules.identity import nik_agrees, nik_sex, read_nik, read_npp
from store.rules.money import read_rupiah
from store.rules.names import read_name
from store.rules.phones import AREA_CODE, read_phones
from store.rules.readings import sort_flags
from store.rules.statuses import read_active
from store.value_class import value_class


class Field(StrEnum):
    """What can be corrected, by the name of its column; numbers stand in a table of their own."""

    PHONE = "phone"
    EMAIL = "email"
    NIK = "nik"
    BIRTH_DATE = "birth_date"
    NAME = "name"
    ACTIVE = "active"
    NPP = "npp"
    BALANCE = "jht_balance"


PREFIXES: Final[dict[Field, str]] = {
    Field.PHONE: "phone-",
    Field.EMAIL: "email-",
    Field.NIK: "nik-",
    Field.BIRTH_DATE: "birthdate-",
    Field.NAME: "name-",
    Field.ACTIVE: "status-",
    Field.NPP: "npp-",
    Field.BALANCE: "balance-",
}
"""Which flags of contracts.md speak of which value."""

YES, NO = "yes", "no"


class Source(StrEnum):
    """*Sumber perubahan*: what a change rests on."""

    CALL = "call"  # the office rang
    COUNTER = "counter"  # they rang, or stood at the desk
    PARTICIPANT = "participant"  # their own word, otherwise
    TOGETHER = "together"  # an e-mail made together with the participant and handed over to them
    COMPANY = "company"
    DOCUMENT = "document"  # a KTP, KK or card that was seen
    SMILE = "smile"  # looked up there: nothing is left to type into it
    FILE = "file"  # a file of corrections
    CLEANING = "cleaning"  # read anew from what their file said
    UNDO = "undo"  # an earlier change taken back
    OTHER = "other"


class CorrectionState(StrEnum):
    """Whether a change stands, waits for an officer's yes, or was declined."""

    MADE = "made"
    PROPOSED = "proposed"
    DECLINED = "declined"


class Entry(StrEnum):
    """*Entri ke Smile*: how far a change is there."""

    NOT_NEEDED = ""
    TO_DO = "to_do"
    DONE = "done"
    REFUSED = "refused"


@value_class
class TypedRead:
    """A typed value: canonical text, or the flag or word that says why it cannot be taken.

    E.164, an address ('' for "has none"), 16 digits, an ISO date, a name, yes or no, a company's number, whole rupiah.
    """

    value: str | None
    problem: str = ""
    label: str = ""  # of a number


def read_typed(field: Field, text: str, *, today: date, area_code: str = AREA_CODE) -> TypedRead:
    """One value of a person as typed by somebody."""
    if field is Field.PHONE:
        return _phone(text, area_code)
    if field is Field.EMAIL:
        if not text.strip() or says_none(text):
            return TypedRead("")
        email = read_email(text).email
        return TypedRead(email) if email else TypedRead(None, "email-malformed")
    if not text.strip():
        return TypedRead(None, "empty")
    if field is Field.ACTIVE:
        active = read_active(text).value
        return TypedRead(None, "status-unknown") if active is None else TypedRead(YES if active else NO)
    if field is Field.BIRTH_DATE:
        born = read_date(text, today=today)
        return TypedRead(born.value.isoformat()) if born.value else _problem(born.flags, "birthdate-unreadable")
    if field is Field.BALANCE:
        money = read_rupiah(text)
        return _problem(money.flags, "balance-unreadable") if money.value is None else TypedRead(str(money.value))
    if field is Field.NAME:
        name = read_name(text)
        return TypedRead(name.name) if name.name and "name-odd" not in name.flags else TypedRead(None, "name-odd")
    read = read_nik(text) if field is Field.NIK else read_npp(text)
    return _problem(read.flags, "unreadable") if read.value is None or read.flags else TypedRead(read.value)


def _phone(text: str, area_code: str) -> TypedRead:
    read = read_phones(text, area_code=area_code)
    if len(read.numbers) != 1 or read.flags:
        return _problem(read.flags, "one-number")
    return TypedRead(read.numbers[0].e164, label=read.numbers[0].label)


def _problem(flags: tuple[str, ...], otherwise: str) -> TypedRead:
    return TypedRead(None, flags[0] if flags else otherwise)


def flags_after(
    flags: str, field: Field, *, nik: str | None, birth_date: date | None, sex: str | None
) -> tuple[str, ...]:
    """A person's flags once a value was corrected: what was doubted of it is answered.

    NIK and birth date are held against each other again; where they disagree one is wrong, and that is said.
    """
    left = {flag for flag in flags.split() if not flag.startswith(PREFIXES[field])}
    if field in (Field.NIK, Field.BIRTH_DATE):
        left -= {"nik-birthdate-differs", "nik-sex-differs"}
        if nik and birth_date and not nik_agrees(nik, birth_date):
            left.add("nik-birthdate-differs")
        if nik and sex and nik_sex(nik) != sex:
            left.add("nik-sex-differs")
    return sort_flags(left)
