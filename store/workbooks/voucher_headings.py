"""The headings of listings of transactions and of lists of paid files (domain.md 2.9, 3.2; real ones are not known)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from store.rules.listing_lines import LISTING_FIELDS
from store.rules.paid import PAID_FIELDS
from store.rules.readings import Cell
from store.workbooks.content import CLEAR, ENOUGH, is_running, plain, share
from store.workbooks.headings import Vocabulary, words

_LETTER: Final = re.compile(r"[^\W\d_]{2}")
_DIGIT: Final = re.compile(r"[0-9]")
_LONG: Final = re.compile(r"(?:[^0-9]*[0-9]){6}")
_TEXTS: Final = frozenset({"name", "payee", "description", "account_name", "program"})
_CODES: Final = frozenset({"code", "kpj"})
_AMOUNTS: Final = frozenset({"debit", "credit", "amount", "booked_on", "paid_on", "account"})

_NAME: Final = words(
    "NAMA_PESERTA NAMA_TK NAMA_TENAGA_KERJA NAMA_LENGKAP NAMA NM_PESERTA NM_TK NAMA_PEKERJA PESERTA TENAGA_KERJA"
)
_KPJ: Final = words(
    "KPJ NO_KPJ NOMOR_KPJ NOKPJ NO_KARTU_PESERTA NOMOR_KARTU_PESERTA NO_KARTU NO_PESERTA NOMOR_PESERTA KPJ_PESERTA"
)
_PAYEE: Final = words(
    "PENERIMA NAMA_PENERIMA PENERIMA_MANFAAT NAMA_PENERIMA_MANFAAT DIBAYARKAN_KEPADA DIBAYAR_KEPADA ATAS_NAMA "
    "NAMA_REKENING PENERIMA_PEMBAYARAN PAYEE"
)
_PROGRAM: Final = words(
    "PROGRAM JENIS_PROGRAM NM_PRG NAMA_PROGRAM JAMINAN JENIS_JAMINAN JENIS_KLAIM KODE_PROGRAM TIPE_KLAIM"
)
_OTHERS: Final = frozenset(
    words(
        "NO NO_URUT URUT NOMOR_URUT URUTAN NOMOR FID ID UANG SALDO MATA_UANG KURS NPP NAMA_PERUSAHAAN PERUSAHAAN "
        "LISTING_ENTITAS ENTITAS KANTOR KODE_KANTOR NO_REKENING NOMOR_REKENING REKENING BANK NAMA_BANK NO_PENETAPAN "
        "NOMOR_PENETAPAN TGL_PENETAPAN STATUS USER PETUGAS NIK NO_AGENDA KODE_KLAIM NO_KLAIM PAJAK PPH PPH_21 PPH21 "
        "KET CATATAN"
    )
)


def _contradicts(field: str, cells: Sequence[Cell]) -> str | None:
    """What a column clearly holds instead of the field of its heading; too few cells contradict nothing."""
    if len(cells) < ENOUGH:
        return None
    test = _TEST.get(field)
    if test is None or share(cells, test) > 1 - CLEAR:
        return None
    return "number" if is_running(cells) else "text" if share(cells, _has_letters) >= CLEAR else "digits"


def _has_letters(cell: Cell) -> bool:
    return bool(_LETTER.search(plain(cell)))


_TEST: Final[dict[str, Callable[[Cell], bool]]] = (
    dict.fromkeys(_TEXTS, _has_letters)
    | dict.fromkeys(_CODES, lambda cell: bool(_LONG.match(plain(cell))))
    | dict.fromkeys(_AMOUNTS, lambda cell: bool(_DIGIT.search(plain(cell))))
)


def _looks_like(_cells: Sequence[Cell]) -> str | None:
    """No column of a listing shows by its cells alone what it is."""
    return None


LISTINGS: Final = Vocabulary(
    fields=LISTING_FIELDS,
    spellings={
        "code": words(
            "KODE_TRANSAKSI KODE_TRANS KD_TRANSAKSI KD_TRANS NO_TRANSAKSI NOMOR_TRANSAKSI KODE_TRX NO_VOUCHER "
            "NOMOR_VOUCHER KODE_VOUCHER NO_BUKTI NOMOR_BUKTI TRANSACTION_CODE KODE"
        ),
        "booked_on": words(
            "TANGGAL TGL TANGGAL_TRANSAKSI TGL_TRANSAKSI TGL_TRANS TANGGAL_BAYAR TGL_BAYAR TGL_POSTING "
            "TANGGAL_POSTING DATE"
        ),
        "account": words("AKUN KODE_AKUN KD_AKUN NO_AKUN NOMOR_AKUN NO_PERKIRAAN KODE_PERKIRAAN ACCOUNT COA"),
        "account_name": words("NAMA_AKUN NM_AKUN NAMA_PERKIRAAN URAIAN_AKUN ACCOUNT_NAME"),
        "sub_ledger": words("SUB_LEDGER SUBLEDGER SUB_LEDGERS NAMA_SUB_LEDGER SL SUB_AKUN"),
        "debit": words("DEBET DEBIT JUMLAH_DEBET JUMLAH_DEBIT NILAI_DEBET MUTASI_DEBET DB"),
        "credit": words("KREDIT CREDIT KREDET JUMLAH_KREDIT NILAI_KREDIT MUTASI_KREDIT CR"),
        "description": words("KETERANGAN URAIAN DESKRIPSI KETERANGAN_TRANSAKSI URAIAN_TRANSAKSI DESCRIPTION"),
        "kpj": _KPJ,
        "name": _NAME,
        "payee": _PAYEE,
        "program": _PROGRAM,
    },
    ambiguous=frozenset(),
    others=_OTHERS,
    key="code",
    needed=(
        ("no-code", frozenset({"code"})),
        ("no-debit", frozenset({"debit"})),
        ("no-credit", frozenset({"credit"})),
        ("no-text", frozenset({"description", "account_name", "program"})),
    ),
    looks_like=_looks_like,
    contradicts=_contradicts,
    totals=True,
    starts=frozenset({"debit", "credit"}),
)
"""A listing of transactions of Smile: booking lines under their codes."""

PAID_LISTS: Final = Vocabulary(
    fields=PAID_FIELDS,
    spellings={
        "program": _PROGRAM,
        "kpj": _KPJ,
        "name": _NAME,
        "payee": _PAYEE,
        "amount": words(
            "JUMLAH_PENETAPAN JUMLAH_BAYAR JUMLAH_DIBAYAR NILAI_PENETAPAN NOMINAL_PENETAPAN JUMLAH NOMINAL JML_BAYAR "
            "JML_PENETAPAN NILAI JUMLAH_KLAIM NILAI_KLAIM AMOUNT"
        ),
        "paid_on": words(
            "TGL_BAYAR TANGGAL_BAYAR TGL_DIBAYAR TANGGAL_PEMBAYARAN TGL_TRANSAKSI TANGGAL_TRANSAKSI TANGGAL TGL"
        ),
    },
    ambiguous=frozenset(),
    others=_OTHERS | frozenset(words("KETERANGAN KODE_TRANSAKSI")),
    key="kpj",
    needed=(("no-kpj", frozenset({"kpj"})), ("no-name", frozenset({"name"}))),
    looks_like=_looks_like,
    contradicts=_contradicts,
    totals=True,
    starts=frozenset({"kpj", "amount"}),
)
"""A list of claim files that were paid and lie on the desk."""
