"""Corrections as employers bring them into Smile: the sheet update_data_tk, every cell text (domain.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from store.rules.corrections import YES
from store.rules.phones import format_national
from store.value_class import value_class
from store.workbooks.write_out import cell_text, replacing

SHEET: Final = "update_data_tk"
HEADINGS: Final = (
    *("KODE", "ALAMAT_LENGKAP_DOMISILI", "HANDPHONE", "LOKASI_PEKERJAAN", "EMAIL", "NAMA_BANK", "KODE_BANK"),
    *("NOMOR_REKENING", "NAMA_REKENING", "NOMOR_PEGAWAI", "ID_PEGAWAI", "KPJ", "NIK", "NOMOR_IDENTITAS"),
    *("NAMA_LENGKAP", "TGL_LAHIR", "STATUS"),
)
MOST_ROWS: Final = 9_999
"""People on one sheet: with its headings it is within the 10,000 rows that the employers' portal takes."""

_WORDS: Final = {True: "AKTIF", False: "NON AKTIF"}


@value_class
class UpdateRow:
    """A person with what changed; '' is not told. `phone` is E.164, `active` yes or no."""

    kpj: str
    nik: str
    name: str
    birth_date: date | None
    phone: str = ""
    email: str = ""
    active: str = ""

    def cells(self) -> dict[str, str]:
        return {
            "HANDPHONE": format_national(self.phone) if self.phone else "",
            "EMAIL": self.email,
            "KPJ": self.kpj,
            "NIK": self.nik,
            "NAMA_LENGKAP": self.name,
            "TGL_LAHIR": f"{self.birth_date:%d-%m-%Y}" if self.birth_date else "",
            "STATUS": _WORDS[self.active == YES] if self.active else "",
        }


def write_update_tk(target: Path, rows: Iterable[UpdateRow]) -> int:
    """Writes the sheet whole or not at all and returns the number of people. What Loket does not know stays empty.

    Raises `FileRefused` (see `replacing`).
    """
    import xlsxwriter

    with replacing(target) as (file, scratch):
        options: dict[str, Any] = {"constant_memory": True, "tmpdir": str(scratch)}
        with xlsxwriter.Workbook(file, options) as book:
            text = book.add_format({"num_format": "@"})  # typing into the file later keeps zeros as well
            sheet = book.add_worksheet(SHEET)
            sheet.set_column(0, len(HEADINGS) - 1, 18, text)
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(0, column, heading, text)
            sheet.freeze_panes(1, 0)
            count = 0
            for count, row in enumerate(rows, 1):
                cells = row.cells()
                for column, heading in enumerate(HEADINGS):
                    sheet.write_string(count, column, cell_text(cells.get(heading, "")), text)
        return count
