"""Words as `tui` fills them in, invented people, and what a PDF says when it is read back."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

from pypdf import PageObject, PdfReader

from printing import (
    CallListLine,
    CallListSheet,
    CallListWords,
    Chart,
    CountTable,
    DailyLine,
    DailyPerson,
    DailySection,
    DailySheet,
    DailyWords,
    Figure,
    PaperWords,
    RecapSheet,
    RecapWords,
    Stamp,
)
from store.rules.readings import PhoneRead

MADE_AT = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)  # 08.05 in the office
STAMP = Stamp("BPJS Ketenagakerjaan Kantor Cabang Duri", MADE_AT, "Rina Marlina")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
PAPER = PaperWords(
    language="id",
    months=MONTHS,
    hour_mark=".",
    thousands=".",
    page="Halaman {page} dari {pages}",
    printed="Dicetak {when} oleh {by}",
    continued="(lanjutan)",
    practice="LATIHAN",
)
CALL_LIST_WORDS = CallListWords(
    paper=PAPER,
    title="Daftar telepon JHT 56",
    period="Periode",
    handler="Penelepon",
    people="{n} orang",
    script="Yang dikatakan",
    column_person="Peserta",
    column_phones="Nomor telepon",
    column_outcome="Hasil (silang satu)",
    column_notes="Catatan",
    tried="{n}×",
    promised="janji {when}",
    called_at="jam",
    call_back="lagi",
    note="catatan",
    no_phone="tidak ada nomor yang dapat dipakai",
    letter="huruf",
    legend=(
        ("1", "tidak diangkat"),
        ("2", "sibuk"),
        ("3", "tidak aktif / di luar jangkauan / kotak suara"),
        ("4", "salah sambung"),
        ("5", "minta ditelepon ulang (tulis kapan)"),
        ("6", "bersedia klaim: k kantor, l Lapak Asik, j JMO"),
        ("7", "menurut peserta sudah klaim"),
        ("8", "belum bersedia: b, p, k atau d"),
        ("9", "titip pesan: minta telepon balik"),
        ("0", "lainnya: t, k, m, n atau p"),
    ),
    letters=(
        "Huruf 8: b belum butuh, p menunggu pensiun, k menunggu keluarga, d menunggu dokumen. Huruf 0: t tidak "
        "bersedia, k kendala berkas, m meninggal, n nomor tidak terdaftar, p pindah / tidak dikenal. Beberapa nomor: "
        "silang kotak kecil di depan nomor yang ditelepon."
    ),
    never=(
        "Jangan pernah: menyebut saldo atau tanggal lahir, membicarakan klaim dengan orang lain, meminta OTP, PIN "
        "atau kata sandi."
    ),
    afterwards="Berisi nomor telepon: jangan ditinggal di meja; sesudah diketik kembali, dihancurkan.",
    typed_back="Diketik kembali tanggal, oleh:",
    empty="Tidak ada yang perlu ditelepon untuk daftar ini.",
)
SCRIPT = (
    "“Selamat pagi, saya Rina Marlina dari BPJS Ketenagakerjaan Kantor Cabang Duri. Apakah saya berbicara dengan …?”",
    "“Untuk memastikan: boleh saya tahu tanggal lahir Bapak/Ibu?” Dijawab orang lain: jangan bicarakan klaim.",
    "“Bapak/Ibu sudah berusia 56 tahun dan dapat mengambil seluruh JHT, juga bila masih bekerja. Sudah pernah klaim?”",
    "“Ingin klaim lewat JMO, Lapak Asik, atau di kantor?” Dokumen: kartu peserta, KTP, KK, buku tabungan.",
)
NAMES = ("Bapak Sugeng Riyadi", "Ibu Rosmawati", "Bapak H. Muhammad Yusuf Siregar", "Ibu Tiurma", "Bapak Slamet")
COMPANIES = ("PT Rimba Sejahtera Abadi", "CV Mandau Karya", "PT Andalan Bumi Riau", "Koperasi Sawit Makmur")


def line(number: int, **changes: object) -> CallListLine:
    """A person to call, invented; `changes` replace what a test is about."""
    digits = f"+62812{34567000 + number}"
    values: dict[str, object] = {
        "number": number,
        "name": NAMES[number % len(NAMES)],
        "company": COMPANIES[number % len(COMPANIES)],
        "kpj": f"990{number:08}",
        "phones": (PhoneRead(digits, ""),),
    }
    return CallListLine(**{**values, **changes})  # type: ignore[arg-type]  # values of one call, checked when drawn


def call_sheet(*lines: CallListLine, stamp: Stamp = STAMP, handler: str = "Rina Marlina") -> CallListSheet:
    return CallListSheet(stamp, "DT-12", "Juli 2026", handler, date(2026, 11, 23), SCRIPT, lines)


def usual_lines(count: int) -> list[CallListLine]:
    """People as a list usually has them: some tried, some with a promise, several numbers, a landline."""
    made = []
    for number in range(1, count + 1):
        changes: dict[str, object] = {}
        if number % 3 == 0:
            changes |= {"tries": 2, "last": "tidak diangkat", "last_at": MADE_AT - timedelta(days=3)}
        if number % 7 == 0:
            changes |= {"due_at": MADE_AT + timedelta(hours=26)}
        if number % 4 == 0:
            first = PhoneRead(f"+62813{45678000 + number}", "")
            changes["phones"] = (first, PhoneRead(f"+627659{1000 + number}", "istri"))
        made.append(line(number, **changes))
    return made


RECAP_WORDS = RecapWords(
    paper=PAPER,
    period="Periode",
    figures="Angka",
    figure="Angka",
    value="Nilai",
    definition="Artinya",
    total="Jumlah",
    closed="Periode ditutup {when} oleh {by}",
    not_closed="Periode belum ditutup: angka masih dapat berubah",
    empty="Belum ada.",
)
FIGURES = (
    Figure("Orang dalam daftar", "1.214", "Berusia 56 pada periode ini dan belum klaim ketika daftar dibuat."),
    Figure("Ditelepon", "987", "Orang dengan sedikitnya satu panggilan yang tidak dibatalkan."),
    Figure("Tingkat terhubung", "62%", "Terhubung dibagi ditelepon."),
)
STATES = (("baru", 227), ("ulangi", 310), ("janji telepon", 41), ("bersedia klaim", 402), ("selesai", 234))
OUTCOMES = (("tidak diangkat", 801), ("sibuk", 120), ("salah sambung", 64), ("bersedia klaim", 410), ("meninggal", 0))
COLUMNS = ("Orang", "Ditelepon", "Terhubung", "Bersedia", "Klaim")


def count_table(title: str, rows: int) -> CountTable:
    """A table by company, pembina or handler, with its sums."""
    made = tuple((f"{COMPANIES[n % len(COMPANIES)]} {n + 1}", (40 + n, 30 + n, 20 + n, 10 + n, n)) for n in range(rows))
    sums = tuple(sum(counts[place] for _name, counts in made) for place in range(len(COLUMNS)))
    return CountTable(title, "Nama", COLUMNS, made, sums if made else ())


def recap_sheet(*tables: CountTable, stamp: Stamp = STAMP, closed: bool = False) -> RecapSheet:
    return RecapSheet(
        stamp=stamp,
        title="Rekap JHT 56",
        period="Januari–Agustus 2026",
        figures=FIGURES,
        charts=(Chart("Keadaan orang", STATES), Chart("Hasil panggilan", OUTCOMES)),
        tables=tables,
        place="Duri",
        signed_on=date(2026, 11, 22),
        signer="Kepala Bidang Pelayanan",
        closed_at=MADE_AT if closed else None,
        closed_by="Dewi Anggraini" if closed else "",
    )


DAILY_WORDS = DailyWords(
    paper=PAPER,
    title="Laporan harian",
    weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    time="Jam",
    activity="Pekerjaan",
    detail="Keterangan",
    total="Jumlah:",
    nothing="Tidak ada yang dicatat.",
    empty="Tidak ada pekerjaan yang dicatat pada hari ini.",
)


def daily_person(name: str, lines: int) -> DailyPerson:
    """A day of telephone work, a line every five minutes, handed over out of order."""
    made = [
        DailyLine(MADE_AT + timedelta(minutes=5 * n), "Telepon JHT 56", f"{NAMES[n % 5]}: tidak diangkat")
        for n in range(lines)
    ]
    return DailyPerson(name, (("Telepon JHT 56", lines), ("Telepon masuk", 3)), tuple(reversed(made)))


def daily_sheet(*sections: DailySection, stamp: Stamp = STAMP, signer: str = "Kepala Kantor Cabang") -> DailySheet:
    return DailySheet(stamp, date(2026, 11, 20), sections, "Duri", signer)


def pages_of(pdf: bytes) -> list[str]:
    """The texts of each page in the order they are set, a blank between them."""
    return [_texts(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def _texts(page: PageObject) -> str:
    # Text by text: pypdf's own guess at lines joins neighbours without a blank.
    found: list[str] = []
    page.extract_text(visitor_text=lambda text, _user, _matrix, _font, _size: found.append(text))
    return " ".join(found)


def flat(text: str) -> str:
    """The text without line ends, blanks single."""
    return " ".join(text.split())
