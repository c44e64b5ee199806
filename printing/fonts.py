"""The face that everything on paper is set in, and which letters it has.

DejaVu Sans lies in this package and goes into each PDF as a subset, so a page looks the same on every machine. A letter
that it lacks would come out as an empty box without any error: every text is checked before it is set.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing.errors import LetterMissing
from store.rules.text import raw_text

REGULAR: Final = "Loket-Sans"
BOLD: Final = "Loket-Sans-Bold"
FONTS: Final = Path(__file__).parent / "fonts"
_FILES: Final = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}


@cache
def letters() -> frozenset[str]:
    """Registers the faces with ReportLab, once, and gives the letters that both weights have."""
    rl_config.useA85 = 0  # pages as bytes, not as letters: a fifth smaller, and done in half the time
    known = []
    for name, file in _FILES.items():
        # Not shapable: what is on the page must not depend on whether HarfBuzz happens to be installed.
        font = TTFont(name, str(FONTS / file), shapable=False)
        pdfmetrics.registerFont(font)
        known.append({chr(code) for code in font.face.charToGlyph})
    return frozenset(filter(_is_set_in_order, known[0] & known[1]))


def _is_set_in_order(letter: str) -> bool:
    """A visible letter that stands to the right of the one before it.

    The face has Arabic and Hebrew letters as well, but nothing here joins or turns them: a name would be unreadable.
    """
    category = unicodedata.category(letter)
    return category[0] != "C" and unicodedata.bidirectional(letter) not in ("R", "AL")


def missing_letters(text: str) -> str:
    """The letters of a text that cannot be printed, each once, in the order they come."""
    return "".join(dict.fromkeys(letter for letter in text if letter not in letters()))


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """The text as it is set: nothing unseen or acting in it, accents joined to their letters, blanks single.

    Raises LetterMissing when a letter cannot be printed.
    """
    shown = " ".join(unicodedata.normalize("NFC", raw_text(text)).split())
    missing = missing_letters(shown)
    if missing:
        raise LetterMissing(shown, missing[0])
    return shown


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a printable text is, in points."""
    widths = _widths(bold)
    return 0.001 * size * sum([widths[letter] for letter in text])


@cache
def _widths(bold: bool) -> dict[str, float]:
    """How wide each letter is, in thousandths of the size."""
    known = letters()
    font = pdfmetrics.getFont(BOLD if bold else REGULAR)
    assert isinstance(font, TTFont)
    widths = font.face.charWidths
    return {letter: widths[ord(letter)] for letter in known}


def size_for(text: str, width: float, size: float, bold: bool = False) -> float:
    """The size, at most `size`, at which the whole text fits: for numbers, of which none may lose a digit."""
    natural = text_width(printable(text), size, bold)
    return size if natural <= width else size * width / natural


def fit(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text when it fits into `width` points, else as much of it as fits with … at its end."""
    shown = printable(text)
    return shown if text_width(shown, size, bold) <= width else _cut(shown, width, size, bold)


def _cut(shown: str, width: float, size: float, bold: bool) -> str:
    """As much of a text as fits, and …; a width that holds not even that gives an empty text."""
    least, most = 0, len(shown)
    while least < most:
        middle = (least + most + 1) // 2
        if text_width(f"{shown[:middle].rstrip()}…", size, bold) <= width:
            least = middle
        else:
            most = middle - 1
    cut = f"{shown[:least].rstrip()}…"
    return cut if text_width(cut, size, bold) <= width else ""


def wrap(text: str, width: float, size: float, bold: bool = False, lines: int = 2) -> list[str]:
    """The text in at most `lines` lines of at most `width` points, broken at blanks; the last may end in ….

    A word longer than a line is broken anywhere. An empty text gives no line.
    """
    rest = printable(text)
    made: list[str] = []
    while rest and len(made) < lines - 1 and text_width(rest, size, bold) > width:
        line, rest = _first_line(rest, width, size, bold)
        made.append(line)
    if rest:
        made.append(rest if text_width(rest, size, bold) <= width else _cut(rest, width, size, bold))
    return made


def wrap_whole(
    text: str, width: float, sizes: Sequence[float], bold: bool = False, lines: int = 2
) -> tuple[float, list[str]] | None:
    """The text uncut, at the first of the sizes at which `lines` lines hold all of it; None where none does."""
    shown = printable(text)
    for size in sizes:
        if text_width(shown, size, bold) <= width:
            return size, [shown] if shown else []
        made = wrap(shown, width, size, bold, lines)
        if "".join(made).replace(" ", "") == shown.replace(" ", ""):
            return size, made
    return None


def _first_line(text: str, width: float, size: float, bold: bool) -> tuple[str, str]:
    """What goes into the first line of a text that is too wide for one, and what is left."""
    kept, most = 1, len(text)  # at least one letter, or a width of nothing would never end
    while kept < most:
        middle = (kept + most + 1) // 2
        if text_width(text[:middle].rstrip(), size, bold) <= width:
            kept = middle
        else:
            most = middle - 1
    blank = text.rfind(" ", 0, kept + 1)
    if blank > 0:
        return text[:blank], text[blank + 1 :]
    return text[:kept].rstrip(), text[kept:].lstrip()
