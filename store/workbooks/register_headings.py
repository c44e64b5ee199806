"""The headings of registers of archived vouchers, as branches keep them (domain.md 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.rules.readings import Cell
from store.rules.registers import REGISTER_FIELDS
from store.workbooks.headings import Vocabulary, words

_WHO: Final = frozenset({"kpj", "name", "kpj_and_name"})


def _looks_like(_cells: Sequence[Cell]) -> str | None:
    """No column of a register shows by its cells alone what it is."""
    return None


def _contradicts(_field: str, _cells: Sequence[Cell]) -> str | None:
    """Old registers are filled unevenly: an odd column is told row by row."""
    return None


REGISTERS: Final = Vocabulary(
    fields=REGISTER_FIELDS,
    spellings={
        "classification": words("KODE_KLASIFIKASI KLASIFIKASI KD_KLASIFIKASI KODE_KLAS KODE_ARSIP"),
        "decision": words(
            "NOMOR_PENETAPAN NO_PENETAPAN NOMOR_SURAT_PENETAPAN NO_SURAT_PENETAPAN PENETAPAN NO_PENETAPAN_KLAIM"
        ),
        "code": words(
            "KODE_TRANSAKSI_VOUCHER KODE_TRANSAKSI KODE_VOUCHER NO_VOUCHER NOMOR_VOUCHER KODE_TRANS KD_TRANSAKSI "
            "NO_TRANSAKSI NOMOR_TRANSAKSI KODE_TRX VOUCHER"
        ),
        "kpj_and_name": words(
            "NO_KPJ_DAN_NAMA_TK NOMOR_KPJ_DAN_NAMA_TK NO_KPJ_NAMA_TK KPJ_DAN_NAMA_TK KPJ_NAMA_TK KPJ_DAN_NAMA "
            "KPJ_NAMA NO_KPJ_DAN_NAMA NO_KPJ_DAN_NAMA_TENAGA_KERJA NOMOR_KPJ_DAN_NAMA_TENAGA_KERJA "
            "NO_KPJ_DAN_NAMA_PESERTA"
        ),
        "kpj": words("NOMOR_KPJ NO_KPJ KPJ NOKPJ NO_KARTU_PESERTA NOMOR_KARTU_PESERTA NO_KARTU NO_PESERTA"),
        "name": words("NAMA_TENAGA_KERJA NAMA_TK NAMA_PESERTA NAMA_LENGKAP NAMA NM_TK NM_PESERTA TENAGA_KERJA PESERTA"),
        "company": words("NAMA_PERUSAHAAN PERUSAHAAN NAMAPRS NM_PERUSAHAAN NAMA_INSTANSI INSTANSI PEMBERI_KERJA"),
        "npp": words("NPP NO_NPP NOMOR_NPP NPP_PERUSAHAAN"),
        "program": words("PROGRAM JENIS_PROGRAM NM_PRG NAMA_PROGRAM JAMINAN JENIS_JAMINAN JENIS_KLAIM TIPE_KLAIM"),
        "dated": words(
            "TANGGAL_TRANSAKSI TGL_TRANSAKSI TANGGAL_BAYAR TGL_BAYAR TANGGAL TGL TGL_VOUCHER TANGGAL_VOUCHER"
        ),
        "tax": words("PPH_21 PPH21 PPH_PASAL_21 PPH PAJAK_PPH_21 PAJAK"),
        "amount": words("JUMLAH_BAYAR JUMLAH_DIBAYAR JML_BAYAR JUMLAH_PEMBAYARAN NILAI_BAYAR NOMINAL JUMLAH NILAI"),
        "account": words("NO_REKENING_PENERIMA NOMOR_REKENING_PENERIMA NO_REKENING NOMOR_REKENING REKENING NO_REK"),
        "bank": words("BANK NAMA_BANK BANK_PENERIMA NM_BANK"),
        "account_name": words("ATAS_NAMA NAMA_REKENING NAMA_PEMILIK_REKENING AN_REKENING PENERIMA NAMA_PENERIMA"),
        "sheets": words("JUMLAH_LEMBAR_BERKAS JUMLAH_BERKAS JUMLAH_LEMBAR JML_LEMBAR JML_BERKAS LEMBAR JUMLAH_HALAMAN"),
        "original": words("TINGKAT_PERKEMBANGAN PERKEMBANGAN TK_PERKEMBANGAN ASLI_SALINAN"),
        "note": words("KETERANGAN KET CATATAN"),
        "box": words("NOMOR_BOKS NO_BOKS BOKS NOMOR_BOX NO_BOX BOX NOMOR_KOTAK NO_KOTAK DOS NO_DOS NOMOR_DOS"),
        "shelf": words("NOMOR_RAK NO_RAK RAK LEMARI NO_LEMARI LACI LOKASI LOKASI_SIMPAN"),
    },
    ambiguous=frozenset(),
    others=frozenset(words("NO NO_URUT NOMOR_URUT NOMOR URUT NIK STATUS PETUGAS KODE_KANTOR KANTOR")),
    key="kpj",
    needed=(
        ("no-kpj", _WHO),
        ("no-code", frozenset({"code", "decision", "box", "shelf"})),
    ),
    looks_like=_looks_like,
    contradicts=_contradicts,
    filled=frozenset({"box", "shelf"}),
    totals=True,
    starts=frozenset({"amount"}),
)
"""A register of vouchers in the archive: data may begin far below titles (row 8 in one)."""
