"""Printing vouchers: what would be printed and where, the jobs as they go, and what came out of the printer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import cast

from textual.widget import Widget

from printing.printers import JobRefused, PrinterAway
from store.errors import FileRefused, StaleEdit, StoreError
from store.print_rows import PrintJobRow
from store.rules.printing import SEEN, Document, JobState
from store.rules.vouchers import VoucherKind
from tui import paper_out, practice, voucher_batch
from tui.commands import Facts
from tui.i18n import _, hour, ngettext, number
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.imports_tables import Pane
from tui.voucher_batch import Jam, JobSheets, Ready, SmileFile
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import errors, printers, voucher_prints, vouchers_paper

LINES = 8
"""Lines of what would be printed, at least."""


class VoucherPrintScreen(DeskScreen):
    """`files` are those that may get their originals; with `all_waiting` every sheet that waits for paper goes along.

    `then` is the command that is done first: 'right' or 'jam'.
    """

    def __init__(self, files: Sequence[int], *, all_waiting: bool, then: str = "") -> None:
        super().__init__()
        self.files = list(files)
        self.all_waiting = all_waiting
        self.then = then
        self.ready: Ready | None = None
        self.smile: SmileFile | None = None
        self.jobs: list[JobSheets] = []
        self.busy = False

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.card = CardView(id="to-print")
        self.list = WindowTable[JobSheets](
            (
                Column(_("Job"), lambda one: str(one.job.job_id), width=5, right=True),
                Column(_("Vouchers"), voucher_prints.job_numbers, width=14),
                Column(_("Sheets"), lambda one: number(one.job.pages), width=6, right=True),
                Column(_("Since"), lambda one: hour(one.job.made_at), width=5),
                Column(_("By"), lambda one: one.job.made_by, width=14, hide_below=100),
                Column(_("Where"), lambda one: printers.place(one.job.route), width=14, hide_below=90),
                Column(_("State"), voucher_prints.job_state),
            ),
            key=lambda one: one.job.job_id,
            id="print-jobs",
        )
        return (Pane(self.card, self.list),)

    def context(self) -> str:
        return "voucher-print"

    def place(self) -> tuple[str, str]:
        batches = sorted({one.job.batch for one in self.jobs})
        detail = _("batch {numbers}").format(numbers=", ".join(map(str, batches))) if batches else ""
        return _("Print vouchers"), detail

    def facts(self) -> Facts:
        me, job = self.loket.me, self.list.current
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=len(self.jobs),
            busy=self.busy,
            ready=self.ready.sheets if self.ready is not None else 0,
            printed=sum(one.job.state is JobState.SAID for one in self.jobs),
            on_paper=sum(one.job.state in SEEN for one in self.jobs),
            failed=job is not None and job.job.state is JobState.FAILED,
            smile=self._is_smile(),
        )

    def _is_smile(self) -> bool:
        ready = self.ready
        return ready is not None and (ready.kind is VoucherKind.SMILE or bool(ready.pageless))

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        if self.busy:
            return [[(_("The vouchers are being made …"), "muted")]]
        text, role = voucher_prints.next_step(self.jobs, self.ready)
        return [[(row, role)] for row in wrap(text, self.size.width - 1, 2)]

    def draw_desk(self) -> None:
        lines = self._card_lines(max(20, self.size.width))
        self.card.styles.height = max(3, min(len(lines), self.size.height - 10)) if self.jobs else "1fr"
        self.list.set_class(not self.jobs, "away")
        self.card.draw(lambda width, _height: self._card_lines(width))

    def _card_lines(self, width: int) -> list[Line]:
        ready = self.ready
        if ready is None:
            return []
        lines = [EMPTY]
        rows = (*ready.new, *ready.again)
        if rows:
            text = _("{vouchers} to be printed").format(vouchers=voucher_prints.vouchers(len(rows)))
            lines.append(line((f" {text}", "strong"), (f"   {voucher_prints.by_program(rows)}", "normal")))
        elif not self.jobs:
            lines.append(line((" " + _("No voucher is to be printed."), "muted")))
        if ready.again:
            text = ngettext(
                "1 of them has its number already: its sheet did not come out.",
                "{n} of them have their numbers already: their sheets did not come out.",
                len(ready.again),
            )
            lines.append(line((" " + text.format(n=number(len(ready.again))), "normal")))
        text, role = voucher_prints.where(ready, self.loket.prints.facts)
        lines.append(line((" " + _("Printer") + ": ", "muted"), (text, role)))
        lines.append(line((" " + _("Printed as") + ": ", "muted"), (voucher_prints.kind(ready.kind), "normal")))
        if self.smile is not None:
            told = " · ".join(vouchers_paper.smile_told(self.smile.split))
            lines += [line((f" {row}", "normal")) for row in wrap(f"{self.smile.name}: {told}", width - 2, 3)]
        for text in voucher_prints.left_out(ready)[:LINES]:
            lines += [line((f" {row}", "warn")) for row in wrap(text, width - 2, 2)]
        return [*lines, EMPTY]

    # Reading

    async def arrived(self) -> None:
        await self._read()
        then, self.then = self.then, ""
        if then == "right":
            await self.do_sheet_right() if self.facts().printed else self._none_said()
        elif then == "jam":
            await self.do_sheet_jam() if self.facts().on_paper else self._none_said()

    def _none_said(self) -> None:
        if any(one.job.state is JobState.DOUBTFUL for one in self.jobs):
            return  # the strip says what to do
        self.say(_("No sheet waits to be looked at. p at the desk prints."), "warn")

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        self.jobs = await voucher_batch.open_jobs(self.store)
        if not self.busy:
            self.ready = await voucher_batch.look(
                self.store, self.files, all_waiting=self.all_waiting, smile=self.smile, before=self.ready
            )
        self.frame()
        await self.list.fill(self.jobs)

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, StaleEdit):
            self.loket.message = (_("That job moved on meanwhile. Look, then press again."), "warn")
        await self._read()

    # Printing

    async def do_sheet_go(self) -> None:
        ready = self.ready
        assert ready is not None
        self.busy = True

        async def work() -> None:
            jobs = await voucher_batch.send(self.store, ready)
            await self.guided({practice.PRINT})
            self.loket.saved()
            sheets = voucher_prints.vouchers(sum(job.pages for job in jobs))
            self.loket.message = (
                _("{vouchers} on the way, batch {batch}.").format(
                    vouchers=sheets, batch=jobs[0].batch if jobs else "–"
                ),
                "good",
            )

        self.loket.run_worker(self._in_background(work))

    async def _in_background(self, work: Callable[[], Awaitable[None]]) -> None:
        """What takes a moment; the screen can be left meanwhile."""
        try:
            await self._said(work)
        finally:
            self.busy = False
        await self._go_on()

    async def _said(self, work: Callable[[], Awaitable[None]]) -> None:
        """What is refused is said in words."""
        try:
            await work()
        except StoreError as refusal:
            self.loket.say(errors.sentence(refusal, self.loket.now()), "bad")
        except PrinterAway as away:
            self.loket.say(printers.away(away), "bad")
        except JobRefused as refused:
            self.loket.say(printers.refused(refused), "bad")

    async def _go_on(self) -> None:
        """A round now, not at the next look; then this screen shows it, if it is still there."""
        await self._said(self._round)
        if self.is_attached:
            await self.guarded(self._read)

    async def _round(self) -> None:
        await self.loket.prints.go_on(self.loket)

    # What came out

    async def do_sheet_right(self) -> None:
        jobs = [one.job for one in self.jobs if one.job.state is JobState.SAID and one.job.ended_at is None]
        own = [job for job in jobs if job.made_by == self.loket.me.name]
        if own or not jobs:
            await self._seen(await voucher_batch.right(self.store, own))
        else:
            await self._count_theirs(jobs)

    async def _count_theirs(self, jobs: Sequence[PrintJobRow]) -> None:
        """What a colleague printed is right for whoever has that paper in hand: they count it."""
        sheets, names = sum(job.pages for job in jobs), ", ".join(sorted({job.made_by for job in jobs}))

        async def entered(text: str) -> None:
            if text.strip() == str(sheets):
                await self._seen(await voucher_batch.right(self.store, jobs))
            elif text.strip():
                text = _("They are {n} sheets: nothing was noted. j tells up to which number they are right.")
                self.say(text.format(n=number(sheets)), "warn")

        hint = _("{who} printed them · how many right sheets have you in hand? · enter · esc")
        self.open_prompt(PromptLine(_("Sheets"), "", hint.format(who=cut(names, 24)), 6), entered, keep=Unkept.PAPER)

    async def _seen(self, count: int) -> None:
        self.loket.saved()
        await self.guided({practice.RIGHT_PAPER})
        await self.loket.prints.read(self.loket)
        await self._read()
        rest = len(self.jobs)
        text = _("{sheets} right.").format(sheets=voucher_prints.sheets(count))
        if rest:
            more = ngettext("1 job is not over.", "{n} jobs are not over.", rest).format(n=number(rest))
            self.say(f"{text} {more}", "good")
            return
        self.say(_("{right} They are ready to go out for signing (s).").format(right=text), "good")
        if self.ready is None or not self.ready.sheets:
            message = self.loket.message
            self.dismiss()
            self.loket.message = message

    async def do_sheet_jam(self) -> None:
        async def entered(text: str) -> None:
            digits = text.strip().lstrip("0") or ("0" if text.strip() else "")
            me = self.loket.me.name
            found = voucher_batch.jam(self.jobs, int(digits), me) if digits.isascii() and digits.isdecimal() else None
            if found is None:
                await self.do_sheet_jam()
                missing = _("No sheet of the open jobs has number “{text}”.").format(text=text)
                others = _("0 speaks of your own batch, and none of these is yours. h gives the chosen job up.")
                self.say(others if digits == "0" else missing, "warn")
                return
            question = voucher_prints.jam_question(found, int(digits))
            self.confirm(question, lambda: self._jammed(found))

        hint = _("as on the sheet; 0: none of my batch is right · enter goes on · esc goes back")
        self.open_prompt(PromptLine(_("Number of the last right voucher"), "", hint, 9), entered, keep=Unkept.PAPER)

    async def _jammed(self, found: Jam) -> None:
        self.busy = True

        async def work() -> None:
            jobs = await voucher_batch.settle_jam(self.store, self.loket.prints.desk(self.store), found)
            self.loket.saved()
            right = voucher_prints.sheets(found.right_sheets)
            again = voucher_prints.sheets(sum(job.pages for job in jobs))
            said = _("{right} right, {again} on the way again.").format(right=right, again=again)
            self.loket.message = (said, "good")

        self.loket.run_worker(self._in_background(work))

    # One job

    def _job(self) -> PrintJobRow:
        one = self.list.current
        assert one is not None
        return one.job

    async def do_job_stop(self) -> None:
        job = self._job()
        if job.state in (JobState.SAID, JobState.DOUBTFUL):
            self.say(_("It is over at the printer. y: the paper is right; j: right up to a number."), "warn")
            return

        async def act() -> None:
            async def work() -> None:
                stopped = await self.loket.prints.desk(self.store).stop(job)
                self.loket.message = (printers.job(stopped), "warn")

            await self._said(work)
            await self._go_on()

        text = _("Give job {number} up, {sheets}? What may be on paper is asked afterwards.")
        self.confirm(text.format(number=job.job_id, sheets=voucher_prints.sheets(job.pages)), act)

    async def do_job_again(self) -> None:
        await self.store.printing.again(self._job())
        self.loket.saved()
        await self._go_on()

    # Smile's PDF, the cover sheet

    async def do_sheet_smile(self) -> None:
        found = self.store.inbox.glob("*.[pP][dD][fF]")
        names = sorted(path.name for path in found if path.is_file() and not path.is_symlink())
        if not names:
            self.say(_("No PDF lies in MASUK. Save the vouchers of Smile as PDF and copy it there."), "warn")
            return
        choices = [Choice(name, name) for name in names]
        await self.loket.push_screen(ChooseScreen(self, _("Smile's PDF of vouchers"), choices, self._open_smile))

    async def _open_smile(self, choice: Choice) -> None:
        self.busy = True

        async def work() -> None:
            path = self.store.inbox / str(choice.value)
            try:
                self.smile = await voucher_batch.open_smile(self.store, path, self.files)
            except FileRefused:
                self.smile = None
                raise
            self.loket.message = (" · ".join(vouchers_paper.smile_told(self.smile.split)[:1]), "good")

        async def background() -> None:
            try:
                await self._said(work)
            finally:
                self.busy = False
            if self.is_attached:
                await self.guarded(self._read)

        self.loket.run_worker(background())

    async def do_sheet_cover(self) -> None:
        import printing

        rows = [row for one in self.jobs for row in one.sheets if row is not None]
        sheet, words = vouchers_paper.batch(rows, self.loket.me, self.loket.now())
        await paper_out.send(self.loket, Document.BATCH, lambda: printing.batch_sheet(sheet, words))

    async def step_back(self) -> None:
        self.dismiss()
