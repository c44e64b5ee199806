"""The promise of printing once: reserve, hand over held, release, follow, and ask a person about what is in doubt.

`PrintDesk.step` takes every job that this process holds one round further, and takes over the jobs whose process died.
It may be called at any time, after any death, any number of times: what a job's row and the printer say decides.

| row says | printer says | then |
|---|---|---|
| reserved | – | handed over, held |
| sending | held, or not known | the held one is cancelled; sent anew under another name |
| staged | held | released |
| staged | not known | surely no paper: sent anew under another name |
| staged | cancelled | surely no paper: a person sends it again or not |
| releasing | held, by the same run of the server | released |
| releasing | held, by another run | cancelled; a person is asked |
| sent | completed, by the same run | the printer says so; a person looks at the paper |
| sent | anything, by another run | cancelled if need be; a person is asked |
| sent | held, cancelled, aborted, not known | a person is asked |
| any other, or none | held | cancelled: nobody's |
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from printing.background import background
from printing.cups import CupsPrinter, address_of
from printing.folder import FolderPrinter
from printing.printers import DeviceJob, DeviceState, JobRefused, Printer, PrinterAway
from store.errors import Invalid, StaleEdit
from store.print_rows import PrintJobRow
from store.rules.printing import FOLDER, MOVING, STEMS, Document, JobState, Route

if TYPE_CHECKING:
    from store import Store

AHEAD: Final = 3
"""Jobs of a printer that are released and not over: the printer never waits, and a crash puts few in doubt."""

PAUSE: Final = 0.04
MOST_PAUSE: Final = 0.6
"""Seconds between two rounds while a printer works: short while jobs move, twice as long after each round without."""

CLEAN: Final = 60.0
"""Seconds after which held jobs that are nobody's are looked for again."""

Factory = Callable[[Route, Document], Printer]


class PrintDesk:
    """Printing for one opened office. Not for use by two tasks at once; `step` makes them wait for each other."""

    def __init__(self, store: Store, printers: Factory | None = None) -> None:
        self._store = store
        self._factory = printers
        self._one = asyncio.Lock()
        self._clean_at = 0.0
        self._unwatched: set[int] = set()

    async def printer(self, route: Route, document: Document) -> Printer:
        """The printer of a route: a queue of the office's CUPS, or KELUAR."""
        if self._factory is not None:
            return self._factory(route, document)
        if route.printer == FOLDER:
            return FolderPrinter(self._store.outbox, STEMS[document])
        return CupsPrinter(route.printer, address_of(await self._store.printers.server()))

    async def step(self) -> list[PrintJobRow]:
        """One round; every job that is not over, as it stands then. Raises what the store raises.

        A printer that cannot be asked is noted in `said` of its jobs, and asked again at the next step.
        """
        async with self._one:
            taken = await self._store.printing.adopt()
            self._unwatched |= {job.job_id for job in taken if job.state == JobState.SENT}
            if taken:
                self._clean_at = 0.0
            rows = await self._store.printing.jobs()
            mine = [job for job in rows if job.mine and job.state in MOVING]
            if mine:
                await self._store.queue.touch()  # who goes on with a job is there, though nobody presses a key
            for route, document in dict.fromkeys((job.route, job.document) for job in mine):
                jobs = [job for job in mine if (job.route, job.document) == (route, document)]
                await self._round(await self.printer(route, document), jobs)
            if time.monotonic() >= self._clean_at:
                await self._clean(rows)
            return await self._store.printing.jobs() if mine or taken else rows

    async def settle(self, told: Callable[[list[PrintJobRow]], None] | None = None) -> list[PrintJobRow]:
        """Rounds until none of this process's jobs moves by itself; `told` hears how each round left them."""
        before, pause = None, PAUSE
        while True:
            rows = await self.step()
            if told is not None:
                told(rows)
            if not any(job.mine and job.state in MOVING for job in rows):
                return rows
            pause = PAUSE if rows != before else min(pause * 2, MOST_PAUSE)
            before = rows
            await asyncio.sleep(pause)

    async def stop(self, job: PrintJobRow) -> PrintJobRow:
        """Gives a job up: cancelled when surely no sheet came out, else it ends at the printer and a person is asked.

        Raises NotAllowed, StaleEdit, Invalid, PrinterAway, JobRefused: then it is as it was.
        """
        printer = await self.printer(job.route, job.document)
        if job.state in (JobState.SENDING, JobState.STAGED) and await self._let_go(printer, job):
            await self.step()
            job = await self._store.printing.job(job.job_id)
            if job.state in (JobState.SENDING, JobState.STAGED):  # whose process lives takes it further
                raise Invalid("state", job.state, "on-paper")
        if job.state in (JobState.RELEASING, JobState.SENT):
            await self._store.printing.stop(job)
            await background(printer.cancel, job.queue_id, job.attempt)
            await self.step()
            return await self._store.printing.job(job.job_id)
        given_up = await self._store.printing.cancel(job)
        self._clean_at = 0.0  # whatever is held of it is nobody's now
        return given_up

    async def _let_go(self, printer: Printer, job: PrintJobRow) -> bool:
        """Whether somebody released the job at the printer's own tools. Where nobody answers, the row is believed."""
        with contextlib.suppress(PrinterAway):
            found = await background(printer.look, job.queue_id, job.attempt)
            return found is not None and found.state not in (DeviceState.HELD, DeviceState.CANCELLED)
        return False

    # One printer

    async def _round(self, printer: Printer, jobs: list[PrintJobRow]) -> None:
        try:
            reasons = set((await background(printer.facts)).reasons)
            out = 0
            for job in jobs:
                after = await self._further(printer, job, reasons, may_release=out < AHEAD)
                out += after.state == JobState.SENT
        except PrinterAway as away:
            await self._note_away(away, jobs)

    async def _note_away(self, away: PrinterAway, jobs: list[PrintJobRow]) -> None:
        for seen in jobs:
            job = await self._store.printing.job(seen.job_id)
            if not job.mine or job.state not in MOVING:
                continue
            if job.state == JobState.SENT:
                self._unwatched.add(job.job_id)
            with contextlib.suppress(StaleEdit):
                if away.reason == "no-such-printer":  # and its jobs went with it
                    out = job.state in (JobState.RELEASING, JobState.SENT)
                    ended = JobState.DOUBTFUL if out else JobState.FAILED
                    await self._store.printing.move(job, ended, said=[away.reason])
                else:
                    await self._store.printing.say(job, {away.reason})

    async def _further(
        self, printer: Printer, job: PrintJobRow, reasons: Collection[str], *, may_release: bool
    ) -> PrintJobRow:
        """As far as the job goes now. Whoever else has moved it meanwhile (StaleEdit) has the say."""
        try:
            while True:
                before = job
                if job.state == JobState.RESERVED:
                    job = await self._hand_over(printer, job)
                elif job.state == JobState.SENDING:
                    job = await self._send_anew(printer, job)
                elif job.state == JobState.STAGED:
                    job = await self._staged(printer, job, may_release=may_release)
                elif job.state == JobState.RELEASING:
                    job = await self._releasing(printer, job)
                elif job.state == JobState.SENT:
                    job = await self._follow(printer, job, reasons)
                if job.state == before.state or job.state not in MOVING:
                    return job
        except JobRefused as refused:
            job = await self._store.printing.job(job.job_id)
            return await self._store.printing.say(job, {refused.reason}) if job.mine else job
        except StaleEdit:
            return await self._store.printing.job(job.job_id)

    async def _hand_over(self, printer: Printer, job: PrintJobRow) -> PrintJobRow:
        pdf = await self._store.printing.pdf(job)
        job = await self._store.printing.move(job, JobState.SENDING, said=())
        try:
            number = await background(printer.submit, job.attempt, pdf, job.route)
        except JobRefused as refused:
            return await self._store.printing.move(job, JobState.FAILED, said=[refused.reason])
        return await self._store.printing.move(job, JobState.STAGED, queue_id=number)

    async def _send_anew(self, printer: Printer, job: PrintJobRow) -> PrintJobRow:
        """The data was on its way when something died. Held or not there: another try under another name."""
        found = await background(printer.find, job.attempt)
        if found is not None:
            found = await self._cancelled(printer, found)
        if found is not None:
            return await self._released_by_others(printer, job, found)
        self._clean_at = 0.0  # it may yet arrive, held
        return await self._store.printing.move(job, JobState.RESERVED)

    async def _cancelled(self, printer: Printer, found: DeviceJob) -> DeviceJob | None:
        """Cancels a held job; None when it surely never left the printer's queue, else the job as it is."""
        if found.state == DeviceState.HELD:
            await background(printer.cancel, found.queue_id, found.attempt)
            after = await background(printer.look, found.queue_id, found.attempt)
            if after is None or after.state == DeviceState.CANCELLED:
                return None
            found = after
        return None if found.state == DeviceState.HELD else found

    async def _released_by_others(self, printer: Printer, job: PrintJobRow, found: DeviceJob) -> PrintJobRow:
        """Somebody at the printer's own tools let it go."""
        server = await background(printer.server)
        return await self._store.printing.move(job, JobState.SENT, queue_id=found.queue_id, server=server)

    async def _staged(self, printer: Printer, job: PrintJobRow, *, may_release: bool) -> PrintJobRow:
        found = await background(printer.look, job.queue_id, job.attempt)
        if found is None:
            self._clean_at = 0.0
            return await self._store.printing.move(job, JobState.RESERVED)
        if found.state in (DeviceState.CANCELLED, DeviceState.ABORTED):
            return await self._store.printing.move(job, JobState.FAILED, said=[found.state])
        if found.state != DeviceState.HELD:
            return await self._released_by_others(printer, job, found)
        if not may_release:
            return job
        server = await background(printer.server)
        job = await self._store.printing.move(job, JobState.RELEASING, server=server)
        return await self._release(printer, job, first=True)

    async def _release(self, printer: Printer, job: PrintJobRow, *, first: bool) -> PrintJobRow:
        """`first`: nobody has asked for it before."""
        try:
            await background(printer.release, job.queue_id, job.attempt)
        except JobRefused as refused:
            if first and refused.reason == "no-such-job":  # its server lost it, held
                return await self._store.printing.move(job, JobState.RESERVED)
            return await self._after_refused_release(printer, job)
        except PrinterAway as away:
            if away.surely:
                return await self._store.printing.move(job, JobState.STAGED)
            raise
        return await self._store.printing.move(job, JobState.SENT)

    async def _after_refused_release(self, printer: Printer, job: PrintJobRow) -> PrintJobRow:
        """It was not held any more, or is not known: others cancelled or released it, or it is over and forgotten."""
        found = await background(printer.look, job.queue_id, job.attempt)
        if found is None or found.state in (DeviceState.CANCELLED, DeviceState.ABORTED, DeviceState.HELD):
            return await self._store.printing.move(job, JobState.DOUBTFUL, said=["lost"])
        return await self._store.printing.move(job, JobState.SENT, queue_id=found.queue_id)

    async def _releasing(self, printer: Printer, job: PrintJobRow) -> PrintJobRow:
        """The release may have arrived. Held by the same run of the server: it did not."""
        found = await background(printer.look, job.queue_id, job.attempt)
        if found is None:
            return await self._store.printing.move(job, JobState.DOUBTFUL, said=["lost"])
        if found.state != DeviceState.HELD:
            return await self._store.printing.move(job, JobState.SENT)
        if await self._same_run(printer, job):
            return await self._release(printer, job, first=False)
        await background(printer.cancel, job.queue_id, job.attempt)
        return await self._store.printing.move(job, JobState.DOUBTFUL, said=["server-restarted"])

    async def _follow(self, printer: Printer, job: PrintJobRow, reasons: Collection[str]) -> PrintJobRow:
        found = await background(printer.look, job.queue_id, job.attempt)
        # Asked after the look: a run that is still the same was the same when it answered.
        if not await self._same_run(printer, job):
            return await self._end(printer, job, found, "server-restarted")
        if found is None:
            return await self._end(printer, job, found, "lost")
        if found.state == DeviceState.HELD:
            return await self._end(printer, job, found, "held")
        if found.state == DeviceState.COMPLETED:
            if 0 < found.impressions < job.pages:
                return await self._store.printing.move(job, JobState.SAID, said=["fewer-sheets"])
            return await self._store.printing.move(job, JobState.SAID, said=())
        if found.state.over:
            return await self._end(printer, job, found, found.state)
        return await self._store.printing.say(job, {*found.reasons, *reasons})

    async def _same_run(self, printer: Printer, job: PrintJobRow) -> bool:
        """Whether the server that answers is the one that was told to print, without a break that we know of."""
        server = await background(printer.server)
        if server and job.server:
            return server == job.server
        return job.job_id not in self._unwatched

    async def _end(self, printer: Printer, job: PrintJobRow, found: DeviceJob | None, reason: str) -> PrintJobRow:
        """Ends the job at the printer and asks a person. While the printer is still at it, the job stays as it is."""
        if found is not None and not found.state.over:
            await background(printer.cancel, job.queue_id, job.attempt)
            found = await background(printer.look, job.queue_id, job.attempt)
            if found is not None and not found.state.over:
                return await self._store.printing.say(job, {reason, *found.reasons})
        reasons = {str(reason), *(() if found is None else found.reasons)}
        return await self._store.printing.move(job, JobState.DOUBTFUL, said=reasons)

    # Held jobs that are nobody's

    async def _clean(self, rows: list[PrintJobRow]) -> None:
        """Cancels what is held under a name of ours that no job has: its process died, and it was sent anew."""
        self._clean_at = time.monotonic() + CLEAN
        begins = await self._store.printing.prefix()
        chosen = [(route, Document(key)) for key, route in (await self._store.printers.routes()).items()]
        places = {FOLDER: (Route(), Document.SLIP)}
        places |= {route.printer: (route, document) for route, document in chosen}
        places |= {job.route.printer: (job.route, job.document) for job in rows}
        for route, document in places.values():
            printer = await self.printer(route, document)
            try:
                held = await background(printer.waiting, begins)
                # Listed first, asked then: whoever is just sending has written the name down before.
                nobodys = await self._store.printing.nobodys({job.attempt for job in held})
                for job in held:
                    if job.attempt in nobodys:
                        await background(printer.cancel, job.queue_id, job.attempt)
            except (PrinterAway, JobRefused):
                continue  # they stay held: nothing is printed of them
