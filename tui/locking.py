"""When the screen locks, and when Loket ends by itself (design.md 5): one look a second, and no clock is shown.

The lock lies above all screens. Below it nothing is closed: what is open there goes on, and nothing of it is seen.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from store.errors import NotFound, StoreError
from store.rows import OfficeNow
from store.rules.pins import ends, locks
from tui import pins
from tui.desks import Desks
from tui.i18n import _
from tui.screens.base import DeskScreen


def awake() -> float:
    """Seconds on a clock that also runs while the machine sleeps, and that nobody sets."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Locking(Desks, inherit_bindings=False):
    """The part of the shell that keeps the time of the person at the keyboard."""

    office: OfficeNow
    at_length: bool
    _typed: deque[events.Key | events.Paste]
    _answering: bool

    if TYPE_CHECKING:

        def holding(self) -> bool: ...

        def say(self, text: str, role: str = "normal") -> None: ...

        def end_by_itself(self, said: str) -> None: ...

    def __init__(self) -> None:
        super().__init__()
        self.awake: Callable[[], float] = awake
        self.began = self.last_key = awake()
        self.locked_at: float | None = None
        self._waiting: list[Screen[Any]] = []  # screens that work below the lock wants to show

    @property
    def locked(self) -> bool:
        """Whether the lock lies above everything."""
        return self.locked_at is not None

    def call_open(self) -> bool:
        """Whether somebody is on the card, or the form of a call or a visit is open with something on it."""
        if self.holding():
            return True
        calls = (each for each in self.screen_stack if isinstance(each, DeskScreen) and each.desk == "desk-service")
        return any(each.facts().begun for each in calls)

    async def key_comes_late(self) -> bool:
        """A key after the time: it meets the lock, and goes nowhere."""
        if await self._lock_if_due():
            return True
        self.last_key = self.awake()
        return False

    async def keep_time(self) -> None:
        """Once a second: lock, or end, when it is time for that."""
        if not hasattr(self, "office") or not self.screen_stack:
            return
        now = self.awake()
        locked_for = None if self.locked_at is None else timedelta(seconds=now - self.locked_at)
        open_for, idle = timedelta(seconds=now - self.began), timedelta(seconds=now - self.last_key)
        if not self.at_length and ends(open_for, idle, locked_for, self.office.lock_minutes):
            self.end_by_itself(_("Loket ended by itself, long after the last key. What was typed is kept as a draft."))
        else:
            await self._lock_if_due()

    async def _lock_if_due(self) -> bool:
        """While a key is answered nobody is idle: it was pressed by somebody who waits."""
        if self.locked or self._answering or not hasattr(self, "office"):
            return False
        idle = timedelta(seconds=self.awake() - self.last_key)
        if not locks(idle, self.office.lock_minutes, call_open=self.call_open()):
            return False
        await self.lock()
        return True

    async def lock(self) -> None:
        """Nothing is seen or answered before the PIN; what was typed ahead goes nowhere."""
        from tui.screens.locked import LockScreen

        self.locked_at = self.awake()
        self._typed.clear()
        await super().push_screen(LockScreen(self.store.now()))
        self.run_worker(self._note_lock())

    async def _note_lock(self) -> None:
        with suppress(StoreError):  # a database that is away does not leave the screen open
            await self.store.pins.lock()

    async def unlocked(self) -> None:
        """The PIN was right: what lies below is in front again, and the lease of the held person runs on."""
        from tui.screens.locked import LockScreen

        lock = self.screen
        if not isinstance(lock, LockScreen):
            return
        self.locked_at, self.last_key = None, self.awake()
        self.pop_screen()  # not waited for: it is this screen that asks
        waiting, self._waiting = self._waiting, []
        for screen in waiting:
            await self.push_screen(screen)

    def push_screen(self, screen: Any, *args: Any, **how: Any) -> Any:
        """Brings a screen to the front; while the lock lies there, once it is open."""
        if self.locked:
            self._waiting.append(screen)
            return AwaitComplete()
        return super().push_screen(screen, *args, **how)

    async def do_lock(self) -> None:
        """Lock now; who has no PIN chooses one first, while it is surely them."""
        screen = self.screen
        if (await self.store.pins.mine()).known:
            await self.lock()
        elif isinstance(screen, DeskScreen):
            await pins.choose(screen, self.lock)
            self.say(_("Choose a PIN first: it opens the screen again."), "warn")

    async def do_pin(self) -> None:
        if isinstance(self.screen, DeskScreen):
            with suppress(NotFound):  # another terminal of theirs took it away meanwhile: the next try asks for none
                await pins.change(self.screen)
