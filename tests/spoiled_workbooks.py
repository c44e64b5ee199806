"""Workbooks and tables that were whole and were broken afterwards: by seed, so that each can be made again.

A broken file is named by its number alone: ``spoiled_file(folder, 4711)`` always writes the same one.
"""

from __future__ import annotations

import random
from pathlib import Path

from tests import listings_generator, workbooks_generator
from tests.spoiled_bytes import BYTES, MARKUP, OLD_BOOKS, TABLES_OF_TEXT
from tests.spoiled_parts import PARTS, Parts, packed, unpacked
from tests.workbooks_writers import Raw, Sheet, writers

FORMS = ("xlsx", "xlsx", "xlsx", "xlsx", "ods", "xls", "csv", "tabs", "pdf", "html")
"""The kinds of file that people bring, the usual one more often than the others."""

_REGISTER: list[list[Raw]] = [
    ["REGISTER ARSIP VOUCHER JHT"],
    ["TAHUN 2016"],
    [
        *("Kode Klasifikasi", "Nomor Penetapan", "Kode Transaksi/Voucher", "No KPJ dan Nama TK", "Nama Perusahaan"),
        *("PPh 21", "Jumlah Bayar", "No Rekening Penerima", "Bank", "Atas Nama", "Jumlah (lembar) Berkas"),
        *("Tingkat Perkembangan", "Keterangan", "Nomor Boks", "Nomor Rak"),
    ],
    [
        *("JHT01", "P/1/2016", "05-09-2016 T0018 00000257", "99000000257 - SITI CONTOH", "PT CONTOH RIAU", 0),
        *(1_500_000, "1090011122", "BANK CONTOH", "SITI CONTOH", 12, "asli", "", "7", "A-1"),
    ],
]


def spoiled_file(folder: Path, number: int) -> tuple[Path, str]:
    """One broken file and what was done to it."""
    rng = random.Random(f"broken {number}")
    form = FORMS[number % len(FORMS)]
    path = _whole(folder, rng, number, form)
    done = [form]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        done.append(_spoil(rng, path, form))
    return path, ", ".join(done)


def _whole(folder: Path, rng: random.Random, number: int, form: str) -> Path:
    """A participant list, a listing of payments or a register, as it was before."""
    seed, what = rng.randrange(40), rng.choice(("people", "people", "listing", "register"))
    if form == "html":
        path = folder / f"berkas {number}.xls"
        rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _REGISTER)
        path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")
        return path
    if what == "listing" or form in ("pdf", "tabs"):
        made = listings_generator.listing(rng, listings_generator.draw(rng, 6), text_only=form in ("csv", "tabs"))
        kind = {"csv": "csv-utf8", "tabs": "csv-utf16"}.get(form, form)
        found = listings_generator.write(folder, made, kind)
        assert isinstance(found, Path)
        return found
    if what == "register":
        path = folder / f"berkas {number}.{form}"
        writers[form](path, [Sheet("2016", [list(row) for row in _REGISTER])], "csv-utf8" if form == "csv" else form)
        return path
    return workbooks_generator.make(folder, seed, "csv-utf8" if form == "csv" else form, people=6).path


def _spoil(rng: random.Random, path: Path, form: str) -> str:
    whole = path.read_bytes()
    kinds = dict(BYTES)
    parts: Parts | None = None
    if form in ("xlsx", "ods") and rng.random() < 0.8:
        parts = unpacked(whole)
    if parts is not None:
        name = rng.choice([name for name in PARTS if form == "xlsx" or name not in ("rows", "cells", "strings")])
        path.write_bytes(PARTS[name](rng, parts) or packed(parts))
        return name
    if form == "xls" and rng.random() < 0.6:
        kinds = OLD_BOOKS
    elif form in ("csv", "tabs") and rng.random() < 0.7:
        kinds = TABLES_OF_TEXT
    elif form == "html" and rng.random() < 0.5:
        kinds = MARKUP
    name = rng.choice(list(kinds))
    path.write_bytes(kinds[name](rng, whole) if whole else b"")
    return name
