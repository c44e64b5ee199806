"""A listing of transactions as a whole: its codes, and every reason to refuse it with the figures (issue: all or none).

Everything under one code is one transaction. Lines that name no programme of a claim are other bookings of the office;
they are counted, have to balance as well, and are not brought in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from store.rules.codes import DEFAULT_PATTERN, read_code
from store.rules.listing_lines import ListingLine
from store.rules.payments import PaymentRead, build, program_of_lines
from store.value_class import value_class

_SIX_DIGITS: Final = re.compile(r"(?:[^0-9]*[0-9]){6}")
_PRINTED: Final = re.compile(r"\b(?:DI)?CETAK|\bPRINT", re.I)


@value_class
class ListingProblem:
    """One reason to refuse a listing. Figures are whole rupiah, None where the kind has none.

    `kind`: unbalanced (`debit`, `credit` of the code), total-differs (`label`; `stated`, `found` of the side in
    `field`), doubled (the same lines stand twice under the code), repeated (the code stands for other content,
    elsewhere in the file or in an earlier listing: `stated` then, `found` now), amount-unreadable, date-unreadable
    (`text`), date-missing, dates-differ, code-missing (an amount without one), no-amount, nothing-found.
    """

    kind: str
    sheet: str = ""
    row: int = 0
    code: str = ""
    field: str = ""
    debit: int | None = None
    credit: int | None = None
    stated: int | None = None
    found: int | None = None
    text: str = ""


@value_class
class Listing:
    """What a listing says, in its order; with any of `problems` none of it may be taken.

    `others` counts transactions that pay no claim and `others_amount` their debits; `repeated` codes that stood twice
    with the same content; `notes` rows without any amount.
    """

    payments: tuple[PaymentRead, ...]
    problems: tuple[ListingProblem, ...]
    others: int = 0
    others_amount: int = 0
    repeated: int = 0
    notes: int = 0


@dataclass(slots=True)
class _Block:
    """The lines of one code that stand together on one sheet."""

    code: str
    lines: list[ListingLine]

    @property
    def debit(self) -> int:
        return sum(line.debit or 0 for line in self.lines)

    @property
    def credit(self) -> int:
        return sum(line.credit or 0 for line in self.lines)

    @property
    def content(self) -> list[tuple[object, ...]]:
        names = ("account", "account_name", "sub_ledger", "debit", "credit", "description")
        return [tuple(getattr(line, name) for name in names) for line in self.lines]


def read_listing(lines: Sequence[ListingLine], *, pattern: str = DEFAULT_PATTERN) -> Listing:
    """The transactions of all sheets. `pattern` is how this office's codes look (store.rules.codes)."""
    problems = [
        ListingProblem(reason.code, line.sheet, line.row, line.code, reason.field, text=reason.raw)
        for line in lines
        for reason in line.reasons
    ]
    blocks, notes = _blocks(lines, problems)
    problems += _wrong_totals(lines)
    payments: list[PaymentRead] = []
    others = others_amount = repeated = 0
    by_code: dict[str, list[_Block]] = {}
    for block in blocks:
        by_code.setdefault(block.code, []).append(block)
    default = _title_date(lines)
    for code, found in by_code.items():
        block, again, problem = _one(code, found)
        repeated += again
        if problem is not None:
            problems.append(problem)
            continue
        program = program_of_lines(block.lines)
        if program is None:
            others, others_amount = others + 1, others_amount + block.debit
            continue
        order = read_code(code, pattern)
        day, problem = _day(block, order.booked_on or default)
        payment = build(order.text, order.order, day, program, block.lines) if day else None
        if payment is not None:
            payments.append(payment)
        else:
            problems.append(problem or ListingProblem("no-amount", block.lines[0].sheet, block.lines[0].row, code))
    if not payments and not problems and not others:
        problems.append(ListingProblem("nothing-found"))
    return Listing(tuple(payments), tuple(problems), others, others_amount, repeated, notes)


def _blocks(lines: Sequence[ListingLine], problems: list[ListingProblem]) -> tuple[list[_Block], int]:
    """Lines by code as they stand together, and how many rows were only words. No code: that of the line above."""
    blocks: list[_Block] = []
    notes = 0
    open_block: _Block | None = None
    sheet = ""
    for line in lines:
        if line.sheet != sheet:
            open_block, sheet = None, line.sheet
        if line.kind == "totals":
            open_block = None
        if line.kind != "data":
            continue
        if not line.has_amount:
            notes += 1
            if _SIX_DIGITS.match(line.code) is None:
                continue
        if line.code and (open_block is None or open_block.code != line.code):
            open_block = _Block(line.code, [])
            blocks.append(open_block)
        if open_block is None:
            problems.append(ListingProblem("code-missing", line.sheet, line.row, debit=line.debit, credit=line.credit))
        else:
            open_block.lines.append(line)
    return [block for block in blocks if any(line.has_amount for line in block.lines)], notes


def _one(code: str, found: list[_Block]) -> tuple[_Block, int, ListingProblem | None]:
    """One block of a code, how often it was only said again, and what is wrong with it.

    Where each block balances by itself they are the same transaction said twice, or two that share a code; else they
    are parts of one (a listing sorted by account).
    """
    first = found[0]
    place = ListingProblem("", first.lines[0].sheet, first.lines[0].row, code)
    if len(found) > 1 and not all(block.debit == block.credit for block in found):
        first = _Block(code, [line for block in found for line in block.lines])
        found = [first]
    if any(line.debit is None or line.credit is None for block in found for line in block.lines):
        return first, 0, _as(place, "unbalanced")
    if first.debit != first.credit:
        return first, 0, _as(place, "unbalanced", debit=first.debit, credit=first.credit)
    other = next((block for block in found[1:] if sorted(block.content) != sorted(first.content)), None)
    if other is not None:
        where = ListingProblem("", other.lines[0].sheet, other.lines[0].row, code)
        return first, 0, _as(where, "repeated", stated=first.debit, found=other.debit)
    if len(first.lines) > 2 and all(times % 2 == 0 for times in Counter(first.content).values()):
        return first, 0, _as(place, "doubled", debit=first.debit, credit=first.credit)
    return first, len(found) - 1, None


def _as(
    place: ListingProblem,
    kind: str,
    *,
    debit: int | None = None,
    credit: int | None = None,
    stated: int | None = None,
    found: int | None = None,
) -> ListingProblem:
    return replace(place, kind=kind, debit=debit, credit=credit, stated=stated, found=found)


def _day(block: _Block, default: date | None) -> tuple[date | None, ListingProblem | None]:
    days = list(dict.fromkeys(line.booked_on for line in block.lines if line.booked_on))
    first = block.lines[0]
    if len(days) > 1:
        text = ", ".join(day.isoformat() for day in days)
        return None, ListingProblem("dates-differ", first.sheet, first.row, block.code, text=text)
    if not days and default is None:
        return None, ListingProblem("date-missing", first.sheet, first.row, block.code)
    return (days[0] if days else default), None


def _title_date(lines: Sequence[ListingLine]) -> date | None:
    """The one day of the titles, for listings without a column of dates; when it was printed does not count."""
    titles = [line for line in lines if line.kind == "title" and not _PRINTED.search(line.label)]
    days = {line.booked_on for line in titles} - {None}
    return days.pop() if len(days) == 1 else None


def _wrong_totals(lines: Sequence[ListingLine]) -> Iterator[ListingProblem]:
    """Totals that are neither the sum of the rows since the last one, nor of the sheet, nor of the file so far."""
    file, sheet, part = [0, 0], [0, 0], [0, 0]
    name = ""
    for line in lines:
        if line.sheet != name:
            name, sheet, part = line.sheet, [0, 0], [0, 0]
        amounts = (line.debit, line.credit)
        if line.kind == "data":
            for sums in (file, sheet, part):
                sums[0] += line.debit or 0
                sums[1] += line.credit or 0
        elif line.kind == "totals" and any(amounts):
            for side, stated in enumerate(amounts):
                if stated and stated not in (part[side], sheet[side], file[side]):
                    field = ("debit", "credit")[side]
                    yield ListingProblem(
                        "total-differs",
                        line.sheet,
                        line.row,
                        field=field,
                        stated=stated,
                        found=sheet[side],
                        text=line.label,
                    )
            part = [0, 0]
