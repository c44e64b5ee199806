"""Words and rows of the voucher desk's papers, all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from printing.archive_sheets import (
    BoxLabel,
    ContentsRow,
    ContentsWords,
    DestroyedPlace,
    DestructionSheet,
    DestructionWords,
    LabelWords,
    SlipRow,
    SlipWords,
)
from printing.voucher_sheets import (
    BatchRow,
    BatchWords,
    CalibrationWords,
    ListingRow,
    ListingWords,
    ReceiptRow,
    ReceiptWords,
    VoucherLine,
    VoucherSheet,
    VoucherWords,
)
from store.rules.signers import Signatory
from tests.printing.office import PAPER, STAMP

DAY = date(2023, 9, 5)
PROGRAMS = {
    "JHT": "Jaminan Hari Tua",
    "JKK": "Jaminan Kecelakaan Kerja",
    "JKM": "Jaminan Kematian",
    "JP": "Jaminan Pensiun",
}
SIGNERS = (
    Signatory("pelayanan", "Kepala Bidang Pelayanan", "Contoh Pelayanan", "merah muda"),
    Signatory("keuangan", "Kepala Bidang Keuangan", "Contoh Keuangan", "oranye"),
    Signatory("kantor", "Kepala Kantor Cabang", "", "biru"),
)
VOUCHER_WORDS = VoucherWords(
    paper=PAPER,
    title="Voucher pembayaran jaminan",
    programs=PROGRAMS,
    number="No. {number}",
    reprint="CETAK ULANG ke-{n}",
    reason="Alasan: {reason}",
    replaces="Menggantikan voucher No. {number} yang batal",
    booked_on="Tanggal transaksi",
    kpj="Nomor KPJ",
    participant="Nama peserta",
    company="Perusahaan",
    npp="NPP",
    payee="Dibayarkan kepada (penerima manfaat)",
    account="Akun",
    account_name="Nama akun",
    debit="Debet",
    credit="Kredit",
    total="Jumlah",
    amount="Jumlah dibayarkan",
    in_words="Terbilang",
    signatures="Tanda tangan",
    colour="post-it {colour}",
    unknown="—",
)
LONG_NAME = "H. MUHAMMAD ZULKARNAIN SYAHPUTRA NASUTION BIN ABDURRAHMAN WAHID"


def account_lines(count: int, amount: int, payee: str) -> tuple[VoucherLine, ...]:
    """So many booking lines that balance: expenses, and the bank."""
    share, rest = divmod(amount, max(1, count - 1))
    debits = tuple(
        VoucherLine(f"51101{n:02d}", "BEBAN JAMINAN JHT", payee, share + (rest if n == 0 else 0), 0)
        for n in range(count - 1)
    )
    return (*debits, VoucherLine("1110100", "BANK OPERASIONAL", payee, 0, amount))


def voucher(number: int = 1, *, lines: int = 2, **changes: object) -> VoucherSheet:
    """A voucher of an invented person; `changes` replace what a test is about."""
    amount = 59_538_689 + number
    sheet = VoucherSheet(
        program="JHT",
        code=f"05-09-2023 T0017 {67659000 + number:08d}",
        number=number,
        booked_on=DAY,
        name="LESTARI CONTOH",
        kpj=f"990{number:08d}",
        payee="LESTARI CONTOH",
        amount=amount,
        lines=account_lines(lines, amount, "LESTARI CONTOH"),
        signers=SIGNERS,
        company="PT RIMBA SEJAHTERA ABADI",
        npp="00099123",
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]  # values of one sheet, checked when drawn


LISTING_WORDS = ListingWords(
    paper=PAPER,
    title="Listing transaksi",
    programs=PROGRAMS,
    number="No.",
    code="Kode transaksi",
    booked_on="Tanggal",
    kpj="KPJ",
    participant="Peserta",
    payee="Penerima",
    amount="Jumlah",
    note="Keterangan",
    count="{n} transaksi",
    total="Jumlah",
    grand_total="Jumlah seluruhnya",
    empty="Tidak ada transaksi pada hari ini.",
)
BATCH_WORDS = BatchWords(
    paper=PAPER,
    title="Lembar pengantar cetak voucher",
    programs=PROGRAMS,
    program="Program",
    vouchers="Voucher",
    numbers="Nomor",
    amount="Jumlah",
    total="Seluruhnya",
    position="No.",
    number="No. voucher",
    code="Kode transaksi",
    participant="Peserta",
    payee="Penerima",
    checks=("kertas benar", "rangkap"),
    reprint="CU ke-{n}",
    count="{n} voucher",
    checked_by="Diperiksa tanggal, oleh:",
    empty="Tidak ada voucher.",
)
RECEIPT_WORDS = ReceiptWords(
    paper=PAPER,
    title="Tanda terima berkas",
    number="No. {number}",
    given_to="Diserahkan kepada: {name}",
    signs="{who}: post-it {colour}",
    count="{n} berkas",
    total="Jumlah",
    position="No.",
    voucher="No. voucher",
    code="Kode transaksi",
    participant="Peserta",
    amount="Jumlah",
    note="Catatan",
    explained="Kotak bersilang: sudah ditandatangani ketika berkas keluar. Beri tanda pada kotak yang belum.",
    out="Berkas keluar",
    back="Berkas kembali",
    handed_over="Yang menyerahkan",
    received="Yang menerima",
    date_and_name="tanggal, nama",
    empty="Tidak ada berkas.",
)
CALIBRATION_WORDS = CalibrationWords(
    paper=PAPER,
    title="Halaman uji pencetak",
    steps=(
        "Cetak pada 100 %, tanpa penyesuaian ukuran.",
        "Ukur tiap silang dari tepi kiri dan tepi bawah kertas, dalam milimeter, lalu ketik ke Loket.",
    ),
    cross="silang {number}: {x} / {y} mm",
    measured_left="dari kiri",
    measured_bottom="dari bawah",
)
LABEL_WORDS = LabelWords(
    paper=PAPER,
    title="Label boks",
    programs=PROGRAMS,
    period="Periode",
    shelf="Rak",
    first="Dari kode",
    last="Sampai kode",
    files="{n} berkas",
    keep_until="disimpan sampai",
    cut="gunting di sini",
)
CONTENTS_WORDS = ContentsWords(
    paper=PAPER,
    title="Daftar isi",
    programs=PROGRAMS,
    box="{kind} {number}",
    period="Periode",
    shelf="Rak",
    count="{n} berkas",
    number="No.",
    decision="Nomor penetapan",
    code="Kode transaksi",
    participant="KPJ dan peserta",
    company="Perusahaan",
    tax="PPh 21",
    amount="Jumlah bayar",
    account="Rekening penerima",
    sheets="Lembar",
    original="Asli/salinan",
    note="Keterangan",
    gaps="Yang kurang di antara isi boks",
    total="Jumlah",
    empty="Boks ini masih kosong.",
)
SLIP_WORDS = SlipWords(
    paper=PAPER,
    title="Kode transaksi untuk ditulis",
    explained="Tulis kode pada voucher dengan pena, lalu beri tanda pada kotaknya. Urutan ini adalah urutan boks.",
    count="{n} berkas",
    no_code="(belum ada kode)",
    empty="Tidak ada berkas tanpa kode.",
)
DESTRUCTION_WORDS = DestructionWords(
    paper=PAPER,
    title="Berita acara pemusnahan arsip",
    number="Nomor {number}",
    weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    programs=PROGRAMS,
    opening=(
        "Pada hari ini, {weekday}, {date}, bertempat di {place}, telah dimusnahkan isi {places} tempat arsip "
        "berjumlah {files} berkas dengan cara {way}."
    ),
    proposed="Diusulkan untuk dimusnahkan: isi {places} tempat arsip berjumlah {files} berkas.",
    approved="Disetujui oleh {name} pada {date}.",
    closing="Demikian berita acara ini dibuat dengan sebenarnya.",
    note="Catatan: {note}",
    position="No.",
    kind="Jenis",
    place_number="Nomor",
    program="Program",
    period="Periode",
    shelf="Rak",
    files="Berkas",
    keep_until="Disimpan sampai",
    total="Jumlah",
    carried_out="Yang melaksanakan",
    head="Yang menyetujui",
    witness="Saksi",
    empty="Tidak ada yang diusulkan.",
)


def listing_rows(count: int, program: str = "JHT", *, note: str = "") -> tuple[ListingRow, ...]:
    return tuple(
        ListingRow(
            f"05-09-2023 T0017 {67659000 + n:08d}",
            DAY,
            f"990{n:08d}",
            LONG_NAME if n % 9 == 8 else f"CONTOH {program} {n + 1}",
            "RS PERMATA CONTOH" if n % 5 == 4 else f"CONTOH {program} {n + 1}",
            961_731 * (n + 1),
            note if n % 7 == 3 else "",
        )
        for n in range(count)
    )


def batch_rows(count: int, *, copies: int = 0) -> tuple[BatchRow, ...]:
    return tuple(
        BatchRow(
            200 + n,
            ("JHT", "JKK", "JKM", "JP")[4 * n // count],
            f"05-09-2023 T0017 {67659000 + n:08d}",
            LONG_NAME if n % 9 == 8 else f"CONTOH {n + 1}",
            f"CONTOH {n + 1}",
            961_731 * (n + 1),
            1 if n < copies else 0,
        )
        for n in range(count)
    )


def receipt_rows(count: int, *, hidden: bool = False) -> tuple[ReceiptRow, ...]:
    return tuple(
        ReceiptRow(
            200 + n,
            "JHT",
            f"05-09-2023 T0017 {67659000 + n:08d}",
            LONG_NAME if n % 9 == 8 else f"CONTOH {n + 1}",
            None if hidden else 987_654_321_000 + n,
            frozenset({"keuangan"}) if n % 3 == 0 else frozenset(),
        )
        for n in range(count)
    )


BOX = BoxLabel(
    kind="BOKS",
    number="14",
    program="JHT",
    period="September 2023",
    shelf="R-03 / 2",
    first="01-09-2023 T0017 00000257",
    last="29-09-2023 T0017 00000311",
    files=54,
    keep_until=date(2033, 9, 30),
)


def contents_rows(count: int, *, full: bool = True) -> tuple[ContentsRow, ...]:
    made = []
    for n in range(count):
        row = ContentsRow("", f"05-09-2023 T0017 {257 + n:08d}", f"990{n:08d}", f"CONTOH {n + 1}")
        if full:
            row = replace(
                row,
                decision=f"B/{1734 + n}/092023",
                name=LONG_NAME if n % 9 == 8 else row.name,
                company="PT RIMBA SEJAHTERA ABADI",
                tax=5_000 * n,
                amount=987_654_321 + n,
                account=f"99000{n:07d}",
                bank="BANK CONTOH",
                account_name=row.name,
                sheets=12,
                original="asli",
                note="tanpa KK" if n % 6 == 5 else "",
            )
        made.append(row)
    return tuple(made)


def slip_rows(count: int) -> tuple[SlipRow, ...]:
    return tuple(
        SlipRow("" if n == 4 else f"05-09-2023 T0017 {257 + n:08d}", f"CONTOH {n + 1}", f"990{n:08d}")
        for n in range(count)
    )


def destroyed(count: int) -> tuple[DestroyedPlace, ...]:
    return tuple(
        DestroyedPlace("Boks", f"{n + 1}", "JHT", "Januari–Maret 2010", "R-01 / 3", 40 + n, date(2020, 3, 31))
        for n in range(count)
    )


def destruction_sheet(count: int = 3, **changes: object) -> DestructionSheet:
    sheet = DestructionSheet(
        stamp=STAMP,
        number="BA-3",
        place="Duri",
        done_on=date(2023, 12, 27),
        way="dicacah",
        rows=destroyed(count),
        approved_by="Contoh Kepala",
        approved_on=date(2023, 12, 20),
        carried_out_by="Contoh Petugas",
        witnesses=("Saksi Contoh Satu", "Saksi Contoh Dua"),
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]  # values of one sheet, checked when drawn
