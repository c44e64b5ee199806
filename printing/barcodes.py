"""Code128 as widths of bars and gaps, for a hand scanner."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from reportlab.graphics.barcode.code128 import Code128

from printing.errors import LetterMissing

QUIET = 10
"""Modules that stay white on each side, or a scanner finds no beginning."""


@lru_cache(maxsize=2048)
def code128(text: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """The bars of a text as (begin, width) in modules from the left, and the width of all of it, without quiet zones.

    Raises LetterMissing for a letter that no key of a scanner types: only printable ASCII is taken.
    """
    for letter in text:
        if not " " <= letter <= "~":
            raise LetterMissing(text, letter)
    code = Code128(text, quiet=0)
    code.validate()  # type: ignore[no-untyped-call]  # the published types leave these three out
    code.encode()  # type: ignore[no-untyped-call]
    pattern = code.decompose()  # type: ignore[no-untyped-call]
    widths = [letter - ord("a") + 1 for letter in pattern.lower().encode()]
    begins = [0, *accumulate(widths)]
    bars = tuple(zip(begins[:-1:2], widths[::2], strict=True))
    return bars, begins[-1]
