"""The archive: boxes and other places, what lies in them, what is missing, what could not be brought there.

A claim file goes in when it has all its signatures, into the box of its programme, between the codes before and after
its own (domain.md 2.6 step 11, 2.7). Loans, retention and registers have desks of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from store.archive_codes import fill_codes, suggestions, without_code
from store.archive_contents import contents, of_card, read_archived, take_contents, troubles, write_contents
from store.archive_find import find
from store.archive_gaps import gaps_of_place, month
from store.archive_places import (
    archive_counts,
    change,
    check_number,
    close,
    count_places,
    list_places,
    make,
    next_box,
    read_place,
    remove,
    reopen,
)
from store.archive_putting import (
    clear_trouble,
    count_waiting,
    move_to,
    note_loose,
    note_trouble,
    put,
    take_out,
    waiting,
    where_to,
)
from store.archive_rows import (
    ArchiveCounts,
    ArchivedRow,
    CodeSuggestion,
    Month,
    Neighbours,
    PlaceFilter,
    PlaceRow,
    Put,
    Waiting,
)
from store.link import Link
from store.rows import UndoRef
from store.rules.archive import Gap, PlaceKind
from store.rules.dates import Period


class ArchiveDesk:
    """`store.archive`: what lies where.

    Looking is for who receives, approves or archives files; every write needs ARCHIVE. Each raises NotAllowed; NotFound
    for what was taken back; StaleEdit where a version is named and a colleague was faster; ArchiveRefused with the
    reason where the archive itself is in the way; StepRefused where the claim file is. Undo with `store.undo`.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    # Looking

    async def counts(self) -> ArchiveCounts:
        """For the first screen and the head of the desk."""
        return await self._link.read(archive_counts)

    async def count_places(self, wanted: PlaceFilter) -> int:
        return await self._link.newest("archive-count", count_places, wanted)

    async def places(self, wanted: PlaceFilter, offset: int, limit: int) -> list[PlaceRow]:
        """By kind, programme and number."""
        return await self._link.newest("archive-places", list_places, wanted, offset, limit)

    async def place(self, place_id: int) -> PlaceRow | None:
        return await self._link.read(read_place, place_id)

    async def contents(self, place_id: int, offset: int = 0, limit: int = 100_000) -> list[ArchivedRow]:
        """What lies in a place, by code; in other places than boxes by date where there is no code."""
        return await self._link.newest("archive-contents", contents, place_id, offset, limit)

    async def read(self, archived_id: int) -> ArchivedRow | None:
        return await self._link.read(read_archived, archived_id)

    async def find(self, text: str, limit: int = 50) -> list[ArchivedRow]:
        """Files by whatever is typed of them: programme, day (05-09-2023), month (09-2023), year, words of the name,
        beginning of KPJ, of a code or of its number, nomor penetapan, NPP. All words must fit; the newest first.
        """
        return await self._link.newest("archive-find", find, text, limit)

    async def of_card(self, kpj: str) -> list[ArchivedRow]:
        """What the archive has of one card, for the person's history; for whoever may see lists."""
        return await self._link.read(of_card, kpj)

    async def count_waiting(self, *, trouble: bool = False) -> int:
        """Files with all signatures that are in no place; with `trouble` those that could not be archived."""
        return await self._link.read(count_waiting, trouble=trouble)

    async def waiting(self, offset: int, limit: int) -> list[Waiting]:
        """Files that can be put in now, by programme and code; those with a noted trouble are not among them."""
        return await self._link.newest("archive-waiting", waiting, offset, limit)

    async def troubles(self, offset: int, limit: int) -> list[ArchivedRow]:
        """What could not be archived, with its reason (*berkas gagal arsip*), the oldest first."""
        return await self._link.newest("archive-troubles", troubles, offset, limit)

    async def where_to(self, file_id: int) -> Neighbours:
        """The box and the place in it that `put` would choose now, without doing it. Raises StepRefused."""
        return await self._link.read(where_to, file_id)

    async def gaps(self, place_id: int) -> tuple[Gap, ...]:
        """Transactions between the first and last code of a box whose paper is not in it, and where it is.

        A box with a period is looked at for its whole period; other places than boxes have no gaps.
        """
        return await self._link.read(gaps_of_place, place_id)

    async def month(self, period: Period) -> Month:
        """Month end: for each programme what was paid, what lies in a place, and where everything else is."""
        return await self._link.read(month, period)

    # Places

    async def make(
        self,
        kind: PlaceKind,
        number: str = "",
        *,
        program: str = "",
        shelf: str = "",
        period: str = "",
        capacity: int | None = None,
        note: str = "",
    ) -> tuple[int, UndoRef | None]:
        """A new place; its id. Without a number a box gets the next one of its programme.

        `capacity` None is the office's (setting `archive.capacity`), 0 is not counted. Raises Invalid, ArchiveRefused.
        """
        return await self._link.write(
            make, kind, number, program, shelf=shelf, period=period, capacity=capacity, note=note
        )

    async def check_number(self, kind: PlaceKind, number: str, program: str = "") -> None:
        """Raises what `make` would raise for this number: Invalid, ArchiveRefused where it is taken."""
        await self._link.read(check_number, kind, number, program)

    async def next_number(self, program: str) -> str:
        """The number that the next box of a programme gets."""
        return await self._link.read(next_box, program)

    async def change(self, place_id: int, version: int, values: Mapping[str, str | int]) -> UndoRef | None:
        """Changes `number`, `shelf`, `period`, `capacity` or `note` of a place. Raises Invalid, ArchiveRefused."""
        return (await self._link.write(change, place_id, version, dict(values)))[1]

    async def close(self, place_id: int, version: int) -> UndoRef | None:
        """Nothing goes into it any more: it is tied up and leaves for the archive room."""
        return (await self._link.write(close, place_id, version))[1]

    async def reopen(self, place_id: int, version: int) -> UndoRef | None:
        return (await self._link.write(reopen, place_id, version))[1]

    async def remove(self, place_id: int, version: int) -> UndoRef | None:
        """A place that was made by mistake; refused while something lies in it."""
        return (await self._link.write(remove, place_id, version))[1]

    # Putting in and taking out

    async def put(self, file_id: int, place_id: int | None = None) -> tuple[Put, UndoRef | None]:
        """One file into the right open box in order, or into the place that is named; a full box makes the next one.

        Raises ArchiveRefused also where the code lies in a place already (`Waiting.lies`).
        """
        done, undo = await self._link.write(put, [file_id], place_id)
        return done[0], undo

    async def put_many(self, file_ids: Sequence[int]) -> tuple[list[Put], UndoRef | None]:
        """The same for many, all or none, each programme in the order of its codes; one undo takes all back."""
        return await self._link.write(put, list(file_ids), None)

    async def take_out(self, archived_id: int, version: int, why: str) -> UndoRef | None:
        """It leaves the archive to be worked on again (not to be lent). Raises Invalid without a reason."""
        return (await self._link.write(take_out, archived_id, version, why))[1]

    async def move(self, archived_id: int, version: int, place_id: int) -> UndoRef | None:
        """It lies in another place than was noted."""
        return (await self._link.write(move_to, archived_id, version, place_id))[1]

    async def note_trouble(self, file_id: int, why: str) -> tuple[int, UndoRef | None]:
        """A claim file that cannot be archived, and why; it waits aside until `put` or `clear_trouble`."""
        return await self._link.write(note_trouble, file_id, why)

    async def note_loose(
        self, program: str, why: str, *, name: str = "", kpj: str = "", dated: date | None = None
    ) -> tuple[int, UndoRef | None]:
        """An older paper of which Loket has no claim file, and why it cannot be archived. Raises Invalid."""
        return await self._link.write(note_loose, program, why, name=name, kpj=kpj, dated=dated)

    async def clear_trouble(self, archived_id: int, version: int) -> UndoRef | None:
        """The trouble is over: a claim file waits among the others again, a loose paper is no longer noted."""
        return (await self._link.write(clear_trouble, archived_id, version))[1]

    # Codes that are missing

    async def without_code(self, offset: int, limit: int) -> list[ArchivedRow]:
        """Files in the archive whose transaction code nobody wrote down."""
        return await self._link.newest("archive-no-code", without_code, offset, limit)

    async def suggestions(self, archived_ids: Sequence[int]) -> list[CodeSuggestion]:
        """Transactions of the listings that these may be: same programme, KPJ and amount. Nothing is changed."""
        return await self._link.read(suggestions, list(archived_ids))

    async def fill_codes(self, chosen: Mapping[int, int]) -> tuple[int, UndoRef | None]:
        """A person's yes: each archived file (its id) is that transaction (its payment id). All or none; how many."""
        return await self._link.write(fill_codes, dict(chosen))

    # Out of the office

    async def write_contents(self, place_id: int, path: Path, title: str, header: Sequence[str]) -> int:
        """Writes what lies in a place as .xlsx and notes who took it; how many rows.

        `title` names the sheet; `header` are the 16 headings of `store.archive_contents.COLUMNS` in words. Raises
        FileRefused, ValueError for another number of headings.
        """
        rows, _undo = await self._link.write(take_contents, place_id, path.name)
        await asyncio.to_thread(write_contents, path, title, list(header), rows)
        return len(rows)
