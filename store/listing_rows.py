"""What the desk of listings gives and takes: plans, what was done, and a day checked. Frozen rows and refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date

from store.rows import RowReport, SheetReport, UndoRef
from store.rules.listing import ListingProblem
from store.rules.matching import Comparison, Verdict
from store.rules.paid import PaidRow
from store.rules.payments import PaymentRead
from store.value_class import value_class
from store.workbooks.participants import SheetFound


@value_class
class DayCount:
    """The transactions of one date and programme: how many, and what they paid in whole rupiah."""

    day: date
    program: str
    count: int
    amount: int


@value_class
class ListingPlan:
    """What a listing would bring; nothing is changed yet. With `problems` it is refused whole.

    `new` are the transactions that are not known, `same` counts those that are; `others` counts bookings that pay no
    claim and `others_amount` their debits, whole rupiah. `mapping` are the overrides that were obeyed.
    """

    file: str
    sha256: str
    layout: str
    known_file: bool
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    problems: tuple[ListingProblem, ...]
    days: tuple[DayCount, ...]
    new: tuple[PaymentRead, ...]
    same: int
    others: int
    others_amount: int
    mapping: dict[str, str] = field(default_factory=dict)


@value_class
class ListingDone:
    """What a listing brought: `new` transactions, and `same` counts those that were known."""

    file: str
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    days: tuple[DayCount, ...]
    new: int
    same: int
    undo: UndoRef | None


@value_class
class PaidPlan:
    """What a list of paid files would bring; nothing is changed yet. `new` are the rows that become files.

    `verdicts` counts them against the transactions that are known (codes of store.rules.matching; no-transaction).
    """

    file: str
    sha256: str
    layout: str
    known_file: bool
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    new: tuple[PaidRow, ...]
    verdicts: dict[str, int]
    mapping: dict[str, str] = field(default_factory=dict)


@value_class
class PaidDone:
    """What a list of paid files brought, with the same counts as its plan."""

    file: str
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    new: int
    verdicts: dict[str, int]
    undo: UndoRef | None


@value_class
class CheckedPayment:
    """A transaction of a day and how it stands. `file_id` is None for no-file; `open` while a person has to act."""

    payment_id: int
    code: str
    program: str
    kpj: str
    name: str
    payee: str
    amount: int
    comparison: Comparison
    file_id: int | None
    approved: bool

    @property
    def verdict(self) -> Verdict:
        return self.comparison.verdict

    @property
    def open(self) -> bool:
        """Whether it waits for a file, a yes or an approval."""
        settled = self.verdict is Verdict.MATCH and not self.comparison.needs_yes
        return not settled and not self.approved


@value_class
class LooseFile:
    """A paper file of the day without a transaction; amount in whole rupiah, None where nobody read it."""

    file_id: int
    kpj: str
    name: str
    program: str
    amount: int | None


@value_class
class CheckedDay:
    """A day of the listing against its paper (contracts.md "Vouchers, checked"), in the order of the listing."""

    day: date
    payments: tuple[CheckedPayment, ...]
    loose: tuple[LooseFile, ...]

    @property
    def open(self) -> bool:
        """Whether anything waits for a person."""
        return bool(self.loose) or any(payment.open for payment in self.payments)


def sheet_reports(found: Sequence[SheetFound], counts: dict[str, dict[str, int]]) -> tuple[SheetReport, ...]:
    """The sheets as found with their counts by verdict."""
    return tuple(
        SheetReport(
            sheet.name,
            sheet.header_row,
            sheet.columns,
            **counts.get(sheet.name, {}),
            skipped=sheet.skipped,
            doubts=sheet.doubts,
        )
        for sheet in found
    )
