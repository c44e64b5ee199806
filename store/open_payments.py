"""Transactions that have no file, kept as they get one or lose it: a narrow table, since no index knows them.

`Transaction` tells `Filing` of each transaction and claim file that it writes; before it ends, `write` brings
`open_payment` up to date. Nobody else writes that table. The transactions of years nearly all have their file: those
without one are found by these few lines instead of by comparing all of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from store.database import Database

_CHUNK: Final = 500
FILED: Final[Mapping[str, tuple[str, ...]]] = {"payment": (), "claim_file": ("payment_id",)}
"""Tables from whose rows it follows which transaction has a file, and what has to be known of a row that is new."""

_COLUMNS: Final = "id, booked_on, kpj, name_key, payee, amount"
_WITHOUT_FILE: Final = (
    f"SELECT {_COLUMNS} FROM payment WHERE NOT EXISTS"
    " (SELECT 1 FROM claim_file WHERE claim_file.payment_id = payment.id AND NOT undone)"
)
_KEPT: Final = f"SELECT {_COLUMNS} FROM open_payment"


class Filing:
    """Transactions that a write may have given a file, or taken one from."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._payments: set[int] = set()
        self._files: set[int] = set()  # whose transaction, the same as before, is not told

    def note(self, table: str, row_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """One row that was written, with its columns as they were and are: some of them, or all."""
        if table == "payment":
            self._payments.add(row_id)
        elif table == "claim_file":
            told = [row["payment_id"] for row in (before, after) if row and "payment_id" in row]
            self._payments.update(payment_id for payment_id in told if payment_id is not None)
            if not told and "undone" in (after or ()):
                self._files.add(row_id)

    def write(self, database: Database) -> None:
        """Brings the table up to date. What is here of a transaction changes only while its row or its file is held."""
        for files in _chunks(self._files):
            held, values = database.among("id", files)
            found = database.rows(f"SELECT payment_id FROM claim_file WHERE {held} AND payment_id IS NOT NULL", values)
            self._payments.update(payment_id for (payment_id,) in found)
        for payments in _chunks(self._payments):
            these, values = database.among("id", payments)
            kept = set(database.rows(f"{_KEPT} WHERE {these}", values))
            these, values = database.among("payment.id", payments)
            _change(database, kept, set(database.rows(f"{_WITHOUT_FILE} AND {these}", values)))
        self._forget()


def _chunks(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    rising = sorted(ids)
    return (rising[start : start + _CHUNK] for start in range(0, len(rising), _CHUNK))


def _change(database: Database, kept: set[tuple[Any, ...]], wanted: set[tuple[Any, ...]]) -> None:
    gone, new = sorted(kept - wanted), sorted(wanted - kept)
    if gone:
        database.executemany("DELETE FROM open_payment WHERE id = %s", [line[:1] for line in gone])
    if new:
        marks = ", ".join(["%s"] * len(new[0]))
        database.executemany(f"INSERT INTO open_payment ({_COLUMNS}) VALUES ({marks})", new)


def rebuild(database: Database) -> None:
    """Makes the table anew, within the open transaction, whatever was kept before."""
    _change(database, set(database.rows(_KEPT, ())), set(database.rows(_WITHOUT_FILE, ())))


def disagreements(database: Database) -> list[int]:
    """Transactions that are kept as having no file and have one, or the other way round. None is as it should be."""
    differ = set(database.rows(_KEPT, ())) ^ set(database.rows(_WITHOUT_FILE, ()))
    return sorted({line[0] for line in differ})
