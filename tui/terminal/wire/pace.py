"""When the next frame may go out: not before the terminal has shown the one before, unless it never says so."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = 0.2
"""Seconds that a frame waits for a terminal that has not answered anything yet."""

STALLED: Final = 2.0
"""Seconds that a frame waits for a terminal that has answered before."""


class Pace:
    """Each frame ends with a question that a terminal answers when it has come so far; frames in between are skipped.

    A terminal that does not answer in time is not asked again, and gets every frame at once, until an answer does come.
    Times are seconds of a clock that only goes forward.
    """

    def __init__(self) -> None:
        self._asked: float | None = None
        self._heard = False
        self._mute = False
        self.took = 0.0
        """Seconds that the last answer took."""

    @property
    def waiting(self) -> bool:
        """An answer is under way, from a terminal that gives answers."""
        return self._asked is not None and self._heard and not self._mute

    def wait(self, now: float) -> float:
        """Seconds until a frame may go out; 0 for at once."""
        if self._asked is None or self._mute:
            return 0.0
        left = self._asked + (STALLED if self._heard else UNKNOWN) - now
        self._mute = left <= 0
        return max(left, 0.0)

    def ask(self, now: float) -> bool:
        """A frame goes out: whether the question goes with it."""
        if self._asked is not None:
            return False
        self._asked = now
        return True

    def answered(self, now: float) -> None:
        if self._asked is not None:
            self.took = now - self._asked
        self._asked = None
        self._heard = True
        self._mute = False
