"""Which transaction a paper file may be, from what is typed: part of the name, KPJ, amount (domain.md 2.6).

Nothing is taken by likeness: this only puts in front of a person what fits, and says what does not.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from store.rules.matching import Paid
from store.rules.money import read_rupiah
from store.rules.names import name_key, sound_key
from store.rules.text import clean
from store.value_class import value_class

_CURRENCY: Final = re.compile(r"\b(?:RP|IDR)\.?\s*(?=[0-9])", re.I)
_PLAIN: Final = re.compile(r"[0-9]{3,15}")
_FIGURE: Final = re.compile(r"[0-9][0-9.,-]*")
_LEAST_AMOUNT: Final = 1_000
_NEAR_PERCENT: Final = 10
_key = functools.lru_cache(maxsize=1 << 14)(name_key)
_sound = functools.lru_cache(maxsize=1 << 14)(sound_key)


@value_class
class Typed:
    """What was typed: words of a name, plain figures (a KPJ, part of one, or an amount), and certain amounts."""

    words: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    amounts: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.figures or self.amounts)


@value_class
class Fit:
    """How a transaction fits. `by`: of name, payee, kpj, amount; `amount_off` is what was typed minus the listing.

    `amount` is the amount that was typed, None where none was.
    """

    by: tuple[str, ...]
    score: int
    amount: int | None = None
    amount_off: int = 0


def read_typed(text: str) -> Typed:
    """What somebody typed from a paper. Amounts in any style: Rp4.500.000,00 4,500,000.00 4500000 Rp. 6.800,-"""
    words: list[str] = []
    figures: list[str] = []
    amounts: list[int] = []
    for token in _CURRENCY.sub("RP", clean(text).upper()).split():
        bare = token.removeprefix("RP") if token[2:3].isdigit() else token
        amount = read_rupiah(bare).value if _FIGURE.fullmatch(bare) else None
        if _PLAIN.fullmatch(token):
            figures.append(token)
        elif amount is not None and amount >= _LEAST_AMOUNT:
            amounts.append(amount)
        else:
            words.append(token)
    return Typed(tuple(name_key(" ".join(words)).split()), tuple(figures), tuple(amounts))


def fit(typed: Typed, paid: Paid) -> Fit | None:
    """How a transaction fits what was typed, None where it does not.

    Every word must stand in the name or the payee (old spelling too), or begin the KPJ. A figure is part of the KPJ,
    or the amount; one that is neither is an amount that differs, and then something else must fit, or it is near.
    """
    by: dict[str, None] = {}
    score = 0
    for word in typed.words:
        told = _word(word, paid)
        if told is None:
            return None
        by[told[0]] = None
        score += told[1]
    amounts = list(typed.amounts)
    for figure in typed.figures:
        if figure in paid.kpj and int(figure) != paid.amount:
            by["kpj"] = None
            score += 4 if figure == paid.kpj else 2
        elif int(figure) >= _LEAST_AMOUNT:
            amounts.append(int(figure))
        else:
            return None
    if len(amounts) > 1:
        return None
    if not amounts:
        return Fit(tuple(by), score)
    off = amounts[0] - paid.amount
    if off and not by and abs(off) * 100 > paid.amount * _NEAR_PERCENT:
        return None
    return Fit((*by, *(() if off else ("amount",))), score + (0 if off else 4), amounts[0], off)


def _word(word: str, paid: Paid) -> tuple[str, int] | None:
    """Where a word stands, and how well: whole 3, as a beginning 2, inside 1."""
    sought = (word, _sound(word))
    for place, name in (("name", paid.name), ("payee", paid.payee)):
        for part, spelled in zip(sought, (_key(name), _sound(name)), strict=True):
            names = spelled.split()
            if part in names:
                return place, 3
            if any(each.startswith(part) for each in names):
                return place, 2
            if len(part) > 2 and part in spelled:
                return place, 1
    if len(word) > 2 and paid.kpj and paid.kpj.startswith(word):
        return "kpj", 3
    return None
