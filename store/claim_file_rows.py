"""The voucher desk's lists: files with what differs from their transactions, counts of a batch, what waits for a yes.

Amounts are shown to those whose role needs them, and are None for anybody else (design.md 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from peewee import JOIN, Case, fn

from store.errors import NotAllowed
from store.rules.matching import Comparison, compare
from store.rules.permissions import Permission
from store.rules.vouchers import FileState
from store.schema import ClaimFile, Payment, Staff, Voucher
from store.search import typed_words
from store.snapshot import Snapshot
from store.value_class import value_class

_MOST_LOOKED_AT: Final = 3_000


@value_class
class FileFilter:
    """Which files are looked at; what is None or empty does not narrow.

    `paid_on` is the day of the transaction, or of the file where it has none. `waits_for_yes`: what differs and was not
    approved yet; `without_transaction`: nothing was found for them.
    """

    states: tuple[FileState, ...] = ()
    program: str | None = None
    paid_on: date | None = None
    received_on: date | None = None
    waits_for_yes: bool = False
    without_transaction: bool = False
    text: str = ""


@value_class
class PaidRow:
    """A transaction as a comparison needs it."""

    program: str
    kpj: str
    name: str
    payee: str
    amount: int


@value_class
class PaperRow:
    """What a file says, as a comparison needs it; `amount` None was not read."""

    program: str
    kpj: str
    name: str
    payee: str
    amount: int | None


@value_class
class FileRow:
    """One claim file. `comparison` has what differs from its transaction as facts; None without a transaction.

    `amount` is the transaction's, `typed_amount` the penetapan's where somebody read it; both None for who may not see
    amounts. `mine`: whoever looks matched it, and a colleague approves, voids or reprints; never for who is alone in
    the office. `holder` is the number of the stack that is out with it, `number` that of its voucher.
    """

    file_id: int
    version: int
    state: FileState
    program: str
    kpj: str
    name: str
    payee: str
    amount: int | None
    typed_amount: int | None
    paid_on: date | None
    code: str
    code_order: str
    payment_id: int | None
    source: str
    received_at: datetime
    received_by: str
    matched_at: datetime | None
    matched_by: str
    mine: bool
    verdict: str
    differences: tuple[str, ...]
    comparison: Comparison | None
    approved_at: datetime | None
    approved_by: str
    approved_why: str
    voucher_id: int | None
    number: int | None
    holder: int | None
    note: str

    @property
    def waits_for_yes(self) -> bool:
        return self.state is FileState.RECEIVED and self.payment_id is not None


@value_class
class BatchCount:
    """How many files of a programme are in a state; `amount` in whole rupiah, None for who may not see amounts."""

    program: str
    state: FileState
    files: int
    amount: int | None


@value_class
class YesGroup:
    """Files that wait for a yes for the same reason: one payee, the same differences. One yes can serve them all.

    `mine` were matched by the acting person, who may not approve them; they are not among `file_ids`.
    """

    payee: str
    differences: tuple[str, ...]
    file_ids: tuple[int, ...]
    mine: int
    amount: int | None


def require_desk(look: Snapshot) -> None:
    """Raises NotAllowed for whose work the desk is not, and who does not look after it either."""
    look.require(Permission.SEE_FILES)


def require_work(look: Snapshot) -> None:
    """Raises NotAllowed for who neither receives, approves nor archives files: lists go along with nobody else."""
    allowed = (Permission.RECEIVE_FILES, Permission.APPROVE_FILES, Permission.ARCHIVE)
    if not any(look.may(permission) for permission in allowed):
        raise NotAllowed(str(Permission.RECEIVE_FILES), tuple(sorted(look.actor.roles)))


def shown(look: Snapshot, amount: int | None) -> int | None:
    return amount if look.may(Permission.SEE_FILE_AMOUNTS) else None


def count_files(look: Snapshot, wanted: FileFilter) -> int:
    require_desk(look)
    return int(look.scalar(_filtered(look, _joined(ClaimFile.select(fn.count(ClaimFile.id))), wanted)))


def list_files(look: Snapshot, wanted: FileFilter, offset: int, limit: int) -> list[FileRow]:
    """`limit` files from `offset`: by programme and code, those without a transaction first. Raises NotAllowed."""
    require_desk(look)
    window = _filtered(look, _joined(ClaimFile.select(ClaimFile.id)), wanted).order_by(*_order())
    # Whatever stands before the window is put in order, and nothing else is read of it.
    ids = [row[0] for row in look.tuples(window.offset(offset).limit(limit))]
    query = _columns().where(look.database.any_of(ClaimFile.id, ids)).order_by(*_order())
    return [_row(look, row) for row in look.dicts(query)]


def file_ids(look: Snapshot, wanted: FileFilter) -> list[int]:
    """All files of the filter, in the order of the list. Raises NotAllowed."""
    require_desk(look)
    query = _filtered(look, _joined(ClaimFile.select(ClaimFile.id)), wanted).order_by(*_order())
    return [int(row[0]) for row in look.tuples(query)]


def read_file(look: Snapshot, file_id: int) -> FileRow | None:
    """One file; None for one that was taken back. Raises NotAllowed."""
    require_desk(look)
    row = look.one(_columns().where(ClaimFile.id == file_id, ~ClaimFile.undone))
    return None if row is None else _row(look, row)


def some_files(look: Snapshot, ids: Sequence[int]) -> list[FileRow]:
    """`read_files` for whoever sees the desk. Raises NotAllowed."""
    require_desk(look)
    return read_files(look, ids) if ids else []


def read_files(look: Snapshot, ids: Sequence[int]) -> list[FileRow]:
    """These files, in the order of the list."""
    query = _columns().where(ClaimFile.id.in_(list(ids)), ~ClaimFile.undone).order_by(*_order())
    return [_row(look, row) for row in look.dicts(query)]


def batch_counts(look: Snapshot, wanted: FileFilter) -> list[BatchCount]:
    """Files of the filter by programme and state. Raises NotAllowed."""
    require_desk(look)
    amount = fn.coalesce(fn.sum(fn.coalesce(Payment.amount, ClaimFile.amount, 0)), 0)
    query = _joined(ClaimFile.select(ClaimFile.program, ClaimFile.state, fn.count(ClaimFile.id), amount))
    query = _filtered(look, query, wanted).group_by(ClaimFile.program, ClaimFile.state)
    order = list(FileState)
    rows = [
        BatchCount(program, FileState(state), int(files), shown(look, int(total)))
        for program, state, files, total in look.tuples(query)
    ]
    return sorted(rows, key=lambda row: (row.program, order.index(row.state)))


def yes_groups(look: Snapshot) -> list[YesGroup]:
    """What waits for a yes, together where one yes can serve. Raises NotAllowed."""
    rows = list_files(look, FileFilter(waits_for_yes=True), 0, _MOST_LOOKED_AT)
    groups: dict[tuple[str, tuple[str, ...]], list[FileRow]] = {}
    for row in rows:
        groups.setdefault((row.payee, row.differences), []).append(row)
    return [
        YesGroup(
            payee,
            differences,
            tuple(row.file_id for row in files if _may_approve(look, row)),
            sum(not _may_approve(look, row) for row in files),
            shown(look, sum(row.amount or 0 for row in files)),
        )
        for (payee, differences), files in groups.items()
    ]


def _may_approve(look: Snapshot, row: FileRow) -> bool:
    return not row.mine


def _order() -> tuple[Any, ...]:
    return (ClaimFile.program, Case(None, ((Payment.id.is_null(), 0),), 1), Payment.code_order, ClaimFile.id)


def _joined(query: Any) -> Any:
    return query.join(Payment, JOIN.LEFT_OUTER, on=(Payment.id == ClaimFile.payment_id))


def _columns() -> Any:
    receiver, matcher, approver = Staff.alias(), Staff.alias(), Staff.alias()
    query = ClaimFile.select(
        ClaimFile,
        Payment.code,
        Payment.code_order,
        Payment.amount.alias("paid"),
        Payment.program.alias("paid_program"),
        Payment.kpj.alias("paid_kpj"),
        Payment.name.alias("paid_name"),
        Payment.payee.alias("paid_payee"),
        receiver.name.alias("receiver"),
        matcher.name.alias("matcher"),
        approver.name.alias("approver"),
        Voucher.id.alias("voucher_id"),
        Voucher.number,
    )
    original = (Voucher.file_id == ClaimFile.id) & (Voucher.copy == 0) & Voucher.void_at.is_null()
    return (
        _joined(query)
        .join_from(ClaimFile, Voucher, JOIN.LEFT_OUTER, on=original)
        .join_from(ClaimFile, receiver, on=(receiver.id == ClaimFile.received_by))
        .join_from(ClaimFile, matcher, JOIN.LEFT_OUTER, on=(matcher.id == ClaimFile.matched_by))
        .join_from(ClaimFile, approver, JOIN.LEFT_OUTER, on=(approver.id == ClaimFile.approved_by))
    )


def _filtered(look: Snapshot, query: Any, wanted: FileFilter) -> Any:
    query = query.where(~ClaimFile.undone)
    if wanted.states:
        query = query.where(ClaimFile.state.in_([str(state) for state in wanted.states]))
    if wanted.program is not None:
        query = query.where(ClaimFile.program == wanted.program)
    if wanted.paid_on is not None:
        query = query.where(ClaimFile.paid_on == wanted.paid_on)
    if wanted.received_on is not None:
        start = look.day_start + timedelta(days=(wanted.received_on - look.today).days)
        query = query.where(ClaimFile.received_at >= start, ClaimFile.received_at < start + timedelta(days=1))
    if wanted.waits_for_yes:
        query = query.where(ClaimFile.state == str(FileState.RECEIVED), ClaimFile.payment_id.is_null(False))
    if wanted.without_transaction:
        query = query.where(ClaimFile.state != str(FileState.VOID), ClaimFile.payment_id.is_null())
    for word in typed_words(wanted.text):
        text = word.upper()
        names = fn.upper(ClaimFile.name).contains(text) | fn.upper(ClaimFile.payee).contains(text)
        query = query.where(names | ClaimFile.kpj.contains(text) | fn.upper(Payment.code).contains(text))
    return query


def _row(look: Snapshot, row: dict[str, Any]) -> FileRow:
    comparison = None
    sees = look.may(Permission.SEE_FILE_AMOUNTS)
    if row["payment_id"] is not None:
        comparison = comparison_of(row, hide_amounts=not sees)
    return FileRow(
        file_id=row["id"],
        version=row["version"],
        state=FileState(row["state"]),
        program=row["program"],
        kpj=row["kpj"],
        name=row["name"],
        payee=row["payee"] or row["paid_payee"] or "",
        amount=shown(look, row["paid"] if row["paid"] is not None else row["amount"]),
        typed_amount=shown(look, row["amount"]),
        paid_on=row["paid_on"],
        code=row["code"] or "",
        code_order=row["code_order"] or "",
        payment_id=row["payment_id"],
        source=row["source"],
        received_at=row["received_at"],
        received_by=row["receiver"],
        matched_at=row["matched_at"],
        matched_by=row["matcher"] or "",
        mine=row["matched_by"] == look.actor.staff_id and not look.actor.alone,
        verdict=row["verdict"],
        differences=tuple(row["differences"].split()),
        comparison=comparison,
        approved_at=row["approved_at"],
        approved_by=row["approver"] or "",
        approved_why=row["approved_why"],
        voucher_id=row["voucher_id"],
        number=row["number"],
        holder=row["holder_stack"],
        note=row["note"],
    )


def comparison_of(row: dict[str, Any], *, hide_amounts: bool = False) -> Comparison:
    """A file against its transaction, from one row of both."""
    paid = PaidRow(row["paid_program"], row["paid_kpj"], row["paid_name"], row["paid_payee"], row["paid"])
    found = compare(paid, PaperRow(row["program"], row["kpj"], row["name"], row["payee"], row["amount"]))
    if not hide_amounts:
        return found
    return Comparison(
        found.verdict, found.differences, found.needs_yes, 0, found.names, found.programs, near=found.near
    )
