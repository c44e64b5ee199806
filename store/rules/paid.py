"""One row of a list of paid claim files: what lies on the desk as paper (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from store.rules.dates import read_date
from store.rules.identity import read_kpj
from store.rules.money import read_rupiah
from store.rules.names import read_name
from store.rules.programs import program_of
from store.rules.readings import Cell, Reason
from store.rules.text import clean_cell, first_said, is_empty, raw_text
from store.value_class import value_class

PAID_FIELDS: Final = ("program", "kpj", "name", "payee", "amount", "paid_on")
"""The fields a column of such a list can stand for."""


@value_class
class PaidRow:
    """One paid file as the list tells. `amount` is that of the penetapan, whole rupiah; None is not known.

    Refused (`usable` false) is a row that names nobody: neither card nor name, or an amount, a date or a card that
    stands there and cannot be read, because the file would then be matched by less than the paper says.
    """

    sheet: str
    row: int
    program: str
    kpj: str
    name: str
    payee: str
    amount: int | None
    paid_on: date | None
    reasons: tuple[Reason, ...] = ()
    usable: bool = True


def read_paid(
    sheet: str, row: int, cells: Mapping[str, Sequence[Cell]], *, epoch_1904: bool = False, default: date | None = None
) -> PaidRow:
    """A row from its cells by field. `default` is the day of the list's title, for rows without a date."""
    one = {field: next((cell for cell in found if not is_empty(cell)), None) for field, found in cells.items()}
    program = program_of(clean_cell(one.get("program")))
    kpj = read_kpj(one.get("kpj"))
    name = read_name(one.get("name"))
    said_amount, said_day = (first_said(cells.get(field, ())) for field in ("amount", "paid_on"))
    amount = read_rupiah(said_amount, field="amount")
    paid_on = read_date(said_day, field="paid_on", epoch_1904=epoch_1904)
    stopped, told = [], []
    if kpj.value is None and not is_empty(one.get("kpj")):
        stopped += list(kpj.reasons)
    if amount.value is None and amount.reasons:
        stopped.append(Reason("amount-unreadable", "amount", raw_text(said_amount)))
    if paid_on.value is None and paid_on.reasons:
        stopped.append(Reason("date-unreadable", "paid_on", raw_text(said_day)))
    if kpj.value is None and not name.name:
        stopped.append(Reason("nobody-named", "kpj", ""))
    if program is None:
        told.append(Reason("program-unknown", "program", raw_text(one.get("program"))))
    if kpj.value is None:
        told.append(Reason("kpj-missing", "kpj", ""))
    return PaidRow(
        sheet,
        row,
        str(program or ""),
        kpj.value or "",
        name.name,
        clean_cell(one.get("payee")),
        amount.value,
        paid_on.value or default,
        (*stopped, *told),
        usable=not stopped,
    )
