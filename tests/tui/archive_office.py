"""An office of two of the finance section whose files are through all steps and wait for their boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store import Store
from store.rules.signers import DEFAULT_SIGNERS
from tests.store.office import Office
from tests.store.voucher_desk import DEWI, HENDRA, SITI, TIUR, UCOK, Paid, bring, confirmed

JULY = date(2023, 7, 28)
BUDI = Paid(6, "BUDI CONTOH", 3_000_000, day=JULY)
LINA = Paid(7, "LINA REKAAN", 5_500_000, day=JULY)
COMPLETE = (BUDI, HENDRA, DEWI)
"""Files of JHT with all signatures, in the order of their codes; LINA was paid between them and nobody brought hers."""

ALL = (*COMPLETE, LINA, SITI, UCOK, TIUR)


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


def long(paid: Paid, name: str) -> Paid:
    """The same with a name as long as they come."""
    return replace(paid, name=name)
