"""The recap of the voucher desk in words: figures with definitions, groups, sheets of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from store.recaps_vouchers import FileOut, VoucherRecap
from store.rules.money import format_rupiah
from store.workbooks.results_out import ChartOut, SheetOut, Value
from tui.i18n import WIB, _, hour, long_date, number
from tui.words import claim_files
from tui.words.results import Figure, closed_words, local, recap_period
from tui.words.vouchers import VERDICTS

Row = tuple[str, int, int | None]
"""A name, its files, and their amount in whole rupiah; None for who may not see amounts."""


def figures(recap: VoucherRecap) -> list[Figure]:
    """Title, value and definition of each figure."""
    told = recap.figures
    amount: list[Figure] = [
        (_("Paid, in all"), format_rupiah(told.amount), _("The amounts of these files, as the listing has them.")),
    ]
    return [
        (_("Claim files"), told.files, _("Files whose transaction is of the period; without one, received in it.")),
        *(amount if recap.amounts else []),
        (_("Without a transaction"), told.without_transaction, _("Of these files those that no listing explains yet.")),
        (_("Transactions without file"), told.without_file, _("Transactions of the period whose paper never came.")),
        (_("Differences approved"), told.approved, _("Files that differed from the listing and got a yes.")),
        (_("Vouchers numbered"), told.originals, _("Originals of these files, void ones too.")),
        (_("Reprints"), told.reprints, _("Copies with CETAK ULANG ke-n, whenever they were made.")),
        (_("Void vouchers"), told.voids, _("Originals that were declared void, with a reason.")),
        (_("Signed by all"), told.signed, _("Files that bear every signature, in the archive too.")),
        (_("Out for signing now"), told.still_out, _("Files that are with the signatories.")),
        (_("Signed, half within"), _days(told.delay_half), _("Office days from going out to the last signature.")),
        (_("Signed, 90% within"), _days(told.delay_most), _("The same for nine of ten that are signed.")),
        (_("Signed, the longest"), _days(told.delay_longest), _("The same for the file that took longest.")),
    ]


def _days(count: int | None) -> str:
    """Office days: '2 days'; '–' where nothing was signed."""
    return "–" if count is None or count < 0 else _("{n} days").format(n=number(count))


def programs(recap: VoucherRecap) -> list[Row]:
    return _rows(recap, recap.figures.by_program, lambda key: key or _("(programme not known)"))


def states(recap: VoucherRecap) -> list[Row]:
    return _rows(recap, recap.figures.by_state, claim_files.state)


def days(recap: VoucherRecap) -> list[Row]:
    return _rows(recap, recap.figures.by_day, lambda key: long_date(date.fromisoformat(key)))


def signers(recap: VoucherRecap) -> list[tuple[str, int, str]]:
    """Title of the signatory, signatures seen, and within how many office days half of them came."""
    told = recap.figures.signers.items()
    return [(recap.titles.get(key, key), counts["signatures"], _days(counts["half"])) for key, counts in told]


def size(recap: VoucherRecap) -> int:
    """All files of the period, void ones too: 0 is nothing to write or to close."""
    return sum(counts["files"] for counts in recap.figures.by_state.values())


def charted(recap: VoucherRecap) -> list[tuple[str, list[tuple[str, int]]]]:
    """The charts of screen, workbook and pages: title and bars of files."""
    groups = ((_("Files by programme"), programs(recap)), (_("Files by state"), states(recap)))
    signed = [(title, count) for title, count, _half in signers(recap)]
    bars = [(title, [(name, files) for name, files, _amount in rows]) for title, rows in groups]
    return [*bars, (_("Signatures seen"), signed)] if signed else bars


def _rows(recap: VoucherRecap, groups: dict[str, dict[str, int]], name: Callable[[str], str]) -> list[Row]:
    return [(name(key), told["files"], told["amount"] if recap.amounts else None) for key, told in groups.items()]


def document(recap: VoucherRecap) -> dict[str, Any]:
    """The figures as one JSON document, with the definitions beside them; without amounts these are null."""
    told = recap.figures
    names = (
        *("files", "without_transaction", "without_file", "approved", "originals", "reprints", "voids", "signed"),
        *("still_out", "delay_half", "delay_most", "delay_longest", "signers"),
    )
    groups = {name: _plain(recap, getattr(told, name)) for name in ("by_program", "by_state", "by_day")}
    return {
        "periods": list(recap.periods),
        "amount": told.amount if recap.amounts else None,
        **{name: getattr(told, name) for name in names},
        **groups,
        "closed_at": recap.closed_at.isoformat() if recap.closed_at is not None else None,
        "definitions": {title: meaning for title, _value, meaning in figures(recap)},
    }


def _plain(recap: VoucherRecap, groups: dict[str, dict[str, int]]) -> dict[str, Any]:
    if recap.amounts:
        return dict(groups)
    return {key: {**counts, "amount": None} for key, counts in groups.items()}


def sheets(recap: VoucherRecap, files: Sequence[FileOut], now: datetime) -> list[SheetOut]:
    """Summary, files, groups and definitions."""
    definitions = [(title, meaning) for title, _value, meaning in figures(recap)]
    return [
        SheetOut(_("Summary"), (_("Figure"), _("Value")), *_summary(recap, now)),
        SheetOut(_("Claim files"), _header(), [_file(row) for row in files]),
        _group(_("By programme"), _("Programme"), programs(recap)),
        _group(_("By state"), _("State"), states(recap)),
        _group(_("By day"), _("Day"), days(recap)),
        SheetOut(_("Signatures"), (_("Signatory"), _("Signatures"), _("Half within")), signers(recap)),
        SheetOut(_("Definitions"), (_("Figure"), _("Meaning")), definitions),
    ]


def _summary(recap: VoucherRecap, now: datetime) -> tuple[list[Sequence[Value]], list[ChartOut]]:
    rows: list[Sequence[Value]] = [
        (_("Period"), recap_period(recap)),
        (_("Made"), f"{long_date(now.astimezone(WIB).date())} {hour(now)} WIB"),
    ]
    if recap.closed_at is not None:
        rows += [(_("Closed"), closed_words(recap)), ("", _("All sheets are of that moment."))]
    rows += [(title, value) for title, value, _meaning in figures(recap)]
    charts: list[ChartOut] = []
    for title, block in charted(recap):
        if block:
            rows += [("", None), (title, None), *block]
            charts.append(ChartOut(title, len(rows) - len(block) + 1, block))
    return rows, charts


def _group(title: str, name: str, rows: Sequence[Row]) -> SheetOut:
    bars = [(name, files) for name, files, _amount in rows]
    header = (name, _("Files"), _("Amount"))
    return SheetOut(title, header, rows, [ChartOut(title, 1, bars)] if rows else [])


def _header() -> list[str]:
    return [
        *(_("Day"), _("Programme"), _("Code"), "KPJ", _("Name"), _("Payee"), _("Amount"), _("State")),
        *(_("Differs"), _("Approved by"), _("Reason"), _("Voucher"), _("Reprints"), _("Void")),
        *(_("Received"), _("Out for signing"), _("Signed by all"), _("Office days")),
    ]


def differences(codes: str) -> str:
    """What differed, in words."""
    return ", ".join(_(VERDICTS[code]) if code in VERDICTS else code for code in codes.split())


def _file(row: FileOut) -> list[Value]:
    return [
        date.fromisoformat(row.day),
        row.program,
        row.code,
        row.kpj,
        row.name,
        row.payee,
        row.amount,
        claim_files.state(row.state),
        differences(row.differences),
        row.approved_by,
        row.approved_why,
        row.number,
        row.reprints,
        row.voids,
        local(row.received_at),
        local(row.out_at),
        local(row.signed_at),
        row.delay,
    ]
