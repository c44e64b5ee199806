"""Paper files against the transactions that paid them: what agrees, what differs, what needs a person's yes.

Matched by KPJ (contracts.md "Vouchers, checked"). Names agree without titles, punctuation and old spelling; a name that
is only near is a suggestion, and nothing is taken by it (domain.md 3.6).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, Protocol

from store.rules.names import sound_key
from store.value_class import value_class

PAYEE_DIFFERS: Final = "payee-differs"
_NEAR: Final = 0.84
_sound = functools.lru_cache(maxsize=1 << 15)(sound_key)  # each name is asked for several times a match


class Verdict(StrEnum):
    """How a transaction stands; when several differ, amount outranks name, and name outranks programme."""

    MATCH = "match"
    AMOUNT = "amount-mismatch"
    NAME = "name-mismatch"
    PROGRAM = "program-mismatch"
    NO_FILE = "no-file"


class Paid(Protocol):
    """What was paid, as the listing says."""

    @property
    def program(self) -> str: ...
    @property
    def kpj(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def payee(self) -> str: ...
    @property
    def amount(self) -> int: ...


class Paper(Protocol):
    """What a claim file says; `amount` None and empty texts were not told and differ from nothing."""

    @property
    def program(self) -> str: ...
    @property
    def kpj(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def payee(self) -> str: ...
    @property
    def amount(self) -> int | None: ...


@value_class
class Comparison:
    """A file against its transaction. `differences` are all verdicts that apply, the gravest first.

    `amount_off` is paper minus listing in whole rupiah; `names` and `programs` are (listing, paper) where they differ;
    `near` says that the names look like one name written twice. `needs_yes` are what a person has to accept although
    nothing differs.
    """

    verdict: Verdict
    differences: tuple[Verdict, ...] = ()
    needs_yes: tuple[str, ...] = ()
    amount_off: int = 0
    names: tuple[str, str] | None = None
    programs: tuple[str, str] | None = None
    near: bool = False


def same_name(first: str, second: str) -> bool:
    """Whether two names are one, but for titles, punctuation and old spelling."""
    return first == second or _sound(first) == _sound(second)


def near_name(first: str, second: str) -> bool:
    """Whether two names that differ may be one: words left out or in another order, or a few letters. A suggestion."""
    one, other = _sound(first), _sound(second)
    words, others = set(one.split()), set(other.split())
    if not words or not others:
        return False
    if words <= others or others <= words or one.replace(" ", "") == other.replace(" ", ""):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def needs_yes(payment: Paid) -> tuple[str, ...]:
    """`payee-differs` where somebody else than the participant was paid: a hospital, an heir."""
    return () if not payment.payee or same_name(payment.payee, payment.name) else (PAYEE_DIFFERS,)


def _other_payee(payment: Paid, paper: Paper) -> bool:
    """Whether the paper names a payee of its own, and another than was paid."""
    if not paper.payee or not payment.payee or same_name(paper.payee, paper.name):
        return False
    return not same_name(payment.payee, paper.payee)


def compare(payment: Paid, paper: Paper) -> Comparison:
    """One file against one transaction, whatever brought them together."""
    found: list[Verdict] = []
    off = 0 if paper.amount is None else paper.amount - payment.amount
    if off:
        found.append(Verdict.AMOUNT)
    names = None if not paper.name or same_name(payment.name, paper.name) else (payment.name, paper.name)
    if names:
        found.append(Verdict.NAME)
    programs = None if not paper.program or paper.program == payment.program else (payment.program, paper.program)
    if programs:
        found.append(Verdict.PROGRAM)
    yes = needs_yes(payment)
    if not yes and _other_payee(payment, paper):
        yes = (PAYEE_DIFFERS,)
    near = names is not None and near_name(*names)
    return Comparison(found[0] if found else Verdict.MATCH, tuple(found), yes, off, names, programs, near)


def pair(payments: Sequence[Paid], papers: Sequence[Paper]) -> dict[int, int]:
    """Which file belongs to which transaction, by KPJ: index of the payment to index of the paper.

    Several of one card go together by as much as agrees: everything first, then amount and programme, and so on. What
    is left of a card is still paired, because its KPJ says so; a file without KPJ is paired by nobody but a person.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key in _KEYS:
        waiting: dict[Hashable, list[int]] = {}
        for index in range(len(papers) - 1, -1, -1):  # the first in the list comes off the end first
            paper = papers[index]
            if index not in taken and paper.kpj and (told := key(paper)) is not None:
                waiting.setdefault(told, []).append(index)
        for index, payment in enumerate(payments):
            if index not in found and payment.kpj and (left := waiting.get(key(payment))):
                found[index] = left.pop()
                taken.add(found[index])
    return found


_Key = Callable[[Paid | Paper], Hashable]


def _key(*, amount: bool, program: bool, name: bool) -> _Key:
    def key(told: Paid | Paper) -> Hashable:
        if amount and told.amount is None:
            return None
        return (
            told.kpj,
            told.amount if amount else None,
            told.program if program else None,
            _sound(told.name) if name else None,
        )

    return key


_KEYS: Final[tuple[_Key, ...]] = tuple(
    _key(amount=amount, program=program, name=name)
    for amount, program, name in (
        *((True, True, True), (True, True, False), (True, False, True), (False, True, True)),
        *((True, False, False), (False, True, False), (False, False, True), (False, False, False)),
    )
)
