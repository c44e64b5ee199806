"""Figures of the voucher desk for a period, and its files as rows for a workbook. Words are made in `tui`.

A file counts in the period of its transaction's date; without one, in that of the day on which it was received (WIB).
Amounts are shown to those whose role needs them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from peewee import JOIN, fn

from store.claim_file_rows import require_work
from store.errors import Invalid
from store.frozen import closed_row, freeze, frozen_rows
from store.link import Link
from store.office import calendar, signers
from store.rules.dates import Period
from store.rules.hours import from_wib, to_wib
from store.rules.permissions import Permission
from store.rules.voucher_figures import FileFact, Sums, VoucherFigures, figures
from store.rules.vouchers import FileState
from store.schema import (
    ClaimFile,
    ClosedPeriod,
    OpenPayment,
    Participant,
    Payment,
    Signature,
    Stack,
    StackFile,
    Staff,
    Voucher,
)
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class
from store.workbooks.results_out import SheetOut, write_book
from store.workbooks.write_out import write_whole

VOUCHERS: Final = "vouchers"
_SIGNED: Final = (FileState.COMPLETE, FileState.ARCHIVED)


@value_class
class VoucherRecap:
    """The figures of a period or a range of periods; of a closed one those of that moment.

    `amounts` False: the acting person may not see amounts, and all of them are 0. `titles` are those of the office's
    signatories by their keys, as they are now.
    """

    periods: tuple[str, ...]
    figures: VoucherFigures
    amounts: bool
    closed_at: datetime | None = None
    closed_by: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)


@value_class
class FileOut:
    """One file for the detail sheet; `day` is ISO text. `delay` in office days from going out to the last signature."""

    day: str
    program: str
    code: str
    kpj: str
    name: str
    payee: str
    amount: int | None
    state: str
    differences: str
    approved_by: str
    approved_why: str
    number: int | None
    reprints: int
    voids: int
    received_at: datetime
    out_at: datetime | None
    signed_at: datetime | None
    delay: int | None


class VoucherRecapDesk:
    """`store.recaps_vouchers`: figures that recompute to the same from the same data."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def recap(self, period: Period) -> VoucherRecap:
        """The figures of a period. Raises NotAllowed."""
        return await self._link.read(_recap, period)

    async def results(self, period: Period) -> tuple[VoucherRecap, list[FileOut]]:
        """Figures and files at one instant, by day, programme and code; of a closed period as they were then.

        Files of people who were erased since are missing among the rows. Raises NotAllowed.
        """
        return await self._link.read(_results, period)

    async def write_results(self, path: Path, sheets: Sequence[SheetOut]) -> None:
        """Writes the workbook; the trail keeps who took it. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_results, path.name)
        await asyncio.to_thread(write_book, path, sheets)

    async def write_pages(self, path: Path, pdf: bytes) -> None:
        """Writes the pages of the recap; the trail keeps who took them. Raises NotAllowed, FileRefused."""
        await self._link.write(_note_results, path.name)
        await asyncio.to_thread(write_whole, path, pdf)

    async def close(self, period: Period) -> VoucherRecap:
        """Freezes figures and files of a period: from now on it gives the same ones.

        Raises NotAllowed, and Invalid when it is closed already, its last day has not come, or it has no file.
        """
        return (await self._link.write(_close, period))[0]


def _recap(look: Snapshot, period: Period) -> VoucherRecap:
    look.require(Permission.READ_RECAPS)
    row = closed_row(look, VOUCHERS, period)
    return _shown(look, _counted(look, period, _read(look, period)) if row is None else _closed(row))


def _require_rows(look: Snapshot) -> None:
    """The rows are for who works with the files, and for who may take results along."""
    look.require(Permission.READ_RECAPS)
    if not look.may(Permission.EXPORT_RESULTS):
        require_work(look)


def _note_results(tx: Transaction, name: str) -> None:
    _require_rows(tx)
    tx.audit("export.results", why=name, undoable=False)


def _results(look: Snapshot, period: Period) -> tuple[VoucherRecap, list[FileOut]]:
    _require_rows(look)
    row = closed_row(look, VOUCHERS, period)
    if row is not None:
        recap, files = _closed(row), frozen_rows(look, row["id"], row["figures"], FileOut)
    else:
        read = _read(look, period)
        recap, files = _counted(look, period, read), [file for _owner, file in _files(look, read)]
    if not look.may(Permission.SEE_FILE_AMOUNTS):
        files = [replace(file, amount=None) for file in files]
    return _shown(look, recap), files


def _close(tx: Transaction, period: Period) -> VoucherRecap:
    tx.require(Permission.SUPERVISE)
    if closed_row(tx, VOUCHERS, period) is not None:
        raise Invalid("period", str(period), "closed")
    if tx.today < _after(period) - timedelta(days=1):
        raise Invalid("period", str(period), "not-over")
    read = _read(tx, period)
    recap = _counted(tx, period, read)
    if not recap.figures.by_state:
        raise Invalid("period", str(period), "nothing-came-in")
    text = json.dumps({"periods": recap.periods, "figures": asdict(recap.figures)}, ensure_ascii=False)
    tx.audit("recap.close", why=f"{VOUCHERS} {period}", undoable=False)
    row = {"kind": VOUCHERS, "period": str(period), "closed_at": tx.now, "staff_id": tx.actor.staff_id}
    closed_id = tx.insert(ClosedPeriod, **row, figures=text)
    freeze(tx, closed_id, text, _files(tx, read), ())
    return _shown(tx, replace(recap, closed_at=tx.now, closed_by=tx.actor.name))


def _closed(row: dict[str, Any]) -> VoucherRecap:
    kept = json.loads(row["figures"])
    told = VoucherFigures(**kept["figures"])
    return VoucherRecap(tuple(kept["periods"]), told, amounts=True, closed_at=row["closed_at"], closed_by=row["name"])


def _shown(look: Snapshot, recap: VoucherRecap) -> VoucherRecap:
    """With the titles of the signatories; without amounts for who may not see them."""
    recap = replace(recap, titles={signer.key: signer.title for signer in signers(look).signers})
    if look.may(Permission.SEE_FILE_AMOUNTS):
        return recap
    told = recap.figures
    hidden = replace(
        told,
        amount=0,
        by_program=_without_amounts(told.by_program),
        by_state=_without_amounts(told.by_state),
        by_day=_without_amounts(told.by_day),
    )
    return replace(recap, figures=hidden, amounts=False)


def _without_amounts(sums: Sums) -> Sums:
    return {key: {**counts, "amount": 0} for key, counts in sums.items()}


def _after(period: Period) -> Any:
    return (period.last.replace(day=1) + timedelta(days=31)).replace(day=1)


@value_class
class _Read:
    """The files of a period with what hangs on them: one row a file and its fact, in order."""

    rows: tuple[dict[str, Any], ...]
    facts: tuple[FileFact, ...]


def _counted(look: Snapshot, period: Period, read: _Read) -> VoucherRecap:
    last = _after(period) - timedelta(days=1)
    lacking = OpenPayment.select(fn.count(OpenPayment.id)).where(OpenPayment.booked_on.between(period.first, last))
    told = figures(read.facts, int(look.scalar(lacking)), calendar(look))
    return VoucherRecap(period.months, told, amounts=True)


def _read(look: Snapshot, period: Period) -> _Read:
    """Reads the period once; whoever calls has checked what the person may."""
    last = _after(period) - timedelta(days=1)
    start, end = from_wib(period.first, time()), from_wib(_after(period), time())
    dated = ClaimFile.paid_on.between(period.first, last)
    undated = ClaimFile.paid_on.is_null() & (ClaimFile.received_at >= start) & (ClaimFile.received_at < end)
    query = (
        ClaimFile.select(
            ClaimFile,
            Payment.code,
            Payment.code_order,
            Payment.amount.alias("paid"),
            Staff.name.alias("approver"),
            Participant.id.alias("owner"),
        )
        .join(Payment, JOIN.LEFT_OUTER, on=(Payment.id == ClaimFile.payment_id))
        .join_from(ClaimFile, Staff, JOIN.LEFT_OUTER, on=(Staff.id == ClaimFile.approved_by))
        .join_from(ClaimFile, Participant, JOIN.LEFT_OUTER, on=(Participant.kpj == ClaimFile.kpj))
        .where(~ClaimFile.undone, dated | undated)
    )
    rows = look.dicts(query)
    ids = [row["id"] for row in rows]
    sheets, out, signed = _sheets(look, ids), _first_out(look, ids), _signed(look, ids)
    for row in rows:
        row["day"] = row["paid_on"] or to_wib(row["received_at"]).date()
        row["sheets"] = sheets.get(row["id"], [])
    rows.sort(key=lambda row: (row["day"], row["program"], row["code_order"] or "", row["id"]))
    return _Read(tuple(rows), tuple(_fact(row, out.get(row["id"]), signed.get(row["id"], ())) for row in rows))


def _fact(row: dict[str, Any], out_at: datetime | None, signed: Sequence[tuple[str, datetime]]) -> FileFact:
    originals = [sheet for sheet in row["sheets"] if not sheet["copy"]]
    whole = row["state"] in _SIGNED
    return FileFact(
        day=row["day"],
        program=row["program"],
        state=row["state"],
        amount=row["paid"] if row["paid"] is not None else row["amount"] or 0,
        without_transaction=row["payment_id"] is None,
        approved=row["approved_by"] is not None,
        originals=len(originals),
        copies=len(row["sheets"]) - len(originals),
        voids=sum(sheet["void_at"] is not None for sheet in originals),
        out_at=out_at,
        signed_at=max((at for _signer, at in signed), default=None) if whole else None,
        signed=tuple(signed),
    )


def _sheets(look: Snapshot, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    wanted = (Voucher.file_id, Voucher.copy, Voucher.number, Voucher.void_at)
    query = Voucher.select(*wanted).where(look.database.any_of(Voucher.file_id, ids))
    for row in look.dicts(query.order_by(Voucher.id)):
        found.setdefault(row["file_id"], []).append(row)
    return found


def _first_out(look: Snapshot, ids: Sequence[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    query = (
        StackFile.select(StackFile.file_id, Stack.made_at)
        .join(Stack, on=(Stack.id == StackFile.stack_id))
        .where(look.database.any_of(StackFile.file_id, ids), ~StackFile.undone)
        .order_by(Stack.made_at)
    )
    for file_id, made_at in look.tuples(query):
        found.setdefault(file_id, made_at)
    return found


def _signed(look: Snapshot, ids: Sequence[int]) -> dict[int, list[tuple[str, datetime]]]:
    found: dict[int, list[tuple[str, datetime]]] = {}
    wanted = (Signature.file_id, Signature.signer, Signature.seen_at)
    query = Signature.select(*wanted).where(look.database.any_of(Signature.file_id, ids), ~Signature.undone)
    for file_id, signer, seen_at in look.tuples(query.order_by(Signature.id)):
        found.setdefault(file_id, []).append((signer, seen_at))
    return found


def _files(look: Snapshot, read: _Read) -> list[tuple[int, FileOut]]:
    """The files in order, each with its owner: the participant, else the file itself, negative."""
    days = calendar(look)
    told: list[tuple[int, FileOut]] = []
    for row, fact in zip(read.rows, read.facts, strict=True):
        delay = None
        if fact.out_at is not None and fact.signed_at is not None:
            delay = days.working_days_between(to_wib(fact.out_at).date(), to_wib(fact.signed_at).date())
        living = [sheet["number"] for sheet in row["sheets"] if not sheet["copy"] and sheet["void_at"] is None]
        file = FileOut(
            day=row["day"].isoformat(),
            program=row["program"],
            code=row["code"] or "",
            kpj=row["kpj"],
            name=row["name"],
            payee=row["payee"],
            amount=fact.amount,
            state=row["state"],
            differences=row["differences"],
            approved_by=row["approver"] or "",
            approved_why=row["approved_why"],
            number=living[0] if living else None,
            reprints=fact.copies,
            voids=fact.voids,
            received_at=row["received_at"],
            out_at=fact.out_at,
            signed_at=fact.signed_at,
            delay=delay,
        )
        told.append((row["owner"] or -row["id"], file))
    return told
