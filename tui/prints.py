"""The printer beside everything else: jobs go on whatever screen is in front, and the status line tells what matters.

Only for people who print vouchers, or printed something just now; others never ask a print server anything.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, WorkerError

from store.errors import StoreError
from store.rules.permissions import Permission
from store.rules.printing import FOLDER, FOR_A_PERSON, MOVING, Document

if TYPE_CHECKING:
    from printing.desk import PrintDesk
    from printing.printers import PrinterFacts
    from store import Store
    from store.print_rows import PrintJobRow
    from tui.shell import LoketApp

LOOKS_AT_REST: Final = 20
"""So many looks pass between two rounds while nothing prints and nobody else has changed anything."""


class PrintWatch:
    """Takes every job of this process further, once a look, and those of a process that died."""

    def __init__(self) -> None:
        self.facts: PrinterFacts | None = None
        self.jobs: list[PrintJobRow] = []
        self._desk: PrintDesk | None = None
        self._round: Worker[None] | None = None
        self._rest = 0

    def desk(self, store: Store) -> PrintDesk:
        """The one desk of printing of this process: what is pressed and what goes on by itself wait for each other."""
        if self._desk is None:
            from printing.desk import PrintDesk

            self._desk = PrintDesk(store)
        return self._desk

    def look(self, app: LoketApp, *, changed: bool) -> None:
        """Once a look: begins a round when there is reason for one and none is under way. Waits for nothing."""
        mine = any(job.mine and job.state in MOVING for job in self.jobs)
        if not mine and Permission.RECEIVE_FILES not in app.me.permissions:
            return
        if self._round and not self._round.is_finished:
            return
        self._rest -= 1
        if changed or self._rest <= 0 or any(job.state in MOVING for job in self.jobs):
            self._rest = LOOKS_AT_REST
            self._round = app.run_worker(self._go_on(app), name="prints")

    async def go_on(self, app: LoketApp) -> None:
        """A round at once, for what was just written down; the looks go on from there. Raises what the store raises."""
        self.jobs = await self.desk(app.store).step()
        self._rest = 0

    async def read(self, app: LoketApp) -> None:
        """What became of the jobs by a person's word. Raises what the store raises."""
        self.jobs = await app.store.printing.jobs()

    async def _go_on(self, app: LoketApp) -> None:
        before = self.jobs, self.facts
        with suppress(StoreError):  # the look itself says what is wrong with the database
            self.jobs = await self.desk(app.store).step()
            self.facts = await self._printer(app.store)
            if (self.jobs, self.facts) != before:
                await self._show(app)

    async def _show(self, app: LoketApp) -> None:
        """The screen in front reads again what it shows."""
        from tui.screens.base import DeskScreen

        screen = app.screen if app.screen_stack else None
        if isinstance(screen, DeskScreen):
            await screen.arrival.again()
            screen.frame()

    async def _printer(self, store: Store) -> PrinterFacts | None:
        """How the printer of the vouchers is; None for KELUAR."""
        from printing.background import background
        from printing.printers import PrinterAway, PrinterFacts, PrinterState

        route = await store.printers.route(Document.VOUCHER)
        if route.printer == FOLDER:
            return None
        printer = await self.desk(store).printer(route, Document.VOUCHER)
        try:
            return await background(printer.facts)
        except PrinterAway as away:
            return PrinterFacts(route.printer, PrinterState.AWAY, reasons=(away.reason,))

    def status(self) -> tuple[str, str] | None:
        """What the status line says, with its role; None when there is nothing to say."""
        from tui.words.printers import status

        waiting = sum(job.state in FOR_A_PERSON for job in self.jobs)
        return status(self.facts, waiting, len(self.jobs) - waiting)

    async def close(self) -> None:
        """No further round; the one under way is left where it is: its job goes on at the next start."""
        if self._round is not None:
            self._round.cancel()
            with suppress(WorkerError):
                await self._round.wait()
