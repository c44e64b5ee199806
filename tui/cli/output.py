"""What commands print: text alone. Whatever stands in a name or a note, the terminal obeys nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, TextIO

from tui.terminal.plain import plain_lines


class OnlyText:
    """A stream to which nothing passes that a terminal would obey; in all else the stream that it stands for."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(plain_lines(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for each in lines:
            self.write(each)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def print_only_text() -> None:
    """From now on; a stream that was closed before the start stays closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None:
            setattr(sys, name, OnlyText(stream))


class ProgressLine:
    """How far work is, on a terminal's last line of errors; a pipe or a file gets none of it."""

    def __init__(self) -> None:
        self._terminal = sys.__stderr__ if sys.__stderr__ is not None and sys.__stderr__.isatty() else None
        self._shown = ""

    @property
    def is_seen(self) -> bool:
        return self._terminal is not None

    def show(self, text: str) -> None:
        if self._terminal is not None and text != self._shown:
            self._shown = text
            print(f"\r\x1b[K{plain_lines(text)}", end="", file=self._terminal, flush=True)

    def clear(self) -> None:
        if self._terminal is not None and self._shown:
            self._shown = ""
            print("\r\x1b[K", end="", file=self._terminal, flush=True)
