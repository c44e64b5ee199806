"""Messy listings of transactions, seeded: invented payments in every shape of file that an office may get.

What was paid is drawn first and the rows are made of it, so that `Paid` holds facts and no second reading of the rows.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.workbooks_generator import FIRST, LAST
from tests.workbooks_writers import Raw, Sheet, writers

KINDS = ("xlsx", "xls", "ods", "csv-utf8", "csv-utf16", "tabs", "spaces", "pdf", "pdf-middle")
COLUMNS = ("no", "code", "date", "account", "account_name", "ledger", "debit", "credit", "text")
HEADINGS = {
    "no": ("NO", "No.", "URUTAN"),
    "code": ("KODE TRANSAKSI", "KODE TRANS", "No Transaksi", "KODE_TRANSAKSI"),
    "date": ("TANGGAL", "Tgl Transaksi", "TGL"),
    "account": ("AKUN", "Kode Akun"),
    "account_name": ("NAMA AKUN", "Nama Perkiraan"),
    "ledger": ("SUB LEDGER", "SUBLEDGER"),
    "debit": ("DEBET", "Debit (Rp)", "DEBIT"),
    "credit": ("KREDIT", "Kredit (Rp)"),
    "text": ("KETERANGAN", "URAIAN"),
}
SAID = {"JHT": ("JHT", "JAMINAN HARI TUA"), "JKK": ("JKK",), "JKM": ("JM", "JKM"), "JP": ("JPN", "JP")}
BOOKS = {"JHT": "T0017", "JKK": "T0018", "JKM": "T0019", "JP": "T0020"}
CLINICS = ("RS CONTOH MANDAU", "KLINIK REKAAN SEHAT")


@dataclass(frozen=True)
class Paid:
    """One claim that was paid."""

    code: str
    day: date
    program: str
    kpj: str
    name: str
    payee: str
    amount: int
    tax: int = 0
    fee: int = 0


@dataclass
class MadeListing:
    """Rows as they are written, and what they say."""

    rows: list[list[Raw]]
    paid: list[Paid]
    header: int = field(default=0)  # index of the row of headings


def draw(rng: random.Random, count: int, days: Sequence[date] = (date(2023, 7, 31),)) -> list[Paid]:
    """So many invented claims, each with a code and a card of its own."""
    paid = []
    for n in range(count):
        program = rng.choice(tuple(BOOKS))
        day = rng.choice(list(days))
        name = rng.choice(("", "", "H. ", "DRS. ")) + f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        payee = rng.choice(CLINICS) if program == "JKK" and rng.random() < 0.4 else name
        paid.append(
            Paid(
                f"{day:%d-%m-%Y} {BOOKS[program]} {n * 7919 % 10**8:08}",
                day,
                program,
                f"99{n * 104_729 % 10**9:09}",
                name,
                payee,
                rng.randrange(500_000, 60_000_000),
                tax=rng.choice((0, 0, 0, 125_000)),
                fee=rng.choice((0, 0, 0, 6_500)),
            )
        )
    return paid


def listing(rng: random.Random, paid: Sequence[Paid], *, text_only: bool = False, total: bool = True) -> MadeListing:
    """The rows of a listing: titles, headings, booking lines, a total; amounts in both styles."""
    days = {each.day for each in paid}
    rows: list[list[Raw]] = [["LISTING TRANSAKSI"]]
    if len(days) == 1:
        rows.append([f"TANGGAL {min(days):%d-%m-%Y}"])
    header = len(rows)
    rows.append([rng.choice(HEADINGS[name]) for name in COLUMNS])
    debits = credits_ = 0
    for each in paid:
        for name, ledger, debit, credit in _lines(each):
            debits, credits_ = debits + debit, credits_ + credit
            said = rng.choice(SAID[each.program])
            to = f" KE {each.payee}" if each.payee != each.name else ""
            text = f"PEMBAYARAN {said} A/N {each.name} KPJ {each.kpj}{to}"
            amounts = [_amount(rng, debit, text_only), _amount(rng, credit, text_only)]
            first: list[Raw] = [str(len(rows) - header), each.code, f"{each.day:%d-%m-%Y}", "5110100"]
            rows.append([*first, name, ledger, *amounts, text])
    if total:
        totals: list[Raw] = [_amount(rng, debits, text_only), _amount(rng, credits_, text_only)]
        rows.append([None, "TOTAL", None, None, None, None, *totals, None])
    return MadeListing(rows, list(paid), header)


def _lines(paid: Paid) -> list[tuple[str, str, int, int]]:
    """Account, sub ledger, debit, credit of each line. Tax is kept back, a fee is paid on top."""
    lines = [(f"BEBAN JAMINAN {paid.program}", paid.payee, paid.amount + paid.tax, 0)]
    if paid.fee:
        lines.append(("BIAYA TRANSFER", "BANK", paid.fee, 0))
    if paid.tax:
        lines.append(("HUTANG PPH 21", "KAS NEGARA", 0, paid.tax))
    lines.append(("BANK OPERASIONAL", paid.payee, 0, paid.amount + paid.fee))
    return lines


def _amount(rng: random.Random, amount: int, text_only: bool) -> Raw:
    dotted = f"{amount:,}".replace(",", ".")
    spellings: list[Raw] = [f"Rp. {dotted}", f"Rp{dotted},00", f"{amount:,}.00", dotted]
    if not amount:
        return rng.choice(("0", "-") if text_only else ("0", "-", 0, None))
    return rng.choice(spellings if text_only else [*spellings, amount])


def write(folder: Path, made: MadeListing, kind: str) -> Path | str:
    """A file of this kind, or the text that somebody would paste."""
    if kind in ("tabs", "spaces"):
        return pasted(made, kind)
    path = folder / f"listing.{kind.partition('-')[0]}"
    if kind.startswith("pdf"):
        _write_pdf(path, made, "MIDDLE" if kind == "pdf-middle" else "TOP")
    else:
        writers[kind.partition("-")[0]](path, [Sheet("Listing", made.rows)], kind)
    return path


def pasted(made: MadeListing, kind: str) -> str:
    """The lines as copied out of Excel (tabs) or off a screen (columns of spaces)."""
    rows = [["" if cell is None else str(cell) for cell in row] for row in made.rows]
    if kind == "tabs":
        return "\n".join("\t".join(row) for row in rows)
    table = rows[made.header :]
    widths = [max(len(row[column]) for row in table) for column in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table]
    return "\n".join([*(row[0] for row in rows[: made.header]), *lines])


def _write_pdf(path: Path, made: MadeListing, place: str) -> None:
    """A landscape page as report programs print it: wrapped cells, headings on each page, a footer."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    small = ParagraphStyle("small", fontName="Helvetica", fontSize=6.5, leading=7.5)
    wrapped = {COLUMNS.index("ledger"), COLUMNS.index("text")}
    cells: list[list[Any]] = [
        [
            Paragraph(str(cell), small) if column in wrapped and row > 0 and cell else str(cell or "")
            for column, cell in enumerate(line)
        ]
        for row, line in enumerate(made.rows[made.header :])
    ]
    table = Table(cells, colWidths=[30, 110, 58, 52, 100, 90, 75, 75, 180], repeatRows=1)
    table.setStyle([("FONTSIZE", (0, 0), (-1, -1), 6.5), ("VALIGN", (0, 0), (-1, -1), place)])
    table.setStyle([("ALIGN", (6, 0), (7, -1), "RIGHT"), ("LEFTPADDING", (0, 0), (-1, -1), 3)])

    def footer(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 6)
        canvas.drawString(30, 20, "Dicetak 01-08-2023 oleh ANI")
        canvas.drawString(700, 20, f"Halaman {document.page} dari 9")

    titles = [Paragraph(str(row[0]), small) for row in made.rows[: made.header]]
    document = SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=20, rightMargin=20)
    document.build([*titles, table], onFirstPage=footer, onLaterPages=footer)
