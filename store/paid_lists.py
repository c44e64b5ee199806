"""A list of paid files becomes claim files: what is known already, what its transaction is, what a person must see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from store.claim_files import FileIn, Found, receive_all
from store.layouts import is_known_file, note_file, save_mapping
from store.listing_rows import PaidDone, PaidPlan, sheet_reports
from store.payment_matching import found_of, free_payments, told
from store.rows import RowReport
from store.rules.matching import compare, pair
from store.rules.names import sound_key
from store.rules.paid import PaidRow
from store.rules.permissions import Permission
from store.rules.vouchers import FileSource, FileState
from store.schema import ClaimFile
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.finance_files import FinanceFile

PAID = "paid"
NO_TRANSACTION = "no-transaction"
_CHUNK = 500

_Key = tuple[str, str, str, int | None, date | None]


def plan_paid(look: Snapshot, file: FinanceFile[PaidRow]) -> PaidPlan:
    """What the list would bring. A row that says what a file says already is the same paper."""
    look.require(Permission.RECEIVE_FILES)
    known = _known(look, file.rows)
    counts: dict[str, Counter[str]] = {sheet.name: Counter() for sheet in file.sheets}
    new, reports = [], []
    for row in file.rows:
        verdict = _verdict(row, known)
        counts.setdefault(row.sheet, Counter())[verdict] += 1
        if verdict in ("taken", "doubted"):
            new.append(row)
        if verdict in ("doubted", "refused"):
            reports.append(RowReport(row.sheet, row.row, row.kpj, verdict, row.reasons))
        known.add(_key(row))
    return PaidPlan(
        file.file,
        file.sha256,
        file.layout,
        is_known_file(look, PAID, file.sha256),
        sheet_reports(file.sheets, {name: dict(count) for name, count in counts.items()}),
        tuple(reports),
        tuple(new),
        _count([found for _, found in _find(look, new)]),
    )


def apply_paid(tx: Transaction, plans: Sequence[PaidPlan], overrides: dict[str, str]) -> list[PaidDone]:
    """Receives the files of the lists in one audited write."""
    tx.require(Permission.RECEIVE_FILES)
    tx.database.lock_name("listing")  # two at once would both receive the same paper
    tx.audit("listing.paid")
    done = []
    for plan in plans:
        known = _known(tx, plan.new)
        new = [row for row in plan.new if _key(row) not in known]
        found = _find(tx, new)
        receive_all(tx, [(_file(row), match) for row, match in found])
        if new:
            note_file(tx, PAID, plan.sha256, plan.file, len(new))
        if overrides:
            save_mapping(tx, PAID, plan.layout, overrides)
        verdicts = _count([match for _, match in found])
        done.append(PaidDone(plan.file, plan.sheets, plan.rows, len(new), verdicts, None))
    return done


def _verdict(row: PaidRow, known: set[_Key]) -> str:
    if not row.usable:
        return "refused"
    if _key(row) in known:
        return "same"
    return "doubted" if row.reasons else "taken"


def _key(row: PaidRow) -> _Key:
    return row.program, row.kpj, sound_key(row.name), row.amount, row.paid_on


def _known(look: Snapshot, rows: Sequence[PaidRow]) -> set[_Key]:
    """What the files that are here already say, of the cards of these rows."""
    kpjs = sorted({row.kpj for row in rows})
    known: set[_Key] = set()
    for start in range(0, len(kpjs), _CHUNK):
        query = ClaimFile.select().where(
            ClaimFile.kpj.in_(kpjs[start : start + _CHUNK]), ~ClaimFile.undone, ClaimFile.state != FileState.VOID
        )
        for file in look.dicts(query):
            known.add((file["program"], file["kpj"], sound_key(file["name"]), file["amount"], file["paid_on"]))
    return known


def _find(look: Snapshot, rows: Sequence[PaidRow]) -> list[tuple[PaidRow, Found | None]]:
    """Each row with its transaction of the same date, if there is one without a file."""
    found: dict[int, Found] = {}
    for day in sorted({row.paid_on for row in rows if row.paid_on}):
        of_day = [(at, row) for at, row in enumerate(rows) if row.paid_on == day]
        free = free_payments(look, day)
        for index, place in pair([told(payment) for payment in free], [row for _, row in of_day]).items():
            at, row = of_day[place]
            found[at] = found_of(free[index]["id"], compare(told(free[index]), row))
    return [(row, found.get(at)) for at, row in enumerate(rows)]


def _count(found: Sequence[Found | None]) -> dict[str, int]:
    """How many of each verdict; a match that needs a yes counts as what it needs."""
    names = [NO_TRANSACTION if each is None else next(iter(each.differences), each.verdict) for each in found]
    return dict(sorted(Counter(map(str, names)).items()))


def _file(row: PaidRow) -> FileIn:
    return FileIn(row.program, row.kpj, row.name, row.payee, row.amount, row.paid_on, FileSource.PAID_LIST)
