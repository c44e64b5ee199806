"""Companies as somebody types a part of their name or NPP: of all there are, by their kept counts of people."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from store.database import Database
from store.rules.permissions import Permission
from store.search import typed_words
from store.snapshot import Snapshot

_SHORTEST: Final = 2
_LARGEST: Final = 200
"""Of what fits, so many groups with most people are looked at: a company may have several, one for each pembina."""
_SPARE: Final = 2  # two of one name may become one
_AFTER_ALL: Final = "\U0010ffff"
_NOT_PLAIN: Final = re.compile("[^A-Z0-9 ]")
_THERE: Final = "FROM quality_group WHERE people > 0 AND company <> ''"  # store.problem_counts
_FITTING: Final = "(upper(company) LIKE %s OR (npp >= %s AND npp < %s))"


def find_companies(look: Snapshot, text: str, limit: int) -> list[tuple[str, str, int]]:
    """Companies that fit what is typed, with NPP and how many people are theirs, most first.

    All words, each a part of the name or the beginning of the NPP; nothing below two characters. Raises NotAllowed.
    """
    look.require(Permission.SEE_LISTS)
    words = [word.upper() for word in typed_words(text) if len(word) >= _SHORTEST]
    if not words:
        return []
    people = _people(look.database, _largest(look.database, words)[: _SPARE * limit])
    found = [(company, npp, count) for (company, npp), count in people.items() if _fits(words, company, npp)]
    return sorted(found, key=lambda row: (-row[2], row[:2]))[:limit]


def _fits(words: Sequence[str], company: str, npp: str) -> bool:
    return all(word in company.upper() or npp.startswith(word) for word in words)


def _largest(database: Database, words: Sequence[str]) -> list[str]:
    """Names of companies that may fit, those of the groups with most people first."""
    values = list[str]()
    for word in words:
        values += [f"%{_NOT_PLAIN.sub('_', word)}%", word, word + _AFTER_ALL]  # any sign, where databases differ
    conditions = " AND ".join([_FITTING] * len(words))
    sql = f"SELECT company {_THERE} AND {conditions} ORDER BY people DESC, id LIMIT {_LARGEST}"
    return list(dict.fromkeys(company for (company,) in database.rows(sql, values)))


def _people(database: Database, names: Sequence[str]) -> Counter[tuple[str, str]]:
    """People by name and NPP. Whose NPP is not known counts with the others, but where two of that name have one."""
    if not names:
        return Counter()
    those, values = database.among("company", names)
    groups = database.rows(f"SELECT company, npp, people {_THERE} AND {those}", values)
    numbers: dict[str, set[str]] = defaultdict(set)
    for company, npp, _count in groups:
        numbers[company].update([npp] if npp else [])
    found = Counter[tuple[str, str]]()
    for company, npp, count in groups:
        theirs = npp or (next(iter(numbers[company])) if len(numbers[company]) == 1 else "")
        found[company, theirs] += count
    return found
