"""`loket printers` and `loket print`."""

from __future__ import annotations

import asyncio
import time
from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from store.rules.printing import (
    FOLDER,
    FOR_A_PERSON,
    STEMS,
    Calibration,
    CalibrationError,
    Document,
    JobState,
    Route,
)
from tui.cli.session import DONE, OPEN, REFUSED, UsageError, print_json, with_store
from tui.i18n import _, ngettext, number

if TYPE_CHECKING:
    from printing.checks import QueueDoubt
    from printing.printers import PrinterFacts
    from store import Store
    from store.print_rows import PrintJobRow
    from store.rows import Me

_ROUND: Final = 0.2
PATIENCE: Final = 20.0
"""Seconds that a command waits for a printer; what is at the printer then goes on without it."""


def list_printers(arguments: Namespace) -> int:
    """The queues with what they do, where each document goes, and what is set up wrongly (status 2)."""

    async def work(store: Store) -> int:
        from printing.checks import doubts

        facts = await _queues(store)
        found = await doubts(store)
        waiting = [job for job in await store.printing.jobs() if job.state in FOR_A_PERSON]
        routes = await store.printers.routes()
        if arguments.json:
            document: dict[str, Any] = {"printers": None if facts is None else [asdict(one) for one in facts]}
            document["documents"] = {key: asdict(route) for key, route in routes.items()}
            print_json({**document, "doubts": [asdict(doubt) for doubt in found], "waiting": len(waiting)})
        else:
            _tell(facts, routes, found, waiting)
        return OPEN if found or waiting else DONE

    return with_store(arguments, work)


async def _queues(store: Store) -> list[PrinterFacts] | None:
    """The queues of the office's CUPS; None where there is no CUPS."""
    from printing.cups import address_of, queues
    from printing.printers import PrinterAway

    address = address_of(await store.printers.server())
    try:
        return await asyncio.to_thread(queues, address)
    except PrinterAway:
        return None


def _tell(
    facts: list[PrinterFacts] | None, routes: dict[str, Route], found: list[QueueDoubt], waiting: list[PrintJobRow]
) -> None:
    from tui.words import printers as words

    if facts is None and routes:
        print(_("The print server does not answer. What is printed waits, or goes into KELUAR."))
    elif facts is None:
        print(_("There is no print server here: what is printed goes into KELUAR as PDF."))
    for one in facts or ():
        print(f"{one.name:<24} {words.printer(one)}")
        print(f"{'':<24} " + _("paper: {media}").format(media=" ".join(one.media) or "?"))
        if one.trays:
            print(f"{'':<24} " + _("trays: {trays}").format(trays=" ".join(one.trays)))
    for document in Document:
        route = routes.get(document, Route())
        print(f"{words.document(document):<24} -> {words.place(route)}")
    for doubt in found:
        print(words.doubt(doubt))
    for job in waiting:
        print(words.job(job))


def use(arguments: Namespace) -> int:
    """Chooses where documents are printed."""

    async def work(store: Store) -> int:
        from tui.words import printers as words

        documents = _documents(arguments.document)
        if arguments.printer == "folder":
            await store.printers.set_route(documents, None)
            route = Route()
        else:
            route = Route(arguments.printer, arguments.tray, arguments.media)
            await store.printers.set_route(documents, route)
        for document in documents:
            print(f"{words.document(document)} -> {words.place(route)}")
        return DONE

    return with_store(arguments, work)


def _documents(text: str) -> list[Document]:
    try:
        return list(Document) if text == "all" else [Document(one) for one in text.split(",")]
    except ValueError:
        known = " ".join(Document)
        raise UsageError(_("{text} is no document: {known}").format(text=text, known=known)) from None


def calibrate(arguments: Namespace) -> int:
    """Keeps how pages are corrected for a printer and tray."""

    async def work(store: Store) -> int:
        try:
            wanted = Calibration(arguments.dx, arguments.dy, arguments.sx, arguments.sy, arguments.skew)
        except CalibrationError as error:
            text = _("{field} is too large: at most 20 mm, 5 percent or 3 degrees. Measure the test page again.")
            raise UsageError(text.format(field=error.field)) from None
        printer = FOLDER if arguments.printer == "folder" else arguments.printer
        await store.printers.set_calibration(Route(printer, arguments.tray), wanted)
        print(_("Kept for {printer}.").format(printer=arguments.printer))
        return DONE

    return with_store(arguments, work)


# Printing ------------------------------------------------------------------------------------------------------------


def print_call_list(arguments: Namespace) -> int:
    """A call list that was made before, by its number."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import call_paper

        made = await store.call_lists.open(arguments.number)
        return await printed(store, Document.CALL_LIST, printing.call_list(*call_paper.call_list(made, *_now(store))))

    return with_store(arguments, work)


def print_recap(arguments: Namespace) -> int:
    """The recap of the JHT 56 calls of a period."""

    async def work(store: Store) -> int:
        import printing
        from tui.cli.calls import period_of
        from tui.words import paper

        recap = await store.recaps.jht56(period_of(arguments.period))
        return await printed(store, Document.RECAP, printing.recap(*paper.recap(recap, *_now(store))))

    return with_store(arguments, work)


def print_daily(arguments: Namespace) -> int:
    """The report of a day."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import paper

        try:
            day = date.fromisoformat(arguments.date) if arguments.date else store.today()
        except ValueError:
            raise UsageError(_("{text} is no date: 2023-07-31").format(text=arguments.date)) from None
        report = await store.daily.report(day)
        return await printed(store, Document.DAILY, printing.daily(*paper.daily_report(day, report, *_now(store))))

    return with_store(arguments, work)


def _now(store: Store) -> tuple[Me, datetime]:
    """Who prints, and when."""
    return store.me, store.now()


async def printed(store: Store, document: Document, pdf: bytes, where: Route | None = None) -> int:
    """Prints one PDF where the office prints this document, or where it is said; what became of it."""
    from printing.folder import FolderPrinter
    from printing.pdf import page_count
    from store.print_rows import Wanted
    from tui.words import printers as words

    route = where or await store.printers.route(document)
    (job,) = await store.printing.reserve([Wanted(document, route, pdf, (None,) * page_count(pdf))])
    job = await _followed(store, job)
    if route.printer == FOLDER and job.state == JobState.SAID:
        print(FolderPrinter(store.outbox, STEMS[document]).given(job.attempt))
        return DONE
    print(words.job(job))
    print(words.next_step(job) or _("Done."))
    return DONE if job.ended_at is not None else OPEN


async def _followed(store: Store, job: PrintJobRow) -> PrintJobRow:
    """Goes on with the job until a person has to, or patience ends: at the printer it goes on by itself."""
    from printing.desk import PrintDesk

    desk, end = PrintDesk(store), time.monotonic() + PATIENCE
    while True:
        await desk.step()
        job = await store.printing.job(job.job_id)
        if job.ended_at is not None or job.state in FOR_A_PERSON or time.monotonic() > end:
            return job
        await asyncio.sleep(_ROUND)


# Jobs ----------------------------------------------------------------------------------------------------------------


def list_jobs(arguments: Namespace) -> int:
    """The print jobs that are not over, after going on with those whose process is gone."""

    async def work(store: Store) -> int:
        from printing.desk import PrintDesk
        from tui.words import printers as words

        rows = await PrintDesk(store).step()
        if arguments.json:
            print_json([words.document_of(job) for job in rows])
        else:
            if not rows:
                print(_("No print job is open."))
            for job in rows:
                print(words.job(job))
                if step := words.next_step(job):
                    print(f"   {step}")
        return OPEN if rows else DONE

    return with_store(arguments, work)


def right(arguments: Namespace) -> int:
    """The paper was seen: all of it is right, or all before a page."""

    async def work(store: Store) -> int:
        job = await store.printing.job(arguments.job)
        if arguments.from_page is None:
            looked = await store.printing.looked(job)
        elif not 1 <= arguments.from_page <= job.pages:
            raise UsageError(ngettext("The job has 1 page.", "The job has {n} pages.", job.pages).format(n=job.pages))
        else:
            looked = await store.printing.right_before(job, arguments.from_page)
        text = _("{right} pages right, {missing} to be printed anew.")
        print(text.format(right=number(looked.job.right), missing=number(looked.job.missing)))
        return DONE if not looked.job.missing else OPEN

    return with_store(arguments, work)


def again(arguments: Namespace) -> int:
    """Sends a job anew that the printer refused."""

    async def change(store: Store, job: PrintJobRow) -> PrintJobRow:
        return await _followed(store, await store.printing.again(job))

    return _changed(arguments, change)


def stop(arguments: Namespace) -> int:
    """Gives a job up; of one that may have come out a person is asked."""

    async def change(store: Store, job: PrintJobRow) -> PrintJobRow:
        from printing.desk import PrintDesk

        desk = PrintDesk(store)
        stopped = await desk.stop(job)
        await desk.step()
        return await store.printing.job(stopped.job_id)

    return _changed(arguments, change)


def _changed(arguments: Namespace, change: Callable[[Store, PrintJobRow], Awaitable[PrintJobRow]]) -> int:
    async def work(store: Store) -> int:
        import sys

        from printing.printers import JobRefused, PrinterAway
        from tui.words import printers as words

        try:
            job = await change(store, await store.printing.job(arguments.job))
        except PrinterAway as error:
            print(words.away(error), file=sys.stderr)
            return REFUSED
        except JobRefused as error:
            print(words.refused(error), file=sys.stderr)
            return REFUSED
        print(words.job(job))
        return DONE if job.ended_at is not None else OPEN

    return with_store(arguments, work)
