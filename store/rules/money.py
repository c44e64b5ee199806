"""Whole rupiah: both ways of writing thousands are read; cents but 00 and minus signs are not (domain.md 3.6)."""

from __future__ import annotations

import re
from datetime import date, time

from store.rules.readings import Cell, Reason
from store.rules.text import EXACT_FLOAT, clean, is_empty, is_lookup_failure, raw_text, strange_digits
from store.value_class import value_class

_CURRENCY = re.compile(r"(?:RP|IDR)\.? ?(?=[0-9])", re.I)
_NO_CENTS = re.compile(r",-{1,2}|\.-{1,2}|-,")  # "6.800,-" and the report's "6.800-," (domain.md 3.6)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_PLAIN_ZERO = re.compile(r"([0-9]{1,15})\.0")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<s>[., ])[0-9]{3}(?:(?P=s)[0-9]{3}){0,3}")
_CENTS = re.compile(r"(?P<whole>[0-9., ]*[0-9])(?P<point>[.,])00")


@value_class
class MoneyRead:
    """Whole rupiah, or ``None``; flags ``balance-*`` are those of the JHT balance, other fields use the reasons."""

    value: int | None
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def _rupiah(raw: str) -> int | None:
    """The amount in a text, or ``None`` where any digit of it is in doubt."""
    text = clean(raw).strip("'`\u2019 ")
    text = _CURRENCY.sub("", text, count=1) if _CURRENCY.match(text) else text
    text = re.sub(rf"(?:{_NO_CENTS.pattern})$", "", text.strip()).strip()
    if float_text := _PLAIN_ZERO.fullmatch(text):
        text = float_text[1]
    cents = _CENTS.fullmatch(text)
    if cents and cents["point"] not in cents["whole"]:
        text = cents["whole"]  # "1.234.567.00" keeps its tail and fails: it may as well lack a digit
    if _WHOLE.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(re.sub(r"[., ]", "", text))
    return None


def read_rupiah(cell: Cell, *, field: str = "jht_balance") -> MoneyRead:
    """Whole rupiah from ``Rp1.234.567,00``, ``Rp. 1.234.567``, ``1,234,567.00``, ``1234567`` or a whole number.

    ``1.234`` is 1234; 0 is an amount. ``balance-missing`` when nothing was said, ``balance-unreadable`` for cents other
    than 00, minus signs, brackets, uneven groups, words and exponents (domain.md 3.6).
    """
    raw = raw_text(cell)
    if is_empty(cell, zero=False):
        failed = (Reason("lookup-failed", field, raw),) if is_lookup_failure(cell) else ()
        return MoneyRead(None, ("balance-missing",), failed)
    value: int | None = None
    if isinstance(cell, str):
        value = None if strange_digits(cell) else _rupiah(cell)
    elif isinstance(cell, (int, float)) and not isinstance(cell, (bool, date, time)):
        value = int(cell) if 0 <= cell < EXACT_FLOAT and cell == int(cell) else None
    if value is None:
        return MoneyRead(None, ("balance-unreadable",), (Reason("balance-unreadable", field, raw),))
    return MoneyRead(value)


def format_rupiah(amount: int, *, cents: bool = False) -> str:
    """``Rp1.234.567``, with ``cents`` the official ``Rp1.234.567,00``: no dot or space after Rp (domain.md 3.6)."""
    grouped = f"{abs(amount):,}".replace(",", ".")
    return f"{'-' if amount < 0 else ''}Rp{grouped}{',00' if cents else ''}"
