"""What a heading is, and a vocabulary: which headings a kind of list has, and the field each stands for."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from store.rules.readings import Cell, CellError

NAME_PARTS = ("name_first", "name_middle", "name_last")
PHONE_AREA = "phone_area"
PHONE_LOCAL = "phone_local"
LONGEST_HEADING = 60

_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_UNIT = re.compile(r"_(RP|RUPIAH|IDR|DD_MM_YYYY|WAJIB|16_DIGIT|11_DIGIT|8_DIGIT)$")
_COUNTED = re.compile(r"_?[0-9]$")


def words(text: str) -> tuple[str, ...]:
    """The spellings of one line."""
    return tuple(text.split())


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What one kind of list is called by those who make it, and what the reader needs to know of it.

    `spellings`: field, or part of one, to its normalised headings, the surest first. `ambiguous` headings say nothing
    sure: what stands below decides. `others` are known, and no field wants them; they help to find the header row.
    `needed` are reasons for leaving a sheet out, each with the fields of which one must be there. A row whose cell of
    `key` holds six digits is data, whatever else it says. `many` fields may fill several columns, `filled` ones are
    merged over several rows. `lone` is the field whose heading alone makes a header row. With `totals` the rows that
    add up are handed on too, and the lines above the header. Where words only have places (PDF), a row is a line with
    something in a column of `starts`.
    """

    fields: tuple[str, ...]
    spellings: Mapping[str, tuple[str, ...]]
    ambiguous: frozenset[str]
    others: frozenset[str]
    key: str
    needed: tuple[tuple[str, frozenset[str]], ...]
    looks_like: Callable[[Sequence[Cell]], str | None]
    contradicts: Callable[[str, Sequence[Cell]], str | None]
    many: tuple[str, ...] = ()
    filled: frozenset[str] = frozenset()
    lone: str | None = None
    totals: bool = False
    starts: frozenset[str] = frozenset()

    @functools.cached_property
    def by_spelling(self) -> dict[str, tuple[str, int]]:
        """Normalised heading to its field and how sure it is."""
        return {
            spelling: (field, rank)
            for field, spellings in self.spellings.items()
            for rank, spelling in enumerate(spellings)
        }

    def field_of(self, heading: str) -> tuple[str, int] | None:
        """The field or part that a heading names and how sure its spelling is (0 the surest), or None."""
        return None if len(heading) > LONGEST_HEADING * 3 else _field_of(self, heading)

    def is_known(self, heading: str) -> bool:
        """Whether a cell's text is some heading of such lists, wanted or not."""
        if not heading or len(heading) > LONGEST_HEADING:
            return False
        spelling = normalise(heading)
        return spelling in self.others or spelling in self.ambiguous or self.field_of(heading) is not None

    def missing(self, found: Sequence[str | None]) -> str | None:
        """Why a sheet with these fields cannot be read, or None."""
        return next((reason for reason, fields in self.needed if not fields.intersection(found)), None)


@functools.lru_cache(maxsize=4096)
def _field_of(vocabulary: Vocabulary, heading: str) -> tuple[str, int] | None:
    tries = [normalise(heading), normalise(_BRACKETS.sub(" ", heading))]
    tries += [_UNIT.sub("", spelling) for spelling in tries]
    tries += [_COUNTED.sub("", spelling) for spelling in tries]
    for spelling in tries:
        if spelling in vocabulary.by_spelling:
            return vocabulary.by_spelling[spelling]
    return None


def without_unit(spelling: str) -> str:
    """A normalised heading without the unit or form behind it: ``UPAH_RP`` -> ``UPAH``."""
    return _UNIT.sub("", spelling)


def show_heading(cell: Cell) -> str:
    """The heading as people see it: one line, at most 200 letters; ``''`` for anything that is no text."""
    if not isinstance(cell, str) or isinstance(cell, CellError):
        return ""
    if not cell.isprintable():
        cell = "".join(letter if letter.isprintable() else " " for letter in cell[:1000])
    return " ".join(cell.split())[:200]


@functools.lru_cache(maxsize=4096)
def normalise(heading: str) -> str:
    """Upper case, everything between words one underscore: ``No. Telp`` -> ``NO_TELP``."""
    plain = unicodedata.normalize("NFKC", heading).upper()
    return _NOT_ALNUM.sub("_", plain).strip("_")
