"""Letters that the printed face lacks: a page is printed all the same, with a mark that is seen, and who it is is said.

A list for a day without power must not fail on one name; and nobody may take a wrong name for a right one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from tui.i18n import _
from tui.widgets.ink import cut

MARK: Final = "\ufffd"
"""A diamond with a question mark: no name has it, and on paper it catches the eye."""

_NAMED: Final = 3


def printable(text: str) -> str:
    """The text with `MARK` for each letter that cannot be printed."""
    from printing.errors import LetterMissing
    from printing.fonts import missing_letters
    from printing.fonts import printable as set_text

    try:
        set_text(text)
    except LetterMissing:
        joined = unicodedata.normalize("NFC", text)
        lacking = set(missing_letters("".join(joined.split())))
        return "".join(MARK if letter in lacking else letter for letter in joined)
    return text


def unprinted(names: Iterable[str]) -> list[str]:
    """The names in which a letter is printed as `MARK`, each once."""
    return [name for name in dict.fromkeys(names) if printable(name) != name]


def with_unprinted(said: str, names: Iterable[str]) -> str:
    """What is said of a page that was written, with the names to be corrected by pen."""
    lacking = unprinted(names)
    if not lacking:
        return said
    shown = ", ".join(cut(name, 30) for name in lacking[:_NAMED])
    more = f" +{len(lacking) - _NAMED}" if len(lacking) > _NAMED else ""
    text = _("{said} · {mark} stands for a letter that cannot be printed, write it by pen: {names}")
    return text.format(said=said, mark=MARK, names=shown + more)
