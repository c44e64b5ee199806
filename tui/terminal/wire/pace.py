"""When the next frame may go out: not before the terminal has shown the one before, unless it never says so."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = 0.2
"""Seconds that a frame waits for a terminal that has not answered anything yet."""

LITTLE: Final = 1000
"""Bytes under way that another frame may follow: a slow line carries them in an eighth of a second."""

STALLED: Final = 2.0
"""Seconds that a frame waits for a terminal that has answered before."""


class Pace:
    """Each frame ends with a question that a terminal answers when it has come so far; frames in between are skipped.

    Only when little is under way another frame follows without waiting, so that a line that is long but not narrow is
    used well. A terminal that does not answer in time is not asked again, and gets every frame at once, until an
    answer does come. Times are seconds of a clock that only goes forward.
    """

    def __init__(self) -> None:
        self._asked: list[tuple[float, int]] = []
        self._heard = False
        self._mute = False

    @property
    def under_way(self) -> int:
        """Answers that have been asked for and have not come."""
        return len(self._asked)

    @property
    def waiting(self) -> bool:
        """An answer is under way, from a terminal that gives answers."""
        return bool(self._asked) and self._heard and not self._mute

    def wait(self, now: float) -> float:
        """Seconds until a frame may go out; 0 for at once."""
        if not self._asked or self._mute:
            return 0.0
        left = self._asked[0][0] + (STALLED if self._heard else UNKNOWN) - now
        if left <= 0:
            self._mute = True
        elif self._heard and sum(size for _at, size in self._asked) <= LITTLE:
            return 0.0
        return max(left, 0.0)

    def ask(self, now: float, size: int) -> bool:
        """A frame of `size` bytes goes out: whether the question goes with it."""
        if self._mute or (self._asked and not self._heard):
            return False
        self._asked.append((now, size))
        return True

    def answered(self, now: float) -> None:
        if self._asked:
            self._asked.pop(0)
        if self._mute:
            self._asked.clear()  # one of several may have been lost
        self._heard = True
        self._mute = False
