"""One thread owns the connection. Calls queue on it; a newer read of a lane takes the place of an older one that waits.

A write that has been handed over is carried out even when the caller stops waiting for it: what a person has pressed is
never dropped because a screen was closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from store.errors import DatabaseTrouble, StoreError
from store.faults import trouble

P = ParamSpec("P")
T = TypeVar("T")


class Gateway:
    """The queue in front of one database connection."""

    def __init__(self, nearer: Callable[[DatabaseTrouble], DatabaseTrouble] | None = None) -> None:
        """`nearer` looks, on the store's thread, for the cause behind what the database says."""
        self._nearer = nearer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting: dict[str, Future[Any]] = {}  # lanes mix what their reads give
        self._asked = set[Future[Any]]()  # what was handed over and has not ended
        self._closed = False
        self._began: float | None = None

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs the call on the store's thread, to its end.

        Raises what the call raises; errors of the database come as DatabaseTrouble.
        """
        return await asyncio.shield(asyncio.wrap_future(self._submit(call, *args, **kwargs)))

    async def read(self, lane: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for a read of which only the newest matters.

        One that was overtaken raises asyncio.CancelledError.
        """
        overtaken = self._waiting.pop(lane, None)
        if overtaken is not None:
            overtaken.cancel()
        future = self._submit(call, *args, **kwargs)
        self._waiting[lane] = future
        try:
            return await asyncio.wrap_future(future)
        finally:
            if self._waiting.get(lane) is future:
                del self._waiting[lane]

    def _submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._closed:
            raise DatabaseTrouble("closed")
        future = self._thread.submit(self._timed, partial(call, *args, **kwargs))
        self._asked.add(future)
        future.add_done_callback(self._asked.discard)
        return future

    def _timed(self, call: Callable[[], T]) -> T:
        self._began = time.monotonic()
        try:
            return _plain_errors(call, self._nearer)
        finally:
            self._began = None

    def busy_for(self) -> float:
        """Seconds since the call began that the store's thread carries out now; 0 while it rests."""
        began = self._began
        return 0.0 if began is None else time.monotonic() - began

    def afterwards(self, call: Callable[[], None]) -> None:
        """From the store's thread: runs the call when what runs now has been answered. Nobody is told how it ends."""
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            self._thread.submit(call)

    def awaited(self) -> bool:
        """Whether a call waits for the one that asks this, on the store's thread."""
        return len(self._asked) > 1

    async def close(self, last: Callable[[], None]) -> None:
        """Finishes what waits, runs `last` on the thread, and ends it. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.wrap_future(self._thread.submit(last))
        self._thread.shutdown(wait=True)


def _plain_errors(call: Callable[[], T], nearer: Callable[[DatabaseTrouble], DatabaseTrouble] | None) -> T:
    try:
        return call()
    except StoreError:
        raise
    except Exception as error:
        said = trouble(error)
        if said is None:
            raise
        raise (nearer(said) if nearer else said) from error
