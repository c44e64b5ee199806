"""After a restore: what was erased since that backup is there again, and goes again, by what the ledger kept of it.

It was approved then, so nobody is asked once more; a row that got the number of an erased one later is another one and
stays (store.erasure_ledger).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from store import erasure_ledger
from store.erasing import BLANK, CELLS, ROW_KINDS, STAMPS, erase
from store.erasure_ledger import LEDGER, Stamp
from store.erasure_rules import require_look
from store.rules.erasures import MARK, DataKind
from store.rules.permissions import Permission
from store.schema import columns
from store.schema.base import millis
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.turns import chunks

_CHUNK: Final = 500

Item = tuple[DataKind, int]


def stamps(look: Snapshot, kind: DataKind, ids: Sequence[int]) -> dict[int, Stamp]:
    """What tells these rows from later ones of the same numbers."""
    model, stamp = STAMPS[kind]
    by = columns(model)
    query = model.select(by["id"], by[stamp]).where(look.database.any_of(by["id"], ids)).order_by(by["id"])
    return {
        int(row_id): value if isinstance(value, int | str) else millis(value) for row_id, value in look.tuples(query)
    }


def back(look: Snapshot, home: Path) -> list[Item]:
    """Rows of the ledger that say something again, single ones before whole people. Raises NotAllowed."""
    require_look(look)
    known: dict[DataKind, dict[int, set[Stamp]]] = defaultdict(lambda: defaultdict(set))
    for line in erasure_ledger.read(home / LEDGER):
        for row_id, stamp in line.rows:
            known[line.kind][row_id].add(stamp)
    found: list[Item] = []
    for kind in sorted(known, key=lambda each: (each is DataKind.PEOPLE, each)):
        for some in chunks(sorted(known[kind]), _CHUNK):
            there = stamps(look, kind, some)
            same = [row_id for row_id in some if there.get(row_id) in known[kind][row_id]]
            found += [(kind, row_id) for row_id in _speaking(look, kind, same)]
    return found


def _speaking(look: Snapshot, kind: DataKind, ids: Sequence[int]) -> list[int]:
    """Those of these rows that are not as erasing leaves them."""
    if not ids:
        return []
    model = STAMPS[kind][0]
    rows = look.dicts(model.select().where(look.database.any_of(columns(model)["id"], ids)))
    return sorted(int(row["id"]) for row in rows if _speaks(kind, row))


def _speaks(kind: DataKind, row: dict[str, Any]) -> bool:
    if kind is DataKind.PEOPLE:
        return not str(row["kpj"]).startswith(MARK)
    if kind is DataKind.PRINTS:
        return True
    blank = CELLS if kind is DataKind.CELLS else BLANK[ROW_KINDS[kind]]
    return any(row[name] != value for name, value in blank.items())


def erase_again(tx: Transaction, some: Sequence[Item]) -> None:
    """Some of them, as one portion."""
    tx.require(Permission.ERASE_DATA)
    tx.audit("erasure.again", undoable=False)
    for kind in dict.fromkeys(kind for kind, _row_id in some):
        erase(tx, kind, [row_id for each, row_id in some if each is kind])
