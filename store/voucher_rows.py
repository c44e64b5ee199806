"""Voucher sheets as rows: what each says, frozen when it was numbered, and what became of its paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any, Final

from peewee import JOIN

from store.claim_file_rows import require_desk
from store.office import setting, signers
from store.rules.permissions import Permission
from store.rules.signers import Signatory
from store.rules.vouchers import FileState, VoucherKind
from store.schema import ClaimFile, Participant, Payment, PaymentLine, PrintedPage, Staff, Voucher
from store.snapshot import Snapshot
from store.value_class import value_class
from store.voucher_papers import is_under_way

_CHUNK: Final = 500


@value_class
class LineContent:
    """One account line of a voucher, whole rupiah."""

    account: str
    account_name: str
    sub_ledger: str
    debit: int
    credit: int
    description: str


@value_class
class VoucherContent:
    """What a voucher says; it never changes once the voucher has its number.

    `amount` in whole rupiah; None, and no lines, for who may not see amounts.
    """

    program: str
    code: str
    booked_on: date
    name: str
    kpj: str
    company: str
    npp: str
    payee: str
    amount: int | None
    lines: tuple[LineContent, ...]
    signers: tuple[Signatory, ...]
    office: str


@value_class
class VoucherRow:
    """One sheet. `number` is the original's, also on its copies; `copy` n is CETAK ULANG ke-n, 0 the original.

    `replaces` is the number of the void voucher whose successor this is. `under_way`: a print job has it, and nobody
    has said whether its paper came; `printed_at`: somebody saw that paper.
    """

    voucher_id: int
    file_id: int
    number: int
    copy: int
    kind: VoucherKind
    content: VoucherContent
    code_order: str
    reason: str
    replaces: int | None
    made_at: datetime
    made_by: str
    under_way: bool
    printed_at: datetime | None
    void_at: datetime | None
    void_by: str
    void_why: str


def contents(look: Snapshot, files: Sequence[dict[str, Any]]) -> list[tuple[str, VoucherContent]]:
    """What the vouchers of these files say as of now, from the listing; one a file, each after its code's order."""
    payments = _by(look, Payment, Payment.id, [row["payment_id"] for row in files], "id")
    people = _by(look, Participant, Participant.kpj, [row["kpj"] for row in payments.values() if row["kpj"]], "kpj")
    lines: dict[int, list[LineContent]] = {}
    for ids in _chunks(sorted(payments)):
        query = PaymentLine.select().where(PaymentLine.payment_id.in_(ids))
        for row in look.dicts(query.order_by(PaymentLine.payment_id, PaymentLine.position)):
            told = {field.name: row[field.name] for field in fields(LineContent)}
            lines.setdefault(row["payment_id"], []).append(LineContent(**told))
    office, signatories = str(setting(look, "office.name")), signers(look).on(look.today)
    of_files = [(payments[row["payment_id"]], tuple(lines.get(row["payment_id"], ()))) for row in files]
    return [
        (payment["code_order"], _content(payment, people, of_code, signatories, office))
        for payment, of_code in of_files
    ]


def _content(
    payment: dict[str, Any],
    people: dict[Any, dict[str, Any]],
    lines: tuple[LineContent, ...],
    signatories: tuple[Signatory, ...],
    office: str,
) -> VoucherContent:
    person = people.get(payment["kpj"], {})
    return VoucherContent(
        program=payment["program"],
        code=payment["code"],
        booked_on=payment["booked_on"],
        name=payment["name"],
        kpj=payment["kpj"],
        company=person.get("company") or "",
        npp=person.get("npp") or "",
        payee=payment["payee"] or payment["name"],
        amount=payment["amount"],
        lines=lines,
        signers=signatories,
        office=office,
    )


def content_to_json(content: VoucherContent) -> str:
    plain = {**asdict(content), "booked_on": content.booked_on.isoformat()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def content_from_json(text: str) -> VoucherContent:
    plain = json.loads(text)
    return VoucherContent(
        **{
            **plain,
            "booked_on": date.fromisoformat(plain["booked_on"]),
            "lines": tuple(LineContent(**line) for line in plain["lines"]),
            "signers": tuple(Signatory(**each) for each in plain["signers"]),
        }
    )


def to_print(look: Snapshot, limit: int = 1_000) -> list[VoucherRow]:
    """Sheets that have a number (or are copies) and wait for a print job, by programme and code. Raises NotAllowed."""
    require_desk(look)
    query = columns().where(Voucher.printed_at.is_null(), Voucher.void_at.is_null(), ~is_under_way())
    return rows(look, query.order_by(Payment.program, Payment.code_order, Voucher.copy, Voucher.id).limit(limit))


def preview(look: Snapshot, file_ids: Sequence[int], kind: VoucherKind) -> list[VoucherRow]:
    """Originals as they would be numbered now, by programme and code. Raises NotAllowed."""
    require_desk(look)
    sees = look.may(Permission.SEE_FILE_AMOUNTS)
    matched = ClaimFile.select().where(ClaimFile.state == str(FileState.MATCHED), ~ClaimFile.undone)
    files = [
        row for chunk in _chunks(sorted(set(file_ids))) for row in look.dicts(matched.where(ClaimFile.id.in_(chunk)))
    ]
    told = [
        _row(
            {**_BLANK, "file_id": file["id"], "kind": kind, "code_order": order, "made_at": look.now},
            content,
            sees=sees,
        )
        for file, (order, content) in zip(files, contents(look, files), strict=True)
    ]
    return sorted(told, key=lambda row: (row.content.program, row.code_order, row.file_id))


def kept_pages(look: Snapshot, voucher_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By sheet: the last job that had it, and its page there. Raises NotAllowed."""
    require_desk(look)
    found: dict[int, tuple[int, int]] = {}
    for chunk in _chunks(sorted(set(voucher_ids))):
        query = PrintedPage.select(PrintedPage.voucher_id, PrintedPage.job_id, PrintedPage.page)
        for voucher, job, page in look.tuples(query.where(PrintedPage.voucher_id.in_(chunk)).order_by(PrintedPage.id)):
            found[voucher] = (job, page)
    return found


def of_file(look: Snapshot, file_id: int) -> list[VoucherRow]:
    """Every sheet of a file, also void ones, the oldest first. Raises NotAllowed."""
    require_desk(look)
    return rows(look, columns().where(Voucher.file_id == file_id).order_by(Voucher.id))


def by_ids(look: Snapshot, ids: Sequence[int]) -> list[VoucherRow]:
    """These sheets, by programme and code. Raises NotAllowed."""
    require_desk(look)
    found = [row for chunk in _chunks(list(ids)) for row in rows(look, columns().where(Voucher.id.in_(chunk)))]
    return sorted(found, key=lambda row: (row.content.program, row.code_order, row.copy, row.voucher_id))


def columns() -> Any:
    """The query for sheets, to be narrowed and put in order. A copy's `replaces_id` is its original."""
    maker, voider, former = Staff.alias(), Staff.alias(), Voucher.alias()
    return (
        Voucher.select(
            Voucher,
            Payment.code_order,
            maker.name.alias("maker"),
            voider.name.alias("voider"),
            former.number.alias("former"),
            is_under_way().alias("under_way"),
        )
        .join(Payment, on=(Payment.id == Voucher.payment_id))
        .join_from(Voucher, maker, on=(maker.id == Voucher.made_by))
        .join_from(Voucher, voider, JOIN.LEFT_OUTER, on=(voider.id == Voucher.void_by))
        .join_from(Voucher, former, JOIN.LEFT_OUTER, on=(former.id == Voucher.replaces_id))
    )


def rows(look: Snapshot, query: Any) -> list[VoucherRow]:
    """The sheets of a query of `columns`, without amounts for who may not see them."""
    sees = look.may(Permission.SEE_FILE_AMOUNTS)
    return [_row(row, content_from_json(row["content"]), sees=sees) for row in look.dicts(query)]


_BLANK: Final[dict[str, Any]] = {
    **dict.fromkeys(("id", "number", "copy", "under_way"), 0),
    **dict.fromkeys(("reason", "maker", "voider", "void_why"), ""),
    **dict.fromkeys(("former", "printed_at", "void_at"), None),
}
"""A sheet that is not numbered yet."""


def _row(row: dict[str, Any], content: VoucherContent, *, sees: bool) -> VoucherRow:
    return VoucherRow(
        voucher_id=row["id"],
        file_id=row["file_id"],
        number=row["former"] if row["copy"] else row["number"],
        copy=row["copy"],
        kind=VoucherKind(row["kind"]),
        content=content if sees else replace(content, amount=None, lines=()),
        code_order=row["code_order"],
        reason=row["reason"],
        replaces=None if row["copy"] else row["former"],
        made_at=row["made_at"],
        made_by=row["maker"],
        under_way=bool(row["under_way"]),
        printed_at=row["printed_at"],
        void_at=row["void_at"],
        void_by=row["voider"] or "",
        void_why=row["void_why"],
    )


def _by(look: Snapshot, model: Any, column: Any, values: Iterable[Any], key: str) -> dict[Any, dict[str, Any]]:
    wanted = sorted(set(values))
    found = (row for chunk in _chunks(wanted) for row in look.dicts(model.select().where(column.in_(chunk))))
    return {row[key]: row for row in found}


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
