"""Text from files is text: cleaned of what cannot be seen or could act on a terminal, never of what was written.

``clean`` is for reading; ``raw_text`` is for keeping beside a value, so that a person can see what the cell said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from store.rules.readings import Cell, CellError

EXACT_FLOAT = 2.0**53
"""Whole numbers from here on may have been changed by the spreadsheet before they reached us (domain.md 3.1)."""

_SHORT = 100
"""A cell is looked at several times on the way: what came of a text that is no longer than this is remembered."""

# Letters and marks that show nothing but are not format characters: Hangul fillers, braille blank, grapheme joiner.
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_EMPTY_WORDS = frozenset(
    {
        "n/a",
        "nihil",
        "kosong",
        "null",
        "none",
        "nil",
        "tidak ada",
        "tdk ada",
        "tak ada",
        "belum ada",
        "blm ada",
        "tidak punya",
        "tidak tersedia",
    }
)
_ERROR_TEXT = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)", re.I)
_ONLY_MARKS = re.compile(r"[-._\s]+")
_FORMULA_GUARD = re.compile(r"'(?=[=+\-@])")
_DECIMAL_ZERO = re.compile(r"([0-9]+)\.0+")


def _visible(char: str) -> str:
    """What is left of one character: itself, a space for any white space, nothing for what is unseen or could act."""
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"  # half a character: no database or file takes it
    if category in ("Cc", "Cf") or char in _INVISIBLE or "\ufe00" <= char <= "\ufe0f":
        return ""
    return char


def _show(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def raw_text(cell: Cell) -> str:
    """The cell as a person would read it, for keeping: control, direction and unseen characters gone, nothing else.

    Whole floats lose their ``.0`` (a workbook reader gives every number as float); dates come as ISO.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _show(str(cell)).strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT_FLOAT else repr(cell)
    if isinstance(cell, int):
        return str(cell) if abs(cell) < 10**40 else "9e99"  # beyond Python's own limit of digits in text
    if isinstance(cell, datetime) and cell.time() == time(0) and cell.tzinfo is None:
        return cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return ""


def clean(text: str) -> str:
    """NFKC, without zero-width, control and direction characters, white space collapsed. Idempotent."""
    return _cleaned(text) if len(text) <= _SHORT else _clean(text)


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    shown = _show(unicodedata.normalize("NFKC", _show(text)))
    return " ".join(unicodedata.normalize("NFKC", shown).split())


_cleaned = lru_cache(maxsize=2048)(_clean)


def clean_cell(cell: Cell) -> str:
    """``clean`` of any cell, without the apostrophe that guards a formula in a CSV file."""
    return _FORMULA_GUARD.sub("", clean(raw_text(cell)), count=1) if cell is not None else ""


def is_lookup_failure(cell: Cell) -> bool:
    """An error cell, or its text: a value that a formula should have fetched and did not (domain.md 2.9)."""
    return isinstance(cell, CellError) or (
        isinstance(cell, str) and "#" in cell and bool(_ERROR_TEXT.fullmatch(clean(cell)))
    )


def is_empty(cell: Cell, *, zero: bool = True) -> bool:
    """Nothing was said: empty, ``-``, ``.``, ``…``, ``tidak ada``, an error cell; ``0`` too, unless it is money.

    ``#N/A`` counts as empty; ``is_lookup_failure`` tells it from a cell that was left empty (domain.md 3.4).
    """
    if cell is None:
        return True
    if type(cell) is str and "#" not in cell:
        return _says_nothing(cell, zero) if len(cell) <= _SHORT else _is_nothing(cell, zero)
    if is_lookup_failure(cell):
        return True
    if isinstance(cell, bool):
        return False
    if isinstance(cell, (int, float)):
        return zero and cell == 0
    if not isinstance(cell, str):
        return False
    return _is_nothing(cell, zero)


def _is_nothing(cell: str, zero: bool) -> bool:
    if cell.isascii() and cell.isprintable() and cell[:1].isalnum() and cell[-1:].isalnum() and "  " not in cell:
        text = cell.lower()  # as most cells are: there is nothing to clean or to cut
        return text in _EMPTY_WORDS or (zero and text in ("0", "0.0"))
    text = clean(cell).lower()
    if zero and text in ("0", "0.0"):
        return True
    return not text or bool(_ONLY_MARKS.fullmatch(text)) or text.strip("()- .") in _EMPTY_WORDS


_says_nothing = lru_cache(maxsize=2048)(_is_nothing)


def first_said(cells: Iterable[Cell]) -> Cell:
    """The first cell that says something, else one whose formula failed: a failed one is no empty one."""
    some = list(cells)
    return next((cell for cell in some if not is_empty(cell)), next(filter(is_lookup_failure, some), None))


def strange_digits(text: str, *, letters: bool = False) -> bool:
    """Whether folding would make digits (with ``letters`` letters too) of something else, as of a footnote's ``²``.

    Full-width forms and other shapes of the digits themselves are harmless (domain.md 3.4 row 29).
    """
    if text.isascii():
        return False
    pattern = r"[0-9A-Za-z]" if letters else r"[0-9]"
    return any(
        not char.isascii()
        and not "\uff01" <= char <= "\uff5e"
        and unicodedata.category(char) != "Nd"
        and re.search(pattern, unicodedata.normalize("NFKC", char))
        for char in text
    )


def code_text(cell: Cell) -> tuple[str, bool] | None:
    """The text of an identifier's cell and whether it was a number (then leading zeros may be lost).

    The apostrophe mark of Excel and a ``.0`` are cut. ``None`` when digits were or may have been lost: a fraction, a
    negative or a number beyond 2^53, exponent notation, true/false, a date, digits that are not digits.
    """
    if isinstance(cell, bool) or cell is None or isinstance(cell, (date, time)):
        return None
    if isinstance(cell, (int, float)):
        if not 0 <= cell < EXACT_FLOAT or cell != int(cell):
            return None
        return str(int(cell)), True
    if cell.isascii() and cell.isalnum():
        return cell, False  # there is nothing to cut
    if strange_digits(cell, letters=True):
        return None
    text = clean(cell).strip("'`\u2018\u2019\"").strip()
    if re.fullmatch(r"[0-9]+[.,][0-9]+[Ee][+-]?[0-9]+|[0-9]+[Ee][+-][0-9]+", text):
        return None
    whole = _DECIMAL_ZERO.fullmatch(text)
    return (whole[1], True) if whole else (text, False)
