"""Whether a screen has what it shows: a database that was away when it came to the front is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import DatabaseTrouble, StoreError

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen


class Arrival:
    """The arrival of one screen. What the database refuses is said by the screen."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._under_way = False
        self._lacks = True
        self._refused = False

    def could_not(self) -> bool:
        """Whether the database was away when the screen asked: what it shows as empty need not be."""
        return self._refused

    async def come(self) -> None:
        """The screen comes to the front: what it shows is read."""
        await self._screen.guarded(self._read)

    async def again(self) -> None:
        """Somebody else committed, or the database is back: what is shown is read anew, or what was refused comes.

        A screen that did not yet ask for anything will do so by itself.
        """
        if not self._lacks:
            await self._screen.guarded(self._screen.others_changed)
        elif self._refused and not self._under_way:
            await self.come()

    async def is_complete(self) -> bool:
        """Whether the screen has what its commands need; it is asked for once more where it has not."""
        if self._lacks and not self._under_way:
            await self.come()
        return not self._lacks

    async def _read(self) -> None:
        self._under_way = True
        try:
            await self._screen.arrived()
            self._lacks = self._refused = False
        except StoreError as refusal:
            self._lacks = self._refused = isinstance(refusal, DatabaseTrouble)
            raise
        finally:
            self._under_way = False
