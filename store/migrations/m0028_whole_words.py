"""Whole words of names among the terms by which people are found: who has one need not be read to be known."""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING

from store.migrations.step import Step
from store.search_sets import BLOCK, BLOCK_BITS, changed

if TYPE_CHECKING:
    from store.database import Database

_LONGER_THAN = 3
_AT_ONCE = 20_000


def _put(database: Database) -> None:
    """The terms as they stood with this step; step 9 puts whatever today's index has, these among them."""
    first = 0
    places: dict[int, dict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("H")))
    while rows := database.rows(
        f"SELECT id, name_key FROM participant WHERE id > %s ORDER BY id LIMIT {_AT_ONCE}", (first,)
    ):
        for participant_id, key in rows:
            for word in key.split():
                if len(word) > _LONGER_THAN:
                    places[participant_id >> BLOCK_BITS][f"={word}"].append(participant_id & (BLOCK - 1))
        first = rows[-1][0]
    for block, terms in places.items():
        database.executemany(
            "INSERT INTO search_block (block, term, members) VALUES (%s, %s, %s) ON CONFLICT (block, term) DO NOTHING",
            [(block, term, changed(None, those, ())) for term, those in sorted(terms.items())],
        )


STATEMENTS: Step = (_put,)
