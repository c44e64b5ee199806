"""The headings of participant lists in every spelling that was met, and the field each stands for (domain.md 3.5)."""

from __future__ import annotations

import functools
import re
import unicodedata

from store.rules.readings import FIELDS, Cell, CellError

NAME_PARTS = ("name_first", "name_middle", "name_last")
PHONE_AREA = "phone_area"
PHONE_LOCAL = "phone_local"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SPELLINGS: dict[str, tuple[str, ...]] = {
    "kpj": _words(
        "KPJ NO_KPJ NOMOR_KPJ NOKPJ NOMOR_IDENTITAS_KPJ NO_KARTU_KPJ NO_KARTU_PESERTA NOMOR_KARTU_PESERTA NO_KARTU "
        "NOMOR_KARTU NO_PESERTA NOMOR_PESERTA NO_KEPESERTAAN NOMOR_KEPESERTAAN NO_BPJSTK NO_BPJS_TK "
        "NO_BPJS_KETENAGAKERJAAN NO_KARTU_BPJSTK NO_JAMSOSTEK NO_KARTU_JAMSOSTEK KPJ_PESERTA NO_REF"
    ),
    "nik": _words(
        "NIK NO_NIK NOMOR_NIK NIK_KTP NO_KTP NOMOR_KTP KTP NO_E_KTP NIK_PESERTA NIK_TK NO_NIK_KTP NIK_NO_KTP "
        "NOMOR_INDUK_KEPENDUDUKAN NO_INDUK_KEPENDUDUKAN NOMOR_IDENTITAS NO_IDENTITAS"
    ),
    "name": _words(
        "NAMA_LENGKAP NAMA_TENAGA_KERJA NAMA_TK NAMA_PESERTA NAMA NAMA_PEKERJA NAMA_KARYAWAN NAMA_PEGAWAI NAMATK "
        "NM_TK NM_PESERTA NM_LENGKAP NM_TENAGA_KERJA TENAGA_KERJA NAMA_LENGKAP_PESERTA NAMA_LENGKAP_TK NAME FULL_NAME"
    ),
    "birth_date": _words(
        "TGL_LAHIR TANGGAL_LAHIR TGLLAHIR TGL_LHR TGL_LAHIR_TK TGL_LAHIR_PESERTA TANGGAL_KELAHIRAN TGL_KELAHIRAN "
        "BIRTH_DATE DATE_OF_BIRTH DOB"
    ),
    "sex": _words("JENIS_KELAMIN JNS_KELAMIN KELAMIN JK L_P SEX GENDER"),
    "npp": _words("NPP NO_NPP NOMOR_NPP KODE_NPP NPP_PERUSAHAAN NPP_BU NOMOR_PENDAFTARAN_PERUSAHAAN KODE_PERUSAHAAN"),
    "company": _words(
        "NAMA_PERUSAHAAN PERUSAHAAN NAMAPRS NAMA_PRS NM_PRS NM_PERUSAHAAN NAMA_BADAN_USAHA BADAN_USAHA NAMA_BU "
        "PEMBERI_KERJA NAMA_PEMBERI_KERJA NAMA_INSTANSI INSTANSI COMPANY"
    ),
    "pembina": _words(
        "PEMBINA NAMA_PEMBINA PETUGAS_PEMBINA PEMBINA_KEPESERTAAN ACCOUNT_REPRESENTATIVE NAMA_AR "
        "RELATIONSHIP_OFFICER NAMA_RO"
    ),
    "phones": _words(
        "HP NO_HP NOMOR_HP NOHP HANDPHONE NO_HANDPHONE NOMOR_HANDPHONE NO_HP_WA HP_WA NO_TELP_HP NO_HP_TELP TELP_HP "
        "NO_TELP_WA TELEPON NO_TELEPON NOMOR_TELEPON TELP NO_TELP NOMOR_TELP NOTELP TLP NO_TLP NO_TLPN TLPN TELPON "
        "NO_TELPON NOMOR_TELPON PONSEL NO_PONSEL NOMOR_PONSEL WA NO_WA NOMOR_WA WHATSAPP NO_WHATSAPP NOMOR_WHATSAPP "
        "KONTAK NO_KONTAK NOMOR_KONTAK TELEPON_SELULER HP_PESERTA NO_HP_PESERTA NO_HP_TK TELEPON_PESERTA "
        "HP_ISTRI NO_HP_ISTRI HP_SUAMI NO_HP_SUAMI HP_KELUARGA NO_HP_KELUARGA PHONE PHONES MOBILE MOBILE_PHONE"
    ),
    "email": _words("EMAIL E_MAIL ALAMAT_EMAIL ALAMAT_E_MAIL SUREL EMAIL_PESERTA EMAIL_TK MAIL"),
    "jht_balance": _words(
        "SALDO_JHT SALDO SALDO_AKHIR SALDO_AKHIR_JHT JUMLAH_SALDO JUMLAH_SALDO_JHT JML_SALDO JML_SALDO_JHT "
        "TOTAL_SALDO TOTAL_SALDO_JHT NILAI_SALDO NILAI_JHT JHT_BALANCE BALANCE"
    ),
    "active": _words(
        "STATUS_KEPESERTAAN STATUS_AKTIF STATUS_PESERTA STATUS_TK STATUS_KEAKTIFAN KEAKTIFAN STATUS_KERJA "
        "AKTIF_NON_AKTIF AKTIF_TIDAK STATUS_AKTIF_TK STATUS_TENAGA_KERJA ACTIVE"
    ),
    "claimed": _words(
        "STATUS_KLAIM STATUS_KLAIM_JHT KLAIM_JHT KLAIM STATUS_PENGAJUAN_KLAIM STATUS_CLAIM SUDAH_BELUM_KLAIM CLAIMED"
    ),
    "name_first": ("NAMA_DEPAN",),
    "name_middle": ("NAMA_TENGAH",),
    "name_last": ("NAMA_BELAKANG",),
    PHONE_AREA: _words("TELEPON_AREA_RUMAH KODE_AREA_RUMAH KODE_AREA_TELEPON_RUMAH AREA_TELEPON_RUMAH"),
    PHONE_LOCAL: _words("TELEPON_RUMAH TELP_RUMAH NO_TELP_RUMAH NO_TELEPON_RUMAH TLP_RUMAH"),
}
"""Field (or part of one) -> spellings, the surest first."""

AMBIGUOUS = frozenset(_words("ID NO_ID ID_PESERTA ID_TK NOMOR STATUS KETERANGAN_STATUS NO_IDENTIFIKASI"))
"""Headings that say nothing sure: what stands below decides (an ``ID`` column held 8-digit NPPs, domain.md 2.9)."""

OTHERS = frozenset(
    _words(
        "NO NO_URUT URUT NOMOR_URUT KETERANGAN KET CATATAN ALAMAT ALAMAT_LENGKAP ALAMAT_LENGKAP_DOMISILI KODE KODE_TK "
        "ID_PEGAWAI NO_PEGAWAI NOMOR_PEGAWAI GELAR TELEPON_AREA_KANTOR TELEPON_KANTOR TELEPON_EXT_KANTOR TEMPAT_LAHIR "
        "NAMA_IBU_KANDUNG JENIS_IDENTITAS MASA_LAKU_IDENTITAS SURAT_MENYURAT_KE TANGGAL_KEPESERTAAN TGL_KEPESERTAAN "
        "STATUS_KAWIN GOLONGAN_DARAH NPWP KODE_NEGARA UPAH RAPEL BLTH KODE_POS LOKASI_PEKERJAAN STATUS_PEGAWAI "
        "TGL_AWAL_BEKERJA TGL_AKHIR_KONTRAK SEBAB_NA TGL_KEJADIAN TGL_NA NAMA_BANK KODE_BANK NOMOR_REKENING "
        "NO_REKENING NAMA_REKENING NM_PRG PROGRAM USIA UMUR JABATAN BAGIAN DIVISI UNIT PHONES_RAW EMAIL_RAW "
        "FLAGS JUMLAH NOMINAL"
    )
)
"""Headings that are known and that no field wants; they help to find the header row."""

_BY_SPELLING: dict[str, tuple[str, int]] = {
    spelling: (field, rank) for field, spellings in SPELLINGS.items() for rank, spelling in enumerate(spellings)
}
_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_UNIT = re.compile(r"_(RP|RUPIAH|IDR|DD_MM_YYYY|WAJIB|16_DIGIT|11_DIGIT|8_DIGIT)$")
_COUNTED = re.compile(r"_?[0-9]$")
LONGEST_HEADING = 60
MAPPABLE = frozenset(FIELDS)


def show_heading(cell: Cell) -> str:
    """The heading as people see it: one line, at most 200 letters; ``''`` for anything that is no text."""
    if not isinstance(cell, str) or isinstance(cell, CellError):
        return ""
    if not cell.isprintable():
        cell = "".join(letter if letter.isprintable() else " " for letter in cell[:1000])
    return " ".join(cell.split())[:200]


@functools.lru_cache(maxsize=4096)
def normalise(heading: str) -> str:
    """Upper case, everything between words one underscore: ``No. Telp`` -> ``NO_TELP``."""
    plain = unicodedata.normalize("NFKC", heading).upper()
    return _NOT_ALNUM.sub("_", plain).strip("_")


@functools.lru_cache(maxsize=4096)
def field_of(heading: str) -> tuple[str, int] | None:
    """The field or part that a heading names and how sure its spelling is (0 the surest), or None."""
    if len(heading) > LONGEST_HEADING * 3:
        return None
    tries = [normalise(heading), normalise(_BRACKETS.sub(" ", heading))]
    tries += [_UNIT.sub("", spelling) for spelling in tries]
    tries += [_COUNTED.sub("", spelling) for spelling in tries]
    for spelling in tries:
        if spelling in _BY_SPELLING:
            return _BY_SPELLING[spelling]
    return None


def is_known(heading: str) -> bool:
    """Whether a cell's text is some heading of such lists, wanted or not."""
    if not heading or len(heading) > LONGEST_HEADING:
        return False
    spelling = normalise(heading)
    return spelling in OTHERS or spelling in AMBIGUOUS or field_of(heading) is not None
