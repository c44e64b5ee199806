"""Waiting for a printer without holding anything up, not even the end of the program."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def background(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs a blocking call on a thread of its own; returns or raises what it does.

    Unlike the threads of asyncio's pool this one is not waited for when the program ends: a print server that does not
    answer keeps nobody from leaving. What the call does is carried out even when nobody waits for it any more.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[[Any], None], outcome: Any) -> None:
        if not done.done():
            set_it(outcome)

    def run() -> None:
        try:
            outcome: Any = call(*args, **kwargs)
            set_it: Callable[[Any], None] = done.set_result
        except BaseException as error:
            outcome, set_it = error, done.set_exception
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(settle, set_it, outcome)

    threading.Thread(target=run, name="printer", daemon=True).start()
    return await done
