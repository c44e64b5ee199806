"""Messy participant lists, seeded: what offices send, in layouts of our own, and what must be read out of them.

All people are invented; NIK serials begin with 99. A cell's mess is chosen so that its right reading is beyond doubt
(or beyond reading), so `Expected` holds facts and not another implementation of the rules.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.workbooks_writers import ErrorCell, Expected, Raw, Sheet, writers

KINDS = ("xlsx", "xlsm", "xls", "ods", "csv-utf8", "csv-utf8-sig", "csv-utf16", "csv-cp1252")


@dataclass
class Made:
    """A written file and what must be read from it."""

    path: Path
    sheets: list[Sheet]

    @property
    def expected(self) -> list[Expected]:
        return [row for sheet in self.sheets if not sheet.hidden for row in sheet.expected]


FIRST = (
    "AHMAD",
    "BUDI",
    "CITRA",
    "DEWI",
    "EKA",
    "FAJAR",
    "GITA",
    "HASAN",
    "INDAH",
    "JOKO",
    "KARTINI",
    "LUKMAN",
    "MURNI",
    "NUR",
    "OSCAR",
    "PUTRI",
    "RINA",
    "SLAMET",
)
LAST = (
    "HARAHAP",
    "NASUTION",
    "SIREGAR",
    "LUBIS",
    "GINTING",
    "HUTAPEA",
    "TANJUNG",
    "KOTO",
    "PILIANG",
    "RAMBE",
    "WIJAYA",
    "SARAGIH",
)
COMPANIES = (
    ("00041207", "PT SINAR RIAU ENERGI"),
    ("23160011", "KOPERASI KARYA MANDAU"),
    ("15070955", "PT RIG BORNEO 7"),
    ("00000099", "CV TELAGA BIRU"),
)
HEADINGS: dict[str, tuple[str, ...]] = {
    "kpj": ("KPJ", "No. KPJ", "NO_KPJ", "Nomor KPJ", "NOMOR_IDENTITAS_KPJ", "no kartu peserta", "No.\nKPJ"),
    "nik": ("NIK", "nik_ktp", "NO. KTP", "Nomor Identitas", "NIK (16 digit)"),
    "name": ("NAMA", "Nama TK", "NAMA_LENGKAP", "nama tenaga kerja", "Nama Peserta *"),
    "birth_date": ("TGL LAHIR", "Tanggal Lahir", "TGL_LAHIR", "tgl. lahir (dd-mm-yyyy)"),
    "npp": ("NPP", "No NPP", "Kode Perusahaan"),
    "company": ("NAMA PERUSAHAAN", "namaprs", "Perusahaan", "NM_PRS", "Nama Badan Usaha"),
    "phones": ("HP", "No. HP", "HANDPHONE", "No. Telp", "Nomor WA", "PONSEL"),
    "email": ("EMAIL", "E-mail", "Alamat Email"),
    "jht_balance": ("SALDO JHT", "Saldo (Rp)", "SALDO_AKHIR"),
    "active": ("STATUS KEPESERTAAN", "Status Aktif", "STATUS_TK"),
    "claimed": ("STATUS KLAIM", "Klaim JHT"),
}
IGNORED = ("NO", "Alamat", "KETERANGAN", "UPAH", "Kode Pos", "Hobi")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def make(folder: Path, seed: int, kind: str = "xlsx", people: int = 40) -> Made:
    """One messy file of about ``people`` rows; the same seed and kind give the same file's content."""
    rng = random.Random(f"{seed} {kind}")
    single = kind.startswith("csv")
    path = folder / f"daftar {seed}.{kind.split('-')[0]}"
    sheets: list[Sheet] = []
    for number in range(1 if single else rng.randint(1, 3)):
        title = path.stem if single else f"Lembar {number + 1}"
        sheets.append(_people_sheet(rng, title, people, text_only=single))
    if not single:
        sheets += _other_sheets(rng, people=3, can_hide=kind != "ods")
        rng.shuffle(sheets)
        if sheets[0].hidden:  # no format opens on a hidden sheet
            sheets.append(sheets.pop(0))
    writers[kind.split("-")[0]](path, sheets, kind)
    return Made(path, sheets)


def _people_sheet(rng: random.Random, title: str, people: int, *, text_only: bool) -> Sheet:
    sheet = Sheet(title)
    columns = _columns(rng)
    headings: list[Raw] = [_heading(rng, name) for name in columns]
    for _ in range(rng.randint(0, 4)):
        sheet.rows.append([rng.choice(("DAFTAR PESERTA", "PERIODE JULI 2023", "KANTOR CABANG DURI", None))])
    sheet.header_row = len(sheet.rows) + 1
    sheet.rows.append(headings)
    if rng.random() < 0.3:
        sheet.rows.append([f"({number})" for number in range(1, len(columns) + 1)])
    for index in range(people):
        if rng.random() < 0.04:
            sheet.rows.append([])
        if rng.random() < 0.04:
            sheet.rows.append(list(headings))
        cells, expected = _row(rng, title, len(sheet.rows) + 1, index, columns, text_only=text_only)
        sheet.rows.append(cells)
        sheet.expected.append(expected)
    if rng.random() < 0.6:
        total: list[Raw] = [None] * len(columns)
        total[rng.randrange(len(columns))] = rng.choice(("TOTAL", "Jumlah", "JUMLAH PESERTA : 40", "Grand Total"))
        sheet.rows.append(total)
    return sheet


def _columns(rng: random.Random) -> list[str]:
    always = ["kpj", "nik", "name", "birth_date", "npp", "company", "phones", "email"]
    columns = always + [name for name in ("jht_balance", "active", "claimed") if rng.random() < 0.8]
    if rng.random() < 0.3:
        columns.append("phones")
    columns += rng.sample(IGNORED, rng.randint(0, 3))
    if rng.random() < 0.7:
        rng.shuffle(columns)
    return columns


def _heading(rng: random.Random, name: str) -> str:
    spelling = rng.choice(HEADINGS.get(name, (name,)))
    return rng.choice((spelling, spelling.upper(), spelling.replace(" ", "_"), f" {spelling} "))


def _row(
    rng: random.Random, sheet: str, row: int, index: int, columns: Sequence[str], *, text_only: bool
) -> tuple[list[Raw], Expected]:
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(9000))
    woman = rng.random() < 0.4
    nik = f"140309{born.day + (40 if woman else 0):02}{born:%m%y}99{rng.randrange(1, 100):02}"
    npp, company = rng.choice(COMPANIES)
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    made: dict[str, list[tuple[Raw, object]]] = {
        "kpj": [_kpj(rng, index, text_only)],
        "nik": [(nik, nik) if rng.random() < 0.9 else (rng.choice((None, "-")), None)],
        "name": [(rng.choice((name, f"{name}  ", f" {name}", f"{name}\u00a0")), name)],
        "birth_date": [_born(rng, born, text_only)],
        "npp": [(npp, npp)],
        "company": [(company, company)],
        "phones": [_phone(rng, text_only) for _ in range(columns.count("phones"))],
        "email": [_email(rng, index)],
        "jht_balance": [_balance(rng, text_only)],
        "active": [rng.choice((("AKTIF", True), ("NON AKTIF", False), ("Aktif", True)))],
        "claimed": [rng.choice((("BELUM", False), ("SUDAH KLAIM", True)))],
    }
    cells: list[Raw] = []
    used: dict[str, int] = {}
    for column, heading in enumerate(columns):
        if heading in made:
            cells.append(made[heading][used.get(heading, 0)][0])
            used[heading] = used.get(heading, 0) + 1
        else:
            cells.append(index + 1 if heading == "NO" else rng.choice((None, "catatan", f"Jl. Sudirman {column}")))
    return cells, _expected(sheet, row, {key: [fact for _, fact in pairs] for key, pairs in made.items()}, columns)


def _expected(sheet: str, row: int, facts: dict[str, list[object]], columns: Sequence[str]) -> Expected:
    def one(name: str) -> object:
        return facts[name][0] if name in columns else None

    numbers = dict.fromkeys(number for group in facts["phones"] for number in group)  # type: ignore[attr-defined]
    values = {name: one(name) for name in HEADINGS if name != "phones"}
    return Expected(sheet=sheet, row=row, phones=tuple(numbers), **values)  # type: ignore[arg-type]


def _kpj(rng: random.Random, index: int, text_only: bool) -> tuple[Raw, str]:
    digits = f"{rng.choice(('98', '12', '21'))}{index * 104_729 % 10**9:09}"  # every index another one
    spellings: list[Raw] = [digits, digits, f" {digits}", f"'{digits}"]
    if not text_only:
        spellings.append(float(digits))
    return rng.choice(spellings), digits


def _born(rng: random.Random, born: date, text_only: bool) -> tuple[Raw, date | None]:
    spellings: list[Raw] = [
        f"{born:%d-%m-%Y}",
        f"{born:%d/%m/%Y}",
        f"{born:%Y-%m-%d}",
        f"{born.day} {MONTHS[born.month - 1]} {born.year}",
    ]
    if not text_only:
        spellings += [born, (born - date(1899, 12, 30)).days]
    if rng.random() < 0.05:
        return rng.choice((None, "-")), None
    return rng.choice(spellings), born


def _phone(rng: random.Random, text_only: bool) -> tuple[Raw, tuple[str, ...]]:
    national = f"{rng.choice(('812', '813', '852', '821', '877', '895'))}{rng.randrange(10**7, 10**8)}"
    other = f"{rng.choice(('811', '853'))}{rng.randrange(10**7, 10**8)}"
    good = (f"+62{national}",)
    choices: list[tuple[Raw, tuple[str, ...]]] = [
        (f"0{national}", good),
        (f"0{national[:3]}-{national[3:7]}-{national[7:]}", good),
        (f"+62{national}", good),
        (f"62{national}", good),
        (f"'0{national}", good),
        (f"{national}.0", good),
        (f"0{national} (istri)", good),
        (f"0{national} / 0{other}", (f"+62{national}", f"+62{other}")),
        ("8.12E+11", ()),
        ("08xxxxxxxxxx", ()),
        ("-", ()),
        (None, ()),
        (ErrorCell("#N/A"), ()),
    ]
    if not text_only:
        choices.append((float(national), good))
    return rng.choice(choices)


def _email(rng: random.Random, index: int) -> tuple[Raw, str | None]:
    good = f"orang{index}.{rng.randrange(1000)}@contoh.co.id"
    return rng.choice(
        ((good, good), (good, good), (f" {good} ", good), (f"orang{index} @ contoh.co.id", None), ("-", None))
    )


def _balance(rng: random.Random, text_only: bool) -> tuple[Raw, int]:
    amount = rng.choice((10_000_000, 15_000_000, rng.randrange(100_000, 90_000_000)))
    dotted = f"{amount:,}".replace(",", ".")
    spellings: list[Raw] = [f"Rp. {dotted}", f"Rp{dotted},00", f"{amount:,}.00", dotted, str(amount)]
    return rng.choice(spellings if text_only else [*spellings, amount]), amount


def _other_sheets(rng: random.Random, people: int, *, can_hide: bool) -> list[Sheet]:
    """An empty one, notes without a header, and one nobody sees."""
    notes = Sheet("Catatan", [["Mohon dicek kembali"], [None, "terima kasih"]], skipped="no-header")
    found = [Sheet("Kosong", skipped="empty"), notes]
    if can_hide:
        hidden = _people_sheet(rng, "Sembunyi", people, text_only=False)
        hidden.hidden, hidden.skipped = True, "hidden"
        found.append(hidden)
    return rng.sample(found, rng.randint(0, len(found)))


def make_long(path: Path, people: int, seed: int = 1) -> None:
    """A plain .xlsx of many people, written fast, for measures of time and memory."""
    import xlsxwriter

    rng = random.Random(seed)
    columns = ["NO", *(name for name in HEADINGS)]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("DAFTAR")
        sheet.write_row(0, 0, [name if name == "NO" else HEADINGS[name][0] for name in columns])
        for index in range(people):
            cells, _ = _row(rng, "DAFTAR", index + 2, index, columns, text_only=True)
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(index + 1, column, value)
                elif value is not None:
                    sheet.write_number(index + 1, column, value)
