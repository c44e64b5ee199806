"""Cells that were right once and were spoiled afterwards, each with the reading that a careful person gives.

The clean value is made first and spoiled second, so what the cell meant is known and not read by anybody. Nothing here
knows the rules of Loket: whether the damage can be undone follows from the damage (domain.md 3.1-3.6).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.spoiled_people import Facts, Kind
from tests.spoiled_phones import PHONES
from tests.spoiled_values import ACTIVE, BALANCE, BIRTH_DATE, EMAIL, KPJ, NAME, NIK, NPP
from tests.workbooks_writers import Raw

FIELDS = ("kpj", "nik", "name", "birth_date", "npp", "phones", "email", "jht_balance", "active")
"""What is spoiled, in the order of the columns."""
UNREADABLE_KEY = 0.06
"""How many rows have a KPJ that gives no key: nothing of such a row is taken."""


@dataclass(frozen=True)
class Spoiled:
    """One cell. `values` is all that may ever be read from it, as canonical text; several are telephone numbers.

    `doubted`: a careful person cannot say what it means, or not all of it, and whatever reads it has to say so too.
    Without values and doubt the cell says nothing.
    """

    field: str
    kind: str
    cell: Raw
    values: tuple[str, ...] = ()
    doubted: bool = False


@dataclass(frozen=True)
class SpoiledRow:
    """One person's cells, one a field; of a row without a key nothing may be taken."""

    cells: tuple[Spoiled, ...]

    @property
    def kpj(self) -> Spoiled:
        return self.cells[0]

    @property
    def keyless(self) -> bool:
        return not self.kpj.values

    def cell(self, field: str) -> Spoiled:
        return self.cells[FIELDS.index(field)]


KINDS: dict[str, dict[str, Kind]] = {
    "kpj": KPJ,
    "nik": NIK,
    "name": NAME,
    "birth_date": BIRTH_DATE,
    "npp": NPP,
    "phones": PHONES,
    "email": EMAIL,
    "jht_balance": BALANCE,
    "active": ACTIVE,
}
"""Field -> kind of damage -> the cell, what may be read from it, and whether it must be doubted."""


def spoiled_rows(seed: int, count: int, *, first: int = 0, text_only: bool = False) -> list[SpoiledRow]:
    """So many rows; the same seed gives the same, and another `first` other people.

    Each kind of damage of a field comes about as often as any other.
    """
    rng = random.Random(f"spoiled {seed} {text_only}")
    damage = {field: _in_turn(rng, field) for field in FIELDS}
    rows = []
    for index in range(first, first + count):
        facts = Facts(rng, index)
        cells = []
        for field in FIELDS:
            wanted_key = field == "kpj" and rng.random() > UNREADABLE_KEY
            cells.append(_one(damage[field], facts, field, text_only=text_only, key=wanted_key))
        rows.append(SpoiledRow(tuple(cells)))
    return rows


def _in_turn(rng: random.Random, field: str) -> Iterator[str]:
    kinds = list(KINDS[field])
    while True:
        rng.shuffle(kinds)
        yield from kinds


def _one(kinds: Iterator[str], facts: Facts, field: str, *, text_only: bool, key: bool) -> Spoiled:
    for kind in kinds:
        made = KINDS[field][kind](facts)
        if made is None:  # this value cannot be spoiled in that way
            continue
        cell, values, doubted = made
        if (text_only and not (cell is None or isinstance(cell, str))) or (field == "kpj" and key is not bool(values)):
            continue
        return Spoiled(field, kind, cell, values, doubted)
    raise AssertionError("kinds never end")
