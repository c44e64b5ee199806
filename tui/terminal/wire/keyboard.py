"""What comes in from a terminal, taken apart: what was typed, and what the terminal answered by itself.

An Escape key and the beginning of an arrow key are the same byte. What follows decides, and where nothing follows,
time: a letter after Escape is that letter, however fast it was typed, never a letter with alt. Only a digit that came
in one reading with the Escape is told apart: most digits write something down, and alt with a digit sends the same.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

ESCAPE: Final = "\x1b"

LONE: Final = 0.5
"""Seconds that a lone Escape may wait while an answer is due: it could be the answer's first byte."""

HALF: Final = 2.0
"""Seconds that half an answer may wait for its rest."""

_DIGITS: Final = frozenset("0123456789")
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_ANSWER: Final = re.compile(r"\x1b\[[0-9]+;[0-9]+R")
_HALF_ANSWER: Final = re.compile(r"\x1b\[[0-9]*(?:;[0-9]*)?")
_KEY: Final = re.compile(r"\x1b\[\[[A-E]|\x1b\[[0-?]*[ -/]*[@-Z\\-~]|\x1bO[0-9]?[A-Za-z]")
_STRING: Final = re.compile(r"\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)", re.DOTALL)
_UNFINISHED: Final = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|O[0-9]?|[\]P_^X][^\x07\x1b]*\x1b?)?", re.DOTALL)


class Kind(Enum):
    """What a piece of the input is."""

    KEYS = "typed letters, one key's sequence, or a whole paste"
    ESCAPE = "the Escape key"
    ALT = "a digit that came together with the Escape before it: alt, or both typed fast on a slow line"
    ANSWER = "where the cursor stands, as the driver asked"


class Piece(NamedTuple):
    kind: Kind
    text: str = ""


class Keyboard:
    """Cuts the input into pieces. `delay` is how long (seconds) an Escape waits for more. Times only go forward."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._rest = ""
        self._since = 0.0

    def feed(self, text: str, now: float) -> list[Piece]:
        """The pieces that are whole with this text."""
        if not self._rest:
            self._since = now
        pieces, self._rest = self._cut(self._rest + text, len(self._rest))
        if pieces:
            self._since = now
        return pieces

    def wait(self, now: float, asked: bool) -> float | None:
        """Seconds until `tick` has something to do; None when nothing is unfinished. `asked`: an answer is due."""
        if not self._rest or self._rest.startswith(_PASTE):
            return None
        delay = self._delay
        if asked and _HALF_ANSWER.fullmatch(self._rest):
            delay = HALF
        elif asked and self._rest == ESCAPE:
            delay = max(LONE, delay)
        return max(self._since + delay - now, 0.0)

    def tick(self, now: float, asked: bool) -> list[Piece]:
        """What has waited long enough was typed as it is: Escape, then letters."""
        if self.wait(now, asked) != 0.0:
            return []
        typed, self._rest = self._rest[1:], ""
        return [Piece(Kind.ESCAPE), *self.feed(typed, now)]

    def _cut(self, text: str, waited: int) -> tuple[list[Piece], str]:
        """The pieces, and what is unfinished. The first `waited` letters came in an earlier reading."""
        pieces: list[Piece] = []
        at = 0
        while at < len(text):
            if text[at] != ESCAPE:
                end = text.find(ESCAPE, at)
                end = len(text) if end < 0 else end
                pieces.append(Piece(Kind.KEYS, text[at:end]))
                at = end
            elif text.startswith(_PASTE, at):
                end = text.find(_PASTED, at)
                if end < 0:
                    return pieces, text[at:]
                end += len(_PASTED)
                pieces += [Piece(Kind.ANSWER)] * len(_ANSWER.findall(text, at, end))
                pieces.append(Piece(Kind.KEYS, _ANSWER.sub("", text[at:end])))
                at = end
            elif (found := _ANSWER.match(text, at)) is not None:
                pieces.append(Piece(Kind.ANSWER))
                at = found.end()
            elif (found := _KEY.match(text, at)) is not None:
                pieces.append(Piece(Kind.KEYS, found[0]))
                at = found.end()
            elif (found := _STRING.match(text, at)) is not None:
                at = found.end()  # an answer that nobody asked for
            elif _UNFINISHED.fullmatch(text, at):
                return pieces, text[at:]
            else:
                pieces.append(Piece(Kind.ESCAPE))
                at += 1
                if at > waited and text[at] in _DIGITS:
                    pieces.append(Piece(Kind.ALT, text[at]))
                    at += 1
        return pieces, ""
