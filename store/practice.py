"""The made-up people of a practice office (LATIHAN): names, companies and numbers are invented.

Telephone numbers begin 0812-0000: whoever rings one by mistake reaches nobody. NIK serials are 99xx. The lists are as
messy as real ones, so that the first import shows what Loket does with a doubtful cell.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from store.drafts import GUIDE_DRAFT
from store.rules.dates import format_long
from store.workbooks.results_out import SheetOut, write_book

if TYPE_CHECKING:
    from store import Store

FIRST_LIST, SECOND_LIST = "latihan_peserta_jht56.xlsx", "latihan_peserta_tambahan.xlsx"
LISTING, PAPERS = "latihan_listing.xlsx", "latihan_berkas_lunas.xlsx"
_CLAIMS = 6
_LISTING_HEADER = (
    *("KODE TRANSAKSI", "TANGGAL", "KODE AKUN", "NAMA AKUN", "SUB LEDGER", "DEBET", "KREDIT", "KETERANGAN"),
)
_PAPERS_HEADER = ("PROGRAM", "NO KPJ", "NAMA PESERTA", "PENERIMA", "JUMLAH PENETAPAN", "TGL BAYAR")
_HEADER = (
    *("NO", "NPP", "NAMA PERUSAHAAN", "PEMBINA", "NO KPJ", "NIK", "NAMA TENAGA KERJA", "TGL LAHIR"),
    *("NO HP", "EMAIL", "SALDO JHT", "STATUS KEPESERTAAN", "STATUS KLAIM"),
)
_MEN = ("Budi", "Hendra", "Joko", "Sahat", "Ucok", "Darman", "Yusri", "Parlin", "Anwar", "Mulyadi", "Togu", "Zainuddin")
_WOMEN = ("Siti", "Roslan", "Tiur", "Yuni", "Erni", "Halimah", "Dewi", "Murni", "Nurbaiti", "Sondang")
_LAST = ("Latihan", "Contoh", "Rekaan", "Siregar", "Harahap", "Chaniago", "Simbolon", "Piliang", "Santoso", "")
_COMPANIES = (
    ("00099101", "PT Contoh Sawit Mandau", "Rani"),
    ("00099102", "PT Rekaan Rig Utama", "Melati"),
    ("99150103", "CV Latihan Teknik Pipa", "Taufik"),
    ("99150104", "Koperasi Contoh Maju", "Melati"),
    ("99150105", "Yayasan Pendidikan Rekaan", "Rani"),
)

"""The draft that lets the screens lead a newcomer through the first call (`tui.practice`)."""


async def fill_practice(store: Store, *, people: int = 160, seed: int = 56) -> None:
    """Brings one invented list in and lays a second one into MASUK, and lets a guide lead through the first call.

    For the first voucher a listing of today lies there as well, and a list of the papers on the desk.

    The same day and seed give the same people.
    """
    today = store.today()
    write_book(store.inbox / FIRST_LIST, [SheetOut("JHT 56", _HEADER, list(_rows(seed, people, today)))])
    plan = await store.imports.plan(store.inbox / FIRST_LIST)
    await store.imports.apply(plan)
    await store.drafts.save(GUIDE_DRAFT, "")
    write_book(store.inbox / SECOND_LIST, [SheetOut("TAMBAHAN", _HEADER, list(_rows(seed + 1, 40, today)))])
    paid = list(_paid(seed, today))
    bookings = [line for each in paid for line in each.lines]
    write_book(store.inbox / LISTING, [SheetOut("LISTING", _LISTING_HEADER, bookings)])
    write_book(store.inbox / PAPERS, [SheetOut("BERKAS", _PAPERS_HEADER, [each.paper for each in paid])])


@dataclass(frozen=True)
class _Paid:
    """One invented claim of the practice listing, whole rupiah."""

    code: str
    day: date
    program: str
    kpj: str
    name: str
    payee: str
    amount: int

    @property
    def lines(self) -> list[Sequence[str | int | date | None]]:
        """Its two bookings, as a listing has them."""
        told = f"PEMBAYARAN {self.program} A/N {self.name} KPJ {self.kpj}"
        day = f"{self.day:%d-%m-%Y}"
        return [
            (self.code, day, "5101010", f"BEBAN {self.program}", self.payee, self.amount, 0, told),
            (self.code, day, "1101020", "BANK", "BANK", 0, self.amount, told),
        ]

    @property
    def paper(self) -> Sequence[str | int | date | None]:
        """What stands on its decision sheet."""
        return (self.program, self.kpj, self.name, self.payee, self.amount, f"{self.day:%d-%m-%Y}")


def _paid(seed: int, today: date) -> Iterator[_Paid]:
    """Claims that some people of the first list were paid today; one to a hospital."""
    for n, row in enumerate(_rows(seed, _CLAIMS, today), start=1):
        program = "JKK" if n == _CLAIMS else "JHT"
        kpj, name = str(row[4]), str(row[6])
        payee = "RS CONTOH MANDAU" if program == "JKK" else name
        yield _Paid(f"{today:%d-%m-%Y} T0018 {n:08d}", today, program, kpj, name, payee, 4_250_000 + 1_310_500 * n)


def write_list(path: Path, *, people: int, seed: int, today: date) -> None:
    """One invented list of any size, for trials and measurements."""
    write_book(path, [SheetOut("JHT 56", _HEADER, _rows(seed, people, today))])


def _rows(seed: int, people: int, today: date) -> Iterator[Sequence[str | int | date | None]]:
    """Rows of people who reached 56 within the last seven months."""
    chance = random.Random(seed)
    for n in range(1, people + 1):
        woman = chance.random() < 0.4
        name = f"{chance.choice(_WOMEN if woman else _MEN)} {chance.choice(_LAST)}".strip()
        birthday = today - timedelta(days=chance.randrange(1, 210))
        # 28 February stands for the 29th, which the year of birth may not have.
        born = date(birthday.year - 56, birthday.month, min(birthday.day, 28))
        npp, company, pembina = chance.choice(_COMPANIES)
        yield (
            n,
            npp,
            company.upper(),
            pembina.upper(),
            f"99{seed % 100:02d}{n:07d}",
            f"140309{born.day + (40 if woman else 0):02d}{born:%m%y}99{n % 100:02d}",
            name.upper(),
            _birth_cell(chance, born),
            _phone_cell(chance),
            chance.choice(
                ("", "-", f"{name.split()[0].lower()}{n}@contoh.example", f"{name.split()[0].lower()} @ contoh")
            ),
            chance.choice((chance.randrange(1, 90) * 1_000_000, f"Rp{chance.randrange(1, 90)}.500.000,00")),
            chance.choice(("AKTIF", "AKTIF", "NON AKTIF")),
            chance.choice(("BELUM", "BELUM", "BELUM", "BELUM", "SUDAH KLAIM")),
        )


def _birth_cell(chance: random.Random, born: date) -> str | date:
    return chance.choice((born, f"{born:%d-%m-%Y}", f"{born:%d/%m/%Y}", format_long(born)))


def _phone_cell(chance: random.Random) -> str | int:
    number = f"0812000{chance.randrange(10_000, 100_000):05d}"
    other = f"0812000{chance.randrange(10_000, 100_000):05d}"
    return chance.choice(
        (
            number,
            number,
            number,
            f"{number} / {other}",
            f"{number} (istri)",
            int(number),
            "8.12E+11",
            "08xxxxxxxxxx",
            "",
        )
    )
