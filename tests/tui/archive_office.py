"""Offices whose files are through all steps and wait for their boxes, and whose archive holds some already."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from store import Store
from store.rules.archive import PlaceKind
from store.rules.signers import DEFAULT_SIGNERS
from tests.store.office import Office
from tests.store.voucher_desk import DEWI, HENDRA, SITI, TIUR, UCOK, Paid, bring, confirmed

JULY = date(2023, 7, 28)
BUDI = Paid(6, "BUDI CONTOH", 3_000_000, day=JULY)
LINA = Paid(7, "LINA REKAAN", 5_500_000, day=JULY)
COMPLETE = (BUDI, HENDRA, DEWI)
"""Files of JHT with all signatures, in the order of their codes; LINA was paid between them and nobody brought hers."""

ALL = (*COMPLETE, LINA, SITI, UCOK, TIUR)
OVER = date(2023, 7, 1)
"""A day until which a place was kept."""

HEADINGS = (
    *("Nomor Penetapan", "Kode Transaksi", "Program", "No KPJ", "Nama Tenaga Kerja", "Nama Perusahaan"),
    *("Jumlah Bayar", "Nomor Boks", "Nomor Rak"),
)


async def signed(store: Store, other: Store, paid: Sequence[Paid]) -> list[int]:
    """The files of these transactions with every signature."""
    ids = await confirmed(store, other, paid)
    number, _undo = await store.stacks.send(ids, "Bu Ratna")
    everybody = [each.key for each in DEFAULT_SIGNERS.signers]
    await store.stacks.take_back(number, dict.fromkeys(ids, everybody))
    return ids


async def finance(office: Office, paid: Sequence[Paid] = COMPLETE) -> None:
    """Ani alone has an office; Rini and Joko of the finance section come into it, and files become complete."""
    boss = await office.open()
    rini = await office.hire(boss, "rini", "keuangan")
    joko = await office.hire(boss, "joko", "keuangan")
    await bring(rini, ALL)
    if paid:
        await signed(rini, joko, paid)
    for store in list(office.opened):
        await store.close()
    office.opened.clear()


def register(inbox: Path, *rows: tuple[str, ...], name: str = "register 2016.csv") -> Path:
    """A register of older files in MASUK; each row as `HEADINGS`."""
    path = inbox / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


async def put_all(store: Store) -> None:
    """What waits is in its box."""
    waiting = await store.archive.waiting(0, 100)
    await store.archive.put_many([each.file.file_id for each in waiting])


async def over(store: Store, numbers: Sequence[str]) -> list[int]:
    """Closed boxes of JHT that need not be kept any longer."""
    ids = []
    for number in numbers:
        place_id, _undo = await store.archive.make(PlaceKind.BOX, number, program="JHT")
        await store.archive.close(place_id, await _version(store, place_id))
        await store.retention.keep_until(place_id, await _version(store, place_id), OVER)
        ids.append(place_id)
    return ids


async def _version(store: Store, place_id: int) -> int:
    place = await store.archive.place(place_id)
    assert place is not None
    return place.version


async def dangers(store: Store, family: str) -> None:
    """What the dangerous keys of the archive are about."""
    for file in store.inbox.iterdir():
        file.unlink()
    if family == "destroy":
        first, second = await over(store, ("91", "92"))
        approved, _undo = await store.retention.propose([first])
        await store.retention.approve(approved, 1)
        await store.retention.propose([second])
        return
    await bring(store, ALL)
    rows = [("P-1", "", "JKM", SITI.kpj, SITI.name, "", str(SITI.amount), "K-7", "R9")]
    path = register(store.inbox, *rows)
    if family == "code":
        await store.registers.apply(await store.registers.plan(path))


async def long_archive(store: Store, name: str, company: str) -> None:
    """Boxes, loans and lists with the longest words; a register with more in MASUK."""
    paid = [Paid(n, name, 999_999_999_999) for n in range(11, 17)]
    await bring(store, [*paid, replace(SITI, name=name)])
    await signed(store, store, paid[:4])
    for file in store.inbox.iterdir():
        file.unlink()
    shelf = "RAK BESI RUANG ARSIP LANTAI DUA SISI UTARA DEKAT JENDELA"
    place_id, _undo = await store.archive.make(PlaceKind.BOX, "BOKS-ARSIP-KLAIM-JHT-2023-000000001", program="JHT")
    await store.archive.change(place_id, await _version(store, place_id), {"shelf": shelf, "note": company})
    waiting = await store.archive.waiting(0, 9)
    for each in (waiting[0], waiting[2]):
        await store.archive.put(each.file.file_id)
    lent = (await store.archive.find(name.split()[1]))[0]
    await store.loans.borrow(lent.archived_id, lent.version, company[:60], company)
    await store.archive.note_loose("JHT", company, name=name)
    (proposed, _other) = await over(store, ("91", "92"))
    await store.retention.propose([proposed], company)
    row = ("KEP-0001/2016", "", "JKM", SITI.kpj, name, company, str(SITI.amount), "K-7", shelf)
    known = register(store.inbox, row)
    await store.registers.apply(await store.registers.plan(known))
    known.unlink()
    rows = [
        ("", "", "JHT", f"1600000{n:04d}", name, company, "x" if n == 3 else "1000000", f"B-{n}", shelf)
        for n in range(5)
    ]
    register(store.inbox, *rows, name="register_arsip_voucher_kantor_cabang_tahun_2016_revisi_terakhir.csv")
    await store.close()
