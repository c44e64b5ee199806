"""The headings of files of corrections: those of participant lists, and what employers write over a new value."""

from __future__ import annotations

from dataclasses import replace

from store.workbooks.headings import words
from store.workbooks.participant_headings import PARTICIPANTS

# The new value is surer than what stands beside it for comparing; numbers of both are read, and a known one adds
# nothing.
_NEW = {
    "phones": words(
        "HP_BARU NO_HP_BARU NOMOR_HP_BARU HANDPHONE_BARU NO_HANDPHONE_BARU TELEPON_BARU NO_TELEPON_BARU NO_TELP_BARU "
        "NOMOR_TELEPON_BARU NO_WA_BARU HP_TERBARU NO_HP_TERBARU NO_HP_AKTIF HP_AKTIF NEW_PHONE"
    ),
    "email": words("EMAIL_BARU E_MAIL_BARU ALAMAT_EMAIL_BARU EMAIL_TERBARU EMAIL_AKTIF SUREL_BARU NEW_EMAIL"),
    "nik": words("NIK_BARU NIK_BENAR NIK_YANG_BENAR NIK_SEBENARNYA NO_KTP_BENAR"),
    "birth_date": words("TGL_LAHIR_BARU TGL_LAHIR_BENAR TANGGAL_LAHIR_BENAR TGL_LAHIR_YANG_BENAR"),
    "name": words("NAMA_BARU NAMA_BENAR NAMA_YANG_BENAR NAMA_SESUAI_KTP"),
    "active": words("STATUS_BARU STATUS_TERBARU STATUS_BEKERJA STATUS_AKTIF_BEKERJA MASIH_BEKERJA STATUS_KARYAWAN"),
    "npp": words("NPP_BARU NPP_BENAR"),
}
_OLD = words(
    "HP_LAMA NO_HP_LAMA NOMOR_HP_LAMA HANDPHONE_LAMA TELEPON_LAMA NO_TELEPON_LAMA NO_TELP_LAMA EMAIL_LAMA E_MAIL_LAMA "
    "NIK_LAMA NAMA_LAMA TGL_LAHIR_LAMA STATUS_LAMA NPP_LAMA MASALAH SUMBER SUMBER_PERUBAHAN TANDA_TANGAN PARAF"
)

CORRECTIONS = replace(
    PARTICIPANTS,
    spellings={field: (*_NEW.get(field, ()), *spellings) for field, spellings in PARTICIPANTS.spellings.items()},
    others=PARTICIPANTS.others | frozenset(_OLD),
    needed=(
        ("no-kpj", frozenset({"kpj"})),
        (
            "no-value",
            frozenset({"phones", "phone_local", "email", "nik", "birth_date", "name", "active", "npp", "jht_balance"}),
        ),
    ),
)
"""Files of corrections: the KPJ, and any value beside it."""
