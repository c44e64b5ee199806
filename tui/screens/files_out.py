"""Files that go out: results of a period and the list of participants, into KELUAR."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import printing
from store.call_lists import PaperList
from store.errors import FileRefused, StoreError
from store.rules.dates import Period, PeriodError, parse_period
from store.rules.permissions import Permission
from tui.i18n import WIB, _, number
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.widgets.prompt import PromptLine
from tui.words import call_paper, daily, errors, paper, results
from tui.words.letters import with_unprinted

if TYPE_CHECKING:
    from tui.shell import LoketApp


async def save_results(shell: LoketApp, screen: DeskScreen) -> None:
    """Ask for the period, the newest one first, then write its results."""
    rows = await shell.store.queue.status()
    newest = max((row.period for row in rows), default="")

    async def entered(text: str) -> None:
        try:
            period = parse_period(text)
        except PeriodError:
            shell.say(_("“{text}” is no period. For example: 2023-07 or 2023-01..2023-08").format(text=text), "warn")
            ask(text)
            return
        shell.run_worker(told(shell, lambda: write_results(shell, period)))

    def ask(text: str) -> None:
        hint = _("a month as 2023-07, or a range as 2023-01..2023-08 · enter saves · esc drops")
        screen.open_prompt(PromptLine(_("Results of"), text, hint, 20), entered, keep=Unkept.VIEW)

    ask(newest)


async def save_people(shell: LoketApp) -> None:
    """Write everybody the office knows."""
    shell.run_worker(told(shell, lambda: _write_people(shell)))


async def told(shell: LoketApp, write: Callable[[], Awaitable[str]]) -> None:
    """Writes in the background and tells how it ended, on whichever screen is in front."""
    shell.say(_("Writing the file …"), "muted")
    try:
        text = await write()
    except StoreError as refusal:
        shell.say(errors.sentence(refusal, shell.now()), "bad")
        return
    shell.say(text, "good")


async def write_results(shell: LoketApp, period: Period) -> str:
    recap, people, attempts = await shell.store.recaps.results(period)
    if not people:
        return _("Nobody is on a list of {period}; no file was written.").format(period=period)
    with reserved(shell, f"hasil-jht56-{period}") as path:
        await shell.store.recaps.write_results(path, results.sheets(recap, people, attempts, shell.now()))
    return _("Results of {n} people: KELUAR/{name}").format(n=number(recap.people), name=path.name)


async def write_day_pages(shell: LoketApp, day: date) -> str:
    """The report of a day as A4 pages into KELUAR; what to say then."""
    report = await shell.store.daily.report(day)
    anchored = Permission.READ_RECAPS in shell.me.permissions
    anchor = (await shell.store.audit.anchor(outside=False)).anchor.line if anchored else ""
    sheet, words = paper.daily_report(day, report, shell.me, shell.now(), anchor)
    pdf = await asyncio.to_thread(printing.daily, sheet, words)
    with reserved(shell, f"laporan-harian-{day}", ".pdf") as path:
        await shell.store.recaps.write_pages(path, pdf)
    return with_unprinted(_("Daily report: KELUAR/{name}").format(name=path.name), paper.names_of_day(report))


async def write_day_book(shell: LoketApp, day: date) -> str:
    """The report of a day as a workbook into KELUAR; what to say then."""
    report = await shell.store.daily.report(day)
    with reserved(shell, f"laporan-harian-{day}") as path:
        await shell.store.recaps.write_results(path, daily.sheets([(day, report)]))
    return _("Daily report: KELUAR/{name}").format(name=path.name)


async def write_call_list(shell: LoketApp, made: PaperList) -> str:
    """A paper list into KELUAR; what to say then."""
    sheet, words = call_paper.call_list(made, shell.me, shell.now())
    pdf = await asyncio.to_thread(printing.call_list, sheet, words)
    with reserved(shell, f"daftar-telepon-{made.number}", ".pdf", dated=False) as path:
        await shell.store.call_lists.write(made.number, path, pdf)
    text = _("Call list {number}, {n} people: KELUAR/{name}")
    said = text.format(number=paper.list_number(made.number), n=number(len(made.lines)), name=path.name)
    return with_unprinted(said, call_paper.names_on(made))


async def _write_people(shell: LoketApp) -> str:
    with reserved(shell, "peserta") as path:
        count = await shell.store.people.export(path, "xlsx")
    return _("{n} participants: KELUAR/{name}").format(n=number(count), name=path.name)


@contextmanager
def reserved(shell: LoketApp, stem: str, ending: str = ".xlsx", *, dated: bool = True) -> Iterator[Path]:
    """A name in KELUAR that nothing has yet, with the time of the office's clock unless it says enough without.

    Nobody else gets it meanwhile.

    The name is free again when the writing fails. Raises FileRefused where nothing can be written.
    """
    base = f"{stem}-{shell.now().astimezone(WIB):%Y%m%d-%H%M}" if dated else stem
    for count in range(1, 1000):
        path = shell.store.outbox / (f"{base}-{count}{ending}" if count > 1 else f"{base}{ending}")
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))
        except FileExistsError:
            continue
        except OSError as error:
            raise FileRefused(path.name, "disk-full" if error.errno == errno.ENOSPC else "unwritable") from None
        try:
            yield path
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return
    raise FileRefused(f"{base}{ending}", "unwritable")
