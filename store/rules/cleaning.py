"""What a person's cells say by today's rules, beside what is known of the person: filled, replaced or left as it is.

Nothing is guessed: only what is read without doubt counts, and only what the cell itself still says. A NIK that was a
number has lost digits for good, so plain digits are never read again as if they had been text (domain.md 3.1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from store.rules.corrections import PREFIXES, Field, TypedRead, flags_after, read_typed
from store.rules.emails import read_email
from store.rules.phones import AREA_CODE, read_phones
from store.rules.readings import PhoneRead, sort_flags
from store.value_class import value_class

DOUBT: Final[dict[Field, str]] = {
    Field.BIRTH_DATE: "birthdate-unreadable",
    Field.BALANCE: "balance-unreadable",
    Field.NIK: "nik-malformed",
}
"""Under which flag the text of such a cell was kept."""

CLEANABLE: Final = (Field.PHONE, Field.EMAIL, *DOUBT)
"""Values whose cells can be read again."""

_PLAIN_NUMBER: Final = re.compile(r"[0-9.,eE+]*")


@value_class
class Cleaned:
    """What reading a cell again comes to.

    `numbers` are those to be added, else `value` is the canonical text. `flags` are the person's afterwards. `replaces`
    tells that something else stands there now, by a person or another file: it stays unless somebody asks for it.
    `behind`: the numbers come after those that are there.
    """

    raw: str
    flags: tuple[str, ...]
    numbers: tuple[PhoneRead, ...] = ()
    value: str | None = None
    replaces: bool = False
    behind: bool = False

    @property
    def brings(self) -> bool:
        """Whether a value comes with it; otherwise a doubt is answered by what is there."""
        return bool(self.numbers) or self.value is not None


def cleaned(
    field: Field,
    person: Mapping[str, Any],
    numbers: Sequence[tuple[str, bool]],
    *,
    today: date,
    area_code: str = AREA_CODE,
) -> Cleaned | None:
    """The reading of a person's cell by today's rules; None where it changes nothing or stays in doubt.

    `person` is their row (flags, phones_raw, email, email_raw, email_none_at, nik, birth_date, sex, jht_balance,
    doubts), `numbers` are E.164 in order with whether a call found them wrong.
    """
    if field is Field.PHONE:
        return _phones(person, numbers, area_code)
    if field is Field.EMAIL:
        raw = str(person["email_raw"])
        read = read_email(raw)
        typed = TypedRead(read.email) if read.email else None
    else:
        said = json.loads(person["doubts"]) if person["doubts"] else {}
        raw = str(said.get(DOUBT[field], ""))
        lost = field is Field.NIK and bool(_PLAIN_NUMBER.fullmatch(raw))
        typed = None if lost or not raw else read_typed(field, raw, today=today, area_code=area_code)
    if typed is None or typed.value is None:
        return None
    there = person["jht_balance" if field is Field.BALANCE else str(field)]
    if there is not None and str(there) == typed.value:
        return None
    filled = there is not None or (field is Field.EMAIL and person["email_none_at"] is not None)
    return Cleaned(raw, _flags(field, person, typed.value), value=typed.value, replaces=filled)


def _flags(field: Field, person: Mapping[str, Any], value: str) -> tuple[str, ...]:
    nik = value if field is Field.NIK else person["nik"]
    born = date.fromisoformat(value) if field is Field.BIRTH_DATE else person["birth_date"]
    return flags_after(person["flags"], field, nik=nik, birth_date=born, sex=person["sex"])


def _phones(person: Mapping[str, Any], numbers: Sequence[tuple[str, bool]], area_code: str) -> Cleaned | None:
    raw = str(person["phones_raw"])
    read = read_phones(raw, area_code)
    there = {e164 for e164, _wrong in numbers}
    usable = {e164 for e164, wrong in numbers if not wrong}
    new = tuple(each for each in read.numbers if each.e164 not in there)
    told = {number.e164 for number in read.numbers}
    flags = person["flags"].split()
    of_phones = {flag for flag in flags if flag.startswith(PREFIXES[Field.PHONE])}
    # What cannot be read is doubted as before; what was doubted and can be read now is answered.
    left = sort_flags({flag for flag in flags if flag not in of_phones} | (of_phones & set(read.flags)))
    if not new:
        answered = bool(told & usable) and len(left) < len(flags)
        return Cleaned(raw, left) if answered else None
    replaces = bool(usable) and not usable <= told
    return Cleaned(raw, left, numbers=new, replaces=replaces, behind=bool(usable) and not replaces)
