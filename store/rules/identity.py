"""NIK, KPJ and NPP: identifiers are text, their zeros count, and a rounded one is worthless (domain.md 3.1, 3.2)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from store.rules.readings import Cell, Reason
from store.rules.text import clean, code_text, is_empty, is_lookup_failure, raw_text
from store.value_class import value_class

_SEPARATORS = re.compile(r"[ .\-]")
_ONE_POINT = re.compile(r"[0-9]+[.,][0-9]{1,2}")
_NOTE = re.compile(r"\s*\([^()0-9]*\)\s*$")
_NIK_LABEL = re.compile(r"(?:NO(?:MOR)?\.?\s*)?(?:NIK|E?-?KTP)\b[\s.:]*", re.I)
_KPJ_LABEL = re.compile(r"(?:NO(?:MOR)?\.?\s*)?KPJ(?=[\s.:0-9])[\s.:]*|NO(?:MOR)?\b[\s.:]*", re.I)
_NPP_LABEL = re.compile(r"(?:NO(?:MOR)?\.?\s*)?NP[PW]\b[\s.:]*", re.I)
_SIXTEEN = re.compile(r"[0-9]{16}")
_WOMAN = 40
"""Women's day of birth stands 40 higher in the NIK (domain.md 3.1)."""


@value_class
class CodeRead:
    """One identifier as read; ``value`` is ``None`` where the cell gave none without doubt."""

    value: str | None
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def _nothing(cell: Cell, field: str, *flags: str) -> CodeRead:
    """The reading of a cell that says nothing; a failed lookup is told apart from an empty cell."""
    failed = (Reason("lookup-failed", field, raw_text(cell)),) if is_lookup_failure(cell) else ()
    return CodeRead(None, flags, failed)


def _repair(cell: Cell, value: str, field: str) -> tuple[Reason, ...]:
    """A reason when the text was changed, beyond the white space around it."""
    changed = isinstance(cell, str) and clean(cell) != value
    return (Reason(f"{field}-repaired", field, raw_text(cell)),) if changed else ()


def _doubt(cell: Cell, field: str, flag: str, value: str | None = None) -> CodeRead:
    return CodeRead(value, (flag,), (Reason(flag, field, raw_text(cell)),))


def _is_plain(cell: Cell, length: int) -> bool:
    """A text of so many digits that are not all the same: as nearly all identifiers of a list come."""
    return type(cell) is str and len(cell) == length and cell.isascii() and cell.isdigit() and len(set(cell)) > 1


# NIK ------------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)  # a row asks twice or three times
def _possible_days(nik: str) -> tuple[date, ...]:
    """The birth dates a NIK can mean, one for each century in which that day exists."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day -= _WOMAN if day > _WOMAN else 0
    found = []
    for century in (1900, 2000):
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)


def is_nik(text: str) -> bool:
    """16 digits, not all the same, with a day that exists. The region is no ground for refusal (domain.md 3.1)."""
    return bool(_SIXTEEN.fullmatch(text)) and len(set(text)) > 1 and bool(_possible_days(text))


def read_nik(cell: Cell) -> CodeRead:
    """A NIK, or ``None`` with ``nik-missing``, ``nik-malformed`` or ``nik-rounded``.

    Excel keeps 15 digits: a NIK kept as a number is ``nik-rounded`` when it ends in 0 or exceeds 2^53 and is taken with
    ``nik-numeric`` otherwise. Text stands as it is (contracts.md, domain.md 3.1).
    """
    if _is_plain(cell, 16) and is_nik(str(cell)):
        return CodeRead(str(cell))
    if is_empty(cell):
        return _nothing(cell, "nik", "nik-missing")
    read = code_text(cell)
    if read is None:
        rounded = not isinstance(cell, bool) and re.fullmatch(r"[0-9.,]+([Ee]\+?[0-9]+)?", raw_text(cell))
        return _doubt(cell, "nik", "nik-rounded" if rounded else "nik-malformed")
    text, numeric = read
    digits = text if numeric else _SEPARATORS.sub("", _NIK_LABEL.sub("", text, count=1))
    if not is_nik(digits) or (not numeric and _ONE_POINT.fullmatch(text)):
        beyond = numeric and len(digits) == 16 and digits.endswith("0")
        return _doubt(cell, "nik", "nik-rounded" if beyond else "nik-malformed")
    if not numeric:
        return CodeRead(digits, (), _repair(cell, digits, "nik"))
    if digits.endswith("0") or int(digits) > 2**53:
        return _doubt(cell, "nik", "nik-rounded")
    return _doubt(cell, "nik", "nik-numeric", digits)


def nik_birth_date(nik: str, *, today: date, min_age: int = 15) -> date | None:
    """The birth date inside a NIK: the youngest that makes the person at least ``min_age`` years old today.

    ``None`` when the NIK is none. With ``min_age`` 56 the century is 19xx (domain.md 3.1).
    """
    if not is_nik(nik):
        return None
    return max((day for day in _possible_days(nik) if _age(day, today) >= min_age), default=None)


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def nik_agrees(nik: str, born: date) -> bool:
    """Whether day, month and the last two digits of the year inside the NIK are those of ``born``."""
    return born in _possible_days(nik)


def nik_sex(nik: str) -> str | None:
    """``L`` or ``P`` as the day of birth inside the NIK says; ``None`` when the NIK is none (domain.md 3.1)."""
    if not is_nik(nik):
        return None
    return "P" if int(nik[6:8]) > _WOMAN else "L"


def mask_nik(nik: str) -> str:
    """``140309******9901``: district and serial stay, the birth date is hidden. Of anything else 4 stay."""
    if re.fullmatch(r"[0-9]{16}", nik):
        return f"{nik[:6]}******{nik[-4:]}"
    return "*" * max(len(nik) - 4, 0) + nik[-4:] if len(nik) > 4 else "*" * len(nik)


# KPJ ------------------------------------------------------------------------------------------------------------------


def _kpj_text(text: str) -> str | None:
    """The code inside a cell's text, or ``None`` where joining its parts would be a guess."""
    text = _NOTE.sub("", _KPJ_LABEL.sub("", text, count=1) if _KPJ_LABEL.match(text) else text)
    parts = text.split(" ")
    if _ONE_POINT.fullmatch(text) or any(len(part) > 1 and not re.search(r"[0-9]", part) for part in parts):
        return None  # "1210147760.5" or "12101477605 LAMA"
    code = _SEPARATORS.sub("", text)
    return code.upper() if re.fullmatch(r"[0-9A-Za-z]{8,15}", code) else None


def read_kpj(cell: Cell) -> CodeRead:
    """The participant card number, the key of a person; ``None`` refuses the row.

    8-15 letters and digits, upper-cased; flag ``kpj-unusual`` unless 11 digits (domain.md 3.2). Reason codes without a
    value: ``kpj-missing``, ``kpj-unusable``.
    """
    if _is_plain(cell, 11):
        return CodeRead(str(cell))
    if is_empty(cell):
        return CodeRead(None, (), (Reason("kpj-missing", "kpj", raw_text(cell)),))
    read = code_text(cell)
    code = _kpj_text(read[0]) if read else None
    # A placeholder as key would make one person of many; fewer digits than letters is a word.
    if code is None or len(set(code)) == 1 or sum(char.isdigit() for char in code) < 5:
        return CodeRead(None, (), (Reason("kpj-unusable", "kpj", raw_text(cell)),))
    if not re.fullmatch(r"[0-9]{11}", code):
        return _doubt(cell, "kpj", "kpj-unusual", code)
    return CodeRead(code, (), _repair(cell, code, "kpj"))


# NPP ------------------------------------------------------------------------------------------------------------------


def read_npp(cell: Cell) -> CodeRead:
    """The company's registration number, 8 digits (domain.md 3.2); anything else keeps its text with ``npp-unusual``.

    A shorter number is not padded: which zeros it lost, and whether it lost any, is for a person to say.
    """
    if _is_plain(cell, 8):
        return CodeRead(str(cell))
    if is_empty(cell):
        return _nothing(cell, "npp")
    read = code_text(cell)
    if read is None:
        return _doubt(cell, "npp", "npp-unusual")
    text = read[0]
    bare = _NPP_LABEL.sub("", text, count=1)
    digits = _SEPARATORS.sub("", bare)
    if re.fullmatch(r"0+", digits):
        return _doubt(cell, "npp", "npp-unusual")
    if re.fullmatch(r"[0-9]{8}", digits) and not _ONE_POINT.fullmatch(bare):
        return CodeRead(digits, (), _repair(cell, digits, "npp"))
    return _doubt(cell, "npp", "npp-unusual", text)
