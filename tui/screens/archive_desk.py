"""What the screens of the archive (F6) share: a table, what was done here and its undo, lines to type in, papers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from store.archive_rows import ArchivedRow, PlaceFilter, PlaceRow
from store.errors import Invalid
from store.rules.callbacks import CallbackTimeError
from store.rules.dates import read_date
from store.rules.printing import Document
from store.value_class import value_class
from tui import paper_out
from tui.commands import holding
from tui.i18n import WIB, _, day_words, number
from tui.screens import files_out
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.deeds import ListDesk
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.words import archive, archive_paper, errors

if TYPE_CHECKING:
    from store import Store


@value_class
class Places:
    """Places in the store, as a source of a table."""

    store: Store
    wanted: PlaceFilter

    async def count(self) -> int:
        return await self.store.archive.count_places(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[PlaceRow]:
        return await self.store.archive.places(self.wanted, offset, limit)


class ArchiveDesk(ListDesk):
    """The base: whoever derives has `rows` and says how it is read again. `done` is shared by all of them."""

    drafts = "archive:"

    @property
    def today(self) -> date:
        return self.loket.now().astimezone(WIB).date()

    def two_lines(self, lines: Sequence[str]) -> list[list[Piece]]:
        """Two sentences below a list, the position at the end of the second."""
        at = f"   {self.rows.position()}"
        told = [*lines, "", ""]
        return [[(told[0], "normal")], [(told[1], "muted"), (at, "muted")]]

    async def ask_day(self, name: str, usual: date, chosen: Callable[[date], Awaitable[None]]) -> None:
        """A day by which something has to be done; nothing typed is the usual one."""
        start = _("enter: {day} · or office days from today (3), jumat, 12-8").format(day=day_words(usual, self.today))

        async def read(text: str) -> str:
            try:
                found = (await self.store.follow_ups.parse_due(text)).astimezone(WIB).date()
            except CallbackTimeError as wrong:
                return errors.callback(wrong, self.loket.now())
            return day_words(found, self.today)

        async def entered(text: str) -> None:
            day = usual
            if text.strip():
                try:
                    day = (await self.store.follow_ups.parse_due(text)).astimezone(WIB).date()
                except CallbackTimeError:
                    raise Invalid("due_on", text, "unreadable") from None
            await chosen(day)

        await self.line(name, PromptLine(_("Back until"), "", start, 40), entered, read)

    async def choose_place(self, question: str, wanted: PlaceFilter, chosen: Callable[[int], Awaitable[None]]) -> None:
        """Choose one of the open places; a few letters of its number make the list short."""
        open_ones = replace(wanted, open=True)
        rows = await self.store.archive.places(open_ones, 0, 2_000)

        async def taken(choice: Choice) -> None:
            assert isinstance(choice.value, int)
            await chosen(choice.value)

        choices = [Choice(row.place_id, " · ".join(filter(None, (archive.name_of(row), row.shelf)))) for row in rows]
        if not choices:
            self.say(_("No open place is there. n makes one at the archive desk (F6)."), "warn")
            return
        await self.loket.push_screen(ChooseScreen(self, question, choices, taken))

    def question(self, context: str, title: str) -> None:
        """Ask with all answers of a context."""
        self.ask(context, title, [(command.keys[0], _(command.label)) for command in holding((context,))])


def typed_day(text: str) -> date:
    """The day that was typed: 31-12-2033. Raises Invalid."""
    found = read_date(text, field="dated").value
    if found is None:
        raise Invalid("dated", text, "unreadable")
    return found


# Papers of a place ----------------------------------------------------------------------------------------------------


async def print_label(desk: ArchiveDesk, row: PlaceRow) -> None:
    import printing

    sheet = archive_paper.label(row, desk.loket.me, desk.loket.now())
    await paper_out.send(desk.loket, Document.LABEL, lambda: printing.box_labels(*sheet))


async def print_contents(desk: ArchiveDesk, row: PlaceRow) -> None:
    import printing

    files = await desk.store.archive.contents(row.place_id)
    gaps = await desk.store.archive.gaps(row.place_id)
    sheet = archive_paper.contents(row, files, gaps, desk.loket.me, desk.loket.now())
    await paper_out.send(desk.loket, Document.CONTENTS, lambda: printing.contents(*sheet))


async def print_slip(desk: ArchiveDesk, row: PlaceRow) -> None:
    import printing

    files = await desk.store.archive.contents(row.place_id)
    sheet = archive_paper.slip(row, files, desk.loket.me, desk.loket.now())
    await paper_out.send(desk.loket, Document.SLIP, lambda: printing.code_slip(*sheet))


async def save_contents(desk: ArchiveDesk, row: PlaceRow) -> None:
    """The contents as .xlsx into KELUAR, in the columns of the register of other branches (domain.md 3.2)."""

    async def write() -> str:
        stem = "-".join(filter(None, ("isi", row.program.lower(), "".join(c for c in row.number if c.isalnum()))))
        headings = [_(heading) for heading in archive.CONTENTS_HEADINGS]
        with files_out.reserved(desk.loket, stem) as path:
            count = await desk.store.archive.write_contents(row.place_id, path, archive.name_of(row)[:31], headings)
        return _("{n} files: KELUAR/{name}").format(n=number(count), name=path.name)

    desk.loket.run_worker(files_out.told(desk.loket, write))


PAPERS: Final[dict[str, Callable[[ArchiveDesk, PlaceRow], Awaitable[None]]]] = {
    "label": print_label,
    "contents": print_contents,
    "book": save_contents,
    "slip": print_slip,
}
"""What can be printed of a place, by the answer to the question."""


async def open_person(desk: ArchiveDesk, row: ArchivedRow) -> None:
    """The page of whom a file is about (F8), by the card."""
    from tui.screens.person import PersonScreen  # it shows where its files lie

    found = [one for one in await desk.store.persons.find(row.kpj, 5) if one.kpj == row.kpj] if row.kpj else []
    if len(found) == 1:
        await desk.loket.push_screen(PersonScreen(found[0].participant_id))
    else:
        desk.say(_("Nobody with the card {kpj} is on record here.").format(kpj=row.kpj or "–"), "warn")
