"""A company's open questions as a workbook that it fills in and sends back: read again like any file of corrections.

All cells are text, so that neither a zero nor a digit is lost on the way (domain.md 3.5). Only the cells of what is
asked can be typed into; the KPJ, by which the answers are known again, and everything else stands fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from store.rules.corrections import Field
from store.value_class import value_class
from store.workbooks.write_out import cell_text, replacing

HEADINGS: Final[dict[Field, str]] = {
    Field.PHONE: "HANDPHONE",
    Field.EMAIL: "EMAIL",
    Field.NIK: "NIK",
    Field.BIRTH_DATE: "TGL_LAHIR",
    Field.ACTIVE: "STATUS_AKTIF",
}
"""Spellings that companies know from the SIPP sheets (domain.md 3.5); an import finds them again."""

_WIDTHS: Final = {Field.PHONE: 18, Field.EMAIL: 30, Field.NIK: 20, Field.BIRTH_DATE: 14, Field.ACTIVE: 14}


@value_class
class FormBook:
    """What goes into the workbook: titles above, then a line a person with what is asked of them."""

    titles: tuple[str, ...]
    asks: tuple[Field, ...]
    lines: tuple[tuple[str, str, frozenset[Field], str], ...]  # KPJ, name, asked, the questions in words


def write_form(book: FormBook, target: Path) -> None:
    """Writes the workbook whole or not at all. Raises `FileRefused` as `replacing` does."""
    import xlsxwriter

    with replacing(target) as (file, scratch):
        workbook = xlsxwriter.Workbook(file, {"tmpdir": str(scratch)})
        fixed = workbook.add_format({"num_format": "@", "bg_color": "#EEEEEE", "border": 1})
        asked = workbook.add_format({"num_format": "@", "locked": False, "border": 1, "bg_color": "#FFF7D6"})
        bold = workbook.add_format({"num_format": "@", "bold": True, "border": 1})
        title = workbook.add_format({"num_format": "@", "bold": True})
        sheet = workbook.add_worksheet("koreksi")
        for n, text in enumerate(book.titles):
            sheet.write_string(n, 0, cell_text(text), title)
        _write_table(sheet, len(book.titles), book, {"fixed": fixed, "asked": asked, "bold": bold})
        sheet.protect("", {"format_columns": True, "select_locked_cells": True, "sort": False})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(len(book.titles))
        workbook.close()


def _write_table(sheet: Any, top: int, book: FormBook, formats: Mapping[str, Any]) -> None:
    headings: Sequence[str] = ("KPJ", "NAMA_LENGKAP", *(HEADINGS[field] for field in book.asks), "KETERANGAN")
    widths = (14, 32, *(_WIDTHS[field] for field in book.asks), 60)
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, heading, formats["bold"])
    for n, (kpj, name, asks, questions) in enumerate(book.lines, start=top + 1):
        sheet.write_string(n, 0, cell_text(kpj), formats["fixed"])
        sheet.write_string(n, 1, cell_text(name), formats["fixed"])
        for column, field in enumerate(book.asks, start=2):
            sheet.write_blank(n, column, None, formats["asked" if field in asks else "fixed"])
        sheet.write_string(n, 2 + len(book.asks), cell_text(questions), formats["fixed"])
    sheet.freeze_panes(top + 1, 2)
