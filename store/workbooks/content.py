"""What a column really holds, judged by its cells: headings can lie (domain.md 2.9)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from store.rules.readings import Cell, CellError

ENOUGH = 3  # cells; fewer prove nothing
CLEAR = 0.8

_EMPTY = frozenset({"", "-", "--", "0", ".", "#N/A", "N/A", "NIHIL", "KOSONG", "TIDAK ADA", "BELUM ADA"})
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"[0-9]")
_SPACES = re.compile(r"[\s.'\u00a0-]+")
_KPJ = re.compile(r"[0-9]{11}")
_NIK = re.compile(r"[0-9]{16}")
_NPP = re.compile(r"[0-9]{8}")
_PHONE = re.compile(r"(?:0|\+?62)[0-9]{6,13}")
_DATE = re.compile(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{2,4}")
_CLAIM = re.compile(r"KLAIM|CLAIM|CAIR")
_ACTIVE = re.compile(r"AKTIF|ACTIVE")


def plain(cell: Cell) -> str:
    """The cell's text as a person sees it, whole numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e17:
        return str(int(cell))
    return str(cell).strip()


def _digits(cell: Cell) -> str:
    return _SPACES.sub("", plain(cell))


def _is_date(cell: Cell) -> bool:
    return isinstance(cell, (date, datetime)) or (isinstance(cell, str) and bool(_DATE.search(cell)))


def _may_be_date(cell: Cell) -> bool:
    """A plain number may be a day number of Excel's, but proves nothing: an NPP without its zeros looks the same."""
    return _is_date(cell) or (isinstance(cell, (int, float)) and 1 < cell < 80_000)


SHAPES: dict[str, Callable[[Cell], bool]] = {
    "nik": lambda cell: bool(_NIK.fullmatch(_digits(cell))),
    "kpj": lambda cell: bool(_KPJ.fullmatch(_digits(cell))),
    "npp": lambda cell: bool(_NPP.fullmatch(_digits(cell))),
    "email": lambda cell: "@" in plain(cell),
    "claimed": lambda cell: bool(_CLAIM.search(plain(cell).upper())),
    "active": lambda cell: bool(_ACTIVE.search(plain(cell).upper())) and not _CLAIM.search(plain(cell).upper()),
    "phones": lambda cell: isinstance(cell, str) and bool(_PHONE.match(_digits(cell))),
    "birth_date": _is_date,
}
"""Field -> whether one cell has the shape that only this field has, the most telling first."""


def sample(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that say something: neither empty nor a mark of emptiness nor an error."""
    return [cell for cell in cells if not isinstance(cell, CellError) and plain(cell).upper() not in _EMPTY]


def share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    """The part of the cells that pass, 0 for none at all."""
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def is_running(cells: Sequence[Cell]) -> bool:
    """Whether the cells count 1, 2, 3 … (restarting is fine)."""
    numbers = [int(text) for text in map(plain, cells) if text.isascii() and text.isdigit() and len(text) < 8]
    if len(numbers) < max(ENOUGH, CLEAR * len(cells)):
        return False
    steps = sum(later == earlier + 1 for earlier, later in itertools.pairwise(numbers))
    return steps >= CLEAR * (len(numbers) - 1)


def looks_like(cells: Sequence[Cell]) -> str | None:
    """The field whose shape nearly all cells have, ``number`` for a running number, None where nothing is clear."""
    if len(cells) < ENOUGH:
        return None
    if is_running(cells):
        return "number"
    for field, test in SHAPES.items():
        if share(cells, test) >= CLEAR:
            return field
    return None


def contradicts(field: str, cells: Sequence[Cell]) -> str | None:
    """What a column headed as ``field`` clearly holds instead (``text`` or ``digits`` where it is no field), or None.

    A single field's oddities are the rules' to report, row by row; only a column that is as a whole something else is
    named here. Too few cells contradict nothing.
    """
    own_shape = _may_be_date if field == "birth_date" else SHAPES.get(field)
    if len(cells) < ENOUGH or (own_shape is not None and share(cells, own_shape) >= 1 - CLEAR):
        return None
    if field in ("name", "company", "pembina"):
        if share(cells, lambda cell: bool(_LETTER.search(plain(cell)))) > 1 - CLEAR:
            return None
        return looks_like(cells) or "digits"
    seen = looks_like(cells)
    if field == "jht_balance":
        return None if share(cells, lambda cell: bool(_DIGIT.search(plain(cell)))) > 1 - CLEAR else (seen or "text")
    if field in ("active", "claimed", "sex"):
        return seen if seen not in (None, field) else _unless_words(cells)
    if field == "phones":  # a number without its zero may be 8 or 11 digits long, which proves nothing
        return seen if seen in ("nik", "email", "number", "active", "claimed") else _unless_digits(cells)
    if field == "email":
        return seen if seen not in (None, field) else None
    return seen if seen not in (None, field) else _unless_digits(cells)


def _unless_digits(cells: Sequence[Cell]) -> str | None:
    return "text" if share(cells, lambda cell: bool(_DIGIT.search(plain(cell)))) <= 1 - CLEAR else None


def _unless_words(cells: Sequence[Cell]) -> str | None:
    long_numbers = share(cells, lambda cell: len(_digits(cell)) > 3 and _digits(cell).isdigit())
    return "digits" if long_numbers >= CLEAR else None
