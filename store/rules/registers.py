"""One row of a register of archived vouchers, as other branches and older years keep it (domain.md 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from store.rules.readings import Reason

REGISTER_FIELDS: Final = (
    *("classification", "decision", "code", "kpj", "name", "kpj_and_name", "company", "npp", "program", "dated"),
    *("tax", "amount", "account", "bank", "account_name", "sheets", "original", "note", "box", "shelf"),
)
"""The fields a column of such a register can stand for."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One archived file as the register tells; `box` '' where it says none. Tax and amount in whole rupiah.

    Refused (`usable` false) is a row that names nothing by which the file could be found again, or in which a card, an
    amount or a date stands that cannot be read.
    """

    sheet: str
    row: int
    program: str
    code: str
    decision: str
    kpj: str
    name: str
    company: str
    npp: str
    dated: date | None
    tax: int | None
    amount: int | None
    account: str
    bank: str
    account_name: str
    sheets: int | None
    original: str
    note: str
    box: str
    shelf: str
    reasons: tuple[Reason, ...] = ()
    usable: bool = True
