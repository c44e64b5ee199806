"""What a person is in the middle of typing, kept so that a power cut or a closed laptop does not lose it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from peewee import Query

from store.database import Database
from store.errors import NotFound
from store.link import Link
from store.schema import Draft
from store.snapshot import Snapshot
from store.statements import statement
from store.transaction import Transaction

GUIDE_DRAFT: Final = "practice-call"
"""The key of how far the guided first call is."""

_PUT_BY: Final = "put-by"
"""The key of the form that a person saved last: of one write, until the next one."""


def of_person(participant_id: int) -> str:
    """How the key of a draft about one participant ends: erasing the participant takes it away as well."""
    return f" @{participant_id}"


def of_item(item_id: int) -> str:
    """How the key of a draft about one person on a call list ends: as `of_person`."""
    return f" #{item_id}"


class DraftDesk:
    """`store.drafts`: the acting person's own; nobody else's are seen, and none are in the trail.

    A draft goes with the write that it was for, or when its person is erased: by what its text names, or by the end of
    its key.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    async def save(self, key: str, text: str) -> None:
        """Keeps the text under the key, in place of what was there."""
        await self._link.write(keep_draft, key, text)

    async def load(self, key: str) -> tuple[str, datetime] | None:
        return await self._link.read(_load, key)

    async def clear(self, key: str) -> None:
        await self._link.write(clear_draft, key)

    async def keys(self, prefix: str = "") -> list[str]:
        """What the person left behind, newest first."""
        return await self._link.read(_keys, prefix)


def keep_draft(tx: Transaction, key: str, text: str) -> None:
    insert = Draft.insert(staff_id=tx.actor.staff_id, key=key, body=text, saved_at=tx.now)
    tx.execute(
        insert.on_conflict(
            conflict_target=[Draft.staff_id, Draft.key], update={Draft.body: text, Draft.saved_at: tx.now}
        )
    )


def _load(look: Snapshot, key: str) -> tuple[str, datetime] | None:
    row = look.one(Draft.select().where(Draft.staff_id == look.actor.staff_id, Draft.key == key))
    return None if row is None else (row["body"], row["saved_at"])


@statement
def _taken_away(_database: Database, staff_id: Any, key: Any) -> Query:
    return Draft.delete().where(Draft.staff_id == staff_id, Draft.key == key)


def clear_draft(tx: Transaction, key: str) -> None:
    tx.execute(_taken_away(tx.actor.staff_id, key))


def take_draft(tx: Transaction, key: str) -> None:
    """The write that ends a draft takes it away. Raises NotFound where another terminal of the person did already."""
    if tx.execute(_taken_away(tx.actor.staff_id, key)) == 0:
        raise NotFound("draft", key)


def put_by(tx: Transaction, row_id: int, key: str, text: str) -> None:
    """Keeps the form that is saved as this row, so that taking the save back brings its draft back."""
    keep_draft(tx, _PUT_BY, json.dumps([row_id, key, text], ensure_ascii=False))


def bring_back(tx: Transaction, row_id: int) -> str:
    """The form that was saved as this row is a draft again; its key, '' where another one was saved since."""
    kept = _load(tx, _PUT_BY)
    if kept is None:
        return ""
    saved_as, key, text = json.loads(kept[0])
    if saved_as != row_id:
        return ""
    clear_draft(tx, _PUT_BY)
    keep_draft(tx, key, text)
    return str(key)


def _keys(look: Snapshot, prefix: str) -> list[str]:
    rows = look.dicts(
        Draft.select(Draft.key).where(Draft.staff_id == look.actor.staff_id).order_by(Draft.saved_at.desc())
    )
    return [row["key"] for row in rows if row["key"].startswith(prefix)]
