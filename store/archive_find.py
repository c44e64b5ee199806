"""Finding a file in the archive as somebody types: programme and day first, or any word of it (domain.md 2.7).

An index of words (`archived_term`) is walked from whatever of the words or the days is rarest; so a name that
everybody has costs no more than a rare one. `%s` marks values; both databases take the same statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from store.archive_contents import read_many
from store.archive_rows import ArchivedRow
from store.claim_file_rows import require_desk
from store.database import Database
from store.office import setting
from store.rules.archive_terms import AFTER_ALL, Sought, read_sought, terms_of
from store.snapshot import Snapshot
from store.transaction import Transaction

_COUNTED: Final = (1_000, 20_000)
_SPARE: Final = 2  # a file may have several words that begin alike


def find(look: Snapshot, text: str, limit: int) -> list[ArchivedRow]:
    """Files that fit all that was typed, the newest first; at most `limit`. Raises NotAllowed."""
    require_desk(look)
    sought = read_sought(text)
    if sought.is_empty:
        return []
    pattern = str(setting(look, "voucher.code_pattern"))
    ids, fitting = found_ids(look.database, sought, _SPARE * limit), list[ArchivedRow]()
    while ids and len(fitting) < limit:
        some, ids = ids[: limit - len(fitting)], ids[limit - len(fitting) :]
        # The index has the words of a file that was never changed; of another one also those of before.
        fitting += [row for row in read_many(look, some) if row.version == 1 or sought.fits(_terms(row, pattern))]
    fitting.sort(key=lambda row: (row.dated is not None, row.dated, row.code_order), reverse=True)
    return fitting


def found_ids(database: Database, sought: Sought, limit: int) -> list[int]:
    """Ids of files that may be meant, each once, in the order of the index."""
    rarest = _by_rarity(database, sought)
    driver = rarest[0] if rarest else None
    others = [number for number in rarest[1:] if number is not None]
    ids: list[int] = []
    for way in _apart(sought.words[driver]) if driver is not None else ("",):
        sql, values = _walk(sought, limit - len(ids), way, others)
        ids += [row[0] for row in database.rows(sql, values)]
        if len(ids) >= limit:
            break
    return list(dict.fromkeys(ids))


def _walk(sought: Sought, limit: int, way: str, others: Sequence[int]) -> tuple[str, list[Any]]:
    """The walk from one spelling of a word, or ('') from the days; `others` are looked for in the index at each file.

    One spelling at a time, so that the index gives the order and the walk ends with the limit. CROSS JOIN, and a
    value instead of EXISTS, hold both databases to looking at the words, which lie together, before the file.
    """
    conditions, values = list[str](), list[Any]()
    if way:
        source, order, file = "archived_term t CROSS JOIN archived a", "t.term, t.archived_id DESC", "t.archived_id"
        conditions += [_between("t", (way,), values), "a.id = t.archived_id"]
    else:
        source, order, file = "archived a", "a.dated DESC, a.id DESC", "a.id"
    conditions.append("NOT a.undone")
    if sought.program:
        conditions.append("a.program = %s")
        values.append(sought.program)
    if sought.first is not None and sought.last is not None:
        conditions.append("a.dated >= %s AND a.dated <= %s")
        values += [sought.first.isoformat(), sought.last.isoformat()]
    elif not way:
        conditions.append("a.dated IS NOT NULL")
    for number in others:
        told = _between("o", _apart(sought.words[number]), values)
        found = f"SELECT 1 FROM archived_term o WHERE o.archived_id = {file} AND {told} LIMIT 1"
        conditions.append(f"({found}) IS NOT NULL")
    sql = f"SELECT a.id FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT %s"
    return sql, [*values, limit]


def _apart(ways: Sequence[str]) -> list[str]:
    """The spellings in the order of the index, without those that another one holds in it: no word is met twice."""
    return [way for way in sorted(ways) if not any(way != other and way.startswith(other) for other in ways)]


def _between(table: str, ways: Sequence[str], values: list[Any]) -> str:
    for way in ways:
        values += [way, way + AFTER_ALL]
    return "(" + " OR ".join([f"({table}.term >= %s AND {table}.term < %s)"] * len(ways)) + ")"


def _by_rarity(database: Database, sought: Sought) -> list[int | None]:
    """The words by number, the rarest first; None among them are the days. Empty where only a programme was typed.

    Counted a little at first: only where everything is common is it worth counting on. Where that does not tell, the
    days come first: along them the newest files stand, most of which have a word that is so common.
    """
    ways: list[tuple[str, list[Any], int | None]] = []
    for number, spellings in enumerate(sought.words):
        values: list[Any] = []
        told = _between("t", _apart(spellings), values)
        ways.append((f"archived_term t WHERE {told}", values, number))
    if sought.first is not None and sought.last is not None:
        days, told = [sought.first.isoformat(), sought.last.isoformat()], "a.dated >= %s AND a.dated <= %s"
        if sought.program:
            days, told = [sought.program, *days], f"a.program = %s AND {told}"
        ways.insert(0, (f"archived a WHERE {told}", days, None))
    if len(ways) < 2:
        return [number for _what, _values, number in ways]
    for most in _COUNTED:
        counts = sorted((_count(database, what, values, most), at) for at, (what, values, _number) in enumerate(ways))
        if counts[0][0] < most:
            break
    return [ways[at][2] for _count_of, at in counts]


def _count(database: Database, what: str, values: Sequence[Any], most: int) -> int:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {what} LIMIT {most}) AS looked_at"
    return int(database.rows(sql, values)[0][0])


def _terms(row: ArchivedRow, pattern: str) -> frozenset[str]:
    told = {"name": row.name, "kpj": row.kpj, "code": row.code, "decision": row.decision, "npp": row.npp}
    return terms_of(**told, pattern=pattern)


def note_terms(tx: Transaction, ids: Iterable[int], rows: Iterable[Mapping[str, Any]]) -> None:
    """Puts the words of new or changed files into the index; words of before stay and are passed over by `find`."""
    pattern = str(setting(tx, "voucher.code_pattern"))
    names = ("name", "kpj", "code", "decision", "npp")
    lines = [
        (term, archived_id)
        for archived_id, row in zip(ids, rows, strict=True)
        for term in sorted(terms_of(**{name: str(row.get(name) or "") for name in names}, pattern=pattern))
    ]
    if lines:
        tx.database.executemany(
            "INSERT INTO archived_term (term, archived_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", lines
        )
