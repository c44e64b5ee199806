"""One row of a listing of transactions: the cells of a booking line, a total, or a title (domain.md 2.9, 3.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from store.rules.codes import tidy
from store.rules.dates import read_date
from store.rules.identity import read_kpj
from store.rules.money import read_rupiah
from store.rules.readings import Cell, Reason
from store.rules.text import clean_cell, first_said, is_empty, is_lookup_failure, raw_text
from store.value_class import value_class

_DATE: Final = re.compile(r"[0-9]{1,2}[-/. ](?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGIT: Final = re.compile(r"[0-9]")
_TEXTS: Final = ("account", "account_name", "sub_ledger", "description", "name", "payee", "program")

LISTING_FIELDS: Final = (
    *("code", "booked_on", "account", "account_name", "sub_ledger", "debit", "credit", "description"),
    *("kpj", "name", "payee", "program"),
)
"""The fields a column of a listing can stand for."""


@value_class
class ListingLine:
    """One row as read. Amounts are whole rupiah, 0 for nothing said, None where a cell could not be read.

    `kind`: data, totals or title. `reasons` name each cell that could not be read; none of them may be passed over.
    """

    sheet: str
    row: int
    kind: str
    code: str = ""
    booked_on: date | None = None
    account: str = ""
    account_name: str = ""
    sub_ledger: str = ""
    debit: int | None = 0
    credit: int | None = 0
    description: str = ""
    kpj: str = ""
    name: str = ""
    payee: str = ""
    program: str = ""
    label: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def has_amount(self) -> bool:
        """Whether an amount stands there, or a cell that should be one."""
        return self.debit != 0 or self.credit != 0


def read_line(
    sheet: str, row: int, kind: str, cells: Mapping[str, Sequence[Cell]], *, epoch_1904: bool = False
) -> ListingLine:
    """A row from its cells by field; a field without a column counts as empty. A title gives its date, if any."""
    one = {field: next((cell for cell in found if not is_empty(cell)), None) for field, found in cells.items()}
    if kind == "title":
        text = " ".join(clean_cell(cell) for cell in cells.get("title", ()) if cell is not None)
        return ListingLine(sheet, row, kind, booked_on=_only_date(text), label=text[:200])
    reasons: list[Reason] = []
    debit, credit = (_amount(first_said(cells.get(field, ())), field, kind, reasons) for field in ("debit", "credit"))
    if kind == "totals":
        label = " ".join(text for cell in one.values() if isinstance(cell, str) and (text := clean_cell(cell)))
        return ListingLine(sheet, row, kind, debit=debit, credit=credit, label=label[:200], reasons=tuple(reasons))
    said_day = first_said(cells.get("booked_on", ()))
    day = read_date(said_day, field="booked_on", epoch_1904=epoch_1904)
    if day.value is None and day.reasons:
        reasons.append(Reason("date-unreadable", "booked_on", raw_text(said_day)))
    texts = {field: clean_cell(one.get(field)) for field in _TEXTS}
    return ListingLine(
        sheet,
        row,
        kind,
        code=tidy(clean_cell(one.get("code"))),
        booked_on=day.value,
        debit=debit,
        credit=credit,
        kpj=read_kpj(one.get("kpj")).value or "",
        reasons=tuple(reasons),
        **texts,
    )


def _amount(cell: Cell, field: str, kind: str, reasons: list[Reason]) -> int | None:
    """Whole rupiah; an empty cell is nothing, and so is a word or failed sum of a total's row among the amounts."""
    read, failed = read_rupiah(cell, field=field), is_lookup_failure(cell)
    if read.value is None and (failed or not is_empty(cell)):
        if kind == "totals" and (failed or (isinstance(cell, str) and not _DIGIT.search(cell))):
            return 0
        reasons.append(Reason("amount-unreadable", field, raw_text(cell)))
        return None
    return read.value or 0


def _only_date(text: str) -> date | None:
    """The one day that a line names; a period names two and says nothing of a row."""
    days = {read_date(found.group(), field="booked_on").value for found in _DATE.finditer(text)} - {None}
    return days.pop() if len(days) == 1 else None
