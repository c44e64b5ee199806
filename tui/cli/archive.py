"""`loket print label|contents|slip`: the papers of a box or another place of the archive, by its number."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from store.archive_rows import PlaceFilter, PlaceRow
from store.errors import NotFound
from store.rules.archive import PlaceKind
from store.rules.printing import Document
from store.rules.programs import Program
from tui.cli.printers import printed
from tui.cli.session import UsageError, with_store
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store

_MOST: Final = 1_000


def print_label(arguments: Namespace) -> int:
    """The label that is stuck onto a box."""

    async def paper(store: Store, row: PlaceRow) -> bytes:
        import printing
        from tui.words import archive_paper

        return printing.box_labels(*archive_paper.label(row, store.me, store.now()))

    return _print(arguments, Document.LABEL, paper)


def print_contents(arguments: Namespace) -> int:
    """What lies in a box, in its order, with what is missing in between."""

    async def paper(store: Store, row: PlaceRow) -> bytes:
        import printing
        from tui.words import archive_paper

        files = await store.archive.contents(row.place_id)
        gaps = await store.archive.gaps(row.place_id)
        return printing.contents(*archive_paper.contents(row, files, gaps, store.me, store.now()))

    return _print(arguments, Document.CONTENTS, paper)


def print_slip(arguments: Namespace) -> int:
    """The codes of a box in its order, to be written by hand."""

    async def paper(store: Store, row: PlaceRow) -> bytes:
        import printing
        from tui.words import archive_paper

        files = await store.archive.contents(row.place_id)
        return printing.code_slip(*archive_paper.slip(row, files, store.me, store.now()))

    return _print(arguments, Document.SLIP, paper)


def _print(arguments: Namespace, document: Document, paper: Callable[[Store, PlaceRow], Awaitable[bytes]]) -> int:
    async def work(store: Store) -> int:
        row = await _named(store, arguments)
        return await printed(store, document, await paper(store, row))

    return with_store(arguments, work)


async def _named(store: Store, arguments: Namespace) -> PlaceRow:
    """The one place with this number. Raises NotFound, and UsageError where more than one has it."""
    from tui.words.archive import name_of

    try:
        kinds = (PlaceKind(arguments.kind),) if arguments.kind else ()
        program = str(Program(arguments.program.upper())) if arguments.program else None
    except ValueError:
        known = f"--kind {'|'.join(PlaceKind)} --program {'|'.join(Program)}"
        raise UsageError(_("That is no kind of place or no programme: {known}").format(known=known)) from None
    wanted = arguments.number.strip().casefold()
    some = await store.archive.places(PlaceFilter(kinds=kinds, program=program, text=wanted), 0, _MOST)
    rows = [row for row in some if row.number.casefold() == wanted]
    if not rows:
        raise NotFound("place", arguments.number)
    if len(rows) > 1:
        text = _("Several places have the number {number}: {places}. Say --program or --kind.")
        places = ", ".join(name_of(row) for row in rows)
        raise UsageError(text.format(number=arguments.number, places=places))
    return rows[0]
