"""One telephone number: which numbers a run of digits can mean, and how a number is written, named and dialled.

The library alone turns many a damaged cell into another valid number (domain.md 3.4), so digits are read only when
exactly one reading exists and nothing about their shape speaks against it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from store.value_class import value_class

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

Outcome = Literal["read", "phone-doubtful", "phone-unreadable"]

AREA_CODE = "0765"
"""The office's own area: Duri, Dumai, Bagan Batu, Ujung Tanjung (domain.md 3.4)."""

_OPERATORS = {
    "Telkomsel": "811 812 813 821 822 823 851 852 853",
    "Indosat/Tri": "814 815 816 855 856 857 858 895 896 897 898 899",
    "XL": "817 818 819 859 877 878 879",
    "AXIS": "831 832 833 838",
    "Smartfren": "881 882 883 887 888 889",
}
_OPERATOR = {prefix: name for name, prefixes in _OPERATORS.items() for prefix in prefixes.split()}
_AREAS = {
    "21": "Jakarta",
    "761": "Pekanbaru",
    "763": "Selatpanjang",
    "764": "Siak",
    "765": "Duri/Dumai",
    "766": "Bengkalis",
    "767": "Bagansiapiapi",
    "769": "Rengat",
}
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_DAY = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])([-. ])(?:0[1-9]|1[0-2])\1(?:19|20)[0-9]{2}")
_WHOLE_FLOAT = re.compile(r"(\+?[0-9]{8,})\.0{1,2}")
_FRACTION = re.compile(r"[0-9]{9,}\.[0-9]{1,2}")  # a numeric cell that was no whole number, as its raw text keeps it
ROUNDED = re.compile(r"[1-9][0-9]*00000")
"""Digits that were a number of a spreadsheet: they lack the 0, and zeros at their end are what rounding leaves."""
_BRACKET = re.compile(r"\(([0-9+ .-]*)\)")


@value_class
class NumberRead:
    """What a run of digits came to; ``e164`` only when ``read``; ``repaired`` when more than layout changed."""

    outcome: Outcome
    e164: str = ""
    repaired: bool = False


_UNREADABLE = NumberRead("phone-unreadable")
_DOUBTFUL = NumberRead("phone-doubtful")


# What a number is -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def _parse(e164: str) -> PhoneNumber | None:
    import phonenumbers  # 30 ms, and most commands never need it

    if not re.fullmatch(r"\+[1-9][0-9]{5,14}", e164):
        return None
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None
    exact = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == e164
    return number if exact and phonenumbers.is_valid_number(number) else None


def is_valid(e164: str) -> bool:
    """Whether the number can exist: the library's word, and in 0765 only 5-7 digits (domain.md 3.4)."""
    if e164.startswith("+62765"):
        return bool(re.fullmatch(r"\+62765[2-9][0-9]{4,6}", e164))
    return (e164.startswith("+628") and _is_plain_mobile(e164[3:])) or _parse(e164) is not None


def _is_plain_mobile(national: str) -> bool:
    """Whether the library's own words for Indonesian mobile numbers hold of the digits after +62.

    Where they do it would call the number valid, after a hundred times as long.
    """
    lengths, patterns = _mobile_words()
    return len(national) in lengths and all(pattern.fullmatch(national) for pattern in patterns)


@cache
def _mobile_words() -> tuple[frozenset[int], tuple[re.Pattern[str], ...]]:
    from phonenumbers import PhoneMetadata

    indonesia = PhoneMetadata.metadata_for_region("ID")
    assert indonesia is not None
    described = [each for each in (indonesia.general_desc, indonesia.mobile) if each is not None]
    lengths = frozenset.intersection(*(frozenset(each.possible_length) for each in described))
    return lengths, tuple(re.compile(each.national_number_pattern or "", re.ASCII) for each in described)


def is_mobile(e164: str) -> bool:
    """An Indonesian mobile number: 8[1-35-9] and 9-12 national digits (domain.md 3.4)."""
    return bool(re.fullmatch(r"\+628[1-35-9][0-9]{7,10}", e164))


def operator(e164: str) -> str | None:
    """The operator that the prefix was given to; ``None`` for a landline, a foreign or an unassigned prefix."""
    return _OPERATOR.get(e164[3:6]) if is_mobile(e164) else None


def region(e164: str) -> str | None:
    """The place of an Indonesian landline where it is known, the ISO country of a foreign number, else ``None``."""
    import phonenumbers

    if e164.startswith("+62"):
        return _AREAS.get(_national_parts(e164)[0])
    number = _parse(e164)
    return phonenumbers.region_code_for_number(number) if number else None


def _national_parts(e164: str) -> tuple[str, str]:
    """Area code without 0 and subscriber of an Indonesian landline; ``''`` and all digits for any other number."""
    import phonenumbers

    national, number = e164[3:], _parse(e164)
    length = phonenumbers.length_of_geographical_area_code(number) if number and not is_mobile(e164) else 0
    return national[:length], national[length:]


# Reading --------------------------------------------------------------------------------------------------------------


def _readings(digits: str, plus: bool, area_code: str) -> tuple[list[str], list[str]]:
    """The numbers that the digits say, and others that somebody may have meant; none of them checked."""
    if plus and not digits.startswith("0"):
        if digits.startswith("62"):
            return _after_62(digits[2:])
        return ["+" + digits], (["+62" + digits] if digits.startswith("8") else [])
    for exit_code in ("0062", "00162"):
        if digits.startswith(exit_code):
            return _after_62(digits[len(exit_code) :])
    if digits.startswith("00"):
        foreign = ["+" + digits[2:], *(["+" + digits[3:]] if digits.startswith("001") else [])]
        return foreign, (["+62" + digits[2:]] if digits.startswith("008") else [])
    if digits.startswith("0"):
        return ["+62" + digits[1:]], (["+62" + digits[3:]] if digits.startswith("0628") else [])
    if digits.startswith("62"):
        said, meant = _after_62(digits[2:])
        return said, meant + ([] if digits[2:3] in ("0", "8") else ["+62" + digits])
    if digits.startswith("8"):
        # Nine digits without the 0 may as well lack one at the other end (domain.md 3.4 row 20).
        return (["+62" + digits], []) if len(digits) > 9 else ([], ["+62" + digits, "+62" + area_code[1:] + digits])
    if re.fullmatch(r"1500[0-9]{3}", digits):
        return ["+62" + digits], []
    return [], ["+62" + digits, *(["+62" + area_code[1:] + digits] if digits[0] in "2345679" else [])]


def _after_62(rest: str) -> tuple[list[str], list[str]]:
    rest = rest.removeprefix("0")
    return ["+62" + rest], (["+62" + rest[2:]] if rest.startswith("628") else [])


def _is_placeholder(e164: str) -> bool:
    """Nothing but one digit after prefix or area code: typed to fill the cell, as 0812-0000-0000."""
    if not e164.startswith("+62"):
        return False
    subscriber = e164[6:] if is_mobile(e164) else _national_parts(e164)[1]
    return len(set(subscriber)) < 2


def read_digits(digits: str, *, plus: bool = False, area_code: str = AREA_CODE) -> NumberRead:
    """One number from nothing but digits (and whether a ``+`` stood before them).

    ``phone-doubtful`` when more than one number, or another than the one written, may be meant: a local number without
    area code, a lost 0 that was not a mobile's, 14 digits, a prefix without operator, a placeholder (domain.md 3.4), a
    row of zeros behind digits that were a number.
    """
    if not 5 <= len(digits) <= 20 or len(set(digits)) == 1:
        return _UNREADABLE
    said, meant = ([number for number in numbers if is_valid(number)] for numbers in _readings(digits, plus, area_code))
    if re.fullmatch(r"(?:0|62|620)?8[0-9]{12}", digits) and digits.lstrip("620")[:3] in _OPERATOR and not said:
        return _DOUBTFUL  # 14 digits are in use, and no library knows them (domain.md 3.4)
    if not said and not meant:
        return _UNREADABLE
    rounded = not plus and bool(ROUNDED.fullmatch(digits))
    if len(said) != 1 or set(meant) - set(said) or _is_placeholder(said[0]) or rounded:
        return _DOUBTFUL
    if said[0].startswith("+628") and not said[0].startswith("+62800") and operator(said[0]) is None:
        return _DOUBTFUL
    repaired = digits.startswith(("00", "8", "620")) or (plus and digits.startswith("0"))
    return NumberRead("read", said[0], repaired)


def read_plain_mobile(digits: str) -> str | None:
    """The number of a text that is 08, an operator's digits and a subscriber's, where `read_digits` reads it too.

    Nearly all numbers of a list are; None says nothing about any other.
    """
    known = digits[0] == "0" and digits[1:4] in _OPERATOR and len(set(digits[4:])) > 1
    return f"+62{digits[1:]}" if known and _is_plain_mobile(digits[1:]) else None


def _brackets_in_place(token: str) -> bool:
    """Brackets only around an area or country code at the start: ``(0765) 91234``, ``+62 (0)812``."""
    found = list(_BRACKET.finditer(token))
    if len(found) != token.count("(") or len(found) != token.count(")") or len(found) > 1:
        return False
    if not found:
        return True
    before = re.sub(r"[^0-9]", "", token[: found[0].start()])
    inside = re.sub(r"[^0-9]", "", found[0][1])
    after = re.sub(r"[^0-9]", "", token[found[0].end() :])
    return before in ("", "62") and 0 < len(inside) <= 5 and len(after) >= 4


def _tail_in_doubt(groups: list[str], plus: bool, area_code: str) -> bool:
    """A short last group after what is a number by itself: ``08123456789-90`` may be two (domain.md 3.4 row 36)."""
    if len(groups) < 2 or len(groups[-1]) > 3:
        return False
    if len(groups) > 2 and len({len(group) for group in groups[1:]}) == 1:
        return False  # 0812 345 678 901: regular groups
    return read_digits("".join(groups[:-1]), plus=plus, area_code=area_code).outcome == "read"


def read_number(token: str, *, area_code: str = AREA_CODE) -> NumberRead:
    """One number from digits and layout marks (blank ``+ ( ) . -``) alone."""
    token = token.strip(" .-")
    whole = _WHOLE_FLOAT.fullmatch(token)
    token = whole[1] if whole else token
    compact = re.sub(r"[ .(-]", "", token)
    plus = compact.startswith("+")
    digits = re.sub(r"[^0-9]", "", token)
    if not re.fullmatch(r"[0-9 +().-]+", token) or "+" in compact.lstrip("+") or not _brackets_in_place(token):
        return _UNREADABLE
    read = read_digits(digits, plus=plus, area_code=area_code)
    groups = re.findall(r"[0-9]+", token)
    if _tail_in_doubt(groups, plus, area_code) or _FRACTION.fullmatch(token):
        return _DOUBTFUL
    if read.outcome != "read":
        return read
    if _THOUSANDS.fullmatch(token) or _DAY.fullmatch(token):  # an amount, or a day from the column beside
        return _DOUBTFUL
    return NumberRead("read", read.e164, read.repaired or bool(whole) or compact.startswith("++"))


# Writing --------------------------------------------------------------------------------------------------------------


def format_national(e164: str) -> str:
    """Digits as dialled in Indonesia, ``081234567890`` or ``076591234``; foreign ones as ``0060123456789``."""
    if not e164.startswith("+62"):
        return "00" + e164.removeprefix("+")
    return e164[3:] if e164.startswith("+621") else "0" + e164[3:]


def format_display(e164: str) -> str:
    """For the eye: ``0812-3456-7890``, ``(0765) 91234``, foreign ``+60 12-345 6789`` (domain.md 3.4)."""
    import phonenumbers

    if is_mobile(e164):
        digits = format_national(e164)
        middle = 7 if len(digits) == 10 else 8
        return f"{digits[:4]}-{digits[4:middle]}-{digits[middle:]}"
    if e164.startswith("+62"):
        area, subscriber = _national_parts(e164)
        return f"(0{area}) {subscriber}" if area else format_national(e164)
    number = _parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if number else e164


def dial(e164: str, area_code: str = AREA_CODE) -> str:
    """What to press on the office telephone: numbers of the own area without its code, foreign ones after 001."""
    if not e164.startswith("+62"):
        return "001" + e164.removeprefix("+")
    local = format_national(e164)
    return local.removeprefix(area_code) if local.startswith(area_code) and not is_mobile(e164) else local


def search_digits(text: str) -> str:
    """What to look for when somebody types any part of a number in any spelling: national digits without 0 or 62.

    Of a whole E.164 number it gives what is stored for searching: ``81234567890``, foreign ``60123456789``.
    """
    digits = re.sub(r"[^0-9]", "", text)
    if text.strip().startswith("+62"):
        return digits[2:].removeprefix("0")
    for prefix in ("0062", "00162"):
        if digits.startswith(prefix):
            return digits[len(prefix) :].removeprefix("0")
    if digits.startswith("62") and (digits[2:3] in ("0", "8") or len(digits) > 9):
        return digits[2:].removeprefix("0")
    return digits.lstrip("0")
