"""How a cell looks, and the shortest words by which a terminal is told to go from one look to another."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

BOLD, DIM, ITALIC, UNDERLINE, BLINK, REVERSE, HIDDEN, STRIKE, OVERLINE = (1 << n for n in range(9))

SEEN_ON_BLANK: Final = UNDERLINE | REVERSE | STRIKE | OVERLINE
"""What shows on a cell without a letter."""

_ON: Final = {
    1: BOLD,
    2: DIM,
    3: ITALIC,
    4: UNDERLINE,
    5: BLINK,
    6: BLINK,
    7: REVERSE,
    8: HIDDEN,
    9: STRIKE,
    21: UNDERLINE,
    53: OVERLINE,
}
_OFF: Final = {
    22: BOLD | DIM,
    23: ITALIC,
    24: UNDERLINE,
    25: BLINK,
    27: REVERSE,
    28: HIDDEN,
    29: STRIKE,
    55: OVERLINE,
}
_CODES: Final = {bit: code for code, bit in reversed(_ON.items())}


class Style(NamedTuple):
    """Colours as a terminal is told them (`38;5;250`, `31`; empty for its own), and attributes as bits."""

    fore: str = ""
    back: str = ""
    attributes: int = 0

    @property
    def blank(self) -> Style:
        """What of it can be seen on a cell without a letter; all that look the same there are equal."""
        return _blank(self)


PLAIN: Final = Style()


@lru_cache(4096)
def _blank(style: Style) -> Style:
    seen = style.attributes & SEEN_ON_BLANK
    return Style(style.fore if seen else "", style.back, seen)


def _colour(codes: list[str]) -> str:
    """The rest of an extended colour (`5;n` or `2;r;g;b`), taken off the front of `codes`; empty when it is broken."""
    length = {"5": 2, "2": 4}.get(codes[0], 0) if codes else 0
    taken, codes[:] = codes[:length], codes[length:]
    return ";".join(taken) if length and len(taken) == length else ""


@lru_cache(4096)
def styled(style: Style, parameters: str) -> Style:
    """The style after a terminal in `style` was sent the parameters of an SGR sequence."""
    codes = parameters.split(";")
    fore, back, attributes = style
    while codes:
        word = codes.pop(0)
        code = int(word or 0) if word.isdecimal() or not word else -1
        if code == 0:
            fore, back, attributes = PLAIN
        elif code in _ON:
            attributes |= _ON[code]
        elif code in _OFF:
            attributes &= ~_OFF[code]
        elif 30 <= code <= 37 or 90 <= code <= 97:
            fore = word
        elif 40 <= code <= 47 or 100 <= code <= 107:
            back = word
        elif code == 39:
            fore = ""
        elif code == 49:
            back = ""
        elif code in (38, 48):
            colour = f"{code};{rest}" if (rest := _colour(codes)) else ""
            fore, back = (colour, back) if code == 38 else (fore, colour)
    return Style(fore, back, attributes)


@lru_cache(8192)
def change(before: Style | None, after: Style, partly: bool) -> str:
    """The shortest SGR sequence that brings a terminal from one style to another; empty when they are the same.

    `before` is None when nobody knows. Not `partly` is for terminals that can only switch everything off at once.
    """
    if before == after:
        return ""
    whole = [str(code) for bit, code in _CODES.items() if after.attributes & bit]
    anew = ";".join(["0", *whole, *filter(None, (after.fore, after.back))]) if after != PLAIN else ""
    if before is None or not partly:
        return f"\x1b[{anew}m"
    words: list[str] = []
    lost = before.attributes & ~after.attributes
    kept = before.attributes
    for code, bits in _OFF.items():
        if lost & bits:
            words.append(str(code))
            kept &= ~bits
    words += [str(_CODES[bit]) for bit in _CODES if after.attributes & ~kept & bit]
    if before.fore != after.fore:
        words.append(after.fore or "39")
    if before.back != after.back:
        words.append(after.back or "49")
    less = ";".join(words)
    return f"\x1b[{less if len(less) <= len(anew) else anew}m"
