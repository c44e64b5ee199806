"""The rules over many rows in two processes: the limited child goes on as two of itself once a list proves long.

Both walk through the rows, which is little work; each asks the rules, which is most of it, about every other portion.
The one that was there before puts the lines in their order. Where the other ends, for whatever reason, it does all.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import struct
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, Final, Generic, NoReturn, TypeVar

from store.workbooks.limits import is_restricted
from store.workbooks.table_reader import Emit

_PORTION: Final = 200  # rows
_ALONE: Final = 4  # portions; a short list is read before another process stands
_LENGTH: Final = struct.Struct("!I")
_PIPE: Final = 1024 * 1024
"""Bytes that the other one may be ahead."""

T = TypeVar("T")


class TwoReaders(Generic[T]):
    """Takes rows in their order and hands to ``emit`` the line that ``tell`` makes of each, in the same order.

    A context: its end hands over the last ones. Outside the limited child, or with one processor, nothing is shared.
    """

    def __init__(self, tell: Callable[[T], bytes], emit: Emit) -> None:
        self._tell = tell
        self._emit = emit
        self._rows: list[T] = []
        self._portions = 0
        self._other: int | None = None  # the process, in the one that was there before
        self._told: BinaryIO | None = None  # where its lines come from; None: this one tells all that is left
        self._tells: BinaryIO | None = None  # where the other one tells: it is the other one

    def take(self, row: T) -> None:
        self._rows.append(row)
        if len(self._rows) == _PORTION:
            self._hand_over()

    def _hand_over(self) -> None:
        rows, self._rows = self._rows, []
        if self._portions == _ALONE and is_restricted() and len(os.sched_getaffinity(0)) > 1:
            self._become_two()
        self._portions += 1
        of_other = self._portions % 2 == 0
        if self._tells is not None:
            if of_other:
                lines = self._lines(rows)
                self._tells.write(_LENGTH.pack(len(lines)))
                self._tells.write(lines)
                self._tells.flush()
            return
        self._emit((self._lines_of_other() if of_other else None) or self._lines(rows))

    def _lines(self, rows: list[T]) -> bytes:
        return b"".join(map(self._tell, rows))

    def _lines_of_other(self) -> bytes | None:
        """Its next portion; None where there is none any more."""
        if self._told is None:
            return None
        head = self._told.read(_LENGTH.size)
        if len(head) == _LENGTH.size:
            (length,) = _LENGTH.unpack(head)
            lines = self._told.read(length)
            if len(lines) == length:
                return lines
        self._told.close()
        self._told = None
        return None

    def _become_two(self) -> None:
        reads, writes = os.pipe()
        try:
            self._other = os.fork()
        except OSError:  # no more processes for this person: one is enough
            os.close(reads)
            os.close(writes)
            return
        if self._other:
            os.close(writes)
            with contextlib.suppress(OSError):  # more than this person's processes may have
                fcntl.fcntl(reads, fcntl.F_SETPIPE_SZ, _PIPE)
            self._told = os.fdopen(reads, "rb")
            return
        self._tells = os.fdopen(writes, "wb", buffering=_PIPE)
        os.close(reads)
        os.close(1)  # the answer is not its own; who waits for it waits for the other process alone

    def __enter__(self) -> TwoReaders[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._rows:
                self._hand_over()
        finally:
            if self._tells is not None:
                self._end()
            self._see_off()

    def _see_off(self) -> None:
        if self._told is not None:
            self._told.close()
        if self._other is not None:
            os.kill(self._other, signal.SIGKILL)  # it has told all that is wanted of it
            os.waitpid(self._other, 0)
            self._other = None

    @staticmethod
    def _end() -> NoReturn:
        """The other process goes where it stands: answer, file and errors belong to the one that was there before."""
        os._exit(0)
