"""What a region takes on the disk, for docs/region.md: one line of the table for each size that was measured."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import psycopg

_MARKS: Final = ("<!-- room: written by python -m bench.region --explain -->", "<!-- end of room -->")
_HEAD: Final = (
    "| people | database | of it the trail | participants | words of the archive | open problems, and counts"
    " | the largest index |",
    "|---|---|---|---|---|---|---|",
)
_RECKONED: Final = 50_000_000
_SIZES: Final = """SELECT pg_database_size(current_database()),
    pg_total_relation_size('audit') + pg_total_relation_size('audit_change'), pg_total_relation_size('participant'),
    pg_total_relation_size('archived_term'),
    pg_total_relation_size('open_problem') + pg_total_relation_size('person_quality')
        + pg_total_relation_size('problem_count') + pg_total_relation_size('quality_group'),
    (SELECT max(pg_relation_size(oid)) FROM pg_class WHERE relkind = 'i')"""


def sizes(connection: psycopg.Connection[Any]) -> tuple[int, ...]:
    """Bytes: everything, the trail, people, words of the archive, what is open with its counts, the largest index."""
    row = connection.execute(_SIZES).fetchone()
    assert row is not None
    return tuple(map(int, row))


def write_room(page: Path, people: int, found: tuple[int, ...]) -> None:
    """Puts the line of so many people into the table; the other sizes stay, the last line is reckoned from the most."""
    before, _mark, rest = page.read_text(encoding="utf-8").partition(_MARKS[0])
    table, _end, after = rest.partition(_MARKS[1])
    lines = {int(each[1].replace(",", "")): each[0] for each in re.finditer(r"^\| ([\d,]+) \|.*$", table, re.MULTILINE)}
    lines[people] = _line(people, found)
    if people == max(lines.keys() - {_RECKONED}):
        lines[_RECKONED] = _line(_RECKONED, tuple(each * _RECKONED // people for each in found))
    text = "\n".join((_MARKS[0], "", *_HEAD, *(lines[each] for each in sorted(lines)), "", _MARKS[1]))
    page.write_text(before + text + after, encoding="utf-8")


def _line(people: int, found: tuple[int, ...]) -> str:
    return f"| {people:,} | {' | '.join(map(_told, found))} |"


def _told(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
