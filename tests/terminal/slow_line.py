"""A terminal at the far end of a slow line: every byte takes its time, in both directions."""

from __future__ import annotations

import errno
import heapq
import itertools
import os
import select
import time
from collections.abc import Sequence
from typing import Any

from tests.terminal.driver import KEYS, Terminal

RATE = 8000.0
"""Bytes a second towards the terminal: 64 kbit/s."""

ONE_WAY = 0.15
"""Seconds from one end to the other: 300 ms there and back."""

_PACKET = 256


class FarTerminal(Terminal):
    """What the program writes is on screen when it has come over the line; keys and answers take their time as well."""

    def __init__(self, command: Sequence[str], **how: Any) -> None:
        self.pictures: list[tuple[float, list[str]]] = []
        """When the screen showed what, after each packet."""
        self._under_way: list[tuple[float, int, bool, bytes]] = []
        self._order = itertools.count()
        self._free_at = 0.0
        super().__init__(command, **how)

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self._answer("".join(KEYS.get(key, key) for key in keys).encode())

    def _answer(self, data: bytes) -> None:
        self._send(time.monotonic() + ONE_WAY, False, data)

    def _send(self, at: float, to_terminal: bool, data: bytes) -> None:
        heapq.heappush(self._under_way, (at, next(self._order), to_terminal, data))

    def listen(self, seconds: float) -> int:
        before, end = len(self.output), time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            next_at = self._under_way[0][0] if self._under_way else end
            if select.select([self._master], [], [], max(min(next_at, end) - now, 0.0))[0]:
                self._leaves()
            self._arrives()
        return len(self.output) - before

    def _leaves(self) -> None:
        """What the program wrote goes onto the line, one packet after the other."""
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return
        for at in range(0, len(data), _PACKET):
            packet = data[at : at + _PACKET]
            self._free_at = max(self._free_at, time.monotonic()) + len(packet) / RATE
            self._send(self._free_at + ONE_WAY, True, packet)

    def _arrives(self) -> None:
        while self._under_way and self._under_way[0][0] <= time.monotonic():
            _at, _order, to_terminal, data = heapq.heappop(self._under_way)
            if to_terminal:
                self.feed(data)
                self.pictures.append((time.monotonic(), self.display))
            else:
                os.write(self._master, data)

    def until(self, text: str, seconds: float = 30.0) -> None:
        """Listens until the text is on screen."""
        end = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < end, self.report()
            self.listen(0.05)
