"""Merging workbooks into one sheet, within an office: what would come is shown first, and the trail keeps who took it.

Without an office `store.workbooks.merge` and `merge_out` do the same.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

from store.link import Link
from store.rules.permissions import Permission
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.merge import Merge, Progress, read_merge
from store.workbooks.merge_cells import Form
from store.workbooks.merge_out import MergeWords, write_merge


class MergeDesk:
    """`store.merges`: any number of files into one."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._spool_dir = link.home

    async def plan(
        self,
        paths: Sequence[Path],
        form: Form = "xlsx",
        *,
        provenance: bool = False,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Merge:
        """Reads the files for a result of that form; nothing is written. The caller closes what comes back.

        ``progress`` is called on another thread; setting ``stop`` ends the reading. Raises NotAllowed, and FileRefused
        ``stopped`` or where the disk holds no more; a file that cannot be read is in `Merge.refused`.
        """
        await self._link.read(_may)
        stop = stop or threading.Event()
        work = asyncio.to_thread(
            read_merge, paths, form, spool_dir=self._spool_dir, provenance=provenance, progress=progress, stop=stop
        )
        try:
            return await work
        except asyncio.CancelledError:  # the thread lives on until it looks
            stop.set()
            raise

    async def run(
        self,
        merge: Merge,
        target: Path,
        words: MergeWords,
        *,
        inputs: Sequence[Path] = (),
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """Writes what was read, whole or not at all, and the trail keeps who took it and when.

        Raises NotAllowed, and FileRefused as `write_merge` does.
        """
        await self._link.write(_note, target.name)
        await asyncio.to_thread(write_merge, merge, target, words, inputs=inputs, progress=progress, stop=stop)


def _may(look: Snapshot) -> None:
    """Whoever may bring whole lists in may put them together; an intern does it under a dated assignment."""
    look.require(Permission.IMPORT_PARTICIPANTS)


def _note(tx: Transaction, name: str) -> None:
    tx.require(Permission.IMPORT_PARTICIPANTS)
    tx.audit("export.merge", why=name, undoable=False)
