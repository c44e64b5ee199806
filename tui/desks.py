"""Ways to desks that lie above another one: escape leads back to where somebody came from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.rows import Me, OfferedFile
from store.rules.permissions import Permission
from tui.commands import Command
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.voucher_doors import VoucherDoors

if TYPE_CHECKING:
    from store import Store
    from tui.screens.calls import CallsScreen
    from tui.screens.imports import ImportsScreen
    from tui.screens.vouchers import VouchersScreen


CALLS: Final = "calls"
IMPORTS: Final = "imports"
PEOPLE: Final = "people"
RECAPS: Final = "recaps"
COUNTER: Final = "counter"
ARCHIVE: Final = "archive"
CORRECTIONS: Final = "corrections"
VOUCHERS: Final = "vouchers"
MERGE: Final = "merge"


class Desks(VoucherDoors, inherit_bindings=False):
    """The part of the shell that opens them; each is made anew, so that it shows what is true now."""

    store: Store
    me: Me

    @property
    def calls(self) -> CallsScreen:
        """The telephone desk; it keeps the held person while another desk is in front."""
        from tui.screens.calls import CallsScreen

        if not self.is_screen_installed(CALLS):
            self.install_screen(CallsScreen(), CALLS)
        return self.get_screen(CALLS, CallsScreen)

    @property
    def imports(self) -> ImportsScreen:
        """The files from MASUK; the one that is looked at stays open while another desk is in front."""
        from tui.screens.imports import ImportsScreen

        if not self.is_screen_installed(IMPORTS):
            self.install_screen(ImportsScreen(), IMPORTS)
        return self.get_screen(IMPORTS, ImportsScreen)

    async def do_reveal(self) -> None:
        """On a screen without a person under the cursor."""
        if isinstance(self.screen, DeskScreen):
            self.screen.say(_("Nobody stands under the cursor here. F8 finds a person."), "warn")

    async def do_desk_calls(self) -> None:
        await self.go(self.calls)

    async def do_desk_people(self) -> None:
        from tui.screens.people import PeopleScreen

        if not self.is_screen_installed(PEOPLE):
            self.install_screen(PeopleScreen(), PEOPLE)
        await self.go(self.get_screen(PEOPLE, PeopleScreen))

    async def do_desk_recaps(self) -> None:
        if Permission.READ_RECAPS not in self.me.permissions:
            from tui.screens.daily import DailyScreen

            await self.above(DailyScreen)
            return
        from tui.screens.recaps import RecapsScreen

        if not self.is_screen_installed(RECAPS):
            self.install_screen(RecapsScreen(), RECAPS)
        await self.go(self.get_screen(RECAPS, RecapsScreen))

    async def open_file(self, file: OfferedFile) -> None:
        """Look at a file that lies in MASUK."""
        await self.go(self.imports)
        await self.imports.look_at(file)

    async def do_imports(self) -> None:
        await self.go(self.imports)

    async def do_paper_new(self) -> None:
        from tui.screens import papers_out

        if isinstance(self.screen, DeskScreen):
            shown = self.calls.shown
            await papers_out.ask_call_list(self.screen.loket, self.screen, shown.kind, shown.period)

    async def do_paper_back(self) -> None:
        from tui.screens.papers import PapersScreen

        await self.push_screen(PapersScreen())

    async def do_save_results(self) -> None:
        from tui.screens import files_out

        if isinstance(self.screen, DeskScreen):
            await files_out.save_results(self.screen.loket, self.screen)

    async def do_save_people(self) -> None:
        from tui.screens import files_out

        if isinstance(self.screen, DeskScreen):
            await files_out.save_people(self.screen.loket)

    async def do_help(self) -> None:
        from tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, DeskScreen) and not isinstance(screen, HelpScreen):
            await self.push_screen(HelpScreen(screen))

    async def do_palette(self) -> None:
        from tui.screens.palette import PaletteScreen

        screen = self.screen
        if isinstance(screen, DeskScreen) and not isinstance(screen, PaletteScreen):
            await self.push_screen(PaletteScreen(screen))

    async def do_role(self) -> None:
        from tui.screens.roles import RolesScreen

        await self.push_screen(RolesScreen())

    async def above(self, kind: type[DeskScreen]) -> None:
        """Bring such a screen to the front: the one that is open already, or a new one above what is in front."""
        if any(isinstance(screen, kind) for screen in self.screen_stack):
            while not isinstance(self.screen, kind):
                self.pop_screen()
        else:
            await self.push_screen(kind())

    async def do_checks(self) -> None:
        from tui.screens.checks import ChecksScreen

        await self.above(ChecksScreen)

    async def do_smile_entry(self) -> None:
        from tui.screens.smile_entry import SmileEntryScreen

        await self.above(SmileEntryScreen)

    async def do_lookups(self) -> None:
        from tui.screens.lookups import LookupsScreen

        await self.above(LookupsScreen)

    async def do_supervision(self) -> None:
        from tui.screens.supervision import SupervisionScreen

        await self.above(SupervisionScreen)

    async def do_division(self) -> None:
        from tui.screens.division import DivisionScreen

        await self.above(DivisionScreen)

    async def do_settings(self) -> None:
        from tui.screens.settings import SettingsScreen

        await self.above(SettingsScreen)

    async def do_audit(self) -> None:
        from tui.screens.audit import AuditScreen

        await self.above(AuditScreen)

    async def do_retention(self) -> None:
        from tui.screens.retention import RetentionScreen

        await self.above(RetentionScreen)

    async def do_answers(self) -> None:
        from tui.screens.answers import AnswersScreen

        await self.above(AnswersScreen)

    async def do_desk_service(self) -> None:
        """The telephone rings: a call begins now, above everything; what is in front comes back untouched."""
        from tui.screens.counter import CounterScreen

        started_at = self.store.now()
        self.prepare_counter()
        counter = self.get_screen(COUNTER, CounterScreen)
        if isinstance(self.screen, CounterScreen):
            await self.screen.next_call(started_at)
        elif counter in self.screen_stack:  # below a list of its own: that list comes back as it is
            await self.push_screen(CounterScreen(started_at))
        else:
            counter.restart(started_at)
            await self.push_screen(counter)

    def prepare_counter(self) -> None:
        """The telephone does not wait: the counter is made before it rings for the first time, and kept."""
        from tui.screens.counter import CounterScreen

        if not self.is_screen_installed(COUNTER):  # the key may have been faster
            self.install_screen(CounterScreen(datetime.now(UTC)), COUNTER)
            self._get_screen(COUNTER)  # mounts it; the library has no public way to do that without showing it

    async def do_assists(self) -> None:
        from tui.screens.assists import AssistsScreen

        await self.above(AssistsScreen)

    async def do_desk_vouchers(self) -> None:
        """The claim files; the desk keeps day, scope and marks."""
        await self.go(self._vouchers())

    async def show_signing(self) -> None:
        """The claim files that are out for signing."""
        self._vouchers().show_first("out")
        await self.go(self._vouchers())

    def _vouchers(self) -> VouchersScreen:
        from tui.screens.vouchers import VouchersScreen

        if not self.is_screen_installed(VOUCHERS):
            self.install_screen(VouchersScreen(), VOUCHERS)
        return self.get_screen(VOUCHERS, VouchersScreen)

    async def do_desk_archive(self) -> None:
        """The boxes; the desk keeps its list and what can be taken back."""
        from tui.screens.archive import ArchiveScreen

        if not self.is_screen_installed(ARCHIVE):
            self.install_screen(ArchiveScreen(), ARCHIVE)
        await self.go(self.get_screen(ARCHIVE, ArchiveScreen))

    async def do_merge(self) -> None:
        """Files put together; marks and report are kept, and what is read goes on while another desk is in front."""
        from tui.screens.merge import MergeScreen

        if not self.is_screen_installed(MERGE):
            self.install_screen(MergeScreen(), MERGE)
        await self.go(self.get_screen(MERGE, MergeScreen))

    async def open_listing(self, path: Path) -> None:
        """Look at a listing or a list of paid files, above the voucher desk."""
        from tui.screens.voucher_in import ListingScreen
        from tui.screens.vouchers import VouchersScreen

        await self.do_desk_vouchers()
        desk = self.get_screen(VOUCHERS, VouchersScreen)
        await self.push_screen(ListingScreen(desk.done, path))

    async def do_desk_corrections(self) -> None:
        """What is open of people's data; the desk keeps filter, order and what can be taken back."""
        from tui.screens.corrections import CorrectionsScreen

        if not self.is_screen_installed(CORRECTIONS):
            self.install_screen(CorrectionsScreen(), CORRECTIONS)
        await self.go(self.get_screen(CORRECTIONS, CorrectionsScreen))

    async def go(self, desk: DeskScreen | None) -> None:
        """Bring a desk to the front, or the first screen."""
        raise NotImplementedError

    async def do_desk_followups(self) -> None:
        """What was promised, above what is in front; escape leads back there."""
        from tui.screens.follow_ups import FollowUpScreen, FollowUpsScreen

        while isinstance(self.screen, FollowUpScreen):
            await self.screen.leave_prompt()
            self.pop_screen()
        if not isinstance(self.screen, FollowUpsScreen):
            await self.push_screen(FollowUpsScreen())

    async def do(self, command: Command) -> None:
        """Families of commands that every desk may ask for: which calls a paper list is of."""
        from tui.screens import papers_out

        if command.where != "print-kind" or not isinstance(self.screen, DeskScreen):
            raise NotImplementedError(command.id)
        self.screen.asking = ""
        await papers_out.ask_call_list(self.screen.loket, self.screen, command.id.partition("-")[2])

    # The same from screens that have a key for it

    do_list_checks = do_checks
    do_corrections_smile = do_smile_entry
    do_corrections_lookups = do_lookups
    do_list_supervision = do_supervision
    do_division_watch = do_supervision
    do_watch_division = do_division
