"""A voucher desk for tests: invented listings brought in by the door, people of the finance section, printed papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store import Store
from store.print_rows import Wanted
from store.rules.printing import Document, JobState, Route
from store.voucher_rows import VoucherRow
from tests.store.office import Office
from tests.store.read_once import as_read_before

DAY = date(2023, 7, 31)
HEADINGS = ("KODE TRANSAKSI", "TANGGAL", "KODE AKUN", "NAMA AKUN", "SUB LEDGER", "DEBET", "KREDIT", "KETERANGAN")
_ON_THE_WAY = (JobState.SENDING, JobState.STAGED, JobState.RELEASING, JobState.SENT, JobState.SAID)


@dataclass(frozen=True)
class Paid:
    """One transaction of the invented listing; amounts in whole rupiah."""

    number: int
    name: str
    amount: int
    program: str = "JHT"
    payee: str = ""
    day: date = DAY

    @property
    def code(self) -> str:
        return f"{self.day:%d-%m-%Y} T0018 {self.number:08d}"

    @property
    def kpj(self) -> str:
        return f"9900{self.number:07d}"

    @property
    def lines(self) -> list[tuple[str, ...]]:
        amount = f"{self.amount:,}.00"
        told = f"PEMBAYARAN {self.program} A/N {self.name} KPJ {self.kpj}"
        when = f"{self.day:%d-%m-%Y}"
        return [
            (self.code, when, "5101010", f"BEBAN {self.program}", self.payee or self.name, amount, "0.00", told),
            (self.code, when, "1101020", "BANK", "BANK", "0.00", amount, told),
        ]


HENDRA = Paid(1, "HENDRA REKAAN", 12_500_000)
SITI = Paid(2, "SITI CONTOH", 4_500_000, "JKM", payee="AHMAD WARIS")
UCOK = Paid(3, "UCOK LATIHAN", 7_250_000, "JKK", payee="RS CONTOH MANDAU")
TIUR = Paid(4, "TIUR REKAAN", 1_900_000, "JKK", payee="RS CONTOH MANDAU")
DEWI = Paid(5, "DEWI SANTOSO", 8_000_000)


async def bring(store: Store, paid: Sequence[Paid]) -> None:
    """Pastes a listing of these transactions."""
    rows = [HEADINGS, *(line for each in paid for line in each.lines)]
    with as_read_before():
        plan = await store.listings.plan("\n".join("\t".join(row) for row in rows))
    await store.listings.apply(plan)


async def desk(office: Office, paid: Sequence[Paid]) -> tuple[Store, Store, Store]:
    """An office with two of the finance section and the head of it; the listing is in. First, second, head."""
    founder = await office.open()
    first = await office.hire(founder, "rini", "keuangan")
    second = await office.hire(founder, "joko", "keuangan")
    head = await office.hire(founder, "bona", "kepala_bidang")
    if paid:
        await bring(first, paid)
    return first, second, head


async def payment_of(store: Store, paid: Paid) -> int:
    """The transaction as the desk offers it for its code's day and name."""
    (found,) = [each for each in await store.files.candidates(paid.name, paid.day) if each.code == paid.code]
    return found.payment_id


async def received(store: Store, paid: Paid) -> int:
    """The paper of a transaction comes in and is *cocok*."""
    return (await store.files.receive_and_match(await payment_of(store, paid))).file_id


async def print_all(store: Store, vouchers: Sequence[VoucherRow], *, missing: Sequence[int] = ()) -> None:
    """One job with a page a voucher, walked through the printer, and somebody looks at the paper."""
    wanted = Wanted(Document.VOUCHER, Route(), b"%PDF-", tuple(each.voucher_id for each in vouchers))
    (job,) = await store.printing.reserve([wanted])
    for state in _ON_THE_WAY:
        job = await store.printing.move(job, state, queue_id=7 if state is JobState.STAGED else None)
    await store.printing.looked(job, missing)


async def confirmed(store: Store, other: Store, paid: Sequence[Paid]) -> list[int]:
    """Files with the paper of their vouchers seen, in the order given."""
    ids = [await received(store, each) for each in paid]
    waiting = [row.file_id for row in [await store.files.read(each) for each in ids] if row and row.waits_for_yes]
    if waiting:
        await other.files.approve(waiting, "kuitansi rumah sakit")
    await print_all(store, await store.vouchers.reserve(ids))
    return ids
