"""What can be done to a file that lies in the archive: lend it, note it back, take it out, say where it really lies."""

from __future__ import annotations

from datetime import date

from store.archive_rows import ArchivedRow, PlaceFilter
from store.errors import Invalid
from tui.i18n import _, day_words
from tui.screens.archive_desk import ArchiveDesk, open_person
from tui.widgets.prompt import PromptLine
from tui.words import archive


class PaperActs(ArchiveDesk):
    """The part of a screen that lends and takes out; the screen says which file is chosen."""

    def chosen(self) -> ArchivedRow | None:
        """The file that the keys are about."""
        raise NotImplementedError

    # Lending

    async def do_archived_lend(self) -> None:
        row = self.chosen()
        if row is None:
            return
        if row.loan_id is not None:
            await self.note_back(row)
            return

        async def named(text: str) -> None:
            if not text.strip():
                raise Invalid("borrower", "", "empty")
            await self._ask_why(row, text.strip())

        hint = _("who takes it along · enter, then why · esc goes back")
        label = _("Lend {name} to").format(name=archive.short(row))
        await self.line(f"borrower {row.archived_id}", PromptLine(label, "", hint, 80), named)

    async def _ask_why(self, row: ArchivedRow, borrower: str) -> None:
        async def explained(text: str) -> None:
            if not text.strip():
                raise Invalid("why", "", "empty")
            await self._ask_day(row, borrower, text.strip())

        hint = _("for what, in a few words · enter, then until when · esc goes back")
        await self.line(f"why {row.archived_id}", PromptLine(_("Why"), "", hint, 120), explained)

    async def _ask_day(self, row: ArchivedRow, borrower: str, why: str) -> None:
        async def lent(due_on: date) -> None:
            _id, ref = await self.store.loans.borrow(row.archived_id, row.version, borrower, why, due_on)
            until = day_words(due_on, self.today)
            said = _("{who} has {name} until {day}").format(who=borrower, name=archive.short(row), day=until)
            await self.did(said, ref)

        await self.ask_day(f"until {row.archived_id}", await self.store.loans.usual_due(), lent)

    async def note_back(self, row: ArchivedRow) -> None:
        """It lies in its place again."""
        assert row.loan_id is not None
        _count, ref = await self.store.loans.give_back([row.loan_id])
        where = archive.place_name(row.place_kind or "", row.place_program, row.place_number)
        place = " · ".join(filter(None, (where, row.shelf)))
        await self.did(_("{name} is back: it goes into {place}").format(name=archive.short(row), place=place), ref)

    # Out, and elsewhere

    async def do_archived_out(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def explained(text: str) -> None:
            ref = await self.store.archive.take_out(row.archived_id, row.version, text)
            await self.did(_("{name} is taken out").format(name=archive.short(row)), ref)

        label = _("Why is {name} taken out").format(name=archive.short(row))
        hint = _("a few words · enter takes it out · esc goes back")
        await self.line(f"out {row.archived_id}", PromptLine(label, "", hint, 120), explained)

    async def do_archived_move(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def moved(place_id: int) -> None:
            ref = await self.store.archive.move(row.archived_id, row.version, place_id)
            await self.did(_("{name} lies in the other place now").format(name=archive.short(row)), ref)

        await self.choose_place(_("Where {name} lies").format(name=archive.short(row)), PlaceFilter(), moved)

    async def do_archived_history(self) -> None:
        row = self.chosen()
        if row is not None:
            await open_person(self, row)
