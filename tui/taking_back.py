"""`u` on a desk that keeps what was done there: the last deed is taken back, and stays while the database is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from store import Store
from store.errors import DatabaseTrouble, StoreError, UndoneInPart
from store.rows import UndoRef
from store.turns import Told

Deed = TypeVar("Deed")


async def take_back_last(
    store: Store, done: list[Deed], ref: Callable[[Deed], UndoRef], told: Told | None = None
) -> Deed:
    """Takes the last of these deeds back and off the list; it is off as well when it can no longer be taken back.

    Raises StoreError. After DatabaseTrouble, and where a part of it stands, the deed is still the last one: the next
    `u` tries what stands. `told` hears after each turn of one that was written in several.
    """
    last = done[-1]
    try:
        await store.undo.undo(ref(last), told)
    except (DatabaseTrouble, UndoneInPart):
        raise
    except StoreError:
        done.remove(last)
        raise
    done.remove(last)  # something else may have been done meanwhile
    return last
