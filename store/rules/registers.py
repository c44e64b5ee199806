"""One row of a register of archived vouchers, as other branches and older years keep it (domain.md 3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from store.rules.codes import tidy
from store.rules.dates import read_date
from store.rules.identity import read_kpj, read_npp
from store.rules.money import read_rupiah
from store.rules.names import read_name
from store.rules.programs import program_of
from store.rules.readings import Cell, Reason
from store.rules.text import clean_cell, code_text, first_said, is_empty, raw_text

REGISTER_FIELDS: Final = (
    *("classification", "decision", "code", "kpj", "name", "kpj_and_name", "company", "npp", "program", "dated"),
    *("tax", "amount", "account", "bank", "account_name", "sheets", "original", "note", "box", "shelf"),
)
"""The fields a column of such a register can stand for."""

_CARD: Final = re.compile(r"(?<![0-9A-Za-z])[0-9][0-9A-Za-z]{7,14}(?![0-9A-Za-z])")
_AROUND: Final = re.compile(r"^[\s\-\u2013/|,;:()]+|[\s\-\u2013/|,;:()]+$")
_SHEETS: Final = re.compile(r"([0-9]{1,5})(?:\.0)?(?: ?(?:LEMBAR|LBR|LB|HALAMAN|HLM|HAL)\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filed:
    """What is known of a paper in the archive, by a register or by Loket. Tax and amount in whole rupiah."""

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


@dataclass(frozen=True, slots=True)
class RegisterRow(Filed):
    """One archived file as the register tells; `box` '' where it says none.

    Refused (`usable` false) is a row that names nothing by which the file could be found again, or in which a card, an
    amount or a date stands that cannot be read.
    """

    sheet: str
    row: int
    box: str
    shelf: str
    reasons: tuple[Reason, ...] = ()
    usable: bool = True


def read_register(
    sheet: str, row: int, cells: Mapping[str, Sequence[Cell]], *, epoch_1904: bool = False, default: str = ""
) -> RegisterRow:
    """A row from its cells by field. `default` is the programme of the sheet, for rows that do not say theirs.

    KPJ and name may stand in one cell. A box, a sheet count or a programme that is missing is told and stops nothing.
    """
    said = {field: first_said(found) for field, found in cells.items()}
    text = {field: clean_cell(cell) if not is_empty(cell) else "" for field, cell in said.items()}
    kpj_cell, name_cell = _who(said, text)
    kpj, name, npp = read_kpj(kpj_cell), read_name(name_cell), read_npp(said.get("npp"))
    money = {field: read_rupiah(_amount(cells.get(field, ())), field=field) for field in ("amount", "tax")}
    dated = read_date(said.get("dated"), field="dated", epoch_1904=epoch_1904)
    named = program_of(text.get("program", "")) or program_of(text.get("classification", ""))
    program = str(named or default)
    stopped = list(kpj.reasons) if kpj.value is None and not is_empty(kpj_cell) else []
    stopped += [
        Reason("amount-unreadable", field, raw_text(said.get(field)))
        for field, read in money.items()
        if read.value is None and read.reasons
    ]
    if dated.value is None and dated.reasons:
        stopped.append(Reason("date-unreadable", "dated", raw_text(said.get("dated"))))
    if kpj.value is None and not name.name and not text.get("code") and not text.get("decision"):
        stopped.append(Reason("nobody-named", "kpj", ""))
    told = [] if program else [Reason("program-unknown", "program", text.get("program", ""))]
    sheets = _count(text.get("sheets", ""))
    if sheets is None and text.get("sheets"):
        told.append(Reason("sheets-unreadable", "sheets", raw_text(said.get("sheets"))))
    box = _number(said.get("box"), text.get("box", ""))
    shelf = _number(said.get("shelf"), text.get("shelf", ""))
    if not box and not shelf:
        told.append(Reason("place-missing", "box", ""))
    as_said = ("decision", "company", "bank", "account_name", "original", "note")
    return RegisterRow(
        sheet=sheet,
        row=row,
        program=program,
        code=tidy(text.get("code", "")),
        kpj=kpj.value or "",
        name=name.name,
        npp=npp.value or "",
        dated=dated.value,
        tax=money["tax"].value,
        amount=money["amount"].value,
        account=_number(said.get("account"), text.get("account", "")),
        sheets=sheets,
        box=box,
        shelf=shelf,
        reasons=(*stopped, *told),
        usable=not stopped,
        **{field: text.get(field, "") for field in as_said},
    )


def _who(said: Mapping[str, Cell], text: Mapping[str, str]) -> tuple[Cell, Cell]:
    """The cells of card and name; out of one text where the register keeps both in it."""
    both = text.get("kpj_and_name", "")
    found = _CARD.search(both)
    card = said.get("kpj") if text.get("kpj") else (found[0] if found else None)
    rest = (both[: found.start()] + " " + both[found.end() :]) if found else both
    return card, said.get("name") if text.get("name") else (_AROUND.sub("", rest) or None)


def _amount(cells: Sequence[Cell]) -> Cell:
    """The first cell that says an amount; no tax (0) is an amount too."""
    said = first_said(cells)
    return said if said is not None else next((cell for cell in cells if not is_empty(cell, zero=False)), None)


def _number(cell: Cell, text: str) -> str:
    """A number of a box, shelf or account as it is written; what a workbook keeps as 14.0 is 14."""
    read = code_text(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None
    return read[0] if read else text


def _count(text: str) -> int | None:
    found = _SHEETS.fullmatch(text)
    return int(found[1]) if found else None
