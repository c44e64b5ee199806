"""What every desk stands on: one session of one person, and the two ways to the data, `read` and `write`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from store.actors import load_actor
from store.database import Database
from store.errors import DatabaseTrouble
from store.gateway import Gateway
from store.refusals import REFUSALS, Deed, Refusals
from store.rows import UndoRef
from store.rules.hours import WIB
from store.snapshot import Snapshot
from store.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")

_BREATH = 0.006  # seconds, for what the person's own screens ask next
_MOST_TURNS = 5  # how often a write gives way to others that stood in its way before that becomes an error


class Link:
    """One opened office, as one person uses it."""

    def __init__(
        self, home: Path, database: Database, gateway: Gateway, clock: Callable[[], datetime], *, practice: bool
    ) -> None:
        self.home = home
        self.database = database
        self.gateway = gateway
        self.clock = clock
        self.practice = practice
        self.session_id = 0
        self.refusals = Refusals(self._write_refusals)
        self.pin_due = False  # the person has been chosen and has still to prove who they are (store.pins)

    async def read(self, look: Callable[Concatenate[Snapshot, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Looks at the data on the store's thread, at one instant of it."""
        return await self.gateway.run(self._look, Deed(look, args, kwargs))

    async def newest(
        self, lane: str, look: Callable[Concatenate[Snapshot, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same where only the newest question of a lane matters (search as you type)."""
        return await self.gateway.read(lane, self._look, Deed(look, args, kwargs))

    async def write(
        self, change: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, UndoRef | None]:
        """Changes the data in one transaction with its audit; the result, and the undo when the write has one."""
        return await self.gateway.run(self._change, Deed(change, args, kwargs))

    async def read_at_door(self, look: Callable[Concatenate[Snapshot, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for the little that is answered before the person's PIN was given."""
        return await self.gateway.run(self._look, Deed(look, args, kwargs), True)

    async def write_at_door(
        self, change: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, UndoRef | None]:
        """Likewise."""
        return await self.gateway.run(self._change, Deed(change, args, kwargs), True)

    def awaited(self) -> bool:
        """Whether anybody waits for the write that asks this: another writer, or the person's own screens."""
        return self.gateway.awaited() or self.database.awaited()

    @contextlib.asynccontextmanager
    async def long_work(self) -> AsyncIterator[None]:
        """Around many writes that follow each other."""
        await self.gateway.run(self.database.begin_long_work)
        try:
            yield
        finally:
            with contextlib.suppress(DatabaseTrouble):  # closed meanwhile: nothing is kept any more
                await self.gateway.run(self.database.end_long_work)

    async def give_way(self) -> None:
        """Between two writes of long work: whoever waits comes first."""
        await asyncio.sleep(_BREATH)
        await self.gateway.run(self.database.give_way)

    def _look(self, look: Deed[T], at_door: bool = False) -> T:
        try:
            with self.database.reading():
                return look(self._stand(Snapshot, at_door))
        except REFUSALS as error:
            self.refusals.note(error, look)
            raise

    def _change(self, change: Deed[T], at_door: bool = False) -> tuple[T, UndoRef | None]:
        if self.refusals.waiting:
            self._write_refusals()
        try:
            return self._change_in_turn(change, at_door)
        except REFUSALS as error:
            self.refusals.note(error, change)
            raise

    def _change_in_turn(self, change: Deed[T], at_door: bool) -> tuple[T, UndoRef | None]:
        for _ in range(_MOST_TURNS):
            try:
                return self._change_once(change, at_door)
            except Exception as error:
                if not self.database.gave_way(error):
                    raise
        return self._change_once(change, at_door)

    def _change_once(self, change: Deed[T], at_door: bool) -> tuple[T, UndoRef | None]:
        with self.database.turn(), self.database.writing():
            transaction = self._stand(Transaction, at_door)
            result = change(transaction)
            return result, transaction.finish()

    def _write_refusals(self) -> None:
        self.gateway.afterwards(self.leave_refusals)

    def leave_refusals(self) -> None:
        """On the store's thread: what was refused goes into the trail, if the database can be written now."""
        self.refusals.write(self.database, self.session_id, self.clock())

    def _stand(self, kind: type[SnapshotT], at_door: bool) -> SnapshotT:
        now = self.clock()
        today = now.astimezone(WIB).date()
        actor = load_actor(self.database, self.session_id, today, practice=self.practice, at_door=at_door)
        return kind(self.database, self.session_id, actor, now)


SnapshotT = TypeVar("SnapshotT", bound=Snapshot)
