"""One transaction out of its booking lines: programme, participant, payee, and what was paid (domain.md 2.6, 2.9)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from store.rules.booking_text import Told, read_description
from store.rules.listing_lines import ListingLine
from store.rules.matching import same_name
from store.rules.programs import Program, programs_in
from store.value_class import value_class

_TAX: Final = re.compile(r"\b(?:PPH|PAJAK|TAX)\b", re.I)
_FEE: Final = re.compile(r"\b(?:BIAYA|ADM|ADMIN(?:ISTRASI)?|PROVISI|FEE|TRANSFER|RTGS|KLIRING)\b", re.I)
_BANK: Final = re.compile(r"\b(?:BANK|KAS|GIRO|CASH)\b", re.I)
_STATE: Final = re.compile(r"\bKAS\s+(?:NEGARA|DAERAH)\b", re.I)
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")


@value_class
class PaymentLineRead:
    """One booking line, debit and credit in whole rupiah."""

    account: str
    account_name: str
    sub_ledger: str
    debit: int
    credit: int
    description: str


@value_class
class PaymentRead:
    """A claim's transaction: `amount` is what the payee was paid, whole rupiah, without fees and after tax.

    `sheet` and `row` are where it begins. `digest` covers what the listing says of it, however it was spaced: the
    same code with another digest says something else.
    """

    code: str
    code_order: str
    booked_on: date
    program: Program
    kpj: str
    name: str
    payee: str
    amount: int
    description: str
    lines: tuple[PaymentLineRead, ...]
    digest: str
    sheet: str
    row: int


def program_of_lines(lines: Sequence[ListingLine]) -> Program | None:
    """The programme of a transaction: its own column, else the accounts that are debited, else the descriptions.

    Several accounts (a death is paid together with the savings) go by the description, else by the larger debit. None:
    no claim is paid here.
    """
    for line in lines:
        if said := programs_in(line.program):
            return said[0]
    debits: dict[Program, int] = {}
    for line in lines:
        for program in programs_in(line.account_name)[:1] if line.debit else ():
            debits[program] = debits.get(program, 0) + (line.debit or 0)
    told = [program for line in lines for program in programs_in(line.description)]
    if len(debits) > 1:
        return next((program for program in told if program in debits), max(debits, key=lambda each: debits[each]))
    return next(iter(debits), told[0] if told else None)


def build(
    code: str, code_order: str, booked_on: date, program: Program, lines: Sequence[ListingLine]
) -> PaymentRead | None:
    """The transaction, or None where no amount that was paid can be told from its lines. They balance already."""
    benefits = _benefits(lines)
    told = [read_description(text) for text in dict.fromkeys(line.description for line in lines) if text]
    kpj = _only([line.kpj for line in lines]) or ("" if _several(told) else _only([each.kpj for each in told]))
    name = _first(line.name for line in lines) or ("" if _several(told) else _first(each.name for each in told))
    ledger = _first(line.sub_ledger for line in (*benefits, *lines) if _LETTERS.search(line.sub_ledger))
    spoken = _first(each.payee for each in told)
    if spoken and same_name(ledger, name):  # the ledger keeps the participant, the words say who got the money
        ledger = ""
    payee = _first((*(line.payee for line in lines), ledger, spoken, name))
    name = name or payee
    amount = sum((line.debit or 0) for line in benefits) - _withheld(lines)
    if amount <= 0:
        return None
    description = _first(line.description for line in (*benefits, *lines))
    kept = tuple(
        PaymentLineRead(
            line.account, line.account_name, line.sub_ledger, line.debit or 0, line.credit or 0, line.description
        )
        for line in lines
    )
    digest = _digest(code, booked_on, program, kpj, name, payee, kept)
    return PaymentRead(
        code,
        code_order,
        booked_on,
        program,
        kpj,
        name,
        payee,
        amount,
        description,
        kept,
        digest,
        lines[0].sheet,
        lines[0].row,
    )


def _benefits(lines: Sequence[ListingLine]) -> list[ListingLine]:
    """The debits that are the benefit itself: of an account that names a programme, else all that are no fee or tax."""
    debits = [line for line in lines if line.debit]
    named = [line for line in debits if programs_in(line.account_name) and not _TAX.search(line.account_name)]
    return named or [line for line in debits if not _is_fee(line) and not _TAX.search(line.account_name)]


def _is_fee(line: ListingLine) -> bool:
    return bool(_FEE.search(line.account_name)) and not programs_in(line.account_name)


def _withheld(lines: Sequence[ListingLine]) -> int:
    """What of the benefit the payee did not get: credits that are no bank's, or tax and fees where no bank is named."""
    credited = [line for line in lines if line.credit]
    banks = [line for line in credited if _is_bank(line)]
    if banks:
        return sum((line.credit or 0) for line in credited if line not in banks)
    return sum((line.credit or 0) for line in credited if _TAX.search(line.account_name) or _is_fee(line))


def _is_bank(line: ListingLine) -> bool:
    text = line.account_name
    return bool(_BANK.search(text)) and not (_TAX.search(text) or _STATE.search(text) or programs_in(text))


def _several(told: Sequence[Told]) -> bool:
    """Whether the lines speak of more than one card: then nobody's name stands for all of them."""
    return any(each.several for each in told) or len({each.kpj for each in told if each.kpj}) > 1


def _only(values: Sequence[str]) -> str:
    found = set(values) - {""}
    return found.pop() if len(found) == 1 else ""


def _first(values: Iterable[str]) -> str:
    return next((text for text in values if text), "")


def _digest(
    code: str,
    booked_on: date,
    program: Program,
    kpj: str,
    name: str,
    payee: str,
    lines: Sequence[PaymentLineRead],
) -> str:
    """Without spaces and marks, and lines in any order: the same listing as a workbook and on paper is one content."""
    said = sorted(
        [_bare(line.account), _bare(line.account_name), _bare(line.sub_ledger), line.debit, line.credit]
        for line in lines
    )
    facts = [_bare(code), booked_on.isoformat(), program, kpj, _bare(name), _bare(payee), said]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _bare(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())
