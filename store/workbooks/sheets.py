"""Finds the header row of a sheet, what each column stands for, and what each row is. Pure: cells in, meaning out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from store.rules.readings import Cell, CellError
from store.workbooks.content import plain, sample
from store.workbooks.headings import NAME_PARTS, PHONE_AREA, PHONE_LOCAL, Vocabulary, normalise, show_heading

RowKind = Literal["data", "empty", "repeated-header", "totals", "numbering"]

HEADER_WITHIN = 30  # rows that hold something
FEWEST_HEADINGS = 3
TOTALS = re.compile(r"(?:GRAND|SUB)?[\s_.-]*(?:TOTAL|JUMLAH|JML)\b", re.IGNORECASE)
_NUMBERING = re.compile(r"\(?([0-9]{1,3})\)?")
_DIGITS = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Header:
    """A header row: its number, and one heading per column (``''`` for none), each different from the others."""

    row: int
    last_row: int
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Doubt:
    """A column whose heading says one field and whose cells clearly are something else; it is not read."""

    heading: str
    field: str
    looks_like: str


@dataclass
class ColumnMap:
    """What the columns stand for: a field, a part of one (``name_first``), or None, per column."""

    fields: list[str | None]
    doubts: list[Doubt] = field(default_factory=list)

    @cached_property
    def named(self) -> list[tuple[int, str]]:
        """The columns that are read, once all of them are settled."""
        return [(column, name) for column, name in enumerate(self.fields) if name is not None]

    @cached_property
    def has_parts(self) -> bool:
        """Whether some of them have to be put together."""
        return not {name for _, name in self.named}.isdisjoint({*NAME_PARTS, PHONE_AREA, PHONE_LOCAL})

    def column(self, name: str) -> int | None:
        return self.fields.index(name) if name in self.fields else None

    def shown(self, header: Header) -> dict[str, str | None]:
        """Heading -> field, as people map it: the parts of a name are name, of a telephone number phones."""
        whole = dict.fromkeys(NAME_PARTS, "name") | {PHONE_AREA: "phones", PHONE_LOCAL: "phones"}
        return {
            heading: whole.get(name, name) if name else None
            for heading, name in zip(header.headings, self.fields, strict=True)
            if heading
        }


def find_header(
    rows: Sequence[tuple[int, Sequence[Cell]]], overrides: Mapping[str, str], vocabulary: Vocabulary
) -> Header | None:
    """The row that names most columns among the first rows that hold something; titles above it name none.

    ``rows`` are (number, cells); ``overrides`` are normalised heading -> field and count as known headings.
    """
    held = [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)][:HEADER_WITHIN]
    best, best_score = -1, (0, 0)
    for index, (_, cells) in enumerate(held):
        score = _heading_score(cells, overrides, vocabulary)
        if score > best_score:
            best, best_score = index, score
    if best < 0:
        return _find_lone(rows, vocabulary)
    number, cells = held[best]
    above = held[best - 1][1] if best and held[best - 1][0] == number - 1 else ()
    below = held[best + 1][1] if best + 1 < len(held) and held[best + 1][0] == number + 1 else ()
    second = below if _is_second_line(cells, below, vocabulary) else ()
    headings = unique(_headings(above if _spans(above, vocabulary) else (), cells, second))
    return Header(number, number + (1 if second else 0), headings)


def _find_lone(rows: Sequence[tuple[int, Sequence[Cell]]], vocabulary: Vocabulary) -> Header | None:
    """The first row with a heading of the one field that is asked for."""
    for number, cells in rows[:HEADER_WITHIN] if vocabulary.lone else ():
        named = {(vocabulary.field_of(show_heading(cell)) or ("",))[0] for cell in cells if cell is not None}
        if vocabulary.lone in named:
            return Header(number, number, unique(_headings((), cells, ())))
    return None


def _heading_score(cells: Sequence[Cell], overrides: Mapping[str, str], vocabulary: Vocabulary) -> tuple[int, int]:
    """(fields named, headings known), nothing for a row that is no header."""
    shown = [show_heading(cell) for cell in cells]
    known = {normalise(text) for text in shown if vocabulary.is_known(text) or normalise(text) in overrides}
    named = {overrides.get(normalise(text)) or (vocabulary.field_of(text) or (None,))[0] for text in shown if text} - {
        None
    }
    if len(named) < 2 and not (named and len(known) >= (2 if overrides else FEWEST_HEADINGS)):
        return 0, 0
    return len(named), len(known)


def _is_second_line(first: Sequence[Cell], second: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """A header in two lines: the lower one has known headings only, and only under part of the upper one."""
    texts = [show_heading(cell) for cell in second if cell is not None]
    if not texts or not all(vocabulary.is_known(text) for text in texts):
        return False
    upper = {column for column, cell in enumerate(first) if cell is not None}
    lower = {column for column, cell in enumerate(second) if cell is not None}
    return bool(upper - lower) and len(upper) >= 2 and not any(_DIGITS.search(text) and len(text) > 6 for text in texts)


def _spans(above: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether the row above is the upper line of a header (several known headings) and no title."""
    return sum(vocabulary.is_known(show_heading(cell)) for cell in above) >= 2


def _headings(above: Sequence[Cell], cells: Sequence[Cell], below: Sequence[Cell]) -> list[str]:
    headings = []
    for column in range(max(len(above), len(cells), len(below))):
        upper, middle, lower = (show_heading(row[column]) if column < len(row) else "" for row in (above, cells, below))
        headings.append(lower or middle or upper)
    return headings


def unique(headings: Sequence[str]) -> tuple[str, ...]:
    """Equal headings get a number behind, so that each column can be spoken of."""
    seen: set[str] = set()
    unique = []
    for heading in headings:
        name, count = heading, 1
        while heading and normalise(name) in seen:
            count += 1
            name = f"{heading} ({count})"
        seen.add(normalise(name))
        unique.append(name)
    return tuple(unique)


def map_columns(
    header: Header, rows: Sequence[Sequence[Cell]], overrides: Mapping[str, str], vocabulary: Vocabulary
) -> ColumnMap:
    """What each column stands for: by a person's word (``overrides``), else by heading where the cells agree.

    ``rows`` are the first data rows. A field that two columns claim goes to the surer spelling, then to the first;
    telephone numbers come from all of theirs.
    """
    mapped = ColumnMap([None] * len(header.headings))
    claims: list[tuple[int, int, str]] = []
    for column, heading in enumerate(header.headings):
        if not heading:
            continue
        name = normalise(heading)
        if name in overrides:
            if overrides[name]:
                claims.append((-1, column, overrides[name]))
            continue
        cells = sample([row[column] for row in rows if column < len(row)])
        claim = _claim(heading, cells, mapped.doubts, vocabulary)
        if claim:
            claims.append((claim[1], column, claim[0]))
    for _, column, name in sorted(claims):
        if name in vocabulary.many or name not in mapped.fields:
            mapped.fields[column] = name
    _drop_useless_parts(mapped.fields)
    return mapped


def _claim(heading: str, cells: list[Cell], doubts: list[Doubt], vocabulary: Vocabulary) -> tuple[str, int] | None:
    named, ambiguous = vocabulary.field_of(heading), normalise(heading) in vocabulary.ambiguous
    if named is None or ambiguous:
        seen = vocabulary.looks_like(cells) if ambiguous else None
        return (seen, 1000) if seen in vocabulary.fields else None
    seen = vocabulary.contradicts(named[0], cells) if named[0] in vocabulary.fields else None
    if seen is not None:
        doubts.append(Doubt(heading, named[0], seen))
        return None
    return named


def _drop_useless_parts(fields: list[str | None]) -> None:
    """Parts give way to the whole name; an area code without the number's column says nothing."""
    for column, name in enumerate(fields):
        if (name in NAME_PARTS and "name" in fields) or (name == PHONE_AREA and PHONE_LOCAL not in fields):
            fields[column] = None


def kind_of_row(cells: Sequence[Cell], mapped: ColumnMap, header: Header, vocabulary: Vocabulary) -> RowKind:
    """What a row below the header is. Only rows without a plausible key (the KPJ, the code) are looked at closely."""
    column = mapped.column(vocabulary.key)
    text = plain(cells[column] if column is not None and column < len(cells) else None)
    if len(_DIGITS.findall(text)) >= 6 and not TOTALS.match(text):
        return "data"
    if not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells):
        return "empty"
    if _repeats(cells, header, vocabulary):
        return "repeated-header"
    if any(isinstance(cell, str) and not isinstance(cell, CellError) and TOTALS.match(cell.strip()) for cell in cells):
        return "totals"
    if counts_columns(cells):
        return "numbering"
    return "data"


def _repeats(cells: Sequence[Cell], header: Header, vocabulary: Vocabulary) -> bool:
    """Headings again: mostly the same ones, wherever they stand (`reorder` follows a new order)."""
    shown = {normalise(show_heading(cell)) for cell in cells if isinstance(cell, str)} - {""}
    own = {normalise(heading) for heading in header.headings} - {""}
    return len(shown) >= 2 and (len(shown & own) >= 0.6 * len(shown) or _heading_score(cells, {}, vocabulary) >= (3, 3))


def reorder(
    cells: Sequence[Cell], number: int, header: Header, mapped: ColumnMap, vocabulary: Vocabulary
) -> tuple[Header, ColumnMap]:
    """After headings again: the columns as they stand from here on, each meaning what its heading meant before."""
    again = Header(number, number, unique([show_heading(cell) for cell in cells]))
    known = {normalise(text): name for text, name in zip(header.headings, mapped.fields, strict=True) if text}
    if [normalise(text) for text in again.headings] == [normalise(text) for text in header.headings]:
        return header, mapped
    fields: list[str | None] = []
    for heading in again.headings:
        spelling = normalise(heading)
        name = known[spelling] if spelling in known else (vocabulary.field_of(heading) or (None,))[0]
        fields.append(name if name in vocabulary.many or name not in fields else None)
    fresh = ColumnMap(fields, mapped.doubts)
    if fresh.column(vocabulary.key) is None:  # headings that lead nowhere do not take the way we have
        return header, mapped
    _drop_useless_parts(fresh.fields)
    return again, fresh


def counts_columns(cells: Sequence[Cell]) -> bool:
    """The line ``(1) (2) (3) …`` that forms print under their headings."""
    numbers = []
    for cell in cells:
        if cell is None:
            continue
        match = _NUMBERING.fullmatch(plain(cell))
        if match is None:
            return False
        numbers.append(int(match.group(1)))
    return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def cells_of(cells: Sequence[Cell], mapped: ColumnMap) -> dict[str, list[Cell]]:
    """Field -> its cells in the order of the columns, parts put together."""
    found: dict[str, list[Cell]] = {}
    for column, name in mapped.named:
        found.setdefault(name, []).append(cells[column] if column < len(cells) else None)
    if not mapped.has_parts:
        return found
    parts = [found.pop(name)[0] for name in NAME_PARTS if name in found]
    if parts:
        found["name"] = [_join_name(parts)]
    area, local = found.pop(PHONE_AREA, [None])[0], found.pop(PHONE_LOCAL, [None])[0]
    if local is not None:
        found.setdefault("phones", []).append(_join_phone(area, local))
    return found


def _join_name(parts: Sequence[Cell]) -> Cell:
    for part in parts:
        if isinstance(part, CellError):
            return part
    return " ".join(text for text in map(plain, parts) if text) or None


def _join_phone(area: Cell, local: Cell) -> Cell:
    """``0765`` and ``91234`` of two columns; Excel may have eaten the area's zero. A number that has it all stays."""
    code, number = plain(area), plain(local)
    if isinstance(local, CellError) or not re.fullmatch(r"0?[1-9][0-9]{1,3}", code) or not _DIGITS.match(number):
        return local
    if number.startswith(("0", "62")) or len(number) > 8:
        return local
    return f"{code if code.startswith('0') else '0' + code} {number}"
